"""Conformance kit for consumers of our events: ``python -m kcity_conformance -- your-consumer``. See README.md."""
