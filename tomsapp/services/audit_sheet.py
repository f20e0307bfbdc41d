"""The worksheet of an audit sample: as a PDF to write on, and as a workbook."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.delivery.acts import ACCEPTANCES
from tomsapp.domain.delivery.audit_sheet import AuditSheet, DrawnFrom, SheetClaim
from tomsapp.domain.delivery.sample import draw_number
from tomsapp.domain.money import total
from tomsapp.domain.wording import format_date
from tomsapp.services.audit import claim_of
from tomsapp.services.audit_frame import AuditFrame, CouncilAudit, frame_of
from tomsapp.services.delivery import find_quarter
from tomsapp.services.reporting import MadeReport, council_context, made_report, plain_name, told_of, write_report
from tomsapp.store.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.delivery.quarters import Quarter
    from tomsapp.services.audit_read import DrawnClaim, SampleView
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.evidence_read import EvidenceView
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

_REMOVED = "A claim that was removed since"
_NOT_ACCEPTED = "Nothing of it is accepted any more"


def audit_sheet_of(opened: OpenDelivery | CouncilAudit, view: SampleView) -> AuditSheet:
    """What the worksheet of a sample tells; a claim that was removed since stays in it as such."""
    sample, frame = view.sample.record, frame_of(opened)
    claims = tuple(_claim(frame, sample.seed, drawn) for drawn in view.drawn)
    places = {claim.key: claim.item.position for claim in claims}
    audited = frame.claims(sample.until)
    drawn_from = [
        DrawnFrom(
            each.accepted.key,
            draw_number(sample.seed, each.accepted.key),
            each.accepted.measure.full_name,
            each.accepted.quarter.label,
            each.accepted.units,
            each.accepted.pounds,
            places.get(each.accepted.key),
            each.contract,
        )
        for each in audited
    ]
    accepted = [each.accepted for each in audited]
    known = {each.key: (each.units, each.pounds) for each in accepted}
    is_as_drawn = all(known.get(claim.key) == (claim.item.units, claim.item.pounds) for claim in claims)
    now = (len(accepted), total(each.pounds for each in accepted))
    return AuditSheet(
        frame.contract,
        sample,
        claims,
        tuple(sorted(drawn_from, key=lambda each: (each.number, each.key))),
        has_changed=not is_as_drawn or now != (sample.claims, sample.pounds),
        left_out=frame.left_out,
    )


def _claim(frame: AuditFrame, seed: str, drawn: DrawnClaim) -> SheetClaim:
    try:
        opened = frame.opened(drawn.delivery)
        line, held = claim_of(opened, drawn)
    except NotFound:
        return SheetClaim("", "", 0, _REMOVED, "", "", _NOT_ACCEPTED, (), drawn.item.record)
    quarter = held.record.quarter
    key = f"{held.record.commitment}/{quarter.year + 1}.{quarter.number}"
    keys = [each.record.key for each in opened.commitments]
    accepted = [
        f"{act.by}, {format_date(act.done_on)}" for act in opened.acts_of(drawn.delivery) if act.kind in ACCEPTANCES
    ]
    entered = opened.entered_by.get(drawn.delivery, "")
    return SheetClaim(
        key,
        draw_number(seed, key),
        keys.index(held.record.commitment) + 1,
        line.measure.full_name,
        line.measure.many_name,
        _label(opened, quarter),
        _who(entered, accepted),
        tuple(_evidence(each) for each in opened.evidence_of(drawn.delivery)),
        drawn.item.record,
        opened.contract.reference,
    )


def _who(entered: str, accepted: list[str]) -> str:
    """Who entered the claim, and who accepted it when."""
    if not accepted:
        return _NOT_ACCEPTED
    by = f"Accepted by {'; '.join(accepted)}"
    return f"Entered by {entered}. {by}" if entered else by


def _label(opened: OpenDelivery, quarter: Quarter) -> str:
    found = find_quarter(opened, quarter)
    return found.label if found else quarter.words


def _evidence(view: EvidenceView) -> str:
    """A piece by its name, with what its SHA-256 is known by or where it is kept."""
    piece = view.evidence.record
    if view.stored is None:
        return f"{piece.name}: {piece.reference}"
    gone = f", deleted on {format_date(view.stored.removed_on)}" if view.stored.removed_on else ""
    return f"{piece.name}: SHA-256 {view.stored.short_hash}{gone}"


def audit_sheet_pdf(
    workspace: Workspace,
    opened: OpenDelivery | CouncilAudit,
    view: SampleView,
    made_on: date,
    progress: Progress | None = None,
) -> MadeReport:
    """The worksheet as a PDF, with the workbook attached.

    Raises:
        TomsError: the logo cannot be read.
        Cancelled: the user stopped it.
    """
    from tomsapp.reports.attachments import Attachment, Relationship
    from tomsapp.reports.audit_sheet import build_audit_sheet
    from tomsapp.reports.fonts import load_fonts

    sheet = audit_sheet_of(opened, view)
    workbook = Attachment(
        _name(sheet, "xlsx"),
        _book(workspace, sheet, made_on),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "The worksheet as a workbook, with all claims that were drawn from",
        Relationship.SUPPLEMENT,
    )
    built = build_audit_sheet(
        sheet,
        council_context(workspace, made_on),
        load_fonts(resources_dir() / "fonts"),
        [workbook],
        told_of(progress, "Making the audit worksheet"),
    )
    return made_report(built, _name(sheet, "pdf"))


def audit_sheet_workbook(
    workspace: Workspace, opened: OpenDelivery | CouncilAudit, view: SampleView, made_on: date
) -> tuple[str, bytes]:
    """The worksheet as a workbook: a name for its file, and its bytes."""
    sheet = audit_sheet_of(opened, view)
    return _name(sheet, "xlsx"), _book(workspace, sheet, made_on)


def save_audit_sheet(
    workspace: Workspace,
    opened: OpenDelivery | CouncilAudit,
    view: SampleView,
    made_on: date,
    target: Path,
    progress: Progress | None = None,
) -> Path:
    """Write the worksheet: a workbook where the name of the file ends in .xlsx, else a PDF.

    Raises:
        TomsError: the logo cannot be read, or the file cannot be written.
        Cancelled: the user stopped it.
    """
    if target.suffix.casefold() == ".xlsx":
        _, data = audit_sheet_workbook(workspace, opened, view, made_on)
    else:
        data = audit_sheet_pdf(workspace, opened, view, made_on, progress).data
    return write_report(data, target)


def _book(workspace: Workspace, sheet: AuditSheet, made_on: date) -> bytes:
    from tomsapp.exchange.audit_book import audit_tables
    from tomsapp.exchange.tables_xlsx import BookProperties, write_xlsx

    made_at = datetime.combine(date.fromordinal(made_on.toordinal()), time(), UTC)
    title = f"Audit worksheet of {sheet.named}"
    settings = workspace.settings
    said = BookProperties(title, made_at, settings.council_name, is_example=settings.is_example)
    return write_xlsx(audit_tables(sheet), said)


def _name(sheet: AuditSheet, ending: str) -> str:
    parts = (sheet.audited, "audit worksheet", format_date(sheet.sample.drawn_on))
    return plain_name(" ".join(parts), f".{ending}")
