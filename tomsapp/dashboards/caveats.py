"""What each row comes to at the ends of its source, past its dates, before its evidence, and under today's edition.

The rules are those by which the paper of a contract says the same; each is worked out once for rows that are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

import numpy as np
import pandas as pd

from tomsapp.dashboards.ended import ended_when_signed
from tomsapp.dashboards.exact import Column, as_summed, rounded_products, sums_by
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.caveats import Caveats
from tomsapp.domain.checks.timing import Lateness, lateness
from tomsapp.domain.contract_dates import ContractYear, contract_years
from tomsapp.domain.measure_words import confidence_today, records_days, records_evidence, taken_off
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import SHARE_PLACES, from_scaled
from tomsapp.domain.proxy import TakenOff, UnitValue
from tomsapp.domain.valuation import is_past_value_end
from tomsapp.domain.value_factor import pence_per_scaled, pounds_of, value_factor

_NOTHING = (0, 1)


class Columns(Protocol):
    """What is read of a cube: its rows, and what their columns stand for."""

    @property
    def contracts(self) -> Sequence[PortfolioContract]:
        """The contracts of the rows."""

    @property
    def measures(self) -> Sequence[PortfolioMeasure]:
        """The measures of the rows."""

    @property
    def years(self) -> Sequence[str]:
        """The labels of the contract years."""

    @property
    def shares(self) -> Sequence[int]:
        """Contract shares in millionths."""

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each year of each commitment."""

    @property
    def signing(self) -> tuple[Column, Column]:
        """For each contract what `ended.years_over` gives."""


@dataclass(frozen=True, slots=True)
class _Alike:
    """Rows of one measure, contract year and share, whose contracts begin and end on the same days.

    Attributes:
        contract: any of their contracts; all have the same later edition.
        share: in millionths.
    """

    owner: PortfolioMeasure
    contract: PortfolioContract
    year: ContractYear
    share: Decimal

    @property
    def unit_value(self) -> UnitValue | None:
        """The value of a unit in the menu of the contract."""
        return self.owner.measure.unit_value_in(self.year.starts_on.year)

    @property
    def is_regraded(self) -> bool:
        """Whether the edition that replaced the contract's is surer or less sure of the value."""
        later = self.contract.replaced_by
        place = later.places.get(self.owner.measure.code) if later else None
        return place is not None and bool(confidence_today(self.owner.measure, place.measure))

    @property
    def level_today(self) -> str:
        """How sure the edition that replaced the contract's is of the value; the contract's own where none did."""
        later = self.contract.replaced_by
        place = later.places.get(self.owner.measure.code) if later and self.is_regraded else None
        return _level((place or self.owner.place).measure)

    @property
    def has_span(self) -> bool:
        """Whether the source gives a low and a high."""
        value = self.unit_value
        return value is not None and value.low is not None and value.high is not None

    def at(self, amount: Decimal | None) -> tuple[int, int]:
        """The pence of a unit at the low or the high of its source."""
        return _NOTHING if amount is None else self._ratio(self.owner.measure, self.owner.edition, amount)

    def under(self, later: MenuEdition | None) -> tuple[int, int]:
        """The pence of a unit under another edition; nothing where it lacks the measure."""
        place = later.places.get(self.owner.measure.code) if later else None
        value = place.measure.unit_value_in(self.year.starts_on.year) if place else None
        if later is None or place is None or value is None:
            return _NOTHING
        return self._ratio(place.measure, later, value.value)

    def _ratio(self, measure: Measure, edition: MenuEdition, amount: Decimal) -> tuple[int, int]:
        factor = value_factor(measure, amount, self.share, self.year.index, edition.discount_rate)
        return pence_per_scaled(factor, QUANTITY_PLACES)


def replaced_by(contract: PortfolioContract) -> MenuEdition | None:
    """The edition that took the place of a contract's withdrawn one."""
    return contract.replaced_by


