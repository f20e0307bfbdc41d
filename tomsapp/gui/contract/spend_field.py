"""What is spent through a framework in each contract year: forecast, and recorded once it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import SPEND_AMOUNT, Contract, YearSpend
from tomsapp.domain.contract_dates import dates_problem
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fact
from tomsapp.domain.said_back import understood
from tomsapp.domain.typed import read_pounds
from tomsapp.domain.wording import format_pounds, small_first
from tomsapp.gui.records.fact_field import FactField
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.layouts import empty_layout, in_grid
from tomsapp.gui.widgets.line import Line
from tomsapp.gui.widgets.text import Text

_YEAR, _KINDS = "Contract year", ("Forecast", "Recorded")


class SpendField(Field):
    """Two amounts for each contract year; the years follow the dates of the contract.

    Amounts of years that are gone are kept, and shown again when other dates bring the years back.
    `is_recorded`: what was spent is asked for beside what is forecast; nothing is before a contract is signed.
    """

    is_written = True

    def __init__(self, fact: Fact, *, is_recorded: bool = True) -> None:
        self._fact = fact
        self._kinds = _KINDS if is_recorded else _KINDS[:1]
        self._texts: dict[str, str] = {}
        self._table = QWidget()
        self._grid = in_grid(inside=self._table, gaps=(16, 6), shares=(0, 0, 0, 1))
        self._labels: tuple[str, ...] = ()
        self.lines: dict[tuple[int, bool], Line] = {}
        self._last = (0, False)
        super().__init__(fact.label, self._table, fact.hint)

    def set_years(self, labels: Sequence[str]) -> None:
        """Ask for these contract years."""
        if tuple(labels) == self._labels:
            return
        kept = self.texts
        empty_layout(self._grid)
        self._labels = tuple(labels)
        self.lines = {}
        for place, head in enumerate((_YEAR, *self._kinds)):
            self._grid.addWidget(Text(head, "small_strong", "text_muted"), 0, place)
        for year, label in enumerate(labels):
            self._grid.addWidget(Text(label), year + 1, 0)
            for place in range(len(self._kinds)):
                self._grid.addWidget(self._build_line(year, label, is_recorded=bool(place)), year + 1, place + 1)
        self.set_texts(kept)

    def _build_line(self, year: int, label: str, *, is_recorded: bool) -> Line:
        line = Line()
        line.setMaxLength(20)
        line.setMinimumWidth(current_theme().px(160))
        line.setAccessibleName(f"{'Recorded' if is_recorded else 'Forecast'} spend {label}")
        line.edited.connect(lambda: self._on_typed(year, is_recorded=is_recorded))
        line.editingFinished.connect(self.left)
        line.given.connect(self.left)
        self.lines[year, is_recorded] = line
        return line

    def _on_typed(self, year: int, *, is_recorded: bool) -> None:
        self._last = year, is_recorded
        self.edited.emit()

    def understood(self) -> str:
        """What is said back of the amount that was typed last."""
        if self._last not in self.lines:
            return ""
        year, is_recorded = self._last
        amount = understood(SPEND_AMOUNT, self.lines[self._last].text())
        return f"{self._labels[year]}, {'recorded' if is_recorded else 'forecast'}: {amount}" if amount else ""

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by year and kind, as a draft keeps it."""
        asked = {_key(*place): line.text().strip() for place, line in self.lines.items()}
        return {key: text for key, text in {**self._texts, **asked}.items() if text}

    def set_texts(self, texts: Mapping[str, object]) -> None:
        """Put amounts into the years that there are."""
        self._texts = {str(key): str(text) for key, text in texts.items()}
        for place, line in self.lines.items():
            line.set_text(self._texts.get(_key(*place), ""))

    def set_spend(self, spend: Sequence[YearSpend]) -> None:
        """Show what is saved."""
        self.set_texts({_key(one.year, one.is_recorded): f"{one.amount:,.2f}" for one in spend})

    def read(self) -> tuple[YearSpend, ...]:
        """The amounts of the years that are asked for.

        Raises:
            TomsError: one cannot be read.
        """
        spend: list[YearSpend] = []
        for (year, is_recorded), line in self.lines.items():
            if not line.text().strip():
                continue
            try:
                amount = read_pounds(line.text())
            except TomsError as error:
                raise TomsError(f"{self._labels[year]}: {small_first(error.message)}", error.fix) from error
            spend.append(YearSpend(year, amount, is_recorded))
        return tuple(spend)

    def as_fact(self) -> FactField:
        """The fact of a contract that is typed here."""
        return FactField(
            self._fact, self, lambda: self.texts, self._set_typed, self.set_spend, self.read, self.understood
        )

    def _set_typed(self, typed: object) -> None:
        self.set_texts(typed if isinstance(typed, dict) else {})


def spend_words(contract: Contract) -> str:
    """The spend of a contract in words, a line each; also of dates that are still to be put right."""
    wrong = dates_problem(contract.start_on, contract.end_on)
    labels = {} if wrong else {year.index: year.label for year in contract.years}
    lines = []
    for one in contract.spend:
        kind = "recorded" if one.is_recorded else "forecast"
        lines.append(f"{labels.get(one.year, one.year + 1)}: {format_pounds(one.amount)} {kind}")
    return "\n".join(lines)


def _key(year: int, is_recorded: bool) -> str:
    return f"{year} {'recorded' if is_recorded else 'forecast'}"
