"""Step 4: the questions of the tender, each with the guide by which it is marked and a count of words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from tomsapp.domain.tender.question import Question, count_words
from tomsapp.domain.wording import format_quantity, plural
from tomsapp.gui.bidder.answering import Answering
from tomsapp.gui.bidder.step import BidderStep, let_steps_through
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.fields import TextField
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.bidding.carrying import EarlierAnswer, earlier_answers
from tomsapp.services.bidding.keeping import kept_offers
from tomsapp.services.bidding.typing import text_at
from tomsapp.services.bidding.work import Place, question_place

_MOST_NAME = 90


class QuestionCard(Card):
    """A question with its weight, its guide on demand, and the answer."""

    typed = Signal(int, str)
    again_wanted = Signal(int)

    def __init__(self, question: Question) -> None:
        name = f"Question {question.number}"
        super().__init__(f"{name}: {question.title}" if question.title else name)
        self._question = question
        most = "" if question.most_words is None else f" At most {question.most_words:,} words."
        weight = f"Weight {format_quantity(question.weight)} of 100.{most}"
        self.asked = Text(question.text, wrap=True, selectable=True)
        if not question.text:
            self.asked.hide()
        self.field = TextField("Your answer", weight, lines=7)
        let_steps_through(self.field.box)
        self.field.control.setAccessibleName(f"Your answer to question {question.number}")
        self.words = Text("", "note", "text_muted")
        self.guide = Text(_guide(question), "note", "text_muted", wrap=True, selectable=True)
        self.guide.hide()
        self.guide_link = LinkButton("How it is marked", role="note", does=self._on_guide)
        if not self.guide.text():
            self.guide_link.hide()
        self.again = Button("Use an earlier answer…", small=True, does=lambda: self.again_wanted.emit(question.number))
        self.again.hide()
        row = in_row((self.words, 1), self.again, self.guide_link, gap=14)
        self.body.addWidget(self.asked)
        self.body.addWidget(self.field)
        self.body.addLayout(row)
        self.body.addWidget(self.guide)
        self.field.edited.connect(lambda: self.typed.emit(question.number, self.field.box.toPlainText()))

    def show_answer(self, text: str) -> None:
        """Show an answer, unless that is what is typed."""
        if self.field.text != text.strip():
            self.field.box.blockSignals(True)
            self.field.set_text(text)
            self.field.box.blockSignals(False)
        self.say_words()

    def say_words(self, trouble: str = "") -> None:
        """Say how many words there are, and how many there may be."""
        count, most = count_words(self.field.text), self._question.most_words
        is_over = most is not None and count > most
        of = f" of {most:,}" if most is not None else ""
        over = ". The rest is not marked" if is_over else ""
        noun = plural(most if most is not None else count, "word").partition(" ")[2]
        self.words.setText(f"{count:,}{of} {noun}{over}")
        self.words.set_tone("warning" if is_over else "text_muted")
        self.field.set_error(trouble or None)

    def _on_guide(self) -> None:
        is_shown = self.guide.isHidden()
        self.guide.setVisible(is_shown)
        self.guide_link.setText("Hide how it is marked" if is_shown else "How it is marked")


class AnswerStep(BidderStep):
    """The cards of all questions under each other."""

    sentence = "Write in your own words. Tab leaves an answer for the next one."

    def __init__(self, answering: Answering) -> None:
        super().__init__(answering)
        self.cards = {question.number: QuestionCard(question) for question in answering.work.asked.questions}
        none = EmptyState("circle-check", "There are no questions", "Go on to the last step.")
        parts: list[QWidget] = [*self.cards.values()] or [none]
        content = in_column(*parts, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=12)
        self.area = ScrollArea("Questions", holding(content), only_down=True)
        in_column(self.area, inside=self)
        self._earlier: tuple[EarlierAnswer, ...] = ()
        for card in self.cards.values():
            card.typed.connect(self._on_typed)
            card.again_wanted.connect(self._on_again)

    def _on_typed(self, number: int, text: str) -> None:
        self.answering.type_in(question_place(number), text)

    def show_work(self) -> None:
        """Show the answers, and what is wrong with one."""
        work = self.answering.work
        if not self.isVisible():
            self._earlier = earlier_answers(work, kept_offers(self.answering.keeper.path.parent))
        for number, card in self.cards.items():
            place = question_place(number)
            if self.answering.typing != place:
                card.show_answer(text_at(work, place))
            held = work.held.get(place)
            card.say_words(f"{held.message}. {held.fix}" if held is not None else "")
            card.again.setVisible(bool(self._earlier))

    def _on_again(self, number: int) -> None:
        """Offer the answers of other tenders and lots; what is chosen is put behind what is typed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self._earlier:
            name = each.name if len(each.name) <= _MOST_NAME else f"{each.name[: _MOST_NAME - 1]}…"
            action = menu.addAction(name.replace("&", "&&"))
            action.setToolTip(each.text)
            action.triggered.connect(lambda _checked=False, text=each.text: self.use_again(number, text))
        card = self.cards[number]
        menu.popup(card.again.mapToGlobal(card.again.rect().bottomLeft()))

    def use_again(self, number: int, text: str) -> None:
        """Put an earlier answer behind what is typed."""
        place = question_place(number)
        typed = text_at(self.answering.work, place).strip()
        self.answering.type_in(place, f"{typed}\n\n{text}" if typed else text)
        self.focus_place(place)

    def focus_place(self, place: Place) -> None:
        """Move the keyboard to an answer."""
        number = int(place.key) if place.key.isdigit() else 0
        card = self.cards.get(number) or next(iter(self.cards.values()), None)
        if card is not None:
            card.field.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(card.field.control)
        else:
            self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_keyboard(self) -> None:
        """Begin with the first answer that is missing."""
        work = self.answering.work
        missing = next((n for n in self.cards if not work.offer.statement(n).strip()), next(iter(self.cards), 0))
        self.focus_place(question_place(missing))


def _guide(question: Question) -> str:
    return "\n".join(f"{mark}: {text}" for mark, text in question.guide.items() if text.strip())
