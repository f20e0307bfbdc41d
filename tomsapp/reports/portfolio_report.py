"""The PDF of a portfolio: what is committed across contracts, each grouping as a table, and what needs attention."""

from collections.abc import Sequence

from tomsapp.domain.portfolio import Grouping, PolicyCount, PortfolioFigures, PortfolioRow
from tomsapp.domain.wording import format_percent, format_pounds, plural
from tomsapp.reports.charts import Segment, StackedBar
from tomsapp.reports.context import ReportContext, short_checksum
from tomsapp.reports.contract_summary import MOST_COUNTS_IN_A_SENTENCE, share_of
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import (
    Block,
    Bullets,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Panel,
    Paragraph,
    ReplacedCharacters,
)
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.phrases import capital, listed, outcomes_text, sentence
from tomsapp.reports.styles import CELL_STRONG, LEAD, NOTE, PANEL, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table
from tomsapp.reports.text import Run

_COUNTS_OF_MANY = 8
"""How many plain counts the summary tells where there are too many for it."""
_TITLES = {
    Grouping.THEME: ("By theme", "Theme"),
    Grouping.OUTCOME: ("By outcome", "Outcome"),
    Grouping.MEASURE: ("By measure", "Measure"),
    Grouping.SUPPLIER: ("By supplier", "Supplier"),
    Grouping.WARD: ("By ward", "Place"),
    Grouping.YEAR: ("By contract year", "Year"),
}
_MENU_COLUMNS = (Column("Menu", 22, row_head=True), Column("SHA-256", 64), Column("Contracts", 14, right=True))


def build_portfolio_report(
    figures: PortfolioFigures, context: ReportContext, fonts: FontSet, progress: Progress | None = None
) -> BuiltReport:
    """The figures as a tagged PDF; the same input gives the same bytes.

    Raises:
        ReportError: the council's logo cannot be read.
    """
    running = context.running("Social value portfolio", [_foot(figures)])
    document = ReportDocument(fonts, running, context.details("Social value portfolio"))
    document.add(*_summary(figures), *_policy(figures.policy))
    for grouping, rows in figures.tables:
        document.add(*_grouping(grouping, rows, figures))
    document.add(*_attention(figures), *_method(figures), ReplacedCharacters())
    return document.build(progress=progress)


def _foot(figures: PortfolioFigures) -> str:
    if len(figures.menus) == 1:
        menu = figures.menus[0]
        return f"Menu {menu.name}, SHA-256 {short_checksum(menu.sha256)} (in full under Method)."
    return f"{plural(len(figures.menus), 'menu edition', 'menu editions')} (listed under Method)."


def _summary(figures: PortfolioFigures) -> list[Block]:
    contracts = plural(figures.contracts, "contract", "contracts")
    suppliers = plural(figures.suppliers, "supplier", "suppliers")
    commitments = plural(figures.commitments, "commitment", "commitments")
    lead = f"{contracts} with {suppliers}, {commitments}, {format_pounds(figures.contract_value)} of contract value."
    blocks = [Paragraph(_in_short(figures), PANEL), *_counts(figures)]
    return [
        Heading("Social value portfolio", 1),
        Paragraph(lead, LEAD),
        Paragraph(_filter_words(figures), LEAD),
        Panel(blocks),
        _headlines(figures),
    ]


def _filter_words(figures: PortfolioFigures) -> str:
    words = "; ".join(f"{words[:1].lower()}{words[1:]}" for words in figures.filters)
    return sentence(f"Only {words}") if words else "Every contract: no filter is set."


def _in_short(figures: PortfolioFigures) -> list[Run]:
    start = Run("In short.", bold=True)
    if not figures.commitments:
        return [start, Run(" Nothing is committed in these contracts.")]
    share = ""
    if figures.contract_value:
        share = f", which is {format_percent(figures.share_of_contract_value, 2)} of the contract value"
    return [
        start,
        Run(" Suppliers promise social value of "),
        Run(format_pounds(figures.social_value), bold=True),
        Run(f"{share}. They will hand over "),
        Run(format_pounds(figures.real_pounds), bold=True),
        Run(" in real pounds. These two figures measure different things and are never added."),
    ]


def _counts(figures: PortfolioFigures) -> list[Block]:
    counts = [count.text for count in figures.plain_counts]
    if not counts:
        return []
    if len(counts) <= MOST_COUNTS_IN_A_SENTENCE:
        return [Paragraph([Run("In plain counts:", bold=True), Run(f" {listed(counts)}.")], PANEL)]
    # Pages of counts would hide the figures; the table by measure has the count of each.
    measures = sorted(figures.rows(Grouping.MEASURE), key=lambda row: row.social_value, reverse=True)
    most = {row.key for row in measures[:_COUNTS_OF_MANY]}
    told = [count.text for count in figures.plain_counts if count.measure in most] or counts[:_COUNTS_OF_MANY]
    said = f" {listed(told)}. These are the {len(told)} with the most social value of {len(counts)}"
    return [Paragraph([Run("In plain counts:", bold=True), Run(f"{said}; all stand under By measure.")], PANEL)]


