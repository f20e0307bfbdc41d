"""Drafts of variations: begun beside a signed contract, saved as they are typed, and seen with what they would do."""

from dataclasses import dataclass, replace

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.history import Stored
from tomsapp.domain.offer import Offer, value_offer
from tomsapp.domain.problems import Problem
from tomsapp.domain.variation import VARIATION, Variation, VariationState, merged
from tomsapp.domain.varied import VariationTold, told_of, variation_problems, varied_contract, varied_lines
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.contracts import OpenContract, opened_from, read_contract
from tomsapp.services.sealed_rules import today
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import EditConflict, StoreError
from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OpenVariation:
    """A variation with its contract as it is, and as it would be.

    Attributes:
        opened: the contract as it is; of a signed variation, as it is with it.
        varied: the contract with the variation, valued and checked.
        problems: what must be put right before it can be signed, but for those of lines, which `varied` has.
        told: what it changes.
    """

    opened: OpenContract
    stored: Stored[Variation]
    varied: OpenContract
    problems: tuple[Problem, ...]
    told: VariationTold

    @property
    def variation(self) -> Variation:
        """The variation itself."""
        return self.stored.record

    @property
    def is_draft(self) -> bool:
        """Whether it can be changed, and signed."""
        return self.variation.state is VariationState.DRAFT


@dataclass(frozen=True, slots=True)
class SavedVariation:
    """A draft that was saved; `with_whom` names who had saved it meanwhile, and whose changes it keeps."""

    stored: Stored[Variation]
    with_whom: str = ""


def begin(workspace: Workspace, opened: OpenContract) -> Done[Stored[Variation]]:
    """The draft of a variation of a signed contract: the one that there is, or a new one.

    Raises:
        StoreError: the contract is not signed.
    """
    label = f"Draft a variation of {opened.contract.reference}"
    with workspace.work(label) as uow:
        hold_signed(uow, opened.stored.id)
        held = uow.variations.of(opened.stored.id)
        draft = next((one for one in held if one.record.state is VariationState.DRAFT), None)
        if draft is not None:
            return Done(draft)
        number = max((one.record.number for one in held), default=0) + 1
        effective = max(opened.contract.start_on, today())
        stored = uow.variations.add(opened.stored.id, Variation(number, effective_on=effective))
        uow.commit()
    return Done(stored, Edit(label, (_change(opened.stored.id, None, stored),)))


def open_variation(workspace: Workspace, variation_id: int) -> OpenVariation:
    """Read a variation with its contract, and value the contract with it.

    Raises:
        NotFound: there is none with this number.
    """
    with workspace.look() as uow:
        stored = uow.variations.get(variation_id)
        read = read_contract(workspace, uow, uow.variations.contract_of(variation_id))
    return with_variation(opened_from(workspace, read), stored)


def with_variation(opened: OpenContract, stored: Stored[Variation]) -> OpenVariation:
    """A contract as a variation would make it, valued and checked; pure, so it can run in any thread."""
    variation, lines = stored.record, tuple(line.record for line in opened.commitments)
    if variation.state is VariationState.SIGNED:
        return OpenVariation(opened, stored, opened, (), VariationTold(variation.number))
    contract = varied_contract(opened.contract, variation)
    after = varied_lines(opened.contract, lines, variation)
    checked = value_offer(Offer(contract, after, opened.answers), opened.edition, opened.surroundings)
    varied = replace(
        opened,
        stored=replace(opened.stored, record=contract),
        supplier_id=opened.supplier_id if variation.supplier_id is None else variation.supplier_id,
        commitments=_stored_lines(opened, after),
        checked=checked,
    )
    problems = tuple(variation_problems(variation, opened.contract, lines))
    return OpenVariation(opened, stored, varied, problems, told_of(opened.contract, lines, variation))


def told(opened: OpenContract, variation: Variation) -> VariationTold:
    """What another state of a draft would change of a contract."""
    return told_of(opened.contract, [line.record for line in opened.commitments], variation)


def _stored_lines(opened: OpenContract, after: tuple[Commitment, ...]) -> tuple[Stored[Commitment], ...]:
    held = {line.record.key: line for line in opened.commitments}
    return tuple(replace(held[line.key], record=line) if line.key in held else Stored(0, 0, line) for line in after)


def save(workspace: Workspace, contract_id: int, before: Stored[Variation], after: Variation) -> Done[SavedVariation]:
    """Save a draft over the state that the user started from.

    What somebody else saved meanwhile stays, where it is of other facts and other lines.

    Raises:
        EditConflict: somebody else changed the same fact or line, or deleted the draft; nothing is saved.
        StoreError: it has been signed since, or its contract is not signed any more.
    """
    if after == before.record:
        return Done(SavedVariation(before))
    label = f"Change {after.name}"
    with workspace.work(label) as uow:
        contract = hold_signed(uow, contract_id)
        held = uow.variations.get(before.id)
        if held.is_deleted:
            raise EditConflict(held)
        if held.record.state is not VariationState.DRAFT:
            message = f"{held.record.name.capitalize()} of {contract} was signed by {held.saved_by}"
            raise StoreError(message, "Nothing was saved. Begin another variation for what is still to change")
        wanted, both = merged(before.record, after, held.record)
        if both:
            raise EditConflict(held)
        stored = uow.variations.save(before.id, held.version, wanted)
        uow.commit()
    saved = SavedVariation(stored, held.saved_by if held.version != before.version else "")
    return Done(saved, Edit(label, (_change(contract_id, held.record, stored),)))


def delete(workspace: Workspace, contract_id: int, stored: Stored[Variation]) -> Done[None]:
    """Delete a draft; undo brings it back, and the history keeps it.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: it is signed.
    """
    label = f"Delete the draft of {stored.record.name}"
    with workspace.work(label) as uow:
        held = uow.variations.get(stored.id)
        if held.record.state is not VariationState.DRAFT:
            message = f"{held.record.name.capitalize()} is signed, so it is not deleted"
            raise StoreError(message, "Reopen the contract, with the reason, to take it back")
        uow.variations.delete(stored.id, stored.version)
        uow.commit()
    return Done(None, Edit(label, (RecordChange(VARIATION, stored.id, stored.record, None, contract_id),)))


def hold_signed(uow: UnitOfWork, contract_id: int) -> str:
    """Make sure that a contract is signed, and stays so until this transaction ends; gives its reference.

    Raises:
        EditConflict: somebody deleted it.
        StoreError: it is a draft, or closed or withdrawn.
    """
    held = uow.contracts.hold(contract_id)
    if held.is_deleted:
        raise EditConflict(held)
    status, reference = held.record.status, held.record.reference
    if status is not ContractStatus.SIGNED:
        fix = "Change the contract itself" if status is ContractStatus.DRAFT else "Reopen it first"
        raise StoreError(f"{reference} is {status.value}, so it is not varied", fix)
    return reference


def _change(contract_id: int, before: Variation | None, stored: Stored[Variation]) -> RecordChange:
    return RecordChange(VARIATION, stored.id, before, stored.record, contract_id)
