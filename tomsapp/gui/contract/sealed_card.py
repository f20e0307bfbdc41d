"""What stands on the page of a sealed contract: the facts of the seal, and all of it as of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.wording import format_change, format_date, format_pounds, plural
from tomsapp.gui.models.column import Column, change_column, pounds_column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.edges import MIDDLE, TOP
from tomsapp.gui.widgets.facts_flow import FactsFlow
from tomsapp.gui.widgets.layouts import empty_layout, holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.page_header import Fact
from tomsapp.gui.widgets.policy import RESULT_LOOKS
from tomsapp.gui.widgets.scroll_area import ScrollArea
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
        self.facts = FactsFlow()
        self.whole = Text("", "note", "text_muted")
        self.open_link = LinkButton("Open the sealed document", role="note", does=self.document_wanted)
        # Under the facts, which need the whole width, and a second row where the act was entered on a later day.
        told = in_column(self.facts, in_row(self.open_link, (self.whole, 1), gap=26), gap=6)
        self.body.addLayout(in_row((IconLabel("lock", "primary", 24), MIDDLE), (told, 1), gap=16))
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
            *([Fact("As varied", format_pounds(view.as_varied))] if view.is_varied else []),
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


_LEAST_TABLE = 200
_VARIED_PLACE = 3
_COLUMNS_VARIED = (
    *_COLUMNS[:_VARIED_PLACE],
    pounds_column("as_varied", "As varied", lambda line: line.as_varied, 120),
    *_COLUMNS[_VARIED_PLACE:],
)


class SealedToday(QWidget):
    """Policy results and lines as signed, as varied and today, each with the reason where they differ."""

    def __init__(self) -> None:
        super().__init__()
        self.model = RowModel(_COLUMNS_VARIED)
        self.table = DataTable(self.model, "Commitments as signed and today")
        self.stages = Card()
        self.stages.setAccessibleName("The contract as signed, as varied and today")
        self._stages = in_grid(gaps=(20, 4), shares=(3, 2, 2, 2, 3))
        self.stages.body.addLayout(self._stages)
        self.total = Text("", "strong", wrap=True)
        self.rules = Card()
        self.rules.setAccessibleName("Policy checks as sealed and today")
        self._grid = in_grid(gaps=(20, 8), shares=(2, 3, 3, 4))
        self.rules.body.addLayout(self._grid)
        lines = Card()
        lines.fill(self.table)
        # With the variations there is more to tell than a small screen has room for.
        self.table.setMinimumHeight(current_theme().px(_LEAST_TABLE))
        inside = holding(in_column(self.stages, self.rules, (lines, 1), self.total, gap=8))
        in_column((ScrollArea("As signed and today", inside, only_down=True), 1), inside=self)

    def show_view(self, view: SealedView) -> None:
        """Show another contract, or what has changed in it; lines that differ come first."""
        self._show_stages(view)
        self.table.setColumnHidden(_VARIED_PLACE, not view.is_varied)
        self.model.set_rows(sorted(view.lines, key=lambda line: not (line.difference or line.reason)))
        same = sum(not line.difference and not line.reason for line in view.lines)
        change = format_change(view.difference) if view.difference else "no difference"
        self.total.setText(
            f"{plural(len(view.lines), 'commitment')}: {format_pounds(view.as_sealed)} as signed with {view.edition}, "
            f"{f'{format_pounds(view.as_varied)} as varied, ' if view.is_varied else ''}"
            f"{format_pounds(view.today)} today with {view.edition_today}, {change}. "
            f"{plural(same, 'commitment')} without a difference."
        )
        empty_layout(self._grid)
        now = "Today, as varied" if view.is_varied else "Today"
        heads = ("Policy check", f"As sealed, {format_date(view.act.done_on)}", now, "Why it differs")
        for column, words in enumerate(heads):
            self._grid.addWidget(Text(words, "small", "text_muted"), 0, column)
        for place, rule in enumerate(view.rules, start=1):
            self._add_rule(place, rule)

    def _show_stages(self, view: SealedView) -> None:
        """Social value, contract value and last day as signed, with each variation, and today; nothing without one."""
        empty_layout(self._stages)
        self.stages.setVisible(view.is_varied)
        if not view.is_varied:
            return
        rows = [("", "Social value", "Contract value", "Last day", "Why")]
        for stage in view.stages:
            name = f"{stage.name}, {format_date(stage.act.done_on)}"
            change = f"\n{format_change(stage.change)}" if stage.change else ""
            why = stage.act.reason if stage.told else ""
            worth = f"{format_pounds(stage.social_value)}{change}"
            rows.append((name, worth, format_pounds(stage.contract_value), format_date(stage.end_on), why))
        last = view.stages[-1]
        change = f"\n{format_change(view.since_sealed)}" if view.since_sealed else ""
        worth = f"{format_pounds(view.today)}{change}"
        edition = f"Values of {view.edition_today}"
        rows.append(("Today", worth, format_pounds(last.contract_value), format_date(last.end_on), edition))
        for place, row in enumerate(rows):
            for column, words in enumerate(row):
                role: FontRole = "small" if not place else "note" if column else "note_strong"
                cell = Text(words, role, "text" if place else "text_muted", wrap=True)
                if not column and place:
                    told = zip(rows[0][1:], row[1:], strict=True)
                    cell.setAccessibleName(f"{words}: {', '.join(f'{head} {said}' for head, said in told if said)}")
                self._stages.addWidget(cell, place, column, TOP)

    def _add_rule(self, place: int, rule: SealedRule) -> None:
        title = Text(rule.title, "strong", wrap=True)
        why = "\n".join(part for part in (rule.reason, rule.without) if part)
        told = f"{rule.title}, as sealed: {rule.word}; today: {rule.today_word}"
        title.setAccessibleName(f"{told}; reason: {why}" if why else told)
        sealed = _result(rule.word, rule.amounts, rule.result)
        today = _result(rule.today_word, rule.today_amounts, rule.today_result)
        for column, cell in enumerate((title, sealed, today, Text(why, "note", wrap=True))):
            self._grid.addWidget(cell, place, column, TOP)


def _result(word: str, amounts: str, result: PolicyResult) -> QWidget:
    """A result with its mark, and the amounts below it."""
    icon, mark, tone = RESULT_LOOKS[result]
    below = Text(amounts, "note", "text_muted", wrap=True) if amounts else None
    told = in_column(Text(word, "strong", tone, wrap=True), below, gap=0)
    return holding(in_row((IconLabel(icon, mark), TOP), (told, 1), gap=8))
