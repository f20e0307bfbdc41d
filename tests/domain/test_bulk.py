"""A million lines at once: the same pence as one by one, each factor asked for once."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.random_offers import case
from tomsapp.domain import bulk
from tomsapp.domain.bulk import value_pence, value_to_check
from tomsapp.domain.offer import FoundProblems, Offer, Surroundings, find_problems, value_offer
from tomsapp.domain.valuation import value_contract
from tomsapp.domain.value_factor import pence_of, pence_per_scaled


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-(10**15), 10**15)), max_size=50))
def test_rows_are_valued_in_order_and_factors_asked_for_once(rows: list[tuple[str, int]]) -> None:
    ratios = {key: pence_per_scaled(Fraction(number, 7), 4) for key, number in zip("abc", (1, 100, 15945), strict=True)}
    asked: Counter[str] = Counter()

    def ratio_of(key: str) -> tuple[int, int]:
        asked[key] += 1
        return ratios[key]

    assert list(value_pence(rows, ratio_of)) == [pence_of(quantity, ratios[key]) for key, quantity in rows]
    assert set(asked.values()) <= {1}


def test_halves_go_away_from_zero() -> None:
    assert list(value_pence([("a", 1), ("a", -1), ("a", 3)], lambda _: (1, 2))) == [1, -1, 2]


@pytest.mark.parametrize("number", range(60))
def test_a_contract_among_thousands_is_worth_what_it_is_by_itself(number: int) -> None:
    made = case(number)
    at_once = value_to_check(made.contract, made.edition, made.commitments)
    whole = value_contract(made.contract, made.edition, made.commitments)
    assert [(line.units, line.quantity, line.social_value, line.real_pounds) for line in at_once.lines] == [
        (line.units, line.quantity, line.social_value, line.real_pounds) for line in whole.lines
    ]
    assert at_once.social_value == whole.social_value
    assert at_once == whole


@pytest.mark.parametrize("number", range(60))
def test_its_problems_are_those_that_are_found_by_itself(number: int) -> None:
    made = case(number)
    offer, around = Offer(made.contract, made.commitments), Surroundings(policy=made.policy)
    whole = value_offer(offer, made.edition, around)
    assert find_problems(offer, made.edition, around) == FoundProblems(whole.problems, whole.inadmissible)


def test_what_is_kept_of_an_edition_is_not_more_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MOST_KEPT", 1)
    made = case(3)
    menu = replace(made.edition)
    at_once = value_to_check(made.contract, menu, made.commitments)
    assert at_once == value_contract(made.contract, menu, made.commitments)
    assert len(menu.ratios) == 1
