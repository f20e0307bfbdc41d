"""Agreements on shortfalls: a substitute, carried forward, money, left open; and telling a supplier to improve."""

from datetime import date

from tomsapp.domain.delivery.acts import OUTCOMES, DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.improving import improvements
from tomsapp.services.changes import Done
from tomsapp.services.delivery import OpenDelivery, find_quarter
from tomsapp.services.delivery_acts import Seen, check_done, keep, label_of, sealed
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import StoreError
from tomsapp.store.unit_of_work import UnitOfWork


def agree(workspace: Workspace, opened: OpenDelivery, facts: DeliveryActFacts, on: date | None = None) -> Done[int]:
    """Keep what was agreed about a shortfall by the council and the supplier; gives the number of the act.

    Raises:
        StoreError: it cannot be done as it was said, or somebody changed what was delivered meanwhile.
    """
    if not facts.kind.is_agreement:
        raise StoreError(f"{facts.kind.words} is no agreement on a shortfall", "Choose what was agreed")
    return _kept(workspace, opened, facts, on)


def tell_to_improve(
    workspace: Workspace, opened: OpenDelivery, facts: DeliveryActFacts, on: date | None = None
) -> Done[int]:
    """Keep that the supplier was told to improve a commitment or the whole contract, or whether it did.

    Gives the act's number.

    Raises:
        StoreError: as `agree`.
    """
    if facts.kind not in OUTCOMES | {DeliveryActKind.TELL_TO_IMPROVE}:
        raise StoreError(f"{facts.kind.words} does not tell anybody to improve", "Choose what was said")
    return _kept(workspace, opened, facts, on)


def take_back_agreement(
    workspace: Workspace, opened: OpenDelivery, act: DeliveryAct, facts: DeliveryActFacts, on: date | None = None
) -> Done[int]:
    """Take back an agreement, or that somebody was told to improve; gives the number of the act that does it.

    Raises:
        StoreError: it does not stand any more, something rests on it, or as `agree`.
    """
    if any(each.told.id == act.id and each.outcome is not None for each in improvements(opened.acts)):
        raise StoreError("It was said already whether the supplier improved", "Take that back first")
    facts = DeliveryActFacts(
        DeliveryActKind.TAKE_BACK, facts.done_on, facts.role, facts.reason, None, act.commitment, act.quarter
    )
    return _kept(workspace, opened, facts, on, act)


def _kept(
    workspace: Workspace,
    opened: OpenDelivery,
    facts: DeliveryActFacts,
    on: date | None,
    reverses: DeliveryAct | None = None,
) -> Done[int]:
    check_done(workspace, opened, facts, reverses=reverses, on=on)
    quarter = find_quarter(opened, facts.quarter) if facts.quarter else None
    measures = {line.record.key: line.record.measure for line in opened.commitments}
    back = f" “{reverses.kind.done.lower()}”" if reverses else ""
    to = f" to {quarter.label}" if quarter else ""
    line = f" of {measures[facts.commitment]}" if facts.commitment in measures else ""
    label = label_of(opened, facts, f"{back}{line}{to}")
    about = [key for key in (facts.commitment, facts.other_commitment) if key]
    with workspace.work(label) as uow:
        hold_for_delivery(uow, opened.stored.id)
        check_as_opened(uow, opened)
        change = keep(uow, opened, facts, Seen(about or measures, reverses=reverses))
        uow.commit()
    return sealed(int(change.key), facts, label, [change])


def check_as_opened(uow: UnitOfWork, opened: OpenDelivery) -> None:
    """Make sure that what is sealed rests on what the user was shown: the same claims and acts, and the same plan.

    Raises:
        StoreError: it does not.
    """
    contract_id = opened.stored.id
    is_same = (
        uow.deliveries.versions(contract_id) == {each.id: each.version for each in opened.deliveries}
        and uow.delivery_acts.numbers(contract_id) == [act.id for act in opened.acts]
        and uow.plans.versions(contract_id) == {each.id: each.version for each in opened.planned}
    )
    if not is_same:
        message = f"Somebody changed what is delivered under {opened.contract.reference} after you opened it"
        raise StoreError(message, "Nothing was sealed. Look at it again, then do it")
