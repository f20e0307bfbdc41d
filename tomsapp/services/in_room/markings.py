"""In the room: reads marking files; each is read, or refused with its own words."""

from collections.abc import Mapping, Sequence

from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tenders.marking_file import NOT_READ
from tomsapp.exchange.tenders.marking_plain import plain_marking
from tomsapp.exchange.tenders.marking_read import read_marking_file
from tomsapp.room.child import Answered
from tomsapp.room.each_file import each_file


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Read each file."""
    return each_file(values, runs, _read)


def _read(data: bytes, file: str) -> dict[str, object]:
    return {"read": plain_marking(read_marking_file(open_workbook(data, file, NOT_READ), file))}
