"""Signs a variation, which makes the contract what the variation says, and takes it back by its reverse act alone."""

from dataclasses import replace
from datetime import date

from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.domain.seal import ACT, Act, ActFacts, ActKind, variations_in_force
from tomsapp.domain.variation import VARIATION, VariationState
from tomsapp.domain.varied import VariationTold, VariedFact, VariedLine
from tomsapp.exchange.act_json import read_act
from tomsapp.services import act_making
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.contracts import OpenContract
from tomsapp.services.variations import OpenVariation, hold_signed
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import EditConflict, StoreError
from tomsapp.store.unit_of_work import UnitOfWork


def proposed(workspace: Workspace, one: OpenVariation) -> ActFacts:
    """What is most likely said when a variation is signed: today, in the role as before; why and from when it says."""
    facts = act_making.proposed(workspace, one.varied, ActKind.VARY)
    return replace(facts, takes_effect_on=one.variation.effective_on, reason=one.variation.reason)


def check(one: OpenVariation, facts: ActFacts, on: date | None = None) -> list[Problem]:
    """What must be put right before a variation is signed, today or on the day that is named; and what is asked."""
    return [*one.problems, *act_making.check(one.varied, facts, on)]


def sign(workspace: Workspace, one: OpenVariation, facts: ActFacts, on: date | None = None) -> Done[Stored[Contract]]:
    """Sign a variation: the contract, its years and its lines are what it says, and its document is kept for good.

    Raises:
        EditConflict: somebody else saved the contract or the variation first.
        StoreError: it cannot be signed as it is, by this person, or as it was said.
    """
    act_making.check_may(workspace, one.varied, facts, on)
    for problem in one.problems:
        raise StoreError(problem.message, problem.fix)
    contract_id, reference = one.opened.stored.id, one.opened.contract.reference
    label = f"Sign {one.variation.name} of {reference}: {facts.reason}"
    new = act_making.new_act(workspace, one.varied, facts, variation=one.told)
    with workspace.work(label) as uow:
        hold_signed(uow, contract_id)
        _check_lines(uow, one.opened)
        # The database lets what is sealed change by such an act alone, which it looks for.
        number = uow.acts.add(new)
        contract = replace(one.varied.contract, spend=one.opened.contract.spend)
        stored = uow.contracts.save(contract_id, one.opened.stored.version, contract, one.varied.supplier_id)
        changes = [*_contract_change(one.opened, stored, one.varied.supplier_id), *_write_lines(uow, one)]
        signed = replace(one.variation, state=VariationState.SIGNED, act_id=number)
        saved = uow.variations.save(one.stored.id, one.stored.version, signed)
        uow.commit()
    changes.append(RecordChange(ACT, number, None, facts, contract_id))
    changes.append(RecordChange(VARIATION, saved.id, one.variation, saved.record, contract_id))
    stop = act_making.stop_words(f"{one.variation.name.capitalize()} signed", facts)
    return Done(stored, Edit(label, tuple(changes), stop))


def _contract_change(opened: OpenContract, stored: Stored[Contract], supplier_id: int | None) -> list[RecordChange]:
    before, after = (opened.contract, opened.supplier_id), (stored.record, supplier_id)
    return [RecordChange(CONTRACT, stored.id, before, after, stored.id)]


def _write_lines(uow: UnitOfWork, one: OpenVariation) -> list[RecordChange]:
    """Write the lines that are others with the variation: a line that is added comes last."""
    contract_id = one.opened.stored.id
    held = {line.id: line for line in one.opened.commitments}
    changes = []
    for line in one.varied.commitments:
        before = held.get(line.id)
        if before is None:
            added = uow.commitments.add(contract_id, line.record)
            changes.append(RecordChange(COMMITMENT, added.id, None, added.record, contract_id))
        elif before.record != line.record:
            saved = uow.commitments.save(line.id, before.version, line.record)
            changes.append(RecordChange(COMMITMENT, line.id, before.record, saved.record, contract_id))
    return changes


def _check_lines(uow: UnitOfWork, opened: OpenContract) -> None:
    """Make sure that the lines are those that the user was shown: another variation may have been signed since."""
    lines = [(line.id, line.version) for line in uow.commitments.of(opened.stored.id)]
    if lines != [(line.id, line.version) for line in opened.commitments]:
        message = f"Somebody varied the commitments of {opened.contract.reference} after you opened it"
        raise StoreError(message, "Nothing was signed. Look at them again, then do it")


# Taking back


def take_back(workspace: Workspace, opened: OpenContract, facts: ActFacts, signed: Act) -> Done[Stored[Contract]]:
    """Take a variation back, and nothing before it: the contract is what it was, and the variation a draft again.

    Raises:
        EditConflict: somebody else saved the contract first.
        StoreError: another variation is being drafted.
    """
    contract_id, reference = opened.stored.id, opened.contract.reference
    place = len(variations_in_force(opened.contract.status, opened.acts))
    label = f"Take back variation {place} of {reference}: {facts.reason}"
    with workspace.work(label) as uow:
        hold_signed(uow, contract_id)
        act_making.check_no_draft(uow, opened)
        held = uow.contracts.get(contract_id)
        if held.version != opened.stored.version:
            raise EditConflict(held)
        found = [one for one in uow.variations.of(contract_id) if one.record.act_id == signed.id]
        if not found:
            message = f"{signed.words}: somebody has taken it back already"
            raise StoreError(message, "Open the contract again to see how it stands")
        variation, stated = found[0], read_act(uow.acts.document(signed.id)).act
        told = stated.variation if stated and stated.variation else VariationTold(variation.record.number)
        number = uow.acts.add(act_making.new_act(workspace, opened, facts, signed, _reversed(told)))
        uow.variations.take_back(signed.id)
        draft = replace(variation.record, state=VariationState.DRAFT, act_id=None)
        saved = uow.variations.save(variation.id, variation.version, draft)
        stored = uow.contracts.get(contract_id)
        supplier_id = uow.contracts.supplier_id_of(contract_id)
        lines = {line.id: line.record for line in uow.commitments.of(contract_id)}
        uow.commit()
    changes = _contract_change(opened, stored, supplier_id)
    for line in opened.commitments:
        if lines.get(line.id) != line.record:
            changes.append(RecordChange(COMMITMENT, line.id, line.record, lines.get(line.id), contract_id))
    changes.append(RecordChange(ACT, number, None, facts, contract_id))
    changes.append(RecordChange(VARIATION, saved.id, variation.record, saved.record, contract_id))
    stop = act_making.stop_words(f"{variation.record.name.capitalize()} taken back", facts)
    return Done(stored, Edit(label, tuple(changes), stop))


def _reversed(told: VariationTold) -> VariationTold:
    """What taking a variation back changes: each fact back to what it was, each line to what it was before."""
    facts = tuple(VariedFact(fact.name, fact.label, fact.now, fact.was) for fact in told.facts)
    lines = tuple(VariedLine(line.place, line.measure, f"taken back ({line.words})") for line in told.lines)
    return VariationTold(told.number, facts, lines)
