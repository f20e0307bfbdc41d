"""Which changes the History page asks for: kinds, people, days, or one record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.tender.tender import TENDER
from tomsapp.domain.typed_days import find_day
from tomsapp.domain.wording import format_date
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.line import Line
from tomsapp.services.record_types import RECORD_TYPES

_RECORD = "record"


class DayLine(Line):
    """A day as a filter: typed in any common way; Enter or leaving it takes it, and one that is put in at once."""

    day_changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(f"{name} a day")
        self.setAccessibleName(f"{name} this day, for example 1 April 2026")
        self.setToolTip("For example 1 April 2026")
        self.setClearButtonEnabled(True)
        self._taken = ""
        self.editingFinished.connect(self._take)
        self.given.connect(self._take)
        self.edited.connect(self._on_edited)
        current_theme().follow(self._fit)

    @property
    def day(self) -> date | None:
        """The day, or None where none was typed or it cannot be read."""
        return find_day(self.text().strip())

    @property
    def is_wrong(self) -> bool:
        """Whether something stands there that is no day."""
        return bool(self.text().strip()) and self.day is None

    def _fit(self) -> None:
        self.setFixedWidth(current_theme().px(150))

    def _take(self) -> None:
        if self.day is not None:
            self.set_text(format_date(self.day))
        if self.text() != self._taken:
            self._taken = self.text()
            self.day_changed.emit()

    def empty(self) -> None:
        """Ask for no day, without a signal."""
        self.set_text("")
        self._taken = ""

    def _on_edited(self) -> None:
        if not self.text():
            self._take()


class HistoryFilters(QObject):
    """The chips and days above the history; all of them are asked of the database, not of what was read."""

    changed = Signal()
    typed = Signal()
    """Something was typed into a day: what was understood of it can be said before it is asked for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.kind = FilterChip("Kind", [(kind, kind.title) for kind in RECORD_TYPES])
        self.who = FilterChip("Who")
        self.record = FilterChip("Record")
        self.since, self.until = DayLine("From"), DayLine("Until")
        self._record: HistoryWanted | None = None
        self.record.hide()
        for chip in (self.kind, self.who):
            chip.values_changed.connect(self.changed)
        self.record.values_changed.connect(self._on_record)
        for line in (self.since, self.until):
            line.day_changed.connect(self.changed)
            line.edited.connect(self.typed)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What stands in the row."""
        return self.record, self.kind, self.who, self.since, self.until

    @property
    def wanted(self) -> HistoryWanted:
        """What is asked for."""
        wanted = self._record or HistoryWanted(tuple(kind for kind in RECORD_TYPES if kind in self.kind.values))
        since, until = self.since.day, self.until.day
        return replace(
            wanted,
            who=frozenset(map(str, self.who.values)),
            since=_midnight(since) if since else None,
            until=_midnight(until + timedelta(days=1)) if until else None,
        )

    @property
    def days_words(self) -> str:
        """The days that are asked for, as they were understood: "from 1 April 2026"; nothing where none is."""
        told = [(word, line.day) for word, line in (("from", self.since), ("until", self.until))]
        return " ".join(f"{word} {format_date(day)}" for word, day in told if day is not None)

    @property
    def wrong(self) -> str:
        """What is wrong with the days, in a sentence."""
        for line in (self.since, self.until):
            if line.is_wrong:
                return f"“{line.text().strip()}” is not a day. Enter it as 1 April 2026"
        return ""

    def show_wanted(self, wanted: HistoryWanted) -> None:
        """Ask for this and nothing else, without a signal."""
        self.clear()
        if any(number is not None for number in (wanted.record_id, wanted.contract_id, wanted.tender_id)):
            self._record = wanted
            self.name_record("")
        else:
            self.kind.set_values(list(wanted.kinds))

    def name_record(self, name: str) -> None:
        """Say which record is asked for, once its name is known."""
        if self._record is not None:
            (kind, *_) = self._record.kinds or (CONTRACT if self._record.tender_id is None else TENDER,)
            self.record.set_options([(_RECORD, f"{kind.noun} {name}".strip())])
            self.record.set_values([_RECORD])
        self.record.setVisible(self._record is not None)
        self.kind.setVisible(self._record is None)

    def offer_people(self, people: list[str]) -> None:
        """Offer those who have changed something."""
        self.who.set_options([(name, name) for name in people])

    def clear(self) -> None:
        """Ask for everything, without a signal."""
        self._record = None
        for chip in (self.kind, self.who):
            chip.set_values(())
        for line in (self.since, self.until):
            line.empty()
        self.name_record("")

    def _on_record(self, values: object) -> None:
        if not values:
            self._record = None
            self.name_record("")
            self.changed.emit()


def _midnight(day: date) -> datetime:
    """When a day begins on the user's clock."""
    return datetime.combine(day, time()).astimezone()
