"""The editor of a record that is about one place: a claim of a quarter, a decision on one problem of a bid."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, TypeVar

from tomsapp.domain.history import Stored
from tomsapp.gui.records.record_editor import RecordEditor

R = TypeVar("R")
Place = tuple[object, ...]


class PlacedEditor(RecordEditor[R]):
    """Keeps what is typed of each place as a draft of its own.

    Attributes:
        met: what somebody else did who saved a record of the place first: "entered this quarter".
    """

    met: ClassVar[str]

    @abstractmethod
    def place_of(self, record: R) -> Place:
        """What a record is about: there is one for each."""

    @property
    def place(self) -> Place | None:
        """What the form is about; None where it is about nothing."""
        record = self.before.record if self.before else self._proposal
        return self.place_of(record) if record else None

    def show_place(self, stored: Stored[R] | None, proposal: R) -> None:
        """Show what is saved of a place, or the form of a new record; what is typed into that form stays.

        Where somebody saved one meanwhile, both are shown when this one is saved.
        """
        is_typing = self.before is None and self.place == self.place_of(proposal) and self.is_changed
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
            self.told.emit(f"{who} {self.met} while you typed. Yours is shown; you choose when you save.")

    def _draft_name(self) -> str:
        if self.before is not None or self._proposal is None:
            return super()._draft_name()
        return " ".join(map(str, ("new", self._name, *self.place_of(self._proposal))))
