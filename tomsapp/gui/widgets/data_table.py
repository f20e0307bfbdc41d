"""The house table: sorts, searches, copies, remembers its columns and opens rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from tomsapp.gui.models.row_model import LINK_ROLE, ROW_ROLE, RowModel
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import COMPACT
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.clipboard import table_text
from tomsapp.gui.widgets.column_layout import read_layout
from tomsapp.gui.widgets.heard import hear_choices, plain_command
from tomsapp.gui.widgets.row_delegate import RowDelegate
from tomsapp.gui.widgets.table_header import TableHeader

_LEAST_STRETCHED = 180
_Flag = QItemSelectionModel.SelectionFlag
_Index = QModelIndex | QPersistentModelIndex


def be_plain(table: QTableView) -> None:
    """Take away frame, grid and corner, and scroll by the pixel: what every table of the house does."""
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setMouseTracking(True)
    table.setCornerButtonEnabled(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def be_grid(table: QTableView) -> None:
    """Be plain, with heads that neither sort nor move: a table that is gone through cell by cell."""
    be_plain(table)
    header = TableHeader(table)
    header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setHorizontalHeader(header)
    header.setSectionsMovable(False)
    header.setSectionsClickable(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


class DataTable(QTableView):
    """Shows a `RowModel`; arrows move by cell, Enter opens the row, Ctrl+Enter explains a figure."""

    row_opened = Signal(object)
    """The row that the user opened with Enter or a double click."""
    figure_chosen = Signal(object, object)
    """The row and the column key of a figure that the user wants explained."""
    current_row_changed = Signal(object)
    """The row under the cursor, or None."""
    layout_changed = Signal()
    """Widths, order, hidden columns or the sort order changed; `column_layout` tells them."""

    def __init__(
        self, model: RowModel[Any], name: str, parent: QWidget | None = None, *, is_dense: bool = False
    ) -> None:
        """`is_dense`: rows of one line in a card, whatever the density of the lists."""
        super().__init__(parent)
        self._model = model
        self._is_dense = is_dense
        self._empty: QWidget | None = None
        self._restoring = False
        self._text_size = current_theme().text_size
        self.setAccessibleName(name)
        self._build_look()
        self._build_header()
        self.setModel(model)
        hear_choices(self, self._explain, self._choose_again)
        self.setItemDelegate(RowDelegate(self))
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        model.shown_changed.connect(self._on_shown_changed)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._open)
        here = Qt.ShortcutContext.WidgetShortcut
        add_action(self, "Copy with heads", QKeySequence.StandardKey.Copy, self.copy_selection, here)
        current_theme().follow(self._dress)
        self._size_columns()

    # Building

    def _build_look(self) -> None:
        be_plain(self)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def _build_header(self) -> None:
        header = TableHeader(self)
        self.setHorizontalHeader(header)
        header.left_downwards.connect(self._enter_rows)
        header.menu_wanted.connect(self.choose_columns)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self._column_menu().exec(header.mapToGlobal(at)))
        header.sectionResized.connect(self._on_layout_changed)
        header.sectionMoved.connect(self._on_layout_changed)
        header.sortIndicatorChanged.connect(self._on_layout_changed)

    def set_empty_state(self, widget: QWidget) -> None:
        """Lay `widget` over the table whenever it shows no rows."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._on_shown_changed()

    def selectionCommand(self, index: _Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Whole rows; were Qt told so, assistive technology could choose no cell of a row but the first."""
        command = plain_command(super().selectionCommand(index, event))
        return command if command == _Flag.NoUpdate else command | _Flag.Rows

    # What the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a row, explain a figure, go up to the heads."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            explain = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._explain(index) if explain else self._open(index)
            return
        if event.key() == Qt.Key.Key_Up and index.row() <= 0 and not event.modifiers():
            self.horizontalHeader().setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a figure in link style explains it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._explain(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the hand over figures that can be chosen."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        hand = index.isValid() and index.data(LINK_ROLE)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def copy_selection(self) -> None:
        """Copy the chosen rows with their heads, as a spreadsheet takes them."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        QGuiApplication.clipboard().setText(self._text_of(rows))

    def copy_all(self) -> None:
        """Copy every row that is shown, with the heads."""
        QGuiApplication.clipboard().setText(self._text_of(range(self._model.rowCount())))

    def _text_of(self, rows: Iterable[int]) -> str:
        columns = self._visible_columns()
        lines = [[self._model.columns[c].title for c in columns]]
        lines += [[str(self._model.index(r, c).data() or "") for c in columns] for r in rows]
        return table_text(lines)

    def choose_columns(self) -> None:
        """Open the menu in which columns are shown and hidden."""
        self._column_menu().exec(self.mapToGlobal(QPoint(self.width() // 2, 0)))

    def selected_rows(self) -> list[object]:
        """Row objects of the selected rows, in the order shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.row_object(place) for place in places]

    def select_place(self, place: int) -> None:
        """Make the row at `place` the current one and scroll to it."""
        self.setCurrentIndex(self._model.index(place, max(self.currentIndex().column(), 0)))

    # Columns

    def column_layout(self) -> dict[str, Any]:
        """Order, widths at 100 % text size, hidden columns and sort order, as JSON can hold them."""
        header, columns = self.horizontalHeader(), self._model.columns
        shown = [columns[header.logicalIndex(place)].key for place in range(header.count())]
        place = header.sortIndicatorSection()
        return {
            "order": shown,
            "widths": {
                c.key: header.sectionSize(i) * 100 // self._text_size
                for i, c in enumerate(columns)
                if c.width is not None
            },
            "hidden": [c.key for i, c in enumerate(columns) if header.isSectionHidden(i)],
            "sort": columns[place].key if 0 <= place < len(columns) else None,
            "falling": header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        }

    def restore_columns(self, kept: object) -> None:
        """Bring back what `column_layout` told; columns that are no longer there, and what is odd, are passed over."""
        places = {column.key: i for i, column in enumerate(self._model.columns)}
        layout = read_layout(kept, places)
        if layout is None:
            return
        self._restoring = True
        header = self.horizontalHeader()
        for at, key in enumerate(layout.order):
            header.moveSection(header.visualIndex(places[key]), at)
        for key, width in layout.widths.items():
            if self._model.columns[places[key]].width is not None:
                header.resizeSection(places[key], current_theme().px(width))
        for key, place in places.items():
            header.setSectionHidden(place, key in layout.hidden)
        if layout.sort is not None:
            order = Qt.SortOrder.DescendingOrder if layout.is_falling else Qt.SortOrder.AscendingOrder
            self.sortByColumn(places[layout.sort], order)
        self._fit_stretching()
        self._restoring = False

    def _visible_columns(self) -> list[int]:
        header = self.horizontalHeader()
        ordered = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in ordered if not header.isSectionHidden(column)]

    def _size_columns(self) -> None:
        theme, header = current_theme(), self.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            stretch = column.width is None
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, mode)
            if column.width is not None:
                header.resizeSection(place, theme.px(column.width))
            header.setSectionHidden(place, column.starts_hidden)

    def _scale_columns(self, text_size: int) -> None:
        """Widen the columns with the text, those that the user has dragged too."""
        header = self.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            if column.width is not None:
                header.resizeSection(place, header.sectionSize(place) * text_size // self._text_size)
        self._text_size = text_size

    def _column_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(column.can_hide)
            action.setData(place)
        menu.triggered.connect(self._on_column_ticked)
        return menu

    # Slots

    def _on_column_ticked(self, action: QAction) -> None:
        self.setColumnHidden(int(action.data()), not action.isChecked())
        self._fit_stretching()
        self._on_layout_changed()

    def _on_layout_changed(self, *_change: object) -> None:
        if not self._restoring:
            self.layout_changed.emit()

    def _on_shown_changed(self) -> None:
        if self._empty is not None:
            self._empty.setVisible(self._model.rowCount() == 0)
            self._place_empty()

    def _on_current_changed(self, index: QModelIndex) -> None:
        self.current_row_changed.emit(index.data(ROW_ROLE) if index.isValid() else None)

    def _open(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.data(ROW_ROLE))

    def _choose_again(self, index: QModelIndex) -> None:
        """A row is opened, as by a double click; a figure that a click explains has been explained."""
        if not index.data(LINK_ROLE):
            self._open(index)

    def _explain(self, index: QModelIndex) -> None:
        if index.data(LINK_ROLE):
            self.figure_chosen.emit(index.data(ROW_ROLE), self._model.columns[index.column()].key)

    def _enter_rows(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.select_place(0)

    def _dress(self) -> None:
        theme = current_theme()
        density = COMPACT if self._is_dense else theme.density
        self.verticalHeader().setDefaultSectionSize(theme.px(density.line_row))
        if theme.text_size != self._text_size:
            self._scale_columns(theme.text_size)
            self._fit_stretching()
        self.viewport().update()

    def _fit_stretching(self) -> None:
        """Give the stretching column what is left, but never so little that nothing can be read in it."""
        header = self.horizontalHeader()
        place = next((i for i, column in enumerate(self._model.columns) if column.width is None), None)
        if place is None or header.isSectionHidden(place):
            return
        least = current_theme().px(_LEAST_STRETCHED)
        others = sum(header.sectionSize(i) for i in range(header.count()) if i != place)
        has_room = self.viewport().width() - others >= least
        mode = QHeaderView.ResizeMode.Stretch if has_room else QHeaderView.ResizeMode.Interactive
        if header.sectionResizeMode(place) != mode:
            header.setSectionResizeMode(place, mode)
        if not has_room:
            header.resizeSection(place, least)

    # Overlay

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty state in the middle."""
        super().resizeEvent(event)
        self._fit_stretching()
        self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
