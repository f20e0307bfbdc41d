"""Buttons: primary, secondary, danger, link, small icon button, and a row of segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6 import QtCore
from PySide6.QtCore import QPoint, QSize, Signal, SignalInstance
from PySide6.QtGui import QEnterEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from tomsapp.domain.signs import in_order, shown
from tomsapp.gui.icons import icon
from tomsapp.gui.named import cut_to, set_named
from tomsapp.gui.theme import current_theme, restyle
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.layouts import in_row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionButton

    _Base = QAbstractButton
else:
    _Base = object
Slot = Callable[[], object] | SignalInstance
ButtonKind = Literal["primary", "secondary", "danger", "link", "plain", "crumb", "toast", "tab"]

_ICON_TONE = {"primary": "on_primary", "danger": "danger", "toast": "on_tooltip"}
_ICON_GAP = 4
TOLD_AS = "told_as"
"""The property that says what a screen reader is told that a widget is, where it is not what Qt takes it for."""
TAB, TABS, COPY = "tab", "tabs", "copy"


def be_tabs(holder: QWidget) -> None:
    """Have a widget told as a row of tabs; its buttons are to be told as tabs."""
    holder.setProperty(TOLD_AS, TABS)


def be_tab(button: QAbstractButton) -> None:
    """Have a button that stays down told as a tab, which Qt takes for a check box."""
    button.setProperty(TOLD_AS, TAB)


class PressedByEnter(_Base):
    """What makes a button of Qt be pressed by Enter as it is by Space; stands before Qt's class among the bases."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button, as Space does."""
        if event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def open_below(button: QAbstractButton, menu: QMenu) -> None:
    """Open a menu right below the button that it belongs to, and call it so."""
    from PySide6.QtGui import QAccessible

    menu.setAccessibleName(button.accessibleName() or button.text())
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
    first = next((action for action in menu.actions() if action.isEnabled()), None)
    if QAccessible.isActive() and first is not None:
        menu.setActiveAction(first)  # Qt tells no reader of an open menu but through the item that is marked


class Button(PressedByEnter, QPushButton):
    """A push button of one kind, with an icon at its left if named, that `does` something; one primary a page."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "secondary",
        icon_name: str | None = None,
        *,
        role: FontRole = "strong",
        small: bool = False,
        opens_menu: bool = False,
        does: Slot | None = None,
    ) -> None:
        super().__init__(shown(text))
        self._kind, self._icon_name, self._role, self._opens_menu = kind, icon_name, role, opens_menu
        self.setProperty("k", kind)
        self.setProperty("small", small)
        self.setProperty("ring_radius", 5)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if opens_menu:
            set_named(self, layoutDirection="RightToLeft")
        if does is not None:
            self.clicked.connect(does)
        current_theme().follow(self._dress)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Draw words with a name of other letters in their order; `text` has them as they were given."""
        super().initStyleOption(option)
        option.text = in_order(option.text)

    def set_menu(self, menu: QMenu) -> None:
        """Open this menu below the button when it is pressed."""
        self.clicked.connect(lambda: open_below(self, menu))

    def set_kind(self, kind: ButtonKind) -> None:
        """Make it a button of another kind, as when another one is the main button of the page now."""
        if kind != self._kind:
            self._kind = kind
            restyle(self, "k", kind)
            self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        font = theme.font(self._role)
        font.setUnderline(self._kind == "link")
        self.setFont(font)
        colours = theme.colours
        name = "chevron-down" if self._opens_menu else self._icon_name
        if name:
            size = theme.px(15 if self._opens_menu else 18)
            pad = 0 if self._opens_menu else _ICON_GAP
            tone = getattr(colours, _ICON_TONE.get(self._kind, "primary"))
            self.setIcon(icon(name, tone, size, disabled=colours.disabled_text, pad_right=pad))
            self.setIconSize(QSize(size + pad, size))


class _WithHand(_Base):
    """What makes a button show a hand; asked for when the pointer comes, which is after the first paint."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show a hand."""
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)


class LinkButton(_WithHand, Button):
    """A link: text in the link colour, underlined, that does something when chosen."""

    def __init__(self, text: str, *, role: FontRole = "body", does: Slot | None = None) -> None:
        super().__init__(text, "link", role=role, does=does)
        self.setProperty("ring_radius", 2)


