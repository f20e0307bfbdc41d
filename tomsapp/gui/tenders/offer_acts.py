"""The sealed acts on what was received: the offers are opened, early with a reason, and a late file is admitted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind
from tomsapp.domain.wording import plural
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.act_dialog import TenderActDialog
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.tenders.acts import ToSeal, check_act, proposed
from tomsapp.services.tenders.opening import admit_late, open_offers

if TYPE_CHECKING:
    from tomsapp.domain.problems import Problem
    from tomsapp.gui.jobs import Job
    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked before an act is done."""

    kind: TenderActKind
    title: str
    says: Sequence[str]
    go: str
    receipt: int | None = None


class OfferActs(QObject):
    """Asks over the window of `parent`, then does it; what was said is kept until it is done."""

    told = Signal(object)
    """A `Toast` that says what was done."""
    stale = Signal()

    def __init__(self, session: Session, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._now, self._parent = session, now, parent
        self._said: TenderActFacts | None = None
        self.dialog: TenderActDialog | None = None

    def forget(self) -> None:
        """Another tender is shown: what was said of the one before is not proposed any more."""
        self._said = None

    def ask_to_open(self, opened: OpenTender, counting: int, *, is_early: bool) -> None:
        """Ask for what opening the offers needs; before the deadline the reason too."""
        offers = plural(counting, "offer")
        says = [
            f"All files are read whole, and of each bidder and lot the one that counts becomes a bid: {offers} now.",
            "The time, your name and your role go on record. What was seen cannot be unseen: this is never taken back.",
        ]
        if is_early:
            says.append("The deadline has not passed. The reason stands in every report of this tender.")
            question = _Question(TenderActKind.OPEN_EARLY, "Open the offers early", says, "Open early")
        else:
            question = _Question(TenderActKind.OPEN, f"Open {offers}", says, f"Open {offers}")
        self._ask(opened, question, self._open)

    def ask_to_admit(self, opened: OpenTender, number: int) -> None:
        """Ask why a late file is to count."""
        says = [
            f"Receipt {number} counts then as if it had come in time, and replaces what came before it.",
            "Your name and the reason stand in the receipt, and in every report of this tender.",
        ]
        title = f"Admit receipt {number} late"
        question = _Question(TenderActKind.ADMIT_LATE, title, says, "Admit the file", number)
        self._ask(opened, question, self._admit)

    def _ask(
        self, opened: OpenTender, question: _Question, then: Callable[[OpenTender, TenderActFacts], object]
    ) -> None:
        said, kind = self._said, question.kind

        def ask(facts: TenderActFacts) -> None:
            facts = replace(facts, done_on=self._now().date(), receipt=question.receipt)
            if said is not None and (said.kind, said.receipt) == (kind, question.receipt):
                facts = replace(facts, role=said.role, reason=said.reason)
            parent = self._parent.window()
            dialog = TenderActDialog(
                question.title, question.says, question.go, facts, lambda each: self._check(opened, each), parent
            )
            dialog.accepted.connect(lambda: then(opened, dialog.record))
            self.dialog = dialog
            open_once(dialog)

        self._session.read(lambda workspace: proposed(workspace, kind), key="tender act").success(ask).start()

    def _check(self, opened: OpenTender, said: TenderActFacts) -> Job[list[Problem]]:
        late = frozenset({said.receipt}) if said.receipt is not None else frozenset()
        return self._session.read(lambda _workspace: check_act(opened, said, self._now(), ToSeal(late=late)))

    def _open(self, opened: OpenTender, facts: TenderActFacts) -> None:
        def task(workspace: Workspace, progress: Progress) -> Done[int]:
            return open_offers(workspace, opened, facts, self._now(), progress)

        self._act(facts, task, "The offers are open", "Opening the offers")

    def _admit(self, opened: OpenTender, facts: TenderActFacts) -> None:
        def task(workspace: Workspace, _progress: Progress) -> Done[int]:
            return admit_late(workspace, opened, facts, self._now())

        self._act(facts, task, f"Receipt {facts.receipt} is admitted", "")

    def _act(
        self, facts: TenderActFacts, task: Callable[[Workspace, Progress], Done[int]], done: str, title: str
    ) -> None:
        self._said = facts

        def on_done(_number: int) -> None:
            self._said = None
            self.told.emit(Toast(done, icon="folder-open"))

        job = self._session.act(task, on_done, title=title).failure(self._on_refused)
        job.cancelled(lambda: self.told.emit(Toast("Stopped: nothing was opened", icon="info"))).start()

    def _on_refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self.stale.emit()
