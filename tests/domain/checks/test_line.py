"""Checks on one line: each fault is found with its code, severity and place, and a good line has none."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.domain.build import D, commit, contract, edition, framework, measure, rate, valued
from tomsapp.domain.area import Area, Ward
from tomsapp.domain.checks.line import quantity_fault
from tomsapp.domain.checks.registry import line_problems
from tomsapp.domain.commitment import OUTSIDE_AREA, Commitment
from tomsapp.domain.contract import Contract, YearSpend
from tomsapp.domain.menu import Counts
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.units import Unit

AREA = Area("barnet", "Barnet", (Ward("E05013628", "Barnet Vale"),))
TWO_YEARS = contract(years=2)
SPEND = (YearSpend(0, D(1000000)), YearSpend(1, D(1000000)))


@dataclass(frozen=True)
class Fault:
    """A line with one fault, and what is said about it."""

    code: str
    commitment: Commitment
    message: str
    facts: dict[str, Any] = field(default_factory=dict)
    contract: Contract = TWO_YEARS
    severity: Severity = Severity.ERROR
    year: int | None = None


FIRST_YEAR = {"counts": Counts.FIRST_12_MONTHS, "unit": Unit.PEOPLE}
DATED = {"unit_values": (UnitValue(D(1), D(1), "2022", 2026),)}
PER_MILLION = rate("2", "1000000")

FAULTS = [
    Fault("unknown-measure", commit("X9", "1", "1"), "made-up 2026.1 has no measure “X9”"),
    Fault("unknown-measure", commit("", "1", "1"), "This line names no measure"),
    Fault("share-out-of-range", commit("M1", "1", "1", contract_share="1.01"), "between 0% and 100%"),
    Fault("share-out-of-range", commit("M1", "1", "1", contract_share="-0.01"), "between 0% and 100%"),
    Fault(
        "share-too-precise", commit("M1", "1", "1", contract_share="0.1234567"), "more than 4 decimals of a per cent"
    ),
    Fault(
        "rate-without-framework", commit(rate=PER_MILLION), "this is not a framework", contract=contract(spend=SPEND)
    ),
    Fault("rate-out-of-range", commit(rate=rate("0", "1")), "not above zero", contract=framework(*SPEND)),
    Fault("rate-out-of-range", commit(rate=rate("1", "0")), "not above zero", contract=framework(*SPEND)),
    Fault(
        "quantity-not-counted",
        commit("M1", "5", rate=PER_MILLION),
        "The quantities by year are not counted",
        contract=framework(*SPEND),
        severity=Severity.NOTE,
    ),
    Fault(
        "spend-missing",
        commit(rate=PER_MILLION),
        "No spend is recorded or forecast for 2027/28",
        contract=framework(SPEND[0], years=2),
        severity=Severity.WARNING,
        year=1,
    ),
    Fault(
        "spend-negative",
        commit(rate=PER_MILLION),
        "The spend of 2026/27 is less than zero",
        contract=framework(YearSpend(0, D(-1))),
        year=0,
    ),
    Fault("quantity-missing", commit("M1"), "No quantity is entered"),
    Fault("quantity-missing", commit("M1", None, None), "No quantity is entered"),
    Fault("quantity-missing", commit("M1", None), "No quantity is entered", {"counts": Counts.ONCE}),
    Fault("quantity-missing", commit("M1", "1"), "1 quantity given for 2 years"),
    Fault(
        "quantity-missing",
        commit("M1", "1", "1"),
        "2 quantities given for 3 years",
        {"counts": Counts.ONCE},
        contract(years=3),
    ),
    Fault(
        "year-outside-contract", commit("M1", "1", "1", "1"), "Year 3 has a quantity, and the contract has 2", year=2
    ),
    Fault("quantity-negative", commit("M1", "1", "-0.5"), "The quantity is less than zero", year=1),
    Fault("quantity-too-large", commit("M1", "2", "1"), "The quantity is over 1", {"unit": Unit.YES_NO}, year=0),
    Fault("quantity-too-large", commit("M1", "100.1", "1"), "The quantity is over 100", {"unit": Unit.PERCENT}, year=0),
    Fault(
        "quantity-too-large",
        commit("M1", "1000000000.01", "1"),
        "1,000,000,000.01 is not a possible quantity",
        {"unit": Unit.POUNDS},
        year=0,
    ),
    Fault("quantity-not-whole", commit("M1", "2.5", "1"), "2.5 is not a whole number", {"unit": Unit.PEOPLE}, year=0),
    Fault("quantity-not-whole", commit("M1", "2.5", "1"), "2.5 is not a whole number", {"whole_units": True}, year=0),
    Fault(
        "quantity-too-precise", commit("M1", "1", "2.345"), "2.345 has more decimals than hours are counted in", year=1
    ),
    Fault(
        "quantity-too-precise",
        commit("M1", "1", "1." + "0" * 30 + "1"),
        "has more decimals than hours are counted in",
        year=1,
    ),
    Fault("no-value-for-year", commit("M1", "1", "1"), "The menu has no value for delivery in 2027", DATED, year=1),
    Fault("outside-area", commit("M1", "1", "1", place=OUTSIDE_AREA), "only what happens", {"local_only": True}),
    Fault("unknown-ward", commit("M1", "1", "1", place="E0"), "“E0” is not a ward of Barnet"),
    Fault(
        "statement-missing",
        commit("M1", "1", "1", statement=" \n"),
        "There is no statement",
        {"asks_statement": True},
        severity=Severity.WARNING,
    ),
]


def problems(commitment: Commitment, what: Contract, **facts: Any) -> list[Problem]:
    menu = edition(measure("M1", **facts))
    return line_problems(commitment, valued(what, menu, commitment), AREA)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_each_fault_is_found_alone(fault: Fault) -> None:
    (problem,) = problems(fault.commitment, fault.contract, **fault.facts)
    assert (problem.code, problem.severity, problem.where.year) == (fault.code, fault.severity, fault.year)
    assert fault.message in problem.message
    assert problem.where.commitment == fault.commitment.key
    assert problem.where.field
    assert problem.fix
    assert not problem.message.endswith(".")
    assert not problem.fix.endswith(".")


GOOD = [
    (commit("M1", "1.25", "0"), {}, TWO_YEARS),
    (commit("M1", "1.2500", None), {}, TWO_YEARS),
    (commit("M1", "1", "1", "0", None), {}, TWO_YEARS),
    (commit("M1", "1"), {"counts": Counts.ONCE}, contract(years=5)),
    (commit("M1", "1", "0"), FIRST_YEAR, TWO_YEARS),
    (commit("M1", "1", "0", "7"), {**FIRST_YEAR, "counts": Counts.EACH_YEAR, "unit": Unit.PEOPLE}, contract(years=3)),
    (commit("M1", "1", "0"), DATED, TWO_YEARS),
    (commit("M1", "1", "1"), {"value": None, **FIRST_YEAR, "counts": Counts.ONCE}, TWO_YEARS),
    (commit("M1", "1", "1", contract_share="0"), {}, TWO_YEARS),
    (commit("M1", "1", "1", contract_share="0.1234560"), {}, TWO_YEARS),
    (commit("M1", "1000000000", "100"), {"unit": Unit.POUNDS}, TWO_YEARS),
    (commit("M1", "1", "100"), {"unit": Unit.PERCENT}, TWO_YEARS),
    (commit("M1", "1", "1", place=OUTSIDE_AREA), {}, TWO_YEARS),
    (commit("M1", "1", "1", place="E05013628"), {"local_only": True}, TWO_YEARS),
    (commit("M1", "1", "1", statement="By a trainer"), {"asks_statement": True}, TWO_YEARS),
    (commit("M1", rate=PER_MILLION), {}, framework(*SPEND, years=2)),
    (commit("M1", "0", rate=PER_MILLION), {}, framework(YearSpend(0, D(0)))),
]


@pytest.mark.parametrize(("commitment", "facts", "what"), GOOD)
def test_a_good_line_has_no_problem(commitment: Commitment, facts: dict[str, Any], what: Contract) -> None:
    assert problems(commitment, what, **facts) == []


def test_every_bad_year_is_named() -> None:
    found = problems(commit("M1", "-1", "0.001"), TWO_YEARS)
    assert [(problem.code, problem.where.year) for problem in found] == [
        ("quantity-negative", 0),
        ("quantity-too-precise", 1),
    ]


@pytest.mark.parametrize("unit", [Unit.HOURS, Unit.PEOPLE, Unit.POUNDS, Unit.PERCENT, Unit.YES_NO])
@pytest.mark.parametrize(
    "quantity", ["-0.01", "0", "1", "1.00", "1.5", "2", "2.345", "100", "100.1", "1000000000", "1000000000.01"]
)
def test_a_quantity_is_a_problem_of_a_line_just_where_it_has_a_fault_as_it_is_typed(unit: Unit, quantity: str) -> None:
    """The line asks quickly whether anything is wrong before it asks what."""
    fault = quantity_fault(measure(unit=unit), D(quantity))
    found = [(problem.code, problem.fix) for problem in problems(commit("M1", quantity, "1"), TWO_YEARS, unit=unit)]
    assert found == ([(fault.code, fault.fix)] if fault else [])


def test_places_are_not_checked_without_an_area() -> None:
    promise = commit("M1", "1", place="anywhere")
    assert line_problems(promise, valued(contract(), edition(measure()), promise)) == []


def test_each_year_without_spend_is_asked_for_by_itself() -> None:
    found = problems(commit("M1", rate=PER_MILLION), framework(years=2))
    assert [problem.key for problem in found] == ["spend-missing:M1:year 1", "spend-missing:M1:year 2"]


def test_hostile_text_is_cut() -> None:
    (problem,) = problems(commit("M1", "1", "1", place="x" * 10_000), TWO_YEARS)
    assert len(problem.message) < 100


@pytest.mark.parametrize(
    ("unit", "fix"),
    [
        (Unit.WEEKS, "Round it to 1 decimal"),
        (Unit.HOURS, "Round it to 2 decimals"),
        (Unit.PEOPLE, "Enter a whole number of people"),
    ],
)
def test_the_remedy_names_the_units_decimals(unit: Unit, fix: str) -> None:
    (problem,) = problems(commit("M1", "1.2345", "0"), TWO_YEARS, unit=unit)
    assert problem.fix == fix


def test_a_possible_quantity_has_no_fault() -> None:
    assert quantity_fault(measure(), D(1)) is None
