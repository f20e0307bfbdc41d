"""The evidence of a contract as a delivered valuation lists it: what it is and how it is known, never what is in it."""

from dataclasses import replace

from tomsapp.domain.delivery.told import Beside, Claim, ToldEvidence
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.evidence_read import EvidenceView


def with_evidence(beside: Beside, opened: OpenDelivery) -> Beside:
    """What is told beside the deliveries, with the register of the evidence; where it is said already, that stays."""
    if beside.evidence:
        return beside
    claims = {str(each.id): (each.record.commitment, each.record.quarter) for each in opened.deliveries}
    return replace(
        beside, evidence=tuple(_told(number, view, claims) for number, view in enumerate(opened.evidence, start=1))
    )


def _told(number: int, view: EvidenceView, claims: dict[str, Claim]) -> ToldEvidence:
    piece, stored = view.evidence.record, view.stored
    return ToldEvidence(
        number,
        piece.name,
        piece.sha256,
        None if stored is None else stored.size,
        piece.reference,
        piece.dated_on,
        piece.is_about_people,
        piece.keep_until,
        None if stored is None else stored.removed_on,
        shows=tuple(sorted(claims[key] for key in piece.deliveries if key in claims)),
    )
