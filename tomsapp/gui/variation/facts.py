"""The facts of a variation, each saved as soon as what is typed can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from tomsapp.domain.problems import Problem
from tomsapp.domain.variation import VARIATION, Variation
from tomsapp.gui.contract.supplier_field import SupplierField
from tomsapp.gui.records.fact_field import written
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import TextField
from tomsapp.gui.widgets.layouts import in_grid
from tomsapp.gui.widgets.pauses import after_a_pause

_PAUSE_MS = 400
_WIDE, _NARROW, _ROOM = 4, 2, 640
"""Fields side by side, and px at 100 % text size from which on there are more of them."""


class VariationForm(RecordForm[Variation]):
    """When, until when, how much, with whom and why; a fact that is left empty stays as it is."""

    typed_facts = Signal(object)
    """The facts that can be read now, by their names."""

    def __init__(self) -> None:
        self.supplier = SupplierField(VARIATION.fact("supplier"), "The same")
        reason = VARIATION.fact("reason")
        own = {
            "supplier": self.supplier.as_fact,
            "reason": lambda: written(reason, TextField(reason.label, reason.hint, lines=2)),
        }
        super().__init__(VARIATION, own)
        self._suppliers: dict[str, int] = {}
        self._timer = after_a_pause(self, _PAUSE_MS, self.hand_on)
        self.edited.connect(self._timer.start)
        for field in self.fields:
            field.left.connect(self.hand_on)

    def lay_out(self) -> None:
        """Two days and two values in a row, the supplier and the reason below; with less room, two in a row."""
        self._columns = 0
        self._grid = in_grid(inside=self, gaps=(20, 10))
        self._arrange(_WIDE)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        short = ("effective_on", "new_end_on", "new_value", "new_value_with_vat", "supplier")
        for place, name in enumerate(short):
            self._grid.addWidget(self.field(name), place // columns, place % columns, 1, 1, TOP)
        row, column = divmod(len(short), columns)
        self._grid.addWidget(self.field("reason"), row, column, 1, columns - column, TOP)
        for each in range(_WIDE):
            self._grid.setColumnStretch(each, 1 if each < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place as many fields side by side as there is room for a day in each."""
        super().resizeEvent(event)
        self._arrange(_WIDE if self.width() >= current_theme().px(_ROOM) else _NARROW)

    def set_suppliers(self, numbers: dict[str, int]) -> None:
        """Offer these suppliers, by their names with their numbers."""
        self._suppliers = numbers
        self.supplier.set_suppliers(tuple(numbers))

    def add_supplier(self, number: int, name: str) -> None:
        """Offer one more supplier, and choose it."""
        self.set_suppliers({**self._suppliers, name: number})
        self.supplier.set_text(name)
        self.supplier.edited.emit()

    def hand_on(self) -> None:
        """Tell what can be read of what was typed; what cannot stays in its field, with what is wrong there."""
        self._timer.stop()
        changed = self.draft().facts
        found: dict[str, Any] = {}
        for name in changed:
            value, error = self._find(name)
            if error is None:
                found[name] = value
        if "supplier" in found:
            found["supplier_id"] = self._suppliers.get(str(found["supplier"] or ""))
            found["supplier"] = found["supplier"] or ""
        if found:
            self.typed_facts.emit(found)

    def show_variation(self, variation: Variation) -> None:
        """Show the variation; what is being typed and cannot be read yet stays, and so does the cursor.

        What was saved and somebody else has changed since is theirs.
        """
        draft, before = self.draft(), self._record or Variation()
        kept = {name: typed for name, typed in draft.facts.items() if not self._is_theirs(name, before, variation)}
        self.show_record(variation, 0)
        self.type_again(replace(draft, facts=kept))

    def _is_theirs(self, name: str, before: Variation, now: Variation) -> bool:
        """Whether what stands in a field is what was shown as saved, and is saved otherwise now."""
        value, error = self._find(name)
        was, is_now = self.value_of(before, name), self.value_of(now, name)
        return error is None and (value or None) == (was or None) != (is_now or None)

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """Say under each field what must be put right before the variation is signed."""
        self.show_problems([problem for problem in problems if problem.where.field in self.facts])
