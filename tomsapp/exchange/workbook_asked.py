"""What a tender adds to the sheet of commitments: targets, staff, who delivers, and quantities made of parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.exchange.workbook_columns import Role, SheetColumn, column_letter

WORKINGS = "Workings"
"""The sheet with the parts of quantities: a row for each row of the commitments and contract year."""

WORKINGS_HEAD_ROW = 4
"""Counted from 0; the first parts stand under it."""

WORKINGS_RESULT = 8
"""The column with what the parts come to, counted from 0."""

TARGET_HEAD = "Council’s target, all years"
ASKED_COLUMNS = (
    SheetColumn(Role.STAFF, "Fill in: staff", 18),
    SheetColumn(Role.DELIVERED_BY, "Fill in: delivered by", 24),
    SheetColumn(Role.PROJECT, "Fill in: community project", 24),
    SheetColumn(Role.TO_DO, "Left to do", 44),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tender asks of each row of commitments beside it.

    Attributes:
        targets: how much the council hopes for over all years, by the code of the measure.
        said: what the bidder says of each commitment of the template, in their order.
    """

    targets: Mapping[str, Decimal]
    said: tuple[OfferedDetails, ...] = ()


def workings_row(place: int, year: int, years: int) -> int:
    """The row of the parts of a contract year, counted from 0; `place` is that of the row among the commitments."""
    return WORKINGS_HEAD_ROW + 1 + place * years + year


def worked_out(place: int, year: int, years: int) -> str:
    """The cell with what the parts of a contract year come to, as a formula on any sheet names it."""
    return f"{WORKINGS}!${column_letter(WORKINGS_RESULT)}${workings_row(place, year, years) + 1}"
