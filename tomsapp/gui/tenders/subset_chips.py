"""Chips that let measures through by theme, priority and kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.priority import Priority
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.flow import ChipFlow
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.services.tenders.choosing import MeasureSort, Subset, measures_of


class SubsetChips(QWidget):
    """A chip for each; without a choice all measures pass."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._edition: MenuEdition | None = None
        self._priorities: dict[str, Priority] = {}
        self.themes = FilterChip("Theme")
        self.priorities = FilterChip("Priority")
        self.sorts = FilterChip("Kind", [(sort, sort.words) for sort in MeasureSort])
        for chip in (self.themes, self.priorities, self.sorts):
            chip.values_changed.connect(lambda _values: self.changed.emit())
        in_column(ChipFlow((self.themes, self.priorities, self.sorts), QWidget()), inside=self)

    def offer(self, edition: MenuEdition | None, priorities: Sequence[Priority]) -> None:
        """Offer the themes of an edition and the council's priorities; what is chosen and still there stays."""
        self._edition = edition
        self._priorities = {each.name: each for each in priorities}
        self.themes.set_options([(each.number, each.title) for each in edition.themes] if edition else [])
        self.priorities.set_options([(name, name) for name in self._priorities])
        self.priorities.setVisible(bool(priorities))

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return any(chip.values for chip in (self.themes, self.priorities, self.sorts))

    def clear(self) -> None:
        """Let all measures through."""
        for chip in (self.themes, self.priorities, self.sorts):
            chip.set_values(())

    @property
    def codes(self) -> tuple[str, ...]:
        """The measures that are let through, in the order of the menu."""
        if self._edition is None:
            return ()
        subset = Subset(
            [value for value in self.themes.values if isinstance(value, int)],
            [self._priorities[value] for value in self.priorities.values if isinstance(value, str)],
            [value for value in self.sorts.values if isinstance(value, MeasureSort)],
        )
        return measures_of(self._edition, subset)
