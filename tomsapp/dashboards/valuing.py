"""Turns streamed tuples of quantities into columns of whole pence, each factor worked out once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

import numpy as np

from tomsapp.dashboards.exact import Column, Places, narrowed, numbers_in, rounded_products, whole_numbers
from tomsapp.dashboards.facts import PortfolioMeasure
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import SHARE_PLACES, from_scaled
from tomsapp.domain.value_factor import pence_per_scaled, value_factor

LineTuple = tuple[Any, ...]
"""(contract, commitment, edition, measure, share, place, year, quantity): shares in millionths, quantities in 10⁻⁴."""

QUANTITY_PLACES = 4
_AT_ONCE = 8_192
_MANY = 131_072
NO_YEAR = -1
"""The year of a commitment in which nothing is promised yet."""

_CALENDAR, _SHARES, _MEASURES = 512, 1 << 22, 1 << 32
_FIRST_CALENDAR_YEAR = 1900
_NOTHING = (0, 1)

COLUMNS = (
    "contract",
    "commitment",
    "measure",
    "place",
    "year",
    "share",
    "forecast",
    "quantity",
    "social_value",
    "real_pounds",
)
WIDE = frozenset({"commitment", "quantity", "social_value", "real_pounds"})
"""Columns whose numbers can need 64 bits or more."""


class ValuedContract(Protocol):
    """What decides the values of a contract's lines."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def start_on(self) -> date:
        """Its first day."""
        ...

    @property
    def years(self) -> int:
        """How many contract years it has."""
        ...

    @property
    def edition(self) -> MenuEdition | None:
        """The menu edition of its measures; None where there is none."""
        ...


