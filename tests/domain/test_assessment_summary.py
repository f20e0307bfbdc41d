"""The assessment summary of a bidder: what regulation 31 lists, its own sums, and nothing of bidders that lost."""

from dataclasses import replace

import pytest

from tests.domain.tender import report_build as made
from tests.domain.tender.build import lot as lot_record
from tests.domain.tender.build import tender
from tests.domain.tender.scoring_build import lot, pictured, rules
from tests.domain.test_evaluation_report import MAKER
from tomsapp.domain.papers.assessment_summary import (
    NOT_AWARDED,
    TO_WRITE,
    WITHDRAWN,
    SummaryTold,
    assessment_summary,
)
from tomsapp.domain.papers.council_paper import PaperHeading, PaperTable
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.domain.tender.choices import MinimumRule, Placing
from tomsapp.domain.tender.explaining import LotToExplain, ScoreExplanation, missing_to_tell, scores_to_explain
from tomsapp.domain.wording import format_pounds, listed

SECRET = "A plan with names that only the bidder knows"


def summary(key="", awarded="first", *, is_written=True, **others) -> SummaryTold:
    """The summary of a bidder of the drawn lot, that of the second unless another is named; all is explained."""
    told = made.told(**others)
    rows = told.evaluated.evaluation.rows
    admitted = told.evaluated.evaluation.admitted
    won = {"first": admitted[0].key, "second": admitted[1].key, "": ""}[awarded]
    numbers = {row.key: number for number, row in enumerate(rows, start=1)}
    lines = {row.key: told.lines(row.key) for row in rows}
    lot = LotToExplain(told.evaluated.evaluation, told.questions, numbers, lines, told.moderated, awarded=won)
    written = [
        ScoreExplanation(each.bid, each.criterion.key, each.basis, f"{SECRET}: {each.supplier}, {each.criterion.name}")
        for each in scores_to_explain(lot)
        if is_written
    ]
    scores = scores_to_explain(replace(lot, written=tuple(written)))
    suppliers = {
        row.key: Supplier(
            row.supplier,
            registration=f"0{numbers[row.key]}",
            contact_email=f"{numbers[row.key]}@x.example",
            address=f"{numbers[row.key]} High Street",
        )
        for row in rows
    }
    missing = missing_to_tell(scores, suppliers, won)
    return SummaryTold(told, key or admitted[1].key, scores, suppliers, won, missing)


def text_of(given: SummaryTold) -> str:
    return "\n".join(assessment_summary(given, MAKER).words)


def table(given: SummaryTold, caption: str) -> PaperTable:
    blocks = assessment_summary(given, MAKER).blocks
    return next(each for each in blocks if isinstance(each, PaperTable) and each.caption == caption)


def headings(given: SummaryTold) -> list[str]:
    return [each.text for each in assessment_summary(given, MAKER).blocks if isinstance(each, PaperHeading)]


def test_a_bidder_that_did_not_win_reads_both_assessments_and_no_third():
    given = summary()
    evaluation = given.told.evaluated.evaluation
    winner, own, third = evaluation.admitted[0], given.row, evaluation.admitted[2]
    text = text_of(given)
    assert f"The contract is awarded to {winner.supplier}." in text
    assert f"Your tender has rank 2 of 3, with {own.shown_total} of 100 points." in text
    assert f"{winner.supplier} has {winner.shown_total}, which is" in text
    assert third.supplier not in text
    for supplier in (own.supplier, winner.supplier):
        assert f"{SECRET}: {supplier}, Quality" in text
        assert f"{SECRET}: {supplier}, Question 2, Training" in text
        scores = table(given, f"Scores of {supplier}")
        assert [row[0] for row in scores.rows] == ["Price", "Quality", "Quantity", "Statement"]
        assert scores.total[0] == "Total"
    assert table(given, "Names and addresses").rows == (
        (own.supplier, "2 High Street", "2@x.example", "02"),
        (winner.supplier, "1 High Street", "1@x.example", "01"),
    )
    assert "How bids are scored" in headings(given)
    assert "Version 2 of the pack, SHA-256 2a" in text
    assert "regulation 31 of the Procurement Regulations 2024" in text


def test_the_lines_and_the_price_of_the_winner_are_not_told_to_others():
    given = summary()
    winner = given.told.evaluated.evaluation.admitted[0]
    text = text_of(given)
    assert f"What {given.row.supplier} offers" in text
    assert f"What {winner.supplier} offers" not in text
    assert winner.bid.price != given.told.evaluated.evaluation.lowest_price
    assert format_pounds(winner.bid.price) not in text


def readers():
    return [row.key for row in made.told().evaluated.evaluation.rows[1:]]


