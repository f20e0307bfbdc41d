"""The PDF valuation of a contract or offer, in the order that never changes.

The first page can be published alone; then every commitment at a glance, the policy checks, every sum, Problems and
answers, sources and method.
"""

from collections.abc import Sequence

from tomsapp.domain.area import Area
from tomsapp.domain.menu import EditionStatus
from tomsapp.domain.offer import CheckedOffer
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext, menu_foot
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.contract_first import first_page, second_page
from tomsapp.reports.contract_kept import kept_files
from tomsapp.reports.contract_lines import every_sum, long_statements
from tomsapp.reports.contract_long import every_line
from tomsapp.reports.contract_method import method, sources
from tomsapp.reports.contract_policy import policy_checks, problems_and_answers
from tomsapp.reports.contract_sealed import as_signed_and_today
from tomsapp.reports.contract_summary import title_of
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import Block, NewPage, ReplacedCharacters
from tomsapp.reports.fonts import FontSet


def build_contract_report(
    checked: CheckedOffer,
    area: Area | None,
    context: ReportContext,
    fonts: FontSet,
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
) -> BuiltReport:
    """The valuation as a tagged PDF; the same input gives the same bytes.

    Args:
        checked: the offer, valued and checked.
        area: names the wards; None leaves their codes.
        context: council, maker and date.
        fonts: the document's own fonts.
        attachments: the files to carry inside the PDF.
        progress: hears of the work; what it raises ends the work.

    Raises:
        ReportError: the council's logo cannot be read.
    """
    page = PrintedValuation(checked, area, context.council, context.rules_from, context.signed_on)
    reference = page.contract.reference.strip()
    running = context.running(
        "  ·  ".join(filter(None, ("Social value valuation", reference))),
        [menu_foot(page.edition)],
        draft=_draft_words(page),
    )
    document = ReportDocument(fonts, running, context.details(f"{title_of(page.contract)}: social value valuation"))
    document.add(
        *first_page(page, context, fonts, has_data=bool(attachments)),
        NewPage(),
        *_commitments(page, fonts),
        *as_signed_and_today(context),
        *long_statements(page),
        *problems_and_answers(page),
        *kept_files(context.files),
        *sources(page),
        *method(page),
        ReplacedCharacters(),
    )
    return document.build(attachments, progress)


def _commitments(page: PrintedValuation, fonts: FontSet) -> list[Block]:
    """The commitments at a glance, the policy checks, the sums; very many lines stand once, each with its sum."""
    if page.is_long:
        return [*every_line(page), *policy_checks(page)]
    return [*second_page(page, fonts), *every_sum(page)]


def _draft_words(page: PrintedValuation) -> str:
    """Why the figures may still change, for the foot of every page; empty where they may not."""
    if page.is_final:
        return ""
    reasons = []
    if not page.is_signed:
        reasons.append("not signed")
    if page.edition.status is EditionStatus.DRAFT:
        reasons.append("made with a draft of the menu")
    return f"{' and '.join(reasons)}, figures may change."
