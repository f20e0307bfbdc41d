"""What a variation does: value, years, social value and policy results with it, beside what they are now."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.money import difference
from tomsapp.domain.policy import PolicyCheck
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import format_change, format_date, format_percent, format_pounds, plural
from tomsapp.gui.tokens import FontRole
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.policy import RESULT_LOOKS
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text, hairline
from tomsapp.services.variations import OpenVariation

_MARGINS = (20, 14, 20, 12)
_PLACES = 2
"""Decimals of a per cent, which is cut and never rounded up."""


class EffectPanel(QWidget):
    """The figures now and with the variation, its policy results, and what is still to be put right."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What the variation does")
        self._total = ""
        self._figures = in_grid(gaps=(14, 8), shares=(2, 3, 3))
        self._rules = in_column(gap=8)
        self._changes = in_column(gap=4)
        self._open = in_column(gap=6)
        parts = (
            Text("What it does", "h3"),
            self._figures,
            hairline(),
            Text("Policy checks", "h3"),
            self._rules,
            hairline(),
            Text("What it changes", "h3"),
            self._changes,
            self._open,
            STRETCH,
        )
        area = ScrollArea(
            "What the variation does", holding(in_column(*parts, margins=(0, 0, 8, 0), gap=10)), only_down=True
        )
        in_column((area, 1), inside=self, margins=_MARGINS)

    def show_variation(self, one: OpenVariation) -> None:
        """Show what it does now; the new total is said aloud."""
        total = format_pounds(one.varied.checked.valuation.social_value)
        if self._total and self._total != total:
            announce(self, f"Social value with the variation {total}")
        self._total = total
        self._show_figures(one)
        empty_layout(self._rules)
        held = {check.rule.code: check for check in one.opened.checked.policy_checks}
        for check in one.varied.checked.policy_checks:
            self._rules.addWidget(_rule_row(held.get(check.rule.code), check))
        _fill(self._changes, _changes_of(one))
        _fill(self._open, _open_of(one))

    def _show_figures(self, one: OpenVariation) -> None:
        now, then = one.opened.contract, one.varied.contract
        before, after = one.opened.checked, one.varied.checked
        worth = before.valuation.social_value, after.valuation.social_value
        shares = before.admissible.share_of_contract_value, after.admissible.share_of_contract_value
        rows = (
            ("", "Now", "With it"),
            ("Social value", *map(format_pounds, worth)),
            ("", "", format_change(difference(worth[1], worth[0])) if worth[0] != worth[1] else "no difference"),
            ("Contract value", format_pounds(now.value), format_pounds(then.value)),
            ("Share of value", *(format_percent(share, _PLACES) for share in shares)),
            ("Last day", format_date(now.end_on), format_date(then.end_on)),
            ("Length", length_text(now.start_on, now.end_on), length_text(then.start_on, then.end_on)),
        )
        empty_layout(self._figures)
        for place, (caption, was, will) in enumerate(rows):
            told = Text(caption, "small", "text_muted", wrap=True)
            told.setAccessibleName(f"{caption}: now {was}, with the variation {will}" if caption else will)
            is_head = not place
            role: FontRole = "note" if is_head or not caption else "strong" if was != will else "body"
            self._figures.addWidget(told, place, 0, TOP)
            self._figures.addWidget(Text(was, "note" if is_head else "body", "text_muted", wrap=True), place, 1, TOP)
            self._figures.addWidget(Text(will, role, "text_muted" if is_head else "text", wrap=True), place, 2, TOP)


def _rule_row(was: PolicyCheck | None, check: PolicyCheck) -> QWidget:
    icon, mark, tone = RESULT_LOOKS[check.result]
    before = "" if was is None or was.word == check.word else f"now: {was.word}"
    title = Text(check.rule.title, "body", wrap=True)
    title.setAccessibleName(f"{check.rule.title}, with the variation: {check.word}{f'; {before}' if before else ''}")
    told = in_column(
        title,
        Text(check.word, "strong", tone, wrap=True),
        Text(before, "note", "text_muted") if before else None,
        gap=0,
    )
    return holding(in_row((IconLabel(icon, mark), TOP), (told, 1), gap=8))


def _changes_of(one: OpenVariation) -> Iterable[QWidget]:
    for words in one.told.words:
        yield Text(words, "note", wrap=True)
    for line in one.told.lines:
        yield Text(f"{line.measure}: {line.words}", "note", wrap=True)
    if not one.told.words and not one.told.lines:
        yield Text("Nothing yet. Change a fact, or a quantity in the table.", "note", "text_muted", wrap=True)


def _open_of(one: OpenVariation) -> Iterable[QWidget]:
    """What must be put right in the lines, and what is asked anew: it stays open, as what is signed takes no answer."""
    problems = one.varied.checked.problems
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if errors:
        words = f"{plural(errors, 'problem', 'problems')} in the lines to put right before it is signed"
        yield _marked("octagon-alert", "danger_mark", words)
    asked = {problem.key for problem in one.opened.checked.open_problems}
    new = [problem for problem in problems if _is_asked(problem) and problem.key not in asked]
    for problem in new:
        yield _marked("triangle-alert", "warning_mark", f"Asked with it: {problem.message}")


def _is_asked(problem: Problem) -> bool:
    return problem.is_open and problem.severity is Severity.WARNING


def _marked(icon: str, tone: str, words: str) -> QWidget:
    return holding(in_row((IconLabel(icon, tone, 17), TOP), (Text(words, "note", wrap=True), 1), gap=6))


def _fill(layout: QVBoxLayout, widgets: Iterable[QWidget]) -> None:
    empty_layout(layout)
    for widget in widgets:
        layout.addWidget(widget)
