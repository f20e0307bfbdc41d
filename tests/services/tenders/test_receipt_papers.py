"""Receipts as papers, from what the database holds."""

from dataclasses import replace

import pytest

from tests.services.tenders.build import NOW, opened
from tests.services.tenders.offers import DAY, LAMP, OPEN, issued_tender, saved
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.services.council_papers import print_paper
from tomsapp.services.failures import NotFound
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.opening import open_offers
from tomsapp.services.tenders.receipt_papers import make_receipt, make_receipt_list
from tomsapp.services.tenders.receiving import receive

here = pytest.mark.parametrize("server", ["sqlite"])


@here
def test_a_receipt_and_the_list_are_printed(ann):
    page = issued_tender(ann)
    receive(ann, page, [FoundFile("a", saved(ann, page)), FoundFile("b", saved(ann, page, LAMP), "", DAY, "13:00")])
    receipt = make_receipt(ann, page.id, 2, NOW)
    assert receipt.title == "Receipt 2: T-2026-003 Cleaning"
    assert "Late by 1 h. Does not count." in list(receipt.words)
    printed = print_paper(ann, receipt)
    assert printed.pdf.data.startswith(b"%PDF-")
    assert printed.pdf.file_name == "Receipt 2, T-2026-003 Cleaning.pdf"
    listed = make_receipt_list(ann, page.id, NOW)
    assert "2 files received, 1 offer counts so far, 1 late." in list(listed.words)
    with pytest.raises(NotFound, match="There is no receipt 3"):
        make_receipt(ann, page.id, 3, NOW)
    early = replace(OPEN, kind=TenderActKind.OPEN_EARLY, reason="All who were asked have answered.", done_on=NOW.date())
    open_offers(ann, opened(ann, page.id), early, NOW)
    lead = list(make_receipt_list(ann, page.id, NOW).words)[1]
    assert "Opened early on 4 January 2027 by Ann, Procurement lead: All who were asked have answered." in lead
