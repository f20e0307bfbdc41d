"""What stands on the page of a sealed contract: the facts of the seal, and all of it as of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tomsapp.domain.wording import format_change, format_date, format_pounds, plural
from tomsapp.gui.models.column import Column, change_column, pounds_column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.layouts import empty_layout
from tomsapp.gui.widgets.page_header import Fact, FactsStrip
from tomsapp.gui.widgets.policy import RESULT_LOOKS
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.sealed_view import SealedLine

if TYPE_CHECKING:
    from tomsapp.domain.policy import PolicyResult
    from tomsapp.services.sealed_view import SealedRule, SealedView

_SHA_SIGNS = 4


class SealedBanner(Card):
    """The facts of the sealed act, whether its document is still whole, and the way to the document."""

    document_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "sealed")
        self.facts = FactsStrip()
        self.whole = Text("", "note", "text_muted")
        self.open_link = LinkButton("Open the sealed document", role="note")
        self.open_link.clicked.connect(self.document_wanted)
        # Under the facts, which need the whole width where the act was entered on a later day.
        foot = QHBoxLayout()
        foot.setSpacing(26)
        foot.addWidget(self.open_link)
        foot.addWidget(self.whole, 1)
        told = QVBoxLayout()
        told.setSpacing(6)
        told.addWidget(self.facts)
        told.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(IconLabel("lock", "primary", 24), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(told, 1)
        self.body.addLayout(row)
        self.hide()

    def show_view(self, view: SealedView | None) -> None:
        """Show the seal in force, or nothing where there is none."""
        self.setVisible(view is not None)
        if view is None:
            return
        act = view.act
        effect = format_date(act.takes_effect_on) if act.takes_effect_on else "Not recorded"
        facts = [
            Fact(f"{act.kind.done} on", format_date(act.done_on)),
            Fact(f"{act.kind.done} by", f"{act.by}, {act.role}" if act.role else act.by),
            *([Fact("Entered here", format_date(act.entered_on))] if act.entered_on else []),
            Fact("Takes effect", effect),
            Fact("Sealed value", format_pounds(view.as_sealed)),
        ]
        self.facts.set_facts(facts)
        told = ", ".join(f"{fact.caption} {fact.value}" for fact in facts)
        self.setAccessibleName(f"Sealed: {told}")
        sha = f"SHA-256 {act.sha256[:_SHA_SIGNS]} … {act.sha256[-_SHA_SIGNS:]}"
        words = f"{sha}, still whole" if view.whole else "Changed since it was signed"
        self.whole.setText(words)
        self.whole.set_tone("text_muted" if view.whole else "danger")
        self.setToolTip(act.reason)


def _about(line: SealedLine) -> str:
    return f"{line.code} · {line.reason}" if line.reason else line.code


_COLUMNS: tuple[Column[SealedLine], ...] = (
    Column("line", "Commitment", lambda line: line.title, second_line=_about, can_hide=False),
    Column("quantities", "Quantities", lambda line: line.quantities, width=130, align="right"),
    pounds_column("as_sealed", "As signed", lambda line: line.as_sealed, 120),
    pounds_column("today", "Today", lambda line: line.today, 120, none="None"),
    change_column(lambda line: line.difference),
)


class SealedToday(QWidget):
    """Policy results and lines as sealed and today, each with the reason where they differ."""

    def __init__(self) -> None:
        super().__init__()
        self.model = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "Commitments as signed and today")
        self.total = Text("", "strong", wrap=True)
        self.rules = Card()
        self.rules.setAccessibleName("Policy checks as sealed and today")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        for place, stretch in enumerate((2, 3, 3, 4)):
            self._grid.setColumnStretch(place, stretch)
        self.rules.body.addLayout(self._grid)
        lines = Card()
        lines.fill(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.rules)
        column.addWidget(lines, 1)
        column.addWidget(self.total)

    def show_view(self, view: SealedView) -> None:
        """Show another contract, or what has changed in it; lines that differ come first."""
        self.model.set_rows(sorted(view.lines, key=lambda line: not (line.difference or line.reason)))
        same = sum(not line.difference and not line.reason for line in view.lines)
        change = format_change(view.difference) if view.difference else "no difference"
        self.total.setText(
            f"{plural(len(view.lines), 'commitment')}: {format_pounds(view.as_sealed)} as signed with {view.edition}, "
            f"{format_pounds(view.today)} today with {view.edition_today}, {change}. "
            f"{plural(same, 'commitment')} without a difference."
        )
        empty_layout(self._grid)
        heads = ("Policy check", f"As sealed, {format_date(view.act.done_on)}", "Today", "Why it differs")
        for column, words in enumerate(heads):
            self._grid.addWidget(Text(words, "small", "text_muted"), 0, column)
        for place, rule in enumerate(view.rules, start=1):
            self._add_rule(place, rule)

    def _add_rule(self, place: int, rule: SealedRule) -> None:
        title = Text(rule.title, "strong", wrap=True)
        why = "\n".join(part for part in (rule.reason, rule.without) if part)
        told = f"{rule.title}, as sealed: {rule.word}; today: {rule.today_word}"
        title.setAccessibleName(f"{told}; reason: {why}" if why else told)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(title, place, 0, top)
        self._grid.addWidget(_result(rule.word, rule.amounts, rule.result), place, 1, top)
        self._grid.addWidget(_result(rule.today_word, rule.today_amounts, rule.today_result), place, 2, top)
        self._grid.addWidget(Text(why, "note", wrap=True), place, 3, top)

    def focus_first(self) -> None:
        """Move the keyboard to the lines."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _result(word: str, amounts: str, result: PolicyResult) -> QWidget:
    """A result with its mark, and the amounts below it."""
    icon, mark, tone = RESULT_LOOKS[result]
    cell = QWidget()
    grid = QGridLayout(cell)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.addWidget(IconLabel(icon, mark), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Text(word, "strong", tone, wrap=True), 0, 1)
    if amounts:
        grid.addWidget(Text(amounts, "note", "text_muted", wrap=True), 1, 1)
    grid.setColumnStretch(1, 1)
    return cell
