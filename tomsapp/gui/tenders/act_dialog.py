"""Asks for what a sealed act of a tender needs: the role, and the reason where there must be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from tomsapp.domain.seal import letters_missing
from tomsapp.domain.tender.acts import TENDER_ACT, TenderActFacts
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.text import Text

if TYPE_CHECKING:
    from tomsapp.domain.problems import Problem
    from tomsapp.gui.jobs import Job

_REASON = "reason"


class TenderActDialog(RecordDialog[Any]):
    """The act is done on the day on which this is answered, unless the day is asked; `record` has what was said.

    `says` tells what the act does, `check` what must be put right before it is done; `asks` names facts that are asked
    beside the role, and the reason where there must always be one.
    """

    enter_saves = False

    def __init__(
        self,
        title: str,
        says: Sequence[str],
        go: str,
        proposed: TenderActFacts,
        check: Callable[[Any], Job[list[Problem]]],
        parent: QWidget | None,
        asks: Sequence[str] = (),
    ) -> None:
        wanted = {"role", *asks, *((_REASON,) if proposed.kind.always_needs_reason else ())}
        names = [fact.name for fact in TENDER_ACT.facts if fact.name in wanted]
        form: RecordForm[Any] = RecordForm(TENDER_ACT, facts=[TENDER_ACT.fact(name) for name in names])
        super().__init__(title, form, proposed, check, parent, above=[Text(each, wrap=True) for each in says], go=go)
        form.edited.connect(self._say_letters)
        self._say_letters()

    def _say_letters(self) -> None:
        if _REASON in self.form.facts:
            missing = letters_missing(str(self.form.typed()[_REASON]))
            self.form.field(_REASON).say(f"{missing} letters more" if missing else "")

    def begin(self) -> None:
        """Begin in the role, or in the reason where the role is known."""
        name = _REASON if _REASON in self.form.facts and self.form.typed()["role"] else "role"
        self.begin_in(self.form.field(name))
