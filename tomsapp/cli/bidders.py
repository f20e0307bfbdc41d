"""What a bidder gives the program: the pack of a tender or an offer, and nothing else."""

from collections.abc import Sequence
from pathlib import Path


def bidders_file(arguments: Sequence[str]) -> Path | None:
    """The pack or offer that is the only argument, as where its file was opened by a double click; else None."""
    if len(arguments) != 1 or "." not in arguments[0]:
        return None
    from tomsapp.services.bidding.opening import is_bidders_file

    return Path(arguments[0]) if is_bidders_file(arguments[0]) else None
