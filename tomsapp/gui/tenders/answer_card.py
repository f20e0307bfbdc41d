"""What stands in the middle of the tab Marking: the answer that is marked, and what is held back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from tomsapp.domain.tender.question import Question
from tomsapp.domain.wording import plural
from tomsapp.gui.tenders.mark_grid import Place
from tomsapp.gui.tenders.mark_words import bid_of, bid_words, held_back_words, others_words
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.edges import MIDDLE
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.tenders.marking import MarkingStage, OpenMarking

_LETTERS_OF_A_LINE, _AROUND, _BESIDE = 60, 56, 60
_NO_ANSWER = "There is no answer to this question."


class AnswerCard(Card):
    """One bidder's answer to one question, whole and as it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Text("", "h3", wrap=True)
        self.words = Text("", "note", "text_muted")
        self.asked = Text("", "note", "text_muted", wrap=True)
        self.trouble = Notice()
        self.text = Text("", "body", wrap=True, selectable=True, prose=True)
        inside = holding(in_column(self.asked, self.trouble, self.text, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=8))
        self.area = ScrollArea("The answer", inside, only_down=True)
        # It scrolls in the height that the page has for it, and makes no page higher.
        self.area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.body.addLayout(in_row((self.heading, 1), self.words, gap=12))
        self.body.addWidget(self.area, 1)

    def wanted_height(self, texts: Iterable[str], width: int) -> int:
        """How high it is in a width with the longest of these texts, which has about the most letters and lines."""
        longest = max(texts, key=lambda text: len(text) + text.count("\n") * _LETTERS_OF_A_LINE, default="")
        width = max(width - _BESIDE, 1)
        rect = self.text.fontMetrics().boundingRect(0, 0, width, 0, int(Qt.TextFlag.TextWordWrap), longest)
        above = self.heading.heightForWidth(width) + self.asked.heightForWidth(width)
        return above + rect.height() + self.text.fontMetrics().lineSpacing() + _AROUND

    def show_answer(self, opened: OpenMarking | None, place: Place | None) -> None:
        """Show an answer from its beginning; None before one is chosen."""
        bid = bid_of(opened, place) if opened is not None and place is not None else None
        if opened is None or place is None or bid is None:
            self.heading.setText("No answer is chosen")
            for each in (self.words, self.asked, self.text):
                each.setText("")
            self.trouble.say("")
            return
        question = next(each for each in opened.answers.questions if each.number == place[1])
        heading, text = f"{bid_words(opened, bid)}: answer to question {place[1]}", bid.answer(place[1])
        if (heading, text) != (self.heading.text(), self.text.text()):
            self.area.verticalScrollBar().setValue(0)
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self.words.setText(_count(bid.words(place[1]), question))
        self.asked.setText(question.text)
        self.trouble.say(f"The file cannot be read: {bid.trouble}." if bid.trouble else "")
        self.text.setText(text or _NO_ANSWER)
        self.text.set_tone("text" if text else "text_muted")


def _count(words: int, question: Question) -> str:
    return f"{words:,} of {plural(question.most_words, 'word')}" if question.most_words else plural(words, "word")


class AgreedCard(QFrame):
    """All marks are agreed, and where it goes on then."""

    go_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self.words = Text("", "strong")
        self.go_button = Button("Go to Evaluation", "primary", does=self.go_wanted)
        parts = IconLabel("circle-check", "success_mark", 20), (self.words, 1), self.go_button
        in_row(*parts, inside=self, margins=(16, 7, 12, 7), gap=10)

    def show_marking(self, opened: OpenMarking) -> None:
        """Show it once no mark is left to be agreed, until the evaluation is fixed."""
        is_done = opened.stage is MarkingStage.MODERATING and bool(opened.answers.bids) and not opened.left
        self.words.setText(f"All {plural(len(opened.answers.places), 'mark')} are agreed")
        self.setVisible(is_done)


class HeldBackCard(QFrame):
    """A dashed card that says how far the others are and no more, with the way to send one's own marks."""

    send_wanted = Signal()
    take_back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "dashed")
        self.heading = Text("", "strong", wrap=True)
        self.sentence = Text("", "note", "text_muted", wrap=True)
        self.send_button = Button("Send my marks", does=self.send_wanted)
        self.back_button = Button("Take my marks back", does=self.take_back_wanted)
        icon = IconLabel("eye-off", "primary", 26)
        told = in_column(self.heading, self.sentence, gap=2)
        parts = (icon, MIDDLE), (told, 1), (self.send_button, MIDDLE), (self.back_button, MIDDLE)
        in_row(*parts, inside=self, margins=(16, 8, 16, 8), gap=14)

    def show_marking(self, opened: OpenMarking) -> None:
        """Say how far the others are."""
        self.heading.setText(others_words(opened))
        self.sentence.setText(held_back_words(opened))
        mine = opened.mine.stored.record if opened.mine is not None else None
        is_open = opened.stage is MarkingStage.MARKING and mine is not None and mine.has_no_conflict
        self.send_button.setVisible(is_open and mine is not None and mine.sent_on is None)
        self.back_button.setVisible(is_open and mine is not None and mine.sent_on is not None)
        self.send_button.set_kind("primary" if opened.may_mark and not opened.left else "secondary")
        self.setAccessibleName(f"{self.heading.text()} {self.sentence.text()}")
