"""Marking files that come back, held against what the database has. Saves nothing.

Whoever brings a file in sees how many marks are new or changed, and not the marks, unless they may see them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity, Where, has_errors, problem_at
from tomsapp.domain.tender.marking import Evaluator, Mark, have_all_sent
from tomsapp.domain.wording import format_date, plural
from tomsapp.exchange.offer_file import MOST_BYTES, refusal
from tomsapp.exchange.tenders.marking_file import MARKS
from tomsapp.reading import source
from tomsapp.reading.receipt import receipt_of
from tomsapp.services.strange_batches import GivenFile
from tomsapp.services.tenders.marks_held import evaluator_called, files_to_mark
from tomsapp.services.tenders.strange_markings import read_marking_files

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.history import Stored
    from tomsapp.exchange.tenders.marking_file import MarkingFile, StatedMark
    from tomsapp.reading.receipt import Receipt
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


class MarkChange(Enum):
    """What a file does to a mark; the value is how people read it."""

    NEW = "New"
    CHANGED = "Changed"
    SAME = "As it was"
    BLANK = "No mark yet"

    @property
    def is_saved(self) -> bool:
        """Whether something is saved."""
        return self in {MarkChange.NEW, MarkChange.CHANGED}


@dataclass(frozen=True, slots=True)
class ComparedMark:
    """A mark of a file beside what is there.

    Attributes:
        bid: what the bid is called: "Meridian, lot 1".
        was, now: the marks; None where there is none, or whoever brings the file in may not see them.
    """

    bid: str
    question: int
    change: MarkChange
    was: int | None = None
    now: int | None = None


class FileState(Enum):
    """How a marking file stands; the value is how people read it."""

    READY = "Ready"
    NOTHING_NEW = "Nothing new"
    WRONG = "Has errors"
    UNREADABLE = "Cannot be read"


@dataclass(frozen=True, slots=True)
class ReadMarking:
    """A marking file beside what the database has.

    Attributes:
        evaluator: whose it is, as it was looked at; None where that is not known.
        lines: every answer with what the file does to its mark.
        becomes: the evaluator as the file leaves them: confirmed, sent.
        sends: whether the file sends all marks.
        are_seen: whether whoever brings it in may see the marks.
        changes: what is saved, and shown to nobody: each mark as it was, None where there was none, and as it will be.
    """

    name: str
    receipt: Receipt | None
    evaluator: Stored[Evaluator] | None = None
    lines: tuple[ComparedMark, ...] = ()
    becomes: Evaluator | None = None
    sends: bool = False
    are_seen: bool = False
    problems: tuple[Problem, ...] = ()
    changes: tuple[tuple[Stored[Mark] | None, Mark], ...] = ()

    @property
    def state(self) -> FileState:
        """How it stands."""
        if self.evaluator is None or self.becomes is None:
            return FileState.UNREADABLE
        if has_errors(self.problems):
            return FileState.WRONG
        is_new = self.changes or self.sends or self.becomes != self.evaluator.record
        return FileState.READY if is_new else FileState.NOTHING_NEW

    def count(self, change: MarkChange) -> int:
        """How many marks it changes in this way."""
        return sum(line.change is change for line in self.lines)

    @property
    def words(self) -> str:
        """What it does: "4 new marks, 1 changed, 4 as they were. J. Patel sends them all."."""
        if self.state is FileState.UNREADABLE or self.evaluator is None:
            return ""
        told = [
            plural(self.count(MarkChange.NEW), "new mark"),
            f"{self.count(MarkChange.CHANGED)} changed",
            f"{self.count(MarkChange.SAME)} as they were",
        ]
        blank = self.count(MarkChange.BLANK)
        told += [f"{plural(blank, 'answer')} without a mark"] if blank else []
        ends = f"{self.evaluator.record.name} sends them all" if self.sends else "They are not sent yet"
        is_sent = self.evaluator.record.sent_on is not None
        return f"{', '.join(told)}. {f'{self.evaluator.record.name} has sent them' if is_sent else ends}."


def read_marking(
    workspace: Workspace, tender_id: int, paths: Sequence[Path], progress: Progress | None = None
) -> tuple[ReadMarking, ...]:
    """Read marking files and hold each against what the database has. Saves nothing.

    Raises:
        NotFound: there is no such tender.
        Cancelled: nobody waits for it any more.
    """
    now = datetime.now(UTC)
    opened = [(path, source.read_bytes(path, MOST_BYTES)) for path in paths]
    given = [GivenFile(path.name, data) for path, data in opened if not isinstance(data, Problem)]
    read = iter(read_marking_files(given, progress))
    with workspace.look() as uow:
        ground = _Ground.of(uow, workspace.who, workspace.database_mark(), tender_id)
    found = []
    for path, data in opened:
        if isinstance(data, Problem):
            found.append(_unreadable(path.name, None, refusal(data)))
            continue
        receipt, each = receipt_of(data, path.name, now), next(read)
        if isinstance(each, TomsError):
            found.append(_unreadable(path.name, receipt, each))
        else:
            found.append(_compared(ground, path.name, receipt, each))
    return tuple(_without_twins(found))


def _unreadable(name: str, receipt: Receipt | None, error: TomsError) -> ReadMarking:
    problem = problem_at("marking-unreadable", error.message, error.fix, Where(name))
    return ReadMarking(name, receipt, problems=(problem,))


def _without_twins(found: Sequence[ReadMarking]) -> Iterator[ReadMarking]:
    """Of two files of one evaluator neither is taken by guess."""
    for each in found:
        others = [
            other.name
            for other in found
            if other is not each
            and each.evaluator is not None
            and other.evaluator is not None
            and other.evaluator.id == each.evaluator.id
        ]
        if others and each.evaluator is not None:
            message = f"{others[0]} is also of {each.evaluator.record.name}"
            problem = problem_at("marking-twice", message, "Read the one alone that holds", Where(each.name))
            yield replace(each, problems=(*each.problems, problem))
        else:
            yield each


@dataclass(frozen=True, slots=True)
class _Ground:
    """What files are held against."""

    who: str
    database: str
    tender_id: int
    reference: str
    pack: str
    evaluators: Sequence[Stored[Evaluator]]
    bids: Mapping[int, tuple[str, str]]
    marks: Mapping[tuple[int, int, int], Stored[Mark]]

    @classmethod
    def of(cls, uow: UnitOfWork, who: str, database: str, tender_id: int) -> _Ground:
        """What there is at the moment of a transaction."""
        versions = uow.pack_versions.of(tender_id)
        return cls(
            who,
            database,
            tender_id,
            uow.tenders.get(tender_id).record.reference,
            versions[-1].sha256 if versions else "",
            uow.evaluators.of(tender_id),
            {bid.id: (bid.record.name, receipt.judged.file.sha256) for bid, receipt in files_to_mark(uow, tender_id)},
            {
                (each.record.evaluator, each.record.bid, each.record.question): each
                for each in uow.marks.of_tender(tender_id)
            },
        )


def _compared(ground: _Ground, name: str, receipt: Receipt, read: MarkingFile) -> ReadMarking:
    foreign = _foreign(ground, name, read)
    evaluator = next((each for each in ground.evaluators if each.id == read.stamp.evaluator_id), None)
    if foreign is not None or evaluator is None:
        problem = foreign or problem_at(
            "evaluator-missing",
            f"{read.stamp.evaluator} does not evaluate {ground.reference} any more",
            "Add them to its evaluators, and make the file again",
            Where(name),
        )
        return ReadMarking(name, receipt, problems=(*read.problems, problem))
    all_sent = have_all_sent([each.record for each in ground.evaluators])
    mine = evaluator_called([evaluator], ground.who)
    are_seen = all_sent or mine is not None
    lines, changes = [], []
    for each in read.marks:
        held = ground.marks.get((evaluator.id, each.bid, each.question))
        change = _change_of(held, each)
        was = held.record.mark if held is not None and are_seen else None
        called = ground.bids.get(each.bid, (f"bid {each.bid}", ""))[0]
        lines.append(ComparedMark(called, each.question, change, was, each.mark if are_seen else None))
        if change.is_saved and each.mark is not None:
            changes.append((held, Mark(evaluator.id, each.bid, each.question, each.mark, each.reason)))
    has_sent = evaluator.record.sent_on is not None
    becomes = evaluator.record if has_sent else _becomes(evaluator.record, read)
    problems = (*read.problems, *_problems(ground, name, read, evaluator.record, becomes, changes))
    sends = read.is_sent and not has_sent
    return ReadMarking(name, receipt, evaluator, tuple(lines), becomes, sends, are_seen, problems, tuple(changes))


def _foreign(ground: _Ground, name: str, read: MarkingFile) -> Problem | None:
    stamp = read.stamp
    if stamp.database != ground.database:
        message = f"It was made for {stamp.tender} in another database"
        return problem_at("other-database", message, "Read it in the database that it was made in", Where(name))
    if stamp.tender_id != ground.tender_id:
        message = f"It was made for {stamp.tender}, and this is {ground.reference}"
        return problem_at("other-tender", message, f"Read it in the tender {stamp.tender}", Where(name))
    if stamp.pack != ground.pack:
        message = "It was made with another version of the pack"
        return problem_at("other-pack", message, "Make the file again, and have it filled in anew", Where(name))
    return None


def _change_of(held: Stored[Mark] | None, each: StatedMark) -> MarkChange:
    if each.mark is None:
        return MarkChange.BLANK
    if held is None:
        return MarkChange.NEW
    same = (held.record.mark, held.record.reason.strip()) == (each.mark, each.reason.strip())
    return MarkChange.SAME if same else MarkChange.CHANGED


def _becomes(evaluator: Evaluator, read: MarkingFile) -> Evaluator:
    """The evaluator with what the file confirms; what was confirmed before stays."""
    if evaluator.has_no_conflict or not read.has_no_conflict:
        return evaluator
    return replace(evaluator, has_no_conflict=True, confirmed_on=read.confirmed_on)


def _problems(
    ground: _Ground,
    name: str,
    read: MarkingFile,
    evaluator: Evaluator,
    becomes: Evaluator,
    changes: Sequence[object],
) -> Iterator[Problem]:
    """What is wrong with a file beside what is there; no message says a mark."""

    def said(code: str, message: str, fix: str, severity: Severity = Severity.ERROR, row: int | None = None) -> Problem:
        return problem_at(code, message, fix, Where(name, MARKS if row else "", row), severity)

    if read.stamp.evaluator != evaluator.name:
        message = f"{evaluator.name} was called {read.stamp.evaluator} when the file was made"
        yield said("evaluator-renamed", message, "Nothing, if it is the same person", Severity.NOTE)
    if evaluator.sent_on is not None and changes:
        message = f"{evaluator.name} sent other marks on {format_date(evaluator.sent_on)}"
        yield said("sent-already", message, "Have them taken back first, as long as not all have sent")
    if not becomes.may_mark and evaluator.sent_on is None and (changes or read.is_sent):
        message = f"{evaluator.name} has not confirmed that there is no conflict of interest"
        yield said("not-confirmed", message, "Have it confirmed on the sheet Confirm")
    if becomes.confirmed_on is not None and becomes.confirmed_on > date.today():  # noqa: DTZ011 - the user's day
        yield said("confirmed-later", "The day of the confirmation is still to come", "Have the day put right")
    for place, sha256 in read.answers.items():
        bid, row = ground.bids.get(place[0]), read.rows.get(place)
        if bid is None:
            yield said("bid-missing", "The bid of this row is not marked any more", "Make the file again", row=row)
        elif bid[1] != sha256:
            message = f"The offer of {bid[0]} was replaced since the file was made"
            yield said("offer-replaced", message, "Make the file again, and have that answer marked anew", row=row)
    missing = [each for each in read.marks if each.mark is None]
    if read.is_sent and (missing or len(read.marks) < len(read.answers)):
        message = f"It says that all marks are sent, and {plural(len(missing), 'answer has', 'answers have')} none"
        yield said("sent-in-part", message, "Have a mark given to each, or the sending taken out of the sheet Confirm")
