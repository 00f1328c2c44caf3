"""The HTTP models of review, by resource."""
