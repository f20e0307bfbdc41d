"""What is looked at under filters: the lines that count, the lines that are claimed, and how each contract stands."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from tomsapp.dashboards.attention import Checked
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.outcomes import Outcomes, outcome_parts, outcomes_of
from tomsapp.dashboards.standing import Standing


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The part of a cube that passes the filters.

    Attributes:
        rows: the lines without errors; `claimed` are all of them.
        standings: how each contract stands as a whole, by its place in the cube, in their order.
        checked: what the checks found, by the contract's number.
        is_part: whether only some lines of contracts may pass.
    """

    cube: Cube
    rows: pd.DataFrame
    claimed: pd.DataFrame
    standings: Mapping[int, Standing]
    checked: Mapping[int, Checked]
    is_part: bool


def outcomes_by_contract(at: LookedAt) -> dict[int, Outcomes]:
    """The employment outcomes of each contract, by its place: of the whole one, or of the lines that pass."""
    if not at.is_part:
        return {place: standing.outcomes for place, standing in at.standings.items()}
    parts = outcome_parts(at.cube.measures, at.cube.shares, at.rows)
    return {
        place: outcomes_of(contract.edition, parts.get(place, ()), contract.length, standing.declared)
        for place, standing in at.standings.items()
        for contract in (at.cube.contracts[place],)
    }
