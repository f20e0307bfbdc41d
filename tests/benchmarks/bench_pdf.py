"""How long 1,000 table rows take as a tagged report, against the same rows in a plain ReportLab table."""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter

from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import Table as PlainTable

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.reports.sample import new_document
from tomsapp.reports.flowables import Heading
from tomsapp.reports.fonts import REGULAR
from tomsapp.reports.tables import Column, Row, Table

ROWS = 1_000
COLUMNS = [
    Column("Measure", 20, row_head=True),
    Column("Title", 40),
    Column("Quantity", 12, right=True),
    Column("Unit value", 14, right=True),
    Column("Social value", 14, right=True),
]


def lines(count: int) -> list[list[str]]:
    return [
        [
            f"M{index:04d}",
            f"Commitment number {index} of a long list",
            f"{index}",
            "£1,234.56",
            f"£{index:,}.00",
        ]
        for index in range(1, count + 1)
    ]


def tagged(count: int = ROWS) -> bytes:
    document = new_document()
    document.add(Heading("Every line", 1), Table(COLUMNS, [Row(line) for line in lines(count)]))
    return document.build().data


def plain(count: int = ROWS) -> bytes:
    buffer = BytesIO()
    data = [[column.head for column in COLUMNS], *lines(count)]
    style = [("FONT", (0, 0), (-1, -1), REGULAR, 10), ("ALIGN", (2, 0), (-1, -1), "RIGHT")]
    style.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, (0.8, 0.8, 0.8)))
    table = PlainTable(data, colWidths=[98, 196, 59, 69, 69], repeatRows=1, style=style)
    SimpleDocTemplate(buffer, pagesize=A4).build([table])
    return buffer.getvalue()


def best(work: Callable[[], bytes], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return min(taken)


if __name__ == "__main__":
    ours, theirs = best(tagged), best(plain)
    sys.stdout.write(
        f"{ROWS} rows: tagged {ours:.2f} s, plain {theirs:.2f} s, ratio {ours / theirs:.2f}\n"
        f"size: tagged {len(tagged()):,} bytes, plain {len(plain()):,} bytes\n"
    )
