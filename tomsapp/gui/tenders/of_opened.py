"""What a form does with a record that belongs to the tender as it was read last."""

from __future__ import annotations

from typing import Generic, TypeVar

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.services.changes import Done
from tomsapp.services.failures import StoreError
from tomsapp.services.tenders.parts import PartActions
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.workspace import Workspace

R = TypeVar("R")


class OfOpened(Generic[R]):
    """The `Actions` of a form for lots, measures or questions, whichever reading of their tender is the last."""

    def __init__(self, actions: PartActions[R]) -> None:
        self._actions = actions
        self.opened: OpenTender | None = None

    def check(self, workspace: Workspace, record: R, number: int | None = None) -> list[Problem]:
        """What must be put right before it can be saved, and what is to be asked first."""
        return self._actions.check(workspace, self._known(), record, number)

    def add(self, workspace: Workspace, record: R) -> Done[Stored[R]]:
        """Record a new one."""
        return self._actions.form(self._known()).add(workspace, record)

    def save(self, workspace: Workspace, before: Stored[R], record: R) -> Done[Stored[R]]:
        """Save it over the state that the user started from."""
        return self._actions.save(workspace, self._known(), before, record)

    def _known(self) -> OpenTender:
        if self.opened is None:
            raise StoreError("The tender is not open any more", "Open it again")
        return self.opened
