"""The commitments of signed and closed contracts, one place each, and the quarters of their contracts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.delivery_rows import QUARTERS_OF_YEAR, run_sums
from tomsapp.dashboards.exact import Column, Places, first_of_runs, narrowed
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.delivery.quarters import FinancialQuarter, contract_quarters, financial_quarter

DELIVERS = frozenset({ContractStatus.SIGNED, ContractStatus.CLOSED})
"""The states of a contract in which something of it is due."""
_NO_QUARTER = -1
_COLUMNS = ("commitment", "contract", "measure", "place", "share")


def number_of(quarter: FinancialQuarter) -> int:
    """A financial quarter as a number: the year in which its year begins × 4 + its number − 1."""
    return int(quarter.year[:4]) * QUARTERS_OF_YEAR + quarter.number - 1


def quarter_at(number: int) -> FinancialQuarter:
    """The financial quarter that a number stands for."""
    year, rest = divmod(number, QUARTERS_OF_YEAR)
    return FinancialQuarter(f"{year}/{(year + 1) % 100:02d}", rest + 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The quarters of a contract to a day.

    Attributes:
        quarters: how many each contract year has; `ended` how many of them have ended.
        ends: by contract year × 4 + number − 1, the financial quarter in which a quarter ends, as a number; −1 where
            the contract has no such quarter.
    """

    quarters: Column
    ended: Column
    ends: Column


@lru_cache(maxsize=8192)
def calendar_of(start_on: date, end_on: date, until: date) -> Calendar:
    """The quarters between two days, and those that ended by a third.

    Raises:
        ContractError: the dates make no contract years.
    """
    quarters, ended = np.zeros(MOST_YEARS, dtype=np.int64), np.zeros(MOST_YEARS, dtype=np.int64)
    ends = np.full(MOST_YEARS * QUARTERS_OF_YEAR, _NO_QUARTER, dtype=np.int16)
    for each in contract_quarters(start_on, end_on):
        year, number = each.quarter.year, each.quarter.number
        quarters[year] += 1
        ended[year] += each.ends_on <= until
        ends[year * QUARTERS_OF_YEAR + number - 1] = number_of(financial_quarter(each.ends_on))
    return Calendar(quarters, ended, ends)


@dataclass(frozen=True)
class Heads:
    """What is said of each commitment, in the order of their numbers; the columns hold places in lists of the cube.

    Attributes:
        first, end: the first of its rows in the frame of the cube, and the one after its last.
        committed, real_committed: what is promised for all years, in pence.
    """

    cube: Cube
    commitment: Column
    contract: Column
    measure: Column
    place: Column
    share: Column
    first: Column
    end: Column
    committed: Column
    real_committed: Column

    @staticmethod
    def of(cube: Cube, last: Heads | None = None) -> Heads:
        """Those of the contracts that are signed or closed and have years; of `last` what is the same is taken over."""
        frame = cube.frame
        if last is not None and frame is last.cube.frame and _are_same(cube.contracts, last.cube.contracts):
            return last.beside(cube)
        starts = first_of_runs(frame["commitment"].to_numpy())
        owner = frame["contract"].to_numpy()[starts]
        kept = _delivers(cube.contracts)[owner] if len(owner) else np.zeros(0, dtype=bool)
        sums = [narrowed(run_sums(frame[name].to_numpy(), starts)[kept]) for name in ("social_value", "real_pounds")]
        end = narrowed(np.append(starts[1:], len(frame))[kept])
        starts = narrowed(starts[kept])
        columns = {name: frame[name].to_numpy()[starts] for name in _COLUMNS}
        return Heads(cube, first=starts, end=end, committed=sums[0], real_committed=sums[1], **columns)

    def beside(self, cube: Cube) -> Heads:
        """The same of a portfolio in which their lines are what they were."""
        heads = replace(self, cube=cube)
        # What was worked out of the columns alone, is kept for the other too.
        vars(heads)["_numbers"] = self._numbers
        return heads

    def are_as(self, other: Heads) -> bool:
        """Whether they are the same commitments at the same places, and were taken over."""
        return self.commitment is other.commitment and self.measure is other.measure

    def of_contracts(self, numbers: Collection[int]) -> Heads:
        """Those of the contracts with these numbers."""
        own = [place for place, contract in enumerate(self.cube.contracts) if contract.id in numbers]
        mask = self.cube.mask_of(own)[self.contract]
        columns = {
            name: getattr(self, name)[mask] for name in (*_COLUMNS, "first", "end", "committed", "real_committed")
        }
        return Heads(self.cube, **columns)

    def __len__(self) -> int:
        return len(self.commitment)

    def places_of(self, commitments: Column) -> tuple[Column, Column]:
        """The place of each commitment among these, and whether it is one of them."""
        at = self._numbers.of(commitments)
        is_known: Column = at >= 0
        return np.where(is_known, at, 0), is_known

    @cached_property
    def _numbers(self) -> Places:
        return Places(self.commitment)

    def column(self, name: str) -> Column:
        """A column by which commitments are grouped."""
        found: Column = self._projects if name == "project" else getattr(self, name)
        return found

    @cached_property
    def _projects(self) -> Column:
        return self.cube.projects.places_of(self.commitment)


def _delivers(contracts: Sequence[PortfolioContract]) -> Column:
    """Of which contracts something is due: signed or closed, with an edition and years."""
    return np.array([is_told(contract) for contract in contracts], dtype=bool)


def _are_same(contracts: Sequence[PortfolioContract], before: Sequence[PortfolioContract]) -> bool:
    """Whether they are the contracts of before, in their order, and the same of them deliver."""
    is_same = [each.id for each in contracts] == [each.id for each in before]
    return is_same and bool((_delivers(contracts) == _delivers(before)).all())


def is_told(contract: PortfolioContract) -> bool:
    """Whether what was delivered of a contract can be told."""
    return contract.status in DELIVERS and contract.edition is not None and contract.years > 0


def calendars_of(contracts: Sequence[PortfolioContract], until: date) -> tuple[Column, list[Calendar]]:
    """For each contract the place of its calendar, and the calendars; a contract that is not told has the first."""
    none = Calendar(
        np.zeros(MOST_YEARS, dtype=np.int64),
        np.zeros(MOST_YEARS, dtype=np.int64),
        np.full(MOST_YEARS * QUARTERS_OF_YEAR, _NO_QUARTER, dtype=np.int16),
    )
    found, places = [none], []
    known: dict[tuple[date, date], int] = {}
    for contract in contracts:
        if not is_told(contract):
            places.append(0)
            continue
        key = contract.start_on, contract.end_on
        if key not in known:
            known[key] = len(found)
            found.append(calendar_of(*key, until))
        places.append(known[key])
    return np.array(places, dtype=np.int64), found
