"""The PDF of a portfolio: a page that can stand alone, every contract, the jobs as sums, each grouping, the method."""

from collections.abc import Sequence

from tomsapp.domain.money import difference
from tomsapp.domain.portfolio import (
    ContractFigures,
    Group,
    Grouping,
    GroupTotals,
    PortfolioFigures,
    total_jobs,
    total_jobs_today,
)
from tomsapp.domain.wording import format_percent, format_pounds, plural
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext, short_checksum
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import Block, Bullets, Heading, Panel, Paragraph, ReplacedCharacters
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.phrases import listed, outcomes_text, sentence
from tomsapp.reports.portfolio_contracts import contracts_section, jobs_cell, jobs_section
from tomsapp.reports.portfolio_tables import attention, grouping_section, method, policy_section, theme_chart
from tomsapp.reports.styles import ANSWER, LEAD, NOTE
from tomsapp.reports.tables import Column, Row, RowKind, Table
from tomsapp.reports.text import JumpRun, PageRun, Run

_COUNTS_OF_MANY = 6
"""How many plain counts the first page tells where there are more."""


def build_portfolio_report(
    figures: PortfolioFigures,
    context: ReportContext,
    fonts: FontSet,
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
) -> BuiltReport:
    """The figures as a tagged PDF; the same input gives the same bytes.

    Raises:
        ReportError: the council's logo cannot be read.
    """
    only_drafts = [totals.group for totals in figures.groups] == [Group.DRAFT]
    draft = "nothing in these contracts is signed, figures may change." if only_drafts else ""
    running = context.running("Social value portfolio", _foot(figures), draft)
    document = ReportDocument(fonts, running, context.details("Social value portfolio"))
    document.add(*_first_page(figures, has_data=bool(attachments)))
    document.add(*contracts_section(figures), *jobs_section(figures), *policy_section(figures))
    for grouping, rows in figures.tables:
        document.add(*grouping_section(grouping, rows, figures))
    document.add(*attention(figures), *method(figures), ReplacedCharacters())
    return document.build(attachments, progress=progress)


def _foot(figures: PortfolioFigures) -> list[str]:
    drafts = figures.group(Group.DRAFT)
    held = [f"Holds {plural(drafts.contracts, 'draft', 'drafts')}, told apart."] if drafts else []
    if len(figures.menus) == 1:
        menu = figures.menus[0]
        return [f"Menu {menu.name}, SHA-256 {short_checksum(menu.sha256)} (in full under Method).", *held]
    return [f"{plural(len(figures.menus), 'menu edition', 'menu editions')} (listed under Method).", *held]


def _first_page(figures: PortfolioFigures, *, has_data: bool) -> list[Block]:
    contracts = plural(figures.contracts, "contract", "contracts")
    suppliers = plural(figures.suppliers, "supplier", "suppliers")
    commitments = plural(figures.commitments, "commitment", "commitments")
    value = "" if figures.is_part else f", {format_pounds(figures.contract_value)} of contract value without VAT"
    return [
        Heading("Social value portfolio", 1),
        Paragraph(f"{contracts} with {suppliers}, {commitments}{value}. {_filter_words(figures)}", LEAD),
        Panel([Paragraph(answer, ANSWER) for answer in _answers(figures)]),
        *_groups(figures),
        Paragraph(_where(figures, has_data=has_data), NOTE),
        *_counts(figures),
        *theme_chart(figures),
        Heading("What this does not say"),
        Bullets(_not_said(figures)),
    ]


def _filter_words(figures: PortfolioFigures) -> str:
    words = "; ".join(f"{words[:1].lower()}{words[1:]}" for words in figures.filters)
    return sentence(f"Only {words}") if words else "Every contract: no filter is set."


def _answers(figures: PortfolioFigures) -> list[str]:
    """A sentence for agreed contracts and one for drafts; what they come to together stands in the table alone."""
    if not any(totals.commitments or totals.left_out for totals in figures.groups):
        return ["Nothing is committed in these contracts."]
    return [_answer(totals, figures) for totals in figures.groups]


def _answer(totals: GroupTotals, figures: PortfolioFigures) -> str:
    is_draft = totals.group is Group.DRAFT
    who = plural(totals.contracts, "draft", "drafts") if is_draft else _agreed(totals.contracts)
    one = totals.contracts == 1
    verb = ("offers" if one else "offer") if is_draft else ("promises" if one else "promise")
    share = ""
    if totals.contract_value and not figures.is_part:
        percent = format_percent(totals.share_of_contract_value, 2)
        share = f", which is {percent} of {'its' if one else 'their'} contract value"
    signed = ", and nothing of it is signed" if is_draft else ""
    part = "for the lines that the filters take " if figures.is_part else ""
    return f"{who} {verb} {part}social value of {format_pounds(totals.social_value)}{share}{signed}."


def _agreed(contracts: int) -> str:
    return plural(contracts, "signed or closed contract", "signed and closed contracts")


_GROUP_COLUMNS = (
    Column("", 21, row_head=True),
    Column("Contracts", 10, right=True),
    Column("Contract value", 17, right=True),
    Column("Social value", 16, right=True),
    Column("Share, cut", 10, right=True),
    Column("Real pounds", 14, right=True),
    Column("Jobs", 12, right=True),
)


