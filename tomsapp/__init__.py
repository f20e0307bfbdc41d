"""tomsapp values, compares and publishes the social value that suppliers promise."""

__version__ = "0.5.0"
__released__ = "2026-11-30"
