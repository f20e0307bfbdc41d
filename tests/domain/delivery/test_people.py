"""Person numbers: what may be one, and what they show when one stands in two claims."""

from datetime import date

import pytest

from tests.domain.build import contract, edition, measure
from tests.domain.delivery.build import q
from tomsapp.domain.delivery.people import (
    DELIVERY_PERSON,
    DeliveryPerson,
    PersonClaim,
    PersonKind,
    began_days,
    has_person_numbers,
    number_fault,
    people_findings,
    people_problems,
    same_number,
)
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup
from tomsapp.domain.problems import Severity
from tomsapp.domain.units import Unit

QUARTERS = {each.quarter: each for each in quarters_of(contract(years=3))}
JOBS = ("J01", "J02", "J03")
MENU = edition(
    *(measure(code, unit=Unit.FTE_JOBS, counts=Counts.FIRST_12_MONTHS) for code in JOBS),
    measure("S08", unit=Unit.WEEKS),
    groups=(
        ExclusionGroup("likewise", Clash.DECLARE, "the same person", ("J02", "J03"), "People may overlap"),
        ExclusionGroup("asked", Clash.DECLARE, "the same person", ("J01", "J02", "S08"), "People may overlap"),
        ExclusionGroup("never", Clash.BLOCK, "the same person", ("J02", "J03"), "One person has one disadvantage"),
        ExclusionGroup("both", Clash.BLOCK, "the same person", ("J01", "J03"), "Likewise"),
    ),
)
BEGAN = date(2026, 4, 20)


def claim(number: str, measure: str, quarter: str, contract: str = "C1", menu: str = "made-up", **days) -> PersonClaim:
    person = DeliveryPerson(number, **({"began_on": BEGAN} | days))
    return PersonClaim(person, contract, menu, f"{contract} {measure}", measure, QUARTERS[q(quarter)])


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ([claim("P-001", "J01", "1.1"), claim("P-002", "J01", "1.1")], []),
        ([claim("P-001", "J01", "1.1"), claim("p1", "J01", "1.2")], ["error person-twice"]),
        ([claim("P-001", "J01", "1.1"), claim("P-001", "J01", "1.1")], ["error person-twice"]),
        ([claim("P-001", "J01", "1.1"), claim("P-001", "J02", "1.1")], ["warning person-in-two-measures"]),
        ([claim("P-001", "J02", "1.1"), claim("P-001", "J03", "1.1")], ["error person-in-two-measures"]),
        ([claim("P-001", "S08", "1.1"), claim("P-001", "J03", "1.1")], []),
        ([claim("P-001", "S08", "1.1"), claim("P-001", "S08", "1.2")], []),
        ([claim("P-001", "S08", "1.1"), claim("P-001", "S08", "1.1")], ["error person-twice"]),
        ([claim("P-001", "S08", "1.1"), claim("P-001", "S08", "1.1", "C2")], []),
        ([claim("P-001", "J01", "1.1"), claim("P-001", "J01", "1.2", "C2")], ["warning person-twice-elsewhere"]),
        (
            [claim("P-001", "J02", "1.1"), claim("P-001", "J03", "1.2", "C2")],
            ["warning person-in-two-measures-elsewhere"],
        ),
        ([claim("P-001", "J01", "1.1"), claim("P-001", "J01", "1.2", menu="other")], []),
        ([claim("P-001", "J01", "1.1"), claim("P-001", "J99", "1.2")], []),
        ([claim("P-001", "J01", "2.1")], []),
        ([claim("P-001", "J01", "2.2")], ["error person-after-12-months"]),
        ([claim("P-001", "J01", "2.1", began_on=date(2026, 4, 1))], ["error person-after-12-months"]),
        ([claim("P-001", "J01", "2.1", began_on=date(2026, 4, 2))], []),
        ([claim("P-001", "J01", "2.2", began_on=None)], []),
        ([claim("P-001", "S08", "2.2")], []),
        ([claim("P-001", "J01", "1.1", began_on=date(2026, 7, 1))], ["error person-not-begun"]),
    ],
)
def test_what_person_numbers_show(claims, found):
    problems = people_problems(claims, MENU)
    assert [f"{each.severity.value} {each.code}" for each in problems] == found
    assert all(each.message and each.fix for each in problems)


