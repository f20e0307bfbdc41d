"""What is told of the scores of bids: what is proposed, what must be written, and what is about another score."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.domain.tender import report_build as made
from tests.domain.tender.scoring_build import JOBS, entry, lot, pictured, rules
from tomsapp.domain.tender.bands import read_bands
from tomsapp.domain.tender.choices import MinimumRule, QuantityMethod
from tomsapp.domain.tender.explaining import (
    FURTHER,
    SCORE_EXPLANATION,
    LotToExplain,
    ScoreExplanation,
    criteria_of,
    scores_to_explain,
)
from tomsapp.domain.tender.scoring_rules import Part

D = Decimal


def told(**changes: object) -> LotToExplain:
    """The drawn lot with its moderated marks."""
    report = made.told()
    evaluation = report.evaluated.evaluation
    facts = {
        "evaluation": evaluation,
        "questions": report.questions,
        "numbers": {bid.key: bid.number for bid in report.bids},
        "lines": {row.key: report.lines(row.key) for row in evaluation.rows},
        "moderated": report.moderated,
    }
    return LotToExplain(**(facts | changes))


def of(lot_told: LotToExplain, supplier: str) -> dict[str, object]:
    return {each.criterion.key: each for each in scores_to_explain(lot_told) if each.supplier == supplier}


def test_each_part_with_points_is_a_criterion_and_each_question_one_of_the_statement():
    report = made.told()
    found = criteria_of(report.evaluated.given.rules, report.questions)
    assert [(each.key, each.name, each.most) for each in found] == [
        ("price", "Price", "40"),
        ("quality", "Quality", "40"),
        ("quantity", "Quantity", "10"),
        ("question 1", "Question 1, Local jobs", "5"),
        ("question 2", "Question 2, Training", "5"),
        ("question 3", "Question 3", "5"),
    ]
    assert [each.score_words("3") for each in found[2:4]] == ["3 of 10 points", "mark 3 of 5"]
    assert (FURTHER.key, FURTHER.score_words("1")) == ("reasons", "")


def test_a_part_without_points_asks_for_no_explanation():
    weights = rules().weights
    bare = replace(rules(), weights=replace(weights, statement=weights.statement * 0, price=weights.price * 0))
    assert [each.part for each in criteria_of(bare, made.QUESTIONS)] == [Part.QUALITY, Part.QUANTITY]


def test_a_question_that_the_pack_does_not_name_is_called_by_its_number():
    report = made.told()
    assert criteria_of(report.evaluated.given.rules, ())[-1].name == "Question 3"


def test_what_formulas_and_evaluators_decided_is_proposed_and_quality_must_be_written():
    lot_told = told()
    best = lot_told.evaluation.admitted[0]
    found = of(lot_told, best.supplier)
    assert found["quality"].is_missing
    assert found["quality"].state == "To be written"
    assert found["question 1"].text == "It names groups and dates (1)"
    assert found["price"].state == "Proposed"
    assert f"The price is £{best.bid.price:,.2f}" in found["price"].text
    assert f"Social value of £{best.bid.value:,.2f} counts" in found["quantity"].text
    assert not found["reasons"].is_missing
    assert found["reasons"].state == "Nothing to add"
    missing = [each for each in scores_to_explain(lot_told) if each.is_missing]
    assert {each.criterion.key for each in missing} == {"quality"}
    assert len(missing) == len(lot_told.evaluation.admitted)


def test_the_lowest_price_is_told_to_get_all_points_and_others_what_it_is():
    lot_told = told()
    lowest = lot_told.evaluation.lowest_price
    for row in lot_told.evaluation.admitted:
        text = of(lot_told, row.supplier)["price"].text
        is_lowest = row.bid.price == lowest
        assert ("No admitted bid has a lower one" in text) == is_lowest
        assert (f"the lowest price of an admitted bid is £{lowest:,.2f}" in text) != is_lowest


def test_a_bid_that_is_not_admitted_has_no_scores_to_explain():
    lot_told = told()
    out = lot_told.evaluation.not_admitted[0]
    found = of(lot_told, out.supplier)
    assert list(found) == ["reasons"]
    assert not found["reasons"].is_missing


def test_what_was_written_stands_until_the_score_is_another():
    lot_told = told()
    row = lot_told.evaluation.admitted[0]
    basis = of(lot_told, row.supplier)["quality"].basis
    written = ScoreExplanation(lot_told.numbers[row.key], "quality", basis, " Dated plans for each site ", "M. Reid")
    held = of(replace(lot_told, written=(written,)), row.supplier)["quality"]
    assert (held.text, held.state, held.is_missing) == ("Dated plans for each site", "Written by M. Reid", False)
    nameless = of(replace(lot_told, written=(replace(written, by=""),)), row.supplier)["quality"]
    assert nameless.state == "Written"
    old = of(replace(lot_told, written=(replace(written, score="12 of 40 points"),)), row.supplier)["quality"]
    assert (old.text, old.is_missing) == ("", True)
    assert old.state == "To be looked at again: it was written of 12 of 40 points"


def test_whoever_is_passed_over_is_told_why_and_the_winner_is_told_nothing_further():
    lot_told = told()
    first, second = lot_told.evaluation.admitted[:2]
    to_second = replace(lot_told, awarded=second.key)
    assert of(to_second, first.supplier)["reasons"].is_missing
    assert "reasons" not in of(to_second, second.supplier)
    to_first = replace(lot_told, awarded=first.key)
    assert not of(to_first, second.supplier)["reasons"].is_missing


def test_further_reasons_are_of_one_award_and_no_other():
    lot_told = told()
    first, second = lot_told.evaluation.admitted[:2]
    awarded = replace(lot_told, awarded=second.key, award=7)
    basis = of(awarded, first.supplier)["reasons"].basis
    written = ScoreExplanation(lot_told.numbers[first.key], "reasons", basis, "They withdrew by letter")
    stands = of(replace(awarded, written=(written,)), first.supplier)["reasons"]
    assert (stands.text, stands.is_missing) == ("They withdrew by letter", False)
    again = of(replace(awarded, award=9, written=(written,)), first.supplier)["reasons"]
    assert (again.text, again.is_missing) == ("", True)
    assert again.state == f"To be looked at again: it was written of {basis}"
    to_first = replace(lot_told, awarded=first.key, award=9)
    other = replace(written, bid=lot_told.numbers[second.key])
    left = of(replace(to_first, written=(other,)), second.supplier)["reasons"]
    assert (left.text, left.is_missing) == ("", False)
    assert left.state.startswith("Left out: ")


@pytest.mark.parametrize("part", ["price", "quantity", "question 1"])
def test_an_explanation_is_of_the_figures_and_not_of_the_points_alone(part):
    lot_told = told(files={row.key: "ab" * 32 for row in told().evaluation.rows})
    row = lot_told.evaluation.admitted[0]
    basis = of(lot_told, row.supplier)[part].basis
    figure = {"price": "£1,164,000.00", "quantity": "£85,897.94", "question 1": "offer abababab"}[part]
    assert figure in basis


def test_a_reason_that_names_somebody_else_is_looked_at_before_a_bidder_reads_it():
    lot_told = told(people=("J. Patel",))
    row, other = lot_told.evaluation.admitted[:2]
    spite = f"J. Patel says it is better than {other.supplier.upper()} Limited, and so do I"
    agreed = tuple(replace(each, reason=spite) if each.question == 1 else each for each in lot_told.moderated)
    held = of(replace(lot_told, moderated=agreed), row.supplier)["question 1"]
    assert (held.text, held.is_missing) == ("", True)
    assert held.state == f"To be looked at: it names {other.supplier} and J. Patel"
    assert held.proposal == spite, "whoever looks at it finds it there"
    assert of(lot_told, row.supplier)["question 1"].text


def test_an_award_of_a_bid_that_is_not_here_passes_nobody_over():
    found = scores_to_explain(told(awarded="nobody"))
    assert not [each for each in found if each.criterion is FURTHER and each.is_needed]


def test_what_is_offered_is_told_with_what_it_is_held_against_and_names_no_commitment():
    lot_told = told()
    rows = lot_told.evaluation.admitted
    highest = lot_told.evaluation.highest_value
    for row in rows:
        text = of(lot_told, row.supplier)["quantity"].text
        assert f"counts, from {len(lot_told.lines[row.key])} commitments. " in text
        assert ("No admitted bid has more." in text) == (row.bid.value == highest)
        assert (f"The highest of an admitted bid is £{highest:,.2f}." in text) == (row.bid.value != highest)
        assert not [line for line in lot_told.lines[row.key] if line.measure.code in text]
    without = of(replace(lot_told, lines={}), rows[0].supplier)["quantity"].text
    assert "counts: no commitment counts. " in without


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ({"method": QuantityMethod.TARGET, "target": D("50000.00")}, "The target is £50,000.00."),
        ({"method": QuantityMethod.BANDS, "bands": read_bands("0% 0; 5% 5")}, "the band from 5%: 5 of 5."),
    ],
)
def test_each_method_is_told_by_what_it_goes_by(method, words):
    report = made.told(lot(*pictured(), rules=rules(**method)))
    lot_told = told(evaluation=report.evaluated.evaluation)
    assert of(lot_told, lot_told.evaluation.admitted[0].supplier)["quantity"].text.endswith(words)


def test_what_cannot_be_told_yet_has_a_dash_and_no_proposal():
    given = lot(entry("A", None, None, *JOBS, marks={}), minimum=MinimumRule.REPORTED)
    report = made.told(given, bids=(), moderated=())
    evaluation = report.evaluated.evaluation
    found = scores_to_explain(LotToExplain(evaluation, made.QUESTIONS, {row.key: 1 for row in evaluation.rows}))
    by_key = {each.criterion.key: each for each in found}
    assert by_key["price"].proposal == ""
    assert by_key["question 1"].score == "–"
    assert by_key["quality"].score == "–"


@pytest.mark.parametrize("text", ["", "   ", "short"])
def test_an_explanation_says_enough(text):
    [found] = SCORE_EXPLANATION.problems(ScoreExplanation(1, "price", "12.00", text))
    assert found.where.field == "text"
    assert list(SCORE_EXPLANATION.problems(ScoreExplanation(1, "price", "12.00", "Dated plans for each site"))) == []
    assert SCORE_EXPLANATION.name_of(ScoreExplanation(1, "price", "12.00")) == "explanation of the score for price"
