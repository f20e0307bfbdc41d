"""Columns of which several stand for one year, “Year 1” and “Year 1 (revised)”: a person says which is meant."""

from collections.abc import Iterator, Mapping

from tomsapp.domain.wording import listed
from tomsapp.exchange.grid import text_or_nothing
from tomsapp.exchange.labelled.easily_missed import sheet_key
from tomsapp.exchange.labelled.guess import COPY_OF, copied_from
from tomsapp.exchange.labelled.labels import INSTEAD, LeftOut, LeftOutKind, Option, TableLabels
from tomsapp.exchange.labelled.read import ReadSheet
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.labelled.uses import (
    EACH,
    FOR_ALL_YEARS,
    ROW_QUANTITY,
    WHOLE,
    is_quantity,
    rank_of,
    use_of,
    year_of,
    year_use,
)
from tomsapp.exchange.workbook_columns import column_index, column_letter

_MOST_SHOWN = 3
_NO_YEAR = {EACH.key: EACH, WHOLE.key: WHOLE, ROW_QUANTITY.key: ROW_QUANTITY}
_HELD = {EACH.key: "Each year", WHOLE.key: "The whole contract", ROW_QUANTITY.key: "The quantity"}


def rivals_of(sheet: ReadSheet) -> dict[str, tuple[int, ...]]:
    """The columns that could each be read for the same quantities, by their use: the one that is read among them."""
    headings = sheet.headings
    found: dict[str, tuple[int, ...]] = {}
    for use in sorted(sheet.labels.columns.values(), key=lambda key: year_of(key) or 0):
        read = sheet.labels.column_of(use)
        if read is None or not is_quantity(use):
            continue
        others = [
            column
            for column, texts in headings.items()
            if column not in sheet.labels.columns
            and _is_same(use_of(" ".join(texts), sheet.years), use)
            and rank_of(texts) == rank_of(headings.get(read, ()))
            and any(is_filled(one.row.cell(column)) for one in sheet.sorted_rows)
        ]
        if others:
            found[use] = tuple(sorted([read, *others]))
    return found


def _is_same(named: str, use: str) -> bool:
    """Whether a heading names what a column is read for; of rows for years, it does not say so."""
    return named == use or (use == ROW_QUANTITY.key and named in FOR_ALL_YEARS)


def rival_columns(sheet: ReadSheet) -> Iterator[LeftOut]:
    """Each year with several columns, to decide: the file does not say which of them holds."""
    headings = sheet.headings
    for use, columns in rivals_of(sheet).items():
        year = year_of(use)
        held = sheet.years[year].label if year is not None and year < len(sheet.years) else _HELD.get(use, "")
        names = {column: f"“{' '.join(headings.get(column, ()))[:40]}”" for column in columns}
        shown = {
            column: [text for row in sheet.line_rows if (text := text_or_nothing(row.cell(column)))]
            for column in columns
        }
        detail = "; ".join(f"{names[column]}: {_first(shown[column])}" for column in columns)
        letters = [column_letter(column) for column in columns]
        options = tuple(
            Option(letter, f"Read {letter}, {names[column]}") for letter, column in zip(letters, columns, strict=True)
        )
        title = f"{held} stands in columns {listed(letters)}"
        kind = LeftOutKind.COLUMN_IGNORED
        yield LeftOut(f"{kind.value}:{sheet.name}!{use}", kind, title, detail, options, sheet.name, column=columns[-1])


def _first(texts: list[str]) -> str:
    return ", ".join(texts[:_MOST_SHOWN]) + ("…" if len(texts) > _MOST_SHOWN else "")


def with_rivals(labels: TableLabels, choices: Mapping[str, str]) -> TableLabels:
    """The labels with the columns and sheets that were chosen; a column that has another label since keeps that."""
    for sheet in labels:
        if choices.get(sheet_key(sheet.name)) == INSTEAD and sheet.found.startswith(COPY_OF):
            first, _ = copied_from(sheet)
            labels = labels.with_sheet_read(first, is_read=False).with_sheet_read(sheet.name, is_read=True)
        start = f"{LeftOutKind.COLUMN_IGNORED.value}:{sheet.name}!"
        for use in set(sheet.columns.values()):
            letter, year = choices.get(f"{start}{use}", ""), year_of(use)
            if letter and column_index(letter) not in sheet.columns:
                chosen = _NO_YEAR[use] if year is None else year_use(year)
                labels = labels.with_column(sheet.name, column_index(letter), chosen)
    return labels
