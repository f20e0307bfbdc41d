"""The comparison of a lot's bids as Qt's table model: rank, price, points of each part, social value, total."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from tomsapp.domain.tender.compared import lines_words
from tomsapp.domain.tender.scoring_parts import exact_text
from tomsapp.domain.tender.scoring_rules import Part
from tomsapp.domain.wording import format_pounds, format_quantity, listed, small_first

if TYPE_CHECKING:
    from tomsapp.domain.tender.scoring import ScoredBid
    from tomsapp.services.tenders.evaluating import EvaluatedBid, EvaluatedLot
    from tomsapp.services.typed_quantities import HeldText

NONE = "–"
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Shown(Enum):
    """What a column shows."""

    RANK = "Rank"
    BIDDER = "Bidder"
    PRICE = "Price"
    POINTS = "Points"
    VALUE = "Social value"
    TOTAL = "Total"


class ComparedColumn(NamedTuple):
    """A column; `part` is that of the points."""

    shown: Shown
    part: Part | None = None

    @property
    def typed_as(self) -> str:
        """The fact of a bid that is typed into it, "price" or "quality"; empty where none is."""
        if self.shown is Shown.PRICE:
            return "price"
        return "quality" if self.part is Part.QUALITY else ""


class ComparedBid(NamedTuple):
    """A row: a bid with its points."""

    bid: EvaluatedBid
    row: ScoredBid

    @property
    def is_out(self) -> bool:
        """Whether it is not admitted."""
        return bool(self.row.fails)

    @property
    def why(self) -> str:
        """Why it is not admitted, as its row says it."""
        return f"Not admitted: {listed([small_first(each) for each in self.row.fails])}"

    @property
    def lines(self) -> str:
        """What stands under its name: "8 lines, none left out", "1 of 8 lines left out: £20,202.72"."""
        entered, checked = self.bid.checked.entered, self.bid.checked.checked
        offered = () if entered.offer is None else entered.offer.commitments
        return lines_words(None if checked is None else checked.checked, offered, entered.left_out)


class ComparisonModel(QAbstractTableModel):
    """A row for each bid, best first; those that are not admitted stand last. What is typed goes out as a signal."""

    typed = Signal(str, str, str)
    """A bid's key, "price" or "quality", and the text that was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ComparedBid, ...] = ()
        self.columns: tuple[ComparedColumn, ...] = ()
        self.can_type = False
        self._lot: EvaluatedLot | None = None
        self._held: Mapping[tuple[str, str], HeldText] = {}

    # Contents

    def show_lot(self, lot: EvaluatedLot | None, held: Mapping[tuple[str, str], HeldText], *, can_type: bool) -> None:
        """Show the bids of a lot; `held` is what was typed and cannot be saved."""
        rows = () if lot is None else tuple(ComparedBid(lot.bid(row.key), row) for row in lot.evaluated.evaluation.rows)
        columns = () if lot is None else _columns(lot)
        same = columns == self.columns and [each.bid.key for each in rows] == [each.bid.key for each in self.rows]
        if not same:
            self.beginResetModel()
        self._lot, self._held, self.can_type = lot, held, can_type
        self.rows, self.columns = rows, columns
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))

    @property
    def first_point(self) -> int:
        """The place of the first column after the price, from which the reason spans the row of a bid that is out."""
        return next(place for place, each in enumerate(self.columns) if each.shown is Shown.PRICE) + 1

    def place_of(self, key: str) -> int | None:
        """The row of a bid, or None."""
        return next((place for place, each in enumerate(self.rows) if each.bid.key == key), None)

    def column_of(self, typed_as: str) -> int | None:
        """The column of a fact that is typed, or None."""
        return next((place for place, each in enumerate(self.columns) if each.typed_as == typed_as), None)

    def held_at(self, row: int, column: int) -> HeldText | None:
        """What was typed into a cell and cannot be saved."""
        what = self.columns[column].typed_as
        return self._held.get((self.rows[row].bid.key, what)) if what else None

    def is_typed(self, row: int, column: int) -> bool:
        """Whether a cell can be typed into."""
        what = self.columns[column].typed_as
        return bool(what) and self.can_type and not (self.rows[row].is_out and what == "quality")

    def is_missing(self, row: int, column: int) -> bool:
        """Whether something is to be typed into a cell before anybody is ranked."""
        record = self.rows[row].bid.stored.record
        what = self.columns[column].typed_as
        if not what or self.rows[row].is_out:
            return False
        return (record.price if what == "price" else record.quality) is None

    def head(self, column: int) -> str:
        """The words over a column, with the weight of points: "Price, 40"."""
        shown, part = self.columns[column]
        if self._lot is None or shown not in {Shown.POINTS, Shown.TOTAL}:
            return shown.value
        weights = self._lot.evaluated.given.rules.weights
        return f"Total, {exact_text(weights.all)}" if part is None else f"{part.words}, {exact_text(weights.of(part))}"

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        held = self.held_at(row, column)
        if held is not None:
            return held.text
        return self.saved_text(row, column)

    def saved_text(self, row: int, column: int) -> str:
        """What a cell shows of what is saved."""
        compared, (shown, part) = self.rows[row], self.columns[column]
        scored = compared.row
        if compared.is_out and column >= self.first_point:
            return compared.why if column == self.first_point else ""
        score = scored.part(part) if part is not None else None
        return {
            Shown.RANK: scored.rank_words,
            Shown.BIDDER: scored.supplier,
            Shown.PRICE: "" if scored.bid.price is None else format_pounds(scored.bid.price),
            Shown.VALUE: format_pounds(scored.bid.value),
            Shown.TOTAL: scored.shown_total,
            Shown.POINTS: NONE if score is None else score.shown,
        }[shown]

    def typed_text(self, row: int, column: int) -> str:
        """What stands in the field of a cell before something is typed."""
        held = self.held_at(row, column)
        if held is not None:
            return held.text
        record = self.rows[row].bid.stored.record
        number = record.price if self.columns[column].typed_as == "price" else record.quality
        return "" if number is None else format_quantity(number)

    def is_tie(self, row: int, column: int) -> bool:
        """Whether another bid has exactly as many points in this part."""
        return self.columns[column].part in self.rows[row].row.ties

    # Qt's side

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """One row for each bid."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Those of the parts that have points, and what is always told."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            is_said = role == Qt.ItemDataRole.AccessibleTextRole and 0 <= section < len(self.rows)
            return self.rows[section].row.supplier if is_said else None
        if not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if self.columns[section].shown in {Shown.RANK, Shown.BIDDER} else _RIGHT
        return self.head(section) if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Prices and quality can be typed while the offers are opened and nothing is frozen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_typed(index.row(), index.column()) else flags

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell shows and says."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self.typed_text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.said(row, column)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.described(row, column)
        return self.tooltip(row, column) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: _Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Send out what was typed, if it differs from what is saved."""
        row, column = index.row(), index.column()
        if role != Qt.ItemDataRole.EditRole or not self.is_typed(row, column):
            return False
        if str(value) != self.typed_text(row, column) or self.held_at(row, column) is not None:
            self.typed.emit(self.rows[row].bid.key, self.columns[column].typed_as, str(value))
        return True

    # What is said

    def said(self, row: int, column: int) -> str:
        """The accessible name of a cell; that of the bidder says the whole row."""
        compared, (shown, part) = self.rows[row], self.columns[column]
        if shown is Shown.BIDDER:
            return self._row_said(compared)
        if compared.is_out and column >= self.first_point:
            return compared.why
        held = self.held_at(row, column)
        if held is not None:
            return f"{compared.row.supplier}, {shown.value}, {held.text}, error: {held.message}. {held.fix}"
        told = self.text(row, column) or "nothing"
        of = f" of {exact_text(self._weight(part))}" if shown in {Shown.POINTS, Shown.TOTAL} else ""
        tie = ", tie" if self.is_tie(row, column) else ""
        name = part.words if part is not None else shown.value
        return f"{compared.row.supplier}, {name}, {told}{of if told != NONE else ''}{tie}"

    def _weight(self, part: Part | None) -> Any:
        rules = self._lot.evaluated.given.rules if self._lot is not None else None
        return 0 if rules is None else rules.weights.all if part is None else rules.weights.of(part)

    def _row_said(self, compared: ComparedBid) -> str:
        scored = compared.row
        price = "no price" if scored.bid.price is None else f"price {format_pounds(scored.bid.price)}"
        if compared.is_out:
            return f"{scored.supplier}, {price}, {small_first(compared.why)}"
        if scored.rank is None:
            missing = listed(list(scored.missing)) if scored.missing else "another bid is not scored yet"
            return f"{scored.supplier}, not ranked: {missing}, {compared.lines}"
        parts = [
            f"{small_first(each.part.words)} {each.shown} of {exact_text(each.weight)}"
            for each in scored.parts
            if each.weight
        ]
        most = exact_text(self._weight(None))
        told = (price, *parts, f"social value {format_pounds(scored.bid.value)}", compared.lines)
        return f"Rank {scored.rank_words}, {scored.supplier}, total {scored.shown_total} of {most}, {', '.join(told)}"

    def described(self, row: int, column: int) -> str:
        """What can be done in a cell."""
        if self.is_typed(row, column):
            return "Type a number. Enter opens how the bid came about"
        return "Enter opens how the bid came about"

    def tooltip(self, row: int, column: int) -> str:
        """The whole of what may be cut, and what is wrong with what was typed."""
        held = self.held_at(row, column)
        if held is not None:
            return f"{held.message}. {held.fix}"
        compared = self.rows[row]
        if compared.is_out and column >= self.first_point:
            return compared.why
        return f"{compared.row.supplier}\n{compared.lines}" if self.columns[column].shown is Shown.BIDDER else ""


def _columns(lot: EvaluatedLot) -> tuple[ComparedColumn, ...]:
    weights = lot.evaluated.given.rules.weights

    def points(*parts: Part) -> list[ComparedColumn]:
        return [ComparedColumn(Shown.POINTS, part) for part in parts if weights.of(part)]

    return (
        ComparedColumn(Shown.RANK),
        ComparedColumn(Shown.BIDDER),
        ComparedColumn(Shown.PRICE),
        *points(Part.PRICE, Part.QUALITY),
        ComparedColumn(Shown.VALUE),
        *points(Part.QUANTITY, Part.STATEMENT),
        ComparedColumn(Shown.TOTAL),
    )
