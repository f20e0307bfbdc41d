"""Filter chips: "Name: value" with a menu of check boxes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from tomsapp.gui.style import draw_chevron
from tomsapp.gui.theme import current_theme, restyle
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.tick_list import TickList

_MARK_ROOM = 26


class FilterChip(QPushButton):
    """One filter; several values in it combine with or. Enter opens, Delete clears."""

    values_changed = Signal(object)
    """The chosen keys, in the order offered."""

    def __init__(self, name: str, options: Sequence[tuple[object, str]] = (), *, nothing: str = "all") -> None:
        super().__init__()
        self._name, self._nothing = name, nothing
        self._options = list(options)
        self._chosen: list[object] = []
        self._menu: ChipMenu | None = None
        self.setProperty("k", "chip")
        self.setProperty("ring_radius", 14)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)
        current_theme().follow(self._dress)

    @property
    def values(self) -> tuple[object, ...]:
        """Keys that are chosen; none means that everything passes."""
        return tuple(self._chosen)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other values; chosen ones that are still there stay."""
        self._options = list(options)
        keys = [key for key, _ in options]
        self._chosen = [key for key in self._chosen if key in keys]
        self._dress()

    def set_values(self, keys: Sequence[object]) -> None:
        """Choose values without a signal."""
        self._chosen = [key for key, _ in self._options if key in keys]
        self._dress()

    def clear(self) -> None:
        """Let everything pass."""
        if self._chosen:
            self.set_values(())
            self.values_changed.emit(self.values)

    def open_menu(self) -> None:
        """Show the values as check boxes; hide them where they are shown, for want of a key or a mouse."""
        if self._menu is not None and isValid(self._menu) and self._menu.isVisible():
            self._menu.close()
            return
        self._menu = ChipMenu(self._name, self._options, self._chosen, self)
        self._menu.ticked.connect(self._on_ticked)
        self._menu.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self._menu.show()
        self._menu.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Down opens the menu, Delete clears."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.open_menu()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the cross clears, elsewhere it opens the menu."""
        if self._chosen and event.position().x() > self.width() - _MARK_ROOM:
            self.setDown(False)
            self.clear()
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip and its mark: a cross if set, else an arrow."""
        super().paintEvent(event)
        colours = current_theme().colours
        painter = QPainter(self)
        centre = QPointF(self.width() - 18, self.height() / 2)
        if self._chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.on_primary_soft), 1.6))
            for tilt in (-4, 4):
                painter.drawLine(centre + QPointF(-4, tilt), centre + QPointF(4, -tilt))
        else:
            draw_chevron(painter, centre, colours.text_muted)
        painter.end()

    def _on_ticked(self, keys: object) -> None:
        self.set_values(list(keys) if isinstance(keys, list) else [])
        self.values_changed.emit(self.values)

    def _dress(self) -> None:
        words = [text for key, text in self._options if key in self._chosen]
        value = ", ".join(words) if len(words) < 3 else f"{len(words)} chosen"
        shown = value or self._nothing
        on = "true" if self._chosen else "false"
        self.setText(f"{self._name}: {shown}")
        said = f"{value} chosen" if 0 < len(words) < 3 else shown
        self.setAccessibleName(f"{self._name}, {said}, filter")
        if self.property("on") != on:
            self.ensurePolished()
            restyle(self, "on", on)
        self.updateGeometry()


class ChipMenu(QFrame):
    """The values of a filter as check boxes, with a search over twelve of them."""

    ticked = Signal(object)

    def __init__(
        self, name: str, options: Sequence[tuple[object, str]], chosen: Sequence[object], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("k", "palette")
        self.ticks = TickList(name)
        self.list = self.ticks.list
        self.ticks.set_options(options, chosen)
        self.ticks.ticked.connect(lambda: self.ticked.emit(self.ticks.chosen))
        in_column(self.ticks, inside=self, margins=(8, 8, 8, 8))
        self.setMinimumWidth(240)

    def take_keyboard(self) -> None:
        """Start in the search if there is one, else on the first value."""
        self.ticks.first_control().setFocus(Qt.FocusReason.PopupFocusReason)
