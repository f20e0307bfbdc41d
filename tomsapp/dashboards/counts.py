"""What is promised of each measure across contracts, in plain words."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.exact import Column, products, sum_exact, whole_numbers
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import SHARE_PLACES, from_scaled
from tomsapp.domain.plain_counts import (
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
    promised = rows[rows["quantity"] != 0]
    if promised.empty:
        return {}
    owners = sorted(zip(code_of.tolist(), cube.measures, strict=True), key=lambda pair: pair[1].age)
    measures = {code: each.measure for code, each in owners}
    codes = code_of[promised["measure"].to_numpy()]
    totals = _totals(cube, promised, codes)
    by_contract = np.array([_is_told_by_contract(measures[code]) for code in range(len(measures))], dtype=bool)
    told = by_contract[codes]
    parts = dict(_by_contract(promised[told], codes[told]))
    return {code: _count(cube, measures[code], totals[code], parts.get(code)) for code in sorted(totals)}


def first_of_commitment(rows: pd.DataFrame) -> Column:
    """1 for the first row of each commitment, 0 for its others: their sum counts commitments."""
    commitment = rows["commitment"].to_numpy()
    first = np.ones(len(commitment), dtype=np.int64)
    first[1:] = commitment[1:] != commitment[:-1]
    return first


def _is_told_by_contract(measure: Measure) -> bool:
    return not is_added_over_contracts(measure) or counts_people(measure) or measure.unit is Unit.FTE_YEARS


def _totals(cube: Cube, promised: pd.DataFrame, codes: Column) -> dict[int, _Totals]:
    """For each group the quantity in 10⁻⁴, the part that is counted in 10⁻¹⁰, and what the menus leave of that part."""
    by = [codes, promised["measure"].to_numpy(), promised["share"].to_numpy()]
    sums = promised["quantity"].groupby(by).sum()
    totals: dict[int, _Totals] = {}
    for (code, measure, share), quantity in zip(sums.index.tolist(), sums.tolist(), strict=True):
        whole, counted, net = totals.get(code, (0, 0, Fraction(0)))
        part = int(quantity) * cube.shares[share]
        totals[code] = whole + int(quantity), counted + part, net + part * kept_of(cube.measures[measure].measure)
    return totals


def _by_contract(promised: pd.DataFrame, codes: Column) -> Iterator[tuple[int, pd.DataFrame]]:
    """For each group its quantities by contract, year and share."""
    if promised.empty:
        return
    by = [codes, *(promised[name].to_numpy() for name in ("contract", "year", "share"))]
    table = promised["quantity"].groupby(by).agg(["sum", "min", "max"])
    table.index.names = ["code", "contract", "year", "share"]
    for code, part in table.reset_index().groupby("code"):
        yield int(str(code)), part


def _count(cube: Cube, measure: Measure, totals: _Totals, part: pd.DataFrame | None) -> PlainCount:
    quantity = from_scaled(totals[0], QUANTITY_PLACES)
    counted, net = (Fraction(each) / 10 ** (QUANTITY_PLACES + SHARE_PLACES) for each in totals[1:])
    if part is None:
        many = CountOfMany(0, quantity, counted, net, quantity, quantity, counted, counted)
        return count_of_contracts(measure, many)
    contracts = part["contract"].unique().tolist()
    if len(contracts) == 1 and measure.unit is not Unit.YES_NO:
        return _count_of_one(cube, measure, cube.contracts[contracts[0]], part)
    low, high = _range(measure, part)
    jobs = _full_time_jobs(cube, part) if measure.unit is Unit.FTE_YEARS else Fraction(0)
    many = CountOfMany(
        len(contracts),
        quantity,
        counted,
        net,
        from_scaled(low, QUANTITY_PLACES),
        from_scaled(high, QUANTITY_PLACES),
        *_counted_range(cube, measure, part),
        jobs,
        _each(cube, measure, part),
    )
    return count_of_contracts(measure, many)


def _range(measure: Measure, part: pd.DataFrame) -> tuple[int, int]:
    """The smallest and the largest number of a contract; of a contract year where units count each year."""
    if measure.unit is Unit.PERCENT:
        return int(part["min"].min()), int(part["max"].max())
    sums = part.groupby(_unit_of_range(measure))["sum"].sum()
    return int(sums.min()), int(sums.max())


def _unit_of_range(measure: Measure) -> list[str]:
    return ["contract", "year"] if counts_heads(measure) else ["contract"]


def _counted_range(cube: Cube, measure: Measure, part: pd.DataFrame) -> tuple[Fraction, Fraction]:
    """The same of the part that is counted."""
    if measure.unit is Unit.PERCENT:
        return Fraction(0), Fraction(0)
    shares = whole_numbers(cube.shares)[part["share"].to_numpy()]
    counted = pd.Series(products(part["sum"].to_numpy(), shares), index=part.index)
    sums = counted.groupby([part[name] for name in _unit_of_range(measure)]).sum()
    scale = 10 ** (QUANTITY_PLACES + SHARE_PLACES)
    return Fraction(int(sums.min()), scale), Fraction(int(sums.max()), scale)


def _each(cube: Cube, measure: Measure, part: pd.DataFrame) -> tuple[tuple[str, Decimal, Fraction], ...]:
    """Each contract's number and counted part, where the contracts are not added up and no year stands apart."""
    if is_added_over_contracts(measure) or measure.unit is Unit.PERCENT or counts_heads(measure):
        return ()
    found = []
    for contract, own in part.groupby("contract"):
        whole = sum(own["sum"].tolist())
        counted = sum(
            quantity * cube.shares[share]
            for quantity, share in zip(own["sum"].tolist(), own["share"].tolist(), strict=True)
        )
        found.append(
            (
                cube.contracts[int(str(contract))].reference,
                from_scaled(whole, QUANTITY_PLACES),
                Fraction(counted, 10 ** (QUANTITY_PLACES + SHARE_PLACES)),
            )
        )
    return tuple(sorted(found))


