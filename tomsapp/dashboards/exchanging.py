"""A portfolio after a change: the contracts that changed are valued anew, and all others stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from tomsapp.dashboards.cube import Cube, kept_frame
from tomsapp.dashboards.exact import Column
from tomsapp.dashboards.outcomes import Declarations
from tomsapp.dashboards.pieces import Pieces
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
    rows = _Rows.of(last, stay, joined.renumbered(part.frame, come), joined.years_of_last)
    if any(rows.is_any_lost(name) for name in ("measure", "place", "year")):
        return None
    return Cube(
        part.change,
        contracts,
        joined.measures,
        joined.places,
        joined.years,
        joined.shares,
        _joined_frame(last.frame, rows),
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
        projects=last.projects.exchanged(changed, part.projects),
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
    def of(last: Cube, part: Cube) -> _Joined:
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


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that stay of a frame and those that come, as columns with the joined lists' places.

    Attributes:
        moves: for a column the new place of each that the old rows have, where any of them moves.
        gone: which of the old rows do not stay.
        pieces: what the new rows are put together of; so the rows of a commitment stand together and commitments in
            order.
    """

    old: Mapping[str, Column]
    come: Mapping[str, Column]
    moves: Mapping[str, Column]
    gone: Column
    pieces: Pieces

    @staticmethod
    def of(last: Cube, stay: Column, come: Mapping[str, Column], years: Column) -> _Rows:
        """`stay` has the new place of each contract of the last cube, −1 where it is gone; `years` of each year."""
        met = {"contract": np.where(stay < 0, np.arange(len(stay)), stay), "year": years[:-1]}
        moved = {name for name, places in met.items() if (places != np.arange(len(places))).any()}
        moves = {name: places for name, places in (("contract", stay), ("year", years)) if name in moved}
        old = {name: last.frame[name].to_numpy() for name in COLUMNS}
        gone = (stay < 0)[old["contract"]]
        return _Rows(old, come, moves, gone, Pieces.of(old["commitment"], gone, come["commitment"]))

    def _old(self, name: str, chosen: Column | slice) -> Column:
        """Some old rows' places in the joined lists."""
        found = self.old[name][chosen]
        return self.moves[name][found] if name in self.moves else found

    def column(self, name: str) -> Column:
        """A column of the new rows; the old one itself where nothing in it changes."""
        old = self._old(name, slice(None)) if name in self.moves else self.old[name]
        return self.pieces.put(old, self.come[name])

    def is_any_lost(self, name: str) -> bool:
        """Whether rows that are gone had a measure, place or year that no row has any more."""
        had = self._old(name, self.gone)
        lost = np.setdiff1d(had[had >= 0], self.come[name])
        return bool(len(lost)) and not np.isin(lost, self._old(name, ~self.gone)).all()


def _joined_frame(last: pd.DataFrame, rows: _Rows) -> pd.DataFrame:
    """The frame of the rows; the last one itself where they are what they were."""
    columns = {name: rows.column(name) for name in COLUMNS}
    if all(column is rows.old[name] for name, column in columns.items()):
        return last
    return kept_frame(columns)


def _moved(by_place: Mapping[int, T], places: Column) -> dict[int, T]:
    """What is known by a contract’s place, by its new place; without the contracts that changed."""
    moved = {int(places[place]): value for place, value in by_place.items()}
    moved.pop(-1, None)
    return moved
