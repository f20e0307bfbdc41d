"""The tab Marking: who evaluates, one's own marks with the answers, and once all have sent the marks that count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtWidgets import QWidget

from tomsapp.gui.session import Session
from tomsapp.gui.tenders.answer_card import AgreedCard, AnswerCard, HeldBackCard
from tomsapp.gui.tenders.evaluators_card import EvaluatorsCard
from tomsapp.gui.tenders.mark_grid import MarkGrid, Place
from tomsapp.gui.tenders.mark_panel import MarkPanel
from tomsapp.gui.tenders.mark_words import all_grid, answer_words, bidders_words, own_grid, progress_words
from tomsapp.gui.tenders.tab import TenderTab
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.actions import add_action
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, SegmentedButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.layouts import in_column, stack_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.services.tenders.marking import Answers, MarkingStage, OpenMarking, open_marking
from tomsapp.services.tenders.marks_given import confirm_no_conflict, send_marks, take_marks_back
from tomsapp.services.tenders.reading import OpenTender

MARKS, EVALUATORS = "marks", "evaluators"
_CLOSED = ("Nothing to mark yet", "Answers are marked once the offers are opened. Who evaluates can be said before.")
_NOT_ASKED = ("Nothing is marked", "This tender asks no questions that give points.")
_NOTHING = ("No answers to mark", "No bid has a file that counts.")
_LOADING = ("Reading the answers", "")
_NOT_MINE = (
    "You mark nothing here",
    "You work under a name that none of the evaluators has. Their marks are shown once all have sent theirs.",
)
_CONFLICT = "First: do you have a conflict of interest?"
_ANSWER_SHARE = 2
"""The longest answer has at most one part of so many of the height; the grid has the rest."""
_LEAST_GRID, _LEAST_ANSWER, _GAP = 130, 150, 10
_MARGINS = (20, 12, 20, 12)
_EVALUATION = "evaluation"


class MarkingTab(TenderTab):
    """Reads the marking as whoever works here may see it, and follows the answer under the cursor."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._tender: OpenTender | None = None
        self.opened: OpenMarking | None = None
        self._answers: Answers | None = None
        self._wanted: Place | None = None
        self._was_last = False
        self._is_chosen = False
        self.parts = SegmentedButton("Parts of the marking", [(MARKS, "Marks"), (EVALUATORS, "Evaluators")])
        self.evaluators = EvaluatorsCard(session)
        self.grid = MarkGrid("Marks")
        self.answer, self.held_back, self.agreed = AnswerCard(), HeldBackCard(), AgreedCard()
        self._panel = MarkPanel(session)
        self.confirm_button = Button("I have no conflict of interest", "primary", does=self.confirm)
        self.empty = EmptyState("inbox", *_LOADING)
        self.conflict = EmptyState("users", _CONFLICT, " ", self.confirm_button)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._empty_page, self._conflict_page, self._grid_card = Card(), Card(), Card()
        self._empty_page.fill(self.empty)
        self._conflict_page.fill(self.conflict)
        self._grid_card.fill(self.grid)
        self._marks_page = QWidget()
        in_column(self._grid_card, (self.answer, 1), inside=self._marks_page, gap=_GAP)
        self._marks = stack_of(self._empty_page, self._conflict_page, self._marks_page)
        self._with_foot = QWidget()
        in_column((self._marks, 1), self.held_back, self.agreed, inside=self._with_foot, gap=_GAP)
        # At the largest text size all of it is higher than a small screen.
        self._scrolled = ScrollArea("Answers and marks", self._with_foot, only_down=True)
        self._stack = stack_of(self._scrolled, self.evaluators)
        in_column((self._stack, 1), inside=self, margins=_MARGINS)

    def _connect(self) -> None:
        self.parts.chosen.connect(self._on_part)
        self.grid.place_changed.connect(self._on_place)
        self.grid.height_changed.connect(self._fit_grid)
        self.grid.digit_typed.connect(self._panel.set_mark)
        self.grid.cell_opened.connect(self.open_panel)
        self._panel.given.connect(self._on_given)
        self._panel.back_wanted.connect(lambda: self._go(-1))
        self.held_back.send_wanted.connect(self.send)
        self.held_back.take_back_wanted.connect(self.take_back)
        self.agreed.go_wanted.connect(lambda: self.wants_tab.emit(_EVALUATION, None))
        self.evaluators.wants_toast.connect(self.wants_toast)
        self.evaluators.refused.connect(self._on_stale)
        self._session.who_changed.connect(lambda _name: self._read())
        add_action(self, "Give the mark and go on", "Ctrl+Return", self._panel.give)

    # What the page asks

    @property
    def panel(self) -> QWidget | None:
        """The mark of the answer, while answers are shown."""
        shown = self._stack.currentWidget() is self._scrolled and self._marks.currentWidget() is self._marks_page
        return self._panel if shown else None

    @property
    def head_buttons(self) -> Sequence[QWidget]:
        """Marks or evaluators."""
        return (self.parts,)

    @property
    def head_words(self) -> str:
        """How far the marking is."""
        return progress_words(self.opened)

    def step(self, by: int) -> bool:
        """Go to the next answer that waits."""
        if self.opened is None or not self.opened.left:
            announce(self, "No answer waits for a mark")
            return False
        self.show_part(MARKS)
        if not self._go_to_next(by):
            self.grid.setFocus()  # the one under the cursor is the only one
        return True

    def go_to(self, place: object) -> None:
        """Show the marks or the evaluators, or an answer by its bid and question."""
        if place in (MARKS, EVALUATORS):
            self.show_part(str(place))
        elif isinstance(place, tuple):
            self.show_part(MARKS)
            self._wanted = place
            if self.opened is not None:
                self._show(self.opened)

    def take_keyboard(self) -> None:
        """Move the keyboard to the grid, or to what comes first."""
        if self.panel is not None:
            self.grid.setFocus()
        elif self._stack.currentWidget() is self.evaluators:
            self.evaluators.setFocus()
        elif self._marks.currentWidget() is self._conflict_page:
            self.confirm_button.setFocus()
        else:
            self.parts.take_keyboard()

    # Reading

    def show_tender(self, opened: OpenTender | None) -> None:
        """Read the marking of a tender, or what has changed in it."""
        if opened is None or self._tender is None or opened.id != self._tender.id:
            self._forget()
        self._tender = opened
        if opened is not None:
            self._read()

    def _forget(self) -> None:
        self.opened, self._answers, self._wanted, self._is_chosen = None, None, None, False
        self._say_empty(*_LOADING)
        self.held_back.hide()
        self.agreed.hide()
        self._panel.show_answer(None, None, "")
        self.answer.show_answer(None, None)

    def _read(self) -> None:
        tender, known = self._tender, self._answers
        if tender is None or not self._session.is_open:
            return
        number = tender.id
        job = self._session.read(lambda workspace: open_marking(workspace, number, known), key="tender marking")
        job.success(self._on_read).start()

    def _on_read(self, opened: OpenMarking) -> None:
        tender = self._tender
        if tender is None or opened.tender_id != tender.id:
            return
        self.opened, self._answers = opened, opened.answers
        self.evaluators.show_marking(tender, opened)
        if not self._is_chosen:
            self._show_part(EVALUATORS if opened.mine is None and not opened.are_seen else MARKS)
        self._show(opened)
        self.panel_changed.emit()
        if self._was_last and not self.agreed.isHidden():
            self.wants_panel.emit(False)
            self.agreed.go_button.setFocus()
        self._was_last = False

    def _on_stale(self) -> None:
        self._read()
        self.stale.emit()

    # Showing

    def show_part(self, key: str) -> None:
        """Show the marks or the evaluators, as somebody chose."""
        self._is_chosen = True
        self._show_part(key)
        self.panel_changed.emit()

    def _on_part(self, key: object) -> None:
        self.show_part(str(key))

    def _show_part(self, key: str) -> None:
        self.parts.set_current(key)
        self._stack.setCurrentWidget(self.evaluators if key == EVALUATORS else self._scrolled)

    def _say_empty(self, heading: str, sentence: str) -> None:
        self.empty.set_words(heading, sentence)
        self._marks.setCurrentWidget(self._empty_page)

    def _show(self, opened: OpenMarking) -> None:
        """Show what belongs to how the marking stands and to who looks."""
        is_marking = opened.stage is MarkingStage.MARKING
        self.held_back.setVisible(is_marking and bool(opened.evaluators))
        if opened.evaluators:
            self.held_back.show_marking(opened)
        self.agreed.show_marking(opened)
        nothing = _nothing_words(opened)
        if nothing is not None:
            self._say_empty(*nothing)
        elif opened.are_seen:
            self._show_grid(opened, all_marks=True)
        elif opened.mine is None:
            self._say_empty(*_NOT_MINE)
        elif opened.answers.are_held_back:
            named = (
                f"The bidders are {bidders_words(opened)}. If you have none with any of them, confirm it, and their "
            )
            ends = "answers are shown. If you have one, tell whoever runs the tender."
            self.conflict.set_words(_CONFLICT, f"{named}{ends}")
            self._marks.setCurrentWidget(self._conflict_page)
        else:
            self._show_grid(opened, all_marks=False)

    def _show_grid(self, opened: OpenMarking, *, all_marks: bool) -> None:
        # Where all have sent meanwhile, moderation begins with the first answer.
        name = "Marks of all evaluators" if all_marks else "Your marks"
        here = self.grid.place if name == self.grid.accessibleName() else None
        heads, rows = all_grid(opened) if all_marks else own_grid(opened)
        self.grid.setAccessibleName(name)
        self.grid.grid.set_grid(heads, rows)
        self.grid.arrange()
        self._fit_grid()
        self._marks.setCurrentWidget(self._marks_page)
        first = opened.left[0] if opened.left else opened.answers.places[0]
        wanted, self._wanted = self._wanted or here or first, None
        if not self.grid.go_to(wanted):
            self.grid.go_to(first)
        self._on_place(self.grid.place)

    def _fit_grid(self) -> None:
        """Give the grid what the longest answer leaves, as far as it has rows; no answer makes the page jump."""
        theme = current_theme()
        least = theme.px(_LEAST_ANSWER)
        self.answer.setMinimumHeight(least)
        below = [each.sizeHint().height() + _GAP for each in (self.held_back, self.agreed) if not each.isHidden()]
        room = self.height() - _MARGINS[1] - _MARGINS[3] - _GAP - sum(below)
        bids = self.opened.answers.bids if self.opened is not None else ()
        texts = (text for bid in bids for text in bid.answers.values())
        longest = self.answer.wanted_height(texts, self.width() - _MARGINS[0] - _MARGINS[2])
        answer = max(least, min(longest, room // _ANSWER_SHARE))
        self._grid_card.setFixedHeight(min(self.grid.whole_height + 2, max(theme.px(_LEAST_GRID), room - answer)))

    def resizeEvent(self, event: object) -> None:
        """Share the height anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit_grid()

    def _on_place(self, place: object) -> None:
        at = place if isinstance(place, tuple) else None
        self.answer.show_answer(self.opened, at)
        self._panel.show_answer(self.opened, at, self._next_words(at))

    def _next_words(self, place: Place | None) -> str:
        after = self._after(place, 1)
        if self.opened is None or after is None:
            return ""
        return answer_words(self.opened, after).replace(", question ", ", ")

    # Going about

    def _after(self, place: Place | None, by: int) -> Place | None:
        """The answer that waits next after this one, round the end; None where no other waits."""
        opened = self.opened
        if opened is None:
            return None
        order = self._order(opened)
        start = order.index(place) if place in order else -1
        turned = (
            [*order[start + 1 :], *order[: max(start, 0)]]
            if by > 0
            else [*order[:start][::-1], *order[start + 1 :][::-1]]
        )
        waiting = set(opened.left)
        return next((each for each in turned if each in waiting), None)

    def _order(self, opened: OpenMarking) -> list[Place]:
        """The answers question by question, so that bidders are marked beside each other."""
        return [(bid.id, question.number) for question in opened.answers.questions for bid in opened.answers.bids]

    def _go_to_next(self, by: int) -> bool:
        place = self._after(self.grid.place, by)
        if place is None:
            return False
        self.grid.go_to(place)
        self.grid.setFocus()
        return True

    def _go(self, by: int) -> None:
        """Go to the answer before or after this one, whether it waits or not."""
        opened, here = self.opened, self.grid.place
        if opened is None or here is None:
            return
        order = self._order(opened)
        self.grid.go_to(order[(order.index(here) + by) % len(order)])

    def open_panel(self) -> None:
        """Move the keyboard to the mark or its reason."""
        self.wants_panel.emit(True)
        self._panel.focus_reason()

    def _on_given(self, place: object) -> None:
        """Read what was given, and go on to the next answer that waits."""
        if isinstance(place, tuple):
            after = self._after(place, 1)
            if after is not None:
                self._wanted = after
                self.grid.setFocus()
            self._was_last = after is None
        self._read()

    # Confirming and sending

    def confirm(self) -> None:
        """Confirm that there is no conflict of interest."""
        opened = self.opened
        if opened is None or opened.mine is None:
            return
        number, mine = opened.tender_id, opened.mine.stored
        job = self._session.act(lambda workspace, _progress: confirm_no_conflict(workspace, number, mine))
        job.failure(self._on_refused).finished(self._read).start()

    def send(self) -> None:
        """Send one's marks; where one is missing, go to it and say so."""
        opened = self.opened
        if opened is None or opened.mine is None:
            return
        if opened.left:
            if self.grid.place not in opened.left:
                self._go_to_next(1)
            self._panel.note.say(f"This answer has no mark yet. {len(opened.left)} are left before you can send.")
            return
        number, mine = opened.tender_id, opened.mine.stored
        job = self._session.act(lambda workspace, _progress: send_marks(workspace, number, mine))
        job.failure(self._on_refused).finished(self._read).start()

    def take_back(self) -> None:
        """Take one's marks back, to change them."""
        opened = self.opened
        if opened is None or opened.mine is None:
            return
        number, mine = opened.tender_id, opened.mine.stored
        job = self._session.act(lambda workspace, _progress: take_marks_back(workspace, number, mine))
        job.failure(self._on_refused).finished(self._read).start()

    def _on_refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self._on_stale()


def _nothing_words(opened: OpenMarking) -> tuple[str, str] | None:
    """Why there is nothing to mark; None where there is something."""
    match opened.stage:
        case MarkingStage.CLOSED:
            return _CLOSED
        case MarkingStage.NOT_ASKED:
            return _NOT_ASKED
        case MarkingStage.MARKING | MarkingStage.MODERATING | MarkingStage.FIXED:
            return None if opened.answers.bids else _NOTHING
        case _:
            assert_never(opened.stage)
