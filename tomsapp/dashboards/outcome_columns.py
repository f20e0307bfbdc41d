"""The employment outcomes of many contracts in columns of whole numbers, the same people counted once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import Any

import numpy as np
import pandas as pd

from tomsapp.dashboards.exact import (
    Column,
    first_of_runs,
    narrowed,
    products,
    sum_exact,
    summable,
    sums_by,
    sums_of_runs,
    whole_numbers,
)
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.outcomes import (
    NOTHING_TOLD,
    OUTCOMES_WHOLE,
    Outcomes,
    Part,
    PartsOfContract,
    Told,
    counted_of,
    outcomes_weight,
)
from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.units import Unit

_COLUMNS = ("contract", "measure", "share", "quantity", "weighed", "in_years", "counted", "possible")
_NONE = Fraction(0)
_NO_RIVALS, _NOT_COMPLETE = -1, -2


@dataclass(frozen=True)
class OutcomeColumns:
    """What contracts bring: a row for each measure and share of each contract, in this order.

    Of a measure that counts once each year of each line has a row of its own.

    Attributes:
        contract, measure, share: the places in the cube; `quantity` is in 10⁻⁴.
        weighed: the outcomes in `unit`s; full-time years are not divided by the contract’s length yet.
        in_years: whether they are full-time years.
        counted: whether they are in the total, the fewest people; the others may be the people of one that is.
        possible: whether they are in the most people; the others are answered to be people of one that is.
        lengths: how long each contract runs in years, by its place.
    """

    measures: Sequence[PortfolioMeasure]
    shares: Sequence[int]
    lengths: Mapping[int, Fraction]
    contract: Column
    measure: Column
    share: Column
    quantity: Column
    weighed: Column
    in_years: Column
    unit: Fraction
    counted: Column
    possible: Column

    def of_contracts(self, chosen: Column) -> OutcomeColumns:
        """Those of some contracts; `chosen` is a mask by place."""
        return self._where(chosen[self.contract])

    def _where(self, mask: Column) -> OutcomeColumns:
        return replace(self, **{name: getattr(self, name)[mask] for name in _COLUMNS})

    def total(self) -> Fraction:
        """What all contracts bring together at the fewest."""
        return sum_exact(self.by_measure().values())

    def left_out(self) -> Fraction:
        """How many more it is at the most."""
        return sum_exact(self._by_measure(self.possible).values()) - self.total()

    def by_measure(self) -> dict[int, Fraction]:
        """What each measure brings over all contracts, by its place."""
        return self._by_measure(self.counted)

    def left_out_by_measure(self) -> dict[int, Fraction]:
        """What of each measure is left out because the people may be the same."""
        return self._by_measure(self.possible & ~self.counted)

    def _by_measure(self, mask: Column) -> dict[int, Fraction]:
        length, known = self._lengths
        size = len(known)
        sums = sums_by(
            self.measure[mask].astype(np.int64) * size + length[mask], self.weighed[mask], len(self.measures) * size
        )
        found: dict[int, list[Fraction]] = {}
        for place, amount in enumerate(sums):
            if amount:
                measure, which = divmod(place, size)
                found.setdefault(measure, []).append(amount * self.unit / known[which])
        return {measure: sum_exact(amounts) for measure, amounts in found.items()}

    @cached_property
    def _lengths(self) -> tuple[Column, list[Fraction]]:
        """For each row the place of what it is divided by, and what that is: 1, and each length that is met."""
        owners, of_row = np.unique(self.contract[self.in_years], return_inverse=True)
        known: dict[tuple[int, int], int] = {(1, 1): 0}
        of_owner = [known.setdefault(self.lengths[place].as_integer_ratio(), len(known)) for place in owners.tolist()]
        codes = np.zeros(len(self.contract), dtype=np.int64)
        codes[self.in_years] = np.array(of_owner, dtype=np.int64)[of_row]
        return codes, [Fraction(*each) for each in known]

    def by_contract(self) -> dict[int, Outcomes]:
        """The totals of each contract that brings any, by its place."""
        owners, of_row = np.unique(self.contract, return_inverse=True)
        amounts = _over_length(self.weighed, self.in_years, self.contract, self.lengths)
        sums = (sums_by(np.where(mask, of_row, -1), amounts, len(owners)) for mask in (self.counted, self.possible))
        some_same = np.bincount(of_row, ~self.possible, len(owners)) > 0
        return {
            place: Outcomes(self._number(place, total), self._number(place, most - total), same)
            for place, total, most, same in zip(owners.tolist(), *sums, some_same.tolist(), strict=True)
        }

    def _number(self, place: int, amount: int) -> Fraction:
        top, bottom = self.unit.as_integer_ratio()
        return Fraction(amount * top, bottom * self.lengths[place].numerator) if amount else _NONE

    def parts_of(self, places: Collection[int]) -> dict[int, PartsOfContract]:
        """The parts of each of these contracts, by its place; one that brings nothing has none."""
        found: dict[int, list[Part]] = {place: [] for place in places}
        rows = self._where(np.isin(self.contract, list(places)))
        columns = (rows.contract, rows.measure, rows.share, rows.quantity, rows.counted, rows.possible)
        for place, measure, share, quantity, *flags in zip(*(each.tolist() for each in columns), strict=True):
            part = Part.of(measure, self.measures[measure], self.shares[share], quantity)
            is_counted, is_possible = flags
            told = part if is_counted and is_possible else replace(part, is_counted=is_counted, is_possible=is_possible)
            found[place].append(told)
        return {place: PartsOfContract(tuple(parts)) for place, parts in found.items()}

    def moved(self, places: Column, measures: Sequence[PortfolioMeasure], shares: Sequence[int]) -> OutcomeColumns:
        """The same in another cube: with the new place of each contract, those at −1 left out, and longer lists."""
        kept = self._where(places[self.contract] >= 0)
        weighed, unit = _weighed(measures, shares, (kept.measure, kept.share, kept.quantity))
        lengths = {int(places[place]): length for place, length in self.lengths.items() if places[place] >= 0}
        return replace(
            kept,
            measures=measures,
            shares=shares,
            lengths=lengths,
            contract=narrowed(places[kept.contract]),
            weighed=weighed,
            unit=unit,
        )

    def joined(self, other: OutcomeColumns) -> OutcomeColumns:
        """These and those of other contracts of the same cube, weighed in the same unit."""
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in _COLUMNS
        }
        columns["weighed"] = summable(columns["weighed"])
        return replace(self, lengths={**self.lengths, **other.lengths}, **columns)


def outcome_columns(
    contracts: Mapping[int, PortfolioContract],
    measures: Sequence[PortfolioMeasure],
    shares: Sequence[int],
    frame: pd.DataFrame,
    told: Mapping[int, Told],
) -> OutcomeColumns:
    """What the rows bring that belong to these contracts, by their places; `told` is what is answered of people."""
    brings = np.array([bool(each.measure.employment_outcome) for each in measures], dtype=bool)
    rows = np.flatnonzero(brings[frame["measure"].to_numpy()]) if len(brings) else np.zeros(0, dtype=np.int64)
    columns = {name: frame[name].to_numpy()[rows] for name in ("contract", "measure", "share", "quantity")}
    spots = _spots(frame, rows, _met_once(contracts.values(), measures)[columns["measure"]])
    contract, measure, share, quantity = _sums(columns, spots, len(measures), len(shares))
    claims = (quantity != 0) & (whole_numbers(shares)[share] != 0)
    contract, measure, share, quantity = (each[claims] for each in (contract, measure, share, quantity))
    weighed, unit = _weighed(measures, shares, (measure, share, quantity))
    is_years = np.array([each.measure.unit is Unit.FTE_YEARS for each in measures], dtype=bool)
    in_years = is_years[measure]
    lengths = {place: each.length for place, each in contracts.items()}
    amounts = _over_length(weighed, in_years, contract, lengths)
    flags = _counted(measures, (contract, measure, amounts), told)
    contract, measure, share, quantity = (narrowed(each) for each in (contract, measure, share, quantity))
    return OutcomeColumns(
        measures, shares, lengths, contract, measure, share, quantity, weighed, in_years, unit, *flags
    )


def _met_once(contracts: Iterable[PortfolioContract], measures: Sequence[PortfolioMeasure]) -> Column:
    """Whether each measure counts once, in its edition or in one that replaced it."""
    later = {id(each.replaced_by): each.replaced_by for each in contracts if each.replaced_by is not None}
    once = {each.code for edition in later.values() for each in edition.measures if _is_once(each)}
    return np.array([_is_once(each.measure) or each.measure.code in once for each in measures], dtype=bool)


def _is_once(measure: Measure) -> bool:
    return measure.counts is not Counts.EACH_YEAR


def _spots(frame: pd.DataFrame, rows: Column, once: Column) -> Column:
    """A number for each year of each line of what counts once; 0 for all else."""
    spots = np.zeros(len(rows), dtype=np.int64)
    chosen = rows[once]
    if len(chosen):
        line, year = (frame[name].to_numpy()[chosen] for name in ("commitment", "year"))
        _, of_line = np.unique(line, return_inverse=True)
        spots[once] = of_line * (int(year.max()) + 2) + year + 2
    return spots


def _weighed(
    measures: Sequence[PortfolioMeasure], shares: Sequence[int], rows: tuple[Column, Column, Column]
) -> tuple[Column, Fraction]:
    """The outcomes of rows as whole numbers that are as small as they can be, and what one of them is."""
    measure, share, quantity = rows
    weights = [outcomes_weight(each.measure.employment_outcome) for each in measures]
    common, part = gcd(*weights) or 1, gcd(*shares) or 1
    of_share = whole_numbers(each // part for each in shares)
    of_measure = whole_numbers(weight // common for weight in weights)
    weighed = products(quantity, products(of_share[share], of_measure[measure]))
    return weighed, Fraction(common * part, OUTCOMES_WHOLE)


def _sums(
    columns: Mapping[str, Column], spots: Column, measures: int, shares: int
) -> tuple[Column, Column, Column, Column]:
    """Contract, measure, share and the sum of the quantities, each once for each spot, in this order."""
    keys = (columns["contract"].astype(np.int64) * measures + columns["measure"]) * shares + columns["share"]
    order = np.lexsort((spots, keys))
    keys, spots = keys[order], spots[order]
    starts = first_of_runs(keys, spots)
    known = keys[starts]
    sums = sums_of_runs(columns["quantity"][order], starts)
    rest, share = np.divmod(known, max(shares, 1))
    contract, measure = np.divmod(rest, max(measures, 1))
    return contract, measure, share, sums


def _over_length(weighed: Column, in_years: Column, contract: Column, lengths: Mapping[int, Fraction]) -> Column:
    """The outcomes of rows in parts of a contract that are the same for its jobs and its full-time years."""
    owners, of_row = np.unique(contract, return_inverse=True)
    ratios = [lengths[place].as_integer_ratio() for place in owners.tolist()]
    tops, bottoms = whole_numbers(top for top, _ in ratios), whole_numbers(bottom for _, bottom in ratios)
    return products(weighed, np.where(in_years, bottoms[of_row], tops[of_row]))


def _counted(
    measures: Sequence[PortfolioMeasure],
    rows: tuple[Column, Column, Column],
    told: Mapping[int, Told],
) -> tuple[Column, Column]:
    """Whether each row is in the fewest people, and whether in the most.

    Of measures, years and lines that may be the same people those are in the fewest that come to the most.
    """
    contract, measure, amounts = rows
    starts = first_of_runs(contract * len(measures) + measure)
    runs = np.diff([*starts.tolist(), len(contract)])
    once = np.array([_is_once(each.measure) for each in measures], dtype=bool)
    largest, amount = _first_with_most(amounts, starts, runs, once[measure])
    owner, group = contract[starts], _rival_groups(measures)[measure[starts]]
    kept = np.ones(len(owner), dtype=bool)
    alike = (group >= 0) & (amount > 0)
    kept[alike] = _largest_of_each(owner[alike], group[alike], amount[alike])
    counted, possible = np.repeat(kept, runs) & largest, np.ones(len(contract), dtype=bool)
    answered = np.isin(contract, [place for place, each in told.items() if each])
    one_by_one = np.unique(contract[answered | np.repeat(group == _NOT_COMPLETE, runs)])
    edges = np.searchsorted(contract, [one_by_one, one_by_one + 1]).tolist()
    for place, start, end in zip(one_by_one.tolist(), *edges, strict=True):
        owners = [measures[number] for number in measure[start:end].tolist()]
        each = [(one.measure, number) for one, number in zip(owners, amounts[start:end].tolist(), strict=True)]
        counted[start:end], possible[start:end] = counted_of(owners[0].edition, each, told.get(place, NOTHING_TOLD))
    return counted, possible


def _first_with_most(amounts: Column, starts: Column, runs: Column, once: Column) -> tuple[Column, Column]:
    """Which rows are certain by themselves, and what those of each measure of a contract come to.

    Of what counts once just the first row with the most is, as all others may be the same people.
    """
    whole = sums_of_runs(amounts, starts)
    most = np.maximum.reduceat(amounts, starts) if len(starts) else whole
    is_open = once[starts] & (whole > most)
    found = np.repeat(~is_open, runs)
    largest = np.flatnonzero(np.repeat(is_open, runs) & (amounts == np.repeat(most, runs)))
    of_run = np.repeat(np.arange(len(starts)), runs)[largest]
    found[largest[first_of_runs(of_run)]] = True
    return found, np.where(is_open, most, whole)


def _largest_of_each(owner: Column, group: Column, amount: Column) -> Column:
    """Of the rows of each owner and group the first that comes to the most."""
    order = np.lexsort((group, owner))
    marks = owner[order] * (int(group.max(initial=0)) + 1) + group[order]
    starts = first_of_runs(marks)
    most = np.maximum.reduceat(amount[order], starts) if len(order) else amount
    number = np.repeat(np.arange(len(starts)), np.diff([*starts.tolist(), len(order)]))
    largest = np.flatnonzero(amount[order] == most[number])
    found = np.zeros(len(order), dtype=bool)
    found[order[largest[first_of_runs(number[largest])]]] = True
    return found


def _rival_groups(measures: Sequence[PortfolioMeasure]) -> Column:
    """For each measure a number for those that may be each the people of each other.

    −1 where it has no rivals that bring outcomes, −2 where some of those that are linked are no rivals of each other.
    """
    places = {
        (each.age, each.measure.code): place for place, each in enumerate(measures) if each.measure.employment_outcome
    }
    rivals = {
        place: {places[age, other] for other in measures[place].edition.rivals.get(code, ()) if (age, other) in places}
        for (age, code), place in places.items()
    }
    found = np.full(len(measures), _NO_RIVALS, dtype=np.int64)
    for place, own in rivals.items():
        if own:
            linked = own | {place}
            is_complete = all(rivals[other] | {other} == linked for other in linked)
            found[place] = min(linked) if is_complete else _NOT_COMPLETE
    return found
