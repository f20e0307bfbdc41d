"""A line that is offered finds the line that is held: by its number, else by measure and place, else by order."""

from decimal import Decimal

import pytest

from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.history import Stored
from tomsapp.domain.matching import MatchedBy, Offered, match_lines, offered_over


def line(measure, *quantities, **facts):
    return Commitment("", measure, tuple(one if one is None else Decimal(one) for one in quantities), **facts)


def held(*lines):
    return [Stored(number, 1, one) for number, one in enumerate(lines, 1)]


def pairs(found):
    return [(match.was and match.was.id, match.offered and match.offered.measure, match.by) for match in found]


def test_lines_are_matched_by_number_then_place_then_order():
    there = held(line("A", 1), line("A", 2, place="W1"), line("A", 3), line("B", 4), line("C", 5))
    offered = [
        Offered(line("A", 9), has_place=False),
        Offered(line("A", 8, place="W1")),
        Offered(line("A", 7), line_id=3),
        Offered(line("D", 1)),
        Offered(line("B", 6), line_id=5),
    ]
    found = match_lines(there, offered)
    assert pairs(found) == [
        (1, "A", MatchedBy.ORDER), (2, "A", MatchedBy.PLACE), (3, "A", MatchedBy.IDENTITY), (None, "D", None),
        (4, "B", MatchedBy.PLACE), (5, None, None),
    ]  # fmt: skip


def test_several_that_fit_are_taken_in_their_order_and_counted():
    there = held(line("A", 1), line("A", 2))
    found = match_lines(there, [Offered(line("A", 9), has_place=False), Offered(line("A", 8), has_place=False)])
    assert [(match.was.id, match.rivals) for match in found] == [(1, 1), (2, 0)]


@pytest.mark.parametrize(
    ("was", "offered", "kept"),
    [
        (line("A", 1, None), line("A", 1, 0), (Decimal(1), None)),
        (line("A", 1, 2), line("A", 1, 3), (Decimal(1), Decimal(3))),
        (line("A", 1), line("A", 1, None, None), (Decimal(1),)),
    ],
)
def test_nothing_and_nought_are_the_same_quantity(was, offered, kept):
    assert offered_over(was, offered, (), 2).quantities == kept


def test_a_file_says_only_what_it_has_columns_for():
    was = line("A", 1, contract_share=Decimal("0.5"), place="W1", statement="In May", cost=Decimal(5), project="P")
    offered = line("A", 2, statement="In June")
    over = offered_over(was, offered, {"statement"}, 1)
    assert (over.statement, over.place, over.contract_share, over.cost, over.project) == (
        "In June", "W1", Decimal("0.5"), Decimal(5), "P"
    )  # fmt: skip
    assert over.quantities == (Decimal(2),)


def test_a_promise_per_pound_stays_unless_quantities_are_offered():
    rate = Rate(Decimal(2), Decimal(1000))
    was = line("A", rate=rate)
    assert offered_over(was, line("A", None), (), 1).rate == rate
    assert offered_over(was, line("A", 3), (), 1).rate is None
    assert offered_over(was, line("A", None), {"rate"}, 1).rate is None
