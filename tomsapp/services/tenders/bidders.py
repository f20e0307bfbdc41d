"""Whose an offer is: the supplier in the database for what a file says of its bidder, or a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike
from tomsapp.domain.problems import has_errors
from tomsapp.domain.supplier import SUPPLIER, Supplier, same_supplier, surely_same
from tomsapp.domain.wording import small_first
from tomsapp.services.changes import RecordChange

if TYPE_CHECKING:
    from tomsapp.domain.history import Stored
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class FoundBidder:
    """The supplier of a file; `ask_for` says what would tell whose it is, where that is not sure."""

    supplier: Stored[Supplier] | None = None
    ask_for: str = ""


class Bidders:
    """The suppliers of a database while files are received; `added` has those that are new."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._held = list(uow.suppliers.all())
        self.added: list[RecordChange] = []

    def of(self, bidder: Supplier) -> FoundBidder:
        """Who says this of itself: one that there is, else a new one where it looks like none that there is."""
        if not bidder.name.strip():
            return FoundBidder(ask_for="the name of the organisation in the file")
        same = [each for each in self._held if surely_same(each.record, bidder)]
        if same:
            named = (each for each in same if each.record.name == bidder.name)
            return FoundBidder(next(named, same[0]))
        doubts = (same_supplier(bidder, each.record) for each in self._held)
        if doubt := next(filter(None, doubts), ""):
            return FoundBidder(ask_for=f"the registration number, as {small_first(doubt)}")
        return self._new(bidder)

    def named(self, folder: str) -> FoundBidder:
        """The supplier whose name a folder has; none is made of a folder."""
        held = (each for each in self._held if alike(each.record.name) == alike(folder))
        return FoundBidder(next(held, None))

    def _new(self, bidder: Supplier) -> FoundBidder:
        # A supplier is not left out for an address that is none: what the file says stays in the file.
        supplier = replace(
            bidder,
            name=bidder.name.strip(),
            registration=_right("registration", bidder.registration),
            contact_name=_right("contact_name", bidder.contact_name),
            contact_email=_right("contact_email", bidder.contact_email),
        )
        if has_errors(SUPPLIER.problems(supplier)):
            return FoundBidder(ask_for="the name of the organisation in the file")
        stored = self._uow.suppliers.add(supplier)
        self._held.append(stored)
        self.added.append(RecordChange(SUPPLIER, stored.id, None, stored.record))
        return FoundBidder(stored)


def _right(name: str, text: str) -> str:
    """What a fact says; nothing where that cannot be saved."""
    return "" if SUPPLIER.fact(name).fault(text) else text
