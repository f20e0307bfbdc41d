"""What of a contract is due on which day, and what is told of it before and after."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import commit, contract, edition, measure
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.due import (
    Due,
    DueKind,
    Nearness,
    decide_on,
    dues_of,
    near_dues,
    planned_lines,
    reminders_of,
)
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.quarters import Quarter, quarters_of
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Counts
from tomsapp.domain.unit_words import count_in_words
from tomsapp.domain.units import Unit

RULES = DeliveryRules()
TALK = measure("T1", "10", Unit.PEOPLE)
JOB = measure(
    "J1",
    "1000",
    Unit.PEOPLE,
    counts=Counts.FIRST_12_MONTHS,
    evidence_months=12,
    evidence_if_later="The payroll record of the last month.",
)
COURSE = measure("C1", "100", Unit.PEOPLE, evidence_months=3)
MENU = edition(TALK, JOB, COURSE)
YEAR = replace(contract("1000000"), start_on=date(2026, 4, 1), end_on=date(2027, 3, 31))


def due(what: Contract, *lines: object, signed_on: date | None = None) -> tuple[Due, ...]:
    commitments = [replace(line, key=str(number)) for number, line in enumerate(lines, start=1)]  # type: ignore[type-var]
    plan = plan_in_force(what, MENU, commitments)
    return dues_of(what, planned_lines(MENU, commitments, plan), RULES, signed_on)


def of(kind: DueKind, dues: tuple[Due, ...]) -> list[Due]:
    return [each for each in dues if each.kind is kind]


def test_a_return_is_due_so_many_days_after_each_quarter_and_says_what_is_due_in_it():
    found = of(DueKind.RETURN, due(YEAR, commit("T1", "10"), commit("GONE", "5")))
    assert [each.on for each in found] == [date(2026, 7, 30), date(2026, 10, 30), date(2027, 1, 30), date(2027, 4, 30)]
    assert found[1].what == "Return for Q2 (Jul to Sep 2026)"
    assert [each.detail for each in found] == [
        (f"T1 {count_in_words(TALK, Decimal(number))}",) for number in (2, 2, 3, 3)
    ]
    assert [each.key for each in found] == ["return-1q1", "return-1q2", "return-1q3", "return-1q4"]


@pytest.mark.parametrize(
    ("signed_on", "days"),
    [
        # Before it began, and on the last day of a quarter: nothing is different.
        (date(2026, 3, 20), [(7, 30), (10, 30), (1, 30), (4, 30)]),
        (date(2026, 6, 30), [(7, 30), (10, 30), (1, 30), (4, 30)]),
        # One quarter, or two, were over: their returns are due as long after the signing.
        (date(2026, 7, 1), [(7, 31), (10, 30), (1, 30), (4, 30)]),
        (date(2026, 11, 24), [(12, 24), (12, 24), (1, 30), (4, 30)]),
        # All of it was over.
        (date(2027, 4, 1), [(5, 1)] * 4),
    ],
)
def test_no_return_is_due_before_the_contract_was_signed(signed_on, days):
    found = of(DueKind.RETURN, due(YEAR, commit("T1", "10"), signed_on=signed_on))
    assert [(each.on.month, each.on.day) for each in found] == days
    said = [each.note for each in found if each.note]
    assert len(said) == sum(quarter.ends_on < signed_on for quarter in quarters_of(YEAR))
    near = near_dues(YEAR, (), RULES, date(2027, 12, 1), signed_on)
    assert [each.on for each in near] == [each.on for each in found]


def test_a_quarter_that_was_over_before_the_signing_is_said_so():
    first, *_ = of(DueKind.RETURN, due(YEAR, commit("T1", "10"), signed_on=date(2026, 11, 24)))
    assert first.detail == (f"T1 {count_in_words(TALK, Decimal(2))}",)
    assert first.note == "The quarter was over before the contract was signed on 24 November 2026"


def test_no_evidence_is_due_before_the_contract_was_signed():
    found = of(DueKind.EVIDENCE, due(YEAR, commit("C1", "4"), signed_on=date(2026, 12, 20)))
    assert [each.on for each in found] == [date(2026, 12, 20), date(2026, 12, 30), date(2027, 3, 31), date(2027, 7, 1)]


def test_a_quarter_for_which_nothing_is_planned_asks_for_a_return_all_the_same():
    found = of(DueKind.RETURN, due(YEAR, commit("T1", "1")))
    assert found[0].detail == ("Nothing is planned for this quarter; the return says so",)
    assert len(of(DueKind.RETURN, due(YEAR))) == 4


def test_evidence_that_can_exist_later_is_due_then_and_at_the_end_what_is_shown_instead():
    longer = replace(YEAR, end_on=date(2028, 3, 31))
    found = of(DueKind.EVIDENCE, due(longer, commit("J1", "4", "1"), commit("J1", "4", "0")))
    assert [(each.on, each.key) for each in found] == [
        (date(2027, 6, 30), "evidence-1q1-J1"),
        (date(2027, 9, 30), "evidence-1q2-J1"),
        (date(2027, 12, 31), "evidence-1q3-J1"),
        (date(2028, 3, 31), "evidence-1q4-J1"),
        (date(2028, 3, 31), "evidence-2q4-J1"),
    ]
    assert found[0].detail[0].endswith("it exists 12 months after a unit counts, at the latest then")
    assert found[0].detail[0].startswith(count_in_words(JOB, Decimal(2))), "both lines together"
    assert found[-1].detail[1] == "The payroll record of the last month"
    without = of(DueKind.EVIDENCE, due(YEAR, commit("C1", "4")))
    assert without[-1].on == date(2027, 7, 1), "the menu does not say what is shown instead"


@pytest.mark.parametrize(
    ("latest", "left", "end", "expected"),
    [
        (None, None, date(2027, 3, 31), None),
        (None, 0, date(2027, 3, 31), None),
        (None, 1, date(2027, 3, 31), date(2026, 12, 31)),
        (date(2027, 3, 31), 1, date(2027, 3, 31), None),
        (date(2028, 3, 31), None, date(2027, 3, 31), date(2026, 12, 31)),
        (date(2028, 3, 31), 2, date(2026, 4, 30), date(2026, 4, 1)),
    ],
)
def test_an_extension_is_decided_three_months_before_the_end(latest, left, end, expected):
    what = replace(YEAR, latest_end_on=latest, extensions_left=left, end_on=end)
    assert decide_on(what) == expected


def test_an_extension_says_the_end_the_latest_end_and_how_many_are_left():
    (found,) = of(DueKind.EXTENSION, due(replace(YEAR, latest_end_on=date(2029, 3, 31), extensions_left=2)))
    assert found.detail == (
        "It ends on 31 March 2027",
        "At the latest it ends on 31 March 2029",
        "2 extensions are left",
    )
    (short,) = of(DueKind.EXTENSION, due(replace(YEAR, extensions_left=1)))
    assert short.detail == ("It ends on 31 March 2027", "1 extension is left")
    (known,) = of(DueKind.EXTENSION, due(replace(YEAR, latest_end_on=date(2029, 3, 31))))
    assert known.detail == ("It ends on 31 March 2027", "At the latest it ends on 31 March 2029")


def test_what_is_due_is_in_the_order_of_its_days():
    found = due(replace(YEAR, latest_end_on=date(2028, 3, 31)), commit("C1", "4"))
    assert [each.on for each in found] == sorted(each.on for each in found)
    assert found[-1].kind in {DueKind.EVIDENCE, DueKind.RETURN}
    assert len({each.key for each in found}) == len(found)


def test_a_contract_of_one_day_and_one_of_fifty_years_have_what_is_due():
    day = due(replace(YEAR, end_on=YEAR.start_on), commit("T1", "1"))
    assert [(each.kind, each.on) for each in day] == [
        (DueKind.END, date(2026, 4, 1)), (DueKind.RETURN, date(2026, 5, 1)),
    ]  # fmt: skip
    assert len(of(DueKind.RETURN, due(replace(YEAR, end_on=date(2076, 3, 31)), commit("T1", "1")))) == 200


# Reminders


@pytest.mark.parametrize(
    ("today", "returned", "words"),
    [
        (date(2026, 7, 15), (), []),
        (date(2026, 7, 16), (), ["Return for Q1 (Apr to Jun 2026) is due in 14 days, on 30 July 2026"]),
        (date(2026, 7, 29), (), ["Return for Q1 (Apr to Jun 2026) is due in 1 day, on 30 July 2026"]),
        (date(2026, 7, 30), (), ["Return for Q1 (Apr to Jun 2026) is due today"]),
        (date(2026, 7, 31), (), ["Return for Q1 (Apr to Jun 2026) was due 1 day ago, on 30 July 2026"]),
        (date(2026, 7, 31), (Quarter(0, 1),), []),
        (date(2026, 12, 20), (Quarter(0, 1), Quarter(0, 2)),
         ["Decide whether to extend it: in 11 days, on 31 December 2026"]),
        (date(2026, 12, 31), (Quarter(0, 1), Quarter(0, 2)), ["Decide whether to extend it: today"]),
        (date(2027, 1, 1), (Quarter(0, 1), Quarter(0, 2)), []),
        (date(2028, 1, 1), tuple(Quarter(0, number) for number in range(1, 5)), []),
    ],
)  # fmt: skip
def test_what_is_due_soon_or_late_is_told_until_it_is_there(today, returned, words):
    what = replace(YEAR, latest_end_on=date(2028, 3, 31))
    dues = due(what, commit("T1", "4"))
    assert [each.words for each in reminders_of(dues, returned, RULES, today)] == words
    near = list(near_dues(what, returned, RULES, today))
    assert [each.words for each in reminders_of(near, returned, RULES, today)] == words
    assert {(each.kind, each.on, each.key) for each in near} <= {(each.kind, each.on, each.key) for each in dues}


def test_a_late_return_is_not_called_coming():
    dues = due(YEAR, commit("T1", "4"))
    found = reminders_of(dues, (), RULES, date(2026, 10, 20))
    assert [(each.nearness, each.days) for each in found] == [(Nearness.LATE, 82), (Nearness.COMING, 10)]
