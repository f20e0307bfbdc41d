"""Works a quantity out from its parts, for one contract year or for every one; the parts stay beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.typed import read_quantity
from tomsapp.gui.widgets.dialog_parts import do_or_cancel
from tomsapp.gui.widgets.fields import ChoiceField, LineField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.text import Text

_EVERY = -1
_WIDTH = 460
_MOST_PARTS = 3


class PartsDialog(FormDialog):
    """How it is worked out, its parts, and the sum that they make; nothing is entered until the user says so."""

    worked_out = Signal(object, object, object)
    """The contract years (0 is the first), the form, and the numbers of its parts."""

    def __init__(
        self,
        measure: str,
        forms: Sequence[PartsForm],
        years: Sequence[ContractYear],
        before: YearParts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Work out a quantity")
        self._count = len(years)
        self.form = ChoiceField("How it is worked out", [(form, form.words) for form in forms])
        self.parts = [LineField("Part") for _ in range(_MOST_PARTS)]
        self.year = ChoiceField("Contract year", [*enumerate(one.label for one in years), (_EVERY, "Every year")])
        self.sum = Text("", "strong", wrap=True)
        self.form.set_value(before.form if before is not None else forms[0])
        if len(forms) < 2:
            self.form.hide()
        self.year.set_value(before.year if before is not None else 0)
        buttons = do_or_cancel(self, "Enter the quantity", self._on_enter)
        asked = self.form, *self.parts, self.year, self.sum
        self.build(f"Work out {measure}", "What is worked out", asked, buttons, _WIDTH)
        self.form.chosen.connect(lambda _form: self._show_form())
        for field in self.parts:
            field.edited.connect(self._say_sum)
        self._show_form()
        if before is not None:
            for field, number in zip(self.parts, before.numbers, strict=False):
                field.set_text(f"{number:f}")
        self._say_sum()

    def begin(self) -> None:
        """Begin with the first part."""
        self.parts[0].control.setFocus()

    @property
    def _form(self) -> PartsForm:
        chosen = self.form.value
        if not isinstance(chosen, PartsForm):
            raise TypeError(chosen)
        return chosen

    @property
    def _shown(self) -> list[LineField]:
        return self.parts[: len(self._form.labels)]

    def _show_form(self) -> None:
        labels = self._form.labels
        for place, field in enumerate(self.parts):
            field.setVisible(place < len(labels))
            if place < len(labels):
                field.set_label(labels[place])
        self._say_sum()

    def _numbers(self) -> tuple[Decimal, ...] | None:
        """The numbers of the parts; None where one is missing or cannot be read."""
        try:
            return tuple(read_quantity(field.text) for field in self._shown)
        except TomsError:
            return None

    def _say_sum(self) -> None:
        numbers = self._numbers()
        told = YearParts(0, self._form, numbers).words if numbers is not None else ""
        self.sum.setText(told or "Enter every part to see the sum.")

    def _on_enter(self) -> None:
        numbers = self._numbers()
        if numbers is None:
            self._say_what_is_wrong()
            return
        year = self.year.value
        years = tuple(range(self._count)) if year == _EVERY else (year,)
        self.worked_out.emit(years, self._form, numbers)

    def refuse(self, error: TomsError) -> None:
        """Say why what the parts come to cannot be entered."""
        self.meet(error)

    def _say_what_is_wrong(self) -> None:
        for field in reversed(self._shown):
            try:
                read_quantity(field.text)
            except TomsError as error:
                field.set_error(f"{error.message}. {error.fix}" if field.text and error.fix else "Enter a number")
                field.control.setFocus()
