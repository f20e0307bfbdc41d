"""What is to be said of a file as a whole: what it was made for, columns that are no year, years that it lacks."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.exchange.labelled.heads import headings_of
from tomsapp.exchange.labelled.labels import RowKind, TableLabels
from tomsapp.exchange.labelled.read import OfferReader, ReadSheet
from tomsapp.exchange.labelled.row_sorts import is_filled
from tomsapp.exchange.labelled.uses import CODE, VALUE, is_year_outside, rank_of, use_of
from tomsapp.exchange.own_totals import figures_unknown
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stamp import contract_problems, missing_columns, read_stamp, stamp_problems
from tomsapp.exchange.workbook_layout import column_letter


def file_problems(
    reader: OfferReader, book: OpenedBook, labels: TableLabels, sheets: Sequence[ReadSheet]
) -> Iterator[Problem]:
    """What is wrong with the file, or to be known of it."""
    stamp, file = read_stamp(book), reader.file
    yield from book.problems
    yield from stamp_problems(stamp, reader.edition, file)
    read = [sheet for sheet in sheets if sheet.labels.is_read]
    if stamp:
        yield from contract_problems(stamp, book, reader.contract, file)
        for sheet in read:
            yield from missing_columns(stamp, sheet.sheet.headings, file, sheet.name)
    if not any(one.is_read for one in labels):
        yield _nothing_read(labels, file)
    names = {sheet.name for sheet in sheets}
    for one in labels:
        if one.is_read and one.name not in names:
            message = "No column holds codes and quantities"
            fix = "Say which column holds the code, and which the quantities"
            yield problem_at("no-quantity-column", message, fix, Where(file, one.name))
    for sheet in read:
        yield from _of_sheet(reader, sheet)
    if any(_is_total_unknown(sheet) for sheet in read):
        yield figures_unknown(file)


def _nothing_read(labels: TableLabels, file: str) -> Problem:
    """Why no sheet is read: what it lacks is a head, or only what says where quantities stand."""
    if all(one.column_of(CODE.key) is None for one in labels):
        return problem_at("no-table", "No row looks like a head", "Point at the row with the headings", Where(file))
    fix = "Say which column holds a year, or the whole contract. Add quarters and months up to years first"
    return problem_at("no-quantity-column", "No column is known to hold quantities", fix, Where(file))


def _of_sheet(reader: OfferReader, sheet: ReadSheet) -> Iterator[Problem]:
    where = Where(reader.file, sheet.name)
    if not any(one.promises for one in sheet.sorted_rows):
        message, fix = "No row has a quantity", "Fill in a quantity for at least one measure"
        yield problem_at("nothing-filled-in", message, fix, where)
    yield from column_problems(sheet, reader.file)


def _missing_years(sheet: ReadSheet, file: str) -> Iterator[Problem]:
    """Years of the contract for which the sheet has no column."""
    given = sheet.sheet.headings.quantities
    if given and not sheet.is_whole:
        for year in sheet.years:
            if year.index not in given:
                message = f"There is no column for {year.label}: nothing is promised in it"
                fix = "Check the dates of the contract, or say which column holds it"
                yield problem_at("year-not-in-file", message, fix, Where(file, sheet.name), Severity.NOTE)


def _is_total_unknown(sheet: ReadSheet) -> bool:
    """Whether the total of a sheet is a formula that was never worked out."""
    column, last = sheet.labels.column_of(VALUE.key), sheet.last_total
    totals = (row for row in sheet.grid.rows if row.number == last and column is not None)
    return any(row.cell(column).lacks_result for row in totals)


def column_problems(sheet: ReadSheet, file: str) -> Iterator[Problem]:
    """Columns that are not read although their heading names what is, and years that have none."""
    headings = headings_of(sheet.grid, sheet.labels.rows_of(RowKind.HEAD))
    for column, texts in headings.items():
        filled = any(is_filled(one.row.cell(column)) for one in sheet.sorted_rows)
        if column in sheet.labels.columns or not filled:
            continue
        text, letter = " ".join(texts), column_letter(column)
        where = Where(file, sheet.name, sheet.sheet.headings.row, letter)
        used = sheet.labels.column_of(use_of(text, sheet.years) or "-")
        if is_year_outside(text, sheet.years):
            message, fix = f"{text[:40]} is not a year of this contract", "Check the dates of the contract"
            yield problem_at("year-not-in-contract", message, fix, where, Severity.WARNING)
        elif used is not None and rank_of(texts) == rank_of(headings.get(used, ())):
            message = f"“{text[:40]}” stands over column {column_letter(used)} and over column {letter}"
            fix = f"Column {column_letter(used)} is read. Point at the one that is meant"
            yield problem_at("heading-repeated", message, fix, where, Severity.WARNING)
    yield from _missing_years(sheet, file)
