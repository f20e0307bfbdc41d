"""What was delivered of all contracts at once, in columns of whole numbers: a quarter of a million claims.

The sums are those of `delivery.counting`, of one commitment; tests hold both to each other. Units are whole
ten-thousandths. A pool is what fills what is due: the units of a commitment, or of one year of it where years are not
added up, as per cents are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tomsapp.dashboards.delivered_columns import (
    added_by_pool,
    added_or_most,
    by_contract_year,
    columns_of,
    filled_in_order,
    plans_by_key,
    spread,
)
from tomsapp.dashboards.exact import (
    Column,
    added,
    products,
    rounded_products,
    summable,
)
from tomsapp.dashboards.valuing import QUANTITY_PLACES, Valuer
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.delivery.counting import Sums
from tomsapp.domain.delivery.delivery import adds_up
from tomsapp.domain.delivery.plan import falls_due_at_the_end, split_places
from tomsapp.domain.delivery.quarters import contract_quarters
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.units import UnitForm

_RATINGS = tuple(Rating)
_OTHER = _RATINGS.index(Rating.OTHER)
_STATES = ("claimed", "evidenced", "accepted", "final")


class Calendar(NamedTuple):
    """How many quarters each contract year has, and how many of them have ended."""

    quarters: tuple[int, ...]
    ended: tuple[int, ...]


@lru_cache(maxsize=4096)
def calendar_of(start_on: date, end_on: date, until: date) -> Calendar:
    """The quarters between two days, and those that ended by a third.

    Raises:
        ContractError: the dates make no contract years.
    """
    of_year: dict[int, list[bool]] = {}
    for each in contract_quarters(start_on, end_on):
        of_year.setdefault(each.quarter.year, []).append(each.ends_on <= until)
    return Calendar(tuple(map(len, of_year.values())), tuple(map(sum, of_year.values())))


@dataclass(frozen=True, slots=True)
class DeliveredContract:
    """What decides the figures of a contract; without an edition nothing of it is counted."""

    id: int
    start_on: date
    calendar: Calendar
    edition: MenuEdition | None

    @property
    def years(self) -> int:
        """How many contract years it has."""
        return len(self.calendar.quarters)


class DeliveredSource(NamedTuple):
    """The streams of columns that are added up; see `store.delivery_columns`."""

    commitments: Iterable[tuple[str, ...]]
    quantities: Iterable[tuple[str, ...]]
    plans: Iterable[tuple[str, ...]]
    deliveries: Iterable[tuple[str, ...]]


class ContractSums(NamedTuple):
    """The sums of a contract in pence, how many commitments have each rating, and how many claims wait.

    `is_returned` says whether any return for a quarter that ended is on record; one that is none is rated Other.
    """

    pence: Sums
    ratings: tuple[int, ...]
    waiting: int
    is_returned: bool


def delivered_sums(
    contracts: Sequence[DeliveredContract], source: DeliveredSource, rules: DeliveryRules
) -> list[ContractSums | None]:
    """The sums of each contract, in their order, which is that of their numbers.

    None where a promise is below nought: that is an error of what was entered, and fills nothing.
    """
    return _Delivered(contracts, source.commitments).sums(source, rules) if contracts else []


class _Delivered:
    """The columns of all commitments, and what is worked out of them."""

    def __init__(self, contracts: Sequence[DeliveredContract], commitments: Iterable[tuple[str, ...]]) -> None:
        self._valuer = Valuer(contracts)
        self._heads = heads = self._valuer.heads(commitments)
        self._contracts = len(contracts)
        self._contract = heads["contract"]
        known: dict[Calendar, int] = {}
        which = [known.setdefault(each.calendar, len(known)) for each in contracts]
        self._calendar = np.array(which, dtype=np.int64)[self._contract]
        self._quarters, self._ended = (
            by_contract_year(getattr(each, name) for each in known) for name in Calendar._fields
        )
        self._last_year = np.maximum((self._ended > 0).cumsum(axis=1).max(axis=1) - 1, 0)
        self._is_valued = heads["measure"] >= 0
        measures = [each.measure for each in self._valuer.measures]
        flags = {name: np.array([test(each) for each in measures] or [False]) for name, test in _FLAGS.items()}
        flags["unit"] = np.array([10 ** (QUANTITY_PLACES - split_places(each)) for each in measures] or [1])
        self._flags = {name: column[heads["measure"]] for name, column in flags.items()}
        self._kinds, self._kind = np.unique(self._valuer.kinds(heads), return_inverse=True)

    def sums(self, source: DeliveredSource, rules: DeliveryRules) -> list[ContractSums | None]:
        """The sums of each contract."""
        due = self._due(columns_of(source.quantities, 3), columns_of(source.plans, 4))
        waiting, is_returned, claims = self._claims(columns_of(source.deliveries, 8))
        pools = np.union1d(due["pool"], claims["pool"])
        at_claims, at_due = np.searchsorted(pools, claims["pool"]), np.searchsorted(pools, due["pool"])
        units = {name: spread(claims[name], at_claims, len(pools)) for name in _STATES}
        units["due"] = added(at_due, due["quantity"], len(pools) + 1)[:-1]
        for name in _STATES[:2]:
            units[name] = np.minimum(units[name], units["due"])
        counted = np.minimum(units["accepted"], units["due"])
        units["surplus"], units["accepted"] = units["accepted"] - counted, counted
        units["final"] = np.minimum(units["final"], counted)
        pence = self._pence(pools, at_due, due, units)
        ratings = self._ratings(pools, units, is_returned, rules)
        any_returned = np.bincount(self._contract[is_returned], minlength=self._contracts) > 0
        rest = zip(pence, ratings, waiting.tolist(), any_returned.tolist(), strict=True)
        wrong = set(self._contract[due["line"][due["quantity"] < 0]].tolist())
        return [
            None if number in wrong else ContractSums(Sums(*money), tuple(words), waits, is_told)
            for number, (money, words, waits, is_told) in enumerate(rest)
        ]

    def _lines_of(self, commitments: Column) -> tuple[Column, Column]:
        """The place of each commitment among those that there are, and whether it is one of them."""
        numbers = self._heads["commitment"]
        at = np.searchsorted(numbers, commitments)
        is_known = np.append(numbers, -1)[at] == commitments
        return np.where(is_known, at, 0) if len(numbers) else at, is_known

    def _pools_of(self, line: Column, year: Column) -> Column:
        found: Column = line * MOST_YEARS + np.where(self._flags["by_year"][line], year, 0)
        return found

    def _of_years(self, columns: Sequence[Column], quarter: Column | None = None) -> tuple[Column, list[Column]]:
        """The rows of commitments that are valued, in years that their contract has; their lines, and other columns."""
        line, is_known = self._lines_of(columns[0])
        year = columns[1]
        kept = is_known & (year < MOST_YEARS)
        line, year = line[kept], year[kept]
        own = self._is_valued[line] & (year < (self._quarters > 0).sum(axis=1)[self._calendar[line]])
        if quarter is not None:
            own &= quarter[kept] <= self._ended[self._calendar[line], year]
        return line[own], [column[kept][own] for column in columns[1:]]

    def _due(self, quantities: Sequence[Column], plans: Sequence[Column]) -> dict[str, Column]:
        """What is due of each commitment in each year, by the plan where it fits the promise, else by default."""
        line, (year, promised) = self._of_years(quantities)
        key = line * MOST_YEARS + year
        order = np.argsort(key, kind="stable")
        line, year, promised, key = line[order], year[order], promised[order], key[order]
        quarters, ended = (each[self._calendar[line], year] for each in (self._quarters, self._ended))
        due = self._due_by_default(line, promised, quarters, ended)
        plan_line, (plan_year, quarter, planned) = self._of_years(plans)
        if len(plan_line):
            is_due = quarter <= self._ended[self._calendar[plan_line], plan_year]
            keys, totals, due_of_plan, last = plans_by_key(
                plan_line * MOST_YEARS + plan_year, planned, np.where(is_due, planned, 0), quarter
            )
            at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            fits = (keys[at] == key) & (totals[at] == promised) & (last[at] <= quarters)
            due = np.where(fits, due_of_plan[at], due)
        kept = due != 0
        line, year = line[kept], year[kept]
        return {"line": line, "year": year, "pool": self._pools_of(line, year), "quantity": summable(due[kept])}

    def _due_by_default(self, line: Column, promised: Column, quarters: Column, ended: Column) -> Column:
        """As `counting.due_by_default`."""
        unit = self._flags["unit"][line]
        is_last = ended == quarters
        count, rest = promised // unit, promised % unit
        each, over = count // quarters, count % quarters
        spread = (each * ended + np.maximum(0, ended - (quarters - over))) * unit + np.where(is_last, rest, 0)
        at_the_end = self._flags["at_the_end"][line] | (promised <= 0)
        found: Column = np.where(at_the_end, np.where(is_last, promised, 0), spread)
        return found

    def _claims(self, columns: Sequence[Column]) -> tuple[Column, Column, dict[str, Column]]:
        """How many claims of each contract wait; which commitments have any for quarters that ended; their sums."""
        at, is_known = self._lines_of(columns[0])
        waits = is_known & (columns[3] > columns[5] + columns[7])
        waiting = np.bincount(self._contract[at[waits]], minlength=self._contracts)
        line, (year, _, claimed, evidenced, accepted, provisional, rejected) = self._of_years(columns, columns[2])
        is_returned = np.zeros(len(self._contract), dtype=bool)
        is_returned[line] = True
        standing = claimed - rejected
        found = standing, np.minimum(evidenced, standing), accepted, accepted - provisional
        keys, *of_year = added_or_most(line * MOST_YEARS + year, self._flags["adds"][line], found)
        pools = self._pools_of(keys // MOST_YEARS, keys % MOST_YEARS)
        pool, *totals = added_by_pool(pools, of_year)
        return waiting, is_returned, {"pool": pool, **dict(zip(_STATES, totals, strict=True))}

    def _pence(
        self, pools: Column, at_due: Column, due: Mapping[str, Column], units: Mapping[str, Column]
    ) -> list[list[int]]:
        """The pence of each contract, in the order of `Sums`."""
        worth = _Worth(self._valuer, self._kinds)
        which = self._kind[due["line"]] * MOST_YEARS + due["year"]
        contract = self._contract[due["line"]]
        filled = {
            "due": due["quantity"],
            **filled_in_order(at_due, due["quantity"], {name: units[name] for name in _STATES}),
        }
        money = {
            name: added(contract, summable(worth.pence(quantity, which)), self._contracts + 1)
            for name, quantity in filled.items()
        }
        line = pools // MOST_YEARS
        more = (units["surplus"] > 0) & self._flags["adds"][line]
        line, surplus = line[more], units["surplus"][more]
        which = self._kind[line] * MOST_YEARS + self._last_year[self._calendar[line]]
        money["surplus"] = added(self._contract[line], summable(worth.pence(surplus, which)), self._contracts + 1)
        money["provisional"] = money["accepted"] - money["final"]
        return [list(row) for row in zip(*(money[name][:-1].tolist() for name in Sums._fields), strict=True)]

    def _ratings(
        self, pools: Column, units: Mapping[str, Column], is_returned: Column, rules: DeliveryRules
    ) -> list[list[int]]:
        """How many commitments of each contract have each rating."""
        line = pools // MOST_YEARS
        lines = len(self._contract)
        accepted, due = (added(line, summable(units[name]), lines + 1)[:-1] for name in ("accepted", "due"))
        rating = np.full(lines, _RATINGS.index(Rating.INADEQUATE))
        for word, bound in reversed(
            ((Rating.GOOD, rules.good), (Rating.APPROACHING_TARGET, rules.approaching),
             (Rating.REQUIRES_IMPROVEMENT, rules.improvement))
        ):  # fmt: skip
            share = Fraction(bound)
            reached = products(accepted, np.array([share.denominator])) >= products(due, np.array([share.numerator]))
            rating[reached.astype(bool)] = _RATINGS.index(word)
        rating[~is_returned | (due <= 0).astype(bool)] = _OTHER
        places = self._contract[self._is_valued] * len(_RATINGS) + rating[self._is_valued]
        counts = np.bincount(places, minlength=self._contracts * len(_RATINGS))
        found: list[list[int]] = counts.reshape(self._contracts, len(_RATINGS)).tolist()
        return found


def _is_by_year(measure: Measure) -> bool:
    return measure.unit.form is UnitForm.PERCENT


_FLAGS = {"at_the_end": falls_due_at_the_end, "adds": adds_up, "by_year": _is_by_year}


class _Worth:
    """Values units in pence; each ratio is worked out once."""

    def __init__(self, valuer: Valuer, kinds: Column) -> None:
        self._valuer, self._kinds = valuer, kinds

    def pence(self, quantity: Column, which: Column) -> Column:
        """The pence of each quantity, rounded once; `which` is its kind and year."""
        is_some = (quantity != 0).astype(bool)
        column = np.zeros(len(quantity), dtype=np.int64)
        if is_some.any():
            values = rounded_products(
                quantity[is_some], self._valuer.ratios_of(self._kinds, which[is_some]), which[is_some]
            )
            column = column.astype(values.dtype)
            column[is_some] = values
        return column
