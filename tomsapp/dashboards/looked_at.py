"""What is looked at under filters: the lines that count, the lines that are claimed, and how each contract stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from tomsapp.dashboards.attention import Checked
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.line_sums import LineSums
from tomsapp.dashboards.outcome_columns import OutcomeColumns
from tomsapp.dashboards.standing import Standing
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.jobs import JobCaveats
from tomsapp.domain.portfolio import Group
from tomsapp.domain.value_factor import pounds_of


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The part of a cube that passes the filters.

    Attributes:
        rows: the lines without errors; `claimed` are all of them.
        sums, claimed_sums: what they come to.
        outcomes: the employment outcomes of the contracts: of whole ones, or of the lines that pass.
        standings: how each contract stands as a whole, by its place in the cube, in their order.
        checked: what the checks found, by the contract's number.
        job_caveats: what must be known beside the outcomes of each contract of which anything must, by its place.
        is_part: whether only some lines of contracts may pass.
        members: the places of agreed contracts and of drafts, in this order; a group without a contract is left out.
    """

    cube: Cube
    rows: pd.DataFrame
    claimed: pd.DataFrame
    sums: LineSums
    claimed_sums: LineSums
    outcomes: OutcomeColumns
    standings: Mapping[int, Standing]
    checked: Mapping[int, Checked]
    job_caveats: Mapping[int, JobCaveats]
    is_part: bool
    members: Mapping[Group, Sequence[int]]

    def not_admissible(self, places: Iterable[int]) -> list[int]:
        """Those of the contracts that have errors, as far as they are checked, or cannot be valued."""
        wrong = {number for number, state in self.checked.items() if state.errors}
        contracts = self.cube.contracts
        if not wrong:
            return [place for place in places if contracts[place].trouble]
        return [place for place in places if contracts[place].trouble or contracts[place].id in wrong]


def members_of(cube: Cube, places: Iterable[int]) -> dict[Group, list[int]]:
    """The places of agreed contracts and of drafts; a group without a contract is left out."""
    drafts: list[int] = []
    agreed: list[int] = []
    for place in places:
        (drafts if cube.contracts[place].status is ContractStatus.DRAFT else agreed).append(place)
    return {group: own for group, own in ((Group.AGREED, agreed), (Group.DRAFT, drafts)) if own}


def changed_pounds(signed: int, today: int | None) -> Decimal | None:
    """Pence of today in pounds; None where there are none or they are the same as signed."""
    return None if today is None or today == signed else pounds_of(today)