def in_force(contract: PortfolioContract) -> MenuEdition | None:
    """The edition in force today, of a sealed contract under another one."""
    return contract.in_force


def values_under(cube: Columns, later_of: Callable[[PortfolioContract], MenuEdition | None]) -> Column | None:
    """The pence of each row of the cube where contracts are under a later edition; None where none has one."""
    is_replaced = np.array([later_of(contract) is not None for contract in cube.contracts], dtype=bool)
    if not is_replaced.any():
        return None
    mask = is_replaced[cube.frame["contract"].to_numpy()]
    rows = cube.frame[mask]
    alike, which = _alike(cube, rows, later_of)
    units = [each.under(later_of(each.contract)) for each in alike]
    worth = rounded_products(rows["quantity"].to_numpy(), units, which)
    found: Column = as_summed(cube.frame["social_value"].to_numpy()).copy()
    if worth.dtype == object:
        found = found.astype(object)
    found[mask] = worth
    return found


def caveats_by_contract(cube: Columns, rows: pd.DataFrame) -> dict[int, Caveats]:
    """How sure the social value of each contract in these rows is, by its place."""
    if rows.empty:
        return {}
    alike, which = _alike(cube, rows, replaced_by)
    social, quantity = rows["social_value"].to_numpy(), rows["quantity"].to_numpy()
    spans = _flags(alike, lambda each: each.has_span)[which] & (quantity != 0)
    past = _flags(alike, lambda each: is_past_value_end(each.owner.measure, each.year.ends_on))[which]
    late = [lateness(each.owner.measure, each.year, each.contract.end_on) for each in alike]
    owners = rows["contract"].to_numpy()
    early, in_part = (
        np.array([each is kind for each in late], dtype=bool)[which] & (quantity > 0)
        for kind in (Lateness.WHOLE, Lateness.IN_PART)
    )
    ended = ended_when_signed(cube.signing, cube.years, rows)
    regraded = _flags(alike, lambda each: each.is_regraded)[which]
    ends = [
        np.where(spans, rounded_products(quantity, [each.at(amount(each)) for each in alike], which), social)
        for amount in (_low, _high)
    ]
    sums = [
        sums_by(owners, np.where(mask, column, 0), len(cube.contracts))
        for mask, column in (
            (past, social),
            (early, social),
            (in_part, social),
            (True, ends[0]),
            (True, ends[1]),
            (~spans, social),
            (regraded, social),
            (ended, social),
            (True, social),
        )
    ]
    unrecorded = _unrecorded(cube.contracts)
    levels = _by_measure(cube, rows, _level)
    levels_today = _by_word(cube, rows, [each.level_today for each in alike], which)
    takers = _by_measure(cube, rows, lambda each: taken_off(each).value)
    found = {}
    for place in np.unique(owners).tolist():
        past_dates, before, partly, low, high, without, changed, over, whole = (
            pounds_of(column[place]) for column in sums
        )
        days, evidence = (whole if is_missing else Decimal("0.00") for is_missing in unrecorded[place])
        who = {TakenOff(key): amount for key, amount in takers.get(place, ())}
        net = tuple((each, who[each]) for each in TakenOff if each in who)
        found[place] = Caveats(
            past_dates, before, partly, low, high, without, levels.get(place, ()), days, evidence, net, changed,
            levels_today.get(place, ()), over,
        )  # fmt: skip
    return found


def _unrecorded(contracts: Sequence[PortfolioContract]) -> list[tuple[bool, bool]]:
    """For each contract whether its edition records no days of its values, and no evidence; each edition once."""
    editions = {id(each.edition): each.edition for each in contracts}
    found = {
        key: (not records_days(edition), not records_evidence(edition)) if edition else (False, False)
        for key, edition in editions.items()
    }
    return [found[id(each.edition)] for each in contracts]


def _low(each: _Alike) -> Decimal | None:
    return each.unit_value.low if each.has_span and each.unit_value else None


