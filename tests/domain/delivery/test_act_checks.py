"""What must be put right before an act of delivery is done."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import contract, measure
from tests.domain.delivery.build import accepted, act, q, returned
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.delivery.act_checks import DeliveryActGround, delivery_act_problems, is_same_person
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Counts, Earned
from tomsapp.domain.units import Unit

D = Decimal
KIND = DeliveryActKind
SIGNED = contract(years=2, status=ContractStatus.SIGNED)
Q1, Q2, *_ = quarters_of(SIGNED)
TODAY, DONE = date(2026, 10, 20), date(2026, 10, 12)
REASON = "The letters show no more than this"
HOURS = measure("V1", "15.60")
TREES = measure("T1", None, Unit.TREES)
JOB = measure(
    "J1", "18944.37", Unit.FTE_JOBS, counts=Counts.FIRST_12_MONTHS, earned=Earned.AT_COMPLETION, evidence_months=12
)
CLAIM = returned("V1", "1.2", "30", evidenced="25", returned_on=date(2026, 10, 5))
TWO_JOBS = returned("J1", "1.2", "2", evidenced="2", returned_on=date(2026, 10, 5))


def facts(kind: DeliveryActKind = KIND.ACCEPT, quantity: str | None = None, **others) -> DeliveryActFacts:
    given = {"done_on": DONE, "role": "Contract manager", "delivery": 1, "commitment": "V1", "quarter": q("1.2")}
    return DeliveryActFacts(kind, **(given | {"quantity": quantity and D(quantity)} | others))


def ground(**others) -> DeliveryActGround:
    given = {"delivery": CLAIM, "measure": HOURS, "quarter": Q2, "entered_by": "P. Shah"}
    return DeliveryActGround(**({"contract": SIGNED, "rules": DeliveryRules(), "by": "A. Okafor"} | given | others))


def codes(said: DeliveryActFacts, held: DeliveryActGround, today: date = TODAY) -> list[str]:
    found = delivery_act_problems(said, held, today)
    assert all(problem.message and problem.fix for problem in found if not problem.code.startswith("role"))
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (facts(quantity="25", reason=REASON), []),
        (facts(quantity="25"), ["reason-short"]),
        (facts(quantity="26", reason=REASON), ["quantity-over"]),
        (facts(quantity="0", reason=REASON), ["quantity-missing"]),
        (facts(reason=REASON), ["quantity-missing"]),
        (facts(quantity="0.001", reason=REASON), ["quantity-too-precise"]),
        (facts(quantity="25", reason=REASON, role=" "), ["role-missing"]),
        (facts(quantity="25", reason=REASON, done_on=date(2026, 10, 21)), ["done-on-future"]),
        (facts(quantity="25", reason=REASON, done_on=date(2026, 10, 4)), ["done-on-early"]),
        (facts(KIND.ACCEPT_PROVISIONALLY, "25", reason=REASON), ["not-provisional"]),
        (facts(KIND.REJECT, "30", reason=REASON), []),
        (facts(KIND.REJECT, "30", reason="No"), ["reason-short"]),
        (facts(KIND.REJECT, "31", reason=REASON), ["quantity-over"]),
        (facts(KIND.LAPSE, "1", reason=REASON), ["quantity-over"]),
        (facts(KIND.WITHDRAW, reason=REASON), []),
        (facts(KIND.WITHDRAW), ["reason-short"]),
        (facts(KIND.TELL_TO_IMPROVE), ["improve-by-missing", "reason-short"]),
        (facts(KIND.TELL_TO_IMPROVE, reason=REASON, improve_by=date(2026, 12, 31)), []),
        (facts(KIND.TELL_TO_IMPROVE, reason=REASON, improve_by=date(2026, 1, 1)), ["improve-by-early"]),
        (facts(KIND.IMPROVED, reason=REASON), ["not-told"]),
        (facts(KIND.PUBLISH), []),
    ],
)
def test_what_is_said_of_a_decision(said, found):
    assert codes(said, ground()) == found


@pytest.mark.parametrize(
    ("kind", "improve_by", "told_on", "found"),
    [
        (KIND.IMPROVED, date(2026, 12, 31), date(2026, 10, 1), []),
        (KIND.IMPROVED, date(2026, 12, 31), date(2026, 10, 18), ["done-on-early"]),
        (KIND.NOT_IMPROVED, date(2026, 12, 31), date(2026, 10, 1), ["opportunity-runs"]),
        (KIND.NOT_IMPROVED, date(2026, 10, 2), date(2026, 10, 1), []),
        (KIND.NOT_IMPROVED, None, date(2026, 10, 1), []),
    ],
)
def test_whether_a_supplier_improved_is_said_when_the_opportunity_has_ended(kind, improve_by, told_on, found):
    told = act(KIND.TELL_TO_IMPROVE, done_on=told_on, improve_by=improve_by)
    assert codes(facts(kind, reason=REASON), ground(told=told)) == found
    assert codes(facts(kind), ground(told=told)) == [*found, "reason-short"]


def test_all_of_a_claim_is_accepted_without_a_reason():
    whole = replace(CLAIM, evidenced=D(30))
    assert codes(facts(quantity="30"), ground(delivery=whole)) == []
    assert codes(facts(quantity="29"), ground(delivery=whole)) == ["reason-short"]


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ({"contract": replace(SIGNED, status=ContractStatus.DRAFT)}, ["contract-not-signed"]),
        ({"contract": replace(SIGNED, status=ContractStatus.WITHDRAWN)}, ["contract-not-signed"]),
        ({"contract": replace(SIGNED, status=ContractStatus.CLOSED)}, []),
        ({"delivery": None}, ["claim-missing"]),
        ({"measure": None}, ["claim-missing"]),
        ({"quarter": None}, ["claim-missing"]),
        ({"delivery": replace(CLAIM, state=DeliveryState.WITHDRAWN)}, ["claim-withdrawn"]),
        ({"entered_by": " a.  OKAFOR"}, ["accepted-own"]),
        ({"entered_by": "A. Okafor", "rules": DeliveryRules(may_accept_own=True)}, []),
        ({"entered_by": "", "by": ""}, []),
    ],
)
def test_what_a_decision_is_held_against(others, found):
    assert codes(facts(quantity="25", reason=REASON), ground(**others)) == found


def test_whoever_entered_a_claim_may_not_confirm_it():
    held = ground(delivery=replace(TWO_JOBS, accepted=D(2), provisional=D(2)), measure=JOB, entered_by="A. Okafor")
    assert codes(facts(KIND.CONFIRM, "2", done_on=date(2027, 9, 30)), held, date(2028, 1, 1)) == ["accepted-own"]


def test_whoever_entered_a_claim_may_reject_it():
    assert codes(facts(KIND.REJECT, "30", reason=REASON), ground(entered_by="A. Okafor")) == []
    assert is_same_person("a. okafor ", "A.  Okafor")
    assert not is_same_person("", "")


def test_what_is_accepted_is_not_withdrawn():
    part = replace(CLAIM, accepted=D(5))
    assert codes(facts(KIND.WITHDRAW, reason=REASON), ground(delivery=part)) == ["withdraw-accepted"]


@pytest.mark.parametrize(
    ("kind", "quantity", "provisional", "done_on", "began", "found"),
    [
        (KIND.ACCEPT, "2", "0", "2026-10-12", [], ["not-earned"]),
        (KIND.ACCEPT, "2", "0", "2027-09-30", [], []),
        (KIND.ACCEPT, "1", "0", "2027-07-20", ["2026-07-20"], []),
        (KIND.ACCEPT, "2", "0", "2027-07-20", ["2026-07-20"], ["not-earned"]),
        (KIND.ACCEPT_PROVISIONALLY, "2", "0", "2026-10-12", [], []),
        (KIND.CONFIRM, "2", "2", "2027-09-29", [], ["not-earned"]),
        (KIND.CONFIRM, "2", "2", "2027-09-30", [], []),
        (KIND.CONFIRM, "1", "2", "2027-08-01", ["2026-07-20", "2026-08-31"], []),
        (KIND.CONFIRM, "1", "1", "2027-08-01", ["2026-07-20", "2026-08-31"], ["not-earned"]),
        (KIND.LAPSE, "2", "2", "2026-11-12", [], []),
    ],
)
def test_nothing_is_accepted_for_good_before_it_is_earned(kind, quantity, provisional, done_on, began, found):
    claim = replace(TWO_JOBS, accepted=D(2), provisional=D(provisional)) if D(provisional) else TWO_JOBS
    days = [date.fromisoformat(day) for day in began]
    held = ground(delivery=claim, measure=JOB, began=days)
    said = facts(kind, quantity, done_on=date.fromisoformat(done_on), reason=REASON)
    assert codes(said, held, date(2028, 1, 1)) == found


def test_it_is_said_how_much_is_earned_and_when_the_rest():
    held = ground(delivery=TWO_JOBS, measure=JOB, began=[date(2026, 7, 20)])
    [found] = delivery_act_problems(facts(quantity="2", done_on=date(2027, 7, 20)), held, date(2028, 1, 1))
    assert found.message == "1 of it is earned on 20 July 2027, all of it on 30 September 2027"


def test_what_is_shown_instead_is_asked_for():
    shown = replace(JOB, evidence_if_later="the last payroll record")
    *_, last = quarters_of(SIGNED)
    claim = replace(TWO_JOBS, quarter=last.quarter, returned_on=SIGNED.end_on)
    held = ground(delivery=claim, measure=shown, quarter=last)
    said = facts(quantity="2", quarter=last.quarter, done_on=SIGNED.end_on)
    assert codes(said, held, date(2028, 5, 1)) == ["shown-instead", "reason-short"]
    assert codes(replace(said, reason=REASON), held, date(2028, 5, 1)) == ["shown-instead"]
    later = replace(said, done_on=date(2029, 3, 31))
    assert codes(later, held, date(2029, 5, 1)) == []
    began = replace(held, began=[date(2027, 3, 1), date(2027, 3, 1)])
    assert codes(said, began, date(2028, 5, 1)) == []


AGREED = {"supplier_by": "R. Amsel", "supplier_on": date(2026, 10, 14), "cause": "Left after five weeks"}
SHORT = {"measure": JOB, "delivery": None, "missing": D(2), "missing_pounds": D("37888.74")}


def agreement(kind: DeliveryActKind, quantity: str | None = None, **others) -> DeliveryActFacts:
    return facts(kind, quantity, **({"commitment": "J1", "delivery": None} | AGREED | others))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (agreement(KIND.LEAVE_OPEN), []),
        (agreement(KIND.LEAVE_OPEN, supplier_by=" "), ["supplier-by-missing"]),
        (agreement(KIND.LEAVE_OPEN, supplier_on=None), ["supplier-on-missing"]),
        (agreement(KIND.LEAVE_OPEN, supplier_on=date(2026, 10, 21)), ["supplier-on-future"]),
        (agreement(KIND.LEAVE_OPEN, cause=""), ["cause-missing"]),
        (agreement(KIND.LEAVE_OPEN, done_on=date(2026, 9, 29)), ["quarter-not-ended"]),
        (agreement(KIND.CARRY, "2", carried_to=q("1.3")), []),
        (agreement(KIND.CARRY, "3", carried_to=q("1.3")), ["quantity-over"]),
        (agreement(KIND.CARRY, "2"), ["carried-to-missing"]),
        (agreement(KIND.CARRY, "2", carried_to=q("3.1")), ["carried-to-missing"]),
        (agreement(KIND.CARRY, "2", carried_to=q("1.2")), ["carried-to-early"]),
        (
            agreement(KIND.CARRY, "2", carried_to=q("1.3"), done_on=date(2027, 1, 5)),
            ["done-on-future", "carried-to-early"],
        ),
        (agreement(KIND.MONEY, amount=D("37888.74")), []),
        (agreement(KIND.MONEY, amount=D("37888.75")), ["amount-over"]),
        (agreement(KIND.MONEY, amount=D(0)), ["amount-missing"]),
        (agreement(KIND.MONEY), ["amount-missing"]),
        (agreement(KIND.SUBSTITUTE, "10", other_commitment="V1"), []),
        (agreement(KIND.SUBSTITUTE, "11", other_commitment="V1"), ["quantity-over"]),
        (agreement(KIND.SUBSTITUTE, "10", other_commitment="J1"), ["other-missing"]),
    ],
)
def test_what_is_said_of_an_agreement(said, found):
    assert codes(said, ground(**SHORT, other=HOURS, surplus=D(10))) == found


@pytest.mark.parametrize(
    ("said", "others", "found"),
    [
        (agreement(KIND.CARRY, "1", carried_to=q("1.3")), {"measure": None}, ["shortfall-missing"]),
        (agreement(KIND.CARRY, "1", carried_to=q("1.3")), {"quarter": None}, ["shortfall-missing"]),
        (agreement(KIND.CARRY, "1"), {"missing": D(0), "missing_pounds": D(0)}, ["nothing-missing"]),
        (agreement(KIND.SUBSTITUTE, "1", other_commitment="V1"), {"other": None}, ["other-missing"]),
        (agreement(KIND.SUBSTITUTE, "1", other_commitment="T1"), {"other": TREES}, ["other-not-valued"]),
        (agreement(KIND.SUBSTITUTE, "1", other_commitment="V1"), {"measure": TREES}, ["other-not-valued"]),
        (agreement(KIND.MONEY, "2", amount=D(90)), {"measure": TREES}, []),
        (agreement(KIND.MONEY, amount=D(90)), {"measure": TREES}, ["quantity-missing"]),
        (agreement(KIND.CARRY, "0.5", carried_to=q("1.3")), {"measure": TREES}, ["quantity-too-precise"]),
    ],
)
def test_what_an_agreement_is_held_against(said, others, found):
    assert codes(said, ground(**(SHORT | {"other": HOURS, "surplus": D(10)} | others))) == found


@pytest.mark.parametrize(
    ("reverses", "done_on", "found"),
    [
        (act(KIND.ACCEPT), DONE, []),
        (act(KIND.PUBLISH), DONE, ["act-published"]),
        (None, DONE, ["act-missing"]),
        (act(KIND.TAKE_BACK), DONE, ["act-taken-back"]),
        (act(KIND.ACCEPT), date(2026, 10, 11), ["done-on-early"]),
    ],
)
def test_what_is_taken_back(reverses, done_on, found):
    said = facts(KIND.TAKE_BACK, done_on=done_on, reason=REASON)
    assert codes(said, ground(reverses=reverses)) == found
    assert codes(replace(said, reason=""), ground(reverses=reverses)) == [*found, "reason-short"]


def test_a_decided_claim_leaves_nothing_to_accept():
    assert codes(facts(quantity="1"), ground(delivery=accepted("V1", "1.2", "30"))) == ["quantity-over"]
