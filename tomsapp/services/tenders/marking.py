"""Evaluators mark the answers of bidders: the one reading of it, as the person who looks may see it.

The reading gives only what a person may see, so that no window can show more: no price and no social value at all, no
answer to an evaluator who has not confirmed that there is no conflict of interest, and no marks of others until all
have sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.acts import TenderActKind, standing
from tomsapp.domain.tender.choices import SET_UP, TenderStatus
from tomsapp.domain.tender.marking import have_all_sent, not_marked, not_moderated
from tomsapp.domain.tender.question import count_words
from tomsapp.domain.wording import plural
from tomsapp.exchange.tenders.pack_json import read_pack
from tomsapp.services.strange_batches import GivenFile
from tomsapp.services.tenders.marks_held import evaluator_called, files_to_mark, questions_to_mark, sees_marks
from tomsapp.services.tenders.offers import issued_packs, read_statements
from tomsapp.services.tenders.receiving import pack_contents

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.bid import Bid
    from tomsapp.domain.tender.marking import Evaluator, Mark, ModeratedMark
    from tomsapp.domain.tender.question import Question
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.receipts import ListedReceipt
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


class MarkingStage(Enum):
    """Where the marking of a tender stands; the value is how people read it."""

    NOT_ASKED = "Nothing is marked"
    """The tender asks no questions that give points."""
    CLOSED = "The offers are not opened"
    MARKING = "Marking"
    """Not all evaluators have sent."""
    MODERATING = "Moderating"
    """All have sent, and one mark is agreed for each answer."""
    FIXED = "Fixed"
    """The evaluation is frozen, or the tender was withdrawn."""


@dataclass(frozen=True, slots=True)
class AnsweredBid:
    """A bid as those who mark it see it.

    Attributes:
        id: its number in the database.
        sha256: of the offer file that counts.
        counts_since: when it came, or when it was admitted late: a mark that was given before is of another answer.
        answers: by the numbers of the questions; none where they are held back or the file cannot be read.
        trouble: why the file cannot be read; empty where it can.
    """

    id: int
    lot: int
    supplier: str
    sha256: str
    counts_since: datetime
    answers: Mapping[int, str] = field(default_factory=dict)
    trouble: str = ""

    def was_replaced_after(self, mark: Stored[Any]) -> bool:
        """Whether another offer counts since a mark was given."""
        return mark.saved_at is not None and mark.saved_at < self.counts_since

    def answer(self, question: int) -> str:
        """The answer to a question; empty where there is none."""
        return self.answers.get(question, "")

    def words(self, question: int) -> int:
        """How many words the answer to a question has."""
        return count_words(self.answer(question))


@dataclass(frozen=True, slots=True)
class Answers:
    """What bidders answered. Whoever shows it keeps it, so that the files are read once and not after each mark.

    Attributes:
        pack: the SHA-256 of the newest pack, whose questions these are.
        are_held_back: they are not shown to an evaluator who has not confirmed that there is no conflict.
    """

    pack: str
    questions: tuple[Question, ...]
    bids: tuple[AnsweredBid, ...]
    are_held_back: bool = False

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Every answer that is marked, by bid and question."""
        return tuple((bid.id, question.number) for bid in self.bids for question in self.questions)

    def is_of(self, pack: str, bare: Sequence[AnsweredBid], *, are_held_back: bool) -> bool:
        """Whether these are the answers of such bids to the questions of such a pack."""
        same = [replace(bid, answers={}, trouble="") for bid in self.bids] == list(bare)
        return same and (self.pack, self.are_held_back) == (pack, are_held_back)


@dataclass(frozen=True, slots=True)
class EvaluatorAtWork:
    """An evaluator with how many marks they have given, of how many."""

    stored: Stored[Evaluator]
    given: int
    of: int

    @property
    def words(self) -> str:
        """How far they are, and nothing more: "J. Patel has sent 9 of 9 marks."."""
        evaluator = self.stored.record
        if evaluator.sent_on is not None:
            return f"{evaluator.name} has sent {self.given} of {plural(self.of, 'mark')}."
        if not evaluator.may_mark:
            return f"{evaluator.name} has not confirmed yet that there is no conflict of interest."
        return f"{evaluator.name} has given {self.given} of {plural(self.of, 'mark')}."


