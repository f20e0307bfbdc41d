"""What audit samples are drawn from: the accepted claims of one contract, or those of every contract of the council."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.delivery.audit_sheet import ALL_CONTRACTS
from tomsapp.domain.delivery.claims import AcceptedClaim, accepted_claims, claims_to
from tomsapp.domain.errors import MenuError
from tomsapp.services.audit_read import SampleView, read_samples
from tomsapp.services.delivery import OpenDelivery, ReadDelivery
from tomsapp.services.delivery_held import HAS_DELIVERIES, hold_for_delivery
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.store.errors import NotFound, StoreError

if TYPE_CHECKING:
    from tomsapp.domain.commitment import Commitment
    from tomsapp.domain.contract import Contract
    from tomsapp.domain.delivery.delivery import Delivery
    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

_CHANGED = "Somebody decided or changed claims while the sample was drawn"
_MOST_ANEW = 400
"""Where more contracts changed than this, all are read again."""


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """An accepted claim that can be drawn: the reference of its contract, and the number of its delivery."""

    contract: str
    delivery: int
    accepted: AcceptedClaim


class AuditFrame(Protocol):
    """What samples are drawn from, as it was read."""

    @property
    def until(self) -> date:
        """The day of the figures: claims of quarters that ended by it are drawn from."""

    @property
    def samples(self) -> tuple[SampleView, ...]:
        """The samples that were drawn from it, in order."""

    @property
    def name(self) -> str:
        """What it is called in a sentence."""

    @property
    def contract(self) -> Contract | None:
        """The contract whose claims they are; None where they are those of all."""

    @property
    def contract_id(self) -> int | None:
        """The number of that contract."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Why contracts could not be read, a sentence each."""

    def claims(self, until: date) -> tuple[AuditedClaim, ...]:
        """The accepted claims of quarters that ended by a day, as they are now."""

    def opened(self, delivery: int) -> OpenDelivery:
        """The contract of a claim that was drawn.

        Raises:
            NotFound: there is no such claim any more.
        """

    def hold(self, uow: UnitOfWork) -> None:
        """Make sure, before a sample is kept, that what it was drawn from is still so.

        Raises:
            EditConflict: the contract was deleted.
            StoreError: the contract is not signed any more, or claims were changed meanwhile.
        """


@dataclass(frozen=True, slots=True)
class ContractAudit:
    """The accepted claims of one contract."""

    delivery: OpenDelivery

    @property
    def until(self) -> date:
        """The day of the figures."""
        return self.delivery.until

    @property
    def samples(self) -> tuple[SampleView, ...]:
        """The samples of the contract."""
        return self.delivery.samples

    @property
    def name(self) -> str:
        """Its reference."""
        return self.delivery.contract.reference

    @property
    def contract(self) -> Contract | None:
        """The contract."""
        return self.delivery.contract

    @property
    def contract_id(self) -> int | None:
        """Its number."""
        return self.delivery.stored.id

    @property
    def left_out(self) -> tuple[str, ...]:
        """Nothing: the contract was read."""
        return ()

    def claims(self, until: date) -> tuple[AuditedClaim, ...]:
        """The accepted claims to a day."""
        return _numbered(self.name, accepted_claims(self.delivery.figures_to(until)), self.delivery.deliveries)

    def opened(self, delivery: int) -> OpenDelivery:
        """The contract itself."""
        del delivery
        return self.delivery

    def hold(self, uow: UnitOfWork) -> None:
        """Nobody else changes the contract before the sample is kept."""
        hold_for_delivery(uow, self.delivery.stored.id)


def _numbered(
    reference: str, claims: Sequence[AcceptedClaim], deliveries: Sequence[Stored[Delivery]]
) -> tuple[AuditedClaim, ...]:
    numbers = {(each.record.commitment, each.record.quarter): each.id for each in deliveries}
    return tuple(AuditedClaim(reference, numbers[each.commitment.key, each.quarter.quarter], each) for each in claims)


@dataclass(frozen=True, slots=True)
class _HeldContract:
    """A signed or closed contract with what was accepted under it."""

    contract: Contract
    edition: MenuEdition
    commitments: tuple[Commitment, ...]
    accepted: tuple[Stored[Delivery], ...]

    def claims(self, until: date) -> tuple[AuditedClaim, ...]:
        """Its accepted claims to a day."""
        records = [each.record for each in self.accepted]
        found = claims_to(self.contract, self.edition, self.commitments, records, until)
        return _numbered(self.contract.reference, found, self.accepted)


