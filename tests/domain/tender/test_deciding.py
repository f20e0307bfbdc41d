"""What is found in a bid and how each of it stands: by rule, to be decided, asked, accepted or left out."""

import ast
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from inspect import getsource
from typing import Any

import pytest

from tests.domain.build import answer_to, edition, measure, rule
from tests.domain.tender.build import lot, pack, tender
from tests.domain.tender.build import measure as asked
from tests.domain.tender.build import offer as made_offer
from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import AnswerChoice
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender import offer_checks
from tomsapp.domain.tender.admission import CONDITION, EXCLUDED, NO_OFFER, SHORT_OF_MINIMUM, excluded_by_decision
from tomsapp.domain.tender.bid import Bid, BidDecision, DecisionKind
from tomsapp.domain.tender.choices import MinimumRule
from tomsapp.domain.tender.deciding import (
    DECIDED_BEFORE,
    LATE_FILE,
    BidProblem,
    BidToDecide,
    ProblemState,
    count_undecided,
    find_bid_problems,
)
from tomsapp.domain.tender.lot_evaluation import EnteredBid, bid_to_evaluate, check_bid
from tomsapp.domain.tender.offer_checks import OfferGround, check_tender_offer
from tomsapp.domain.tender.problem_kinds import PROBLEM_KINDS, ProblemGroup
from tomsapp.domain.tender.receipt import JudgedReceipt, ReceivedFile, Standing
from tomsapp.domain.tender.tender_measure import MeasureUse
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.domain.units import Unit

D = Decimal
BLOCK = ExclusionGroup("P1", Clash.BLOCK, "person", ("J01", "J06", "J07"), "One person may be counted in one of them.")
ASK = ExclusionGroup("P2", Clash.DECLARE, "pound", ("C01", "C02"), "One pound is given once.")
MENU = edition(
    measure("J01", "4000.00", Unit.FTE_JOBS, employment_outcome=D(1)),
    measure("J06", "3000.00", Unit.PEOPLE),
    measure("J07", "2000.00", Unit.PEOPLE),
    measure("S08", "500.00", Unit.WEEKS, asks_statement=True),
    measure("S02", "200.00", Unit.PEOPLE, counts=Counts.FIRST_12_MONTHS),
    measure("C01", "1.00", Unit.POUNDS),
    measure("C02", "1.00", Unit.POUNDS),
    measure("R01", "10.00", Unit.PEOPLE),
    groups=(BLOCK, ASK),
)
POLICY = Policy("c", "Council", (rule("minimum", share=D("0.05"), text=""),))
BIDDER = Supplier("Ashdown Ltd", contact_name="Al", contact_email="al@ashdown.example")


def line(key: str, code: str, *quantities: int, **others: Any) -> Commitment:
    return Commitment(key, code, tuple(map(D, quantities)), **({"statement": "How, when and with whom"} | others))


def judged_by(what, entered):
    return bid_to_evaluate(what, MENU, 1, check_bid(what, MENU, entered))


def found(
    *lines: Commitment,
    minimum: MinimumRule = MinimumRule.REPORTED,
    decisions: tuple[BidDecision, ...] = (),
    policy: Policy | None = None,
    fails=(),
    **offer: Any,
) -> dict[str, BidProblem]:
    """What is found in an offer of these lines, by the key."""
    measures = tuple(asked(code) for code in MENU.order if code != "R01")
    what = pack(
        tender=tender(minimum=minimum),
        lots=(lot(value=D("100000.00")),),
        measures=(*measures, asked("R01", use=MeasureUse.CONDITION)),
        policy=policy,
    )
    facts: dict[str, Any] = {"bidder": BIDDER, "accepted": frozenset({"R01"})} | offer
    facts.setdefault("details", {each.key: OfferedDetails(staff=PersonKind.NEW) for each in lines})
    given = made_offer(commitments=lines, **facts)
    left = frozenset(each.line for each in decisions if each.kind is DecisionKind.LEAVE_OUT)
    judged = judged_by(what, EnteredBid("1", Bid(1, "Ashdown Ltd"), given, left, fails=fails))
    whole = check_tender_offer(what, MENU, given, OfferGround())
    told = find_bid_problems(BidToDecide(MENU, minimum, whole, judged, decisions))
    # These offers of a few lines have most of their worth in one of them.
    return {each.key: each for each in told if each.problem.code != "line-over-half"}


