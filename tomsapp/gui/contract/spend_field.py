"""What is spent through a framework in each contract year: forecast, and recorded once it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from tomsapp.domain.contract import YearSpend
from tomsapp.domain.typed import find_pounds
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.text import Text

_HINT = "In pounds, without VAT. A quantity promised per £ of spend uses the recorded spend, else the forecast"
_HEADS = ("Contract year", "Forecast", "Recorded")


class SpendField(Field):
    """Two amounts for each contract year; the years follow the dates of the contract."""

    def __init__(self) -> None:
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(3, 1)
        self._labels: tuple[str, ...] = ()
        self.lines: dict[tuple[int, bool], QLineEdit] = {}
        super().__init__("Spend by year", self._table, _HINT)

    def set_years(self, labels: Sequence[str]) -> None:
        """Ask for these contract years; amounts of years that stay are kept."""
        if tuple(labels) == self._labels:
            return
        kept = self.texts
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        self._labels = tuple(labels)
        self.lines = {}
        for place, head in enumerate(_HEADS):
            self._grid.addWidget(Text(head, "small_strong", "text_muted"), 0, place)
        for year, label in enumerate(labels):
            self._grid.addWidget(Text(label), year + 1, 0)
            for place, is_recorded in ((1, False), (2, True)):
                self._grid.addWidget(self._build_line(year, label, is_recorded=is_recorded), year + 1, place)
        self.set_texts(kept)

    def _build_line(self, year: int, label: str, *, is_recorded: bool) -> QLineEdit:
        line = QLineEdit()
        line.setMaxLength(20)
        line.setMinimumWidth(current_theme().px(160))
        line.setAccessibleName(f"{'Recorded' if is_recorded else 'Forecast'} spend {label}")
        line.textEdited.connect(self.edited)
        line.editingFinished.connect(self.left)
        self.lines[year, is_recorded] = line
        return line

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by year and kind, as a draft keeps it."""
        return {_key(*place): line.text() for place, line in self.lines.items() if line.text().strip()}

    def set_texts(self, texts: Mapping[str, object]) -> None:
        """Put amounts into the years that there are."""
        for place, line in self.lines.items():
            line.setText(str(texts.get(_key(*place), "")))

    def set_spend(self, spend: Sequence[YearSpend]) -> None:
        """Show what is saved."""
        self.set_texts({_key(one.year, one.is_recorded): f"{one.amount:,.2f}" for one in spend})

    def read(self) -> tuple[YearSpend, ...] | None:
        """The amounts; None, with the message set, when one cannot be read."""
        spend: list[YearSpend] = []
        for (year, is_recorded), line in self.lines.items():
            if not line.text().strip():
                continue
            amount: Decimal | None = find_pounds(line.text())
            if amount is None:
                self.set_error(f"{self._labels[year]}: use numbers only, for example 250000.00")
                return None
            spend.append(YearSpend(year, amount, is_recorded))
        self.set_error(None)
        return tuple(spend)


def _key(year: int, is_recorded: bool) -> str:
    return f"{year} {'recorded' if is_recorded else 'forecast'}"
