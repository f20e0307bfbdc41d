"""What is found in bids told side by side, and what leaving a line out does."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.domain.build import rule
from tests.domain.tender.build import SHA, lot, pack, tender
from tests.domain.tender.build import measure as asked
from tests.domain.tender.build import offer as made_offer
from tests.domain.tender.test_deciding import BIDDER, MENU, POLICY, judged_by, line
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.rules.registry import EMPLOYMENT_OUTCOMES, SCOPE
from tomsapp.domain.tender.admission import EXCLUDED, NO_OFFER
from tomsapp.domain.tender.bid import Bid
from tomsapp.domain.tender.choices import MinimumRule, ShareBase
from tomsapp.domain.tender.deciding import BidProblem, BidToDecide, ProblemState, find_bid_problems
from tomsapp.domain.tender.lot_evaluation import EnteredBid
from tomsapp.domain.tender.offer_checks import check_tender_offer
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.problem_kinds import ProblemGroup
from tomsapp.domain.tender.problem_words import beside_others, effect_words, in_short, rows_of_bids
from tomsapp.domain.tender.tender_offer import StatedValue

D = Decimal


def what(**others: Any):
    facts: dict[str, Any] = {"policy": POLICY, "lots": (lot(value=D("100000.00")),), "version": 2}
    measures = tuple(asked(code) for code in MENU.order)
    return pack(measures=measures, **(facts | others))


def checked(*lines, given=None, **offer: Any):
    facts: dict[str, Any] = {"bidder": BIDDER} | offer
    return check_tender_offer(given or what(), MENU, made_offer(commitments=lines, **facts))


def problems(whole) -> tuple[BidProblem, ...]:
    judged = judged_by(what(), EnteredBid("1", Bid(1, "A"), whole.offer))
    return find_bid_problems(BidToDecide(MENU, MinimumRule.REPORTED, whole, judged))


def short(whole, code: str) -> str:
    found = next(each for each in problems(whole) if each.problem.code == code)
    return in_short(found, whole, MENU)


def plain(code: str, *measures: str, key: str = "") -> BidProblem:
    problem = Problem(code, Severity.WARNING, "It is wrong", "Mend it", key=key or f"{code}:{measures}")
    return BidProblem(problem, ProblemState.DECIDE, "Decide", measures)


def test_the_same_of_all_bids_stands_in_one_row():
    one = plain("statement-missing", "J01"), plain("statement-missing", "J01", key="2"), plain("older-pack")
    other = plain("older-pack"), plain("statement-missing", "S08"), plain("never-add-together", "J01", "J06")
    rows = rows_of_bids([one, other])
    assert [(row.code, row.measures, row.cells) for row in rows] == [
        ("never-add-together", ("J01", "J06"), (None, other[2])),
        ("older-pack", (), (one[2], other[0])),
        ("statement-missing", ("J01",), (one[0], None)),
        ("statement-missing", ("J01",), (one[1], None)),
        ("statement-missing", ("S08",), (None, other[1])),
    ]
    assert [row.subject(MENU) for row in rows[:3]] == ["J01 and J06", "See what was changed since", "J01 Measure J01"]
    assert [row.group for row in rows[:3]] == [ProblemGroup.TWICE, ProblemGroup.FILE, ProblemGroup.EXPLAINED]
    assert rows_of_bids([]) == ()


def test_each_policy_rule_has_its_row():
    outcomes, share = (replace(plain("short-of-minimum", key=each), topic=each) for each in ("Outcomes", "5% minimum"))
    rows = rows_of_bids([(outcomes,), (share, outcomes)])
    assert [(row.subject(MENU), row.cells) for row in rows] == [
        ("5% minimum", (None, share)),
        ("Outcomes", (outcomes, outcomes)),
    ]


@pytest.mark.parametrize(
    ("code", "offer", "words"),
    [
        ("older-pack", {}, "Version 1"),
        ("unit-value-changed", {"stated": (StatedValue("J06", D("5500.00")),)}, "£5,500.00"),
        ("question-unanswered", {"statements": {}}, "Question 1"),
        ("bidder-email-wrong", {"bidder": replace(BIDDER, contact_email="x")}, "The e-mail address has no @"),
        ("never-add-together", {}, "J01 3 and J06 1"),
        ("staff-not-said", {}, "3 full-time jobs"),
        ("short-of-minimum", {}, "Short by £4,500.00 of the 5% minimum"),
    ],
)
def test_each_cell_in_short(code, offer, words):
    facts = {"pack": PackIdentity("T-2026-003", 1, SHA)} | offer
    whole = checked(line("1", "J01", 2, 1), line("2", "J06", 1, 0), line("3", "S08", 1, 0), **facts)
    assert short(whole, code) == words


def test_cells_of_lines_that_are_not_valued():
    whole = checked(line("1", "J99", 1, 0), line("2", "S08", 1, 0, statement=""))
    assert short(whole, "unknown-measure") == next(
        each.message for each in whole.problems if each.code == "unknown-measure"
    )
    assert short(whole, "statement-missing") == "1 week"
    nowhere = checked(line("1", "S08", 1, 0, statement=""), lot=7)
    about = BidProblem(
        Problem("statement-missing", Severity.WARNING, "No statement", "", Where("1"), key="k"),
        ProblemState.DECIDE,
        "Decide",
        ("S08",),
        nowhere.offer.commitments,
    )
    assert in_short(about, nowhere, MENU) == "No statement"
    twice = replace(about, measures=("S08", "J06"))
    assert in_short(twice, nowhere, MENU) == "No statement"
    over = replace(about, problem=replace(about.problem, code="value-above-contract"), lines=())
    assert in_short(over, nowhere, MENU) == "No statement"
    assert in_short(over, whole, MENU) == "£500.00"


def test_a_bid_without_an_offer_in_short():
    assert in_short(plain(NO_OFFER), None, MENU) == "No file counts"
    assert in_short(plain(EXCLUDED), checked(), MENU) == "Excluded"
    late = plain("late-file")
    late = replace(late, problem=replace(late.problem, where=Where(row=3)))
    assert in_short(late, checked(), MENU) == "Receipt 3"
    assert in_short(plain("older-pack"), None, MENU) == "It is wrong"


def test_what_the_bids_promise_of_a_measure():
    bids = [(name, checked(line("1", "S08", weeks, 0))) for name, weeks in (("A", 60), ("B", 2), ("C", 4))]
    beside = beside_others("S08", "A", [*bids, ("D", None), ("E", checked(line("1", "S08", 1, 0), lot=7))])
    assert beside.promised == (("A", D(60)), ("B", D(2)), ("C", D(4)), ("D", None), ("E", None))
    assert beside.middle == D(3)
    assert beside_others("J01", "A", bids).middle is None


def judged(*lines, given=None, **offer: Any):
    entered = EnteredBid("1", Bid(1, "A"), made_offer(commitments=lines, bidder=BIDDER, **offer))
    return judged_by(given or what(), entered)


SHORT = line("1", "S08", 1, 0)
ENOUGH = line("2", "S08", 10, 0)


def test_what_leaving_a_line_out_does():
    before, after = judged(SHORT, ENOUGH), judged(ENOUGH)
    assert effect_words("Ashdown", before, after, MinimumRule.REPORTED) == (
        "Ashdown goes from £5,500.00 to £5,000.00, 5.00% of £100,000.00.",
        "Minimum: still enough.",
    )
    assert effect_words("Ashdown", before, judged(SHORT), MinimumRule.NOT_ADMITTED) == (
        "Ashdown goes from £5,500.00 to £500.00, 0.50% of £100,000.00.",
        "It is then short by £4,500.00 of the 5% minimum.",
        "The bid is then not admitted.",
    )
    assert effect_words("Ashdown", judged(SHORT), judged(), MinimumRule.REPORTED)[1:] == (
        "It is still short by £5,000.00 of the 5% minimum.",
    )


def test_of_two_that_may_not_count_together_the_one_that_stays_counts():
    clash = line("1", "J01", 2, 0), line("2", "J06", 1, 0)
    assert effect_words("Ashdown", judged(*clash), judged(clash[0]), MinimumRule.NOT_ADMITTED) == (
        "Ashdown goes from £0.00 to £8,000.00, 8.00% of £100,000.00.",
        "Minimum: then enough.",
        "The bid is then admitted.",
    )
    left = judged(*clash)
    assert effect_words("Ashdown", left, left, MinimumRule.REPORTED)[0].startswith("Ashdown stays at £0.00")


def test_what_cannot_be_said_is_not_said():
    asks = Policy("c", "Council", (rule("scope", SCOPE), rule("jobs", EMPLOYMENT_OUTCOMES, threshold=D(10**9))))
    given = what(policy=asks, tender=tender(base=ShareBase.FIXED))
    none = judged_by(given, EnteredBid("1", Bid(1, "A"), None))
    assert effect_words("A", none, none, MinimumRule.REPORTED) == ("A stays at £0.00.",)
    nothing = what(policy=asks)
    both = judged(SHORT, given=nothing)
    assert effect_words("A", both, both, MinimumRule.REPORTED) == ("A stays at £500.00, 0.50% of £100,000.00.",)
