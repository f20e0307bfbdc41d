"""What is promised of each measure across contracts, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.exact import (
    Column,
    added,
    first_of_runs,
    products,
    sum_exact,
    sums_by,
    sums_of_runs,
    whole_numbers,
)
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.dashboards.filters import is_delivered
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import SHARE_PLACES, from_scaled
from tomsapp.domain.plain_counts import (
    TOLD_ONE_BY_ONE,
    CountOfMany,
    PlainCount,
    YearCount,
    count_of_contract,
    count_of_contracts,
    kept_of,
)
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.unit_words import counts_heads, counts_people, is_added_over_contracts
from tomsapp.domain.units import Unit

_FEW = 2**15
"""So many codes are told apart by 16 bits, which are sorted many times faster."""
_COUNTED = 10 ** (QUANTITY_PLACES + SHARE_PLACES)
_Totals = tuple[int, int, Fraction]


def counts_by_measure(cube: Cube, rows: pd.DataFrame) -> dict[str, PlainCount]:
    """For each measure's key how much is promised: "120 weeks of work experience (90 counted here)"."""
    groups = cube.groups[Grouping.MEASURE]
    counts = _counts(cube, rows, groups.code_of[:-1])
    return {groups.members[code].key: count for code, count in counts.items()}


def counts_by_edition(cube: Cube, rows: pd.DataFrame) -> dict[int, PlainCount]:
    """The same for each measure of each menu edition, by its place in the cube."""
    return _counts(cube, rows, np.arange(len(cube.measures)))


def _counts(cube: Cube, rows: pd.DataFrame, code_of: Column) -> dict[int, PlainCount]:
    """How much is promised of the measures with each code; `code_of` has the code of each measure of the cube."""
    promised = _Promised.of(rows, code_of)
    if not len(promised.code):
        return {}
    owners = sorted(zip(code_of.tolist(), cube.measures, strict=True), key=lambda pair: pair[1].age)
    measures = {code: each.measure for code, each in owners}
    totals = promised.totals(cube, code_of, len(measures))
    order = np.argsort(promised.code.astype(np.int16 if len(measures) < _FEW else np.int64), kind="stable")
    starts = first_of_runs(promised.code[order])
    ends = [*starts[1:].tolist(), len(order)]
    return {
        code: _count(cube, measures[code], totals[code], promised, order[start:end])
        for code, start, end in zip(promised.code[order[starts]].tolist(), starts.tolist(), ends, strict=True)
    }


@dataclass(frozen=True, slots=True)
class _Promised:
    """Commitments of which anything is promised, and the rows that promise it.

    Attributes:
        code: the code of the measure of each commitment; `measure` is the measure’s place in the cube, `quantity` the
            sum of its years, in 10⁻⁴.
        first, number: its first row in `rows` and how many it has there.
        rows: contract, year, share and quantity of each row that promises something.
    """

    code: Column
    measure: Column
    contract: Column
    share: Column
    quantity: Column
    first: Column
    number: Column
    rows: Mapping[str, Column]

    @staticmethod
    def of(rows: pd.DataFrame, code_of: Column) -> _Promised:
        mask = is_delivered(rows)
        chosen = slice(None) if mask.all() else mask
        columns = {
            name: rows[name].to_numpy()[chosen]
            for name in ("commitment", "contract", "measure", "year", "share", "quantity")
        }
        first = first_of_runs(columns["commitment"])
        measure = columns["measure"][first]
        return _Promised(
            code_of[measure],
            measure,
            columns["contract"][first],
            columns["share"][first],
            sums_of_runs(columns["quantity"], first),
            first,
            np.diff(first, append=len(columns["commitment"])),
            columns,
        )

    def some(self, places: Column) -> _Promised:
        """Some of the commitments."""
        return _Promised(
            self.code[places],
            self.measure[places],
            self.contract[places],
            self.share[places],
            self.quantity[places],
            self.first[places],
            self.number[places],
            self.rows,
        )

    def totals(self, cube: Cube, code_of: Column, codes: int) -> list[_Totals]:
        """For each code the quantity in 10⁻⁴, the part that is counted in 10⁻¹⁰, and what the menus leave of it."""
        shares = cube.shares
        keys = self.measure.astype(np.int64) * len(shares) + self.share
        sums = added(keys, self.quantity, len(cube.measures) * len(shares)).tolist()
        found: list[_Totals] = [(0, 0, Fraction(0))] * codes
        for place, code in enumerate(code_of.tolist()):
            own = sums[place * len(shares) : (place + 1) * len(shares)]
            if any(own):
                counted = sum(amount * share for amount, share in zip(own, shares, strict=True))
                whole, of_it, net = found[code]
                kept = counted * kept_of(cube.measures[place].measure)
                found[code] = whole + sum(own), of_it + counted, net + kept
        return found

    def own_rows(self) -> dict[str, Column]:
        """The rows of these commitments."""
        begun = np.cumsum(self.number) - self.number
        places = np.repeat(self.first - begun, self.number) + np.arange(int(self.number.sum()))
        return {name: column[places] for name, column in self.rows.items()}


def is_told_by_contract(measure: Measure) -> bool:
    """Whether more than the sum of what is promised of it is told: of the others no year is looked at by itself."""
    return not is_added_over_contracts(measure) or counts_people(measure) or measure.unit is Unit.FTE_YEARS


