"""What can go wrong when a report is made, written or read back."""


class ReportError(Exception):
    """A report could not be made, written or read; the text says what to do about it."""
