"""Labels of the type scale in the colours of the theme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSizePolicy, QWidget

from tomsapp.domain.signs import in_order, shown, without_order
from tomsapp.gui.icons import draw_icon, icon_pixmap
from tomsapp.gui.named import cut_to, set_named
from tomsapp.gui.theme import current_theme, restyle
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row

_BREAK = "\u200b"
_LONG_WORD = re.compile(r"\S{30,}")
"""What is wider than a panel at the largest text size."""


def _breaking(word: re.Match[str]) -> str:
    return _BREAK.join(word[0])


class Text(QLabel):
    """Plain text in one font of the type scale and one colour token; user text is never read as markup.

    What is `prose` of somebody else goes in the direction of its own letters; all else is a sentence of the program.
    """

    def __init__(
        self,
        text: str = "",
        role: FontRole = "body",
        tone: str = "text",
        *,
        wrap: bool = False,
        selectable: bool = False,
        prose: bool = False,
    ) -> None:
        super().__init__()
        self._said = ""
        self._is_prose = prose
        self._role: FontRole = role
        self._tone = tone
        self._is_dressed = False
        self._heights: dict[int, int] = {}
        set_named(self, textFormat="PlainText")
        self.setWordWrap(wrap)
        if selectable:
            set_named(self, textInteractionFlags="TextSelectableByMouse|TextSelectableByKeyboard")
        if text:
            self.setText(text)
        current_theme().follow(self._dress)

    def text(self) -> str:
        """What was given to be shown, with signs that turn the direction of reading as their codes."""
        return self._said

    def setText(self, text: str) -> None:
        """Show a text; a word that no line has room for, such as a hash or an address, may break anywhere."""
        self._heights.clear()
        was_broken, self._said = super().text() != self._said, shown(text)
        broken = _LONG_WORD.sub(_breaking, self._said) if self.wordWrap() else self._said
        broken = broken if self._is_prose else in_order(broken)
        super().setText(broken)
        if was_broken or broken != self._said:
            self.setAccessibleName(self._said if broken != self._said else "")

    def selectedText(self) -> str:
        """What is marked, without the places where a long word may break and the signs that keep words in order."""
        return without_order(super().selectedText().replace(_BREAK, ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is marked as it was given."""
        from PySide6.QtGui import QGuiApplication, QKeySequence

        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy what is marked, as its key does."""
        if not self.hasSelectedText():
            super().contextMenuEvent(event)
            return
        from PySide6.QtGui import QGuiApplication

        menu = QMenu(self)
        menu.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy", lambda: QGuiApplication.clipboard().setText(self.selectedText()))
        menu.popup(event.globalPos())

    def set_tone(self, tone: str) -> None:
        """Change the colour token."""
        if tone != self._tone:
            self._tone = tone
            self._dress()

    def set_role(self, role: FontRole) -> None:
        """Change the step of the type scale."""
        self._role = role
        self._dress()

    def heightForWidth(self, width: int) -> int:
        """How high the words are when they wrap; a layout asks the same ten times before a page is shown."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """Write in another font."""
        self._heights.clear()
        super().setFont(font)

    def setContentsMargins(self, left: int, top: int, right: int, bottom: int) -> None:  # type: ignore[override]
        """Leave room round the words."""
        self._heights.clear()
        super().setContentsMargins(left, top, right, bottom)

    def _dress(self) -> None:
        """Write in the font and the colour of now.

        A style sheet keeps the colours that words had when it was first laid over them, and gives those back when it is
        laid again, as in another window. So words under one come out of it and in again.
        """
        # Nothing before the first paint asks for the names of Qt, and no style is finished then.
        is_again = self._is_dressed and current_theme().is_finished
        polished = is_again and self.testAttribute(QtCore.Qt.WidgetAttribute.WA_WState_Polished)
        style = self.style() if polished else None
        if style is not None:
            style.unpolish(self)
        theme = current_theme()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(getattr(theme.colours, self._tone)))
        self.setPalette(palette)
        if style is not None:
            style.polish(self)
        self.setFont(theme.font(self._role))
        self._is_dressed = True


class ElidedText(Text):
    """Text on one line that ends in … if there is no room; the whole stands in the tooltip."""

    def __init__(self, text: str = "", role: FontRole = "body", tone: str = "text") -> None:
        self._whole, self._has_place = "", False
        super().__init__(text, role, tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """All of the text, also where there is no room for it."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show `text`, cut to the room there is."""
        self._whole = shown(text)
        self.setAccessibleName(self._whole)
        self._fit()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """No width at all: what is cut stands in the tooltip."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._has_place = True
        self._fit()

    def _fit(self) -> None:
        """Cut the text to its place; before it has one, to measure would only take time."""
        seen = cut_to(self.fontMetrics(), self._whole, max(self.width(), 1)) if self._has_place else self._whole
        super().setText(seen)
        self.setAccessibleName(self._whole)
        self.setToolTip("" if seen == self._whole else self._whole)


class IconLabel(QLabel):
    """An icon in a colour token; it is decoration, so it has no name of its own."""

    def __init__(self, name: str, tone: str = "text_muted", size: int = 18) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        current_theme().follow(self._dress)

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon or colour."""
        self._name, self._tone = name, tone
        self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        size = theme.px(self._size)
        self.setPixmap(icon_pixmap(self._name, getattr(theme.colours, self._tone), size))
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon in the middle, as sharply as the screen shows that the window is on."""
        theme = current_theme()
        size = theme.px(self._size)
        painter = QPainter(self)
        left, top = (self.width() - size) / 2, (self.height() - size) / 2
        draw_icon(painter, left, top, self._name, getattr(theme.colours, self._tone), size)
        painter.end()


def marked_part(icon: str, tone: str, heading: str, sentences: Sequence[str], role: FontRole = "strong") -> QWidget:
    """Sentences under a heading, with their icon at the left."""
    from tomsapp.gui.widgets.edges import TOP

    said = [Text(sentence, "note", wrap=True, selectable=True) for sentence in sentences]
    column = in_column(Text(heading, role), *said, STRETCH, gap=3)
    return holding(in_row((IconLabel(icon, tone, 17), TOP), (column, 1), gap=9))


def hairline(*, is_upright: bool = False) -> QFrame:
    """A decorative line across a layout, or down it."""
    line = QFrame()
    line.setProperty("k", "rule")
    if is_upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


class Badge(QFrame):
    """A state in words on a tinted ground, such as Draft or Not saved."""

    def __init__(self, text: str, tone: str = "info", icon: str | None = None) -> None:
        super().__init__()
        self.setProperty("k", "badge")
        self._text = Text(text, "note_strong")
        mark = IconLabel(icon, _text_tone(tone), 15) if icon else None
        in_row(mark, self._text, inside=self, margins=(12, 2, 12, 2), gap=6)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_state(text, tone)

    def set_state(self, text: str, tone: str) -> None:
        """Show another state: tone is info, success, warning, danger or muted."""
        restyle(self, "tone", tone)
        self._text.setText(text)
        self._text.set_tone(_text_tone(tone))
        self.setAccessibleName(text)


def _text_tone(tone: str) -> str:
    return "text_muted" if tone == "muted" else tone
