"""The Overview: what is committed across all contracts, under filters that combine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent

from tomsapp.domain.errors import TomsError
from tomsapp.domain.portfolio import ContractAttention, Grouping
from tomsapp.gui.overview.audits import CouncilAudits
from tomsapp.gui.overview.checker import ContractChecker
from tomsapp.gui.overview.delivered.handling import DeliveredHandling
from tomsapp.gui.overview.delivered.view import DeliveredView
from tomsapp.gui.overview.export_button import Exported, OverviewExport
from tomsapp.gui.overview.filter_bar import FilterBar, filters_from_json, filters_to_json
from tomsapp.gui.overview.known import Known
from tomsapp.gui.overview.lists import TITLES, OverviewLists
from tomsapp.gui.overview.papers_menu import PapersMenu
from tomsapp.gui.overview.printing import PortfolioPrinting
from tomsapp.gui.overview.summary_view import SummaryView
from tomsapp.gui.overview.tables_view import TablesView
from tomsapp.gui.overview.views_handling import ViewsHandling
from tomsapp.gui.page import Page
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import holding, in_column, stack_of
from tomsapp.services import overview, overview_delivered
from tomsapp.services.changes import Changes
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.due import reminders_today, with_reminders
from tomsapp.services.overview import Filters
from tomsapp.services.record_types import RECORD_TYPES

if TYPE_CHECKING:
    from tomsapp.services.overview_types import Cube, DeliveryCube, OverviewFigures
    from tomsapp.services.saved_views import OpenedView

_FILTERS, _VIEW, _SIDE = "overview.filters", "overview.view", "overview.side"
_SUMMARY, _TABLES = "summary", "tables"
DELIVERY, COMMITMENTS = "delivery", "commitments"
"""The two sides of the Overview: what was delivered, and what is committed."""


_NOTHING_SIGNED = (
    "What was delivered is told of signed contracts: sign one, and what falls due, what was returned and what was "
    "accepted stands here."
)


class OverviewPage(Page):
    """Headline figures, charts with their tables, and the lines behind every figure."""

    def __init__(self, session: Session) -> None:
        super().__init__("Overview")
        self._session = session
        # Of the database that the page was made for: a late answer may change filters when the next one is open.
        self._own = session.own if session.is_open else None
        self._cube: Cube | None = None
        self._figures: OverviewFigures | None = None
        self._reminders: tuple[ContractAttention, ...] = ()
        self._is_stale = True
        self.filter_bar = FilterBar()
        self.known = Known()
        self.summary = SummaryView()
        self.tables = TablesView()
        self.delivery = DeliveredView()
        self.checker = ContractChecker(session, self)
        self.lists = OverviewLists(session, self)
        self.views = ViewsHandling(session, self, self.filter_bar)
        self.delivered = DeliveredHandling(session, self, self.delivery, self.filter_bar, self.lists, self.views)
        self.printing = PortfolioPrinting(session, self)
        self.audits = CouncilAudits(session, self)
        self._build_header()
        self._build_body()
        self._connect()
        if self._own is not None:
            self.filter_bar.set_filters(filters_from_json(self._own.get(_FILTERS)))
            if self._own.get(_VIEW) == _TABLES:
                self._show_view(_TABLES)
            self.side.set_current(DELIVERY if self._own.get(_SIDE) == DELIVERY else COMMITMENTS)
        self._show_side()

    # Building

    def _build_header(self) -> None:
        self.side = SegmentedButton("What is shown", [(DELIVERY, "Delivery"), (COMMITMENTS, "Commitments")])
        self.side.set_current(COMMITMENTS)
        self.view = SegmentedButton("View", [(_SUMMARY, "Summary"), (_TABLES, "Tables")])
        self.header.add_beside_title(self.side)
        self.header.add_beside_title(self.view)
        cards = (self.summary.years, self.summary.suppliers)
        charts = {"Committed by theme": self.summary.themes.bar, **{card.title.text(): card.chart for card in cards}}
        self.export = OverviewExport(self._session, self._exported, charts, self.wants_toast.emit)
        self.preview = Button("Preview portfolio PDF", "primary", "file-text", does=self._on_preview)
        self.preview.setToolTip("Preview portfolio PDF, Ctrl+P")
        add_action(self, "Preview portfolio PDF", QKeySequence.StandardKey.Print, self._on_preview)
        self.papers = PapersMenu(self._session, self, lambda: self.filter_bar.filters, lambda: self.views.until)
        self.header.add_action(self.audits.button)
        self.filter_bar.add_at_end(self.papers.button)
        self.filter_bar.add_at_end(self.views.button)
        self.header.add_action(self.delivered.export)
        self.header.add_action(self.export)
        self.header.add_action(self.preview)

    def _build_body(self) -> None:
        self.to_contracts = Button("Go to Contracts", "primary", does=lambda: self.wants_page.emit("contracts", None))
        self.try_again = Button("Try again", does=self._load)
        self.no_contracts = EmptyState(
            "layout-dashboard",
            "No contracts yet",
            "Add a contract and what its supplier promises. The totals of all contracts then stand here.",
            self.to_contracts,
        )
        self.clear_button = Button("Clear filters", does=self.filter_bar.clear_all)
        self.no_match = EmptyState("search", "No contracts match these filters", "", self.clear_button)
        self.failed = EmptyState("octagon-alert", "The figures cannot be shown", "", self.try_again)
        self.nothing_signed = EmptyState("file-check", "Nothing is signed yet", _NOTHING_SIGNED)
        self.content = stack_of(self.summary, self.tables, self.delivery, self.no_match, self.nothing_signed)
        self._column = in_column(self.filter_bar, self.known, (self.content, 1), gap=8)
        self._full = holding(self._column)
        self.states = stack_of(self._full, self.no_contracts, self.failed)
        self.body.addWidget(self.states, 1)

    def _connect(self) -> None:
        self.view.chosen.connect(self._on_view)
        self.side.chosen.connect(self._on_side)
        self.views.opened.connect(self._on_view_opened)
        self.delivered.loaded.connect(self._on_delivered)
        self.delivered.shown.connect(lambda _figures: self._show_states())
        self.delivered.refused.connect(self._on_refused)
        self.delivered.cancelled.connect(self._on_cancelled)
        self.filter_bar.changed.connect(self._on_filters)
        self.known.note_chosen.connect(self.lists.open_note)
        self.summary.headlines.lines_wanted.connect(
            lambda figure: self._open_lines(self.filter_bar.filters, f"Lines behind the {TITLES[figure]}", figure)
        )
        self.summary.headlines.attention_wanted.connect(self._on_all_attention)
        self.summary.themes.link_chosen.connect(
            lambda: self._open_lines(self.filter_bar.filters, "Every line", "social_value")
        )
        self.summary.attention.link_chosen.connect(self._on_all_attention)
        self.summary.attention.contract_chosen.connect(self._open_contract)
        self.summary.year_theme_wanted.connect(self._on_year_theme)
        for view in (self.summary, self.tables):
            view.row_wanted.connect(self._on_row_wanted)
        self.lists.chosen.connect(self._open_contract)
        self.checker.found.connect(lambda: self._work_out(self.filter_bar.filters))
        self._session.workspace_changed.connect(self._on_workspace_changed)

    # Loading

    def refresh(self, changes: object) -> None:
        """Add up anew if a contract, commitment, supplier, answer or rule was changed; while hidden, only note it."""
        if isinstance(changes, Changes) and not changes.touches(*RECORD_TYPES):
            return
        everything = not isinstance(changes, Changes) or changes.everything or not changes.contracts
        self.checker.forget(None if everything or not isinstance(changes, Changes) else changes.contracts)
        self._is_stale = True
        if self.isVisible():
            self._load()

    def showEvent(self, event: QShowEvent) -> None:
        """Load what changed while another page was shown."""
        super().showEvent(event)
        if self._is_stale:
            self._load()
        elif self._cube is not None:
            self.checker.start(self._cube)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the database to the page that is shown next; what was not ready goes on when this one is again."""
        super().hideEvent(event)
        self._is_stale |= self.stop_jobs()
        self.checker.rest()

    def _load(self) -> None:
        if not self._session.is_open:
            return
        self._is_stale = False
        if self.is_delivery:
            self.delivered.load(self._cube)
            return
        workspace, last = self._session.workspace, self._cube
        filters, checked = self.filter_bar.filters, dict(self.checker.checked)

        def work(progress: overview.Progress) -> tuple[Cube, OverviewFigures]:
            cube = overview.load_cube(workspace, progress, last)
            return cube, overview.figures(cube, filters, checked)

        job = self._session.jobs.run(work, key="overview", title="Adding up the portfolio")
        job.success(self._on_loaded).refused(self._on_refused).cancelled(self._on_cancelled)
        self.while_shown(job).start()

    def _on_loaded(self, result: tuple[Cube, OverviewFigures]) -> None:
        self._cube, figures = result
        before = self.filter_bar.filters
        self.filter_bar.set_choices(overview.choices(self._cube), overview.fact_choices(self._cube))
        self._show_figures(figures)
        if self.filter_bar.filters != before:
            self._on_filters(self.filter_bar.filters)
        self.checker.start(self._cube)
        # No figure waits for what is due.
        self.while_shown(self._session.read(reminders_today, key="overview-due").success(self._on_reminders)).start()
        self.views.button.read()

    def _on_delivered(self, delivered: DeliveryCube) -> None:
        """Offer what there is to narrow it to; the figures follow."""
        self._cube = delivered.cube
        self.views.button.read()
        before = self.filter_bar.filters
        self.filter_bar.set_choices(overview_delivered.choices(delivered), overview.fact_choices(delivered.cube))
        if self.filter_bar.filters != before:
            self._on_filters(self.filter_bar.filters)

    def _on_reminders(self, found: tuple[ContractAttention, ...]) -> None:
        self._reminders = found
        self._show_attention()

    def _on_refused(self, error: TomsError) -> None:
        self.failed.set_words("The figures cannot be shown", f"{error.message}. {error.fix}.")
        self.states.setCurrentWidget(self.failed)

    def _on_cancelled(self) -> None:
        self._is_stale = True
        shown = self.delivered.figures if self.is_delivery else self._figures
        if shown is None and self.isVisible():
            self.failed.set_words("The figures were not added up", "You stopped it.")
            self.states.setCurrentWidget(self.failed)

    def _on_workspace_changed(self, _workspace: object) -> None:
        self._cube, self._figures, self._reminders = None, None, ()
        self.delivered.forget()
        self._is_stale = True
        self.checker.stop()
        self.printing.stop()
        if self.isVisible():
            self._load()

    # Showing

    def _show_figures(self, figures: OverviewFigures) -> None:
        self._figures = figures
        portfolio = figures.portfolio
        self.known.show_figures(figures)
        self.summary.show_figures(figures)
        self.tables.show_figures(portfolio)
        self.preview.setEnabled(portfolio.contracts > 0)
        self._show_attention()
        self._show_states()

    def _show_states(self) -> None:
        """Show the figures, or say why there are none, with the buttons that belong to them."""
        has_contracts = self._cube is None or bool(self._cube.contracts)
        self.states.setCurrentWidget(self._full if has_contracts else self.no_contracts)
        self.side.setVisible(has_contracts)
        self.papers.button.setVisible(has_contracts)
        for widget in (self.view, self.export, self.preview):
            widget.setVisible(has_contracts and not self.is_delivery)
        for widget in (self.audits.button, self.delivered.export):
            widget.setVisible(has_contracts and self.is_delivery)
        self.known.setVisible(not self.is_delivery)
        self._show_content()

    def _shown_delivery(self) -> DeliveredView | EmptyState:
        figures = self.delivered.figures
        if figures is None or figures.contracts:
            return self.delivery
        return self.no_match if self._has_signed else self.nothing_signed

    @property
    def _has_signed(self) -> bool:
        """Whether any contract is signed or closed."""
        return self._cube is not None and any(each.status in HAS_DELIVERIES for each in self._cube.contracts)

    def _show_content(self) -> None:
        shown: SummaryView | TablesView | DeliveredView | EmptyState
        shown = self.tables if self.view.current == _TABLES else self.summary
        if self.is_delivery:
            shown = self._shown_delivery()
        elif self._figures is not None and not self._figures.portfolio.contracts:
            shown = self.no_match
        # In a low window the sentences would leave the cards no room, were they not scrolled with them.
        column, place = (self._column, 1) if isinstance(shown, EmptyState) else (shown.column, 0)
        column.insertWidget(place, self.known)
        self.content.setCurrentWidget(shown)

    def _show_attention(self) -> None:
        if self._figures is not None:
            left = self.checker.left
            note = f"{left:,} more contracts are being checked." if left else ""
            self.summary.attention.show_attention(self._attention, note)

    @property
    def _attention(self) -> tuple[ContractAttention, ...]:
        """What needs attention of the contracts that are shown, with what is due of them."""
        cube, figures = self._cube, self._figures
        if cube is None or figures is None:
            return ()
        found = figures.portfolio.attention
        if not self._reminders:
            return found
        passing = overview.passing_contracts(cube, self.filter_bar.filters)
        return with_reminders(found, self._reminders, frozenset(passing))

    def _on_filters(self, filters: Filters) -> None:
        if self._own is not None:
            self._own.set(_FILTERS, filters_to_json(self.filter_bar.kept))
        if self.is_delivery:
            self.delivered.work_out()
        else:
            self._work_out(filters)

    def _work_out(self, filters: Filters) -> None:
        cube, checked = self._cube, dict(self.checker.checked)
        if cube is not None:
            job = self._session.jobs.run(
                lambda _progress: overview.figures(cube, filters, checked), database=False, key="overview-figures"
            )
            job.success(self._show_figures).start()

    def _on_view(self, key: str) -> None:
        if self._own is not None:
            self._own.set(_VIEW, key)
        self._show_content()

    def _on_view_opened(self, opened: OpenedView) -> None:
        self.side.set_current(opened.view.value)
        self._on_side(opened.view.value)
        self._on_filters(self.filter_bar.filters)

    @property
    def is_delivery(self) -> bool:
        """Whether what was delivered is shown."""
        return self.side.current == DELIVERY

    def _on_side(self, key: str) -> None:
        if self._own is not None:
            self._own.set(_SIDE, key)
        self._show_side()
        self._load()

    def _show_side(self) -> None:
        self.filter_bar.show_delivery(is_delivery=self.is_delivery)
        self._show_states()

    def _show_view(self, key: str) -> None:
        self.view.set_current(key)
        self._show_content()

    # The lines behind a figure

    def _on_row_wanted(self, grouping: Grouping, key: str, column: str) -> None:
        if self._figures is None:
            return
        rows = self._figures.portfolio.rows(grouping)
        name = next((row.name for row in rows if row.key == key), key)
        filters = self.filter_bar.filters.choosing(grouping, (key,))
        self._open_lines(filters, f"Lines behind the {TITLES[column]} of {name}", column)

    def _on_year_theme(self, year: str, theme: str) -> None:
        filters = self.filter_bar.filters.choosing(Grouping.YEAR, (year,)).choosing(Grouping.THEME, (theme,))
        self._open_lines(filters, f"Lines of theme {theme} in {year}", "social_value")

    def _open_lines(self, filters: Filters, title: str, figure: str) -> None:
        self.lists.open_lines(self._cube, filters, title, figure, overview.left_out(self.checker.checked))

    def _on_all_attention(self) -> None:
        if self._figures is not None:
            self.lists.open_attention(self._attention)

    # The PDF

    def _on_preview(self) -> None:
        cube, filters, checked = self._cube, self.filter_bar.filters, dict(self.checker.checked)
        if cube is None or not self.preview.isEnabled():
            return
        self.printing.start(cube, filters, checked)

    def commands(self) -> Sequence[QAction]:
        """What has no key: the samples over all contracts, and the council's own papers."""
        return (self.audits.command, *self.papers.commands)

    # Elsewhere

    def _open_contract(self, target: object) -> None:
        self.wants_page.emit("contracts", target)

    def _exported(self) -> Exported | None:
        if self._cube is None or self._figures is None:
            return None
        return Exported(self._cube, self.filter_bar.filters, self._figures, dict(self.checker.checked))
