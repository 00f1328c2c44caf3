"""The version of the contract."""

__version__ = "1.1.0"
