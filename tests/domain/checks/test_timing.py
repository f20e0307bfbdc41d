"""Dates that do not fit: an edition not in force, and evidence that comes after the contract's end."""

from datetime import date

import pytest

from tests.domain.build import commit, contract, edition, measure, valued
from tomsapp.domain.checks.check import OfferToCheck
from tomsapp.domain.checks.timing import edition_problems, evidence_problems, late_evidence, lateness
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.menu import Counts, Earned
from tomsapp.domain.units import Unit


def found(*commitments, menu=None, **facts):
    offer = OfferToCheck(valued(contract(**facts), menu or edition(measure("M1")), *commitments), commitments)
    return [*edition_problems(offer), *evidence_problems(offer.valuation)]


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ({}, None),
        ({"in_force_from": date(2026, 4, 1), "in_force_until": date(2026, 4, 1)}, None),
        (
            {"in_force_from": date(2026, 4, 2)},
            "made-up 2026.1 comes into force on 2 April 2026, after the contract starts on 1 April 2026",
        ),
        (
            {"in_force_until": date(2026, 3, 31)},
            "made-up 2026.1 was in force until 31 March 2026, before the contract starts on 1 April 2026",
        ),
    ],
)
def test_an_edition_that_is_not_in_force(dates, message) -> None:
    assert [p.message for p in found(menu=edition(measure("M1"), **dates))] == ([message] if message else [])


@pytest.mark.parametrize(("status", "warned"), [(ContractStatus.DRAFT, True), (ContractStatus.SIGNED, False)])
def test_a_draft_on_an_edition_that_was_withdrawn(status, warned) -> None:
    gone = edition(measure("M1"), withdrawn_on=date(2026, 11, 28), withdrawn_because="A value was wrong.")
    problems = found(menu=gone, status=status)
    assert [p.code for p in problems] == ["edition-withdrawn"] * warned
    if warned:
        assert problems[0].message == "made-up 2026.1 was withdrawn on 28 November 2026. A value was wrong"


@pytest.mark.parametrize(
    ("published_on", "in_force_from", "status", "codes"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), ContractStatus.DRAFT, []),
        (date(2026, 4, 2), date(2026, 4, 1), ContractStatus.DRAFT, ["edition-published-later"]),
        (date(2026, 4, 2), None, ContractStatus.DRAFT, ["edition-published-later"]),
        (date(2026, 4, 2), date(2026, 4, 2), ContractStatus.DRAFT, ["edition-not-in-force"]),
        (date(2026, 4, 2), date(2026, 4, 1), ContractStatus.SIGNED, []),
        (None, date(2026, 4, 1), ContractStatus.DRAFT, []),
    ],
)
def test_a_draft_that_begins_before_its_edition_was_published(published_on, in_force_from, status, codes) -> None:
    menu = edition(measure("M1"), published_on=published_on, in_force_from=in_force_from)
    problems = found(menu=menu, status=status)
    assert [p.code for p in problems] == codes
    if codes == ["edition-published-later"]:
        assert problems[0].message == (
            "made-up 2026.1 was published on 2 April 2026, after the contract starts on 1 April 2026"
        )


@pytest.mark.parametrize(
    ("months", "quantities", "years", "late"),
    [
        (0, ["1", "1"], 2, False),
        (12, ["1", "0"], 2, False),
        (13, ["1", "0"], 2, True),
        (11, ["0", "1"], 2, True),
        (12, ["0", "1"], 2, True),
        (23, ["1", "0"], 2, True),
        (24, ["1", "0"], 2, True),
        (24, ["0", "0"], 2, False),
        (12, ["1"], 1, True),
    ],
)
def test_evidence_after_the_end(months, quantities, years, late) -> None:
    job = measure("M1", unit=Unit.PEOPLE, evidence_months=months, evidence_if_later="A letter that says so")
    problems = found(commit("M1", *quantities), commit("M1", *quantities, key="2"), menu=edition(job), years=years)
    assert [p.code for p in problems] == ["evidence-after-end"] * late
    assert all(p.fix == "A letter that says so" for p in problems)


def test_evidence_without_another_way_is_asked_for_in_words() -> None:
    job = measure("M1", unit=Unit.PEOPLE, evidence_months=12)
    (problem,) = found(commit("M1", "0", "1"), menu=edition(job), end_on=date(2027, 9, 30))
    assert problem.message == (
        "Its evidence exists 12 months after a unit counts. For 2027/28 that is after the contract ends on "
        "30 September 2027"
    )
    assert problem.fix == "Say what will be shown instead, or promise it in an earlier year"
    (in_part,) = found(commit("M1", "1", "0"), menu=edition(job), end_on=date(2027, 9, 30))
    assert in_part.message == (
        "Its evidence exists 12 months after a unit counts. What counts after 30 September 2026 can be shown only "
        "after the contract ends on 30 September 2027"
    )
    assert in_part.where.year == 0
    (both,) = found(commit("M1", "1", "1"), menu=edition(job), end_on=date(2027, 9, 30))
    assert (both.message, both.where.year) == (in_part.message, 0)
    late = measure("M1", unit=Unit.PEOPLE, evidence_months=30)
    (every,) = found(commit("M1", "1", "1"), menu=edition(late), end_on=date(2028, 3, 31))
    assert every.message == (
        "Its evidence exists 30 months after a unit counts. From 2026/27 on that is after the contract ends on "
        "31 March 2028"
    )
    assert every.where.year == 0


