"""Whatever was done about deliveries, in whatever order: each paper, file, list and command says the same numbers."""

import csv
import io
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.services import varied
from tests.services.council import Begun, begin, promise, sign
from tests.services.deliveries import DECIDED_ON, said
from tomsapp.cli.delivery_commands import _lines
from tomsapp.domain.contract_dates import contract_years
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.decisions import most_of
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.errors import TomsError
from tomsapp.domain.money import exact_sum, total
from tomsapp.domain.units import Unit
from tomsapp.domain.varied import ended
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.delivered_csv import quarters_csv
from tomsapp.services import delivery_claims, delivery_plans, variations
from tomsapp.services.delivered_paper import paper_of
from tomsapp.services.delivery import OpenDelivery, open_delivery
from tomsapp.services.delivery_acts import free_surpluses
from tomsapp.services.delivery_agreements import agree, take_back_agreement
from tomsapp.services.delivery_decisions import decide, take_back_decision
from tomsapp.services.delivery_plan_acts import seal_plan
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.delivery_totals import DeliveredPounds, delivered_totals
from tomsapp.services.money import add_money
from tomsapp.services.workspace import Workspace

K = DeliveryActKind
LATE = date(2110, 1, 1)
STARTS = (
    date(1990, 1, 1),
    date(1999, 12, 31),
    date(2023, 8, 31),
    date(2024, 2, 29),
    date(2025, 10, 1),
    date(2026, 4, 1),
    date(2099, 11, 30),
)
LENGTHS = (0, 1, 88, 300, 364, 365, 500, 730, 1000)
MEASURES = ("V01", "V04", "J01", "R16", "R03", "V02", "S08", "J11", "G01", "H06", "L01")
STEPS = 30
NOTE = "As they say, of all that was done"


@pytest.fixture
def server() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def _one_person_does_all(ann):
    before = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, before, replace(before.record, may_accept_own=True))


