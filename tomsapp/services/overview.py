"""The portfolio: every contract's commitments added up, filtered, explained line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractError, contract_years
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import MenuEdition, MenuError
from tomsapp.domain.offer import Offer, value_offer
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractListRow, Reader

# The data frames behind these take most of a second to load, so they are loaded when the Overview is first used.
if TYPE_CHECKING:
    from tomsapp.dashboards.attention import Checked
    from tomsapp.dashboards.cube import Cube
    from tomsapp.dashboards.facts import PortfolioContract
    from tomsapp.dashboards.figures import OverviewFigures
    from tomsapp.dashboards.lines import PortfolioLine

__all__ = ["Filters", "check_contracts", "figures", "lines", "load_cube"]


def load_cube(workspace: Workspace, progress: Progress | None = None, last: Cube | None = None) -> Cube:
    """Read and value the whole portfolio at one moment; `last` is returned while nothing in the database changed.

    Raises:
        Cancelled: the user stopped it.
    """
    from tomsapp.dashboards.cube import LineSource, build_cube

    area, policy = workspace.area(), workspace.policy
    with workspace.database.read() as reader:
        change = reader.change_number()
        if last is not None and last.change == change:
            return last
        rows = reader.contracts()
        editions = _editions(workspace, rows)
        contracts = [_portfolio_contract(row, editions) for row in rows]
        source = LineSource(reader.lines(), reader.rate_lines(), reader.empty_lines())
        cube = build_cube(
            contracts,
            source,
            area.place_name if area else _place_name,
            policy=policy,
            change=change,
            report=(progress or NoProgress()).report,
        )
    cube.prepare()
    return cube


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


def _portfolio_contract(
    row: ContractListRow, editions: Mapping[tuple[str, str], MenuEdition | MenuError]
) -> PortfolioContract:
    from tomsapp.dashboards.facts import PortfolioContract

    edition = editions.get((row.menu, row.edition))
    trouble = "" if edition is not None else "No menu edition is chosen"
    if isinstance(edition, MenuError):
        edition, trouble = None, edition.message
    try:
        years = len(contract_years(row.start_on, row.end_on))
    except ContractError as error:
        years, trouble = 0, error.message
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
        row.status,
        edition,
        row.commitments,
        trouble,
    )


def figures(cube: Cube, filters: Filters, checked: Mapping[int, Checked] | None = None) -> OverviewFigures:
    """The figures of what passes the filters; `checked` are the contracts whose Problems are known."""
    from tomsapp.dashboards.figures import figures_of

    return figures_of(cube, filters, checked)


def lines(cube: Cube, filters: Filters) -> Iterator[PortfolioLine]:
    """The lines behind a figure, contract by contract."""
    from tomsapp.dashboards.lines import lines_of

    return lines_of(cube, filters)


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
    for done, number in enumerate(wanted):
        watcher.report(done, len(wanted), "Checking contracts")
        contract = cube.contracts[cube.position_of(number)]
        if contract.edition is None or not contract.years:
            continue
        try:
            found[number] = checked_of(
                value_offer(_offer(workspace, number), contract.edition, workspace.surroundings()).problems
            )
        except TomsError:
            continue
    return found


def _offer(workspace: Workspace, contract_id: int) -> Offer:
    with workspace.look() as uow:
        commitments = tuple(stored.record for stored in uow.commitments.of(contract_id))
        return Offer(uow.contracts.get(contract_id).record, commitments, uow.answers.of(contract_id))