def _high(each: _Alike) -> Decimal | None:
    return each.unit_value.high if each.has_span and each.unit_value else None


def _flags(alike: Sequence[_Alike], holds: Callable[[_Alike], bool]) -> Column:
    return np.array([holds(each) for each in alike], dtype=bool)


def _by_measure(
    cube: Columns, rows: pd.DataFrame, said: Callable[[Measure], str]
) -> dict[int, tuple[tuple[str, Decimal], ...]]:
    """By contract the pounds of each word that is said of their measures, such as how sure their values are."""
    return _by_word(cube, rows, [said(each.measure) for each in cube.measures], rows["measure"].to_numpy())


def _level(measure: Measure) -> str:
    return measure.proxy.confidence if measure.proxy else ""


def _by_word(
    cube: Columns, rows: pd.DataFrame, known: Sequence[str], which: Column
) -> dict[int, tuple[tuple[str, Decimal], ...]]:
    """The same of words that are said of the kinds of rows; `which` is the kind of each row."""
    levels = sorted(set(known))
    level_of = np.array([levels.index(each) for each in known], dtype=np.int64)
    codes = rows["contract"].to_numpy() * len(levels) + level_of[which]
    sums = sums_by(codes, rows["social_value"].to_numpy(), len(cube.contracts) * len(levels))
    found: dict[int, tuple[tuple[str, Decimal], ...]] = {}
    for code, pence in enumerate(sums):
        if pence:
            place, level = divmod(code, len(levels))
            found[place] = (*found.get(place, ()), (levels[level], pounds_of(pence)))
    return found


def _alike(
    cube: Columns, rows: pd.DataFrame, later_of: Callable[[PortfolioContract], MenuEdition | None]
) -> tuple[list[_Alike], Column]:
    """Each kind of row once, and the place of the kind of each row."""
    periods, period_of = _periods(cube.contracts, later_of)
    measure, year = rows["measure"].to_numpy().astype(np.int64), rows["year"].to_numpy().astype(np.int64) + 1
    period, share = period_of[rows["contract"].to_numpy()], rows["share"].to_numpy().astype(np.int64)
    sizes = len(periods), len(cube.years) + 1, len(cube.shares)
    keys = ((measure * sizes[0] + period) * sizes[1] + year) * sizes[2] + share
    known, which = np.unique(keys, return_inverse=True)
    years = [contract_years(each.start_on, each.end_on) for each in periods]
    return list(_kinds(cube, known, sizes, periods, years)), which


def _kinds(
    cube: Columns,
    known: Column,
    sizes: tuple[int, int, int],
    periods: Sequence[PortfolioContract],
    years: Sequence[Sequence[ContractYear]],
) -> Iterator[_Alike]:
    for key in known.tolist():
        rest, share = divmod(key, sizes[2])
        rest, year = divmod(rest, sizes[1])
        measure, period = divmod(rest, sizes[0])
        contract = periods[period]
        index = int(cube.years[year - 1][:4]) - contract.start_on.year if year else 0
        yield _Alike(
            cube.measures[measure], contract, years[period][index], from_scaled(cube.shares[share], SHARE_PLACES)
        )


def _periods(
    contracts: Sequence[PortfolioContract], later_of: Callable[[PortfolioContract], MenuEdition | None]
) -> tuple[list[PortfolioContract], Column]:
    """A contract for each pair of days and later edition, and for each contract the place of its own.

    Contracts without contract years have no rows.
    """
    found: dict[object, int] = {}
    first: list[PortfolioContract] = []
    places = []
    for contract in contracts:
        if not contract.years:
            places.append(-1)
            continue
        key = contract.start_on, contract.end_on, id(later_of(contract))
        if key not in found:
            found[key] = len(first)
            first.append(contract)
        places.append(found[key])
    return first, np.array(places, dtype=np.int64)
