"""Steps that can be opened in any order: each with its number, its name, and in words what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tomsapp.gui.icons import draw_icon
from tomsapp.gui.named import set_named
from tomsapp.gui.row_paint import current_bar, draw_in_two, draw_words, fill, words_width
from tomsapp.gui.style import draw_focus_edge
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.heard import ChoiceList, hear_choices
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.text import Text

_ROW, _LONG_ROW, _DISC, _LEFT, _GAP = 54, 72, 22, 20, 14
_WIDTH = 214
_STEP = int(Qt.ItemDataRole.UserRole) + 1
_IS_CURRENT = _STEP + 1
_Index = QModelIndex | QPersistentModelIndex


class StepMark(Enum):
    """How a step stands; each has its icon, and the words beside it say the same."""

    OPEN = "open"
    """Nothing was entered yet, or it cannot be judged."""
    DONE = "done"
    PROBLEM = "problem"
    """Something is missing or contradicts itself, also in a step that was not opened yet."""


class ShownStep(NamedTuple):
    """A step as it is shown.

    Attributes:
        key: what `chosen` tells.
        name: what it is called.
        state: what it holds or lacks, in words; never a percentage.
    """

    key: int
    name: str
    state: str
    mark: StepMark


class _StepDelegate(QStyledItemDelegate):
    """Paints disc or mark, name, and state below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """A row of two lines; of three where the state needs two."""
        step: ShownStep = index.data(_STEP)
        theme = current_theme()
        room = option.rect.width() - theme.px(_LEFT + _DISC + _GAP) - _GAP
        is_long = 0 < room < words_width(step.state, "small")
        return QSize(theme.px(_WIDTH), theme.px(_LONG_ROW if is_long else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one step."""
        theme, step, rect = current_theme(), index.data(_STEP), option.rect
        colours, is_current = theme.colours, bool(index.data(_IS_CURRENT))
        painter.save()
        fill(painter, rect, colours.selection if is_current else colours.surface)
        if is_current:
            current_bar(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(_DISC)
        disc = QRectF(rect.left() + theme.px(_LEFT), rect.center().y() - size / 2, size, size)
        if is_current or step.mark is StepMark.OPEN:
            self._paint_disc(painter, disc, index.row() + 1, is_current=is_current)
        else:
            name, colour = _MARKS[step.mark]
            draw_icon(painter, round(disc.left()), round(disc.top()), name, getattr(colours, colour), size)
        inner = QRectF(rect).adjusted(theme.px(_LEFT + _DISC + _GAP), 0, -8, 0)
        self._paint_words(painter, inner, step, is_current=is_current)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_edge(painter, QRectF(rect), colours)
        painter.restore()

    @staticmethod
    def _paint_disc(painter: QPainter, disc: QRectF, number: int, *, is_current: bool) -> None:
        theme = current_theme()
        colours = theme.colours
        painter.setPen(QPen(QColor(colours.primary if is_current else colours.border_strong), 1.5))
        painter.setBrush(QColor(colours.primary if is_current else colours.surface))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        painter.setPen(QColor(colours.on_primary if is_current else colours.text))
        painter.setFont(theme.font("small_strong"))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(number))

    @staticmethod
    def _paint_words(painter: QPainter, inner: QRectF, step: ShownStep, *, is_current: bool) -> None:
        theme = current_theme()
        colours, line = theme.colours, theme.px(22)
        told = colours.on_selection if is_current else colours.text_muted
        rows = 1 if words_width(step.state, "small") <= inner.width() else 2
        below = theme.px(18) * rows
        top = inner.center().y() - (line + below) / 2
        name = QRectF(inner.left(), top, inner.width(), line)
        draw_words(painter, name, step.name, "body", colours.on_selection if is_current else colours.text)
        state = QRectF(inner.left(), name.bottom(), inner.width(), below)
        if rows == 1:
            draw_words(painter, state, step.state, "small", told)
        else:
            draw_in_two(painter, state, step.state, "small", told)


_MARKS = {
    StepMark.DONE: ("circle-check", "success_mark"),
    StepMark.PROBLEM: ("triangle-alert", "warning_mark"),
}


class _StepList(ChoiceList):
    """Up and Down only move; Enter, Space or a click opens a step."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the step under the cursor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the step under it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.opened.emit(index)


class Stepper(QFrame):
    """A column of steps, all of which can be opened at any time, over one calming sentence."""

    chosen = Signal(int)
    """The key of the step that the user opened."""

    def __init__(self, name: str, foot: str = "") -> None:
        super().__init__()
        self.setProperty("k", "stepper")
        self.model = QStandardItemModel(self)
        self.list = _StepList()
        self.list.setModel(self.model)
        self.list.setAccessibleName(name)
        self.list.setItemDelegate(_StepDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        set_named(self.list, horizontalScrollBarPolicy="ScrollBarAlwaysOff")
        self.list.setProperty("draws_own_ring", True)
        self.list.setProperty("k", "steps")
        self.foot = Text(foot, "small", "text_muted", wrap=True)
        self.foot.setContentsMargins(_LEFT, 0, _LEFT, 0)
        head = Text(name, "small_strong", "text_muted")
        head.setContentsMargins(_LEFT, 0, 0, 0)
        in_column(head, 6, (self.list, 1), self.foot, inside=self, margins=(0, 14, 1, 14), gap=0)
        self.list.opened.connect(self._on_opened)
        hear_choices(self.list, self._on_opened)
        self._steps: tuple[ShownStep, ...] = ()
        self._current: int | None = None
        current_theme().follow(self._dress)

    @property
    def current(self) -> int | None:
        """The key of the step that is shown."""
        return self._current

    @property
    def steps(self) -> tuple[ShownStep, ...]:
        """The steps as they are shown."""
        return self._steps

    def show_steps(self, steps: Sequence[ShownStep], current: int) -> None:
        """Show the steps, one of which is open; the cursor stays where the keyboard moved it."""
        moved = [step.key for step in steps] != [step.key for step in self._steps] or current != self._current
        self._steps, self._current = tuple(steps), current
        while self.model.rowCount() > len(steps):
            self.model.removeRow(self.model.rowCount() - 1)
        for place, step in enumerate(steps):
            if place >= self.model.rowCount():
                self.model.appendRow(_item())
            is_current = step.key == current
            item = self.model.item(place)
            item.setText(step.name)
            item.setData(step, _STEP)
            item.setData(is_current, _IS_CURRENT)
            told = f"Step {place + 1} of {len(steps)}, {step.name}, {step.state}{', current' if is_current else ''}"
            item.setData(told, int(Qt.ItemDataRole.AccessibleTextRole))
            item.setToolTip(f"{step.name}: {step.state}")
            if is_current and moved:
                self.list.setCurrentIndex(item.index())

    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(_STEP).key)

    def _dress(self) -> None:
        self.setFixedWidth(current_theme().px(_WIDTH))


def _item() -> QStandardItem:
    item = QStandardItem()
    item.setEditable(False)
    return item
