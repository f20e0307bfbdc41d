"""What must be known beside the jobs of contracts: how many rest on a forecast, and how many are of ended years."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pandas as pd

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.ended import ended_when_signed
from tomsapp.dashboards.exact import Column
from tomsapp.dashboards.filters import rows_where
from tomsapp.dashboards.outcome_columns import OutcomeColumns, outcome_columns
from tomsapp.dashboards.outcomes import Outcomes
from tomsapp.dashboards.standing import Standing
from tomsapp.domain.jobs import JobCaveats

_NONE = Outcomes()


def job_caveats_of(
    cube: Cube, rows: pd.DataFrame, standings: Mapping[int, Standing], outcomes: OutcomeColumns
) -> dict[int, JobCaveats]:
    """The caveats of each contract that has any, by its place; `outcomes` are what the rows bring.

    The same people are counted once among what is left without a forecast, and among what is of ended years.
    """
    owners, forecast = rows["contract"].to_numpy(), rows["forecast"].to_numpy()
    over = ended_when_signed(cube.signing, cube.years, rows)
    resting = set(np.unique(owners[forecast]).tolist())
    sure = _jobs(cube, rows_where(rows, np.isin(owners, list(resting)) & ~forecast), standings)
    whole = outcomes.of_contracts(cube.mask_of(resting)).by_contract()
    gone = {place: own.total - sure.get(place, _NONE.total) for place, own in whole.items()}
    ended = _jobs(cube, rows_where(rows, over), standings)
    found = {
        place: JobCaveats(gone.get(place, Fraction(0)), ended.get(place, Fraction(0)))
        for place in sorted({*gone, *ended})
    }
    return {place: own for place, own in found.items() if own != JobCaveats()}


def _jobs(cube: Cube, rows: pd.DataFrame, standings: Mapping[int, Standing]) -> dict[int, Fraction]:
    """The jobs of each contract in these rows, the fewest people that they can be."""
    places: Column = np.unique(rows["contract"].to_numpy())
    owners = {place: cube.contracts[place] for place in places.tolist()}
    told = {place: standings[place].told for place in owners}
    brought = outcome_columns(owners, cube.measures, cube.shares, rows, told)
    return {place: own.total for place, own in brought.by_contract().items()}
