"""What the portal's own list says of the receipts, as the dialog of a sheet shows it."""

from __future__ import annotations

from tomsapp.domain.tender.receipt import Receipt
from tomsapp.domain.wording import format_date
from tomsapp.gui.models.column import Column
from tomsapp.gui.tenders.sheet_dialog import SheetTask
from tomsapp.services.tenders.portal_times import PORTAL, ExportRow, MatchedTime, PortalUse, match_export, take_times


def _time(each: MatchedTime) -> str:
    return "" if each.row.on is None else f"{format_date(each.row.on)}, {each.row.time}"


_COLUMNS: tuple[Column[MatchedTime], ...] = (
    Column("file", "File", lambda each: each.row.file, width=140),
    Column("bidder", "Bidder", lambda each: each.row.bidder, width=130),
    Column("time", "Portal’s time", _time, sort_key=lambda each: (str(each.row.on), each.row.time), width=190),
)


def portal_task(tender_id: int) -> SheetTask[PortalUse, ExportRow, Receipt]:
    """The portal's times of the files of a tender."""
    return SheetTask(
        PORTAL,
        "Portal’s times",
        "export",
        _COLUMNS,
        "The column of the day is needed, and that of the file or of the bidder.",
        "time",
        "times",
        lambda workspace, sheet, columns: match_export(workspace, tender_id, sheet, columns),
        lambda workspace, sheet, columns, matched: take_times(workspace, tender_id, sheet, columns, matched),
    )
