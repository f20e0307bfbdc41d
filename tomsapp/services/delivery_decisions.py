"""Decisions on claims: accept all or a part, for good or provisionally, reject, confirm, lapse, withdraw, take back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.decisions import decided
from tomsapp.domain.delivery.delivery import DELIVERY, Delivery
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Severity
from tomsapp.domain.wording import format_quantity, plural
from tomsapp.services.changes import Done, RecordChange
from tomsapp.services.delivery import OpenDelivery, find_quarter
from tomsapp.services.delivery_acts import Seen, check_done, document_of, kept_change, label_of, sealed
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import NotFound, StoreError
from tomsapp.store.unit_of_work import UnitOfWork


def decide(
    workspace: Workspace, opened: OpenDelivery, wanted: Sequence[DeliveryActFacts], on: date | None = None
) -> Done[tuple[Stored[Delivery], ...]]:
    """Decide claims in one transaction: one of them, or all of a quarter that wait.

    Each is a sealed act. One claim can have several, which are done in their order: 7 accepted for good, 2 accepted
    provisionally, 1 rejected. Gives the claims as they are after each act.

    Raises:
        EditConflict: somebody else saved or decided one of the claims first.
        StoreError: it cannot be done as it was said, or by this person.
    """
    steps = list(_steps(workspace, opened, wanted, on))
    saved: list[Stored[Delivery]] = []
    changes: list[RecordChange] = []
    with workspace.work(_label(opened, wanted)) as uow:
        hold_for_delivery(uow, opened.stored.id)
        versions: dict[int, int] = {}
        for wave in _waves(steps):
            now, own = _save(uow, opened, [_with_version(step, versions) for step in wave])
            versions |= {each.id: each.version for each in now}
            saved += now
            changes += own
        uow.commit()
    return sealed(tuple(saved), wanted[-1], _label(opened, wanted), changes)


_Step = tuple[DeliveryActFacts, Stored[Delivery], Delivery]
"""An act, the claim before it, and the claim after it."""


def _with_version(step: _Step, versions: Mapping[int, int]) -> _Step:
    """A step with the version that the steps before it left of its claim."""
    facts, seen, after = step
    return facts, replace(seen, version=versions.get(seen.id, seen.version)), after


def _waves(steps: Iterable[_Step]) -> list[list[_Step]]:
    """The steps in their order, parted so that no claim is decided twice in one part, which is saved at once."""
    waves: list[list[_Step]] = []
    done: Counter[int] = Counter()
    for step in steps:
        number = step[1].id
        if done[number] == len(waves):
            waves.append([])
        waves[done[number]].append(step)
        done[number] += 1
    return waves


def _steps(
    workspace: Workspace, opened: OpenDelivery, wanted: Iterable[DeliveryActFacts], on: date | None
) -> Iterator[_Step]:
    """Each act with the claim before and after it; it is held against what the acts before it left of the claim."""
    now = {each.id: each for each in opened.deliveries}
    done: dict[int, list[DeliveryActFacts]] = {}
    for said in wanted:
        seen = now.get(said.delivery or 0)
        if seen is None or not said.kind.is_decision:
            raise NotFound("The claim is not in this contract", "Open it again")
        facts = replace(said, commitment=seen.record.commitment, quarter=seen.record.quarter)
        check_done(workspace, opened, facts, claim=seen.record, on=on)
        acts = done.setdefault(seen.id, list(opened.acts_of(seen.id)))
        acts.append(facts)
        after = decided(seen.record, acts)
        yield facts, seen, after
        now[seen.id] = replace(seen, record=after)


def take_back_decision(
    workspace: Workspace, opened: OpenDelivery, act: DeliveryAct, facts: DeliveryActFacts, on: date | None = None
) -> Done[Stored[Delivery]]:
    """Take a decision back, as it was wrong: the claim is what its other decisions come to.

    Raises:
        EditConflict: somebody else saved or decided the claim first.
        StoreError: it was taken back already, or what was decided after it rests on it.
    """
    seen = next((each for each in opened.deliveries if each.id == act.delivery), None)
    if seen is None or act not in opened.acts_of(seen.id):
        raise StoreError("This decision does not stand any more", "Open the contract again to see how it stands")
    facts = replace(
        facts,
        kind=DeliveryActKind.TAKE_BACK,
        delivery=seen.id,
        commitment=seen.record.commitment,
        quarter=seen.record.quarter,
    )
    check_done(workspace, opened, facts, reverses=act, on=on)
    after = decided(seen.record, [each for each in opened.acts_of(seen.id) if each.id != act.id])
    if any(problem.severity is Severity.ERROR for problem in DELIVERY.problems(after)):
        message = f"What was decided later rests on it: {act.words}"
        raise StoreError(message, "Take the later decision back first")
    label = label_of(opened, facts, f" “{act.kind.done.lower()}”{_of(opened, seen.record)}")
    with workspace.work(label) as uow:
        hold_for_delivery(uow, opened.stored.id)
        (stored,), changes = _save(uow, opened, [(facts, seen, after)], act)
        uow.commit()
    return sealed(stored, facts, label, changes)


def _save(
    uow: UnitOfWork, opened: OpenDelivery, steps: Sequence[_Step], reverses: DeliveryAct | None = None
) -> tuple[list[Stored[Delivery]], list[RecordChange]]:
    """Keep the acts, then save what they decide: the database takes it in no other order."""
    uow.deliveries.hold({seen.id: seen.version for _, seen, _ in steps})
    acts = [
        (
            facts,
            document_of(uow, opened, facts, Seen([seen.record.commitment], seen.record, after, reverses=reverses)),
        )
        for facts, seen, after in steps
    ]
    numbers = uow.delivery_acts.add_many(opened.stored.id, acts, reverses.id if reverses else None)
    saved = uow.deliveries.save_decided({seen.id: after for _, seen, after in steps})
    changes = [kept_change(opened, number, facts) for number, (facts, _) in zip(numbers, acts, strict=True)]
    changes += [
        RecordChange(DELIVERY, seen.id, seen.record, saved[seen.id].record, opened.stored.id) for _, seen, _ in steps
    ]
    return [saved[seen.id] for _, seen, _ in steps], changes


def _label(opened: OpenDelivery, wanted: Sequence[DeliveryActFacts]) -> str:
    """What is done, in the history: "Accept 25 of Q2 (Jul to Sep 2026) of J11 for C-2026-004: as the letters show"."""
    if not wanted:
        raise NotFound("No claim is chosen", "Choose what is to be decided")
    first = wanted[0]
    claims = {facts.delivery for facts in wanted}
    if len(claims) > 1:
        return label_of(opened, first, f" {plural(len(claims), 'claim', 'claims')}")
    held = next((each.record for each in opened.deliveries if each.id == first.delivery), None)
    quantity = "" if first.quantity is None else f" {format_quantity(first.quantity)}"
    return label_of(opened, first, f"{quantity}{_of(opened, held)}" if held else "")


def _of(opened: OpenDelivery, claim: Delivery) -> str:
    """Which claim it is: " of Q2 (Jul to Sep 2026) of J11"."""
    quarter = find_quarter(opened, claim.quarter)
    measures = {line.record.key: line.record.measure for line in opened.commitments}
    told = quarter.label if quarter else claim.quarter.words
    return f" of {told} of {measures.get(claim.commitment, 'a commitment that was removed')}"
