"""The portfolio: every contract's commitments added up, filtered, explained line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.offer import Offer, Surroundings, find_problems
from tomsapp.domain.portfolio import PORTFOLIO_FACTS, Grouping
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.portfolio_reading import load_cube
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.workspace import Workspace

# The data frames behind these take most of a second to load, so they are loaded when the Overview is first used.
if TYPE_CHECKING:
    from tomsapp.dashboards.attention import Checked
    from tomsapp.dashboards.cube import Cube
    from tomsapp.dashboards.figures import OverviewFigures
    from tomsapp.dashboards.lines import PortfolioLine
    from tomsapp.domain.portfolio_contract import ContractFigures

__all__ = [
    "Filters",
    "Progress",
    "check_contracts",
    "choices",
    "committed_by_supplier",
    "figures",
    "figures_by_contract",
    "left_out",
    "lines",
    "lines_behind",
    "load_cube",
    "passing_contracts",
]


def choices(cube: Cube) -> dict[Grouping, list[tuple[str, str]]]:
    """What each filter offers: key and words, in the order shown."""
    numbered = {Grouping.THEME, Grouping.OUTCOME, Grouping.MEASURE}
    return {
        grouping: [
            (group.key, f"{group.key} {group.name}" if grouping in numbered else group.name) for group in groups.members
        ]
        for grouping, groups in cube.groups.items()
    }


def fact_choices(cube: Cube) -> dict[str, list[str]]:
    """What the filter of each fact of a contract offers, by the fact's name."""
    found: dict[str, set[str]] = {fact.name: set() for fact in PORTFOLIO_FACTS}
    for contract in cube.contracts:
        for name, words in contract.facts:
            found[name].add(words)
    return {name: sorted(words - {""}, key=str.casefold) for name, words in found.items()}


def figures(
    cube: Cube, filters: Filters, checked: Mapping[int, Checked] | None = None, *, with_contracts: bool = False
) -> OverviewFigures:
    """The figures of what passes the filters; `checked` are the contracts whose Problems are known."""
    from tomsapp.dashboards.figures import figures_of

    with without_looking_for_garbage():
        return figures_of(cube, filters, checked, with_contracts=with_contracts)


def left_out(checked: Mapping[int, Checked]) -> frozenset[int]:
    """The numbers of the commitments that have errors, so that they count nowhere until they are put right."""
    return frozenset[int]().union(*(state.left_out for state in checked.values()))


def committed_by_supplier(workspace: Workspace, progress: Progress | None = None) -> dict[int, Decimal]:
    """The social value of all contracts of each supplier that can be counted, by the supplier's number."""
    from tomsapp.dashboards.grouping import NO_SUPPLIER

    cube, checked = _with_drafts_checked(workspace, progress)
    nothing = {each.supplier_id: Decimal("0.00") for each in cube.contracts if each.supplier_id is not None}
    rows = figures(cube, Filters(), checked).portfolio.rows(Grouping.SUPPLIER)
    return nothing | {int(row.key): row.social_value for row in rows if row.key != NO_SUPPLIER}


def figures_by_contract(workspace: Workspace, progress: Progress | None = None) -> dict[int, ContractFigures]:
    """What each contract that counts is worth and how it stands, by its number, as the Overview has it."""
    cube, checked = _with_drafts_checked(workspace, progress)
    rows = figures(cube, Filters(), checked, with_contracts=True).portfolio.contract_rows
    return {row.contract_id: row for row in rows}


def _with_drafts_checked(workspace: Workspace, progress: Progress | None) -> tuple[Cube, dict[int, Checked]]:
    """The portfolio with the Problems of its drafts: only they can have lines with errors."""
    cube = load_cube(workspace, progress)
    drafts = [contract.id for contract in cube.contracts if contract.status is ContractStatus.DRAFT]
    return cube, check_contracts(workspace, cube, drafts, progress)


def lines(cube: Cube, filters: Filters, without: Collection[int] = ()) -> Iterator[PortfolioLine]:
    """The lines behind a figure, contract by contract, without the commitments that are left out."""
    from tomsapp.dashboards.lines import lines_of

    return lines_of(cube, filters, without)


def lines_behind(
    cube: Cube, filters: Filters, figure: str, without: Collection[int] = ()
) -> tuple[str, list[PortfolioLine]]:
    """The filters in words, and the lines that make up a figure, the largest first.

    `figure` is social_value, real_pounds, commitments or employment_outcomes; lines that add nothing to real pounds
    or employment outcomes are left out of theirs.
    """
    from tomsapp.dashboards.filters import filters_in_words

    found = list(lines(cube, filters, without))
    if figure == "real_pounds":
        found = [line for line in found if line.real_pence]
    elif figure == "employment_outcomes":
        found = [line for line in found if line.quantity_scaled and line.owner.measure.employment_outcome]
    found.sort(key=lambda line: line.real_pence if figure == "real_pounds" else line.pence, reverse=True)
    words = "; ".join(filters_in_words(cube, filters))
    return f"{words}." if words else "All contracts but those that were withdrawn.", found


def passing_contracts(cube: Cube, filters: Filters) -> list[int]:
    """The numbers of the contracts that pass the filters."""
    from tomsapp.dashboards.filters import passing

    chosen = passing(cube, filters).contracts.tolist()
    return [contract.id for contract, passes in zip(cube.contracts, chosen, strict=True) if passes]


def check_contracts(
    workspace: Workspace, cube: Cube, contract_ids: Iterable[int], progress: Progress | None = None
) -> dict[int, Checked]:
    """Hold each contract against every check, as its own page does, and count what is open.

    One that is gone by now, or whose menu edition cannot be read, is left out.
    """
    from tomsapp.dashboards.attention import checked_of

    wanted = list(contract_ids)
    watcher = progress or NoProgress()
    found: dict[int, Checked] = {}
    for start in range(0, len(wanted), _READ_AT_ONCE):
        parcel = wanted[start : start + _READ_AT_ONCE]
        watcher.report(start, len(wanted), "Checking contracts")
        with without_looking_for_garbage():
            offers, surroundings = _offers(workspace, parcel)
            for done, (number, offer) in enumerate(offers.items(), start):
                watcher.report(done, len(wanted), "Checking contracts")
                contract = cube.contracts[cube.position_of(number)]
                if contract.edition is not None and contract.years:
                    found[number] = checked_of(find_problems(offer, contract.edition, surroundings))
    return found


_READ_AT_ONCE = 100
"""Contracts whose lines are read at once: so many that reading is fast, and so few that nothing waits for them long."""


def _offers(workspace: Workspace, contract_ids: Sequence[int]) -> tuple[dict[int, Offer], Surroundings]:
    """What contracts promise and what they are held against, both from one moment; without those that are gone."""
    with workspace.look() as uow:
        return uow.lists.offers(contract_ids), workspace.surroundings(uow)