class Codes(dict[Any, int]):
    """Numbers values as they come; `known` holds them in that order."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[Any] = []

    def __missing__(self, value: object) -> int:
        self[value] = number = len(self.known)
        self.known.append(value)
        return number

    def column(self, values: Sequence[object]) -> Column:
        """The number of each value."""
        return np.fromiter(map(self.__getitem__, values), dtype=np.int64, count=len(values))


class KeptLists(NamedTuple):
    """What the columns of lines that were kept stand for: measures with their editions, places, shares."""

    measures: Sequence[tuple[MenuEdition, str]]
    places: Sequence[str]
    shares: Sequence[int]


class Valuer:
    """Reads tuples in parcels; learns measures, shares and places as they come."""

    def __init__(self, contracts: Sequence[ValuedContract]) -> None:
        self.contracts = contracts
        self.measures: list[PortfolioMeasure] = []
        self._measure_codes, self._share_codes, self._place_codes = Codes(), Codes(), Codes()
        self.shares: list[int] = self._share_codes.known
        self.places: list[str] = self._place_codes.known
        self._ids = np.array([contract.id for contract in contracts], dtype=np.int64)
        self._years = np.array([contract.years for contract in contracts], dtype=np.int64)
        self._starts = np.array([contract.start_on.year for contract in contracts], dtype=np.int64)
        editions = {(e.code, e.edition): e for each in contracts if (e := each.edition) is not None}
        self._editions: list[MenuEdition | None] = [None, *editions.values()]
        numbers = {name: number for number, name in enumerate(editions, 1)}
        self._edition_of = np.array(
            [numbers[each.edition.code, each.edition.edition] if each.edition else 0 for each in contracts],
            dtype=np.int64,
        )
        self._pairs: dict[int, int] = {}
        self._ratios: dict[int, tuple[int, int]] = {}

    def learn(self, lists: KeptLists) -> None:
        """Know first what kept columns stand for, in the same order."""
        numbers = {id(edition): number for number, edition in enumerate(self._editions)}
        for edition, code in lists.measures:
            self._learnt(numbers[id(edition)] * _MEASURES + self._measure_codes[code])
        self._place_codes.column(lists.places)
        self._share_codes.column(lists.shares)

    def parcels(self, rows: Iterable[LineTuple], *, is_forecast: bool = False) -> Iterable[dict[str, Column]]:
        """The tuples as columns with their values, a few thousand at a time; what cannot be valued is left out."""
        iterator = iter(rows)
        while parcel := list(islice(iterator, _AT_ONCE)):
            columns = self._value(parcel)
            columns["forecast"] = np.full(len(columns["contract"]), is_forecast, dtype=np.bool_)
            yield columns

    def columns(
        self, commitments: Iterable[tuple[str, ...]], quantities: Iterable[tuple[str, ...]]
    ) -> Iterator[dict[str, Column]]:
        """The same from JSON arrays: of commitments, and of quantities, also of commitments that are not among them.

        Commitments: number, contract, share, measure, place. Quantities: commitment, year, quantity.
        """
        heads = self.heads(commitments)
        is_known = heads["measure"] >= 0
        if not is_known.all():
            heads = {name: column[is_known] for name, column in heads.items()}
        kinds, kind = np.unique(self.kinds(heads), return_inverse=True)
        heads = {name: _narrowed(name, column) for name, column in (*heads.items(), ("kind", kind))}
        is_promised = np.zeros(len(kind), dtype=bool)
        places = Places(heads["commitment"])
        read = [self._with_heads(heads, places, is_promised, *map(numbers_in, parcel)) for parcel in quantities]
        yield self._empty({name: column[~is_promised] for name, column in heads.items() if name != "kind"})
        if not read:
            return
        rows = {name: np.concatenate([each.pop(name) for each in read]) for name in (*heads, "year", "quantity")}
        which = rows.pop("kind") * MOST_YEARS + rows["year"]
        ratios = self.ratios_of(kinds, which)
        for start in range(0, len(which), _MANY):
            part = slice(start, start + _MANY)
            columns = {name: column[part] for name, column in rows.items()}
            columns["social_value"] = rounded_products(columns["quantity"], ratios, which[part])
            columns["real_pounds"] = self._real_pounds(columns)
            columns["forecast"] = np.zeros(len(which[part]), dtype=np.bool_)
            yield {name: _narrowed(name, column) for name, column in columns.items()}

    def heads(self, parcels: Iterable[tuple[str, ...]]) -> dict[str, Column]:
        """What commitments say of all their years, by number; the measure of those whose edition lacks it is −1."""
        read: list[dict[str, Column]] = []
        for numbers, contract_ids, shares, measures, places in parcels:
            contract = np.searchsorted(self._ids, numbers_in(contract_ids))
            columns = {
                "commitment": numbers_in(numbers),
                "contract": contract,
                "measure": self._coded_measures(contract, json.loads(measures)),
                "place": self._place_codes.column(json.loads(places)),
                "share": self._share_codes.column(numbers_in(shares).tolist()),
            }
            read.append(columns)
        return {
            name: np.concatenate([np.zeros(0, dtype=np.int64), *(each[name] for each in read)])
            for name in ("commitment", "contract", "measure", "place", "share")
        }

    @staticmethod
    def _empty(heads: dict[str, Column]) -> dict[str, Column]:
        """Commitments in which nothing is promised yet."""
        nothing = np.zeros(len(heads["commitment"]), dtype=np.int64)
        return heads | {
            "year": np.full(len(nothing), NO_YEAR, dtype=np.int32),
            "quantity": nothing,
            "social_value": nothing,
            "real_pounds": nothing,
            "forecast": nothing.astype(np.bool_),
        }

    def _with_heads(
        self,
        heads: Mapping[str, Column],
        places: Places,
        is_promised: Column,
        commitment: Column,
        year: Column,
        quantity: Column,
    ) -> dict[str, Column]:
        """Quantities with what their commitments say; of others, and after the contract's years, they are left out.

        `is_promised` is told of which commitments there are any.
        """
        at = places.of(commitment)
        kept = at >= 0
        kept[kept] = year[kept] < self._years[heads["contract"][at[kept]]]
        at = at[kept]
        is_promised[at] = True
        return {name: column[at] for name, column in heads.items()} | {"year": year[kept], "quantity": quantity[kept]}

    def ratios_of(self, kinds: Column, which: Column) -> list[tuple[int, int]]:
        """The ratio of each kind in each year, where any quantity is of it."""
        ratios = [_NOTHING] * (len(kinds) * MOST_YEARS)
        is_met = np.zeros(len(ratios), dtype=bool)
        is_met[which] = True
        for place in np.flatnonzero(is_met).tolist():
            kind, year = divmod(place, MOST_YEARS)
            ratios[place] = self._social_value_ratio(int(kinds[kind]) * MOST_YEARS + year)
        return ratios

    def kinds(self, columns: Mapping[str, Column]) -> Column:
        """A number for what decides the value of a unit but for the year: measure, first calendar year and share."""
        starts = self._starts[columns["contract"]] - _FIRST_CALENDAR_YEAR
        found: Column = (columns["measure"] * _CALENDAR + starts) * _SHARES + columns["share"]
        return found

    def quantities_of_rates(self, rows: Iterable[LineTuple], *, is_forecast: bool) -> Iterable[LineTuple]:
        """Promises per pound as line tuples, those that rest on a forecast of spend or the others.

        The rate times the spend so far, cut to the unit's decimals, less what the years before counted, as
        `valuation.quantity_in` counts it; a year rests on a forecast where any spend so far does.
        """
        owners = {contract.id: contract for contract in self.contracts}
        ordered = sorted(rows, key=itemgetter(1, 6))
        for _, years in groupby(ordered, key=itemgetter(1)):
            yield from _cumulative(list(years), owners, is_forecast=is_forecast)

    def _value(self, parcel: list[LineTuple]) -> dict[str, Column]:
        contract_ids, commitments, _, measures, shares, places, years, quantities = zip(*parcel, strict=True)
        contract = np.searchsorted(self._ids, np.array(contract_ids, dtype=np.int64))
        columns = {
            "contract": contract,
            "commitment": np.array(commitments, dtype=np.int64),
            "measure": self._coded_measures(contract, measures),
            "place": self._place_codes.column(places),
            "year": np.array(years, dtype=np.int64),
            "share": self._share_codes.column(shares),
            "quantity": whole_numbers(quantities),
        }
        kept = (columns["measure"] >= 0) & (columns["year"] < self._years[contract])
        if not kept.all():
            columns = {name: column[kept] for name, column in columns.items()}
        columns["social_value"] = self._social_value(columns)
        columns["real_pounds"] = self._real_pounds(columns)
        return {name: _narrowed(name, column) for name, column in columns.items()}

    def _coded_measures(self, contract: Column, codes: Sequence[str]) -> Column:
        """The place of each measure in `measures`; −1 where the contract's edition does not have it."""
        pairs = self._edition_of[contract] * _MEASURES + self._measure_codes.column(codes)
        known, inverse = np.unique(pairs, return_inverse=True)
        return np.array([self._learnt(pair) for pair in known.tolist()], dtype=np.int64)[inverse]

    def _learnt(self, pair: int) -> int:
        if pair not in self._pairs:
            number, code = divmod(pair, _MEASURES)
            edition = self._editions[number]
            place = edition.places.get(self._measure_codes.known[code]) if edition else None
            self._pairs[pair] = -1
            if edition is not None and place is not None:
                self._pairs[pair] = len(self.measures)
                self.measures.append(PortfolioMeasure(edition, place))
        return self._pairs[pair]

    def _social_value(self, columns: dict[str, Column]) -> Column:
        keys = self.kinds(columns) * MOST_YEARS + np.maximum(columns["year"], 0)
        return _times(columns["quantity"], keys, self._social_value_ratio)

    def _social_value_ratio(self, key: int) -> tuple[int, int]:
        """The pence of a unit, by the kind and the year."""
        if key not in self._ratios:
            rest, year = divmod(key, MOST_YEARS)
            rest, share = divmod(rest, _SHARES)
            number, start = divmod(rest, _CALENDAR)
            owner = self.measures[number]
            unit_value = owner.measure.unit_value_in(start + year + _FIRST_CALENDAR_YEAR)
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
        values = _times(columns["quantity"][chosen], columns["share"][chosen], self._real_pounds_ratio)
        if values.dtype == object:
            column = column.astype(object)
        column[chosen] = values
        return column

    def _real_pounds_ratio(self, share: int) -> tuple[int, int]:
        return pence_per_scaled(Fraction(self._share(share)), QUANTITY_PLACES)

    def _share(self, code: int) -> Decimal:
        return from_scaled(self.shares[code], SHARE_PLACES)


