"""The part Published of the tab Delivery: what was published, the newest first, a draft to save, and Publish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.publishing import newest_paper, quarter_ending, quarters_to_publish, span_words
from tomsapp.domain.signer import SignerKind
from tomsapp.domain.wording import format_date, plural
from tomsapp.gui.delivery.publish_dialog import PublishDialog
from tomsapp.gui.delivery.published_papers import PublishedPapers, choose_pdf
from tomsapp.gui.delivery.section import DeliverySection, ShownDelivery, told_and_stale
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import EmptyState, Toast
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row, stack_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text, hairline
from tomsapp.services.delivered_paper import delivered_report
from tomsapp.services.publishing import ToPublish, list_papers, publish, to_publish
from tomsapp.services.reporting import file_name, write_report
from tomsapp.services.sealed_rules import today
from tomsapp.services.signers import SignerNow, signer_now, unlock

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.delivery.acts import DeliveryActFacts
    from tomsapp.domain.delivery.published import DeliveredPaperKept
    from tomsapp.services.changes import Done
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

_SHA_SIGNS = 8
_NOTHING = "Nothing was published yet"
_PUBLISH = "Publish what was delivered to the end of a quarter, or save a draft of it."
_LEAD = (
    "A published valuation is frozen to the end of a quarter or year: signed, kept whole, and never worked out again. "
    "What is decided later stands beside it, and a further one to the same day replaces it."
)
_NOT_YET = "The first can be published when the first quarter has ended, on {day}."


class PublishedSection(DeliverySection):
    """A row for each paper; `publish_button` asks for the next, `save_button` writes a draft that is none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: ShownDelivery | None = None
        self.papers: list[DeliveredPaperKept] = []
        self.rows: list[PaperRow] = []
        self.actions_of = PublishedPapers(session, self)
        self.actions_of.toast.connect(self.wants_toast)
        self.dialog: PublishDialog | None = None
        self._said: DeliveryActFacts | None = None  # of what was not published, so that nobody types it twice
        self.save_button = Button("Save the delivered valuation…", does=self.save_draft)
        self.save_button.setToolTip("A draft of today: it is not frozen, not signed and not kept here")
        self.publish_button = Button("Publish…", "primary", does=self.ask)
        self.empty = EmptyState("file-check", _NOTHING, _PUBLISH)
        self._list = in_column(gap=0)
        card = Card()
        inside = holding(in_column(holding(self._list), STRETCH, gap=8))
        self._area = ScrollArea("Published valuations", inside, only_down=True)
        self._stack = stack_of(self.empty, self._area)
        card.fill(self._stack)
        head = in_row((Text(_LEAD, "note", "text_muted", wrap=True), 1), self.save_button, self.publish_button, gap=10)
        in_column(head, (card, 1), inside=self, gap=8)

    def show_delivery(self, shown: ShownDelivery | None) -> None:
        """Read what was published of a contract."""
        if shown is None or self._shown is None or shown.opened.stored.id != self._shown.opened.stored.id:
            self._said = None
        self._shown = shown
        if shown is None:
            self._show([])
            return
        number = shown.opened.stored.id
        job = self._session.read(lambda workspace: list_papers(workspace, number), key="published papers")
        job.success(self._show).start()

    def take_keyboard(self) -> None:
        """Begin with publishing."""
        self.publish_button.setFocus()

    def _show(self, papers: list[DeliveredPaperKept]) -> None:
        self.papers = papers
        empty_layout(self._list)
        self.rows = []
        contract = self._contract
        for paper in sorted(papers, key=lambda each: each.id, reverse=True):
            if contract is not None:
                row = PaperRow(paper, papers, contract, self.actions_of)
                self.rows.append(row)
                self._list.addWidget(row)
        can = contract is not None and bool(quarters_to_publish(contract, self._today))
        self.publish_button.setEnabled(can)
        self.save_button.setEnabled(contract is not None)
        self.empty.set_words(_NOTHING, self._next(contract, can=can))
        self._stack.setCurrentIndex(1 if papers else 0)

    def _next(self, contract: Contract | None, *, can: bool) -> str:
        """What can be done where nothing was published."""
        if contract is None or can:
            return _PUBLISH
        from tomsapp.domain.delivery.quarters import quarters_of

        return _NOT_YET.format(day=format_date(quarters_of(contract)[0].ends_on))

    @property
    def _contract(self) -> Contract | None:
        return None if self._shown is None else self._shown.opened.contract

    @property
    def _today(self) -> date:
        return self._shown.today if self._shown else today()

    # A draft

    def save_draft(self) -> None:
        """Ask where to save what was delivered to this day: a draft, as every page of it says."""
        if self._shown is None or self._contract is None:
            return
        number, until = self._shown.opened.stored.id, self._today
        name = file_name(self._contract.reference, "delivered to", format_date(until), "draft")
        path = choose_pdf(self._session, self, name)
        if path is None:
            return
        workspace, day = self._session.workspace, today()

        def make(progress: Progress) -> Path:
            return write_report(delivered_report(workspace, number, until, day, progress=progress).data, path)

        job = self._session.jobs.run(make, title="Making the delivered valuation")
        job.success(lambda saved: self.wants_toast.emit(Toast(f"Saved as {saved}", icon="download"))).start()

    # To publish

    def ask(self) -> None:
        """Read the contract as it stands, and ask to which day it is published; what is published is what was read."""
        if self._shown is None:
            return
        number = self._shown.opened.stored.id
        job = self._session.read(
            lambda workspace: (to_publish(workspace, number), signer_now(workspace)), key="to publish"
        )
        job.success(lambda read: self._on_ready(*read)).start()

    def _on_ready(self, ready: ToPublish, signer: SignerNow) -> None:
        dialog = PublishDialog(ready, self._today, self.window())
        if self._said is not None:
            dialog.put_back(self._said)
        dialog.accepted.connect(lambda: self._unlocked(ready, dialog.facts, signer))
        self.dialog = dialog
        open_once(dialog)

    def _unlocked(self, ready: ToPublish, facts: DeliveryActFacts, signer: SignerNow) -> None:
        """Ask for the password of the council's key where that signs, then publish."""
        if signer.signer is None or signer.signer.kind is not SignerKind.COUNCIL or signer.is_unlocked:
            self._publish(ready, facts)
            return
        from tomsapp.gui.dialogs.key_password import KeyPasswordDialog

        title = f"Sign what is published of {ready.contract.reference}"
        open_once(
            KeyPasswordDialog(
                self._session, title, "Publish for good", unlock, lambda _: self._publish(ready, facts), self.window()
            )
        )

    def _publish(self, ready: ToPublish, facts: DeliveryActFacts) -> None:
        day, self._said = self._today, facts

        def task(workspace: Workspace, progress: Progress) -> Done[DeliveredPaperKept]:
            return publish(workspace, ready, facts, progress, day)

        job = self._session.act(task, self._on_published, title="Making and signing the valuation")
        job.failure(told_and_stale(self._session, self.stale))
        job.cancelled(lambda: self.wants_toast.emit(Toast("Stopped: nothing was published", icon="info")))
        job.start()

    def _on_published(self, paper: DeliveredPaperKept) -> None:
        self._said = None
        self.wants_toast.emit(Toast(f"Published {paper.words.partition(',')[0]}", icon="file-check"))


