"""The portfolio as a PDF: what the Overview shows under its filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from tomsapp.services import overview
from tomsapp.services.overview import Filters
from tomsapp.services.progress import Progress
from tomsapp.services.reporting import MadeReport, portfolio_report
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.dashboards.attention import Checked
    from tomsapp.dashboards.cube import Cube


def overview_report(
    workspace: Workspace,
    cube: Cube,
    filters: Filters,
    checked: Mapping[int, Checked],
    made_on: date,
    progress: Progress | None = None,
) -> MadeReport:
    """The PDF of the portfolio; contracts that pass and are not checked yet are checked first.

    Raises:
        Cancelled: the user stopped it.
    """
    left = [number for number in overview.passing_contracts(cube, filters) if number not in checked]
    complete = {**checked, **overview.check_contracts(workspace, cube, left, progress)}
    figures = overview.figures(cube, filters, complete, with_contracts=True).portfolio
    return portfolio_report(workspace, figures, made_on, progress)
