"""From which award a contract comes, and each of its commitments from which line of which offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.tender.award import AwardOrigin
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.award_json import read_award

if TYPE_CHECKING:
    from tomsapp.store.unit_of_work import UnitOfWork


def award_origin(uow: UnitOfWork, contract_id: int) -> AwardOrigin | None:
    """The award from which a contract comes; None where it comes from none."""
    found = uow.awards.of_contract(contract_id)
    if found is None:
        return None
    tender_id, act_id, content = found
    act = next(each for each in uow.tender_acts.of(tender_id) if each.id == act_id)
    try:
        lines = read_award(content)
    except OfferUnreadable:
        lines = ()  # the database check tells that it is not whole
    return AwardOrigin(
        tender_id, uow.tenders.get(tender_id).record.reference, act_id, act.lot or 0, act.supplier, lines
    )
