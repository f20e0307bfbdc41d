"""The council's papers of many contracts: of what the Overview shows, of all of them, or of a view that was saved."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, assert_never

from tomsapp.domain.papers.committee import NAME as COMMITTEE
from tomsapp.domain.papers.committee import committee_report
from tomsapp.domain.papers.performance import NAME as PERFORMANCE
from tomsapp.domain.papers.performance import performance_table
from tomsapp.domain.saved_view import OverviewView
from tomsapp.services.council_papers import paper_maker
from tomsapp.services.overview_delivered import Filters, choices, delivered_figures, load_delivered
from tomsapp.services.saved_views import SAVED_VIEWS, opened_view
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.domain.saved_view import SavedView
    from tomsapp.services.overview_types import DeliveryCube
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace


class PortfolioPaper(Enum):
    """The papers of all that passes filters."""

    COMMITTEE = "committee"
    PERFORMANCE = "performance"

    @property
    def words(self) -> str:
        """What it is called."""
        return {PortfolioPaper.COMMITTEE: COMMITTEE, PortfolioPaper.PERFORMANCE: PERFORMANCE}[self]


def portfolio_paper(
    workspace: Workspace,
    kind: PortfolioPaper,
    delivered: DeliveryCube,
    filters: Filters,
    made_on: date,
    view: str = "",
) -> CouncilPaper:
    """The paper of what passes the filters, of what was read; `view` is the name under which they are saved."""
    maker, figures = paper_maker(workspace, workspace.settings, made_on), delivered_figures(delivered, filters)
    match kind:
        case PortfolioPaper.COMMITTEE:
            return committee_report(figures, maker, view)
        case PortfolioPaper.PERFORMANCE:
            return performance_table(figures, delivered.rules, maker, view)
        case _:
            assert_never(kind)


def paper_to(workspace: Workspace, kind: PortfolioPaper, until: date, made_on: date) -> CouncilPaper:
    """The paper of all contracts to a day."""
    return portfolio_paper(workspace, kind, load_delivered(workspace, until), Filters(), made_on)


def paper_of_view(
    workspace: Workspace,
    kind: PortfolioPaper,
    saved: SavedView,
    until: date,
    made_on: date,
    progress: Progress | None = None,
) -> CouncilPaper:
    """The paper of a view that was saved, to a day.

    Raises:
        StoreError: the view filters by something that the database has no more, so that it would show more than its
            name says.
        Cancelled: the user stopped it.
    """
    delivered = load_delivered(workspace, until, progress=progress)
    opened = opened_view(workspace, saved, choices(delivered))
    if opened.gone:
        raise StoreError(f"{saved.name}: {opened.gone_words}", "Open it in the Overview and save it anew")
    return portfolio_paper(workspace, kind, delivered, opened.filters, made_on, saved.name)


def view_choices(workspace: Workspace) -> list[tuple[object, str]]:
    """The saved views of what was delivered: each with its name."""
    rows = SAVED_VIEWS.named(workspace)
    return [(row.record, row.record.name) for row in rows if row.record.view is OverviewView.DELIVERY]