class ElidedButton(_WithHand, Button):
    """A link whose words end in … where there is no room for them; the whole stands in the tooltip."""

    def __init__(
        self, text: str, kind: ButtonKind = "link", *, role: FontRole = "body", does: Slot | None = None
    ) -> None:
        super().__init__(text, kind, role=role, does=does)
        self.setProperty("ring_radius", 2)

    @property
    def shown_words(self) -> str:
        """As much of the words as there is room for."""
        return cut_to(self.fontMetrics(), self.text(), self.width())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(self.sizeHint().width(), current_theme().px(48)), super().minimumSizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Give Qt the words to paint; it measures all of them."""
        super().initStyleOption(option)
        option.text = in_order(self.shown_words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole in the tooltip where it is cut."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.shown_words != self.text() else "")


def web_link(words: str, address: str) -> LinkButton | None:
    """A small link that opens a web address; None where it is none."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    if not address.startswith(("https://", "http://")):
        return None
    link = LinkButton(words, role="note", does=lambda: QDesktopServices.openUrl(QUrl(address)))
    link.setToolTip(address)
    return link


class IconButton(PressedByEnter, QToolButton):
    """A button with an icon alone; its name is read out and shown as a tooltip."""

    def __init__(
        self, icon_name: str, name: str, *, tone: str = "text_muted", size: int = 17, does: Slot | None = None
    ) -> None:
        super().__init__()
        self._icon_name, self._tone, self._size = icon_name, tone, size
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setProperty("ring_radius", 4)
        set_named(self, focusPolicy="StrongFocus")
        if does is not None:
            self.clicked.connect(does)
        current_theme().follow(self._dress)

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self._dress()

    def set_name(self, name: str) -> None:
        """Say otherwise what it does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def _dress(self) -> None:
        theme = current_theme()
        size = theme.px(self._size)
        self.setIcon(icon(self._icon_name, getattr(theme.colours, self._tone), size))
        self.setIconSize(QSize(size, size))
        side = max(24, size + 8)
        self.setFixedSize(side, side)


class ExclusiveButtons(QWidget):
    """Buttons of which one is on; Tab enters once, the arrow keys move and choose."""

    chosen = Signal(object)
    """The key of the button that the user chose."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        self._row = in_row(inside=self, gap=0)
        self._group.idToggled.connect(self._on_toggled)  # assistive technology does not click
        self._is_own = False

    @property
    def current(self) -> str | None:
        """Key of the button that is on."""
        place = self._group.checkedId()
        return self._keys[place] if place >= 0 else None

    def set_current(self, key: str) -> None:
        """Switch a button on without a signal."""
        button = self._group.button(self._keys.index(key))
        self._is_own = True
        button.setChecked(True)
        self._is_own = False

    def choose(self, key: str) -> None:
        """Switch a button on without a signal, or all of them off where nothing is chosen yet."""
        if key in self._keys:
            self.set_current(key)
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def take_keyboard(self, reason: QtCore.Qt.FocusReason | None = None) -> None:
        """Move the keyboard to the button that is on, else to the first."""
        button = self._group.checkedButton() or self._group.button(0)
        if reason is None:
            button.setFocus()
        else:
            button.setFocus(reason)

    def offer(self, key: str, *, is_offered: bool) -> None:
        """Show a button, or leave it out where there is nothing behind it; of segments one of the middle."""
        self._group.button(self._keys.index(key)).setVisible(is_offered)

    def set_text(self, key: str, text: str) -> None:
        """Give a button other words."""
        self._group.button(self._keys.index(key)).setText(text)

    def _add(self, key: str, button: QPushButton) -> None:
        button.setCheckable(True)
        button.setChecked(not self._keys)
        self._group.addButton(button, len(self._keys))
        self._keys.append(key)
        self._row.addWidget(button)

    def _on_toggled(self, place: int, is_on: bool) -> None:
        if is_on and not self._is_own:
            self.chosen.emit(self._keys[place])


class SegmentedButton(ExclusiveButtons):
    """Two or more views of the same thing, side by side: (key, words) each."""

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        for place, (key, words) in enumerate(options):
            button = Button(words)
            button.setProperty("k", "segment")
            button.setAutoExclusive(True)  # or a screen reader takes it for a check box
            button.setProperty("place", _place_of(place, len(options)))
            self._add(key, button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


def _place_of(place: int, number: int) -> str:
    """Which corners of a segment are round."""
    if number == 1:
        return "only"
    return "first" if place == 0 else "last" if place == number - 1 else "middle"


class TabStrip(ExclusiveButtons):
    """Tabs of a page: (key, words) each; Ctrl+Tab and Ctrl+Shift+Tab go round."""

    def __init__(self, name: str, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        be_tabs(self)
        self._row.setSpacing(24)
        for key, words in tabs:
            button = Button(words, "tab")
            be_tab(button)
            self._add(key, button)
        self._row.addStretch(1)

    def step(self, by: int) -> None:
        """Choose the tab `by` places further among those that are offered, round the end."""
        offered = [place for place in range(len(self._keys)) if not self._group.button(place).isHidden()]
        now = self._group.checkedId()
        place = offered.index(now) if now in offered else 0
        self._group.button(offered[(place + by) % len(offered)]).setChecked(True)