@dataclass(frozen=True)
class OpenMarking:
    """The marking of a tender as one person sees it.

    Attributes:
        mine: who looks, as an evaluator; None where they do not evaluate.
        marks: their own, and of all evaluators once all have sent.
        moderated: the marks that count; none before all have sent.
    """

    tender_id: int
    stage: MarkingStage
    answers: Answers
    evaluators: tuple[EvaluatorAtWork, ...] = ()
    mine: EvaluatorAtWork | None = None
    marks: tuple[Stored[Mark], ...] = ()
    moderated: tuple[Stored[ModeratedMark], ...] = ()

    @property
    def may_mark(self) -> bool:
        """Whether who looks gives marks now."""
        is_open = self.stage is MarkingStage.MARKING
        return is_open and self.mine is not None and self.mine.stored.record.may_mark

    @property
    def are_seen(self) -> bool:
        """Whether all have sent, so that the marks of all are seen."""
        return bool(self.evaluators) and all(each.stored.record.sent_on is not None for each in self.evaluators)

    @cached_property
    def _marks(self) -> Mapping[tuple[int, int, int], Stored[Mark]]:
        return {(each.record.evaluator, each.record.bid, each.record.question): each for each in self.marks}

    @cached_property
    def _moderated(self) -> Mapping[tuple[int, int], Stored[ModeratedMark]]:
        return {(each.record.bid, each.record.question): each for each in self.moderated}

    def mark_of(self, evaluator: int, bid: int, question: int) -> Stored[Mark] | None:
        """What an evaluator gave to an answer; None where nothing is, or it is not seen."""
        return self._marks.get((evaluator, bid, question))

    def marks_at(self, bid: int, question: int) -> tuple[int, ...]:
        """The marks of an answer that are seen, by evaluators."""
        found = (self.mark_of(each.stored.id, bid, question) for each in self.evaluators)
        return tuple(each.record.mark for each in found if each is not None)

    def moderated_at(self, bid: int, question: int) -> Stored[ModeratedMark] | None:
        """The mark that counts of an answer; None where there is none yet."""
        return self._moderated.get((bid, question))

    @cached_property
    def left(self) -> tuple[tuple[int, int], ...]:
        """The answers, by bid and question, that wait: for a mark of who looks, or for a moderated one."""
        bids = [bid.id for bid in self.answers.bids]
        questions = [question.number for question in self.answers.questions]
        if self.stage is MarkingStage.MODERATING:
            return not_moderated((each.record for each in self.moderated), bids, questions)
        if self.mine is None or not self.may_mark:
            return ()
        return not_marked(self.mine.stored.id, (each.record for each in self.marks), bids, questions)


