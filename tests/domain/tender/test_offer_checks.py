"""An offer held against its pack: what it is worth by the pack's values, and what is wrong with it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.domain.build import edition as made_edition
from tests.domain.build import measure as menu_measure
from tests.domain.build import policy_standings, rule
from tests.domain.tender.build import SHA, lot, measure, offer, pack, question, tender
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import Counts
from tomsapp.domain.policy import Policy, PolicyResult
from tomsapp.domain.problems import Severity
from tomsapp.domain.proxy import UnitValue
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.tender.choices import ShareBase
from tomsapp.domain.tender.offer_checks import OfferGround, check_tender_offer, refusals
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.tender.tender_measure import MeasureUse
from tomsapp.domain.tender.tender_offer import OfferedDetails, StatedValue
from tomsapp.domain.units import Unit

D = Decimal
DATED = (UnitValue(D(270), D(270), "2024", 2027), UnitValue(D(280), D(280), "2024", 2028))
EDITION = made_edition(
    menu_measure("J01", "20202.72", Unit.PEOPLE, employment_outcome=D(1)),
    menu_measure("J11", "5050.50", Unit.FTE_YEARS),
    menu_measure("S08", "226.50", Unit.WEEKS),
    menu_measure("S02", "2767.43", Unit.PEOPLE, counts=Counts.ONCE),
    menu_measure("G01", "270", Unit.TONNES, unit_values=DATED),
    menu_measure("R01", None, Unit.PEOPLE),
)
EDITION = replace(EDITION, code="barnet-open", edition="2026.2")
BIDDER = Supplier("Calder Clean Cooperative", contact_name="J. Bloom", contact_email="bids@calder.example")
NEW = OfferedDetails(staff=PersonKind.NEW)
CONDITION = measure("J11", "1", use=MeasureUse.CONDITION)


def made(**others: Any):
    """A finished offer of a new job and 48 weeks."""
    facts: dict[str, Any] = {"bidder": BIDDER, "details": {"1": NEW}}
    return offer(**(facts | others))


def held(one, ground: OfferGround | None = None, **others: Any):
    return check_tender_offer(pack(**others), EDITION, one, ground)


def codes(checked) -> str:
    return " ".join(problem.code for problem in checked.problems if problem.severity is not Severity.NOTE)


def line(code: str, *quantities: str | None, key: str = "9", **others: Any) -> Commitment:
    given = tuple(None if each is None else D(each) for each in quantities)
    return Commitment(key, code, given, statement="As we said", **others)


def test_an_offer_that_is_finished_is_worth_what_the_pack_says():
    checked = held(made())
    assert codes(checked) == "line-over-half"
    assert (checked.unfinished, checked.refused, checked.has_errors) == ("", "", False)
    assert checked.checked.valuation.social_value == D("20202.72") + 48 * D("226.50")
    assert checked.checked.valuation.contract.supplier == "Calder Clean Cooperative"


def found(one, code: str, **others: Any):
    """The Problems of one kind."""
    return [problem for problem in held(one, **others).problems if problem.code == code]


ALL = tuple(measure(code) for code in ("J01", "J11", "S08", "S02", "G01", "R01"))
SESSION = YearParts(0, PartsForm.SESSIONS, (D(12), D(2), D(1)))
CASES = [
    (
        made(pack=PackIdentity("T-9", 1, SHA)),
        {},
        "other-tender",
        "The offer answers the tender T-9, and not T-2026-003",
    ),
    (made(), {"version": 2}, "older-pack", "The offer was made with pack version 1, and version 2 is in force"),
    (made(lot=2), {}, "no-such-lot", "The offer is for lot 2, which the tender does not have"),
    (made(), {"lots": (lot(value=None),)}, "no-such-lot", "The offer is for lot 1, which the tender does not have"),
    (made(bidder=replace(BIDDER, name=" ")), {}, "bidder-name-missing", "The name of the organisation is missing"),
    (made(bidder=replace(BIDDER, contact_name="")), {}, "bidder-contact-missing", "The name of a contact is missing"),
    (
        made(bidder=replace(BIDDER, contact_email="")),
        {},
        "bidder-email-missing",
        "The e-mail address of the contact is missing",
    ),
    (made(bidder=replace(BIDDER, contact_email="x")), {}, "bidder-email-wrong", "The e-mail address has no @"),
    (made(statements={}), {}, "question-unanswered", "Question 1 has no answer"),
    (made(statements={1: " \n"}), {}, "question-unanswered", "Question 1 has no answer"),
    (
        made(statements={1: "one two three"}),
        {"questions": (question(most_words=2),)},
        "answer-too-long",
        "The answer to question 1 has 3 words, and 2 are allowed",
    ),
    (
        made(),
        {"measures": (*ALL[:1], *ALL[2:], CONDITION)},
        "condition-not-accepted",
        "J11 Measure J11, a condition of the tender, is not accepted",
    ),
    (
        made(commitments=(line("J11", "1", "1"),), accepted=frozenset({"J11"})),
        {"measures": (*ALL[:1], *ALL[2:], CONDITION)},
        "condition-offered",
        "J11 Measure J11 is a condition that every bidder accepts",
    ),
    (made(commitments=(line("J11", "1", "1"),)), {}, "not-in-tender", "J11 Measure J11 is not in this tender"),
    (
        made(commitments=(line("S08", "1", None),)),
        {},
        "year-blank",
        "No quantity is entered for 2028/29",
    ),
    (made(details={}), {}, "staff-not-said", "It is not said whether the people are new, retained or transferred"),
    (
        made(details={"1": OfferedDetails(staff=PersonKind.TRANSFERRED)}),
        {},
        "jobs-not-new",
        "J01 Measure J01 counts new jobs, and these people are transferred (TUPE)",
    ),
    (
        made(details={"1": NEW, "2": OfferedDetails((SESSION, replace(SESSION, year=1, numbers=(D(5), D(5), D(1)))))}),
        {},
        "parts-differ",
        "The quantity of 2028/29 is 24, and its parts come to 25",
    ),
    (
        made(details={"1": NEW, "2": OfferedDetails((replace(SESSION, numbers=(D(5),)),))}),
        {},
        "parts-missing",
        "The parts of 2027/28 are not complete",
    ),
    (
        made(stated=(StatedValue("S08", D("226.50")), StatedValue("J01", D("20202.73")), StatedValue("J01", D(1)))),
        {},
        "unit-value-changed",
        "J01 Measure J01 has a unit value of £20,202.73 in the file, and £20,202.72 in the pack",
    ),
    (
        made(stated=(StatedValue("G01", D(280), 1), StatedValue("G01", D(280), 0), StatedValue("G01", D(280)))),
        {},
        "unit-value-changed",
        "G01 Measure G01 has a unit value of £280.00 in the file, and £270.00 in the pack",
    ),
    (
        made(stated=(StatedValue("R01", D(5)), StatedValue("X9", D(5)))),
        {},
        "unit-value-changed",
        "R01 Measure R01 has a unit value of £5.00 in the file, and none in the pack",
    ),
]


@pytest.mark.parametrize(("one", "others", "code", "message"), CASES, ids=[case[2] for case in CASES])
def test_what_is_wrong_with_an_offer_is_found_once_and_said(one, others, code, message):
    [problem] = found(one, code, **others)
    assert problem.message == message
    assert problem.fix
    assert problem.key
    assert problem in held(one, **others).open_problems


RIGHT = [
    made(stated=(StatedValue("G01", D(280)), StatedValue("G01", D(270), 0), StatedValue("G01", D(280), 1))),
    made(commitments=(line("S02", None, "1"),)),
    made(commitments=(line("J01", "0", "0"),), details={}),
    made(details={"1": NEW, "2": OfferedDetails((SESSION,))}),
    made(
        commitments=(line("S08", "3.8", "3.7"),),
        details={
            "9": OfferedDetails(
                tuple(YearParts(year, PartsForm.PEOPLE_WEEKS, (D("1.5"), D("2.5"))) for year in (0, 1, 5))
            )
        },
    ),
]


@pytest.mark.parametrize("one", RIGHT)
def test_what_is_right_is_not_asked_about(one):
    asked = {"year-blank", "parts-differ", "staff-not-said", "unit-value-changed", "jobs-not-new"}
    assert asked.isdisjoint(problem.code for problem in held(one, measures=ALL).problems)


def test_a_promise_per_pound_has_no_blank_years_and_asks_who_comes_into_the_jobs():
    years = (YearSpend(0, D("600000.00")), YearSpend(1, D("600000.00")))
    framework = {"tender": tender(kind=ContractKind.FRAMEWORK), "lots": (lot(spend=years),)}
    one = made(commitments=(line("J01", rate=Rate(D(1), D("600000.00"))),), details={})
    checked = held(one, **framework)
    assert checked.checked.valuation.social_value == 2 * D("20202.72")
    assert [problem.code for problem in checked.problems if problem.where.commitment] == ["staff-not-said"]


def test_years_after_the_end_and_lines_of_no_measure_are_left_to_the_checks_of_every_offer():
    one = made(
        commitments=(line("S08", "1", "1", None), line("X9", "1", "1", key="8"), line("S08", None, None, key="7"))
    )
    told = [problem.code for problem in held(one).problems]
    assert "year-blank" not in told
    assert "unknown-measure" in told


def test_parts_of_a_year_after_the_end_are_told_by_their_number():
    parts = replace(SESSION, year=4, numbers=())
    [problem] = found(made(details={"1": NEW, "2": OfferedDetails((parts,))}), "parts-missing")
    assert problem.message == "The parts of year 5 are not complete"


def test_a_line_that_the_tender_does_not_ask_counts_nowhere_and_the_others_do():
    one = made(commitments=(line("J11", "1", "1"), line("S08", "1", "1", key="2")))
    checked = held(one).checked
    assert checked.inadmissible == {"9"}
    assert checked.admissible.social_value == 2 * D("226.50")
    assert checked.valuation.social_value == 2 * D("226.50") + 2 * D("5050.50")


def test_what_is_not_said_of_a_line_leaves_all_lines_as_they_are():
    one = made(statements={}, bidder=Supplier(""))
    checked = held(one)
    assert checked.checked.admissible == checked.checked.valuation
    assert checked.has_errors
    assert checked.unfinished == (
        "1 question has no answer, 1 name of the organisation is missing, 1 name of a contact is missing, "
        "1 e-mail address is missing"
    )


def test_why_an_offer_is_not_finished_is_told_with_counts():
    one = made(commitments=(line("S08", "1", None), line("J01", None, "1", key="2"), line("S02", None, key="3")))
    asked = (question(1, "50"), question(2, "50"))
    assert held(one, questions=asked, measures=ALL).unfinished == (
        "1 line has no quantity, 2 quantities are missing, 1 question has no answer"
    )
    assert held(made(commitments=())).unfinished == "1 offer promises nothing"


ISSUED = (PackIdentity("T-2026-003", 1, SHA), PackIdentity("T-2026-003", 2, "cd" * 32))


@pytest.mark.parametrize(
    ("made_with", "code"),
    [
        (ISSUED[1], ""),
        (ISSUED[0], "older-pack"),
        (replace(ISSUED[0], sha256="ef" * 32), "other-pack"),
        (replace(ISSUED[1], version=3), "other-pack"),
    ],
)
def test_an_offer_names_a_pack_that_was_issued(made_with, code):
    checked = held(made(pack=made_with), OfferGround(ISSUED), version=2)
    assert " ".join(problem.code for problem in checked.own) == code
    assert bool(checked.refused) == (code == "other-pack")


def test_what_answers_another_tender_is_refused_whatever_else_it_is():
    checked = held(made(pack=PackIdentity("T-9", 1, SHA), lot=7))
    assert checked.refused == "The offer answers the tender T-9, and not T-2026-003"
    assert checked.checked is None
    assert [problem.severity for problem in checked.problems] == [Severity.ERROR] * 2


def test_what_answers_something_else_is_refused_before_it_is_read():
    asked, known = pack(), PackIdentity("T-2026-003", 1, SHA)
    assert refusals(asked, known, 1) == ()
    said = [
        [problem.code for problem in refusals(asked, *each)]
        for each in ((replace(known, reference="T-9"), 7), (known, 7), (replace(known, sha256="ef"), 1, (known,)))
    ]
    assert said == [["other-tender"], ["no-such-lot"], ["other-pack"]]


def test_policy_rules_are_held_against_the_base_of_a_share():
    policy = Policy("larkmere", "Larkmere", (rule("minimum", share=D("0.05"), threshold=D(0)),))
    by_price = tender(base=ShareBase.PRICE)
    one = made()
    needed = [
        held(one, OfferGround(price=price), policy=policy, tender=by_price).checked.policy_checks[0].needed
        for price in (None, D("1000000.00"))
    ]
    assert needed == [60_000, 50_000]
    checked = held(one, policy=policy).checked
    assert [check.result for check in checked.policy_checks] == [PolicyResult.SHORT]
    assert policy_standings(checked.admissible, policy)[0].shortfall == 60_000 - checked.admissible.social_value


def test_other_bids_are_compared_with():
    ground = OfferGround(medians={"S08": D(2)})
    assert "above-other-bids" in codes(held(made(), ground))
    assert "above-other-bids" not in codes(held(made()))
