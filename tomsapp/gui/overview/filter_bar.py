"""The chips above the Overview: what is looked at, remembered from one day to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, OVERLAPPING, PORTFOLIO_FACTS, Grouping
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.services.overview import Filters
from tomsapp.services.overview_tables import HEADS

_STATUS = ((ContractStatus.DRAFT, "drafts"), (ContractStatus.SIGNED, "signed"), (ContractStatus.CLOSED, "closed"))
_NAMES = {**{grouping: HEADS[grouping] for grouping in COMMITTED_GROUPINGS}, Grouping.YEAR: "Year"}
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
        self.clear = LinkButton("Clear filters", role="note", does=self.clear_all)
        self._narrowing: dict[Any, FilterChip] = {**self.chips, **self.fact_chips}
        self._wanted: dict[Any, frozenset[str]] = {}
        chips = (self.status, *self._narrowing.values())
        in_column(ChipFlow(chips, self.clear), inside=self)
        for chip in chips:
            chip.values_changed.connect(self._on_changed)
        self.set_filters(AT_FIRST)

    @property
    def filters(self) -> Filters:
        """What is chosen; values that are not offered yet hold until they are."""
        statuses = frozenset(status for status, _ in _STATUS if status in self.status.values)
        keys = {grouping: self._wanted[grouping] for grouping in self.chips if self._wanted[grouping]}
        return Filters(
            statuses, keys, facts={name: self._wanted[name] for name in self.fact_chips if self._wanted[name]}
        )

    def set_filters(self, filters: Filters) -> None:
        """Choose without a signal."""
        self.status.set_values(list(filters.statuses))
        self._wanted = {grouping: filters.of(grouping) for grouping in self.chips}
        self._wanted.update({name: filters.facts.get(name, frozenset()) for name in self.fact_chips})
        self._show_wanted()

    def set_choices(
        self, choices: Mapping[Grouping, Sequence[tuple[str, str]]], facts: Mapping[str, Sequence[str]]
    ) -> None:
        """Offer what the database holds; what was chosen and is no more is let go."""
        of_facts = {name: [(words, words) for words in facts[name]] for name in self.fact_chips}
        offered: dict[Any, Sequence[tuple[str, str]]] = {**choices, **of_facts}
        for key, chip in self._narrowing.items():
            self._wanted[key] &= {value for value, _ in offered[key]}
            chip.set_options(offered[key])
            comes_and_goes = key in OVERLAPPING or key in self.fact_chips
            chip.setVisible(bool(offered[key]) or not comes_and_goes)
        self._show_wanted()

    def clear_all(self) -> None:
        """Let everything pass."""
        self.set_filters(Filters())
        self.changed.emit(self.filters)

    def _on_changed(self, _values: object) -> None:
        for key, chip in self._narrowing.items():
            self._wanted[key] = frozenset(map(str, chip.values))
        self._show_wanted()
        self.changed.emit(self.filters)

    def _show_wanted(self) -> None:
        for key, chip in self._narrowing.items():
            chip.set_values(sorted(self._wanted[key]))
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
    kept = {name: [each for each in values if isinstance(each, str)] for name, values in kept.items()}
    statuses = frozenset(status for status, _ in _STATUS if status.value in kept.get("status", []))
    keys = {grouping: frozenset(map(str, kept.get(grouping.value, []))) for grouping in _NAMES}
    facts = {fact.name: frozenset(map(str, kept[fact.name])) for fact in PORTFOLIO_FACTS if kept.get(fact.name)}
    return Filters(statuses, {grouping: chosen for grouping, chosen in keys.items() if chosen}, facts=facts)
