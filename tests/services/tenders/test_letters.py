"""The letters to bidders: one for each that is asked, as PDF and as Word, with nothing of any other."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services.tenders.offers import CALDER, LAMP
from tests.services.tenders.test_deciding import TODAY, WHY, decided, found_in, opened_tender, weeks
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.tender.bid import DecisionKind
from tomsapp.services.council_papers import print_paper
from tomsapp.services.progress import NoProgress
from tomsapp.services.tenders.deciding import open_check
from tomsapp.services.tenders.decisions import decide, proposed_decision
from tomsapp.services.tenders.letters import letter_paper, letters_of, save_letters

pytestmark = pytest.mark.parametrize("server", ["sqlite"])
ASKS = {"question": "How were the hours of 2027 worked out?"}


SILENT = Commitment("2", "J01", (Decimal(1), Decimal(1)))


def asked_tender(workspace):
    """A tender of which Calder is asked about its hours, and Lamp about a line without a statement."""
    page = opened_tender(workspace, **{CALDER.name: weeks(31), LAMP.name: (*weeks(3), SILENT)})
    decided(workspace, page, DecisionKind.ASK, **ASKS)
    check = open_check(workspace, page.id)
    bid = check.bids[1]
    found = bid.find("statement-missing:J01")
    asks = replace(proposed_decision(bid, found, TODAY), question="Who will give the hours, and where?")
    decide(workspace, check, found, None, asks)
    return page


def test_one_letter_for_each_bidder_that_is_asked(ann):
    page = asked_tender(ann)
    calder, lamp = letters_of(open_check(ann, page.id))
    assert (calder.supplier, lamp.supplier) == (CALDER.name, LAMP.name)
    assert (calder.officer, calder.due_on) == ("A. Okafor", date(2027, 2, 1))
    (question,) = calder.open
    assert (question.lot, question.file) == ("Lot 1, Offices", f"{CALDER.name}.tomsoffer")
    assert question.about[0].startswith("V01 ")
    told = "\n".join(letter_paper(ann, calder, TODAY).words)
    assert ASKS["question"] in told
    assert LAMP.name not in told
    assert "What was found: 62 pounds is a high quantity." in told
    assert "median" not in told, "what others offer is theirs"
    assert "Who will give the hours" not in told
    decided(ann, page, DecisionKind.ASK, answer="As last year", answered_on=TODAY, **ASKS)
    assert [each.supplier for each in letters_of(open_check(ann, page.id))] == [LAMP.name]
    decided(ann, page, answer="As last year", answered_on=TODAY, reason=WHY)
    assert found_in(open_check(ann, page.id))[1].decision.answer == "As last year"


def test_nobody_is_asked_about_a_line_that_is_left_out(ann):
    page = asked_tender(ann)
    check = open_check(ann, page.id)
    bid = check.bids[1]
    twice = next(each for each in bid.problems if each.problem.code == "repeated-people")
    out = replace(proposed_decision(bid, twice, TODAY), kind=DecisionKind.LEAVE_OUT, line="2", reason=WHY)
    decide(ann, check, twice, None, out)
    assert [each.supplier for each in letters_of(open_check(ann, page.id))] == [CALDER.name]


def test_letters_are_saved_as_pdf_and_as_word(ann, tmp_path):
    page = asked_tender(ann)
    check = open_check(ann, page.id)
    written = save_letters(ann, check, tmp_path, TODAY, NoProgress())
    assert sorted(path.name for path in written) == [
        "Questions to Calder Clean Cooperative, T-2026-003.docx",
        "Questions to Calder Clean Cooperative, T-2026-003.pdf",
        "Questions to Lamp Ltd, T-2026-003.docx",
        "Questions to Lamp Ltd, T-2026-003.pdf",
    ]
    printed = print_paper(ann, letter_paper(ann, letters_of(check)[0], TODAY))
    assert printed.pdf.data.startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(printed.word)) as package:
        assert ASKS["question"] in package.read("word/document.xml").decode()
