"""The fields of a lot: what one contract will be, with its value, its days and its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tomsapp.domain.contract import ContractKind
from tomsapp.domain.facts import FactKind
from tomsapp.domain.keys import KeyKind, Names
from tomsapp.domain.tender.lot import LOT, Lot
from tomsapp.gui.contract.spend_field import SpendField
from tomsapp.gui.records.dated_form import DatedForm
from tomsapp.gui.records.form_draft import FormDraft
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import in_grid

_FACTS = tuple(fact for fact in LOT.facts if fact.name != "number")
"""The number is given by the place among the lots."""
_WIDE = frozenset({FactKind.SEVERAL, FactKind.OWN})


class LotForm(DatedForm[Lot]):
    """A lot's facts in two columns; those that need more room take both."""

    def __init__(self) -> None:
        self.spend = SpendField(LOT.fact("spend"), is_recorded=False)
        self._is_framework = False
        super().__init__(LOT, {"spend": self.spend.as_fact}, _FACTS)

    def lay_out(self) -> None:
        """Two columns, filled in the order of the facts."""
        grid = in_grid(inside=self, gaps=(24, 14), shares=(1, 1))
        row = column = 0
        for name, made in self.facts.items():
            span = 2 if made.fact.kind in _WIDE or name == "title" else 1
            if column + span > 2:
                row, column = row + 1, 0
            grid.addWidget(made.field, row, column, 1, span, TOP)
            column += span

    def set_kind(self, kind: ContractKind) -> None:
        """Ask for spend by year where the tender is for a framework."""
        self._is_framework = kind is ContractKind.FRAMEWORK
        self._fit_spend()

    def set_open(self, *, is_open: bool) -> None:
        """Let all be typed, or nothing."""
        for made in self.facts.values():
            made.field.setEnabled(is_open)

    def offer(self, names: Mapping[KeyKind, Names]) -> None:
        """Offer the wards; where the council has none, no places are asked for."""
        super().offer(names)
        self._fit_places()

    def show_record(self, record: Lot, version: int | None = None) -> None:
        """Show a lot as it is saved."""
        super().show_record(record, version)
        self._fit_spend()
        self._fit_places()

    def take_draft(self, draft: FormDraft) -> list[str]:
        """Put back what was typed, and ask for the spend of the years that it makes."""
        clashes = super().take_draft(draft)
        self._fit_spend()
        return clashes

    def on_days(self) -> None:
        """Ask for the spend of the years that the days make."""
        self._fit_spend()

    def _fit_spend(self) -> None:
        """Ask for it of a framework; what was typed before it was none is shown, so that it can be taken out."""
        labels = self.year_labels()
        if labels:
            self.spend.set_years(labels)
        self.spend.setVisible(bool(labels) and (self._is_framework or bool(self.spend.texts)))

    def _fit_places(self) -> None:
        field = self.field("places")
        field.setVisible(bool(self.facts["places"].typed()) or self._has_wards)

    @property
    def _has_wards(self) -> bool:
        return any(made.fact.name == "places" and field.names for made, field in self._several())

    def record_of(self, before: Lot, values: Mapping[str, Any]) -> Lot:
        """The lot; its spend is that of the years that its days make."""
        lot = super().record_of(before, values)
        if not lot.has_dates:
            return lot
        years = {year.index for year in lot.years}
        return replace(lot, spend=tuple(one for one in lot.spend if one.year in years))
