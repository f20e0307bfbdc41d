"""The table of a tender's measures with its keys: moves by cell, takes targets and reasons, folds, requires themes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from tomsapp.gui.contract.typed_grid import ENTER, TABS, TypedGrid
from tomsapp.gui.row_paint import words_width
from tomsapp.gui.tenders.measure_delegate import MeasureDelegate
from tomsapp.gui.tenders.measure_model import TYPED, MeasureModel
from tomsapp.gui.tenders.measure_rows import TARGET, TITLE, UNIT_VALUE, USE, WHY, WORTH
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.data_table import be_grid
from tomsapp.gui.widgets.heard import hear_choices

VIEWS = {"targets": (TITLE, UNIT_VALUE, TARGET, WORTH), "reasons": (TITLE, WHY, USE)}
"""The columns of each view."""
_WIDTHS = {UNIT_VALUE: 112, TARGET: 96, WORTH: 128, USE: 170}
_TITLE_LEAST, _TITLE_BESIDE, _ROW, _THEME_ROW = 180, 270, 42, 34
_Index = QModelIndex | QPersistentModelIndex


class MeasureTable(TypedGrid, QTableView):
    """Shows a `MeasureModel` in one of its views."""

    typed_block = Signal(object)
    """The texts of cells that are pasted or emptied, by code and column."""
    use_wanted = Signal(str)
    """A measure that is to become a condition, or scored."""
    theme_wanted = Signal(int)
    """A theme that is to become required, or not."""
    arranged = Signal()
    """It may have other rows, or rows of another height."""
    details_wanted = Signal(str)
    remove_wanted = Signal(object)
    """The codes of measures that are to be taken out."""

    def __init__(self, model: MeasureModel) -> None:
        super().__init__()
        self.grid = model
        self._view = "targets"
        self.is_whole = False
        self.setAccessibleName("Measures")
        be_grid(self)
        self.setTabKeyNavigation(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setModel(model)
        hear_choices(self, self.choose)
        delegate = MeasureDelegate(self, model)
        delegate.left_editor.connect(self._on_left_editor)
        self.setItemDelegate(delegate)
        model.rows_changed.connect(self.arrange)
        self.selectionModel().currentChanged.connect(lambda *_cells: self.viewport().update())
        current_theme().follow(self.arrange)

    # Views

    @property
    def view(self) -> str:
        """Which view is shown."""
        return self._view

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that are shown."""
        return VIEWS[self._view]

    @property
    def typed_column(self) -> int:
        """The column of the view into which something is typed."""
        return next(column for column in self.columns if column in TYPED)

    def show_view(self, view: str) -> None:
        """Show targets, or why measures are asked; the cursor stays in its row."""
        if view == self._view:
            return
        row = self.currentIndex().row()
        self._view = view
        self.grid.choice_column = TARGET if view == "targets" else USE
        self.arrange()
        if row >= 0:
            self.go_to(row, self.typed_column if self.grid.measure_at(row) else TITLE)

    def arrange(self) -> None:
        """Fit columns, rows and spans to what is shown, to the width and the text size."""
        theme, header = current_theme(), self.horizontalHeader()
        rest = self.viewport().width() - sum(theme.px(_WIDTHS.get(column, 0)) for column in self.columns)
        title = max(theme.px(_TITLE_LEAST), rest)
        if WHY in self.columns:
            title = max(theme.px(_TITLE_LEAST), min(theme.px(_TITLE_BESIDE), rest // 2))
        for column in range(self.grid.columnCount()):
            self.setColumnHidden(column, column not in self.columns)
            width = theme.px(_WIDTHS.get(column, 0)) or (title if column == TITLE else max(120, rest - title))
            header.resizeSection(column, width)
        self.clearSpans()
        for place in range(len(self.grid.rows)):
            is_theme = self.grid.theme_at(place) is not None
            self.setRowHeight(place, theme.px(_THEME_ROW if is_theme else _ROW))
            if is_theme:
                choice = self.grid.choice_column
                self.setSpan(place, TITLE, 1, choice)
                if choice == TARGET:
                    self.setSpan(place, choice, 1, 2)
        self.viewport().update()
        self.arranged.emit()

    def set_whole(self, *, is_whole: bool) -> None:
        """Have all rows in view, of what is scrolled round it, or scroll them itself."""
        self.is_whole = is_whole
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if is_whole else policy.ScrollBarAsNeeded)

    @property
    def whole_height(self) -> int:
        """How high it is with all its rows."""
        return self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the titles what is left."""
        super().resizeEvent(event)
        self.arrange()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table; what it has none for goes to Qt, which starts editing or moves."""
        if not self.currentIndex().isValid() or not self._on_key(event):
            super().keyPressEvent(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        row, column = self.currentIndex().row(), self.currentIndex().column()
        if key in TABS:
            if is_control:
                self.leave(forwards=key == Qt.Key.Key_Tab)
            else:
                self.step_or_leave(key)
        elif is_control and key == Qt.Key.Key_C:
            self.copy_block()
        elif is_control and key == Qt.Key.Key_V:
            self.paste(QGuiApplication.clipboard().text())
        elif key in ENTER or (key == Qt.Key.Key_Space and not self.grid.is_typed(row, column)):
            self._enter(row, column, is_space=key == Qt.Key.Key_Space)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete(row, column, is_delete=key == Qt.Key.Key_Delete)
        else:
            return False
        return True

    def _enter(self, row: int, column: int, *, is_space: bool = False) -> None:
        theme, measure = self.grid.theme_at(row), self.grid.measure_at(row)
        if theme is not None:
            if column == TITLE:
                self.grid.toggle_fold(theme.key)
            elif theme.number and not theme.is_fixed:
                self.theme_wanted.emit(theme.number)
        elif measure is not None:
            if column == USE and not measure.is_fixed:
                self.use_wanted.emit(measure.code)
            elif column == TITLE and not is_space:
                self.details_wanted.emit(measure.code)
            elif column == self.typed_column:
                self.step_typed(1)

    def _delete(self, row: int, column: int, *, is_delete: bool) -> None:
        """Empty the cells that are marked; Delete on a title takes the measure out."""
        marked = [index for index in self.selectedIndexes() if self.grid.is_typed(index.row(), index.column())]
        texts = {(m.code, i.column()): "" for i in marked if (m := self.grid.measure_at(i.row())) is not None}
        measure = self.grid.measure_at(row)
        if column == TITLE and is_delete and measure is not None and not measure.is_fixed:
            codes = [m.code for place in self.marked_rows() if (m := self.grid.measure_at(place)) is not None]
            self.remove_wanted.emit(codes)
        elif texts:
            self.typed_block.emit(texts)

    def choose(self, index: QModelIndex) -> None:
        """Do with the cell that assistive technology chose what Enter does; what is typed opens its field."""
        self.go_to(index.row(), index.column())
        if self.grid.is_typed(index.row(), index.column()):
            self.edit(self.currentIndex())
        else:
            self._enter(index.row(), index.column())

    def _on_left_editor(self, key: int) -> None:
        if key in TABS:
            self.step_or_leave(key)
        else:
            self.step_typed(-1 if key == Qt.Key.Key_Up else 1)

    # Moving

    def step_typed(self, step: int) -> bool:
        """Go to the next (or last) measure's cell that is typed into; False where there is none."""
        row, column = self.currentIndex().row() + step, self.typed_column
        while 0 <= row < self.grid.rowCount():
            if self.grid.is_typed(row, column):
                self.go_to(row, column)
                return True
            row += step
        return False

    def go_to_measure(self, code: str, column: int) -> bool:
        """Put the cursor on a cell of a measure, in the view that has it, also of a folded theme; False without one."""
        self.show_view("targets" if column in VIEWS["targets"] else "reasons")
        if self.grid.row_of(code) is None:
            self.grid.unfold()
        row = self.grid.row_of(code)
        if row is not None:
            self.go_to(row, column)
        return row is not None

    # Blocks and the mouse

    def block(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """The texts of measures in the columns that are shown."""
        measures = [m for place in rows if (m := self.grid.measure_at(place)) is not None]
        return [[row.text(column) for column in columns if column in self.columns] for row in measures]

    def paste(self, text: str) -> None:
        """Put lines of the clipboard into the typed cells from here on, one a measure, in one step of undo."""
        row, column = self.currentIndex().row(), self.typed_column
        places = [place for place in range(row, self.grid.rowCount()) if self.grid.is_typed(place, column)]
        lines = text.rstrip("\r\n").splitlines()
        texts = {
            (m.code, column): line.split("\t")[0].strip()
            for place, line in zip(places, lines, strict=False)
            if (m := self.grid.measure_at(place)) is not None
        }
        if texts:
            self.typed_block.emit(texts)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a theme folds it, on its choice or on a use changes it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() or not index.isValid():
            return
        is_link = index.column() == USE and self.grid.measure_at(index.row()) is not None
        if is_link or self._is_on_words(index, event):
            self._enter(index.row(), index.column())

    def _is_on_words(self, index: _Index, event: QMouseEvent) -> bool:
        """Whether the mouse is on a theme, or on the words of its choice."""
        theme = self.grid.theme_at(index.row())
        if theme is None or index.column() == TITLE:
            return theme is not None
        reach = words_width(theme.choice, "note_strong") + current_theme().px(40)
        return event.position().x() >= self.viewport().width() - reach

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a title opens all that is asked of the measure, on a typed cell it edits."""
        index = self.indexAt(event.position().toPoint())
        measure = self.grid.measure_at(index.row()) if index.isValid() else None
        if measure is not None and index.column() == TITLE:
            self.details_wanted.emit(measure.code)
        elif measure is not None:
            super().mouseDoubleClickEvent(event)
