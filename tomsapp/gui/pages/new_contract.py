"""The page on which a new contract is filled in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.supplier import SUPPLIER
from tomsapp.gui.contract.facts_form import FactsForm
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.services.changes import Changes


class NewContractPage(Page):
    """An empty form of a contract's facts; `done` tells that it was saved or given up."""

    done = Signal(object)
    """Number of the contract that was added, or None."""

    def __init__(self, session: Session) -> None:
        super().__init__("New contract", header_on_surface=True)
        self.header.crumbs.set_steps([("contracts", "Contracts"), ("", "New contract")])
        self.header.crumbs.chosen.connect(self._give_up)
        self.header.set_badge("Not saved", "warning")
        self.form = FactsForm(session)
        self.body.addWidget(self.form, 1)
        self.form.saved.connect(self.done.emit)
        self.form.discarded.connect(self._give_up)

    def start(self, supplier: str = "") -> None:
        """Show a form with nothing in it but perhaps the supplier, or the draft that was kept of it."""
        self.form.show_new(supplier)

    def first_field(self) -> QWidget | None:
        """The first field of the form."""
        return self.form.fields.first_control

    def refresh(self, changes: object) -> None:
        """Offer suppliers that were added meanwhile."""
        if not isinstance(changes, Changes) or changes.touches(SUPPLIER):
            self.form.reload_choices()

    def _give_up(self) -> None:
        self.done.emit(None)
