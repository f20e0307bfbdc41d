"""The PDF valuation of what was delivered of a contract to a day, in the order that never changes.

The first page can be published alone; then every commitment and the shortfalls, every sum, variations, money, who
checked what, Problems and answers, sources and method.
"""

from collections.abc import Sequence
from dataclasses import replace

from tomsapp.domain.area import Area
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.domain.menu import EditionStatus
from tomsapp.domain.wording import format_date
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext, menu_foot
from tomsapp.reports.contract_summary import title_of
from tomsapp.reports.delivered_checked import problems, who_checked
from tomsapp.reports.delivered_facts import PrintedDelivery
from tomsapp.reports.delivered_first import first_page
from tomsapp.reports.delivered_method import attached, method, sources
from tomsapp.reports.delivered_readings import ledger, readings
from tomsapp.reports.delivered_shortfalls import shortfalls
from tomsapp.reports.delivered_sums import every_sum
from tomsapp.reports.delivered_table import every_commitment
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import NewPage, ReplacedCharacters
from tomsapp.reports.fonts import FontSet

_LINES_ON_A_PAGE = 2
"""A page holds about so many commitments with their sums, so that very many need room for longer page numbers."""


def build_delivered_report(
    paper: DeliveredPaper,
    area: Area | None,
    context: ReportContext,
    fonts: FontSet,
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
) -> BuiltReport:
    """What was delivered as a tagged PDF; the same input gives the same bytes.

    Args:
        paper: what it tells, with the commitments named by their numbers; see `paper.numbered`.
        area: names the wards; None leaves their codes.
        context: council, maker and date.
        fonts: the document's own fonts.
        attachments: the files to carry inside the PDF.
        progress: hears of the work; what it raises ends the work.

    Raises:
        ReportError: the council's logo cannot be read.
    """
    page = PrintedDelivery(paper, area, context.signed_on)
    reference = paper.contract.reference.strip()
    running = context.running(
        "  ·  ".join(filter(None, ("Delivered social value", reference))),
        [menu_foot(paper.edition)],
        draft=_draft_words(page),
    )
    if paper.frozen is not None:
        by = f" by {paper.frozen.by}" if paper.frozen.by else ""
        running = replace(running, foot=f"{menu_foot(paper.edition)} Frozen {format_date(paper.frozen.on)}{by}.")
    title = f"{title_of(paper.contract)}: social value delivered to {format_date(paper.until)}"
    pages = len(paper.commitments) // _LINES_ON_A_PAGE
    document = ReportDocument(fonts, running, context.details(title), least_pages=pages)
    document.add(
        *first_page(page, context, fonts, has_data=bool(attachments)),
        NewPage(),
        *every_commitment(page, fonts),
        *shortfalls(page),
        *every_sum(page),
        *readings(page),
        *ledger(page),
        *who_checked(page),
        *problems(page),
        *sources(page),
        *method(page),
        *attached(attachments),
        ReplacedCharacters(),
    )
    return document.build(attachments, progress)


def _draft_words(page: PrintedDelivery) -> str:
    """Why the figures may still change, for the foot of every page; empty where they may not."""
    reasons = []
    if not page.is_frozen:
        reasons.append("not frozen")
    if page.edition.status is EditionStatus.DRAFT:
        reasons.append("made with a draft of the menu")
    return f"{' and '.join(reasons)}, figures may change." if reasons else ""
