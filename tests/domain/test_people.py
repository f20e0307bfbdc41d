"""The same people counted once: which employment outcomes stand beside each other."""

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import commit, contract, edition, measure, valued
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.people import both_numbers, count_people_once, more_than_once, never_counted, not_counted, same_as
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


AB = frozenset("AB")


def test_declared_people_are_others():
    people = count_people_once(menu(group("g", "AB")), {"A": Fraction(2), "B": Fraction(1)}, {AB})
    assert (people.outcomes, people.overlaps, people.left_out) == (3, (), 0)


def test_people_who_are_said_to_be_the_same_are_never_added():
    jobs = {"A": Fraction(2), "B": Fraction(1), "C": Fraction(4)}
    of_three = menu(group("g", "ABC"))
    for same, left_out in ((set(), 3), ({AB}, 2), ({frozenset("BC")}, 2), ({AB, frozenset("AC")}, 1)):
        people = count_people_once(of_three, jobs, same=same)
        assert (people.outcomes, people.left_out) == (4, left_out)
    # What is declared to be different in one question and the same in another counts as declared.
    assert count_people_once(of_three, jobs, {AB}, {AB}).left_out == 3
    below = count_people_once(of_three, {**jobs, "D": Fraction(-2)}, same={AB})
    assert (below.outcomes, below.left_out) == (2, 2)


@pytest.mark.parametrize("once", [True, False])
def test_people_of_every_group_count_once_marked_or_not(once):
    people = count_people_once(menu(group("g", "AB", once=once)), {"A": Fraction(2), "B": Fraction(1)})
    assert (people.outcomes, people.left_out) == (2, 1)


def test_a_declaration_is_of_two_measures_and_not_of_a_group():
    """Two measures that were declared in a group of one edition are declared in another group of the next."""
    groups = (group("one", "AB"), group("two", "BA", "C"))
    people = count_people_once(menu(*groups), {"A": Fraction(2), "B": Fraction(1), "C": Fraction(1)}, {AB})
    assert (people.outcomes, people.left_out) == (3, 1)
    (overlap,) = people.overlaps
    assert (overlap.group.code, overlap.counted, overlap.not_counted) == ("two", ("A", "B"), ("C",))


def test_what_is_left_out_is_told_by_one_group():
    groups = (group("one", "CD"), group("two", "AB"), group("three", "BA"))
    people = count_people_once(menu(*groups), {"A": Fraction(2), "B": Fraction(1)})
    assert [(overlap.group.code, overlap.not_counted) for overlap in people.overlaps] == [("two", ("B",))]


def test_both_numbers_are_told_where_they_differ():
    assert both_numbers(Fraction(3), Fraction(9, 2)) == "7.5 if all are different people, as few as 3 if not"
    assert both_numbers(Fraction(3), Fraction(0)) == "3"


def test_the_most_people_are_told_with_the_condition_that_is_left_after_answers():
    groups = menu(group("one", "AB"), group("two", "BC"))
    outcomes = {"A": Fraction(4), "B": Fraction(2), "C": Fraction(3), "D": Fraction(1)}
    same = {frozenset("AB"), frozenset("AD")}
    people = count_people_once(groups, outcomes, same=same)
    assert (people.outcomes, people.left_out) == (8, 0), "B is the people of A, and A and C may be added"
    assert people.same == {frozenset("AB")}, "A and D do not clash"
    assert same_as("B", people.overlaps, people.same) == ("A",)
    assert same_as("C", people.overlaps, people.same) == ()
    assert both_numbers(Fraction(3), Fraction(2), some_same=True) == (
        "5 if all but those answered to be the same are different people, as few as 3 if not"
    )


def test_of_two_that_come_to_the_same_the_first_is_counted():
    people = count_people_once(menu(group("g", "AB")), {"A": Fraction(2), "B": Fraction(2)})
    assert people.overlaps[0].counted == ("A",)


def test_of_two_that_come_to_the_same_the_first_of_another_order_is_counted():
    jobs, of_two = {"A": Fraction(1), "B": Fraction(1)}, menu(group("g", "AB"))
    for order, counted in (({"B": 0, "A": 1}, "B"), ({"A": 0, "B": 1}, "A"), (None, "A")):
        (overlap,) = count_people_once(of_two, jobs, order=order).overlaps
        assert overlap.counted == (counted,)


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
    people = count_people_once(menu(*groups), outcomes)
    assert (people.outcomes, people.outcomes + people.left_out) == (best, sum(outcomes.values()))
    told = [code for overlap in people.overlaps for code in overlap.not_counted]
    assert len(told) == len(set(told))
    assert sum(outcomes[code] for code in told) == people.left_out


