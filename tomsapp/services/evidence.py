"""What a user does with evidence: attach a file or a reference, change what is said of it, take it away.

A file is read as bytes and never run. What it is is told from its first bytes, so that a name proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.evidence import (
    EVIDENCE,
    MEGABYTE,
    Evidence,
    attaching_problems,
    size_fault,
)
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import plural
from tomsapp.reading.kinds import FileKind, kind_of
from tomsapp.reading.source import read_bytes
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.evidence_read import EvidenceView, read_evidence
from tomsapp.services.refusing import refuse_errors
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from tomsapp.domain.delivery.rules import DeliveryRules
    from tomsapp.domain.history import Stored
    from tomsapp.domain.keys import Keys
    from tomsapp.domain.menu import Measure
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)
_BY_KIND = {
    FileKind.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.OPEN_SPREADSHEET: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.MESSAGE: "message/rfc822",
    FileKind.TABLE: "text/csv",
    FileKind.TEXT: "text/plain",
}
UNKNOWN = "application/octet-stream"

_RUNS = frozenset(
    {".exe", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".msi", ".msp"}
    | {".hta", ".lnk", ".url", ".reg", ".dll", ".jar", ".py", ".sh", ".app", ".desktop", ".cpl", ".inf", ".iso", ".img"}
    | {".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".ppam", ".html", ".htm", ".svg", ".chm", ".one"}
)
"""Endings of files that a computer runs, or that carry programs: no evidence needs them."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file that somebody wants to attach, as it was read."""

    name: str
    content: bytes
    media_type: str


def limits_of(rules: DeliveryRules) -> str:
    """What may be attached to one claim or contract, in words."""
    most = plural(int(rules.most_files), "file", "files")
    return f"Up to {most} of {rules.most_file_mb:f} MB each. Programs, and files that can carry one, are not kept."


def read_file(path: Path, rules: DeliveryRules) -> OfferedFile | Problem:
    """A file as it is attached, or why it is not: too large, empty, a program, or not readable."""
    data = read_bytes(path, int(rules.most_file_mb * MEGABYTE))
    if isinstance(data, Problem):
        return data
    return offered_file(path.name, data, rules)


def offered_file(name: str, data: bytes, rules: DeliveryRules) -> OfferedFile | Problem:
    """As `read_file`, of bytes that are here already."""
    fault = size_fault(len(data), rules)
    if fault is not None:
        message = f"{name}{fault.message.removeprefix('It')}"
        return Problem(f"evidence-{fault.code}", Severity.ERROR, message, fault.fix, Where(file=name, field="sha256"))
    if _is_program(name, data):
        message = f"{name} is a program or can carry one, and such files are not kept"
        fix = "Attach it as a PDF, a picture, a text or a workbook without macros"
        return Problem("evidence-program", Severity.ERROR, message, fix, Where(file=name, field="sha256"))
    return OfferedFile(name, data, media_type(data))


def _is_program(name: str, data: bytes) -> bool:
    return Path(name.casefold()).suffix in _RUNS or data.startswith(_PROGRAMS)


def media_type(data: bytes) -> str:
    """What a file is by its content."""
    known = next((media for start, media in _STARTS if data.startswith(start)), "")
    return known or _BY_KIND.get(kind_of(data), UNKNOWN)


# On record


def evidence_of(workspace: Workspace, contract_id: int) -> tuple[EvidenceView, ...]:
    """The evidence of a contract with its files, and where the same file is offered besides."""
    with workspace.look() as uow:
        return read_evidence(uow, contract_id)


def check_evidence(
    opened: OpenDelivery, evidence: Evidence, file: OfferedFile | None = None, held: Iterable[Evidence] = ()
) -> list[Problem]:
    """What must be put right before evidence is attached to claims; `held` is what the contract has already."""
    offered = replace(evidence, sha256=evidence.sha256 or ("-" if file else ""))
    found = EVIDENCE.problems(offered)
    found += attaching_problems(offered, _measures(opened, offered.deliveries), opened.edition)
    found += _too_many(opened, offered, held)
    return found


def _measures(opened: OpenDelivery, deliveries: Keys) -> Iterator[Measure]:
    claimed = {each.record.commitment for each in opened.deliveries if str(each.id) in deliveries}
    for line in opened.commitments:
        place = opened.edition.places.get(line.record.measure)
        if line.record.key in claimed and place is not None:
            yield place.measure


def _too_many(opened: OpenDelivery, offered: Evidence, held: Iterable[Evidence]) -> Iterator[Problem]:
    most = int(opened.rules.record.most_files)
    known = list(held)
    for number in sorted(offered.deliveries):
        if sum(number in each.deliveries for each in known) >= most:
            message = f"This claim has {plural(most, 'piece', 'pieces')} of evidence already"
            yield Problem("evidence-many", Severity.ERROR, message, "Put the papers into one file", Where(field="name"))
            return


