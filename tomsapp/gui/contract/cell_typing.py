"""What is typed into the cells of a grid: saved where it is a quantity, else held with what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import SignalInstance

from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.gui.contract.held_texts import HeldTexts
from tomsapp.gui.contract.rows import CellKey
from tomsapp.services.typed_quantities import held_text, read_quantity


class CellTyping:
    """What an editor has, beside its own class, whose quantities are typed cell by cell.

    What cannot be a quantity stays in its cell until it is put right.
    """

    changed: SignalInstance
    """What is shown is something else now: figures, problems or held texts."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._held = HeldTexts()

    def measure_of(self, key: str) -> Measure | None:
        """The measure of a line, if the menu edition has it."""
        raise NotImplementedError

    def set_quantities(self, quantities: Mapping[CellKey, Decimal | None]) -> None:
        """Change quantities, in one step of undo."""
        raise NotImplementedError

    def type_quantity(self, key: str, cell: int, text: str) -> None:
        """Take what was typed into a cell of a line: save it, or hold it with what is wrong."""
        try:
            quantity = read_quantity(text, self.measure_of(key))
        except TomsError as error:
            self._held.hold((key, cell), held_text(text, error))
            self.changed.emit()
            return
        self.set_quantities({(key, cell): quantity})

    def quantity_at(self, key: str, cell: int) -> Decimal | None:
        """What stands in a cell of a line; None for a blank."""
        raise NotImplementedError

    def fill_cells(self, fills: Sequence[tuple[str, int, int]]) -> None:
        """Copy quantities, in one step of undo: (line, cell to copy from, cell to copy to)."""
        self.set_quantities({(key, target): self.quantity_at(key, source) for key, source, target in fills})
