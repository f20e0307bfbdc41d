"""What was sealed of the contracts of a portfolio beside what they come to today, with the reasons."""

from tomsapp.domain.portfolio import PortfolioFigures
from tomsapp.domain.portfolio_contract import ContractFigures, SealedToday, sealed_together
from tomsapp.domain.wording import format_change, format_pounds, plural
from tomsapp.reports.contract_sealed import SEALED_STAYS
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.phrases import sentence
from tomsapp.reports.styles import LEAD, NOTE, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table

_COLUMNS = (
    Column("Contract", 24, row_head=True),
    Column("As sealed", 14, right=True),
    Column("Today", 14, right=True),
    Column("Difference", 14, right=True),
    Column("Why", 34),
)


def sealed_section(figures: PortfolioFigures) -> list[Block]:
    """A row for each contract of which something differs since it was sealed; nothing where nothing does."""
    differing = [(row, row.sealed_today) for row in figures.contract_rows if row.sealed_today is not None]
    if not differing:
        return []
    sealed = [row for row in figures.contract_rows if row.sealed_value is not None]
    together = sealed_together((row.sealed_value, row.sealed_today) for row in sealed)
    rows = [_row(row, since) for row, since in differing]
    number = plural(len(sealed), "sealed contract", "sealed contracts")
    others = len(sealed) - len(differing)
    same = f"{plural(others, 'contract')} without a difference" if others else ""
    return [
        Heading("As sealed and as of today", bookmark="sealed"),
        Paragraph(f"{number}: {together.words}. Whole contracts, as signed.", LEAD, keep=True),
        Table(_COLUMNS, [*rows, Row([f"All: {number}", *_pounds(together), same], RowKind.TOTAL)]),
        Paragraph(SEALED_STAYS, NOTE),
    ]


def _row(contract: ContractFigures, since: SealedToday) -> Row:
    named = Cell([Part(contract.reference), Part(contract.title, SUM_MUTED)])
    return Row([named, *_pounds(since), Cell([Part(sentence(reason)) for reason in since.reasons])])


def _pounds(since: SealedToday) -> tuple[str, str, str]:
    change = format_change(since.difference) if since.difference else format_pounds(since.difference)
    return format_pounds(since.sealed), format_pounds(since.today), change
