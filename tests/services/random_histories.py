"""Contracts to which things are done by the dice: claimed, decided, agreed, planned, varied, and taken back."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tests.services import varied
from tests.services.council import Begun, begin, promise, sign
from tests.services.deliveries import DECIDED_ON, said
from tomsapp.domain.contract_dates import contract_years
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.decisions import most_of
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.errors import TomsError
from tomsapp.domain.units import Unit
from tomsapp.domain.varied import ended
from tomsapp.services import delivery_claims, delivery_plans, variations
from tomsapp.services.delivery import OpenDelivery, open_delivery
from tomsapp.services.delivery_acts import free_surpluses
from tomsapp.services.delivery_agreements import agree, take_back_agreement
from tomsapp.services.delivery_decisions import decide, take_back_decision
from tomsapp.services.delivery_plan_acts import seal_plan
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
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
NOTE = "As they say, of all that was done"
SHARES = (Decimal(1), Decimal("0.5"), Decimal("0.333333"))
WAYS = ("claim",) * 8 + ("decision",) * 8 + ("agreement",) * 4 + ("plan", "money", "take_back", "variation")


def let_one_person_do_all(workspace: Workspace) -> None:
    """Let whoever enters a claim accept it too."""
    before = RULES_OF_DELIVERY.get(workspace, 1)
    RULES_OF_DELIVERY.save(workspace, before, replace(before.record, may_accept_own=True))


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
