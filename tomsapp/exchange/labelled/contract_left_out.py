"""What of a register of contracts is easily missed: hidden, struck out, aside, noted or below the table."""

from collections.abc import Iterator, Mapping, Sequence

from tomsapp.domain.wording import listed, plural
from tomsapp.exchange.grid import GridRow, text_or_nothing
from tomsapp.exchange.labelled.contract_aside import aside, rows_aside
from tomsapp.exchange.labelled.contract_read import ContractSheet
from tomsapp.exchange.labelled.contract_uses import CONTRACT_USES
from tomsapp.exchange.labelled.easily_missed import (
    column_key,
    note_key,
    notes_in,
    quoted,
    row_key,
    sheet_key,
    struck_in_part,
    words_below,
    words_in,
)
from tomsapp.exchange.labelled.labels import LEAVE, READ, LeftOut, LeftOutKind, Option
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.workbook_columns import column_letter

ADD_NOTE = Option("add", "Add to notes")
KEEP_WORDS = Option("notes", "Keep in the notes")
_BOTH = (READ, LEAVE)
_STRUCK, _HIDDEN = LeftOutKind.STRUCK_OUT, LeftOutKind.ROW_HIDDEN


def contracts_left_out(sheets: Sequence[ContractSheet]) -> Iterator[LeftOut]:
    """All of it, sheet by sheet."""
    for sheet in sheets:
        if sheet.grid.is_hidden and sheet.rows:
            guess = READ.key if sheet.labels.is_read else ""
            title, said = f"Sheet {sheet.name} is hidden", plural(len(sheet.rows), "contract")
            kind = LeftOutKind.SHEET_HIDDEN
            yield LeftOut(sheet_key(sheet.name), kind, title, said, _BOTH, sheet.name, guess=guess)
        if sheet.labels.is_read:
            yield from _of_sheet(sheet)


def _of_sheet(sheet: ContractSheet) -> Iterator[LeftOut]:
    labels = {use.key: use.label for use in CONTRACT_USES}
    for column in sorted(sheet.grid.hidden_columns & sheet.labels.columns.keys()):
        filled = sum(is_filled(row.cell(column)) for row in sheet.rows)
        if filled:
            title = f"Column {column_letter(column)} is hidden"
            said = f"{labels[sheet.labels.columns[column]]} of {plural(filled, 'contract')}"
            key, kind = column_key(sheet.name, column), LeftOutKind.COLUMN_HIDDEN
            yield LeftOut(key, kind, title, said, _BOTH, sheet.name, column=column)
    yield from aside(sheet)
    for row in sheet.rows:
        yield from _of_row(sheet, row)
    yield from notes_in(sheet.grid, {row.number for row in sheet.rows}, ADD_NOTE)
    yield from words_below(sheet.grid, sheet.labels)
    if sheet.ignored:
        letters = listed([column_letter(column) for column in sheet.ignored])
        title = f"Columns {letters} are not read" if len(sheet.ignored) > 1 else f"Column {letters} is not read"
        said, kind = quoted("; ".join(sheet.ignored.values())), LeftOutKind.COLUMN_IGNORED
        yield LeftOut(ignored_key(sheet), kind, title, said, (KEEP_WORDS, LEAVE), sheet.name, guess=LEAVE.key)


def ignored_key(sheet: ContractSheet) -> str:
    """What the choice about the columns of a sheet that are not read is kept by."""
    return f"{LeftOutKind.COLUMN_IGNORED.value}:{sheet.name}"


def _of_row(sheet: ContractSheet, row: GridRow) -> Iterator[LeftOut]:
    if not (row.is_hidden or any(cell.is_struck or cell.is_part_struck for cell in row.cells.values())):
        return
    number, said = row.number, quoted(words_in(row))
    if row.is_struck:
        key, title = row_key(LeftOutKind.STRUCK_OUT, sheet.name, number), f"Row {number} is struck out"
        yield LeftOut(key, LeftOutKind.STRUCK_OUT, title, said, _BOTH, sheet.name, number, guess=LEAVE.key)
    struck = struck_in_part(row, sheet.labels.columns)
    if struck:
        key, title = row_key(LeftOutKind.STRUCK_OUT, sheet.name, number), f"Row {number} is struck out in part"
        yield LeftOut(key, LeftOutKind.STRUCK_OUT, title, f"{struck}: {said}", _BOTH, sheet.name, number)
    if row.is_hidden:
        key = row_key(LeftOutKind.ROW_HIDDEN, sheet.name, number)
        title = f"Row {number} is hidden{' by a filter' if sheet.grid.filtered else ''}"
        yield LeftOut(key, LeftOutKind.ROW_HIDDEN, title, said, _BOTH, sheet.name, number)


def rows_left(sheet: ContractSheet, chosen: Mapping[str, str]) -> frozenset[int]:
    """The rows that are left out as was chosen; what is not decided is left out until it is."""
    left, kinds = {key for key, option in chosen.items() if option != READ.key}, (_STRUCK, _HIDDEN)
    if not any(key.startswith(tuple(f"{kind.value}:" for kind in kinds)) for key in left):
        return rows_aside(sheet, chosen)
    return rows_aside(sheet, chosen) | frozenset(
        row.number for row in sheet.rows if any(row_key(kind, sheet.name, row.number) in left for kind in kinds)
    )


def columns_left(sheet: ContractSheet, chosen: Mapping[str, str]) -> frozenset[int]:
    """The hidden columns that are left out as was chosen."""
    columns = sheet.grid.hidden_columns & sheet.labels.columns.keys()
    return frozenset(column for column in columns if chosen.get(column_key(sheet.name, column), READ.key) != READ.key)


def notes_added(sheet: ContractSheet, row: GridRow, chosen: Mapping[str, str]) -> list[str]:
    """The notes beside the cells of a row, and what its other columns say, where they are to be added to it."""
    noted = sorted((column, cell.note) for column, cell in row.cells.items() if cell.note)
    notes = [(note, f"{column_letter(column)}{row.number}") for column, note in noted]
    keys = [(" ".join(note.split()), note_key(sheet.name, where)) for note, where in notes]
    added = [note for note, key in keys if chosen.get(key) == ADD_NOTE.key]
    if chosen.get(ignored_key(sheet)) != KEEP_WORDS.key:
        return added
    others = ((heading, row.cell(column)) for column, heading in sheet.ignored.items())
    told = ((heading, text_or_nothing(cell, as_shown=True)) for heading, cell in others if is_filled(cell))
    return [*added, *(f"{heading}: {text}" for heading, text in told)]
