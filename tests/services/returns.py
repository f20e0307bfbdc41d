"""Returns of the small council's contracts as suppliers send them, for the tests of services, commands and window."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from tests.services.council import Begun
from tests.services.deliveries import Q1
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.services.progress import NoProgress
from tomsapp.services.return_books import make_return
from tomsapp.services.returns import ReadReturn
from tomsapp.services.returns_read import compare_returns, find_returns
from tomsapp.services.workspace import Workspace

SENT_ON = date(2026, 7, 10)
TODAY = date(2026, 10, 5)
MADE_AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
COLUMNS = {
    "claimed": "Fill in: done in this quarter",
    "evidenced": "Fill in: shown by evidence",
    "new": "Fill in: people new in the job",
    "retained": "Fill in: people retained",
    "transferred": "Fill in: people transferred (TUPE)",
    "note": "Fill in: note, needed where the count is 0",
    "evidence": "Fill in: evidence, and where it is kept",
}


def sent(
    workspace: Workspace,
    made: Begun | int,
    folder: Path,
    name: str = "return.xlsx",
    *,
    quarter: Quarter = Q1,
    people=(),
    is_confirmed=True,
    change=None,
    **lines,
) -> Path:
    """A return as a supplier sends it: `V01={"claimed": 25}` fills cells of that line in."""
    number = made if isinstance(made, int) else made.id
    book = openpyxl.load_workbook(io.BytesIO(make_return(workspace, number, quarter, MADE_AT).data))
    fill_in(book, lines, people, is_confirmed=is_confirmed)
    if change is not None:
        change(book)
    folder.mkdir(exist_ok=True)
    book.save(folder / name)
    return folder / name


def fill_in(book, lines, people=(), *, is_confirmed=True):
    """Fill cells of a workbook in, as a supplier does; an underscore stands for the brackets of a second line."""
    sheet = book["Return"]
    heads = {cell.value: cell.column for cell in sheet[7]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=8) if row[0].value}
    for called, values in lines.items():
        for name, value in values.items():
            sheet.cell(rows[called], heads[COLUMNS[name]]).value = value
    for number, person in enumerate(people, start=8):
        for column, value in enumerate(person, start=1):
            book["People"].cell(number, column).value = value
    confirm = book["Confirm"]
    confirm["B5"].value = SENT_ON
    if is_confirmed:
        confirm["B6"].value = confirm["B7"].value = "Yes"


def looked(workspace: Workspace, *paths: Path, today: date = TODAY, expected=None) -> tuple[ReadReturn, ...]:
    """Returns beside what the database has."""
    return compare_returns(workspace, find_returns(paths), today, NoProgress(), expected)


def cell_of(path: Path, called: str, name: str) -> str:
    """The name of a cell that is filled in: "G8"."""
    sheet = openpyxl.load_workbook(path)["Return"]
    column = next(cell.column_letter for cell in sheet[7] if cell.value == COLUMNS[name])
    row = next(row[0].row for row in sheet.iter_rows(min_row=8) if row[0].value == called)
    return f"{column}{row}"
