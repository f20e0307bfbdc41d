"""Columns that add up the years of a row: what they show is held against the years, and is no promise beside them."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import exact_sum
from tomsapp.domain.problems import Severity
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import format_quantity
from tomsapp.exchange.grid import CellUnreadable, GridRow, number_of
from tomsapp.exchange.labelled.uses import WHOLE, is_year_outside, use_of, year_of
from tomsapp.exchange.row_reader import RowReader
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.year_words import names_all_years, tidy

_ADDS_UP = re.compile(r"\b(?:totals?|sum|overall|whole)\b")
_ASKED = re.compile(r"\b(?:targets?|minimum|required|baseline)\b")
_ADDED = frozenset({UnitForm.NUMBER, UnitForm.POUNDS})
"""Units whose quantities of several years come together: per cent and a yes do not."""


def total_column(
    headings: Mapping[int, Sequence[str]], columns: Mapping[int, str], years: Sequence[ContractYear]
) -> int | None:
    """The column that adds up those of single years; None where there is none, or a year is not the contract's."""
    texts = {column: " ".join(parts) for column, parts in headings.items()}
    has_years = any(year_of(use) is not None for use in columns.values())
    if not has_years or any(is_year_outside(text, years) for text in texts.values()):
        return None
    whole = (column for column, text in texts.items() if use_of(text, years) == WHOLE.key)
    return next((column for column in whole if _adds_up(tidy(texts[column]), years)), None)


def _adds_up(heading: str, years: Sequence[ContractYear]) -> bool:
    is_total = _ADDS_UP.search(heading) is not None or names_all_years(heading, years)
    return is_total and _ASKED.search(heading) is None


def check_total(reader: RowReader, row: GridRow, column: int | None, said: Commitment, measure: Measure | None) -> None:
    """Warn where a row shows another total of its years than they come to."""
    given = [number for number in said.quantities if number is not None]
    shown = _shown(row, column)
    if shown is None or not given or measure is None or measure.unit.form not in _ADDED:
        return
    together = exact_sum(given)
    if together != shown:
        message = (
            f"Column {column_letter(column or 0)} shows {format_quantity(shown)} in all, "
            f"and the years come to {format_quantity(together)}"
        )
        fix = "Check the quantity of each year: they are what is read"
        reader.report("row-total-differs", message, fix, column, "quantity", severity=Severity.WARNING)


def _shown(row: GridRow, column: int | None) -> Decimal | None:
    try:
        return number_of(row.cell(column)).value
    except CellUnreadable:
        return None
