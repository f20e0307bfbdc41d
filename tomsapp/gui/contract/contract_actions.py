"""What can be done with a whole contract: open, copy, delete, and its sealed acts; from the list and its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.history import Stored
from tomsapp.domain.seal import ActFacts, ActKind
from tomsapp.domain.wording import plural
from tomsapp.gui.contract.act_dialog import ActDialog
from tomsapp.gui.dialogs.ask import ask_to_delete
from tomsapp.gui.session import Session
from tomsapp.services import contracts, sealing
from tomsapp.services.changes import Done
from tomsapp.services.contracts import OpenContract
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
        self.close = self._build("Close contract…", self.close_contract)
        self.withdraw = self._build("Withdraw contract…", self.withdraw_contract)
        self.reopen = self._build("Reopen contract…", self.reopen_contract, "Ctrl+Shift+R")
        self.delete = self._build("Delete contract…", self.delete_contract)
        self._sealed = {
            ActKind.SIGN: self.sign,
            ActKind.CLOSE: self.close,
            ActKind.WITHDRAW: self.withdraw,
            ActKind.REOPEN: self.reopen,
        }
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
        for action in self._sealed.values():
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.delete)
        return menu

    def update_state(self) -> None:
        """Offer what can be done with the contract that is chosen now."""
        chosen = self._chosen()
        for action in (self.open, self.copy):
            action.setEnabled(chosen is not None)
        self.delete.setEnabled(chosen is not None and chosen.status is ContractStatus.DRAFT)
        for kind, action in self._sealed.items():
            action.setEnabled(chosen is not None and chosen.status in kind.begins_at)

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

    # Sealed acts

    def sign_contract(self) -> None:
        """Ask for days, role and reason, then sign."""
        self._ask(ActKind.SIGN)

    def reopen_contract(self) -> None:
        """Ask for the reason, then take the last sealed act back."""
        self._ask(ActKind.REOPEN)

    def close_contract(self) -> None:
        """Ask for days, role and reason, then close."""
        self._ask(ActKind.CLOSE)

    def withdraw_contract(self) -> None:
        """Ask for days, role and reason, then withdraw."""
        self._ask(ActKind.WITHDRAW)

    def _ask(self, kind: ActKind) -> None:
        """Read the contract as it stands, and open the form of the act; what is sealed is what was read then."""
        chosen = self._chosen()
        if chosen is not None:
            job = self._session.read(lambda workspace: _ready(workspace, chosen.id, kind), key="sealed act")
            job.success(self._on_ready).start()

    def _on_ready(self, read: tuple[OpenContract, ActFacts]) -> None:
        opened, proposed = read
        dialog = ActDialog(opened, proposed, self._parent.window())
        dialog.accepted.connect(
            lambda: self._session.act(lambda workspace, _: sealing.seal(workspace, opened, dialog.facts)).start()
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _ready(workspace: Workspace, contract_id: int, kind: ActKind) -> tuple[OpenContract, ActFacts]:
    opened = contracts.open_contract(workspace, contract_id)
    return opened, sealing.proposed(workspace, opened, kind)


def _copy(workspace: Workspace, contract_id: int) -> Done[Stored[Contract]]:
    opened = contracts.open_contract(workspace, contract_id)
    reference = contracts.next_reference(workspace, opened.contract.start_on.year)
    return contracts.copy_contract(workspace, opened, reference)
