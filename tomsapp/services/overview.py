"""The portfolio: every contract's commitments added up, filtered, explained line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.checks.declared import TOLD_KEYS
from tomsapp.domain.contract import ContractError, ContractKind, ContractStatus, contract_years, length_in_years
from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import Offer, Surroundings, find_problems
from tomsapp.domain.portfolio import PORTFOLIO_FACTS, Grouping
from tomsapp.services.bulk_work import without_looking_for_garbage
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.sealed_rules import policy_of, rules_changed, sealed_value, today
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter, ContractListRow

# The data frames behind these take most of a second to load, so they are loaded when the Overview is first used.
if TYPE_CHECKING:
    from tomsapp.dashboards.attention import Checked
    from tomsapp.dashboards.cube import Cube
    from tomsapp.dashboards.facts import PortfolioContract
    from tomsapp.dashboards.figures import OverviewFigures
    from tomsapp.dashboards.grouping import KeyGroup
    from tomsapp.dashboards.lines import PortfolioLine
    from tomsapp.store.acts import KeptAct
    from tomsapp.store.unit_of_work import UnitOfWork

__all__ = [
    "Filters",
    "Progress",
    "check_contracts",
    "choices",
    "committed_by_supplier",
    "figures",
    "left_out",
    "lines",
    "lines_behind",
    "load_cube",
    "passing_contracts",
]


def load_cube(workspace: Workspace, progress: Progress | None = None, last: Cube | None = None) -> Cube:
    """Read and value the whole portfolio at one moment; of `last` whatever did not change in the database since.

    Contracts that were withdrawn are in no portfolio.

    Raises:
        Cancelled: the user stopped it.
    """
    watcher = progress or NoProgress()
    with without_looking_for_garbage(), workspace.look() as uow:
        if last is not None and last.change == uow.lists.change_number():
            return last
        cube = _after_changes(workspace, uow, last, watcher) or _read_cube(workspace, uow, watcher)
    with without_looking_for_garbage():
        cube.prepare()
    return cube


_MOST_ANEW = 400
"""Where more contracts changed than this, the whole portfolio is read again."""


def _after_changes(workspace: Workspace, uow: UnitOfWork, last: Cube | None, progress: Progress) -> Cube | None:
    """The portfolio with the contracts that changed since read again; None where that is not enough."""
    from tomsapp.dashboards.exchanging import with_contracts_exchanged

    changed = None if last is None else uow.lists.contracts_changed(last.change)
    if last is None or changed is None or len(changed) > _MOST_ANEW:
        return None
    return with_contracts_exchanged(last, changed, _read_cube(workspace, uow, progress, changed))


def _read_cube(
    workspace: Workspace, uow: UnitOfWork, progress: Progress, numbers: frozenset[int] | None = None
) -> Cube:
    """Read and value the contracts of these numbers, or all."""
    from tomsapp.dashboards.cube import LineSource, build_cube

    reader, held = uow.lists, workspace.surroundings(uow)
    found = reader.contracts(None if numbers is None else ContractFilter(numbers=numbers))
    rows = [row for row in found if row.status is not ContractStatus.WITHDRAWN]
    editions = _editions(workspace, rows)
    later = _replacements(workspace, editions.values())
    own = None if numbers is None else sorted(numbers)
    acts, day = uow.acts.by_contract(numbers), today()
    newest = _in_force(workspace, {row.menu for row in rows if row.status is not ContractStatus.DRAFT}, day)
    return build_cube(
        [
            replace(
                _portfolio_contract(row, editions, later),
                policy=policy_of(held.policy, row.status, acts.get(row.id, ()), day),
                rules_since=rules_changed(held.policy, row.status, acts.get(row.id, ()), day),
                **_sealed(row, acts.get(row.id, ()), newest),
            )
            for row in rows
        ],
        LineSource(
            () if own is None else reader.lines(own),
            reader.commitment_columns() if own is None else (),
            reader.quantity_columns() if own is None else (),
            reader.rate_lines(own),
            reader.empty_rate_lines() if own is None else reader.empty_lines(own),
            [answer for begins in TOLD_KEYS for answer in reader.answered(begins, own)],
        ),
        held.area.place_name if held.area else _place_name,
        change=reader.change_number(),
        own_groups=_own_groups(uow),
        report=progress.report,
    )


def _own_groups(uow: UnitOfWork) -> dict[Grouping, list[KeyGroup]]:
    """The council's priorities with their measures, and its neighbourhoods with their wards."""
    from tomsapp.dashboards.grouping import KeyGroup

    return {
        Grouping.PRIORITY: [KeyGroup(each.id, each.record.name, each.record.measures) for each in uow.priorities.all()],
        Grouping.NEIGHBOURHOOD: [
            KeyGroup(each.id, each.record.name, each.record.wards) for each in uow.neighbourhoods.all()
        ],
    }


