"""The chips above the Overview: what is looked at, remembered from one day to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import (
    BY_TIME,
    COMMITTED_GROUPINGS,
    FACT_GROUPINGS,
    OVERLAPPING,
    PORTFOLIO_FACTS,
    Grouping,
)
from tomsapp.gui.overview.all_filters import AllFilters, Facet
from tomsapp.gui.overview.due_by import DueBy
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import holding, in_column, in_row
from tomsapp.services.overview import Filters
from tomsapp.services.overview_tables import HEADS

_STATUS = ((ContractStatus.DRAFT, "drafts"), (ContractStatus.SIGNED, "signed"), (ContractStatus.CLOSED, "closed"))
_NAMES = {**HEADS, Grouping.YEAR: "Year", Grouping.QUARTER: "Quarter"}
_BY_KEY = {grouping: name for grouping, name in _NAMES.items() if grouping not in FACT_GROUPINGS}
_DELIVERY_FIRST = (Grouping.QUARTER, Grouping.THEME, Grouping.SUPPLIER, Grouping.SUPPLIER_KIND, Grouping.WARD)
"""The chips of deliveries that are always there; the others come with what is chosen under “More”."""
_OF_DELIVERY = frozenset({ContractStatus.SIGNED, ContractStatus.CLOSED})
_MORE = (
    Grouping.QUARTER,
    Grouping.WARD,
    Grouping.SUPPLIER_KIND,
    Grouping.THEME,
    Grouping.FINANCIAL_YEAR,
    Grouping.NEIGHBOURHOOD,
    Grouping.SUPPLIER,
    Grouping.EQUALITY_GROUP,
    Grouping.OUTCOME,
    Grouping.MEASURE,
    Grouping.PRIORITY,
    Grouping.PROJECT,
    Grouping.YEAR,
)
"""The order of the lists under “More”; facts of the contract follow."""
AT_FIRST = Filters(frozenset({ContractStatus.DRAFT, ContractStatus.SIGNED}))
"""What is looked at before anybody chose: contracts that are to come or run."""


class FilterBar(QWidget):
    """Chips that combine with and; several values in one with or."""

    changed = Signal(object)
    """The `Filters` that hold now."""

    def __init__(self) -> None:
        super().__init__()
        self.is_delivery = False
        self.status = FilterChip("Status", _STATUS)
        self.due_by = DueBy()
        self.chips = {grouping: FilterChip(name) for grouping, name in _BY_KEY.items()}
        self.fact_chips = {fact.name: FilterChip(fact.label) for fact in PORTFOLIO_FACTS}
        self.more = Button("More", opens_menu=True, does=self.open_more)
        self.more.setAccessibleName("More: every filter at once")
        self.clear = LinkButton("Clear filters", role="note", does=self.clear_all)
        self._narrowing: dict[Any, FilterChip] = {**self.chips, **self.fact_chips}
        self._offered: dict[Any, Sequence[tuple[object, str]]] = {}
        self._wanted: dict[Any, frozenset[str]] = {}
        self.all_filters: AllFilters | None = None
        chips = (self.status, *(self._narrowing[key] for key in self._in_order()))
        self._end = in_row(self.clear, gap=12)
        self.flow = ChipFlow((self.due_by, *chips, self.more), holding(self._end))
        in_column(self.flow, inside=self)
        for chip in chips:
            chip.values_changed.connect(self._on_changed)
        self.set_filters(AT_FIRST)

    def add_at_end(self, widget: QWidget) -> None:
        """Add what belongs to all filters together, before what clears them."""
        self._end.insertWidget(0, widget)

    def _in_order(self) -> list[Any]:
        """The keys of the chips: those of every view first."""
        first = [Grouping.QUARTER, Grouping.FINANCIAL_YEAR]
        return [*first, *(key for key in self._narrowing if key not in first)]

    def show_delivery(self, *, is_delivery: bool) -> None:
        """Show the filters of what was delivered, or of what is committed; what is chosen stays for either."""
        self.is_delivery = is_delivery
        self._show_wanted()

    @property
    def filters(self) -> Filters:
        """What is chosen; values that are not offered yet hold until they are."""
        statuses = frozenset(status for status, _ in _STATUS if status in self.status.values)
        chosen = {key: self._wanted[key] for key in self._narrowing if self._wanted[key] and self._is_of_view(key)}
        return Filters(
            _OF_DELIVERY if self.is_delivery else statuses,
            {key: values for key, values in chosen.items() if key in self.chips},
            facts={key: values for key, values in chosen.items() if key in self.fact_chips},
        )

    @property
    def kept(self) -> Filters:
        """What is chosen in either view, to be remembered."""
        statuses = frozenset(status for status, _ in _STATUS if status in self.status.values)
        keys = {key: self._wanted[key] for key in self.chips if self._wanted[key]}
        facts = {name: self._wanted[name] for name in self.fact_chips if self._wanted[name]}
        return Filters(statuses, keys, facts=facts)

    def _is_of_view(self, key: Any) -> bool:
        """Whether a filter is one of the view that is shown: a contract year is none of deliveries."""
        return key is not Grouping.YEAR if self.is_delivery else key not in BY_TIME

    def set_filters(self, filters: Filters) -> None:
        """Choose without a signal."""
        self.status.set_values(list(filters.statuses))
        self._wanted = {grouping: filters.of(grouping) for grouping in self.chips}
        self._wanted.update({name: filters.facts.get(name, frozenset()) for name in self.fact_chips})
        self._show_wanted()

    def set_choices(
        self, choices: Mapping[Grouping, Sequence[tuple[str, str]]], facts: Mapping[str, Sequence[str]]
    ) -> None:
        """Offer what the database holds; what was chosen and is no more is let go.

        A grouping of which nothing is known yet, such as the quarters of deliveries, keeps what is chosen.
        """
        known = {key: options for key, options in choices.items() if key in self.chips}
        # Of quarters and years the last is asked for most.
        latest = {key: list(reversed(options)) for key, options in known.items() if key in BY_TIME}
        offered: dict[Any, Sequence[tuple[object, str]]] = {**known, **latest, **_of_facts(facts)}
        self._offered.update(offered)
        for key, options in offered.items():
            self._wanted[key] &= {str(value) for value, _ in options}
            self._narrowing[key].set_options(options)
        self._show_wanted()

    @property
    def offered(self) -> dict[Grouping, list[tuple[str, str]]]:
        """What the filters of groupings offer: key and words of each value."""
        return {
            key: [(str(value), words) for value, words in options]
            for key, options in self._offered.items()
            if key in self.chips
        }

    # Every filter at once

    def open_more(self) -> None:
        """Open every filter of the view, one list beside the other."""
        order = [*_MORE, *self.fact_chips]
        shown = [key for key in order if self._is_of_view(key) and self._offered.get(key)]
        names: dict[Any, str] = {**_BY_KEY, **{fact.name: fact.label for fact in PORTFOLIO_FACTS}}
        facets = [Facet(key, names[key], self._offered[key], self._wanted[key]) for key in shown]
        self.all_filters = AllFilters(facets, self)
        self.all_filters.ticked.connect(self._on_ticked)
        self.all_filters.open_below(self.more)

    def _on_ticked(self, key: Any, values: object) -> None:
        self._wanted[key] = frozenset(map(str, values if isinstance(values, list) else ()))
        self._show_wanted()
        self.changed.emit(self.filters)

    def choose(self, key: Any, values: Collection[str]) -> None:
        """Choose values of one filter, as if a person had ticked them."""
        self._on_ticked(key, list(values))

    def clear_all(self) -> None:
        """Let everything pass."""
        self.set_filters(Filters())
        self.changed.emit(self.filters)

    def _on_changed(self, _values: object) -> None:
        for key, chip in self._narrowing.items():
            if key in self._offered:
                self._wanted[key] = frozenset(map(str, chip.values))
        self._show_wanted()
        self.changed.emit(self.filters)

    def _show_wanted(self) -> None:
        for key, chip in self._narrowing.items():
            chip.set_values(sorted(self._wanted[key]))
            chip.setVisible(self._is_shown(key))
        self.status.setVisible(not self.is_delivery)
        self.due_by.setVisible(self.is_delivery)
        chosen = any(self._wanted[key] for key in self._narrowing if self._is_of_view(key))
        self.clear.setVisible(chosen or (not self.is_delivery and bool(self.filters.statuses)))
        self.flow.fit()

    def _is_shown(self, key: Any) -> bool:
        """Whether a chip stands in the bar: what is chosen always does, and what is often asked for."""
        if not self._is_of_view(key):
            return False
        if self._wanted[key]:
            return True
        if self.is_delivery:
            return key in _DELIVERY_FIRST or (key == _DIRECTORATE and bool(self._offered.get(key)))
        comes_and_goes = key in OVERLAPPING or key in self.fact_chips
        return bool(self._offered.get(key)) if comes_and_goes else key in COMMITTED_GROUPINGS


_DIRECTORATE = FACT_GROUPINGS[Grouping.DIRECTORATE]


def _of_facts(facts: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[object, str]]]:
    return {name: [(words, words) for words in values] for name, values in facts.items()}


def filters_to_json(filters: Filters) -> dict[str, list[str]]:
    """The filters as the preferences keep them."""
    kept = {grouping.value: sorted(filters.of(grouping)) for grouping in _BY_KEY if filters.of(grouping)}
    facts = {name: sorted(words) for name, words in filters.facts.items()}
    return {"status": sorted(status.value for status in filters.statuses), **kept, **facts}


def filters_from_json(kept: Any) -> Filters:
    """The filters that `filters_to_json` wrote; anything else gives those of the first day."""
    if not isinstance(kept, dict) or not all(isinstance(values, list) for values in kept.values()):
        return AT_FIRST
    kept = {name: [each for each in values if isinstance(each, str)] for name, values in kept.items()}
    statuses = frozenset(status for status, _ in _STATUS if status.value in kept.get("status", []))
    keys = {grouping: frozenset(map(str, kept.get(grouping.value, []))) for grouping in _BY_KEY}
    facts = {fact.name: frozenset(map(str, kept[fact.name])) for fact in PORTFOLIO_FACTS if kept.get(fact.name)}
    return Filters(statuses, {grouping: chosen for grouping, chosen in keys.items() if chosen}, facts=facts)
