"""The fields of a supplier, and how both versions of one are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from tomsapp.domain.problems import Problem
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.gui.dialogs.edit_conflict import ConflictField
from tomsapp.gui.widgets.fields import GUTTER, ChoiceField, Field, LineField, TextField

CONFLICT_FIELDS = (
    ConflictField("Name", lambda supplier: supplier.name),
    ConflictField("Kind", lambda supplier: supplier.kind.words),
    ConflictField("Registration number", lambda supplier: supplier.registration),
    ConflictField("Based in the area", lambda supplier: "Yes" if supplier.is_local else "No"),
    ConflictField("Contact name", lambda supplier: supplier.contact_name),
    ConflictField("Contact e-mail", lambda supplier: supplier.contact_email),
    ConflictField("Notes", lambda supplier: supplier.notes),
)


class SupplierFields(QWidget):
    """Name, kind, registration, place, contact and notes of one supplier, under each other."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name_line = LineField("Name", max_length=200)
        self.kind = ChoiceField("Kind", [(kind.value, kind.words) for kind in SupplierKind])
        self.kind.combo.setSizeAdjustPolicy(self.kind.combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.registration = LineField("Registration number", "Company or charity number", max_length=60)
        self.is_local = QCheckBox("Based in the council’s area")
        self.contact_name = LineField("Contact name", max_length=200)
        self.contact_email = LineField("Contact e-mail", max_length=200)
        self.notes = TextField("Notes", lines=3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for field in self.fields[:3]:
            column.addWidget(field)
        place = QVBoxLayout()
        place.setContentsMargins(GUTTER, 0, 0, 0)
        place.addWidget(self.is_local)
        column.addLayout(place)
        for field in self.fields[3:]:
            column.addWidget(field)
        for field in self.fields:
            field.edited.connect(self.edited)
        self.is_local.clicked.connect(self.edited)
        self.contact_email.left.connect(self._check_email)

    @property
    def fields(self) -> list[Field]:
        """Every field that can have a message, in the order of the form."""
        return [self.name_line, self.kind, self.registration, self.contact_name, self.contact_email, self.notes]

    def set_supplier(self, supplier: Supplier) -> None:
        """Show what is saved."""
        self.name_line.set_text(supplier.name)
        self.kind.set_value(supplier.kind.value)
        self.registration.set_text(supplier.registration)
        self.is_local.setChecked(supplier.is_local)
        self.contact_name.set_text(supplier.contact_name)
        self.contact_email.set_text(supplier.contact_email)
        self.notes.blockSignals(True)
        self.notes.set_text(supplier.notes)
        self.notes.blockSignals(False)
        for field in self.fields:
            field.set_error(None)

    def supplier(self) -> Supplier:
        """What stands in the fields."""
        return Supplier(
            name=self.name_line.text,
            kind=SupplierKind(self.kind.value or SupplierKind.SME.value),
            registration=self.registration.text,
            is_local=self.is_local.isChecked(),
            contact_name=self.contact_name.text,
            contact_email=self.contact_email.text,
            notes=self.notes.text,
        )

    @property
    def draft(self) -> dict[str, Any]:
        """What stands in the fields, as JSON can hold it."""
        shown = self.supplier()
        return {
            "name": shown.name,
            "kind": shown.kind.value,
            "registration": shown.registration,
            "is_local": shown.is_local,
            "contact_name": shown.contact_name,
            "contact_email": shown.contact_email,
            "notes": shown.notes,
        }

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Show what was typed before."""
        kinds = {kind.value for kind in SupplierKind}
        kind = draft.get("kind")
        texts = {key: str(draft.get(key, "")) for key in ("name", "registration", "contact_name", "contact_email")}
        self.set_supplier(
            Supplier(
                **texts,
                kind=SupplierKind(kind) if kind in kinds else SupplierKind.SME,
                is_local=bool(draft.get("is_local")),
                notes=str(draft.get("notes", "")),
            )
        )

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Set the message of each Problem under its field, and take the others away."""
        places = {"name": self.name_line, "contact_email": self.contact_email}
        for field in self.fields:
            field.set_error(None)
        for problem in problems:
            field = places.get(problem.where.field, self.name_line)
            field.set_error(f"{problem.message}. {problem.fix}")

    def focus_first_problem(self) -> None:
        """Move the keyboard to the first field that has a message."""
        field = next((field for field in self.fields if field.error), None)
        if field is not None:
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check_email(self) -> None:
        text = self.contact_email.text
        wrong = bool(text) and "@" not in text
        self.contact_email.set_error("The e-mail address has no @. Enter it as name@example.org" if wrong else None)
