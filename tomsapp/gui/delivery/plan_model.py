"""The plan grid as Qt's table model: a row for each commitment, its quarters of one year, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.figures import DeliveredLine
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.plan_versions import PlannedYear, planned_years
from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter
from tomsapp.domain.menu import Measure
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.contract.typed import quantity_text, spoken_quantity
from tomsapp.gui.delivery.plan_editor import cell_number, quarter_at
from tomsapp.gui.delivery.words import Mark, number_words, spoken_quarter
from tomsapp.gui.delivery.year_grid import TITLE, YearModel, quarters_in
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_plans import plan_in_force_of
from tomsapp.services.typed_quantities import HeldText

_Index = QModelIndex | QPersistentModelIndex


class Source(Enum):
    """Where the plan of a commitment in a contract year comes from."""

    DEFAULT = "Default split"
    ACCEPTED = "As accepted"
    CHANGED = "Changed, not accepted"


class PlanRow(NamedTuple):
    """A commitment in the contract year that is shown."""

    line: DeliveredLine
    year: PlannedYear
    source: Source

    @property
    def commitment(self) -> Commitment:
        """The commitment."""
        return self.line.commitment

    @property
    def measure(self) -> Measure:
        """Its measure."""
        return self.line.measure

    @property
    def is_editable(self) -> bool:
        """Every quarter can be planned."""
        return True

    @property
    def mark(self) -> Mark:
        """How what it adds up to is marked."""
        return Mark("check", "success") if self.year.adds_up else Mark("triangle-alert", "warning")

    @property
    def sum_words(self) -> str:
        """Whether the year adds up: "Adds up to 12", "3 short of 12", "2 more than 12"."""
        promised, missing = number_words(self.year.promised, self.measure), self.year.missing
        if not missing:
            return f"Adds up to {promised}"
        rest = number_words(abs(missing), self.measure)
        return f"{rest} short of {promised}" if missing > 0 else f"{rest} more than {promised}"


class PlanModel(YearModel):
    """The plan as it is worked on, in the quarters of the year that is chosen; what is typed goes out as a signal."""

    quantity_typed = Signal(str, int, str)
    """A commitment's key, the number of a quarter, and the text that was typed."""

    cell_noun = "quarter"
    last_head = "The year"
    quarter_side = Qt.AlignmentFlag.AlignRight

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[PlanRow, ...] = ()
        self._every: dict[int, ContractQuarter] = {}
        self._entries: dict[tuple[str, Quarter], PlanEntry] = {}
        self._held: Mapping[CellKey, HeldText] = {}

    # Contents

    def show_plan(
        self,
        opened: OpenDelivery | None,
        entries: Iterable[PlanEntry] = (),
        held: Mapping[CellKey, HeldText] | None = None,
        year: int = 0,
    ) -> None:
        """Show the plan of a contract year (0 is the first); rows and quarters that stay keep the cursor."""
        lines = opened.delivered.lines if opened else ()
        every = quarters_in(lines)
        quarters = tuple(each for each in every if each.quarter.year == year)
        self._every = {cell_number(each.quarter): each for each in every}
        self._entries = {(entry.commitment, entry.quarter): entry for entry in entries}
        self._held = dict(held or {})
        rows = tuple(_rows(opened, lines, list(self._entries.values()), year)) if opened else ()
        keys = [row.commitment.key for row in self.rows]
        if quarters == self.quarters and keys == [row.commitment.key for row in rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.last_column))
            return
        self.beginResetModel()
        self.rows, self.quarters = rows, quarters
        self.endResetModel()

    # Places

    def cell_of(self, column: int) -> int | None:
        """The number of the quarter of a column."""
        quarter = self.quarter_of(column)
        return cell_number(quarter.quarter) if quarter else None

    def cell_name(self, cell: int) -> str:
        """A quarter in words."""
        return self._every[cell].label

    def line_at(self, row: int) -> PlanRow | None:
        """The commitment in a row."""
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def entry_at(self, row: int, column: int) -> PlanEntry | None:
        """What is planned in a cell; None in the columns beside the quarters."""
        line, quarter = self.line_at(row), self.quarter_of(column)
        return self._entries.get((line.commitment.key, quarter.quarter)) if line and quarter else None

    def held_at(self, row: int, column: int) -> HeldText | None:
        """What was typed into a cell and can be no quantity."""
        line, cell = self.line_at(row), self.cell_of(column)
        return self._held.get((line.commitment.key, cell)) if line and cell is not None else None

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """One row for each commitment."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Quantities can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self.quarter_of(index.column()) is None else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell shows and says."""
        getter = _GETTERS.get(role)
        return getter(self, self.rows[index.row()], index.column()) if getter and index.isValid() else None

    def setData(self, index: _Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Send out what was typed, if it differs."""
        cell = self.cell_of(index.column())
        if role != Qt.ItemDataRole.EditRole or cell is None:
            return False
        row, text = self.rows[index.row()], str(value)
        if text != self.text(row, index.column()):
            self.quantity_typed.emit(row.commitment.key, cell, text)
        return True

    def text(self, row: PlanRow, column: int) -> str:
        """What a cell shows, as it is copied."""
        cell = self.cell_of(column)
        if cell is None:
            return row.measure.title if column == TITLE else row.sum_words
        held = self._held.get((row.commitment.key, cell))
        if held is not None:
            return held.text
        entry = self._entries.get((row.commitment.key, quarter_at(cell)))
        return quantity_text(entry.quantity if entry else Decimal(0), row.measure)

    def said(self, row: PlanRow, column: int) -> str:
        """The accessible name of a cell."""
        quarter = self.quarter_of(column)
        if quarter is None:
            if column == TITLE:
                return f"{row.measure.title}, {row.commitment.measure}, theme {row.line.place.theme.number}"
            return f"{row.measure.title}, {row.sum_words}, {row.source.value.lower()}"
        where = f"{row.measure.title}, {spoken_quarter(quarter)}"
        held = self._held.get((row.commitment.key, cell_number(quarter.quarter)))
        if held is not None:
            return f"{where}, {held.text}, error: {held.message}. {held.fix}"
        entry = self._entries[row.commitment.key, quarter.quarter]
        action = f", {entry.action}" if entry.action else ""
        planned = spoken_quantity(entry.quantity, row.measure) if entry.quantity else "nothing"
        return f"{where}, {planned} planned{action}"

    def described(self, _row: PlanRow, column: int) -> str:
        """What can be done in a cell."""
        return "" if self.quarter_of(column) is None else "Type a quantity. Enter opens what is done for it"

    def tooltip(self, row: PlanRow, column: int) -> str:
        """The whole of what may be cut, and what is planned beside the quantity."""
        quarter = self.quarter_of(column)
        if quarter is None:
            return f"{row.measure.title}\n{row.commitment.measure}, {row.measure.each_name}" if column == TITLE else ""
        held = self._held.get((row.commitment.key, cell_number(quarter.quarter)))
        if held is not None:
            return f"{held.message}. {held.fix}"
        return self._entries[row.commitment.key, quarter.quarter].action


def _rows(
    opened: OpenDelivery, lines: Iterable[DeliveredLine], entries: list[PlanEntry], year: int
) -> Iterable[PlanRow]:
    """Each commitment with what its quarters of a year come to, and where they come from."""
    in_force = {(entry.commitment, entry.quarter): entry for entry in plan_in_force_of(opened)}
    of_line: dict[str, list[PlanEntry]] = {}
    for entry in entries:
        of_line.setdefault(entry.commitment, []).append(entry)
    for line in lines:
        key = line.commitment.key
        own = of_line.get(key, [])
        planned = planned_years(line.commitment, line.measure, opened.contract, own)[year]
        is_changed = any(entry != in_force.get((key, entry.quarter)) for entry in own if entry.quarter.year == year)
        usual = Source.DEFAULT if year in opened.plan[key].by_default else Source.ACCEPTED
        yield PlanRow(line, planned, Source.CHANGED if is_changed else usual)


_GETTERS: dict[int, Callable[[PlanModel, PlanRow, int], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): PlanModel.text,
    int(Qt.ItemDataRole.EditRole): PlanModel.text,
    int(Qt.ItemDataRole.AccessibleTextRole): PlanModel.said,
    int(Qt.ItemDataRole.AccessibleDescriptionRole): PlanModel.described,
    int(Qt.ItemDataRole.ToolTipRole): PlanModel.tooltip,
}
