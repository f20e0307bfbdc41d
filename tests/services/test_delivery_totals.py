"""What is added up of all contracts at once is what each contract says when it is opened."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.services import varied
from tests.services.council import Begun, begin, promise
from tests.services.deliveries import DECIDED_ON, Q1, Q2, begin_signed, claim, delivered, enter, said
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import Quarter, quarters_of
from tomsapp.domain.history import Stored
from tomsapp.domain.menu import Measure
from tomsapp.services.delivery_agreements import agree
from tomsapp.services.delivery_decisions import decide
from tomsapp.services.delivery_plan_acts import seal_plan
from tomsapp.services.delivery_plans import save_plan
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.delivery_totals import DeliveredPounds, delivered_totals
from tomsapp.services.workspace import Workspace

K = DeliveryActKind
UNTIL = (date(2026, 4, 2), date(2026, 6, 30), date(2026, 12, 31), date(2027, 9, 30), date(2030, 1, 1))
LINES = (
    promise("V01", "1000.50", "999"),
    promise("V04", "40", "41", contract_share=Decimal("0.333333")),
    promise("J01", "3", "2"),
    promise("R16", "1", "1"),
    promise("R03", "60", "70"),
    promise("V02", "0", "17"),
)


@pytest.fixture
def server() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def _one_person_does_all(ann):
    before = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, before, replace(before.record, may_accept_own=True))


def deliver(workspace: Workspace, made: Begun, dice: random.Random) -> None:
    """Returns of some quarters, of which some are decided."""
    page = delivered(workspace, made)
    claims = []
    for line in page.commitments:
        measure = page.edition.places[line.record.measure].measure
        quarters = [each.quarter for each in quarters_of(page.contract)]
        for quarter in dice.sample(quarters, 1 if measure.unit.value in {"percent", "yes_no"} else 5):
            claimed = quantity(dice, measure)
            shown = min(claimed, quantity(dice, measure))
            claims.append(claim(line, quarter, str(claimed), evidenced=shown))
    enter(workspace, made, *claims)
    wanted = []
    for held in delivered(workspace, made).deliveries:
        wanted += decisions(dice, held, page.edition.places[measure_of(page, held)].measure)
    decide(workspace, delivered(workspace, made), wanted, date(2029, 1, 1))


def quantity(dice: random.Random, measure: Measure) -> Decimal:
    most = {"percent": 100, "yes_no": 1}.get(measure.unit.value, 900)
    return Decimal(dice.randrange(most * 10**measure.decimals + 1)) / 10**measure.decimals


def measure_of(page, held: Stored) -> str:
    return next(line.record.measure for line in page.commitments if line.record.key == held.record.commitment)


def decisions(dice: random.Random, held: Stored, measure: Measure):
    accepted = held.record.open_to_accept
    kind = K.ACCEPT_PROVISIONALLY if measure.code == "J01" else K.ACCEPT
    left = held.record.claimed - accepted
    if accepted and dice.random() < 0.6:
        yield said(kind, delivery=held.id, quantity=accepted, done_on=date(2029, 1, 1))
        if left and dice.random() < 0.5:
            yield said(K.REJECT, delivery=held.id, quantity=left, done_on=date(2029, 1, 1))
    elif accepted and dice.random() < 0.6:
        yield said(K.REJECT, delivery=held.id, quantity=accepted, done_on=date(2029, 1, 1))
    elif dice.random() < 0.6:
        yield said(K.WITHDRAW, delivery=held.id, done_on=date(2029, 1, 1))


def plan_it(workspace: Workspace, made: Begun) -> None:
    """All of the first year in its second quarter, where it fits; the second year stays by default."""
    page = delivered(workspace, made)
    key = page.commitments[1].record.key
    save_plan(
        workspace, page, [(None, PlanEntry(key, Quarter(0, n), Decimal(q))) for n, q in enumerate((0, 40, 0, 0), 1)]
    )
    for kind in (K.PROPOSE_PLAN, K.ACCEPT_PLAN):
        seal_plan(workspace, delivered(workspace, made), said(kind), DECIDED_ON)


def substitute(workspace: Workspace) -> Begun:
    made = begin_signed(workspace, reference="Substitute")
    cash, hours = made.lines
    (held,) = enter(workspace, made, claim(cash, Q1, "500"))
    decide(workspace, delivered(workspace, made), [said(K.ACCEPT, delivery=held.id, quantity=Decimal(500))], DECIDED_ON)
    sides = {"supplier_by": "J. Smith", "supplier_on": DECIDED_ON, "cause": "Left after five weeks"}
    of = {"commitment": hours.record.key, "quarter": Q2, "other_commitment": cash.record.key, "quantity": Decimal(30)}
    agree(workspace, delivered(workspace, made), said(K.SUBSTITUTE, **of, **sides), DECIDED_ON)
    return made


def expected(workspace: Workspace, made: Begun, until: date):
    page = delivered(workspace, made, until)
    pounds = DeliveredPounds(*(getattr(page.delivered.pounds, name) for name in DeliveredPounds._fields))
    waiting = sum(bool(each.record.undecided) for each in page.deliveries)
    return pounds, page.delivered.ratings, page.delivered.summary, waiting


def test_all_contracts_at_once_are_what_each_says_when_it_is_opened(ann):
    dice = random.Random(9)
    made = [begin_signed(ann, *LINES, reference=f"R{number}") for number in range(3)]
    made.append(begin_signed(ann, *LINES, reference="Short", end_on=date(2027, 5, 3)))
    for each in made:
        deliver(ann, each, dice)
    plan_it(ann, made[0])
    spend = (YearSpend(0, Decimal(9_000_000)), YearSpend(1, Decimal(4_000_000)))
    per_pound = Commitment("", "S08", statement="We do", rate=Rate(Decimal(2), Decimal(1_000_000)))
    made.append(begin_signed(ann, per_pound, reference="Rate", kind=ContractKind.FRAMEWORK, spend=spend))
    enter(ann, made[-1], claim(made[-1].lines[0], Q1, "9"))
    made.append(varied.extended(ann))
    made.append(substitute(ann))
    draft = begin(ann, promise("V01", "1", "1"), reference="Draft")
    for until in UNTIL:
        totals = delivered_totals(ann, until)
        assert set(totals) == {each.id for each in made}
        assert draft.id not in totals
        for each in made:
            found = totals[each.id]
            wanted = expected(ann, each, until)
            assert (found.pounds, found.ratings, found.summary, found.waiting) == wanted, (each.contract.record, until)
    assert any(each.pounds.provisional for each in totals.values())
    assert any(each.pounds.surplus for each in totals.values())


def test_what_nobody_promised_comes_to_nothing(ann):
    assert delivered_totals(ann, UNTIL[0]) == {}
