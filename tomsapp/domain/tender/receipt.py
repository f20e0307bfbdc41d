"""Receipts: what became of each file that was received. Every file is kept; of a bidder and lot one counts.

The last complete file in time counts. One that is late, refused or not finished never replaces it. The portal's time
decides where it is known, else ours. A late file counts only where a named person admits it, with a reason; it then
counts as if it had come in time.
Source: docs/decisions/048-the-tender.md.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import partial

from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.tender.deadline import deadline_of, duration_words, lateness, time_fault
from tomsapp.domain.wording import format_clock, format_date


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file as it was received.

    Attributes:
        number: of its receipt; 1 is the first that the tender received.
        name: of the file.
        sha256, size: of its bytes.
        received_at: our time, with its zone.
        portal_at: the portal's time, typed or read from its export, with its zone; None where it is not known.
        supplier: the bidder, as far as the file or a person says it; empty where nobody does.
        lot: the number of the lot; None where it is not known.
        pack_version: the version of the pack that it was made with; None where it is not known.
        unfinished: why it is not finished: "1 question has no answer"; empty where it is complete.
        refused: why it cannot be used: "the workbook has macros"; empty where it can.
        ask_for: what to ask the bidder for where it was refused or is not finished.
        is_kept: whether its bytes are here; one that is too large stays with the portal.
    """

    number: int
    name: str
    sha256: str
    size: int
    received_at: datetime
    portal_at: datetime | None = None
    supplier: str = ""
    lot: int | None = None
    pack_version: int | None = None
    unfinished: str = ""
    refused: str = ""
    ask_for: str = ""
    is_kept: bool = True

    @property
    def came_at(self) -> datetime:
        """The moment that decides whether it is in time."""
        return self.portal_at or self.received_at

    @property
    def is_complete(self) -> bool:
        """Whether it can be used, and it is known whose and of which lot it is."""
        return not (self.refused or self.not_finished)

    @property
    def not_finished(self) -> str:
        """Why it is not finished, or is nobody's; empty where it is complete."""
        if self.unfinished:
            return self.unfinished
        if not self.supplier:
            return "it does not say whose offer it is"
        return "it does not say of which lot it is" if self.lot is None else ""


@dataclass(frozen=True, slots=True)
class Admission:
    """Who admits a late file, and why."""

    by: str
    reason: str


class Standing(Enum):
    """What becomes of a file."""

    COUNTS = "counts"
    COUNTS_OLD_PACK = "counts_old_pack"
    """It counts, and was made with an older version of the pack."""
    ADMITTED_LATE = "admitted_late"
    """It is late, and counts because somebody admitted it."""
    REPLACED = "replaced"
    LATE = "late"
    REFUSED = "refused"
    NOT_FINISHED = "not_finished"

    @property
    def counts(self) -> bool:
        """Whether its offer is the one that is judged."""
        return self in {Standing.COUNTS, Standing.COUNTS_OLD_PACK, Standing.ADMITTED_LATE}


@dataclass(frozen=True, slots=True)
class JudgedReceipt:
    """A file and what becomes of it.

    Attributes:
        words: what becomes of it, in words: "Late by 1 h 1 min 9 s. Does not count".
        replaced_by: the number of the receipt that replaced it; None where none did.
    """

    file: ReceivedFile
    standing: Standing
    words: str
    replaced_by: int | None = None


def judge_receipts(
    deadline: datetime | None,
    newest_version: int,
    files: Iterable[ReceivedFile],
    admitted: Mapping[int, Admission] | None = None,
) -> tuple[JudgedReceipt, ...]:
    """What becomes of each file, in the order in which they were given.

    `deadline` is the last moment in time, None where there is none; `newest_version` is that of the pack; `admitted`
    says who admitted which late files, by the number of the receipt.
    """
    judge = _Judge(deadline, newest_version, admitted or {})
    known = list(files)
    last = judge.counting(known)
    return tuple(judge.judged(file, last.get(_of(file))) for file in known)


def _of(file: ReceivedFile) -> tuple[str, int | None]:
    """Whose it is, and of which lot."""
    return file.supplier, file.lot


@dataclass(frozen=True, slots=True)
class _Judge:
    deadline: datetime | None
    newest_version: int
    admitted: Mapping[int, Admission]

    def counting(self, files: Sequence[ReceivedFile]) -> dict[tuple[str, int | None], ReceivedFile]:
        """Of each bidder and lot the file that counts; of two that came at one moment, the one received later."""
        usable = [file for file in files if file.is_complete and self._is_let_in(file)]
        usable.sort(key=lambda file: (file.came_at.astimezone(UTC), file.number))
        return {_of(file): file for file in usable}

    def _is_let_in(self, file: ReceivedFile) -> bool:
        return not self._late_by(file) or file.number in self.admitted

    def _late_by(self, file: ReceivedFile) -> timedelta:
        return timedelta(0) if self.deadline is None else lateness(file.came_at, self.deadline)

    def judged(self, file: ReceivedFile, last: ReceivedFile | None) -> JudgedReceipt:
        """What becomes of one file, where `last` is the one that counts of its bidder and lot."""
        if file.refused:
            return JudgedReceipt(file, Standing.REFUSED, _with_request(f"Refused: {file.refused}", file))
        if not self._is_let_in(file):
            return JudgedReceipt(file, Standing.LATE, f"{self._late_words(file)}. Does not count")
        if file.not_finished:
            return JudgedReceipt(file, Standing.NOT_FINISHED, _with_request(f"Not finished: {file.not_finished}", file))
        if last is not None and last.number != file.number:
            words = f"Replaced on {self._moment_words(last.came_at)} by receipt {last.number}"
            return JudgedReceipt(file, Standing.REPLACED, words, last.number)
        return self._counts(file)

    def _counts(self, file: ReceivedFile) -> JudgedReceipt:
        old = file.pack_version is not None and file.pack_version < self.newest_version
        made = f". Made with pack version {file.pack_version}" if old else ""
        if self._late_by(file):
            who = self.admitted[file.number]
            words = f"{self._late_words(file)}. Counts: admitted by {who.by}: {who.reason.strip().rstrip('.')}{made}"
            return JudgedReceipt(file, Standing.ADMITTED_LATE, words)
        return JudgedReceipt(file, Standing.COUNTS_OLD_PACK if old else Standing.COUNTS, f"Counts{made}")

    def _late_words(self, file: ReceivedFile) -> str:
        return f"Late by {duration_words(self._late_by(file))}"

    def _moment_words(self, moment: datetime) -> str:
        """A moment by the clock of the deadline's zone, so that it reads the same on every computer."""
        there = moment if self.deadline is None else moment.astimezone(self.deadline.tzinfo)
        return f"{format_date(there.date())}, {format_clock(there)},"


