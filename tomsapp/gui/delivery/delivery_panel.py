"""The panel of the tab Delivery: what was returned for one commitment in one quarter, and the form to enter it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.claims import Cell, cell_of
from tomsapp.domain.delivery.delivery import DELIVERY, Delivery, DeliveryState
from tomsapp.domain.delivery.figures import DeliveredLine, QuarterFigures
from tomsapp.gui.contract.typed import spoken_quantity
from tomsapp.gui.delivery.claim_form import ClaimActions, ClaimEditor, ClaimFields, new_claim
from tomsapp.gui.delivery.decisions import Decisions
from tomsapp.gui.delivery.evidence_list import EvidenceList
from tomsapp.gui.delivery.people_list import PeopleList
from tomsapp.gui.delivery.shortfalls import Shortfalls
from tomsapp.gui.delivery.words import NOT_DUE, done_words, number_words
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.delivery import OpenDelivery

_MARGINS = (20, 14, 12, 12)
_CHOOSE = "Choose a quarter to see what was returned in it, or to enter it."


class DeliveryPanel(QWidget):
    """Follows the cell of the grid; what is typed is kept as a draft of its cell until it is saved."""

    saved = Signal()
    """A claim was saved."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("What was returned")
        self.claims, self.fields = ClaimActions(), ClaimFields()
        self.editor = ClaimEditor(session, self.fields, self.claims)
        self.quarter = Text("", "small", "text_muted")
        self.title = Text("", "h3", wrap=True)
        self.state = Text(_CHOOSE, "note", "text_muted", wrap=True)
        self.decided = Text("", "note", wrap=True, selectable=True)
        self.note = Notice()
        self.decisions = Decisions(session)
        self.evidence = EvidenceList(session)
        self.people = PeopleList(session)
        self.shortfalls = Shortfalls(session)
        self.plan_button = LinkButton("", role="note", does=self.copy_plan)
        self.save_button = Button("Save claim", "primary", small=True, does=self.editor.save)
        self.discard_button = Button("Discard", small=True, does=self.editor.discard)
        self._shown: tuple[DeliveredLine, QuarterFigures] | None = None
        self._build()
        self.editor.told.connect(self.note.say)
        self.editor.shown.connect(self._say_state)
        self.editor.saved.connect(lambda _stored: self.saved.emit())
        self.fields.edited.connect(self._say_state)
        self.show_cell(None, None, None, date.min)

    def _build(self) -> None:
        self._entry = holding(in_column(in_row(self.plan_button, STRETCH), self.fields, gap=10))
        parts = in_column(
            self.note,
            self.decided,
            self.evidence,
            self.people,
            self.decisions,
            self._entry,
            self.shortfalls,
            STRETCH,
            margins=(0, 0, BESIDE_BAR, 0),
            gap=10,
        )
        area = ScrollArea("What was returned", holding(parts), only_down=True)
        self._foot = holding(in_row(self.save_button, self.discard_button, STRETCH, gap=8))
        head = self.quarter, self.title, self.state
        in_column(*head, (area, 1), self._foot, inside=self, margins=_MARGINS, gap=6)

    # Showing

    def show_cell(
        self, opened: OpenDelivery | None, line: DeliveredLine | None, figures: QuarterFigures | None, today: date
    ) -> None:
        """Show a cell of the grid, or what is new in the one that is shown; None where it is no quarter."""
        self.claims.opened = opened
        self.shortfalls.show_line(opened, line)
        self._shown = (line, figures) if line and figures else None
        self.title.setText(line.measure.title if line else "Delivery")
        self.quarter.setText(figures.quarter.label if figures else "")
        self.quarter.setVisible(figures is not None)
        is_entered = opened is not None and line is not None and figures is not None and _can_enter(figures)
        self._entry.setVisible(is_entered)
        self._foot.setVisible(is_entered)
        self.decided.setText("" if is_entered or not figures or not figures.delivery else _facts(figures.delivery))
        self.decided.setVisible(bool(self.decided.text()))
        if opened is None or line is None or figures is None:
            self.state.setText(_CHOOSE)
            self.decisions.hide()
            self.evidence.hide()
            self.people.hide()
        else:
            claim = opened.find(line.commitment.key, figures.quarter.quarter)
            self.evidence.show_claim(opened, line, claim)
            self.people.show_claim(opened, line, claim)
            self.decisions.show_claim(opened, line, figures, today)
            self.state.setText(_state_words(cell_of(figures), line))
            self.plan_button.setText(f"Claim as planned: {number_words(figures.planned, line.measure)}")
            self.plan_button.setVisible(bool(figures.planned))
        if is_entered and opened is not None and line is not None and figures is not None:
            self._fill(opened, line, figures, today)
        else:
            self.editor.close()
            self.note.say("")
        self._say_state()

    def _fill(self, opened: OpenDelivery, line: DeliveredLine, figures: QuarterFigures, today: date) -> None:
        place = (line.commitment.key, figures.quarter.quarter)
        self.fields.ask_for_people(is_asked=bool(line.measure.employment_outcome))
        self.editor.show_place(opened.find(*place), new_claim(*place, today))

    def _say_state(self) -> None:
        is_typing = self.editor.is_changed
        self.discard_button.setEnabled(is_typing)
        self.decisions.wait_for_typing(is_typing=is_typing)

    # What the user does

    def focus_first(self) -> None:
        """Move the keyboard to the evidence of a claim, or to where a new one is typed."""
        if not self.evidence.isHidden():
            self.evidence.focus_first()
        elif not self._entry.isHidden():
            self.fields.focus_field("claimed")

    def copy_plan(self) -> None:
        """Put what is planned into the claim; what the evidence shows is typed next."""
        if self._shown is not None and not self._entry.isHidden():
            self.fields.copy_plan(self._shown[1].planned)
            self.fields.focus_field("evidenced")


def _can_enter(figures: QuarterFigures) -> bool:
    """Whether a claim can be entered or changed: nothing was returned yet, or some of it still waits."""
    return figures.delivery is None or figures.delivery.state is DeliveryState.CLAIMED


def _state_words(cell: Cell, line: DeliveredLine) -> str:
    """What the cell says, with the unit: "24 of 30 hours. Rejected"."""
    if cell.state in NOT_DUE:
        return f"{spoken_quantity(cell.planned, line.measure)} planned" if cell.planned else "Nothing planned"
    return f"{done_words(cell, line)}. {cell.state.words}"


def _facts(delivery: Delivery) -> str:
    """What was returned and decided, a line for each fact that is not nothing."""
    lines = []
    for fact in DELIVERY.facts:
        value = getattr(delivery, fact.name)
        if value or fact.name in ("claimed", "evidenced"):
            lines.append(f"{fact.label}: {fact.words(value)}")
    return "\n".join(lines)
