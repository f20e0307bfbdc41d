"""The lines of a file as a person chose: without what is left out, with measures and notes that were added."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import MOST_DECIMALS, exact_sum
from tomsapp.domain.problems import Problem, Severity, problem_at
from tomsapp.domain.spreading import Spread, spread_quantity
from tomsapp.domain.units import UnitForm
from tomsapp.exchange.labelled.easily_missed import column_key, note_key, row_key, sheet_key
from tomsapp.exchange.labelled.labels import INSTEAD, READ, LeftOut, LeftOutKind
from tomsapp.exchange.labelled.left_out import ADD, CHOOSE, WHOLE_KEY, without_column
from tomsapp.exchange.labelled.read import RawLine, ReadSheet
from tomsapp.exchange.workbook_columns import column_letter

_MOST_COSTS = 2
"""Costs of two rows may be the same one or come together: nobody knows, and the rows stay apart."""
_OF_ROWS = (
    (LeftOutKind.STRUCK_OUT, "struck out"),
    (LeftOutKind.ROW_HIDDEN, "hidden"),
    (LeftOutKind.BELOW_TABLE, "below the total"),
    (LeftOutKind.EXAMPLE, "an example"),
)


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """A line of the file as it would come in.

    Attributes:
        raw: as it was read.
        commitment: with what was chosen; its key names the line.
        problems: of its cells.
        tells: the uses that the file has a column for.
        how: why it is easily missed: "struck out", "hidden"; empty where it is plain.
        is_read: whether it comes in; a row that is left out is known only to be left out.
        left_columns: the letters of hidden columns that are left out of it.
        others: further rows that say its other years, in a table or file that has a row for each.
    """

    raw: RawLine
    commitment: Commitment
    problems: tuple[Problem, ...]
    tells: frozenset[str]
    how: str
    is_read: bool
    left_columns: tuple[str, ...] = ()
    others: tuple[RawLine, ...] = ()

    @property
    def rows(self) -> tuple[RawLine, ...]:
        """All rows that say it, as they stand in the file."""
        return (self.raw, *self.others)

    @property
    def stated(self) -> Decimal | None:
        """The social value that the file shows for it, above its total; None where it shows none."""
        shown = [row.stated.value for row in self.rows if row.stated.value is not None and not row.is_below]
        return exact_sum(shown) if shown else None

    @property
    def years_unread(self) -> frozenset[int]:
        """The contract years whose quantity could not be read: none of them is the nought that it counts as."""
        errors = (one.where for one in self.problems if one.severity is Severity.ERROR)
        years = frozenset(where.year for where in errors if where.field == "quantity" and where.year is not None)
        return (
            frozenset(range(len(self.commitment.quantities)))
            if years and (self.raw.is_whole or self.raw.is_each)
            else years
        )


@dataclass(frozen=True)
class Chooser:
    """Applies what a person chose to lines that were read whole."""

    edition: MenuEdition
    left_out: Sequence[LeftOut]
    choices: Mapping[str, str]

    def lines(self, sheets: Sequence[ReadSheet], lines: Mapping[str, Sequence[RawLine]]) -> Iterator[OfferedLine]:
        """The lines of the sheets that are read, in the order of the file; those left out too."""
        first: dict[Commitment, OfferedLine] = {}
        read = (self._line(sheet, raw) for sheet in self.read_sheets(sheets) for raw in lines[sheet.name])
        for line in folded(one for made in read for one in made):
            yield _twin_of(line, first) if line.is_read else line

    def read_sheets(self, sheets: Iterable[ReadSheet]) -> Iterator[ReadSheet]:
        """The sheets that are read."""
        return (sheet for sheet in sheets if self._is_sheet_read(sheet))

    @property
    def spread(self) -> Spread:
        """How one number for the whole contract is put to the years; evenly until somebody says."""
        chosen = self._chosen(WHOLE_KEY)
        return Spread(chosen) if chosen else Spread.EVENLY

    def _is_sheet_read(self, sheet: ReadSheet) -> bool:
        chosen = self._chosen(sheet_key(sheet.name))
        return chosen in {READ.key, INSTEAD} if chosen else sheet.labels.is_read

    @cached_property
    def _by_key(self) -> dict[str, LeftOut]:
        return {one.key: one for one in self.left_out}

    def _chosen(self, key: str) -> str:
        found = self._by_key.get(key)
        return found.chosen(self.choices) if found is not None else self.choices.get(key, "")

    def _line(self, sheet: ReadSheet, line: RawLine) -> Iterator[OfferedLine]:
        number = line.row.number
        if not line.has_code:
            chosen = self._chosen(row_key(LeftOutKind.NO_KEY, sheet.name, number))
            if chosen.startswith(CHOOSE.key):
                yield self._made(
                    sheet, self._with_measure(sheet, line, chosen.removeprefix(CHOOSE.key)), "", is_read=True
                )
            return
        marks = [(kind, words) for kind, words in _OF_ROWS if self._has(row_key(kind, sheet.name, number))]
        is_read = all(self._chosen(row_key(kind, sheet.name, number)) == READ.key for kind, _ in marks)
        yield self._made(sheet, line, ", ".join(words for _, words in marks), is_read=is_read)

    def _has(self, key: str) -> bool:
        return key in self._by_key

    def _with_measure(self, sheet: ReadSheet, line: RawLine, code: str) -> RawLine:
        """A row without a code, read for the measure that was chosen; its words are its statement."""
        one = next(row for row in sheet.sorted_rows if row.row.number == line.row.number)
        read = sheet.read_row(one, code)
        words = line.commitment.statement
        if read is None:
            return replace(line, commitment=replace(line.commitment, measure=code), has_code=True)
        statement = read.commitment.statement or words
        return replace(read, commitment=replace(read.commitment, statement=statement), is_below=line.is_below)

    def _made(self, sheet: ReadSheet, line: RawLine, how: str, *, is_read: bool) -> OfferedLine:
        commitment, tells, problems = line.commitment, line.tells, line.problems
        left = self._left_columns(sheet)
        for column, key in left.items():
            commitment = without_column(line, commitment, key)
            tells -= {key}
            problems = tuple(one for one in problems if one.where.column != column)
        if line.is_whole:
            commitment = self._spread(sheet, commitment)
        commitment = self._with_notes(sheet, line, commitment)
        return OfferedLine(line, commitment, problems, tells, how, is_read, tuple(left))

    def _left_columns(self, sheet: ReadSheet) -> dict[str, str]:
        """The letters of the hidden columns that are left out, with what they hold."""
        keys = {column: column_key(sheet.name, column) for column in sorted(sheet.grid.hidden_columns)}
        return {
            column_letter(column): sheet.labels.columns[column]
            for column, key in keys.items()
            if self._has(key) and self._chosen(key) != READ.key
        }

    def _spread(self, sheet: ReadSheet, commitment: Commitment) -> Commitment:
        number = commitment.quantity_in(0)
        if number is None:
            return commitment
        measure = self.edition.find_measure(commitment.measure)
        form, places = (measure.unit.form, measure.decimals) if measure else (UnitForm.NUMBER, MOST_DECIMALS)
        return replace(commitment, quantities=spread_quantity(number, self.spread, sheet.years, form, places))

    def _with_notes(self, sheet: ReadSheet, line: RawLine, commitment: Commitment) -> Commitment:
        """With the notes beside its cells that go to its statement."""
        keys = [
            (cell.note, note_key(sheet.name, f"{column_letter(column)}{line.row.number}"))
            for column, cell in sorted(line.row.cells.items())
            if cell.note
        ]
        added = [" ".join(note.split()) for note, key in keys if self._chosen(key) == ADD.key]
        return replace(commitment, statement=" ".join(filter(None, (commitment.statement, *added))))


def folded(lines: Iterable[OfferedLine]) -> list[OfferedLine]:
    """The lines, with those that say one promise in several years as one: rows for each year, or a sheet for each."""
    found: list[OfferedLine] = []
    places: dict[tuple[str, str, Decimal], list[int]] = {}
    for line in lines:
        said = line.commitment
        alike = places.setdefault((said.measure, said.place, said.contract_share), [])
        place = next((one for one in alike if _is_of_one(found[one], line)), None) if line.is_read else None
        if place is None:
            alike.append(len(found))
            found.append(line)
        else:
            found[place] = _together(found[place], line)
    return found


def _is_of_one(line: OfferedLine, other: OfferedLine) -> bool:
    """Whether two lines of a measure speak of different years, so that they can be one."""
    years = frozenset[int]().union(*(row.years for row in line.rows))
    is_plain = line.is_read and not (line.how or other.how or line.commitment.rate or other.commitment.rate)
    is_named = line.raw.identity is not None or other.raw.identity is not None
    costs = [one for one in (line.commitment.cost, other.commitment.cost) if one is not None]
    is_apart = bool(years) and bool(other.raw.years) and not years & other.raw.years
    return is_plain and not is_named and is_apart and len(costs) < _MOST_COSTS


def _together(line: OfferedLine, other: OfferedLine) -> OfferedLine:
    said, more = line.commitment, other.commitment
    years = range(max(len(said.quantities), len(more.quantities)))
    further = {year for year in other.raw.years if more.quantity_in(year) is not None}
    quantities = tuple(more.quantity_in(year) if year in further else said.quantity_in(year) for year in years)
    statements = dict.fromkeys(filter(None, (said.statement, more.statement)))
    cost = more.cost if said.cost is None else said.cost
    commitment = replace(said, quantities=quantities, statement="\n".join(statements), cost=cost)
    return replace(
        line,
        commitment=commitment,
        problems=(*line.problems, *other.problems),
        tells=line.tells | other.tells,
        others=(*line.others, other.raw),
    )


def _twin_of(line: OfferedLine, first: dict[Commitment, OfferedLine]) -> OfferedLine:
    """The line, with a warning where a row before it says the same in every word and number: a copy by mistake."""
    said, number = replace(line.commitment, key=""), line.raw.row.number
    other = first.setdefault(said, line)
    if other is line or not (any(said.quantities) or said.rate):
        return line
    of_sheet = "" if other.raw.sheet.name == line.raw.sheet.name else f" of {other.raw.sheet.name}"
    message = f"Row {number} says the same as row {other.raw.row.number}{of_sheet}, in every word and number"
    where = line.raw.sheet.sheet.where(number, None, said.measure)
    fix = "Leave it out, unless the same is promised a second time"
    twin = problem_at("row-twice", message, fix, where, Severity.WARNING)
    return replace(line, problems=(*line.problems, twin))
