"""The sums of what was delivered: each printed one gives its pounds on a calculator."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import commit, contract, edition, measure
from tests.domain.delivery.build import accepted, planned
from tests.domain.delivery.test_delivered import contracts
from tests.domain.printed import work_out
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.delivered_sums import quarter_steps, quarter_text, shortfall_text, state_sums
from tomsapp.domain.delivery.figures import DeliveredLine, State
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.money import round_pounds

D = Decimal
MENU = edition(measure("M1", "226.50"), measure("T1", None))
WHAT = contract(years=2)
LABELS = tuple(year.label for year in WHAT.years)
PLAN = planned("M1", q1_1="10", q1_2="20", q1_3="5", q1_4="5")


def line_of(*rows, until=date(2027, 6, 30), **others) -> DeliveredLine:
    lines = [commit("M1", "40", "40", **others), commit("T1", "4", "4")]
    total = value_delivered(WHAT, MENU, lines, plan_in_force(WHAT, MENU, lines, PLAN), rows, [], until)
    return total.lines[0]


def texts(line: DeliveredLine, state: State = State.ACCEPTED) -> list[str]:
    return [quarter_text(line, each, state, LABELS) for each in line.quarters]


def test_a_quarter_is_what_is_so_far_less_what_was_before():
    line = line_of(accepted("M1", "1.1", "10"), accepted("M1", "1.2", "15"))
    first, second, third, *_ = texts(line)
    assert first == "to Q1: 10 × £226.50 = £2,265.00"
    assert second == "to Q2: 25 × £226.50 = £5,662.50; to Q1: 10 × £226.50 = £2,265.00; Q2 = £3,397.50"
    assert third == ""
    assert texts(line, State.DUE)[2] == (
        "to Q3: 35 × £226.50 = £7,927.50; to Q2: 30 × £226.50 = £6,795.00; Q3 = £1,132.50"
    )


def test_what_came_late_is_told_with_its_year():
    line = line_of(accepted("M1", "1.1", "10"), accepted("M1", "2.1", "35"), contract_share="0.5")
    assert texts(line)[4] == (
        "2026/27 to Q1: 40 × £226.50 × 50% = £4,530.00; before: 10 × £226.50 × 50% = £1,132.50; "
        "2027/28 to Q1: 5 × £226.50 × 50% = £566.25; Q1 = £3,963.75"
    )


def test_each_year_has_a_sum_and_what_is_missing_its_working():
    line = line_of(accepted("M1", "1.1", "10"), accepted("M1", "2.1", "15"))
    assert [(each.labels, each.equation) for each in state_sums(line, State.DUE, LABELS)] == [
        (("2026/27",), "40 × £226.50 = £9,060.00"),
        (("2027/28",), "10 × £226.50 = £2,265.00"),
    ]
    assert shortfall_text(line, line.shortfall) == "15 × £226.50 + 10 × £226.50"
    assert shortfall_text(line_of(), line_of().shortfall) == "40 × £226.50 + 10 × £226.50"


def test_a_record_only_measure_has_no_sums():
    lines = [commit("T1", "4")]
    total = value_delivered(WHAT, MENU, lines, {}, [accepted("T1", "1.1", "1")], [], date(2026, 6, 30))
    [line] = total.lines
    assert quarter_text(line, line.quarters[0], State.DUE, LABELS) == ""
    assert quarter_steps(line, line.quarters[0], State.DUE) == ()
    assert state_sums(line, State.DUE, LABELS) == ()
    assert shortfall_text(line, line.shortfall) == ""
    none = value_delivered(WHAT, MENU, lines, {}, [], [], date(2026, 6, 30)).lines[0]
    assert shortfall_text(none, none.shortfall) == "1"


def test_every_step_of_a_quarter_has_its_number():
    line = line_of(accepted("M1", "1.1", "10"), accepted("M1", "2.1", "35"))
    steps = quarter_steps(line, line.quarters[4], State.ACCEPTED)
    assert [(step.name, step.text) for step in steps] == [
        ("quantity", "40"),
        ("unit_value", "× £226.50"),
        ("round", "= £9,060.00"),
        ("less", "− £2,265.00"),
        ("add", "= £6,795.00"),
        ("quantity", "5"),
        ("unit_value", "× £226.50"),
        ("round", "= £1,132.50"),
        ("add", "= £1,132.50"),
    ]
    assert steps[-1].result == Fraction("7927.5")
    assert [step.name for step in quarter_steps(line, line.quarters[0], State.ACCEPTED)] == [
        "quantity",
        "unit_value",
        "round",
    ]
    assert quarter_steps(line, line.quarters[5], State.ACCEPTED) == ()


_EQUATION = re.compile(r": ([^;=]+) = £([\d,.]+)")


def rounds_to(text: str, pounds: str) -> bool:
    """Whether a calculator gives these pounds for a sum, whatever a factor that is cut goes on with."""
    low, high = work_out(text)
    return round_pounds(low) <= Decimal(pounds.replace(",", "")) <= round_pounds(high)


@given(contracts(), st.integers(0, 1300))
def test_every_printed_sum_gives_its_pounds(made, days):
    what, menu, lines, entries, rows = made
    until = date.fromordinal(what.start_on.toordinal() + days)
    total = value_delivered(what, menu, lines, plan_in_force(what, menu, lines, entries), rows, [], until)
    labels = tuple(year.label for year in what.years)
    for line in total.lines:
        for state in State:
            for each in line.quarters:
                text = quarter_text(line, each, state, labels)
                equations = _EQUATION.findall(text)
                assert all(rounds_to(*equation) for equation in equations)
                steps = quarter_steps(line, each, state)
                if steps:
                    assert steps[-1].result == Fraction(each.of(state).pounds)
                    assert equations
                    assert len(equations) == 1 or text.endswith(f" = £{each.of(state).pounds:,}")
            sums = state_sums(line, state, labels)
            assert sum(printed.total for printed in sums) == sum(line.pounds_by_year(state))
            assert all(rounds_to(printed.text, printed.result_text[1:]) for printed in sums)
