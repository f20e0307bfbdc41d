"""What counts once is asked about when it stands in more years or lines than one."""

from typing import Any

import pytest

from tests.domain.build import D, commit, contract, edition, framework, measure, rate, valued
from tomsapp.domain.checks.repeats import repeat_problems
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import YearSpend
from tomsapp.domain.menu import Counts
from tomsapp.domain.problems import Severity
from tomsapp.domain.units import Unit

STARTS: dict[str, Any] = {"counts": Counts.FIRST_12_MONTHS, "unit": Unit.PEOPLE}
ONCE: dict[str, Any] = {"counts": Counts.ONCE, "unit": Unit.YES_NO}


def found(facts: dict[str, Any], *commitments: Commitment, what: Any = None):
    menu = edition(measure("M1", **facts), measure("M2", **facts))
    return list(repeat_problems(valued(what or contract(years=3), menu, *commitments)))


@pytest.mark.parametrize(
    ("facts", "lines", "message", "year", "spots"),
    [
        (STARTS, [commit("M1", "1", "0", "2")], "M1 is promised in 2 years. It counts each person once", 2, "1.1+1.3"),
        (STARTS, [commit("M1", "1"), commit("M1", "1", key="2")], "M1 is promised in 2 lines.", 0, "1.1+2.1"),
        (
            STARTS,
            [commit("M1", "1", "1"), commit("M1", "1", key="2")],
            "M1 is promised in 2 years and 2 lines.",
            1,
            "1.1+1.2+2.1",
        ),
        (ONCE, [commit("M1", "1", "1", "1")], "M1 is promised in 3 years. It counts each of", 1, "1.1+1.2+1.3"),
        (ONCE, [commit("M1", "1"), commit("M1", "1", key="2", place="W1")], "M1 is promised in 2 lines.", 0, "1.1+2.1"),
    ],
)
def test_repeats_over_years_and_lines(facts, lines, message, year, spots) -> None:
    (problem,) = found(facts, *lines)
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith(message)
    assert problem.where.year == year
    people = facts is STARTS
    assert problem.key == f"{'repeated-people' if people else 'counted-again'}:M1:{spots}"
    assert problem.fix.startswith(f"Confirm that they are {'different people' if people else 'not the same ones'}, or")


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        (STARTS, [commit("M1", "1", "0", "0"), commit("M2", "1")]),
        (ONCE, [commit("M1", "1"), commit("M1", "0", key="2")]),
        ({"counts": Counts.EACH_YEAR}, [commit("M1", "1", "1"), commit("M1", "1", key="2")]),
    ],
)
def test_what_stands_once_is_not_asked_about(facts, lines) -> None:
    assert found(facts, *lines) == []


def test_people_of_a_measure_that_counts_once_are_people() -> None:
    (problem,) = found({"counts": Counts.ONCE, "unit": Unit.FTE_JOBS}, commit("M1", "1", "1"))
    assert problem.fix == "Confirm that they are different people, or keep each of them once"


def test_a_promise_per_pound_is_promised_by_year_instead() -> None:
    what = framework(YearSpend(0, D(1000000)), YearSpend(1, D(1000000)), years=2)
    (problem,) = found(STARTS, commit("M1", rate=rate("2", "1000000")), what=what)
    assert problem.fix.endswith("or promise quantities by year instead")
