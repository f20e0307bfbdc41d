"""Works out full-time years from people, hours a week and weeks, for one contract year or for every one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.errors import TomsError
from tomsapp.domain.full_time import full_time_sum, full_time_years
from tomsapp.domain.typed import read_quantity
from tomsapp.gui.widgets.dialog_parts import do_or_cancel
from tomsapp.gui.widgets.fields import ChoiceField, LineField
from tomsapp.gui.widgets.form_dialog import FormDialog
from tomsapp.gui.widgets.text import Text

_EVERY = -1
_WIDTH = 460


class FullTimeDialog(FormDialog):
    """Three numbers and the sum that they make; nothing is entered until the user says so."""

    worked_out = Signal(object, object)
    """The full-time years, and the contract years (0 is the first) in which they are promised."""

    def __init__(self, years: Sequence[ContractYear], year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Work out full-time years")
        self._count = len(years)
        self.people = LineField("People", "How many work so, for example 5")
        self.hours = LineField("Hours a week", "Of one of them, for example 20")
        self.weeks = LineField("Weeks", "In the contract year, 52 for the whole of it")
        self.weeks.set_text("52")
        self.sum = Text("", "strong", wrap=True)
        self.year = ChoiceField("Contract year", [*enumerate(one.label for one in years), (_EVERY, "Every year")])
        self.year.set_value(year)
        buttons = do_or_cancel(self, "Enter the quantity", self._on_enter)
        fields = self.people, self.hours, self.weeks, self.year
        self.build("Work out full-time years", "What is worked out", (*fields, self.sum), buttons, _WIDTH)
        for field in (self.people, self.hours, self.weeks):
            field.edited.connect(self._say_sum)
        self._say_sum()

    def begin(self) -> None:
        """Begin with the people."""
        self.people.control.setFocus()

    def _numbers(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """The three numbers; None where one is missing or cannot be read."""
        try:
            people, hours, weeks = (read_quantity(field.text) for field in (self.people, self.hours, self.weeks))
        except TomsError:
            return None
        return people, hours, weeks

    def _say_sum(self) -> None:
        given = self._numbers()
        self.sum.setText(full_time_sum(*given) if given else "Enter three numbers to see the sum.")

    def _on_enter(self) -> None:
        given = self._numbers()
        if given is None:
            self._say_what_is_wrong()
            return
        chosen = self.year.value
        years = range(self._count) if chosen == _EVERY else [chosen]
        self.worked_out.emit(full_time_years(*given), list(years))
        self.accept()

    def _say_what_is_wrong(self) -> None:
        for field in reversed((self.people, self.hours, self.weeks)):
            try:
                read_quantity(field.text)
            except TomsError as error:
                field.set_error(f"{error.message}. {error.fix}" if field.text and error.fix else "Enter a number")
                field.control.setFocus()
