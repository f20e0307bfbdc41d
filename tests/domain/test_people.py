"""The same people counted once: which employment outcomes stand beside each other."""

from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import commit, contract, edition, measure, valued
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.people import count_people_once
from tomsapp.domain.units import Unit


def group(code: str, measures: str, against: str = "", *, once: bool = True) -> ExclusionGroup:
    return ExclusionGroup(
        code, Clash.DECLARE, "person", tuple(measures), "One person is one job.", tuple(against), (), once
    )


def menu(*groups: ExclusionGroup):
    return edition(*(measure(code, unit=Unit.PEOPLE, employment_outcome=1) for code in "ABCDEF"), groups=groups)


def test_begun_and_completed_is_one_apprentice():
    menu_of_two = menu(group("apprentice", "A", "BC"))
    people = count_people_once(menu_of_two, {"A": Fraction(2), "B": Fraction(1), "C": Fraction(3)})
    assert people.outcomes == 4
    (overlap,) = people.overlaps
    assert (overlap.group.code, overlap.counted, overlap.not_counted) == ("apprentice", ("B", "C"), ("A",))


def test_declared_people_are_others():
    people = count_people_once(menu(group("g", "AB")), {"A": Fraction(2), "B": Fraction(1)}, {"g"})
    assert (people.outcomes, people.overlaps) == (3, ())


def test_groups_that_do_not_ask_for_it_are_added():
    people = count_people_once(menu(group("g", "AB", once=False)), {"A": Fraction(2), "B": Fraction(1)})
    assert (people.outcomes, people.overlaps) == (3, ())


def test_of_two_that_come_to_the_same_the_first_is_counted():
    people = count_people_once(menu(group("g", "AB")), {"A": Fraction(2), "B": Fraction(2)})
    assert people.overlaps[0].counted == ("A",)


def test_what_is_below_nothing_is_left_to_the_checks():
    people = count_people_once(menu(group("g", "AB")), {"A": Fraction(-2), "B": Fraction(1)})
    assert (people.outcomes, people.overlaps) == (-1, ())


def test_a_valuation_counts_lines_of_one_measure_together():
    result = valued(contract(), menu(group("g", "AB")), commit("A", "2"), commit("A", "2"), commit("B", "3"))
    assert result.employment_outcomes == 4
    assert [line.employment_outcomes for line in result.lines] == [2, 2, 3]
    assert result.outcome_overlaps[0].not_counted == ("B",)


pairs = st.sets(st.sampled_from(list(combinations("ABCDEF", 2))), max_size=9)
numbers = st.fixed_dictionaries({code: st.integers(0, 9).map(Fraction) for code in "ABCDEF"})


@given(pairs, numbers)
def test_it_is_the_most_that_can_be_other_people(clashing, outcomes):
    groups = [group(f"g{number}", "".join(pair)) for number, pair in enumerate(sorted(clashing))]
    sets = chain.from_iterable(combinations("ABCDEF", size) for size in range(7))
    best = max(
        sum(outcomes[code] for code in codes) for codes in sets if not any(set(pair) <= set(codes) for pair in clashing)
    )
    assert count_people_once(menu(*groups), outcomes).outcomes == best
