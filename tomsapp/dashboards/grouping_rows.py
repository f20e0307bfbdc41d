"""The rows of each grouping; a measure with how much is promised of it, its jobs, and its menu editions apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tomsapp.dashboards.counts import counts_by_edition
from tomsapp.dashboards.exact import Column, sums_by
from tomsapp.dashboards.filters import is_delivered
from tomsapp.dashboards.looked_at import LookedAt, changed_pounds
from tomsapp.domain.jobs import MeasureJobs, jobs_together
from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.portfolio import EditionPart, Grouping, PortfolioRow
from tomsapp.domain.valuation import pounds_of


@dataclass(frozen=True, slots=True)
class MeasureDetails:
    """What a measure’s row says beside its figures."""

    quantity: str
    jobs: MeasureJobs | None = None
    editions: tuple[EditionPart, ...] = ()


_NONE = MeasureDetails("")


def grouping_rows(
    at: LookedAt, first: Column, grouping: Grouping, details: Mapping[str, MeasureDetails]
) -> tuple[PortfolioRow, ...]:
    """The rows of one grouping; `first` marks one row of each commitment, `details` are those of each measure’s key."""
    cube, rows = at.cube, at.rows
    groups = cube.groups[grouping]
    places, codes = groups.spread(rows[groups.column].to_numpy())
    # A commitment counts in each year in which something of it is delivered, and once under everything else.
    marks = is_delivered(rows).astype(np.int64) if grouping is Grouping.YEAR else first
    size = len(groups.members)
    later = _sums_today(None if at.today is None else at.today[places], codes, size)
    sums = zip(groups.members, *_sums(rows.iloc[places], codes, marks[places], size), later, strict=True)
    made = []
    for group, social, real, commitments, today in sums:
        if commitments:
            more = details.get(group.key, _NONE) if grouping is Grouping.MEASURE else _NONE
            made.append(
                PortfolioRow(
                    group.key,
                    group.name,
                    pounds_of(social),
                    pounds_of(real),
                    commitments,
                    group.theme,
                    more.quantity,
                    more.jobs,
                    more.editions,
                    changed_pounds(social, today),
                )
            )
    if grouping is Grouping.SUPPLIER:
        made.sort(key=lambda row: (-row.social_value, row.name.casefold()))
    return tuple(made)


def _sums(rows: pd.DataFrame, codes: Column, marks: Column, size: int) -> tuple[list[int], list[int], list[int]]:
    """The sums of each code: social value and real pounds in pence, and commitments."""
    social, real = rows["social_value"].to_numpy(), rows["real_pounds"].to_numpy()
    return sums_by(codes, social, size), sums_by(codes, real, size), sums_by(codes, marks, size)


def _sums_today(today: Column | None, codes: Column, size: int) -> list[int] | list[None]:
    """What each code comes to where editions that replaced withdrawn ones rule."""
    return [None] * size if today is None else sums_by(codes, today, size)


def measure_details(
    at: LookedAt,
    first: Column,
    counts: Mapping[str, PlainCount],
    jobs: Mapping[int, MeasureJobs],
) -> dict[str, MeasureDetails]:
    """What each measure’s row says beside its figures, by its key; `jobs` by the measure’s place in the cube."""
    groups = at.cube.groups[Grouping.MEASURE]
    numbers: dict[int, list[int]] = {}
    for number, code in enumerate(groups.code_of[:-1].tolist()):
        numbers.setdefault(code, []).append(number)
    apart = _editions_apart(at, first, numbers, jobs)
    found = {}
    for code, own in numbers.items():
        key = groups.members[code].key
        quantity = counts[key].text if key in counts else ""
        found[key] = MeasureDetails(
            quantity, jobs_together(jobs.get(number, MeasureJobs()) for number in own), tuple(apart.get(code, ()))
        )
    return found


def _editions_apart(
    at: LookedAt,
    first: Column,
    numbers: Mapping[int, list[int]],
    jobs: Mapping[int, MeasureJobs],
) -> dict[int, list[EditionPart]]:
    """By the group: its menu editions, where a unit comes to another sum in each or another measure has its code."""
    cube, rows, today = at.cube, at.rows, at.today
    named = Counter(cube.measures[own[0]].measure.code for own in numbers.values())
    chosen = {
        code
        for code, own in numbers.items()
        if named[cube.measures[own[0]].measure.code] > 1 or len({cube.measures[each].worth for each in own}) > 1
    }
    if not chosen:
        return {}
    is_chosen = np.array([code in chosen for code in cube.groups[Grouping.MEASURE].code_of[:-1].tolist()], dtype=bool)
    mask = is_chosen[rows["measure"].to_numpy()]
    rows = rows[mask]
    later = _sums_today(None if today is None else today[mask], rows["measure"].to_numpy(), len(cube.measures))
    sums = _sums(rows, rows["measure"].to_numpy(), first[mask], len(cube.measures))
    counts = counts_by_edition(cube, rows)
    found: dict[int, list[EditionPart]] = {}
    for code in chosen:
        for number in sorted(numbers[code], key=lambda each: cube.measures[each].edition.name):
            social, real, commitments = (column[number] for column in sums)
            if commitments:
                quantity = counts[number].text if number in counts else ""
                found.setdefault(code, []).append(
                    EditionPart(
                        cube.measures[number].edition.name,
                        pounds_of(social),
                        pounds_of(real),
                        commitments,
                        quantity,
                        jobs.get(number, MeasureJobs()),
                        changed_pounds(social, later[number]),
                    )
                )
    return found