def attach(
    workspace: Workspace, opened: OpenDelivery, evidence: Evidence, file: OfferedFile | None = None
) -> Done[Stored[Evidence]]:
    """Attach evidence to claims: a file, which is kept once by its content, or a reference.

    Raises:
        StoreError: something must be put right first, or the claims are not of this contract.
    """
    done = attach_all(workspace, opened, [(evidence, file)])
    return Done(done.result[0], done.edit)


Piece = tuple[Evidence, OfferedFile | None]
"""Evidence to be attached: a file, or a reference without one."""


def attach_all(
    workspace: Workspace, opened: OpenDelivery, pieces: Sequence[Piece]
) -> Done[tuple[Stored[Evidence], ...]]:
    """Attach several pieces of evidence, all or none.

    Raises:
        StoreError: as for `attach`, of any of them.
    """
    contract_id, known = opened.stored.id, {str(each.id) for each in opened.deliveries}
    if not all(evidence.deliveries <= known for evidence, _ in pieces):
        raise StoreError("A claim is not of this contract any more", "Open the contract again")
    named = pieces[0][0].name if len(pieces) == 1 else plural(len(pieces), "file", "files")
    label = f"Attach {named} for {opened.contract.reference}"
    with workspace.work(label) as uow:
        hold_for_delivery(uow, contract_id)
        written = [write_evidence(uow, opened, evidence, file) for evidence, file in pieces]
        uow.commit()
    stored, changes = zip(*written, strict=True)
    return Done(tuple(stored), Edit(label, tuple(changes)))


def write_evidence(
    uow: UnitOfWork, opened: OpenDelivery, evidence: Evidence, file: OfferedFile | None = None
) -> tuple[Stored[Evidence], RecordChange]:
    """Attach evidence within a transaction that holds the contract: it as it is now, and what changed.

    Raises:
        StoreError: something must be put right first.
    """
    contract_id = opened.stored.id
    held = [each.record for each in uow.evidence.of(contract_id)]
    refuse_errors(check_evidence(opened, evidence, file, held))
    if file is not None:
        evidence = replace(evidence, sha256=uow.files.keep(file.content, file.media_type).sha256)
    stored = uow.evidence.add(contract_id, evidence)
    return stored, RecordChange(EVIDENCE, stored.id, None, stored.record, contract_id)


def change_evidence(
    workspace: Workspace, opened: OpenDelivery, before: Stored[Evidence], after: Evidence
) -> Done[Stored[Evidence]]:
    """Save what is said of evidence, and which claims it is offered for.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: something must be put right first, or an accepted claim would lose its evidence.
    """
    label = f"Change the evidence {after.name} for {opened.contract.reference}"
    with workspace.work(label) as uow:
        hold_for_delivery(uow, opened.stored.id)
        others = [each.record for each in uow.evidence.of(opened.stored.id) if each.id != before.id]
        refuse_errors(check_evidence(opened, after, None, others))
        _refuse_bare(uow, opened.stored.id, before, after.deliveries)
        stored = uow.evidence.save(before.id, before.version, after)
        uow.commit()
    change = RecordChange(EVIDENCE, before.id, before.record, stored.record, opened.stored.id)
    return Done(stored, Edit(label, (change,)))


def take_away(workspace: Workspace, opened: OpenDelivery, evidence: Stored[Evidence]) -> Done[None]:
    """Take evidence away that was attached by mistake. Undo brings it back; its file stays until it is deleted.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: an accepted claim would lose its evidence.
    """
    label = f"Take away the evidence {evidence.record.name} of {opened.contract.reference}"
    with workspace.work(label) as uow:
        hold_for_delivery(uow, opened.stored.id)
        _refuse_bare(uow, opened.stored.id, evidence, frozenset())
        uow.evidence.delete(evidence.id, evidence.version)
        uow.commit()
    change = RecordChange(EVIDENCE, evidence.id, evidence.record, None, opened.stored.id)
    return Done(None, Edit(label, (change,)))


def _refuse_bare(uow: UnitOfWork, contract_id: int, before: Stored[Evidence], deliveries: Keys) -> None:
    """Make sure that no claim of which something is accepted is left without any evidence."""
    left = {
        number for each in uow.evidence.of(contract_id) if each.id != before.id for number in each.record.deliveries
    }
    for claim in uow.deliveries.of(contract_id):
        number = str(claim.id)
        if claim.record.accepted and number in before.record.deliveries and number not in left | deliveries:
            message = "Something of the claim is accepted, and this is its only evidence"
            raise StoreError(message, "Attach other evidence first, or take the acceptance back with the reason")
