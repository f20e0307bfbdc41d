"""Evidence of what was delivered: files that are kept by their content, and references to what must not be kept.

Evidence about people stands by reference, with the supplier's own person numbers and never with names. Each file has a
day until which it is kept; then its bytes go, and its SHA-256, size, day and who did it stay.
Source: docs/method.md, section 9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tomsapp.domain.alike import alike
from tomsapp.domain.contract_dates import years_later
from tomsapp.domain.delivery.names import name_in
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.facts import Fact, FactKind, Fault, Listed
from tomsapp.domain.keys import KeyKind, Keys
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.wording import format_date, listed

MEGABYTE = 1_000_000


class EvidenceKind(Enum):
    """Whether the evidence is kept here, or named where it is kept."""

    FILE = "file"
    REFERENCE = "reference"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return {EvidenceKind.FILE: "File", EvidenceKind.REFERENCE: "By reference only"}[self]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is kept by its content: once, however often it is attached.

    Attributes:
        sha256: of its bytes, as hexadecimal digits.
        size: in bytes.
        media_type: what it is by its content, for example application/pdf.
        removed_on: the day on which its bytes were deleted; None while they are here.
        removed_because: why.
        removed_by: who, as their change in the history says.
    """

    sha256: str
    size: int
    media_type: str
    removed_on: date | None = None
    removed_because: str = ""
    removed_by: str = ""

    @property
    def short_hash(self) -> str:
        """The first eight and the last four digits of the SHA-256, by which people compare."""
        return short_hash(self.sha256)


def short_hash(sha256: str) -> str:
    """The first eight and the last four digits of a SHA-256, by which people compare."""
    return f"{sha256[:8]} … {sha256[-4:]}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that something was delivered.

    Attributes:
        name: the file's name, or what is referred to.
        reference: where it is kept, where it is by reference only.
        dated_on: the day that the evidence itself bears.
        is_about_people: whether people could be told by it.
        keep_until: the day until which the file is kept.
        deliveries: the numbers of the deliveries that it is offered for.
        sha256: of the file; empty where it is by reference only.
    """

    name: str
    kind: EvidenceKind = EvidenceKind.FILE
    reference: str = ""
    dated_on: date | None = None
    is_about_people: bool = False
    keep_until: date | None = None
    notes: str = ""
    deliveries: Keys = frozenset()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper of a contract that is kept with it: the signed agreement, a letter. `sha256` is its file's."""

    name: str
    notes: str = ""
    sha256: str = ""


def kept_until(end_on: date, rules: DeliveryRules) -> date | None:
    """Until when evidence of a contract that ends on this day is kept, by the council's own rule; None without one."""
    return None if rules.keep_years is None else years_later(end_on, int(rules.keep_years))


def size_fault(size: int, rules: DeliveryRules) -> Fault | None:
    """What is wrong with the size of a file in bytes, or None."""
    if not size:
        return Fault("It is empty", "Choose the file that holds the evidence", "empty")
    if size > rules.most_file_mb * MEGABYTE:
        most = f"{rules.most_file_mb:f} MB"
        return Fault(f"It is over {most}", "Choose a smaller file, or give the evidence by reference", "too-large")
    return None


def is_about_people(measure: Measure, edition: MenuEdition) -> bool:
    """Whether evidence of a measure tells a person's circumstances: an equality group, or a group that is helped.

    Such people are found by the measures that may not be claimed for the same person.
    """
    groups = (group for group in edition.exclusion_groups if group.outcomes_once)
    return bool(measure.equality_group) or any(measure.code in {*group.measures, *group.against} for group in groups)


def attaching_problems(evidence: Evidence, measures: Iterable[Measure], edition: MenuEdition) -> list[Problem]:
    """What must be put right before evidence is attached to claims of these measures; a warning is a question."""
    named = sorted({measure.code for measure in measures if is_about_people(measure, edition)})
    if not named:
        return []
    if evidence.kind is EvidenceKind.REFERENCE:
        return list(_named(evidence))
    message = f"{listed(named)} {'is' if len(named) == 1 else 'are'} about people, whose papers are not kept here"
    fix = "Give it by reference, with the supplier’s own person numbers and without names"
    return [Problem("evidence-about-people", Severity.ERROR, message, fix, Where(field="kind"))]


def _named(evidence: Evidence) -> Iterable[Problem]:
    """A question about each text of a reference that could hold a name."""
    for field in ("name", "reference", "notes"):
        name = name_in(getattr(evidence, field))
        if name:
            message, fix = f"“{name}” could be somebody’s name", "Write the person number in its place"
            yield Problem(f"evidence-{field}-name", Severity.WARNING, message, fix, Where(field=field))