def _count(cube: Cube, measure: Measure, totals: _Totals, of_all: _Promised, own: Column) -> PlainCount:
    quantity = from_scaled(totals[0], QUANTITY_PLACES)
    counted, net = (Fraction(each) / _COUNTED for each in totals[1:])
    if not is_told_by_contract(measure):
        return count_of_contracts(measure, CountOfMany(0, quantity, counted, net, quantity, quantity, counted, counted))
    promised = of_all.some(own)
    contracts = np.flatnonzero(np.bincount(promised.contract))
    if len(contracts) == 1 and measure.unit is not Unit.YES_NO:
        return _count_of_one(cube, measure, cube.contracts[int(contracts[0])], promised.own_rows())
    if measure.unit is Unit.PERCENT:
        rates = promised.own_rows()["quantity"]
        low, high, none = int(rates.min()), int(rates.max()), Fraction(0)
        ends = from_scaled(low, QUANTITY_PLACES), from_scaled(high, QUANTITY_PLACES)
        return count_of_contracts(measure, CountOfMany(len(contracts), quantity, counted, net, *ends, none, none))
    sums, of_share = _by_unit_of_range(cube, measure, promised)
    many = CountOfMany(
        len(contracts),
        quantity,
        counted,
        net,
        from_scaled(int(sums.min()), QUANTITY_PLACES),
        from_scaled(int(sums.max()), QUANTITY_PLACES),
        Fraction(int(of_share.min()), _COUNTED),
        Fraction(int(of_share.max()), _COUNTED),
        _full_time_jobs(cube, contracts, sums) if measure.unit is Unit.FTE_YEARS else Fraction(0),
        _each(cube, measure, contracts, sums, of_share),
    )
    return count_of_contracts(measure, many)


def _by_unit_of_range(cube: Cube, measure: Measure, promised: _Promised) -> tuple[Column, Column]:
    """The number of each contract in order, and what of it is counted; of each contract year where units count so."""
    keys, share, quantity = promised.contract, promised.share, promised.quantity
    if counts_heads(measure):
        rows = promised.own_rows()
        keys = rows["contract"].astype(np.int64) * len(cube.years) + rows["year"]
        share, quantity = rows["share"], rows["quantity"]
    met = np.bincount(keys)
    counted = products(quantity, whole_numbers(cube.shares)[share])
    sums, of_share = (added(keys, column, len(met))[met > 0] for column in (quantity, counted))
    return sums, of_share


def _each(
    cube: Cube, measure: Measure, contracts: Column, sums: Column, counted: Column
) -> tuple[tuple[str, Decimal, Fraction], ...]:
    """Each contract's number and counted part, where few contracts are not added up and no year stands apart."""
    if is_added_over_contracts(measure) or counts_heads(measure) or len(contracts) > TOLD_ONE_BY_ONE:
        return ()
    found = (
        (cube.contracts[contract].reference, from_scaled(quantity, QUANTITY_PLACES), Fraction(part, _COUNTED))
        for contract, quantity, part in zip(contracts.tolist(), sums.tolist(), counted.tolist(), strict=True)
    )
    return tuple(sorted(found))


def _full_time_jobs(cube: Cube, contracts: Column, sums: Column) -> Fraction:
    """Full-time years as jobs, each contract's divided by its length."""
    length_of, lengths = cube.lengths
    of_lengths = sums_by(length_of[contracts], sums, len(lengths))
    return sum_exact(
        Fraction(amount, 10**QUANTITY_PLACES) / length for amount, length in zip(of_lengths, lengths, strict=True)
    )


def _count_of_one(cube: Cube, measure: Measure, contract: PortfolioContract, rows: Mapping[str, Column]) -> PlainCount:
    """What the only contract that promises the measure promises of it, year by year."""
    found = _year_sums(cube, rows)
    labels = [contract.year_label(index) for index in range(contract.years)]
    own = contract.edition.find_measure(measure.code) if contract.edition is not None else None
    kept, none = kept_of(own or measure), Fraction(0)
    counts = [(label, *found.get(label, (from_scaled(0, 0), none))) for label in labels]
    years = [YearCount(label, quantity, counted, counted * kept) for label, quantity, counted in counts]
    if measure.unit is Unit.PERCENT:
        rates = {int(rows["quantity"].min()), int(rows["quantity"].max())}
        years = [YearCount("", from_scaled(rate, QUANTITY_PLACES), none, none) for rate in rates]
    facts = Contract(contract.reference, contract.value, contract.start_on, contract.end_on)
    return count_of_contract(measure, years, facts)


def _year_sums(cube: Cube, rows: Mapping[str, Column]) -> Mapping[str, tuple[Decimal, Fraction]]:
    quantities: dict[int, tuple[int, int]] = {}
    for year, share, quantity in zip(*(rows[name].tolist() for name in ("year", "share", "quantity")), strict=True):
        whole, counted = quantities.get(year, (0, 0))
        quantities[year] = whole + quantity, counted + quantity * cube.shares[share]
    return {
        cube.years[year]: (from_scaled(whole, QUANTITY_PLACES), Fraction(counted, _COUNTED))
        for year, (whole, counted) in quantities.items()
    }