class History:
    """A contract to which things are done by the dice."""

    def __init__(self, workspace: Workspace, dice: random.Random, number: int) -> None:
        self.workspace, self.dice = workspace, dice
        self.done: list[str] = []
        made = None
        while made is None:
            number += 1000
            made = self._begun(f"H{number}")
        self.made: Begun = made
        contract = made.contract.record
        middle = contract.start_on + (contract.end_on - contract.start_on) / 2
        self.day = dice.choice((DECIDED_ON, LATE, middle))

    def _begun(self, reference: str) -> Begun | None:
        """A signed contract with three lines; None where its problems do not let it be signed."""
        dice, workspace = self.dice, self.workspace
        start = dice.choice(STARTS)
        end = start + timedelta(days=dice.choice(LENGTHS))
        places = workspace.edition("barnet-open", "2026.2").places
        lines = []
        for code in dice.sample(MEASURES, 3):
            quantities = [str(self.quantity(places[code].measure)) for _ in contract_years(start, end)]
            lines.append(promise(code, *quantities, contract_share=dice.choice(SHARES)))
        made = begin(workspace, *lines, reference=reference, start_on=start, end_on=end)
        try:
            sign(workspace, made.id)
        except TomsError:
            return None
        return made

    def number(self, _kind: object = None, most: int = 900) -> str:
        """A quantity: none, small, with decimals, or huge."""
        dice = self.dice
        return dice.choice(("0", "1", str(dice.randrange(most)), f"{dice.randrange(most)}.5", "900000"))

    @property
    def page(self) -> OpenDelivery:
        return open_delivery(self.workspace, self.made.id, self.until)

    until = date(2200, 1, 1)

    def step(self) -> None:
        """Do one thing; what is refused was not done."""
        name = self.dice.choice(WAYS)
        try:
            getattr(self, name)()
        except TomsError:
            return
        self.done.append(name)

    def said(self, kind: DeliveryActKind, **facts: object) -> DeliveryActFacts:
        return replace(said(kind, **facts), done_on=self.day)

    # What can be done

    def claim(self) -> None:
        page = self.page
        line, quarter = self.dice.choice(page.commitments), self.dice.choice(quarters_of(page.contract))
        measure = page.edition.places[line.record.measure].measure
        claimed, shown = (self.quantity(measure) for _ in range(2))
        held = page.find(line.record.key, quarter.quarter)
        facts = Delivery(
            line.record.key,
            quarter.quarter,
            claimed,
            self.day,
            evidenced=min(shown, claimed),
            note="As they say, of all that was done",
        )
        if held is not None:
            facts = replace(held.record, claimed=claimed, evidenced=min(shown, claimed))
        delivery_claims.save_claims(self.workspace, page, [(held, facts)])

    def quantity(self, measure) -> Decimal:
        if measure.unit is Unit.YES_NO:
            return Decimal(self.dice.randrange(2))
        if measure.unit is Unit.PERCENT:
            return Decimal(self.dice.randrange(101))
        return Decimal(self.number()) if measure.decimals else Decimal(self.number().split(".")[0])

    def decision(self, *kinds: K) -> None:
        page = self.page
        held = self.dice.choice(page.deliveries or (None,))
        if held is None:
            return
        kind = self.dice.choice((K.ACCEPT, K.ACCEPT, K.ACCEPT_PROVISIONALLY, K.REJECT, K.CONFIRM, K.LAPSE, K.WITHDRAW))
        most = most_of(kind, held.record)
        if kind is not K.WITHDRAW and not most:
            return
        quantity = None if kind is K.WITHDRAW else self.dice.choice((most, most, (most / 2).to_integral_value()))
        decide(self.workspace, page, [self.said(kind, delivery=held.id, quantity=quantity)], self.day)

    def take_back(self) -> None:
        page = self.page
        act = self.dice.choice(page.acts or (None,))
        if act is None:
            return
        back = take_back_decision if act.delivery else take_back_agreement
        back(self.workspace, page, act, self.said(K.TAKE_BACK, reason="It was entered in the wrong contract"), self.day)

    def agreement(self) -> None:
        page = self.page
        line = self.dice.choice(page.delivered.lines)
        quarters = quarters_of(page.contract)
        quarter = self.dice.choice(quarters)
        kind = self.dice.choice((K.SUBSTITUTE, K.SUBSTITUTE, K.CARRY, K.MONEY, K.LEAVE_OPEN))
        sides = {"supplier_by": "J. Smith", "supplier_on": self.day, "cause": "Left after five weeks"}
        facts = self.said(kind, commitment=line.commitment.key, quarter=quarter.quarter, **sides)
        if kind is K.SUBSTITUTE:
            free = free_surpluses(page, quarter, line.commitment.key)
            if not free:
                return
            much = self.dice.choice(free)
            other = much.line.commitment.key
            facts = replace(facts, other_commitment=other, quantity=self.dice.choice((much.units, Decimal(1))))
        elif kind is K.CARRY:
            facts = replace(facts, carried_to=self.dice.choice(quarters).quarter, quantity=Decimal(self.number()))
        elif kind is K.MONEY:
            facts = replace(facts, amount=Decimal("12.34"))
        agree(self.workspace, page, facts, self.day)

    def plan(self) -> None:
        page = self.page
        line = self.dice.choice(page.delivered.lines)
        year = self.dice.choice(page.delivered.years).index
        own = [each.quarter for each in quarters_of(page.contract) if each.quarter.year == year]
        chosen, key = self.dice.choice(own), line.commitment.key
        held = {(each.record.commitment, each.record.quarter): each for each in page.planned}
        entries = [
            (held.get((key, each)), PlanEntry(key, each, line.promised_by_year[year] if each == chosen else Decimal(0)))
            for each in own
        ]
        delivery_plans.save_plan(self.workspace, page, entries)
        for kind in (K.PROPOSE_PLAN, K.ACCEPT_PLAN):
            seal_plan(self.workspace, self.page, self.said(kind), self.day)

    def money(self) -> None:
        page = self.page
        key = self.dice.choice(page.commitments).record.key
        add_money(
            self.workspace, page, HandedOver(self.day, "Bridge Works", Decimal("99.99"), commitment=key), self.day
        )

    def variation(self) -> None:
        """One of each kind: longer, shorter, another value, a line more, ended, or with other quantities."""
        opened = varied.drafted(self.workspace, self.made.id)
        contract, draft = opened.opened.contract, opened.stored.record
        middle = contract.start_on + (contract.end_on - contract.start_on) / 2
        facts = {"reason": varied.REASON, "effective_on": middle}
        line = self.dice.choice(opened.opened.commitments).record
        match self.dice.randrange(6):
            case 0:
                facts["new_end_on"] = contract.end_on + timedelta(days=self.dice.choice((30, 200, 365)))
            case 1:
                facts["new_end_on"] = middle + timedelta(days=self.dice.choice((1, 40)))
            case 2:
                facts["new_value"] = Decimal("3000000.00")
            case 3:
                draft = draft.with_line(varied.add_line("H07", "5"))
            case 4:
                draft = draft.with_line(ended(line, contract, middle))
            case _:
                years = len(contract.years)
                draft = draft.with_line(varied.with_quantity(line, self.dice.randrange(years), "77", years))
        variations.save(self.workspace, self.made.id, opened.stored, replace(draft, **facts))
        varied.sign_variation(self.workspace, self.made.id)


