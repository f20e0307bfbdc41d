"""What was accepted of each measure in plain words, beside what was due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from tomsapp.dashboards.counts import counts_by_measure
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_rows import QUARTERS_OF_YEAR, run_sums, wide
from tomsapp.dashboards.exact import Column, added, first_of_runs, summable
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.contract_dates import MOST_YEARS
from tomsapp.domain.delivered_portfolio import DeliveredCount
from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.unit_words import is_added_over_contracts
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import plural

_UNIT = 10**QUANTITY_PLACES


def delivered_counts(delivered: DeliveryCube, commitments: Column, rows: Column | None) -> list[DeliveredCount]:
    """The counts of the commitments that pass, in some rows or in all, what is worth most first."""
    cube = delivered.cube
    groups = cube.groups[Grouping.MEASURE]
    mask = commitments[delivered.line] if rows is None else commitments[delivered.line] & rows
    at = np.flatnonzero(mask)
    if not len(at):
        return []
    lines = delivered.line[at]
    of_year = lines.astype(np.int64) * MOST_YEARS + delivered.rows.quarter[at] // QUARTERS_OF_YEAR
    starts = first_of_runs(of_year)
    runs = lines[starts], of_year[starts] % MOST_YEARS
    labelled = _with_years(delivered, *runs)
    units = {name: run_sums(delivered.rows.units[name][at], starts) for name in ("due", "accepted")}
    told = {
        name: counts_by_measure(labelled[0], _frame(delivered, runs[0], labelled[1], units[name])) for name in units
    }
    newest = _newest(cube)
    is_yes = np.array([each.unit.form is UnitForm.YES_NO for each in newest], dtype=bool)
    of_yes = is_yes[groups.code_of[:-1][delivered.heads.measure[runs[0]]]]
    in_contracts = {name: _yeses(delivered, runs[0][of_yes], units[name][of_yes]) for name in units}
    worth = added(
        groups.code_of[:-1][delivered.heads.measure[lines]],
        summable(wide(delivered.rows.pence["accepted"][at])),
        len(groups.members) + 1,
    )
    people = _people(delivered, commitments, at)
    found = []
    for place, group in enumerate(groups.members):
        accepted, due = (told[name].get(group.key) for name in ("accepted", "due"))
        named = accepted or due
        if named is None:
            continue
        count = DeliveredCount(
            group.key,
            group.theme,
            accepted.figure if accepted else "",
            named.words,
            due.figure if due else "",
            named.note,
            people.get(place, ""),
        )
        if newest[place].unit.form is UnitForm.YES_NO:
            count = _of_contracts(count, named, {name: of.get(place, 0) for name, of in in_contracts.items()})
        found.append((-int(worth[place]), place, count))
    return [count for _, _, count in sorted(found, key=lambda each: each[:2])]


def _of_contracts(count: DeliveredCount, named: PlainCount, many: Mapping[str, int]) -> DeliveredCount:
    """A yes is counted by the contracts that have it."""
    accepted = plural(many["accepted"], "contract") if many["accepted"] else ""
    return replace(
        count, figure=accepted, words=f"with: {named.words}", due=str(many["due"]) if many["due"] else "", note=""
    )


def _newest(cube: Cube) -> list[Measure]:
    """The measure of each group by measure, as the newest of its editions has it."""
    groups = cube.groups[Grouping.MEASURE]
    owners = sorted(zip(groups.code_of[:-1].tolist(), cube.measures, strict=True), key=lambda pair: pair[1].age)
    found = {code: each.measure for code, each in owners}
    return [found[place] for place in range(len(groups.members))]


def _with_years(delivered: DeliveryCube, line: Column, year: Column) -> tuple[Cube, Column]:
    """The cube with the labels of all contract years in which anything counts, and the place of each one's label."""
    cube = delivered.cube
    contract = delivered.heads.contract[line]
    keys = contract.astype(np.int64) * MOST_YEARS + year
    met, which = np.unique(keys, return_inverse=True)
    labels = [cube.contracts[key // MOST_YEARS].year_label(key % MOST_YEARS) for key in met.tolist()]
    known = list(dict.fromkeys([*cube.years, *labels]))
    places = {label: place for place, label in enumerate(known)}
    codes = np.array([places[label] for label in labels], dtype=np.int32)
    return cube if len(known) == len(cube.years) else replace(cube, years=known), codes[which]


def _frame(delivered: DeliveryCube, line: Column, year: Column, quantity: Column) -> pd.DataFrame:
    """The units of each commitment and contract year, as the portfolio has its promises."""
    heads = delivered.heads
    columns = {
        "commitment": heads.commitment[line],
        "contract": heads.contract[line],
        "measure": heads.measure[line],
        "year": year,
        "share": heads.share[line],
        "quantity": summable(quantity),
    }
    return pd.DataFrame(columns, copy=False)


def _yeses(delivered: DeliveryCube, line: Column, quantity: Column) -> dict[int, int]:
    """In how many contracts anything is counted of each group by measure."""
    heads, groups = delivered.heads, delivered.cube.groups[Grouping.MEASURE]
    some = line[(quantity > 0).astype(bool)]
    pairs = set(zip(groups.code_of[heads.measure[some]].tolist(), heads.contract[some].tolist(), strict=True))
    found: dict[int, int] = {}
    for code, _ in pairs:
        found[code] = found.get(code, 0) + 1
    return found


def _people(delivered: DeliveryCube, commitments: Column, rows: Column) -> dict[int, str]:
    """Who stands behind what was accepted, by group by measure: where the people of several contracts are added up."""
    if not delivered.people:
        return {}
    heads, groups = delivered.heads, delivered.cube.groups[Grouping.MEASURE]
    of_rows = set(zip(delivered.line[rows].tolist(), delivered.rows.quarter[rows].tolist(), strict=True))
    by_line: dict[int, list[list[int]]] = {}
    for each in delivered.people:
        at, is_known = heads.places_of(np.array([each.commitment]))
        line = int(at[0])
        if is_known[0] and commitments[line] and each.accepted and (line, each.quarter) in of_rows:
            kinds = (each.new, each.retained, each.transferred)
            by_line.setdefault(line, []).append([many * each.accepted // (each.claimed * _UNIT) for many in kinds])
    sums: dict[int, list[int]] = {}
    owners: dict[int, set[int]] = {}
    for line, held in by_line.items():
        measure = delivered.cube.measures[heads.measure[line]].measure
        join = max if measure.counts is Counts.EACH_YEAR else sum
        code = int(groups.code_of[heads.measure[line]])
        owners.setdefault(code, set()).add(int(heads.contract[line]) if not is_added_over_contracts(measure) else 0)
        own = sums.setdefault(code, [0, 0, 0])
        for place, many in enumerate(zip(*held, strict=True)):
            own[place] += join(many)
    return {code: _who(own) for code, own in sums.items() if len(owners[code]) == 1}


def _who(people: list[int]) -> str:
    words = ("new", "there before", "transferred with the work")
    return ", ".join(f"{many:,} {word}" for many, word in zip(people, words, strict=True) if many)
