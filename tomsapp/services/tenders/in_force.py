"""What bidders go by: the tender as the newest issued version of its pack says it, whatever was typed since."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tomsapp.exchange.tenders.pack_json import read_pack

if TYPE_CHECKING:
    from datetime import datetime

    from tomsapp.domain.tender.tender import Tender
    from tomsapp.store.unit_of_work import UnitOfWork

_REMEMBERED = 8


def tender_in_force(uow: UnitOfWork, tender_id: int) -> Tender:
    """The facts of a tender by which bidders go: those of the newest issued version, else those that are typed.

    A later deadline that is typed and not issued is known to nobody outside, so no file is in time by it.

    Raises:
        NotFound: there is no such tender.
        StoreError: the bytes that were issued are not those that are kept.
    """
    tender, versions = uow.tenders.get(tender_id).record, uow.pack_versions.of(tender_id)
    if not versions:
        return tender
    issued = _issued(uow.pack_versions.content(tender_id, versions[-1].version))
    # A pack says where the tender stood before it was issued.
    return replace(issued, status=tender.status)


@lru_cache(maxsize=_REMEMBERED)
def _issued(content: bytes) -> Tender:
    return read_pack(content, "the issued pack").pack.tender


def deadline_of_terms(tender: Tender) -> datetime | None:
    """The last moment in time; None where none is set, or what is typed is none, which the set-up's check says."""
    try:
        return tender.deadline
    except ValueError:
        return None
