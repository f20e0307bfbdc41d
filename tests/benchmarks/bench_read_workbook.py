"""How long a workbook of 1,000 lines takes to be read into a preview: this program's own, and a plain sheet.

Times are those of the processor, the shortest of a few rounds; beside them stands one pass of openpyxl over the file.
Run: python -m tests.benchmarks.bench_read_workbook [lines]
"""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl

from tests.benchmarks import MISSED
from tests.exchange.books import book_of
from tests.exchange.examples import CONTRACT
from tests.exchange.previews import read_table
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import end_after
from tomsapp.exchange.sheets.opening import open_table
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook
from tomsapp.services.strangers import open_any_table

LINES, WITHIN, ROUNDS = 1_000, 1.0, 3
HEAD = ["Code", "Title", "Year 1", "Year 2", "Year 3", "Contract share"]


def processor() -> float:
    """Seconds of the processor of this process and of the children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def fastest(work: Callable[[], object]) -> float:
    """The shortest of a few rounds, in seconds of the processor."""
    taken = []
    for _ in range(ROUNDS):
        begun = processor()
        work()
        taken.append(processor() - begun)
    return min(taken)


def main(count: int = LINES) -> int:
    """Print both times beside that of openpyxl alone; `MISSED` when one is over."""
    catalogue = menu_catalogue()
    edition, area = catalogue.load("barnet-open", "2026.2"), catalogue.area("barnet")
    contract = replace(CONTRACT, menu=edition.code, edition=edition.edition, end_on=end_after(CONTRACT.start_on, 3))
    codes = [measure.code for measure in edition.measures if measure.is_valued]
    rows = [(codes[n % len(codes)], n % 9 + 1, n % 7 + 1, 3) for n in range(count)]
    lines = [
        Commitment(str(n), code, tuple(map(Decimal, years)), Decimal("0.5"), statement="With the college")
        for n, (code, *years) in enumerate(rows)
    ]
    template = Template(edition, tuple(edition.places), contract, area, tuple(lines))
    books = {
        "own workbook": write_workbook(template, BookProperties("Commitments", datetime(2026, 4, 1, tzinfo=UTC))),
        "plain sheet": book_of(*([code, "Title", *years, 0.5] for code, *years in rows), head=HEAD),
    }
    is_over = False
    for name, data in books.items():
        taken = fastest(lambda data=data: read_table(data, "bid.xlsx", edition, contract, area))  # type: ignore[misc]
        bare = fastest(lambda data=data: openpyxl.load_workbook(io.BytesIO(data), data_only=True))  # type: ignore[misc]
        here = fastest(lambda data=data: open_table(data, "bid.xlsx"))  # type: ignore[misc]
        room = fastest(lambda data=data: open_any_table(data, "bid.xlsx"))  # type: ignore[misc]
        # The window opens the file in the room, and makes the preview of what comes out of it.
        whole = taken - here + room
        is_over = is_over or whole > WITHIN
        print(
            f"read {count:,} lines, {name}: {whole:.2f} s (within {WITHIN}), {room - here:.2f} s of it for the room, "
            f"openpyxl alone {bare:.2f} s"
        )
    return MISSED if is_over else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
