"""What is due, claimed, evidenced and accepted of a contract, with real pounds apart, and our summary with its sum."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.figures import Delivered
from tomsapp.domain.delivery.silence import silence_words
from tomsapp.domain.wording import format_date, format_pounds
from tomsapp.gui.delivery.words import RATING_MARKS, rating_words, summary_sum
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import add_part, holding, in_column, in_row
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text, hairline

_SUMMARY = "Our summary"


class Figure(QWidget):
    """A caption over pounds, with what is told of them below."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._caption = caption
        self.pounds = Text("", "h3")
        self.real = Text("", "small", "text_muted")
        in_column(Text(caption, "small_strong", "text_muted"), self.pounds, self.real, inside=self, gap=2)

    def show_figure(self, pounds: str, real: str) -> None:
        """Show pounds, and beneath them what is told of them."""
        self.pounds.setText(pounds)
        self.real.setText(real)
        self.setAccessibleName(", ".join(filter(None, (self._caption, pounds, real))))


class TotalsCard(Card):
    """The totals of a contract to a day; proxy pounds and real pounds are never added."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Delivered so far")
        self.due, self.claimed = Figure("Due to date"), Figure("Claimed")
        self.evidenced, self.accepted = Figure("Evidenced"), Figure("Accepted")
        self.caption = ElidedText(_SUMMARY, "small_strong", "text_muted")
        self._icon = IconLabel("minus", "text_muted", 18)
        self.rating = Text("", "h3")
        self.sum = ElidedText("", "small", "text_muted")
        word = in_row(self._icon, (self.rating, 1), gap=6)
        self._summary = holding(in_column(self.caption, word, self.sum, gap=2))
        row = in_row(gap=14)
        for figure in (self.due, self.claimed, self.evidenced, self.accepted):
            row.addWidget(figure, 4)
            row.addWidget(hairline(is_upright=True))
        row.addWidget(self._summary, 7)
        self.body.addLayout(row)
        self.silence = Text("", "note", "text_muted", wrap=True)
        add_part(self.body, self.silence)

    def show_figures(self, delivered: Delivered) -> None:
        """Show the figures of a contract to a day."""
        pounds, last = delivered.pounds, delivered.last_quarter
        self.due.show_figure(format_pounds(pounds.due), f"{format_pounds(delivered.real_due)} in real pounds")
        self.claimed.show_figure(format_pounds(pounds.claimed), "")
        self.evidenced.show_figure(format_pounds(pounds.evidenced), "")
        accepted = f"{format_pounds(delivered.real_accepted)} in real pounds"
        self.accepted.show_figure(format_pounds(pounds.accepted), accepted)
        mark = RATING_MARKS[delivered.summary.rating]
        self.caption.setText(f"{_SUMMARY}, to {format_date(last.ends_on)}" if last else _SUMMARY)
        self._icon.set_icon(mark.icon, mark.tone)
        self.rating.setText(rating_words(delivered.summary))
        self.rating.set_tone(mark.tone)
        self.sum.setText(summary_sum(delivered.summary))
        silence = silence_words(delivered)
        self.silence.setText(silence)
        self.silence.setVisible(bool(silence))
        said = f"{self.caption.whole}: {self.rating.text()}, {self.sum.whole}"
        self._summary.setAccessibleName(". ".join(filter(None, (said, silence))))
