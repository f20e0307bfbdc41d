"""What is wrong with the records that a council keeps, fact by fact and together, and what their parts are called."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tomsapp.domain.checks.clashes import clash_key, clashing_codes
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT, Contract, ContractKind, YearSpend, contract_questions
from tomsapp.domain.council import COUNCIL, MOST_LOGO_BYTES, CouncilSettings
from tomsapp.domain.neighbourhood import NEIGHBOURHOOD, Neighbourhood
from tomsapp.domain.priority import PRIORITY, Priority
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.supplier import SUPPLIER, Supplier

PNG = b"\x89PNG\r\n\x1a\n"
ROADS = Contract(
    "C1",
    Decimal("100.00"),
    date(2026, 4, 1),
    date(2028, 3, 31),
    "Roads",
    menu="barnet-open",
    edition="2026.2",
    latest_end_on=date(2030, 3, 31),
    value_with_vat=Decimal("120.00"),
)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({}, None, ""),
        ({"latest_end_on": None, "value_with_vat": None}, None, ""),
        ({"end_on": date(2026, 3, 31)}, "dates-out-of-order", "end_on"),
        ({"end_on": date(2126, 3, 31), "latest_end_on": None}, "dates-too-far", "start_on"),
        ({"latest_end_on": date(2028, 3, 30)}, "latest-end-on-early", "latest_end_on"),
        ({"value_with_vat": Decimal("99.99")}, "value-with-vat-low", "value_with_vat"),
        ({"spend": (YearSpend(0, Decimal(-1)), YearSpend(1, Decimal(-2)))}, "spend-negative", "spend"),
        ({"spend": (YearSpend(0, Decimal("0.001")),)}, "spend-too-precise", "spend"),
        ({"spend": (YearSpend(0, Decimal(1)),)}, None, ""),
        ({"extensions_taken": 50, "extensions_left": 0}, None, ""),
        ({"extensions_taken": 51}, "extensions-taken-too-many", "extensions_taken"),
        ({"extensions_left": -1}, "extensions-left-negative", "extensions_left"),
        ({"supplier_contact_email": "j.bloom"}, "supplier-contact-email-wrong", "supplier_contact_email"),
    ],
)
def test_facts_of_a_contract_taken_together(facts, code, field):
    found = CONTRACT.problems(replace(ROADS, **facts))
    assert [(problem.code, problem.where.field) for problem in found] == ([(code, field)] if code else [])
    assert all(problem.message and problem.fix for problem in found)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ""),
        ({"extensions_left": 2}, ""),
        ({"extensions_left": 0, "latest_end_on": None}, ""),
        ({"extensions_left": 0, "latest_end_on": ROADS.end_on}, ""),
        ({"extensions_left": 0}, "No extension is left, and the latest possible end, 31 March 2030, is after"),
        ({"extensions_left": 1, "latest_end_on": ROADS.end_on}, "1 extension is left, and the latest possible end is"),
        ({"extensions_left": 2, "latest_end_on": ROADS.end_on}, "2 extensions are left, and the latest possible end"),
        ({"extensions_left": 2, "latest_end_on": date(2028, 3, 30)}, ""),
    ],
)
def test_extensions_left_and_latest_end_are_asked_about_where_they_contradict(facts, said):
    found = contract_questions(replace(ROADS, **facts))
    assert [problem.severity for problem in found] == [Severity.WARNING] * bool(said)
    assert all(problem.message.startswith(said) and problem.where.field == "extensions_left" for problem in found)


def test_parts_of_a_record_are_called_by_their_year():
    [spend] = CONTRACT.parts
    assert spend.caption({"is_recorded": True}, "2026/27") == "Recorded spend 2026/27"
    assert spend.caption({"is_recorded": False}, "2026/27") == "Forecast spend 2026/27"
    [year] = COMMITMENT.parts
    assert year.caption({}, "2026/27") == "Quantity 2026/27"


def test_a_kind_of_contract_says_what_it_means():
    assert [(kind.words, kind.meaning) for kind in ContractKind] == [
        ("Standard", "all signed at once"),
        ("Framework", "spent in orders"),
    ]


@pytest.mark.parametrize(
    ("logo", "message"),
    [(b"", None), (PNG, None), (b"GIF89a", "PNG or JPEG"), (PNG + b"x" * MOST_LOGO_BYTES, "over 2 MB")],
)
def test_a_logo_is_a_picture_of_no_great_size(logo, message):
    found = COUNCIL.problems(CouncilSettings("Larkmere", logo))
    assert len(found) == (message is not None)
    assert message is None or message in found[0].message


def test_an_address_without_an_at_is_none():
    assert [each.code for each in SUPPLIER.problems(Supplier("A", contact_email="a.example.org"))] == [
        "contact-email-wrong"
    ]
    assert SUPPLIER.problems(Supplier("A", contact_email="a@example.org")) == []


def test_records_are_called_by_what_people_know_them_by():
    assert CONTRACT.name_of(ROADS) == "C1"
    assert COUNCIL.name_of(CouncilSettings("Larkmere")) == "council settings"


def test_a_clash_names_its_measures():
    class Group:
        code = "jobs"

    key = clash_key(Group(), ["J01", "S11"])
    problem = Problem("clash", Severity.WARNING, "They clash", "Say so", key=key)
    assert clashing_codes(problem) == ("J01", "S11")
    assert clashing_codes(replace(problem, key="evidence:J01")) == ()


def test_a_neighbourhood_has_wards_and_a_priority_a_plan_and_measures():
    lakeside = Neighbourhood("Lakeside", frozenset({"X01"}))
    work = Priority("Good work", "Corporate Plan", frozenset({"barnet-open J01"}))
    assert NEIGHBOURHOOD.problems(lakeside) == PRIORITY.problems(work) == []
    assert (NEIGHBOURHOOD.name_of(lakeside), PRIORITY.name_of(work)) == ("Lakeside", "Good work")
    assert [problem.code for problem in NEIGHBOURHOOD.problems(Neighbourhood(" "))] == ["name-missing", "wards-missing"]
    missing = ["name-missing", "plan-missing", "measures-missing"]
    assert [problem.code for problem in PRIORITY.problems(Priority(""))] == missing