def test_a_person_claimed_twice_is_told_at_the_later_claim_with_the_earlier():
    [found] = people_problems([claim("P-001", "J01", "1.2"), claim("P-001", "J01", "1.1")], MENU)
    assert found.message == "P-001 is claimed for J01 in Q1 (Apr to Jun 2026) too, and a person counts once in it"
    assert (found.where.commitment, found.where.year, found.where.field) == ("C1 J01", 0, "Q2")
    [elsewhere] = people_problems([claim("P-001", "J01", "1.1"), claim("P-001", "J01", "1.2", "C2")], MENU)
    assert "J01 in Q1 (Apr to Jun 2026) of C1 too" in elsewhere.message


def test_a_finding_is_told_beside_each_of_its_claims_with_the_other():
    first, later, third = (claim("P-001", "J01", quarter) for quarter in ("1.1", "1.2", "1.3"))
    [finding] = people_findings([later, first], MENU)
    assert finding.at(first).message.startswith("P-001 is claimed for J01 in Q2 (Jul to Sep 2026) too")
    assert (finding.at(first).where.field, finding.at(later)) == ("Q1", finding.problem)
    assert finding.at(third) is None
    late = claim("P-001", "J01", "2.2")
    [alone] = people_findings([late], MENU)
    assert (alone.at(late), alone.at(first)) == (alone.problem, None)


def test_a_number_that_is_written_as_a_name_is_asked_about():
    [asked] = DELIVERY_PERSON.problems(DeliveryPerson("Ann-1"))
    assert (asked.code, asked.severity, asked.where.field) == ("number-name", Severity.WARNING, "number")
    assert DELIVERY_PERSON.problems(DeliveryPerson("EMP-1")) == []
    assert number_fault("Smith1").message == "It could be a name"
    assert number_fault("01021990").message == "It is not a person number"


def test_person_numbers_are_asked_for_where_people_can_count_twice():
    asked = [code for code in (*JOBS, "S08") if has_person_numbers(MENU.places[code].measure, MENU)]
    assert asked == list(JOBS)


def test_each_pair_has_a_key_of_its_own():
    found = people_problems([claim("P-001", "J01", quarter) for quarter in ("1.1", "1.2", "1.3")], MENU)
    assert len(found) == len({each.key for each in found}) == 3


def test_masked_they_name_no_number_anywhere_and_are_the_same_problems():
    # Number 1 stands in every other word of a message too.
    claims = [
        claim("1", "J01", "1.1"),
        claim("1", "J01", "1.2"),
        claim("1", "J02", "1.1", began_on=date(2026, 7, 1)),
        claim("1", "J01", "2.3"),
        claim("P-4471", "J01", "1.1", "C2"),
        claim("p4471", "J03", "1.1"),
    ]
    named, masked = people_problems(claims, MENU), people_problems(claims, MENU, masked=True)
    assert [(each.code, each.severity, each.fix, each.where) for each in masked] == [
        (each.code, each.severity, each.fix, each.where) for each in named
    ]
    assert [each.message.partition(" ")[0] for each in named] == ["1"] * 8 + ["p4471"]
    for one, other in zip(named, masked, strict=True):
        assert other.message == f"A person {one.message.partition(' ')[2]}"
        assert "4471" not in f"{other}{other.key}"
    assert len({each.key for each in masked}) == len(masked)


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("P-001", True),
        ("17", True),
        ("emp.123456", True),
        ("Jo Smith", False),
        ("Smith1", False),
        ("QQ123456C", False),
        ("01021990", False),
        ("P-", False),
    ],
)
def test_what_could_be_a_name_is_no_person_number(number, is_one):
    assert (DELIVERY_PERSON.problems(DeliveryPerson(number)) == []) is is_one


def test_numbers_are_compared_as_people_write_them():
    assert {same_number(each) for each in ("P-001", "p1", " P.01 ")} == {"P1"}
    assert same_number(" Somebody ") == "somebody"


def test_a_number_that_stands_twice_is_one_person_who_began_once():
    first, later = date(2025, 4, 1), date(2026, 2, 1)
    people = [
        DeliveryPerson("P-001", first),
        DeliveryPerson("p1", later),
        DeliveryPerson("P-002", first),
        DeliveryPerson("P.02"),
        DeliveryPerson("P-003"),
    ]
    assert began_days(people) == began_days(reversed(people))[::-1] == [later, first]


def test_a_person_ends_after_they_began():
    ended = DeliveryPerson("P-001", BEGAN, date(2026, 4, 19))
    assert [each.code for each in DELIVERY_PERSON.problems(ended)] == ["ended-on-before"]
    assert DELIVERY_PERSON.problems(DeliveryPerson("P-001", BEGAN, BEGAN, PersonKind.TRANSFERRED)) == []
    assert DELIVERY_PERSON.name_of(ended) == "P-001"
    assert [kind.words for kind in PersonKind] == ["New", "Retained", "Transferred (TUPE)"]