def _groups(figures: PortfolioFigures) -> list[Block]:
    """Drafts apart from what is agreed, each with its own figures; the total says that drafts are in it."""
    if not figures.groups:
        return []
    rows = [
        _group_row(totals.group.words, totals, figures.contracts_of(totals.group), is_part=figures.is_part)
        for totals in figures.groups
    ]
    if len(figures.groups) > 1:
        rows.append(_group_row("All, drafts included", figures, figures.contract_rows, is_part=figures.is_part))
    return [Table(_GROUP_COLUMNS, rows, whole=True), *map(_claimed_note, filter(_leaves_out, figures.groups))]


def _leaves_out(totals: GroupTotals) -> bool:
    return bool(totals.left_out)


def _claimed_note(totals: GroupTotals) -> Block:
    lines = plural(totals.left_out, "commitment with errors is", "commitments with errors are")
    claimed = f"{totals.group.words} claim {format_pounds(totals.claimed_value)}"
    return Paragraph(f"{claimed}, of which {format_pounds(totals.social_value)} counts: {lines} left out.", NOTE)


def _group_row(
    name: str, totals: GroupTotals | PortfolioFigures, rows: Sequence[ContractFigures], *, is_part: bool
) -> Row:
    share = "–" if is_part or not totals.contract_value else format_percent(totals.share_of_contract_value, 2)
    return Row(
        [
            name,
            f"{totals.contracts:,}",
            "–" if is_part else format_pounds(totals.contract_value),
            format_pounds(totals.social_value),
            share,
            format_pounds(totals.real_pounds),
            jobs_cell(rows, totals.employment_outcomes),
        ],
        RowKind.TOTAL if isinstance(totals, PortfolioFigures) else RowKind.BODY,
    )


def _counts(figures: PortfolioFigures) -> list[Block]:
    counts = [count.text for count in figures.plain_counts]
    if not counts:
        return []
    start = Run("In plain counts:", bold=True)
    drafts = ", drafts included" if len(figures.groups) > 1 else ""
    if len(counts) <= _COUNTS_OF_MANY:
        return [Paragraph([start, Run(f" {listed(counts)}{drafts}.")])]
    # Pages of counts would hide the figures; the table by measure has the count of each.
    measures = sorted(figures.rows(Grouping.MEASURE), key=lambda row: row.social_value, reverse=True)
    most = {row.key for row in measures[:_COUNTS_OF_MANY]}
    told = [count.text for count in figures.plain_counts if count.measure in most] or counts[:_COUNTS_OF_MANY]
    said = f" {listed(told)}{drafts}. These are the {len(told)} with the most social value of {len(counts)}; all stand "
    return [Paragraph([start, Run(said), JumpRun("under By measure", "by-measure"), Run(".")])]


def _not_said(figures: PortfolioFigures) -> list[str]:
    """What a reader of this page alone could take it for, and what it is not."""
    words = [
        (
            "A proxy pound is an estimate of the good that a result does. It is not money saved, paid or banked. Real "
            "pounds are cash and goods that suppliers hand over: a second figure, never added to the first. "
            "These are promises. What is delivered of them is not in this paper."
        ),
        *figures.part_notes,
        *_menus_said(figures),
    ]
    words += [f"{menu.name} is withdrawn: {sentence(menu.withdrawn)}" for menu in figures.menus if menu.withdrawn]
    if figures.forecast_value:
        words.append(f"{format_pounds(figures.forecast_value)} rests on a forecast of spend and not on spend.")
    if figures.left_out:
        missing = format_pounds(difference(figures.claimed_value, figures.social_value))
        words.append(f"{missing} is claimed in lines with errors. It is in no total but those marked claimed.")
    return [*words, *_jobs_as_signed(figures)]


def _jobs_as_signed(figures: PortfolioFigures) -> list[str]:
    """How many of the jobs a withdrawn edition counts and the one that replaced it does not."""
    changed = [row for row in figures.contract_rows if row.jobs_today is not None]
    if not changed:
        return []
    signed, today = (outcomes_text(number) for number in (total_jobs(changed), total_jobs_today(changed)))
    who = plural(len(changed), "contract under a withdrawn menu", "contracts under a withdrawn menu")
    verb = "counts" if len(changed) == 1 else "count"
    return [f"{who} {verb} {signed} jobs as signed. By the rule of today’s menu they are {today}."]


def _menus_said(figures: PortfolioFigures) -> list[str]:
    if len(figures.menus) < 2:
        return [f"The pounds are those of {menu.name}, at {menu.price_base} prices." for menu in figures.menus]
    named = [
        f"{menu.name} at {menu.price_base} prices ({plural(menu.contracts, 'contract', 'contracts')})"
        for menu in figures.menus
    ]
    added = "Pounds of different price years are added here as they are." if len(figures.price_bases) > 1 else ""
    different = f"Two contracts with the same promise may therefore come to different pounds. {added}".strip()
    return [f"The contracts are valued under {len(figures.menus)} menu editions: {listed(named)}. {different}"]


def _where(figures: PortfolioFigures, *, has_data: bool) -> list[Run | PageRun]:
    """Where the rest stands, beside the figures, so that it never goes alone onto the next page."""
    needs = plural(len(figures.attention), "contract needs attention", "contracts need attention")
    data = "Data attached: portfolio.json, contracts.csv." if has_data else "No data is attached."
    return [
        Run("Every contract: page "),
        PageRun("contracts"),
        Run(". Jobs as sums: page "),
        PageRun("jobs"),
        Run(f". {needs}: page "),
        PageRun("attention"),
        Run(f". {data}"),
    ]
