"""The menu of the council's own papers in the Overview: each is asked for, shown as a PDF, and saved as Word too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from tomsapp.domain.contract import ContractStatus
from tomsapp.gui.dialogs.made_paper import PaperShower
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.services import overview_delivered
from tomsapp.services.contracts import list_contracts
from tomsapp.services.delivery_held import HAS_DELIVERIES

if TYPE_CHECKING:
    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.gui.dialogs.pdf_preview import PdfPreview
    from tomsapp.gui.overview.paper_dialogs import PaperQuestion
    from tomsapp.gui.page import Page
    from tomsapp.services.overview import Filters
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

    Options = list[tuple[object, str]]


class PapersMenu(QObject):
    """The button with its menu.

    `filters` gives those that hold in the Overview, and `until` the day that was chosen there.
    """

    def __init__(
        self, session: Session, page: Page, filters: Callable[[], Filters], until: Callable[[], date | None]
    ) -> None:
        super().__init__(page)
        self._session, self._page, self._filters, self._until = session, page, filters, until
        self.asked: PaperQuestion | None = None
        self.shower = PaperShower(session, page)
        self.shower.told.connect(page.wants_toast)
        self.button = Button("Council papers", opens_menu=True)
        self.button.setToolTip("Committee report, ward sheet and more, each as PDF and as Word file")
        menu = QMenu(self.button)
        self.committee = menu.addAction("Committee report, what is shown…")
        self.performance = menu.addAction("Performance table, what is shown…")
        self.of_view = menu.addAction("Paper of a saved view…")
        self.ward = menu.addAction("Ward sheet…")
        menu.addSeparator()
        self.award = menu.addAction("Paragraph for an award report…")
        self.foi = menu.addAction("FOI answer…")
        self.kpi = menu.addAction("KPI facts for the public notice…")
        self.button.set_menu(menu)
        self.commands = tuple(action for action in menu.actions() if not action.isSeparator())
        self.committee.triggered.connect(lambda: self._portfolio("COMMITTEE"))
        self.performance.triggered.connect(lambda: self._portfolio("PERFORMANCE"))
        self.of_view.triggered.connect(self._on_view)
        self.ward.triggered.connect(self._on_ward)
        self.award.triggered.connect(lambda: self._with_contracts(self._on_award, is_signed=False))
        self.foi.triggered.connect(lambda: self._with_contracts(self._on_foi, is_signed=False))
        self.kpi.triggered.connect(lambda: self._with_contracts(self._on_kpi, is_signed=True))

    @property
    def _day(self) -> date:
        """The day that is shown, else the last one of the financial quarter before."""
        return self._until() or overview_delivered.day_at_first(self._today)

    @property
    def _today(self) -> date:
        return date.today()  # noqa: DTZ011 - the user's calendar

    # Making and showing

    def _make(self, make: Callable[[Workspace, Progress], CouncilPaper]) -> None:
        self.shower.make(make)

    @property
    def preview(self) -> PdfPreview | None:
        """The paper that is shown, or None."""
        return self.shower.preview

    @property
    def word_button(self) -> Button | None:
        """What saves the paper that is shown as a Word file."""
        return self.shower.word_button

    # What is asked

    def _portfolio(self, name: str) -> None:
        """The paper of what is shown; `name` is the `PortfolioPaper`."""
        filters, until, today = self._filters(), self._day, self._today

        def make(workspace: Workspace, progress: Progress) -> CouncilPaper:
            from tomsapp.services.papers_of_many import PortfolioPaper, portfolio_paper

            delivered = overview_delivered.load_delivered(workspace, until, progress=progress)
            return portfolio_paper(workspace, PortfolioPaper[name], delivered, filters, today)

        self._make(make)

    def _on_view(self) -> None:
        from tomsapp.services.papers_of_many import view_choices

        self._session.read(view_choices).success(self._ask_view).start()

    def _ask_view(self, views: Options) -> None:
        from tomsapp.gui.overview.paper_dialogs import ViewDialog
        from tomsapp.services.papers_of_many import paper_of_view

        asked, today = ViewDialog(views, self._day, self._page.window()), self._today

        def go() -> None:
            view, kind, day = asked.view, asked.paper, asked.day
            self._make(lambda workspace, progress: paper_of_view(workspace, kind, view, day, today, progress))

        self._open(asked, go)

    def _on_ward(self) -> None:
        from tomsapp.services.council_papers import ward_choices

        self._session.read(ward_choices).success(self._ask_ward).start()

    def _ask_ward(self, wards: Options) -> None:
        from tomsapp.gui.overview.paper_dialogs import PaperQuestion
        from tomsapp.services.council_papers import ward_paper

        asked, today = PaperQuestion("Ward sheet", "Ward", wards, self._day, self._page.window()), self._today
        asked.lay_out()

        def go() -> None:
            ward, day = str(asked.about.value), asked.day
            self._make(lambda workspace, _: ward_paper(workspace, ward, day, today))

        self._open(asked, go)

    def _with_contracts(self, then: Callable[[Options], None], *, is_signed: bool) -> None:
        """Read which contracts there are, and ask which it is about."""

        def read(workspace: Workspace) -> Options:
            return [
                (row.id, f"{row.reference} {row.title}")
                for row in list_contracts(workspace)
                if row.status in HAS_DELIVERIES or (not is_signed and row.status is not ContractStatus.WITHDRAWN)
            ]

        self._session.read(read).success(then).start()

    def _on_award(self, contracts: Options) -> None:
        from tomsapp.gui.overview.paper_dialogs import PaperQuestion
        from tomsapp.services.council_papers import award_paper

        title, today = "Paragraph for an award report", self._today
        asked = PaperQuestion(title, "Contract", contracts, None, self._page.window())
        asked.lay_out()

        def go() -> None:
            number = _id(asked)
            self._make(lambda workspace, _: award_paper(workspace, number, today))

        self._open(asked, go)

    def _on_foi(self, contracts: Options) -> None:
        from tomsapp.gui.overview.paper_dialogs import FoiDialog
        from tomsapp.services.council_papers import foi_paper

        asked, today = FoiDialog(contracts, self._day, self._page.window()), self._today

        def go() -> None:
            number, day, withheld, request = _id(asked), asked.day, asked.withheld, asked.request.text
            self._make(lambda workspace, _: foi_paper(workspace, number, day, today, withheld, request))

        self._open(asked, go)

    def _on_kpi(self, contracts: Options) -> None:
        from tomsapp.gui.overview.paper_dialogs import IndicatorsDialog
        from tomsapp.services.council_papers import kpi_paper
        from tomsapp.services.delivery import open_delivery

        asked, today = IndicatorsDialog(contracts, self._day, self._page.window()), self._today

        def lines(workspace: Workspace, number: int) -> Options:
            opened = open_delivery(workspace, number, today)
            return [(line.commitment.key, line.measure.full_name) for line in opened.delivered.lines]

        def ask_lines(_key: object) -> None:
            number = _id(asked)
            self._session.read(lambda workspace: lines(workspace, number)).success(asked.show_lines).start()

        def go() -> None:
            number, day, keys = _id(asked), asked.day, asked.keys
            self._make(lambda workspace, _: kpi_paper(workspace, number, day, today, keys))

        asked.about.chosen.connect(ask_lines)
        self._open(asked, go)

    def _open(self, asked: PaperQuestion, go: Callable[[], None]) -> None:
        """Ask, then `go`, which reads what was said before the job begins: no other thread may look at the dialog."""
        asked.accepted.connect(go)
        self.asked = open_once(asked)


def _id(asked: PaperQuestion) -> int:
    """The number of the contract that was chosen."""
    chosen = asked.about.value
    return chosen if isinstance(chosen, int) else 0
