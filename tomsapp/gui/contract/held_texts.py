"""What was typed into cells and cannot be saved: it stays until it is put right, even over a restart."""

from __future__ import annotations

from collections.abc import Callable, Container

from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.drafts import Drafts
from tomsapp.services.typed_quantities import HeldText, held_text, read_quantity


class HeldTexts:
    """The held texts of one grid, by line and cell, kept among the drafts of its database as they are typed."""

    def __init__(self) -> None:
        self._drafts: Drafts | None = None
        self._form = ""
        self.texts: dict[CellKey, HeldText] = {}

    def open(self, drafts: Drafts, contract_id: int, of: str = "contract") -> None:
        """Turn to a contract, or to the draft `of` something else of it; its texts are read with `read_again`."""
        self._drafts, self._form = drafts, f"quantities of {of} {contract_id}"
        self.texts = {}

    def read_again(self, lines: Container[str], measure_of: Callable[[str], Measure | None]) -> None:
        """Take up what was kept for lines that are still there, with what is wrong with it now."""
        self.texts = {}
        kept = self._drafts.get(self._form) if self._drafts else None
        for cell, text in (kept or {}).items():
            key, _, place = cell.rpartition("/")
            if key in lines and place.isdigit() and isinstance(text, str):
                try:
                    self.read((key, int(place)), text, measure_of(key))
                except TomsError as error:
                    self.texts[key, int(place)] = held_text(text, error)

    def read(self, _cell: CellKey, text: str, measure: Measure | None) -> object:
        """What a text says in a cell; a quantity unless a subclass has cells of other kinds.

        Raises:
            TomsError: it says nothing that the cell can hold.
        """
        return read_quantity(text, measure)

    def hold(self, cell: CellKey, text: HeldText) -> None:
        """Keep what was typed into a cell."""
        self.texts[cell] = text
        self._write()

    def release(self, cell: CellKey) -> None:
        """Let go what was typed into a cell, because it was put right."""
        if self.texts.pop(cell, None) is not None:
            self._write()

    def release_line(self, key: str) -> None:
        """Let go what was typed into the cells of a line."""
        for cell in [cell for cell in self.texts if cell[0] == key]:
            self.release(cell)

    def _write(self) -> None:
        if self._drafts is None:
            return
        if self.texts:
            self._drafts.keep(self._form, {f"{key}/{year}": held.text for (key, year), held in self.texts.items()})
        else:
            self._drafts.drop(self._form)
