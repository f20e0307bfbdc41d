"""What is committed of each measure as signed, beside what the editions in force today make of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_figures import LookedAt
from tomsapp.dashboards.delivery_rows import run_sums
from tomsapp.dashboards.exact import Column, added, first_of_runs, summable
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.portfolio import Grouping


@dataclass(frozen=True, slots=True)
class MeasureBeside:
    """One measure, in pence.

    Attributes:
        place: its place among the groups by measure.
        code: as its menu has it.
        editions: the editions of contracts that promise it, each with the one in force today where that is another.
    """

    place: int
    code: str
    signed: int
    today: int
    editions: tuple[tuple[MenuEdition, MenuEdition | None], ...]


def beside_today(delivered: DeliveryCube, filters: Filters) -> list[MeasureBeside]:
    """Each measure that is committed in what passes, in the order of the menu."""
    at, cube, heads = LookedAt(delivered, filters), delivered.cube, delivered.heads
    groups = cube.groups[Grouping.MEASURE]
    lines = np.flatnonzero(at.mask)
    signed = at.committed[0][lines]
    today = signed if cube.worth_in_force is None else _of_heads(delivered, at, cube.worth_in_force)[lines]
    codes = groups.code_of[:-1][heads.measure[lines]]
    sums = [added(codes, summable(column), len(groups.members)).tolist() for column in (signed, today)]
    pairs: dict[int, dict[tuple[str, str], tuple[MenuEdition, MenuEdition | None]]] = {}
    names: dict[int, str] = {}
    seen = set(zip(codes.tolist(), heads.measure[lines].tolist(), heads.contract[lines].tolist(), strict=True))
    for code, measure, contract in sorted(seen):
        owner = cube.contracts[contract]
        if owner.edition is not None:
            pairs.setdefault(code, {})[owner.edition.name, ""] = (owner.edition, owner.in_force)
            names[code] = cube.measures[measure].measure.code
    return [
        MeasureBeside(place, names[place], sums[0][place], sums[1][place], tuple(pairs[place].values()))
        for place in sorted(pairs)
    ]


def _of_heads(delivered: DeliveryCube, at: LookedAt, worth: Column) -> Column:
    """What the rows of each commitment come to, of those that pass."""
    heads, numbers = delivered.heads, delivered.cube.frame["commitment"].to_numpy()
    rows = np.flatnonzero(at.rows_of_cube)
    starts = first_of_runs(numbers[rows])
    places, is_known = heads.places_of(numbers[rows][starts])
    sums = run_sums(worth[rows], starts)
    found: Column = np.zeros(len(heads), dtype=sums.dtype)
    found[places[is_known]] = sums[is_known]
    return found
