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
_PACK = "pack"


class NextVersion(NamedTuple):
    """What would be issued now: what is most likely said of it, and what it changes."""

    facts: TenderActFacts
    changes: tuple[str, ...]


class Issuer(QObject):
    """What the buttons that issue a version do, wherever they stand."""

    wants_problem = Signal(object)
    """The `SetUpProblem` that is to be put right first."""
    wants_toast = Signal(object)
    wants_tab = Signal(str, object)
    """Key of the tab to go to, as where bidders have all there is, and None."""
    looked = Signal()
    """What the next version would change was read."""
    issued = Signal(int)
    """The version that was issued."""
    stale = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._beside = session, parent
        self.dialog: IssueDialog | None = None
        self._opened: OpenTender | None = None
        self._following: NextVersion | None = None

    @property
    def has_changes(self) -> bool:
        """Whether there is a version to be issued; not before it is known that something differs from the last one."""
        return self._opened is None or not self._opened.versions or bool(self.changes)

    @property
    def changes(self) -> tuple[str, ...]:
        """What the next version would change, as it was read last."""
        return self._following.changes if self._following is not None else ()

    def take_up(self, opened: OpenTender | None) -> None:
        """Issue what was read last: what differs is told, also in the dialog that is open; what was typed stays."""
        before, self._opened = self._opened, opened
        if opened is None or before is None or before.id != opened.id:
            self._following = None
        if opened is None or (self._following is not None and before is not None and before.read == opened.read):
            return
        if opened.edition is not None and can_issue(opened):
            self._read_next(opened, lambda following: self._keep(opened, following), "changes for")

    def _keep(self, opened: OpenTender, following: NextVersion) -> None:
        self._following = following
        dialog = self.dialog if self.dialog is not None and isValid(self.dialog) else None
        if dialog is not None and dialog.isVisible():
            dialog.show_found(_warnings(opened), following.changes)
        self.looked.emit()

    def begin(self, opened: OpenTender) -> None:
        """Go to what is left first, or ask what issuing needs; to the pack where bidders have all there is."""
        self._opened = opened
        left = left_of(opened)
        if left and not opened.versions:
            self._go_to(left)
        else:
            self._read_next(opened, lambda following: self._go(opened, following), "next version for")

    def _go(self, opened: OpenTender, following: NextVersion) -> None:
        left = left_of(opened)
        if opened.versions and not following.changes:
            self.wants_tab.emit(_PACK, None)
        elif left:
            self._go_to(left)
        else:
            self._ask(opened, following)

    def _go_to(self, left: list[SetUpProblem]) -> None:
        announce(self._beside, left_words(left))
        self.wants_problem.emit(left[0])

    def _read_next(self, opened: OpenTender, then: Callable[[NextVersion], object], what: str) -> None:
        key = f"{what} {self._beside.accessibleName()}"
        self._session.read(lambda workspace: read_next(workspace, opened), key=key).success(then).start()

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


def show_first(come: QWidget, go: QWidget) -> None:
    """Show one button in place of another, and give it the keyboard: behind a dialog Qt would leave it where it is."""
    come.show()
    if go.window().focusWidget() is go:
        come.setFocus()
    go.hide()


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
