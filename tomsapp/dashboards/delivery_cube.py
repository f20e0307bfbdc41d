"""What was delivered of all contracts at one moment of the database, worked out once and added up at will."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from tomsapp.dashboards.counts import is_told_by_contract
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.delivery_heads import Heads, number_of
from tomsapp.dashboards.delivery_period import Period, quarter_key, quarter_name, year_key
from tomsapp.dashboards.delivery_rows import (
    AT_ONCE,
    Rows,
)
from tomsapp.dashboards.delivery_sums import HeadSums, YearUnits, is_never_below_nought, sums_of, year_units
from tomsapp.dashboards.exact import Column, numbers_met
from tomsapp.dashboards.grouping import Group, Groups
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.delivery.quarters import financial_quarter
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.history import HistoryHead
from tomsapp.domain.menu import Measure
from tomsapp.domain.portfolio import Grouping

_MOST_KEPT = 3


class Entry(NamedTuple):
    """One entry of the ledger: money that was handed over, in pence; `commitment` is 0 where it is for all of them."""

    contract: int
    commitment: int
    received_on: date
    pence: int
    passed_on: date | None


class PeopleOf(NamedTuple):
    """The people behind a claim, as far as it says who they are, with what was claimed and accepted: all in 10⁻⁴."""

    commitment: int
    quarter: int
    claimed: int
    accepted: int
    new: int
    retained: int
    transferred: int


def _make_room(kept: dict[Period, Any]) -> None:
    """Let go of what was kept of the oldest periods."""
    while len(kept) >= _MOST_KEPT:
        kept.pop(next(iter(kept)))


def _years_of(cube: Cube) -> tuple[list[str], list[tuple[date, int]]]:
    """What decides how the years of contracts are told."""
    return list(cube.years), [(each.start_on, each.years) for each in cube.contracts]


@dataclass(frozen=True)
class DeliveryCube:
    """What was delivered until a day.

    Attributes:
        cube: the portfolio at the same moment, whose groups and filters hold here too.
        change: the number of the last change in the database when it was read.
        money: the ledger.
        people: the people behind claims of jobs.
        left_out: the references of signed and closed contracts of which nothing can be told, and why.
        identity, head: what tells the database from every other, and the last link of its chain, when it was read.
    """

    cube: Cube
    until: date
    rules: DeliveryRules
    heads: Heads
    rows: Rows
    change: int
    money: tuple[Entry, ...] = ()
    people: tuple[PeopleOf, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    is_fictional: bool = False
    identity: str = ""
    head: HistoryHead | None = None
    _sums: dict[Period, HeadSums] = field(default_factory=dict)
    _years: dict[str, YearUnits] = field(default_factory=dict)
    _returned: dict[Period, Column] = field(default_factory=dict)

    @cached_property
    def line(self) -> Column:
        """The place of each row's commitment among the heads."""
        return np.repeat(self.heads.places_of(self.rows.owners)[0].astype(np.int32), self.rows.many)

    @property
    def owner_contracts(self) -> Column:
        """The numbers of the contracts of the commitments that have rows, in their order."""
        numbers = np.array([*(contract.id for contract in self.cube.contracts), 0], dtype=np.int64)
        found: Column = numbers[self.heads.contract[self.heads.places_of(self.rows.owners)[0]]]
        return found

    @cached_property
    def real_heads(self) -> Column:
        """The places of the commitments that are about pounds which are handed over."""
        is_real = np.array([each.measure.real_pounds for each in self.cube.measures] or [False], dtype=bool)
        return np.flatnonzero(is_real[self.heads.measure])

    def units_of_years(self, state: str) -> YearUnits:
        """The units of a state of each commitment and contract year, in all rows; kept, as no filter changes them."""
        if state not in self._years:
            self._years[state] = year_units(self, state, None)
        return self._years[state]

    @cached_property
    def newest_measures(self) -> list[Measure]:
        """The measure of each group by measure, as the newest of its editions has it."""
        groups = self.cube.groups[Grouping.MEASURE]
        owners = sorted(
            zip(groups.code_of[:-1].tolist(), self.cube.measures, strict=True), key=lambda pair: pair[1].age
        )
        found = {code: each.measure for code, each in owners}
        return [found[place] for place in range(len(groups.members))]

    @cached_property
    def is_told_by_year(self) -> Column:
        """Of which commitments more than the sum of all years is told in plain counts."""
        is_told = np.array([*map(is_told_by_contract, self.newest_measures), False], dtype=bool)
        found: Column = is_told[self.cube.groups[Grouping.MEASURE].code_of[:-1]][self.heads.measure]
        return found

    @cached_property
    def year_labels(self) -> tuple[list[str], Column]:
        """The labels of all contract years, the portfolio's first; of each contract and year the label's place."""
        places = {label: place for place, label in enumerate(self.cube.years)}
        table = np.zeros((len(self.cube.contracts), MOST_YEARS), dtype=np.int32)
        for at, contract in enumerate(self.cube.contracts):
            for year in range(contract.years):
                table[at, year] = places.setdefault(contract.year_label(year), len(places))
        return list(places), table

    @cached_property
    def quarters(self) -> list[int]:
        """The numbers of the financial quarters of which anything is told."""
        met: set[int] = set()
        for begin in range(0, len(self.rows), AT_ONCE):
            met |= set(numbers_met(self.rows.ends[begin : begin + AT_ONCE]).tolist())
        return sorted(met)

    @cached_property
    def groups(self) -> dict[Grouping, Groups]:
        """How commitments and quarters are grouped."""
        years = list(dict.fromkeys(map(year_key, self.quarters)))
        of_quarter = np.array([*range(len(self.quarters)), -1], dtype=np.int32)
        of_year = np.array([*(years.index(year_key(number)) for number in self.quarters), -1], dtype=np.int32)
        return {
            **self.cube.groups,
            Grouping.QUARTER: Groups(
                "ends", of_quarter, tuple(Group(quarter_key(each), quarter_name(each)) for each in self.quarters)
            ),
            Grouping.FINANCIAL_YEAR: Groups("ends", of_year, tuple(Group(year, year) for year in years)),
        }

    def prepare(self) -> None:
        """Work out now what the first figures would otherwise wait for."""
        _ = self.line, self.groups

    def take_over(self, last: DeliveryCube, come: Rows, changed: Collection[int]) -> None:
        """Take over what was worked out of the last reading, as far as it holds after some contracts changed.

        Args:
            last: the last reading.
            come: the rows that stand in the place of those that it had of some contracts.
            changed: the numbers of these contracts.
        """
        own = vars(self)
        if not self.heads.are_as(last.heads):
            return
        if self.rows.owners is last.rows.owners and self.rows.many is last.rows.many:
            own["line"] = last.line
        if self.rows.ends is last.rows.ends:
            own["quarters"] = last.quarters
        if _years_of(self.cube) == _years_of(last.cube):
            own["year_labels"] = last.year_labels
        own["real_heads"] = last.real_heads
        part = replace(self, rows=come, _sums={}, _years={}, _returned={})
        vars(part)["real_heads"] = last.real_heads
        places = [place for place, contract in enumerate(self.cube.contracts) if contract.id in changed]
        at = np.flatnonzero(self.cube.mask_of(places)[self.heads.contract])
        own["whole"] = last.whole.exchanged(self, part, None, at)
        for period, sums in list(last._sums.items()):
            self._sums[period] = sums.exchanged(self, part, period, at)
        gone = np.zeros(len(self.heads), dtype=bool)
        gone[at] = True
        for state, units in list(last._years.items()):
            # Where any are taken away, the years of a commitment are told apart, or were.
            if is_never_below_nought(last.rows, state) and is_never_below_nought(come, state):
                self._years[state] = units.exchanged(year_units(part, state, None), gone)

    def mask_of(self, period: Period) -> Column | None:
        """Which rows are of a period; None where all are."""
        ends = self.rows.ends
        if period.quarters is not None:
            chosen = np.zeros(len(ends), dtype=bool)
            for number in period.quarters & set(self.quarters):
                chosen |= ends == number
            return chosen
        if period.until >= self.until:
            return None
        mask: Column = ends <= number_of(financial_quarter(period.until))
        return mask

    def up_to(self, period: Period) -> Period:
        """All that ended by the end of a period."""
        return Period(None, min(period.until, self.until), period.words) if period.quarters is not None else period

    def sums(self, period: Period) -> HeadSums:
        """What each commitment comes to in a period; kept, as filters are changed more often than periods."""
        if period.quarters is None and period.until >= self.until:
            return self.whole
        if period not in self._sums:
            _make_room(self._sums)
            self._sums[period] = sums_of(self, period)
        return self._sums[period]

    @cached_property
    def whole(self) -> HeadSums:
        """What each commitment comes to in all rows."""
        return sums_of(self, None)

    def returned(self, period: Period) -> Column:
        """Of which commitments a return is on record for a quarter that ended by the end of a period; kept as sums."""
        end = self.up_to(period)
        if end not in self._returned:
            mask, found = self.mask_of(end), np.zeros(len(self.heads), dtype=bool)
            found[self.line[self.rows.is_returned if mask is None else self.rows.is_returned & mask]] = True
            _make_room(self._returned)
            self._returned[end] = found
        return self._returned[end]

    @cached_property
    def labelled(self) -> Cube:
        """The portfolio with the labels of all contract years of which anything may be told."""
        return replace(self.cube, years=self.year_labels[0])
