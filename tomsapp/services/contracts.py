"""What a user does with contracts: list, open, add, change, copy, delete. What is sealed is done in `sealing`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.contract import CONTRACT, Contract, ContractStatus, contract_questions
from tomsapp.domain.delivery.published import DeliveredPaperKept
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.problems import Answer, Problem, Severity, has_errors
from tomsapp.domain.rules_origin import NOT_KNOWN, RulesOrigin
from tomsapp.domain.seal import Act, badge_words, seal_in_force
from tomsapp.domain.tender.award import AwardOrigin
from tomsapp.domain.variation import Variation, VariationState
from tomsapp.services.award_origins import award_origin
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.look_alikes import look_alikes
from tomsapp.services.references import next_contract_reference, taken_reference
from tomsapp.services.rules_told import rules_origin
from tomsapp.services.sealed_rules import policy_of, sealed_value
from tomsapp.services.signed import check_facts_may_change, check_not_awarded
from tomsapp.services.workspace import Workspace
from tomsapp.store.acts import KeptAct
from tomsapp.store.errors import NotFound, StoreError
from tomsapp.store.readmodels import ContractListRow
from tomsapp.store.unit_of_work import UnitOfWork

__all__ = ["ContractListRow", "OpenContract"]

_KIND = CONTRACT


@dataclass(frozen=True, slots=True)
class OpenContract:
    """A contract with all that its page shows: commitments, menu edition, answers, valuation, checks."""

    stored: Stored[Contract]
    supplier_id: int | None
    edition: MenuEdition
    area: Area | None
    commitments: tuple[Stored[Commitment], ...]
    answers: Mapping[str, Answer]
    checked: CheckedOffer
    surroundings: Surroundings
    acts: tuple[Act, ...] = ()
    """What was done with it for good, in order."""
    recorded_on: date = date.min
    """The day on which it was first recorded in this database."""
    origin: RulesOrigin = NOT_KNOWN
    """Whose rules it is held against."""
    variations: tuple[Stored[Variation], ...] = ()
    """Its variations in their order, the draft too."""
    papers: tuple[DeliveredPaperKept, ...] = ()
    """What was published of its delivery, in order."""
    award: AwardOrigin | None = None
    """The award from which it comes; None where it comes from none."""

    @property
    def contract(self) -> Contract:
        """The contract's facts."""
        return self.stored.record

    @property
    def is_locked(self) -> bool:
        """Whether it is signed, closed or withdrawn, so that its commitments are fixed."""
        return self.contract.status is not ContractStatus.DRAFT

    @property
    def seal(self) -> Act | None:
        """The signing that fixes it now; None where none does."""
        return seal_in_force(self.contract.status, self.acts)

    @property
    def draft(self) -> Stored[Variation] | None:
        """The variation that is being drafted; None where none is."""
        return next((one for one in self.variations if one.record.state is VariationState.DRAFT), None)

    @property
    def badge(self) -> str:
        """How it stands, in a word or a few."""
        return badge_words(self.contract.status, self.acts)


def list_contracts(workspace: Workspace) -> list[ContractListRow]:
    """Every contract with its supplier and number of commitments, how it stands, and what was sealed."""
    with workspace.look() as uow:
        rows, acts = uow.lists.contracts(), uow.acts.by_contract()
    return [_as_sealed(row, acts.get(row.id, ())) for row in rows]


def _as_sealed(row: ContractListRow, kept: Sequence[KeptAct]) -> ContractListRow:
    badge = badge_words(row.status, [one.act for one in kept])
    return replace(row, badge=badge, sealed_value=sealed_value(row.status, kept))


def open_contract(workspace: Workspace, contract_id: int, on: date | None = None) -> OpenContract:
    """Read a contract and value it with the menu edition that is pinned to it.

    A signed one is held against the rules that were sealed with it, and those that bind it on a day, today if none is
    named.

    Raises:
        MenuError: its edition is neither in the database nor installed.
    """
    with workspace.look() as uow:
        read = read_contract(workspace, uow, contract_id)
    return opened_from(workspace, read, on)


@dataclass(frozen=True, slots=True)
class ReadContract:
    """A contract with all that belongs to it, as it was at one moment, before anything of it is valued."""

    stored: Stored[Contract]
    supplier_id: int | None
    commitments: tuple[Stored[Commitment], ...]
    answers: Mapping[str, Answer]
    surroundings: Surroundings
    kept: tuple[KeptAct, ...]
    recorded_on: date
    variations: tuple[Stored[Variation], ...]
    papers: tuple[DeliveredPaperKept, ...]
    award: AwardOrigin | None


def read_contract(workspace: Workspace, uow: UnitOfWork, contract_id: int) -> ReadContract:
    """Read a contract at the moment of a transaction.

    Raises:
        NotFound: there is no such contract.
    """
    return ReadContract(
        uow.contracts.get(contract_id),
        uow.contracts.supplier_id_of(contract_id),
        tuple(uow.commitments.of(contract_id)),
        uow.answers.of(contract_id),
        workspace.surroundings(uow),
        tuple(uow.acts.of(contract_id)),
        uow.acts.first_recorded(contract_id),
        tuple(uow.variations.of(contract_id)),
        tuple(uow.papers.of(contract_id)),
        award_origin(uow, contract_id),
    )


