"""Papers of an invented council for the tests of both of their files."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBar,
    PaperChart,
    PaperColumn,
    PaperHeading,
    PaperList,
    PaperTable,
    PaperText,
    TextKind,
)

CHART = PaperChart(
    "Social value accepted, in proxy pounds",
    (
        PaperBar("Fair work and poverty", Decimal("137493.68"), "£137,493.68"),
        PaperBar("Greener places", Decimal("21000.00"), "£21,000.00"),
        PaperBar("Learning", Decimal(0), "£0.00"),
    ),
)
TABLE = PaperTable(
    "What was delivered by theme",
    (PaperColumn("Theme", 220), PaperColumn("Accepted", 100, right=True), PaperColumn("Rating", 120)),
    (("Fair work and poverty", "£137,493.68", "Good"), ("Greener places", "£21,000.00", "Approaching target")),
    ("Together", "£158,493.68", ""),
)
LONG_TABLE = PaperTable(
    "Every return",
    (PaperColumn("Return", 200), PaperColumn("Hours", 100, right=True)),
    tuple((f"Return {number}", f"{number}.5") for number in range(1, 90)),
)
NAMED_TABLE = replace(TABLE, caption="Told to assistive technology alone", is_named=True)
HOSTILE = (
    "=1+1",
    '{ HYPERLINK "https://evil.example" }',
    "<w:p>not markup</w:p> & <b>bold</b>",
    "MERGEFIELD Name \u202e back",
    "bell \x07 and a line\nbreak",
)


def paper(*further: object, is_example: bool = True, **changes: object) -> CouncilPaper:
    """A paper with one of each block."""
    blocks = (
        PaperText("What was delivered to 30 September 2026.", TextKind.LEAD),
        PaperHeading("In short"),
        PaperText("Of £236,187.68 that was due, £206,126.92 is accepted, which is 87.2%."),
        PaperList(("25 people began a job", "310 hours of volunteering")),
        PaperHeading("By theme", 3),
        CHART,
        TABLE,
        PaperText("Shares are cut, never rounded up.", TextKind.NOTE),
        PaperText("Withheld: unit prices", TextKind.MARKED),
        *further,
    )
    facts: dict = {
        "notes": ("Proxy pounds are not money that anybody pays.",),
        "sources": ("Barnet Open 2026.2, SHA-256 4be1.",),
        "council": "Larkmere Council",
        "made_on": date(2026, 10, 5),
        "made_by": "A. Okafor",
        **changes,
    }
    return CouncilPaper("Committee report", "Social value: report to committee", blocks, is_example=is_example, **facts)
