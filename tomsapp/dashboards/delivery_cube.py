"""What was delivered of all contracts at one moment of the database, worked out once and added up at will."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tomsapp.dashboards.counts import is_told_by_contract
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.delivered_columns import spread
from tomsapp.dashboards.delivery_heads import Heads, number_of
from tomsapp.dashboards.delivery_period import Period, quarter_key, quarter_name, year_key
from tomsapp.dashboards.delivery_rows import (
    AT_ONCE,
    LAYER_OF,
    LAYERS,
    QUARTERS_OF_YEAR,
    REAL,
    UNITS,
    Chosen,
    Rows,
    narrowed,
    run_sums,
)
from tomsapp.dashboards.exact import Column, first_of_runs, numbers_met
from tomsapp.dashboards.grouping import Group, Groups
from tomsapp.dashboards.pieces import Pieces
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


class HeadSums:
    """What each commitment comes to in some of the rows; a column is added up when it is first asked for."""

    def __init__(
        self, delivered: DeliveryCube, mask: Callable[[], Column | None], whole: HeadSums | None = None
    ) -> None:
        """`mask` says which rows; `whole` has the sums of all, where most are taken: what is left out is taken off."""
        self._delivered, self._mask, self._whole = delivered, mask, whole
        self._known: dict[tuple[str, str], Column] = {}

    def column(self, kind: str, state: str) -> Column:
        """The units, pence or real pence of a state: of each commitment, real pence of those in `real_heads`."""
        if (kind, state) not in self._known:
            self._add_up(kind, state)
        return self._known[kind, state]

    def _add_up(self, kind: str, state: str) -> None:
        """Add up a column, and the pence that are kept together with it: all of them are asked for."""
        heads, mask, whole = self._delivered.heads, self._mask(), None
        if self._whole is not None and mask is not None and 2 * int(np.count_nonzero(mask)) > len(mask):
            mask, whole = ~mask, self._whole
        chosen = Chosen(self._delivered.rows, mask)
        lines = chosen.of(self._delivered.line, kind, state)
        starts = first_of_runs(lines)
        for name in LAYERS[LAYER_OF[kind, state]]:
            if name[0] != kind or (kind == UNITS and name[1] != state):
                continue
            found = spread(run_sums(chosen.column(*name), starts), lines[starts], len(heads))
            if kind == REAL:
                found = found[self._delivered.real_heads]
            if whole is not None:
                found = whole.column(*name) - found
            self._known[name] = narrowed(found)

    def exchanged(self, delivered: DeliveryCube, part: DeliveryCube, period: Period | None, at: Column) -> HeadSums:
        """The same after the rows of some commitments were put in the place of others.

        Args:
            delivered: what was delivered now, whose commitments are at the places that they had.
            part: the same with the rows that came alone.
            period: the period of the rows; None for all.
            at: the places of the commitments whose rows came or are gone.
        """
        if period is None:
            found, own = HeadSums(delivered, lambda: None), HeadSums(part, lambda: None)
        else:
            found = HeadSums(delivered, lambda: delivered.mask_of(period), delivered.whole)
            own = HeadSums(part, lambda: part.mask_of(period))
        places = {False: at, True: np.flatnonzero(np.isin(delivered.real_heads, at))}
        for name, column in list(self._known.items()):
            found._known[name] = _with(column, places[name[0] == REAL], own.column(*name))
        return found


def _with(column: Column, at: Column, other: Column) -> Column:
    """A column with what another holds at some places; itself where that is the same."""
    come = other[at]
    if np.array_equal(column[at], come):
        return column
    found: Column = column.astype(np.result_type(column, come))
    found[at] = come
    return found


class YearUnits(NamedTuple):
    """The units of commitments in contract years: the place of the commitment, the year, and how many."""

    line: Column
    year: Column
    units: Column

    def of(self, commitments: Column) -> YearUnits:
        """Those of some of the commitments."""
        mask = commitments[self.line]
        return self if mask.all() else YearUnits(self.line[mask], self.year[mask], self.units[mask])

    def exchanged(self, come: YearUnits, gone: Column) -> YearUnits:
        """The same with those of some commitments put in the place of what they had; `gone` says of which."""
        pieces = Pieces.of(self.line, gone[self.line], come.line)
        return YearUnits(*(pieces.put(old, new) for old, new in zip(self, come, strict=True)))


def year_units(delivered: DeliveryCube, state: str, mask: Column | None) -> YearUnits:
    """The units of a state of each commitment and contract year that has any, in some of the rows.

    Of commitments of which only the sum is told, all years are in the first: they are most, and take the memory.
    """
    chosen = Chosen(delivered.rows, mask)
    line = chosen.of(delivered.line, UNITS, state)
    year = chosen.of(delivered.rows.quarter, UNITS, state) // QUARTERS_OF_YEAR
    if is_never_below_nought(delivered.rows, state):
        year *= delivered.is_told_by_year[line]
    starts = first_of_runs(line, year)
    units = run_sums(chosen.column(UNITS, state), starts)
    kept = (units != 0).astype(bool)
    starts = starts[kept]
    return YearUnits(line[starts], year[starts], narrowed(units[kept]))


def is_never_below_nought(rows: Rows, state: str) -> bool:
    """Whether no quarter takes away any units of a state."""
    column = rows.layer(UNITS, state).columns[UNITS, state]
    return not len(column) or bool(column.min() >= 0)


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
        part = replace(self, rows=come, _sums={}, _years={})
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
            while len(self._sums) >= _MOST_KEPT:
                self._sums.pop(next(iter(self._sums)))
            self._sums[period] = HeadSums(self, lambda: self.mask_of(period), self.whole)
        return self._sums[period]

    @cached_property
    def whole(self) -> HeadSums:
        """What each commitment comes to in all rows."""
        return HeadSums(self, lambda: None)

    def returned(self, period: Period) -> Column:
        """Of which commitments a return is on record for a quarter that ended by the end of a period."""
        mask, found = self.mask_of(self.up_to(period)), np.zeros(len(self.heads), dtype=bool)
        found[self.line[self.rows.is_returned if mask is None else self.rows.is_returned & mask]] = True
        return found