def opened_from(workspace: Workspace, read: ReadContract, on: date | None = None) -> OpenContract:
    """Value a contract that was read, as `open_contract` does.

    Raises:
        MenuError: its edition is neither in the database nor installed.
    """
    contract = read.stored.record
    policy = policy_of(read.surroundings.policy, contract.status, read.kept, on)
    surroundings = replace(read.surroundings, policy=policy)
    edition = workspace.edition(contract.menu, contract.edition)
    offer = Offer(contract, tuple(line.record for line in read.commitments), read.answers)
    checked = value_offer(offer, edition, surroundings)
    return OpenContract(
        read.stored,
        read.supplier_id,
        edition,
        surroundings.area,
        read.commitments,
        read.answers,
        checked,
        surroundings,
        tuple(one.act for one in read.kept),
        read.recorded_on,
        rules_origin(workspace, (check.rule for check in checked.policy_checks)),
        read.variations,
        read.papers,
        read.award,
    )


def find_contract(workspace: Workspace, reference: str) -> int:
    """The number of the contract with a reference.

    Raises:
        NotFound: there is none that is not deleted.
    """
    with workspace.look() as uow:
        found = uow.contracts.find_by_reference(reference.strip())
    if found is None:
        raise NotFound(f"There is no contract with the reference {reference}", "Check it in the list of contracts")
    return found.id


def next_reference(workspace: Workspace, year: int) -> str:
    """The next free reference of a year, in the way that the council numbers its contracts: C-2026-013."""
    with workspace.database.read() as reader:
        return next_contract_reference(reader.contracts, year)


def check_contract(workspace: Workspace, contract: Contract, contract_id: int | None = None) -> list[Problem]:
    """What must be put right before the contract's facts can be saved."""
    found = CONTRACT.problems(contract)
    if any(each.severity is Severity.ERROR and each.where.field == "reference" for each in found):
        return found  # what no database can hold is not looked for there
    with workspace.look() as uow:
        same = uow.contracts.find_by_reference(contract.reference.strip())
        near = uow.contracts.references_like(contract.reference)
        alike = [] if has_errors(found) else list(look_alikes(uow, CONTRACT, contract, contract_id))
    found.extend(taken_reference(CONTRACT, contract, contract_id, same, near))
    asked = {problem.where.field for problem in found}
    found = [*found, *(one for one in alike if one.where.field not in asked)]
    if not has_errors(found):
        found.extend(contract_questions(contract))
    return found


def add_contract(workspace: Workspace, contract: Contract, supplier_id: int | None) -> Done[Stored[Contract]]:
    """Record a new contract; the database keeps its menu edition from now on."""
    label = f"Add contract {contract.reference}"
    with workspace.work(label) as uow:
        workspace.keep_edition(uow, contract.menu, contract.edition)
        stored = uow.contracts.add(contract, supplier_id)
        uow.commit()
    change = RecordChange(_KIND, stored.id, None, (stored.record, supplier_id), stored.id)
    return Done(stored, Edit(label, (change,)))


def save_contract(
    workspace: Workspace,
    before: Stored[Contract],
    supplier_before: int | None,
    contract: Contract,
    supplier_id: int | None,
    label: str = "",
) -> Done[Stored[Contract]]:
    """Save the contract's facts over the state that the user started from.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: it is signed, which fixed its facts.
    """
    if contract == before.record and supplier_id == supplier_before:
        return Done(before)
    check_facts_may_change(before.record, contract, same_supplier=supplier_id == supplier_before)
    label = label or f"Change facts of {contract.reference}"
    with workspace.work(label) as uow:
        workspace.keep_edition(uow, contract.menu, contract.edition)
        stored = uow.contracts.save(before.id, before.version, contract, supplier_id)
        uow.commit()
    change = RecordChange(_KIND, stored.id, (before.record, supplier_before), (stored.record, supplier_id), stored.id)
    return Done(stored, Edit(label, (change,)))


def delete_contract(workspace: Workspace, opened: OpenContract) -> Done[None]:
    """Delete a draft; its commitments go with it and the history keeps both.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: it is sealed, or comes from an award that stands.
    """
    if opened.is_locked:
        message = f"{opened.contract.reference} is {opened.contract.status.value}, so it is not deleted"
        raise StoreError(message, "Withdraw it, with the reason")
    label = f"Delete {opened.contract.reference}"
    with workspace.work(label) as uow:
        check_not_awarded(uow, opened.stored)
        uow.contracts.delete(opened.stored.id, opened.stored.version)
        uow.commit()
    state = (opened.contract, opened.supplier_id)
    return Done(None, Edit(label, (RecordChange(_KIND, opened.stored.id, state, None, opened.stored.id),)))


def copy_contract(workspace: Workspace, opened: OpenContract, reference: str) -> Done[Stored[Contract]]:
    """Add a draft with the same facts and commitments under a new reference.

    What was spent under the first contract, the extensions taken of it, and the answers given for it, stay with it.
    """
    forecast = tuple(spend for spend in opened.contract.spend if not spend.is_recorded)
    contract = replace(
        opened.contract, reference=reference, status=ContractStatus.DRAFT, spend=forecast, extensions_taken=None
    )
    label = f"Copy {opened.contract.reference} to {reference}"
    with workspace.work(label) as uow:
        stored = uow.contracts.add(contract, opened.supplier_id)
        lines = [uow.commitments.add(stored.id, line.record) for line in opened.commitments]
        uow.commit()
    changes = [RecordChange(_KIND, stored.id, None, (stored.record, opened.supplier_id), stored.id)]
    changes.extend(RecordChange(COMMITMENT, line.id, None, line.record, stored.id) for line in lines)
    return Done(stored, Edit(label, tuple(changes)))


def pinnable_editions(workspace: Workspace) -> list[tuple[str, str, str]]:
    """The published editions that a contract may be pinned to: menu code, edition, title."""
    return [
        (summary.code, summary.edition, summary.title)
        for summary in workspace.catalogue.editions()
        if summary.status is EditionStatus.PUBLISHED
    ]
