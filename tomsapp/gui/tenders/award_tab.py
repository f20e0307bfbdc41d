"""The tab Award: each lot with whom it can go to, and the contract that its award made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tomsapp.domain.tender.acts import TenderAct, TenderActFacts, TenderActKind
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.wording import listed
from tomsapp.gui.tenders.ask_act import ActAsker
from tomsapp.gui.tenders.award_card import AwardCard, proposed_words
from tomsapp.gui.tenders.summaries_row import SummariesRow
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.tenders.tabs import EVALUATION
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, stack_of
from tomsapp.gui.widgets.scroll_area import ScrollArea

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomsapp.domain.problems import Problem
    from tomsapp.domain.tender.awarding import AwardedOffer
    from tomsapp.gui.session import Session
    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.awarding import AwardedContract
    from tomsapp.services.tenders.evaluating import OpenEvaluation
    from tomsapp.services.tenders.explaining import OpenExplanations
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace

_NOT_OPENED = ("Nothing to award yet", "Lots are awarded here once the evaluation is frozen, in the tab Evaluation.")
_READING = ("Reading the offers", "")
_HELD_BACK = (
    "Held back until all have sent their marks",
    "You evaluate this tender, so the ranking is shown to you once every evaluator has sent.",
)
_NOT_FROZEN = "The evaluation is not frozen yet"
_SHOWN = frozenset({TenderStatus.FROZEN, TenderStatus.AWARDED, TenderStatus.WITHDRAWN})
_WITHDRAWS = (
    "What is not awarded is not awarded any more. Contracts that were made stay as they are.",
    "It can be taken back with a reason.",
)
_MARGINS = (24, 12, 20, 10)
_DAY, _REASON = "done_on", "reason"


@dataclass(frozen=True, slots=True)
class _Read:
    """What the tab shows, read at once; `proposed` is what each lot that can be awarded would become, by its number."""

    explained: OpenExplanations
    awarded: Mapping[int, AwardedContract]
    proposed: Mapping[int, AwardedOffer]

    @property
    def evaluation(self) -> OpenEvaluation:
        """The evaluation by which lots are awarded."""
        return self.explained.evaluation


class AwardTab(TenderTab):
    """Reads the frozen evaluation once it is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._opened: OpenTender | None = None
        self._read: _Read | None = None
        self.cards: dict[int, AwardCard] = {}
        self.asker = ActAsker(session, self, lambda: self.evaluation)
        self.to_evaluation = Button("Go to Evaluation", does=lambda: self.wants_tab.emit(EVALUATION, None))
        self.empty = EmptyState("circle-check", *_NOT_OPENED, self.to_evaluation)
        self.withdraw_button = Button("Withdraw tender…", does=self.withdraw)
        self.withdraw_button.hide()
        self._column = in_column(gap=12)
        inner = in_column(self._column, STRETCH, margins=_MARGINS)
        self._lots = ScrollArea("Lots to award", holding(inner), only_down=True)
        self._stack = stack_of(self.empty, self._lots)
        in_column((self._stack, 1), inside=self)
        self.asker.refused.connect(self.stale)

    @property
    def evaluation(self) -> OpenEvaluation | None:
        """The evaluation as it was read last."""
        return None if self._read is None else self._read.evaluation

    # What the page asks

    @property
    def head_buttons(self) -> Sequence[QWidget]:
        """What ends the tender, while a lot of it is left."""
        opened = self._opened
        return (self.withdraw_button,) if opened is not None and opened.tender.status is TenderStatus.FROZEN else ()

    @property
    def head_words(self) -> str:
        """How many lots are awarded: "1 of 2 lots awarded"."""
        if self._read is None or self._opened is None or self._opened.tender.status not in _SHOWN:
            return ""
        return f"{len(self._read.awarded)} of {len(self._read.evaluation.lots)} lots awarded"

    def commands(self) -> Sequence[QAction]:
        """Nothing has no button."""
        return ()

    def take_keyboard(self) -> None:
        """Begin in the first lot that can be awarded."""
        for card in self.cards.values():
            if card.award_button.isVisible():
                card.award_button.setFocus()
                return
        self.setFocus()

    # Reading

    def show_tender(self, opened: OpenTender | None) -> None:
        """Read the evaluation of a tender whose offers are opened."""
        if opened is None or self._opened is None or opened.id != self._opened.id:
            self._forget()
        self._opened = opened
        if opened is None:
            return
        if opened.tender.status not in {*_SHOWN, TenderStatus.OPENED}:
            self._say_empty(*_NOT_OPENED)
            return
        self._start(opened)

    def _start(self, opened: OpenTender) -> None:
        before, number, workspace = self.evaluation, opened.id, self._session.workspace
        if before is None:
            self._say_empty(*_READING)

        def read(progress: Progress) -> _Read | None:
            """None while who works here marks answers and may not see the ranking."""
            from tomsapp.services.tenders.explaining import open_explanations
            from tomsapp.services.tenders.marks_held import sees_figures

            if not sees_figures(workspace, number):
                return None
            return _read_all(workspace, open_explanations(workspace, number, before, progress))

        title = _READING[0] if before is None else ""
        job = self._session.jobs.run(read, key="tender-award", title=title)
        wanted = job.only_while(lambda: self._session.is_open and self._session.workspace is workspace)
        wanted.success(self._on_read).cancelled(lambda: self._say_empty("The reading was stopped", "")).start()

    def _on_read(self, read: _Read | None) -> None:
        if read is None:
            self._forget()
            self._say_empty(*_HELD_BACK)
        elif self._opened is not None and read.evaluation.opened.id == self._opened.id:
            self._read = read
            self._show(read)
        self.panel_changed.emit()

    def _forget(self) -> None:
        self._read = None
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self.cards.clear()

    def _say_empty(self, heading: str, sentence: str) -> None:
        self.empty.set_words(heading, sentence)
        is_for_evaluation = heading in {_NOT_FROZEN, _NOT_OPENED[0]}
        self.to_evaluation.setVisible(is_for_evaluation)
        self._stack.setCurrentWidget(self.empty)

    # Showing

    def _show(self, read: _Read) -> None:
        opened = read.evaluation.opened
        if opened.tender.status is TenderStatus.OPENED:
            missing = read.evaluation.unfinished_words
            left = f"Still to be done: {listed(list(missing))}." if missing else "Nothing is left to be done before it."
            self._say_empty(_NOT_FROZEN, f"{left} A lot is awarded by the ranking that was frozen.")
            return
        for lot in read.evaluation.lots:
            if lot.lot.number not in self.cards:
                self._add(AwardCard(lot, SummariesRow(self._session, lot.lot.number), is_main=not self.cards))
            number = lot.lot.number
            card = self.cards[number]
            card.show_lot(lot, read.awarded.get(number), can_award=opened.tender.status is TenderStatus.FROZEN)
            card.is_last = len(read.proposed) <= 1
            card.summaries.show_explained(read.explained)
            made = read.proposed.get(number)
            if made is not None and made.offer.contract.supplier != card.supplier:
                self._show_proposed(number, card.supplier)
            else:
                card.show_proposed(made)
        self._stack.setCurrentWidget(self._lots)

    def _add(self, card: AwardCard) -> None:
        self.cards[card.number] = card
        self._column.addWidget(card)
        card.award_wanted.connect(self.award)
        card.bidder_chosen.connect(self._show_proposed)
        card.take_back_wanted.connect(self.take_back)
        card.summaries.told.connect(self.wants_toast)
        card.contract_wanted.connect(lambda number: self.wants_page.emit("contracts", number))

    def _show_proposed(self, lot: int, supplier: str) -> None:
        self._propose(lot, supplier, self.cards[lot].show_proposed)

    def _propose(self, lot: int, supplier: str, then: Callable[[AwardedOffer], object]) -> None:
        evaluation = self.evaluation
        if evaluation is None:
            return

        def read(workspace: Workspace) -> AwardedOffer:
            from tomsapp.services.tenders.awarding import proposed_contract

            return proposed_contract(workspace, evaluation, lot, supplier)

        self._session.read(read, key=f"proposed-{lot}").success(then).start()

    # What the user does

    def award(self, lot: int, supplier: str) -> None:
        """Say what the contract will be, and ask who awards the lot, on which day and why."""
        self._propose(lot, supplier, lambda made: self._ask(lot, supplier, made))

    def _ask(self, lot: int, supplier: str, made: AwardedOffer) -> None:
        from tomsapp.services.tenders.awarding import award, check_award

        evaluation = self.evaluation
        if evaluation is None:
            return
        first = {row.supplier for row in evaluation.lot(lot).evaluated.evaluation.winners}
        says = [proposed_words(made), "It can be taken back as long as that contract is a draft."]
        asks = (_DAY,) if supplier in first else (_DAY, _REASON)
        if supplier not in first:
            says.append(f"{supplier} is not ranked first, so the reason is asked.")

        def about(facts: TenderActFacts) -> TenderActFacts:
            return replace(facts, lot=lot, supplier=supplier)

        title, go = f"Award lot {lot} to {supplier}", f"Award lot {lot}"
        self.asker.ask(TenderActKind.AWARD, title, says, go, check_award, award, about, asks)

    def take_back(self, lot: int) -> None:
        """Say what becomes of the contract, and ask why the award is taken back."""
        awarded = None if self._read is None else self._read.awarded.get(lot)
        if awarded is None:
            return
        says = [f"The draft contract {awarded.reference} is deleted with it. The history keeps it with its lines."]
        self._plain(TenderActKind.TAKE_BACK, f"Take back the award of lot {lot}", says, "Take back", awarded.act)

    def withdraw(self) -> None:
        """Ask why the tender ends."""
        if self._opened is not None:
            title = f"Withdraw {self._opened.tender.reference}"
            self._plain(TenderActKind.WITHDRAW, title, _WITHDRAWS, "Withdraw tender")

    def _plain(
        self, kind: TenderActKind, title: str, says: Sequence[str], go: str, reverses: TenderAct | None = None
    ) -> None:
        from tomsapp.services.tenders.acts import check_plain, do

        def check(workspace: Workspace, now: OpenEvaluation, facts: TenderActFacts, moment: datetime) -> list[Problem]:
            return check_plain(workspace, now.opened, facts, moment, reverses)

        def act(workspace: Workspace, now: OpenEvaluation, facts: TenderActFacts, moment: datetime) -> Done[int]:
            return do(workspace, now.opened, facts, moment, reverses)

        self.asker.ask(kind, title, says, go, check, act)


def _read_all(workspace: Workspace, explained: OpenExplanations) -> _Read:
    """The evaluation with what was awarded, and what each lot would become that goes to the first."""
    from tomsapp.services.tenders.awarding import awarded_contracts, proposed_contract

    evaluation = explained.evaluation
    awarded = awarded_contracts(workspace, evaluation.opened.id)
    proposed = {}
    if evaluation.opened.tender.status in _SHOWN:
        for lot in evaluation.lots:
            if lot.lot.number not in awarded and lot.admitted:
                supplier = lot.admitted[0][0].supplier
                proposed[lot.lot.number] = proposed_contract(workspace, evaluation, lot.lot.number, supplier)
    return _Read(explained, awarded, proposed)
