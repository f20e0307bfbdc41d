"""The parts of the screen on which a quote is set up: its facts, its one lot, and its few measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.measure_words import worth_words
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.tender.lot import LOT, Lot
from tomsapp.domain.tender.setup_menu import QUOTE_MEASURES
from tomsapp.domain.tender.tender import TENDER
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, TenderMeasure
from tomsapp.domain.wording import plural
from tomsapp.gui.records.dated_form import DatedForm
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.tenders.tender_form import TenderForm
from tomsapp.gui.widgets.buttons import Button, IconButton
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.fields import GUTTER, LineField
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_grid, in_row, stack_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import ElidedText, Text, hairline

_FACTS = ("title", "reference", "contract_manager", "deadline_on", "deadline_at", "price_weight", "social_weight")
_LOT_FACTS = ("value", "start_on", "end_on")
_MEASURE_FACTS = ("target", "relevance")
_HINTS = {
    "contract_manager": "",
    "social_weight": "Points of 100",
    "value": "Pounds, without VAT",
    "start_on": "As 1 April 2026",
    "end_on": "Or for how long",
}
"""What is said of facts where there is room for a few words."""


class QuoteFacts(TenderForm):
    """What a quote is called, who asks for it until when, and what price and social value weigh."""

    def __init__(self) -> None:
        facts = [replace(fact, hint=_HINTS.get(fact.name, fact.hint)) for fact in map(TENDER.fact, _FACTS)]
        super().__init__(facts, {"title": 6})


class QuoteLot(DatedForm[Lot]):
    """The estimate and the days of the one contract that a quote is for."""

    def __init__(self) -> None:
        super().__init__(LOT, facts=[replace(fact, hint=_HINTS[fact.name]) for fact in map(LOT.fact, _LOT_FACTS)])

    def lay_out(self) -> None:
        """All in one row."""
        grid = in_grid(inside=self, gaps=(8, 14), shares=(1,) * len(_LOT_FACTS))
        for column, field in enumerate(self.fields):
            grid.addWidget(field, 0, column, TOP)


class QuoteMeasure(RecordForm[TenderMeasure]):
    """One measure: what it is and counts, its target, and why it is asked."""

    remove_wanted = Signal()

    def __init__(self, edition: MenuEdition, asked: TenderMeasure) -> None:
        self._edition, self.code = edition, asked.measure
        facts = [replace(fact, hint="") for fact in map(TENDER_MEASURE.fact, _MEASURE_FACTS)]
        super().__init__(TENDER_MEASURE, facts=facts)
        for field in self.fields:
            field.control.setAccessibleName(f"{field.label}, {self._name}")
        self.before = TenderMeasure(asked.measure)
        self.show_record(asked)
        for field in self.fields:
            if isinstance(field, LineField):
                field.line.setCursorPosition(0)  # of a long reason the beginning is read

    @property
    def _name(self) -> str:
        return self._edition.name_of(self.code)

    def lay_out(self) -> None:
        """The name over both fields."""
        measure = self._edition.find_measure(self.code)
        worth = f"{worth_words(measure, 'not valued')} each {measure.each_name}" if measure is not None else ""
        remove = IconButton("x", f"Remove {self._name}", does=self.remove_wanted)
        head = in_row((ElidedText(self._name, "strong"), 1), Text(worth, "small", "text_muted"), remove, gap=8)
        head.setContentsMargins(GUTTER, 0, 0, 0)
        fields = in_grid(gaps=(16, 0), shares=(1, 3))
        for column, field in enumerate(self.fields):
            fields.addWidget(field, 0, column, TOP)
        in_column(head, fields, hairline(), inside=self, gap=4)


class QuoteMeasures(QWidget):
    """The measures that a quote asks for: three to five of them, each with a target and a reason."""

    edited = Signal()
    add_wanted = Signal()
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._edition: MenuEdition | None = None
        self.rows: list[QuoteMeasure] = []
        self.count = Text("", "note", "text_muted")
        self.add_button = Button("Add measures", icon_name="plus", small=True, does=self.add_wanted)
        self.last_button = Button("Those of the last quote", icon_name="copy", small=True)
        self._column = in_column(margins=(0, 0, 8, 0), gap=10)
        self._column.addStretch(1)
        self._area = ScrollArea("Measures of the quote", holding(self._column), only_down=True)
        empty = EmptyState("list-plus", "No measure yet", "Choose three to five that fit what is bought.")
        self._stack = stack_of(empty, self._area)
        head = in_row(Text("Measures", "h3"), self.count, STRETCH, self.last_button, self.add_button, gap=10)
        in_column(head, (self._stack, 1), inside=self, gap=8)
        self._say()

    @property
    def codes(self) -> list[str]:
        """The measures in their order."""
        return [row.code for row in self.rows]

    def show_measures(self, edition: MenuEdition | None, measures: Sequence[TenderMeasure]) -> None:
        """Show these and no others, under an edition."""
        for row in list(self.rows):
            self._take_out(row)
        self._edition = edition
        for one in measures:
            self._add(one)
        self._say()

    def add(self, measures: Sequence[TenderMeasure]) -> None:
        """Add measures that are not there yet, with the keyboard in the target of the first."""
        new = [row for one in measures if one.measure not in self.codes if (row := self._add(one)) is not None]
        self._say()
        if new:
            new[0].focus_field("target")
            self.edited.emit()

    def _add(self, asked: TenderMeasure) -> QuoteMeasure | None:
        if self._edition is None:
            return None
        row = QuoteMeasure(self._edition, asked)
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        row.edited.connect(self.edited)
        row.save_wanted.connect(self.save_wanted)
        row.remove_wanted.connect(partial(self._remove, row))
        return row

    def _remove(self, row: QuoteMeasure) -> None:
        place = self.rows.index(row)
        self._take_out(row)
        self._say()
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].focus_field("target")
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _take_out(self, row: QuoteMeasure) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _say(self) -> None:
        number = len(self.rows)
        over = number > QUOTE_MEASURES
        self.count.setText(f"{plural(number, 'measure')}, {'more than' if over else 'up to'} {QUOTE_MEASURES}")
        self.count.set_tone("warning" if over else "text_muted")
        self._stack.setCurrentIndex(1 if self.rows else 0)
        self.add_button.setEnabled(number < QUOTE_MEASURES)

    # Reading

    def read(self) -> list[TenderMeasure] | None:
        """The measures as they are typed; None, with messages, where one cannot be read."""
        found = [row.read(row.before) for row in self.rows]
        return None if None in found else [one for one in found if one is not None]

    def so_far(self) -> list[TenderMeasure]:
        """The measures as far as they can be read; nothing is said."""
        return [row.so_far(row.before) for row in self.rows]

    def typed(self) -> list[dict[str, str]]:
        """What stands in the rows, as a draft keeps it."""
        return [{"measure": row.code, **{name: str(text) for name, text in row.typed().items()}} for row in self.rows]

    def take_typed(self, kept: Sequence[Mapping[str, str]]) -> None:
        """Put back what was kept of the rows."""
        for one in kept:
            row = self._add(TenderMeasure(one["measure"]))
            if row is not None:
                for name, made in row.facts.items():
                    made.set_typed(one.get(name, ""))
        self._say()

    def focus_place(self, code: str, name: str) -> None:
        """Move the keyboard to a field of a measure, else to what adds one."""
        row = next((row for row in self.rows if row.code == code), None)
        if row is not None:
            row.focus_field(name if name in row.facts else "target")
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first_problem(self) -> None:
        """Move the keyboard to the first field that has a message."""
        row = next((row for row in self.rows if any(field.error for field in row.fields)), None)
        if row is not None:
            row.focus_first_problem()
