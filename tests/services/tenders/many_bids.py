"""A tender with as many bids as a test needs, opened, scored, marked and decided."""

from dataclasses import dataclass
from decimal import Decimal

from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import accept_all, enter, moderate
from tests.services.tenders.offers import OPEN, PAST, issued_tender, saved
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.reading import OpenTender
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.workspace import Workspace

D = Decimal


@dataclass(frozen=True)
class Bidding:
    """A bidder with its pounds in V01 for each of two years, its jobs in J01, its price, quality and mark."""

    name: str
    pounds: int
    jobs: str = "1"
    price: str = "1000000.00"
    quality: str = "30"
    mark: int = 4


PICTURED = (
    Bidding("Calder Clean Cooperative", 30_000, "1", "1164000.00", "33.6", 4),
    Bidding("Meridian Support Services Ltd", 20_000, "0.5", "1142500.00", "32", 4),
    Bidding("Ashdown Facilities Ltd", 26_000, "1", "1118000.00", "31.2", 3),
    Bidding("Rowan and Vale Ltd", 5_000, "0", "1092000.00", "30", 3),
)


def tender_with(
    workspace: Workspace, bids: tuple[Bidding, ...], reference: str = "T-2026-003", *, is_entered: bool = True
) -> OpenTender:
    """A tender whose offers for lot 1 are opened; with prices, quality and marks entered unless it is to be bare."""
    page = issued_tender(workspace, reference)
    files = []
    for number, bid in enumerate(bids, start=1):
        supplier = Supplier(
            bid.name, registration=f"{number:08d}", contact_name="Jo", contact_email=f"jo{number}@bidder.example"
        )
        lines = (
            Commitment("1", "V01", (D(bid.pounds), D(bid.pounds)), statement="For the library."),
            Commitment("2", "J01", (D(bid.jobs), D(bid.jobs)), statement="With the job centre."),
        )
        details = {"2": OfferedDetails(staff=PersonKind.NEW)}
        data = saved(workspace, page, supplier, commitments=lines, details=details)
        files.append(FoundFile(f"offer {number}.tomsoffer", data))
    receive(workspace, page, files)
    open_offers(workspace, page, OPEN, PAST)
    page = opened(workspace, page.id)
    if is_entered and bids:
        enter(workspace, page, {bid.name: (bid.price, bid.quality) for bid in bids})
        moderate(workspace, page, {bid.name: bid.mark for bid in bids})
        accept_all(workspace, page)
    return opened(workspace, page.id)
