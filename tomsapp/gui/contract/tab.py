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

    def show_contract(self, opened: OpenContract) -> None:
        """Show a contract, or what has changed in it."""
        raise NotImplementedError

    def focus_field(self, name: str) -> None:
        """Move the keyboard to a field, if the tab has it."""
