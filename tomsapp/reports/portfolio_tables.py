"""The tables of a portfolio: contracts against the policy, each grouping, what needs attention, and the method."""

from collections.abc import Sequence

from tomsapp.domain.jobs import jobs_together
from tomsapp.domain.portfolio import OVERLAPPING, Grouping, PolicyCount, PortfolioFigures, PortfolioRow
from tomsapp.domain.portfolio_overlaps import overlap_note
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.reports.charts import Segment, StackedBar
from tomsapp.reports.flowables import Block, Bullets, Figure, Heading, Paragraph, Together
from tomsapp.reports.phrases import capital, sentence, share_of
from tomsapp.reports.portfolio_contracts import value_cell
from tomsapp.reports.portfolio_trust import not_admitted_words
from tomsapp.reports.portfolio_unsaid import withdrawn_reasons
from tomsapp.reports.styles import CELL_STRONG, CELL_WARNING, LEAD, NOTE, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table

_TITLES = {
    Grouping.THEME: ("By theme", "Theme"),
    Grouping.OUTCOME: ("By outcome", "Outcome"),
    Grouping.MEASURE: ("By measure", "Measure"),
    Grouping.PRIORITY: ("By priority", "Priority"),
    Grouping.SUPPLIER: ("By supplier", "Supplier"),
    Grouping.WARD: ("By ward", "Place"),
    Grouping.NEIGHBOURHOOD: ("By neighbourhood", "Neighbourhood"),
    Grouping.YEAR: ("By contract year", "Contract year"),
    Grouping.SUPPLIER_KIND: ("By kind of supplier", "Kind of supplier"),
    Grouping.DIRECTORATE: ("By directorate", "Directorate"),
    Grouping.CONTRACT_MANAGER: ("By contract manager", "Contract manager"),
    Grouping.PROJECT: ("By community project", "Community project"),
    Grouping.EQUALITY_GROUP: ("By equality group", "Equality group"),
    Grouping.QUARTER: ("By financial quarter", "Financial quarter"),
    Grouping.FINANCIAL_YEAR: ("By financial year", "Financial year"),
}
_WHOLE_UP_TO = 12
_POLICY_COLUMNS = (
    Column("Rule", 34, row_head=True),
    Column("Enough", 14, right=True),
    Column("Short", 10, right=True),
    Column("Nothing asked", 14, right=True),
    Column("Errors first", 14, right=True),
    Column("Not checked", 14, right=True),
)
_MENU_COLUMNS = (
    Column("Menu", 24, row_head=True),
    Column("Prices of", 12),
    Column("SHA-256", 50),
    Column("Contracts", 14, right=True),
)


def policy_section(figures: PortfolioFigures) -> list[Block]:
    """How many contracts promise enough, drafts apart; a part of contracts is held against no rule."""
    if figures.is_part or not any(totals.policy for totals in figures.groups):
        return []
    rows: list[Row] = []
    for totals in figures.groups:
        rows.append(Row([totals.group.words, "", "", "", "", ""], RowKind.GROUP))
        rows += [
            Row(
                [
                    count.title,
                    _enough(count),
                    *(f"{number:,}" for number in (count.short, count.nothing_asked, count.errors, count.not_checked)),
                ]
            )
            for count in totals.policy
        ]
    lead = "The numbers are contracts. A contract with errors is never enough: they must be put right first."
    if any(count.only_with_forecast for totals in figures.groups for count in totals.policy):
        lead = f"{lead} Enough “only with the forecast” is short without what rests on a forecast of spend."
    origin = [Paragraph(figures.rules_origin, NOTE)] if figures.rules_origin else []
    table = Table(_POLICY_COLUMNS, rows, whole=True)
    return [Heading("Policy checks"), Paragraph(lead, LEAD, keep=True), table, *origin]


def _enough(count: PolicyCount) -> Cell:
    parts = [Part(f"{count.enough:,}")]
    if count.only_with_forecast:
        parts.append(Part(f"{count.only_with_forecast:,} only with the forecast", CELL_WARNING))
    return Cell(parts)


def grouping_section(grouping: Grouping, rows: Sequence[PortfolioRow], figures: PortfolioFigures) -> list[Block]:
    """One grouping as a table with its total; the themes under a bar."""
    title, head = _TITLES[grouping]
    heading = Heading(title, bookmark=f"by-{grouping.value}")
    if not rows:
        return [heading, Paragraph("There is nothing to show.")]
    columns = [
        Column(head, 42, row_head=True),
        Column("Social value", 18, right=True),
        Column("Share, cut", 11, right=True),
        Column("Real pounds", 16, right=True),
        Column("Commitments", 13, right=True),
    ]
    made = [_row(grouping, row, figures) for row in rows]
    commitments = f"{figures.commitments:,}" if grouping is not Grouping.YEAR else ""
    name = "Total, drafts included" if len(figures.groups) > 1 else "Total"
    if grouping in OVERLAPPING:
        name = f"{name}, each commitment once"
    total = (
        value_cell(figures.social_value, figures.value_today),
        share_of(figures.social_value, figures.social_value),
    )
    made.append(Row([name, *total, format_pounds(figures.real_pounds), commitments], RowKind.TOTAL))
    table = Table(columns, made, whole=len(made) <= _WHOLE_UP_TO)
    head_and_lead = Together([heading, *_lead(grouping, figures)])
    return [head_and_lead, *_bar(grouping, rows, figures), table, *_notes(grouping, figures)]


