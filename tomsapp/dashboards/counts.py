"""What is promised of each measure across contracts, in plain words."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.exact import Column
from tomsapp.dashboards.grouping import Groups
from tomsapp.dashboards.valuing import QUANTITY_PLACES
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import SHARE_PLACES, from_scaled, round_half_away
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.rollup import count_in_words
from tomsapp.domain.units import Unit
from tomsapp.domain.wording import format_quantity


def counts_by_measure(cube: Cube, rows: pd.DataFrame) -> dict[str, str]:
    """For each measure's key how much is promised: "120 weeks of work experience (90 counted here)"."""
    groups = cube.groups[Grouping.MEASURE]
    promised = rows[rows["quantity"] != 0]
    if promised.empty:
        return {}
    by = [groups.codes(promised["measure"].to_numpy()), promised["share"].to_numpy()]
    table = promised["quantity"].groupby(by).agg(["sum", "min", "max"])
    table["commitments"] = pd.Series(first_of_commitment(promised), index=promised.index).groupby(by).sum()
    shown: dict[int, list[tuple[int, int, int, int, int]]] = {}
    for (code, share), whole, low, high, commitments in table.itertuples():
        part = (cube.shares[share], int(whole), int(low), int(high), int(commitments))
        shown.setdefault(int(code), []).append(part)
    measures = _measure_of_groups(cube, groups)
    return {groups.members[code].key: _words(measures[code], parts) for code, parts in shown.items()}


def first_of_commitment(rows: pd.DataFrame) -> Column:
    """1 for the first row of each commitment, 0 for its others: their sum counts commitments."""
    commitment = rows["commitment"].to_numpy()
    first = np.ones(len(commitment), dtype=np.int64)
    first[1:] = commitment[1:] != commitment[:-1]
    return first


def _measure_of_groups(cube: Cube, groups: Groups) -> dict[int, Measure]:
    return {int(code): each.measure for code, each in zip(groups.code_of[:-1].tolist(), cube.measures, strict=True)}


def _words(measure: Measure, parts: Sequence[tuple[int, int, int, int, int]]) -> str:
    if measure.unit is Unit.PERCENT:
        low = from_scaled(min(part[2] for part in parts), QUANTITY_PLACES)
        high = from_scaled(max(part[3] for part in parts), QUANTITY_PLACES)
        text = count_in_words(measure, high)
        return text if low == high else f"{format_quantity(low)}% to {text}"
    if measure.unit is Unit.YES_NO:
        return count_in_words(replace(measure, unit=Unit.EVENTS), Decimal(sum(part[4] for part in parts)))
    whole = sum(part[1] for part in parts)
    text = count_in_words(measure, from_scaled(whole, QUANTITY_PLACES))
    counted = Fraction(sum(part[0] * part[1] for part in parts), 10**SHARE_PLACES)
    if counted == whole:
        return text
    exact = counted / 10**QUANTITY_PLACES
    return f"{text} ({format_quantity(round_half_away(exact, measure.unit.decimals))} counted here)"
