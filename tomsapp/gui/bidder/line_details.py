"""What is said of one promise beside its quantities; each key that is typed is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import ContractKind
from tomsapp.domain.menu import Measure
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.step import let_steps_through
from tomsapp.gui.contract.details_form import DetailsFields, places_of
from tomsapp.gui.records.fact_field import FactField, field_of
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import TextField
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_grid, in_row
from tomsapp.services.bidding.typing import COST, OWN_DETAILS, RATE, forms_of, text_at
from tomsapp.services.bidding.work import OfferWork, detail_place


class PromiseFields(DetailsFields):
    """The facts of a promise, the text at the left and the others at the right."""

    def lay_out(self) -> None:
        """Place the fields; those that are the offer's own come between them."""
        self.own = {name: field_of(fact) for name, fact in OWN_DETAILS.items()}
        self.project = field_of(COMMITMENT.fact("project"))
        self.facts["cost"].field.set_label(COST.label)
        self.facts["cost"].field.set_hint(COST.hint)
        grid = in_grid(inside=self, gaps=(8, 10), shares=(1, 1))
        asked = [self.own["staff"].field, self.own["delivered_by"].field, self.facts["place"].field]
        asked += [self.facts["contract_share"].field, *(self.facts[name].field for name in RATE)]
        right = in_column(*asked, STRETCH, gap=10)
        left = in_column(self.facts["statement"].field, self.facts["cost"].field, self.project.field, STRETCH, gap=10)
        grid.addLayout(left, 0, 0, TOP)
        grid.addLayout(right, 0, 1, TOP)

    @property
    def every(self) -> dict[str, FactField]:
        """All fields by the names of their facts."""
        return {**self.facts, **self.own, "project": self.project}


class LineDetails(QFrame):
    """The form under a row, with what can be done with the row itself."""

    parts_wanted = Signal()
    taken_out = Signal()
    further_wanted = Signal()
    """One more promise of the same measure, as for another place."""

    def __init__(self, answering: Answering, key: str) -> None:
        super().__init__()
        self.setProperty("k", "inset")
        self._answering, self._key = answering, key
        self.fields = PromiseFields()
        self.parts = LinkButton("Work out the quantity from its parts…", role="note", does=self.parts_wanted)
        further = LinkButton("Add another line for another place", role="note", does=self.further_wanted)
        out = LinkButton("Take this line out", role="note", does=self.taken_out)
        for name, made in self.fields.every.items():
            if isinstance(made.field, TextField):
                let_steps_through(made.field.box)
            made.field.edited.connect(lambda name=name: self._on_edited(name))
        links = in_row(self.parts, further, out, STRETCH, gap=18)
        in_column(links, self.fields, inside=self, margins=(14, 10, 14, 12), gap=10)

    def prepare(self, work: OfferWork, measure: Measure | None, area: Area | None) -> None:
        """Ask for what belongs to this measure and contract."""
        line = work.commitment(self._key)
        if line is None:
            return
        name = measure.full_name if measure is not None else line.measure
        self.setAccessibleName(f"Details of {name}")
        self.fields.place.set_options(places_of(line, area))
        is_framework = work.contract.kind is ContractKind.FRAMEWORK or line.rate is not None
        self.fields.ask_for_rate(is_asked=is_framework)
        is_job = measure is not None and bool(measure.employment_outcome)
        self.fields.own["staff"].field.setVisible(is_job)
        self.parts.setVisible(bool(forms_of(work, self._key)))
        self.fields.show_record(line)
        self.show_work(work)

    def show_work(self, work: OfferWork) -> None:
        """Show what is said; a field keeps what is typed in it."""
        for name, made in self.fields.every.items():
            place = detail_place(self._key, name)
            text = text_at(work, place)
            if self._answering.typing == place:
                continue
            if str(made.typed() or "").strip() != text.strip():
                made.field.blockSignals(True)
                made.set_typed(text or None if name == "staff" else text)
                made.field.blockSignals(False)

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field."""
        made = self.fields.every.get(name) or self.fields.every["statement"]
        made.field.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_edited(self, name: str) -> None:
        typed = self.fields.every[name].typed()
        self._answering.type_in(detail_place(self._key, name), "" if typed is None else str(typed))
