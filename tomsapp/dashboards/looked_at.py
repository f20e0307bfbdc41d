"""What is looked at under filters: the lines that count, the lines that are claimed, and how each contract stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from tomsapp.dashboards.attention import Checked
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.outcomes import Part, outcome_parts, total_outcomes
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

    def parts(self) -> Mapping[int, Sequence[Part]]:
        """What each contract's employment outcomes are the sum of: of the whole one, or of the lines that pass."""
        if self.is_part:
            return outcome_parts(self.cube.measures, self.cube.shares, self.rows)
        return {place: standing.parts for place, standing in self.standings.items()}


def jobs_by_contract(at: LookedAt) -> dict[int, Fraction]:
    """The employment outcomes of each contract: of the whole one, or of the lines that pass."""
    if not at.is_part:
        return {place: standing.employment_outcomes for place, standing in at.standings.items()}
    found: dict[int, Fraction] = {}
    for place, parts in at.parts().items():
        contract = at.cube.contracts[place]
        if contract.edition is not None:
            declared = at.standings[place].declared
            found[place] = total_outcomes(contract.edition, parts, contract.length, declared)
    return found
