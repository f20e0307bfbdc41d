"""Asks how an audit sample is drawn, and what was found of a claim that was drawn."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.audit import AUDIT_ITEM, AUDIT_SAMPLE, AuditItem, AuditSample
from tomsapp.domain.wording import format_pounds, format_quantity
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_row
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.delivery.audit_sheet import SheetClaim
    from tomsapp.domain.history import Stored
    from tomsapp.domain.problems import Problem
    from tomsapp.gui.jobs import Job

_DRAW = (
    "The claims are drawn by the seed alone, so that whoever has it can draw them again. "
    "Write it down before you look at the claims."
)
_DRAWN = ("seed", "until", "size", "notes")
_FOUND = ("found", "notes")


class DrawDialog(RecordDialog[AuditSample]):
    """Asks for the seed, the day to which claims are drawn from, and how many."""

    def __init__(
        self,
        reference: str,
        until: date,
        today: date,
        check: Callable[[AuditSample], Job[list[Problem]]],
        parent: QWidget | None,
    ) -> None:
        form = RecordForm(AUDIT_SAMPLE, facts=[AUDIT_SAMPLE.fact(name) for name in _DRAWN])
        proposed = AuditSample("", until, cast("int", None), today, 0, Decimal("0.00"))
        super().__init__(
            f"Draw a sample of {reference}",
            form,
            proposed,
            check,
            parent,
            above=(Text(_DRAW, "body", "text_muted", wrap=True),),
            go="Draw the sample",
            question="Draw with this seed again?",
        )


class ConclusionDialog(RecordDialog[AuditItem]):
    """Asks how many of the accepted units of a claim are shown; “Shown in full” fills them in."""

    def __init__(
        self,
        claim: SheetClaim,
        before: Stored[AuditItem],
        check: Callable[[AuditItem], Job[list[Problem]]],
        parent: QWidget | None,
    ) -> None:
        form = RecordForm(AUDIT_ITEM, facts=[AUDIT_ITEM.fact(name) for name in _FOUND])
        item = claim.item
        accepted = f"{format_quantity(item.units)} {claim.unit} accepted, {format_pounds(item.pounds)}"
        about = "".join(f"{words}. " for words in (claim.contract, claim.quarter, accepted) if words).strip()
        evidence = "\n".join(claim.evidence) or "No evidence is attached."
        self.whole = Button("Shown in full", small=True, does=self._show_whole)
        self._units = item.units
        super().__init__(
            f"Claim {item.position}: {claim.measure}",
            form,
            item,
            check,
            parent,
            above=(
                Text(about, "body", wrap=True),
                Text(f"{claim.accepted}.", "note", "text_muted", wrap=True),
                Text(evidence, "note", wrap=True, selectable=True),
                holding(in_row(self.whole, STRETCH)),
            ),
            go="Save conclusion",
            before=before,
        )

    def _show_whole(self) -> None:
        made = self.form.facts["found"]
        made.show(self._units)
        made.field.edited.emit()
        self.form.focus_field("notes")
