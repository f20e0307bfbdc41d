"""Exclusion groups: one Problem for each group whose claimed measures may not stand together."""

from dataclasses import replace

import pytest

from tests.domain.build import D, commit, contract, edition, measure, valued
from tomsapp.domain.checks.clashes import clash_problems, repeated_measures
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.units import Unit

BLOCK = ExclusionGroup("jobs", Clash.BLOCK, "person", ("A", "B", "C"), "One person, one gain.")
DECLARE = ExclusionGroup("cash", Clash.DECLARE, "pound", ("A", "B"), "One pound.", against=("C", "D"))
LOCAL = ExclusionGroup("local", Clash.BLOCK, "person", ("J",), "Local.", against=("A",))


def clashes(group: ExclusionGroup, *commitments: Commitment) -> list[Problem]:
    menu = edition(*(measure(code) for code in "ABCDJ"), groups=(group,))
    valuation = valued(contract(), menu, *commitments)
    return [*clash_problems(valuation), *repeated_measures(valuation)]


@pytest.mark.parametrize(
    ("group", "claimed", "together"),
    [
        (BLOCK, "AB", ["A+B"]),
        (BLOCK, "BA", ["A+B"]),
        (BLOCK, "ABC", ["A+B+C"]),
        (BLOCK, "AD", []),
        (BLOCK, "A", []),
        (DECLARE, "AB", []),
        (DECLARE, "CD", []),
        (DECLARE, "ACD", ["A+C+D"]),
        (LOCAL, "AJ", ["A+J"]),
    ],
)
def test_which_measures_clash(group: ExclusionGroup, claimed: str, together: list[str]) -> None:
    found = clashes(group, *(commit(code, "1") for code in claimed))
    assert [problem.key for problem in found] == [f"declare-different:{group.code}:{codes}" for codes in together]


def test_a_block_cannot_be_submitted() -> None:
    (problem,) = clashes(BLOCK, commit("A", "1"), commit("B", "1", key="7"))
    assert (problem.code, problem.severity) == ("never-add-together", Severity.ERROR)
    assert problem.message == "A Measure A and B Measure B may not count the same person"
    assert problem.fix == "Keep one of them. One person, one gain."
    assert (problem.where.commitment, problem.where.measure) == ("7", "B")


def test_three_of_a_group_are_one_problem() -> None:
    (problem,) = clashes(BLOCK, commit("A", "1"), commit("B", "1"), commit("C", "1"))
    assert problem.message == "A Measure A, B Measure B and C Measure C may not count the same person"


def test_a_declaration_is_asked_for() -> None:
    (problem,) = clashes(DECLARE, commit("A", "1"), commit("C", "1"), commit("D", "1"))
    assert problem.message == "A Measure A may not count the same pound as C Measure C and D Measure D"
    assert (problem.code, problem.severity) == ("declare-different", Severity.WARNING)
    assert problem.fix == "Declare that no pound is counted more than once, or keep one of them"


@pytest.mark.parametrize(
    ("group", "claimed", "keep"),
    [
        (BLOCK, "ABC", "Keep one of them. One person, one gain."),
        (replace(DECLARE, severity=Clash.BLOCK), "AC", "Keep one of them. One pound."),
        (replace(DECLARE, severity=Clash.BLOCK), "ACD", "Keep A, or C and D. One pound."),
        (replace(DECLARE, severity=Clash.BLOCK), "ABD", "Keep A and B, or D. One pound."),
        (replace(DECLARE, severity=Clash.BLOCK, against=("B", "C")), "ABC", "Keep one of them. One pound."),
    ],
)
def test_all_of_the_side_that_does_not_clash_may_be_kept(group: ExclusionGroup, claimed: str, keep: str) -> None:
    (problem,) = clashes(group, *(commit(code, "1") for code in claimed))
    assert problem.fix == keep


