"""What can go wrong when a report is made, written or read back."""

from tomsapp.domain.errors import TomsError


class ReportError(TomsError):
    """A report could not be made, written or read, and what to do about it."""
