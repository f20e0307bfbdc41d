"""How long a register of 2,000 contracts takes to be read and matched against 10,000, beside doing it bare.

Doing it bare is what an expert would write for this one register (`plain_register`): every cell of the file with its
type, exact pounds and days, the contracts and suppliers of the database through a bare cursor, the matches looked up
in dictionaries and compared. Reading here is the whole way of any register: opened with every bound in the locked room,
its labels guessed, each row read as a contract, its supplier looked for among 2,000 and asked about where names are
alike, and all of it put into what the window shows. Times are those of the processor, in turns. Beside it are told the
same register as CSV, a choice after it, and the steps one by one.

Run: python -m tests.benchmarks.bench_register [rows] [held]
"""

import csv
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from tests.benchmarks import MISSED, processor_time
from tests.benchmarks.plain_reading import read_values
from tests.benchmarks.plain_register import FACTS, matched, read_csv, read_workbook
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.contract import Contract
from tomsapp.domain.supplier import Supplier
from tomsapp.services import contracts, databases, table_import
from tomsapp.services.workspace import Workspace

ROWS, HELD, SUPPLIERS, WITHIN, ROUNDS = 2_000, 10_000, 2_000, 3.0, 3
_KINDS = ("Ltd", "Limited", "plc", "LLP", "CIC")


def names(draw: random.Random, count: int) -> list[str]:
    """Names of suppliers of two to four words."""
    letters = "aabdeeefghiiklmnooprrstuw"
    words = ["".join(draw.choices(letters, k=draw.randint(4, 9))).title() for _ in range(900)]
    return [" ".join([*draw.sample(words, draw.randint(2, 3)), draw.choice(_KINDS)]) for _ in range(count)]


def rows_of(draw: random.Random, suppliers: list[str], rows: int) -> Iterator[list[Any]]:
    """The contracts of a register: one in two is held, and one supplier in ten is spelt otherwise."""
    for row in range(1, rows + 1):
        start = date(2026, 4, 1) + timedelta(days=draw.randrange(700))
        name = draw.choice(suppliers)
        if not draw.randrange(10):
            place = draw.randrange(len(name) - 5)
            name = name[:place] + name[place + 1 :]
        kept = f"H-{row:05}" if row % 2 else f"N-{row:05}"
        days = [start, start + timedelta(days=1095), start + timedelta(days=500)]
        yield [kept, f"Work {row}", "Housing", name, "", 1000 + row, *days, "Y", "N", "Open procedure"]


def as_workbook(rows: list[list[Any]]) -> bytes:
    """A register as a workbook, with numbers and days."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, day = book.add_worksheet("Register"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, FACTS)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            else:
                sheet.write(number, column, value)
    book.close()
    return file.getvalue()


def as_csv(rows: list[list[Any]]) -> bytes:
    """A register as text: “£1,234.00” and 01/04/2026."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(FACTS)
    writer.writerows([*map(_text, row)] for row in rows)
    return file.getvalue().encode("cp1252")


def _text(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"£{value:,}.00" if isinstance(value, int) else value


def filled(folder: Path, suppliers: list[str], count: int) -> Workspace:
    """A database with so many contracts."""
    workspace = databases.make_database(folder / "council.db", menu_catalogue(), "Ann", "Larkmere Council")
    menu, edition, _ = contracts.pinnable_editions(workspace)[-1]
    with workspace.work("Fill") as uow:
        workspace.keep_edition(uow, menu, edition)
        numbers = [uow.suppliers.add(Supplier(name)).id for name in suppliers]
        for row in range(1, count + 1):
            first, last = date(2026, 4, 1), date(2029, 3, 31)
            contract = Contract(f"H-{row:05}", Decimal(1000 + row), first, last, f"Work {row}", "", menu, edition)
            uow.contracts.add(contract, numbers[row % len(numbers)])
        uow.commit()
    return workspace


def timed(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The least time of the processor of each, in turns."""
    times = [[spent(work) for work in works] for _ in range(rounds)]
    return [min(of_one) for of_one in zip(*times, strict=True)]


def spent(work: Callable[[], object]) -> float:
    """The time of the processor that a work takes, with that of the room that is ended after it."""
    before = processor_time()
    work()
    return processor_time() - before


class Reading:
    """The whole way of a register, and its steps one by one."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.workspace = workspace
        self.path = path

    def whole(self) -> None:
        """From the file to what the window shows."""
        for _, step in self.steps():
            step()

    def steps(self) -> list[tuple[str, Callable[[], object]]]:
        """The steps by their names."""
        return [
            ("read what is held", self._held), ("open in the room", self._open), ("guess", self._begin),
            ("compare", self._look),
        ]  # fmt: skip

    def _held(self) -> None:
        self.target = table_import.contracts_target(self.workspace)

    def _open(self) -> None:
        self.opened = table_import.open_table_file(self.path)
        table_import.expect_no_table()

    def _begin(self) -> None:
        self.state = table_import.begin(self.workspace, self.target, self.opened)

    def _look(self) -> None:
        self.view = table_import.look(self.workspace, self.target, self.state)

    def after_a_choice(self) -> None:
        """The same again, with an answer to what is asked of all contracts."""
        choices = {"asked:kind": "framework"}
        self.target.look(self.workspace, replace(self.state, choices=choices))


def measured(reading: Reading, data: bytes, bare: Callable[[], object]) -> bool:
    """Measure one file and print it; gives whether it is within the bound."""
    reading.path.write_bytes(data)
    plain, here = timed(ROUNDS, bare, reading.whole)
    again = timed(ROUNDS, reading.after_a_choice)[0]
    asked = sum(one.kind is table_import.LeftOutKind.SUPPLIER for one in reading.view.left_out)
    rows = len(reading.view.lines)
    print(f"{reading.path.name}: {rows:,} rows, bare {plain:.3f} s, here {here:.3f} s, {here / plain:.2f} times")
    print(f"  after a choice {again:.3f} s, {again / plain:.2f} times; {asked} suppliers are asked about")
    print("  " + ", ".join(f"{step} {spent(work):.3f} s" for step, work in reading.steps()))
    return here <= WITHIN * plain


def _with_openpyxl(data: bytes) -> None:
    """The cells of a workbook as most people would read them."""
    for row in openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True):
        _ = row


def main(rows: int = ROWS, held: int = HELD) -> bool:
    """Measure and print; gives whether it is within the bound."""
    draw = random.Random(1)
    suppliers = list(dict.fromkeys(names(draw, min(SUPPLIERS, held))))
    told = list(rows_of(draw, suppliers, rows))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        workspace = filled(Path(folder), suppliers, held)
        print(f"{held:,} contracts of {len(suppliers):,} suppliers made in {time.perf_counter() - begun:.0f} s")
        database, book, text = Path(folder) / "council.db", as_workbook(told), as_csv(told)
        reached = [
            measured(
                Reading(workspace, Path(folder) / "register.xlsx"), book, lambda: matched(read_workbook(book), database)
            ),
            measured(
                Reading(workspace, Path(folder) / "register.csv"), text, lambda: matched(read_csv(text), database)
            ),
        ]
        cells, library = timed(ROUNDS, lambda: read_values(book, ()), lambda: _with_openpyxl(book))
        print(f"the cells of the workbook alone, with their types: {cells:.3f} s; by openpyxl: {library:.3f} s")
        workspace.close()
    return all(reached)


if __name__ == "__main__":
    if not main(*map(int, sys.argv[1:])):
        sys.exit(MISSED)
