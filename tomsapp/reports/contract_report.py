"""The PDF valuation of a contract or offer, in the order that never changes."""

from collections.abc import Sequence

from tomsapp.domain.area import Area
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.valuation import Valuation
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext, menu_foot
from tomsapp.reports.contract_lines import every_commitment, long_statements, shape_of_sums
from tomsapp.reports.contract_method import method, sources
from tomsapp.reports.contract_policy import policy_checks, problems_and_answers
from tomsapp.reports.contract_summary import (
    check_yourself,
    headline_figures,
    in_short,
    name_and_parties,
    title_of,
    where_from,
)
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import Block, NewPage, ReplacedCharacters
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.styles import Shape


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
    valuation = checked.valuation
    contract = checked.offer.contract
    reference = contract.reference.strip()
    running = context.running(
        "  ·  ".join(filter(None, ("Social value valuation", reference))), [menu_foot(valuation.edition)]
    )
    document = ReportDocument(fonts, running, context.details(f"{title_of(contract)}: social value valuation"))
    document.add(
        *name_and_parties(checked),
        *in_short(checked),
        *headline_figures(valuation),
        *policy_checks(checked),
        *where_from(valuation),
        *_sums(valuation, area),
        *long_statements(valuation),
        *problems_and_answers(checked),
        *sources(checked),
        *method(checked),
        ReplacedCharacters(),
    )
    return document.build(attachments, progress)


def _sums(valuation: Valuation, area: Area | None) -> list[Block]:
    """How to check the figures, and every sum; on pages of their own where those lie on their side."""
    blocks = [*check_yourself(), *every_commitment(valuation, area)]
    shape = shape_of_sums(valuation)
    return blocks if shape is Shape.PORTRAIT else [NewPage(shape), *blocks, NewPage()]
