"""The evidence of a contract as it is shown, read from one moment with the claims that it is offered for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike
from tomsapp.domain.delivery.evidence import offered_twice, referred_to_twice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tomsapp.domain.delivery.evidence import Evidence, StoredFile
    from tomsapp.domain.history import Stored
    from tomsapp.domain.keys import Keys
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence as the window shows it.

    Attributes:
        stored: its file; None where it is by reference only.
        elsewhere: the further claims that the same file is offered for, in this contract or another; of a reference,
            those of this contract.
        contracts: the references of the other contracts among them.
    """

    evidence: Stored[Evidence]
    stored: StoredFile | None = None
    elsewhere: Keys = frozenset()
    contracts: tuple[str, ...] = ()


def read_evidence(uow: UnitOfWork, contract_id: int) -> tuple[EvidenceView, ...]:
    """As `evidence_of`, from the same moment as the rest of a transaction."""
    mine = uow.evidence.of(contract_id)
    digests = [each.record.sha256 for each in mine if each.record.sha256]
    files, everywhere = uow.files.of(digests), uow.evidence.with_files(digests)
    shared = offered_twice(each.record for _, each in everywhere)
    offered = ((number, each) for number, each in everywhere if each.record.deliveries)
    others = _other_contracts(uow, contract_id, offered)
    referred = referred_to_twice(each.record for each in mine)
    return tuple(
        EvidenceView(
            each,
            files.get(each.record.sha256),
            _everywhere(each.record, shared, referred) - each.record.deliveries,
            others.get(each.record.sha256, ()),
        )
        for each in mine
    )


def _everywhere(evidence: Evidence, shared: Mapping[str, Keys], referred: Mapping[str, Keys]) -> Keys:
    """The claims that the same file, or the same reference, stands behind."""
    if evidence.sha256:
        return shared.get(evidence.sha256, frozenset())
    return referred.get(alike(evidence.reference), frozenset())


def _other_contracts(
    uow: UnitOfWork, contract_id: int, everywhere: Iterable[tuple[int, Stored[Evidence]]]
) -> dict[str, tuple[str, ...]]:
    """The references of the other contracts in which each file is offered, by its SHA-256."""
    numbers: dict[str, set[int]] = {}
    for number, each in everywhere:
        if number != contract_id:
            numbers.setdefault(each.record.sha256, set()).add(number)
    return {
        digest: tuple(sorted(uow.contracts.get(number).record.reference for number in found))
        for digest, found in numbers.items()
    }