def decision(problem: str, kind: DecisionKind = DecisionKind.ACCEPT, line: str = "", **others: Any) -> BidDecision:
    return BidDecision(1, problem, "ab" * 32, kind, "The statement says so", line, **others)


JOBS = line("1", "J01", 3, 0), line("2", "J06", 1, 0)
BOTH = "declare-different:P1:J01+J06"


def test_everything_that_can_be_found_has_its_words_and_its_group():
    own = {
        node.value
        for node in ast.walk(ast.parse(getsource(offer_checks)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(FINDINGS) <= set(PROBLEM_KINDS)
    beside = set(PROBLEM_KINDS) - set(FINDINGS) - {EXCLUDED, NO_OFFER, SHORT_OF_MINIMUM, DECIDED_BEFORE, LATE_FILE}
    assert beside <= own, "nothing has words that is found nowhere"
    assert set(offer_checks._UNFINISHED) <= set(PROBLEM_KINDS)
    assert list(ProblemGroup) == list(dict.fromkeys(kind.group for kind in PROBLEM_KINDS.values()))
    assert all(group.words for group in ProblemGroup)


def test_an_offer_without_problems():
    assert found(line("1", "S08", 4, 4)) == {}


def test_which_of_two_lines_stays_somebody_decides():
    clash = found(*JOBS)[BOTH]
    assert (clash.state, clash.words) == (ProblemState.DECIDE, "Decide")
    assert clash.measures == ("J01", "J06")
    assert [each.key for each in clash.lines] == ["1", "2"]
    assert clash.rule == "“One person may be counted in one of them.” Menu made-up 2026.1, group P1, which blocks."
    assert clash.why_not(DecisionKind.ACCEPT) == "Not possible: the same is never counted twice"
    assert (clash.why_not(DecisionKind.ASK), clash.why_not(DecisionKind.LEAVE_OUT)) == ("", "")
    assert clash.can_be_decided
    left = found(*JOBS, decisions=(decision(BOTH, DecisionKind.LEAVE_OUT, "2"),))[BOTH]
    assert (left.state, left.words) == (ProblemState.LEFT_OUT, "Left out: The statement says so")
    assert left.state.is_decided


def test_of_three_lines_the_two_that_are_left_are_decided_next():
    three = (*JOBS, line("3", "J07", 1, 0))
    every = "declare-different:P1:J01+J06+J07"
    assert list(found(*three)) == [every]
    left = found(*three, decisions=(decision(every, DecisionKind.LEAVE_OUT, "3"),))
    assert {key: each.state for key, each in left.items()} == {
        every: ProblemState.LEFT_OUT,
        BOTH: ProblemState.DECIDE,
    }
    both = (decision(every, DecisionKind.LEAVE_OUT, "3"), decision(BOTH, DecisionKind.LEAVE_OUT, "2"))
    assert count_undecided(found(*three, decisions=both).values()) == 0


def test_a_decision_on_what_is_found_no_more_stays_in_view():
    left = found(*JOBS, decisions=(decision("declare-different:P1:J01+J07", DecisionKind.LEAVE_OUT, "2"),))
    gone = left["declare-different:P1:J01+J07"]
    assert (gone.problem.code, gone.state) == (DECIDED_BEFORE, ProblemState.LEFT_OUT)
    assert gone.why_not(DecisionKind.ASK) == "Not possible: it is not found any more"
    assert not gone.can_be_decided
    assert gone.rule.startswith("“One person")
    other = found(*JOBS, decisions=(decision("statement-missing:S08"),))["statement-missing:S08"]
    assert other.rule == "Take the decision back."
    assert (left[BOTH].state, left[BOTH].words) == (ProblemState.CLOSED, "Closed: the line is left out")
    assert left[BOTH].why_not(DecisionKind.ASK) == "Closed: the line is left out"


def test_a_warning_is_asked_accepted_or_leads_to_a_line_that_is_left_out():
    said = line("1", "S08", 4, 4, statement="")
    key = "statement-missing:S08"
    assert found(said)[key].state is ProblemState.DECIDE
    assert found(said)[key].rule == "A statement is asked for and there is none."
    assert all(not found(said)[key].why_not(kind) for kind in DecisionKind)
    asked_on = {"asked_on": date(2027, 1, 25), "due_on": date(2027, 1, 29)}
    waits = found(said, decisions=(decision(key, DecisionKind.ASK, **asked_on),))[key]
    assert (waits.state, waits.words) == (ProblemState.ASKED, "Asked, due 29 January 2027")
    answer = {"answer": "By the job centre", "answered_on": date(2027, 1, 28)}
    answered = found(said, decisions=(decision(key, DecisionKind.ASK, **asked_on, **answer),))[key]
    assert (answered.state, answered.words) == (ProblemState.ANSWERED, "Answered on 28 January 2027")
    accepted = found(said, decisions=(decision(key),))[key]
    assert (accepted.state, accepted.words) == (ProblemState.ACCEPTED, "Accepted: The statement says so")
    assert [each.state.is_open for each in (waits, answered, accepted)] == [True, True, False]
    assert count_undecided([waits, answered, accepted]) == 2


def test_another_problem_of_a_line_that_is_left_out_is_closed():
    said = line("1", "J01", 1, 0), line("2", "J06", 1, 0, place="outside", statement="")
    left = found(*said, details={}, decisions=(decision(BOTH, DecisionKind.LEAVE_OUT, "1"),))
    assert left["staff-not-said:1:J01"].words == "Closed: the line is left out"


def test_what_the_bidder_explained_is_not_decided_again():
    given = line("1", "C01", 10, 0), line("2", "C02", 10, 0)
    key = "declare-different:P2:C01+C02"
    asks = found(*given)[key]
    assert (asks.state, asks.rule) == (
        ProblemState.DECIDE,
        "“One pound is given once.” Menu made-up 2026.1, group P2, which asks for a declaration.",
    )
    apart = found(*given, answers={key: answer_to(asks.problem, AnswerChoice.DIFFERENT)})[key]
    assert apart.state is ProblemState.EXPLAINED
    assert apart.words == "Explained: They are different, because: The register shows it"
    same = found(*given, answers={key: answer_to(asks.problem, AnswerChoice.SAME)})[key]
    assert (same.problem.code, same.state) == ("claimed-twice", ProblemState.DECIDE)
    assert same.rule.startswith("“One pound is given once.”")


def test_an_error_of_a_line_is_decided_by_rule():
    (wrong,) = found(line("1", "S08", -1, 4)).values()
    assert wrong.problem.code == "quantity-negative"
    assert (wrong.state, wrong.words) == (ProblemState.BY_RULE, "By rule: does not count")
    assert wrong.why_not(DecisionKind.ACCEPT) == "Not possible: what the rule forbids is never counted"
    assert wrong.why_not(DecisionKind.ASK) == ""
    other = found(line("1", "R01", 1, 4))
    assert other["condition-offered:1:R01"].state is ProblemState.BY_RULE
    assert other["condition-offered:1:R01"].rule == "It is accepted and not scored."


def test_what_is_about_a_measure_is_about_all_of_its_lines():
    years = found(line("1", "S02", 2, 2), line("2", "S02", 1, 0))
    again = next(each for each in years.values() if each.problem.code != "measure-repeated")
    assert again.problem.code == "repeated-people"
    assert [each.key for each in again.lines] == ["1", "2"]
    left = found(
        line("1", "S02", 2, 2), line("2", "S02", 1, 0), decisions=(decision("x", DecisionKind.LEAVE_OUT, "1"),)
    )
    assert left[again.key].state is ProblemState.DECIDE, "one of its lines stays"


def test_a_note_is_for_information():
    twice = found(line("1", "S08", 4, 4), line("2", "S08", 4, 4))
    (note,) = twice.values()
    assert (note.problem.code, note.state, note.can_be_decided) == ("measure-repeated", ProblemState.NOTED, False)


def test_a_condition_that_is_not_accepted_keeps_the_bid_out_and_closes_the_rest():
    out = found(line("1", "S08", 4, 4, statement=""), accepted=frozenset())
    condition = out["condition-not-accepted:R01"]
    assert (condition.problem.code, condition.words) == (CONDITION, "By rule: not admitted")
    assert condition.rule == "A condition of the tender is accepted by every bidder and scored for none."
    assert condition.why_not(DecisionKind.ASK) == "Not possible: the rule decides"
    assert not condition.can_be_decided
    assert out["statement-missing:S08"].words == "Closed: not admitted"
    assert count_undecided(out.values()) == 0


@pytest.mark.parametrize(
    ("minimum", "state", "words"),
    [
        (MinimumRule.REPORTED, ProblemState.NOTED, "For information"),
        (MinimumRule.ASKED, ProblemState.DECIDE, "Decide"),
        (MinimumRule.NOT_ADMITTED, ProblemState.BY_RULE, "By rule: not admitted"),
    ],
)
def test_a_minimum_is_reported_asked_about_or_keeps_the_bid_out(minimum, state, words):
    key = f"{SHORT_OF_MINIMUM}:minimum:1000"
    short = found(line("1", "S08", 4, 4), minimum=minimum, policy=POLICY)[key]
    assert (short.state, short.words) == (state, words)
    assert short.problem.message == "Short by £1,000.00 of the 5% minimum"
    assert short.rule.endswith(minimum.meaning)
    assert short.topic == "Minimum"
    assert found(line("1", "S08", 4, 6), minimum=minimum, policy=POLICY) == {}


def test_a_bid_that_is_short_until_it_is_chosen_which_line_stays_is_not_closed():
    given = line("1", "J01", 2, 0), line("2", "J06", 1, 0)
    short = found(*given, minimum=MinimumRule.NOT_ADMITTED, policy=POLICY)
    assert short[BOTH].state is ProblemState.DECIDE
    assert short[f"{SHORT_OF_MINIMUM}:minimum:5000"].state is ProblemState.BY_RULE
    left = (decision(BOTH, DecisionKind.LEAVE_OUT, "2"),)
    assert list(found(*given, minimum=MinimumRule.NOT_ADMITTED, policy=POLICY, decisions=left)) == [BOTH]
    other = (decision(BOTH, DecisionKind.LEAVE_OUT, "1"),)
    again = found(*given, minimum=MinimumRule.NOT_ADMITTED, policy=POLICY, decisions=other)
    assert again[f"{SHORT_OF_MINIMUM}:minimum:2000"].words == "By rule: not admitted"


def test_a_bid_that_was_excluded_and_one_of_which_no_file_counts():
    out = found(line("1", "S08", 4, 4), fails=(excluded_by_decision("It did not answer. "),))
    assert (out[EXCLUDED].problem.message, out[EXCLUDED].state) == (
        "Excluded: It did not answer",
        ProblemState.BY_RULE,
    )
    assert out[EXCLUDED].rule == "The council may exclude a bid by a decision on record, with its reason."
    what = pack()
    judged = judged_by(what, EnteredBid("1", Bid(1, "Ashdown Ltd"), None))
    (none,) = find_bid_problems(BidToDecide(MENU, MinimumRule.REPORTED, None, judged))
    assert (none.key, none.words, none.lines) == (NO_OFFER, "By rule: not admitted", ())
    assert replace(none, state=ProblemState.DECIDE).why_not(DecisionKind.LEAVE_OUT) == "Not possible: the rule decides"


def test_a_late_file_is_told_and_keeps_out_nothing_that_counts():
    file = ReceivedFile(4, "late.xlsx", "ab" * 32, 10, datetime(2027, 1, 22, 14, tzinfo=UTC))
    late = (JudgedReceipt(file, Standing.LATE, "Late by 1 h. Does not count"),)
    judged = judged_by(pack(), EnteredBid("1", Bid(1, "Ashdown Ltd"), None))
    told = find_bid_problems(BidToDecide(MENU, MinimumRule.REPORTED, None, judged, (), late))
    found = next(each for each in told if each.problem.code == LATE_FILE)
    assert (found.key, found.words, found.problem.message) == (
        "late-file:4",
        "By rule: not read",
        "Late by 1 h. Does not count",
    )
    assert found.rule == "The last complete offer that comes in time counts; no other does."
    assert found.why_not(DecisionKind.ASK) == "Not possible: the rule decides"


def test_a_warning_about_no_line_leaves_nothing_out():
    mail = found(line("1", "S08", 4, 4), bidder=replace(BIDDER, contact_email="none"))[
        "bidder-email-wrong:contact_email"
    ]
    assert mail.state is ProblemState.DECIDE
    assert mail.why_not(DecisionKind.LEAVE_OUT) == "Not possible: it is about no single line"
    assert mail.why_not(DecisionKind.ACCEPT) == ""
    assert mail.rule == "Of the contact."
