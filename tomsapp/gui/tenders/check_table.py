"""The check grid: moves by cell, and keeps what is found in view where the bids need more room than there is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent

from tomsapp.domain.tender.bid import DecisionKind
from tomsapp.gui.tenders.check_delegate import CheckDelegate
from tomsapp.gui.tenders.check_model import FIRST_BID, TITLE, CheckModel
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.first_column import FirstColumnStays, be_grid
from tomsapp.gui.widgets.heard import ChosenOneByOne, hear_choices

MOST_IN_VIEW = 5
"""So many bids stand beside each other; of more, each has its own width and the first column stays."""
_TITLE, _TITLE_LEAST, _BID, _BID_LEAST, _ROW, _GROUP = 245, 180, 128, 112, 48, 30
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
KEYS = {Qt.Key.Key_A: DecisionKind.ACCEPT, Qt.Key.Key_L: DecisionKind.LEAVE_OUT, Qt.Key.Key_Q: DecisionKind.ASK}
"""What is chosen by a key: accept, leave out, question."""


class CheckTable(ChosenOneByOne, FirstColumnStays):
    """Shows a `CheckModel`; arrows move by cell, Enter opens the cell, A, L and Q choose what is decided."""

    cell_opened = Signal()
    """Enter, a double click or assistive technology opened the current cell."""
    record_wanted = Signal()
    """Ctrl+Enter: what is chosen and typed of the current cell is to be recorded."""
    kind_wanted = Signal(object)
    """The `DecisionKind` whose key was pressed in the current cell."""

    def __init__(self, model: CheckModel) -> None:
        super().__init__()
        self.grid = model
        be_grid(self)
        self.setModel(model)
        hear_choices(self, lambda _index: self.cell_opened.emit())
        self.setItemDelegate(CheckDelegate(self, model))
        self.keep_first(CheckDelegate(self, model, is_laid_over=True))
        self.doubleClicked.connect(lambda _index: self.cell_opened.emit())
        model.modelReset.connect(self.arrange)
        add_action(
            self, "Copy with heads", QKeySequence.StandardKey.Copy, self.copy_all, Qt.ShortcutContext.WidgetShortcut
        )
        current_theme().follow(self.arrange)

    # Layout

    @property
    def scrolls(self) -> bool:
        """Whether there are more bids than stand beside each other."""
        return len(self.grid.bids) > MOST_IN_VIEW

    def arrange(self) -> None:
        """Fit columns and rows to the bids, the width and the text size."""
        theme, header, count = current_theme(), self.horizontalHeader(), len(self.grid.bids)
        title, width = theme.px(_TITLE), self.viewport().width()
        bid = theme.px(_BID)
        if not self.scrolls and count:
            title = max(theme.px(_TITLE_LEAST), min(title, width - count * theme.px(_BID)))
            bid = max(theme.px(_BID_LEAST), (width - title) // count)
        for column in range(FIRST_BID, FIRST_BID + count):
            header.resizeSection(column, bid)
        header.resizeSection(TITLE, title if count else max(width, title))
        self._fit_rows()
        self.freeze()
        self.paint_again()

    def _fit_rows(self) -> None:
        theme = current_theme()
        for table in (self, self.frozen):
            table.clearSpans()
            for row in range(self.grid.rowCount()):
                is_group = self.grid.row_at(row) is None
                table.verticalHeader().resizeSection(row, theme.px(_GROUP if is_group else _ROW))
                if is_group and table is self and self.grid.columnCount() > 1:
                    table.setSpan(row, TITLE, 1, self.grid.columnCount())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the bids the new width."""
        super().resizeEvent(event)
        self.arrange()

    # Moving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell, Ctrl+Enter records it, A, L and Q choose what is decided; the arrows move by cell."""
        kind = KEYS.get(Qt.Key(event.key())) if not event.modifiers() else None
        if event.key() in _ENTER and self.currentIndex().isValid():
            is_to_record = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.record_wanted if is_to_record else self.cell_opened).emit()
        elif kind is not None:
            self.kind_wanted.emit(kind)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Typing does nothing: letters are keys of the grid."""

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell and show it."""
        index = self.grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def copy_all(self) -> None:
        """Copy every cell with the heads, as a spreadsheet takes them."""
        grid = self.grid
        columns = range(grid.columnCount())
        rows = [[grid.text(row, column) for column in columns] for row in range(grid.rowCount())]
        QGuiApplication.clipboard().setText(table_text([[grid.head(column) for column in columns], *rows]))
