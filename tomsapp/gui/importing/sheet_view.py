"""The table that shows a sheet as it is; its labels are corrected by pointing, or with one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tomsapp.gui.importing.sheet_heads import ColumnHeads, Corner, RowHeads
from tomsapp.gui.importing.sheet_model import LOOK_ROLE, CellLook, SheetModel, ShownSheet
from tomsapp.gui.row_paint import draw_words, fill, words_width
from tomsapp.gui.style import draw_focus_edge
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole
from tomsapp.services.table_import import IGNORED, ColumnUse, RowKind

_PADDING = 8
_LEAST, _MOST, _SAMPLE = 76, 220, 60
_ROW = 25
_KEYS = {
    Qt.Key.Key_H: RowKind.HEAD,
    Qt.Key.Key_L: RowKind.LINE,
    Qt.Key.Key_T: RowKind.TOTAL,
    Qt.Key.Key_X: RowKind.NOT_READ,
}
_LETTERS = {kind: chr(key.value) for key, kind in _KEYS.items()}
_Index = QModelIndex | QPersistentModelIndex


class _SheetDelegate(QStyledItemDelegate):
    """Paints a cell as typed: what is read dark, the rest muted; what is hidden, struck out or guessed is marked."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        colours = current_theme().colours
        look: CellLook = index.data(LOOK_ROLE)
        painter.save()
        rect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        fill(painter, rect, _ground(look, is_chosen=is_chosen))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.border))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(colours.border))
        inner = QRectF(rect).adjusted(_PADDING, 0, -_PADDING, -1)
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        role: FontRole = "note_strong" if look.kind in (RowKind.HEAD, RowKind.TOTAL) else "note"
        width = draw_words(painter, inner, str(index.data() or ""), role, _tone(look), align)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if look.is_struck and width:
            left = inner.right() - width if align & Qt.AlignmentFlag.AlignRight else inner.left()
            middle = round(inner.center().y()) + 0.5
            painter.setPen(QPen(QColor(colours.text_muted), 1))
            painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        if look.has_note:
            _paint_corner(painter, QRectF(rect), colours.warning_mark)
        if look.is_guessed or look.to_decide:
            painter.setPen(QPen(QColor(colours.info_mark if look.is_guessed else colours.warning_mark), 2))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -2, -2))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_edge(painter, QRectF(rect), colours)
        painter.restore()


def _ground(look: CellLook, *, is_chosen: bool) -> str:
    colours = current_theme().colours
    if is_chosen:
        return colours.selection
    if look.kind is RowKind.HEAD:
        return colours.primary_soft
    if look.is_hidden:
        return colours.warning_bg
    return colours.surface_alt if look.is_struck or look.kind is RowKind.TOTAL else colours.surface


def _tone(look: CellLook) -> str:
    colours = current_theme().colours
    if look.kind is RowKind.HEAD:
        return colours.on_primary_soft
    return colours.text if look.is_read or look.kind is RowKind.TOTAL else colours.text_muted


def _paint_corner(painter: QPainter, rect: QRectF, colour: str) -> None:
    corner = rect.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([corner, corner + QPointF(-8, 0), corner + QPointF(0, 8)]))


