"""A portfolio after a change: the contracts that changed are valued anew, and all others stay as they are."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.exact import Column, summable
from tomsapp.dashboards.outcomes import Declarations
from tomsapp.dashboards.valuing import COLUMNS, NO_YEAR

T = TypeVar("T")

_LISTED = ("measure", "place", "year", "share")
"""The columns that hold places in lists which both cubes have in an order of their own."""


def with_contracts_exchanged(last: Cube, changed: Collection[int], part: Cube) -> Cube | None:
    """`last` with the contracts of these numbers as `part` has them now; those that it does not have are gone.

    None where a measure, place or year is no longer in the portfolio: its groups are others, and all is read again.
    """
    contracts = sorted(
        [*(each for each in last.contracts if each.id not in changed), *part.contracts], key=lambda each: each.id
    )
    places = {each.id: place for place, each in enumerate(contracts)}
    stay = np.array([-1 if each.id in changed else places[each.id] for each in last.contracts], dtype=np.int32)
    come = np.array([places[each.id] for each in part.contracts], dtype=np.int32)
    joined = _Joined.of(last, part)
    frame = _joined_frame(last.frame, stay, joined.renumbered(part.frame, come), joined.years_of_last)
    if _is_any_gone(last.frame, frame, joined):
        return None
    return Cube(
        part.change,
        contracts,
        joined.measures,
        joined.places,
        joined.years,
        joined.shares,
        frame,
        last.place_name,
        Declarations(
            _moved(last.declarations.answers, stay) | _moved(part.declarations.answers, come),
            _moved(last.declarations.lines, stay) | _moved(part.declarations.lines, come),
        ),
        kept_standings={
            place: standing for place, standing in zip(stay.tolist(), last.standings, strict=True) if place >= 0
        },
        kept_outcomes=last.outcomes.moved(stay, joined.measures, joined.shares),
        own_groups=last.own_groups,
    )


@dataclass(frozen=True, slots=True)
class _Joined:
    """The lists of two cubes as one. The entries of the first keep their places, but for years, which stand in order.

    Attributes:
        of_part: for each of `_LISTED` the new place of each entry of the second cube.
        years_of_last: the new place of each year of the first cube.
    """

    measures: list[Any]
    places: list[str]
    shares: list[int]
    years: list[str]
    of_part: Mapping[str, Column]
    years_of_last: Column

    @staticmethod
    def of(last: Cube, part: Cube) -> "_Joined":
        measures, of_measures = _join(last.measures, part.measures, lambda each: (*each.age, each.measure.code))
        places, of_places = _join(last.places, part.places, str)
        shares, of_shares = _join(last.shares, part.shares, int)
        years = sorted({*last.years, *part.years}, key=_begins)
        spots = {label: place for place, label in enumerate(years)}
        of_years = _with_none(spots[label] for label in part.years)
        return _Joined(
            measures,
            places,
            shares,
            years,
            {"measure": of_measures, "place": of_places, "year": of_years, "share": of_shares},
            _with_none(spots[label] for label in last.years),
        )

    def renumbered(self, frame: pd.DataFrame, contracts: Column) -> dict[str, Column]:
        """The columns of the second cube’s rows with the places of the joined lists."""
        columns = {name: frame[name].to_numpy() for name in COLUMNS}
        columns["contract"] = contracts[columns["contract"]]
        for name in _LISTED:
            columns[name] = self.of_part[name][columns[name]]
        return columns


def _join(first: Sequence[T], second: Sequence[T], key: Callable[[T], Hashable]) -> tuple[list[T], Column]:
    """Both lists without what is twice, and the place of each entry of the second in it."""
    joined = list(first)
    known = {key(each): place for place, each in enumerate(first)}
    for each in second:
        if known.setdefault(key(each), len(joined)) == len(joined):
            joined.append(each)
    return joined, _with_none(known[key(each)] for each in second)


def _with_none(numbers: Iterable[int]) -> Column:
    """The places, and last the answer for −1, which stands for none."""
    return np.array([*numbers, NO_YEAR], dtype=np.int32)


def _begins(label: str) -> tuple[int, bool]:
    """Orders year labels by the day on which they begin: 2026 before 2026/27."""
    return int(label[:4]), "/" in label


def _joined_frame(frame: pd.DataFrame, stay: Column, come: Mapping[str, Column], years: Column) -> pd.DataFrame:
    """The rows that stay and those that come, the rows of a commitment together and commitments in order."""
    contract = stay[frame["contract"].to_numpy()]
    kept = contract >= 0
    spots = np.searchsorted(frame["commitment"].to_numpy()[kept], come["commitment"])
    columns: dict[str, Column] = {}
    for name in COLUMNS:
        column = contract[kept] if name == "contract" else frame[name].to_numpy()[kept]
        if name == "year":
            column = years[column]
        if come[name].dtype == object:
            column = column.astype(object)
        columns[name] = np.insert(column, spots, come[name])
    for name in ("quantity", "social_value", "real_pounds"):
        columns[name] = summable(columns[name])
    return pd.DataFrame(columns, copy=False)


def _is_any_gone(before: pd.DataFrame, now: pd.DataFrame, joined: _Joined) -> bool:
    """Whether a measure, place or year that had rows has none any more."""
    had_years = joined.years_of_last[before["year"].to_numpy()]
    for name, size in (("measure", len(joined.measures)), ("place", len(joined.places)), ("year", len(joined.years))):
        had = had_years if name == "year" else before[name].to_numpy()
        if (_is_used(had, size) & ~_is_used(now[name].to_numpy(), size)).any():
            return True
    return False


def _is_used(column: Column, size: int) -> Column:
    found: Column = np.bincount(column[column >= 0], minlength=size) > 0
    return found


def _moved(by_place: Mapping[int, T], places: Column) -> dict[int, T]:
    """What is known by a contract’s place, by its new place; without the contracts that changed."""
    moved = {int(places[place]): value for place, value in by_place.items()}
    moved.pop(-1, None)
    return moved
