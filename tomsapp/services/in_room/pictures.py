"""In the room: reads a picture as it would be printed, and gives how many pixels it has."""

from collections.abc import Mapping, Sequence

from tomsapp.reports.logo import read_logo
from tomsapp.room.child import Answered


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:  # noqa: ARG001 - as every task is asked
    """Read a logo.

    Raises:
        ReportError: it cannot be printed.
    """
    width, height = read_logo(runs[0]).getSize()
    return {"width": width, "height": height}, ()
