"""A promise as a row: its measure, a field for each contract year, and what it is worth; what is wrong stands below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.menu import Measure
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.line_details import LineDetails
from tomsapp.gui.contract.typed import quantity_text
from tomsapp.gui.theme import current_theme, restyle
from tomsapp.gui.widgets.buttons import IconButton
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.line import Line
from tomsapp.gui.widgets.painted_buttons import FigureButton
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text, hairline
from tomsapp.services.bidding.steps import ToldLine
from tomsapp.services.bidding.typing import text_at, type_in
from tomsapp.services.bidding.work import OfferWork, Place, PlaceKind, quantity_place

VALUE, YEAR, SHARE, WORTH, MORE = 86, 72, 46, 108, 28
"""The widths of the columns in px at 100 %, from left to right behind the measure."""
LEAST_NAME = 190
_GAP = 8
_ENTER_NOTHING = "nothing"


class YearLine(Line):
    """A quantity: Up and Down go to the same year of the rows beside, Enter to the next field."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move as in a table."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class LineRow(QFrame):
    """One promise; its details open under it."""

    stepped = Signal(int, int)
    """From the field of a contract year up (-1) or down (1)."""
    parts_wanted = Signal(str)
    taken_out = Signal(str)
    further_wanted = Signal(str)
    explained = Signal(str)

    def __init__(self, answering: Answering, line: Commitment) -> None:
        super().__init__()
        self.setProperty("k", "surface")
        self.key, self._answering = line.key, answering
        work = answering.work
        self._measure = work.pack.edition.find_measure(line.measure)
        years = work.contract.years
        name = self._measure.title if self._measure is not None else line.measure
        self.name = Text(name, wrap=True)
        self._second = ElidedText(_second_words(work, line, self._measure), "small", "text_muted")
        self.years = [self._year_line(year) for year in years]
        self._share = Text("", "body")
        self.worth = FigureButton(f"Social value of {name}", "body")
        self.worth.clicked.connect(lambda: self.explained.emit(self.key))
        self.more = IconButton("chevron-down", f"Details of {name}", does=self._on_more)
        self.details: LineDetails | None = None
        self._told = in_column(gap=6)
        self._shown: tuple[ToldLine, ...] = ()
        self._worked = Text("", "small", "text_muted", wrap=True)
        self._below = in_column(gap=8)
        self._build(_value_words(self._measure, years))
        self.setAccessibleName(name)

    def _year_line(self, year: ContractYear) -> YearLine:
        line = YearLine()
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setMaxLength(40)
        many = self._measure.many_name if self._measure is not None else "units"
        line.setAccessibleName(f"{self.name.text()}, {year.label}, {many}")
        line.edited.connect(lambda: self._answering.type_in(quantity_place(self.key, year.index), line.text()))
        line.stepped.connect(lambda by: self.stepped.emit(year.index, by))
        return line

    def _build(self, value: str) -> None:
        words = in_column(self.name, self._second, gap=0)
        parts: list[tuple[QWidget, int]] = [(Text(value), VALUE), *((line, YEAR) for line in self.years)]
        parts += [(self._share, SHARE), (self.worth, WORTH)]
        row = in_row((words, 1), gap=_GAP)
        self._widths: list[tuple[QWidget, int]] = []
        for widget, width in parts:
            if isinstance(widget, Text):
                widget.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            held = holding(in_row(STRETCH, widget)) if widget is self.worth else widget
            self._widths.append((held, width))
            row.addWidget(held)
        row.addWidget(self.more)
        in_column(row, self._worked, self._told, self._below, hairline(), inside=self, margins=(14, 6, 12, 0), gap=5)
        current_theme().follow(self._fit)

    def _fit(self) -> None:
        """Give the columns their widths at the present text size."""
        theme = current_theme()
        for widget, width in self._widths:
            widget.setFixedWidth(theme.px(width))
        self.name.setMinimumWidth(theme.px(LEAST_NAME))

    # Showing

    def show_work(self, work: OfferWork, told: Sequence[ToldLine], worth: str) -> None:
        """Show what stands in the row; a field that has the keyboard keeps what is typed."""
        line = work.commitment(self.key)
        if line is None:
            return
        for year, field in enumerate(self.years):
            self._show_quantity(work, line, year, field)
        self._share.setText(format_percent(line.contract_share))
        self.worth.set_figure(worth)
        parts = work.offer.details_of(self.key).parts
        self._worked.setText("\n".join(f"{self.label(each.year)}: {each.words}" for each in parts))
        self._worked.setVisible(bool(parts))
        self.show_told(told)
        if self.details is not None:
            self.details.show_work(work)

    def _show_quantity(self, work: OfferWork, line: Commitment, year: int, field: YearLine) -> None:
        place = quantity_place(self.key, year)
        typed = text_at(work, place)
        field.setReadOnly(line.rate is not None)
        if self._answering.typing == place or field.text() == typed:
            return
        held = place in work.held
        field.set_text(typed if held else quantity_text(line.quantity_in(year), self._measure))

    def label(self, year: int) -> str:
        """What a contract year is called."""
        years = self._answering.work.contract.years
        return years[year].label if year < len(years) else f"year {year + 1}"

    def show_told(self, found: Sequence[ToldLine]) -> None:
        """Say what is wrong; that a year is blank only once the keyboard has left the row."""
        focused = QApplication.focusWidget()
        is_inside = focused is not None and self.isAncestorOf(focused)
        told = tuple(each for each in found if not (each.is_blank and is_inside))
        bad = {each.place.year for each in told if each.place.kind is PlaceKind.QUANTITY and each.is_error}
        for year, field in enumerate(self.years):
            is_bad = "true" if year in bad else "false"
            if field.property("bad") != is_bad:
                restyle(field, "bad", is_bad)
            said = [each.sentence for each in told if each.place == quantity_place(self.key, year)]
            field.setAccessibleDescription(" ".join(f"Error: {sentence}" for sentence in said))
        if told == self._shown:
            return
        self._shown = told
        empty_layout(self._told)
        for each in told:
            if not each.is_error:
                self._told.addWidget(_quietly(each.sentence))
                continue
            actions = [(_ENTER_NOTHING, "Enter 0")] if each.is_blank else []
            row = ProblemRow("error", each.sentence, actions)
            row.action_chosen.connect(lambda _key, place=each.place: self._enter_nothing(place))
            self._told.addWidget(row)

    def _enter_nothing(self, place: Place) -> None:
        self._answering.put(type_in(self._answering.work, place, "0"))
        self.focus_year(place.year)

    # What the user does

    def focus_year(self, year: int) -> None:
        """Move the keyboard to the field of a contract year."""
        field = self.years[min(max(year, 0), len(self.years) - 1)]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def focus_detail(self, name: str) -> None:
        """Open the details in one of their fields."""
        self.open_details(is_open=True)
        if self.details is not None:
            self.details.focus_field(name)

    def _on_more(self) -> None:
        is_open = self.details is not None and not self.details.isHidden()
        self.open_details(is_open=not is_open)
        if self.details is not None and not is_open:
            self.details.focus_field("statement")

    def open_details(self, *, is_open: bool) -> None:
        """Open the details under the row, or close them; what is typed in them is kept."""
        if self.details is None and is_open:
            self.details = LineDetails(self._answering, self.key)
            self.details.parts_wanted.connect(lambda: self.parts_wanted.emit(self.key))
            self.details.taken_out.connect(lambda: self.taken_out.emit(self.key))
            self.details.further_wanted.connect(lambda: self.further_wanted.emit(self.key))
            work = self._answering.work
            self.details.prepare(work, self._measure, work.asked.area)
            self._below.addWidget(self.details)
        if self.details is not None:
            self.details.setVisible(is_open)
        words = "Close the details" if is_open else "Details"
        self.more.setAccessibleName(f"{words} of {self.name.text()}")
        self.more.setToolTip(self.more.accessibleName())


def _value_words(measure: Measure | None, years: Sequence[ContractYear]) -> str:
    """The unit value of all years, or that each has its own."""
    if measure is None or not measure.is_valued:
        return "Counted"
    values = {value.value for year in years if (value := measure.unit_value_in(year.starts_on.year)) is not None}
    return format_pounds(values.pop()) if len(values) == 1 else "By year"


def _second_words(work: OfferWork, line: Commitment, measure: Measure | None) -> str:
    """Code, unit and target: "S08 · week · council’s target 40"."""
    asked = work.asked.measure(line.measure)
    target = "" if asked is None or asked.target is None else f"council’s target {format_quantity(asked.target)}"
    unit = measure.each_name if measure is not None else ""
    return "  ·  ".join(filter(None, (line.measure, unit, target)))


def _quietly(sentence: str) -> QWidget:
    """A question about the row, which is answered elsewhere."""
    said = Text(sentence, "small", "warning", wrap=True)
    return holding(in_row((IconLabel("triangle-alert", "warning_mark", 16), TOP), (said, 1), gap=7))
