"""A million lines at once: the same pence as one by one, each factor asked for once."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.bulk import value_pence
from tomsapp.domain.valuation import pence_of, pence_per_scaled


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
