"""The box of a quantity in a grid: how it is painted, and the field that is typed into."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from tomsapp.gui.contract.grid_paint import CellState, box_rect, draw_focus
from tomsapp.gui.row_paint import RIGHT_WORDS, draw_words
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.line import Line

_Index = QModelIndex | QPersistentModelIndex
_FILLED = "filled"
_EDGES = {"error": "danger_mark", "warning": "warning_mark"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAVING = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down)


def paint_quantity(
    painter: QPainter, rect: QRect, text: str, mark: str, state: CellState, *, is_quiet: bool = False
) -> None:
    """The box with what stands in it; `mark` is "error", "warning" or nothing, and a quiet one is nobody's own."""
    colours = current_theme().colours
    box = box_rect(rect)
    edge = _EDGES.get(mark, "")
    pen = QPen(QColor(getattr(colours, edge) if edge else colours.border_strong), 2 if edge else 1)
    if state.has_focus and not edge:
        pen = QPen(QColor(colours.focus), 2)
    half = pen.width() / 2
    painter.setPen(pen)
    painter.setBrush(QColor(colours.primary_soft if state.is_selected and not state.has_focus else colours.surface))
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), 3, 3)
    if state.has_focus and edge:
        draw_focus(painter, box.adjusted(-2, -2, 2, 2))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tone = colours.text_muted if is_quiet else colours.text
    draw_words(painter, box.adjusted(6, 0, -8, 0), text, "body", tone, RIGHT_WORDS)


class QuantityDelegate(QStyledItemDelegate):
    """One editor exists, in the cell that is being edited; who paints the cells is a subclass."""

    left_editor = Signal(int)
    """A key ended the editing: the `Qt.Key` that says where to go next."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def state_of(self, index: _Index) -> CellState:
        """How a cell stands to the cursor and to what is selected."""
        current = self._view.currentIndex()
        is_current = (current.row(), current.column()) == (index.row(), index.column())
        return CellState(
            in_current_row=current.row() == index.row(),
            is_selected=self._view.selectionModel().isSelected(index),
            has_focus=is_current and self._view.hasFocus(),
        )

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A bare field in the box of the cell."""
        editor = Line(parent)
        editor.setProperty("k", "cell")
        editor.setFont(current_theme().font("body"))
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setMaxLength(60)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.given.connect(lambda: self.commitData.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Put the quantity, or what was typed before, into the field; once, so that no late check overwrites typing."""
        if isinstance(editor, Line) and not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            editor.set_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Hand on what was typed."""
        if isinstance(editor, Line):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        """Lay the field over its box."""
        editor.setGeometry(box_rect(option.rect).toAlignedRect())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter goes down, Tab to the next quantity, Up and Down as in a spreadsheet; the text is kept."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QWidget):
            key = event.key()
            if key in _LEAVING:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                explain = key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier
                self.left_editor.emit(int(Qt.Key.Key_F1 if explain else key))
                return True
        return super().eventFilter(editor, event)
