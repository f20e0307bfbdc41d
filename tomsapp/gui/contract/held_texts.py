"""What was typed into cells and cannot be saved: it stays until it is put right, even over a restart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tomsapp.config.preferences import Preferences
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.contract.typed import HeldText, read_quantity

_KEY = "typed_quantities"


class HeldTexts:
    """The held texts of one contract, kept in the preferences as they are typed."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._contract = ""
        self.texts: dict[CellKey, HeldText] = {}

    def open(self, contract: str) -> None:
        """Turn to a contract, named by its database and number; its texts are read with `read_again`."""
        self._contract = contract
        self.texts = {}

    def read_again(self, lines: Mapping[str, Commitment], measure_of: Callable[[str], Measure | None]) -> None:
        """Take up what was kept for lines that are still there, with what is wrong with it now."""
        self.texts = {}
        for cell, text in self._kept().items():
            key, _, year = cell.rpartition("/")
            if key in lines and year.isdigit() and isinstance(text, str):
                try:
                    read_quantity(text, measure_of(key))
                except TomsError as error:
                    self.texts[key, int(year)] = HeldText(text, error.message, error.fix)

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

    def _kept(self) -> dict[str, object]:
        everything = self._preferences.get(_KEY, {})
        kept = everything.get(self._contract, {}) if isinstance(everything, dict) else {}
        return dict(kept) if isinstance(kept, dict) else {}

    def _write(self) -> None:
        everything = self._preferences.get(_KEY, {})
        kept = dict(everything) if isinstance(everything, dict) else {}
        kept.pop(self._contract, None)
        if self.texts:
            kept[self._contract] = {f"{key}/{year}": held.text for (key, year), held in self.texts.items()}
        self._preferences.set(_KEY, kept)