class PaperRow(QWidget):
    """A paper with its day, who published it, what it replaces and what replaced it, and what can be done with it."""

    def __init__(
        self,
        paper: DeliveredPaperKept,
        papers: list[DeliveredPaperKept],
        contract: Contract,
        actions: PublishedPapers,
    ) -> None:
        super().__init__()
        self.paper = paper
        newest = newest_paper(papers, paper.until)
        holds = newest is None or newest.id == paper.id
        quarter = quarter_ending(contract, paper.until)
        day = span_words(contract, quarter) if quarter is not None else format_date(paper.until)
        title = f"To {day}" + (f", number {paper.number}" if paper.number > 1 or not holds else "")
        told = [f"Published on {format_date(paper.published_on)} by {paper.by}"]
        if paper.replaces is not None:
            why = f": {paper.reason.rstrip('.')}" if paper.reason.strip() else ""
            told.append(f"Replaces number {paper.number - 1}{why}")
        if not holds:
            told.append(f"Replaced by number {paper.number + 1}")
        sha = f"SHA-256 {paper.sha256[:_SHA_SIGNS]} … {paper.sha256[-_SHA_SIGNS:]}, {plural(paper.size, 'byte')}"
        self.words = ". ".join((title, *told))
        reference = contract.reference
        links = {
            "Open": actions.open,
            "Save a copy…": actions.save,
            "Verify": actions.verify,
            "As published and now": actions.compare,
        }
        row = in_row(gap=18)
        self.links: dict[str, LinkButton] = {}
        for words, does in links.items():
            self.links[words] = link = self._link(words, does, reference)
            link.setAccessibleName(f"{words}: {title}")
            row.addWidget(link)
        row.addStretch(1)
        icon = IconLabel("file-check" if holds else "history", "primary" if holds else "text_muted", 20)
        text = in_column(
            Text(title, "strong", "text" if holds else "text_muted", wrap=True),
            Text(". ".join(told), "note", wrap=True, selectable=True),
            Text(sha, "small", "text_muted", selectable=True),
            row,
            gap=2,
        )
        in_column(in_row(icon, (text, 1), gap=10), hairline(), inside=self, margins=(12, 8, 12, 0), gap=8)
        self.setAccessibleName(self.words)

    def _link(self, words: str, does: Callable[[DeliveredPaperKept, str], None], reference: str) -> LinkButton:
        return LinkButton(words, role="note", does=lambda: does(self.paper, reference))
