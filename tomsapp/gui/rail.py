"""The navigation rail at the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6 import QtCore
from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton

from tomsapp.gui.icons import draw_icon
from tomsapp.gui.named import IN_MIDDLE, lay_on, set_named
from tomsapp.gui.page import PageSpec
from tomsapp.gui.stylesheet import blend
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import RAIL_ITEM_HEIGHT, RAIL_ITEM_LEAST, RAIL_NARROW, RAIL_WIDTH
from tomsapp.gui.widgets.buttons import PressedByEnter, be_tab, be_tabs
from tomsapp.gui.widgets.layouts import STRETCH, in_column
from tomsapp.gui.widgets.text import IconLabel, Text

_TITLE_MARGIN, _MARK = 4, 3
_NO_DATABASE = "Open or make a database first."


class RailItem(PressedByEnter, QToolButton):
    """One page in the rail; without a database it is dimmed, can be reached, and says why."""

    def __init__(self, spec: PageSpec) -> None:
        super().__init__()
        self.spec = spec
        self.setProperty("draws_own_ring", True)
        self.setText(spec.title)
        self.setAccessibleName(spec.title)
        self.setCheckable(True)
        be_tab(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        set_named(self, focusPolicy="StrongFocus")
        self._dim = False
        self.toggled.connect(self.dress)
        current_theme().theme_changed.connect(self.dress)
        self.set_available(True)

    def set_available(self, available: bool) -> None:
        """Say whether there is a database for this page to show."""
        self._dim = not available
        self.setToolTip(f"{self.spec.title}, {self.spec.shortcut}" if available else _NO_DATABASE)
        self.setAccessibleDescription(self.spec.shortcut if available else _NO_DATABASE)
        self.dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the page; Up and Down only move."""
        if event.key() in (QtCore.Qt.Key.Key_Up, QtCore.Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and mark, then icon and word, then the rail's focus ring."""
        theme = current_theme()
        colours = theme.colours
        painter = QPainter(self)
        if self.isChecked():
            lay_on(painter, self.rect(), colours.rail_active)
            lay_on(painter, QRect(0, 0, _MARK, self.height()), colours.rail_mark)
        elif self.underMouse():
            lay_on(painter, self.rect(), blend(colours.rail, colours.rail_active))
        size, middle = theme.px(21), self.height() / 2
        has_words = self.height() >= theme.px(RAIL_ITEM_LEAST)
        top = middle - theme.px(20) if has_words else middle - size / 2
        draw_icon(painter, round((self.width() - size) / 2), round(top), self.spec.icon, self._colour(), size)
        if has_words:
            painter.setFont(theme.font("small_strong" if self.isChecked() else "small"))
            box = QRectF(0, middle + theme.px(2), self.width(), theme.px(18))
            self._draw_title(painter, box)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.rail_focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 3, -5, -3), 4, 4)
        painter.end()

    def _draw_title(self, painter: QPainter, box: QRectF) -> None:
        """Draw the title; one that is wider than the rail is drawn narrower, so that all of it is seen."""
        room = box.width() - 2 * _TITLE_MARGIN
        squeeze = min(1.0, room / max(painter.fontMetrics().horizontalAdvance(self.spec.title), 1))
        painter.save()
        painter.translate(box.center())
        painter.scale(squeeze, 1)
        width = box.width() / squeeze
        spread = QRectF(-width / 2, -box.height() / 2, width, box.height())
        painter.drawText(spread, IN_MIDDLE, self.spec.title)
        painter.restore()

    def dress(self) -> None:
        """Take size and colours from the theme."""
        height = current_theme().px(RAIL_ITEM_HEIGHT)
        self.setMaximumHeight(height)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, QColor(self._colour()))
        self.setPalette(palette)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a page of the rail likes to be; in a low window it gives way."""
        return QSize(0, current_theme().px(RAIL_ITEM_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for the icon; in the lowest window at the largest text the word goes before it does."""
        return QSize(0, current_theme().px(21) + 4)

    def _colour(self) -> str:
        colours = current_theme().colours
        if self._dim and not self.isChecked():
            return colours.rail_dim
        return colours.on_rail_active if self.isChecked() else colours.rail_text


class Rail(QFrame):
    """Crest, council and pages; Tab enters once, Up and Down move, Enter opens."""

    page_chosen = Signal(str)

    def __init__(self, specs: Sequence[PageSpec], program: str) -> None:
        super().__init__()
        self.setProperty("k", "rail")
        self.setAccessibleName("Main navigation")
        be_tabs(self)
        self._program = program
        self._council: str | None = None
        self._narrow = False
        self._crest = IconLabel("scale", "rail_mark", 26)
        self._name = Text("", "small_strong", "rail_text")
        set_named(self._name, alignment="AlignHCenter")
        self._name.setWordWrap(True)
        self._group = QButtonGroup(self)
        self._items = {spec.key: RailItem(spec) for spec in specs if spec.in_rail}
        self._build()
        self._group.buttonClicked.connect(lambda item: self.page_chosen.emit(item.spec.key))
        current_theme().follow(self._dress)

    def _build(self) -> None:
        at_top = [item for item in self._items.values() if not item.spec.at_bottom]
        at_foot = [item for item in self._items.values() if item.spec.at_bottom]
        parts = self._crest, self._name, 8, *at_top, STRETCH, *at_foot
        in_column(*parts, inside=self, margins=(0, 12, 0, 8), gap=2)
        for item in self._items.values():
            self._group.addButton(item)

    def set_current(self, key: str) -> None:
        """Mark the page that is shown; none where it does not stand in the rail."""
        if key in self._items:
            self._items[key].setChecked(True)
            return
        self._group.setExclusive(False)
        for item in self._items.values():
            item.setChecked(False)
        self._group.setExclusive(True)

    def set_council(self, name: str | None) -> None:
        """Show the council's name, or the program's if no database is open."""
        self._council = name
        self._dress()

    def set_database_open(self, is_open: bool) -> None:
        """Dim the pages that need a database while there is none."""
        for item in self._items.values():
            item.set_available(is_open or not item.spec.needs_database)

    def set_narrow(self, narrow: bool) -> None:
        """Give room to the page: the pages keep their words, the council's name goes to the tooltip of its crest."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._dress()

    def focus_current(self) -> None:
        """Move the keyboard to the page that is marked, or to the first."""
        marked = self._group.checkedButton() or next(iter(self._items.values()))
        marked.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move up and down without opening pages."""
        items: list[RailItem] = list(self._items.values())
        keys = QtCore.Qt.Key
        step = {keys.Key_Up: -1, keys.Key_Down: 1}.get(keys(event.key()))
        at = next((i for i, item in enumerate(items) if item.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        items[(at + step) % len(items)].setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)

    def _dress(self) -> None:
        theme = current_theme()
        width = theme.px(RAIL_NARROW if self._narrow else RAIL_WIDTH)
        self.setFixedWidth(width)
        self._crest.set_icon("landmark" if self._council else "scale", "rail_mark")
        self._crest.setFixedWidth(width)
        self._name.setText(self._council or self._program)
        self._name.setVisible(not self._narrow)
        self._crest.setToolTip(self._name.text())
