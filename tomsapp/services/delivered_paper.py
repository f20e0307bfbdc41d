"""The delivered valuation of a contract as a PDF, with the files from which it can be worked out again.

What is printed is read back from the file that it carries, so that nothing stands on a page that is not in it.
The libraries that make PDFs take long to load, so they are loaded when the first one is made.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.area import Area
from tomsapp.domain.delivery.paper import DeliveredPaper, numbered
from tomsapp.domain.delivery.told import Beside, Frozen, ToldDelivery
from tomsapp.domain.errors import TomsError
from tomsapp.domain.seal import ActKind
from tomsapp.domain.wording import format_date
from tomsapp.services.contracts import list_contracts, opened_from
from tomsapp.services.delivered_evidence import with_evidence
from tomsapp.services.delivered_reading import ReadPaper, read_for_paper
from tomsapp.services.delivered_readings import with_readings
from tomsapp.services.delivered_records import with_records
from tomsapp.services.delivery import OpenDelivery, began_on
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.printable import CHANGED
from tomsapp.services.progress import Progress
from tomsapp.services.reporting import (
    MadeReport,
    council_context,
    file_name,
    logo_of,
    made_report,
    made_with,
    told_of,
)
from tomsapp.services.sealed_view import sealed_view
from tomsapp.services.signers import DRAFT_WORDS, PaperSignature, make_ready, signed
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.exchange.delivered_read import DeliveredFile
    from tomsapp.exchange.made_with import MadeWith
    from tomsapp.reports.attachments import Attachment
    from tomsapp.reports.context import ReportContext
    from tomsapp.reports.document import BuiltReport
    from tomsapp.reports.document import Progress as Told

DELIVERED_FILE, QUARTERS_FILE, EVIDENCE_FILE, LEDGER_FILE, EDITION_FILE = (
    "delivered.json",
    "delivered.csv",
    "evidence.csv",
    "money.csv",
    "menu.json",
)
"""The files that a delivered valuation carries: all of it, its quarters, the evidence, money, and its menu edition."""


def delivered_report(
    workspace: Workspace,
    contract_id: int,
    until: date,
    made_on: date,
    frozen: Frozen | None = None,
    beside: Beside | None = None,
    progress: Progress | None = None,
) -> MadeReport:
    """The delivered valuation of a contract to a day; a frozen one is signed, and a draft never is.

    Evidence, money, samples and variations it takes from the database; what `beside` says of them goes before that.

    Raises:
        NotFound: there is no such contract.
        TomsError: its dates make no years, its menu edition is missing, or the logo cannot be read.
        Cancelled: the user stopped it.
    """
    if frozen is not None:
        make_ready(workspace)
    read = read_for_paper(workspace, contract_id)
    made = unsigned_report(workspace, read, until, made_on, frozen, beside, progress)
    if frozen is None:
        return replace(made, signature=PaperSignature(DRAFT_WORDS))
    data, signature = signed(workspace, made.data)
    return replace(made, data=data, signature=signature)


def unsigned_report(
    workspace: Workspace,
    read: ReadPaper,
    until: date,
    made_on: date,
    frozen: Frozen | None = None,
    beside: Beside | None = None,
    progress: Progress | None = None,
) -> MadeReport:
    """The same of what was read, before it is signed."""
    opened = read.delivery.valued(workspace, until)
    contract = opened_from(workspace, read.contract, date.fromordinal(made_on.toordinal()))
    signings = [act.done_on for act in opened.contract_acts if act.kind is ActKind.SIGN]
    context = council_context(workspace, made_on)
    context = replace(context, signed_on=signings[-1] if signings else None)
    view = sealed_view(workspace, contract, date.fromordinal(made_on.toordinal()))
    told = with_readings(beside or Beside(), contract, view)
    bundle = workspace.bundle(opened.contract.menu, opened.contract.edition)
    return print_delivered(paper_of(opened, frozen, told), bundle, contract.area, context, progress)


def delivered_contracts(workspace: Workspace, reference: str = "") -> list[int]:
    """The numbers of the signed and closed contracts, or of the one with a reference.

    Raises:
        TomsError: there is no such contract, or nothing is delivered under it.
    """
    rows = list_contracts(workspace)
    named = [row for row in rows if not reference or row.reference.casefold() == reference.casefold()]
    found = [row.id for row in named if row.status in HAS_DELIVERIES]
    if not named and reference:
        raise TomsError(f"There is no contract {reference}", "Check the reference, and that it was not deleted")
    if not found:
        what = f"{reference} is {named[0].status.value}" if reference else "No contract is signed"
        raise TomsError(f"{what}, and nothing is delivered before a contract is signed", "Sign it first")
    return found


def paper_of(opened: OpenDelivery, frozen: Frozen | None = None, beside: Beside | None = None) -> DeliveredPaper:
    """What a paper tells of the deliveries of a contract, with its commitments named by their numbers."""
    told = with_records(with_evidence(beside or Beside(), opened), opened)
    signed_contract, signed_commitments = told.signed or (None, ())
    return numbered(
        DeliveredPaper(
            opened.contract,
            opened.edition,
            tuple(line.record for line in opened.commitments),
            opened.until,
            opened.plan,
            tuple(ToldDelivery(each.record, opened.entered_by.get(each.id, "")) for each in opened.deliveries),
            opened.acts,
            opened.rules.record,
            {claim: tuple(sorted(days)) for claim, days in began_on(opened.deliveries, opened.people).items()},
            opened.declared,
            frozen,
            told.evidence,
            told.ledger,
            told.variations,
            signed_contract,
            signed_commitments,
            told.today,
            told.today_edition,
            told.samples,
            opened.told_problems,
        )
    )


def print_delivered(
    paper: DeliveredPaper,
    bundle: bytes,
    area: Area | None,
    context: "ReportContext",
    progress: Progress | None = None,
) -> MadeReport:
    """The PDF of a paper, made without the database and not signed.

    Args:
        paper: with its commitments named by their numbers.
        bundle: the bytes of its menu edition.
        area: names the wards.
        context: council, maker and date.
        progress: hears of the work.

    Raises:
        Cancelled: the user stopped it.
    """
    from tomsapp.exchange.delivered_json import write_delivered
    from tomsapp.exchange.delivered_read import read_delivered

    told = told_of(progress, "Making the delivered valuation")
    with without_looking_for_garbage():
        told(0, 100)
        made = _made_with(paper, area, context)
        stated = read_delivered(write_delivered(paper, made), DELIVERED_FILE)
        printed = stated.paper(paper.edition)
        built = built_delivered(printed, bundle, context, stated, told)
    name = file_name(paper.contract.reference, "delivered to", format_date(paper.until))
    report = made_report(built, name)
    return report if printed == paper else replace(report, notes=(*report.notes, CHANGED))


def built_delivered(
    paper: DeliveredPaper, bundle: bytes, context: "ReportContext", stated: "DeliveredFile", told: "Told | None" = None
) -> "BuiltReport":
    """The PDF of a paper as it was read from its file, with the files that it carries."""
    from tomsapp.reports.delivered_report import build_delivered_report
    from tomsapp.reports.fonts import load_fonts

    fonts = load_fonts(resources_dir() / "fonts")
    attached = delivered_attachments(paper, bundle, context, stated.made)
    return build_delivered_report(paper, stated.made.area, context, fonts, attached, told)


def delivered_attachments(
    paper: DeliveredPaper, bundle: bytes, context: "ReportContext", made: "MadeWith"
) -> "Sequence[Attachment]":
    """The files that the PDF of a paper carries."""
    from tomsapp.exchange.delivered_csv import evidence_csv, ledger_csv, quarters_csv
    from tomsapp.exchange.delivered_json import write_delivered
    from tomsapp.reports.attachments import Attachment, Relationship

    return (
        Attachment(
            DELIVERED_FILE,
            write_delivered(paper, made),
            "application/json",
            "Every figure, with the plan, the returns, the decisions and the agreements that it is worked out from",
        ),
        Attachment(QUARTERS_FILE, quarters_csv(paper), "text/csv", "Every commitment and quarter as a table"),
        Attachment(EVIDENCE_FILE, evidence_csv(paper), "text/csv", "The register of the evidence, with its checksums"),
        Attachment(LEDGER_FILE, ledger_csv(paper), "text/csv", "The money that was handed over, in real pounds"),
        Attachment(
            EDITION_FILE,
            bundle,
            "application/json",
            "The menu edition with every unit value, as it was published",
            Relationship.SOURCE,
        ),
        *logo_of(context),
    )


def _made_with(paper: DeliveredPaper, area: Area | None, context: "ReportContext") -> "MadeWith":
    made = made_with(paper.edition, context)
    return replace(made, signed_on=context.signed_on, status=paper.contract.status, area=area, contact=context.contact)
