"""Step 5: what is asked about the offer, what it holds, and how it is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from tomsapp.domain.checks.clashes import single_pairs
from tomsapp.domain.problems import Answer, Problem
from tomsapp.domain.tender import words
from tomsapp.domain.wording import format_pounds, format_quantity, plural
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.step import BidderStep
from tomsapp.gui.contract.answer_form import AnswerForm
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.edges import RIGHT
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, empty_layout, holding, in_column, in_grid, in_row, laid_out
from tomsapp.gui.widgets.problems import LEVELS, ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.bidding.choosing import answer, take_answer_back
from tomsapp.services.bidding.steps import asked_about, can_be_answered, left, left_words, place_of
from tomsapp.services.bidding.work import OfferWork, Place, PlaceKind

_ANSWER, _AGAIN, _GO = "answer", "again", "go"


class CheckStep(BidderStep):
    """Every question about the offer can be answered here; saving stands last."""

    save_wanted = Signal()
    plan_wanted = Signal()
    workbook_wanted = Signal()

    sentence = "Answer what is asked about your offer, then save the file and upload it."

    def __init__(self, answering: Answering) -> None:
        super().__init__(answering)
        self._state_icon = IconLabel("circle-check", "success_mark", 20)
        self.state = Text("", "strong", wrap=True)
        self.asked = Card("Asked about your offer")
        self._rows = in_column(gap=6)
        self.form = AnswerForm()
        self._summary = Card("What you offer")
        self._grid = in_grid(gaps=(14, 4), shares=(1, 0, 0))
        self.save_button = Button("Save offer file", "primary", "download", does=self.save_wanted)
        self.plan_button = Button("Social Value Plan (PDF)", icon_name="file-text", does=self.plan_wanted)
        self.book_button = Button("Save as the workbook…", icon_name="table-2", does=self.workbook_wanted)
        self.saved = Text("", "note", "text_muted", wrap=True, selectable=True)
        self._build()

    def _build(self) -> None:
        self.asked.body.addLayout(self._rows)
        self.asked.body.addWidget(self.form)
        self.form.hide()
        self.form.answered.connect(self._on_answered)
        self.form.closed.connect(self._close_form)
        self._summary.body.addLayout(self._grid)
        save = Card("Save and upload")
        save.body.addWidget(self.saved)
        save.body.addLayout(in_row(self.save_button, self.plan_button, self.book_button, STRETCH, gap=8))
        save.body.addWidget(Text(words.NOT_SENT_BY_PROGRAM, "note", "text_muted", wrap=True))
        state = in_row(self._state_icon, (self.state, 1), gap=9)
        parts = state, self.asked, self._summary, save, STRETCH
        content = in_column(*parts, margins=(0, 0, BESIDE_BAR, 0), gap=12)
        self.area = ScrollArea("Check and save", holding(content), only_down=True)
        in_column(self.area, inside=self)

    # Showing

    def show_work(self) -> None:
        """Show how the offer stands."""
        work = self.answering.work
        missing = left(work)
        unanswered = sum(each.answer is None and can_be_answered(each) for each in asked_about(work))
        if missing:
            self.state.setText(left_words(missing))
        else:
            self.state.setText(_unanswered_words(unanswered) if unanswered else words.EVERYTHING)
        is_done = not missing and not unanswered
        self._state_icon.set_icon(*(("circle-check", "success_mark") if is_done else ("circle", "warning_mark")))
        self._show_asked(work)
        self._show_lines(work)
        saved, told = self.answering.keeper.saved, self.answering.saved_words
        self.saved.setText(f"{told}: {saved.path}" if saved is not None else "Your offer is in no file yet.")

    def _show_asked(self, work: OfferWork) -> None:
        empty_layout(self._rows)
        found = asked_about(work)
        self.asked.setVisible(bool(found))
        for problem in found:
            given = problem.answer
            said = f"{problem.message}." if given is None else f"{problem.message}. Your answer: {given.words}"
            actions = [(_AGAIN, "Answer again")] if given is not None else [(_GO, "Go to it")]
            if given is None and can_be_answered(problem):
                actions.insert(0, (_ANSWER, "Answer"))
            row = ProblemRow("info" if given is not None else LEVELS[problem.severity], said, actions)
            row.action_chosen.connect(lambda action, problem=problem: self._do(str(action), problem))
            self._rows.addWidget(row)

    def _show_lines(self, work: OfferWork) -> None:
        empty_layout(self._grid)
        checked = work.checked.checked
        lines = checked.valuation.lines if checked is not None else ()
        self._summary.setVisible(bool(lines))
        for row, line in enumerate(lines):
            worth = format_pounds(line.social_value) if line.measure.is_valued else "Counted"
            self._grid.addWidget(Text(line.measure.full_name, wrap=True), row, 0)
            units = line.measure.each_name if line.quantity == 1 else line.measure.many_name
            self._grid.addWidget(Text(f"{format_quantity(line.quantity)} {units}", "note"), row, 1)
            self._grid.addWidget(Text(worth, "strong"), row, 2, RIGHT)
        if checked is not None and lines:
            self._grid.addWidget(Text("Together", "strong"), len(lines), 0)
            total = Text(format_pounds(checked.valuation.social_value), "strong")
            self._grid.addWidget(total, len(lines), 2, RIGHT)

    # Answering

    def _do(self, action: str, problem: Problem) -> None:
        if action == _GO:
            self.wants_place.emit(place_of(problem))
        elif action == _AGAIN:
            self.answering.put(take_answer_back(self.answering.work, problem))
            self.ask(problem.key)
        else:
            self.ask(problem.key)

    def ask(self, key: str) -> None:
        """Open the form for the answer to a problem."""
        work = self.answering.work
        problem = next((each for each in work.checked.problems if each.key == key), None)
        if problem is None:
            return
        valuation = work.checked.checked.valuation if work.checked.checked is not None else None
        self.form.ask(problem, single_pairs(problem, valuation) if valuation is not None else ())
        self.form.show()
        self.form.focus_field()
        self.area.ensureWidgetVisible(self.form)

    def _on_answered(self, key: str, given: Answer) -> None:
        self._close_form()
        self.answering.put(answer(self.answering.work, key, given))

    def _close_form(self) -> None:
        self.form.hide()
        self.take_keyboard()

    def focus_place(self, place: Place) -> None:
        """Open the answer to a problem."""
        if place.kind is PlaceKind.PROBLEM:
            self.ask(place.key)
        else:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Begin with the first question that is open, else with the button that saves."""
        links = [link for row in laid_out(self._rows) for link in row.findChildren(LinkButton)]
        first = next((link for link in links if link.text() == "Answer"), None)
        (first or self.save_button).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _unanswered_words(number: int) -> str:
    """What is said where the offer can be saved, and the council may still ask about it."""
    points = plural(number, "point has", "points have")
    return f"You can save. {points} no answer yet: answer below, or the council may ask you, or leave the line out."
