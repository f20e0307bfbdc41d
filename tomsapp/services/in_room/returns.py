"""In the room: reads the workbooks of several returns; each is read, or refused with its own words."""

from collections.abc import Mapping, Sequence

from tomsapp.exchange.return_layout import NOT_READ
from tomsapp.exchange.return_plain import plain_return
from tomsapp.exchange.return_read import read_return
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.room.child import Answered
from tomsapp.room.each_file import each_file


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Read each file."""
    return each_file(values, runs, _read)


def _read(data: bytes, file: str) -> dict[str, object]:
    return {"read": plain_return(read_return(open_workbook(data, file, NOT_READ), file))}
