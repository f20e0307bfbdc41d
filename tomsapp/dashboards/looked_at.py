"""What is looked at under filters: the lines that count, the lines that are claimed, and how each contract stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from tomsapp.dashboards.attention import Checked
from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.exact import Column
from tomsapp.dashboards.outcome_columns import OutcomeColumns
from tomsapp.dashboards.standing import Standing
from tomsapp.domain.valuation import pounds_of


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The part of a cube that passes the filters.

    Attributes:
        rows: the lines without errors; `claimed` are all of them.
        outcomes: the employment outcomes of the contracts: of whole ones, or of the lines that pass.
        standings: how each contract stands as a whole, by its place in the cube, in their order.
        checked: what the checks found, by the contract's number.
        is_part: whether only some lines of contracts may pass.
    """

    cube: Cube
    rows: pd.DataFrame
    claimed: pd.DataFrame
    outcomes: OutcomeColumns
    standings: Mapping[int, Standing]
    checked: Mapping[int, Checked]
    is_part: bool

    @property
    def today(self) -> Column | None:
        """What each of the rows comes to where editions that replaced withdrawn ones rule; None where none did."""
        worth = self.cube.worth_today
        return None if worth is None else worth[self.rows.index.to_numpy()]

    def is_admissible(self, place: int) -> bool:
        """Whether the contract has no errors, as far as it is checked, and can be valued."""
        contract = self.cube.contracts[place]
        return not (contract.trouble or ((state := self.checked.get(contract.id)) and state.errors))


def changed_pounds(signed: int, today: int | None) -> Decimal | None:
    """Pence of today in pounds; None where there are none or they are the same as signed."""
    return None if today is None or today == signed else pounds_of(today)
