"""The table of the commitments grid: moves by cell, folds, edits, and keeps its outer columns in view."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from tomsapp.gui.contract.figures import Figure, FigureKind
from tomsapp.gui.contract.grid_delegate import GridDelegate
from tomsapp.gui.contract.grid_model import FIRST_YEAR, TITLE, UNIT_VALUE, GridModel
from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.contract.row_layout import height_of_line, lay_out
from tomsapp.gui.contract.rows import LineRow, Row
from tomsapp.gui.contract.typed_grid import TABS, OneBlock, TypedGrid
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.data_table import be_grid
from tomsapp.gui.widgets.heard import hear_choices

_TITLE_SQUEEZED, _TITLE_LEAST, _TITLE_WISHED, _UNIT_LEAST, _YEAR_LEAST, _YEAR_WISHED = 120, 180, 300, 96, 66, 78
_SHARE, _VALUE_LEAST = 62, 108
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Index = QModelIndex | QPersistentModelIndex


class GridView(TypedGrid, OneBlock, QTableView):
    """Shows a `GridModel`. When the years do not fit, a window of them moves with the cursor."""

    figure_chosen = Signal(object)
    """A `Figure` that the user wants explained."""
    action_chosen = Signal(object, object)
    """A `ProblemRow` and the `ProblemAction` in it that the user chose."""
    details_wanted = Signal(str, str)
    """A commitment's key, and the field to start in."""
    remove_wanted = Signal(object)
    """Keys of the commitments to remove."""
    cleared = Signal(object)
    """The (key, year) cells to make blank."""
    years_moved = Signal()
    """Another window of years is shown."""

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.grid = model
        self.action = 0
        self._column = FIRST_YEAR
        # The first contract year that is shown (0 is the contract's first), and how many fit.
        self.first_year, self.shown_years = 0, 0
        self._window: tuple[int, int, list[str]] = (0, 0, [])
        self._fitted_for: object = None
        self._heights: dict[str, tuple[Row, int]] = {}
        self._heights_for: object = None
        self._spanned: object = None
        self.setModel(model)
        hear_choices(self, self.choose)
        self._build_look()
        delegate = GridDelegate(self, model, lambda: self.action)
        delegate.left_editor.connect(self._on_left_editor)
        self.setItemDelegate(delegate)
        model.rows_changed.connect(self._fit)
        model.modelReset.connect(self._forget_spans)
        current_theme().theme_changed.connect(self.arrange)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def _build_look(self) -> None:
        be_grid(self)
        self.setTabKeyNavigation(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().setMinimumSectionSize(8)

    # Layout

    def arrange(self) -> None:
        """Fit columns, row heights and spans to the rows, the width and the text size, and paint them all."""
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        self._fit_columns()
        self._fit_rows()

    def set_first_year(self, year: int) -> None:
        """Show the years from `year` on."""
        most = max(0, len(self.grid.years) - self.shown_years)
        first = max(0, min(year, most))
        if first != self.first_year:
            self.first_year = first
            self._window = self._in_view()
            self._hide_years()
            self.years_moved.emit()

    def _fit_columns(self) -> None:
        theme, grid, header = current_theme(), self.grid, self.horizontalHeader()
        if not grid.years and not grid.rows:
            return
        metrics = QFontMetricsF(theme.font("strong"))  # as the current row shows its value
        texts = grid.longest_texts()
        unit = _room(texts[UNIT_VALUE], metrics, _UNIT_LEAST)
        value = _room(texts[grid.value_column], metrics, _VALUE_LEAST)
        years = [_room(texts[FIRST_YEAR + year], metrics, _YEAR_LEAST) for year in range(len(grid.years))]
        share = theme.px(_SHARE)
        room = self._width() - unit - value - share
        year_width = max(years, default=0)
        if years and room - len(years) * theme.px(_YEAR_WISHED) >= theme.px(_TITLE_WISHED):
            year_width = max(year_width, theme.px(_YEAR_WISHED))
        fits = (room - theme.px(_TITLE_LEAST)) // year_width if year_width else 0
        fitted_for = (self.width(), theme.text_size, [year.label for year in grid.years])
        if fitted_for == self._fitted_for and year_width:
            # A year that was in view stays there, whatever is typed: the titles give way.
            fits = max(fits, min(self.shown_years, (room - theme.px(_TITLE_SQUEEZED)) // year_width))
        self._fitted_for = fitted_for
        self.shown_years = max(1, min(len(years), fits)) if years else 0
        self.first_year = max(0, min(self.first_year, len(years) - self.shown_years))
        for year in range(len(years)):
            header.resizeSection(FIRST_YEAR + year, year_width)
        header.resizeSection(TITLE, max(theme.px(_TITLE_SQUEEZED), room - self.shown_years * year_width))
        header.resizeSection(UNIT_VALUE, unit)
        header.resizeSection(grid.share_column, share)
        header.resizeSection(grid.value_column, value)
        self._hide_years()
        window = self._in_view()
        if self._window != window:
            # A contract of more years than the last, or of others, may fit as many as that one had.
            self._window = window
            self.years_moved.emit()

    def _in_view(self) -> tuple[int, int, list[str]]:
        """What the bar over the grid tells: the first year that is shown, how many are, and the names of all."""
        return self.first_year, self.shown_years, [year.label for year in self.grid.years]

    def _width(self) -> int:
        """The width of a row; rows that cannot fit leave room for the scroll bar, and so are laid out once."""
        density, bar = current_theme().density, self.verticalScrollBar()
        least = current_theme().px(min(density.theme_row, density.outcome_row, density.line_row))
        is_coming = not bar.isVisibleTo(self) and len(self.grid.rows) * least > self.viewport().height()
        return self.viewport().width() - (bar.sizeHint().width() if is_coming else 0)

    def _hide_years(self) -> None:
        last = self.first_year + self.shown_years
        for year in range(len(self.grid.years)):
            hidden = not self.first_year <= year < last
            if self.isColumnHidden(FIRST_YEAR + year) != hidden:
                self.setColumnHidden(FIRST_YEAR + year, hidden)

    def _fit_rows(self) -> None:
        """Give each row its height; only a row that differs from the one it was measured for is measured again."""
        header, theme = self.verticalHeader(), current_theme()
        width, title_width = self._width(), self.columnWidth(TITLE)
        fixed = (width, title_width, theme.text_size, theme.density)
        known = self._heights if fixed == self._heights_for else {}
        heights: dict[str, tuple[Row, int]] = {}
        for place, row in enumerate(self.grid.rows):
            found = known.get(row.key)
            if found is None or found[0] != row:
                found = (row, self._height_of(row, width, title_width))
            heights[row.key] = found
            if header.sectionSize(place) != found[1]:
                header.resizeSection(place, found[1])
        self._heights, self._heights_for = heights, fixed
        self._span_rows()

    def _span_rows(self) -> None:
        """Let groups and problems take the whole width."""
        columns = self.grid.columnCount()
        places = [place for place, row in enumerate(self.grid.rows) if not isinstance(row, LineRow)]
        if self._spanned != (columns, places):
            self._spanned = (columns, places)
            self.clearSpans()
            for place in places:
                self.setSpan(place, 0, 1, columns)

    def _forget_spans(self) -> None:
        self._spanned = None

    @staticmethod
    def _height_of(row: Row, width: int, title_width: int) -> int:
        theme = current_theme()
        if isinstance(row, ProblemRow):
            return lay_out(row, width).height
        if isinstance(row, LineRow):
            return height_of_line(row, title_width)
        return theme.px(theme.density.theme_row if row.is_theme else theme.density.outcome_row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns and the height of problems to the new width."""
        super().resizeEvent(event)
        self.arrange()

    # Moving

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The cell that an arrow leads to; over groups and problems the column is kept."""
        moves = QAbstractItemView.CursorAction
        row, last = self.currentIndex().row(), self.grid.rowCount() - 1
        if action in (moves.MoveUp, moves.MoveDown) and row >= 0:
            return self._cell(max(0, min(row + (1 if action == moves.MoveDown else -1), last)), self._column)
        if action in (moves.MoveLeft, moves.MoveRight) and row >= 0:
            step = 1 if action == moves.MoveRight else -1
            self._column = max(0, min(self._column + step, self.grid.columnCount() - 1))
            return self._cell(row, self._column)
        if action in (moves.MoveHome, moves.MoveEnd) and row >= 0:
            self._column = TITLE if action == moves.MoveHome else self.grid.value_column
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                row = 0 if action == moves.MoveHome else last
            return self._cell(row, self._column)
        found = super().moveCursor(action, modifiers)
        return self._cell(found.row(), self._column) if found.isValid() else found

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell and show it."""
        self._column = column
        index = self._cell(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _cell(self, row: int, column: int) -> QModelIndex:
        if self.grid.line_at(row) is None:
            return self.grid.index(row, 0)
        year = self.grid.year_of(column)
        if year is not None and not self.first_year <= year < self.first_year + self.shown_years:
            self.set_first_year(year if year < self.first_year else year - self.shown_years + 1)
        return self.grid.index(row, column)

    def step_typed(self, step: int) -> bool:
        """Go to the next (or last) quantity in reading order; False when there is none."""
        row, column = self.currentIndex().row(), self._column
        years, last = len(self.grid.years), self.grid.rowCount() - 1
        place = row * years + max(-1 if step > 0 else 0, min(column - FIRST_YEAR, years if step < 0 else years - 1))
        place += step
        while years and 0 <= place <= (last + 1) * years - 1:
            if self.grid.is_quantity(place // years, FIRST_YEAR + place % years):
                self.go_to(place // years, FIRST_YEAR + place % years)
                return True
            place += step
        return False

    def step_line(self, step: int) -> None:
        """Go to the same column of the next line, over groups and problems."""
        row = self.currentIndex().row() + step
        while 0 <= row < self.grid.rowCount():
            if self.grid.line_at(row) is not None:
                self.go_to(row, self._column)
                return
            row += step

    def choose(self, index: QModelIndex) -> None:
        """Go to the cell that assistive technology chose."""
        is_line = self.grid.line_at(index.row()) is not None
        self.go_to(index.row(), index.column() if is_line else self._column)

    # What stands under the cursor

    def current_line(self) -> LineRow | None:
        """The line that the cursor is in, or None."""
        return self.grid.line_at(self.currentIndex().row())

    @staticmethod
    def _figure_of(row: Row) -> Figure | None:
        if isinstance(row, LineRow):
            return Figure(FigureKind.LINE, row.commitment.key) if row.line else None
        if isinstance(row, ProblemRow):
            return Figure(FigureKind.LINE, row.commitment) if row.commitment else None
        if row.is_theme:
            return Figure(FigureKind.THEME, str(row.theme)) if row.theme else None
        return Figure(FigureKind.OUTCOME, row.outcome)

    def explain(self) -> None:
        """Ask for the explanation of the figure under the cursor."""
        row = self.currentIndex().row()
        figure = self._figure_of(self.grid.rows[row]) if 0 <= row < self.grid.rowCount() else None
        if figure is not None:
            self.figure_chosen.emit(figure)

    def _on_current_changed(self, current: _Index, before: _Index) -> None:
        self.action = 0
        if current.row() != before.row():
            for row in (current.row(), before.row()):
                self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _on_left_editor(self, key: int) -> None:
        if key == Qt.Key.Key_F1:
            self.explain()
        elif key in TABS:
            # Out of it at its ends: what is typed next is not meant for the quantity that was just left.
            self.step_or_leave(key)
        else:
            self.step_line(-1 if key == Qt.Key.Key_Up else 1)


def _room(text: str, metrics: QFontMetricsF, least: int) -> int:
    """The width of a column for its longest text."""
    return max(current_theme().px(least), int(metrics.horizontalAdvance(text)) + 26)
