"""Which rows of a portfolio are of contract years that had ended before their contract was signed."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tomsapp.dashboards.exact import Column
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.domain.contract_dates import contract_years


def years_over(contracts: Sequence[PortfolioContract]) -> tuple[Column, Column]:
    """How many years of each contract had ended when it was signed, and in which calendar year its first began."""
    over = np.array([_years_over(each) for each in contracts], dtype=np.int64)
    return over, np.array([each.start_on.year for each in contracts], dtype=np.int64)


def ended_when_signed(signing: tuple[Column, Column], years: Sequence[str], rows: pd.DataFrame) -> Column:
    """A mask over the rows; `signing` is what `years_over` gives of all contracts.

    `years` are the labels of the contract years, by their places in the rows.
    """
    over, first = signing
    begins = np.array([int(label[:4]) for label in years], dtype=np.int64)
    owner, year = rows["contract"].to_numpy(), rows["year"].to_numpy()
    found: Column = np.zeros(len(rows), dtype=bool)
    # Few contracts are signed after a year of them: only their rows are looked at.
    some = np.flatnonzero((year >= 0) & (over > 0)[owner]) if over.any() else np.zeros(0, dtype=np.int64)
    found[some] = begins[year[some]] - first[owner[some]] < over[owner[some]]
    return found


def _years_over(contract: PortfolioContract) -> int:
    """How many of its years had ended on the day before it was signed."""
    signed_on = contract.signed_on
    if not contract.years or signed_on is None or signed_on <= contract.start_on:
        return 0
    return sum(year.ends_on < signed_on for year in contract_years(contract.start_on, contract.end_on))
