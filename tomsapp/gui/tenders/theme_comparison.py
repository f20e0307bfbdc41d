"""What the bids of a lot are worth by theme: a stacked bar a bid on one scale, and a table by theme or by measure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tomsapp.domain.tender.compared import short_names
from tomsapp.domain.wording import format_pounds, listed
from tomsapp.gui.models.column import Column, pounds_column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.named import set_named
from tomsapp.gui.overview.bars import series_of
from tomsapp.gui.overview.theme_card import Swatch
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.charts import Bar, Segment, StackedRows
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_grid, stack_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import ElidedText, Text, hairline

if TYPE_CHECKING:
    from tomsapp.domain.tender.compared import ComparedBids, ComparedRow

_TITLE, _MEASURES = "Social value by theme", "Social value by measure"
_BY_MEASURE, _BY_THEME = "By measure", "By theme"
_NOTHING = "–"
_NAME_LEAST, _MOST_LETTERS = 130, 16
_MEASURE, _POUNDS = 210, 108


class SidewaysArea(ScrollArea):
    """A table that is as high as its rows, and scrolls sideways where there are more columns than have room."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        set_named(self, verticalScrollBarPolicy="ScrollBarAlwaysOff")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.horizontalScrollBar().rangeChanged.connect(self._on_sideways)

    def setWidget(self, content: QWidget) -> None:
        """Take in another table, and its height."""
        super().setWidget(content)
        content.installEventFilter(self)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the table, as where the text grows."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """As high as the table, with the bar that scrolls it."""
        content = self.widget() or self._waiting
        if content is None:
            return QSize(0, 0)
        room = content.minimumSizeHint().expandedTo(content.sizeHint())
        bar = self.horizontalScrollBar().sizeHint().height() if room.width() > self.width() else 0
        return QSize(room.width(), room.height() + bar)

    def minimumSizeHint(self) -> QSize:
        """The same height, and little width."""
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the bar its room where it comes."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _on_sideways(self, least: int, most: int) -> None:
        set_named(self, focusPolicy="StrongFocus" if most > least else "NoFocus")


class ThemeComparison(Card):
    """The admitted bids side by side; the table below the chart is by theme, or by measure."""

    bid_chosen = Signal(str)
    """The key of the bid of which a bar or a figure was chosen."""

    def __init__(self) -> None:
        super().__init__(_TITLE, _BY_MEASURE)
        self._bids: ComparedBids | None = None
        self.is_by_measure = False
        self.chart = StackedRows(_TITLE)
        self.chart.segment_chosen.connect(lambda key: self.bid_chosen.emit(str(key)))
        self.note = Text("", "note", "text_muted", wrap=True)
        self.table_area = SidewaysArea("Table of social value")
        inner = in_column(self.chart, hairline(), self.table_area, self.note, STRETCH, gap=8, margins=(0, 0, 12, 0))
        self.area = ScrollArea(_TITLE, holding(inner), only_down=True)
        self.measures: DataTable | None = None
        self._of_measures = in_column()
        self._stack = stack_of(self.area, holding(self._of_measures))
        self.body.addWidget(self._stack, 1)
        self.link_chosen.connect(self.turn)

    def show_bids(self, bids: ComparedBids) -> None:
        """Show other figures."""
        if bids == self._bids:
            return
        self._bids = bids
        bars = [_bar(bids, place, _cut(short)) for place, short in enumerate(short_names(bids.names))]
        self.chart.set_bars(bars, _description(bids))
        self.chart.setVisible(bool(bars))
        self.chart.updateGeometry()
        self._show_table()

    def turn(self) -> None:
        """Show every measure in a table in place of the themes, or the themes again."""
        self.is_by_measure = not self.is_by_measure
        if self.link is not None:
            self.link.setText(_BY_THEME if self.is_by_measure else _BY_MEASURE)
            self.link.setAccessibleName(f"{self.link.text()}: {_TITLE}")
        self.title.setText(_MEASURES if self.is_by_measure else _TITLE)
        self._show_table()
        announce(self, self.title.text())

    def _show_table(self) -> None:
        bids = self._bids
        if bids is None:
            return
        if self.is_by_measure:
            self._show_measures(bids)
            return
        self._stack.setCurrentIndex(0)
        self.table_area.setVisible(bool(bids.themes))
        if bids.themes:
            self.table_area.setWidget(_table("Theme", bids.names, bids.themes))
        self.note.setText(_note(bids))

    def _show_measures(self, bids: ComparedBids) -> None:
        """A table that holds as many bids and measures as there are; it is made anew, as its columns are the bids."""
        model: RowModel[ComparedRow] = RowModel(_measure_columns(bids.names))
        model.set_rows(bids.measures)
        empty_layout(self._of_measures)
        self.measures = DataTable(model, _MEASURES, is_dense=True)
        self._of_measures.addWidget(self.measures)
        self._stack.setCurrentIndex(1)


def _measure_columns(names: Sequence[str]) -> list[Column[ComparedRow]]:
    """A column for each bid after the measure."""
    columns: list[Column[ComparedRow]] = [Column("measure", "Measure", lambda row: row.name, width=_MEASURE)]
    for place, short in enumerate(short_names(names)):
        columns.append(pounds_column(f"bid {place}", _cut(short), partial(_pounds_of, place), _POUNDS, none=_NOTHING))
    return columns


def _pounds_of(place: int, row: ComparedRow) -> Decimal | None:
    return row.pounds[place]


def _bar(bids: ComparedBids, place: int, caption: str) -> Bar:
    segments = tuple(
        Segment(bids.keys[place], f"{row.theme} {row.name}", pounds, format_pounds(pounds), series_of(row.theme))
        for row in bids.themes
        if (pounds := row.pounds[place]) is not None
    )
    return Bar(caption, format_pounds(bids.totals[place]), segments)


def _description(bids: ComparedBids) -> str:
    """The chart in words."""
    told = []
    for place, name in enumerate(bids.names):
        parts = [
            f"{row.name} {format_pounds(pounds)}" for row in bids.themes if (pounds := row.pounds[place]) is not None
        ]
        told.append(f"{name} {format_pounds(bids.totals[place])}{': ' if parts else ''}{', '.join(parts)}")
    return f"{'; '.join(told)}." if told else ""


def _note(bids: ComparedBids) -> str:
    """The themes in which no bid offers anything, in a sentence."""
    if not bids.names:
        return "No bid is admitted, so there is nothing to compare."
    if not bids.empty:
        return "Each theme has an offer of at least one bid."
    return f"No bid offers anything in {listed([theme.title for theme in bids.empty], 'or')}."


def _cut(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}…"


def _table(head: str, names: Sequence[str], rows: Sequence[ComparedRow]) -> QWidget:
    """A line for each row, a column of figures for each bid; each figure is said with its row and its bid."""
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    grid = in_grid(gaps=(12, 3), shares=(0, 1))
    grid.addWidget(Text(head, "small_strong", "text_muted"), 0, 0, 1, 2)
    for column, (name, short) in enumerate(zip(names, short_names(names), strict=True), start=2):
        title = Text(_cut(short), "small_strong", "text_muted")
        title.setToolTip(name)
        title.setAccessibleName(name)
        grid.addWidget(title, 0, column, right)
    for place, row in enumerate(rows, start=1):
        grid.addWidget(Swatch(row.theme), place, 0)
        called = ElidedText(row.name, "note")
        called.setMinimumWidth(_NAME_LEAST)
        grid.addWidget(called, place, 1)
        for column, (name, pounds) in enumerate(zip(names, row.pounds, strict=True), start=2):
            figure = Text(_NOTHING if pounds is None else format_pounds(pounds), "note")
            told = "nothing" if pounds is None else format_pounds(pounds)
            figure.setAccessibleName(f"{row.name}, {name}, {told}")
            grid.addWidget(figure, place, column, right)
    table = holding(grid, "clear")
    table.setAccessibleName(f"Social value by {head.lower()}")
    return table
