"""Reading and valuing the whole portfolio, or of the last reading only what changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tomsapp.domain.checks.declared import TOLD_KEYS
from tomsapp.domain.contract import ContractKind, ContractStatus
from tomsapp.domain.contract_dates import ContractError, contract_years, length_in_years
from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.portfolio import PORTFOLIO_FACTS, Grouping
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.kept_columns import Kept, kept_lines_of
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.rules_told import rules_origin
from tomsapp.services.sealed_rules import policy_of, rules_changed, sealed_value, signed_on, today
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter, ContractListRow, Lists

# The data frames behind these take most of a second to load, so they are loaded when the Overview is first used.
if TYPE_CHECKING:
    from tomsapp.dashboards.cube import Cube, LineSource
    from tomsapp.dashboards.facts import PortfolioContract
    from tomsapp.dashboards.grouping import KeyGroup
    from tomsapp.domain.policy import Policy
    from tomsapp.store.acts import KeptAct
    from tomsapp.store.unit_of_work import UnitOfWork


def load_cube(workspace: Workspace, progress: Progress | None = None, last: Cube | None = None) -> Cube:
    """Read and value the whole portfolio at one moment; of `last` whatever did not change in the database since.

    Contracts that were withdrawn are in no portfolio.

    Raises:
        Cancelled: the user stopped it.
    """
    watcher = progress or NoProgress()
    with without_looking_for_garbage(), workspace.look() as uow:
        cube = read_cube(workspace, uow, watcher, last)
    return cube if cube is last else prepared(workspace, cube)


def read_cube(workspace: Workspace, uow: UnitOfWork, progress: Progress, last: Cube | None) -> Cube:
    """The portfolio at the moment of a transaction; `last` itself where nothing changed. See `prepared`."""
    if last is not None and last.change == uow.lists.change_number():
        return last
    return (
        _after_changes(workspace, uow, last, progress)
        or _of_kept(workspace, uow, progress)
        or _read_cube(workspace, uow, progress)
    )


def prepared(workspace: Workspace, cube: Cube) -> Cube:
    """The portfolio with whose rules it is held against, and with what the first figures would otherwise wait for."""
    policies = {id(each.policy): each.policy for each in cube.contracts if each.policy is not None}
    rules = [rule for policy in policies.values() for rule in policy.rules]
    cube = replace(cube, origin=rules_origin(workspace, rules))
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


def _of_kept(workspace: Workspace, uow: UnitOfWork, progress: Progress) -> Cube | None:
    """The portfolio of what was kept of it, where the contracts that changed since are read again; None without."""
    from tomsapp.dashboards.kept_lines import is_any_unmet

    kept = kept_lines_of(uow, _MOST_ANEW)
    if kept is None:
        return None
    try:
        cube = _read_cube(workspace, uow, progress, kept=kept)
    except KeptNoMore:
        return None
    return None if is_any_unmet(cube) else cube


class KeptNoMore(Exception):
    """What was kept does not fit what there is today."""


def _read_cube(
    workspace: Workspace,
    uow: UnitOfWork,
    progress: Progress,
    numbers: frozenset[int] | None = None,
    kept: Kept | None = None,
) -> Cube:
    """Read and value the contracts of these numbers, or all; the lines of those that did not change may be kept ones.

    Raises:
        KeptNoMore: the kept lines do not fit.
    """
    from tomsapp.dashboards.cube import build_cube

    reader, held = uow.lists, workspace.surroundings(uow)
    found = reader.contracts(None if numbers is None else ContractFilter(numbers=numbers))
    rows = [row for row in found if row.status is not ContractStatus.WITHDRAWN]
    editions = _editions(workspace, rows)
    later = _replacements(workspace, editions.values())
    acts, day = uow.acts.by_contract(numbers), today()
    newest = _in_force(workspace, {row.menu for row in rows if row.status is not ContractStatus.DRAFT}, day)
    contracts = [
        _portfolio_contract(row, editions, later, _held_against(held.policy, row, acts.get(row.id, ()), newest, day))
        for row in rows
    ]
    return build_cube(
        contracts,
        _source(reader, contracts, numbers, kept),
        held.area.place_name if held.area else _place_name,
        change=reader.change_number(),
        own_groups=_own_groups(uow),
        report=progress.report,
    )


def _source(
    reader: Lists, contracts: Iterable[PortfolioContract], numbers: Collection[int] | None, kept: Kept | None
) -> LineSource:
    """What the portfolio is built from: the lines of contracts that are read, beside those that were kept."""
    from tomsapp.dashboards.cube import LineSource
    from tomsapp.dashboards.kept_lines import lines_kept

    own = None if numbers is None else sorted(numbers)
    answered = [answer for begins in TOLD_KEYS for answer in reader.answered(begins, own)]
    told = LineSource(declared=answered, projects=reader.projects(own))
    if kept is not None:
        ordered = sorted(contracts, key=lambda contract: contract.id)
        found = lines_kept(kept.facts, kept.columns, ordered, kept.changed)
        if found is None:
            raise KeptNoMore
        told, own = replace(told, kept=found), sorted(kept.changed)
        if not own:
            return told
    return replace(
        told,
        commitments=reader.commitment_columns(own),
        quantities=reader.quantity_columns(own),
        rate_lines=reader.rate_lines(own),
        lines=reader.empty_rate_lines(own),
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


def _held_against(
    policy: Policy | None, row: ContractListRow, acts: Sequence[KeptAct], newest: Mapping[str, MenuEdition], on: date
) -> dict[str, Any]:
    """Its rules, what was sealed of it, and under which edition it is looked at today where that is another."""
    if not acts:
        return {"policy": policy}
    value, now = sealed_value(row.status, acts), newest.get(row.menu)
    is_later = value is not None and now is not None and now.edition != row.edition
    return {
        "policy": policy_of(policy, row.status, acts, on),
        "rules_since": rules_changed(policy, row.status, acts, on),
        "sealed_value": value,
        "signed_on": signed_on(row.status, acts),
        "in_force": now if is_later else None,
    }


def _portfolio_contract(
    row: ContractListRow,
    editions: Mapping[tuple[str, str], MenuEdition | MenuError],
    later: Mapping[tuple[str, str], MenuEdition],
    held: Mapping[str, Any],
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
        value_with_vat=row.value_with_vat,
        supplier_kind=row.supplier_kind,
        **held,
    )


@lru_cache(maxsize=4096)
def _length(start_on: date, end_on: date) -> tuple[int, Fraction, str]:
    """How many contract years there are between two days, how long it is in years, and why it cannot be."""
    try:
        years, trouble = len(contract_years(start_on, end_on)), ""
    except ContractError as error:
        years, trouble = 0, error.message
    return years, length_in_years(start_on, end_on), trouble
