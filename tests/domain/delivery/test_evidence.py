"""What evidence needs, what must not be kept of people, and where one file is offered twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import edition, measure
from tomsapp.domain.delivery.evidence import (
    ATTACHMENT,
    EVIDENCE,
    STORED_FILE,
    Attachment,
    Evidence,
    EvidenceKind,
    StoredFile,
    attaching_problems,
    due_for_deletion,
    is_about_people,
    kept_until,
    offered_twice,
    referred_to_twice,
    size_fault,
)
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.problems import Severity

DIGEST = "9f3a41c0" * 8
FILE = Evidence("log.pdf", keep_until=date(2036, 3, 31), sha256=DIGEST)
REFERENCE = Evidence("Payroll extract", EvidenceKind.REFERENCE, "Held by the supplier’s payroll office, file 12")
STORED = StoredFile(DIGEST, 412_000, "application/pdf")
MENU = edition(
    measure("J01"),
    measure("J02"),
    measure("J07", equality_group="Care leavers"),
    measure("V04"),
    measure("G05"),
    groups=(
        ExclusionGroup("people", Clash.DECLARE, "the same person", ("J01", "J02"), "One person", outcomes_once=True),
        ExclusionGroup("against", Clash.DECLARE, "the same person", ("J02",), "One", ("G05",), outcomes_once=True),
        ExclusionGroup("hours", Clash.BLOCK, "the same hour", ("V04", "J99"), "One hour"),
    ),
)


@pytest.mark.parametrize(
    ("evidence", "codes"),
    [
        (FILE, []),
        (REFERENCE, []),
        (replace(FILE, name=" "), ["name-missing"]),
        (replace(FILE, sha256=""), ["sha256-missing"]),
        (replace(FILE, keep_until=None), ["keep-until-missing"]),
        (replace(REFERENCE, reference=" "), ["reference-missing"]),
        (replace(FILE, dated_on=date(2036, 3, 31)), []),
        (replace(FILE, dated_on=date(2036, 4, 1)), ["keep-until-before"]),
        (replace(REFERENCE, dated_on=date(2026, 4, 1)), []),
        (replace(FILE, name="log\u202efdp.exe"), ["name-unseen"]),
    ],
)
def test_what_evidence_needs(evidence, codes):
    assert [problem.code for problem in EVIDENCE.problems(evidence)] == codes


def test_papers_about_people_are_given_by_reference_alone():
    found = {each.code: is_about_people(each, MENU) for each in MENU.measures}
    assert found == {"J01": True, "J02": True, "J07": True, "V04": False, "G05": True}
    measures = [MENU.places[code].measure for code in ("J07", "J01", "J01")]
    (problem,) = attaching_problems(FILE, measures, MENU)
    assert problem.message == "J01 and J07 are about people, whose papers are not kept here"
    (one,) = attaching_problems(FILE, measures[:1], MENU)
    assert one.message == "J07 is about people, whose papers are not kept here"
    assert attaching_problems(REFERENCE, measures, MENU) == []
    assert attaching_problems(FILE, [MENU.places["V04"].measure], MENU) == []
    named = replace(REFERENCE, reference="Contract of Jane Smith", notes="Read by Jo Bloggs")
    asked = attaching_problems(named, measures, MENU)
    assert [(each.code, each.severity) for each in asked] == [
        ("evidence-reference-name", Severity.WARNING),
        ("evidence-notes-name", Severity.WARNING),
    ]
    assert attaching_problems(named, [MENU.places["V04"].measure], MENU) == []


def test_one_file_for_two_claims_is_found_by_its_content_whatever_it_is_called():
    one, other = replace(FILE, deliveries=frozenset({"1"})), replace(FILE, name="b.pdf", deliveries=frozenset({"2"}))
    assert offered_twice([one, other]) == {DIGEST: frozenset({"1", "2"})}
    assert offered_twice([one]) == {}
    assert offered_twice([one, one]) == {}
    assert offered_twice([replace(one, deliveries=frozenset({"1", "2"}))]) == {DIGEST: frozenset({"1", "2"})}
    assert offered_twice([replace(REFERENCE, deliveries=frozenset({"1", "2"}))]) == {}


def test_one_reference_for_two_claims_is_found_however_it_is_written():
    one = replace(REFERENCE, reference="Payroll office,  file 12", deliveries=frozenset({"1"}))
    other = replace(one, name="Payroll", reference="payroll office, File 12", deliveries=frozenset({"2"}))
    assert referred_to_twice([one, other]) == {"payroll office, file 12": frozenset({"1", "2"})}
    assert referred_to_twice([replace(one, deliveries=frozenset({"1", "2"}))]) != {}
    assert referred_to_twice([one, one]) == {}
    files = [replace(FILE, reference=one.reference, deliveries=frozenset({number})) for number in "12"]
    unsaid = [replace(one, reference=" ", deliveries=frozenset({number})) for number in "12"]
    assert referred_to_twice([*files, *unsaid]) == {}


@pytest.mark.parametrize(("size", "code"), [(1, None), (20_000_000, None), (20_000_001, "too-large"), (0, "empty")])
def test_size_of_a_file(size, code):
    fault = size_fault(size, DeliveryRules())
    assert (fault.code if fault else None) == code


def test_size_is_told_in_the_council_s_own_limit():
    fault = size_fault(2_000_000, DeliveryRules(most_file_mb=Decimal(1)))
    assert fault.message == "It is over 1 MB"


def test_how_long_evidence_is_kept_is_the_council_s_own_rule():
    assert kept_until(date(2029, 9, 30), DeliveryRules()) is None
    assert kept_until(date(2029, 9, 30), DeliveryRules(keep_years=Decimal(6))) == date(2035, 9, 30)
    assert kept_until(date(2028, 2, 29), DeliveryRules(keep_years=Decimal(1))) == date(2029, 3, 1)


@pytest.mark.parametrize(
    ("evidence", "stored", "today", "is_due"),
    [
        (FILE, STORED, date(2036, 3, 31), False),
        (FILE, STORED, date(2036, 4, 1), True),
        (FILE, replace(STORED, removed_on=date(2036, 4, 1)), date(2036, 4, 2), False),
        (FILE, None, date(2040, 1, 1), False),
        (replace(FILE, keep_until=None), STORED, date(2040, 1, 1), False),
    ],
)
def test_file_is_due_for_deletion_after_its_day(evidence, stored, today, is_due):
    assert due_for_deletion(evidence, stored, today) is is_due


def test_words():
    assert [kind.words for kind in EvidenceKind] == ["File", "By reference only"]
    assert STORED.short_hash == "9f3a41c0 … 41c0"
    assert (EVIDENCE.name_of(FILE), STORED_FILE.name_of(STORED)) == ("log.pdf", "9f3a41c0 … 41c0")
    assert ATTACHMENT.name_of(Attachment("Signed agreement")) == "Signed agreement"
    assert [problem.code for problem in ATTACHMENT.problems(Attachment("Signed agreement"))] == ["sha256-missing"]
