"""Reads what was delivered away from the window's thread, shows it under the filters, and opens the lines behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.delivered_portfolio import DeliveredPortfolio, DeliveredSignal, QuarterLine, SignedBesideToday
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.errors import TomsError
from tomsapp.domain.portfolio import FACT_GROUPINGS, Grouping
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.gui.delivery.place import DeliveryPlace
from tomsapp.gui.jobs import Job
from tomsapp.gui.overview.delivered.export import DeliveredExport
from tomsapp.gui.overview.delivered.headlines import COMMITTED
from tomsapp.gui.overview.delivered.rows import line_columns
from tomsapp.gui.overview.delivered.view import DeliveredView
from tomsapp.gui.overview.filter_bar import FilterBar
from tomsapp.gui.overview.list_dialog import ListDialog
from tomsapp.gui.overview.lists import OverviewLists
from tomsapp.gui.overview.views_handling import ViewsHandling
from tomsapp.gui.session import Session
from tomsapp.services import overview_delivered
from tomsapp.services.delivered_beside import signed_beside_today
from tomsapp.services.delivered_signals import delivered_signals, place_in_menu
from tomsapp.services.overview import Filters

if TYPE_CHECKING:
    from typing import Any

    from tomsapp.gui.page import Page
    from tomsapp.services.overview_types import Cube, DeliveryCube
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

_WHAT = {
    COMMITTED: "what is committed",
    State.DUE.value: "what was due",
    State.CLAIMED.value: "what was claimed",
    State.EVIDENCED.value: "what was evidenced",
    State.ACCEPTED.value: "what was accepted",
    "surplus": "the surplus",
}
_LINES_WIDTH = 1290
FIGURES = (*(state.value for state in (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED)), "surplus")
"""The figures that have lines of their own; what is committed has those of the commitments."""
_NOTHING = Decimal("0.00")


class DeliveredHandling(QObject):
    """What the page asks of deliveries."""

    loaded = Signal(object)
    """The `DeliveryCube` that was read, whose figures are shown."""
    shown = Signal(object)
    """The `DeliveredPortfolio` that is shown."""
    refused = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        session: Session,
        page: Page,
        view: DeliveredView,
        bar: FilterBar,
        lists: OverviewLists,
        views: ViewsHandling,
    ) -> None:
        super().__init__(page)
        self._views = views
        self._session, self._page, self._view, self._bar, self._lists = session, page, view, bar, lists
        self._delivered: DeliveryCube | None = None
        self.figures: DeliveredPortfolio | None = None
        self.export = DeliveredExport(session, self.exported, page.wants_toast.emit)
        bar.due_by.chosen.connect(self._on_day)
        view.row_wanted.connect(self._on_row)
        view.states.narrow_wanted.connect(self.narrow)
        view.headlines.lines_wanted.connect(lambda figure: self.open_lines(self._bar.filters, figure))
        lists.measure_chosen.connect(self._on_measure)
        view.signals.signal_chosen.connect(self._on_signal)
        if view.counts.link is not None:
            view.counts.link_chosen.connect(lambda: view.states.show_grouping(Grouping.MEASURE))

    @property
    def is_read(self) -> bool:
        """Whether anything was read."""
        return self._delivered is not None

    def exported(self) -> tuple[DeliveryCube, Filters, DeliveredPortfolio] | None:
        """What there is to export at the moment."""
        if self._delivered is None or self.figures is None:
            return None
        return self._delivered, self._bar.filters, self.figures

    def forget(self) -> None:
        """Let go of what was read: another database is open."""
        self._delivered, self.figures, self._views.until = None, None, None

    def _on_day(self, day: date) -> None:
        self._views.until = day
        self.load(self._delivered.cube if self._delivered else None)

    # Reading

    def load(self, cube: Cube | None) -> None:
        """Read what was delivered, or what changed of it, and show it."""
        workspace, last, filters = self._session.workspace, self._delivered, self._bar.filters
        wanted = self._views.until

        def work(progress: Progress) -> tuple[DeliveryCube, DeliveredPortfolio]:
            until = wanted or overview_delivered.day_at_first(date.today())  # noqa: DTZ011 - the user's calendar
            delivered = overview_delivered.load_delivered(workspace, until, cube, progress, last)
            return delivered, overview_delivered.delivered_figures(delivered, filters)

        job: Job[Any] = self._session.jobs.run(work, key="overview-delivered", title="Adding up what was delivered")
        job.success(self._on_loaded).refused(self._on_refused).cancelled(self.cancelled.emit)
        self._page.while_shown(job).start()

    def _on_loaded(self, result: tuple[DeliveryCube, DeliveredPortfolio]) -> None:
        self._delivered, figures = result
        self.loaded.emit(self._delivered)
        self._show(figures)
        delivered = self._delivered
        keep = self._session.jobs.run(
            lambda _progress: overview_delivered.keep_columns(delivered), database=False, key="overview-keep"
        )
        keep.start()

    def _read_beside(self, delivered: DeliveryCube, filters: Filters) -> None:
        """Read what stands beside the figures, after them: no figure waits for it."""
        today = date.today()  # noqa: DTZ011 - the user's calendar

        def work(workspace: Workspace) -> tuple[tuple[SignedBesideToday, ...], tuple[DeliveredSignal, ...]]:
            beside = signed_beside_today(delivered, filters)
            return beside, delivered_signals(workspace, delivered, filters, today)

        job = self._session.read(work, key="overview-delivered-beside")
        job.success(lambda found: self._view.show_beside(*found))
        self._page.while_shown(job).start()

    def _on_refused(self, error: TomsError) -> None:
        self.refused.emit(error)

    def work_out(self) -> None:
        """Show the figures under other filters."""
        delivered, filters = self._delivered, self._bar.filters
        if delivered is None:
            return
        job = self._session.jobs.run(
            lambda _progress: overview_delivered.delivered_figures(delivered, filters),
            database=False,
            key="overview-delivered-figures",
        )
        job.success(self._show).start()

    def _show(self, figures: DeliveredPortfolio) -> None:
        self.figures = figures
        self._bar.due_by.show_day(figures.until)
        self._bar.flow.fit()
        self._view.show_figures(figures)
        self.shown.emit(figures)
        if self._delivered is not None:
            self._read_beside(self._delivered, self._bar.filters)

    # The lines behind a figure, and what leads elsewhere

    def narrow(self, grouping: Grouping, key: str) -> None:
        """Look at one row of a grouping alone."""
        self._bar.choose(FACT_GROUPINGS.get(grouping, grouping), (key,))

    def _on_row(self, grouping: Grouping, key: str, figure: str) -> None:
        rows = self.figures.rows(grouping) if self.figures else ()
        name = next((row.name for row in rows if row.key == key), key)
        is_real = self._view.states.is_real and figure in FIGURES
        self.open_lines(_choosing(self._bar.filters, grouping, key), figure, f" of {name}", is_real=is_real)

    def open_lines(self, filters: Filters, figure: str, of_what: str = "", *, is_real: bool = False) -> None:
        """Show the lines behind a figure, what adds most first; their sum is the figure that was chosen."""
        delivered = self._delivered
        if delivered is None:
            return
        kind = " in real pounds" if is_real else ""
        title = f"Lines behind {_WHAT[figure]}{kind}{of_what}"
        if figure == COMMITTED:
            self._lists.open_lines(delivered.cube, filters, title, "social_value")
            return
        wanted = f"real {figure}" if is_real else figure
        job = self._session.jobs.run(
            lambda _progress: (title, *overview_delivered.lines_behind(delivered, filters, wanted)),
            database=False,
            key="overview-lines",
        )
        job.success(self._show_lines).start()

    def _show_lines(self, result: tuple[str, str, list[QuarterLine]]) -> None:
        title, sentence, lines = result
        dialog = ListDialog(
            title, sentence, line_columns(), place_of, self._page, "Open its sums and evidence", _LINES_WIDTH
        )
        accepted = format_pounds(sum((line.pounds.accepted for line in lines), start=_NOTHING))
        due = format_pounds(sum((line.pounds.due for line in lines), start=_NOTHING))
        real = format_pounds(sum((line.real.accepted for line in lines), start=_NOTHING))
        words = f"{plural(len(lines), 'line')}, {due} due, {accepted} accepted; apart from it {real} of real pounds"
        self._lists.open(dialog, lines, words)

    def _on_measure(self, code: str) -> None:
        """Show a measure in the menu in force; one that it has no more, the menu alone."""
        today = date.today()  # noqa: DTZ011 - the user's calendar
        job = self._session.read(lambda workspace: place_in_menu(workspace, code, today))
        job.success(lambda place: self._page.wants_page.emit("menu", place)).start()

    def _on_signal(self, told: DeliveredSignal) -> None:
        if told.measures:
            self._lists.open_measures(told.words, told.detail, told.measures)
        else:
            self._lists.open_contracts(told.words, told.detail, told.contracts)


def place_of(line: QuarterLine) -> DeliveryPlace:
    """Where the sums and the evidence of a line stand."""
    return DeliveryPlace(line.contract_id, line.commitment, line.quarter)


def _choosing(filters: Filters, grouping: Grouping, key: str) -> Filters:
    """The filters with one row of a grouping chosen."""
    fact = FACT_GROUPINGS.get(grouping)
    if fact is None:
        return filters.choosing(grouping, (key,))
    return replace(filters, facts={**filters.facts, fact: frozenset({key})})