class SheetView(QTableView):
    """H, L, T and X say what the chosen rows are; Alt+Down chooses what the column holds."""

    rows_labelled = Signal(object, object)
    """The numbers of the rows, and the kind that they are read as from now on."""
    column_labelled = Signal(int, object)
    """The column, and the use that it has from now on."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = SheetModel()
        self._uses: Sequence[ColumnUse] = ()
        self.heads, self.row_heads = ColumnHeads(self.sheet, self), RowHeads(self.sheet, self)
        self.setModel(self.sheet)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(self.row_heads)
        self.setItemDelegate(_SheetDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setProperty("ring_radius", 4)
        self.setProperty("draws_own_ring", True)
        self._corner = Corner(self)
        self.heads.wanted.connect(self.open_uses)
        self.row_heads.wanted.connect(self.open_kinds)
        current_theme().follow(self._dress)

    def show_sheet(self, sheet: ShownSheet | None, uses: Sequence[ColumnUse]) -> None:
        """Show a sheet with its labels."""
        is_other = self.sheet.sheet is None or sheet is None or sheet.grid is not self.sheet.sheet.grid
        self._uses = uses
        self.sheet.show(sheet)
        if sheet is None:
            return
        lines, heads = sheet.labels.rows_of(RowKind.LINE), sheet.labels.rows_of(RowKind.HEAD)
        guess = f", guessed: head {_rows(heads)}, lines {_rows(lines)}" if lines else ""
        self.setAccessibleName(f"Sheet {sheet.grid.name or 'of the file'}, {len(sheet.grid.rows)} rows{guess}")
        self._fit_columns(only_chips=not is_other)
        self._span_titles()
        if is_other and self.sheet.rowCount():
            first = self.sheet.place_of(lines[0]) if lines else 0
            self.setCurrentIndex(self.sheet.index(first or 0, 0))
            self.scrollToTop()

    def go_to(self, row: int | None, column: int | None) -> None:
        """Move to a cell, the first of a row, or the first of a column."""
        place = 0 if row is None else self.sheet.place_of(row)
        if place is not None and self.sheet.rowCount():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.sheet.index(place, column or 0), flags)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_uses(self, column: int) -> None:
        """Offer what a column can hold."""
        menu, now = QMenu(self), self.sheet.use_of(column)
        menu.setAccessibleName(f"What column {column + 1} holds")
        for use in (*self._uses, IGNORED):
            action = self._choice(menu, use.label, is_set=use.key == now.key)
            action.triggered.connect(lambda _=False, use=use: self.column_labelled.emit(column, use))
        x = self.heads.sectionViewportPosition(column)
        menu.popup(self.heads.viewport().mapToGlobal(QPointF(x, self.heads.height()).toPoint()))

    def open_kinds(self, place: int) -> None:
        """Offer what a row can be."""
        menu, now = QMenu(self), self.sheet.kind_at(place)
        for kind in RowKind:
            action = self._choice(menu, f"{kind.words}\t{_LETTERS[kind]}", is_set=kind is now)
            action.triggered.connect(lambda _=False, kind=kind: self._label([place], kind))
        y = self.row_heads.sectionViewportPosition(place)
        menu.popup(self.row_heads.viewport().mapToGlobal(QPointF(self.row_heads.width(), y).toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Label rows with one letter, open the choice of a column, and copy what is chosen."""
        key, current = Qt.Key(event.key()), self.currentIndex()
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if key in _KEYS and is_plain and current.isValid():
            self._label(sorted({index.row() for index in self.selectedIndexes()} or {current.row()}), _KEYS[key])
        elif key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier and current.isValid():
            self.open_uses(current.column())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain and current.isValid():
            self.open_kinds(current.row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corner over the heads."""
        super().resizeEvent(event)
        self._place_corner()

    def _label(self, places: Sequence[int], kind: RowKind) -> None:
        self.rows_labelled.emit([self.sheet.number_of(place) for place in places], kind)

    def _choice(self, menu: QMenu, words: str, *, is_set: bool) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(is_set)
        return action

    def _fit_columns(self, *, only_chips: bool) -> None:
        sample = () if only_chips else self._sample()
        for column in range(self.sheet.columnCount()):
            least = self.heads.chip_width(column)
            if only_chips:
                self.setColumnWidth(column, max(self.columnWidth(column), least))
                continue
            texts = (self.sheet.text_at(place, column) for place in sample)
            widest = max((words_width(text, "note_strong") for text in texts), default=0.0)
            room = int(widest) + 2 * _PADDING + 4
            self.setColumnWidth(column, max(least, min(max(room, _LEAST), current_theme().px(_MOST))))

    def _sample(self) -> Sequence[int]:
        """Rows by which columns are made wide: lines and the last head, as titles run over their neighbours."""
        kinds = {place: self.sheet.kind_at(place) for place in range(self.sheet.rowCount())}
        lines = [place for place, kind in kinds.items() if kind is RowKind.LINE][:_SAMPLE]
        heads = [place for place, kind in kinds.items() if kind is RowKind.HEAD][-1:]
        return lines + heads if lines else list(kinds)[:_SAMPLE]

    def _span_titles(self) -> None:
        """A text that stands alone in its row runs over the empty cells beside it, as it does in the file."""
        self.clearSpans()
        width = self.sheet.columnCount()
        for place in range(self.sheet.rowCount()):
            # Most rows are lines, of which there may be thousands.
            if self.sheet.kind_at(place) is RowKind.LINE:
                continue
            filled = [column for column in range(width) if self.sheet.text_at(place, column)]
            if len(filled) == 1 and filled[0] < width - 1:
                self.setSpan(place, filled[0], 1, width - filled[0])

    def _place_corner(self) -> None:
        frame = self.frameWidth()
        self._corner.setGeometry(frame, frame, self.row_heads.width(), self.heads.height())
        self._corner.raise_()

    def _dress(self) -> None:
        self.row_heads.setDefaultSectionSize(current_theme().px(_ROW))
        self.updateGeometries()
        self._place_corner()

    def sizeHint(self) -> QSize:
        """Room for a table of some rows."""
        return QSize(700, 360)


def _rows(numbers: Sequence[int]) -> str:
    if not numbers:
        return "none"
    return f"row {numbers[0]}" if len(numbers) == 1 else f"rows {numbers[0]} to {numbers[-1]}"
