"""How long the delivered valuation of 300 lines and 12 quarters takes as a tagged report, against its rows in a plain
ReportLab table.

Run: python -m tests.benchmarks.bench_delivered_pdf [lines]
"""

import sys
import textwrap
from collections.abc import Callable, Iterator
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import Table as PlainTable

from tests.benchmarks import MISSED, processor_time
from tests.reports.deliveries import CONTEXT, many
from tests.reports.valuations import fonts
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.reports.delivered_facts import PrintedDelivery
from tomsapp.reports.delivered_report import build_delivered_report
from tomsapp.reports.delivered_sums import every_sum
from tomsapp.reports.delivered_table import every_commitment
from tomsapp.reports.fonts import REGULAR
from tomsapp.reports.tables import Cell, Table

LINES, WITHIN = 300, 2.5

_LETTERS = {1: 24, 6: 110, 8: 60}
"""About how many letters of a cell over so many columns stand on one line, as the tagged report breaks them."""


def tagged(paper: DeliveredPaper) -> bytes:
    return build_delivered_report(paper, None, CONTEXT, fonts()).data


def rows_of(paper: DeliveredPaper) -> Iterator[tuple[list[str], int]]:
    """The same rows with the same texts in their cells, in the same number of columns."""
    page = PrintedDelivery(paper)
    for block in (*every_commitment(page, fonts()), *every_sum(page)):
        if isinstance(block, Table):
            heads = [column.head for column in block.columns]
            yield heads, len(heads)
            for row in block.rows:
                cells: list[str] = []
                for cell in row.cells:
                    cells += _texts(cell) if isinstance(cell, Cell) else [cell]
                yield cells, len(heads)


def _texts(cell: Cell) -> list[str]:
    parts = [
        part.content if isinstance(part.content, str) else "".join(getattr(run, "text", "0") for run in part.content)
        for part in cell.parts
    ]
    letters = _LETTERS.get(cell.span, 24)
    text = "\n".join(line for part in parts for line in textwrap.wrap(part, letters) or [""])
    return [text, *[""] * (cell.span - 1)]


def plain(rows: list[tuple[list[str], int]]) -> bytes:
    """ReportLab's own tables of the rows, one for each number of columns."""
    style = [("FONT", (0, 0), (-1, -1), REGULAR, 8.8), ("LINEBELOW", (0, 0), (-1, -1), 0.4, (0.8, 0.8, 0.8))]
    tables = []
    for columns in dict.fromkeys(count for _, count in rows):
        cells = [cells for cells, count in rows if count == columns]
        tables.append(PlainTable(cells, colWidths=[491 / columns] * columns, repeatRows=1, style=style))
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(tables)
    return buffer.getvalue()


def best(works: list[Callable[[], bytes]], times: int = 3) -> list[float]:
    """The shortest time of each, taken in turns so that a busy moment strikes both."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, times_taken in zip(works, taken, strict=True):
            start = processor_time()
            work()
            times_taken.append(processor_time() - start)
    return [min(times_taken) for times_taken in taken]


def main(lines: int = LINES) -> int:
    """Time both; the figures are worked out before, as both print them."""
    told = many(lines)
    rows = list(rows_of(told))
    ours, theirs = best([lambda: tagged(told), lambda: plain(rows)])
    ratio = ours / theirs
    print(f"{lines} lines, 12 quarters, {len(rows):,} rows: tagged {ours:.2f} s, plain table {theirs:.2f} s")
    print(f"ratio {ratio:.2f}, to reach {WITHIN}")
    return 0 if ratio <= WITHIN else MISSED


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
