"""What the hidden sheet of a return says: which contract, quarter and version it is of, and which lines it has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tomsapp.domain.delivery.quarters import QUARTERS, Quarter
from tomsapp.domain.units import Unit
from tomsapp.exchange.grid import Grid, text_or_nothing
from tomsapp.exchange.line_identity import LineIdentity, identity_in
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.return_file import ReturnStamp
from tomsapp.exchange.return_layout import FORMAT, LINE_STAMP_COLUMN
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stamp_sheet import read_stamp
from tomsapp.exchange.workbook_layout import STAMP

_FORMATS = FORMAT.rpartition("-")[0]
_ASK = "Fill in the workbook that the council sent for the quarter, or make it again in the tab Delivery"


@dataclass(frozen=True)
class Stamped:
    """The stamp of a return, with what each of its lines is called and counted in, by the line's number.

    Attributes:
        asks_people: whether it was made with the sheet for person numbers.
    """

    stamp: ReturnStamp
    asks_people: bool = False
    called: dict[int, str] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)


def read_return_stamp(book: OpenedBook, file: str) -> Stamped:
    """What a return was made for.

    Raises:
        OfferUnreadable: it is no return of this program, of a later version of it, or its hidden sheet was changed.
    """
    told = read_stamp(book)
    made = told.get("format", "")
    if not made.startswith(f"{_FORMATS}-"):
        is_offer = "layout" in told
        what = "is a workbook of commitments and no return" if is_offer else "is no return that this program made"
        raise OfferUnreadable(f"{file} {what}", _ASK)
    if made != FORMAT:
        raise OfferUnreadable(f"{file} was made by a later version of the program", "Update the program, then read it")
    grid = book.find(STAMP) or Grid(STAMP, ())
    try:
        lines = _lines(grid)
        stamp = ReturnStamp(
            told["database"],
            told["contract"],
            int(told["contract_id"]),
            _quarter(told),
            int(told["plan"]),
            int(told["variations"]),
            date.fromisoformat(told["made"]),
            tuple((identity, called) for identity, called, _ in lines),
        )
        units = {identity.line_id: unit for identity, _, unit in lines}
    except (KeyError, ValueError) as error:
        raise OfferUnreadable(f"The hidden sheet of {file} was changed", _ASK) from error
    called = {identity.line_id: called for identity, called, _ in lines}
    return Stamped(stamp, told.get("people") == "yes", called, units)


def _quarter(told: Mapping[str, str]) -> Quarter:
    year, number = int(told["year"]), int(told["quarter"])
    if year < 1 or not 1 <= number <= QUARTERS:
        raise ValueError(year)
    return Quarter(year - 1, number)


def _lines(grid: Grid) -> list[tuple[LineIdentity, str, Unit]]:
    found = []
    for row in grid.rows[1:]:
        identity = identity_in(row.cell(LINE_STAMP_COLUMN))
        if identity is not None:
            unit, called = (text_or_nothing(row.cell(LINE_STAMP_COLUMN + step)) for step in (2, 3))
            found.append((identity, called, Unit(unit)))
    return found
