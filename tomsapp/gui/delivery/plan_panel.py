"""The panel of the part Plan: what is planned for one commitment in one quarter, and who does what for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.plan import PLAN_ENTRY, PlanEntry
from tomsapp.domain.delivery.quarters import ContractQuarter
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.gui.delivery.plan_model import PlanRow
from tomsapp.gui.delivery.quarter_editor import QuarterEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.problems import Notice
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text
from tomsapp.services.changes import Done
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_plans import check_entry, save_plan
from tomsapp.services.failures import StoreError
from tomsapp.services.typed_quantities import HeldText
from tomsapp.services.workspace import Workspace

_MARGINS = (20, 14, 12, 12)
_CHOOSE = "Choose a quarter to say what is done for it."


class PlanActions:
    """Checks and saves entries of the plan of the contract as it was last read."""

    def __init__(self) -> None:
        self.opened: OpenDelivery | None = None

    def check(self, _workspace: Workspace, record: PlanEntry, _number: int | None = None) -> list[Problem]:
        """What must be put right before the entry is saved."""
        return check_entry(self._known(), record)

    def add(self, workspace: Workspace, record: PlanEntry) -> Done[Stored[PlanEntry]]:
        """Plan a quarter that nobody worked on yet."""
        done = save_plan(workspace, self._known(), [(None, record)])
        return Done(done.result[0], done.edit)

    def save(self, workspace: Workspace, before: Stored[PlanEntry], record: PlanEntry) -> Done[Stored[PlanEntry]]:
        """Save it over the state that the user started from."""
        done = save_plan(workspace, self._known(), [(before, record)])
        return Done(done.result[0], done.edit)

    def _known(self) -> OpenDelivery:
        if self.opened is None:
            raise StoreError("The contract is not open any more", "Open it again")
        return self.opened


class PlanPanel(QWidget):
    """Follows the cell of the grid; what is typed is kept as a draft of its cell until it is saved."""

    saved = Signal()
    """An entry was saved."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("What is planned")
        self.actions_on_plan, self.fields = PlanActions(), RecordForm(PLAN_ENTRY)
        self.editor: QuarterEditor[PlanEntry] = QuarterEditor(session, self.fields, self.actions_on_plan)
        self.quarter = Text("", "small", "text_muted")
        self.title = Text("", "h3", wrap=True)
        self.state = Text(_CHOOSE, "note", "text_muted", wrap=True)
        self.note = Notice()
        self.save_button = Button("Save plan", "primary", small=True, does=self.editor.save)
        self.discard_button = Button("Discard", small=True, does=self.editor.discard)
        area = ScrollArea(
            "What is planned",
            holding(in_column(self.note, self.fields, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=10)),
            only_down=True,
        )
        self._foot = holding(in_row(self.save_button, self.discard_button, STRETCH, gap=8))
        head = self.quarter, self.title, self.state
        in_column(*head, (area, 1), self._foot, inside=self, margins=_MARGINS, gap=6)
        self.editor.told.connect(self.note.say)
        self.editor.shown.connect(self._say_state)
        self.editor.saved.connect(lambda _stored: self.saved.emit())
        self.fields.edited.connect(self._say_state)
        self.show_cell(None, None, None, None, None)

    def show_cell(
        self,
        opened: OpenDelivery | None,
        row: PlanRow | None,
        quarter: ContractQuarter | None,
        entry: PlanEntry | None,
        stored: Stored[PlanEntry] | None,
        held: HeldText | None = None,
    ) -> None:
        """Show a cell of the grid, or what is new in it; None where it is no quarter, `held` what is wrong in it."""
        self.actions_on_plan.opened = opened
        self.title.setText(row.measure.title if row else "Plan")
        self.quarter.setText(quarter.label if quarter else "")
        self.quarter.setVisible(quarter is not None)
        is_shown = row is not None and quarter is not None and entry is not None
        self.fields.setVisible(is_shown)
        self._foot.setVisible(is_shown)
        said = f"The year: {row.sum_words}. {row.source.value}." if row and is_shown else _CHOOSE
        self.state.setText(f"{held.message}. {held.fix}." if held else said)
        self.state.set_tone("danger" if held else "text_muted")
        if not is_shown or entry is None:
            self.editor.close()
            self.note.say("")
        else:
            self.editor.show_place(stored, entry)
        self._say_state()

    def _say_state(self) -> None:
        self.discard_button.setEnabled(self.editor.is_changed)

    def focus_first(self) -> None:
        """Move the keyboard to the action: the quantity is typed in the grid."""
        self.fields.focus_field("action")
