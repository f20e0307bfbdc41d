"""Counts in plain words, and what units are called."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import D, commit, contract, edition, measure, valued
from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.plain_counts import CountOfMany, PlainCount, count_of_contracts, plain_counts
from tomsapp.domain.unit_words import count_in_words, is_added_over_contracts
from tomsapp.domain.units import Unit

WEEKS = measure("W", "500", Unit.WEEKS, plain_one="week of work", plain_many="weeks of work")
CASH = measure("V", "10", Unit.POUNDS, real_pounds=True, plain_many="of cash given")
LOCAL = measure("R", None, Unit.PERCENT, plain_many="of spend with local firms")
WAGE = measure("L", None, Unit.YES_NO, plain_one="Pays the London Living Wage")
MENU = edition(WEEKS, CASH, LOCAL, WAGE)


@pytest.mark.parametrize(
    ("what", "quantity", "text"),
    [
        (WEEKS, "1", "1 week of work"),
        (WEEKS, "1200.5", "1,200.5 weeks of work"),
        (CASH, "5000", "£5,000.00 of cash given"),
        (measure(unit=Unit.POUNDS), "5", "£5.00"),
        (measure(unit=Unit.POUNDS, many="pounds of stock"), "5", "£5.00 of stock"),
        (measure(unit=Unit.POUNDS, plain_many="pounds given in cash"), "5", "£5.00 given in cash"),
        (measure(unit=Unit.POUNDS, plain_many="pounds’ worth of goods"), "5", "£5.00 worth of goods"),
        (LOCAL, "30", "30% of spend with local firms"),
        (WAGE, "3", "Pays the London Living Wage"),
        (measure(unit=Unit.TONNES), "2", "2 tonnes"),
    ],
)
def test_counts_in_words(what: Measure, quantity: str, text: str) -> None:
    assert count_in_words(what, D(quantity)) == text


def test_plain_counts_of_a_contract() -> None:
    lines = (
        commit("R", "30", "40"),
        commit("W", "4", "4", contract_share="0.25", key="2"),
        commit("W", "1", "1"),
        commit("W", "1", "0", key="3"),
        commit("L", "1", "1"),
        commit("V", "0", "0"),
    )
    counts = plain_counts(valued(contract(years=2), MENU, *lines))
    assert [(count.measure, count.text) for count in counts] == [
        ("W", "11 weeks of work (5 counted here)"),
        ("R", "30% to 40% of spend with local firms"),
        ("L", "Pays the London Living Wage"),
    ]


def test_percentages_of_several_years_are_not_added() -> None:
    (count,) = plain_counts(valued(contract(years=3), MENU, commit("R", "30", None, "30")))
    assert count.text == "30% of spend with local firms"


JOB = measure(
    "J",
    "100",
    Unit.FTE_JOBS,
    plain_one="disabled resident into work",
    plain_many="disabled residents into work",
    counts=Counts.FIRST_12_MONTHS,
    employment_outcome=D("1"),
)
RAISE = measure(
    "K",
    "100",
    Unit.FTE_YEARS,
    plain_one="full-time year of a new job",
    plain_many="full-time years of new jobs",
    employment_outcome=D(1),
)
REACHED = measure("P", None, Unit.PEOPLE, plain_one="resident reached", plain_many="residents reached")
ONCE = measure("O", None, Unit.PEOPLE, plain_one="child helped", plain_many="children helped", counts=Counts.ONCE)
CARE = measure("Y", None, Unit.PERSON_YEARS, plain_one="person in treatment", plain_many="people in treatment")
PRISON = measure("Q", None, Unit.PERSON_YEARS, plain_one="prison year avoided", plain_many="prison years avoided")
PUPIL = measure("U", None, Unit.PERSON_YEARS, plain_many="pupils in school", each="pupil-year", many="pupil-years")
ALL = edition(WEEKS, CASH, LOCAL, WAGE, JOB, RAISE, REACHED, ONCE, CARE, PRISON, PUPIL)


@pytest.mark.parametrize(
    ("code", "quantities", "share", "text"),
    [
        ("J", ("1", "0"), "0.5", "1 full-time job (disabled resident into work; 0.5 counted here)"),
        ("J", ("4.99", "4"), "1", "8.99 full-time jobs (disabled residents into work)"),
        ("K", ("5", "5"), "1", "10 full-time years of new jobs (as much as 5 full-time jobs through 2 years)"),
        ("K", ("1", "1"), "0.5",
         "2 full-time years of new jobs (1 counted here; as much as 1 full-time job through 2 years)"),
        ("P", ("5", "5", "5", "5"), "1", "5 residents reached in each year"),
        ("P", ("5",), "0.5", "5 residents reached (2.5 counted here)"),
        ("P", ("5", "0"), "1", "5 residents reached in 2026/27"),
        ("P", ("5", "8", "8"), "0.5",
         ("5 to 8 residents reached in a year "
          "(5 in 2026/27, 8 in each year from 2027/28 to 2028/29; 2.5 to 4 counted here)")),
        ("P", ("0", "0", "1", "2"), "1",
         "0 to 2 residents reached in a year (none from 2026/27 to 2027/28, 1 in 2028/29, 2 in 2029/30)"),
        ("P", ("0", "1", "2"), "1",
         "0 to 2 residents reached in a year (none in 2026/27, 1 in 2027/28, 2 in 2028/29)"),
        ("P", ("1", "2", "3", "4", "5"), "1", "1 to 5 residents reached in a year"),
        ("O", ("5", "8"), "1", "13 children helped"),
        ("Y", ("5", "5", "5", "5"), "1", "20 person-years of people in treatment"),
        ("Q", ("1", "0.5"), "1", "1.5 prison years avoided"),
        ("U", ("1",), "1", "1 pupil-year of pupils in school"),
        ("U", ("20",), "1", "20 pupil-years of pupils in school"),
        ("L", ("1",), "0.5", "Pays the London Living Wage"),
        ("R", ("30",), "0.5", "30% of spend with local firms"),
        ("V", ("0.01",), "0.5", "£0.01 of cash given (£0.00… counted here)"),
        ("V", ("5",), "0.5", "£5.00 of cash given (£2.50 counted here)"),
    ],
)  # fmt: skip
def test_counts_are_called_what_they_are(code: str, quantities: tuple[str, ...], share: str, text: str) -> None:
    line = commit(code, *quantities, contract_share=share)
    (count,) = plain_counts(valued(contract(years=len(quantities)), ALL, line))
    assert count.text == text


def test_full_time_years_are_jobs_by_the_true_length() -> None:
    (count,) = plain_counts(valued(contract(end_on=date(2027, 9, 30)), ALL, commit("K", "3", "1.5")))
    assert count.note == "as much as 3 full-time jobs through 18 months"


def test_people_of_two_lines_in_one_year_are_added_and_their_shares_kept_exact() -> None:
    lines = commit("P", "4", "4"), commit("P", "1", "1", contract_share="0.5", key="2")
    (count,) = plain_counts(valued(contract(years=2), ALL, *lines))
    assert (count.figure, count.words, count.note) == ("5", "residents reached in each year", "4.5 counted here")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.integers(0, 10**6))
def test_the_part_that_is_counted_is_never_rounded_up(hundredths: list[int], millionths: int) -> None:
    share = Decimal(millionths).scaleb(-6)
    quantities = [str(Decimal(each).scaleb(-2)) for each in hundredths]
    whole = Fraction(sum(hundredths), 100)
    valuation = valued(contract(years=len(quantities)), ALL, commit("J", *quantities, contract_share=share))
    for count in plain_counts(valuation):
        counted = whole * Fraction(share)
        if not count.note:
            assert counted == whole
            continue
        told = Fraction(count.note.removesuffix(" counted here").rstrip("…").replace(",", ""))
        assert told <= counted < told + Fraction(1, 10**6)
        assert ("…" in count.note) == (told != counted)


def many(
    contracts: int,
    quantity: str,
    counted: str,
    low: str,
    high: str,
    jobs: str = "0",
    counted_in: tuple[str, str] = ("0", "0"),
) -> CountOfMany:
    counted_low, counted_high = map(Fraction, counted_in)
    return CountOfMany(
        contracts,
        D(quantity),
        Fraction(counted),
        Fraction(counted),
        D(low),
        D(high),
        counted_low,
        counted_high,
        Fraction(jobs),
    )


@pytest.mark.parametrize(
    ("what", "of_many", "text"),
    [
        (JOB, many(3, "36", "35.5", "2", "20"), "36 full-time jobs (disabled residents into work; 35.5 counted here)"),
        (RAISE, many(2, "15", "15", "5", "10", "7.5"),
         "15 full-time years of new jobs (as much as 7.5 full-time jobs through their contracts)"),
        (REACHED, many(3, "900", "450", "100", "200", counted_in=("50", "100.5")),
         ("100 to 200 residents reached in a year in each of 3 contracts "
          "(not added up, because one may be in two contracts; by its share each counts 50 to 100.5)")),
        (REACHED, many(3, "900", "900", "100", "200", counted_in=("100", "200")),
         ("100 to 200 residents reached in a year in each of 3 contracts "
          "(not added up, because one may be in two contracts)")),
        (ONCE, many(2, "16", "12", "8", "8", counted_in=("4", "8")),
         ("8 children helped in each of 2 contracts "
          "(not added up, because one may be in two contracts; by its share each counts 4 to 8)")),
        (ONCE, replace(many(2, "16", "12", "8", "8", counted_in=("4", "8")),
                       each=(("C-4", D(8), Fraction(4)), ("C-9", D(8), Fraction(8)))),
         ("8 children helped in each of 2 contracts "
          "(not added up, because one may be in two contracts; 8 in C-4 of which 4 counted here, 8 in C-9)")),
        (ONCE, many(2, "16", "8", "8", "8", counted_in=("4", "4")),
         ("8 children helped in each of 2 contracts "
          "(not added up, because one may be in two contracts; by its share each counts 4)")),
        (ONCE, many(2, "10", "10", "5", "5"),
         "5 children helped in each of 2 contracts (not added up, because one may be in two contracts)"),
        (WAGE, many(2, "2", "1", "1", "1"), "Pays the London Living Wage (promised in each of 2 contracts)"),
        (LOCAL, many(2, "70", "70", "30", "40"), "30% to 40% of spend with local firms"),
        (CARE, many(2, "20", "20", "5", "15"), "20 person-years of people in treatment"),
        (measure("N", None, Unit.PEOPLE, plain_many="young people into work", employment_outcome=D("1")),
         many(2, "20", "20", "5", "15"),
         "20 young people into work (added up, because each is a job of its own contract)"),
    ],
)  # fmt: skip
def test_jobs_are_added_over_contracts_and_people_are_not(what: Measure, of_many: CountOfMany, text: str) -> None:
    assert count_of_contracts(what, of_many).text == text


def test_a_count_without_a_number_is_its_words() -> None:
    assert PlainCount("L", "", "Pays the London Living Wage").text == "Pays the London Living Wage"


@pytest.mark.parametrize(
    ("unit", "named", "text"),
    [
        (Unit.POUNDS, "pounds given in cash", "£5,000.00 given in cash"),
        (Unit.POUNDS, "pounds’ worth of goods", "£5,000.00 worth of goods"),
        (Unit.POUNDS, "of cash given", "£5,000.00 of cash given"),
        (Unit.PERCENT, "per cent of staff", "5,000% of staff"),
    ],
)
def test_a_unit_that_the_sign_says_is_not_said_again(unit, named, text):
    counted = Measure("X01", "Title", unit, Counts.EACH_YEAR, plain_one=named, plain_many=named)
    assert count_in_words(counted, D("5000")) == text


def test_yes_or_no_and_percentages_are_never_added_over_contracts() -> None:
    assert [is_added_over_contracts(what) for what in (WAGE, LOCAL, REACHED, JOB, WEEKS)] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_a_raise_is_never_told_as_a_job():
    raised = measure("W", "100", Unit.FTE_YEARS, plain_one="full-time year of a raise", plain_many="years of raises")
    (count,) = plain_counts(valued(contract(years=2), edition(raised), commit("W", "5", "5")))
    assert "jobs" not in count.note


KEPT = {"deadweight_share": D("0.2"), "displacement_share": D("0.5")}
"""What a menu may take off: 0.8 × 0.5 = 0.4 is left."""


@pytest.mark.parametrize(
    ("what", "quantities", "share", "text"),
    [
        (WEEKS, ("1.5", "2"), "1", "3.5 weeks of work (1.4 after what the menu takes off)"),
        (WEEKS, ("1.5", "2"), "0.5", "3.5 weeks of work (1.75 counted here; 0.7 after what the menu takes off)"),
        (CASH, ("5", "0"), "1", "£5.00 of cash given (£2.00 after what the menu takes off)"),
        (REACHED, ("10", "20"), "1",
         ("10 to 20 residents reached in a year (10 in 2026/27, 20 in 2027/28; 4 to 8 after what the menu takes off)")),
        (REACHED, ("10", "10"), "0.5",
         "10 residents reached in each year (5 counted here; 2 after what the menu takes off)"),
    ],
)  # fmt: skip
def test_a_count_beside_pounds_says_what_is_left_after_the_menu(what, quantities, share, text) -> None:
    less = replace(what, **KEPT)
    (count,) = plain_counts(
        valued(contract(years=2), edition(less), commit(less.code, *quantities, contract_share=share))
    )
    assert count.text == text


def test_counts_over_contracts_say_what_is_left_after_the_menu() -> None:
    less = replace(many(3, "20", "15", "2", "8"), net=Fraction(10))
    assert (
        count_of_contracts(WEEKS, less).text == "20 weeks of work (15 counted here; 10 after what the menu takes off)"
    )
    people = replace(many(2, "10", "10", "5", "5"), net=Fraction(4))
    assert count_of_contracts(ONCE, people).text.endswith("in two contracts; before what the menu takes off)")
