"""What each column of an offer seems to hold: by its headings, and by its cells where they may mean two things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.exchange.grid import Grid, GridRow
from tomsapp.exchange.labelled.codes import CodeBook
from tomsapp.exchange.labelled.heads import is_number
from tomsapp.exchange.labelled.number_columns import NumberColumns
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.labelled.row_years import find_year_column
from tomsapp.exchange.labelled.uses import (
    EACH,
    FOR_ALL_YEARS,
    ROW_QUANTITY,
    ROW_YEAR,
    UNIT,
    WHOLE,
    rank_of,
    use_of,
    year_of,
    year_use,
)
from tomsapp.exchange.year_words import is_part_of_year, says_year, tidy, year_in


@dataclass(frozen=True)
class ColumnGuesser:
    """Guesses the uses of the columns of one sheet, whose codes stand in a column that is known.

    Attributes:
        code: the column of the codes; -1 where none is known.
        first: the first row under the head.
    """

    grid: Grid
    headings: Mapping[int, Sequence[str]]
    codes: CodeBook
    years: Sequence[ContractYear]
    code: int
    first: int

    def columns(self) -> dict[int, str]:
        """The use of each column but that of the codes; of two with the same one, that which says it best."""
        headings, numbers = self.headings, NumberColumns(self.grid, self.first)
        named = {column: self._use(texts) for column, texts in headings.items() if column != self.code}
        named = _without_parts(_fiscal(named, headings, self.years), headings, self.years)
        named = self._with_year_of_row(named)
        for column, use in named.items():
            if use in {*FOR_ALL_YEARS, UNIT.key}:
                named[column] = numbers.of_whole_or_unit(column, headings[column][-1], use)
        if any(year_of(use) is not None for use in named.values()):
            named = self._with_single_years(named)
        if EACH.key in named.values():
            named = {column: use for column, use in named.items() if use != WHOLE.key}
        return self._best(self._with_quantity_of_row(named)) or self._by_numbers(numbers)

    def _best(self, named: Mapping[int, str]) -> dict[int, str]:
        best: dict[str, int] = {}
        for column, use in named.items():
            if use and (use not in best or rank_of(self.headings[column]) < rank_of(self.headings[best[use]])):
                best[use] = column
        return {column: use for use, column in best.items()}

    @property
    def _lines(self) -> list[GridRow]:
        rows = (row for row in self.grid.rows if row.number >= self.first)
        return [row for row in rows if self.codes.find_in(row.cell(self.code)) is not None]

    def _with_single_years(self, named: Mapping[int, str]) -> dict[int, str]:
        """Without columns of one number for all years, unless lines have their only number there."""
        years = [column for column, use in named.items() if year_of(use) is not None]
        rest = [row for row in self._lines if not any(is_filled(row.cell(column)) for column in years)]
        needed = {column for row in rest for column, cell in row.cells.items() if is_number(cell) and cell.value}
        return {column: use for column, use in named.items() if use not in FOR_ALL_YEARS or column in needed}

    def _with_year_of_row(self, named: dict[int, str]) -> dict[int, str]:
        """With the column that says of each row which year it is of, where no column is of a single year."""
        if any(year_of(use) is not None for use in named.values()) or not FOR_ALL_YEARS & set(named.values()):
            return named
        rest = frozenset(column for column, use in named.items() if not use or use == WHOLE.key)
        headed = {column for column in rest if not named[column] and says_year(" ".join(self.headings[column]))}
        column = find_year_column(self._lines, rest, headed, self.years)
        others = {place: use for place, use in named.items() if place != column}
        return named if column is None or not FOR_ALL_YEARS & set(others.values()) else {**others, column: ROW_YEAR.key}

    def _with_quantity_of_row(self, named: dict[int, str]) -> dict[int, str]:
        if ROW_YEAR.key not in named.values():
            return named
        return {column: ROW_QUANTITY.key if use in FOR_ALL_YEARS else use for column, use in named.items()}

    def _use(self, texts: Sequence[str]) -> str:
        """What joined headings name, else the lowest of them, else the one above it; a quarter is no year."""
        joined = use_of(" ".join(texts), self.years)
        if joined or is_part_of_year(tidy(texts[-1])):
            return joined
        return next((use for text in reversed(texts) if (use := use_of(text, self.years))), "")

    def _by_numbers(self, numbers: NumberColumns) -> dict[int, str]:
        """A table without headings: as many columns of numbers as the contract has years are its years."""
        if self.headings:
            return {}
        filled = [column for column in numbers.columns if column != self.code]
        if len(filled) != len(self.years):
            return {}
        return {column: year_use(place).key for place, column in enumerate(filled)}


def _fiscal(
    found: Mapping[int, str], headings: Mapping[int, Sequence[str]], years: Sequence[ContractYear]
) -> dict[int, str]:
    """“FY27” is the year that begins in 2027, unless the contract has only the one that ends then."""
    said = {column: year_in(tidy(texts[-1]), years) for column, texts in headings.items()}
    fiscal = {column: words.year for column, words in said.items() if words is not None and words.is_fiscal}
    is_late = any(year is None or year >= len(years) for year in fiscal.values())
    if not is_late or any(year == 0 for year in fiscal.values()):
        return dict(found)
    moved = {column: year_use(year - 1).key for column, year in fiscal.items() if year}
    own = {year_use(year.index).key for year in years}
    return {column: use for column, use in {**found, **moved}.items() if column not in moved or use in own}


def _without_parts(
    found: Mapping[int, str], headings: Mapping[int, Sequence[str]], years: Sequence[ContractYear]
) -> dict[int, str]:
    """The uses without the months of a year that each have a column: none of them is the year."""
    days: dict[str, set[date]] = {}
    named: dict[int, date] = {}
    for column, use in found.items():
        words = year_in(tidy(headings[column][-1]), years) if year_of(use) is not None else None
        if words is not None and words.day is not None:
            named[column] = words.day
            days.setdefault(use, set()).add(words.day)
    return {column: use for column, use in found.items() if column not in named or len(days[use]) == 1}
