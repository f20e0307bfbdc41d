"""What was sealed of each contract beside what the same promises come to today, and why that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from tomsapp.dashboards.exact import Column, sums_by
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.domain.money import difference
from tomsapp.domain.portfolio_contract import SealedToday
from tomsapp.domain.value_factor import pounds_of
from tomsapp.domain.wording import format_change

_MOST_MEASURES = 3
"""More measures that differ than these are told together."""


def sealed_and_today(
    contracts: Sequence[PortfolioContract],
    measures: Sequence[PortfolioMeasure],
    frame: pd.DataFrame,
    worth: Column | None,
) -> Mapping[int, SealedToday]:
    """By its place, each contract whose pounds or policy rules are others today than those that were sealed.

    `worth` is what each row comes to where the editions in force today rule; None where contracts have those already.
    """
    owners, social = frame["contract"].to_numpy(), frame["social_value"].to_numpy()
    counted = sums_by(owners, social, len(contracts))
    today = counted if worth is None else sums_by(owners, worth, len(contracts))
    changes = {} if worth is None else _by_measure(measures, frame, worth - social)
    found = {}
    for place, contract in enumerate(contracts):
        # What cannot be valued has no value of today.
        if contract.sealed_value is None or contract.trouble:
            continue
        reasons = (
            *_edition(contract, changes.get(place, {})),
            *_otherwise(contract, counted[place]),
            *contract.rules_since,
        )
        if reasons:
            found[place] = SealedToday(contract.sealed_value, pounds_of(today[place]), reasons)
    return found


def _by_measure(measures: Sequence[PortfolioMeasure], frame: pd.DataFrame, change: Column) -> dict[int, dict[str, int]]:
    """By contract and code, the pence that the editions in force add or take away."""
    rows = np.flatnonzero(change != 0)
    found: dict[int, dict[str, int]] = {}
    owners, which = frame["contract"].to_numpy()[rows], frame["measure"].to_numpy()[rows]
    for place, measure, pence in zip(owners.tolist(), which.tolist(), change[rows].tolist(), strict=True):
        own, code = found.setdefault(place, {}), measures[measure].measure.code
        own[code] = own.get(code, 0) + pence
    return found


def _edition(contract: PortfolioContract, changes: Mapping[str, int]) -> Iterator[str]:
    told = [f"{code} {format_change(pounds_of(pence))}" for code, pence in changes.items() if pence]
    if len(told) > _MOST_MEASURES:
        told = [f"{len(told)} measures, {format_change(pounds_of(sum(changes.values())))} together"]
    if told and contract.in_force is not None:
        yield f"{contract.in_force.name}: {', '.join(told)}"


def _otherwise(contract: PortfolioContract, counted: int) -> Iterator[str]:
    """What its own edition gives today in place of what was sealed."""
    change = difference(pounds_of(counted), contract.sealed_value or pounds_of(0))
    if change:
        why = "Spend recorded since" if contract.is_framework else "Counted otherwise than when it was sealed"
        yield f"{why}: {format_change(change)}"
