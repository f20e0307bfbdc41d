"""The audit samples of a contract as they are shown, read from one moment with the claims that were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.audit import result_of

if TYPE_CHECKING:
    from tomsapp.domain.delivery.audit import AuditItem, AuditSample
    from tomsapp.domain.delivery.sample import SampleResult
    from tomsapp.domain.history import Stored
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DrawnClaim:
    """A claim that was drawn: the number of its delivery, and what was concluded of it."""

    delivery: int
    item: Stored[AuditItem]


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample with its claims in the order in which they were drawn."""

    sample: Stored[AuditSample]
    drawn: tuple[DrawnClaim, ...]

    @property
    def result(self) -> SampleResult:
        """What it says about all the claims that it was drawn from."""
        return result_of(self.sample.record, [each.item.record for each in self.drawn])

    @property
    def is_checked(self) -> bool:
        """Whether anything was concluded of one of its claims, so that it is not taken out any more."""
        return any(each.item.record.conclusion is not None for each in self.drawn)


def read_samples(uow: UnitOfWork, contract_id: int | None) -> tuple[SampleView, ...]:
    """The samples of a contract, or those over all contracts, in the order in which they were drawn."""
    samples = uow.samples.of(contract_id)
    drawn = uow.sample_items.of([each.id for each in samples]) if samples else {}
    return tuple(
        SampleView(each, tuple(DrawnClaim(delivery, item) for delivery, item in drawn[each.id])) for each in samples
    )
