"""What is to be said of a file as a whole: what it was made for, columns that are no year, years that it lacks."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.wording import format_percent
from tomsapp.exchange.grid import CellUnreadable, GridCell, number_of, text_or_nothing
from tomsapp.exchange.labelled.guess import TURNED
from tomsapp.exchange.labelled.labels import TableLabels
from tomsapp.exchange.labelled.read import OfferReader, ReadSheet
from tomsapp.exchange.labelled.rivals import rivals_of
from tomsapp.exchange.labelled.row_sorts import is_filled, quantity_columns
from tomsapp.exchange.labelled.uses import (
    CODE,
    EACH,
    FOR_ALL_YEARS,
    ROW_QUANTITY,
    SHARE,
    VALUE,
    is_year_outside,
    rank_of,
    use_of,
    year_of,
)
from tomsapp.exchange.own_totals import figures_unknown
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.stamp import contract_problems, missing_columns, stamp_problems
from tomsapp.exchange.stamp_sheet import read_stamp
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.year_words import tidy, year_in


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
        yield from _of_sheet(reader, sheet, read)
    if any(_is_total_unknown(sheet) for sheet in read):
        yield figures_unknown(file)


def _nothing_read(labels: TableLabels, file: str) -> Problem:
    """Why no sheet is read: what it lacks is a head, or only what says where quantities stand."""
    turned = next((one.name for one in labels if one.found == TURNED), None)
    if turned is not None:
        message = "The measures stand beside each other, and each needs a row of its own"
        fix = "Copy the table and paste it turned (Paste special, Transpose)"
        return problem_at("measures-in-columns", message, fix, Where(file, turned))
    if all(one.column_of(CODE.key) is None for one in labels):
        return problem_at("no-table", "No row looks like a head", "Point at the row with the headings", Where(file))
    if any(quantity_columns(one.columns) for one in labels):
        return problem_at("no-sheet-read", "No sheet is read", "Tick the sheet that is meant", Where(file))
    fix = "Say which column holds a year, or the whole contract. Add quarters and months up to years first"
    return problem_at("no-quantity-column", "No column is known to hold quantities", fix, Where(file))


def _of_sheet(reader: OfferReader, sheet: ReadSheet, sheets: Sequence[ReadSheet]) -> Iterator[Problem]:
    where = Where(reader.file, sheet.name)
    if not any(one.promises for one in sheet.sorted_rows):
        message, fix = "No row has a quantity", "Fill in a quantity for at least one measure"
        yield problem_at("nothing-filled-in", message, fix, where)
    asked = {column for columns in rivals_of(sheet).values() for column in columns}
    yield from column_problems(sheet, reader.file, asked, sheets)


def _missing_years(sheet: ReadSheet, sheets: Sequence[ReadSheet], file: str) -> Iterator[Problem]:
    """Years of the contract for which neither the sheet has a column, nor another one that is of other years."""
    others = (other.sheet.headings.quantities for other in sheets)
    elsewhere = {year for other in others if not set(other) & set(sheet.sheet.headings.quantities) for year in other}
    given, each = sheet.sheet.headings.quantities, sheet.labels.column_of(EACH.key)
    for_all = next((sheet.labels.column_of(key) for key in sheet.labels.columns.values() if key in FOR_ALL_YEARS), None)
    if for_all is not None and any(year_of(key) is not None for key in sheet.labels.columns.values()):
        letter = column_letter(for_all)
        message = (
            f"Column {letter} has one number for all years: it counts only in rows that have none for a single year"
        )
        fix = "Where it is never meant, say at its label that it is ignored"
        yield problem_at("for-all-years-beside", message, fix, Where(file, sheet.name, column=letter), Severity.NOTE)
    elif each is not None:
        message = f"Column {column_letter(each)} has one number for each year: it counts in every year of the contract"
        fix = "Where it is the number for the whole contract, say so at its label"
        yield problem_at("each-year", message, fix, Where(file, sheet.name, column=column_letter(each)), Severity.NOTE)
    elif given and not (sheet.is_for_all_years or sheet.labels.column_of(ROW_QUANTITY.key) is not None):
        for year in sheet.years:
            if year.index not in given and year.index not in elsewhere:
                message = f"There is no column for {year.label}: nothing is promised in it"
                fix = "Check the dates of the contract, or say which column holds it"
                yield problem_at("year-not-in-file", message, fix, Where(file, sheet.name), Severity.NOTE)


def _is_total_unknown(sheet: ReadSheet) -> bool:
    """Whether the total of a sheet is a formula that was never worked out."""
    column, last = sheet.labels.column_of(VALUE.key), sheet.last_total
    totals = (row for row in sheet.grid.rows if row.number == last and column is not None)
    return any(row.cell(column).lacks_result for row in totals)


def column_problems(
    sheet: ReadSheet, file: str, asked: Collection[int] = (), sheets: Sequence[ReadSheet] = ()
) -> Iterator[Problem]:
    """Columns that are not read although their heading names what is, and years that have none.

    What is `asked` of a person needs no warning besides. A year may have its column in another of the `sheets`.
    """
    headings = sheet.headings
    for column, texts in headings.items():
        filled = any(is_filled(one.row.cell(column)) for one in sheet.sorted_rows)
        if column in sheet.labels.columns or column in asked or not filled:
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
    yield from _years_named_otherwise(sheet, file, headings)
    yield from _missing_years(sheet, sheets, file)
    yield from _years_in_rows(sheet, file)
    yield from _shares_of_two_kinds(sheet, file)


def _years_named_otherwise(sheet: ReadSheet, file: str, headings: Mapping[int, Sequence[str]]) -> Iterator[Problem]:
    """Columns that are read for one year and whose headings say in the same breath that it is another."""
    for column, use in sheet.labels.columns.items():
        year, texts = year_of(use), headings.get(column, ())
        if year is None or year >= len(sheet.years):
            continue
        words = (year_in(tidy(text), sheet.years) for text in (" ".join(texts), *texts))
        if any(one is not None and one.is_otherwise for one in words):
            letter, text = column_letter(column), " ".join(texts)[:40]
            message = f"“{text}” stands over column {letter}, which is read for {sheet.years[year].label}"
            where = Where(file, sheet.name, sheet.sheet.headings.row, letter)
            fix = "Check the dates of the contract, or say at its label which year it is"
            yield problem_at("year-named-otherwise", message, fix, where, Severity.WARNING)


def _years_in_rows(sheet: ReadSheet, file: str) -> Iterator[Problem]:
    """A column that says for each line which year it is of: nobody reads it, and each line is taken for all years."""
    lines = sheet.line_rows
    for column in sorted({column for row in lines for column in row.cells} - set(sheet.labels.columns)):
        texts = [text for row in lines if (text := text_or_nothing(row.cell(column)))]
        if len(texts) > 1 and all(year_in(tidy(text), sheet.years) for text in texts):
            message = f"Column {column_letter(column)} says of each row which year it is of, and is not read"
            fix = "Give each year a column of its own, and each measure one row"
            where = Where(file, sheet.name, None, column_letter(column))
            yield problem_at("year-in-rows", message, fix, where, Severity.WARNING)


def _shares_of_two_kinds(sheet: ReadSheet, file: str) -> Iterator[Problem]:
    """Shares without % signs of which some are parts of 1 and others of 100: a 1 may be either."""
    column = sheet.labels.column_of(SHARE.key)
    shares = {row.number: share for row in sheet.line_rows if (share := _unsigned(row.cell(column)))}
    small = [number for number, share in shares.items() if share <= 1]
    if column is None or not small or len(small) == len(shares):
        return
    letter, share = column_letter(column), shares[small[0]]
    message = f"Column {letter} has shares above 1 and up to 1: {share} is read as {format_percent(share)}"
    where = Where(file, sheet.name, small[0], letter)
    yield problem_at("shares-of-two-kinds", message, "Write each with its sign, 1% or 100%", where, Severity.WARNING)


def _unsigned(cell: GridCell) -> Decimal | None:
    """The number in a cell of shares that has no % sign; None where there is none."""
    if cell.is_percent:
        return None
    try:
        return number_of(cell).value
    except CellUnreadable:
        return None
