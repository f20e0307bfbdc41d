"""Buttons that no style sheet can draw: figures to be explained or looked into, and the count of open problems."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tomsapp.domain.wording import plural
from tomsapp.gui.icons import draw_icon
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import TYPE_SCALE, FontRole
from tomsapp.gui.widgets.buttons import PressedByEnter
from tomsapp.gui.widgets.edges import LEFT, MIDDLE

_ICON, _GAP = 18, 7
_LEAST_SIDE = 24
"""Room to hit the button, in px at 100 % text size."""


class _TextButton(PressedByEnter, QAbstractButton):
    """Text that can be pressed with the mouse, Space and Enter."""

    def __init__(self, role: FontRole) -> None:
        super().__init__()
        self._role: FontRole = role
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring_radius", 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        current_theme().theme_changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The text on one line."""
        return self._room_for(self.text())

    def _room_for(self, words: str) -> QSize:
        theme = current_theme()
        width = QFontMetricsF(theme.font(self._role)).horizontalAdvance(words)
        least = theme.px(_LEAST_SIDE)
        return QSize(max(int(width) + 2, least), max(theme.px(TYPE_SCALE[self._role].line), least))

    def minimumSizeHint(self) -> QSize:
        """The text is never cut."""
        return self.sizeHint()

    @property
    def shown_words(self) -> str:
        """What is painted."""
        return self.text()

    def _write(
        self, painter: QPainter, tone: str, rect: QRectF, *, align: Qt.AlignmentFlag = LEFT, is_underlined: bool = False
    ) -> None:
        font = current_theme().font(self._role)
        font.setUnderline(is_underlined)
        painter.setFont(font)
        painter.setPen(QColor(getattr(current_theme().colours, tone)))
        painter.drawText(rect, int(align | MIDDLE), self.shown_words)

    @property
    def _is_pointed_at(self) -> bool:
        return self.underMouse() or self.hasFocus()


class FigureButton(_TextButton):
    """A figure in the colour of text; under the mouse or the keyboard it shows that it can be explained."""

    def __init__(self, about: str, role: FontRole = "strong") -> None:
        super().__init__(role)
        self._about = about
        self.setAccessibleDescription("Press Enter for how this came about")
        self.set_figure("")

    def set_figure(self, text: str) -> None:
        """Show another figure."""
        if text and text == self.text():
            return
        self.setText(text)
        self.setAccessibleName(f"{self._about}, {text}")
        self.setToolTip(f"How {text} came about")
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the figure, with dots under it when it would be chosen."""
        painter = QPainter(self)
        self._write(painter, "text", QRectF(self.rect()))
        if self._is_pointed_at:
            painter.setPen(QPen(QColor(current_theme().colours.link), 1, Qt.PenStyle.DotLine))
            painter.drawLine(0, self.height() - 2, self.width() - 2, self.height() - 2)
        painter.end()


class LinesButton(_TextButton):
    """A figure in a row that opens its lines; underlined under the mouse and the keyboard."""

    def __init__(self, text: str, about: str, tone: str) -> None:
        super().__init__("body")
        self._tone = tone
        self.setText(text)
        self.setAccessibleName(f"{about}, {text}")
        self.setAccessibleDescription("Press Enter for the lines behind it")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the figure at the right."""
        right = Qt.AlignmentFlag.AlignRight
        painter = QPainter(self)
        self._write(painter, self._tone, QRectF(self.rect()), align=right, is_underlined=self._is_pointed_at)
        painter.end()


_OPEN_LOOKS = {
    "error": ("octagon-alert", "danger_mark", "danger"),
    "warning": ("triangle-alert", "warning_mark", "warning"),
    "to enter": ("pencil-line", "text_muted", "text_muted"),
}
"""The icon of what is open, its colour, and the colour of the words."""


class OpenProblemsButton(_TextButton):
    """How many problems are open, with an icon; pressing it goes to the next one."""

    def __init__(self) -> None:
        super().__init__("strong")
        self._level, self._short = "error", ""
        self.setAccessibleDescription("Goes to the next problem, as F8 does")
        self.set_count(0, 0)

    def set_count(self, errors: int, warnings: int, to_enter: int = 0) -> None:
        """Say how many are open, and calmly how much is still to be entered; with nothing left the button is hidden."""
        counts = {"error": errors, "warning": warnings}
        words = " and ".join(plural(count, noun) for noun, count in counts.items() if count)
        parts = [f"{words} to put right" if errors else f"{words} to answer"] if words else []
        parts += [f"{to_enter} still to enter"] if to_enter else []
        self._level = "error" if errors else "warning" if warnings else "to enter"
        self._short = ", ".join([*([words] if words else []), *([f"{to_enter} to enter"] if to_enter else [])])
        self.setText(", ".join(parts))
        self.setToolTip(self.text())
        self.setAccessibleName(self.text())
        self.setVisible(bool(parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and text."""
        return self._with_icon(self.text())

    def minimumSizeHint(self) -> QSize:
        """Room for the numbers, without what is to be done about them."""
        return self._with_icon(self._short)

    def _with_icon(self, words: str) -> QSize:
        room, extra = self._room_for(words), current_theme().px(_ICON) + _GAP
        return QSize(room.width() + extra, room.height())

    @property
    def shown_words(self) -> str:
        """All of it, or the numbers alone where there is no room."""
        return self.text() if self.width() >= self.sizeHint().width() else self._short

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and words in the colour of what is open."""
        theme = current_theme()
        size = theme.px(_ICON)
        name, mark, tone = _OPEN_LOOKS[self._level]
        painter = QPainter(self)
        draw_icon(painter, 0, (self.height() - size) / 2, name, getattr(theme.colours, mark), size)
        words = QRectF(self.rect()).adjusted(size + _GAP, 0, 0, 0)
        self._write(painter, tone, words, is_underlined=self.underMouse())
        painter.end()