def _with_request(words: str, file: ReceivedFile) -> str:
    return f"{words}. Ask for {file.ask_for}" if file.ask_for else words


def counting(receipts: Iterable[JudgedReceipt]) -> dict[tuple[str, int], JudgedReceipt]:
    """The receipts whose offers are judged, by bidder and lot, in the order in which they were received."""
    found = sorted((each for each in receipts if each.standing.counts), key=lambda each: each.file.number)
    return {(each.file.supplier, each.file.lot): each for each in found if each.file.lot is not None}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is said of a received file beside its bytes; a person may say whose it is, and when the portal had it.

    Attributes:
        portal_on, portal_time: the portal's time by the clock of the tender's zone, "11:59" or "11:59:30"; None and
            empty where it is not known.
        supplier, lot, pack_version, unfinished, refused, ask_for: as of `ReceivedFile`.
    """

    supplier: str = ""
    lot: int | None = None
    portal_on: date | None = None
    portal_time: str = ""
    pack_version: int | None = None
    unfinished: str = ""
    refused: str = ""
    ask_for: str = ""

    def portal_at(self, zone: str) -> datetime | None:
        """The portal's time as a moment, with the tender's zone; None where it is not known.

        Raises:
            ValueError: the time or the zone is none.
        """
        if self.portal_on is None:
            return None
        minutes, seconds = self.portal_time[:_MINUTES], self.portal_time[_MINUTES + 1 :]
        return deadline_of(self.portal_on, minutes, zone) + timedelta(seconds=int(seconds or 0))


_MINUTES = len("12:00")
_SECONDS = re.compile(r"(?::[0-5][0-9])?", re.ASCII)


def portal_time_fault(text: str) -> Fault | None:
    """What is wrong with a time of day to the minute or the second, or None."""
    if time_fault(text[:_MINUTES]) is None and _SECONDS.fullmatch(text[_MINUTES:]):
        return None
    return Fault("It is no time of day", "Enter it as 11:59 or 11:59:30")


def _portal_problems(receipt: Receipt) -> Iterable[Problem]:
    """A day and a time, or neither."""
    if receipt.portal_on is not None and not receipt.portal_time:
        fault = Fault("", "Enter the portal’s time, for example 11:59:30", "missing")
        yield fact_problem(RECEIPT, RECEIPT.fact("portal_time"), fault)
    if receipt.portal_on is None and receipt.portal_time:
        yield fact_problem(RECEIPT, RECEIPT.fact("portal_on"), Fault("", "Enter the portal’s day", "missing"))


_fact = partial(Fact, revision="0018")
_read = partial(_fact, is_typed=False)

RECEIVED_FILE = RecordType(
    "received_file",
    "received file",
    "received files",
    ReceivedFile,
    (
        _read("number", "Receipt", FactKind.WHOLE, listed=Listed.SHOWN),
        _read("name", "File", listed=Listed.SHOWN),
        _read("sha256", "SHA-256", column="content_sha256", most=64, listed=Listed.SHOWN),
    ),
    name_of=lambda file: f"receipt {file.number}",
)
"""What is kept of a file that was received."""

RECEIPT = RecordType(
    "receipt",
    "receipt",
    "receipts",
    Receipt,
    (
        _fact("supplier", "Bidder", FactKind.LINK, column="supplier_id", listed=Listed.SHOWN),
        _fact("lot", "Lot", FactKind.WHOLE, is_above_zero=True, keeps_null=True, listed=Listed.SHOWN),
        _fact("portal_on", "Portal’s day", FactKind.DAY, "When the portal had the file", keeps_null=True),
        _fact("portal_time", "Portal’s time", hint="As 11:59 or 11:59:30", most=8, check=portal_time_fault),
        _read("pack_version", "Pack version", FactKind.WHOLE, keeps_null=True, listed=Listed.SHOWN),
        _read("unfinished", "Not finished", FactKind.LONG),
        _read("refused", "Refused", FactKind.LONG),
        _read("ask_for", "What to ask for", FactKind.LONG),
    ),
    name_of=lambda receipt: f"receipt of {receipt.supplier}" if receipt.supplier else "receipt",
    checks=(_portal_problems,),
)
"""What the council records of a file that was received."""