def _full_time_jobs(cube: Cube, part: pd.DataFrame) -> Fraction:
    """Full-time years as jobs, each contract's divided by its length."""
    sums = part.groupby("contract")["sum"].sum()
    return sum_exact(
        Fraction(int(quantity), 10**QUANTITY_PLACES) / cube.contracts[contract].length
        for contract, quantity in zip(sums.index.tolist(), sums.tolist(), strict=True)
    )


def _count_of_one(cube: Cube, measure: Measure, contract: PortfolioContract, part: pd.DataFrame) -> PlainCount:
    """What the only contract that promises the measure promises of it, year by year."""
    found = _year_sums(cube, part)
    labels = [contract.year_label(index) for index in range(contract.years)]
    own = contract.edition.find_measure(measure.code) if contract.edition is not None else None
    kept, none = kept_of(own or measure), Fraction(0)
    counts = [(label, *found.get(label, (from_scaled(0, 0), none))) for label in labels]
    years = [YearCount(label, quantity, counted, counted * kept) for label, quantity, counted in counts]
    if measure.unit is Unit.PERCENT:
        ends = {*part["min"].tolist(), *part["max"].tolist()}
        years = [YearCount("", from_scaled(int(end), QUANTITY_PLACES), none, none) for end in ends]
    facts = Contract(contract.reference, contract.value, contract.start_on, contract.end_on)
    return count_of_contract(measure, years, facts)


def _year_sums(cube: Cube, part: pd.DataFrame) -> Mapping[str, tuple[Decimal, Fraction]]:
    quantities: dict[int, tuple[int, int]] = {}
    for year, share, quantity in zip(*(part[name].tolist() for name in ("year", "share", "sum")), strict=True):
        whole, counted = quantities.get(year, (0, 0))
        quantities[year] = whole + int(quantity), counted + int(quantity) * cube.shares[share]
    return {
        cube.years[year]: (
            from_scaled(whole, QUANTITY_PLACES),
            Fraction(counted, 10 ** (QUANTITY_PLACES + SHARE_PLACES)),
        )
        for year, (whole, counted) in quantities.items()
    }
