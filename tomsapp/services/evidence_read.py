"""The evidence of a contract as it is shown, read from one moment with the claims that it is offered for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.evidence import offered_twice

if TYPE_CHECKING:
    from tomsapp.domain.delivery.evidence import Evidence, StoredFile
    from tomsapp.domain.history import Stored
    from tomsapp.domain.keys import Keys
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence as the window shows it.

    Attributes:
        stored: its file; None where it is by reference only.
        elsewhere: the further claims that the same file is offered for, in this contract or another.
    """

    evidence: Stored[Evidence]
    stored: StoredFile | None = None
    elsewhere: Keys = frozenset()


def read_evidence(uow: UnitOfWork, contract_id: int) -> tuple[EvidenceView, ...]:
    """As `evidence_of`, from the same moment as the rest of a transaction."""
    mine = uow.evidence.of(contract_id)
    digests = [each.record.sha256 for each in mine if each.record.sha256]
    files, everywhere = uow.files.of(digests), uow.evidence.with_files(digests)
    shared = offered_twice(each.record for _, each in everywhere)
    return tuple(
        EvidenceView(
            each,
            files.get(each.record.sha256),
            shared.get(each.record.sha256, frozenset()) - each.record.deliveries,
        )
        for each in mine
    )
