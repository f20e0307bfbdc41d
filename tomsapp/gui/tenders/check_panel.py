"""The panel of the tab Check: what is found in a bid, the rule, what the other bids offer, and the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tomsapp.domain.tender.bid import BidDecision, DecisionKind
from tomsapp.domain.tender.deciding import BidProblem
from tomsapp.domain.tender.problem_kinds import PROBLEM_KINDS
from tomsapp.domain.wording import format_quantity
from tomsapp.gui.dialogs.edit_conflict import fields_of
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.check_words import STATE_MARKS
from tomsapp.gui.tenders.decision_form import DecisionActions, DecisionEditor, DecisionFields
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, framed, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice, ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.tenders.deciding import effect_of_leaving_out, others_of
from tomsapp.services.tenders.decisions import proposed_decision, take_back

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.problem_words import BesideOthers
    from tomsapp.services.tenders.deciding import BidUnderCheck, OpenCheck

_MARGINS = (20, 14, 12, 12)
_CHOOSE = "Choose a cell to see what is found, and to decide it."
_NOTHING = "Nothing of this is found in the bid."
_FIXED = "The evaluation is fixed, so nothing is decided any more."


class CheckPanel(QWidget):
    """Follows the cell of the grid; what is typed is kept as a draft of its problem until it is recorded."""

    recorded = Signal()
    """A decision was saved: the next problem can come."""
    skipped = Signal()
    refused = Signal()
    """It could not be: somebody may have been first, so it is to be read again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("What is found")
        self._session = session
        self._check: OpenCheck | None = None
        self._bid: BidUnderCheck | None = None
        self._stored: Stored[BidDecision] | None = None
        self.deciding, self.fields = DecisionActions(), DecisionFields()
        self.editor = DecisionEditor(session, self.fields, self.deciding)
        self.editor.conflict_fields = fields_of(made.fact for made in self.fields.facts.values())
        self.bidder = Text("", "small", "text_muted", wrap=True)
        self.title = Text("", "h3", wrap=True)
        self.state = Text("", "note_strong", wrap=True)
        self._mark = IconLabel("circle-help", "danger", 17)
        self.message = Text("", "body", wrap=True, selectable=True)
        self.rule = Text("", "note", wrap=True, selectable=True)
        self.others = Text("", "note", wrap=True, selectable=True)
        self.note = Notice()
        self.effect = ProblemRow("info", "")
        self.record_button = Button("Record decision", "primary", small=True, does=self.record)
        self.skip_button = Button("Skip", small=True, does=self.skipped.emit)
        self.back_link = LinkButton("Take back…", role="note", does=self.take_back)
        self._build()
        self.editor.told.connect(self.note.say)
        self.editor.shown.connect(self._on_shown)
        self.editor.saved.connect(lambda _stored: self.recorded.emit())
        self.fields.edited.connect(self._say_effect)
        self.show_cell(None, None, None, "")

    def _build(self) -> None:
        self._inset = _inset("The rule", self.rule)
        self._beside = _inset("What the bids offer", self.others)
        self._stands = holding(in_row(self._mark, (self.state, 1), self.back_link, gap=6))
        self._entry = holding(in_column(self.fields))
        parts = in_column(
            *(self.message, self._inset, self._beside, self.note, self._entry, STRETCH),
            margins=(0, 0, BESIDE_BAR, 0),
            gap=10,
        )
        self._area = ScrollArea("What is found", holding(parts), only_down=True)
        buttons = in_row(self.record_button, self.skip_button, STRETCH, gap=8)
        self._foot = holding(in_column(self.effect, buttons, gap=8))
        head = self.bidder, self.title, self._stands
        self._column = in_column(*head, (self._area, 1), self._foot, inside=self, margins=_MARGINS, gap=6)

    # Showing

    def show_cell(
        self, check: OpenCheck | None, bid: BidUnderCheck | None, found: BidProblem | None, title: str
    ) -> None:
        """Show what is found in a cell of the grid, or what is new in it; `title` is that of its row."""
        self._check, self._bid = check, bid
        self.deciding.check_shown, self.deciding.found = check, found
        self.bidder.setText(bid.supplier if bid is not None else "")
        self.bidder.setVisible(bid is not None)
        self.title.setText(PROBLEM_KINDS[found.problem.code].title if found is not None else title or "Check")
        is_found = check is not None and bid is not None and found is not None
        for part in (self._stands, self._inset):
            part.setVisible(is_found)
        self._entry.setVisible(is_found and self._may_decide)
        self._foot.setVisible(is_found and self._may_decide)
        # Where there is no grid, it says itself why.
        self.message.setText(_NOTHING if bid is not None else _CHOOSE if check is not None else "")
        self._beside.hide()
        self.note.say("")
        if check is None or bid is None or found is None:
            self.editor.close()
            return
        self.message.setText(f"{found.problem.message}.")
        self.rule.setText(found.rule)
        self._say_state(found)
        self._say_others(check, bid, found)
        self._show_decision(check, bid, found)

    @property
    def _may_decide(self) -> bool:
        """Whether a decision can be made of what is shown."""
        check, found = self.deciding.check_shown, self.deciding.found
        return check is not None and found is not None and check.may_decide and found.can_be_decided

    def _say_state(self, found: BidProblem) -> None:
        mark = STATE_MARKS[found.state]
        self._mark.set_icon(mark.icon, mark.tone)
        self.state.setText(found.words)
        self.state.set_tone(mark.tone)
        self.back_link.setVisible(found.decision is not None and self._check is not None and self._check.may_decide)
        self.back_link.setAccessibleName(f"Take back: {found.words}")

    def _say_others(self, check: OpenCheck, bid: BidUnderCheck, found: BidProblem) -> None:
        told = others_of(check, bid, found)
        self.others.setText("\n".join(_others_words(each) for each in told))
        self._beside.setVisible(bool(told))

    def _show_decision(self, check: OpenCheck, bid: BidUnderCheck, found: BidProblem) -> None:
        self._stored = bid.decision(found.key)
        self.fields.show_problem(found, check.read.newest.edition)
        if self._may_decide:
            # Nothing is chosen for whoever decides.
            proposal = replace(proposed_decision(bid, found, _today()), kind=cast("DecisionKind", None))
            self.editor.show_place(self._stored, proposal)
        else:
            self.editor.close()
            if not check.may_decide and found.state.is_open:
                self.note.say(_FIXED)
        self._say_effect()

    def _on_shown(self) -> None:
        """What was typed before may be another choice than what is saved."""
        self.fields.show_what_is_asked()
        self._say_effect()

    def _say_effect(self) -> None:
        """What leaving the chosen line out does, in pounds."""
        line = self.fields.line_field.value
        is_out = self.fields.kind_field.value is DecisionKind.LEAVE_OUT
        if self._check is None or self._bid is None or not is_out or line is None:
            self.effect.hide()
            return
        self.effect.set_sentence(" ".join(effect_of_leaving_out(self._check, self._bid, str(line))))
        self.effect.show()

    # What the user does

    def choose(self, kind: DecisionKind) -> None:
        """Choose what is done, by its key, and go on where it is said why, or which line is meant."""
        if self._may_decide and self.fields.kind_field.choose(kind):
            self._column.activate()  # what it does in pounds stands below by now, and takes room from the form
            is_to_choose = kind is DecisionKind.LEAVE_OUT and self.fields.line_field.value is None
            said = "question" if kind is DecisionKind.ASK else "reason"
            name = "line" if is_to_choose else said
            self.fields.focus_field(name)
            self._area.ensureWidgetVisible(self.fields.field(name))

    def record(self) -> None:
        """Record what is chosen and typed, where something can be decided."""
        if self._may_decide:
            self.editor.save()

    def focus_first(self) -> None:
        """Move the keyboard to the choices, or to where reading begins."""
        kind = self.fields.kind_field
        first = next((button for button in kind.buttons.values() if button.isChecked()), None)
        first = first or next((button for button in kind.buttons.values() if button.isEnabled()), None)
        if self._may_decide and first is not None:
            first.setFocus()

    def take_back(self) -> None:
        """Take what was decided back, so that it is to be decided anew."""
        check, stored = self._check, self._stored
        if check is None or stored is None:
            return
        self.editor.forget_draft()
        job = self._session.act(lambda workspace, _progress: take_back(workspace, check, stored))
        job.failure(self._on_refused).start()

    def _on_refused(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)
        self.refused.emit()


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's calendar


def _inset(heading: str, words: Text) -> QFrame:
    return framed(in_column(Text(heading, "note_strong", "text_muted"), words, margins=(12, 8, 12, 10), gap=4), "inset")


def _others_words(beside: BesideOthers) -> str:
    """What the bids promise of a measure: "V01: 62 (Calder), 6 (Lamp), nothing (Rowan). Median of the others 6."."""
    told = ", ".join(
        f"{'nothing' if quantity is None else format_quantity(quantity)} ({name})" for name, quantity in beside.promised
    )
    middle = "" if beside.middle is None else f" Median of the others {format_quantity(beside.middle)}."
    return f"{beside.measure}: {told}.{middle}"
