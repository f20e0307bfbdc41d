"""What can be done with a whole tender, from the list and from its page: open, copy, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.wording import listed, plural
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.actions import menu_of, new_action
from tomsapp.services.changes import Done
from tomsapp.services.tenders.facts import copy_tender, delete_tender, next_reference
from tomsapp.services.tenders.reading import OpenTender, open_tender
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChosenTender:
    """The tender that an action is for."""

    id: int
    reference: str
    status: TenderStatus


class TenderActions(QObject):
    """The actions on the tender that `chosen` gives; none of them is offered where it cannot be done."""

    opened = Signal(int)
    """Number of a tender to show: the chosen one, or its copy."""

    def __init__(self, session: Session, chosen: Callable[[], ChosenTender | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._chosen, self._parent = session, chosen, parent
        self.open = new_action(self, "Open tender", self._on_open)
        self.copy = new_action(self, "Copy tender", self.copy_chosen, "Ctrl+Shift+D")
        self.delete = new_action(self, "Delete tender…", self.delete_chosen)
        self.update_state()

    def menu(self, *, with_open: bool) -> QMenu:
        """A menu of the actions."""
        return menu_of(self._parent, (self.open, self.copy) if with_open else (self.copy,), (self.delete,))

    def update_state(self) -> None:
        """Offer what can be done with the tender that is chosen now."""
        chosen = self._chosen()
        for action in (self.open, self.copy):
            action.setEnabled(chosen is not None)
        self.delete.setEnabled(chosen is not None and chosen.status is TenderStatus.DRAFT)

    # What the user does

    def _on_open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.opened.emit(chosen.id)

    def copy_chosen(self) -> None:
        """Copy the tender with all that is set up of it under the next free reference, and open the copy."""
        chosen = self._chosen()
        if chosen is None:
            return
        job = self._session.act(
            lambda workspace, _: copy_of(workspace, chosen.id), lambda stored: self.opened.emit(stored.id)
        )
        job.start()

    def delete_chosen(self) -> None:
        """Ask, then delete; the undo bar and the history bring it back."""
        chosen = self._chosen()
        if chosen is not None and chosen.status is TenderStatus.DRAFT:
            job = self._session.read(lambda workspace: open_tender(workspace, chosen.id), key="delete tender")
            job.success(self._ask_to_delete).start()

    def _ask_to_delete(self, opened: OpenTender) -> None:
        reference, number = opened.tender.reference, opened.id
        goes = _what_goes(opened)
        sentence = f"{goes} with it. History keeps a copy." if goes else "History keeps a copy."
        if ask_first(self._parent, f"Delete {reference}?", [sentence], "Delete tender", "Keep tender"):
            self._session.act(lambda workspace, _: delete_tender(workspace, open_tender(workspace, number))).start()


def _what_goes(opened: OpenTender) -> str:
    """What is deleted with a tender: "2 lots, 20 measures and 3 questions go"; empty where nothing is set up of it."""
    counted = (
        (len(opened.lots), "lot"),
        (len(opened.measures), "measure"),
        (len(opened.questions), "question"),
    )
    told = [plural(count, noun) for count, noun in counted if count]
    if not told:
        return ""
    return f"{listed(told)} {'goes' if sum(count for count, _ in counted) == 1 else 'go'}"


def copy_of(workspace: Workspace, tender_id: int) -> Done[Stored[Tender]]:
    """Copy a tender under the next free reference of the year."""
    year = date.today().year  # noqa: DTZ011 - the year on the user's wall
    opened = open_tender(workspace, tender_id)
    return copy_tender(workspace, opened, next_reference(workspace, year, opened.tender.route))
