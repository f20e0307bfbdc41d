"""The rows of each grouping; a measure with how much is promised of it, its jobs, and its menu editions apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tomsapp.dashboards.counts import counts_by_edition
from tomsapp.dashboards.looked_at import LookedAt, changed_pounds
from tomsapp.domain.alike import natural
from tomsapp.domain.jobs import MeasureJobs, jobs_together
from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.portfolio import EditionPart, Grouping, PortfolioRow
from tomsapp.domain.value_factor import pounds_of


@dataclass(frozen=True, slots=True)
class MeasureDetails:
    """What a measure’s row says beside its figures."""

    quantity: str
    jobs: MeasureJobs | None = None
    editions: tuple[EditionPart, ...] = ()


_NONE = MeasureDetails("")


def grouping_rows(at: LookedAt, grouping: Grouping, details: Mapping[str, MeasureDetails]) -> tuple[PortfolioRow, ...]:
    """The rows of one grouping; `details` are those of each measure’s key."""
    groups = at.cube.groups[grouping]
    sums = at.sums.by(groups.column).regrouped(groups.summed)
    made = []
    for place in np.flatnonzero(sums.commitments).tolist():
        group = groups.members[place]
        more = details.get(group.key, _NONE) if grouping is Grouping.MEASURE else _NONE
        social, real, commitments, today = sums.at(place)
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
        made.sort(key=lambda row: (-row.social_value, natural(row.name)))
    return tuple(made)


def measure_details(
    at: LookedAt,
    counts: Mapping[str, PlainCount],
    jobs: Mapping[int, MeasureJobs],
) -> dict[str, MeasureDetails]:
    """What each measure’s row says beside its figures, by its key; `jobs` by the measure’s place in the cube."""
    groups = at.cube.groups[Grouping.MEASURE]
    numbers: dict[int, list[int]] = {}
    for number, code in enumerate(groups.code_of[:-1].tolist()):
        numbers.setdefault(code, []).append(number)
    apart = _editions_apart(at, numbers, jobs)
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
    numbers: Mapping[int, list[int]],
    jobs: Mapping[int, MeasureJobs],
) -> dict[int, list[EditionPart]]:
    """By the group: its menu editions, where a unit comes to another sum in each or another measure has its code."""
    cube, rows = at.cube, at.rows
    named = Counter(cube.measures[own[0]].measure.code for own in numbers.values())
    chosen = {
        code
        for code, own in numbers.items()
        if named[cube.measures[own[0]].measure.code] > 1 or len({cube.measures[each].worth for each in own}) > 1
    }
    if not chosen:
        return {}
    is_chosen = np.array([code in chosen for code in cube.groups[Grouping.MEASURE].code_of[:-1].tolist()], dtype=bool)
    counts = counts_by_edition(cube, rows[is_chosen[rows["measure"].to_numpy()]])
    found: dict[int, list[EditionPart]] = {}
    for code in chosen:
        for number in sorted(numbers[code], key=lambda each: cube.measures[each].edition.name):
            social, real, commitments, today = at.sums.measure.at(number)
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
                        changed_pounds(social, today),
                    )
                )
    return found
