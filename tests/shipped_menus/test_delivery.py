"""Every measure of the edition for new contracts can be planned, claimed and accepted, and ends as it was signed."""

from datetime import date, timedelta
from decimal import Decimal

from tests.domain.build import commit, contract
from tests.domain.delivery.build import accepted
from tests.shipped_menus.test_measures import EDITION
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.delivery import DELIVERY, measure_problems
from tomsapp.domain.delivery.earning import months_to_earn
from tomsapp.domain.delivery.figures import Delivered
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.menu import Counts, Earned
from tomsapp.domain.valuation import value_contract

CONTRACT = contract(years=3)
COMMITMENTS = [
    commit(each.code, *[str(min(each.unit.most or 5, 5))] * (3 if each.counts is Counts.EACH_YEAR else 1))
    for each in EDITION.measures
]
PLAN = plan_in_force(CONTRACT, EDITION, COMMITMENTS)
CLAIMS = [
    accepted(line.key, f"{quarter.year + 1}.{quarter.number}", str(quantity))
    for line in COMMITMENTS
    for quarter, quantity in PLAN[line.key].quantities.items()
    if quantity
]


def delivered(until: date) -> Delivered:
    return value_delivered(CONTRACT, EDITION, COMMITMENTS, PLAN, CLAIMS, [], until)


def test_what_is_delivered_in_full_is_what_was_signed():
    signed, total = value_contract(CONTRACT, EDITION, COMMITMENTS), delivered(CONTRACT.end_on)
    assert total.pounds.accepted == total.pounds.due == total.promised_pounds == signed.social_value > 0
    assert total.real_accepted == signed.real_pounds > 0
    assert total.ratings[Rating.GOOD] == len(COMMITMENTS)
    for line, promised in zip(total.lines, signed.lines, strict=True):
        assert line.pounds.accepted == promised.social_value


def test_each_year_is_the_year_as_signed():
    signed = value_contract(CONTRACT, EDITION, COMMITMENTS)
    so_far = Decimal(0)
    for year in CONTRACT.years:
        so_far += sum(line.years[year.index].social_value for line in signed.lines)
        assert delivered(year.ends_on).pounds.accepted == so_far
        assert delivered(year.ends_on - timedelta(days=1)).pounds.accepted < so_far


def test_nothing_is_wrong_with_what_a_plan_by_default_asks_for():
    for line in COMMITMENTS:
        measure = EDITION.places[line.measure].measure
        own = [claim for claim in CLAIMS if claim.commitment == line.key]
        found = [
            problem for each in own for problem in (*DELIVERY.problems(each), *measure_problems(each, measure, own))
        ]
        assert found == []


def test_only_what_is_earned_at_completion_is_waited_for():
    waited = {measure.code for measure in EDITION.measures if months_to_earn(measure)}
    at_completion = {measure.code for measure in EDITION.measures if measure.earned is Earned.AT_COMPLETION}
    assert waited < at_completion
    assert {"J01", "S01", "Y02"} <= waited
    assert months_to_earn(EDITION.places["J01"].measure) == 12
