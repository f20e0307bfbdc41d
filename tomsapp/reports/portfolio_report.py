"""The PDF of a portfolio: a page that can stand alone, every contract, the jobs as sums, each grouping, the method."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tomsapp.domain.people import both_numbers
from tomsapp.domain.portfolio import Group, Grouping, GroupTotals, PartOfGroup, PortfolioFigures
from tomsapp.domain.portfolio_contract import ContractFigures
from tomsapp.domain.wording import format_pounds, listed, plural
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext, short_checksum
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import Block, Heading, Paragraph, ReplacedCharacters
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.phrases import outcomes_text
from tomsapp.reports.portfolio_contracts import contracts_section, jobs_cell, jobs_section, share_cell, value_cell
from tomsapp.reports.portfolio_first import first_page, percent_of
from tomsapp.reports.portfolio_sealed import sealed_section
from tomsapp.reports.portfolio_tables import attention, grouping_section, method, policy_section
from tomsapp.reports.portfolio_trust import not_admitted_words
from tomsapp.reports.styles import NOTE
from tomsapp.reports.tables import Column, Row, RowKind, Table
from tomsapp.reports.text import JumpRun, Run

_NAMED = 5
"""More contracts that cannot be admitted than these are told by their number."""

_CONTRACTS_ON_A_PAGE = 5
"""At most so many, with their jobs: a page holds 8 rows of each."""

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
    document = ReportDocument(
        fonts, running, context.details("Social value portfolio"), least_pages=figures.contracts // _CONTRACTS_ON_A_PAGE
    )
    for part in _parts(figures, context, fonts, has_data=bool(attachments)):
        if progress is not None:
            # Thousands of contracts take seconds before the first of them is set.
            progress(0, 100)
        document.add(*part)
    return document.build(attachments, progress=progress)


def _parts(
    figures: PortfolioFigures, context: ReportContext, fonts: FontSet, *, has_data: bool
) -> Iterator[list[Block]]:
    """The parts of the report, each made when its turn comes."""
    yield first_page(figures, context.made_on, fonts, has_data=has_data)
    if figures.contract_rows:
        yield [*_groups(figures), *_counts(figures)]
        yield contracts_section(figures)
        yield sealed_section(figures)
        yield jobs_section(figures)
        yield policy_section(figures)
        for grouping, rows in figures.tables:
            if figures.has_table(grouping):
                yield grouping_section(grouping, rows, figures)
    yield [*attention(figures), *method(figures), ReplacedCharacters()]


def _foot(figures: PortfolioFigures) -> list[str]:
    drafts = figures.group(Group.DRAFT)
    held = [f"Holds {plural(drafts.contracts, 'draft', 'drafts')}, told apart."] if drafts else []
    if len(figures.menus) == 1:
        menu = figures.menus[0]
        return [f"Menu {menu.name}, SHA-256 {short_checksum(menu.sha256)} (in full under Method).", *held]
    return [f"{plural(len(figures.menus), 'menu edition', 'menu editions')} (listed under Method).", *held]


_GROUP_COLUMNS = (
    Column("", 22, row_head=True),
    Column("Contracts", 9, right=True),
    Column("Contract value", 15, right=True),
    Column("Social value", 19, right=True),
    Column("Share, cut", 12, right=True),
    Column("Real pounds", 12, right=True),
    Column("Jobs", 11, right=True),
)


def _groups(figures: PortfolioFigures) -> list[Block]:
    """Drafts apart from what is agreed, each with its own figures; the total says that drafts are in it."""
    if not figures.groups:
        return []
    rows: list[Row] = []
    for totals in figures.groups:
        rows.append(_group_row(totals.group.words, totals, figures.contracts_of(totals.group), is_part=figures.is_part))
        rows += _admission_rows(totals, figures)
    if len(figures.groups) > 1:
        rows.append(_group_row("All, drafts included", figures, figures.contract_rows, is_part=figures.is_part))
    notes = [*map(_claimed_note, filter(_leaves_out, figures.groups)), *_jobs_notes(figures)]
    said = [Paragraph(" ".join(notes), NOTE)] if notes else []
    heading = Heading("The figures, drafts apart" if len(figures.groups) > 1 else "The figures", bookmark="figures")
    return [heading, Table(_GROUP_COLUMNS, rows, whole=True), *said]


def _admission_rows(totals: GroupTotals, figures: PortfolioFigures) -> list[Row]:
    """A group that holds errors, apart into what can be admitted and what cannot."""
    if totals.not_admitted is None:
        return []
    rows = figures.contracts_of(totals.group)
    parts = (
        ("Of these without errors", totals.admissible, [row for row in rows if row.is_admissible]),
        ("Of these with errors", totals.not_admitted, [row for row in rows if not row.is_admissible]),
    )
    return [_part_row(name, part, own, is_part=figures.is_part) for name, part, own in parts if part.contracts]


def _part_row(name: str, part: PartOfGroup, rows: Sequence[ContractFigures], *, is_part: bool) -> Row:
    return Row(
        [
            name,
            f"{part.contracts:,}",
            "–" if is_part else format_pounds(part.contract_value),
            format_pounds(part.social_value),
            "–" if is_part or not part.contract_value else percent_of(part),
            format_pounds(part.real_pounds),
            jobs_cell(rows, part.employment_outcomes),
        ]
    )


def _jobs_notes(figures: PortfolioFigures) -> list[str]:
    """The fewest and the most jobs of each group beside what is asked for; a part is held against no rule."""
    notes = []
    for totals in figures.groups:
        asked = [row.employment.needed for row in figures.contracts_of(totals.group) if row.employment is not None]
        needed = sum(asked, Fraction(0))
        if totals.outcomes_left_out or needed:
            words = both_numbers(totals.employment_outcomes, totals.outcomes_left_out or Fraction(0))
            of_rules = f"; {outcomes_text(needed)} asked for, contract by contract" if needed else ""
            notes.append(f"{totals.group.words}, jobs: {words}{of_rules}.")
    return notes


def _leaves_out(totals: GroupTotals) -> bool:
    return bool(totals.left_out)


def _claimed_note(totals: GroupTotals) -> str:
    lines = plural(totals.left_out, "commitment with errors is", "commitments with errors are")
    claimed = f"{totals.group.words} claim {format_pounds(totals.claimed_value)}"
    return f"{claimed}, of which {format_pounds(totals.social_value)} counts: {lines} left out."


def _group_row(
    name: str, totals: GroupTotals | PortfolioFigures, rows: Sequence[ContractFigures], *, is_part: bool
) -> Row:
    return Row(
        [
            name,
            f"{totals.contracts:,}",
            "–" if is_part else format_pounds(totals.contract_value),
            value_cell(totals.social_value, totals.value_today),
            share_cell(totals, is_part=is_part),
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
    unfit = not_admitted_words(figures, "these counts")
    wrong = f" {unfit}" if unfit else ""
    if len(counts) <= _COUNTS_OF_MANY:
        return [Paragraph([start, Run(f" {listed(counts)}{drafts}.{wrong}")])]
    # Pages of counts would hide the figures; the table by measure has the count of each.
    measures = sorted(figures.rows(Grouping.MEASURE), key=lambda row: row.social_value, reverse=True)
    most = {row.key for row in measures[:_COUNTS_OF_MANY]}
    told = [count.text for count in figures.plain_counts if count.measure in most] or counts[:_COUNTS_OF_MANY]
    said = f" {listed(told)}{drafts}. These are the {len(told)} with the most social value of {len(counts)}; all stand "
    return [Paragraph([start, Run(said), JumpRun("under By measure", "by-measure"), Run(f".{wrong}")])]
