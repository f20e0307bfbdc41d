"""The card of a lot in the tab Award: to whom it can go and what the contract will be, or to whom it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.wording import format_date, format_pounds, listed, plural
from tomsapp.gui.contract.header_facts import BADGES
from tomsapp.gui.widgets.buttons import Button, ButtonKind, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.combo import ComboBox
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.text import Badge, Text

if TYPE_CHECKING:
    from tomsapp.domain.tender.awarding import AwardedOffer
    from tomsapp.domain.tender.scoring import ScoredBid
    from tomsapp.gui.tenders.summaries_row import SummariesRow
    from tomsapp.services.tenders.awarding import AwardedContract
    from tomsapp.services.tenders.evaluating import EvaluatedLot

NO_BID = "No bid is admitted, so this lot cannot be awarded. Withdrawing the tender ends it."


class AwardCard(Card):
    """Shows one lot; what is chosen is asked of whoever shows the card. `is_main` is for the first of the page."""

    award_wanted = Signal(int, str)
    """The lot's number, and the bidder that it should go to."""
    bidder_chosen = Signal(int, str)
    """The same two, when what the contract would be is to be shown."""
    take_back_wanted = Signal(int)
    contract_wanted = Signal(int)
    """The number of the contract that the award made."""

    def __init__(self, lot: EvaluatedLot, summaries: SummariesRow, *, is_main: bool) -> None:
        name = lot.lot.name
        super().__init__(f"{name[:1].upper()}{name[1:]}")
        self.number, self.summaries = lot.lot.number, summaries
        self.is_last = True
        self._contract: int | None = None
        self.told = Text("", wrap=True, selectable=True)
        self.bidders = ComboBox("No bidder", f"Bidder to award lot {self.number} to")
        self.proposed = Text("", "note", "text_muted", wrap=True, selectable=True)
        kind: ButtonKind = "primary" if is_main else "secondary"
        self.award_button = Button("", kind, "circle-check", does=self._on_award)
        self.contract_link = LinkButton("", does=self._on_contract)
        self.status = Badge("", "info")
        self.take_back_button = Button("Take back the award…", does=lambda: self.take_back_wanted.emit(self.number))
        self.bidders.activated.connect(lambda _place: self._on_bidder())
        self._build()

    def _build(self) -> None:
        self.choice: QWidget = holding(in_row(Text("Award to", "note_strong", "text_muted"), self.bidders, STRETCH))
        self.made: QWidget = holding(
            in_row(Text("Contract", "note_strong", "text_muted"), self.contract_link, self.status, STRETCH, gap=8)
        )
        foot = in_row(self.award_button, self.take_back_button, STRETCH, gap=8)
        self.body.addLayout(in_column(self.told, self.choice, self.proposed, self.made, foot, self.summaries, gap=8))

    @property
    def supplier(self) -> str:
        """The bidder that is chosen."""
        return str(self.bidders.currentData() or "")

    def show_lot(self, lot: EvaluatedLot, awarded: AwardedContract | None, *, can_award: bool) -> None:
        """Show the lot as it stands; a bidder that was chosen before stays chosen."""
        rows = [row for _, row in lot.admitted]
        winners = lot.evaluated.evaluation.winners
        is_open = awarded is None and bool(rows)
        self._contract = None if awarded is None else awarded.id
        self._offer([(row, _row_words(row)) for row in rows])
        for part in (self.choice, self.proposed):
            part.setVisible(is_open)
        self.award_button.setVisible(is_open)
        self.award_button.setEnabled(can_award)
        self.made.setVisible(awarded is not None)
        self.take_back_button.setVisible(awarded is not None and awarded.status is ContractStatus.DRAFT)
        self.take_back_button.setAccessibleName(f"Take back the award of lot {self.number}")
        if awarded is not None:
            self._show_awarded(awarded, rows)
        elif not rows:
            self.told.setText(NO_BID)
        else:
            self.told.setText(_first_words(winners))
        self._say_button()

    def _show_awarded(self, awarded: AwardedContract, rows: list[ScoredBid]) -> None:
        act = awarded.act
        row = next((each for each in rows if each.supplier == act.supplier), None)
        told = f"Awarded to {act.supplier} on {format_date(act.done_on)} by {act.by}, {act.role}."
        said = f" Reason: {act.reason.strip()}" if act.reason.strip() else ""
        scored = "" if row is None else f" {_scored_words(row)}."
        self.told.setText(f"{told}{scored}{said}")
        self.contract_link.setText(awarded.reference)
        self.contract_link.setAccessibleName(f"Contract {awarded.reference} of lot {self.number}")
        self.status.set_state(awarded.status.value.capitalize(), BADGES[awarded.status])

    def _offer(self, rows: list[tuple[ScoredBid, str]]) -> None:
        before = self.supplier
        self.bidders.clear()
        for row, words in rows:
            self.bidders.addItem(words, row.supplier)
        names = [row.supplier for row, _ in rows]
        if names:
            self.bidders.setCurrentIndex(names.index(before) if before in names else 0)

    def show_proposed(self, made: AwardedOffer | None) -> None:
        """Say what the contract will be, before it is done; its reference where no other lot may take it first."""
        self.proposed.setText("" if made is None else proposed_words(made, is_last=self.is_last))

    def _say_button(self) -> None:
        self.award_button.setText(f"Award lot {self.number} to {self.supplier}…")

    def _on_bidder(self) -> None:
        self._say_button()
        self.bidder_chosen.emit(self.number, self.supplier)

    def _on_award(self) -> None:
        self.award_wanted.emit(self.number, self.supplier)

    def _on_contract(self) -> None:
        if self._contract is not None:
            self.contract_wanted.emit(self._contract)


def _row_words(row: ScoredBid) -> str:
    return f"{row.rank_words}  {row.supplier}"


def _scored_words(row: ScoredBid) -> str:
    """Total, price and social value of a bid: "84.50 points, price £1,000,000.00, social value £16,000.00"."""
    price = "no price" if row.bid.price is None else f"price {format_pounds(row.bid.price)}"
    return f"{row.shown_total} points, {price}, social value {format_pounds(row.bid.value)}"


def _first_words(winners: tuple[ScoredBid, ...]) -> str:
    if not winners:
        return "Nobody is ranked yet."
    if len(winners) > 1:
        names = listed([row.supplier for row in winners])
        return f"{names} are both first with {winners[0].shown_total} points. Whom the lot goes to is yours to decide."
    return f"Ranked first: {winners[0].supplier}. {_scored_words(winners[0])}."


def proposed_words(made: AwardedOffer, *, is_last: bool = True) -> str:
    """What the contract will be, in sentences; without its reference where it is not the last to be awarded."""
    contract = made.offer.contract
    days = f"{format_date(contract.start_on)} to {format_date(contract.end_on)}"
    lines = plural(len(made.offer.commitments), "commitment")
    called = f"the draft contract {contract.reference}" if is_last else "a draft contract"
    told = [
        f"It becomes {called}: {format_pounds(contract.value)}, {days}.",
        f"Menu {contract.menu} {contract.edition}, {lines} worth {format_pounds(made.value)}.",
    ]
    if made.left:
        codes = listed(list(dict.fromkeys(each.measure for each in made.left)))
        told.append(f"Lines that do not count do not come in: {codes}.")
    if made.offer.answers:
        told.append(f"{plural(len(made.offer.answers), 'answer')} to warnings will be carried over.")
    return " ".join(told)
