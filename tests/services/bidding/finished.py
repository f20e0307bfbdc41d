"""An offer that is finished, as a bidder types it."""

from tomsapp.services.bidding.choosing import accept, choose
from tomsapp.services.bidding.typing import type_in
from tomsapp.services.bidding.work import OfferWork, bidder_place, detail_place, quantity_place, question_place

TYPED = (
    (bidder_place("name"), "Calder Clean Cooperative"),
    (bidder_place("registration"), "RS007"),
    (bidder_place("contact_name"), "Jo Bell"),
    (bidder_place("contact_email"), "jo@calder.example"),
    (quantity_place("1", 0), "1"),
    (quantity_place("1", 1), "0"),
    (detail_place("1", "statement"), "With the job centre."),
    (detail_place("1", "staff"), "new"),
    (quantity_place("2", 0), "2.00"),
    (quantity_place("2", 1), "2"),
    (detail_place("2", "statement"), "In every depot."),
    (quantity_place("3", 0), "24"),
    (quantity_place("3", 1), "24.0"),
    (detail_place("3", "contract_share"), "50%"),
    (detail_place("3", "statement"), "Two pupils in each term."),
    (quantity_place("4", 0), "6"),
    (quantity_place("4", 1), "5.125"),
    (detail_place("4", "statement"), "Electric vans."),
    (question_place(1), "We ask the job centre.\nAnd schools."),
    (question_place(2), "Two weeks a term."),
    (question_place(3), "We buy electric vans."),
)
CODES = ("J06", "J11", "S08", "G01")


def typed(work: OfferWork) -> OfferWork:
    """All of it, one after the other."""
    work = accept(choose(work, CODES), "R01", is_accepted=True)
    for place, text in TYPED:
        work = type_in(work, place, text)
    return work
