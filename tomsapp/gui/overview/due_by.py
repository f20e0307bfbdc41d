"""The day to which deliveries are shown: the end of a financial quarter, today, or any other day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from tomsapp.domain.contract_dates import months_later
from tomsapp.domain.delivery.quarters import MONTHS_IN_QUARTER, financial_quarter
from tomsapp.domain.wording import format_date
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.dialog_parts import be_as_wide, do_or_cancel, open_once
from tomsapp.gui.widgets.fields import DateField
from tomsapp.gui.widgets.layouts import DIALOG_MARGINS, in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.services.overview_delivered import day_at_first

_QUARTERS = 8
"""How many ends of financial quarters are offered."""
_WIDTH = 420


class DueBy(Button):
    """Says the day and offers others."""

    chosen = Signal(object)
    """The day that the user chose."""

    def __init__(self) -> None:
        super().__init__("Due by", opens_menu=True)
        self.menu_of_days = QMenu(self)
        self.set_menu(self.menu_of_days)
        self.menu_of_days.aboutToShow.connect(self._fill)
        self.dialog: DayDialog | None = None
        self.day: date | None = None

    def show_day(self, day: date) -> None:
        """Say the day to which the figures are."""
        self.day = day
        self.setText(f"Due by: {format_date(day)}")
        self.setAccessibleName(f"Due by {format_date(day)}. Choose another day")

    def _fill(self) -> None:
        self.menu_of_days.clear()
        today = date.today()  # noqa: DTZ011 - the day on the user's calendar
        for day in quarter_ends(today):
            words = f"{format_date(day)}, end of {financial_quarter(day).words}"
            self.menu_of_days.addAction(words).triggered.connect(partial(self.chosen.emit, day))
        self.menu_of_days.addSeparator()
        self.menu_of_days.addAction(f"Today, {format_date(today)}").triggered.connect(partial(self.chosen.emit, today))
        self.menu_of_days.addAction("Another day…").triggered.connect(self._ask)

    def _ask(self) -> None:
        self.dialog = DayDialog(self.day, self)
        self.dialog.accepted.connect(self._on_asked)
        open_once(self.dialog)

    def _on_asked(self) -> None:
        if self.dialog is not None and self.dialog.day.date is not None:
            self.chosen.emit(self.dialog.day.date)


class DayDialog(QDialog):
    """Asks for a day."""

    def __init__(self, day: date | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Deliveries due by")
        self.day = DateField("Due by")
        if day is not None:
            self.day.set_date(day)
        says = Text(
            "The quarters that ended by this day count. A day that is to come shows what will be due by then.",
            "body",
            "text_muted",
            wrap=True,
        )
        foot = do_or_cancel(self, "Show", self._on_go)
        in_column(Text("Deliveries due by", "h2"), says, self.day, foot, inside=self, margins=DIALOG_MARGINS, gap=12)
        be_as_wide(self, _WIDTH)

    def _on_go(self) -> None:
        if self.day.date is None:
            self.day.set_error("Enter a date, for example 31 March 2027")
            self.day.control.setFocus()
            return
        self.accept()


def quarter_ends(today: date) -> list[date]:
    """The last days of the financial quarter that runs and of those before it, the next to come first."""
    first = day_at_first(today) + timedelta(days=1)
    return [
        months_later(first, MONTHS_IN_QUARTER * (1 - before)) - timedelta(days=1) for before in range(_QUARTERS + 1)
    ]
