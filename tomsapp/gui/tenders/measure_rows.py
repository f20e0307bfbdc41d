"""The rows of the table of measures: themes, and the measures that the tender asks for, in the menu's order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tomsapp.domain.measure_words import worth_words
from tomsapp.domain.menu import Measure
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, TenderMeasure
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.gui.contract.rows import CellKey
from tomsapp.gui.contract.typed import quantity_text
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.typed_quantities import HeldText

TITLE, WHY, USE, UNIT_VALUE, TARGET, WORTH = range(6)
FACT_OF = {WHY: "relevance", USE: "use", TARGET: "target"}
"""The fact that is typed or chosen in a column."""
COLUMN_OF = {name: column for column, name in FACT_OF.items()}
HEADS = {
    TITLE: "Measure",
    WHY: TENDER_MEASURE.fact("relevance").label,
    USE: TENDER_MEASURE.fact("use").label,
    UNIT_VALUE: "Unit value",
    TARGET: TENDER_MEASURE.fact("target").label,
    WORTH: "Target is worth",
}
_REQUIRED, _MAKE = "At least 1 is required", "Make one required"


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme of which measures are asked; one without a number holds what the edition lacks."""

    key: str
    number: int
    title: str
    count: int
    is_required: bool = False
    is_folded: bool = False
    is_fixed: bool = False

    @property
    def words(self) -> str:
        """The theme with how many measures of it are asked."""
        return f"{self.title}, {plural(self.count, 'measure')}"

    @property
    def choice(self) -> str:
        """Whether each offer must have a measure of it, or what makes it so."""
        if not self.number or (self.is_fixed and not self.is_required):
            return ""
        return _REQUIRED if self.is_required else _MAKE


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure as it is asked; `worth` is what its target comes to, None where that cannot be told."""

    key: str
    asked: TenderMeasure
    measure: Measure | None
    worth: Decimal | None
    held: Mapping[int, HeldText] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)
    is_fixed: bool = False

    @property
    def code(self) -> str:
        """The code of the measure."""
        return self.asked.measure

    @property
    def title(self) -> str:
        """What it is called; the code of one that the edition lacks."""
        return self.measure.title if self.measure else self.code

    @property
    def second(self) -> str:
        """What stands under the title: code and unit."""
        return f"{self.code} · {self.measure.each_name}" if self.measure else "not in the menu edition"

    def text(self, column: int) -> str:
        """What a cell shows."""
        if column in self.held:
            return self.held[column].text
        if column == TITLE:
            return self.title
        if column == WHY:
            return self.asked.relevance
        if column == USE:
            return self.asked.use.words
        if column == UNIT_VALUE:
            return worth_words(self.measure) if self.measure else ""
        return quantity_text(self.asked.target, self.measure) if column == TARGET else self.worth_words

    @property
    def is_worth_told(self) -> bool:
        """Whether its last cell shows pounds."""
        return bool(self.asked.target) and self.worth is not None and not self.asked.is_condition

    @property
    def worth_words(self) -> str:
        """What the target is worth, or why that is nothing."""
        if self.asked.is_condition:
            return "Condition"
        if not self.asked.target:
            return "No target"
        return format_pounds(self.worth) if self.worth is not None else "–"


Row = ThemeRow | MeasureRow


@dataclass(frozen=True)
class Shown:
    """What the table shows.

    Attributes:
        measures: as they are typed.
        valuation: what the targets are worth in the first lot that can be valued; None where none can.
        codes: the measures that are let through; None for all.
    """

    opened: OpenTender
    measures: Sequence[TenderMeasure]
    valuation: Valuation | None
    held: Mapping[CellKey, HeldText]
    codes: Collection[str] | None = None
    is_fixed: bool = False


def rows_of(shown: Shown, folded: Collection[str]) -> list[Row]:
    """All rows, top to bottom; of a folded theme only its own."""
    return list(_rows(shown, folded))


def _rows(shown: Shown, folded: Collection[str]) -> Iterator[Row]:
    edition = shown.opened.edition
    places = edition.places if edition else {}
    required = shown.opened.tender.theme_numbers
    of_theme: dict[int, list[MeasureRow]] = {}
    for row in _measure_rows(shown):
        number = places[row.code].theme.number if row.code in places else 0
        of_theme.setdefault(number, []).append(row)
    for theme in edition.themes if edition else ():
        own = of_theme.get(theme.number)
        if own:
            key = f"theme:{theme.number}"
            is_required, is_folded = theme.number in required, key in folded
            yield ThemeRow(key, theme.number, theme.title, len(own), is_required, is_folded, shown.is_fixed)
            yield from () if is_folded else own
    if 0 in of_theme:
        title = f"Not in {edition.name}" if edition else "No menu edition"
        yield ThemeRow("theme:0", 0, title, len(of_theme[0]))
        yield from of_theme[0]


def _measure_rows(shown: Shown) -> Iterator[MeasureRow]:
    worth = {line.commitment.key: line.social_value for line in shown.valuation.lines} if shown.valuation else {}
    edition = shown.opened.edition
    for asked in shown.measures:
        code = asked.measure
        if shown.codes is None or code in shown.codes:
            held = {column: text for (key, column), text in shown.held.items() if key == code}
            measure = edition.find_measure(code) if edition else None
            marks = _marks(shown.opened, asked)
            marks.update(dict.fromkeys(held, "error"))
            yield MeasureRow(f"measure:{code}", asked, measure, worth.get(code), held, marks, shown.is_fixed)


def _marks(opened: OpenTender, asked: TenderMeasure) -> dict[int, str]:
    """The cells of a measure in which something is to be put right, as far as it still stands as it was read."""
    if asked not in (each.record for each in opened.measures):
        return {}
    found: dict[int, str] = {}
    for each in opened.problems:
        where = each.problem.where
        column = COLUMN_OF.get(where.field)
        if where.measure == asked.measure and column is not None and found.get(column) != "error":
            found[column] = "error" if each.problem.severity is Severity.ERROR else "warning"
    return found