@dataclass(frozen=True, slots=True)
class CouncilAudit:
    """The accepted claims of every signed or closed contract, and the samples that were drawn from all of them.

    Attributes:
        change: the last change of the database that it was read from.
        held: the contracts under which something is accepted, by their numbers.
        unread: why a contract could not be read, by its number.
        contracts: those of claims that were drawn, with all that is known of their delivery, by the claims' numbers.
    """

    until: date
    change: int
    held: Mapping[int, _HeldContract]
    unread: Mapping[int, str]
    samples: tuple[SampleView, ...]
    contracts: Mapping[int, OpenDelivery]

    @property
    def name(self) -> str:
        """All contracts."""
        return ALL_CONTRACTS.lower()

    @property
    def contract(self) -> Contract | None:
        """None: they are those of all contracts."""
        return None

    @property
    def contract_id(self) -> int | None:
        """None likewise."""
        return None

    @property
    def left_out(self) -> tuple[str, ...]:
        """Why contracts could not be read."""
        return tuple(self.unread.values())

    def claims(self, until: date) -> tuple[AuditedClaim, ...]:
        """The accepted claims of all contracts to a day, contract by contract."""
        return tuple(claim for held in self.held.values() for claim in held.claims(until))

    def opened(self, delivery: int) -> OpenDelivery:
        """The contract of a claim that was drawn."""
        found = self.contracts.get(delivery)
        if found is None:
            raise NotFound("The contract of the claim cannot be read", "What was drawn stays in the sample")
        return found

    def hold(self, uow: UnitOfWork) -> None:
        """Claims that changed since they were read would be drawn as they were."""
        if uow.lists.change_number() != self.change and uow.lists.contracts_changed(self.change) != frozenset():
            raise StoreError(_CHANGED, "Nothing was saved. Draw it again")


def frame_of(opened: OpenDelivery | CouncilAudit) -> AuditFrame:
    """What samples are drawn from, of a contract that was opened or of the council."""
    return ContractAudit(opened) if isinstance(opened, OpenDelivery) else opened


def open_council_audit(workspace: Workspace, until: date, last: CouncilAudit | None = None) -> CouncilAudit:
    """Read what can be audited of all contracts in one look; of `last` whatever did not change since.

    A contract whose dates make no years, or whose menu edition cannot be read, is left out and named.
    """
    with without_looking_for_garbage(), workspace.look() as uow:
        change = uow.lists.change_number()
        anew = None if last is None else _changed(uow, last)
        held, unread = ({}, {}) if last is None or anew is None else (dict(last.held), dict(last.unread))
        for number in sorted(set(uow.deliveries.contracts()) if anew is None else anew):
            _put(held, unread, number, _read(workspace, uow, number))
        samples = read_samples(uow, None)
        contracts = dict(_opened(workspace, uow, samples, until))
    by_reference = sorted(held, key=lambda number: held[number].contract.reference)
    return CouncilAudit(until, change, {number: held[number] for number in by_reference}, unread, samples, contracts)


def _changed(uow: UnitOfWork, last: CouncilAudit) -> frozenset[int] | None:
    """The contracts that are to be read again; None for all of them."""
    changed = uow.lists.contracts_changed(last.change)
    return None if changed is None or len(changed) > _MOST_ANEW else changed


def _put(held: dict[int, _HeldContract], unread: dict[int, str], number: int, read: _HeldContract | str | None) -> None:
    held.pop(number, None)
    unread.pop(number, None)
    if isinstance(read, str):
        unread[number] = read
    elif read is not None:
        held[number] = read


def _read(workspace: Workspace, uow: UnitOfWork, number: int) -> _HeldContract | str | None:
    """A contract with what was accepted under it; None where that is nothing, and why where it cannot be read."""
    stored = uow.contracts.get(number)
    contract = stored.record
    if stored.is_deleted or contract.status not in HAS_DELIVERIES:
        return None
    accepted = tuple(each for each in uow.deliveries.of(number) if each.record.accepted)
    if not accepted:
        return None
    try:
        edition = workspace.edition(contract.menu, contract.edition)
        # Its years are asked for here, so that no draw stops at a contract that has none.
        _ = contract.years
    except (ContractError, MenuError) as error:
        return f"{contract.reference} is left out: {error.message}."
    return _HeldContract(contract, edition, tuple(line.record for line in uow.commitments.of(number)), accepted)


def _opened(
    workspace: Workspace, uow: UnitOfWork, samples: Sequence[SampleView], until: date
) -> Iterator[tuple[int, OpenDelivery]]:
    """The contract of each claim that was drawn, where it can be read."""
    numbers = uow.deliveries.contracts_of({drawn.delivery for view in samples for drawn in view.drawn})
    contracts: dict[int, OpenDelivery] = {}
    for delivery, number in numbers.items():
        if number not in contracts:
            try:
                contracts[number] = ReadDelivery.of(uow, number).valued(workspace, until)
            except (ContractError, MenuError):
                continue
        yield delivery, contracts[number]
