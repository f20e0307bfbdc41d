"""What the head of the tender page says: where the tender stands, and its facts."""

from __future__ import annotations

from tomsapp.domain.money import exact_sum
from tomsapp.domain.tender.choices import TenderStatus
from tomsapp.domain.wording import format_date, format_pounds, plural
from tomsapp.gui.widgets.page_header import Fact
from tomsapp.services.tenders.reading import OpenTender

MENU = "menu"
TONES = {
    TenderStatus.DRAFT: "info",
    TenderStatus.ISSUED: "success",
    TenderStatus.OPENED: "warning",
    TenderStatus.FROZEN: "info",
    TenderStatus.AWARDED: "success",
    TenderStatus.WITHDRAWN: "muted",
}
"""The tone of the badge of each status."""
ICONS = {
    TenderStatus.DRAFT: "pencil-line",
    TenderStatus.ISSUED: "file-check",
    TenderStatus.OPENED: "folder-open",
    TenderStatus.FROZEN: "lock",
    TenderStatus.AWARDED: "circle-check",
    TenderStatus.WITHDRAWN: "x",
}
"""The icon of each status in a list."""


def header_facts(opened: OpenTender) -> list[Fact]:
    """Value, deadline and menu edition; of a draft the length, afterwards the pack that is out."""
    tender = opened.tender
    facts = [Fact("Estimated value", _value(opened))]
    deadline = Fact("Deadline", opened.in_force.deadline_words or "Not set yet")
    if opened.versions:
        last = opened.versions[-1]
        done = "issued" if last.version == 1 else "amended"
        facts += [deadline, Fact("Pack", f"version {last.version}, {done} {format_date(last.issued_on)}")]
    else:
        facts += [Fact("Length", _length(opened)), deadline]
    edition = f"{tender.menu} {tender.edition}" if tender.edition else ""
    # The status bar names the edition too.
    facts.append(Fact("Menu edition", edition or "Not chosen yet", MENU if edition else None, gives_way=bool(edition)))
    return facts


def _value(opened: OpenTender) -> str:
    values = [lot.record.value for lot in opened.lots if lot.record.value is not None]
    if not values:
        return "Not entered yet"
    lots = f" in {plural(len(opened.lots), 'lot')}" if len(opened.lots) > 1 else ""
    return f"{format_pounds(exact_sum(values))}{lots}"


def _length(opened: OpenTender) -> str:
    """How long the lots run, where they all run alike."""
    told = {lot.record.length_words for lot in opened.lots}
    if not told or told == {""}:
        return "Not entered yet"
    return told.pop() if len(told) == 1 else "Each lot its own"
