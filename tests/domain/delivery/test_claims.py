"""Single claims: what a cell of the quarter grid says, and what an audit draws from."""

from datetime import date
from decimal import Decimal

import pytest

from tests.domain.build import commit, contract, edition, measure
from tests.domain.delivery.build import accepted, returned
from tomsapp.domain.delivery.claims import CellState, accepted_claims, cell_of, claims_to, to_decide, worth_of
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.delivery.figures import DeliveredLine

D = Decimal
MENU = edition(measure("M1", "226.50"), measure("T1", None))
WHAT = contract(years=2)
LINES = [commit("M1", "40", "40", contract_share="0.5"), commit("T1", "4")]


def delivered(*rows, until=date(2026, 9, 30)):
    return value_delivered(WHAT, MENU, LINES, {}, rows, [], until)


def line_of(*rows) -> DeliveredLine:
    return delivered(*rows).lines[0]


@pytest.mark.parametrize(
    ("row", "state", "quantity"),
    [
        (None, CellState.NO_RETURN, "0"),
        (returned("M1", "1.1", "9"), CellState.CLAIMED, "9"),
        (returned("M1", "1.1", "9", evidenced="4"), CellState.EVIDENCED, "9"),
        (returned("M1", "1.1", "9", evidenced="4", accepted="4"), CellState.CLAIMED, "9"),
        (returned("M1", "1.1", "9", evidenced="4", accepted="4", rejected="5"), CellState.ACCEPTED, "4"),
        (accepted("M1", "1.1", "9", provisional="2"), CellState.PROVISIONAL, "9"),
        (returned("M1", "1.1", "9", rejected="9"), CellState.REJECTED, "0"),
        (returned("M1", "1.1", "9", state=DeliveryState.WITHDRAWN), CellState.WITHDRAWN, "0"),
        (returned("M1", "1.1", "0", note="No school could be visited"), CellState.NOTHING_DONE, "0"),
    ],
)
def test_what_a_cell_says(row, state, quantity):
    cell = cell_of(line_of(*filter(None, [row])).quarters[0])
    assert (cell.state, cell.quantity, cell.planned) == (state, D(quantity), 10)


def test_quarters_to_come_are_planned_and_empty_ones_say_nothing():
    hours, trees = delivered().lines
    assert cell_of(hours.quarters[2]).state is CellState.PLANNED
    assert cell_of(trees.quarters[7]).state is CellState.NOTHING


def test_states_of_a_cell_have_their_words():
    assert [state.words for state in CellState] == [
        "",
        "Planned",
        "No return",
        "Nothing done",
        "Claimed",
        "Evidenced",
        "Provisional",
        "Accepted",
        "Rejected",
        "Withdrawn",
    ]
    assert [state for state in CellState if state.waits] == [CellState.CLAIMED, CellState.EVIDENCED]


def test_an_audit_draws_from_what_is_accepted_in_quarters_that_ended():
    rows = [
        accepted("M1", "1.1", "33"),
        returned("M1", "1.2", "5"),
        accepted("M1", "1.3", "5"),
        accepted("T1", "1.2", "1"),
    ]
    found = accepted_claims(delivered(*rows))
    assert [(each.key, each.units, each.pounds) for each in found] == [
        ("M1/1.1", 33, D("3737.25")),
        ("T1/1.2", 1, D("0.00")),
    ]
    assert (found[0].measure.code, found[0].quarter.label) == ("M1", "Q1 (Apr to Jun 2026)")


def test_claims_of_all_contracts_are_those_that_the_figures_have():
    rows = [
        accepted("M1", "1.1", "33"),
        returned("M1", "1.2", "5"),
        accepted("M1", "1.3", "5"),
        accepted("T1", "1.2", "1"),
        accepted("X9", "1.1", "1"),
    ]
    lines = [*LINES, commit("X9", "1")]
    found = claims_to(WHAT, MENU, lines, rows, date(2026, 9, 30))
    assert found == accepted_claims(value_delivered(WHAT, MENU, lines, {}, rows, [], date(2026, 9, 30)))
    assert [each.key for each in found] == ["M1/1.1", "T1/1.2"], "not of a measure that the menu lacks"
    assert claims_to(WHAT, MENU, lines, rows[1:2], date(2026, 9, 30)) == ()


def test_units_are_worth_what_a_year_of_them_is():
    assert worth_of(line_of(), 1, D("0.333")) == D("37.71")


def test_what_waits_is_added_up():
    line = line_of(returned("M1", "1.1", "9", evidenced="4", accepted="4"), returned("M1", "2.4", "2"))
    assert to_decide(line) == 7
    assert to_decide(line_of()) == 0
