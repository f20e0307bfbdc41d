"""Asks for what an act of a tender needs: the day, the role, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.tender.acts import TENDER_ACT, TenderActFacts, TenderActKind
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import DateField, Field, LineField, TextField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.text import Text

Check = Callable[[TenderActFacts], list[Problem]]
_TAKES_AWAY = frozenset({TenderActKind.EXCLUDE, TenderActKind.WITHDRAW, TenderActKind.TAKE_BACK})
"""What takes something away, so that Enter never does it."""


class TenderActDialog(FormDialog):
    """A form for one act; it stays open until what was said is enough, or it is given up.

    `title` names the act with what it is about, `says` tells what it does, a sentence each, and `go` is the button.
    """

    def __init__(
        self,
        proposed: TenderActFacts,
        title: str,
        says: Sequence[str],
        go: str,
        check: Check,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._proposed, self._check = proposed, check
        kind = proposed.kind
        self.setWindowTitle(title)
        self.notice = Notice()
        self.done_on = DateField(f"{kind.done} on")
        self.role = LineField("Your role", TENDER_ACT.fact("role").hint)
        self.reason = TextField(TENDER_ACT.fact("reason").label, TENDER_ACT.fact("reason").hint, lines=3)
        takes_away = kind in _TAKES_AWAY
        self.go_button = Button(go, "danger" if takes_away else "primary", does=self._on_go)
        self.go_button.setDefault(not takes_away)
        told = [Text(sentence, "body", "text_muted", wrap=True) for sentence in says]
        cancel = Button("Cancel", does=self.reject)
        asked = (*told, self.notice, *self._by_name.values())
        self.build(title, "What the act needs", asked, in_row(STRETCH, self.go_button, cancel))
        self.done_on.set_date(proposed.done_on)
        self.role.set_text(proposed.role)
        self.reason.set_text(proposed.reason)

    def begin(self) -> None:
        """Begin in the first field that is to be filled in."""
        (self.reason if self._proposed.role else self.role).control.setFocus()

    @property
    def _by_name(self) -> dict[str, Field]:
        return {"done_on": self.done_on, "role": self.role, "reason": self.reason}

    @property
    def facts(self) -> TenderActFacts:
        """What was typed."""
        done_on = self.done_on.date or date.max
        return replace(self._proposed, done_on=done_on, role=self.role.text, reason=self.reason.text.strip())

    def show_problems(self, problems: Sequence[Problem]) -> bool:
        """Say at each field what is missing or asked; gives whether something must be put right first."""
        said = {problem.where.field: f"{problem.message}. {problem.fix}" for problem in reversed(problems)}
        if not self.done_on.date:
            said["done_on"] = "Enter a date, for example 1 April 2026"
        for name, field in self._by_name.items():
            field.set_error(said.pop(name, None))
        self.notice.say(" ".join(said.values()))
        return any(problem.severity is Severity.ERROR for problem in problems) or not self.done_on.date

    def _on_go(self) -> None:
        """Accept what was said, or say at each field what is missing or asked."""
        if not self.show_problems(self._check(self.facts)):
            self.accept()
            return
        first = next((field for field in self._by_name.values() if field.error), None)
        if first is not None:
            first.control.setFocus()
        announce(self, first.error if first else self.notice.text.text())
