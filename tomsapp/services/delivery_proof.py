"""Whether what was delivered is what its sealed acts say: documents, decisions, and the plan in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind, standing
from tomsapp.domain.delivery.decisions import decided
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.exchange.delivery_act_json import DeliveryActDocument, StatedPaper, read_delivery_act
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.services.delivery_acts import is_whole

if TYPE_CHECKING:
    from tomsapp.store.unit_of_work import UnitOfWork

_RESTORE = "Restore the database from a backup, and keep this one to find out what happened"


def delivery_proof(
    uow: UnitOfWork, name: str, told: Callable[[int, int], None] = lambda _done, _total: None
) -> Iterator[Problem]:
    """Every document of an act that is not whole, and every claim and plan that is not what its acts come to.

    `told` hears how many of how many contracts are done, and may raise to stop.
    """
    acts = uow.delivery_acts.by_contract()
    numbers = sorted({*acts, *uow.deliveries.contracts()})
    for done, number in enumerate(numbers):
        told(done, len(numbers))
        for message in _wrong(uow, number, acts.get(number, ())):
            yield Problem("database-sealed", Severity.ERROR, message, _RESTORE, Where(file=name))


def _wrong(uow: UnitOfWork, contract_id: int, acts: Iterable[DeliveryAct]) -> Iterator[str]:
    known = {act.id: act for act in acts}
    documents: dict[int, DeliveryActDocument] = {}
    for act_id, data in uow.delivery_acts.documents(contract_id):
        document = _document(known[act_id], data)
        if document is None:
            yield f"act of delivery {act_id}: its document is not whole, or does not say what the act says"
        else:
            documents[act_id] = document
    yield from _papers(uow, contract_id, documents)
    left = standing(known.values())
    yield from _claims(uow, contract_id, left)
    yield from _plan(uow, contract_id, left, documents)


def _papers(uow: UnitOfWork, contract_id: int, documents: Mapping[int, DeliveryActDocument]) -> Iterator[str]:
    """Every paper that is not the one that its act published; that its bytes are whole is asked of all that is kept."""
    for paper in uow.papers.of(contract_id):
        document = documents.get(paper.act)
        if document is None:
            continue  # it is told already, and what was published cannot be known
        stated = StatedPaper(paper.until, paper.number, paper.sha256, paper.size)
        if document.paper != stated:
            yield f"published valuation {paper.id} is not the one that act of delivery {paper.act} published"


def _document(act: DeliveryAct, data: bytes) -> DeliveryActDocument | None:
    try:
        return read_delivery_act(data) if is_whole(act, data) else None
    except OfferUnreadable:
        return None


def _claims(uow: UnitOfWork, contract_id: int, acts: Iterable[DeliveryAct]) -> Iterator[str]:
    of_claim: dict[int | None, list[DeliveryAct]] = {}
    for act in acts:
        of_claim.setdefault(act.delivery, []).append(act)
    for stored in uow.deliveries.of(contract_id):
        if decided(stored.record, of_claim.get(stored.id, ())) != stored.record:
            yield f"delivery {stored.id} is not what its acts accept and reject"


def _plan(
    uow: UnitOfWork, contract_id: int, acts: Iterable[DeliveryAct], documents: dict[int, DeliveryActDocument]
) -> Iterator[str]:
    accepted = [act for act in acts if act.kind is DeliveryActKind.ACCEPT_PLAN]
    if accepted and accepted[-1].id not in documents:
        return  # it is told already, and what was accepted cannot be known
    plan = documents[accepted[-1].id].plan if accepted else ()
    if set(uow.plans.in_force(contract_id)) != set(plan):
        yield f"the delivery plan of contract {contract_id} is not the one that was accepted last"
