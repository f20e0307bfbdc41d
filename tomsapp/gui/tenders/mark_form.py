"""The form of a mark, and of the mark that counts: the mark by its guide and the reason, kept as they are typed."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.tender.marking import MARK, Mark, ModeratedMark
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.mark_field import MarkField, digit_of, mark_fact_field
from tomsapp.gui.tenders.placed_editor import PlacedEditor
from tomsapp.services.changes import Done
from tomsapp.services.tenders.marks_given import check_moderated, give_mark, moderate
from tomsapp.services.workspace import Workspace


class OfAnswer(Protocol):
    """What is of one answer."""

    @property
    def bid(self) -> int:
        """The number of the bid."""

    @property
    def question(self) -> int:
        """The number of the question."""


M = TypeVar("M", bound=OfAnswer)
_FACTS = ("mark", "reason")


class MarkForm(RecordForm[M], Generic[M]):
    """A mark from 5 to 0 and why."""

    def __init__(self, kind: RecordType[M]) -> None:
        own = {"mark": lambda: mark_fact_field(kind.fact("mark"))}
        super().__init__(kind, own, [kind.fact(name) for name in _FACTS])

    @property
    def marks(self) -> MarkField:
        """The field of the mark."""
        return cast("MarkField", self.field("mark"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses a mark where the keyboard is in no text."""
        mark = digit_of(event)
        if mark is None:
            super().keyPressEvent(event)
        else:
            self.marks.choose(mark)
            self.marks.rows[mark].button.setFocus(Qt.FocusReason.ShortcutFocusReason)


class MarkActions:
    """Checks and saves the marks of the tender that is shown."""

    tender_id = 0

    def check(self, _workspace: Workspace, record: Mark, _number: int | None = None) -> list[Problem]:
        """What must be put right before the mark is given."""
        return MARK.problems(record)

    def add(self, workspace: Workspace, record: Mark) -> Done[Stored[Mark]]:
        """Give the mark."""
        return give_mark(workspace, self.tender_id, record)

    def save(self, workspace: Workspace, before: Stored[Mark], record: Mark) -> Done[Stored[Mark]]:
        """Give it over the one that was given before."""
        return give_mark(workspace, self.tender_id, record, before)


class ModeratedActions:
    """Checks and saves the marks that count in the tender that is shown."""

    tender_id = 0

    def check(self, workspace: Workspace, record: ModeratedMark, number: int | None = None) -> list[Problem]:
        """What must be put right before the mark is agreed, and what is asked of one that nobody gave."""
        return check_moderated(workspace, self.tender_id, record, number)

    def add(self, workspace: Workspace, record: ModeratedMark) -> Done[Stored[ModeratedMark]]:
        """Agree on the mark."""
        return moderate(workspace, self.tender_id, record)

    def save(
        self, workspace: Workspace, before: Stored[ModeratedMark], record: ModeratedMark
    ) -> Done[Stored[ModeratedMark]]:
        """Agree on another than before."""
        return moderate(workspace, self.tender_id, record, before)


class MarkEditor(PlacedEditor[M], Generic[M]):
    """Keeps what is typed of each answer as a draft of its own."""

    def __init__(self, session: Session, form: MarkForm[M], actions: Any) -> None:
        super().__init__(session, form, actions)
        self.actions, self.fields = actions, form

    @property
    def question(self) -> str:
        """What is asked where an agreed mark lies outside all that were given."""
        return "Is this mark meant?"

    @property
    def place(self) -> tuple[int, int] | None:
        """The bid and the question whose mark stands in the form; None where none does."""
        record = self.before.record if self.before else self._proposal
        return (record.bid, record.question) if record is not None else None

    def place_of(self, record: M) -> tuple[object, ...]:
        """The answer, and of one's own mark who gives it."""
        return getattr(record, "evaluator", 0), record.bid, record.question


def new_mark(evaluator: int, bid: int, question: int) -> Mark:
    """What the form of an answer begins with that has no mark: none is proposed."""
    return Mark(evaluator, bid, question, cast("int", None))


def new_moderated(bid: int, question: int) -> ModeratedMark:
    """What the form of an answer begins with on whose mark nobody has agreed: none is proposed."""
    return ModeratedMark(bid, question, cast("int", None))