def _times(quantities: Column, keys: Column, ratio_of: Callable[[int], tuple[int, int]]) -> Column:
    """Each quantity times the ratio of its key, in whole pence; each ratio is worked out once."""
    known, which = np.unique(keys, return_inverse=True)
    return rounded_products(quantities, [ratio_of(key) for key in known.tolist()], which)


def _cumulative(
    years: Sequence[LineTuple], owners: Mapping[int, ValuedContract], *, is_forecast: bool
) -> Iterable[LineTuple]:
    """The years of one promise per pound, each with the quantity that its spend adds."""
    edition = owners[years[0][0]].edition
    place = edition.places.get(years[0][3]) if edition else None
    if place is None:
        return
    scale = 10 ** (QUANTITY_PLACES - place.measure.decimals)
    spent, counted, rests_on_forecast = 0, 0, False
    for *line, rate, per_pence, spend_pence, is_recorded in years:
        spent += spend_pence
        rests_on_forecast |= not is_recorded
        so_far = max(spent * rate // (per_pence * scale), 0) * scale if per_pence else 0
        if rests_on_forecast == is_forecast:
            yield (*line, so_far - counted)
        counted = so_far


def _narrowed(name: str, column: Column) -> Column:
    """Places and years in 32 bits, which halves what they take; money, quantities and numbers where they fit."""
    return narrowed(column) if name in WIDE else column.astype(np.int32)
