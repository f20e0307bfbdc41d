"""Issues a version of a tender's pack: says what is left first, and asks once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tomsapp.domain.errors import as_sentence
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind, newest_version
from tomsapp.domain.tender.choices import SET_UP, TenderStatus
from tomsapp.domain.tender.setup import SetUpProblem
from tomsapp.domain.wording import plural, small_first
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.issue_dialog import IssueDialog
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.tenders.acts import proposed
from tomsapp.services.tenders.issuing import check_issue, issue, next_pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from tomsapp.domain.problems import Problem
    from tomsapp.gui.jobs import Job
    from tomsapp.services.changes import Done
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace


class NextVersion(NamedTuple):
    """What would be issued now: what is most likely said of it, and what it changes."""

    facts: TenderActFacts
    changes: tuple[str, ...]


class Issuer(QObject):
    """What the buttons that issue a version do, wherever they stand."""

    wants_problem = Signal(object)
    """The `SetUpProblem` that is to be put right first."""
    wants_toast = Signal(object)
    issued = Signal(int)
    """The version that was issued."""
    stale = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._beside = session, parent
        self.dialog: IssueDialog | None = None
        self._opened: OpenTender | None = None

    def take_up(self, opened: OpenTender | None) -> None:
        """Issue what was read last: what differs is shown in the dialog that is open, and what was typed stays."""
        before, self._opened = self._opened, opened
        dialog = self.dialog if self.dialog is not None and isValid(self.dialog) else None
        if opened is None or dialog is None or not dialog.isVisible() or before is None or before.id != opened.id:
            return
        if before.read != opened.read:
            self._read_next(opened, lambda following: dialog.show_found(_warnings(opened), following.changes))

    def begin(self, opened: OpenTender) -> None:
        """Go to what is left first, or ask what issuing needs."""
        self._opened = opened
        left = left_of(opened)
        if left:
            announce(self._beside, left_words(left))
            self.wants_problem.emit(left[0])
        else:
            self._read_next(opened, lambda following: self._ask(opened, following))

    def _read_next(self, opened: OpenTender, then: Callable[[NextVersion], object]) -> None:
        job = self._session.read(lambda workspace: read_next(workspace, opened), key="next version")
        job.success(then).start()

    def _ask(self, opened: OpenTender, following: NextVersion) -> None:
        def check(facts: TenderActFacts) -> Job[list[Problem]]:
            newest = self._opened or opened
            return self._session.read(lambda workspace: check_issue(workspace, newest, facts, _now()))

        def saving() -> Job[Done[int]]:
            newest, facts = self._opened or opened, dialog.facts
            return self._session.act(
                lambda workspace, _progress: issue(workspace, newest, facts, _now()), self._on_issued
            )

        reference, window = opened.tender.reference, self._beside.window()
        dialog = IssueDialog(reference, following.facts, _warnings(opened), following.changes, check, window)
        dialog.close_when_saved(saving, self.stale.emit, self._session.jobs.failed.emit)
        self.dialog = open_once(dialog)

    def _on_issued(self, version: int) -> None:
        self.wants_toast.emit(Toast(f"Version {version} is issued", icon="lock"))
        self.issued.emit(version)
        self.stale.emit()


def _now() -> datetime:
    return datetime.now().astimezone()


def _warnings(opened: OpenTender) -> list[str]:
    """What issuing confirms."""
    warnings = (each.problem for each in opened.problems if each.problem.severity is Severity.WARNING)
    return [as_sentence(problem.message) for problem in warnings]


def left_of(opened: OpenTender) -> list[SetUpProblem]:
    """What must be put right before the next version can be issued, by its steps."""
    return [each for each in opened.problems if each.is_error]


def left_words(left: list[SetUpProblem]) -> str:
    """How much is left, and what is first: "3 things are left. First: question 2 has no weight"."""
    things = plural(len(left), "thing is left", "things are left")
    return f"{things}. First: {small_first(left[0].problem.message)}"


def next_version(opened: OpenTender) -> int:
    """The version that would be issued now."""
    return newest_version(opened.acts) + 1


def can_issue(opened: OpenTender) -> bool:
    """Whether a version can still be issued at all."""
    return opened.tender.status in SET_UP


def read_next(workspace: Workspace, opened: OpenTender) -> NextVersion:
    """What would be issued now, with what it changes since the version before."""
    kind = TenderActKind.ISSUE if opened.tender.status is TenderStatus.DRAFT else TenderActKind.AMEND
    facts = replace(proposed(workspace, kind), version=next_version(opened))
    changes = () if kind is TenderActKind.ISSUE else next_pack(workspace, opened, _now()).pack.changes
    return NextVersion(facts, changes)