SHARES = (Decimal(1), Decimal("0.5"), Decimal("0.333333"))
WAYS = ("claim",) * 8 + ("decision",) * 8 + ("agreement",) * 4 + ("plan", "money", "take_back", "variation")


def days_of(page: OpenDelivery, dice: random.Random) -> list[date]:
    quarters = quarters_of(page.contract)
    ends = [each.ends_on for each in dice.sample(quarters, min(3, len(quarters)))]
    return [page.contract.start_on, *ends, page.contract.end_on, date(2200, 1, 1)]


def hold(page: OpenDelivery) -> None:
    """The parts of the figures come to the whole, in units and in pounds."""
    figures = page.delivered
    for name in ("due", "claimed", "evidenced", "accepted", "provisional", "surplus", "rejected", "withdrawn"):
        assert getattr(figures.pounds, name) == total(getattr(line.pounds, name) for line in figures.lines)
    assert figures.pounds.accepted + figures.open_pounds + figures.agreed_pounds == figures.pounds.due
    for line in figures.lines:
        units, pounds = line.units, line.pounds
        for state, name in ((State.DUE, "due"), (State.CLAIMED, "claimed"), (State.ACCEPTED, "accepted")):
            assert exact_sum(each.of(state).units for each in line.quarters) == getattr(units, name)
            assert total(each.of(state).pounds for each in line.quarters) == getattr(pounds, name)
        for each in (units, pounds):
            assert 0 <= each.provisional <= each.accepted <= each.evidenced <= each.claimed <= each.due
        assert units.accepted + units.missing == units.due
        assert min(pounds.surplus, pounds.rejected, pounds.withdrawn) >= 0
        if page.until >= page.contract.end_on:
            assert units.due == line.promised, line.measure.code
            assert pounds.due == line.promised_pounds


def hold_files(page: OpenDelivery) -> None:
    """The table of the paper and what the command prints say the numbers of the figures."""
    figures = page.delivered
    text = quarters_csv(paper_of(page)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    for state in (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED, State.FINAL):
        pounds = sum((Decimal(row[f"{state.words}, pounds"].replace(",", "") or 0) for row in rows), Decimal(0))
        assert pounds == total(each for line in figures.lines for each in line.pounds_by_year(state))
    printed = "\n".join(_lines(page, page.until))
    for line in figures.lines:
        if line.measure.is_valued:
            assert format_pounds(line.pounds.accepted) in printed


def hold_lists(workspace: Workspace, pages: list[OpenDelivery], until: date) -> None:
    """The totals of all contracts are those of each."""
    totals = delivered_totals(workspace, until)
    for page in pages:
        found = totals[page.stored.id]
        wanted = DeliveredPounds(*(getattr(page.delivered.pounds, name) for name in DeliveredPounds._fields))
        assert (found.pounds, found.ratings, found.summary) == (wanted, page.delivered.ratings, page.delivered.summary)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_history_the_parts_come_to_the_whole_everywhere(ann, seed):
    dice = random.Random(seed)
    histories = [History(ann, dice, number) for number in range(4)]
    for each in histories:
        for _ in range(STEPS):
            each.step()
        assert each.done
    for each in histories:
        for until in days_of(each.page, dice):
            pages = [open_delivery(ann, one.made.id, until) for one in histories]
            for page in pages:
                hold(page)
                hold_files(page)
            hold_lists(ann, pages, until)
