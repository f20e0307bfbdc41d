"""A sheet of a council’s register of contracts with its labels, whose rows are read as contracts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from tomsapp.domain.day_order import DayOrder, is_unclear, order_of
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.typed_numbers import Convention, convention_of
from tomsapp.exchange.grid import Grid, GridCell, GridRow, text_or_nothing
from tomsapp.exchange.labelled.contract_pounds import noughts_said, with_noughts
from tomsapp.exchange.labelled.contract_uses import (
    ANNUAL_VALUE,
    POUND_USES,
    TOLD_BY,
    is_whole_or_yearly,
    noughts_of,
)
from tomsapp.exchange.labelled.easily_missed import quoted
from tomsapp.exchange.labelled.heads import headings_of
from tomsapp.exchange.labelled.labels import RowKind, SheetLabels
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.stated import stated_in
from tomsapp.exchange.workbook_columns import column_letter

_NOTHING = GridCell(None)
DAYS = frozenset({"start_on", "end_on", "latest_end_on"})
"""The facts of a contract that are days."""


@dataclass(frozen=True, eq=False)
class ContractSheet:
    """A sheet of a register with its labels.

    Attributes:
        orders: whether day or month stands first, by column, where a person has said it.
        left: columns that are left out.
        council: whose register it is to be; empty where that is not known.
        open_end: the last day that is taken for a contract whose end is empty, from its first one; None where none is.
    """

    grid: Grid
    labels: SheetLabels
    file: str
    orders: Mapping[int, DayOrder] = field(default_factory=dict)
    left: frozenset[int] = frozenset()
    open_end: Callable[[date], date] | None = None
    council: str = ""

    @property
    def name(self) -> str:
        """The sheet’s name."""
        return self.grid.name

    @cached_property
    def rows(self) -> tuple[GridRow, ...]:
        """The rows that are lines."""
        return tuple(row for row in self.grid.rows if self.labels.kind_of(row.number) is RowKind.LINE)

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each use that is read."""
        return {key: column for column, key in sorted(self.labels.columns.items()) if column not in self.left}

    @property
    def value_is_unclear(self) -> bool:
        """Whether its heading leaves open what the value is for: the whole contract or a year."""
        return "value" in self.columns and is_whole_or_yearly(self.heading("value"))

    def with_yearly_values(self) -> "ContractSheet":
        """The sheet with its column of values read as values a year."""
        columns = {column: ANNUAL_VALUE.key if key == "value" else key for column, key in self.labels.columns.items()}
        return replace(self, labels=replace(self.labels, columns=columns))

    @cached_property
    def _headings(self) -> dict[int, str]:
        """What stands over each column, in all the rows of the head."""
        head = headings_of(self.grid, self.labels.rows_of(RowKind.HEAD))
        return {column: " ".join(texts) for column, texts in head.items()}

    @cached_property
    def ignored(self) -> dict[int, str]:
        """What stands over the columns that are not read and in which contracts say something."""
        named = {column: text for column, text in self._headings.items() if column not in self.labels.columns}
        filled = {column for column in named if any(is_filled(row.cell(column)) for row in self.rows)}
        return {column: heading for column, heading in named.items() if column in filled}

    @cached_property
    def known_values(self) -> dict[str, dict[int, Any]]:
        """What cells were found to say for a use without anything to be told, by the use and the cell’s identity.

        Cells that say the same are often one object. The sheet holds them all, so that none is taken for another.
        """
        return {key: {} for key in self.columns}

    @cached_property
    def _texts(self) -> dict[str, list[str]]:
        """The texts that stand in each column, by its use: asked for by every row, and looked for once."""
        return {
            key: [text for row in self.rows if isinstance(text := row.cell(column).value, str)]
            for key, column in self.columns.items()
        }

    def texts_in(self, key: str) -> list[str]:
        """The texts that stand in the column of a use."""
        return self._texts.get(key, [])

    @cached_property
    def _conventions(self) -> dict[str, Convention]:
        return {key: convention_of(self.texts_in(key), self.grid.usual) for key in POUND_USES & self.columns.keys()}

    def convention_in(self, key: str) -> Convention:
        """Which mark stands before the pence in a column of pounds."""
        return self._conventions[key]

    @cached_property
    def _orders(self) -> dict[str, DayOrder]:
        return {key: order_of(self.texts_in(key)) for key in DAYS}

    def over(self, row: int, column: int) -> GridCell:
        """The first of the cells that are merged down over a row; the row’s own where they are merged across."""
        first = (top for top, left, bottom, _ in self.grid.merged if left == column and top <= row <= bottom)
        number = next(first, row)
        return next((one.cell(column) for one in self.grid.rows if one.number == number), _NOTHING)

    def unread(self, row: GridRow, fact: str) -> Iterator[tuple[int, str]]:
        """The cells of a row that should tell a fact and do not, each with its column and what is said of it."""
        for key in [key for key in (fact, TOLD_BY.get(fact, "")) if key in self.columns]:
            column = self.columns[key]
            cell = row.cell(column)
            is_under = cell.is_merged and cell.value is None
            told = self.over(row.number, column) if is_under else cell
            text = text_or_nothing(told, as_shown=True) or told.text
            if text:
                where = f"cell {column_letter(column)}{row.number} under “{self.heading(key)}”"
                yield column, f"{where} {'is merged with one that says' if is_under else 'says'} {quoted(text)}"

    def order_in(self, key: str) -> DayOrder:
        """What stands first in the days of a column: as was said, else as its own days say."""
        column = self.columns.get(key, -1)
        return self.orders.get(column) or self._orders[key]

    def unclear_days(self) -> Iterator[tuple[str, int, list[str]]]:
        """The columns of days that contradict themselves, each with the days that could be read in both ways."""
        for key in sorted(DAYS & self.columns.keys()):
            if self._orders[key] is DayOrder.UNKNOWN:
                unclear = [text for text in self.texts_in(key) if is_unclear(text)]
                if unclear:
                    yield key, self.columns[key], unclear

    def heading(self, key: str) -> str:
        """What stands over the column of a use."""
        return self._headings.get(self.columns.get(key, -1), "")

    def in_months(self, key: str) -> bool:
        """Whether the heading over a column of lengths says months."""
        return "month" in self.heading(key).casefold()

    def stated(self, row: GridRow) -> Decimal | None:
        """The value that a row states; None where it states none."""
        value = stated_in(row.cell(self.columns.get("value"))).value
        return with_noughts(value, noughts_of(self.heading("value")))

    def notes(self) -> Iterator[Problem]:
        """What is guessed of a whole column: that it counts in thousands or millions."""
        for key in sorted(POUND_USES & self.columns.keys(), key=self.columns.__getitem__):
            heading, letter = self.heading(key), column_letter(self.columns[key])
            noughts = noughts_of(heading)
            if noughts:
                where = Where(self.file, self.name, self.labels.rows_of(RowKind.HEAD)[-1], letter)
                yield guessed(noughts_said(heading, noughts), where)


def guessed(message: str, where: Where) -> Problem:
    """That something was read with a guess, as a whole sentence."""
    return problem_at("read-with-a-guess", message, "Check that this is what is meant", where, Severity.NOTE)