@pytest.mark.parametrize("counts", [Counts.ONCE, Counts.FIRST_12_MONTHS])
@pytest.mark.parametrize("earned", [Earned.AT_COMPLETION, Earned.AT_START, Earned.OVER_TIME, None])
def test_on_which_day_a_unit_counts_only_its_measure_says(earned, counts) -> None:
    done = measure("M1", unit=Unit.COMPLETIONS, earned=earned, counts=counts, evidence_months=2)
    (problem,) = found(commit("M1", "1"), menu=edition(done), end_on=date(2027, 3, 31))
    assert problem.message == (
        "Its evidence exists 2 months after a unit counts. What counts after 31 January 2027 can be shown only "
        "after the contract ends on 31 March 2027"
    )


LATE_STARTS = [
    # The year before the last is late in part, where the contract ends some months after it.
    (Unit.PEOPLE, Earned.AT_START, Counts.FIRST_12_MONTHS, "2028-06-30", [2], [1], "2027-06-30"),
    (Unit.PERSON_YEARS, Earned.OVER_TIME, Counts.EACH_YEAR, "2028-06-30", [2], [1], "2027-06-30"),
    (Unit.YES_NO, Earned.OVER_TIME, Counts.ONCE, "2028-06-30", [2], [1], "2027-06-30"),
    (Unit.EVENTS, Earned.AT_START, Counts.EACH_YEAR, "2028-06-30", [2], [1], "2027-06-30"),
    (Unit.EVENTS, None, Counts.EACH_YEAR, "2028-06-30", [2], [1], "2027-06-30"),
    # A fall is known when its year is over.
    (Unit.EVENTS, Earned.OVER_TIME, Counts.EACH_YEAR, "2028-06-30", [1, 2], [], "2027-06-30"),
    (Unit.EVENTS, Earned.OVER_TIME, Counts.EACH_YEAR, "2028-03-31", [1], [], "2027-03-31"),
    # A day that another month lacks.
    (Unit.PEOPLE, Earned.AT_START, Counts.ONCE, "2028-02-29", [1], [0], "2027-02-28"),
]


@pytest.mark.parametrize(("unit", "earned", "counts", "end", "whole", "in_part", "last_start"), LATE_STARTS)
def test_what_begins_is_told_apart_from_what_a_year_comes_to(
    unit, earned, counts, end, whole, in_part, last_start
) -> None:
    what = measure("M1", unit=unit, earned=earned, counts=counts, evidence_months=12)
    facts = contract(end_on=date.fromisoformat(end))
    (line,) = valued(facts, edition(what), commit("M1", *["1"] * len(facts.years))).lines
    late = late_evidence(line, facts)
    assert late is not None
    assert [year.year.index for year in late.whole] == whole
    assert [year.year.index for year in late.in_part] == in_part
    assert late.last_start == date.fromisoformat(last_start)


def test_the_fall_of_a_last_year_is_asked_about() -> None:
    fall = measure("M1", unit=Unit.EVENTS, earned=Earned.OVER_TIME, evidence_months=3)
    (problem,) = found(commit("M1", "1", "1"), menu=edition(fall), years=2)
    assert problem.message == (
        "Its evidence exists 3 months after the year that it counts. For 2027/28 that is after the contract ends on "
        "31 March 2028"
    )
    # A year to 31 March has its 3 months by 30 June, though June has no 31st.
    assert found(commit("M1", "1", "0"), menu=edition(fall), end_on=date(2027, 6, 30)) == []


def test_evidence_that_exists_at_once_is_never_late() -> None:
    facts = contract(years=2)
    assert [lateness(measure("J"), year, facts.end_on) for year in facts.years] == [None, None]


@pytest.mark.parametrize(("months", "quantities"), [(0, ["1", "1"]), (12, ["1", "0"]), (24, ["0", "0"])])
def test_nothing_is_late_where_all_of_it_can_be_shown_in_time(months, quantities) -> None:
    facts, what = contract(years=2), measure("M1", unit=Unit.PEOPLE, evidence_months=months)
    (line,) = valued(facts, edition(what), commit("M1", *quantities)).lines
    assert late_evidence(line, facts) is None
