"""The stages of a year, in the order of ``year``."""
