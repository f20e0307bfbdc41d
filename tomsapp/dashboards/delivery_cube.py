"""What was delivered of all contracts at one moment of the database, worked out once and added up at will."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.delivered_columns import spread
from tomsapp.dashboards.delivery_heads import Heads, number_of
from tomsapp.dashboards.delivery_period import Period, quarter_key, quarter_name, year_key
from tomsapp.dashboards.delivery_rows import REAL_STATES, STATES, Rows, run_sums
from tomsapp.dashboards.exact import Column, first_of_runs, numbers_met
from tomsapp.dashboards.grouping import Group, Groups
from tomsapp.domain.delivery.quarters import financial_quarter
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.portfolio import Grouping

_MOST_KEPT = 4


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


@dataclass(frozen=True, slots=True)
class HeadSums:
    """What each commitment comes to in a period: units and pence of each state, and whether anything was returned."""

    units: Mapping[str, Column]
    pence: Mapping[str, Column]
    real: Mapping[str, Column]


@dataclass(frozen=True)
class DeliveryCube:
    """What was delivered until a day.

    Attributes:
        cube: the portfolio at the same moment, whose groups and filters hold here too.
        change: the number of the last change in the database when it was read.
        money: the ledger.
        people: the people behind claims of jobs.
        left_out: the references of signed and closed contracts of which nothing can be told, and why.
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
    _sums: dict[Period | None, HeadSums] = field(default_factory=dict)

    @cached_property
    def line(self) -> Column:
        """The place of each row's commitment among the heads."""
        return self.heads.places_of(self.rows.commitment)[0].astype(np.int32)

    @cached_property
    def quarters(self) -> list[int]:
        """The numbers of the financial quarters of which anything is told."""
        found: list[int] = numbers_met(self.rows.ends.astype(np.int64)).tolist()
        return found

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

    @cached_property
    def quarter_codes(self) -> Column:
        """The place of each row's financial quarter in `quarters`."""
        first = self.quarters[0] if self.quarters else 0
        spots = np.zeros((self.quarters[-1] - first + 1) if self.quarters else 1, dtype=np.int32)
        spots[np.array(self.quarters, dtype=np.int64) - first] = np.arange(len(self.quarters))
        found: Column = spots[self.rows.ends - first]
        return found

    def prepare(self) -> None:
        """Work out now what the first figures would otherwise wait for."""
        _ = self.line, self.groups, self.quarter_codes

    def mask_of(self, period: Period) -> Column | None:
        """Which rows are of a period; None where all are."""
        ends = self.rows.ends
        if period.quarters is not None:
            chosen: Column = np.isin(ends, np.array(sorted(period.quarters), dtype=np.int64))
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
        key = None if self.mask_of(period) is None else period
        if key not in self._sums:
            while len(self._sums) >= _MOST_KEPT:
                self._sums.pop(next(iter(self._sums)))
            self._sums[key] = self.sums_where(self.mask_of(period))
        return self._sums[key]

    def sums_where(self, mask: Column | None) -> HeadSums:
        """What each commitment comes to in some of the rows, or in all."""
        rows, line = self.rows, self.line
        starts = first_of_runs(line if mask is None else line[mask])
        at = (line if mask is None else line[mask])[starts]

        def summed(column: Column, starts: Column, at: Column) -> Column:
            return spread(run_sums(column, starts), at, len(self.heads))

        def chosen(columns: Mapping[str, Column], names: Sequence[str]) -> dict[str, Column]:
            return {name: summed(columns[name] if mask is None else columns[name][mask], starts, at) for name in names}

        real_line = line[rows.real_at]
        is_real = slice(None) if mask is None else mask[rows.real_at]
        real_line = real_line[is_real]
        of_real = first_of_runs(real_line)
        real = {name: summed(rows.real[name][is_real], of_real, real_line[of_real]) for name in REAL_STATES}
        return HeadSums(chosen(rows.units, STATES), chosen(rows.pence, STATES), real)

    def returned(self, period: Period) -> Column:
        """Of which commitments a return is on record for a quarter that ended by the end of a period."""
        mask, found = self.mask_of(self.up_to(period)), np.zeros(len(self.heads), dtype=bool)
        found[self.line[self.rows.is_returned if mask is None else self.rows.is_returned & mask]] = True
        return found
