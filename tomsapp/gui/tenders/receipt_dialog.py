"""The receipt of one file: by what it is known, what becomes of it, and what a person says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.papers.tender_receipts import receipt_facts
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.tender.receipt import RECEIPT, Receipt, Standing
from tomsapp.gui.contract.supplier_field import SupplierField
from tomsapp.gui.records.fact_field import FactField, chosen
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.tenders.receipt_rows import LOOKS, ReceiptRow
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.tenders.receipt_saving import check_receipt
from tomsapp.services.tenders.receipts import RECEIVING

if TYPE_CHECKING:
    from tomsapp.domain.problems import Problem
    from tomsapp.gui.jobs import Job
    from tomsapp.gui.session import Session
    from tomsapp.services.tenders.reading import OpenTender

_TYPED = ("supplier", "lot", "portal_on", "portal_time")


class ReceiptDialog(RecordDialog[Receipt]):
    """What the file says itself cannot be typed over; once the evaluation is fixed nothing can."""

    print_wanted = Signal(int)
    """Number of the receipt that is to be printed or sent."""
    save_wanted = Signal(object)
    """The receipt whose file is to be saved as it came."""
    admit_wanted = Signal(int)
    """Number of the receipt of the late file that is to count."""

    def __init__(
        self, session: Session, opened: OpenTender, row: ReceiptRow, suppliers: tuple[str, ...], parent: QWidget | None
    ) -> None:
        stored = row.listed.stored
        self.row = row
        can_change = opened.tender.status in RECEIVING
        form = RecordForm(RECEIPT, _fields(opened, suppliers), [RECEIPT.fact(name) for name in _names(opened)])
        form.setEnabled(can_change)
        number = row.file.number
        self.print_button = Button("Receipt as PDF…", icon_name="printer", does=lambda: self.print_wanted.emit(number))
        self.admit_button = Button("Admit late…", does=lambda: self.admit_wanted.emit(number))
        self.save_button = Button(
            "Save the file…", icon_name="download", does=lambda: self.save_wanted.emit(row.listed)
        )
        self.save_button.setToolTip("A copy as it came, from a stranger: open it with care")
        self.save_button.setVisible(row.file.is_kept and opened.tender.status is not TenderStatus.ISSUED)
        is_late = row.standing is Standing.LATE and row.file.is_complete and can_change
        self.admit_button.setVisible(is_late)
        above = (
            _becomes(row),
            _facts(opened, row),
            holding(in_row(self.print_button, self.save_button, self.admit_button, STRETCH, gap=8)),
        )

        def check(said: Receipt) -> Job[list[Problem]]:
            return session.read(lambda _workspace: check_receipt(stored, said))

        super().__init__(f"Receipt {number}", form, stored.record, check, parent, above=above, go="Save", before=stored)
        self.go_button.setVisible(can_change)

    def begin(self) -> None:
        """Begin with the receipt itself: most look at it and send it."""
        self.print_button.setFocus()


def _names(opened: OpenTender) -> list[str]:
    return [name for name in _TYPED if name != "lot" or len(opened.lots) > 1]


def _fields(opened: OpenTender, suppliers: tuple[str, ...]) -> dict[str, Callable[[], FactField]]:
    return {"supplier": lambda: _whose(suppliers), "lot": lambda: _lot(opened)}


def _whose(suppliers: tuple[str, ...]) -> FactField:
    field = SupplierField(RECEIPT.fact("supplier"), "Not known")
    field.add_link.hide()
    field.set_suppliers(suppliers)
    return field.as_fact()


def _lot(opened: OpenTender) -> FactField:
    fact = RECEIPT.fact("lot")
    lots = [(lot.record.number, lot.record.name) for lot in opened.lots]
    return chosen(fact, ChoiceField(fact.label, [(None, "Not known"), *lots], fact.hint))


def _becomes(row: ReceiptRow) -> QWidget:
    icon, tone = LOOKS[row.standing]
    mark = tone if tone == "text_muted" else f"{tone}_mark"
    words = in_column(
        Text(row.words, "strong", tone, wrap=True), Text(row.below, "note", "text_muted", wrap=True), gap=1
    )
    return holding(in_row((IconLabel(icon, mark, 20), TOP), (words, 1), gap=10))


def _facts(opened: OpenTender, row: ReceiptRow) -> QWidget:
    grid = in_grid(gaps=(16, 3), shares=(0, 1))
    for place, (label, shown) in enumerate(receipt_facts(opened.in_force, row.file, len(opened.lots))):
        grid.addWidget(Text(label, "note", "text_muted"), place, 0, TOP)
        grid.addWidget(Text(shown, "note", wrap=True, selectable=True), place, 1)
    return holding(grid)
