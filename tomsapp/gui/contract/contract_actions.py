"""What can be done with a whole contract: open, copy, sign, reopen, delete; from the list and from its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.history import Stored
from tomsapp.domain.wording import plural
from tomsapp.gui.dialogs.ask import FieldDialog, ask_to_delete
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.fields import DateField, TextField
from tomsapp.services import contracts
from tomsapp.services.changes import Done
from tomsapp.services.progress import Progress
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChosenContract:
    """The contract that an action is for."""

    id: int
    reference: str
    status: ContractStatus
    commitments: int


class ContractActions(QObject):
    """The actions on the contract that `chosen` gives; none of them is offered where it cannot be done."""

    opened = Signal(int)
    """Number of a contract to show: the chosen one, or its copy."""

    def __init__(self, session: Session, chosen: Callable[[], ChosenContract | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._chosen, self._parent = session, chosen, parent
        self.open = self._build("Open contract", self._on_open)
        self.copy = self._build("Copy contract", self.copy_contract, "Ctrl+Shift+D")
        self.sign = self._build("Sign contract…", self.sign_contract)
        self.reopen = self._build("Reopen contract…", self.reopen_contract)
        self.delete = self._build("Delete contract…", self.delete_contract)
        self.update_state()

    def _build(self, words: str, slot: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(words, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        return action

    def menu(self, *, with_open: bool) -> QMenu:
        """A menu of the actions."""
        menu = QMenu(self._parent)
        if with_open:
            menu.addAction(self.open)
        menu.addAction(self.copy)
        menu.addSeparator()
        menu.addAction(self.sign)
        menu.addAction(self.reopen)
        menu.addSeparator()
        menu.addAction(self.delete)
        return menu

    def update_state(self) -> None:
        """Offer what can be done with the contract that is chosen now."""
        chosen = self._chosen()
        for action in (self.open, self.copy, self.delete):
            action.setEnabled(chosen is not None)
        is_draft = chosen is not None and chosen.status is ContractStatus.DRAFT
        self.sign.setEnabled(is_draft)
        self.reopen.setEnabled(chosen is not None and not is_draft)

    # What the user does

    def _on_open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.opened.emit(chosen.id)

    def copy_contract(self) -> None:
        """Copy the contract with its commitments under the next free reference, and open the copy."""
        chosen = self._chosen()
        if chosen is None:
            return
        self._session.act(lambda workspace, _progress: _copy(workspace, chosen.id), self._on_copied).start()

    def _on_copied(self, stored: Stored[Contract]) -> None:
        self.opened.emit(stored.id)

    def delete_contract(self) -> None:
        """Ask, then delete; the undo bar and the history bring it back."""
        chosen = self._chosen()
        if chosen is None:
            return
        goes = f"Its {plural(chosen.commitments, 'commitment')} go with it. " if chosen.commitments else ""
        if chosen.commitments == 1:
            goes = "Its 1 commitment goes with it. "
        sentence = f"{goes}History keeps a copy."
        if ask_to_delete(self._parent, f"Delete {chosen.reference}?", sentence, "Delete contract", "Keep contract"):
            self._session.act(
                lambda workspace, _progress: contracts.delete_contract(
                    workspace, contracts.open_contract(workspace, chosen.id)
                )
            ).start()

    def sign_contract(self) -> None:
        """Ask for the day, then sign."""
        chosen = self._chosen()
        if chosen is None:
            return
        field = DateField("Signed on")
        field.set_date(date.today())  # noqa: DTZ011 - the day on the user's calendar
        dialog = FieldDialog(
            f"Sign {chosen.reference}",
            "Its facts and commitments are fixed from then on, and its valuation is kept as it is now.",
            field,
            "Sign contract",
            _day_message,
            self._parent,
        )
        signed = dialog.exec()
        on = field.date
        dialog.deleteLater()
        if signed and on is not None:
            self._act(
                lambda workspace, _: contracts.sign_contract(
                    workspace, contracts.open_contract(workspace, chosen.id), on
                )
            )

    def reopen_contract(self) -> None:
        """Ask for the reason, then make the contract a draft again."""
        chosen = self._chosen()
        if chosen is None:
            return
        field = TextField("Reason", "Kept in the history of the contract", lines=3)
        dialog = FieldDialog(
            f"Reopen {chosen.reference}",
            "It becomes a draft that can be changed. The valuation as signed is kept.",
            field,
            "Reopen contract",
            _reason_message,
            self._parent,
        )
        reopened, reason = dialog.exec(), field.text
        dialog.deleteLater()
        if reopened:
            self._act(
                lambda workspace, _: contracts.reopen_contract(
                    workspace, contracts.open_contract(workspace, chosen.id), reason
                )
            )

    def _act(self, task: Callable[[Workspace, Progress], Done[Stored[Contract]]]) -> None:
        self._session.act(task).start()


def _copy(workspace: Workspace, contract_id: int) -> Done[Stored[Contract]]:
    opened = contracts.open_contract(workspace, contract_id)
    reference = contracts.next_reference(workspace, opened.contract.start_on.year)
    return contracts.copy_contract(workspace, opened, reference)


def _day_message(field: DateField) -> str | None:
    return None if field.date else "Enter a date, for example 1 April 2026"


def _reason_message(field: TextField) -> str | None:
    return None if field.text else "Say why it is reopened"
