"""The fields of a contract's facts: they say what is wrong when the keyboard leaves them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from tomsapp.domain.contract import Contract, ContractError, ContractKind, contract_years, end_after
from tomsapp.domain.problems import Problem
from tomsapp.domain.typed import find_pounds
from tomsapp.domain.wording import format_date
from tomsapp.gui.contract.spend_field import SpendField
from tomsapp.gui.contract.supplier_field import SupplierField
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.fields import ChoiceField, DateField, Field, LineField

_YEARS = re.compile(r"([0-9]{1,2})\s*(?:years?|yrs?|y)?", re.IGNORECASE)
_KINDS = (
    (ContractKind.STANDARD.value, "Standard: all signed at once"),
    (ContractKind.FRAMEWORK.value, "Framework: spent in orders"),
)


class FactsFields(Card):
    """Title, reference, value, dates, supplier, menu edition, kind and spend of one contract."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title_line = LineField("Title", max_length=200)
        self.reference = LineField("Reference", max_length=60)
        self.value = LineField("Contract value", "In pounds, without VAT, in total", max_length=30)
        self.start = DateField("Start date")
        self.end = DateField("End date", "The last day, or how many years")
        self.supplier = SupplierField()
        self.edition = ChoiceField("Menu edition", hint="Fixed once the contract is signed")
        self.kind = ChoiceField("Kind", _KINDS, "How the value is spent")
        self.spend = SpendField()
        self._places: dict[str, Field] = {
            "title": self.title_line,
            "reference": self.reference,
            "value": self.value,
            "start_on": self.start,
            "end_on": self.end,
            "supplier": self.supplier,
            "edition": self.edition,
            "kind": self.kind,
            "spend": self.spend,
        }
        self._unchecked: set[Field] = set()
        self._build_grid()
        self._connect()

    def _build_grid(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(14)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.title_line, 0, 0, 1, 2, top)
        for field, row, column in (
            (self.reference, 0, 2),
            (self.value, 1, 0),
            (self.start, 1, 1),
            (self.end, 1, 2),
            (self.supplier, 2, 0),
            (self.edition, 2, 1),
            (self.kind, 2, 2),
        ):
            grid.addWidget(field, row, column, top)
        grid.addWidget(self.spend, 3, 0, 1, 3, top)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        for choice in (self.edition, self.kind):
            choice.combo.setSizeAdjustPolicy(choice.combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.body.addLayout(grid)

    def _connect(self) -> None:
        for field in self._places.values():
            field.edited.connect(self._on_edited)
            field.left.connect(self._on_left)
        self.kind.edited.connect(self._show_spend)

    def _on_edited(self) -> None:
        field = self.sender()
        if isinstance(field, Field):
            self._unchecked.add(field)
        self.edited.emit()

    def _on_left(self) -> None:
        """Check the field that the keyboard left; an empty one is said when somebody saves."""
        field = self.sender()
        if not isinstance(field, Field) or field not in self._unchecked:
            return  # what was found wrong when saving stays until the field is changed
        self._unchecked.discard(field)
        checks = {
            self.title_line: (self.title_line.text, self._check_title),
            self.reference: (self.reference.text, self._check_reference),
            self.value: (self.value.text, self._check_value),
            self.start: (self.start.text, self._check_start),
            self.end: (self.end.text, self._check_end),
            self.supplier: (self.supplier.text, self._check_supplier),
            self.spend: ("spend", self.spend.read),
        }
        if field not in checks:
            return
        text, check = checks[field]
        if text:
            check()
        else:
            field.set_error(None)

    @property
    def fields(self) -> list[Field]:
        """Every field, in the order of the form."""
        return list(self._places.values())

    def set_locked(self, *, is_locked: bool) -> None:
        """Fix what signing fixes; what is spent through a framework goes on being recorded."""
        for field in self._places.values():
            field.setEnabled(not is_locked or field is self.spend)
        self.supplier.add_link.setVisible(not is_locked)

    def focus_field(self, name: str) -> None:
        """Move the keyboard to the field of a contract's fact."""
        field = self._places.get(name)
        if field is not None:
            field.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Filling

    def set_editions(self, editions: Sequence[tuple[str, str]]) -> None:
        """Offer these menu editions: (code/edition, words)."""
        self.edition.set_options(editions)

    def set_contract(self, contract: Contract) -> None:
        """Show saved facts."""
        self.title_line.set_text(contract.title)
        self.reference.set_text(contract.reference)
        self.value.set_text(f"{contract.value:,.2f}" if contract.value else "")
        self.start.set_date(contract.start_on)
        self.end.set_date(contract.end_on)
        self.supplier.set_text(contract.supplier)
        self.edition.set_value(edition_key(contract.menu, contract.edition))
        self.kind.set_value(contract.kind.value)
        self._show_spend()
        self.spend.set_spend(contract.spend)
        self._clear_errors()

    def set_empty(self, reference: str, edition: str) -> None:
        """Show an empty form with what is proposed."""
        for line in (self.title_line, self.value):
            line.set_text("")
        self.reference.set_text(reference)
        self.start.set_date(None)
        self.end.set_date(None)
        self.supplier.set_text("")
        self.edition.set_value(edition)
        self.kind.set_value(ContractKind.STANDARD.value)
        self.spend.set_texts({})
        self._show_spend()
        self._clear_errors()

    @property
    def draft(self) -> dict[str, Any]:
        """What stands in the fields, as text."""
        return {
            "title": self.title_line.text,
            "reference": self.reference.text,
            "value": self.value.text,
            "start": self.start.text,
            "end": self.end.text,
            "supplier": self.supplier.text,
            "edition": self.edition.value,
            "kind": self.kind.value,
            "spend": self.spend.texts,
        }

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Show what was typed before."""
        self.title_line.set_text(str(draft.get("title", "")))
        self.reference.set_text(str(draft.get("reference", "")))
        self.value.set_text(str(draft.get("value", "")))
        self.start.line.setText(str(draft.get("start", "")))
        self.end.line.setText(str(draft.get("end", "")))
        self.supplier.set_text(str(draft.get("supplier", "")))
        self.edition.set_value(draft.get("edition"))
        self.kind.set_value(draft.get("kind"))
        self._show_spend()
        self.spend.set_texts(draft.get("spend") or {})
        self._clear_errors()

    def _clear_errors(self) -> None:
        for field in self._places.values():
            field.set_error(None)

    def _show_spend(self) -> None:
        self.spend.setVisible(self.kind.value == ContractKind.FRAMEWORK.value)
        start, end = self.start.date, self.end.date
        if start and end and start <= end:
            try:
                self.spend.set_years([year.label for year in contract_years(start, end)])
            except ContractError:
                return  # said under the dates

    # Reading

    def read(self, before: Contract | None) -> Contract | None:
        """The contract that the fields say; None, with messages under the fields, when they do not make one."""
        self._unchecked.clear()
        for check in (self._check_title, self._check_reference, self._check_value, self._check_start, self._check_end):
            check()
        self._check_supplier()
        self.edition.set_error(None if self.edition.value else "Choose a menu edition")
        is_framework = self.kind.value == ContractKind.FRAMEWORK.value
        spend = self.spend.read() if is_framework else ()
        value, start, end = find_pounds(self.value.text), self.start.date, self.end.date
        if value is None or start is None or end is None or spend is None:
            return None
        if any(field.error for field in self._places.values()):
            return None
        menu, _, edition = str(self.edition.value).partition("/")
        base = before or Contract("", value, start, end)
        return replace(
            base,
            reference=self.reference.text,
            title=self.title_line.text,
            value=value,
            start_on=start,
            end_on=end,
            supplier=self.supplier.name,
            menu=menu,
            edition=edition,
            kind=ContractKind(self.kind.value),
            spend=spend,
        )

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Set the message of each Problem under its field."""
        for problem in problems:
            field = self._places.get(problem.where.field)
            if field is not None and not field.error:
                field.set_error(f"{problem.message}. {problem.fix}" if problem.fix else problem.message)

    # Checks of single fields

    def _check_title(self) -> None:
        self.title_line.set_error(None if self.title_line.text else "Enter what is bought")

    def _check_reference(self) -> None:
        self.reference.set_error(None if self.reference.text else "Enter the council’s reference")

    def _check_value(self) -> None:
        value = find_pounds(self.value.text)
        if value is None:
            self.value.set_error("Use numbers only, for example 4200000.00")
        else:
            self.value.set_error(None if value > 0 else "Enter more than 0")

    def _check_start(self) -> None:
        self.start.set_error(None if self.start.date else _date_message(self.start.text))
        if self.end.text:
            self._check_end()

    def _check_end(self) -> None:
        self._take_years()
        start, end = self.start.date, self.end.date
        self.end.set_error(None if end else _date_message(self.end.text))
        if start is None or end is None:
            return
        if end < start:
            self.end.set_error(f"{format_date(end)} is before the start date, {format_date(start)}")
            return
        try:
            contract_years(start, end)
        except ContractError as error:
            self.end.set_error(f"{error.message}. {error.fix}")
        self._show_spend()

    def _take_years(self) -> None:
        """Turn “3 years” in the end date into the day on which they end."""
        years, start = _YEARS.fullmatch(self.end.text), self.start.date
        if years and start and 0 < int(years[1]) <= 50:
            self.end.set_date(end_after(start, int(years[1])))

    def _check_supplier(self) -> None:
        if self.supplier.value is not None:
            self.supplier.set_error(None)
        elif self.supplier.text:
            self.supplier.set_error(f"There is no supplier called {self.supplier.text}. Choose one or add it")
        else:
            self.supplier.set_error("Choose a supplier or add a new one")


def edition_key(menu: str, edition: str) -> str:
    """How the form names a menu edition."""
    return f"{menu}/{edition}"


def _date_message(text: str) -> str:
    return "Enter a date that exists, for example 1 April 2026" if text else "Enter a date, for example 1 April 2026"
