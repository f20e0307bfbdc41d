"""What the totals of deliveries say of themselves: shares, directions and words."""

from datetime import date
from fractions import Fraction

from tests.domain.build import D
from tomsapp.domain.delivered_portfolio import (
    DELIVERED_GROUPINGS,
    STATE_NAMES,
    DeliveredCount,
    DeliveredPortfolio,
    DeliveredRow,
    Direction,
    HandedMoney,
    SignedBesideToday,
    StatePounds,
    direction_of,
)
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.portfolio import BY_TIME, COMMITTED_GROUPINGS, FACT_GROUPINGS, PORTFOLIO_FACTS, Grouping

NOW = StatePounds(D(100), D(40), D(30), D(25), D(20), D(5), D(3))
BEFORE = StatePounds(D(100), D(20), D(20), D(20), D(15))
NOTHING = StatePounds()


def test_pounds_tell_what_is_final_missing_and_of_due():
    assert (NOW.final, NOW.missing) == (15, 20)
    assert [NOW.of(state) for state in State] == [40, 30, 25, 20, 15]
    assert NOW.of_due(State.CLAIMED) == Fraction(3, 4)
    assert NOW.due_of_committed == Fraction(2, 5)
    assert NOTHING.of_due(State.ACCEPTED) is NOTHING.due_of_committed is None
    assert (NOTHING.is_nothing, NOW.is_nothing) == (True, False)
    assert tuple(StatePounds.__dataclass_fields__) == STATE_NAMES


def test_directions_are_of_the_share_that_was_accepted():
    assert direction_of(NOW, BEFORE) is Direction.DOWN
    assert direction_of(BEFORE, NOW) is Direction.UP
    assert direction_of(NOW, NOW) is Direction.SAME
    assert direction_of(NOW, NOTHING) is direction_of(NOTHING, NOW) is None
    assert [each.words for each in Direction] == ["up", "the same", "down"]
    row = DeliveredRow("1", "Work", NOW, NOTHING, 3, before=BEFORE)
    assert (row.accepted_of_due, row.direction) == (Fraction(1, 2), Direction.DOWN)


def test_a_count_is_a_phrase():
    assert DeliveredCount("S08", 1, "336", "weeks of work", "433", "half counted", "3 new").text == (
        "336 weeks of work (433 due; half counted; people: 3 new)"
    )
    assert DeliveredCount("S08", 1, "", "weeks of work", "433").text == "no weeks of work (433 due)"
    assert DeliveredCount("S08", 1, "2", "weeks of work", "").text == "2 weeks of work"
    assert DeliveredCount("V02", 1, "", "worth of goods", "£5.00").text == "£0.00 worth of goods (£5.00 due)"
    assert DeliveredCount("R03", 1, "", "of contract spend", "50%").text == "0% of contract spend (50% due)"


def test_what_is_signed_stands_beside_today():
    assert SignedBesideToday("J11", "Raise", 1, D("80.00"), D("60.00"), "unit value").difference == D("-20.00")


def portfolio(tables, notes=()):
    return DeliveredPortfolio(
        date(2026, 9, 30),
        "Until 30 September 2026",
        "Until 30 June 2026",
        (),
        1,
        1,
        1,
        NOW,
        NOTHING,
        HandedMoney(),
        BEFORE,
        NOTHING,
        HandedMoney(),
        {},
        (),
        tables,
        part_notes=notes,
    )


def test_tables_of_own_groups_are_shown_where_there_are_any():
    row = DeliveredRow("1", "Work", NOW, NOTHING, 3)
    figures = portfolio(((Grouping.THEME, (row,)), (Grouping.PRIORITY, ())))
    assert figures.rows(Grouping.THEME) == (row,)
    assert figures.rows(Grouping.WARD) == ()
    assert figures.has_table(Grouping.WARD)
    assert not figures.has_table(Grouping.PRIORITY)
    assert (figures.is_part, figures.direction) == (False, Direction.DOWN)
    assert portfolio((), ("A part.",)).is_part


def test_every_grouping_is_shown_somewhere():
    assert {*DELIVERED_GROUPINGS, *COMMITTED_GROUPINGS} == set(Grouping)
    assert set(DELIVERED_GROUPINGS) > BY_TIME
    assert set(FACT_GROUPINGS.values()) <= {fact.name for fact in PORTFOLIO_FACTS}
