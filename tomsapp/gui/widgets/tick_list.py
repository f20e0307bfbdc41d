"""A list in which several are ticked, with a search over it where it is long."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tomsapp.domain.alike import alike
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.heard import ChosenOneByOne, hear_choices
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.search_line import SearchLine
from tomsapp.gui.widgets.text import Text

SEARCH_OVER = 12
"""A list with more than so many has a search."""

_KEY_ROLE = int(Qt.ItemDataRole.UserRole)
_ROW, _FRAME = 28, 10


class _Ticks(ChosenOneByOne, QListWidget):
    """The list itself."""


class _TickDelegate(QStyledItemDelegate):
    """Marks the row that keys come to only while the list has the keyboard: else it would look as if it were chosen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave out the mark in a list without the keyboard."""
        super().initStyleOption(option, index)
        shown: Any = option
        if not shown.widget.hasFocus():
            shown.state &= ~QStyle.StateFlag.State_Selected


class TickList(QWidget):
    """(key, words) each with a box: Space or Enter ticks, Down goes from the search into the list."""

    ticked = Signal()
    """The user ticked one, or took a tick away."""

    def __init__(self, name: str, *, ticks_all: bool = False) -> None:
        super().__init__()
        self._ticks_all = ticks_all
        self.found = Text("", "note", "text_muted")
        self.all_link = LinkButton("Tick these", role="note", does=lambda: self._tick_found(is_ticked=True))
        self.none_link = LinkButton("Untick these", role="note", does=lambda: self._tick_found(is_ticked=False))
        self.search = SearchLine("Search", f"Search in {name}")
        self.list = _Ticks()
        self.list.setItemDelegate(_TickDelegate(self.list))
        self.list.setAccessibleName(name)
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.list.itemChanged.connect(self.ticked)
        self.ticked.connect(self._say_found)
        self.list.itemActivated.connect(self._turn)
        hear_choices(self.list, lambda index: self._turn(self.list.item(index.row())))
        current_theme().theme_changed.connect(self._fit)
        self._bulk = holding(in_row(self.found, self.all_link, self.none_link, STRETCH, gap=12))
        in_column(self.search, self._bulk, self.list, inside=self)
        self.set_options((), ())

    @property
    def chosen(self) -> list[object]:
        """The keys that are ticked, in the order of the list."""
        return [item.data(_KEY_ROLE) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def set_options(self, options: Sequence[tuple[object, str]], chosen: Collection[object]) -> None:
        """Offer these, some of them ticked; nothing is told."""
        blocker = QSignalBlocker(self.list)
        self.list.clear()
        for key, words in options:
            item = QListWidgetItem(words, self.list)
            item.setData(_KEY_ROLE, key)
            item.setToolTip(words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
        blocker.unblock()
        self.list.setCurrentRow(0)
        self.search.setVisible(len(options) > SEARCH_OVER)
        self._bulk.setVisible(self._ticks_all and len(options) > 1)
        self.search.clear()
        self._say_found()
        self._fit()

    def first_control(self) -> QWidget:
        """Where the keyboard starts: in the search if there is one, else in the list."""
        return self.list if self.search.isHidden() else self.search

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search to the first one that it found."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            shown = next((item for item in self._items() if not item.isHidden()), None)
            if shown is not None:
                self.list.setCurrentItem(shown)
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Rows that can be hit with a finger, and room for those that need no search; long words end in dots."""
        row = current_theme().px(_ROW)
        for item in self._items():
            item.setSizeHint(QSize(0, row))
        self.list.setFixedHeight(min(max(self.list.count(), 1), SEARCH_OVER) * row + _FRAME)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _on_search(self, text: str) -> None:
        wanted = alike(text)
        for item in self._items():
            item.setHidden(wanted not in alike(item.text()))
        self._say_found()

    @property
    def _found(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if not item.isHidden()]

    def _say_found(self) -> None:
        """How many the search finds, and whether what is ticked is more than can be seen."""
        if self._bulk.isHidden():
            return
        every, found = self.list.count(), self._found
        ticked = sum(1 for item in found if item.checkState() == Qt.CheckState.Checked)
        others = len(self.chosen) - ticked
        told = f"All {every:,}" if len(found) == every else f"{len(found):,} of {every:,} found"
        hidden = f", and {others:,} ticked that are not shown" if others else ""
        self.found.setText(f"{told}, {ticked:,} ticked{hidden}")

    def _tick_found(self, *, is_ticked: bool) -> None:
        """Tick all that the search shows, or take their ticks away; what is not shown stays."""
        blocker = QSignalBlocker(self.list)
        for item in self._found:
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        blocker.unblock()
        self.list.viewport().update()
        self.ticked.emit()

    @staticmethod
    def _turn(item: QListWidgetItem) -> None:
        is_ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked)