@pytest.mark.parametrize("reader", readers())
def test_no_figure_of_the_winner_is_told_to_others_that_nobody_wrote_for_them(reader):
    given = summary(reader, is_written=False)
    winner, evaluation = given.told.evaluated.evaluation.admitted[0], given.told.evaluated.evaluation
    own = next(each for each in given.of(winner.key) if each.criterion.key == "price")
    assert format_pounds(winner.bid.price) in own.text, "its own bidder reads it"
    text = text_of(given)
    assert format_pounds(winner.bid.price) not in text
    assert f"The formula under “How bids are scored” gives {own.words}." in text
    assert f"from {len(given.told.lines(winner.key))} commitments" not in text.partition("The tender of")[2]
    # What points are divided by is told to whoever has points to redo.
    is_told = [format_pounds(each) in text for each in (evaluation.lowest_price, evaluation.highest_value)]
    assert is_told == [given.row.bid.is_admitted] * 2


def test_a_tender_that_was_withdrawn_says_so_of_a_lot_that_is_not_awarded():
    given = summary(awarded="", acts=(*made.ACTS, made.act(9, TenderActKind.WITHDRAW, 30, reason="No budget any more")))
    assert WITHDRAWN in text_of(given)


def test_the_winner_reads_its_own_alone():
    given = summary(made.told().evaluated.evaluation.admitted[0].key)
    text = text_of(given)
    assert "The contract is awarded to you." in text
    others = [row.supplier for row in given.told.evaluated.evaluation.rows if row.key != given.key]
    assert not [name for name in others if name in text]
    assert len(table(given, "Names and addresses").rows) == 1


def test_a_bidder_that_is_not_admitted_reads_the_rule_and_has_no_scores():
    out = made.told().evaluated.evaluation.not_admitted[0]
    given = summary(out.key)
    text = text_of(given)
    assert "Your tender is not admitted, so it has no points." in text
    assert "It was not assessed against the award criteria, as it is not admitted." in text
    why = table(given, "Why your tender is not admitted").rows
    assert why == tuple((each.why, each.rule) for each in given.told.evaluated.reasons[out.key])
    checked = given.told.given(out.key).checked
    short = [sums for check in checked.policy_checks if check.shortfall for sums in check.sums]
    assert short
    assert [sums for sums in short if sums not in text] == [], "what it is short of is redone from what is printed"
    assert f"{SECRET}: {out.supplier}, Further reasons" in text
    captions = [each.caption for each in assessment_summary(given, MAKER).blocks if isinstance(each, PaperTable)]
    assert f"Scores of {out.supplier}" not in captions


def test_whoever_was_passed_over_reads_why():
    first = made.told().evaluated.evaluation.admitted[0]
    given = summary(first.key, "second")
    text = text_of(given)
    assert f"{SECRET}: {first.supplier}, Further reasons" in text
    assert "more" not in text.partition("Your tender")[2].split("\n")[0]


def test_a_draft_says_what_it_lacks():
    nothing = summary(awarded="")
    assert NOT_AWARDED in text_of(nothing)
    assert nothing.missing == ()
    bare = summary(is_written=False)
    assert TO_WRITE in text_of(bare)
    assert "Draft, not to be sent: 1 thing is missing." in text_of(bare)
    names = [row.supplier for row in bare.told.evaluated.evaluation.admitted]
    assert bare.missing == (f"Quality of {listed(names)} is still to be explained",)


def test_the_winner_must_have_an_address():
    given = summary()
    bare = {key: Supplier(held.name) for key, held in given.suppliers.items()}
    [missing] = missing_to_tell(given.scores, bare, given.awarded)
    assert missing.endswith(
        "has no postal address and no e-mail address and no registration number on the page Suppliers"
    )
    assert missing_to_tell(given.scores, bare, "") == ()
    shown = SummaryTold(given.told, given.key, given.scores, bare, given.awarded)
    assert table(shown, "Names and addresses").rows[0][1:] == ("Not recorded",) * 3


@pytest.mark.parametrize(("placing", "is_told"), [(Placing.BESIDE, False), (Placing.WITHIN_QUALITY, True)])
def test_sub_totals_are_told_of_what_belongs_together(placing, is_told):
    given = summary(tender=tender(minimum=MinimumRule.NOT_ADMITTED, placing=placing))
    text = text_of(given)
    assert "Social value, which is quantity and statement together:" in text
    assert ("With quality, within which it stands:" in text) == is_told


def test_a_lot_of_several_is_named_and_without_versions_no_checksum():
    given = summary(lots=2, lot=lot_record(number=2, title="Libraries"), versions=(), questions=())
    paper = assessment_summary(given, MAKER)
    assert paper.title == f"Assessment summary for {given.row.supplier}: {given.told.tender.reference}, lot 2"
    text = "\n".join(paper.words)
    assert "\nThe pack, which every bidder had, sets out" in text
    assert "gets each mark" not in text


def test_without_a_receipt_no_file_is_named_and_without_social_value_no_sub_total():
    plain = lot(*pictured(), rules=rules(50, 50, 0, 0))
    given = summary(given=plain, bids=())
    text = text_of(given)
    assert "Assessed was" not in text
    assert "Each criterion stands for itself." in text
    assert "Social value, which is" not in text