def open_marking(
    workspace: Workspace, tender_id: int, known: Answers | None = None, progress: Progress | None = None
) -> OpenMarking:
    """Read the marking of a tender as who works here may see it.

    Args:
        workspace: the open database, with who looks.
        tender_id: the number of the tender.
        known: the answers as they were read before; they are read again only where a file or the pack is another.
        progress: told how far it is.

    Raises:
        NotFound: there is no such tender.
        StoreError: kept bytes were changed behind the program.
        Cancelled: nobody waits for it any more.
    """
    with workspace.look() as uow:
        found = _look(uow, workspace.who, tender_id, known)
    answers = found.answers(progress)
    return OpenMarking(
        tender_id,
        found.stage(answers),
        answers,
        found.at_work(answers),
        found.mine(answers),
        found.marks,
        found.moderated,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read at one moment, only what the person may see of it.

    Attributes:
        given: which answers each evaluator has marked, by bid and question.
        known: the answers as they were read before; None where they are to be read again.
        bare: the bids without their answers.
        packs, files: the bytes to read the answers from.
    """

    tender: Tender
    me: Stored[Evaluator] | None
    evaluators: Sequence[Stored[Evaluator]]
    given: Mapping[int, Sequence[tuple[int, int]]]
    marks: tuple[Stored[Mark], ...]
    moderated: tuple[Stored[ModeratedMark], ...]
    known: Answers | None
    newest: str
    bare: tuple[AnsweredBid, ...]
    are_held_back: bool
    packs: Sequence[bytes] = ()
    files: Sequence[GivenFile] = ()

    def answers(self, progress: Progress | None) -> Answers:
        """The answers, read of the files unless these are known."""
        if self.known is not None:
            return self.known
        if not self.packs:
            return Answers("", (), ())
        pack = read_pack(self.packs[-1], "the newest pack").pack
        questions = tuple(each for each in pack.questions if each.number in questions_to_mark(pack))
        if self.are_held_back or not questions or not self.files:
            return Answers(self.newest, questions, self.bare, self.are_held_back)
        read = read_statements(issued_packs(self.packs), self.files, progress)
        return Answers(self.newest, questions, tuple(map(_answered, self.bare, read)))

    def stage(self, answers: Answers) -> MarkingStage:
        """Where the marking stands."""
        status = self.tender.status
        if status in SET_UP:
            return MarkingStage.CLOSED
        if not answers.questions:
            return MarkingStage.NOT_ASKED
        if status is not TenderStatus.OPENED:
            return MarkingStage.FIXED
        have_sent = have_all_sent([each.record for each in self.evaluators])
        return MarkingStage.MODERATING if have_sent else MarkingStage.MARKING

    def at_work(self, answers: Answers) -> tuple[EvaluatorAtWork, ...]:
        """The evaluators with how far they are."""
        places = set(answers.places)
        return tuple(
            EvaluatorAtWork(each, sum(place in places for place in self.given.get(each.id, ())), len(places))
            for each in self.evaluators
        )

    def mine(self, answers: Answers) -> EvaluatorAtWork | None:
        """Who looks, as an evaluator."""
        return next((each for each in self.at_work(answers) if each.stored is self.me), None)


def _answered(bid: AnsweredBid, read: Mapping[int, str] | TomsError) -> AnsweredBid:
    if isinstance(read, TomsError):
        return replace(bid, trouble=read.message)
    return replace(bid, answers=read)


def _bare(bid: Stored[Bid], receipt: ListedReceipt, admitted: Mapping[int | None, datetime]) -> AnsweredBid:
    file = receipt.judged.file
    since = max(file.received_at, admitted.get(file.number, file.received_at))
    return AnsweredBid(bid.id, bid.record.lot, bid.record.supplier, file.sha256, since)


def _look(uow: UnitOfWork, who: str, tender_id: int, known: Answers | None) -> _Found:
    tender, evaluators = uow.tenders.get(tender_id).record, uow.evaluators.of(tender_id)
    me = evaluator_called(evaluators, who)
    numbers = {each.id for each in evaluators}
    marks = [each for each in uow.marks.of_tender(tender_id) if each.record.evaluator in numbers]
    given: dict[int, list[tuple[int, int]]] = {}
    for each in marks:
        given.setdefault(each.record.evaluator, []).append((each.record.bid, each.record.question))
    all_sent = have_all_sent([each.record for each in evaluators])
    versions = uow.pack_versions.of(tender_id)
    found = files_to_mark(uow, tender_id) if tender.status not in SET_UP else ()
    kind, acts = TenderActKind.ADMIT_LATE, standing(uow.tender_acts.of(tender_id))
    admitted = {act.receipt: act.recorded_at for act in acts if act.kind is kind}
    read = _Found(
        tender,
        me,
        evaluators,
        given,
        tuple(each for each in marks if sees_marks(evaluators, who, each.record.evaluator)),
        tuple(uow.moderated.of_tender(tender_id)) if all_sent else (),
        known,
        versions[-1].sha256 if versions else "",
        tuple(_bare(bid, receipt, admitted) for bid, receipt in found),
        are_held_back=me is not None and not me.record.has_no_conflict,
    )
    if known is not None and known.is_of(read.newest, read.bare, are_held_back=read.are_held_back):
        return read
    files = () if read.are_held_back else found
    given_files = [GivenFile(bid.record.supplier, uow.received.content(each.file_id)) for bid, each in files]
    return replace(read, known=None, packs=pack_contents(uow, tender_id), files=given_files)
