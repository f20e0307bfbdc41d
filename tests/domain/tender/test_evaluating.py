"""The whole evaluation of a lot: what counts, and by which rule a bid is not admitted."""

from dataclasses import replace
from decimal import Decimal

from tests.domain.tender.scoring_build import JOBS, MENU, entry, lot, picture, pictured, pounds
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.tender.admission import NotAdmitted, conditions_not_accepted, of_whole_offer
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.evaluating import evaluate

D = Decimal
ENOUGH = (pounds("S01", "60000"), *JOBS)


def test_a_line_that_was_left_out_counts_nowhere():
    assert evaluate(picture()).evaluation.row("Ashdown").bid.value == D("77396.92")
    with_it = evaluate(lot(replace(pictured()[2], left_out=frozenset())))
    assert with_it.evaluation.row("Ashdown").bid.value == D("97599.64")


def test_a_line_with_an_error_does_not_count():
    evaluated = evaluate(lot(entry("A", "100", "40", *ENOUGH, pounds("S02", "-5"), pounds("Z99", "1"))))
    assert evaluated.evaluation.row("A").bid.value == D("60000.00")
    assert evaluated.reasons == {"A": ()}


def test_the_rule_is_quoted_by_which_a_bid_is_not_admitted():
    evaluated = evaluate(picture())
    assert evaluated.reasons["Rowan"] == (
        NotAdmitted(
            "short-of-minimum",
            "Short by £48,333.60 of the 5% minimum",
            "Contracts over £214,904.00 that start on or after 18 October 2023 need at least 5% of their value in "
            "social value. An offer below the minimum is not admitted.",
        ),
        NotAdmitted(
            "short-of-minimum",
            "Short by 1 employment outcome",
            "Contracts of any value that start on or after 18 October 2023 need 1 employment outcome for each "
            "£1,000,000.00 of their value. An offer below the minimum is not admitted.",
        ),
    )


def test_a_minimum_keeps_nobody_out_where_it_is_reported_or_asked_about():
    for minimum in (MinimumRule.REPORTED, MinimumRule.ASKED):
        evaluated = evaluate(replace(picture(), minimum=minimum))
        assert evaluated.evaluation.row("Rowan").rank == 4
    assert evaluate(picture(policy=None)).evaluation.row("Rowan").rank == 4


def test_an_offer_that_does_not_keep_to_the_limits_is_not_admitted():
    limits = TenderLimits(2, (2,))
    evaluated = evaluate(lot(entry("A", "100", "40", *ENOUGH), limits=limits))
    assert evaluated.reasons["A"] == (
        NotAdmitted(
            "too-many-measures",
            "3 measures are chosen and this tender allows 2",
            "Not admitted: more measures than the tender allows.",
        ),
        NotAdmitted(
            "mandatory-theme-missing",
            "Theme 2, Clean air, has no commitment and this tender asks for one",
            "Not admitted: a theme that the tender asks for has no quantity.",
        ),
    )
    assert not evaluated.evaluation.admitted


def test_without_an_offer_in_time_there_is_nothing_to_score():
    evaluated = evaluate(lot(entry("A", "100", "40", offer=None), entry("B", "100", "40", *ENOUGH)))
    (reason,) = evaluated.reasons["A"]
    assert (reason.code, reason.why) == ("no-offer", "No complete offer came in time")
    assert [(row.supplier, row.bid.value) for row in evaluated.evaluation.rows] == [("B", 60000), ("A", 0)]


def test_a_condition_that_is_not_accepted_keeps_a_bid_out():
    fails = conditions_not_accepted(MENU, ("J01", "S01"), {"S01"})
    assert [(each.code, each.why) for each in fails] == [
        ("condition-not-accepted", "The condition J01 Measure J01 is not accepted")
    ]
    evaluated = evaluate(lot(entry("A", "100", "40", *ENOUGH, fails=fails)))
    assert evaluated.evaluation.rows[0].fails == ("The condition J01 Measure J01 is not accepted",)


def test_an_error_that_no_check_finds_is_told_with_how_it_is_put_right():
    problem = Problem("no-signature", Severity.ERROR, "The form is not signed", "Sign the form")
    (reason,) = of_whole_offer((problem, replace(problem, severity=Severity.WARNING)))
    assert reason == NotAdmitted("no-signature", "The form is not signed", "Sign the form")
