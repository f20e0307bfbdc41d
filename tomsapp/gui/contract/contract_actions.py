"""What can be done with a whole contract: open, copy, delete, and its sealed acts; from the list and its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.history import Stored
from tomsapp.domain.seal import ActFacts, ActKind
from tomsapp.domain.wording import plural
from tomsapp.gui.contract.act_dialog import ActDialog
from tomsapp.gui.contract.due_file import save_due
from tomsapp.gui.dialogs.made_report import preview_report
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.jobs import Job
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.actions import menu_of, new_action
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.services import contracts, sealing, variations
from tomsapp.services.changes import Done
from tomsapp.services.contracts import OpenContract
from tomsapp.services.due import HAS_DUES, contract_calendar
from tomsapp.services.hand_over import HAS_HAND_OVER, hand_over_report
from tomsapp.services.workspace import Workspace

_ACTS = {
    ActKind.SIGN: "",
    ActKind.VARY: "Ctrl+Shift+V",
    ActKind.CLOSE: "",
    ActKind.WITHDRAW: "",
    ActKind.REOPEN: "Ctrl+Shift+R",
}
"""The sealed acts in the order of the menu, each with its key."""


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
    variation_wanted = Signal(int)
    """Number of the variation whose draft is to be opened."""
    toast = Signal(object)
    """A `Toast` about what was done."""

    def __init__(self, session: Session, chosen: Callable[[], ChosenContract | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._chosen, self._parent = session, chosen, parent
        self.open = new_action(self, "Open contract", self._on_open)
        self.copy = new_action(self, "Copy contract", self.copy_contract, "Ctrl+Shift+D")
        self.sealed = {
            kind: new_action(self, f"{kind.words} contract…", partial(self.ask, kind), keys)
            for kind, keys in _ACTS.items()
        }
        self.delete = new_action(self, "Delete contract…", self.delete_contract)
        self.hand_over = new_action(self, "Hand-over sheet", self.show_hand_over, "Ctrl+Shift+H")
        self.calendar = new_action(self, "What is due as a calendar file…", self.save_calendar)
        self.update_state()

    def menu(self, *, with_open: bool) -> QMenu:
        """A menu of the actions."""
        first = (self.open, self.copy) if with_open else (self.copy,)
        return menu_of(self._parent, first, self.papers, self.sealed.values(), (self.delete,))

    @property
    def papers(self) -> tuple[QAction, ...]:
        """What is made of a signed contract for whoever manages it."""
        return (self.hand_over, self.calendar)

    def go_on(self) -> None:
        """Go on with the draft of a variation of the contract."""
        self.ask(ActKind.VARY)

    def update_state(self) -> None:
        """Offer what can be done with the contract that is chosen now."""
        chosen = self._chosen()
        for action in (self.open, self.copy):
            action.setEnabled(chosen is not None)
        self.delete.setEnabled(chosen is not None and chosen.status is ContractStatus.DRAFT)
        self.hand_over.setEnabled(chosen is not None and chosen.status in HAS_HAND_OVER)
        self.calendar.setEnabled(chosen is not None and chosen.status is HAS_DUES)
        for kind, action in self.sealed.items():
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
        job = self._session.act(
            lambda workspace, _: _copy(workspace, chosen.id), lambda stored: self.opened.emit(stored.id)
        )
        job.start()

    def delete_contract(self) -> None:
        """Ask, then delete; the undo bar and the history bring it back."""
        chosen = self._chosen()
        if chosen is None:
            return
        goes = plural(chosen.commitments, "commitment goes", "commitments go")
        sentence = f"{f'Its {goes} with it. ' if chosen.commitments else ''}History keeps a copy."
        if ask_first(self._parent, f"Delete {chosen.reference}?", [sentence], "Delete contract", "Keep contract"):
            delete, read = contracts.delete_contract, contracts.open_contract
            self._session.act(lambda workspace, _: delete(workspace, read(workspace, chosen.id))).start()

    # What is handed over

    def show_hand_over(self) -> None:
        """Make the hand-over sheet of a signed contract, and show it in the preview."""
        chosen = self._chosen()
        if chosen is None or chosen.status not in HAS_HAND_OVER:
            return
        preview_report(
            self._session,
            self._parent,
            lambda workspace, today, progress: hand_over_report(workspace, chosen.id, today, progress),
            "hand-over-pdf",
            "Making the hand-over sheet",
        )

    def save_calendar(self) -> None:
        """Ask where to save everything that is due of a signed contract as a calendar file."""
        chosen = self._chosen()
        if chosen is not None and chosen.status is HAS_DUES:
            save_due(
                self._session,
                self._parent,
                f"{chosen.reference} what is due",
                lambda workspace, now: contract_calendar(workspace, chosen.id, now),
                self.toast.emit,
            )

    # Sealed acts

    def ask(self, kind: ActKind) -> None:
        """Read the contract as it stands, and open the form of the act; what is sealed is what was read then.

        A variation has a window of its own, in which it is drafted first.
        """
        chosen = self._chosen()
        if chosen is not None and kind is ActKind.VARY:
            self.vary(chosen.id)
        elif chosen is not None:
            job = self._session.read(lambda workspace: _ready(workspace, chosen.id, kind), key="sealed act")
            job.success(self._on_ready).start()

    def vary(self, contract_id: int) -> None:
        """Ask for the draft of a variation: the one that there is, or a new one."""
        job = self._session.act(
            lambda workspace, _: variations.begin(workspace, contracts.open_contract(workspace, contract_id)),
            lambda stored: self.variation_wanted.emit(stored.id),
        )
        job.start()

    def _on_ready(self, read: tuple[OpenContract, ActFacts]) -> None:
        opened, proposed = read
        dialog = ActDialog(opened, proposed, self._parent.window())
        number, kind = opened.stored.id, proposed.kind

        def read_again() -> None:
            """What is sealed is what was seen: where somebody was first, that is the contract as it is now."""
            job = self._session.read(lambda workspace: _ready(workspace, number, kind)[0], key="sealed act")
            job.success(dialog.take_up).only_while(lambda: isValid(dialog)).start()

        def save() -> Job[Done[Stored[Contract]]]:
            seen, facts = dialog.opened, dialog.facts
            return self._session.act(lambda workspace, _: sealing.seal(workspace, seen, facts))

        dialog.close_when_saved(save, read_again, self._session.jobs.failed.emit)
        open_once(dialog)


def _ready(workspace: Workspace, contract_id: int, kind: ActKind) -> tuple[OpenContract, ActFacts]:
    opened = contracts.open_contract(workspace, contract_id)
    return opened, sealing.proposed(workspace, opened, kind)


def _copy(workspace: Workspace, contract_id: int) -> Done[Stored[Contract]]:
    opened = contracts.open_contract(workspace, contract_id)
    reference = contracts.next_reference(workspace, opened.contract.start_on.year)
    return contracts.copy_contract(workspace, opened, reference)
