"""What the window writes is what the council receives: the same total to the penny, and the same problems."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.gui.audit import settle
from tests.services.council import open_as, shipped
from tests.services.tenders.build import NOW, opened
from tests.services.tenders.offers import DAY, OPEN, PAST, issued_tender
from tomsapp.services import databases
from tomsapp.services.bidding.choosing import choose
from tomsapp.services.bidding.opening import begin_with
from tomsapp.services.bidding.steps import Step
from tomsapp.services.bidding.typing import type_in
from tomsapp.services.bidding.work import bidder_place, detail_place, quantity_place, question_place
from tomsapp.services.pack_files import open_pack
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers, read_bids
from tomsapp.services.tenders.packing import write_pack_folder
from tomsapp.services.tenders.receipts import list_receipts
from tomsapp.services.tenders.receiving import receive

TYPED = (
    (bidder_place("name"), "Calder Clean Cooperative"),
    (bidder_place("contact_name"), "Jo Bell"),
    (bidder_place("contact_email"), "jo@calder.example"),
    (quantity_place("1", 0), "1,250.50"),
    (quantity_place("1", 1), "999.99"),
    (detail_place("1", "statement"), "To groups that meet in the hubs."),
    (quantity_place("2", 0), "1.5"),
    (quantity_place("2", 1), "2"),
    (detail_place("2", "statement"), "With the job centre.\nFrom the first day."),
    (detail_place("2", "staff"), "retained"),
    (detail_place("2", "contract_share"), "33.3333%"),
    (question_place(1), '=HYPERLINK("x") and <b>more</b>'),
)


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    workspace = open_as(path, "Ann")
    yield workspace
    workspace.close()


@pytest.mark.parametrize("kind", ["offer", "workbook"])
def test_what_the_window_saves_is_received(bidder, council, saves_to, kind):
    page = issued_tender(council)
    written = write_pack_folder(council, page.id, bidder.folder)
    (path,) = written.folder.glob("*.tomspack")
    window = bidder.show(begin_with(open_pack(path), path, 2, bidder.kept))
    work = choose(bidder.work, ["V01", "J01"])
    for place, text in TYPED:
        work = type_in(work, place, text)
    window.answering.put(work)
    window.open_step(Step.CHECK)
    target = bidder.folder / ("ours.tomsoffer" if kind == "offer" else "ours.xlsx")
    saves_to(target)
    (window.save if kind == "offer" else window.files.save_workbook)()
    settle()
    receive(council, opened(council, page.id), [FoundFile(target.name, target.read_bytes(), "", DAY, "11:00")])
    open_offers(council, opened(council, page.id), OPEN, PAST)
    assert [each.judged.words for each in list_receipts(council, page.id)] == ["Counts"]
    (bid,) = read_bids(council, page.id)
    theirs, mine = bid.read.checked, bidder.work.checked
    assert theirs.checked.valuation.social_value == mine.checked.valuation.social_value
    assert f"£{theirs.checked.valuation.social_value:,.2f}" == window.panel.total.text()
    assert {(each.code, each.message) for each in theirs.problems} == {
        (each.code, each.message) for each in mine.problems
    }
    assert theirs.checked.valuation.social_value > Decimal(20_000)
    assert theirs.offer.statements == mine.offer.statements
    assert (theirs.offer.bidder, theirs.offer.lot) == (mine.offer.bidder, 2)
    assert [check.word for check in theirs.checked.policy_checks] == [
        check.word for check in mine.checked.policy_checks
    ]
    assert NOW < PAST
