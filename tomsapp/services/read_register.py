"""A register of contracts read with its labels and choices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.day_order import DayOrder
from tomsapp.domain.problems import Severity
from tomsapp.exchange.labelled.contract_left_out import columns_left, contracts_left_out, notes_added, rows_left
from tomsapp.exchange.labelled.contract_read import ContractSheet
from tomsapp.exchange.labelled.contract_row import contracts_in
from tomsapp.exchange.labelled.easily_missed import sheet_key
from tomsapp.exchange.labelled.labels import READ, Option
from tomsapp.services.register_questions import (
    OPEN_END,
    YEARLY,
    ask,
    ask_open_end,
    ask_span,
    days_key,
    open_end,
    span_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from tomsapp.exchange.labelled.contract_row import ReadContract
    from tomsapp.exchange.labelled.labels import LeftOut, TableLabels
    from tomsapp.services.register_questions import Asked
    from tomsapp.services.table_types import OpenedTable


@dataclass(frozen=True, eq=False)
class ReadRegister:
    """A register read with its labels and choices."""

    table: OpenedTable
    labels: TableLabels
    choices: Mapping[str, str]
    asked: Asked

    def still_holds(self, labels: TableLabels, choices: Mapping[str, str], asked: Asked) -> bool:
        """Whether it is what a table is read as with these labels and choices: most choices are about no row of it."""
        if self.asked is not asked or self.labels != labels:
            return False
        return all(self.choices.get(key) == choices.get(key) for key in (OPEN_END, *self.chosen))

    @cached_property
    def _tables(self) -> list[ContractSheet]:
        grids, name = self.table.book.by_name, self.table.receipt.name
        council = self.asked.council
        return [ContractSheet(grids[one.name], one, name, council=council) for one in self.labels if one.columns]

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What is easily missed of it, and the days that could be read in both ways."""
        return (*contracts_left_out(self._tables), *self._days(), *self._spans())

    def _spans(self) -> Iterator[LeftOut]:
        for sheet in self._tables:
            if sheet.labels.is_read and sheet.value_is_unclear:
                yield ask_span(sheet.name, sheet.columns["value"], sheet.heading("value"))

    @property
    def open_ends(self) -> tuple[LeftOut, ...]:
        """What is asked where contracts have a start and no end."""
        rows = [read.row.number for read in self.contracts if _lacks_end(read)]
        return (ask_open_end(rows, self._today),) if rows else ()

    @property
    def _today(self) -> date:
        return self.table.receipt.received_at.date()

    def _days(self) -> Iterator[LeftOut]:
        for sheet in self._tables:
            for key, column, texts in sheet.unclear_days() if sheet.labels.is_read else ():
                options = tuple(Option(order.value, order.words) for order in (DayOrder.DAY, DayOrder.MONTH))
                title = f"{CONTRACT.fact(key).label}: does the day or the month stand first?"
                detail = f"“{texts[0]}” could be either, and the column has both"
                name = days_key(sheet.name, column)
                yield replace(ask(name, title, detail, options), sheet=sheet.name, column=column)

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What is chosen of each, or guessed."""
        return {one.key: one.chosen(self.choices) for one in self.left_out}

    @cached_property
    def sheets(self) -> list[ContractSheet]:
        """The sheets that are read, without the columns that are left out."""
        read = [one for one in self._tables if self._is_read(one)]
        end = open_end(self.choices.get(OPEN_END, ""), self._today)
        yearly = [self._as_said(one) for one in read]
        return [self._with(one, end) for one in yearly]

    def _with(self, sheet: ContractSheet, end: Callable[[date], date] | None) -> ContractSheet:
        """A sheet as was said of it; where nothing was, the same, which knows already what its columns hold."""
        left, orders = columns_left(sheet, self.chosen), self._orders(sheet)
        return replace(sheet, left=left, orders=orders, open_end=end) if left or orders or end is not None else sheet

    def _as_said(self, sheet: ContractSheet) -> ContractSheet:
        is_yearly = sheet.value_is_unclear and self.chosen.get(span_key(sheet.name)) == YEARLY
        return sheet.with_yearly_values() if is_yearly else sheet

    def _is_read(self, sheet: ContractSheet) -> bool:
        chosen = self.chosen.get(sheet_key(sheet.name), "")
        return chosen == READ.key if chosen else sheet.labels.is_read

    def _orders(self, sheet: ContractSheet) -> dict[int, DayOrder]:
        keys = {column: days_key(sheet.name, column) for column in sheet.labels.columns}
        said = {column: self.chosen.get(key, "") for column, key in keys.items()}
        return {column: DayOrder(order) for column, order in said.items() if order}

    @cached_property
    def contracts(self) -> tuple[ReadContract, ...]:
        """The contracts of it that are not left out, with the notes that are added."""
        found: list[ReadContract] = []
        for sheet in self.sheets:
            left = rows_left(sheet, self.chosen)
            found.extend(self._with_notes(read) for read in contracts_in(sheet) if read.row.number not in left)
        return tuple(found)

    def _with_notes(self, read: ReadContract) -> ReadContract:
        added = notes_added(read.sheet, read.row, self.chosen)
        if not added:
            return read
        notes = "\n".join(filter(None, (read.values.get("notes", ""), *added)))
        return replace(read, values={**read.values, "notes": notes})


def _lacks_end(read: ReadContract) -> bool:
    """Whether a contract begins, and the register says no end of it, or one was taken."""
    is_unread = any(problem.where.field == "end_on" and problem.severity is Severity.ERROR for problem in read.problems)
    is_said = "end_on" in read.values and "end_on" not in read.assumed
    return "start_on" in read.values and not is_said and not is_unread
