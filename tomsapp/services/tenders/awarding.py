"""Awards lots: the winning offer becomes a draft contract at once, and where each of its lines came from is kept.

Taking an award back is `acts.do`, as of every act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT, ContractStatus
from tomsapp.domain.tender.acts import TenderAct, TenderActFacts, TenderActKind, standing
from tomsapp.domain.tender.award import AwardedLine
from tomsapp.domain.tender.awarding import AwardedOffer, awarded_offer
from tomsapp.exchange.tenders.award_json import write_award
from tomsapp.services.changes import Done, RecordChange
from tomsapp.services.references import next_contract_reference
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.acts import NewAward, ToSeal, check_act, check_unchanged, keep, label_of, sealed
from tomsapp.services.tenders.evaluating import read_evaluation
from tomsapp.services.tenders.reading import opened_from
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from datetime import datetime

    from tomsapp.domain.offer import Surroundings
    from tomsapp.domain.problems import Problem
    from tomsapp.services.tenders.evaluating import EvaluatedBid, EvaluatedLot, OpenEvaluation
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AwardedContract:
    """The contract that an award made, as it is now.

    Attributes:
        act: the award.
        id: the number of the contract.
    """

    act: TenderAct
    id: int
    reference: str
    status: ContractStatus


def check_award(
    workspace: Workspace, evaluation: OpenEvaluation, facts: TenderActFacts, now: datetime
) -> list[Problem]:
    """What must be put right before a lot is awarded; to award it to another than the first asks for the reason."""
    opened = opened_from(workspace, evaluation.read.tender, now)
    return check_act(opened, facts, now, _told(evaluation, facts.lot))


def _told(evaluation: OpenEvaluation, lot: int | None) -> ToSeal:
    found = _lot(evaluation, lot)
    if found is None:
        return ToSeal()
    bids = {(found.lot.number, bid.supplier): bid.stored.id for bid, _ in found.admitted}
    return ToSeal(bids=bids, first=frozenset(row.supplier for row in found.evaluated.evaluation.winners))


def _lot(evaluation: OpenEvaluation, number: int | None) -> EvaluatedLot | None:
    return next((lot for lot in evaluation.lots if lot.lot.number == number), None)


def proposed_contract(workspace: Workspace, evaluation: OpenEvaluation, lot: int, supplier: str) -> AwardedOffer:
    """What the contract will be if a lot goes to a bidder, before it is done, with the reference that is free now.

    Raises:
        StoreError: the bidder has no offer in the lot that counts.
        LotError: the lot has no dates or no value.
    """
    with workspace.look() as uow:
        return _proposed(uow, evaluation, lot, supplier, workspace.surroundings(uow))


def _proposed(
    uow: UnitOfWork, evaluation: OpenEvaluation, lot: int, supplier: str, around: Surroundings
) -> AwardedOffer:
    bid = _bid(evaluation, lot, supplier)
    pack, edition = evaluation.pack, evaluation.edition
    if bid is not None and pack is not None and edition is not None:
        decisions = tuple(each.record for each in bid.decisions)
        made = awarded_offer(pack, edition, bid.checked, decisions, around)
        if made is not None:
            contract = made.offer.contract
            reference = next_contract_reference(uow.lists.contracts, contract.start_on.year)
            return replace(made, offer=replace(made.offer, contract=replace(contract, reference=reference)))
    raise StoreError(f"{supplier} has no offer for lot {lot} that counts", "Choose another bid")


def _bid(evaluation: OpenEvaluation, lot: int, supplier: str) -> EvaluatedBid | None:
    found = _lot(evaluation, lot)
    return next((bid for bid in found.bids if bid.supplier == supplier), None) if found is not None else None


def award(workspace: Workspace, evaluation: OpenEvaluation, facts: TenderActFacts, now: datetime) -> Done[int]:
    """Award a lot to a bidder, whose offer becomes a draft contract; gives the number of the act.

    Args:
        workspace: the open database.
        evaluation: as it was frozen.
        facts: what is said of it, with lot and bidder.
        now: the moment, with its zone.

    Raises:
        StoreError: it cannot be awarded so, or somebody changed the tender meanwhile; nothing was done.
    """
    if facts.kind is not TenderActKind.AWARD:
        raise ValueError(facts.kind)
    refuse_errors(check_award(workspace, evaluation, facts, now))
    opened, told = opened_from(workspace, evaluation.read.tender, now), _told(evaluation, facts.lot)
    label = label_of(opened, facts)
    with workspace.work(label) as uow:
        check_unchanged(workspace, uow, opened)
        if read_evaluation(workspace, uow, opened.id) != evaluation.read:
            raise StoreError("Somebody changed a bid or a bidder meanwhile", "Nothing was done. Look at it again")
        made, changes = _make_contract(workspace, uow, evaluation, facts)
        number = keep(uow, opened, facts, replace(told, award=made), now)
        uow.commit()
    return sealed(number, facts, label, number, changes)


def _make_contract(
    workspace: Workspace, uow: UnitOfWork, evaluation: OpenEvaluation, facts: TenderActFacts
) -> tuple[NewAward, list[RecordChange]]:
    """The draft contract with its commitments and answers, and where each came from.

    Raises:
        StoreError: it does not come to the social value of the evaluation.
    """
    lot = facts.lot or 0
    bid = _bid(evaluation, lot, facts.supplier)
    proposed = _proposed(uow, evaluation, lot, facts.supplier, workspace.surroundings(uow))
    if bid is None or bid.receipt is None or proposed.value != _frozen_value(evaluation, lot, bid):
        message = "The contract would not come to the social value of the evaluation"
        raise StoreError(message, "Nothing was done. Report it")
    offer, supplier_id = proposed.offer, uow.bids.supplier_of(bid.stored.id)
    workspace.keep_edition(uow, offer.contract.menu, offer.contract.edition)
    stored = uow.contracts.add(offer.contract, supplier_id)
    changes = [RecordChange(CONTRACT, stored.id, None, (stored.record, supplier_id), stored.id)]
    lines: list[AwardedLine] = []
    for line in offer.commitments:
        added = uow.commitments.add(stored.id, replace(line, key=""))
        lines.append(AwardedLine(added.id, bid.receipt.judged.file.number, line.key))
        changes.append(RecordChange(COMMITMENT, added.id, None, added.record, stored.id))
    for key, answer in offer.answers.items():
        given = uow.answers.give(stored.id, key, answer)
        changes.append(RecordChange(ANSWER, key, None, given, stored.id))
    return NewAward(stored.id, write_award(lines)), changes


def _frozen_value(evaluation: OpenEvaluation, lot: int, bid: EvaluatedBid) -> object:
    given = evaluation.lot(lot).evaluated.given
    return next(each.value for each in given.bids if each.key == bid.key)


# What was awarded


def awarded_contracts(workspace: Workspace, tender_id: int) -> dict[int, AwardedContract]:
    """The contract of each lot that is awarded, by the lot's number."""
    with workspace.look() as uow:
        made = uow.awards.contracts(tender_id)
        still = [act for act in standing(uow.tender_acts.of(tender_id)) if act.kind is TenderActKind.AWARD]
        held = [(act, uow.contracts.get(made[act.id])) for act in still if act.id in made]
    return {
        act.lot: AwardedContract(act, stored.id, stored.record.reference, stored.record.status)
        for act, stored in held
        if act.lot is not None
    }
