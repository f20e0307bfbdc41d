"""Filters of the portfolio that combine: several values of one with or, different ones with and."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from tomsapp.dashboards.cube import Cube
from tomsapp.dashboards.delivery_heads import DELIVERS
from tomsapp.dashboards.selection import Filters
from tomsapp.dashboards.valuing import COLUMNS
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import BY_TIME, FACT_GROUPINGS, PORTFOLIO_FACTS, Grouping

_NOUNS = {
    Grouping.THEME: "Theme",
    Grouping.OUTCOME: "Outcome",
    Grouping.MEASURE: "Measure",
    Grouping.PRIORITY: "Priority",
    Grouping.SUPPLIER: "Supplier",
    Grouping.WARD: "Ward",
    Grouping.NEIGHBOURHOOD: "Neighbourhood",
    Grouping.YEAR: "Year",
    Grouping.SUPPLIER_KIND: "Kind of supplier",
    Grouping.DIRECTORATE: "Directorate",
    Grouping.CONTRACT_MANAGER: "Contract manager",
    Grouping.PROJECT: "Community project",
    Grouping.EQUALITY_GROUP: "Equality group",
    Grouping.QUARTER: "Financial quarter",
    Grouping.FINANCIAL_YEAR: "Financial year",
}
_STATUS_WORDS = {
    ContractStatus.DRAFT: "drafts",
    ContractStatus.SIGNED: "signed",
    ContractStatus.CLOSED: "closed",
    ContractStatus.WITHDRAWN: "withdrawn",
}
_PART = (
    "These filters take some lines of these contracts and not all. A part is not held against a contract’s minimum, "
    "and it is no share of the contract’s value."
)


_OF_CONTRACTS = (Grouping.SUPPLIER, Grouping.SUPPLIER_KIND)
"""Groupings of whole contracts; those by a fact are filtered by the fact."""


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes the filters, as masks in the order of rows and contracts: rows that count, all rows, contracts."""

    rows: npt.NDArray[np.bool_]
    claimed: npt.NDArray[np.bool_]
    contracts: npt.NDArray[np.bool_]


def passing(cube: Cube, filters: Filters, left_out: Collection[int] = ()) -> Passing:
    """Which rows and contracts pass; a contract passes without lines only where no filter looks at lines.

    `left_out` holds the numbers of the commitments that have errors: they are claimed, and do not count.
    """
    contracts = _contracts_passing(cube, filters)
    if cube.frame.empty:
        nothing = np.zeros(0, dtype=bool)
        return Passing(nothing, nothing, contracts & (not filters.parts_contracts))
    owner = cube.frame["contract"].to_numpy()
    claimed = contracts[owner]
    for grouping, keys in filters.keys.items():
        if keys and grouping not in _OF_CONTRACTS and grouping not in BY_TIME:
            groups = cube.groups[grouping]
            claimed &= groups.chosen(keys)[cube.column(groups.column)]
    if filters.of(Grouping.YEAR):
        claimed &= is_delivered(cube.frame)
    if filters.parts_contracts:
        held = np.zeros(len(cube.contracts), dtype=bool)
        held[owner[claimed]] = True
        contracts = held
    rows = claimed & counted_rows(cube.frame, left_out) if left_out else claimed
    return Passing(rows, claimed, contracts)


def rows_where(frame: pd.DataFrame, mask: npt.NDArray[np.bool_], *, with_places: bool = True) -> pd.DataFrame:
    """The rows that a mask lets pass: all where all do. Their places are their index, where they are asked for."""
    if mask.all():
        return frame
    columns = {name: frame[name].to_numpy()[mask] for name in COLUMNS}
    return pd.DataFrame(columns, index=np.flatnonzero(mask) if with_places else None, copy=False)


def is_delivered(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows deliver something: a commitment is one of a year only where something of it is delivered in it."""
    found: npt.NDArray[np.bool_] = rows["quantity"].to_numpy() != 0
    return found


def counted_rows(rows: pd.DataFrame, left_out: Collection[int]) -> npt.NDArray[np.bool_]:
    """Which rows count: all but those of commitments that are left out."""
    if not left_out:
        return np.ones(len(rows), dtype=bool)
    return ~np.isin(rows["commitment"].to_numpy(), np.fromiter(left_out, dtype=np.int64))


def _contracts_passing(cube: Cube, filters: Filters) -> npt.NDArray[np.bool_]:
    mask = np.ones(len(cube.contracts), dtype=bool)
    if filters.statuses:
        mask &= np.array([contract.status in filters.statuses for contract in cube.contracts], dtype=bool)
    if filters.contracts:
        mask &= np.array([contract.id in filters.contracts for contract in cube.contracts], dtype=bool)
    for name, words in filters.facts.items():
        if words:
            mask &= np.array([dict(contract.facts).get(name) in words for contract in cube.contracts], dtype=bool)
    for grouping in _OF_CONTRACTS:
        chosen = filters.of(grouping)
        if chosen:
            mask &= cube.groups[grouping].chosen(chosen)[:-1]
    return mask


def filters_in_words(cube: Cube, filters: Filters) -> tuple[str, ...]:
    """Each filter that holds, in words: "Theme 1, Fair work and poverty"."""
    words: list[str] = []
    if filters.statuses:
        named = [_STATUS_WORDS[status] for status in ContractStatus if status in filters.statuses]
        words.append(f"Contracts that are {' or '.join(named)}")
    for grouping, noun in _NOUNS.items():
        chosen = filters.of(grouping)
        if chosen and grouping not in BY_TIME and grouping not in FACT_GROUPINGS:
            members = [group for group in cube.groups[grouping].members if group.key in chosen]
            words.append(f"{noun} " + " or ".join(_named(grouping, group.key, group.name) for group in members))
    words += [
        f"{fact.label} " + " or ".join(sorted(words or "not said" for words in filters.facts[fact.name]))
        for fact in PORTFOLIO_FACTS
        if filters.facts.get(fact.name)
    ]
    if filters.contracts:
        references = {
            contract.id: contract.reference for contract in cube.contracts if contract.id in filters.contracts
        }
        named = [references.get(number, "that is no more") for number in sorted(filters.contracts)]
        words.append("Contract " + " or ".join(named))
    return tuple(words)


def delivered_in_words(cube: Cube, filters: Filters) -> tuple[str, ...]:
    """The same of what was delivered, of which drafts have nothing: signed or closed is all that there is."""
    statuses = filters.statuses & DELIVERS or filters.statuses
    told = frozenset() if statuses == DELIVERS else statuses
    return filters_in_words(cube, replace(filters, statuses=told))


def part_in_words(filters: Filters) -> tuple[str, ...]:
    """What must be said where the filters take a part of contracts, a sentence each; none where they do not."""
    if not filters.parts_contracts:
        return ()
    notes = [_PART]
    years = sorted(filters.of(Grouping.YEAR))
    if years:
        notes.append(
            f"Of each commitment only what falls in contract year {' or '.join(years)} is counted, which may be a part "
            "of its value and of its jobs."
        )
    return tuple(notes)


def _named(grouping: Grouping, key: str, name: str) -> str:
    return f"{key}, {name}" if grouping in {Grouping.THEME, Grouping.OUTCOME, Grouping.MEASURE} else name
