"""The editor of a record of one commitment and quarter: a claim, an entry of the plan."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.gui.records.record_editor import RecordEditor


class Placed(Protocol):
    """What is of one commitment and quarter."""

    @property
    def commitment(self) -> str:
        """The key of the commitment."""

    @property
    def quarter(self) -> Quarter:
        """The quarter."""


P = TypeVar("P", bound=Placed)


class PlacedEditor(RecordEditor[P]):
    """Keeps what is typed of each quarter as a draft of its own."""

    @property
    def place(self) -> tuple[str, Quarter] | None:
        """The commitment and quarter that the form is of; None where it is of none."""
        record: Any = self.before.record if self.before else self._proposal
        return (record.commitment, record.quarter) if record else None

    def show_place(self, stored: Stored[P] | None, proposal: P) -> None:
        """Show what is saved of a quarter, or the form of a new record; what is typed into that form stays.

        Where somebody saved the quarter meanwhile, both are shown when this one is saved.
        """
        is_typing = self.before is None and self.place == (proposal.commitment, proposal.quarter) and self.is_changed
        if stored is None:
            if not is_typing:
                self.show_new(proposal)
        elif not is_typing:
            self.show_record(stored)
        elif stored.saved_by == self._session.who:
            draft = self.form.draft()
            self.forget_draft()
            self.show_record(stored)
            self.form.type_again(draft)
            self.form.edited.emit()
        else:
            who = stored.saved_by or "Somebody else"
            self.told.emit(f"{who} entered this quarter while you typed. Yours is shown; you choose when you save.")

    def _draft_name(self) -> str:
        if self.before is not None or self._proposal is None:
            return super()._draft_name()
        quarter = self._proposal.quarter
        return f"new {self._name} {self._proposal.commitment} {quarter.year} {quarter.number}"
