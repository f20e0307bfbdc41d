"""Signs of risk, each with its reason: a late return, a low word, and a rest that asks for another pace."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import commit, contract, edition, measure
from tests.domain.delivery.build import accepted, planned, q, returned
from tomsapp.domain.delivery.at_risk import Sign, late_from, risks
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.due import return_due_on
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Counts
from tomsapp.domain.units import Unit

D = Decimal
WHAT = contract(years=2)
RULES = DeliveryRules()
IN_TIME = date(2026, 7, 20)


def found(*rows, until: date, today: date, lines=None, menu=None, plan=(), rules=RULES, signed_on=None):
    menu = menu or edition(measure("M1", "100", many="hours of advice"))
    lines = lines or [commit("M1", "40", "40")]
    total = value_delivered(WHAT, menu, lines, plan_in_force(WHAT, menu, lines, plan), rows, [], until)
    return risks(total, rules, today, signed_on)


def signs(*rows, **others) -> list[str]:
    return [risk.sign.value for risk in found(*rows, **others)]


def on_time(quarter: str, quantity: str):
    ends_on = next(each.ends_on for each in quarters_of(WHAT) if each.quarter == q(quarter))
    return accepted("M1", quarter, quantity, returned_on=ends_on)


def test_a_return_is_due_a_month_after_its_quarter_and_a_risk_two_weeks_later():
    first = quarters_of(WHAT)[0]
    assert (return_due_on(first, RULES), late_from(first, RULES)) == (date(2026, 7, 30), date(2026, 8, 13))


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 8, 13), []), (date(2026, 8, 14), ["late_return"])],
)
def test_a_return_that_does_not_come_is_a_risk_at_once(today, expected):
    assert signs(until=date(2026, 6, 30), today=today) == expected


def test_a_late_return_says_for_what_and_by_how_much():
    [risk] = found(until=date(2026, 6, 30), today=date(2026, 8, 14))
    assert risk.words == ("The return for Q1 (Apr to Jun 2026) was due on 30 July 2026 and has not come, 15 days late")
    late = accepted("M1", "1.1", "10", returned_on=date(2026, 8, 20))
    [came] = found(late, until=date(2026, 6, 30), today=date(2026, 9, 1))
    assert came.words.endswith("and came on 20 August 2026, 21 days late")
    assert (came.quarter, came.commitment) == (quarters_of(WHAT)[0], "M1")


def test_a_return_that_came_late_is_no_risk_after_the_next_one():
    late = accepted("M1", "1.1", "10", returned_on=date(2026, 8, 20))
    rows = [late, on_time("1.2", "10")]
    assert signs(*rows, until=date(2026, 9, 30), today=date(2026, 10, 1)) == []


def test_a_return_of_nothing_is_no_late_return():
    nothing = returned("M1", "1.1", "0", note="No school could be visited", returned_on=IN_TIME)
    assert signs(nothing, until=date(2026, 6, 30), today=date(2026, 9, 1)) == []


def test_what_was_accepted_is_judged_after_two_quarters():
    assert signs(on_time("1.1", "4"), until=date(2026, 6, 30), today=IN_TIME) == []
    rows = [on_time("1.1", "4"), on_time("1.2", "8")]
    [low, slow] = found(*rows, until=date(2026, 9, 30), today=date(2026, 10, 1))
    assert (low.sign, low.words) == (Sign.RATING, "Requires improvement: accepted 12 ÷ due 20 = 60.0%")
    assert (slow.sign, slow.words) == (
        Sign.PACE,
        "68 hours of advice are left for 6 quarters: 11.33… each, and so far it was 6 (12 ÷ 2)",
    )


def test_a_rest_within_the_pace_is_no_risk():
    rows = [on_time("1.1", "8"), on_time("1.2", "9")]
    assert signs(*rows, until=date(2026, 9, 30), today=date(2026, 10, 1)) == []
    assert signs(*rows, until=date(2026, 9, 30), today=date(2026, 10, 1), rules=replace(RULES, pace=D(1))) == ["pace"]


def test_a_rest_that_asks_for_the_very_pace_is_no_risk():
    rows = [on_time("1.1", "10"), on_time("1.2", "10")]
    assert signs(*rows, until=date(2026, 9, 30), today=date(2026, 10, 1), rules=replace(RULES, pace=D(1))) == []


def test_nothing_so_far_is_no_pace():
    rows = [returned("M1", f"1.{number}", "0", note="No school could be visited") for number in (1, 2)]
    assert signs(*rows, until=date(2026, 9, 30), today=date(2026, 10, 1)) == ["rating", "pace"]


def test_only_quarters_with_a_plan_count():
    once = edition(measure("M1", "100", Unit.COMPLETIONS, counts=Counts.ONCE))
    rows = [accepted("M1", "1.4", "2", returned_on=date(2027, 3, 31))]
    lines = [commit("M1", "2", "2")]
    assert signs(*rows, until=date(2027, 12, 31), today=date(2028, 1, 1), menu=once, lines=lines) == []
    plan = planned("M1", q1_1="10", q1_2="10", q1_4="20", q2_4="40")
    rows = [on_time("1.1", "10"), on_time("1.2", "10")]
    [risk] = found(*rows, until=date(2026, 9, 30), today=date(2026, 10, 1), plan=plan)
    assert risk.words.startswith("60 hours of advice are left for 2 quarters: 30 each")


def test_at_the_end_nothing_is_left_to_come():
    rows = [on_time(f"{year}.{number}", "4") for year in (1, 2) for number in range(1, 5)]
    assert signs(*rows, until=WHAT.end_on, today=WHAT.end_on) == ["rating"]


def test_a_per_cent_has_no_pace():
    menu = edition(measure("M1", None, Unit.PERCENT))
    plan = planned("M1", q1_1="10", q1_2="20", q2_4="30")
    rows = [accepted("M1", "1.2", "30", returned_on=date(2026, 9, 30)), accepted("M1", "1.1", "1", returned_on=IN_TIME)]
    lines = [commit("M1", "30", "30")]
    assert "pace" not in signs(
        *rows, until=date(2026, 9, 30), today=date(2026, 10, 1), menu=menu, lines=lines, plan=plan
    )


@pytest.mark.parametrize(
    ("signed_on", "today", "late"),
    [
        (None, date(2026, 11, 29), ["Q1", "Q2"]),
        (date(2026, 3, 20), date(2026, 11, 29), ["Q1", "Q2"]),
        (date(2026, 11, 24), date(2027, 1, 7), []),
        (date(2026, 11, 24), date(2027, 1, 8), ["Q1", "Q2"]),
        (date(2026, 8, 1), date(2026, 11, 29), ["Q1", "Q2"]),
        (date(2026, 8, 1), date(2026, 9, 14), []),
        (date(2026, 8, 1), date(2026, 9, 15), ["Q1"]),
    ],
)
def test_no_return_is_late_before_the_contract_was_signed(signed_on, today, late):
    told = found(until=min(today, date(2026, 9, 30)), today=today, signed_on=signed_on)
    assert [risk.quarter.label[:2] for risk in told if risk.sign is Sign.LATE_RETURN] == late


def test_a_late_return_of_a_quarter_that_was_over_before_the_signing_says_so():
    risk, *_ = found(until=date(2026, 6, 30), today=date(2027, 1, 8), signed_on=date(2026, 11, 24))
    assert risk.words == (
        "The return for Q1 (Apr to Jun 2026) was due on 24 December 2026 and has not come, 15 days late. "
        "The quarter was over before the contract was signed on 24 November 2026"
    )


def test_per_cents_of_two_years_are_never_told_as_one():
    menu, lines = edition(measure("M1", None, Unit.PERCENT)), [commit("M1", "30", "30")]
    rows = [on_time("1.4", "30"), on_time("2.4", "10")]
    told = [risk.words for risk in found(*rows, until=WHAT.end_on, today=WHAT.end_on, menu=menu, lines=lines)]
    assert told == ["Requires improvement: accepted ÷ due: (30% + 10%) ÷ (30% + 30%) = 66.6%"]


def test_signs_have_their_words():
    assert [sign.words for sign in Sign] == ["Rating", "Late return", "Pace"]
