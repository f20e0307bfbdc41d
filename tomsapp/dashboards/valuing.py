"""Turns streamed tuples of quantities into columns of whole pence, each factor worked out once."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from tomsapp.dashboards.exact import Column, whole_numbers
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.domain.bulk import value_pence
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import SHARE_PLACES, from_scaled, round_down, to_scaled
from tomsapp.domain.valuation import pence_per_scaled, value_factor

LineTuple = tuple[Any, ...]
"""(contract, commitment, edition, measure, share, place, year, quantity): shares in millionths, quantities in 10⁻⁴."""

QUANTITY_PLACES = 4
AT_ONCE = 65_536
NO_YEAR = -1
"""The year of a commitment in which nothing is promised yet."""

_YEARS, _CALENDAR, _SHARES = 64, 512, 1 << 22
_FIRST_CALENDAR_YEAR = 1900
_NOTHING = (0, 1)

COLUMNS = ("contract", "commitment", "measure", "place", "year", "share", "quantity", "social_value", "real_pounds")


class Valuer:
    """Reads tuples in parcels; learns measures, shares and places as they come."""

    def __init__(self, contracts: Sequence[PortfolioContract]) -> None:
        self.contracts = contracts
        self.measures: list[PortfolioMeasure] = []
        self.shares: list[int] = []
        self.places: list[str] = []
        self._ids = np.array([contract.id for contract in contracts], dtype=np.int64)
        self._years = np.array([contract.years for contract in contracts], dtype=np.int64)
        self._starts = np.array([contract.start_on.year for contract in contracts], dtype=np.int64)
        self._measure_codes: dict[tuple[Any, str], int] = {}
        self._by_edition: dict[tuple[str, str, str], int] = {}
        self._share_codes: dict[int, int] = {}
        self._place_codes: dict[str, int] = {}
        self._ratios: dict[int, tuple[int, int]] = {}

    def parcels(self, rows: Iterable[LineTuple]) -> Iterable[dict[str, Column]]:
        """The tuples as columns with their values, `AT_ONCE` at a time; what cannot be valued is left out."""
        iterator = iter(rows)
        while parcel := list(islice(iterator, AT_ONCE)):
            yield self._value(parcel)

    def quantities_of_rates(self, rows: Iterable[LineTuple]) -> Iterable[LineTuple]:
        """Promises per pound as line tuples: the rate times the year's spend, rounded down to the unit's decimals."""
        positions = {contract.id: contract for contract in self.contracts}
        for *line, rate, per_pence, spend_pence, _ in rows:
            contract = positions[line[0]]
            place = contract.edition.places.get(line[3]) if contract.edition else None
            if place is None:
                continue
            exact = Fraction(spend_pence * rate, per_pence * 10**QUANTITY_PLACES) if per_pence else Fraction(0)
            quantity = round_down(exact, place.measure.decimals)
            yield (*line, to_scaled(quantity, QUANTITY_PLACES))

    def _value(self, parcel: list[LineTuple]) -> dict[str, Column]:
        contract_ids, commitments, editions, measures, shares, places, years, quantities = zip(*parcel, strict=True)
        contract = np.searchsorted(self._ids, np.array(contract_ids, dtype=np.int64))
        columns = {
            "contract": contract,
            "commitment": np.array(commitments, dtype=np.int64),
            "measure": self._coded_measures(contract, editions, measures),
            "place": _coded(places, self._place_codes, self.places),
            "year": np.array(years, dtype=np.int64),
            "share": _coded(shares, self._share_codes, self.shares),
            "quantity": whole_numbers(quantities),
        }
        kept = (columns["measure"] >= 0) & (columns["year"] < self._years[contract])
        if not kept.all():
            columns = {name: column[kept] for name, column in columns.items()}
        columns["social_value"] = self._social_value(columns)
        columns["real_pounds"] = self._real_pounds(columns)
        return {name: _narrowed(name, columns[name]) for name in COLUMNS}

    def _coded_measures(self, contract: Column, editions: Sequence[Any], measures: Sequence[str]) -> Column:
        pairs = list(zip(editions, measures, strict=True))
        codes = self._measure_codes
        for pair in set(pairs) - codes.keys():
            owner = self.contracts[int(contract[pairs.index(pair)])]
            codes[pair] = self._learn_measure(owner.edition, pair[1])
        return np.array([codes[pair] for pair in pairs], dtype=np.int64)

    def _learn_measure(self, edition: MenuEdition | None, code: str) -> int:
        place = edition.places.get(code) if edition else None
        if edition is None or place is None:
            return -1
        key = (edition.code, edition.edition, code)
        if key not in self._by_edition:
            self._by_edition[key] = len(self.measures)
            self.measures.append(PortfolioMeasure(edition, place))
        return self._by_edition[key]

    def _social_value(self, columns: dict[str, Column]) -> Column:
        calendar = self._starts[columns["contract"]] + columns["year"] - _FIRST_CALENDAR_YEAR
        year = np.maximum(columns["year"], 0)
        keys = ((columns["measure"] * _YEARS + year) * _CALENDAR + calendar) * _SHARES + columns["share"]
        return whole_numbers(
            value_pence(zip(keys.tolist(), columns["quantity"].tolist(), strict=True), self._social_value_ratio)
        )

    def _social_value_ratio(self, key: int) -> tuple[int, int]:
        if key not in self._ratios:
            rest, share = divmod(key, _SHARES)
            rest, calendar = divmod(rest, _CALENDAR)
            number, year = divmod(rest, _YEARS)
            owner = self.measures[number]
            unit_value = owner.measure.unit_value_in(calendar + _FIRST_CALENDAR_YEAR)
            self._ratios[key] = _NOTHING
            if unit_value is not None:
                rate = owner.edition.discount_rate
                factor = value_factor(owner.measure, unit_value.value, self._share(share), year, rate)
                self._ratios[key] = pence_per_scaled(factor, QUANTITY_PLACES)
        return self._ratios[key]

    def _real_pounds(self, columns: dict[str, Column]) -> Column:
        hands_over = np.array([each.measure.real_pounds for each in self.measures], dtype=bool)
        column = np.zeros(len(columns["measure"]), dtype=np.int64)
        chosen = hands_over[columns["measure"]] if len(hands_over) else column.astype(bool)
        pairs = zip(columns["share"][chosen].tolist(), columns["quantity"][chosen].tolist(), strict=True)
        values = whole_numbers(value_pence(pairs, self._real_pounds_ratio))
        if values.dtype == object:
            column = column.astype(object)
        column[chosen] = values
        return column

    def _real_pounds_ratio(self, share: int) -> tuple[int, int]:
        return pence_per_scaled(Fraction(self._share(share)), QUANTITY_PLACES)

    def _share(self, code: int) -> Decimal:
        return from_scaled(self.shares[code], SHARE_PLACES)


def _coded(values: Sequence[Any], codes: dict[Any, int], known: list[Any]) -> Column:
    """The place of each value in `known`, which grows by those that are new."""
    for value in dict.fromkeys(values):
        if value not in codes:
            codes[value] = len(known)
            known.append(value)
    return np.array([codes[value] for value in values], dtype=np.int64)


def _narrowed(name: str, column: Column) -> Column:
    """Numbers of records and years in 32 bits, which halves what they take; money and quantities never."""
    wide = {"commitment", "quantity", "social_value", "real_pounds"}
    return column if name in wide else column.astype(np.int32)
