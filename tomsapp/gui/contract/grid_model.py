"""The commitments grid as Qt's table model: flat rows of four kinds, one column a contract year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.measure_words import worth_words
from tomsapp.domain.wording import format_percent, format_pounds, plural
from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.contract.row_words import (
    group_title,
    quantity_of,
    second_line,
    title_of,
    value_text,
)
from tomsapp.gui.contract.rows import GridContents, GroupRow, LineRow, Row, RowMaker
from tomsapp.gui.contract.typed import quantity_text, spoken_quantity
from tomsapp.gui.models.moving_rows import move_rows
from tomsapp.gui.widgets.problems import WORDS

TITLE, UNIT_VALUE, FIRST_YEAR = 0, 1, 2
_NOUGHT = Decimal(0)
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GridModel(QAbstractTableModel):
    """Rows of a `RowMaker`; what is typed goes out as a signal and comes back as new contents."""

    quantity_typed = Signal(str, int, str)
    """A commitment's key, a contract year (0 is the first) and the text that was typed."""
    rows_changed = Signal()
    """Rows came, went or have other words; heights and spans are to be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.years: tuple[ContractYear, ...] = ()
        self.contents: GridContents | None = None
        self.folded: frozenset[str] = frozenset()  # keys of groups
        self._maker = RowMaker()
        self._texts: dict[str, tuple[Row, tuple[str, ...], Decimal]] = {}

    # Contents

    def set_contents(self, contents: GridContents) -> None:
        """Show other figures; rows that stay keep cursor, selection and an open editor."""
        years_differ = contents.years != self.years
        self.contents = contents
        if years_differ:
            self.beginResetModel()
            self.years = contents.years
            self._texts.clear()
            self.rows = self._maker.rows(contents, self.folded)
            self.endResetModel()
        else:
            self._move_to(self._maker.rows(contents, self.folded))
        self.rows_changed.emit()

    def clear(self) -> None:
        """Show no rows and no years."""
        self.beginResetModel()
        self.contents, self.rows, self.years, self.folded = None, [], (), frozenset()
        self.endResetModel()
        self.rows_changed.emit()

    def toggle_fold(self, key: str) -> None:
        """Fold or unfold a theme or an outcome."""
        self.set_folded(self.folded ^ {key})

    def set_folded(self, keys: frozenset[str]) -> None:
        """Fold exactly these groups."""
        self.folded = keys
        if self.contents is not None:
            self._move_to(self._maker.rows(self.contents, self.folded))
            self.rows_changed.emit()

    def _move_to(self, rows: list[Row]) -> None:
        move_rows(self, self.rows, rows)

    def longest_texts(self) -> list[str]:
        """The longest text of each column that is fitted to its texts, of lines, and of the subtotals over the last.

        Of pounds that is the text of the largest or the smallest: no other is put into words for it.
        """
        texts: dict[str, tuple[Row, tuple[str, ...], Decimal]] = {}
        for row in self.rows:
            if not isinstance(row, ProblemRow):
                known = self._texts.get(row.key)
                texts[row.key] = known if known and known[0] is row else (row, *self._measured(row))
        self._texts = texts
        longest = [""] * self.columnCount()
        for _, found, _ in texts.values():
            for column, text in enumerate(found, UNIT_VALUE):
                if len(text) > len(longest[column]):
                    longest[column] = text
        worth = [each for _, _, each in texts.values()]
        pounds = [format_pounds(each) for each in (max(worth, default=_NOUGHT), min(worth, default=_NOUGHT))]
        longest[self.value_column] = max(longest[self.value_column], *pounds, key=len)
        return longest

    def _measured(self, row: GroupRow | LineRow) -> tuple[tuple[str, ...], Decimal]:
        """The texts of a row that columns are to have room for, the first that of the unit value, and its pounds."""
        if isinstance(row, GroupRow):
            return (), row.subtotal
        texts = [self.text(row, column) for column in range(UNIT_VALUE, self.share_column)]
        if row.line is not None and row.line.measure.is_valued:
            return tuple(texts), row.line.social_value
        return (*texts, "", value_text(row)), _NOUGHT

    # Places

    @property
    def share_column(self) -> int:
        """Place of the share column."""
        return FIRST_YEAR + len(self.years)

    @property
    def value_column(self) -> int:
        """Place of the last column, the social value."""
        return self.share_column + 1

    def year_of(self, column: int) -> int | None:
        """The contract year of a column, or None for the other columns."""
        year = column - FIRST_YEAR
        return year if 0 <= year < len(self.years) else None

    cell_noun = "contract year"

    def cell_of(self, column: int) -> int | None:
        """As `year_of`: what is typed in a column is of a contract year."""
        return self.year_of(column)

    def cell_name(self, cell: int) -> str:
        """A contract year in words."""
        return self.years[cell].label

    def line_at(self, row: int) -> LineRow | None:
        """The line in a row, or None for groups and problems."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, LineRow) else None

    def row_of(self, key: str) -> int | None:
        """The row with a key, or None when it is not shown."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), None)

    def is_quantity(self, row: int, column: int) -> bool:
        """Whether a cell takes a quantity."""
        line = self.line_at(row)
        return line is not None and line.is_editable and self.year_of(column) is not None

    def action_at(self, row: ProblemRow, column: int) -> int | None:
        """The action of a problem that assistive technology finds in a column: first in those that are always shown."""
        years = range(FIRST_YEAR, self.share_column)
        places = (UNIT_VALUE, self.share_column, self.value_column, *years)
        action = places.index(column) if column in places else len(places)
        return action if action < len(row.actions) else None

    def lines(self) -> Sequence[LineRow]:
        """The lines that are shown, top to bottom."""
        return [row for row in self.rows if isinstance(row, LineRow)]

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Number of rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Title, unit value, one a year, share, value."""
        return 0 if parent.isValid() else len(self.years) + 4

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every cell that says something can be reached; quantities can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row, column = self.rows[index.row()], index.column()
        if column != TITLE and not isinstance(row, LineRow) and not self.said(row, column):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_quantity(index.row(), column) else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section == TITLE else _RIGHT
        return self.head(section) if role == Qt.ItemDataRole.DisplayRole else None

    def head(self, column: int) -> str:
        """The words over a column."""
        year = self.year_of(column)
        if year is not None:
            return self.years[year].label
        names = {TITLE: "Commitment", UNIT_VALUE: "Unit value", self.share_column: "Share"}
        return names.get(column, "Social value")

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell shows, takes for editing, or says."""
        getter = _GETTERS.get(role)
        return getter(self, self.rows[index.row()], index.column()) if getter and index.isValid() else None

    def setData(self, index: _Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Send out what was typed, if it differs."""
        line, year = self.line_at(index.row()), self.year_of(index.column())
        if role != Qt.ItemDataRole.EditRole or line is None or year is None:
            return False
        text = str(value)
        if text != self.typed_text(line, year):
            self.quantity_typed.emit(line.commitment.key, year, text)
        return True

    @staticmethod
    def typed_text(line: LineRow, year: int) -> str:
        """The text in a quantity cell: what was typed if it is held, else the quantity."""
        if year in line.held:
            return line.held[year].text
        return quantity_text(quantity_of(line, year), line.measure)

    def text(self, row: Row, column: int) -> str:
        """What a cell shows; groups and problems stand in the first column."""
        if isinstance(row, GroupRow):
            return {TITLE: group_title(row), self.value_column: format_pounds(row.subtotal)}.get(column, "")
        if isinstance(row, ProblemRow):
            return row.sentence if column == TITLE else ""
        year = self.year_of(column)
        if year is not None:
            return self.typed_text(row, year)
        if column == TITLE:
            return title_of(row)
        if column == UNIT_VALUE:
            return worth_words(row.measure) if row.measure else ""
        return format_percent(row.commitment.contract_share) if column == self.share_column else value_text(row)

    def said(self, row: Row, column: int) -> str:
        """The accessible name of a cell; nothing of one under a group or a problem, so that each is read once."""
        if isinstance(row, GroupRow):
            return self._said_of_group(row, column)
        if isinstance(row, ProblemRow):
            return self._said_of_problem(row, column)
        title = self.text(row, TITLE)
        year = self.year_of(column)
        if column == TITLE:
            return f"{title}, {second_line(row)}" + (f", {row.hint}" if row.hint else "")
        if year is None:
            return f"{self.head(column)}, {title}, {self.text(row, column) or 'none'}"
        held = row.held.get(year)
        if held is not None:
            return f"{self.head(column)}, {title}, {held.text}, error: {held.message}. {held.fix}"
        return f"{self.head(column)}, {title}, {spoken_quantity(quantity_of(row, year), row.measure)}"

    def _said_of_group(self, row: GroupRow, column: int) -> str:
        if column == self.value_column:
            return f"Subtotal, {row.title}, {format_pounds(row.subtotal)}"
        state = "folded" if row.is_folded else "expanded"
        lines = plural(row.commitments, "commitment", "commitments")
        return f"{row.title}, {lines}, {format_pounds(row.subtotal)}, {state}" if column == TITLE else ""

    def _said_of_problem(self, row: ProblemRow, column: int) -> str:
        if column != TITLE:
            action = self.action_at(row, column)
            return "" if action is None else row.actions[action].words
        words = ", ".join(action.words for action in row.actions)
        said = row.sentence if row.is_answered else f"{WORDS[row.level]}: {row.sentence}"
        return f"{said} {words}".strip()

    def described(self, row: Row, column: int) -> str:
        """What can be done in a cell."""
        if isinstance(row, GroupRow):
            return "Space folds. Ctrl+Enter says how the subtotal came about" if column == TITLE else ""
        if isinstance(row, ProblemRow):
            return "Tab reaches each action, Enter does it" if column == TITLE else ""
        if self.year_of(column) is not None:
            return "Type a quantity. Ctrl+Tab leaves the grid" if row.is_editable else "Read only"
        if column == TITLE and row.hint and not row.is_locked:
            return f"Enter goes to the {'statement' if row.lacks_statement else 'quantity'}"
        return "Alt+Enter opens the line’s details" if column == TITLE else "Press Ctrl+Enter for how this came about"

    def tooltip(self, row: Row, column: int) -> str:
        """The whole of what may be cut."""
        if isinstance(row, LineRow):
            if column == TITLE:
                return "\n".join(part for part in (self.text(row, TITLE), second_line(row), row.hint) if part)
            held = row.held.get(self.year_of(column) or 0) if self.year_of(column) is not None else None
            return f"{held.message}. {held.fix}" if held else ""
        return ""


_GETTERS: dict[int, Callable[[GridModel, Row, int], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): GridModel.text,
    int(Qt.ItemDataRole.EditRole): GridModel.text,
    int(Qt.ItemDataRole.AccessibleTextRole): GridModel.said,
    int(Qt.ItemDataRole.AccessibleDescriptionRole): GridModel.described,
    int(Qt.ItemDataRole.ToolTipRole): GridModel.tooltip,
    int(Qt.ItemDataRole.TextAlignmentRole): lambda _model, _row, column: _LEFT if column == TITLE else _RIGHT,
}
