"""What is committed by theme: one bar, and a row of figures for each theme."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tomsapp.domain.portfolio import Grouping, PortfolioFigures, PortfolioRow
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.gui.overview.bars import series_of, theme_bar
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.chart_paint import paint_segment
from tomsapp.gui.widgets.charts import StackedBar
from tomsapp.gui.widgets.layouts import holding, in_grid
from tomsapp.gui.widgets.painted_buttons import LinesButton
from tomsapp.gui.widgets.text import ElidedText, Text
from tomsapp.services.overview_tables import share_of_value

_ROWS = 6
"""Fewer themes than these keep the height of a row."""
_HEADS = ("Theme", "Social value", "Share, cut", "Real pounds", "Commitments")


class Swatch(QWidget):
    """A theme's number in its colour and pattern."""

    def __init__(self, theme: int) -> None:
        super().__init__()
        self._theme = theme
        current_theme().theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = current_theme().px(19)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """As the size it asks for."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it as a segment of the bar."""
        painter = QPainter(self)
        side = min(self.width(), self.height(), self.sizeHint().width())
        square = QRectF(0, (self.height() - side) / 2, side, side)
        paint_segment(painter, current_theme(), square, series_of(self._theme))
        painter.end()


class ThemeCard(Card):
    """The themes as one bar, with their figures below it."""

    row_wanted = Signal(object, str, str)
    """Grouping, key and column of the figure whose lines are wanted."""

    def __init__(self) -> None:
        super().__init__("Committed by theme", "See every line")
        self.bar = StackedBar("Committed by theme")
        self.bar.segment_chosen.connect(lambda key: self.row_wanted.emit(Grouping.THEME, key, "social_value"))
        self.body.addWidget(self.bar)
        self._holder = QWidget()
        self._rows: tuple[tuple[PortfolioRow, str], ...] = ()
        self.buttons: dict[tuple[str, str], LinesButton] = {}
        self.body.addWidget(self._holder, 1)

    def show_figures(self, figures: PortfolioFigures) -> None:
        """Show other figures; nothing moves where they are the same."""
        bar, description = theme_bar(figures)
        self.bar.set_bars([bar], description)
        rows = tuple(
            (row, format_percent(share_of_value(row, figures.social_value), 1)) for row in figures.rows(Grouping.THEME)
        )
        if rows != self._rows:
            self._rows = rows
            self._build()

    def _build(self) -> None:
        grid = in_grid(gaps=(14, 2), shares=(0, 1))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(Text(_HEADS[0], "small_strong", "text_muted"), 0, 0, 1, 2)
        for column, head in enumerate(_HEADS[1:], start=2):
            grid.addWidget(Text(head, "small_strong", "text_muted"), 0, column, right)
        self.buttons = {}
        for place, (row, share) in enumerate(self._rows, start=1):
            grid.addWidget(Swatch(row.theme), place, 0)
            grid.addWidget(ElidedText(row.name), place, 1)
            social, *others = self._figures_of(row)
            for column, cell in enumerate((social, Text(share), *others), start=2):
                grid.addWidget(cell, place, column, right)
            grid.setRowStretch(place, 1)
        grid.setRowStretch(len(self._rows) + 1, max(0, _ROWS - len(self._rows)))
        holder = holding(grid)
        self.body.replaceWidget(self._holder, holder)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = holder

    def _figures_of(self, row: PortfolioRow) -> list[LinesButton]:
        money = "text" if row.real_pounds else "text_muted"
        shown = (
            ("social_value", format_pounds(row.social_value), "link", "social value"),
            ("real_pounds", format_pounds(row.real_pounds), money, "real pounds"),
            ("commitments", f"{row.commitments:,}", "text", "commitments"),
        )
        for column, text, tone, about in shown:
            button = LinesButton(text, f"{row.name}, {about}", tone)
            button.clicked.connect(partial(self.row_wanted.emit, Grouping.THEME, row.key, column))
            self.buttons[row.key, column] = button
        return [self.buttons[row.key, column] for column, *_ in shown]
