"""The right-hand panel of the contract page: live total, policy checks, and how a figure came about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tomsapp.domain import policy
from tomsapp.domain.money import round_pounds
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.rules_origin import NOT_KNOWN, RulesOrigin
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.contract.act_timeline import ActTimeline
from tomsapp.gui.contract.figures import Figure, FigureKind, admitted_text, explain, share_text
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.explanation import Explanation, ExplanationPanel
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.painted_buttons import FigureButton
from tomsapp.gui.widgets.policy import PolicyCheck, PolicyChecks
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.stack import Stack
from tomsapp.gui.widgets.text import Text, hairline

_MARGIN = 20
_BESIDE_BAR = 8
"""Room between the figures at the right and the bar that scrolls them."""
_LEAST_EXPLANATION = 170


class ContractPanel(QWidget):
    """Total, real pounds, share and checks stay put; the explanation, or a form in its place, scrolls."""

    left = Signal()
    """The user closed the explanation or form, and the keyboard goes back where it was."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Figures of this contract")
        self._checked: CheckedOffer | None = None
        self._origin = NOT_KNOWN
        self._figure: Figure | None = None
        self._total = FigureButton("Social value of this contract", "display")
        self._admitted = Text("", "note", "warning", wrap=True)
        self._real = FigureButton("Real pounds")
        self._share = FigureButton("Share of contract value")
        self._per_pound = FigureButton("Social value per £1 spent")
        self._checks = PolicyChecks()
        self._checks_head = Text("Policy checks", "h3")
        self.acts = ActTimeline()
        self.explanation = ExplanationPanel()
        self._stack = Stack()
        self._build()
        self._connect()

    def _build(self) -> None:
        explanation = _Holder(self.explanation, _LEAST_EXPLANATION)
        parts = self._checks_head, self._checks, self.acts, hairline(), (explanation, 1)
        reading = in_column(*parts, margins=(0, 0, _BESIDE_BAR, 0), gap=10)
        self._stack.addWidget(ScrollArea("Figures and policy checks", holding(reading), only_down=True))
        caption = Text("Social value of this contract", "note_strong", "text_muted")
        self._admitted.hide()
        captions = {"Real pounds": self._real, "Share of value": self._share, "Per £1 spent": self._per_pound}
        facts = [in_column(Text(words, "small", "text_muted"), shown, gap=1) for words, shown in captions.items()]
        in_column(
            in_column(caption, self._total, self._admitted, gap=4),
            in_row(*facts, STRETCH, gap=26),
            hairline(),
            (self._stack, 1),
            inside=self,
            margins=(_MARGIN, 14, _MARGIN, 12),
            gap=10,
        )

    def _connect(self) -> None:
        for figure, kind in (
            (self._total, FigureKind.TOTAL),
            (self._real, FigureKind.REAL_POUNDS),
            (self._share, FigureKind.SHARE),
            (self._per_pound, FigureKind.PER_POUND),
        ):
            figure.clicked.connect(partial(self.show_figure, Figure(kind)))
        self._checks.chosen.connect(lambda code: self.show_figure(Figure(FigureKind.POLICY, code)))
        self.explanation.closed.connect(self._on_closed)

    # Figures

    def show_figures(self, checked: CheckedOffer, origin: RulesOrigin = NOT_KNOWN) -> None:
        """Show other figures; an open explanation follows them. `origin` says whose the policy rules are."""
        before, self._checked, self._origin = self._checked, checked, origin
        valuation = checked.valuation
        total = format_pounds(valuation.social_value)
        if before is not None and before.valuation.social_value != valuation.social_value:
            announce(self, f"Social value of this contract {total}")
        self._total.set_figure(total)
        admitted = admitted_text(checked)
        self._admitted.setText(admitted)
        self._admitted.setVisible(bool(admitted))
        self._real.set_figure(format_pounds(valuation.real_pounds))
        share = checked.admissible.share_of_contract_value
        self._share.set_figure(share_text(share))
        self._per_pound.set_figure(format_pounds(round_pounds(share)))
        if before is None or before.policy_checks != checked.policy_checks:
            self._checks.set_checks([_shown_check(check) for check in checked.policy_checks])
        if self._figure is not None:
            self._explain_again(self._figure)

    def show_figure(self, figure: Figure) -> None:
        """Show how a figure came about."""
        made = explain(figure, self._checked, self._origin) if self._checked else None
        if made is not None:
            self._figure = figure
            self.show_form(None)
            self._give_room(is_reading=True)
            self.explanation.show_explanation(made, take_focus=True)

    @property
    def shown(self) -> Explanation | None:
        """The explanation that is open, or None."""
        return self.explanation.explanation

    def clear(self) -> None:
        """Forget the contract that was shown."""
        self._checked = self._figure = None
        self.show_form(None)
        self.explanation.close_explanation()

    def _explain_again(self, figure: Figure) -> None:
        made = explain(figure, self._checked, self._origin) if self._checked else None
        if made is None:
            self.explanation.close_explanation()
        elif made != self.shown:
            self.explanation.show_explanation(made)

    # Forms

    def show_form(self, form: QWidget | None) -> None:
        """Show a form in the place of checks and explanation, or those again for None."""
        if form is None:
            self._stack.setCurrentIndex(0)
            return
        if self._stack.indexOf(form) < 0:
            self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the explanation first, then gives the keyboard back."""
        if event.key() == Qt.Key.Key_Escape:
            if self.shown is not None:
                self.explanation.close_explanation()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def _give_room(self, *, is_reading: bool) -> None:
        """While an explanation is read, down to its source, each check takes one line and the acts none."""
        self._checks.set_brief(is_brief=is_reading)
        self._checks_head.setVisible(not is_reading)
        self.acts.set_brief(is_brief=is_reading)

    def _on_closed(self) -> None:
        self._figure = None
        self._give_room(is_reading=False)
        self.left.emit()


class _Holder(QWidget):
    """Gives its content the height there is, at least `least` px, whatever its wrapped texts would like."""

    def __init__(self, content: QWidget, least: int) -> None:
        super().__init__()
        self._content = content
        content.setParent(self)
        self.setMinimumHeight(least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the content."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())


def _shown_check(check: policy.PolicyCheck) -> PolicyCheck:
    words = "\n".join(part for part in (check.brief, check.note) if part)
    return PolicyCheck(check.rule.code, check.rule.title, check.word, words, check.result)
