"""A contract as it was signed and as each variation made it, read from the sealed documents, to plan its delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.replan import PlanStage
from tomsapp.domain.seal import Act, seal_in_force, variations_in_force
from tomsapp.exchange.act_json import read_act
from tomsapp.exchange.offer_file import OfferUnreadable

if TYPE_CHECKING:
    from tomsapp.domain.commitment import Commitment
    from tomsapp.domain.contract import Contract
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SealedStage:
    """The document of a signing or variation, and the day from which it held."""

    document: bytes
    effective_on: date


def sealed_stages(uow: UnitOfWork, contract: Contract, acts: Sequence[Act]) -> tuple[SealedStage, ...]:
    """What fixed a contract before what fixes it now, in order: nothing of one that was never varied."""
    varied = variations_in_force(contract.status, acts)
    signed = seal_in_force(contract.status, acts)
    if not varied or signed is None:
        return ()
    return tuple(
        SealedStage(uow.acts.document(act.id), act.takes_effect_on or act.done_on) for act in (signed, *varied)
    )


def plan_stages(
    contract: Contract, lines: Sequence[Commitment], stages: Sequence[SealedStage]
) -> tuple[PlanStage, ...]:
    """The stages of a contract, the last of which is the contract as it stands with these lines.

    A variation keeps every line in its place and adds others at the end, so lines are known by their places.

    Raises:
        OfferUnreadable: a sealed document cannot be read.
    """
    found = [PlanStage(*_as_sealed(stage.document, contract, lines), stage.effective_on) for stage in stages[:-1]]
    last = stages[-1].effective_on if stages else contract.start_on
    return (*found, PlanStage(contract, lines, last))


def _as_sealed(document: bytes, contract: Contract, lines: Sequence[Commitment]) -> tuple[Contract, list[Commitment]]:
    offer = read_act(document).result.offer.offer
    if offer is None:
        raise OfferUnreadable("The sealed document cannot be read", "Restore the database from a backup")
    sealed = replace(contract, start_on=offer.contract.start_on, end_on=offer.contract.end_on)
    return sealed, [replace(then, key=now.key) for then, now in zip(offer.commitments, lines, strict=False)]
