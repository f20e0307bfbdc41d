"""The chips above the Overview: what is looked at, remembered from one day to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.wording import plural
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.chip_flow import ChipFlow
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.text import Text
from tomsapp.services.overview import Filters

_STATUS = ((ContractStatus.DRAFT, "drafts"), (ContractStatus.SIGNED, "signed"), (ContractStatus.CLOSED, "closed"))
_NAMES = {
    Grouping.THEME: "Theme",
    Grouping.OUTCOME: "Outcome",
    Grouping.MEASURE: "Measure",
    Grouping.SUPPLIER: "Supplier",
    Grouping.WARD: "Ward",
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
        self.clear = LinkButton("Clear filters", role="note")
        self.shown = Text("", "note", "text_muted")
        self._wanted: dict[Grouping, frozenset[str]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ChipFlow((self.status, *self.chips.values(), self.clear), self.shown))
        for chip in (self.status, *self.chips.values()):
            chip.values_changed.connect(self._on_changed)
        self.clear.clicked.connect(self.clear_all)
        self.set_filters(AT_FIRST)

    @property
    def filters(self) -> Filters:
        """What is chosen; values that are not offered yet hold until they are."""
        statuses = frozenset(status for status, _ in _STATUS if status in self.status.values)
        return Filters(statuses, {grouping: keys for grouping, keys in self._wanted.items() if keys})

    def set_filters(self, filters: Filters) -> None:
        """Choose without a signal."""
        self.status.set_values(list(filters.statuses))
        self._wanted = {grouping: filters.of(grouping) for grouping in _NAMES}
        for grouping, chip in self.chips.items():
            chip.set_values(sorted(self._wanted[grouping]))
        self._dress()

    def set_choices(self, choices: Mapping[Grouping, Sequence[tuple[str, str]]]) -> None:
        """Offer what the database holds; what was chosen and is no more is let go."""
        for grouping, chip in self.chips.items():
            offered = choices[grouping]
            self._wanted[grouping] &= {key for key, _ in offered}
            chip.set_options(offered)
            chip.set_values(sorted(self._wanted[grouping]))
        self._dress()

    def say_shown(self, contracts: int, commitments: int) -> None:
        """Say how much passes."""
        words = f"{plural(contracts, 'contract')}, {plural(commitments, 'commitment')}"
        if words != self.shown.text():
            self.shown.setText(words)
            announce(self, words)

    def clear_all(self) -> None:
        """Let everything pass."""
        self.set_filters(Filters())
        self.changed.emit(self.filters)

    def _on_changed(self, _values: object) -> None:
        for grouping, chip in self.chips.items():
            self._wanted[grouping] = frozenset(str(key) for key in chip.values)
        self._dress()
        self.changed.emit(self.filters)

    def _dress(self) -> None:
        self.clear.setVisible(self.filters != Filters())


def filters_to_json(filters: Filters) -> dict[str, list[str]]:
    """The filters as the preferences keep them."""
    kept = {grouping.value: sorted(filters.of(grouping)) for grouping in _NAMES if filters.of(grouping)}
    return {"status": sorted(status.value for status in filters.statuses), **kept}


def filters_from_json(kept: Any) -> Filters:
    """The filters that `filters_to_json` wrote; anything else gives those of the first day."""
    if not isinstance(kept, dict) or not all(isinstance(values, list) for values in kept.values()):
        return AT_FIRST
    statuses = frozenset(status for status, _ in _STATUS if status.value in kept.get("status", []))
    keys = {grouping: frozenset(map(str, kept.get(grouping.value, []))) for grouping in _NAMES}
    return Filters(statuses, {grouping: chosen for grouping, chosen in keys.items() if chosen})
