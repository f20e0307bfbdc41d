"""Whether tenders are what their sealed acts say: documents, where each stands, what was issued, frozen and awarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.tender.acts import TenderAct, TenderActKind, standing, tender_status
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tender_act_json import StatedFile, TenderActDocument, read_tender_act
from tomsapp.services.tenders.acts import is_whole
from tomsapp.store.kept import sha256_of

if TYPE_CHECKING:
    from tomsapp.store.unit_of_work import UnitOfWork

_RESTORE = "Restore the database from a backup, and keep this one to find out what happened"


def tender_proof(
    uow: UnitOfWork, name: str, told: Callable[[int, int], None] = lambda _done, _total: None
) -> Iterator[Problem]:
    """Every document of an act that is not whole, and every tender and pack that is not what its acts come to.

    `told` hears how many of how many tenders are done, and may raise to stop.
    """
    numbers = uow.tenders.numbers()
    for done, number in enumerate(numbers):
        told(done, len(numbers))
        for message in _wrong(uow, number):
            yield Problem("database-sealed", Severity.ERROR, message, _RESTORE, Where(file=name))


def _wrong(uow: UnitOfWork, tender_id: int) -> Iterator[str]:
    acts = uow.tender_acts.of(tender_id)
    documents: dict[int, TenderActDocument] = {}
    known = {act.id: act for act in acts}
    for act_id, data in uow.tender_acts.documents(tender_id):
        document = _document(known[act_id], data)
        if document is None:
            yield f"act of tender {act_id}: its document is not whole, or does not say what the act says"
        else:
            documents[act_id] = document
    yield from _links(acts, documents)
    yield from _standing(uow, tender_id, acts, documents)
    yield from _versions(uow, tender_id, acts, documents)
    yield from _frozen(uow, tender_id, acts, documents)
    yield from _awarded(uow, tender_id, acts, documents)


def _document(act: TenderAct, data: bytes) -> TenderActDocument | None:
    try:
        return read_tender_act(data) if is_whole(act, data) else None
    except OfferUnreadable:
        return None


def _links(acts: Sequence[TenderAct], documents: Mapping[int, TenderActDocument]) -> Iterator[str]:
    """Every act that takes back another one than its document says."""
    digests: dict[int | None, str] = {None: ""} | {act.id: act.sha256 for act in acts}
    for act in acts:
        document = documents.get(act.id)
        if document is not None and digests.get(act.reverses) != document.reverses:
            yield f"act of tender {act.id} does not take back what its document says"


def _standing(
    uow: UnitOfWork, tender_id: int, acts: Sequence[TenderAct], documents: Mapping[int, TenderActDocument]
) -> Iterator[str]:
    """Where the tender stands, and where each document says that it stood: its acts alone say so.

    Only of tenders that were opened does it hang on the lots, and these are fixed then.
    """
    lots = [lot.record.number for lot in uow.lots.of(tender_id)]
    was = tender_status((), lots)
    for place, act in enumerate(acts):
        becomes = tender_status(acts[: place + 1], lots)
        document = documents.get(act.id)
        if document is not None and (document.was, document.becomes) != (was, becomes):
            yield f"act of tender {act.id}: its document says otherwise where the tender stood"
        was = becomes
    if uow.tenders.get(tender_id).record.status is not was:
        yield f"tender {tender_id} does not stand where its acts put it"


def _versions(
    uow: UnitOfWork, tender_id: int, acts: Sequence[TenderAct], documents: Mapping[int, TenderActDocument]
) -> Iterator[str]:
    """Every version of the pack that is not the one that its act issued, byte for byte and in order."""
    issuing = {act.id: act for act in acts if act.kind.makes_version}
    found = uow.pack_versions.contents(tender_id)
    kept = {act_id: (number, sha256_of(content), len(content)) for number, act_id, content in found}
    if [act.version for act in issuing.values()] != list(range(1, len(issuing) + 1)):
        yield f"the pack versions of tender {tender_id} do not follow each other"
    for act_id, act in issuing.items():
        if act_id not in kept:
            yield f"pack version {act.version} of tender {tender_id}, which act of tender {act_id} issued, is gone"
    for act_id, here in kept.items():
        if act_id in issuing and act_id not in documents:
            continue  # it is told already, and what was issued cannot be known
        pack = documents[act_id].pack if act_id in issuing else None
        stated = None if pack is None else (issuing[act_id].version, pack.sha256, pack.size)
        if stated != here:
            yield f"pack version {here[0]} of tender {tender_id} is not the one that act of tender {act_id} issued"


def _frozen(
    uow: UnitOfWork, tender_id: int, acts: Sequence[TenderAct], documents: Mapping[int, TenderActDocument]
) -> Iterator[str]:
    """Every frozen evaluation that is not the one that its act froze, byte for byte."""
    freezing = {act.id for act in acts if act.kind is TenderActKind.FREEZE}
    kept = {
        act_id: (sha256_of(content), len(content)) for act_id, content in uow.frozen_evaluations.contents(tender_id)
    }
    for act_id in sorted(freezing - kept.keys()):
        yield f"the evaluation of tender {tender_id} that act of tender {act_id} froze is gone"
    for act_id, here in kept.items():
        if act_id in freezing and act_id not in documents:
            continue  # it is told already, and what was frozen cannot be known
        frozen = documents[act_id].evaluation if act_id in freezing else None
        if frozen is None or (frozen.sha256, frozen.size) != here:
            yield f"the frozen evaluation of tender {tender_id} is not the one that act of tender {act_id} froze"


def _awarded(
    uow: UnitOfWork, tender_id: int, acts: Sequence[TenderAct], documents: Mapping[int, TenderActDocument]
) -> Iterator[str]:
    """Every award whose contract, or whose account of where its commitments came from, is not what its act made."""
    awarding = {act.id: act for act in acts if act.kind is TenderActKind.AWARD}
    contracts, contents = uow.awards.contracts(tender_id), uow.awards.contents(tender_id)
    stands = {act.id for act in standing(acts)}
    for act_id in sorted(awarding.keys() | contracts.keys()):
        if act_id in awarding and act_id not in documents:
            continue  # it is told already, and what was awarded cannot be known
        stated = documents[act_id] if act_id in awarding else None
        content = contents.get(act_id)
        here = None if content is None else StatedFile(sha256_of(content), len(content))
        if stated is None or (stated.award, stated.contract) != (here, contracts.get(act_id)):
            yield f"what act of tender {act_id} awarded of tender {tender_id} is not what its document says"
        elif act_id in stands and act_id in contracts and uow.contracts.get(contracts[act_id]).is_deleted:
            yield f"the contract that act of tender {act_id} awarded of tender {tender_id} is gone"
