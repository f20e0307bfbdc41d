"""The receipt of a file and the list of all: what they say, and what they never say."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.tender.test_receipt import DEADLINE, at, file
from tomsapp.domain.papers.council_paper import PaperTable
from tomsapp.domain.papers.tender_receipts import ReceiptsTold, receipt_paper, receipts_paper
from tomsapp.domain.papers.told import PaperMaker
from tomsapp.domain.tender.left_file import WHY_LEFT
from tomsapp.domain.tender.receipt import judge_receipts
from tomsapp.domain.tender.tender import Tender

MAKER = PaperMaker("Larkmere Council", date(2027, 1, 22), "A. Okafor")
TERMS = Tender("T-2026-003", "Cleaning", deadline_on=date(2027, 1, 22))
FILES = judge_receipts(
    DEADLINE,
    2,
    (
        file(1, "18 09:00:05", portal_at=at("18 08:00")),
        file(2, "22 13:01:09", "Rowan"),
        file(3, "18 12:00", "", lot=None, pack_version=None, refused=WHY_LEFT, ask_for="a file of at most 20 MB"),
    ),
)
BEFORE, AFTER = at("21 16:00"), at("22 14:05")


def told(**others) -> ReceiptsTold:
    facts = {"lots": 2, "opened": "", "deadline": DEADLINE, "now": BEFORE} | others
    return ReceiptsTold(TERMS, FILES, **facts)


def facts_of(paper) -> dict[str, str]:
    (table,) = (block for block in paper.blocks if isinstance(block, PaperTable))
    return dict(table.rows)


def test_a_receipt_says_by_what_the_file_is_known_and_when_it_came():
    paper = receipt_paper(told(), FILES[0], MAKER)
    assert paper.title == "Receipt 1: T-2026-003 Cleaning"
    assert facts_of(paper) == {
        "Tender": "T-2026-003 Cleaning",
        "From": "Calder",
        "Lot": "1",
        "Name of the file": "offer1.xlsx",
        "Size": "4,096 bytes",
        "SHA-256": "ab" * 32,
        "Received by the portal": "18 January 2027, 08:00:00",
        "Received here": "18 January 2027, 09:00:05",
        "Deadline": "12 noon, Friday 22 January 2027, UK time",
        "Made with pack version": "2",
    }
    words = list(paper.words)
    assert words[words.index("What becomes of it") + 1 :][:3] == [
        "Counts.",
        "It may be replaced until the deadline: the last complete file in time counts.",
        "Whether it is finished is looked at when the offers are opened.",
    ]
    assert "Rowan" not in " ".join(words), "nothing of the files of others"


def test_a_receipt_of_what_is_refused_and_of_a_file_after_the_opening():
    refused = receipt_paper(told(lots=1), FILES[2], MAKER)
    assert facts_of(refused)["From"] == "Not known"
    assert facts_of(refused).keys().isdisjoint({"Lot", "Received by the portal", "Made with pack version"})
    assert facts_of(receipt_paper(told(), FILES[2], MAKER))["Lot"] == "Not known"
    late = list(receipt_paper(told(opened="Opened by A. Okafor", now=AFTER), FILES[1], MAKER).words)
    assert "Late by 1 h 1 min 9 s. Does not count." in late
    counts = list(receipt_paper(told(opened="Opened by A. Okafor", now=AFTER), FILES[0], MAKER).words)
    assert not [each for each in counts if each.startswith(("It may be replaced", "Whether"))]


def test_the_list_has_every_file_and_says_how_the_offers_stand():
    paper = receipts_paper(told(now=AFTER, opened="Opened on 22 January 2027 by A. Okafor"), MAKER)
    words = list(paper.words)
    assert words[1] == (
        "Offers are received until 12 noon, Friday 22 January 2027, UK time. Opened on 22 January 2027 by A. Okafor."
    )
    assert words[2] == "3 files received, 1 offer counts, 1 late, 1 refused."
    received, files = (block for block in paper.blocks if isinstance(block, PaperTable))
    assert received.rows[0] == (
        *("1", "18 January 2027, 08:00:00", "18 January 2027, 09:00:05", "Calder", "1", "2", "Counts"),
    )
    assert received.rows[2][:6] == ("3", "", "18 January 2027, 12:00:00", "Not known", "", "")
    assert [row[3] for row in files.rows] == ["ab" * 32] * 3


@pytest.mark.parametrize("deadline_on", [None, date(2027, 1, 22)])
def test_a_list_without_files(deadline_on):
    terms = replace(TERMS, deadline_on=deadline_on)
    paper = receipts_paper(ReceiptsTold(terms, (), 1, "", None, BEFORE), MAKER)
    words = list(paper.words)
    assert words[1].endswith("The offers are not opened yet.")
    assert words[2] == "No file was received."
