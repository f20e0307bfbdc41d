"""The delegate of the commitments grid: paints every row, and edits a quantity in its box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from tomsapp.gui.contract.grid_model import TITLE, UNIT_VALUE, GridModel
from tomsapp.gui.contract.grid_paint import (
    PADDING,
    CellState,
    box_rect,
    draw_focus,
    paint_group,
    paint_problem,
    paint_title,
)
from tomsapp.gui.contract.problem_rows import ProblemRow
from tomsapp.gui.contract.row_layout import INDENT
from tomsapp.gui.contract.rows import GroupRow, LineRow
from tomsapp.gui.row_paint import RIGHT_WORDS, current_bar, draw_dots, draw_words, fill, hairline_below
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.line import Line

_Index = QModelIndex | QPersistentModelIndex
_FILLED = "filled"
_EDGES = {"error": "danger_mark", "warning": "warning_mark"}


class GridDelegate(QStyledItemDelegate):
    """Paints from the model's rows themselves; one editor exists, in the cell that is being edited."""

    left_editor = Signal(int)
    """A key ended the editing: the `Qt.Key` that says where to go next."""

    def __init__(self, view: QTableView, model: GridModel, focused_action: Callable[[], int]) -> None:
        super().__init__(view)
        self._view, self._model, self._focused_action = view, model, focused_action

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell, or a whole row of a group or problem."""
        row = self._model.rows[index.row()]
        state = self._state(index)
        painter.save()
        if isinstance(row, GroupRow):
            paint_group(painter, option.rect, row, state)
        elif isinstance(row, ProblemRow):
            paint_problem(painter, option.rect, row, state, self._focused_action() if state.has_focus else -1)
        else:
            self._paint_cell(painter, option.rect, row, index.column(), state)
        painter.restore()

    def _state(self, index: _Index) -> CellState:
        current = self._view.currentIndex()
        is_current = current.row() == index.row() and current.column() == index.column()
        return CellState(
            in_current_row=current.row() == index.row(),
            is_selected=self._view.selectionModel().isSelected(index),
            has_focus=is_current and self._view.hasFocus(),
        )

    def _paint_cell(self, painter: QPainter, rect: QRect, row: LineRow, column: int, state: CellState) -> None:
        colours = current_theme().colours
        fill(painter, rect, colours.selection if state.in_current_row else colours.surface)
        hairline_below(painter, rect)
        if state.in_current_row and column == TITLE:
            current_bar(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        year = self._model.year_of(column)
        if year is not None:
            self._paint_quantity(painter, rect, row, year, state)
            return
        inner = QRectF(rect).adjusted(INDENT if column == TITLE else PADDING, 0, -PADDING, -1)
        text = self._model.text(row, column)
        if column == TITLE:
            paint_title(painter, rect, row, state)
        elif column in (UNIT_VALUE, self._model.share_column):
            tone = colours.on_selection if state.in_current_row else colours.text
            draw_words(painter, inner, text, "body", tone, RIGHT_WORDS)
        else:
            self._paint_value(painter, inner, row, text, state)
        if state.has_focus:
            draw_focus(painter, QRectF(rect).adjusted(3, 3, -3, -4))

    @staticmethod
    def _paint_value(painter: QPainter, inner: QRectF, row: LineRow, text: str, state: CellState) -> None:
        colours = current_theme().colours
        if row.line is None or not row.line.measure.is_valued:
            draw_words(painter, inner, text, "small", colours.text_muted, RIGHT_WORDS)
            return
        role: FontRole = "strong" if state.in_current_row else "body"
        width = draw_words(painter, inner, text, role, colours.link, RIGHT_WORDS)
        draw_dots(painter, inner, width, "body", colours.link)

    def _paint_quantity(self, painter: QPainter, rect: QRect, row: LineRow, year: int, state: CellState) -> None:
        colours = current_theme().colours
        text = self._model.typed_text(row, year)
        if not row.is_editable:
            tone = colours.on_selection if state.in_current_row else colours.text
            draw_words(painter, box_rect(rect).adjusted(0, 0, -8, 0), text, "body", tone, RIGHT_WORDS)
            if state.has_focus:
                draw_focus(painter, box_rect(rect))
            return
        box = box_rect(rect)
        edge = _EDGES.get(row.marks.get(year, ""), "")
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
        draw_words(painter, box.adjusted(6, 0, -8, 0), text, "body", colours.text, RIGHT_WORDS)

    # Editing

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


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAVING = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down)