def _place_name(place: str) -> str:
    from tomsapp.domain.area import Area

    return Area("", "", ()).place_name(place)


def _editions(workspace: Workspace, rows: Iterable[ContractListRow]) -> dict[tuple[str, str], MenuEdition | MenuError]:
    """Each edition that contracts name, or why it cannot be read."""
    editions: dict[tuple[str, str], MenuEdition | MenuError] = {}
    for menu, edition in {(row.menu, row.edition) for row in rows} - {("", "")}:
        try:
            editions[menu, edition] = workspace.edition(menu, edition)
        except MenuError as error:
            editions[menu, edition] = error
    return editions


def _replacements(
    workspace: Workspace, editions: Iterable[MenuEdition | MenuError]
) -> dict[tuple[str, str], MenuEdition]:
    """For each withdrawn edition the one that took its place, where this machine has it."""
    withdrawn = {
        (each.code, each.edition) for each in editions if isinstance(each, MenuEdition) and each.withdrawn_because
    }
    menus = {code for code, _ in withdrawn}
    found: dict[tuple[str, str], MenuEdition] = {}
    for code, name in workspace.catalogue.names() if withdrawn else ():
        if code not in menus:
            continue
        try:
            later = workspace.edition(code, name)
        except MenuError:
            continue
        if (code, later.supersedes) in withdrawn and not later.withdrawn_because:
            found[code, later.supersedes] = later
    return found


def _in_force(workspace: Workspace, menus: Iterable[str], on: date) -> dict[str, MenuEdition]:
    """The edition of each menu in force on a day, of those that have one on this machine."""
    found = {}
    for menu in menus:
        with suppress(MenuError):
            found[menu] = workspace.catalogue.in_force(menu, on)
    return found


def _sealed(row: ContractListRow, acts: Sequence[KeptAct], newest: Mapping[str, MenuEdition]) -> dict[str, Any]:
    """What was sealed of a contract, and under which edition it is looked at today where that is another one."""
    value, now = sealed_value(row.status, acts), newest.get(row.menu)
    is_later = value is not None and now is not None and now.edition != row.edition
    return {"sealed_value": value, "in_force": now if is_later else None}


def _portfolio_contract(
    row: ContractListRow,
    editions: Mapping[tuple[str, str], MenuEdition | MenuError],
    later: Mapping[tuple[str, str], MenuEdition],
) -> PortfolioContract:
    from tomsapp.dashboards.facts import PortfolioContract

    edition = editions.get((row.menu, row.edition))
    trouble = "" if edition is not None else "No menu edition is chosen"
    if isinstance(edition, MenuError):
        trouble, edition = edition.message, None
    years, length, wrong = _length(row.start_on, row.end_on)
    trouble = wrong or trouble
    return PortfolioContract(
        row.id,
        row.reference,
        row.title or row.reference,
        row.supplier_id,
        row.supplier,
        row.value,
        row.start_on,
        row.end_on,
        years,
        length,
        row.status,
        edition,
        row.commitments,
        trouble,
        later.get((row.menu, row.edition)),
        facts=tuple((fact.name, fact.words(getattr(row, fact.name))) for fact in PORTFOLIO_FACTS),
        is_framework=row.kind is ContractKind.FRAMEWORK,
    )


@lru_cache(maxsize=4096)
def _length(start_on: date, end_on: date) -> tuple[int, Fraction, str]:
    """How many contract years there are between two days, how long it is in years, and why it cannot be."""
    try:
        years, trouble = len(contract_years(start_on, end_on)), ""
    except ContractError as error:
        years, trouble = 0, error.message
    return years, length_in_years(start_on, end_on), trouble


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
    """The social value of all contracts of each supplier that can be counted, by the supplier's number.

    Only drafts can have lines with errors, so only they are checked for them.
    """
    from tomsapp.dashboards.grouping import NO_SUPPLIER

    cube = load_cube(workspace, progress)
    drafts = [contract.id for contract in cube.contracts if contract.status is ContractStatus.DRAFT]
    checked = check_contracts(workspace, cube, drafts, progress)
    nothing = {each.supplier_id: Decimal("0.00") for each in cube.contracts if each.supplier_id is not None}
    rows = figures(cube, Filters(), checked).portfolio.rows(Grouping.SUPPLIER)
    return nothing | {int(row.key): row.social_value for row in rows if row.key != NO_SUPPLIER}


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


_READ_AT_ONCE = 40
"""Contracts whose lines are read at once: so many that reading is fast, and so few that nothing waits for them long."""


def _offers(workspace: Workspace, contract_ids: Sequence[int]) -> tuple[dict[int, Offer], Surroundings]:
    """What contracts promise and what they are held against, both from one moment; without those that are gone."""
    with workspace.look() as uow:
        return uow.lists.offers(contract_ids), workspace.surroundings(uow)
