"""Pounds of a register of contracts, in columns whose heading may say that they count in thousands or millions."""

from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.money import to_decimal
from tomsapp.domain.typed_numbers import Convention
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.grid import GridCell, ReadNumber, quantity_of

SCALES = {3: "thousands", 6: "millions"}
"""What a column counts in, by the noughts that it leaves out."""

IN_FULL = Decimal(1_000_000_000)
"""So much in a column of thousands or millions was more likely typed in full: a contract of £1 billion is rare."""


def pounds_in(cell: GridCell, convention: Convention, noughts: int) -> ReadNumber:
    """The pounds in a cell of a column that leaves out so many noughts; “£90k” says itself what it counts in.

    Raises:
        CellUnreadable: there are none in it.
    """
    told = cell._replace(convention=convention)
    if not noughts or (isinstance(cell.value, str) and any(map(str.isalpha, cell.value))):
        return quantity_of(told, UnitForm.POUNDS)
    read = quantity_of(told)
    return replace(read, value=with_noughts(read.value, noughts))


def with_noughts(number: Decimal | None, noughts: int) -> Decimal | None:
    """A number of thousands or millions as pounds."""
    if number is None or not noughts:
        return number
    # In full: the exponent of a moved point is no number that is read.
    return to_decimal(f"{number.scaleb(noughts):f}")


def noughts_said(heading: str, noughts: int) -> str:
    """What is said once of a column of thousands or millions."""
    one = format_pounds(Decimal(10) ** noughts)
    return f"“{heading}” is read as {SCALES[noughts]} of pounds: 1 is {one}"
