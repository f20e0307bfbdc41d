"""The chips above the Overview: what is looked at, remembered from one day to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import OVERLAPPING, PORTFOLIO_FACTS, Grouping
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.chip_flow import ChipFlow
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.services.overview import Filters

_STATUS = ((ContractStatus.DRAFT, "drafts"), (ContractStatus.SIGNED, "signed"), (ContractStatus.CLOSED, "closed"))
_NAMES = {
    Grouping.THEME: "Theme",
    Grouping.OUTCOME: "Outcome",
    Grouping.MEASURE: "Measure",
    Grouping.PRIORITY: "Priority",
    Grouping.SUPPLIER: "Supplier",
    Grouping.WARD: "Ward",
    Grouping.NEIGHBOURHOOD: "Neighbourhood",
    Grouping.YEAR: "Year",
}
AT_FIRST = Filters(frozenset({ContractStatus.DRAFT, ContractStatus.SIGNED}))
"""What is looked at before anybody chose: contracts that are to come or run."""


class FilterBar(QWidget):
    """Chips that combine with and; several values in one with or."""

    changed = Signal(object)
    """The `Filters` that hold now."""

    def __init__(self) -> None:
        super().__init__()
        self.status = FilterChip("Status", _STATUS)
        self.chips = {grouping: FilterChip(name) for grouping, name in _NAMES.items()}
        self.fact_chips = {fact.name: FilterChip(fact.label) for fact in PORTFOLIO_FACTS}
        self.clear = LinkButton("Clear filters", role="note")
        self._wanted: dict[Grouping, frozenset[str]] = {}
        self._wanted_facts: dict[str, frozenset[str]] = {}
        in_column(ChipFlow(self._all_chips(), self.clear), inside=self)
        for chip in self._all_chips():
            chip.values_changed.connect(self._on_changed)
        self.clear.clicked.connect(self.clear_all)
        self.set_filters(AT_FIRST)

    def _all_chips(self) -> tuple[FilterChip, ...]:
        return self.status, *self.chips.values(), *self.fact_chips.values()

    @property
    def filters(self) -> Filters:
        """What is chosen; values that are not offered yet hold until they are."""
        statuses = frozenset(status for status, _ in _STATUS if status in self.status.values)
        facts = {name: words for name, words in self._wanted_facts.items() if words}
        return Filters(statuses, {grouping: keys for grouping, keys in self._wanted.items() if keys}, facts=facts)

    def set_filters(self, filters: Filters) -> None:
        """Choose without a signal."""
        self.status.set_values(list(filters.statuses))
        self._wanted = {grouping: filters.of(grouping) for grouping in _NAMES}
        for grouping, chip in self.chips.items():
            chip.set_values(sorted(self._wanted[grouping]))
        self._wanted_facts = {name: filters.facts.get(name, frozenset()) for name in self.fact_chips}
        for name, chip in self.fact_chips.items():
            chip.set_values(sorted(self._wanted_facts[name]))
        self._dress()

    def set_choices(
        self, choices: Mapping[Grouping, Sequence[tuple[str, str]]], facts: Mapping[str, Sequence[str]]
    ) -> None:
        """Offer what the database holds; what was chosen and is no more is let go."""
        for grouping, chip in self.chips.items():
            offered = choices[grouping]
            self._wanted[grouping] &= {key for key, _ in offered}
            chip.set_options(offered)
            chip.set_values(sorted(self._wanted[grouping]))
            chip.setVisible(grouping not in OVERLAPPING or bool(offered))
        for name, chip in self.fact_chips.items():
            self._wanted_facts[name] &= set(facts[name])
            chip.set_options([(words, words) for words in facts[name]])
            chip.set_values(sorted(self._wanted_facts[name]))
            chip.setVisible(bool(facts[name]))
        self._dress()

    def clear_all(self) -> None:
        """Let everything pass."""
        self.set_filters(Filters())
        self.changed.emit(self.filters)

    def _on_changed(self, _values: object) -> None:
        for grouping, chip in self.chips.items():
            self._wanted[grouping] = frozenset(str(key) for key in chip.values)
        for name, chip in self.fact_chips.items():
            self._wanted_facts[name] = frozenset(str(words) for words in chip.values)
        self._dress()
        self.changed.emit(self.filters)

    def _dress(self) -> None:
        self.clear.setVisible(self.filters != Filters())


def filters_to_json(filters: Filters) -> dict[str, list[str]]:
    """The filters as the preferences keep them."""
    kept = {grouping.value: sorted(filters.of(grouping)) for grouping in _NAMES if filters.of(grouping)}
    facts = {name: sorted(words) for name, words in filters.facts.items()}
    return {"status": sorted(status.value for status in filters.statuses), **kept, **facts}


def filters_from_json(kept: Any) -> Filters:
    """The filters that `filters_to_json` wrote; anything else gives those of the first day."""
    if not isinstance(kept, dict) or not all(isinstance(values, list) for values in kept.values()):
        return AT_FIRST
    statuses = frozenset(status for status, _ in _STATUS if status.value in kept.get("status", []))
    keys = {grouping: frozenset(map(str, kept.get(grouping.value, []))) for grouping in _NAMES}
    facts = {fact.name: frozenset(map(str, kept[fact.name])) for fact in PORTFOLIO_FACTS if kept.get(fact.name)}
    return Filters(statuses, {grouping: chosen for grouping, chosen in keys.items() if chosen}, facts=facts)
