"""Asks once before a version of a pack is issued: what is warned of and what changed, in which role, on which day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.tender.acts import TENDER_ACT, TenderActFacts
from tomsapp.domain.wording import plural
from tomsapp.gui.records.record_form import sentence
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.fields import DateField, Field, LineField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice, ProblemRow
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.gui.jobs import Job

_FIRST = "It fixes version 1 of the pack for good. A later change makes the next version, with a list of what changed."
_LATER = (
    "It fixes version {version} of the pack for good. Bidders read what changed since version {before}; what they "
    "saved for it is recognised."
)
_DAY_MISSING = "Enter a date, for example 1 April 2026"


class IssueDialog(FormDialog):
    """Stays open until the version is issued, or it is given up."""

    def __init__(
        self,
        reference: str,
        proposed: TenderActFacts,
        warnings: Sequence[str],
        changes: Sequence[str],
        check: Callable[[TenderActFacts], Job[list[Problem]]],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._proposed, self._check = proposed, check
        version = proposed.version or 1
        title = f"Issue version {version} of {reference}"
        self.setWindowTitle(title)
        self.notice = Notice()
        self.role = LineField("Your role", TENDER_ACT.fact("role").hint)
        self.done_on = DateField("Issued on")
        self.go_button = Button(f"Issue version {version}", "primary", icon_name="upload", does=self._on_go)
        words = _FIRST if version == 1 else _LATER.format(version=version, before=version - 1)
        says = Text(words, tone="text_muted", wrap=True)
        self._changes, self._warnings = in_column(gap=3), in_column(gap=6)
        asked = (says, holding(self._changes), holding(self._warnings), self.notice, self.role, self.done_on)
        foot = in_row(STRETCH, self.go_button, Button("Cancel", does=self.reject))
        self.build(title, "What issuing needs", asked, foot, 560)
        self.show_found(warnings, changes)
        self.role.set_text(proposed.role)
        self.done_on.set_date(proposed.done_on)

    def begin(self) -> None:
        """Begin in the role: that of last time is typed over."""
        self.begin_in(self.role)

    def show_found(self, warnings: Sequence[str], changes: Sequence[str]) -> None:
        """Show what is confirmed and what changed, as it was read last; what was typed stays."""
        since = (self._proposed.version or 1) - 1
        head = f"{plural(len(changes), 'change')} since version {since}"
        lines = (Text(f"– {each}", "note", wrap=True, selectable=True) for each in changes)
        _fill(self._changes, head, [*lines])
        head = f"Issuing confirms {'this' if len(warnings) == 1 else f'these {len(warnings)} points'}:"
        _fill(self._warnings, head, [ProblemRow("warning", each) for each in warnings])

    @property
    def facts(self) -> TenderActFacts:
        """What was said."""
        return replace(self._proposed, role=self.role.text, done_on=self.done_on.date or date.max)

    @property
    def _by_name(self) -> dict[str, Field]:
        return {"role": self.role, "done_on": self.done_on}

    def _on_go(self) -> None:
        """Look whether it can be done, or say beside each field what must be put right."""
        self._check(self.facts).success(self._on_checked).start()

    def _on_checked(self, problems: Sequence[Problem]) -> None:
        wrong = [each for each in problems if each.severity is Severity.ERROR]
        said = {each.where.field: _sentence(each) for each in reversed(wrong)}
        if not self.done_on.date:
            said["done_on"] = _DAY_MISSING
        for name, field in self._by_name.items():
            field.set_error(said.pop(name, None))
        self.notice.say(" ".join(said.values()))
        first = next((field for field in self._by_name.values() if field.error), None)
        if first is not None:
            first.control.setFocus()
            announce(self, first.error)
        elif said:
            announce(self, self.notice.text.text())
        else:
            self.accept()


def _sentence(problem: Problem) -> str:
    """What is wrong and what to do; of a field that is empty, only that."""
    return sentence("" if problem.code.endswith("missing") else problem.message, problem.fix)


def _fill(column: QVBoxLayout, head: str, parts: Sequence[QWidget]) -> None:
    """Parts below each other under a heading; nothing where there are none."""
    empty_layout(column)
    for part in (Text(head, "strong"), *parts) if parts else ():
        column.addWidget(part)
    around = column.parentWidget()
    if around is not None:
        around.setVisible(bool(parts))
