"""The portfolio as a PDF: what the Overview shows under its filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from tomsapp.services import overview
from tomsapp.services.overview import Filters
from tomsapp.services.portfolio_paper import print_portfolio
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.reporting import MadeReport, council_context
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.dashboards.attention import Checked
    from tomsapp.dashboards.cube import Cube

T = TypeVar("T")

AT_ONCE = 40
"""Contracts that are checked at once: between two such parcels a change of the user is saved."""


class WithDatabase(Protocol):
    """Does a piece of work that needs the database, where the rest of the work does not."""

    def __call__(self, work: Callable[[], T], /) -> T:
        """What the work gives."""
        ...


def here(work: Callable[[], T], /) -> T:
    """Work with the database in the same thread as all else."""
    return work()


def overview_report(
    workspace: Workspace,
    cube: Cube,
    filters: Filters,
    checked: Mapping[int, Checked],
    made_on: date,
    progress: Progress | None = None,
    with_database: WithDatabase = here,
) -> MadeReport:
    """The PDF of the portfolio; contracts that pass and are not checked yet are checked first.

    Only what is handed to `with_database` reads the database, a parcel of contracts at a time.

    Raises:
        Cancelled: the user stopped it.
    """
    told = progress or NoProgress()
    left = [number for number in overview.passing_contracts(cube, filters) if number not in checked]
    complete = dict(checked)
    for start in range(0, len(left), AT_ONCE):
        told.report(start, len(left), "Checking contracts")
        complete |= with_database(partial(overview.check_contracts, workspace, cube, left[start : start + AT_ONCE]))
    told.report(0, 0, "Adding up the portfolio")
    context = with_database(partial(council_context, workspace, made_on))
    figures = overview.figures(cube, filters, complete, with_contracts=True).portfolio
    return print_portfolio(figures, context, progress)
