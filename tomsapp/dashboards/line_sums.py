"""The sums of lines by contract, measure, place and year: every table and total of the Overview adds these up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.ended import ended_when_signed
from tomsapp.dashboards.exact import Column, added, first_of_runs, sums_of_runs
from tomsapp.dashboards.filters import is_delivered

_MOST_CELLS = 2**31
"""So many cells have numbers of 32 bits, which take half the memory: it is new memory that takes the time."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums by the place in a list of the cube: pence, and how many commitments; the last is of the lines of no place.

    Attributes:
        today: what they come to where editions that replaced withdrawn ones rule; None where none did.
    """

    social_value: Column
    real_pounds: Column
    commitments: Column
    today: Column | None = None

    def at(self, place: int) -> tuple[int, int, int, int | None]:
        """Social value, real pounds, commitments and what they come to today, of one."""
        today = None if self.today is None else int(self.today[place])
        return int(self.social_value[place]), int(self.real_pounds[place]), int(self.commitments[place]), today

    def of(self, mask: Column | slice) -> tuple[int, int, int, int | None]:
        """The same of all that a mask or a slice lets pass."""
        today = None if self.today is None else int(self.today[:-1][mask].sum())
        social, real, commitments = (
            int(column[:-1][mask].sum()) for column in (self.social_value, self.real_pounds, self.commitments)
        )
        return social, real, commitments, today

    def regrouped(self, add: Callable[[Column], Column]) -> Sums:
        """The sums of other groups, which `add` makes of each column."""
        today = None if self.today is None else add(self.today)
        return Sums(add(self.social_value), add(self.real_pounds), add(self.commitments), today)


@dataclass(frozen=True, slots=True)
class LineSums:
    """The sums of lines under the four headings by which all groups are made.

    Attributes:
        years_of_measures: the social value in pence, a row for each year and a column for each measure.
        forecast: the social value of each contract that rests on a forecast of spend.
        ended: that of years that had ended before the contract was signed.
    """

    contract: Sums
    measure: Sums
    place: Sums
    year: Sums
    years_of_measures: Column
    forecast: Column
    ended: Column

    def by(self, column: str) -> Sums:
        """The sums by a column of the cube's frame."""
        found: Sums = getattr(self, column)
        return found


def line_sums(cube: Cube, rows: pd.DataFrame, today: Column | None) -> LineSums:
    """The sums of some rows of the cube, the rows of a commitment together; `today` is what each comes to today."""
    starts = first_of_runs(rows["commitment"].to_numpy())
    social, real = rows["social_value"].to_numpy(), rows["real_pounds"].to_numpy()
    figures = [social, real, *([] if today is None else [today])]
    of_commitments = [sums_of_runs(column, starts) for column in figures]

    def by(name: str, size: int) -> Sums:
        codes = rows[name].to_numpy()[starts]
        sums = [added(codes, column, size + 1) for column in of_commitments]
        return Sums(sums[0], sums[1], _counted(codes, size + 1), *sums[2:])

    years, measures = len(cube.years), len(cube.measures)
    year, measure = rows["year"].to_numpy(), rows["measure"].to_numpy()
    # A commitment counts in each year in which something of it is delivered, and once under everything else.
    delivered_rows = is_delivered(rows)
    delivered = _counted(year if delivered_rows.all() else year[delivered_rows], years + 1)
    cells: Column = year.astype(np.int32 if (years + 1) * measures < _MOST_CELLS else np.int64)
    cells[year < 0] = years
    cells *= measures
    cells += measure
    tables = [added(cells, column, (years + 1) * measures).reshape(years + 1, measures) for column in figures]
    by_year = [table.sum(axis=1) for table in tables]
    owners, forecast = rows["contract"].to_numpy(), rows["forecast"].to_numpy()
    over = ended_when_signed(cube.signing, cube.years, rows)
    return LineSums(
        by("contract", len(cube.contracts)),
        by("measure", measures),
        by("place", len(cube.places)),
        Sums(by_year[0], by_year[1], delivered, *by_year[2:]),
        tables[0][:years],
        added(owners[forecast], social[forecast], len(cube.contracts) + 1),
        added(owners[over], social[over], len(cube.contracts) + 1),
    )


def _counted(codes: Column, size: int) -> Column:
    """How many there are of each code; −1 is the last."""
    if len(codes) and codes.min() < 0:
        codes = np.where(codes < 0, size - 1, codes)
    found: Column = np.bincount(codes, minlength=size).astype(np.int64)
    return found