@given(pairs, pairs, numbers)
def test_a_declared_pair_is_as_if_it_did_not_clash(clashing, declared, outcomes):
    def of(left):
        return menu(*(group(f"g{number}", "".join(pair)) for number, pair in enumerate(sorted(left))))

    told = {frozenset(pair) for pair in declared}
    assert (
        count_people_once(of(clashing), outcomes, told).outcomes
        == count_people_once(of(clashing - declared), outcomes).outcomes
    )


@given(pairs, pairs, st.fixed_dictionaries({code: st.integers(-2, 9) for code in "ABCDEF"}), st.integers(1, 12))
def test_what_is_not_counted_is_what_the_groups_tell(clashing, declared, outcomes, parts):
    """The short way for thousands of contracts leaves out the same measures, in whatever part of a person it counts."""
    of_all = menu(*(group(f"g{number}", "".join(pair)) for number, pair in enumerate(sorted(clashing))))
    told = {frozenset(pair) for pair in declared}
    people = count_people_once(of_all, {code: Fraction(number, parts) for code, number in outcomes.items()}, told)
    assert not_counted(of_all, outcomes, told) == {code for overlap in people.overlaps for code in overlap.not_counted}


@given(pairs, pairs, pairs, st.fixed_dictionaries({code: st.integers(1, 9) for code in "ABCDEF"}))
def test_what_is_never_counted_is_missing_from_the_most(clashing, declared, same, outcomes):
    of_all = menu(*(group(f"g{number}", "".join(pair)) for number, pair in enumerate(sorted(clashing))))
    told, known = ({frozenset(pair) for pair in each} for each in (declared, same))
    people = count_people_once(of_all, {code: Fraction(number) for code, number in outcomes.items()}, told, known)
    gone = never_counted(of_all, outcomes, told, known)
    assert sum(number for code, number in outcomes.items() if code not in gone) == people.outcomes + people.left_out


@given(st.permutations("ABCDEF"), st.lists(st.integers(1, 3), min_size=6, max_size=6))
def test_where_each_may_be_each_the_first_of_those_with_the_most_is_counted(order, counts):
    outcomes = dict(zip(order, counts, strict=True))
    kept = next(code for code in "ABCDEF" if outcomes[code] == max(counts))
    assert not_counted(menu(group("g", "ABCDEF")), outcomes) == set(order) - {kept}


def test_people_of_further_years_are_left_out_of_the_measure_that_is_counted():
    outcomes, again = {"A": Fraction(4), "B": Fraction(3)}, {"A": Fraction(2)}
    people = count_people_once(menu(group("g", "AB")), outcomes, repeated=again)
    assert (people.outcomes, people.left_out, people.repeated) == (3, 4, {})
    (overlap,) = people.overlaps
    assert (overlap.counted, overlap.not_counted) == (("B",), ("A",))
    people = count_people_once(menu(), outcomes, repeated=again)
    assert (people.outcomes, people.left_out, people.repeated) == (5, 2, again)
    people = count_people_once(menu(), outcomes, {frozenset("A")}, repeated=again)
    assert (people.outcomes, people.left_out, people.repeated) == (7, 0, {})
    people = count_people_once(menu(), outcomes, same={frozenset("A")}, repeated=again)
    assert (people.outcomes, people.left_out, people.same) == (5, 0, {frozenset("A")})


def test_more_than_once_is_all_but_the_largest_number():
    assert more_than_once(map(Fraction, (2, 3, 3))) == 5
    assert more_than_once(map(Fraction, (3, -1))) == 0
    assert more_than_once(()) == 0


@given(st.permutations("ABCD"), st.lists(st.integers(1, 2), min_size=4, max_size=4))
def test_of_equal_numbers_the_same_measures_are_named_in_whatever_order_lines_are_read(order, numbers):
    """So that a paper and a portfolio say the same of each measure."""
    amounts = dict(zip("ABCD", numbers, strict=True))
    of_some = menu(group("g", "AB"), group("h", "BC"), group("i", "CD"))
    read = {code: amounts[code] for code in order}
    named = [overlap.not_counted for overlap in count_people_once(of_some, asked(amounts)).overlaps]
    assert [overlap.not_counted for overlap in count_people_once(of_some, asked(read)).overlaps] == named
    assert not_counted(of_some, read) == not_counted(of_some, amounts) == frozenset(chain(*named))
    assert never_counted(of_some, read, (), {AB}) == never_counted(of_some, amounts, (), {AB})


def asked(amounts):
    return {code: Fraction(number) for code, number in amounts.items()}
