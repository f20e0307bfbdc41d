"""A report in the shape of a valuation, told with every block; its figures are for the picture only."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from tomsapp.reports.charts import Segment, StackedBar
from tomsapp.reports.document import ReportDocument, RunningText
from tomsapp.reports.finish import Details
from tomsapp.reports.flowables import (
    Bullets,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    NewPage,
    Paragraph,
    ReplacedCharacters,
    in_short,
)
from tomsapp.reports.fonts import FontSet, load_fonts
from tomsapp.reports.styles import CELL_STRONG, LEAD, NOTE, SUM, SUM_MUTED, SUM_STRONG, Shape
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import LinkRun, PageRun, Run

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DETAILS = Details("Housing repairs and empty homes, east: social value valuation", "Larkmere Council", MADE)
RUNNING = RunningText(
    council="Larkmere Council",
    document="Social value valuation  ·  C-2026-004",
    foot="Menu barnet-open 2026.1, SHA-256 4be1 07d2 … 9c3f (in full under Menu). Made 22 November 2026 by A. Okafor.",
    note="An example council. It is not real.",
)
YEARS = ("2026/27", "2027/28", "2028/29")


def fonts() -> FontSet:
    return load_fonts(FONTS)


def new_document(running: RunningText = RUNNING, shape: Shape = Shape.PORTRAIT) -> ReportDocument:
    return ReportDocument(fonts(), running, DETAILS, shape)


def summary() -> list:
    return [
        Heading("Housing repairs and empty homes, east", 1),
        Paragraph(
            "Hartwell and Doyle Property Services Ltd. £4,200,000.00 over 3 years, 1 April 2026 to 31 March 2029.",
            LEAD,
        ),
        in_short(
            [
                [
                    Run("In short.", bold=True),
                    Run(" The supplier promises social value of "),
                    Run("£200,449.39", bold=True),
                    Run(", which is 4.77% of the contract value. It will hand over "),
                    Run("£15,000.00", bold=True),
                    Run(" in real pounds. These two figures measure different things and are never added."),
                ],
                [
                    Run("In plain counts:", bold=True),
                    Run(
                        " 2 unemployed residents into work (half counted here), 2 supported internships, "
                        "4 apprenticeships completed, 5 workers a year raised to the London Living Wage, "
                        "120 weeks of work experience (a quarter counted here), 18 tonnes of CO₂e avoided and "
                        "54 tonnes of waste kept out of landfill."
                    ),
                ],
                [
                    Run("The council’s 5% minimum is "),
                    Run("not yet met: short by £9,550.61", bold=True),
                    Run(". The employment outcomes are met."),
                ],
            ]
        ),
        KeyFigures(
            [
                KeyFigure("Social value", "£200,449.39", "proxy pounds, at menu values"),
                KeyFigure("Real pounds", "£15,000.00", "cash handed over"),
                KeyFigure("Share of contract value", "4.77%", "£200,449.39 ÷ £4,200,000.00"),
                KeyFigure("Employment outcomes", "13", "2 + 2 + 4 + (15 ÷ 3)"),
            ]
        ),
    ]


def checks() -> list:
    rows = [
        Row(["Is this contract in scope? Over £25,000.00.", "£4,200,000.00 is over £25,000.00", "Yes"]),
        Row(
            [
                "At least 5% of the contract value in social value, for contracts over £214,904.00",
                "£4,200,000.00 × 5% = £210,000.00\n£210,000.00 − £200,449.39 = £9,550.61",
                "Short by £9,550.61",
            ]
        ),
        Row(["One employment outcome for each £1m", "4.2 rounded down = 4 needed\n13 committed", "Met"]),
    ]
    columns = [Column("Rule", 41, row_head=True), Column("Sum", 39), Column("Result", 20)]
    return [Heading("Policy checks"), Table(columns, rows, TableLook(middle=True))]


THEMES = (
    (1, "Fair work and poverty", "£151,713.68", "75.7%", "£0.00"),
    (3, "Living well", "£14,383.89", "7.2%", "£0.00"),
    (4, "Local economy and communities", "£21,922.80", "10.9%", "£15,000.00"),
    (6, "Planet", "£12,429.02", "6.2%", "£0.00"),
)


def by_theme() -> list:
    bar = StackedBar([Segment(row[0], Decimal(row[2][1:].replace(",", ""))) for row in THEMES])
    columns = [
        Column("Theme", 49, row_head=True),
        Column("Social value", 16, right=True),
        Column("Share", 14, right=True),
        Column("Real pounds", 21, right=True),
    ]
    rows = [Row([Cell([Part(name)], swatch=number), *figures]) for number, name, *figures in THEMES]
    rows.append(Row(["All themes", "£200,449.39", "100.0%", "£15,000.00"], RowKind.TOTAL))
    return [
        Heading("Where the value comes from"),
        Figure(bar, "Stacked bar, 4 themes; figures in the table that follows"),
        Table(columns, rows),
        Paragraph("Themes 2 and 5 have no commitments in this contract. Shares are rounded to one decimal.", NOTE),
        Heading("Check these figures yourself"),
        Paragraph(
            [
                Run("Every sum is written out on page "),
                PageRun("sums"),
                Run(
                    ". The same figures are attached to this PDF as JSON and CSV files, and the program "
                    "can check them: choose File, then Check a valuation."
                ),
            ]
        ),
    ]


def _year(text: str, result: str) -> Cell:
    if not text:
        return Cell([Part("none", SUM_MUTED)])
    return Cell([Part(text, SUM), Part(f"= {result}", SUM_STRONG)])


def commitment(title: str, note: str, years: list[tuple[str, str]], total: str) -> Row:
    cells = [_year(*year) for year in years]
    return Row([Cell([Part(title), Part(note, SUM_MUTED)]), *cells, Cell([Part(total, CELL_STRONG)])])


def sums(repeat: int = 1) -> list:
    columns = [
        Column("Commitment", 345, row_head=True),
        *(Column(year, 179) for year in YEARS),
        Column("Social value", 118, right=True),
    ]
    half = [("1 × £20,202.72 × 50%", "£10,101.36")] * 2
    work = [
        commitment(
            "Unemployed resident into sustained work",
            "J01, for each full-time job for 12 months",
            [*half, ("", "")],
            "£20,202.72",
        ),
        commitment(
            "Worker raised to the London Living Wage",
            "J11, for each full-time year",
            [("5 × £5,050.50", "£25,252.50")] * 3,
            "£75,757.50",
        ),
    ]
    planet = [
        commitment(
            "Greenhouse gas emissions avoided",
            "G01, for each tonne CO₂e",
            [("4 × £306.32", "£1,225.28"), ("6 × £310.98", "£1,865.88"), ("8 × £315.72", "£2,525.76")],
            "£5,616.92",
        )
    ]
    rows = [
        Row([Cell([Part("1 Fair work and poverty", CELL_STRONG)], span=4), "£151,713.68"], RowKind.GROUP),
        *work * repeat,
        Row([Cell([Part("6 Planet", CELL_STRONG)], span=4), "£12,429.02"], RowKind.GROUP),
        *planet * repeat,
        Row([Cell([Part("Total", CELL_STRONG)], span=4), "£200,449.39"], RowKind.TOTAL),
    ]
    return [
        Heading("Every commitment, with its sum", bookmark="sums"),
        Paragraph(
            "Each year is quantity × unit value × share (if under 100%), rounded to the penny.",
            LEAD,
            keep=True,
        ),
        Table(columns, rows),
    ]


def sources() -> list:
    columns = [Column("", 20, row_head=True), Column("", 80)]
    city = [
        Run("Unit Cost Database v1.4 (March 2015), New Economy, Greater Manchester Combined Authority. "),
        LinkRun("Open the database", "https://example.org/unit-costs?edition=1.4&lang=en"),
        Run(" Brought to 2024 prices with the GDP deflator, as J01: £14,610 × 100 ÷ 72.317 = £20,202.72."),
    ]
    rows = [
        Row([Cell([Part("J01, J10, S02", SUM_STRONG)]), Cell([Part(city, SUM)])]),
        Row(
            [
                Cell([Part("G01", SUM_STRONG)]),
                Cell([Part("Valuation of emissions, DESNZ, 2023. OGL v3.0.", SUM)]),
            ]
        ),
    ]
    return [
        Heading("Sources"),
        Table(columns, rows, TableLook(ruled=False)),
        Heading("Method", 3),
        Bullets(
            [
                "A line is the sum of its years.",
                [Run("Rounded once", bold=True), Run(", half away from zero.")],
            ]
        ),
        ReplacedCharacters(),
    ]


def valuation(repeat: int = 1, running: RunningText = RUNNING) -> ReportDocument:
    document = new_document(running)
    document.add(*summary(), *checks(), *by_theme(), NewPage(), *sums(repeat), *sources())
    return document
