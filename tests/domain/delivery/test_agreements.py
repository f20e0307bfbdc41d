"""Agreements on shortfalls: every missing pound is settled or open, and no surplus is used twice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.build import commit, contract, edition, measure
from tests.domain.delivery.build import accepted, act, planned, q, returned
from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.figures import Delivered, DeliveredLine, State
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.units import Unit

D = Decimal
KIND = DeliveryActKind
MENU = edition(measure("J1", "18944.37", Unit.FTE_JOBS), measure("V1", "15.60"), measure("T1", None, Unit.TREES))
LINES = [commit("J1", "2", "2"), commit("V1", "40", "40"), commit("T1", "8", "8")]
WHAT = contract(years=2)
Q2, YEAR, NEXT, END = date(2026, 9, 30), date(2027, 3, 31), date(2027, 6, 30), date(2028, 3, 31)
PLAN = [*planned("J1", q1_2="2", q2_2="2"), *planned("V1", q1_1="20", q1_3="20")]


def delivered(rows, acts=(), until=Q2) -> Delivered:
    return value_delivered(WHAT, MENU, LINES, plan_in_force(WHAT, MENU, LINES, PLAN), rows, acts, until)


def line_of(code: str, rows, *acts: DeliveryAct, until=Q2) -> DeliveredLine:
    return next(line for line in delivered(rows, acts, until).lines if line.commitment.key == code)


def carry(quantity: str = "1", to: str = "2.1", number: int = 1, commitment: str = "J1", **others) -> DeliveryAct:
    return act(KIND.CARRY, number, commitment=commitment, quarter="1.2", quantity=quantity, carried_to=to, **others)


def substitute(quantity: str, number: int = 1, **others) -> DeliveryAct:
    facts = {"commitment": "J1", "other_commitment": "V1", "quarter": "1.2", "quantity": quantity}
    return act(KIND.SUBSTITUTE, number, **(facts | others))


def money(amount: str | None, number: int = 1, **others) -> DeliveryAct:
    return act(KIND.MONEY, number, **({"commitment": "J1", "quarter": "1.2", "amount": amount} | others))


ONE_OF_TWO = accepted("J1", "1.2", "1")


def test_what_is_missing_and_not_agreed_is_open():
    short = line_of("J1", [ONE_OF_TWO]).shortfall
    assert (short.units, short.pounds, short.open_pounds) == (1, D("18944.37"), D("18944.37"))
    assert short.by_year == ((0, D(1)),)


def test_what_is_carried_stays_due_and_is_agreed():
    line = line_of("J1", [ONE_OF_TWO], carry())
    assert (line.units.due, line.rated.percent) == (2, "50.0%")
    assert (line.shortfall.agreed_pounds, line.shortfall.open_pounds) == (D("18944.37"), 0)
    assert line.shortfall.agreed_units == 1


def test_what_was_carried_and_did_not_come_is_open_again():
    assert line_of("J1", [ONE_OF_TWO], carry(to="1.4"), until=date(2026, 12, 31)).shortfall.open_pounds == 0
    over = line_of("J1", [ONE_OF_TWO], carry(to="1.4"), until=YEAR).shortfall
    assert (over.open_pounds, over.agreed[0].is_over) == (D("18944.37"), True)
    assert line_of("J1", [ONE_OF_TWO], carry(to="3.1")).shortfall.agreed[0].is_over


def test_what_was_carried_and_came_counts_at_the_value_of_its_year():
    came = line_of("J1", [ONE_OF_TWO, accepted("J1", "2.1", "1")], carry(), until=NEXT)
    assert (came.shortfall.units, came.rated.percent) == (0, "100.0%")
    assert came.units_by_year(State.ACCEPTED) == (2, 0)
    assert came.shortfall.agreed[0].pounds == 0


def test_no_more_is_carried_than_is_missing():
    short = line_of("J1", [ONE_OF_TWO], carry("0.5"), carry("4", number=2)).shortfall
    assert [each.quantity for each in short.agreed] == [D("0.5"), D("0.5")]
    assert [each.pounds for each in short.agreed] == [D("9472.19"), D("9472.18")]
    assert short.open_pounds == 0


def test_a_surplus_stands_for_what_is_missing_of_another():
    rows = [ONE_OF_TWO, accepted("V1", "1.1", "60")]
    total = delivered(rows, [substitute("30")])
    [job, hours, _] = total.lines
    [agreed] = job.shortfall.agreed
    assert (agreed.pounds, agreed.worth, agreed.used) == (D("468.00"), D("468.00"), 30)
    assert (hours.units.surplus, hours.pounds.surplus) == (40, D("624.00"))
    assert (total.agreed_pounds, total.open_pounds) == (D("468.00"), D("18476.37"))
    assert job.rated.percent == "50.0%"


@pytest.mark.parametrize(
    ("acts", "settled"),
    [
        ([substitute("50")], ["624.00"]),
        ([substitute("30"), substitute("30", 2)], ["468.00", "156.00"]),
        ([substitute("30", amount="100.00")], ["100.00"]),
        ([substitute("30", amount="9999.00")], ["468.00"]),
        ([substitute("30", 2), act(KIND.TAKE_BACK, 3, reverses=2)], []),
        ([substitute("30", other_commitment="V9")], ["0.00"]),
        ([substitute("30", other_commitment="J1")], ["0.00"]),
        ([substitute("1", other_commitment="T1")], ["0.00"]),
        ([substitute("1", commitment="T1"), substitute("30", 2)], ["468.00"]),
        ([substitute("30", quarter="1.3")], []),
        ([money("5000.00")], ["5000.00"]),
        ([money("50000.00")], ["18944.37"]),
        ([money(None)], ["0.00"]),
        ([money("18000.00"), substitute("30", 2), substitute("40", 3)], ["18000.00", "468.00", "156.00"]),
        ([money("18900.00"), substitute("30", 2), carry(number=3)], ["18900.00", "44.37", "0.00"]),
        ([act(KIND.LEAVE_OPEN, commitment="J1", quarter="1.2")], ["0.00"]),
        ([act(KIND.TELL_TO_IMPROVE, commitment="J1", quarter="1.2")], []),
    ],
)
def test_what_agreements_settle(acts, settled):
    rows = [ONE_OF_TWO, accepted("V1", "1.1", "60"), accepted("T1", "1.1", "8")]
    short = line_of("J1", rows, *acts).shortfall
    assert [each.pounds for each in short.agreed] == [D(each) for each in settled]
    assert short.open_pounds == D("18944.37") - sum(map(D, settled))


def test_an_agreement_on_a_commitment_that_is_gone_uses_nothing_up():
    total = delivered([accepted("V1", "1.1", "60")], [substitute("30", commitment="M9")])
    assert total.lines[1].units.surplus == 40
    assert total.agreed_pounds == 0


def test_what_was_used_as_a_substitute_fills_nothing_later():
    """60 hours in the first quarter, 20 due: 30 stand for a job, so in the third quarter 30 of 40 count."""
    rows = [ONE_OF_TWO, accepted("V1", "1.1", "60")]
    hours = line_of("V1", rows, substitute("30"), until=YEAR)
    assert (hours.units.due, hours.units.accepted, hours.units.surplus) == (40, 30, 30)
    assert (hours.units.final, hours.pounds.final, hours.pounds.provisional) == (30, D("468.00"), 0)
    assert (hours.pounds.missing, hours.pounds.surplus) == (D("156.00"), D("468.00"))
    before = line_of("V1", rows, substitute("30"), until=date(2026, 6, 30))
    assert (before.units.accepted, before.units.surplus) == (20, 40)


def test_what_was_agreed_first_is_served_first_whatever_quarter_it_is_of():
    """60 hours in the first quarter; 20 are due by the second and 40 by the third, so that 20 are over there."""
    rows = [accepted("V1", "1.1", "60")]
    third = substitute("20", 1, quarter="1.3")
    used = [each.used for each in line_of("J1", rows, third, substitute("30", 2), until=YEAR).shortfall.agreed]
    assert used == [20, 0]
    third = substitute("20", 2, quarter="1.3")
    for quantity, expected in (("30", [30, 0]), ("15", [15, 5])):
        agreed = line_of("J1", rows, substitute(quantity, 1), third, until=YEAR).shortfall.agreed
        assert [each.used for each in agreed] == expected


def test_a_substitute_is_no_more_than_the_surplus_that_is_left():
    taken_back = [ONE_OF_TWO, returned("V1", "1.1", "60", evidenced="60", accepted="25", rejected="35")]
    [agreed] = line_of("J1", taken_back, substitute("30")).shortfall.agreed
    assert (agreed.used, agreed.pounds) == (5, D("78.00"))


def test_what_is_provisional_is_used_up_first():
    rows = [ONE_OF_TWO, accepted("V1", "1.1", "60", provisional="35")]
    hours = line_of("V1", rows, substitute("30"), until=YEAR)
    assert (hours.units.accepted, hours.units.final, hours.units.provisional) == (30, 25, 5)


def test_what_is_only_counted_is_settled_in_units():
    short = line_of("T1", [accepted("T1", "1.1", "1")], carry("2", commitment="T1")).shortfall
    assert (short.units, short.agreed_units, short.open_units, short.pounds) == (3, 2, 1, 0)
    paid = line_of("T1", [accepted("T1", "1.1", "1")], money("90.00", commitment="T1", quantity="3")).shortfall
    assert (paid.open_units, paid.agreed_pounds) == (0, 0)
    unsaid = line_of("T1", [], money("90.00", commitment="T1")).shortfall
    assert unsaid.open_units == 4


def test_two_years_are_settled_in_their_order():
    menu = edition(measure("J1", "100"), discount_rate=D("0.1"))
    lines = [commit("J1", "4", "4")]
    acts = [act(KIND.CARRY, commitment="J1", quarter="2.3", quantity="5", carried_to="2.4")]
    plan = plan_in_force(WHAT, menu, lines, planned("J1", q1_4="4", q2_1="4"))
    total = value_delivered(WHAT, menu, lines, plan, [], acts, date(2027, 12, 31))
    short = total.lines[0].shortfall
    # Four of year 1 at £100.00 and one of year 2 at £90.909…
    assert (short.pounds, short.agreed_pounds, short.open_pounds) == (D("763.64"), D("490.91"), D("272.73"))


ACTS = st.lists(
    st.builds(
        lambda kind, line, other, quarter, quantity, amount, to: {
            "kind": kind,
            "commitment": line,
            "other_commitment": other,
            "quarter": quarter,
            "quantity": quantity,
            "amount": amount,
            "carried_to": to,
        },
        st.sampled_from([KIND.SUBSTITUTE, KIND.CARRY, KIND.MONEY, KIND.LEAVE_OPEN]),
        st.sampled_from(["J1", "V1", "T1"]),
        st.sampled_from(["J1", "V1", "T1"]),
        st.sampled_from(["1.1", "1.2", "1.4", "2.2"]),
        st.decimals(D("0.01"), D(90), places=2),
        st.one_of(st.none(), st.decimals(D("0.01"), D(50000), places=2)),
        st.sampled_from(["1.4", "2.1", "2.4"]),
    ),
    max_size=6,
)
ROWS = st.lists(
    st.builds(
        lambda code, quarter, quantity: accepted(code, quarter, str(quantity)),
        st.sampled_from(["J1", "V1", "T1"]),
        st.sampled_from(["1.1", "1.2", "1.3", "1.4", "2.1", "2.3"]),
        st.integers(0, 70),
    ),
    max_size=10,
)


@given(ROWS, ACTS, st.sampled_from([Q2, YEAR, NEXT, END]))
def test_every_missing_pound_is_settled_or_open_and_no_surplus_is_used_twice(rows, facts, until):
    acts = [act(each.pop("kind"), number, **each) for number, each in enumerate(map(dict, facts), start=1)]
    bare, total = delivered(rows, (), until), delivered(rows, acts, until)
    used: dict[str, Decimal] = {}
    for line, without in zip(total.lines, bare.lines, strict=True):
        short = line.shortfall
        assert short.pounds == line.pounds.due - line.pounds.accepted == short.agreed_pounds + short.open_pounds
        assert min([short.open_pounds, short.open_units, *(each.pounds for each in short.agreed)]) >= 0
        assert line.units.accepted + line.units.surplus == line.returned.accepted == without.returned.accepted
        assert line.units.accepted <= without.units.accepted
        for each in line.quarters:
            assert all(each.of(state).pounds >= 0 for state in State)
        for agreed in short.agreed:
            used[agreed.act.other_commitment] = used.get(agreed.act.other_commitment, D(0)) + agreed.used
            if agreed.act.kind is KIND.SUBSTITUTE:
                assert agreed.pounds <= min(agreed.worth, agreed.act.amount or agreed.worth)
    for line in total.lines:
        assert used.get(line.commitment.key, D(0)) <= line.units.surplus
    assert total.pounds.missing == total.open_pounds + total.agreed_pounds


def test_quarters_of_the_plan_are_as_they_were_made():
    assert plan_in_force(WHAT, MENU, LINES, PLAN)["V1"].quantities[q("1.3")] == 20
