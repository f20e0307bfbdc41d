"""The employment outcomes of many contracts in columns of whole numbers, the same people counted once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    products,
    sum_exact,
    summable,
    sums_by,
    sums_of_runs,
    whole_numbers,
)
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.outcomes import OUTCOMES_WHOLE, Outcomes, Part, PartsOfContract, outcomes_weight
from tomsapp.domain.menu import Pair
from tomsapp.domain.people import not_counted
from tomsapp.domain.units import Unit

_COLUMNS = ("contract", "measure", "share", "quantity", "weighed", "in_years", "counted")
_NONE = Fraction(0)
_NO_RIVALS, _NOT_COMPLETE = -1, -2


@dataclass(frozen=True)
class OutcomeColumns:
    """What contracts bring: a row for each measure and share of each contract, in this order.

    Attributes:
        contract, measure, share: the places in the cube; `quantity` is in 10⁻⁴.
        weighed: the outcomes in `unit`s; full-time years are not divided by the contract’s length yet.
        in_years: whether they are full-time years.
        counted: whether they are in the total; the others may be the people of one that is.
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

    def of_contracts(self, chosen: Column) -> OutcomeColumns:
        """Those of some contracts; `chosen` is a mask by place."""
        return self._where(chosen[self.contract])

    def _where(self, mask: Column) -> OutcomeColumns:
        return replace(self, **{name: getattr(self, name)[mask] for name in _COLUMNS})

    def total(self, *, counted: bool = True) -> Fraction:
        """What all contracts bring together, or what is left out because the people may be the same."""
        return sum_exact(self.by_measure(counted=counted).values())

    def by_measure(self, *, counted: bool = True) -> dict[int, Fraction]:
        """What each measure brings over all contracts, by its place; or what of it is left out."""
        mask = self.counted == counted
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
        sums = (
            sums_by(np.where(self.counted == counted, of_row, -1), amounts, len(owners)) for counted in (True, False)
        )
        return {
            place: Outcomes(self._number(place, total), self._number(place, left_out))
            for place, total, left_out in zip(owners.tolist(), *sums, strict=True)
        }

    def _number(self, place: int, amount: int) -> Fraction:
        top, bottom = self.unit.as_integer_ratio()
        return Fraction(amount * top, bottom * self.lengths[place].numerator) if amount else _NONE

    def parts_of(self, places: Collection[int]) -> dict[int, PartsOfContract]:
        """The parts of each of these contracts, by its place; one that brings nothing has none."""
        found: dict[int, tuple[list[Part], set[str]]] = {place: ([], set()) for place in places}
        rows = self._where(np.isin(self.contract, list(places)))
        columns = (rows.contract, rows.measure, rows.share, rows.quantity, rows.counted)
        for place, measure, share, quantity, counted in zip(*(each.tolist() for each in columns), strict=True):
            owner = self.measures[measure]
            parts, left_out = found[place]
            parts.append(Part.of(measure, owner, self.shares[share], quantity))
            if not counted:
                left_out.add(owner.measure.code)
        return {place: PartsOfContract(tuple(parts), frozenset(codes)) for place, (parts, codes) in found.items()}

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
            contract=places[kept.contract].astype(np.int64),
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
    declared: Mapping[int, frozenset[Pair]],
) -> OutcomeColumns:
    """What the rows bring that belong to these contracts, by their places; `declared` are pairs of different people."""
    brings = np.array([bool(each.measure.employment_outcome) for each in measures], dtype=bool)
    rows = np.flatnonzero(brings[frame["measure"].to_numpy()]) if len(brings) else np.zeros(0, dtype=np.int64)
    columns = {name: frame[name].to_numpy()[rows] for name in ("contract", "measure", "share", "quantity")}
    contract, measure, share, quantity = _sums(columns, len(measures), len(shares))
    claims = (quantity != 0) & (whole_numbers(shares)[share] != 0)
    contract, measure, share, quantity = (each[claims] for each in (contract, measure, share, quantity))
    weighed, unit = _weighed(measures, shares, (measure, share, quantity))
    is_years = np.array([each.measure.unit is Unit.FTE_YEARS for each in measures], dtype=bool)
    in_years = is_years[measure]
    lengths = {place: each.length for place, each in contracts.items()}
    amounts = _over_length(weighed, in_years, contract, lengths)
    counted = _counted(measures, (contract, measure, amounts), declared)
    return OutcomeColumns(
        measures, shares, lengths, contract, measure, share, quantity, weighed, in_years, unit, counted
    )


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


def _sums(columns: Mapping[str, Column], measures: int, shares: int) -> tuple[Column, Column, Column, Column]:
    """Contract, measure, share and the sum of the quantities, each once, in this order."""
    keys = (columns["contract"].astype(np.int64) * measures + columns["measure"]) * shares + columns["share"]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = first_of_runs(keys)
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
    declared: Mapping[int, frozenset[Pair]],
) -> Column:
    """Whether each row is counted: of measures that may be the same people those that come to the most."""
    contract, measure, amounts = rows
    keys = contract * len(measures) + measure
    starts = first_of_runs(keys)
    owner, code, amount = contract[starts], measure[starts], sums_of_runs(amounts, starts)
    group = _rival_groups(measures)[code]
    told = np.isin(owner, [place for place, pairs in declared.items() if pairs])
    kept = np.ones(len(owner), dtype=bool)
    alike = (group >= 0) & (amount > 0) & ~told
    kept[alike] = _largest_of_each(owner[alike], group[alike], amount[alike])
    one_by_one = np.unique(owner[(group == _NOT_COMPLETE) | (told & (group != _NO_RIVALS))])
    for place in one_by_one.tolist():
        own = np.flatnonzero(owner == place)
        codes = [measures[number].measure.code for number in code[own].tolist()]
        left_out = not_counted(
            measures[code[own[0]]].edition,
            dict(zip(codes, amount[own].tolist(), strict=True)),
            declared.get(place, frozenset()),
        )
        kept[own] = [each not in left_out for each in codes]
    return np.repeat(kept, np.diff([*starts.tolist(), len(keys)]))


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
