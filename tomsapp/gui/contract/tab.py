"""What another tab of the contract page is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.services.contracts import OpenContract


class ContractTab(QWidget):
    """A tab beside the commitments: its facts, its history."""

    wants_page = Signal(str, object)
    """Key of another page and what it should show there."""
    wants_toast = Signal(object)
    wants_panel = Signal(bool)
    """Open the tab's own panel (True), or close it where it lies over the page."""
    panel_changed = Signal()
    """Another panel or something else beside the tabs belongs to it now."""

    def show_contract(self, opened: OpenContract) -> None:
        """Show a contract, or what has changed in it."""
        raise NotImplementedError

    @property
    def beside(self) -> QWidget | None:
        """What stands beside the tabs while this one is shown, in the place of what belongs to the commitments."""
        return None

    @property
    def panel(self) -> QWidget | None:
        """What stands in the right-hand panel while this tab is shown; None where that of the commitments stays."""
        return None

    def step(self, _by: int) -> bool:
        """Go to the next (or, for -1, the last) thing to be done here; False where the tab has none of its own."""
        return False

    def turn(self, _by: int) -> None:
        """Show the next (or, for -1, the last) part of the tab, where it has several."""

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field, if the tab has it."""

    def go_to(self, _place: object) -> None:
        """Show a place that another page leads to, if the tab has it."""
