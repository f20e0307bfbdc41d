"""What stands beside the set-up: weights that add up, the rules that apply, and what is left before issuing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QWidget

from tomsapp.domain.errors import as_sentence
from tomsapp.domain.policy import Policy, PolicyCheck, PolicyResult, check_policy
from tomsapp.domain.tender.choices import Placing, QuantityMethod
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.setup import SetUpProblem, Step, targets_value
from tomsapp.domain.tender.tender import ALL_POINTS, Tender
from tomsapp.domain.wording import format_exact, format_quantity, listed, plural
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.field_place import place_of
from tomsapp.gui.tenders.issuer import Issuer, can_issue, left_of, next_version, show_first
from tomsapp.gui.tenders.step_check import TO_PACK, foot_words
from tomsapp.gui.tenders.tab import SetUpPanel
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, ElidedButton, LinkButton
from tomsapp.gui.widgets.edges import RIGHT, TOP
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, empty_layout, holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text, hairline
from tomsapp.services.tenders.reading import OpenTender, set_up_of

_MARGINS = (20, 14, 12, 12)
_HOW_PRICE, _HOW_QUALITY = "lowest ÷ price", "marked apart"
_HOW_QUANTITY = {
    QuantityMethod.PROPORTIONAL: "value ÷ highest value",
    QuantityMethod.TARGET: "value ÷ target",
    QuantityMethod.BANDS: "in bands",
}
_NO_RULES = "The council has no policy rules."
_NO_LOT = "What the rules ask is shown once a lot has its days and its value, and the menu edition is chosen."
_INDENT, _SUM_ROW = 18, 7
_MOST_LEFT = 6
"""Things that are left and named here; the step Check has all of them."""


class SetUpSide(SetUpPanel):
    """Follows what was read; each figure that does not fit together says so in words."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Weights, rules, and what is left")
        self._opened: OpenTender | None = None
        self._left: int | None = None
        self._told: object = None
        self.issuer = Issuer(session, self)
        self.weights_link = LinkButton("Change", role="note", does=lambda: self._go(Step.WEIGHTS))
        self.weights_link.setAccessibleName("Change the weights")
        to_rules = partial(self.wants_page.emit, "settings", "policy")
        self.rules_link = LinkButton("See the rules", role="note", does=to_rules)
        self._weights = QFrame()
        self._weights.setProperty("k", "inset")
        self._sums = in_grid(inside=self._weights, margins=(12, 9, 12, 9), gaps=(8, 5), shares=(0, 1, 0))
        self._rules = in_column(gap=8)
        self._list = in_column(gap=6)
        self.count = Text("", "strong", "warning")
        self.issue_button = Button("Issue version 1", icon_name="upload", does=self.issue)
        self.pack_button = Button(TO_PACK, icon_name="file-check", does=self.issue)
        self._foot = Text("", "note", "text_muted", wrap=True)
        self._build()
        self.issuer.wants_problem.connect(self._go_to)
        self.issuer.wants_toast.connect(self.wants_toast)
        self.issuer.wants_tab.connect(self.wants_tab)
        self.issuer.stale.connect(self.stale)
        self.issuer.looked.connect(self._show_end)

    def _build(self) -> None:
        parts = (
            in_row((Text("Weights", "h3"), 1), self.weights_link),
            self._weights,
            in_row((Text("Rules that apply", "h3"), 1), self.rules_link),
            self._rules,
            hairline(),
            in_row((Text("Before you can issue", "h3"), 1), self.count),
            self._list,
            STRETCH,
        )
        area = ScrollArea(
            self.accessibleName(), holding(in_column(*parts, margins=(0, 0, BESIDE_BAR, 0), gap=9)), only_down=True
        )
        self._end = holding(
            in_column(self.issue_button, self.pack_button, self._foot, margins=(0, 0, BESIDE_BAR, 0), gap=6)
        )
        in_column((area, 1), self._end, inside=self, margins=_MARGINS, gap=8)

    # Showing

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show what was read; what is left is told once it becomes more or less."""
        if opened is None or (self._opened is not None and self._opened.id != opened.id):
            self._left = self._told = None
        self._opened = opened
        self.issuer.take_up(opened)
        if opened is None:
            for part in (self._sums, self._rules, self._list):
                empty_layout(part)
            return
        if self._told != (told := (opened.id, opened.read, opened.problems)):
            self._told = told
            self._show_weights(opened)
            self._show_rules(opened)
            self._show_left(opened)
        self._show_end()

    def _show_end(self) -> None:
        """What is left and the button that issues, or that leads to the pack while there is no version to be issued."""
        opened, has_changes = self._opened, self.issuer.has_changes
        if opened is None:
            return
        self.issue_button.setText(f"Issue version {next_version(opened)}")
        show_first(*(self.issue_button, self.pack_button)[:: 1 if has_changes else -1])
        left = len(left_of(opened))
        self.count.setText(f"{left} left" if left else "Ready" if has_changes else "Nothing changed")
        self.count.set_tone("warning" if left else "success" if has_changes else "text_muted")
        self._end.setVisible(can_issue(opened))
        self._foot.setText(foot_words(opened, has_changes=has_changes))

    def _show_weights(self, opened: OpenTender) -> None:
        empty_layout(self._sums)
        for row, (name, how, points, is_part) in enumerate(weight_lines(opened)):
            name_text = Text(name, "note" if is_part else "strong", "text_muted" if is_part else "text")
            name_text.setAccessibleName(", ".join(filter(None, (name, how, f"{points} points"))))
            name_text.setContentsMargins(_INDENT if is_part else 0, 0, 0, 0)
            told, figure = Text(how, "note", "text_muted", wrap=True), Text(points, "body" if is_part else "strong")
            told.setAlignment(RIGHT)
            self._sums.addWidget(name_text, row, 0, TOP)
            self._sums.addWidget(told, row, 1)
            self._sums.addWidget(figure, row, 2, RIGHT | TOP)
        self._sums.addWidget(hairline(), _SUM_ROW - 1, 0, 1, 3)
        self._sums.addWidget(_sum_line(opened.tender), _SUM_ROW, 0, 1, 3)

    def _show_rules(self, opened: OpenTender) -> None:
        empty_layout(self._rules)
        policy = opened.surroundings.policy
        if policy is None or not policy.rules:
            self._rules.addWidget(Text(_NO_RULES, "note", "text_muted", wrap=True))
            return
        asked = rules_by_lots(opened, policy)
        if not asked:
            self._rules.addWidget(Text(_NO_LOT, "note", "text_muted", wrap=True))
        for lots, rules in asked:
            if len(opened.lots) > 1:
                self._rules.addWidget(Text(lots, "note_strong", "text_muted", wrap=True))
            for rule in rules:
                self._rules.addWidget(_rule_row(rule))
        short = [each.problem for each in opened.problems if each.problem.code.startswith("targets-short-")]
        for problem in short[:1]:
            self._rules.addWidget(ProblemRow("warning", as_sentence(problem.message)))
        if short[1:]:
            words = f"And {len(short) - 1} more like it"
            self._rules.addWidget(LinkButton(words, role="note", does=lambda: self._go(Step.CHECK)))

    def _show_left(self, opened: OpenTender) -> None:
        empty_layout(self._list)
        left, doubts = left_of(opened), [each for each in opened.problems if not each.is_error]
        for each in left[:_MOST_LEFT]:
            self._list.addWidget(self._left_row(each))
        more = len(left) - _MOST_LEFT
        if more > 0:
            self._list.addWidget(LinkButton(f"And {more} more", role="note", does=lambda: self._go(Step.CHECK)))
        if not left:
            done = in_row(IconLabel("circle-check", "success_mark", 17), (Text("Nothing is left", "note"), 1), gap=8)
            self._list.addWidget(holding(done))
        if doubts:
            words = plural(len(doubts), "point to look at", "points to look at")
            self._list.addWidget(LinkButton(words, role="note", does=lambda: self._go(Step.CHECK)))
        if self._left is not None and self._left != len(left):
            announce(self, f"Before you can issue, {len(left)} left")
        self._left = len(left)

    def _left_row(self, problem: SetUpProblem) -> QWidget:
        """An empty ring, and a link that leads to the field."""
        link = ElidedButton(problem.problem.message, role="note", does=lambda: self._go_to(problem))
        link.setAccessibleName(f"To do: {problem.problem.message}")
        link.setAccessibleDescription(problem.problem.fix)
        row = holding(in_row((IconLabel("circle", "warning_mark", 17), TOP), link, STRETCH, gap=8))
        row.setAccessibleName("To do")
        return row

    # What the user does

    def issue(self) -> None:
        """Issue the next version, or go to what is left first; to the pack where nothing was changed."""
        if self._opened is not None:
            self.issuer.begin(self._opened)

    def _go(self, step: Step) -> None:
        self.wants_step.emit(step.value, "")

    def _go_to(self, problem: SetUpProblem) -> None:
        self.wants_step.emit(problem.step.value, place_of(problem).name)


def weight_lines(opened: OpenTender) -> list[tuple[str, str, str, bool]]:
    """What gives points: its name, how they come about, how many, and whether it is a part of the one before."""
    tender = opened.tender
    questions = [format_quantity(each.record.weight) for each in opened.questions]
    asked = f"{plural(len(questions), 'question')}: {' + '.join(questions)}" if questions else "no question"
    lines = [
        ("Price", _HOW_PRICE, tender.price_points, False),
        ("Quality", _HOW_QUALITY, tender.quality_points, False),
        ("Social value", _placed(tender), tender.social_points, False),
        ("Quantity", _HOW_QUANTITY[tender.method], tender.quantity_points, True),
    ]
    if tender.statement_points or questions:
        lines.append(("Statement", asked, tender.statement_points, True))
    return [(name, how, format_exact(points), is_part) for name, how, points, is_part in lines]


def _placed(tender: Tender) -> str:
    if tender.placing is Placing.BESIDE:
        return ""
    return f"{format_quantity(tender.social_weight)}% of quality {format_quantity(tender.quality_weight)}"


def sum_words(tender: Tender) -> str:
    """The points as they are added up: "40 + 40 + 20"."""
    parts: tuple[Fraction, ...] = (tender.price_points, tender.quality_points, tender.social_points)
    return " + ".join(map(format_exact, parts))


def _sum_line(tender: Tender) -> QWidget:
    """What the weights add up to, and whether that is all points."""
    adds_up = tender.all_points == ALL_POINTS
    icon = ("circle-check", "success_mark") if adds_up else ("triangle-alert", "warning_mark")
    words = "adds up to 100" if adds_up else f"comes to {format_exact(tender.all_points)}, not 100"
    told = Text(words, "strong", "success" if adds_up else "warning")
    return holding(in_row(Text(sum_words(tender), "strong"), STRETCH, IconLabel(*icon, 17), told, gap=6))


class AskedRule(NamedTuple):
    """What a rule asks of a lot: whether it applies, or how much it needs, and how that comes about."""

    title: str
    asked: str
    sums: str
    applies: bool


def rules_by_lots(opened: OpenTender, policy: Policy) -> list[tuple[str, tuple[AskedRule, ...]]]:
    """What the council's rules ask, with the lots of which they ask the same; none of a lot that cannot be valued."""
    setup = set_up_of(opened)
    lots: dict[tuple[AskedRule, ...], list[Lot]] = {}
    for lot in setup.lots:
        valuation = targets_value(setup, lot)
        if valuation is not None:
            lots.setdefault(tuple(map(_asked_by, check_policy(valuation, policy))), []).append(lot)
    return [(_called(of), rules) for rules, of in lots.items()]


def _asked_by(check: PolicyCheck) -> AskedRule:
    is_scope = check.result in {PolicyResult.YES, PolicyResult.NO}
    asked = check.word if is_scope or not check.needed else check.rule.kind.unit.words(check.needed)
    return AskedRule(check.rule.title, asked, check.brief, check.result is PolicyResult.YES)


def _called(lots: Sequence[Lot]) -> str:
    """The lots of which something is asked: "Lot 2, Libraries", "Each of lots 1, 2 and 3"."""
    if len(lots) == 1:
        return lots[0].name[:1].upper() + lots[0].name[1:]
    return f"Each of lots {listed([str(lot.number) for lot in lots])}"


def _rule_row(rule: AskedRule) -> QWidget:
    icon, tone = ("circle-check", "success_mark") if rule.applies else ("scale", "text_muted")
    title, figure = Text(rule.title, "strong", wrap=True), Text(rule.asked, "strong")
    column = in_column(in_row((title, 1), (figure, TOP), gap=8), gap=1)
    if rule.sums:
        column.addWidget(Text(rule.sums, "note", "text_muted", wrap=True))
    return holding(in_row((IconLabel(icon, tone, 18), TOP), (column, 1), gap=9))
