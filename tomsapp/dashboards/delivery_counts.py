"""What was accepted of each measure in plain words, beside what was due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from tomsapp.dashboards.counts import counts_by_measure
from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_sums import YearUnits, year_units
from tomsapp.dashboards.exact import Column, as_summed
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.delivered_portfolio import DeliveredCount
from tomsapp.domain.menu import Counts
from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.unit_words import is_added_over_contracts
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import plural

_UNIT = 10**QUANTITY_PLACES


def delivered_counts(
    delivered: DeliveryCube, commitments: Column, rows: Column | None, worth: Column
) -> list[DeliveredCount]:
    """The counts of the commitments that pass, in some rows or in all, what is worth most first.

    `worth` has the pence of what is accepted of each group by measure.
    """
    cube = delivered.cube
    groups = cube.groups[Grouping.MEASURE]
    told, in_contracts = {}, {}
    newest = delivered.newest_measures
    is_yes = np.array([*(each.unit.form is UnitForm.YES_NO for each in newest), False], dtype=bool)[groups.code_of]
    for name in ("due", "accepted"):
        runs = (delivered.units_of_years(name) if rows is None else year_units(delivered, name, rows)).of(commitments)
        told[name] = counts_by_measure(delivered.labelled, _frame(delivered, runs))
        in_contracts[name] = _yeses(delivered, runs, is_yes)
    people = _people(delivered, commitments, rows)
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


def _frame(delivered: DeliveryCube, runs: YearUnits) -> pd.DataFrame:
    """The units of each commitment and contract year, as the portfolio has its promises."""
    heads, line = delivered.heads, runs.line
    contract = heads.contract[line]
    columns = {
        "commitment": line,
        "contract": contract,
        "measure": heads.measure[line],
        "year": delivered.year_labels[1][contract, runs.year],
        "share": heads.share[line],
        "quantity": as_summed(runs.units),
    }
    return pd.DataFrame(columns, copy=False)


def _yeses(delivered: DeliveryCube, runs: YearUnits, is_yes: Column) -> dict[int, int]:
    """In how many contracts anything is counted of each group by measure that is a yes; `is_yes` says it by measure."""
    heads, groups = delivered.heads, delivered.cube.groups[Grouping.MEASURE]
    some = runs.line[is_yes[heads.measure[runs.line]] & (runs.units > 0).astype(bool)]
    pairs = set(zip(groups.code_of[heads.measure[some]].tolist(), heads.contract[some].tolist(), strict=True))
    found: dict[int, int] = {}
    for code, _ in pairs:
        found[code] = found.get(code, 0) + 1
    return found


def _people(delivered: DeliveryCube, commitments: Column, rows: Column | None) -> dict[int, str]:
    """Who stands behind what was accepted, by group by measure: where the people of several contracts are added up."""
    if not delivered.people:
        return {}
    heads, groups = delivered.heads, delivered.cube.groups[Grouping.MEASURE]
    owners_of_people = np.unique(np.array([each.commitment for each in delivered.people]))
    places, is_head = heads.places_of(owners_of_people)
    is_met = np.zeros(len(heads), dtype=bool)
    is_met[places[is_head]] = True
    met = np.flatnonzero(is_met[delivered.line] if rows is None else is_met[delivered.line] & rows)
    of_rows = set(zip(delivered.line[met].tolist(), delivered.rows.quarter[met].tolist(), strict=True))
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
