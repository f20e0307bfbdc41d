"""The tab Evaluation: the bids of a lot compared, what they are worth by theme, and what would change the winner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.acts import TenderActKind, standing
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.compared import compared
from tomsapp.domain.tender.scoring_words import sentences_of
from tomsapp.domain.wording import listed
from tomsapp.gui.contract.paste import cells_of
from tomsapp.gui.dialogs.made_paper import PaperShower
from tomsapp.gui.tenders.bid_typing import BidTyping, Typed
from tomsapp.gui.tenders.comparison_model import ComparisonModel
from tomsapp.gui.tenders.comparison_table import ComparisonTable
from tomsapp.gui.tenders.evaluation_acts import EvaluationActs
from tomsapp.gui.tenders.explain_bid import explain_bid
from tomsapp.gui.tenders.scores_sheet import ScoresReader
from tomsapp.gui.tenders.sensitivity_card import SensitivityCard
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.tenders.tabs import CHECK, MARKING, OFFERS
from tomsapp.gui.tenders.theme_comparison import ThemeComparison
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.explanation import ExplanationPanel
from tomsapp.gui.widgets.feedback import EmptyState, Toast
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text

if TYPE_CHECKING:
    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.gui.session import Session
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.evaluating import EvaluatedLot, OpenEvaluation
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace

_OPENING = frozenset({TenderActKind.OPEN, TenderActKind.OPEN_EARLY})
_NOT_OPENED = ("Nothing to evaluate yet", "Bids are compared here once the offers are opened, in the tab Offers.")
_HELD_BACK = (
    "Held back until all have sent their marks",
    "You evaluate this tender, so prices and social value are shown to you once every evaluator has sent.",
)
_READING = ("Reading the offers", "")
_NO_BID = ("No bid for this lot", "No complete offer came in time, so there is nothing to compare.")
_READY = "All decided, marked and scored"
_MARGINS = (24, 12, 20, 10)
_PANEL_MARGINS = (20, 14, 12, 12)
_LEAST_BELOW = 188


class _Below(QWidget):
    """The cards below the table: they take the height that is left, and scroll in it, however long they are."""

    def hasHeightForWidth(self) -> bool:
        """Its height does not follow from its width."""
        return False

    def sizeHint(self) -> QSize:
        """As high as it must be at least."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class EvaluationTab(TenderTab):
    """Reads an evaluation once it is shown; prices and quality are typed into the table."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenTender | None = None
        self.evaluation: OpenEvaluation | None = None
        self._lot: int | None = None
        self._explained = ""
        self.model = ComparisonModel()
        self.table = ComparisonTable(self.model)
        self.typing = BidTyping(session)
        self.themes = ThemeComparison()
        self.sensitivity = SensitivityCard(session)
        self.explanation = ExplanationPanel()
        self._panel = holding(in_column((self.explanation, 1), margins=_PANEL_MARGINS))
        self.papers = PaperShower(session, self)
        self.lots = ComboBox("No lot", "Lot")
        self.held = ProblemRow("error", "")
        self.sentences = Text("", "note", "text_muted", wrap=True, selectable=True)
        self.to_offers = Button("Go to Offers", does=lambda: self.wants_tab.emit(OFFERS, None))
        self.empty = EmptyState("scale", *_NOT_OPENED, self.to_offers)
        self.no_bid = EmptyState("scale", *_NO_BID)
        self.report_button = Button("Preview report", icon_name="file-text", does=self.show_report)
        self.scores = ScoresReader(session, self, self._read_by)
        self.acts = EvaluationActs(session, self, lambda: self.evaluation, lambda: self._chosen, self.wants_toast.emit)
        self._copy = QAction("Copy the comparison of bids", self)
        self._build_layout()
        self._connect()

    def _build_layout(self) -> None:
        card = Card()
        card.fill(self.table)
        told = in_row((IconLabel("info", "info_mark", 17), TOP), (self.sentences, 1), gap=8)
        self._of_bids = holding(in_column(card, self.held, told, gap=8))
        self._below = _Below()
        in_row((self.themes, 10), (self.sensitivity, 11), inside=self._below, gap=12)
        self._choose_lot = holding(in_row(Text("Lot", "note_strong", "text_muted"), self.lots, gap=8))
        self._lots_row = holding(in_row(self._choose_lot, STRETCH, self.scores.button, gap=8))
        parts = (self.scores.notice, self._lots_row, self._of_bids, (self._below, 1), (self.no_bid, 1))
        column = in_column(*parts, margins=_MARGINS, gap=8)
        self._compared = ScrollArea("Evaluation", holding(column), only_down=True)
        self._stack = stack_of(self.empty, self._compared)
        in_column((self._stack, 1), inside=self)
        current_theme().follow(self._dress)

    def _dress(self) -> None:
        """Keep room for some lines below the table, whatever the number of bids; what has no room scrolls."""
        self._below.setMinimumHeight(current_theme().px(_LEAST_BELOW))

    def _connect(self) -> None:
        self.lots.activated.connect(lambda _place: self._on_lot())
        self.model.typed.connect(lambda key, what, text: self.typing.take([(key, what, text)]))
        self.table.pasted.connect(self._on_pasted)
        self.table.let_go.connect(self.typing.let_go)
        self.table.bid_opened.connect(self.explain)
        self.themes.bid_chosen.connect(self.explain)
        self.explanation.closed.connect(self._on_closed)
        self.typing.changed.connect(self._show_table)
        self.typing.refused.connect(self.stale)
        self.papers.told.connect(self.wants_toast)
        self.scores.told.connect(self.wants_toast)
        self.scores.stale.connect(self.stale)
        self.acts.refused.connect(self.stale)
        self.acts.unfinished.connect(self._go_to_unfinished)
        self._copy.triggered.connect(self.table.copy_all)

    # What the page asks

    @property
    def panel(self) -> QWidget | None:
        """How a bid came about, once one is chosen."""
        return self._panel if self._explained else None

    @property
    def head_buttons(self) -> Sequence[QWidget]:
        """The report, and what freezes the evaluation."""
        return (self.report_button, *self.acts.buttons)

    @property
    def head_words(self) -> str:
        """What is left to be done before it can be frozen: "3 to decide, 1 to score"."""
        if self.evaluation is None or not self.evaluation.bids:
            return ""
        left = self.evaluation.unfinished
        told = ((left.undecided, "to decide"), (left.unmoderated, "to mark"), (left.unscored, "to score"))
        return ", ".join(f"{count:,} {words}" for count, words in told if count) or _READY

    def step(self, by: int) -> bool:
        """Go to the next price or quality that is missing."""
        self.table.setFocus()
        return self.table.step_typed(by, missing=True)

    def commands(self) -> Sequence[QAction]:
        """Copying the table as a spreadsheet takes it, reading one, excluding a bid, and taking the freezing back."""
        return (self._copy, self.scores.action, *self.acts.commands)

    def take_keyboard(self) -> None:
        """Begin in the table, in the first cell that is missing something."""
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.model.rows:
            self.table.go_to(0, 0)

    def _read_by(self) -> OpenTender | None:
        """The tender whose bids are read from a sheet; None while there are none, or none can be changed."""
        evaluation = self.evaluation
        return evaluation.opened if evaluation is not None and evaluation.bids and self.model.can_type else None

    # Reading

    def show_tender(self, opened: OpenTender | None) -> None:
        """Read the evaluation of a tender whose offers are opened."""
        if opened is None or self._opened is None or opened.id != self._opened.id:
            self._forget()
        self._opened = opened
        if opened is None:
            return
        if not any(act.kind in _OPENING for act in standing(opened.acts)):
            self._say_empty(*_NOT_OPENED)
            return
        self._read(opened)

    def _read(self, opened: OpenTender) -> None:
        before, number = self.evaluation, opened.id
        workspace = self._session.workspace
        if before is None:
            self._say_empty(*_READING)

        def read(progress: Progress) -> OpenEvaluation | None:
            """The evaluation; None while who works here marks answers and may see neither prices nor social value."""
            from tomsapp.services.tenders.evaluating import open_evaluation
            from tomsapp.services.tenders.marks_held import sees_figures

            return open_evaluation(workspace, number, before, progress) if sees_figures(workspace, number) else None

        title = _READING[0] if before is None else ""
        job = self._session.jobs.run(read, key="tender-evaluation", title=title)
        wanted = job.only_while(lambda: self._session.is_open and self._session.workspace is workspace)
        wanted.success(self._on_read).cancelled(lambda: self._say_empty("The reading was stopped", "")).start()

    def _on_read(self, evaluation: OpenEvaluation | None) -> None:
        if evaluation is None:
            self._forget()
            self._say_empty(*_HELD_BACK)
            return
        if self._opened is None or evaluation.opened.id != self._opened.id:
            return
        self.evaluation = evaluation
        self.acts.show_state()
        self.typing.show_evaluation(evaluation)
        self._offer_lots(evaluation)
        self._show()
        self.panel_changed.emit()

    def _forget(self) -> None:
        self.evaluation, self._lot, self._explained = None, None, ""
        self.acts.show_state()
        self.typing.held.clear()
        self.typing.show_evaluation(None)
        self.model.show_lot(None, {}, can_type=False)
        self.scores.show_state()
        self.sensitivity.show_evaluated(None)
        self.explanation.close_explanation()

    def _say_empty(self, heading: str, sentence: str) -> None:
        self.empty.set_words(heading, sentence)
        self.to_offers.setVisible((heading, sentence) == _NOT_OPENED)
        self._stack.setCurrentWidget(self.empty)
        self.report_button.setEnabled(False)

    # Showing

    @property
    def lot(self) -> EvaluatedLot | None:
        """The lot that is shown."""
        if self.evaluation is None or self._lot is None:
            return None
        return self.evaluation.lot(self._lot)

    def _offer_lots(self, evaluation: OpenEvaluation) -> None:
        """Offer the lots; first the first one that has bids."""
        numbers = [lot.lot.number for lot in evaluation.lots]
        if self._lot not in numbers:
            self._lot = next((lot.lot.number for lot in evaluation.lots if lot.bids), numbers[0] if numbers else None)
        self.lots.clear()
        for lot in evaluation.lots:
            name = lot.lot.name
            self.lots.addItem(f"{name[:1].upper()}{name[1:]}", lot.lot.number)
        if self._lot is not None:
            self.lots.setCurrentIndex(numbers.index(self._lot))
        self._choose_lot.setVisible(len(numbers) > 1)

    def _on_lot(self) -> None:
        self._lot = self.lots.currentData()
        self._close_explanation()
        self._show()
        announce(self, self.lots.currentText())

    def _show(self) -> None:
        lot = self.lot
        if lot is None:
            return
        self._stack.setCurrentWidget(self._compared)
        self.report_button.setEnabled(True)
        self._show_table()
        self.sentences.setText(" ".join(sentences_of(lot.evaluated.evaluation)))
        for part in (self._of_bids, self._below):
            part.setVisible(bool(lot.bids))
        self.no_bid.setVisible(not lot.bids)
        self.themes.show_bids(compared(lot.evaluated))
        self.sensitivity.show_evaluated(lot.evaluated if lot.bids else None)
        if self._explained:
            self.explain(self._explained)

    def _show_table(self) -> None:
        lot, opened = self.lot, self._opened
        can_type = opened is not None and opened.tender.status is TenderStatus.OPENED
        self.model.show_lot(lot, self.typing.held, can_type=can_type)
        self.scores.show_state()
        self._lots_row.setVisible(not self._choose_lot.isHidden() or not self.scores.button.isHidden())
        # A frame in red says to nobody what to put right.
        said = self.typing.held_words(row.bid.key for row in self.model.rows)
        self.held.set_sentence(said)
        self.held.setVisible(bool(said))
        if lot is not None:
            self.table.setAccessibleName(f"Bids for {lot.lot.name}")

    @property
    def _chosen(self) -> tuple[int, str] | None:
        """The lot and the bidder of the row that the cursor is in."""
        place = self.table.currentIndex().row()
        if self._lot is None or not 0 <= place < len(self.model.rows):
            return None
        return self._lot, self.model.rows[place].row.supplier

    def _go_to_unfinished(self) -> None:
        """Say what is left before it can be frozen, and go to the first of it."""
        evaluation = self.evaluation
        if evaluation is None:
            return
        left = evaluation.unfinished
        said = f"Before it can be frozen: {listed(list(evaluation.unfinished_words))}"
        self.wants_toast.emit(Toast(said, icon="info"))
        if left.undecided:
            self.wants_tab.emit(CHECK, None)
        elif left.unmoderated:
            self.wants_tab.emit(MARKING, None)
        else:
            self.table.setFocus()
            self.table.setCurrentIndex(QModelIndex())
            self.table.step_typed(1, missing=True)

    # How a bid came about

    def explain(self, key: str) -> None:
        """Show how a bid came about in the panel."""
        lot = self.lot
        if lot is None or key not in {bid.key for bid in lot.bids}:
            self._close_explanation()
            return
        is_new = not self._explained
        self._explained = key
        if is_new:
            self.panel_changed.emit()
            self.wants_panel.emit(True)
        self.explanation.show_explanation(explain_bid(lot, key))

    def _close_explanation(self) -> None:
        if self._explained:
            self.explanation.close_explanation()

    def _on_closed(self) -> None:
        self._explained = ""
        self.panel_changed.emit()
        self.wants_panel.emit(False)
        self.table.setFocus()

    # What the user does

    def _on_pasted(self, text: str, row: int, column: int) -> None:
        """Take a block from a spreadsheet: its columns go into price and quality from the current one on."""
        columns = [each.typed_as for place, each in enumerate(self.model.columns) if each.typed_as and place >= column]
        typed: list[Typed] = [
            (compared.bid.key, what, cell)
            for compared, cells in zip(self.model.rows[row:], cells_of(text), strict=False)
            for what, cell in zip(columns, cells, strict=False)
        ]
        if typed and self.model.can_type:
            self.typing.take(typed)

    def show_report(self) -> None:
        """Make the evaluation report of the lot that is shown, and show it."""
        evaluation, number = self.evaluation, self._lot
        if evaluation is None or number is None:
            return
        tender_id, today = evaluation.opened.id, date.today()  # noqa: DTZ011 - the day on the user's calendar

        def make(workspace: Workspace, progress: Progress) -> CouncilPaper:
            from tomsapp.services.tenders.evaluation_report import evaluation_paper

            return evaluation_paper(workspace, tender_id, number, today, evaluation, progress)

        self.papers.make(make)
