"""How long a register of 2,000 contracts takes to be read and matched against 10,000, beside reading it bare.

Reading it bare is to get the value of every cell out of the same workbook, each with its type, in the fewest steps that
an expert would write (`plain_reading`). Reading here is the whole way: opened with every bound in the locked room, its
labels guessed, each row read as a contract, its supplier looked for among 2,000, and compared with what is held. Times
are those of the processor, in turns. What is matched again after a choice is told beside it.

Run: python -m tests.benchmarks.bench_register [rows] [held]
"""

import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from tests.benchmarks import MISSED, processor_time
from tests.benchmarks.plain_reading import read_values
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.contract import Contract
from tomsapp.domain.supplier import Supplier
from tomsapp.services import databases, table_import
from tomsapp.services.workspace import Workspace

ROWS, HELD, SUPPLIERS, WITHIN, ROUNDS = 2_000, 10_000, 2_000, 3.0, 3
_HEAD = (
    "Reference number", "Title of agreement", "Department", "Supplier name", "Company number", "Contract value",
    "Start date", "End date", "Review date", "SME", "VCSE", "Procurement route",
)  # fmt: skip
_KINDS = ("Ltd", "Limited", "plc", "LLP", "CIC")


def names(draw: random.Random, count: int) -> list[str]:
    """Names of suppliers of two to four words."""
    letters = "aabdeeefghiiklmnooprrstuw"
    words = ["".join(draw.choices(letters, k=draw.randint(4, 9))).title() for _ in range(900)]
    return [" ".join([*draw.sample(words, draw.randint(2, 3)), draw.choice(_KINDS)]) for _ in range(count)]


def register(draw: random.Random, suppliers: list[str], rows: int) -> bytes:
    """A workbook of contracts: one in two is held, and one supplier in ten is spelt otherwise."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, day = book.add_worksheet("Register"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, _HEAD)
    for row in range(1, rows + 1):
        start = date(2026, 4, 1) + timedelta(days=draw.randrange(700))
        name = draw.choice(suppliers)
        if not draw.randrange(10):
            place = draw.randrange(len(name) - 5)
            name = name[:place] + name[place + 1 :]
        kept = f"H-{row:05}" if row % 2 else f"N-{row:05}"
        sheet.write_row(row, 0, [kept, f"Work {row}", "Housing", name, "", 1000 + row])
        sheet.write_datetime(row, 6, start, day)
        sheet.write_datetime(row, 7, start + timedelta(days=1095), day)
        sheet.write_datetime(row, 8, start + timedelta(days=500), day)
        sheet.write_row(row, 9, ["Y", "N", "Open procedure"])
    book.close()
    return file.getvalue()


def filled(folder: Path, suppliers: list[str], count: int) -> Workspace:
    """A database with so many contracts."""
    workspace = databases.make_database(folder / "council.db", menu_catalogue(), "Ann", "Larkmere Council")
    with workspace.work("Fill") as uow:
        numbers = [uow.suppliers.add(Supplier(name)).id for name in suppliers]
        for row in range(1, count + 1):
            first, last = date(2026, 4, 1), date(2029, 3, 31)
            contract = Contract(f"H-{row:05}", Decimal(1000 + row), first, last, f"Work {row}", menu="", edition="")
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


def main(rows: int = ROWS, held: int = HELD) -> bool:
    """Measure and print; gives whether it is within the bound."""
    draw = random.Random(1)
    suppliers = list(dict.fromkeys(names(draw, SUPPLIERS)))
    data = register(draw, suppliers, rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        path.write_bytes(data)
        begun = time.perf_counter()
        workspace = filled(Path(folder), suppliers, held)
        print(f"{held:,} contracts of {len(suppliers):,} suppliers made in {time.perf_counter() - begun:.0f} s")

        def whole() -> None:
            target = table_import.contracts_target(workspace)
            state = table_import.begin(workspace, target, table_import.open_table_file(path))
            table_import.expect_no_table()
            shown.append((target, state, table_import.look(workspace, target, state)))

        shown: list[tuple[object, table_import.TableState, table_import.TableView]] = []
        bare, here = timed(ROUNDS, lambda: read_values(data, ()), whole)
        target, state, view = shown[-1]
        again = timed(ROUNDS, lambda: target.look(workspace, replace(state, choices={"asked:kind": "framework"})))[0]
        workspace.close()
    asked = sum(one.kind is table_import.LeftOutKind.SUPPLIER for one in view.left_out)
    print(f"{rows:,} rows: bare {bare:.3f} s, read and matched {here:.3f} s, {here / bare:.2f} times")
    print(f"after a choice {again:.3f} s, {again / bare:.2f} times; {asked} suppliers are asked about")
    return here <= WITHIN * bare


if __name__ == "__main__":
    if not main(*map(int, sys.argv[1:])):
        print(MISSED)
        sys.exit(1)
