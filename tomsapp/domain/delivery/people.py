"""Person numbers: the people behind a claim by the supplier's own numbers, never by name, and whether one counts twice.

At signing it is only declared that people are different. At delivery their numbers show it: one person twice in a
measure, in two measures that may not be claimed for the same person, after their first 12 months, or in two contracts.
Source: docs/method.md, section 9.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import combinations

from tomsapp.domain.contract_dates import months_later
from tomsapp.domain.delivery.evidence import is_about_people
from tomsapp.domain.delivery.quarters import ContractQuarter
from tomsapp.domain.facts import Fact, FactKind, Fault
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup, Measure, MenuEdition
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.wording import format_date

_NUMBER = re.compile(r"([A-Za-z]{0,3})[-./]?([0-9]{1,6})")
"""Too short for a name, a day of birth in full or a National Insurance number."""
_WORD = re.compile(r"[^\W\d_]{4}")
"""So many letters in a row are a word, and no part of a number."""
_MOST_LETTERS = 3
_FIRST_MONTHS = 12


class PersonKind(Enum):
    """Whether somebody came into a new job, had the job before, or came over with the work."""

    NEW = "new"
    RETAINED = "retained"
    TRANSFERRED = "transferred"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return "Transferred (TUPE)" if self is PersonKind.TRANSFERRED else self.value.capitalize()


@dataclass(frozen=True, slots=True)
class DeliveryPerson:
    """One person behind a delivery.

    Attributes:
        number: the supplier's own number for them, for example P-001. Only the supplier knows who it is.
        began_on: the day on which the job, course or support began; the first 12 months are counted from it.
        ended_on: the day on which it ended; None while it goes on or where it is not said.
    """

    number: str
    began_on: date | None = None
    ended_on: date | None = None
    kind: PersonKind = PersonKind.NEW


def number_fault(number: str) -> Fault | None:
    """What is wrong with a person number, or None. What could be a name or an official number is refused."""
    given = number.strip()
    if _NUMBER.fullmatch(given):
        return None
    fix = "Enter up to three letters and a number, for example P-001, never a name"
    if _WORD.search(given):
        return Fault("It could be a name", fix, "name")
    return Fault("It is not a person number", fix)


def has_person_numbers(measure: Measure, edition: MenuEdition) -> bool:
    """Whether person numbers are asked for: measures about people, whose first months or other claims matter."""
    is_job = bool(measure.employment_outcome) or measure.counts is Counts.FIRST_12_MONTHS
    return is_job or is_about_people(measure, edition)


def same_number(number: str) -> str:
    """A person number as numbers are compared: "P-001", "p1" and "P.01" are one."""
    found = _NUMBER.fullmatch(number.strip())
    return f"{found[1].upper()}{int(found[2])}" if found else number.strip().casefold()


def began_days(people: Iterable[DeliveryPerson]) -> list[date]:
    """The days on which the people behind a claim began, where that is said: one for each person.

    A number that stands twice is one person, who would be earned twice otherwise; of two days the later one holds.
    """
    found: dict[str, date] = {}
    for person in people:
        if person.began_on is not None:
            number = same_number(person.number)
            found[number] = max(person.began_on, found.get(number, person.began_on))
    return list(found.values())


def _days(person: DeliveryPerson) -> Iterable[Problem]:
    if person.began_on is not None and person.ended_on is not None and person.ended_on < person.began_on:
        fault = Fault(f"It is before {format_date(person.began_on)}, when it began", "Enter a later date", "before")
        yield fact_problem(DELIVERY_PERSON, DELIVERY_PERSON.fact("ended_on"), fault)


def _named(person: DeliveryPerson) -> Iterable[Problem]:
    """A question where the letters of a number are written as those of a name: Ann-1, Bob3."""
    found = _NUMBER.fullmatch(person.number.strip())
    if found and len(found[1]) == _MOST_LETTERS and found[1].istitle():
        fault = Fault(f"{person.number} could be a name", "Enter the supplier’s own number", "name")
        problem = fact_problem(DELIVERY_PERSON, DELIVERY_PERSON.fact("number"), fault)
        yield replace(problem, severity=Severity.WARNING)


DELIVERY_PERSON = RecordType(
    "delivery_person",
    "person number",
    "person numbers",
    DeliveryPerson,
    (
        Fact(
            "number",
            "Person number",
            hint="The supplier’s own, for example P-001. Never a name",
            most=20,
            needed="Enter a number, for example P-001",
            check=number_fault,
            revision="0010",
        ),
        Fact("began_on", "Began on", FactKind.DAY, "The job, course or support", revision="0010"),
        Fact("ended_on", "Ended on", FactKind.DAY, "Leave it empty while it goes on", revision="0010"),
        Fact("kind", "New or not", FactKind.CHOICE, choices=PersonKind, usual=PersonKind.NEW, revision="0010"),
    ),
    name_of=lambda person: person.number,
    checks=(_days, _named),
)
"""What is kept of a person behind a delivery."""


@dataclass(frozen=True, slots=True)
class PersonClaim:
    """One person in one claim that was neither rejected nor withdrawn.

    Attributes:
        contract: the reference of the contract.
        menu: the code of the menu whose measure it is; codes of two menus are never compared.
        commitment: the key of the commitment, which no other contract has.
    """

    person: DeliveryPerson
    contract: str
    menu: str
    commitment: str
    measure: str
    quarter: ContractQuarter

    @property
    def place(self) -> str:
        """Where it is claimed, in words: "J01 in Q2 (Jul to Sep 2026)"."""
        return f"{self.measure} in {self.quarter.label}"


@dataclass(frozen=True, slots=True)
class PersonFinding:
    """What is wrong with a person's claim, by itself or beside another one.

    Attributes:
        why: what is wrong: of one claim what is said of the person, of two the reason.
        claim: the one that it is about; of two the later.
        other: the earlier of two; None where it is about one alone.
    """

    code: str
    severity: Severity
    why: str
    fix: str
    claim: PersonClaim
    other: PersonClaim | None = None

    @property
    def problem(self) -> Problem:
        """It as it is told once: at the claim, or at the later of two."""
        return self._told(self.claim, self.other, self.claim.person.number)

    def at(self, claim: PersonClaim) -> Problem | None:
        """It as it is told beside a claim; None where it is not about this one."""
        if claim == self.claim:
            return self.problem
        return self._told(claim, self.claim, claim.person.number) if claim == self.other else None

    def masked(self, place: int) -> Problem:
        """It with no number of a person, neither in words nor in its key; `place` is its own among all."""
        return replace(self._told(self.claim, self.other, "A person"), key=f"{self.code}:{place}")

    def _told(self, here: PersonClaim, there: PersonClaim | None, name: str) -> Problem:
        message = f"{name} {self.why}"
        if there is not None:
            where = there.place if here.contract == there.contract else f"{there.place} of {there.contract}"
            message = f"{name} is claimed for {where} too, and {self.why}"
        return _problem(self.code, self.severity, message, self.fix, here, there)


def people_problems(claims: Iterable[PersonClaim], edition: MenuEdition, *, masked: bool = False) -> list[Problem]:
    """What `people_findings` finds, each told at the later of two claims.

    Masked, the same Problems in the same order name no number, neither in words nor in keys: so they are told wherever
    they leave the page of their contract.
    """
    findings = people_findings(claims, edition)
    if masked:
        return [finding.masked(place) for place, finding in enumerate(findings, start=1)]
    return [finding.problem for finding in findings]


def people_findings(claims: Iterable[PersonClaim], edition: MenuEdition) -> list[PersonFinding]:
    """What the person numbers of one supplier show.

    Args:
        claims: of one supplier, of one contract or of several; person numbers of two suppliers mean nothing together.
        edition: the menu edition whose measures and exclusion groups hold.
    """
    by_number: dict[str, list[PersonClaim]] = {}
    for claim in claims:
        if claim.menu == edition.code and claim.measure in edition.places:
            by_number.setdefault(same_number(claim.person.number), []).append(claim)
    found: list[PersonFinding] = []
    for number in sorted(by_number):
        own = sorted(by_number[number], key=lambda each: (each.quarter.ends_on, each.measure, each.commitment))
        found.extend(_alone(own, edition))
        found.extend(each for two in combinations(own, 2) if (each := _pair(*two, edition)) is not None)
    return found


def _alone(claims: Sequence[PersonClaim], edition: MenuEdition) -> Iterable[PersonFinding]:
    """Claims that begin after the person's first 12 months, in measures that count nobody after them."""
    for claim in claims:
        measure, began_on = edition.places[claim.measure].measure, claim.person.began_on
        if measure.counts is not Counts.FIRST_12_MONTHS or began_on is None:
            continue
        began = f"began on {format_date(began_on)}"
        if began_on > claim.quarter.ends_on:
            why, fix = f"{began}, after {claim.quarter.label}", "Claim the person when they have begun"
            yield PersonFinding("person-not-begun", Severity.ERROR, why, fix, claim)
        elif claim.quarter.starts_on >= months_later(began_on, _FIRST_MONTHS):
            why, fix = f"{began} and is past the first 12 months", "Claim a person in their first 12 months only"
            yield PersonFinding("person-after-12-months", Severity.ERROR, why, fix, claim)


