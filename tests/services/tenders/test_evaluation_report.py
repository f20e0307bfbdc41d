"""The evaluation report is made from the database: its figures are those of the reading that the window shows."""

from dataclasses import replace
from datetime import date

import pytest

from tests.services.tenders.build import begin_tender
from tests.services.tenders.evaluations import enter, evaluated_tender, evaluation
from tests.services.tenders.offers import CALDER, LAMP, PAST
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperTable
from tomsapp.domain.tender.bid import BidDecision, DecisionKind
from tomsapp.domain.tender.marking import Evaluator, Mark
from tomsapp.domain.wording import format_pounds
from tomsapp.services.failures import StoreError
from tomsapp.services.tenders import lot_told as reading
from tomsapp.services.tenders.evaluation_report import evaluation_paper

here = pytest.mark.parametrize("server", ["sqlite"])
DAY = date(2027, 2, 3)


def table(made: CouncilPaper, caption: str) -> PaperTable:
    (found,) = (each for each in made.blocks if isinstance(each, PaperTable) and each.caption == caption)
    return found


def words(made: CouncilPaper) -> str:
    return "\n".join(made.words)


def paper(ann, page, **others) -> CouncilPaper:
    return evaluation_paper(ann, page.id, 1, DAY, now=PAST, **others)


def test_the_report_has_the_figures_of_the_reading(ann):
    page = evaluated_tender(ann)
    made, held = paper(ann, page), evaluation(ann, page).lot(1)
    rows = held.evaluated.evaluation.rows
    assert table(made, "Bids in the order of their points").rows == tuple(
        (row.supplier, row.rank_words, format_pounds(row.bid.price), format_pounds(row.bid.value), row.shown_total)
        for row in rows
    )
    assert (made.council, made.made_by, made.made_on) == ("Larkmere Council", "Ann", DAY)
    text = words(made)
    assert f"{rows[0].supplier} comes first" in text
    assert "As all agreed on the day (A. Okafor)" in text
    assert "lot 1, Offices" in made.title
    known = table(made, "Versions and checksums").rows
    assert (page.versions[0].words, f"SHA-256 {page.versions[0].sha256}") in known
    assert [row[1] for row in table(made, "Files that came in").rows] == [CALDER.name, LAMP.name]
    assert text.count("Accepted: The bidder explained it in the answers") > 0


def test_a_line_that_is_left_out_is_told_with_what_it_would_be_worth(ann):
    page = evaluated_tender(ann)
    (bid,) = (each for each in evaluation(ann, page).bids if each.supplier == LAMP.name)
    with ann.work("Decide") as uow:
        reason = "It is counted in another contract already"
        sha256 = bid.receipt.judged.file.sha256
        uow.bid_decisions.add(
            BidDecision(bid.stored.id, "found:V01", sha256, DecisionKind.LEAVE_OUT, reason, "1", by="A. Okafor")
        )
        uow.commit()
    made = paper(ann, page)
    (row,) = table(made, f"1 line of {LAMP.name} does not count").rows
    assert row[0].startswith("V01")
    assert row[1:] == ("It is counted in another contract already", "£180.00")


def test_marks_stand_in_it_once_all_have_sent_them(ann, bob):
    page = evaluated_tender(ann)
    bid = evaluation(ann, page).bids[0].stored.id
    with ann.work("Mark") as uow:
        who = uow.evaluators.add(page.id, Evaluator("Bob", "Librarian", True, DAY))
        uow.marks.add(Mark(who.id, bid, 1, 3, "One date is missing"))
        uow.commit()
    assert "One date is missing" not in words(paper(ann, page))
    with pytest.raises(StoreError):
        paper(bob, page)
    with ann.work("Send") as uow:
        uow.evaluators.save(who.id, who.version, replace(who.record, sent_on=DAY))
        uow.commit()
    for each in (ann, bob):
        assert "Bob\n3\nOne date is missing" in words(paper(each, page))


@here
def test_what_a_colleague_saves_meanwhile_is_told_whole(ann, bob, monkeypatch):
    page, original, reads = evaluated_tender(ann), reading.open_evaluation, []

    def read(*given):
        found = original(*given)
        if not reads:
            enter(bob, page, {CALDER.name: ("800000.00", "40")})
        reads.append(found)
        return found

    monkeypatch.setattr(reading, "open_evaluation", read)
    rows = table(paper(ann, page), "Bids in the order of their points").rows
    assert [row[2] for row in rows if row[0] == CALDER.name] == ["£800,000.00"]
    assert len(reads) == 2


@here
def test_without_a_pack_or_a_lot_there_is_nothing_to_report(ann):
    page = begin_tender(ann)
    with pytest.raises(StoreError, match="is not issued"):
        paper(ann, page)
    other = evaluated_tender(ann, "T-2026-004")
    with pytest.raises(StoreError, match="has no lot 7"):
        evaluation_paper(ann, other.id, 7, DAY)


@here
def test_a_lot_without_a_bid_has_a_report_too(ann):
    page = evaluated_tender(ann)
    assert "There is no bid for Cleaning, lot 2, Libraries." in words(evaluation_paper(ann, page.id, 2, DAY))