def test_that_they_are_the_same_is_advised_of_jobs_alone_where_no_pound_would_count_twice() -> None:
    """Jobs that are the same count once by themselves; tonnes and households do not, so no such answer is offered."""
    jobs = {"unit": Unit.PEOPLE, "employment_outcome": D(1)}
    offered = (
        "Declare that no pound is counted more than once, answer that they are the same, or keep one of them",
        "Declare that no pound is counted more than once, or keep one of them",
    )
    for of_a, of_c, fix in (
        ({"value": None, **jobs}, jobs, offered[0]),
        (jobs, jobs, offered[1]),
        ({"value": None, **jobs}, {}, offered[1]),
        ({"value": None}, {}, offered[1]),
        ({"value": None, "unit": Unit.HOUSEHOLDS}, {"value": None, "unit": Unit.HOUSEHOLDS}, offered[1]),
    ):
        menu = edition(measure("A", **of_a), measure("C", **of_c), groups=(DECLARE,))
        (problem,) = clash_problems(valued(contract(), menu, commit("A", "1"), commit("C", "1")))
        assert problem.fix == fix


BOTH = ExclusionGroup("begun", Clash.DECLARE, "person", ("A", "B", "C"), "One job.", against=("B", "C", "D"))


@pytest.mark.parametrize(
    ("claimed", "words"),
    [
        ("AB", "A Measure A and B Measure B may not count the same person"),
        ("AD", "A Measure A may not count the same person as D Measure D"),
        ("BC", "B Measure B and C Measure C may not count the same person"),
        ("BD", "B Measure B may not count the same person as D Measure D"),
        ("ABD", "A Measure A and B Measure B may not count the same person as each other or as D Measure D"),
        (
            "ABCD",
            "A Measure A, B Measure B and C Measure C may not count the same person as each other or as D Measure D",
        ),
    ],
)
def test_a_measure_on_both_sides_of_a_group_is_told_too(claimed: str, words: str) -> None:
    (problem,) = clashes(BOTH, *(commit(code, "1") for code in claimed))
    assert problem.message == words


STARTS = ExclusionGroup("starts", Clash.DECLARE, "person", ("A", "B", "S"), "One job.", against=("C", "D", "S"))


@pytest.mark.parametrize(
    ("claimed", "words"),
    [
        ("CDS", "S Measure S may not count the same person as C Measure C and D Measure D"),
        ("ACS", "A Measure A and S Measure S may not count the same person as each other or as C Measure C"),
        (
            "ABCS",
            (
                "A Measure A and B Measure B may not count the same person as C Measure C and S Measure S; "
                "S Measure S may not count the same person as C Measure C"
            ),
        ),
        ("ABS", "A Measure A and B Measure B may not count the same person as S Measure S"),
    ],
)
def test_the_words_of_a_group_tell_just_its_pairs(claimed: str, words: str) -> None:
    menu = edition(*(measure(code) for code in "ABCDS"), groups=(STARTS,))
    (problem,) = clash_problems(valued(contract(), menu, *(commit(code, "1") for code in claimed)))
    assert problem.message == words


def test_a_pair_that_another_group_asks_about_is_not_told_again() -> None:
    first = ExclusionGroup("first", Clash.DECLARE, "person", ("A", "B"), "One job.")
    then = ExclusionGroup("then", Clash.DECLARE, "person", ("A", "B", "C"), "One job.")
    menu = edition(*(measure(code) for code in "ABC"), groups=(first, then))
    words = [p.message for p in clash_problems(valued(contract(), menu, *(commit(code, "1") for code in "ABC")))]
    assert words == [
        "A Measure A and B Measure B may not count the same person",
        "A Measure A and B Measure B may not count the same person as C Measure C",
    ]


@pytest.mark.parametrize("quantity", ["0", None])
def test_what_is_not_claimed_does_not_clash(quantity: str | None) -> None:
    assert clashes(BLOCK, commit("A", "1"), commit("B", quantity)) == []


def test_the_first_claimed_line_of_a_measure_is_named() -> None:
    lines = (
        commit("A", "1"),
        commit("B", "0", key="1"),
        commit("B", "1", key="2", place="w"),
        commit("B", "1", key="3"),
    )
    assert clashes(BLOCK, *lines)[0].where.commitment == "2"


def test_a_measure_twice_in_one_place_is_noted() -> None:
    first, again, elsewhere = commit("D", "1"), commit("D", "2", key="2"), commit("D", "1", key="3", place="w")
    (problem,) = clashes(BLOCK, first, elsewhere, again)
    assert (problem.code, problem.severity, problem.where.commitment) == ("measure-repeated", Severity.NOTE, "2")