def _pair(first: PersonClaim, later: PersonClaim, edition: MenuEdition) -> PersonFinding | None:
    """What is wrong where one number stands in two claims; None where it may."""
    if first.measure == later.measure:
        may = _may_go_on(first, later, edition.places[first.measure].measure)
        return None if may else _again(first, later, "person-twice", Severity.ERROR, "a person counts once in it")
    group = _clash(first.measure, later.measure, edition)
    if group is None:
        return None
    severity = Severity.ERROR if group.severity is Clash.BLOCK else Severity.WARNING
    return _again(first, later, "person-in-two-measures", severity, "the two may not be claimed for the same person")


def _may_go_on(first: PersonClaim, later: PersonClaim, measure: Measure) -> bool:
    """Whether a person may stand in both claims of a measure: weeks or hours of one person go on through quarters."""
    if measure.counts is not Counts.EACH_YEAR:
        return False
    return first.quarter != later.quarter or first.contract != later.contract


def _clash(one: str, other: str, edition: MenuEdition) -> ExclusionGroup | None:
    clashing = [group for group in edition.groups_of(one) if group.clashes(one, other)]
    blocking = (group for group in clashing if group.severity is Clash.BLOCK)
    return next(blocking, clashing[0] if clashing else None)


def _again(first: PersonClaim, later: PersonClaim, code: str, severity: Severity, why: str) -> PersonFinding:
    """A number in two claims. In two contracts it may be another person, as each may have its own numbers."""
    fix = "Take the person out of one of them"
    if first.contract == later.contract:
        return PersonFinding(code, severity, why, fix, later, first)
    fix = f"{fix}, or say that the number is another person’s there"
    return PersonFinding(f"{code}-elsewhere", Severity.WARNING, why, fix, later, first)


def _problem(
    code: str, severity: Severity, message: str, fix: str, claim: PersonClaim, other: PersonClaim | None = None
) -> Problem:
    quarter = claim.quarter.quarter
    where = Where(commitment=claim.commitment, measure=claim.measure, year=quarter.year, field=f"Q{quarter.number}")
    beside = f":{other.commitment}:{other.quarter.quarter.words}" if other else ""
    key = f"{code}:{same_number(claim.person.number)}:{claim.commitment}:{quarter.words}{beside}"
    return Problem(code, severity, message, fix, where, key=key)
