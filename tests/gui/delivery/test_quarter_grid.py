"""The tab Delivery as it is read: totals, the quarter grid of a year, ratings, and what it says where it is empty."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.council import promise, seal
from tests.services.deliveries import DECIDED_ON, Q1, Q2, Q3, accept, said
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.seal import ActKind
from tomsapp.gui.delivery.words import RATING_MARKS, STATE_MARKS
from tomsapp.services.delivery_decisions import decide

PER_CENT = "R03"
NAME = Qt.ItemDataRole.AccessibleTextRole


def name_of(desk, measure, column):
    model = desk.tab.model
    return model.index(model.place_of(desk.lines[measure].record.key), column).data(NAME)


def filled(desk):
    """Accepted, rejected, evidenced, claimed and no return, to the end of September."""
    first, second, third, _ = desk.enter(
        desk.claim("V04", Q1, "32"),
        desk.claim("V04", Q2, "24"),
        desk.claim("V01", Q1, "250"),
        desk.claim("V01", Q2, "250", evidenced=Decimal(0)),
    )
    desk.session.set_who("P. Officer")
    accept(desk.workspace, desk.made, first, third)
    reject = said(DeliveryActKind.REJECT, delivery=second.id, quantity=Decimal(24))
    decide(desk.workspace, desk.opened, [reject], DECIDED_ON)
    desk.session.set_who("A. Okafor")
    return desk.open()


def test_each_cell_says_how_much_of_how_much_and_its_state(desk):
    d = filled(desk())
    assert [d.shown("V04", column) for column in range(6)] == [
        d.opened.edition.places["V04"].measure.title,
        "32 of 30 Accepted",
        "0 of 30 Rejected",
        "30 Planned",
        "30 Planned",
        "Requires improvement, 32 ÷ 60 = 53.3%",
    ]
    assert [d.shown("V01", column) for column in (1, 2)] == ["250 of 250 Accepted", "250 of 250 Claimed"]
    assert [d.shown("J01", column) for column in range(1, 6)] == ["–", "–", "–", "1 Planned", "Other, Nothing due yet"]


def test_what_came_where_nothing_was_planned_is_no_part_of_nothing(desk):
    d = desk()
    d.enter(d.claim("J01", Q1, "1"))
    d.open()
    assert d.shown("J01", 1) == "1 Evidenced"
    assert name_of(d, "J01", 1).endswith("30 June 2026, 1 full-time job, none planned, evidenced")
    d.cell("J01", 1)
    assert d.tab.side.state.text() == "1 full-time job, none planned. Evidenced"


def test_what_fell_due_and_was_not_returned_is_said_and_never_blank(desk):
    d = desk()
    d.enter(d.claim("V04", Q1, "6"))
    d.open()
    assert d.shown("V04", 2) == "0 of 30 No return"
    assert name_of(d, "V04", 2).endswith("Q2, 1 July 2026 to 30 September 2026, 0 of 30 hours, no return")


def test_cells_and_ratings_are_read_out_with_their_commitment(desk):
    d = filled(desk())
    title = d.opened.edition.places["V04"].measure.title
    assert name_of(d, "V04", 1) == f"{title}, Q1, 1 April 2026 to 30 June 2026, 32 of 30 hours, accepted"
    assert name_of(d, "V04", 3) == f"{title}, Q3, 1 October 2026 to 31 December 2026, 30 hours planned"
    assert name_of(d, "V04", 5) == f"{title}, Requires improvement, 32 of 60 hours, 53.3%"
    assert name_of(d, "J01", 1).endswith("nothing planned")
    assert name_of(d, "J01", 5).endswith("Other, nothing due yet")
    assert d.table.accessibleName() == f"Deliveries of {d.opened.contract.reference}, year 2026/27"


def test_every_state_and_word_has_its_own_shape(desk):
    shapes = [mark.icon for mark in RATING_MARKS.values()]
    assert set(RATING_MARKS) == set(Rating)
    assert len(set(shapes)) == len(shapes)
    assert len({(mark.icon, mark.tone) for mark in STATE_MARKS.values() if mark.icon}) == len(STATE_MARKS) - 2


def test_the_totals_are_those_of_the_one_reading(desk):
    d = filled(desk())
    totals, figures = d.tab.totals, d.opened.delivered
    assert totals.due.pounds.text() == f"£{figures.pounds.due:,.2f}"
    assert totals.claimed.pounds.text() == f"£{figures.pounds.claimed:,.2f}"
    assert totals.evidenced.pounds.text() == f"£{figures.pounds.evidenced:,.2f}"
    accepted = f"Accepted, £{figures.pounds.accepted:,.2f}, £250.00 in real pounds"
    assert (totals.accepted.accessibleName(), figures.real_accepted) == (accepted, Decimal("250.00"))
    assert totals.caption.whole == "Our summary, to 30 September 2026"
    assert totals.rating.text() == figures.summary.rating.words
    assert totals.sum.whole == (
        f"£{figures.pounds.accepted:,.2f} ÷ £{figures.pounds.due:,.2f} = {figures.summary.percent}"
    )


def test_the_year_is_chosen_and_begins_with_the_one_that_runs(desk):
    d = desk(until=date(2027, 9, 30))
    d.enter(d.claim("V04", Quarter(1, 1), "12"))
    d.open()
    assert [d.delivery.years.itemText(place) for place in range(2)] == ["Year 2026/27", "Year 2027/28"]
    assert d.delivery.years.currentIndex() == 1
    assert d.shown("V04", 1) == "12 of 30 Evidenced"
    d.delivery.years.setFocus()
    QTest.keyClick(d.delivery.years, Qt.Key.Key_Up)
    assert d.shown("V04", 1) == "0 of 30 No return"
    d.page.refresh(None)
    assert d.delivery.years.currentIndex() == 0, "the year stays, whatever is read again"


def test_arrows_move_by_cell_and_f8_goes_to_what_waits_in_whichever_year(desk, qtbot):
    d = desk(until=date(2027, 9, 30))
    d.enter(d.claim("V04", Q3, "12"), d.claim("V01", Quarter(1, 2), "100"))
    d.open()
    d.cell("V01", 1)
    QTest.keyClick(d.table, Qt.Key.Key_Right)
    QTest.keyClick(d.table, Qt.Key.Key_Down)
    assert d.table.current_line().commitment.measure == "V04"
    assert d.table.current_quarter().quarter.quarter == Quarter(1, 2)
    next_problem = next(action for action in d.page.actions() if action.shortcut().toString() == "F8")
    last_problem = next(action for action in d.page.actions() if action.shortcut().toString() == "Shift+F8")
    places = []
    for action in (next_problem, next_problem, last_problem):
        action.trigger()
        places.append((d.table.current_line().commitment.measure, d.table.current_quarter().quarter.quarter))
    assert places == [("V04", Q3), ("V01", Quarter(1, 2)), ("V04", Q3)]
    assert d.page.tabs.current == "delivery"


def test_f8_stays_where_it_is_while_nothing_waits(desk):
    d = desk().open()
    d.cell("V04", 2)
    assert d.tab.step(1)
    assert d.table.current_quarter().quarter.quarter == Q2


def test_the_grid_is_copied_with_its_heads(desk, qapp):
    d = filled(desk())
    d.table.setFocus()
    d.table.copy_all()
    rows = [row.split("\t") for row in qapp.clipboard().text().splitlines()]
    assert rows[0] == [
        "Commitment", "Q1 Apr to Jun", "Q2 Jul to Sep", "Q3 Oct to Dec", "Q4 Jan to Mar", "Rating to date",
    ]  # fmt: skip
    assert len(rows) == 4


# Where there is nothing


@pytest.mark.parametrize(("act", "heading"), [(None, "No deliveries yet"), (ActKind.WITHDRAW, "No deliveries")])
def test_a_contract_that_is_not_signed_says_why_nothing_is_there(desk, act, heading):
    d = desk(is_signed=act is not None)
    if act is not None:
        seal(d.workspace, d.made.id, act, reason="The supplier left before it began")
    d.open()
    assert d.delivery.empty.isVisible()
    assert d.delivery.empty.accessibleName().startswith(f"{heading}. ")
    assert not d.delivery.years.isEnabled()
    assert not d.delivery.step(1), "F8 goes to the problems of the commitments"


def test_a_signed_contract_with_no_return_shows_its_plan_and_says_so(desk):
    d = desk(until=date(2026, 4, 2)).open()
    assert d.tab.note.isVisible()
    assert d.tab.note.text() == "Nothing was returned yet. The cells say what is planned."
    assert d.shown("V04", 1) == "30 Planned"
    assert d.tab.totals.rating.text() == "Other"
    assert d.tab.totals.sum.whole == "Nothing due yet"
    d.enter(d.claim("V04", Q1, "6"))
    d.page.refresh(None)
    assert not d.tab.note.isVisible()


def test_beside_the_tabs_stands_what_belongs_to_the_one_that_is_shown(desk, qtbot):
    d = desk().open()
    assert d.delivery.years.isVisible()
    assert not d.page.hand_over_button.isVisible()
    d.page.show_tab("commitments")
    qtbot.waitUntil(d.page.hand_over_button.isVisible, timeout=5000)
    assert not d.delivery.years.isVisible()


def test_years_that_do_not_add_up_are_told_apart_in_the_rating_and_the_shortfall(desk):
    d = desk(lines=(promise(PER_CENT, "30", "30"),), until=date(2028, 4, 5))
    first, second = d.enter(
        d.claim(PER_CENT, Quarter(0, 4), "30"),
        d.claim(PER_CENT, Quarter(1, 4), "20"),
    )
    d.session.set_who("P. Officer")
    accept(d.workspace, d.made, first, second)
    d.open()
    assert d.shown(PER_CENT, 5) == "Requires improvement, (30% + 20%) ÷ (30% + 30%) = 83.3%"
    assert "accepted ÷ due: (30% + 20%) ÷ (30% + 30%) = 83.3%" in name_of(d, PER_CENT, 5)
    d.cell(PER_CENT, 4)
    assert d.tab.side.shortfalls.missing.text().startswith("10% in 2027/28")
    d.tab.side.shortfalls.agree_button.click()
    d.tab.side.shortfalls.dialog.reject()