def _headlines(figures: PortfolioFigures) -> KeyFigures:
    value = figures.contract_value
    percent = format_percent(figures.share_of_contract_value, 2) if value else "none"
    share = f"{format_pounds(figures.social_value)} ÷ {format_pounds(value)}" if value else "no contract value"
    return KeyFigures(
        [
            KeyFigure("Social value", format_pounds(figures.social_value), "proxy pounds, at menu values"),
            KeyFigure("Real pounds", format_pounds(figures.real_pounds), "cash and goods handed over"),
            KeyFigure("Share of contract value", percent, share),
            KeyFigure("Employment outcomes", outcomes_text(figures.employment_outcomes), "sum of all contracts"),
        ]
    )


def _policy(counts: Sequence[PolicyCount]) -> list[Block]:
    if not counts:
        return []
    columns = [
        Column("Rule", 49, row_head=True),
        Column("Met", 15, right=True),
        Column("Short", 15, right=True),
        Column("Not checked", 21, right=True),
    ]
    rows = [Row([count.title, f"{count.met:,}", f"{count.short:,}", f"{count.not_checked:,}"]) for count in counts]
    return [Heading("Policy checks"), Paragraph("The numbers are contracts.", LEAD, keep=True), Table(columns, rows)]


def _grouping(grouping: Grouping, rows: Sequence[PortfolioRow], figures: PortfolioFigures) -> list[Block]:
    title, head = _TITLES[grouping]
    if not rows:
        return [Heading(title), Paragraph("There is nothing to show.")]
    columns = [
        Column(head, 42, row_head=True),
        Column("Social value", 18, right=True),
        Column("Share", 9, right=True),
        Column("Real pounds", 16, right=True),
        Column("Commitments", 15, right=True),
    ]
    made = [_row(grouping, row, figures) for row in rows]
    commitments = f"{figures.commitments:,}" if grouping is not Grouping.YEAR else ""
    total = (format_pounds(figures.social_value), share_of(figures.social_value, figures.social_value))
    made.append(Row(["Total", *total, format_pounds(figures.real_pounds), commitments], RowKind.TOTAL))
    bar: list[Block] = []
    if grouping is Grouping.THEME and figures.social_value > 0:
        segments = [Segment(row.theme, row.social_value) for row in rows]
        noun = plural(len(rows), "theme", "themes")
        bar = [Figure(StackedBar(segments), f"Stacked bar, {noun}; figures in the table that follows")]
    note = "A commitment counts in each year in which it is delivered, so their numbers are not added up."
    notes = [Paragraph(note, NOTE)] if grouping is Grouping.YEAR else []
    return [Heading(title), *bar, Table(columns, made, whole=len(made) <= 12), *notes]


def _row(grouping: Grouping, row: PortfolioRow, figures: PortfolioFigures) -> Row:
    has_code = grouping in {Grouping.OUTCOME, Grouping.MEASURE}
    parts = [Part(f"{row.key} {row.name}" if has_code else row.name)]
    if row.quantity:
        parts.append(Part(row.quantity, SUM_MUTED))
    swatch = row.theme if grouping is Grouping.THEME and row.theme else None
    return Row(
        [
            Cell(parts, swatch=swatch),
            format_pounds(row.social_value),
            share_of(row.social_value, figures.social_value),
            format_pounds(row.real_pounds),
            f"{row.commitments:,}",
        ]
    )


def _attention(figures: PortfolioFigures) -> list[Block]:
    heading = Heading("Contracts that need attention")
    if not figures.attention:
        return [heading, Paragraph("No contract needs attention.")]
    columns = [Column("Contract", 34, row_head=True), Column("Supplier", 24), Column("Why", 42)]
    rows = [
        Row(
            [
                Cell([Part(contract.title or contract.reference), Part(contract.reference, SUM_MUTED)]),
                contract.supplier,
                Cell([Part(sentence(capital(reason))) for reason in contract.reasons] or [Part("–")]),
            ]
        )
        for contract in figures.attention
    ]
    return [heading, Table(columns, rows)]


def _method(figures: PortfolioFigures) -> list[Block]:
    rules = [
        "Each contract is valued under the menu edition that is pinned to it.",
        "Every total is a sum of lines, and each line is the sum of its years, rounded to the penny.",
        "Social value is counted in proxy pounds. Real pounds are cash and goods handed over. The two are never added.",
        "Shares are rounded to one decimal. The valuation PDF of a contract has each of its sums and sources.",
    ]
    blocks: list[Block] = [Heading("Method"), Bullets(rules)]
    if not figures.menus:
        return blocks
    rows = [
        Row([Cell([Part(menu.name, CELL_STRONG)]), Cell([Part(menu.sha256 or "none", SUM)]), f"{menu.contracts:,}"])
        for menu in figures.menus
    ]
    return [*blocks, Table(_MENU_COLUMNS, rows)]
