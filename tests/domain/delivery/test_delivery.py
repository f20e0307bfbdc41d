"""What a delivery holds: the states contain each other, and nothing is decided twice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.domain.build import measure
from tests.domain.delivery.build import accepted, returned
from tomsapp.domain.delivery.delivery import DELIVERY, DeliveryState, adds_up, measure_problems, state_of
from tomsapp.domain.menu import Counts
from tomsapp.domain.units import Unit

D = Decimal
WITHDRAWN = DeliveryState.WITHDRAWN


@pytest.mark.parametrize(
    ("delivery", "standing", "shown", "undecided", "open_to_accept", "withdrawn"),
    [
        (returned("M1", "1.1", "30"), 30, 0, 30, 0, 0),
        (returned("M1", "1.1", "30", evidenced="20"), 30, 20, 30, 20, 0),
        (returned("M1", "1.1", "30", evidenced="20", accepted="20"), 30, 20, 10, 0, 0),
        (returned("M1", "1.1", "30", evidenced="30", accepted="20", rejected="10"), 20, 20, 0, 0, 0),
        (returned("M1", "1.1", "30", evidenced="30", rejected="30"), 0, 0, 0, 0, 0),
        (returned("M1", "1.1", "30", evidenced="25", rejected="10"), 20, 20, 20, 20, 0),
        (returned("M1", "1.1", "30", evidenced="30", rejected="10", state=WITHDRAWN), 0, 0, 0, 0, 20),
        (returned("M1", "1.1", "0", note="No school could be visited"), 0, 0, 0, 0, 0),
    ],
)
def test_what_of_a_claim_counts_in_each_state(delivery, standing, shown, undecided, open_to_accept, withdrawn):
    assert DELIVERY.problems(delivery) == []
    assert (delivery.standing, delivery.shown, delivery.undecided) == (standing, shown, undecided)
    assert (delivery.open_to_accept, delivery.withdrawn) == (open_to_accept, withdrawn)


def test_what_is_final_is_accepted_and_not_provisional():
    assert accepted("M1", "1.1", "3", provisional="2").final == 1


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"evidenced": D(31)}, ["evidenced-over"]),
        ({"evidenced": D(9), "accepted": D(10)}, ["accepted-over"]),
        ({"evidenced": D(10), "accepted": D(10), "provisional": D(11)}, ["provisional-over"]),
        ({"evidenced": D(30), "accepted": D(20), "rejected": D(11)}, ["rejected-over"]),
        ({"evidenced": D(30), "accepted": D(30)}, ["state-otherwise"]),
        ({"state": DeliveryState.DECIDED}, ["state-otherwise"]),
        ({"evidenced": D(30), "accepted": D(1), "state": WITHDRAWN}, ["state-accepted"]),
        ({"claimed": D(0)}, ["note-short"]),
        ({"claimed": D(0), "note": "None."}, ["note-short"]),
        ({"claimed": D(-1)}, ["claimed-negative"]),
        ({"claimed": None}, ["claimed-missing"]),
        ({"new": D("1.5")}, ["new-not-whole"]),
        ({"new": D(1), "retained": D("0.5"), "transferred": D("0.5")}, ["retained-not-whole", "transferred-not-whole"]),
        ({"returned_on": None}, ["returned-on-missing"]),
    ],
)
def test_what_cannot_be(changes, codes):
    found = DELIVERY.problems(replace(returned("M1", "1.1", "30"), **changes))
    assert [problem.code for problem in found] == codes
    assert all(problem.message and problem.fix for problem in found if not problem.code.endswith("missing"))


def test_a_claim_that_is_returned_down_to_what_is_decided_says_what_to_do():
    claim = replace(returned("M1", "1.1", "30"), evidenced=D(30), accepted=D(20), rejected=D(10))
    (problem,) = DELIVERY.problems(claim)
    assert problem.message == "30 is decided already, so nothing of it would wait for a decision any more"
    assert problem.fix == "Enter more than 30, or leave it as it was and reject the rest"


def test_a_claim_is_decided_when_nothing_of_it_is_left():
    assert state_of(D(30), D(20), D(10)) is DeliveryState.DECIDED
    assert state_of(D(30), D(20), D(0)) is DeliveryState.CLAIMED
    assert state_of(D(0), D(0), D(0)) is DeliveryState.CLAIMED
    assert [state.words for state in DeliveryState] == ["Claimed", "Decided", "Withdrawn"]


def test_it_is_called_by_what_is_claimed():
    assert DELIVERY.name_of(returned("M1", "1.1", "30")) == "30 claimed"


@pytest.mark.parametrize(
    ("unit", "claimed", "codes"),
    [
        (Unit.HOURS, "30.25", []),
        (Unit.HOURS, "30.125", ["claimed-too-precise"]),
        (Unit.PEOPLE, "1.5", ["claimed-too-precise"]),
        (Unit.PERCENT, "100", []),
        (Unit.PERCENT, "100.1", ["claimed-over-most"]),
        (Unit.YES_NO, "2", ["claimed-over-most"]),
    ],
)
def test_quantities_are_those_of_the_unit(unit, claimed, codes):
    found = measure_problems(returned("M1", "1.1", claimed), measure(unit=unit))
    assert [problem.code for problem in found] == codes


def test_a_share_of_a_year_is_claimed_once_in_it():
    per_cent, hours = measure(unit=Unit.PERCENT), measure(unit=Unit.HOURS)
    assert (adds_up(per_cent), adds_up(hours), adds_up(measure(unit=Unit.POUNDS))) == (False, True, True)
    mine, next_year = returned("M1", "1.2", "20"), returned("M1", "2.4", "20")
    other, nothing = returned("M1", "1.4", "30"), returned("M1", "1.3", "0")
    assert measure_problems(mine, per_cent, [mine, next_year, nothing]) == []
    assert [each.code for each in measure_problems(mine, per_cent, [mine, other])] == ["claimed-again"]
    assert measure_problems(replace(mine, state=WITHDRAWN), per_cent, [mine, other]) == []
    assert measure_problems(mine, hours, [mine, other]) == []


@pytest.mark.parametrize(
    ("unit", "people", "codes"),
    [
        (Unit.FTE_JOBS, {"new": D(2)}, []),
        (Unit.FTE_JOBS, {"new": D(1)}, ["people-too-few"]),
        (Unit.FTE_JOBS, {"new": D(1), "retained": D(1)}, ["people-not-new"]),
        (Unit.FTE_JOBS, {"transferred": D(2)}, ["people-not-new"]),
        (Unit.FTE_JOBS, {"transferred": D(2), "note": "They were moved into these new posts"}, []),
        (Unit.FTE_JOBS, {"transferred": D(2), "note": "They were moved"}, ["people-not-new"]),
        (Unit.FTE_YEARS, {"new": D(1)}, []),
        (Unit.FTE_JOBS, {}, []),
    ],
)
def test_people_behind_a_claim_about_jobs(unit, people, codes):
    job = measure(unit=unit, counts=Counts.FIRST_12_MONTHS, employment_outcome=D(1))
    found = measure_problems(replace(returned("M1", "1.1", "1.5"), **people), job)
    assert [problem.code for problem in found] == codes
    assert measure_problems(replace(returned("M1", "1.1", "1.5"), **people), measure(unit=unit)) == []
