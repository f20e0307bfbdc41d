"""The editor of records that stand one for each place of a list or grid: a draft is kept for each place of its own."""

from __future__ import annotations

from typing import Generic, TypeVar

from tomsapp.domain.history import Stored
from tomsapp.gui.records.record_editor import RecordEditor

R = TypeVar("R")


class PlacedEditor(RecordEditor[R], Generic[R]):
    """Follows the place that is chosen; what is typed into the form of a new record stays while it is the same."""

    def place_of(self, record: R) -> tuple[object, ...]:
        """What a record is about, by which it is known before it is saved."""
        raise NotImplementedError

    def show_place(self, stored: Stored[R] | None, proposal: R) -> None:
        """Show what is saved of a place, or the form of a new record of it."""
        own = self._proposal
        is_same = self.before is None and own is not None and self.place_of(own) == self.place_of(proposal)
        if stored is not None:
            if is_same and self.is_changed:
                draft = self.form.draft()
                self.forget_draft()
                self.show_record(stored)
                self.form.type_again(draft)
            else:
                self.show_record(stored)
        elif not (is_same and self.is_changed):
            self.show_new(proposal)

    def _draft_name(self) -> str:
        if self.before is not None or self._proposal is None:
            return super()._draft_name()
        return " ".join(map(str, ("new", self._name, *self.place_of(self._proposal))))
