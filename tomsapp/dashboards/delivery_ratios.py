"""What a unit is worth in pence, by measure, contract year and share; each ratio is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from tomsapp.dashboards.exact import Column, rounded_products
from tomsapp.dashboards.facts import PortfolioMeasure
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.money import SHARE_PLACES, from_scaled
from tomsapp.domain.value_factor import pence_per_scaled, value_factor

_NOTHING = (0, 1)


class Ratios:
    """The pence of a unit by kind and year; a kind is a measure, the first calendar year, and the share in millionths.

    Real pounds are the units that the contract may claim, in every year.
    """

    def __init__(self, kinds: Sequence[tuple[PortfolioMeasure, int, int]]) -> None:
        self._kinds = kinds
        self._known: dict[tuple[int, bool], tuple[int, int]] = {}

    def pence(self, quantity: Column, which: Column, *, is_real: bool = False) -> Column:
        """The pence of each quantity, rounded once; `which` is kind × `MOST_YEARS` + contract year."""
        is_some = (quantity != 0).astype(bool)
        column: Column = np.zeros(len(quantity), dtype=np.int64)
        if is_some.any():
            met = which[is_some]
            marks = np.zeros(int(met.max()) + 1, dtype=bool)
            marks[met] = True
            codes = np.cumsum(marks) - 1
            ratios = [self._ratio(place, is_real=is_real) for place in np.flatnonzero(marks).tolist()]
            values = rounded_products(quantity[is_some], ratios, codes[met])
            column = column.astype(values.dtype)
            column[is_some] = values
        return column

    def _ratio(self, place: int, *, is_real: bool) -> tuple[int, int]:
        key = place, is_real
        if key not in self._known:
            self._known[key] = self._worked_out(*divmod(place, MOST_YEARS), is_real=is_real)
        return self._known[key]

    def _worked_out(self, kind: int, year: int, *, is_real: bool) -> tuple[int, int]:
        owner, start, scaled = self._kinds[kind]
        share = from_scaled(scaled, SHARE_PLACES)
        if is_real:
            return pence_per_scaled(Fraction(share), QUANTITY_PLACES)
        value = owner.measure.unit_value_in(start + year)
        if value is None:
            return _NOTHING
        factor = value_factor(owner.measure, value.value, share, year, owner.edition.discount_rate)
        return pence_per_scaled(factor, QUANTITY_PLACES)
