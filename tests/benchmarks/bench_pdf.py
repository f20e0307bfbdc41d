"""How long the valuation of 1,000 lines takes as a tagged report, against the same rows in a plain ReportLab table.

Run: python -m tests.benchmarks.bench_pdf [lines]
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from time import perf_counter

from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import Table as PlainTable

from tests.benchmarks import MISSED
from tests.reports.valuations import CONTRACT, EDITION, commitment
from tomsapp.config.paths import resources_dir
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.steps import sum_text
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.context import ReportContext
from tomsapp.reports.contract_report import build_contract_report
from tomsapp.reports.fonts import REGULAR, load_fonts

LINES, WITHIN = 1_000, 3.0


def valuation(count: int) -> CheckedOffer:
    """A valuation of so many lines; its Problems are left out, since the plain table has none."""
    codes = [measure.code for measure in EDITION.measures if measure.is_valued and not measure.real_pounds]
    lines = [commitment(str(n), codes[n % len(codes)], n % 9 + 1, n % 7 + 1, n % 5 + 1) for n in range(count)]
    lines = [replace(line, contract_share=Decimal("0.5")) for line in lines]
    return replace(value_offer(Offer(CONTRACT, tuple(lines)), EDITION, Surroundings()), problems=())


def tagged(checked: CheckedOffer) -> bytes:
    fonts = load_fonts(resources_dir() / "fonts")
    return build_contract_report(checked, None, ReportContext(date(2026, 4, 1)), fonts).data


def plain(checked: CheckedOffer) -> bytes:
    """The lines with the same texts in their cells, as ReportLab's own table sets them."""
    rows = [["Commitment", *(year.label for year in CONTRACT.years), "Social value"]]
    for line in checked.valuation.lines:
        years = [f"{sum_text(year.steps)}\n{year.steps[-1].text}" for year in line.years]
        title = f"{line.measure.title[:40]}\n{line.measure.code}, for each {line.measure.each_name}"
        rows.append([f"{title}\nThis contract’s share of it is 50%.", *years, format_pounds(line.social_value)])
    style = [("FONT", (0, 0), (-1, -1), REGULAR, 8.8), ("ALIGN", (-1, 0), (-1, -1), "RIGHT")]
    style.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, (0.8, 0.8, 0.8)))
    buffer = BytesIO()
    table = PlainTable(rows, colWidths=[168, 88, 88, 88, 59], repeatRows=1, style=style)
    SimpleDocTemplate(buffer, pagesize=A4).build([table])
    return buffer.getvalue()


def best(works: list[Callable[[CheckedOffer], bytes]], checked: CheckedOffer, times: int = 7) -> list[float]:
    """The shortest time of each, taken in turns so that a busy moment strikes both."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, times_taken in zip(works, taken, strict=True):
            start = perf_counter()
            work(checked)
            times_taken.append(perf_counter() - start)
    return [min(times_taken) for times_taken in taken]


def main(lines: int = LINES) -> int:
    """Print both times and their ratio; `MISSED` when it is over."""
    figures = valuation(lines)
    ours, theirs = best([tagged, plain], figures)
    ratio = ours / theirs
    print(
        f"{lines} lines: tagged valuation {ours:.2f} s, plain table {theirs:.2f} s, ratio {ratio:.2f} (within {WITHIN})"
    )
    print(f"size: tagged {len(tagged(figures)):,} bytes, plain {len(plain(figures)):,} bytes")
    return MISSED if ratio > WITHIN else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
