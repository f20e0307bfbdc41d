"""The part Money: what was really handed over, in real pounds, beside what was agreed to be settled by money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from tomsapp.domain.delivery.ledger import HANDED_OVER, HandedOver, money_words
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.gui.delivery.section import DeliverySection, ShownDelivery, go_to_row, told_and_stale
from tomsapp.gui.delivery.totals_card import Figure
from tomsapp.gui.models.row_model import ROW_ROLE, RowModel
from tomsapp.gui.records.fact_field import FactField, chosen
from tomsapp.gui.records.list_columns import FactColumns
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import EmptyState
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.layouts import STRETCH, in_column, in_row
from tomsapp.gui.widgets.text import Text, hairline
from tomsapp.services.money import add_money, change_money, check_money, take_out_money

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from tomsapp.domain.history import Stored
    from tomsapp.services.changes import Done
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace

_KEYS = "Enter changes the entry under the cursor"
_WHOLE = "The contract as a whole"
_EMPTY = "No money was entered yet"
_WHAT = "Enter money when it was handed over: received when and from whom, passed to whom, with its receipt."


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """An entry of the ledger, and what its commitment is called."""

    stored: Stored[HandedOver]
    line: str


_LISTED: FactColumns[MoneyRow] = FactColumns(
    HANDED_OVER,
    lambda row: row.stored.record,
    values={"commitment": lambda row: row.line},
    looks={
        "received_on": {"width": 138},
        "received_from": {"width": None},
        "amount": {"width": 95},
        "passed_to": {"width": 124},
        "passed_on": {"width": 138},
        "receipt": {"width": 120},
        "commitment": {"width": 60, "starts_hidden": False},
    },
)
_COLUMNS = [column.shown for column in _LISTED.columns()]


class MoneySection(DeliverySection):
    """Lists the ledger of a contract; entries are entered, changed and taken out, and all of it can be undone."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: ShownDelivery | None = None
        self.dialog: RecordDialog[HandedOver] | None = None
        self.received, self.passed, self.held = Figure("Received"), Figure("Passed on"), Figure("Held by the council")
        self.agreed = Figure("Agreed in money")
        totals = Card()
        totals.setAccessibleName("Money so far")
        row = in_row(gap=14)
        for figure, room in ((self.received, 5), (self.passed, 3), (self.held, 3)):
            row.addWidget(figure, room)
            row.addWidget(hairline(is_upright=True))
        row.addWidget(self.agreed, 4)
        totals.body.addLayout(row)
        self.said = Text("", "note", "text_muted", wrap=True)
        self.said.hide()
        self.enter_button = Button("Enter money…", "primary", small=True, does=self.enter)
        self.change_button = Button("Change…", small=True, does=self.change)
        self.out_button = Button("Take out", small=True, does=self.take_out)
        self.model: RowModel[MoneyRow] = RowModel(_COLUMNS)
        self.table = DataTable(self.model, "Money handed over")
        self.table.setAccessibleDescription(_KEYS)
        self.table.set_empty_state(EmptyState("file-text", _EMPTY, _WHAT))
        self.table.row_opened.connect(lambda _row: self.change())
        self.table.current_row_changed.connect(lambda _row: self._show_buttons())
        ledger = Card()
        ledger.fill(self.table)
        buttons = in_row(self.enter_button, self.change_button, self.out_button, STRETCH, gap=8)
        in_column(totals, self.said, buttons, (ledger, 1), inside=self, gap=10)
        self._show_buttons()

    # Showing

    def show_delivery(self, shown: ShownDelivery | None) -> None:
        """Show the ledger of a contract, with what of agreements in money is there."""
        self._shown = shown
        if shown is None:
            self.model.set_rows(())
            self._show_buttons()
            return
        opened = shown.opened
        whole = opened.money()
        count = plural(sum(each.record.received_on <= opened.until for each in opened.ledger), "entry", "entries")
        due = opened.delivered.real_due
        was_due = f", {format_pounds(due)} was due" if due else ""
        self.received.show_figure(format_pounds(whole.received), f"{count}{was_due}")
        self.passed.show_figure(format_pounds(whole.passed), "")
        self.held.show_figure(format_pounds(whole.held), "not passed on yet" if whole.held else "")
        left = f"{format_pounds(whole.outstanding)} is outstanding" if whole.outstanding else ""
        self.agreed.show_figure(format_pounds(whole.agreed), left if whole.agreed else "by no agreement")
        lines = [
            f"{line.measure.code}: {money_words(money)}."
            for line in opened.delivered.lines
            if (money := opened.money(line.commitment.key)).agreed
        ]
        self.said.setText(" ".join(lines))
        self.said.setVisible(bool(lines))
        self.table.setAccessibleName(f"Money handed over under {opened.contract.reference}")
        names = {line.record.key: line.record.measure for line in opened.commitments}
        here = self._row()
        self.model.set_rows([MoneyRow(each, names.get(each.record.commitment, "")) for each in opened.ledger])
        go_to_row(self.table, self.model.place_of(lambda row: here is not None and row.stored.id == here.stored.id))
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_open = self._shown is not None and self._shown.opened.is_open
        self.enter_button.setEnabled(is_open)
        for button in (self.change_button, self.out_button):
            button.setEnabled(is_open and self._row() is not None)

    def _row(self) -> MoneyRow | None:
        index = self.table.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def take_keyboard(self) -> None:
        """Move the keyboard to the ledger, or to what enters the first of it."""
        target = self.table if self.model.rowCount() else self.enter_button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What the user does

    def enter(self) -> None:
        """Ask for money that was handed over."""
        if self._shown is not None:
            proposed = HandedOver(cast("date", None), self._shown.opened.contract.supplier, cast("Decimal", None))
            self._ask(self._shown, None, proposed)

    def change(self) -> None:
        """Ask what is another in the entry under the cursor."""
        row = self._row()
        if self._shown is not None and row is not None:
            self._ask(self._shown, row.stored, row.stored.record)

    def take_out(self) -> None:
        """Take out the entry under the cursor; Undo brings it back."""
        row, shown = self._row(), self._shown
        if shown is not None and row is not None:
            self._act(lambda workspace: take_out_money(workspace, shown.opened, row.stored))

    def _ask(self, shown: ShownDelivery, before: Stored[HandedOver] | None, base: HandedOver) -> None:
        opened, today = shown.opened, shown.today
        form = RecordForm(HANDED_OVER, {"commitment": lambda: _commitment_field(opened)})
        title = f"{'Change' if before else 'Enter'} money handed over for {opened.contract.reference}"
        dialog = RecordDialog(
            title,
            form,
            base,
            lambda entry: self._session.read(lambda _workspace: check_money(opened, entry, today)),
            self.window(),
            go="Save entry" if before else "Enter money",
            before=before,
        )

        def task(workspace: Workspace, _progress: object) -> Done[Stored[HandedOver]]:
            if dialog.before is None:
                return add_money(workspace, opened, dialog.record, today)
            return change_money(workspace, opened, dialog.before, dialog.record, today)

        dialog.close_when_saved(lambda: self._session.act(task), self.stale.emit, self._session.jobs.failed.emit)
        self.dialog = dialog
        open_once(dialog)

    def _act(self, task: MoneyTask) -> None:
        self._session.act(lambda workspace, _progress: task(workspace)).failure(
            told_and_stale(self._session, self.stale)
        ).start()


if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    MoneyTask = Callable[[Workspace], Done[Any]]


def _commitment_field(opened: OpenDelivery) -> FactField:
    """A choice of the commitments of a contract, or of the contract as a whole."""
    fact = HANDED_OVER.fact("commitment")
    lines = [(line.commitment.key, f"{line.measure.code} {line.measure.title}") for line in opened.delivered.lines]
    field = ChoiceField(fact.label, [("", _WHOLE), *lines], fact.hint)
    return chosen(fact, field)
