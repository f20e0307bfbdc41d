"""The short route: a quote is set up and issued on one screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, assert_never

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.setup import SetUpProblem, Step
from tomsapp.domain.tender.tender import Tender
from tomsapp.gui.contract.contract_form import proposed_edition
from tomsapp.gui.contract.picker import MeasurePicker
from tomsapp.gui.dialogs.message import ask_first
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.page import Page
from tomsapp.gui.records.form_keeper import FormKeeper
from tomsapp.gui.session import Session
from tomsapp.gui.tender_place import TenderPlace
from tomsapp.gui.tenders.issuer import Issuer, left_words
from tomsapp.gui.tenders.quote_form import QuoteFacts, QuoteLot, QuoteMeasures
from tomsapp.gui.tenders.tabs import PACK
from tomsapp.gui.tenders.tender_form import empty_tender
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import ElidedText
from tomsapp.services.tenders.facts import TENDER_FACTS
from tomsapp.services.tenders.quotes import QuoteStart, begin_quote, quote_problems, quote_start
from tomsapp.services.tenders.reading import open_tender
from tomsapp.services.workspace import Workspace

_DRAFT, _LOT_DRAFT, _MEASURES_DRAFT = "quote", "quote lot", "quote measures"
_LOOK_AFTER_MS = 200


class NewQuotePage(Page):
    """Facts at the left, measures at the right; `done` tells that it was saved or given up."""

    done = Signal(object)
    """Number of the quote that was added, or None."""

    def __init__(self, session: Session) -> None:
        super().__init__("New quote", header_on_surface=True)
        self._session = session
        self.start_with: QuoteStart | None = None
        self.picker: MeasurePicker | None = None
        self._left: list[SetUpProblem] = []
        self.header.crumbs.set_steps([("tenders", "Tenders"), ("", "New quote")])
        self.header.crumbs.chosen.connect(self._give_up)
        self.header.set_badge("Not saved", "warning")
        self.note = Notice()
        self.facts, self.lot, self.measures = QuoteFacts(), QuoteLot(), QuoteMeasures()
        self.keepers = (FormKeeper(session, self.facts, _DRAFT), FormKeeper(session, self.lot, _LOT_DRAFT))
        self.issuer = Issuer(session, self)
        self._issuing: int | None = None
        self.issue_button = Button("Issue the quote", "primary", "upload", does=lambda: self.save(issues=True))
        self.save_button = Button("Save as draft", does=lambda: self.save(issues=False))
        self.discard_button = Button("Discard", does=self.discard)
        self.state = ElidedText("", "note", "text_muted")
        self._build()
        self._connect()

    def _build(self) -> None:
        left, right = Card(), Card()
        facts = holding(in_column(self.note, self.facts, self.lot, STRETCH, margins=(0, 0, 8, 0), gap=14))
        left.body.addWidget(ScrollArea("Facts of the quote", facts, only_down=True), 1)
        right.body.addWidget(self.measures, 1)
        self.body.addLayout(in_row((left, 1), (right, 1), gap=12), 1)
        buttons = (self.issue_button, self.save_button, self.discard_button)
        self.body.addLayout(in_row(*buttons, 8, (self.state, 1), gap=8))

    def _connect(self) -> None:
        self._look = after_a_pause(self, _LOOK_AFTER_MS, self._look_again)
        for form in (self.facts, self.lot):
            form.edited.connect(self._look.start)
            form.save_wanted.connect(self.issue_button.click)
        self.keepers[0].told.connect(self.note.say)
        self.measures.edited.connect(self._on_measures)
        self.measures.save_wanted.connect(self.issue_button.click)
        self.measures.add_wanted.connect(self.open_picker)
        self.measures.last_button.clicked.connect(self._take_last)
        self.issuer.wants_toast.connect(self.wants_toast)
        self.issuer.issued.connect(self._on_issued)
        add_action(self, "Add measures", "Ctrl+Shift+A", self.open_picker)
        add_action(self, "Issue the quote", "Ctrl+Return", self.issue_button.click)

    # Showing

    def start(self) -> None:
        """Show what a new quote begins with, or the draft that was kept of it."""
        facts, lot = self.keepers
        facts.await_new(empty_tender())
        lot.await_new(Lot(1))
        self._session.read(_read_start, key="new-quote").success(self._on_start).start()

    def _on_start(self, start: QuoteStart) -> None:
        self.start_with = start
        facts, lot = self.keepers
        facts.show_new(start.tender)
        lot.show_new(Lot(1))
        self.measures.show_measures(start.edition, ())
        self.measures.take_typed(_kept_rows(self._drafts().get(_MEASURES_DRAFT)))
        self.measures.last_button.setVisible(bool(start.last))
        edition = start.edition
        self.say_menu(f"Menu {edition.code} {edition.edition}" if edition is not None else "")
        self._look_again()

    def _drafts(self) -> Drafts:
        return Drafts(self._session.preferences, self._session.workspace)

    def first_field(self) -> QWidget | None:
        """The first field of the form."""
        return self.facts.first_control

    # What is left

    def _look_again(self) -> None:
        """Say what is left before it can be issued, from what is typed now."""
        start = self.start_with
        if start is None:
            return
        tender, lot = self.facts.so_far(start.tender), self.lot.so_far(Lot(1))
        found = quote_problems(start, tender, lot, self.measures.so_far(), _now())
        self._left = [each for each in found if each.is_error]
        doubts = len(found) - len(self._left)
        ready = f"Ready to issue, {doubts} to confirm" if doubts else "Ready to issue"
        self.state.setText(left_words(self._left) if self._left else ready)
        self.state.set_tone("text_muted" if self._left else "success")

    def _go_to(self, problem: SetUpProblem) -> None:
        where = problem.problem.where
        match problem.step:
            case Step.MENU:
                self.measures.focus_place(where.measure, where.field)
            case Step.LOTS:
                self.lot.focus_field(where.field if where.field in self.lot.facts else "value")
            case Step.FACTS | Step.WEIGHTS | Step.CHECK:
                self.facts.focus_field(where.field if where.field in self.facts.facts else "title")
            case _:
                assert_never(problem.step)

    # Measures

    def open_picker(self) -> None:
        """Open the list of measures to add."""
        start = self.start_with
        if start is None or start.edition is None:
            if start is not None:
                self.note.say(start.trouble)
            return
        reference = str(self.facts.facts["reference"].typed())
        picker = self.picker = MeasurePicker(start.edition, self.measures.codes, reference, (), self.window())
        # Once it is closed: the keyboard goes back to where it was before, and then to the first target.
        picker.accepted.connect(lambda: self.measures.add([start.asked(code) for code in picker.model.ticked]))
        open_once(picker)

    def _take_last(self) -> None:
        if self.start_with is not None:
            self.measures.add(self.start_with.last)

    def _on_measures(self) -> None:
        rows = self.measures.typed()
        drafts = self._drafts()
        drafts.keep(_MEASURES_DRAFT, {"rows": rows}) if rows else drafts.drop(_MEASURES_DRAFT)
        self._look.start()

    # Saving

    def save(self, *, issues: bool) -> None:
        """Save the quote as a draft, and where that is wanted ask for what issuing needs; else go to what is left."""
        start = self.start_with
        if start is None:
            return
        tender, lot, measures = self.facts.read(start.tender), self.lot.read(Lot(1)), self.measures.read()
        self._look.stop()
        self._look_again()
        if tender is None or lot is None or measures is None:
            for part, found in ((self.measures, measures), (self.lot, lot), (self.facts, tender)):
                if found is None:
                    part.focus_first_problem()
            return
        if issues and self._left:
            announce(self.state, left_words(self._left))
            self._go_to(self._left[0])
            return

        def on_checked(problems: list[Problem]) -> None:
            if self._may_save(problems):
                job = self._session.act(
                    lambda workspace, _progress: begin_quote(workspace, tender, lot, measures),
                    lambda stored: self._on_saved(stored, issues=issues),
                )
                job.start()

        self._session.read(lambda workspace: TENDER_FACTS.check(workspace, tender)).success(on_checked).start()

    def _may_save(self, problems: list[Problem]) -> bool:
        """Whether nothing is wrong, and what is asked was answered."""
        wrong = [each for each in problems if each.severity is Severity.ERROR]
        self.facts.show_problems(wrong)
        if wrong:
            self.facts.focus_first_problem()
            return False
        said = [f"{each.message}." for each in problems]
        question, go = "Is this the same quote?", "Save quote all the same"
        return not said or ask_first(self, question, said, go, "Go back", deletes=False)

    def _on_saved(self, stored: Stored[Tender], *, issues: bool) -> None:
        self._forget()
        self.done.emit(stored.id)
        if issues:
            number = self._issuing = stored.id
            job = self._session.read(lambda workspace: open_tender(workspace, number), key="issue quote")
            job.success(self.issuer.begin).start()

    def _on_issued(self, _version: int) -> None:
        """Go to the pack, which is to be sent out next."""
        if self._issuing is not None:
            self.wants_page.emit("tenders", TenderPlace(self._issuing, PACK))

    def _forget(self) -> None:
        """Keep nothing of what was typed: it was saved, or given up."""
        for keeper in self.keepers:
            keeper.forget_draft()
            keeper.close()
        self._drafts().drop(_MEASURES_DRAFT)
        self.measures.show_measures(None, ())
        self.start_with = None

    def discard(self) -> None:
        """Give up what was typed."""
        self._forget()
        self._give_up()

    def _give_up(self) -> None:
        self.done.emit(None)


def _read_start(workspace: Workspace) -> QuoteStart:
    menu, _, edition = proposed_edition(workspace).partition("/")
    return quote_start(workspace, date.today().year, menu, edition)  # noqa: DTZ011 - the year on the user's wall


def _now() -> datetime:
    return datetime.now().astimezone()


def _kept_rows(kept: dict[str, Any] | None) -> list[Mapping[str, str]]:
    """The rows of a draft; what is odd in it is passed over."""
    rows = kept.get("rows") if kept else None
    return [row for row in rows if isinstance(row, dict) and row.get("measure")] if isinstance(rows, list) else []
