"""An offer while somebody makes it: what is typed, what of it can be used, and what comes of it by the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from tomsapp import __version__
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import Measure
from tomsapp.domain.offer import CheckedOffer, checked_with
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.lot_contract import lot_contract
from tomsapp.domain.tender.offer_checks import CheckedTenderOffer, OfferGround, check_tender_offer
from tomsapp.domain.tender.pack import Pack
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.services.pack_files import OpenedPack
from tomsapp.services.typed_quantities import HeldText

MADE_WITH = f"tomsapp {__version__}"
NOT_ENTERED = frozenset({"quantity-missing", "year-blank", "no-commitments", "mandatory-theme-missing"})
"""Problems that end when something is entered; until then nothing is wrong."""


class PlaceKind(Enum):
    """What stands at a place of an offer."""

    BIDDER = "bidder"
    """A fact of the organisation."""
    MEASURES = "measures"
    """Which measures are offered."""
    CONDITION = "condition"
    QUANTITY = "quantity"
    DETAIL = "detail"
    """What is said of one promise beside its quantities."""
    QUESTION = "question"
    PROBLEM = "problem"
    """A warning that is to be answered."""


class Place(NamedTuple):
    """A place of an offer, to which a link leads and at which something is typed.

    Attributes:
        key: the commitment's key, the code of a condition, the number of a question, or the key of a Problem.
        name: the name of the fact, of the organisation or of a promise.
        year: the contract year of a quantity; 0 is the first.
    """

    kind: PlaceKind
    key: str = ""
    name: str = ""
    year: int = 0


def quantity_place(key: str, year: int) -> Place:
    """Where the quantity of a promise is typed."""
    return Place(PlaceKind.QUANTITY, key, year=year)


def detail_place(key: str, name: str) -> Place:
    """Where something is said of a promise."""
    return Place(PlaceKind.DETAIL, key, name)


def bidder_place(name: str) -> Place:
    """Where a fact of the organisation is typed."""
    return Place(PlaceKind.BIDDER, name=name)


def question_place(number: int) -> Place:
    """Where a question is answered."""
    return Place(PlaceKind.QUESTION, str(number))


@dataclass(frozen=True)
class OfferWork:
    """An offer for one lot as it stands now; what is done to it gives the next.

    The keys of its promises are 1, 2, 3 in their order, as they are in its file.

    Attributes:
        held: what is typed and cannot be used yet; it stays where it was typed until it is put right.
        told: what whoever goes on with it should know first, such as what was changed in the tender, a sentence each.
    """

    pack: OpenedPack
    offer: TenderOffer
    held: Mapping[Place, HeldText] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def asked(self) -> Pack:
        """The pack that is answered."""
        return self.pack.file.pack

    @cached_property
    def lot(self) -> Lot:
        """The lot for which it is.

        Raises:
            LookupError: the pack has no such lot, which no work begins with.
        """
        found = self.asked.lot(self.offer.lot)
        if found is None:
            raise LookupError(self.offer.lot)
        return found

    @cached_property
    def contract(self) -> Contract:
        """What the lot will be, with the base of a share as its value."""
        return lot_contract(self.asked.tender, self.lot, self.offer.bidder.name)

    @cached_property
    def checked(self) -> CheckedTenderOffer:
        """Its figures and what is wrong with it, as the council will find it."""
        return check_tender_offer(self.asked, self.pack.edition, self.offer, OfferGround((self.pack.file.identity,)))

    @cached_property
    def figures(self) -> CheckedOffer | None:
        """Its figures as they will be once what is missing is entered: a blank year keeps no other from counting."""
        checked = self.checked.checked
        if checked is None:
            return None
        wrong = tuple(problem for problem in checked.problems if problem.code not in NOT_ENTERED)
        return checked_with(checked.offer, checked.valuation, wrong, self.asked.policy)

    def commitment(self, key: str) -> Commitment | None:
        """The promise of this key, or None."""
        return next((one for one in self.offer.commitments if one.key == key), None)

    def measure(self, key: str) -> Measure | None:
        """The measure of the promise of this key, or None."""
        found = self.commitment(key)
        return None if found is None else self.pack.edition.find_measure(found.measure)

    @property
    def chosen(self) -> frozenset[str]:
        """The codes of the measures that are offered."""
        return frozenset(one.measure for one in self.offer.commitments)

    def in_order(self) -> tuple[Commitment, ...]:
        """The promises in the order in which the tender asks for the measures; what it does not ask for comes last."""
        places = {one.measure: place for place, one in enumerate(self.asked.measures)}
        last = len(places)
        return tuple(sorted(self.offer.commitments, key=lambda one: (places.get(one.measure, last), int(one.key))))

    def with_offer(self, offer: TenderOffer) -> OfferWork:
        """The same work with another offer."""
        return replace(self, offer=offer)

    def with_commitment(self, commitment: Commitment) -> OfferWork:
        """The same with one promise in the place of that of its key."""
        changed = tuple(commitment if one.key == commitment.key else one for one in self.offer.commitments)
        return self.with_offer(replace(self.offer, commitments=changed))


def begin_work(pack: OpenedPack, lot: int = 0) -> OfferWork:
    """An empty offer for a lot of a pack, by its number; for the first where 0 is given.

    Raises:
        TomsError: the pack has no such lot.
    """
    asked = pack.file.pack
    number = lot or (asked.lots[0].number if asked.lots else 0)
    if asked.lot(number) is None:
        raise TomsError(f"The tender has no lot {number}", "Choose one of its lots")
    return OfferWork(pack, TenderOffer(pack.file.identity, number, Supplier(""), (), made_with=MADE_WITH))
