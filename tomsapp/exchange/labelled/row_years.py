"""Which contract year each row of a table is of, where it has a row for each year and a single column of quantities."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.exchange.grid import Grid, GridCell, GridRow, text_or_nothing
from tomsapp.exchange.labelled.contract_days import counted_day
from tomsapp.exchange.labelled.heads import is_number, texts_of
from tomsapp.exchange.labelled.row_sorts import RowSort, SortedRow, is_filled
from tomsapp.exchange.labelled.uses import CODE, FOR_ALL_YEARS, ROW_QUANTITY, ROW_YEAR, WHOLE, year_of
from tomsapp.exchange.stated import names_total_alone
from tomsapp.exchange.year_words import YearWords, tidy, year_in

_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class RowYear:
    """The year of a row.

    Attributes:
        year: its place in the contract (0 is the first); None where it is none of its years.
        text: what says so; empty where nothing does.
        is_above: the row leaves it to one above it.
    """

    year: int | None
    text: str
    is_above: bool = False


def year_named(text: str, years: Sequence[ContractYear]) -> YearWords | None:
    """The year that the text of a cell names; a number alone is the place of the year, or a day that a sheet counts."""
    plain = tidy(text)
    counted = counted_day(plain)
    if counted is not None:
        plain = tidy(counted.day.isoformat())
    return year_in(f"year {plain}" if plain.isdigit() and len(plain) <= 2 else plain, years)


def row_years(
    rows: Sequence[SortedRow], columns: Mapping[int, str], years: Sequence[ContractYear], title: str = ""
) -> dict[int, RowYear]:
    """The year of each row by its number, for rows from top to bottom; none of a table without rows for years.

    `title` is the year that stands over the head as the heading of the first group, if one does.
    """
    if ROW_QUANTITY.key not in columns.values():
        return {}
    column = next((place for place, key in columns.items() if key == ROW_YEAR.key), None)
    code = next((place for place, key in columns.items() if key == CODE.key), -1)
    texts = dict(
        _own_texts(rows, column, is_first=column < code) if column is not None else _texts_above(rows, years, title)
    )
    read = {text: year_named(text, years) for text, _ in texts.values() if text}
    is_late = _is_named_by_last(list(read.values()), years)
    return {
        number: RowYear(_place(read[text], years, is_late=is_late) if text else None, text, is_above)
        for number, (text, is_above) in texts.items()
    }


def _own_texts(rows: Sequence[SortedRow], column: int, *, is_first: bool) -> Iterator[tuple[int, tuple[str, bool]]]:
    """What the column of years says of each row.

    Where it says nothing, what it says above: in a column before the codes, by which rows are grouped, and in merged
    cells.
    """
    above = ""
    for one in rows:
        cell = one.row.cell(column)
        own = text_or_nothing(cell)
        above = own if own or not (is_first or cell.is_merged) else above
        yield one.row.number, (above, not own)


def _texts_above(
    rows: Sequence[SortedRow], years: Sequence[ContractYear], title: str
) -> Iterator[tuple[int, tuple[str, bool]]]:
    """The heading of its group for each row."""
    above = title
    for one in rows:
        above = year_heading(one, years) or above
        yield one.row.number, (above, False)


def year_heading(one: SortedRow, years: Sequence[ContractYear]) -> str:
    """The year that a row names and nothing else, as the heading of the rows under it; empty where it names none."""
    texts = list(texts_of(one.row).values()) if one.sort is RowSort.WORDS else []
    return texts[0] if len(texts) == 1 and year_in(tidy(texts[0]), years) is not None else ""


def year_title(grid: Grid, head: Sequence[int], years: Sequence[ContractYear]) -> str:
    """The year that the lowest title over a head names and nothing else; empty where it names none."""
    titles = (list(texts_of(row).values()) for row in reversed(grid.rows) if head and row.number < head[0])
    text = next((texts[0] for texts in titles if len(texts) == 1), "")
    return text if year_in(tidy(text), years) is not None else ""


def has_year_headings(rows: Sequence[SortedRow], years: Sequence[ContractYear], title: str = "") -> bool:
    """Whether the lines of a table stand in groups of which each has a year for its heading."""
    named = {title, *(year_heading(one, years) for one in rows)} - {""}
    return len({words.year for text in named if (words := year_in(tidy(text), years))}) >= _LEAST_ROWS


def _is_named_by_last(read: Sequence[YearWords | None], years: Sequence[ContractYear]) -> bool:
    """Whether single financial years are named by the year in which they end: FY27 is 2026/27."""
    fiscal = [words.year for words in read if words is not None and words.is_fiscal]
    return any(year is None or year >= len(years) for year in fiscal) and 0 not in fiscal


def _place(words: YearWords | None, years: Sequence[ContractYear], *, is_late: bool) -> int | None:
    if words is None or words.year is None or words.is_otherwise:
        return None
    year = words.year - 1 if words.is_fiscal and is_late else words.year
    return year if 0 <= year < len(years) else None


def find_year_column(
    rows: Sequence[GridRow], columns: Iterable[int], headed: Container[int], years: Sequence[ContractYear]
) -> int | None:
    """The one of some columns that says of each row which year it is of; None where none does, or several do.

    Numbers alone are years only in a column that is `headed` so.
    """
    found: list[int] = []
    for column in sorted(columns):
        filled = (cell for row in rows if is_filled(cell := row.cell(column)))
        cells = [cell for cell in filled if not names_total_alone(text_or_nothing(cell))]
        if len(cells) >= _LEAST_ROWS and all(_names_year(cell, years, is_headed=column in headed) for cell in cells):
            found.append(column)
    return found[0] if len(found) == 1 else None


def _names_year(cell: GridCell, years: Sequence[ContractYear], *, is_headed: bool) -> bool:
    text = text_or_nothing(cell)
    is_plain = is_number(cell) or text.isdigit()
    return (is_headed or not is_plain) and year_named(text, years) is not None


def with_rows_of_years(columns: Mapping[int, str], *, has_headings: bool) -> dict[int, str]:
    """The uses of columns, so that one number is of the row's year where rows have years, else of all years."""
    if any(year_of(use) is not None for use in columns.values()):
        return dict(columns)
    if ROW_YEAR.key in columns.values() or has_headings:
        return {column: ROW_QUANTITY.key if use in FOR_ALL_YEARS else use for column, use in columns.items()}
    return {column: WHOLE.key if use == ROW_QUANTITY.key else use for column, use in columns.items()}
