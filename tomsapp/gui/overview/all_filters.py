"""Every filter at once: one list beside the other, so that several can be ticked in a row."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.gui.widgets.tick_list import SEARCH_OVER, TickList

_COLUMNS, _COLUMN, _TALL = 4, 230, 560
_HEAD = 3
"""The height of a filter's name and search, in rows of its list."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with what it offers: key and words of each value, and which are chosen."""

    key: Hashable
    name: str
    options: Sequence[tuple[object, str]]
    chosen: frozenset[str]


class AllFilters(QFrame):
    """Opens over the page and stays while ticks are set; what is ticked holds at once. Esc closes it."""

    ticked = Signal(object, object)
    """The key of a filter and the keys that are chosen in it."""

    def __init__(self, facets: Sequence[Facet], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("k", "palette")
        self.setAccessibleName("All filters")
        self.lists: Mapping[Hashable, TickList] = {facet.key: TickList(facet.name) for facet in facets}
        px = current_theme().px
        columns = [in_column(gap=12) for _ in range(_COLUMNS)]
        tall = [0] * _COLUMNS
        for facet in facets:
            ticks = self.lists[facet.key]
            ticks.set_options(facet.options, facet.chosen)
            ticks.ticked.connect(partial(self._tell, facet.key))
            ticks.setFixedWidth(px(_COLUMN))
            place = tall.index(min(tall))
            tall[place] += min(len(facet.options), SEARCH_OVER) + _HEAD
            columns[place].addLayout(in_column(Text(facet.name, "note_strong", "text_muted"), ticks, gap=4))
        for column in columns:
            column.addStretch(1)
        across = in_row(*columns, STRETCH, gap=12)
        scroll = ScrollArea("All filters")
        scroll.setWidget(holding(across, "clear"))
        in_column(scroll, inside=self, margins=(12, 12, 12, 12))
        self.resize(px(_COLUMNS * (_COLUMN + 12) + 48), px(_TALL))

    def _tell(self, key: Hashable) -> None:
        self.ticked.emit(key, self.lists[key].chosen)

    def open_below(self, widget: QWidget) -> None:
        """Open it below a widget, inside the window."""
        window = widget.window()
        left = min(widget.mapTo(window, QPoint(0, 0)).x(), window.width() - self.width() - 8)
        top = widget.mapTo(window, QPoint(0, widget.height() + 4)).y()
        self.resize(min(self.width(), window.width() - 16), min(self.height(), max(200, window.height() - top - 8)))
        self.move(window.mapToGlobal(QPoint(max(8, left), top)))
        self.show()
        first = next(iter(self.lists.values()), None)
        if first is not None:
            first.first_control().setFocus(Qt.FocusReason.PopupFocusReason)