def theme_chart(figures: PortfolioFigures, of: str = "") -> list[Block]:
    """Where the value comes from, for the first page: the themes as one bar, named below it; `of` says of which."""
    rows = [row for row in figures.rows(Grouping.THEME) if row.social_value > 0]
    if not rows:
        return []
    named = "; ".join(
        f"{row.key} {row.name} {format_pounds(row.social_value)} ({share_of(row.social_value, figures.social_value)})"
        for row in rows
    )
    heading = Heading(f"Where the value comes from{of}")
    return [heading, *_bar(Grouping.THEME, rows, figures), Paragraph(f"{named}.", NOTE)]


def _bar(grouping: Grouping, rows: Sequence[PortfolioRow], figures: PortfolioFigures) -> list[Block]:
    if grouping is not Grouping.THEME or figures.social_value <= 0:
        return []
    bar = StackedBar([Segment(row.theme, row.social_value) for row in rows])
    return [Figure(bar, bar.describe({row.theme: row.name for row in rows}))]


def _lead(grouping: Grouping, figures: PortfolioFigures) -> list[Block]:
    if grouping in OVERLAPPING:
        return [Paragraph(overlap_note(figures, grouping), LEAD, keep=True)]
    if grouping is Grouping.MEASURE:
        return [Paragraph(_measure_words(figures), LEAD, keep=True)]
    if grouping is not Grouping.YEAR or not figures.year_note:
        return []
    return [Paragraph(figures.year_note, LEAD, keep=True)]


def _measure_words(figures: PortfolioFigures) -> str:
    rows = figures.rows(Grouping.MEASURE)
    words = (
        "Under each measure stands how much of it is promised, and where it brings jobs how many of them are in Jobs. "
        "A measure without “In Jobs” brings none, however many people it counts."
    )
    together = jobs_together(row.jobs for row in rows if row.jobs is not None)
    if together.counted_text:
        words = f"{words} Together they are the jobs of all these contracts: {together.counted_text}."
    if any(row.key.endswith(")") for row in rows):
        words = f"{words} “(2)” after a code is the same code in another menu or edition, where it counts otherwise."
    if any(len(row.editions) > 1 for row in rows):
        words = f"{words} Where menu editions value or count a measure differently, each is told by itself."
    return words


def _notes(grouping: Grouping, figures: PortfolioFigures) -> list[Block]:
    said = [not_admitted_words(figures, "this table")]
    if grouping is Grouping.YEAR:
        words = (
            "A year takes the part of a commitment’s value that is promised for it. A commitment counts in each year "
            "in which it is delivered, so their numbers are not added up."
        )
        said.append(words)
    told = " ".join(filter(None, said))
    return [Paragraph(told, NOTE)] if told else []


def _row(grouping: Grouping, row: PortfolioRow, figures: PortfolioFigures) -> Row:
    has_code = grouping in {Grouping.OUTCOME, Grouping.MEASURE}
    parts = [Part(f"{row.key} {row.name}" if has_code else row.name)]
    if row.quantity:
        parts.append(Part(capital(row.quantity), SUM_MUTED))
    if row.jobs is not None and row.jobs.text:
        parts.append(Part(row.jobs.text, SUM_MUTED))
    if len(row.editions) == 1:
        parts.append(Part(f"Menu {row.editions[0].menu}", SUM_MUTED))
    else:
        parts += [Part(part.text, SUM_MUTED) for part in row.editions]
    swatch = row.theme if grouping is Grouping.THEME and row.theme else None
    return Row(
        [
            Cell(parts, swatch=swatch),
            value_cell(row.social_value, row.value_today),
            share_of(row.social_value, figures.social_value),
            format_pounds(row.real_pounds),
            f"{row.commitments:,}",
        ]
    )


def attention(figures: PortfolioFigures) -> list[Block]:
    """Every contract that needs attention, with each reason."""
    heading = Heading("Contracts that need attention", bookmark="attention")
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


def method(figures: PortfolioFigures) -> list[Block]:
    """How the figures come about, and the menus in full."""
    rules = [
        *withdrawn_reasons(figures),
        "Each contract is valued under the menu edition that is pinned to it.",
        "Every total is a sum of lines, and each line is the sum of its years, rounded to the penny.",
        "Lines with errors are claimed and count nowhere until they are put right.",
        "Social value is counted in proxy pounds. Real pounds are cash and goods handed over. The two are never added.",
        (
            "Shares and other percentages are cut, never rounded up, so that they need not add up to 100%. "
            "The valuation PDF of a contract has each of its sums and sources."
        ),
    ]
    blocks: list[Block] = [Heading("Method"), Bullets(rules)]
    if not figures.menus:
        return blocks
    rows = [
        Row(
            [
                Cell([Part(menu.name, CELL_STRONG)]),
                menu.price_base or "–",
                Cell([Part(menu.sha256 or "none", SUM)]),
                f"{menu.contracts:,}",
            ]
        )
        for menu in figures.menus
    ]
    used = plural(len(figures.menus), "menu edition is", "menu editions are")
    return [*blocks, Paragraph(f"{used} used here.", keep=True), Table(_MENU_COLUMNS, rows)]
