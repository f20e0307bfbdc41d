"""Two buttons that no style sheet can draw: a figure to be explained, and the count of open problems."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tomsapp.gui.icons import icon_pixmap
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import TYPE_SCALE, FontRole

_ICON, _GAP = 18, 7
_LEAST_SIDE = 24
"""Room to hit the button, in px at 100 % text size."""


class _TextButton(QAbstractButton):
    """Text that can be pressed with the mouse, Space and Enter."""

    def __init__(self, role: FontRole) -> None:
        super().__init__()
        self._role: FontRole = role
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring_radius", 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        current_theme().theme_changed.connect(self.updateGeometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """The text on one line."""
        theme = current_theme()
        width = QFontMetricsF(theme.font(self._role)).horizontalAdvance(self.text())
        least = theme.px(_LEAST_SIDE)
        return QSize(max(int(width) + 2, least), max(theme.px(TYPE_SCALE[self._role].line), least))

    def minimumSizeHint(self) -> QSize:
        """The text is never cut."""
        return self.sizeHint()


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
        theme = current_theme()
        painter = QPainter(self)
        painter.setFont(theme.font(self._role))
        painter.setPen(QColor(theme.colours.text))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(theme.colours.link), 1, Qt.PenStyle.DotLine))
            painter.drawLine(0, self.height() - 2, self.width() - 2, self.height() - 2)
        painter.end()


class OpenProblemsButton(_TextButton):
    """How many problems are open, with an icon; pressing it goes to the next one."""

    def __init__(self) -> None:
        super().__init__("strong")
        self._is_error = False
        self.setAccessibleDescription("Goes to the next problem, as F8 does")
        self.set_count(0, 0)

    def set_count(self, errors: int, warnings: int) -> None:
        """Say how many are open; with none the button is hidden."""
        parts = [_counted(errors, "error")] if errors else []
        parts += [_counted(warnings, "warning")] if warnings else []
        words = " and ".join(parts)
        self._is_error = bool(errors)
        self.setText(f"{words} to put right" if errors else f"{words} to answer")
        self.setAccessibleName(self.text())
        self.setVisible(bool(parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and text."""
        hint, extra = super().sizeHint(), current_theme().px(_ICON) + _GAP
        return QSize(hint.width() + extra, hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and words in the colour of what is open."""
        theme = current_theme()
        size = theme.px(_ICON)
        tone = "danger" if self._is_error else "warning"
        painter = QPainter(self)
        name = "octagon-alert" if self._is_error else "triangle-alert"
        pixmap = icon_pixmap(name, getattr(theme.colours, f"{tone}_mark"), size)
        painter.drawPixmap(QPointF(0, (self.height() - size) / 2), pixmap)
        font = theme.font("strong")
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(getattr(theme.colours, tone)))
        rect = QRectF(self.rect()).adjusted(size + _GAP, 0, 0, 0)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
