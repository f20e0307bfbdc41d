"""The part Plan: what is due in each quarter, typed as in a spreadsheet, proposed, returned and accepted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.plan import PLAN_ENTRY
from tomsapp.domain.delivery.plan_versions import planned_years
from tomsapp.gui.contract.paste import read_block
from tomsapp.gui.contract.paste_dialog import PasteDialog
from tomsapp.gui.delivery.plan_bar import PlanBar
from tomsapp.gui.delivery.plan_editor import PlanEditor, quarter_at
from tomsapp.gui.delivery.plan_model import PlanModel
from tomsapp.gui.delivery.plan_panel import PlanPanel
from tomsapp.gui.delivery.plan_table import PlanTable
from tomsapp.gui.delivery.section import DeliverySection, ShownDelivery
from tomsapp.gui.delivery.stops import Stops
from tomsapp.gui.delivery.year_grid import FIRST_QUARTER
from tomsapp.gui.dialogs.conflict import Conflict
from tomsapp.gui.dialogs.edit_conflict import fields_of, settle_conflict
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.layouts import in_column
from tomsapp.gui.widgets.problems import Notice

_KEYS = (
    "Arrows move by cell, typing changes a quantity, Enter opens what is done for it, F8 goes to what is short. "
    "Ctrl+Tab leaves the grid"
)


class PlanSection(DeliverySection):
    """The plan that is worked on, year by year, with the quarter under the cursor in the panel."""

    has_years = True

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._shown: ShownDelivery | None = None
        self.editor = PlanEditor(session)
        self.bar = PlanBar(session)
        self.note = Notice()
        self.model = PlanModel()
        self.table = PlanTable(self.model)
        self.table.setAccessibleDescription(_KEYS)
        self._stops = Stops()
        self.side = PlanPanel(session)
        self.paste_dialog: PasteDialog | None = None
        grid = Card()
        grid.fill(self.table)
        in_column(self.bar, self.note, (grid, 1), inside=self, gap=10)
        self.editor.changed.connect(self._show_plan)
        self.editor.told.connect(self.note.say)
        self.editor.stale.connect(self.stale)
        self.editor.conflict_found.connect(self._on_conflict)
        self.model.quantity_typed.connect(self.editor.type_quantity)
        self.table.cleared.connect(lambda cells: self.editor.set_quantities(dict.fromkeys(cells)))
        self.table.paste_wanted.connect(self.paste)
        self.table.filled_right.connect(self.editor.fill_cells)
        self.table.cell_opened.connect(self.open_cell)
        self.table.selectionModel().currentChanged.connect(lambda *_cells: self._on_moved())
        self.side.saved.connect(self._on_saved)
        self.bar.propose_wanted.connect(self.propose)
        self.bar.done.connect(self.take_keyboard)
        self.bar.refused.connect(self.stale)
        self.bar.again_wanted.connect(self._on_again)

    @property
    def panel(self) -> QWidget | None:
        """What is planned in the quarter under the cursor."""
        return self.side

    # Showing

    def show_delivery(self, shown: ShownDelivery | None) -> None:
        """Show the plan of a contract year; the cursor stays where its row and quarter stay."""
        if shown is None or self._shown is None or shown.opened.stored.id != self._shown.opened.stored.id:
            self.note.say("")
            self._stops.forget()
        self._shown = shown
        self.editor.show(shown.opened if shown else None)
        if shown is None:
            self.model.show_plan(None)
            self._show_cell()

    def _show_plan(self) -> None:
        shown = self._shown
        if shown is None:
            return
        opened = shown.opened
        self.model.show_plan(opened, self.editor.entries, self.editor.held, shown.year)
        year = opened.delivered.years[shown.year].label
        self.table.setAccessibleName(f"Plan of {opened.contract.reference}, year {year}")
        self.bar.show_plan(opened, len(self._short()), len(self.editor.changed_years))
        if not self.table.currentIndex().isValid() and self.model.rows:
            self.table.go_to(0, FIRST_QUARTER)
        self._show_cell()

    def _short(self) -> list[tuple[int, ...]]:
        """Contract year and row of each year of a commitment that does not add up, or in which no number stands."""
        if self._shown is None:
            return []
        opened, entries = self._shown.opened, self.editor.entries
        held = {(key, quarter_at(cell).year) for key, cell in self.editor.held}
        return sorted(
            (year, row)
            for row, line in enumerate(opened.delivered.lines)
            for year, each in enumerate(planned_years(line.commitment, line.measure, opened.contract, entries))
            if not each.adds_up or (line.commitment.key, year) in held
        )

    def _here(self) -> tuple[int, ...]:
        """Contract year and row of the cursor."""
        return self._shown.year if self._shown else 0, self.table.currentIndex().row()

    def _on_moved(self) -> None:
        if self.table.hasFocus():
            self._stops.came_to(self._here())
        self._show_cell()

    def _show_cell(self) -> None:
        index = self.table.currentIndex()
        row, quarter = self.table.current_row(), self.model.quarter_of(index.column())
        opened = self._shown.opened if self._shown else None
        entry = stored = None
        if row is not None and quarter is not None:
            entry = self.editor.entry(row.commitment.key, quarter.quarter)
            stored = self.editor.stored(row.commitment.key, quarter.quarter)
        self.side.show_cell(opened, row, quarter, entry, stored, self.model.held_at(index.row(), index.column()))

    def take_keyboard(self) -> None:
        """Move the keyboard to the grid."""
        self.table.setFocus()

    # What the user does

    def open_cell(self) -> None:
        """Open what is done for the quarter under the cursor; from a title, that of its first quarter."""
        index = self.table.currentIndex()
        if self.model.quarter_of(index.column()) is None:
            self.table.go_to(index.row(), FIRST_QUARTER)
        self.wants_panel.emit(True)
        self.side.focus_first()

    def _on_saved(self) -> None:
        self.wants_panel.emit(False)
        self.table.setFocus()

    def paste(self, text: str, row: int, column: int) -> None:
        """Paste a block of quantities; what cannot be taken is told before anything is."""
        block = read_block(text, self.model, row, column)
        if not block.bad:
            self.editor.set_quantities(block.quantities)
            return
        dialog = PasteDialog(block, self.window())
        dialog.accepted.connect(lambda: self.editor.set_quantities(block.quantities))
        self.paste_dialog = dialog
        open_once(dialog)

    def propose(self) -> None:
        """Propose the plan, or go to what does not add up first."""
        held = next(iter(self.editor.held), None)
        if held is not None or self._short():
            self.note.say("The plan cannot be proposed yet: put right what is marked, then propose it.")
            self.step(1)
        else:
            self.note.say("")
            self.bar.ask(DeliveryActKind.PROPOSE_PLAN)

    def _on_again(self) -> None:
        self.editor.take_in_force()
        self.table.setFocus()

    def _on_conflict(self, conflict: Conflict) -> None:
        settle_conflict(self, conflict, fields_of(PLAN_ENTRY.facts))

    def step(self, by: int) -> bool:
        """Go to the next year that does not add up, from the last on to the first, also of another contract year."""
        if self._shown is None:
            return False
        place = self._stops.next(self._short(), self._here(), by)
        if place is None:
            announce(self, "Every year adds up")
            return True
        year, row = place
        if year != self._shown.year:
            self.year_wanted.emit(year)
        self.table.go_to(row, FIRST_QUARTER)
        self.table.setFocus()
        announce(self, self.model.said(self.model.rows[row], self.model.last_column))
        return True
