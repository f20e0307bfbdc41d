"""Chooses which measures of the menu a tender asks for: by theme, priority and kind, by search, one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.priority import Priority
from tomsapp.domain.wording import plural
from tomsapp.gui.tenders.subset_chips import SubsetChips
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.gui.widgets.tick_list import TickList

_SAYS = "Bidders can offer the measures that are ticked. Those taken out lose their target and their reason."


class ChooseMeasures(FormDialog):
    """A list to tick; what the chips leave out stays as it is."""

    def __init__(
        self, edition: MenuEdition, priorities: Sequence[Priority], chosen: Collection[str], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._edition = edition
        self._chosen = set(chosen)
        self._known = {measure.code for measure in edition.measures}
        self.setWindowTitle("Choose measures")
        self.chips = SubsetChips()
        self.chips.offer(edition, priorities)
        self.ticks = TickList("Measures", ticks_all=True)
        self.told = Text("", "note", "text_muted", wrap=True)
        self.go_button = Button("Choose", "primary", does=self.accept)
        self.go_button.setDefault(True)
        says = Text(_SAYS, tone="text_muted", wrap=True)
        foot = in_row((self.told, 1), self.go_button, Button("Cancel", does=self.reject), gap=8)
        self.build(f"Measures of {edition.name}", "Measures", (says, self.chips, self.ticks), foot, 640)
        self.chips.changed.connect(self._show)
        self.ticks.ticked.connect(self._on_ticked)
        self._show()

    def begin(self) -> None:
        """Begin in the search."""
        self.ticks.first_control().setFocus()

    @property
    def codes(self) -> list[str]:
        """The measures that are chosen, in the order of the menu; those of another edition that stay come last."""
        order = self._edition.order
        return sorted(self._chosen, key=lambda code: (order.get(code, len(order)), code))

    def _show(self) -> None:
        edition = self._edition
        shown = self.chips.codes
        self.ticks.set_options([(code, edition.name_of(code)) for code in shown], self._chosen)
        self._say()

    def _on_ticked(self) -> None:
        self._chosen -= set(self.chips.codes)
        self._chosen |= set(map(str, self.ticks.chosen))
        self._say()

    def _say(self) -> None:
        number = len(self._chosen)
        self.go_button.setText(f"Choose {plural(number, 'measure')}")
        self.told.setText(f"{number} of {len(self._known)} chosen")
