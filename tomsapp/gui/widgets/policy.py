"""Policy checks: the rule, its result in words, and the sum behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.policy import PolicyResult
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import empty_layout, in_column, in_grid
from tomsapp.gui.widgets.text import IconLabel, Text

_ENOUGH = ("circle-check", "success_mark", "success")
_SHORT = ("triangle-alert", "warning_mark", "warning")
_OPEN = ("minus", "text_muted", "text_muted")
RESULT_LOOKS = {
    PolicyResult.YES: _ENOUGH,
    PolicyResult.MET: _ENOUGH,
    PolicyResult.SHORT: _SHORT,
    PolicyResult.ERRORS: _SHORT,
    PolicyResult.NO: _OPEN,
    PolicyResult.NOTHING_ASKED: _OPEN,
    PolicyResult.NOT_CHECKED: _OPEN,
}
"""The icon of each result, its colour, and the colour of its words."""
_SPACING, _BRIEF_SPACING = 8, 2
_LONG_TITLE = 24
"""A title of more characters than these may take two lines."""


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    """A rule as shown: `result` is Enough, Not enough: short by …, Yes or No; `sum` says how it was worked out."""

    key: str
    rule: str
    result: str
    sum: str
    outcome: PolicyResult


class PolicyCheckRow(CardButton):
    """One check; Enter or a click opens the rule."""

    chosen = Signal(object)
    """Key of the rule."""

    def __init__(self, check: PolicyCheck) -> None:
        super().__init__()
        self._is_brief = False
        self.setProperty("ring_radius", 4)
        self.clicked.connect(lambda: self.chosen.emit(self._check.key))
        self.setAccessibleDescription("Press Enter for the rule")
        # A short title stays on one line, and a long result beside it takes two.
        is_long = len(check.rule) > _LONG_TITLE
        grid = in_grid(inside=self, margins=(0, 2, 0, 2), gaps=(9, 0), shares=(0, 1 if is_long else 0, 1))
        self._icon = IconLabel("minus", size=19)
        grid.addWidget(self._icon, 0, 0, TOP)
        grid.addWidget(Text(check.rule, "strong", wrap=is_long), 0, 1, TOP)
        self._result = Text("", "strong", wrap=True)
        self._result.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._result, 0, 2)
        self._sum = Text("", "note", "text_muted", wrap=True)
        grid.addWidget(self._sum, 1, 1, 1, 2)
        self.show_check(check)

    @property
    def rule(self) -> tuple[str, str]:
        """Key and title of the rule."""
        return self._check.key, self._check.rule

    def show_check(self, check: PolicyCheck) -> None:
        """Show another result of the same rule."""
        self._check = check
        self.setAccessibleName(f"{check.rule}, {check.result}. {check.sum}")
        icon, mark, tone = RESULT_LOOKS[check.outcome]
        self._icon.set_icon(icon, mark)
        self._result.setText(check.result)
        self._result.set_tone(tone)
        self._sum.setText(check.sum)
        self.set_brief(is_brief=self._is_brief)

    def set_brief(self, *, is_brief: bool) -> None:
        """Show only rule and result, with the sum as a tooltip, or the sum too."""
        self._is_brief = is_brief
        self._sum.setVisible(not is_brief)
        self.setToolTip(self._check.sum if is_brief else "")


class PolicyChecks(QWidget):
    """The checks of one contract, one below the other."""

    chosen = Signal(object)
    """Key of the rule that the user wants to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Policy checks")
        self._column = in_column(inside=self, gap=_SPACING)
        self._rows: list[PolicyCheckRow] = []
        self._is_brief = False

    def set_brief(self, *, is_brief: bool) -> None:
        """Take one line a check while something else needs the room, or all its words."""
        self._is_brief = is_brief
        self._column.setSpacing(_BRIEF_SPACING if is_brief else _SPACING)
        for row in self._rows:
            row.set_brief(is_brief=is_brief)

    def set_checks(self, checks: Sequence[PolicyCheck]) -> None:
        """Show other checks; of the same rules, each row stays and says its new result."""
        if [row.rule for row in self._rows] == [(check.key, check.rule) for check in checks]:
            for row, check in zip(self._rows, checks, strict=True):
                row.show_check(check)
            return
        empty_layout(self._column)
        self._rows = [PolicyCheckRow(check) for check in checks]
        for row in self._rows:
            row.set_brief(is_brief=self._is_brief)
            row.chosen.connect(self.chosen)
            self._column.addWidget(row)
