"""What the manager should look at in what was delivered: ratings after two quarters, pounds of contracts, claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tomsapp.dashboards.delivery_cube import DeliveryCube
from tomsapp.dashboards.delivery_figures import LookedAt
from tomsapp.dashboards.delivery_ratings import ratings_of
from tomsapp.dashboards.delivery_rows import PENCE, UNITS
from tomsapp.dashboards.delivery_sums import HeadSums
from tomsapp.dashboards.exact import Column, added, summable
from tomsapp.dashboards.facts import PortfolioContract, PortfolioMeasure
from tomsapp.dashboards.selection import Filters
from tomsapp.domain.delivery.at_risk import LEAST_QUARTERS
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.portfolio import Grouping

_BELOW = [place for place, rating in enumerate(Rating) if rating.is_below_approaching]


@dataclass(frozen=True, slots=True)
class SeenSignals:
    """What is seen of what passes the filters.

    Attributes:
        contracts: the contracts that pass.
        returned: of each contract's number, the quarters of which a return is on record, as far as they have ended.
        at_risk: of each contract's number, how many commitments are rated below Approaching target after two quarters.
        pence: of each contract's number, what is due and what is accepted, of contracts of which a return is on record.
        without_evidence: of each contract's number, how many claims are not evidenced in full.
        not_delivered: the keys and names of measures of which something was due and nothing accepted.
        chosen: the codes of the measures that are promised, with their menus, whatever the filters.
    """

    contracts: tuple[PortfolioContract, ...]
    returned: Mapping[int, frozenset[Quarter]]
    at_risk: Mapping[int, int]
    pence: Mapping[int, tuple[int, int]]
    without_evidence: Mapping[int, int]
    not_delivered: tuple[tuple[str, str], ...]
    chosen: frozenset[tuple[str, str]]


def signals_seen(delivered: DeliveryCube, filters: Filters) -> SeenSignals:
    """What is seen until the end of the period that is looked at."""
    at, cube, heads, rows = LookedAt(delivered, filters), delivered.cube, delivered.heads, delivered.rows
    places = np.flatnonzero(at.contracts).tolist()
    end = delivered.up_to(at.period)
    of_time = at.row_mask(end)
    shown = at.mask[delivered.line] if of_time is None else at.mask[delivered.line] & of_time
    owner = heads.contract[delivered.line]
    is_due = shown & (rows.dense(UNITS, "due") > 0).astype(bool)
    due_quarters = np.bincount(delivered.line[is_due], minlength=len(heads))
    is_risk = at.mask & (due_quarters >= LEAST_QUARTERS) & np.isin(ratings_of(delivered, at.period), _BELOW)
    claims = shown & rows.is_returned & (rows.dense(UNITS, "claimed") > rows.dense(UNITS, "evidenced")).astype(bool)
    sums = delivered.sums(end)
    return SeenSignals(
        tuple(cube.contracts[place] for place in places),
        _returned(delivered, owner, shown & rows.is_returned),
        _by_contract(delivered, heads.contract[is_risk]),
        _pence(delivered, at.mask, sums, owner[shown & rows.is_returned]),
        _by_contract(delivered, owner[claims]),
        _not_delivered(delivered, at.mask, sums),
        frozenset((each.edition.code, each.measure.code) for each in _promised(delivered)),
    )


def _by_contract(delivered: DeliveryCube, owner: Column) -> dict[int, int]:
    counted = np.bincount(owner, minlength=len(delivered.cube.contracts))
    return {delivered.cube.contracts[place].id: int(counted[place]) for place in np.flatnonzero(counted).tolist()}


def _returned(delivered: DeliveryCube, owner: Column, mask: Column) -> dict[int, frozenset[Quarter]]:
    found: dict[int, set[Quarter]] = {}
    for place, number in set(zip(owner[mask].tolist(), delivered.rows.quarter[mask].tolist(), strict=True)):
        found.setdefault(delivered.cube.contracts[place].id, set()).add(Quarter(number // 4, number % 4 + 1))
    return {number: frozenset(quarters) for number, quarters in found.items()}


def _pence(delivered: DeliveryCube, commitments: Column, sums: HeadSums, told: Column) -> dict[int, tuple[int, int]]:
    contracts = delivered.cube.contracts
    codes = delivered.heads.contract[commitments]
    due, accepted = (
        added(codes, summable(sums.column(PENCE, name)[commitments]), len(contracts)).tolist()
        for name in ("due", "accepted")
    )
    return {contracts[place].id: (due[place], accepted[place]) for place in np.unique(told).tolist() if due[place]}


def _not_delivered(delivered: DeliveryCube, commitments: Column, sums: HeadSums) -> tuple[tuple[str, str], ...]:
    groups = delivered.cube.groups[Grouping.MEASURE]
    codes = groups.code_of[:-1][delivered.heads.measure[commitments]]
    due, accepted = (
        added(codes, summable(sums.column(UNITS, name)[commitments]), len(groups.members)).tolist()
        for name in ("due", "accepted")
    )
    return tuple(
        (group.key, group.name) for place, group in enumerate(groups.members) if due[place] > 0 and accepted[place] == 0
    )


def _promised(delivered: DeliveryCube) -> list[PortfolioMeasure]:
    return [delivered.cube.measures[place] for place in np.unique(delivered.heads.measure).tolist()]
