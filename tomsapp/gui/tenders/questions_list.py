"""The questions of a tender below each other: added, put into order, taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.money import exact_sum
from tomsapp.domain.tender.choices import SET_UP, TenderStatus
from tomsapp.domain.tender.question import ALL_QUESTIONS, MARKS, MOST_QUESTIONS, Question
from tomsapp.domain.wording import format_quantity
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.question_card import QuestionCard
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Done
from tomsapp.services.tenders.parts import QUESTIONS
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.workspace import Workspace

_NONE = "No question is asked: bidders say how much they offer, and nothing of it is marked."


class QuestionsList(QWidget):
    """A card for each question; one that was just added is open."""

    stale = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Questions")
        self._session = session
        self._opened: OpenTender | None = None
        self._is_adding = False
        self.cards: dict[int, QuestionCard] = {}
        self.sums = Text("", "note", "text_muted", wrap=True)
        self.add_button = Button("Add a question", icon_name="plus", does=self.add)
        self._column = in_column(gap=8)
        in_column(
            in_row(Text("Questions", "h3"), STRETCH, self.add_button),
            self.sums,
            self._column,
            inside=self,
            gap=8,
        )

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show the questions that were read; the cards that stay keep what is typed into them."""
        self._opened = opened
        for number in [number for number in self.cards if opened is None or number not in _numbers(opened)]:
            card = self.cards.pop(number)
            card.editor.close()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        if opened is None:
            return
        is_fixed = opened.tender.status not in SET_UP
        keeps_number = opened.tender.status is not TenderStatus.DRAFT
        for place, stored in enumerate(opened.questions):
            is_new = stored.id not in self.cards
            card = self.cards[stored.id] if is_new is False else self._make(stored.id)
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
            card.show_question(opened, stored, is_fixed=is_fixed, keeps_number=keeps_number)
            if is_new and self._is_adding:
                self._is_adding = False
                card.focus_field("title")
        self.add_button.setVisible(not is_fixed)
        self.add_button.setEnabled(len(opened.questions) < MOST_QUESTIONS)
        self._say_sums(opened)

    def _make(self, number: int) -> QuestionCard:
        card = self.cards[number] = QuestionCard(self._session)
        card.stale.connect(self.stale)
        card.remove_wanted.connect(self.remove)
        card.move_wanted.connect(self.move_question)
        card.guide_wanted.connect(self.take_guide)
        return card

    def _say_sums(self, opened: OpenTender) -> None:
        weights = [each.record.weight for each in opened.questions]
        whole = exact_sum(weights)
        told = " + ".join(format_quantity(weight) for weight in weights)
        rest = "" if whole == ALL_QUESTIONS else f". They are to come to {ALL_QUESTIONS}"
        self.sums.setText(f"Weights: {told} = {format_quantity(whole)}{rest}" if weights else _NONE)
        self.sums.set_tone("warning" if rest and weights else "text_muted")

    # What the user does

    def card_of(self, number: int) -> QuestionCard | None:
        """The card of the question that bidders know by this number."""
        questions = self._opened.questions if self._opened else ()
        return next((self.cards[each.id] for each in questions if each.record.number == number), None)

    def add(self) -> None:
        """Add an empty question, with the weight that is left, and go to its title."""
        opened = self._opened
        if opened is None:
            return
        left = ALL_QUESTIONS - exact_sum(each.record.weight for each in opened.questions)
        question = Question(len(opened.questions) + 1, weight=max(left, left * 0))
        self._is_adding = True
        self._do(lambda workspace: QUESTIONS.add(workspace, opened, [question]))

    def remove(self, number: int) -> None:
        """Take a question out; Undo brings it back."""
        opened, gone = self._opened, self._stored(number)
        if opened is not None and gone is not None:
            self._do(lambda workspace: QUESTIONS.remove(workspace, opened, [gone]))
            self.add_button.setFocus()

    def move_question(self, number: int, by: int) -> None:
        """Move a question up or down by so many places."""
        opened, moved = self._opened, self._stored(number)
        if opened is None or moved is None:
            return
        order = [each for each in opened.questions if each.id != number]
        order.insert(max(0, opened.questions.index(moved) + by), moved)
        self._do(lambda workspace: QUESTIONS.order(workspace, opened, order))

    def take_guide(self, number: int) -> None:
        """Give a question without a guide that of the first one that has all of it."""
        opened, stored = self._opened, self._stored(number)
        guides = [each.record for each in opened.questions if not each.record.marks_without_guide] if opened else []
        if opened is not None and stored is not None and guides:
            names: dict[str, Any] = {f"guide_{mark}": guides[0].guide[mark] for mark in MARKS}
            question = replace(stored.record, **names)
            self._do(lambda workspace: QUESTIONS.save(workspace, opened, stored, question))

    def _stored(self, number: int) -> Any:
        questions = self._opened.questions if self._opened else ()
        return next((each for each in questions if each.id == number), None)

    def _do(self, task: Any) -> None:
        """Save something of the questions; where somebody was first it is said, and all is read again."""

        def run(workspace: Workspace, _progress: object) -> Done[Any]:
            done: Done[Any] = task(workspace)
            return done

        job = self._session.act(run, lambda _result: self.stale.emit())
        job.failure(self._on_refused).start()

    def _on_refused(self, error: Exception) -> None:
        self._is_adding = False
        self._session.jobs.failed.emit(error)
        self.stale.emit()


def _numbers(opened: OpenTender) -> set[int]:
    return {each.id for each in opened.questions}
