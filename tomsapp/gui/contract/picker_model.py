"""The list of the measure picker: outcomes as heads, measures with check boxes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from tomsapp.domain.measure_words import worth_words
from tomsapp.domain.menu import Clash, MenuEdition, Place

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The head of an outcome, or of a group of findings."""

    code: str
    title: str

    @property
    def words(self) -> str:
        """Code and title as shown."""
        return f"{self.code}  {self.title}".strip()


MENTIONED = HeadRow("", "In the description or guidance")
"""Stands over the measures whose title does not match a search, but their other words do."""

COUNTED = "Counted"
"""What stands in the place of a unit value where a measure has none."""
PickerRow = HeadRow | Place


class PickerModel(QAbstractListModel):
    """Shows the places that pass; what is ticked stays ticked while it is filtered out."""

    ticked_changed = Signal()

    def __init__(self, edition: MenuEdition, used: Sequence[str]) -> None:
        super().__init__()
        self._edition = edition
        self.used = frozenset(used)
        self.rows: list[PickerRow] = []
        self.ticked: list[str] = []
        self.show_places(lambda _place: True)

    # Rows

    def show_places(self, passes: Callable[[Place], bool], best: Collection[str] = ()) -> None:
        """Show the measures that pass, under the heads of their outcomes; the `best` codes stand before the others."""
        self.beginResetModel()
        passing = [place for place in self._edition.places.values() if passes(place)]
        first = [place for place in passing if place.measure.code in best]
        rest = [place for place in passing if place.measure.code not in best]
        self.rows = [*_by_outcome(first), *([MENTIONED, *rest] if first and rest else _by_outcome(rest))]
        self.endResetModel()

    @property
    def shown(self) -> int:
        """Number of measures that are shown."""
        return sum(isinstance(row, Place) for row in self.rows)

    def place_at(self, row: int) -> Place | None:
        """The measure in a row, or None for a head."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Place) else None

    def tick(self, row: int) -> None:
        """Tick or untick a measure."""
        place = self.place_at(row)
        if place is None:
            return
        code = place.measure.code
        if code in self.ticked:
            self.ticked.remove(code)
        else:
            self.ticked.append(code)
        self._tell_ticked()

    def clear(self) -> None:
        """Untick all."""
        self.ticked.clear()
        self._tell_ticked()

    def _tell_ticked(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
        self.ticked_changed.emit()

    def note_on(self, code: str) -> str:
        """What is said in the row: already in the contract, or shut out by one that is."""
        if code in self.used:
            return "already in this contract"
        groups = [group for group in self._edition.groups_of(code) if group.severity is Clash.BLOCK]
        blocked = [rival for group in groups for rival in group.rivals_of(code) if rival in self.used]
        return f"not together with {blocked[0]}, which is in this contract" if blocked else ""

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Number of rows shown, heads included."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if self.place_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Words, check state and accessible name of a row."""
        row = self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None
        if isinstance(row, HeadRow):
            wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row.words if role in wanted else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.measure.title
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.measure.code in self.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            below = second_words(row, self.note_on(row.measure.code))
            return f"{row.measure.title}, {below}, {worth_words(row.measure, COUNTED)}"
        return None


def _by_outcome(places: Iterable[Place]) -> Iterable[PickerRow]:
    outcome = ""
    for place in places:
        if place.outcome.code != outcome:
            outcome = place.outcome.code
            yield HeadRow(outcome, place.outcome.title)
        yield place


def second_words(place: Place, note: str) -> str:
    """Code, unit and note: "S08  ·  for each week  ·  already in this contract"."""
    return "  ·  ".join(part for part in (place.measure.code, f"for each {place.measure.each_name}", note) if part)
