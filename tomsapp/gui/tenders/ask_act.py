"""Asks for what an act on an evaluation needs, and does it: the same way from every tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.gui.widgets.dialog_parts import open_once

if TYPE_CHECKING:
    from tomsapp.domain.problems import Problem
    from tomsapp.gui.jobs import Job
    from tomsapp.gui.session import Session
    from tomsapp.gui.tenders.act_dialog import TenderActDialog
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.evaluating import OpenEvaluation
    from tomsapp.services.workspace import Workspace

Act = Callable[["Workspace", "OpenEvaluation", TenderActFacts, datetime], "Done[int]"]
Check = Callable[["Workspace", "OpenEvaluation", TenderActFacts, datetime], "list[Problem]"]


def _as_it_is(facts: TenderActFacts) -> TenderActFacts:
    return facts


class ActAsker(QObject):
    """Opens the dialog of an act on the evaluation that `evaluation` gives."""

    refused = Signal()
    """Somebody else may have been first, so the tender is to be read again."""

    def __init__(self, session: Session, parent: QWidget, evaluation: Callable[[], OpenEvaluation | None]) -> None:
        super().__init__(parent)
        self._session, self._parent, self._evaluation = session, parent, evaluation
        self.dialog: TenderActDialog | None = None

    def ask(
        self,
        kind: TenderActKind,
        title: str,
        says: Sequence[str],
        go: str,
        check: Check,
        act: Act,
        about: Callable[[TenderActFacts], TenderActFacts] = _as_it_is,
        asks: Sequence[str] = (),
    ) -> None:
        """Ask who does an act, and do it; `asks` names facts that are asked beside the usual ones."""
        from tomsapp.services.tenders.acts import proposed

        def ask(facts: TenderActFacts) -> None:
            self._open(about(facts), title, says, go, check, act, asks)

        self._session.read(lambda workspace: proposed(workspace, kind)).success(ask).start()

    def _open(
        self,
        facts: TenderActFacts,
        title: str,
        says: Sequence[str],
        go: str,
        check: Check,
        act: Act,
        asks: Sequence[str],
    ) -> None:
        from tomsapp.gui.tenders.act_dialog import TenderActDialog

        first = self._evaluation()
        if first is None:
            return

        def now() -> OpenEvaluation:
            """As it was last read: somebody may have been first."""
            return self._evaluation() or first

        def checked(said: TenderActFacts) -> Job[list[Problem]]:
            return self._session.read(lambda workspace: check(workspace, now(), said, _moment()))

        dialog = TenderActDialog(title, says, go, facts, checked, self._parent.window(), asks)

        def save() -> Job[Done[int]]:
            evaluation, said = now(), dialog.record
            return self._session.act(lambda own, _progress: act(own, evaluation, said, _moment()))

        dialog.close_when_saved(save, self.refused.emit, self._session.jobs.failed.emit)
        self.dialog = dialog
        open_once(dialog)


def _moment() -> datetime:
    return datetime.now().astimezone()