def offered_twice(evidence: Iterable[Evidence]) -> dict[str, Keys]:
    """The deliveries that a file is offered for, by its SHA-256, where they are more than one.

    The same content is one file, however often it was chosen and whatever it was called.
    """
    claims: dict[str, Keys] = {}
    for each in evidence:
        if each.sha256:
            claims[each.sha256] = claims.get(each.sha256, frozenset()) | each.deliveries
    return {digest: deliveries for digest, deliveries in claims.items() if len(deliveries) > 1}


def referred_to_twice(evidence: Iterable[Evidence]) -> dict[str, Keys]:
    """The deliveries that a reference stands behind, by what it says to people, where they are more than one.

    A register may show many claims, so that it is only noted.
    """
    claims: dict[str, Keys] = {}
    for each in evidence:
        if each.kind is EvidenceKind.REFERENCE and each.reference.strip():
            said = alike(each.reference)
            claims[said] = claims.get(said, frozenset()) | each.deliveries
    return {said: deliveries for said, deliveries in claims.items() if len(deliveries) > 1}


def due_for_deletion(evidence: Evidence, stored: StoredFile | None, today: date) -> bool:
    """Whether the day until which a file is kept is over and its bytes are still here."""
    is_here = stored is not None and stored.removed_on is None
    return is_here and evidence.keep_until is not None and evidence.keep_until < today


def _kept(evidence: Evidence) -> Iterable[Problem]:
    """What a file and a reference each need."""
    if evidence.kind is EvidenceKind.FILE:
        if not evidence.sha256:
            yield _problem("sha256", Fault("", "Choose a file", "missing"))
        if evidence.keep_until is None:
            yield _problem("keep_until", Fault("", "Enter the day until which the file is kept", "missing"))
    elif not evidence.reference.strip():
        yield _problem("reference", Fault("", "Enter where it is kept and how it is found there", "missing"))
    dated, until = evidence.dated_on, evidence.keep_until
    if dated is not None and until is not None and until < dated:
        yield _problem(
            "keep_until",
            Fault(f"It is before {format_date(dated)}, the day of the evidence", "Enter a later date", "before"),
        )


def _problem(name: str, fault: Fault) -> Problem:
    return fact_problem(EVIDENCE, EVIDENCE.fact(name), fault)


EVIDENCE = RecordType(
    "evidence",
    "piece of evidence",
    "evidence",
    Evidence,
    (
        Fact(
            "name", "Name", needed="Enter what it is, for example Volunteer log", listed=Listed.SHOWN, revision="0010"
        ),
        Fact("kind", "Kept", FactKind.CHOICE, "As a file here, or by reference", choices=EvidenceKind, revision="0010"),
        Fact("reference", "Reference", hint="Where it is kept and how it is found there", revision="0010"),
        Fact("dated_on", "Dated", FactKind.DAY, "The day that it bears", keeps_null=True, revision="0010"),
        Fact(
            "is_about_people",
            "About people",
            FactKind.YES_NO,
            tick="People could be told by it",
            revision="0010",
        ),
        Fact(
            "keep_until",
            "Keep until",
            FactKind.DAY,
            "Then its bytes are deleted; its SHA-256, size and day stay",
            keeps_null=True,
            said="day until which it is kept",
            revision="0010",
        ),
        Fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False, revision="0010"),
        Fact(
            "deliveries",
            "Offered for",
            FactKind.SEVERAL,
            "The claims that it shows",
            keys=KeyKind.DELIVERY,
            is_typed=False,
            revision="0010",
        ),
        Fact("sha256", "SHA-256", is_typed=False, most=64, revision="0010"),
    ),
    name_of=lambda evidence: evidence.name,
    checks=(_kept,),
    heading="Evidence",
)
"""What is kept of a piece of evidence."""

ATTACHMENT = RecordType(
    "attachment",
    "attachment",
    "attachments",
    Attachment,
    (
        Fact("name", "Name", needed="Enter what it is, for example Signed agreement", revision="0010"),
        Fact("notes", "Notes", FactKind.LONG, listed=Listed.NO, is_searched=False, revision="0010"),
        Fact("sha256", "SHA-256", is_typed=False, most=64, needed="Choose a file", revision="0010"),
    ),
    name_of=lambda attachment: attachment.name,
)
"""What is kept of a paper that belongs to a contract."""

STORED_FILE = RecordType(
    "stored_file",
    "stored file",
    "stored files",
    StoredFile,
    (
        Fact("sha256", "SHA-256", column="content_sha256", is_typed=False, most=64, revision="0010"),
        Fact("size", "Size in bytes", FactKind.OWN, is_typed=False, revision="0010"),
        Fact("media_type", "What it is", is_typed=False, revision="0010"),
        Fact("removed_on", "Deleted on", FactKind.DAY, is_typed=False, revision="0010"),
        Fact("removed_because", "Deleted because", is_typed=False, revision="0010"),
    ),
    name_of=lambda stored: short_hash(stored.sha256),
)
"""What the history tells of a file: all but its bytes."""
