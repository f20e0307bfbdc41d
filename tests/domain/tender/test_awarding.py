"""What a bid becomes when its lot is awarded: a contract that comes to the frozen social value to the penny."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import edition, measure, rate
from tests.domain.tender.build import lot, offer, pack, question, tender
from tests.domain.tender.build import measure as asked
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.facts import MOST_LONG
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.offer import Surroundings, value_offer
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.awarding import AwardedOffer, awarded_offer
from tomsapp.domain.tender.bid import Bid, BidDecision, DecisionKind
from tomsapp.domain.tender.choices import ShareBase
from tomsapp.domain.tender.lot_evaluation import EnteredBid, bid_to_evaluate, check_bid
from tomsapp.domain.tender.offer_checks import check_tender_offer
from tomsapp.domain.units import Unit

D = Decimal
CALDER = Supplier("Calder", contact_name=" Jo ", contact_email="jo@calder.example")
PEOPLE = ExclusionGroup("people", Clash.DECLARE, "the same person", ("J01", "J02"), "One person")
HOURS = ExclusionGroup("hours", Clash.BLOCK, "the same hour", ("V04", "V05"), "One hour")
MENU = edition(
    measure("J01", "4000.03", Unit.FTE_JOBS, employment_outcome=D(1)),
    measure("J02", "2100.00", Unit.FTE_JOBS, employment_outcome=D(1)),
    measure("S08", "123.4567", Unit.WEEKS, deadweight_share=D("0.1")),
    measure("V04", "17.11"),
    measure("V05", "9.99"),
    measure("G01", "10.00", asks_statement=True),
    groups=(PEOPLE, HOURS),
)
CODES = ("J01", "J02", "S08", "V04", "V05", "G01")
PACK = pack(measures=tuple(asked(code) for code in CODES), questions=(question(),))
BID = Bid(1, "Calder", D("950000.00"), D("30.5"))


def awarded(lines: Any, held: Any = PACK, bid: Bid = BID, **said: Any) -> tuple[AwardedOffer, Decimal]:
    """What becomes of an offer of these lines, and what it counts in the evaluation."""
    decisions = said.pop("decisions", ())
    left = frozenset(each.line for each in decisions if each.line)
    facts = {"bidder": CALDER, "commitments": tuple(lines)} | said
    checked = check_bid(held, MENU, EnteredBid("1", bid, offer(**facts), left))
    made = awarded_offer(held, MENU, checked, decisions, Surroundings())
    assert made is not None
    return made, bid_to_evaluate(held, MENU, 1, checked).value


def line(key: str, code: str, *quantities: str | None, **others: Any) -> Commitment:
    return Commitment(key, code, tuple(None if each is None else D(each) for each in quantities), **others)


LINES = (
    line("1", "J01", "1", "0", cost=D("20000.00"), project="Yard"),
    line("2", "S08", "24", "24", place="E05013628", statement="Four pupils", contract_share=D("0.5")),
)


def test_the_contract_has_the_facts_of_tender_lot_and_bidder():
    made, value = awarded(LINES)
    contract = made.offer.contract
    assert made.offer.commitments == LINES
    assert (made.value, made.left) == (value, ())
    assert (contract.value, contract.supplier) == (D("1200000.00"), "Calder")
    assert (contract.supplier_contact, contract.supplier_contact_email) == ("Jo", "jo@calder.example")
    assert contract.notes == (
        "From the award of T-2026-003, lot 1.\n"
        "The contract value is the council’s estimate: social value was scored as a share of it.\n"
        "The price of the bid is £950,000.00."
    )
    wrong = replace(CALDER, contact_email="nowhere")
    assert awarded(LINES, bidder=wrong)[0].offer.contract.supplier_contact_email == ""


@pytest.mark.parametrize(
    ("base", "price", "value", "told"),
    [
        (ShareBase.ESTIMATE, None, "1200000.00", ["the council’s estimate:", "No price was entered for the bid."]),
        (
            ShareBase.PRICE,
            "950000.00",
            "950000.00",
            ["the price of the bid:", "The council’s estimate was £1,200,000.00."],
        ),
        (ShareBase.PRICE, None, "1200000.00", ["the council’s estimate:", "No price was entered for the bid."]),
        (
            ShareBase.FIXED,
            "950000.00",
            "900000.00",
            ["the sum that the tender fixed", "The price of the bid is £950,000.00."],
        ),
    ],
)
def test_the_value_is_the_base_of_the_share_and_the_notes_say_what_else_there_is(base, price, value, told):
    held = replace(PACK, tender=tender(base=base, fixed_base=D("900000.00")))
    made, counted = awarded(LINES, held, replace(BID, price=None if price is None else D(price)))
    assert made.offer.contract.value == D(value)
    assert all(each in made.offer.contract.notes for each in told)
    assert made.value == counted


@pytest.mark.parametrize(
    ("whole", "own", "title"),
    [
        ("Cleaning", "Libraries", "Cleaning: Libraries"),
        ("Cleaning", "", "Cleaning"),
        ("Cleaning", "Cleaning of libraries", "Cleaning of libraries"),
        ("C" * 150, "L" * 60, "L" * 60),
    ],
)
def test_the_title_says_what_is_bought_and_which_lot_of_it(whole, own, title):
    held = replace(PACK, tender=tender(title=whole), lots=(lot(title=own),))
    assert awarded(LINES, held)[0].offer.contract.title == title


def test_a_fixed_base_needs_no_estimate():
    held = replace(PACK, tender=tender(base=ShareBase.FIXED, fixed_base=D("900000.00")), lots=(lot(value=None),))
    assert "estimate" not in awarded(LINES, held)[0].offer.contract.notes


def test_lines_that_count_nowhere_do_not_come_in():
    decisions = (BidDecision(1, "x", "ab", DecisionKind.LEAVE_OUT, "They are the same people", "1"),)
    wrong = line("3", "V04", "-1", "5")
    made, value = awarded((*LINES, wrong), decisions=decisions)
    assert [each.key for each in made.offer.commitments] == ["2"]
    assert [each.key for each in made.left] == ["1", "3"]
    assert made.value == value
    assert made.offer.contract.notes.endswith("Lines of the offer that do not count and are not here: J01 and V04.")


def test_a_bid_without_an_offer_becomes_no_contract():
    for entered in (EnteredBid("1", BID, None), EnteredBid("1", BID, offer(lot=2))):
        assert awarded_offer(PACK, MENU, check_bid(PACK, MENU, entered), (), Surroundings()) is None
    other = replace(BID, lot=2)
    checked = check_bid(PACK, MENU, EnteredBid("1", other, offer(commitments=LINES)))
    assert awarded_offer(PACK, MENU, checked, (), Surroundings()) is None


BOTH = (line("1", "J01", "1", "0"), line("2", "J02", "1", "0"), line("3", "S08", "9000", "9000"))


def found(lines: Any, code: str, **said: Any) -> Any:
    checked = check_tender_offer(PACK, MENU, offer(commitments=tuple(lines), **said)).checked
    assert checked is not None
    return next(each for each in checked.problems if each.code == code)


def test_what_the_bidder_answered_holds_in_the_contract():
    clash = found(BOTH, "declare-different")
    given = Answer("Each has a contract of their own", choice=AnswerChoice.DIFFERENT, asked=clash.asked)
    made, value = awarded(BOTH, answers={clash.key: given})
    answer = made.offer.answers[clash.key]
    assert answer.text == "Calder in its offer: Each has a contract of their own"
    checked = value_offer(made.offer, MENU, Surroundings())
    assert next(each for each in checked.problems if each.code == "declare-different").answer == answer
    assert checked.valuation.social_value == value


def test_what_was_accepted_holds_in_the_contract():
    clash = found(BOTH, "declare-different")
    accepted = BidDecision(1, clash.key, "ab", DecisionKind.ACCEPT, "The bidder named both", answer="They are two")
    made, _ = awarded(BOTH, decisions=(accepted,))
    answer = made.offer.answers[clash.key]
    assert answer.choice is AnswerChoice.DIFFERENT
    assert answer.text == "Accepted in the evaluation: The bidder named both Calder when asked: They are two"
    long = replace(accepted, reason="x" * MOST_LONG, answer="")
    assert awarded(BOTH, decisions=(long,))[0].offer.answers[clash.key].text == "x" * MOST_LONG


def test_an_answer_about_a_line_that_is_left_out_is_not_carried_over():
    clash = found(BOTH, "declare-different")
    accepted = BidDecision(1, clash.key, "ab", DecisionKind.ACCEPT, "The bidder named both")
    out = BidDecision(1, "x", "ab", DecisionKind.LEAVE_OUT, "They are the same people", "2")
    made, _ = awarded(BOTH, decisions=(accepted, out))
    assert made.offer.answers == {}


def test_an_answer_finds_its_line_where_one_before_it_is_left_out():
    lines = (line("1", "G01", "8", "8"), line("2", "G01", "9", "9", place="E05013628"))
    problems = check_tender_offer(PACK, MENU, offer(commitments=lines)).checked.problems
    asked_of_second = [each.key for each in problems if each.where.commitment == "2" and each.is_open]
    decisions = [
        BidDecision(1, each.key, "ab", DecisionKind.ACCEPT, f"The bidder explained {each.key}")
        for each in problems
        if each.is_open and each.where.commitment
    ]
    assert decisions
    out = BidDecision(1, "x", "ab", DecisionKind.LEAVE_OUT, "It is promised twice", "1")
    made, value = awarded(lines, decisions=(*decisions, out))
    checked = value_offer(made.offer, MENU, Surroundings())
    assert [each.key for each in checked.offer.commitments] == ["2"]
    assert checked.valuation.social_value == value
    assert asked_of_second == ["statement-missing:G01:2"]
    ((key, answer),) = made.offer.answers.items()
    assert (key, answer.choice) == ("statement-missing:G01", AnswerChoice.RIGHT)
    assert answer.text.endswith("statement-missing:G01:2")
    assert next(each for each in checked.problems if each.code == "statement-missing").answer == answer


AMOUNT = st.decimals(min_value=-1, max_value=500, places=4)
PROMISE = st.builds(
    lambda code, first, second, share, per: (code, first, second, share, per),
    st.sampled_from(CODES),
    st.none() | AMOUNT,
    AMOUNT,
    st.sampled_from(["1", "0.5", "0.333333"]),
    st.booleans(),
)


@given(
    st.lists(PROMISE, max_size=7),
    st.sampled_from(list(ShareBase)),
    st.none() | st.decimals(min_value=1, max_value=2_000_000, places=2),
    st.booleans(),
    st.sets(st.sampled_from([str(number) for number in range(1, 8)]), max_size=3),
)
def test_the_contract_comes_to_the_social_value_that_counts_in_the_evaluation(promised, base, price, is_framework, out):
    spend = (YearSpend(0, D("500000.01")), YearSpend(1, D("699999.99")))
    kind = ContractKind.FRAMEWORK if is_framework else ContractKind.STANDARD
    held = replace(
        PACK,
        tender=tender(base=base, fixed_base=D("900000.00"), kind=kind),
        lots=(lot(spend=spend if is_framework else ()),),
    )
    lines = []
    for number, (code, first, second, share, per) in enumerate(promised, start=1):
        if is_framework and per:
            lines.append(line(str(number), code, rate=rate(str(abs(second)), "1000.00"), contract_share=D(share)))
        else:
            quantities = (first, second)
            lines.append(Commitment(str(number), code, quantities, D(share)))
    decisions = [BidDecision(1, f"x{key}", "ab", DecisionKind.LEAVE_OUT, "It is promised twice", key) for key in out]
    made, value = awarded(lines, held, replace(BID, price=price), decisions=tuple(decisions))
    checked = value_offer(made.offer, MENU, Surroundings())
    assert checked.valuation.social_value == made.value == value
    assert len(made.offer.commitments) + len(made.left) == len(lines)
    assert not {each.key for each in made.offer.commitments} & out
