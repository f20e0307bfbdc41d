"""Which answers tell of what a question asks, whatever group, measures or figures they were given to."""

from dataclasses import replace

import pytest

from tests.domain.build import commit, contract, edition, measure, valued
from tomsapp.domain.checks.clashes import clash_problems
from tomsapp.domain.checks.declared import told_of
from tomsapp.domain.checks.repeats import repeat_problems
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup

PEOPLE = ExclusionGroup("people", Clash.DECLARE, "person", ("A", "B", "C"), "One person.")
MORE = replace(PEOPLE, code="more", measures=("A", "B", "D"))
POUNDS = replace(PEOPLE, code="pounds", same="pound")
MENU = edition(*(measure(code, counts=Counts.ONCE) for code in "ABCD"), groups=(PEOPLE, MORE, POUNDS))
VALUED = valued(contract(years=2), MENU, commit("A", "1", "1"), commit("B", "1", key="2"))


@pytest.mark.parametrize(
    ("key", "is_told"),
    [
        ("declare-different:people:A+B", True),
        ("declare-different:people:A/B+A/C", True),
        ("declare-different:people:A+C", True),
        ("declare-different:more:A+B+D", True),
        ("declare-different:more:A+D", False),
        ("declare-different:more:A/B+D", True),
        ("declare-different:more:A/D+B", False),
        ("declare-different:pounds:A+B", False),
        ("declare-different:gone:A+B", False),
        ("counted-again:A:1.1+1.2", False),
    ],
)
def test_an_answer_to_the_group_or_to_one_of_its_pairs_tells_of_a_clash(key: str, is_told: bool) -> None:
    (problem,) = (each for each in clash_problems(VALUED) if each.key == "declare-different:people:A+B")
    assert told_of(MENU, problem, [key]) == ({key} if is_told else frozenset())


@pytest.mark.parametrize(
    ("key", "is_told"),
    [
        ("counted-again:A:1.1+1.2", True),
        ("counted-again:A:2.1", True),
        ("repeated-people:A:1.1+1.2", True),
        ("counted-again:AB:1.1+1.2", False),
        ("counted-again:B:1.1", False),
        ("declare-different:people:A+B", False),
    ],
)
def test_an_answer_to_the_measure_tells_of_what_counts_once(key: str, is_told: bool) -> None:
    (problem,) = repeat_problems(VALUED)
    assert told_of(MENU, problem, [key]) == ({key} if is_told else frozenset())
