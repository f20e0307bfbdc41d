"""The fields of a tender's facts: what is bought, who is in charge, and until when offers may come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.tender.choices import SET_UP, ShareBase, TenderStatus
from tomsapp.domain.tender.deadline import LONDON, time_fault, when_words, zone_fault
from tomsapp.domain.tender.setup import Step
from tomsapp.domain.tender.setup_facts import step_of
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.domain.typed_days import find_day
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import in_grid
from tomsapp.services.tenders.facts import FIXED_BY_ISSUING

_COLUMNS = 6
SPANS = {"reference": 2, "title": 4, "deadline_on": 2, "deadline_at": 2, "deadline_zone": 2}
_USUAL_SPAN = 3
_DEADLINE = ("deadline_on", "deadline_at", "deadline_zone")
FACTS = tuple(fact for fact in TENDER.facts if fact.is_typed and step_of(fact.name) is Step.FACTS)
"""The facts that the first step asks for; menu, weights and limits have steps of their own."""


class TenderForm(RecordForm[Tender]):
    """A tender's facts in rows of two or three, in their order."""

    def __init__(self, facts: Sequence[Fact] = FACTS, spans: Mapping[str, int] = SPANS) -> None:
        """`spans` says how many of the six parts of a row a fact takes, where it is not three."""
        self._spans = spans
        super().__init__(TENDER, facts=facts)
        if "base" in self.facts:
            self.facts["base"].field.edited.connect(self._fit_base)

    def lay_out(self) -> None:
        """Rows of six parts, filled in the order of the facts."""
        grid = in_grid(inside=self, gaps=(24, 14), shares=(1,) * _COLUMNS)
        row = column = 0
        for name, made in self.facts.items():
            span = _COLUMNS if made.fact.kind is FactKind.LONG else self._spans.get(name, _USUAL_SPAN)
            if column + span > _COLUMNS:
                row, column = row + 1, 0
            grid.addWidget(made.field, row, column, 1, span, TOP)
            column += span

    def set_status(self, status: TenderStatus) -> None:
        """Fix what issuing fixes, and all of it once offers are opened; the rest can be typed on."""
        for name, made in self.facts.items():
            is_fixed = status not in SET_UP or (status is not TenderStatus.DRAFT and name in FIXED_BY_ISSUING)
            made.field.setEnabled(not is_fixed)

    def show_record(self, record: Tender, version: int | None = None) -> None:
        """Show saved facts, or the proposal for a new tender."""
        super().show_record(record, version)
        if "base" in self.facts:
            self._fit_base()

    def _fit_base(self) -> None:
        """Ask for a fixed sum where that is the base; one that stands there is shown whatever the base is."""
        is_fixed = self.facts["base"].typed() == ShareBase.FIXED.value
        self.field("fixed_base").setVisible(is_fixed or bool(self.facts["fixed_base"].typed()))

    def say_back(self, name: str) -> None:
        """Of the deadline, say all of it as bidders read it; the rest as any form does."""
        if name not in _DEADLINE:
            super().say_back(name)
        else:
            self.field("deadline_on").say(self._deadline_words())

    def _deadline_words(self) -> str:
        day = find_day(self.facts["deadline_on"].typed())
        at = str(self.facts["deadline_at"].typed()).strip()
        zone = str(self.facts["deadline_zone"].typed()).strip() if "deadline_zone" in self.facts else LONDON
        if day is None or time_fault(at) or zone_fault(zone):
            return ""
        return when_words(day, at, zone)


def empty_tender(reference: str = "", menu: str = "", edition: str = "") -> Tender:
    """What the form of a new tender starts from."""
    return replace(Tender(reference), menu=menu, edition=edition)
