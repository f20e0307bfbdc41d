"""A grid of cells whose first column stays in view while the others scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import COPY, TOLD_AS
from tomsapp.gui.widgets.data_table import be_plain
from tomsapp.gui.widgets.table_header import TableHeader

FIRST = 0
"""The column that stays."""
_Index = QModelIndex | QPersistentModelIndex


def be_grid(table: QTableView) -> None:
    """The look of a grid that is moved in by cell: its heads only say what stands below them."""
    be_plain(table)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    header = TableHeader(table)
    header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setHorizontalHeader(header)
    header.setSectionsMovable(False)
    header.setSectionsClickable(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


class FrozenColumn(QTableView):
    """The first column once more, over the table; keyboard and screen reader stay in the table, which has all of it."""

    def __init__(self, table: FirstColumnStays) -> None:
        super().__init__(table)
        # First of all: where a screen reader runs, Qt asks what it is as soon as it has a model, and never again.
        self.setProperty(TOLD_AS, COPY)
        self._table = table
        be_grid(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setModel(table.model())
        for each in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            each(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the cursor into the table."""
        index = self._clicked(event)
        if index.isValid():
            self._table.setCurrentIndex(index)
            self._table.scrollTo(self.model().index(index.row(), FIRST))
            self._table.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click does what it does in the table: of a press that was taken here, Qt tells none."""
        index = self._clicked(event)
        if index.isValid():
            self._table.doubleClicked.emit(index)

    def _clicked(self, event: QMouseEvent) -> QModelIndex:
        """The cell under the mouse; none where the cursor cannot be."""
        index = self.indexAt(event.position().toPoint())
        return index if index.flags() & Qt.ItemFlag.ItemIsEnabled else QModelIndex()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge under which the others go, but not through a row that goes on as one."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        edge, colour = area.right(), QColor(current_theme().colours.border)
        painter.fillRect(edge, 0, 1, area.height(), colour)
        for row in range(max(self.rowAt(0), 0), self.model().rowCount()):
            place = self.visualRect(self.model().index(row, FIRST))
            if place.top() > area.bottom():
                break
            if self._table.columnSpan(row, FIRST) > 1:
                option = QStyleOptionViewItem()
                option.rect = place
                self.itemDelegate().paint(painter, option, self.model().index(row, FIRST))
        painter.end()


class FirstColumnStays(QTableView):
    """Lays a `FrozenColumn` over itself where `scrolls`; call `freeze` once it has its model, and in its layout."""

    frozen: FrozenColumn
    leading = 1
    """So many columns from the first stay."""

    @property
    def kept(self) -> dict[int, int]:
        """The columns that stay, with their widths.

        Where one from further right is among them, the last of the leading ones is as much wider in the table.
        """
        return {FIRST: self.columnWidth(FIRST)}

    def keep_first(self, delegate: QAbstractItemDelegate) -> None:
        """Make what stays in view, once the table has its model."""
        self.frozen = FrozenColumn(self)
        delegate.setParent(self.frozen)
        self.frozen.setItemDelegate(delegate)
        self.selectionModel().currentChanged.connect(lambda *_cells: self.paint_again())
        # What stays in view beside the first column is painted in another place then.
        self.horizontalScrollBar().valueChanged.connect(lambda _to: self.viewport().update())

    @property
    def scrolls(self) -> bool:
        """Whether the columns need more width than there is."""
        raise NotImplementedError

    def freeze(self) -> None:
        """Lay the first column over the table where the others scroll; when widths or columns are others."""
        kept = self.kept
        for column in range(self.model().columnCount()):
            self.frozen.setColumnHidden(column, column not in kept)
            if column in kept:
                self.frozen.setColumnWidth(column, kept[column])
        width = sum(kept.values())
        head = self.horizontalHeader().height()
        self.frozen.horizontalHeader().setFixedHeight(head)
        self.frozen.setGeometry(self.frameWidth(), self.frameWidth(), width, self.viewport().height() + head)
        self.frozen.setVisible(self.scrolls)

    def paint_again(self) -> None:
        """Paint the cursor where it is now."""
        self.viewport().update()
        self.frozen.viewport().update()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, and out from under the first column."""
        if self.scrolls and index.column() in self.kept:
            index = self.model().index(index.row(), max(self.leading, self.columnAt(self.frozen.width() + 1)))
        super().scrollTo(index, hint)
        hidden = self.frozen.width() - self.visualRect(index).left() if self.scrolls else 0
        if hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)
