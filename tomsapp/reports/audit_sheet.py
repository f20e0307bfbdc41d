"""The worksheet of an audit sample: each claim that was drawn on paper, with room for what is found."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.delivery.audit_sheet import AuditSheet, SheetClaim
from tomsapp.domain.wording import format_date, format_pounds, format_quantity, plural
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import Block, Heading, Panel, Paragraph, ReplacedCharacters
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.phrases import sentence
from tomsapp.reports.styles import LEAD, NOTE, PANEL, SUM, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook
from tomsapp.reports.text import Run

_CLAIMS = (
    Column("Place", 26, right=True),
    Column("Claim", 150, row_head=True),
    Column("Accepted", 74, right=True),
    Column("Evidence", 128),
    Column("What is found", 118),
)
_FROM = (
    Column("Claim", 60, row_head=True),
    Column("SHA-256 of the seed, a stroke and the claim", 300),
    Column("Place", 40, right=True),
    Column("Worth", 90, right=True),
)
_LOOK = TableLook(line_gap=1.6)
_MOST_LISTED = 200
"""More claims than these are in the attached workbook alone."""


def build_audit_sheet(
    sheet: AuditSheet,
    context: ReportContext,
    fonts: FontSet,
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
) -> BuiltReport:
    """The worksheet as a tagged PDF; the same input gives the same bytes.

    Raises:
        ReportError: the council's logo cannot be read.
    """
    running = context.running(f"Audit worksheet  ·  {sheet.audited}", [f"Seed “{sheet.sample.seed}”."])
    document = ReportDocument(fonts, running, context.details(f"{sheet.audited}: audit worksheet"))
    document.add(*_head(sheet, context), *_claims(sheet), *_drawn(sheet), ReplacedCharacters())
    return document.build(attachments, progress)


def _head(sheet: AuditSheet, context: ReportContext) -> Iterator[Block]:
    contract, sample = sheet.contract, sheet.sample
    if contract is None:
        yield Heading(f"Audit worksheet: {sheet.named}", 1)
        council = sentence(context.council.strip() or "Council not named")
        yield Paragraph(f"{council} The claims of every signed and closed contract are drawn from together.", LEAD)
    else:
        supplier = sentence(contract.supplier.strip() or "Supplier not named")
        yield Heading(f"Audit worksheet: {contract.title or contract.reference}", 1)
        yield Paragraph(f"{contract.reference}. {supplier}", LEAD)
    drawn = (
        f"{plural(len(sheet.claims), 'claim')} drawn on {format_date(sample.drawn_on)} with the seed “{sample.seed}” "
        f"out of {plural(sample.claims, 'accepted claim')} to {format_date(sample.until)}, worth "
        f"{format_pounds(sample.pounds)}."
    )
    yield Panel([Paragraph([Run("In short. ", bold=True), Run(" ".join((drawn, *sheet.result.words)))], PANEL)])
    if sample.notes:
        yield Paragraph(sample.notes)


def _claims(sheet: AuditSheet) -> Iterator[Block]:
    yield Heading("Claims to check", bookmark="claims")
    yield Paragraph(
        "Look at the evidence of each claim again. Say how many of the accepted units it shows; 0 where it shows "
        "none. What is not shown in full needs a sentence that says why.",
        LEAD,
        keep=True,
    )
    yield Table(_CLAIMS, [_claim(claim, is_of_all=sheet.contract is None) for claim in sheet.claims], _LOOK)


def _claim(claim: SheetClaim, *, is_of_all: bool) -> Row:
    item = claim.item
    about = [Part(claim.measure, SUM)]
    if claim.key:
        contract = f"{claim.contract}. " if is_of_all else ""
        about.append(Part(f"{contract}{claim.quarter}. Line {claim.line}, claim {claim.key}", SUM_MUTED))
    worth = [
        Part(f"{format_quantity(item.units)} {claim.unit}".strip(), SUM),
        Part(format_pounds(item.pounds), SUM_MUTED),
    ]
    evidence = [Part(piece, SUM) for piece in claim.evidence] or [Part("No evidence is attached", SUM)]
    evidence.append(Part(claim.accepted, SUM_MUTED))
    return Row([f"{item.position:,}", Cell(about), Cell(worth), Cell(evidence), Cell(list(_found(claim)))])


def _found(claim: SheetClaim) -> Iterator[Part]:
    item = claim.item
    if item.conclusion is None or item.found is None or item.found_pounds is None:
        yield Part("Units shown: ", SUM)
        yield Part("Because: ", SUM)
        return
    yield Part(f"{item.conclusion.words}: {format_quantity(item.found)}, {format_pounds(item.found_pounds)}", SUM)
    if item.notes:
        yield Part(item.notes, SUM_MUTED)


def _drawn(sheet: AuditSheet) -> Iterator[Block]:
    yield Heading("How it was drawn", bookmark="drawn")
    yield Paragraph(
        "Each accepted claim has the SHA-256 of the seed, a stroke (|) and the claim in UTF-8. The smallest numbers "
        "are drawn, in their order. Whoever has this list and the seed finds the same claims with any program."
    )
    if sheet.has_changed:
        yield Paragraph(
            "Claims were accepted or taken back since it was drawn, so this list is not the one that it was drawn "
            "from. What was drawn stays as it was drawn.",
        )
    for words in sheet.left_out:
        yield Paragraph(words)
    listed = sheet.drawn_from[:_MOST_LISTED]
    rows = [
        Row(
            [
                Cell([Part(each.key), *([Part(each.contract, SUM_MUTED)] if sheet.contract is None else [])]),
                Cell([Part(each.number, SUM)]),
                "" if each.position is None else f"{each.position:,}",
                format_pounds(each.pounds),
            ]
        )
        for each in listed
    ]
    if not rows:
        yield Paragraph("No claim is accepted any more.")
        return
    yield Table(_FROM, rows, _LOOK)
    if len(listed) < len(sheet.drawn_from):
        more = f"{len(sheet.drawn_from) - len(listed):,} more are in the workbook of this worksheet."
        yield Paragraph(more, NOTE)
