"""tomsapp values, compares and publishes the social value that suppliers promise."""

__version__ = "0.5.0"
