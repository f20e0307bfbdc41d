"""How the unit value of a measure came about: the published value, the deflator, the result, low to high."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.uprating import range_text, uprating_text
from tomsapp.domain.wording import format_exact, format_pounds, format_quantity, plural
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.edges import LEFT
from tomsapp.gui.widgets.layouts import in_column, in_grid
from tomsapp.gui.widgets.text import Text, hairline

_YEARS_AT_FIRST = 5


class UnitValueBox(QFrame):
    """The unit values of one measure; a dated one has a row for each year of delivery from this year on."""

    def __init__(self, measure: Measure, edition: MenuEdition, this_year: int) -> None:
        super().__init__()
        self.setProperty("k", "inset")
        self._measure, self._edition = measure, edition
        self._column = in_column(inside=self, margins=(14, 10, 14, 10), gap=6)
        values = measure.unit_values
        if not values:
            self._column.addWidget(Text("Counted, not valued", "strong"))
            sentence = "It is counted and shown beside the valuation. It adds no pounds of social value."
            self._column.addWidget(Text(sentence, "note", "text_muted", wrap=True))
        elif values[0].year is None:
            self._show_one(values[0])
        else:
            self._show_years(values, this_year)

    def _show_one(self, value: UnitValue) -> None:
        self._column.addWidget(Text(format_pounds(value.value), "h2", selectable=True))
        made = uprating_text(value, self._edition.price_base)
        self._column.addWidget(Text(made, "note", wrap=True, selectable=True))
        if span := range_text(value):
            self._column.addWidget(Text(f"Low to high: {span}", "note", "text_muted", wrap=True, selectable=True))

    def _show_years(self, values: Sequence[UnitValue], this_year: int) -> None:
        coming = [value for value in values if (value.year or 0) >= this_year] or list(values)
        self._grid = self._table(coming[:_YEARS_AT_FIRST])
        self._column.addWidget(self._grid)
        if len(values) > len(coming[:_YEARS_AT_FIRST]):
            self.more = LinkButton(f"Show all {plural(len(values), 'year')}", role="note", does=self._on_more)
            self._column.addWidget(self.more, 0, LEFT)

    def _on_more(self) -> None:
        self.more.hide()
        self._column.replaceWidget(self._grid, self._table(self._measure.unit_values))
        self._grid.deleteLater()

    def _table(self, values: Sequence[UnitValue]) -> QWidget:
        holder = QWidget()
        grid = in_grid(inside=holder, gaps=(18, 5), shares=(1, 2, 1, 1, 1))
        for column, head in enumerate(_heads(values[0])):
            text = Text(head, "small_strong", "text_muted", wrap=True)
            text.setAlignment(_side(column))
            grid.addWidget(text, 0, column)
        for place, value in enumerate(values, 1):
            grid.addWidget(hairline(), 2 * place - 1, 0, 1, 5)
            for column, words in enumerate(_cells(value)):
                grid.addWidget(Text(words, "note", selectable=True), 2 * place, column, _side(column))
        holder.setAccessibleName("Unit value by year of delivery")
        return holder


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignBottom


def _heads(value: UnitValue) -> tuple[str, ...]:
    published = f"Published, {value.price_base} prices"
    if value.index_from is None or value.index_to is None:
        return "Year of delivery", published, "Uprated", "Unit value", "Low to high"
    uprated = f"× {format_quantity(value.index_to)} ÷ {format_quantity(value.index_from)}"
    return "Year of delivery", published, uprated, "Unit value", "Low to high"


def _cells(value: UnitValue) -> tuple[str, ...]:
    factor = "as published"
    if value.index_from is not None and value.index_to is not None:
        factor = f"× {format_exact(Fraction(value.index_to) / Fraction(value.index_from))}"
    low_high = "not published"
    if value.low is not None and value.high is not None:
        low_high = f"{format_pounds(value.low)} to {format_pounds(value.high)}"
    return str(value.year), format_pounds(value.published), factor, format_pounds(value.value), low_high
