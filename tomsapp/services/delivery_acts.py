"""What all sealed acts on deliveries have in common: what is likely said, what is wrong with it, and how it is kept.

An act is kept for good with a document of all that was seen when it was done. What it changes, the delivery that it
decides or the plan that it puts in force, is saved with it in one transaction, and in no other way. What is done is in
`delivery_decisions`, `delivery_agreements` and `delivery_plan_acts`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from tomsapp.domain.delivery.act_checks import DeliveryActGround, delivery_act_problems
from tomsapp.domain.delivery.acts import DELIVERY_ACT, DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery
from tomsapp.domain.delivery.figures import Delivered, DeliveredLine
from tomsapp.domain.delivery.improving import open_for
from tomsapp.domain.delivery.people import began_days
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import ContractQuarter
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import difference, exact_difference, exact_sum, round_down, total
from tomsapp.domain.problems import Problem
from tomsapp.domain.wording import format_date
from tomsapp.exchange.delivery_act_json import (
    DeliveryActDocument,
    StatedPaper,
    read_delivery_act,
    seen_of,
    write_delivery_act,
)
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.delivery import OpenDelivery, find_quarter
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.sealed_rules import today
from tomsapp.services.workspace import Workspace
from tomsapp.store.kept import sha256_of
from tomsapp.store.unit_of_work import UnitOfWork

T = TypeVar("T")
_INSTEAD = "Take it back, with the reason"


def proposed(workspace: Workspace, kind: DeliveryActKind) -> DeliveryActFacts:
    """What is most likely said of an act: done today, in the role as before."""
    with workspace.look() as uow:
        role = uow.delivery_acts.last_role(workspace.who) or uow.acts.last_role(workspace.who)
    return DeliveryActFacts(kind, today(), role)


def check_act(
    opened: OpenDelivery,
    facts: DeliveryActFacts,
    by: str,
    *,
    claim: Delivery | None = None,
    reverses: DeliveryAct | None = None,
    replaces: bool = False,
    on: date | None = None,
) -> list[Problem]:
    """What must be put right before somebody does an act, today or on the day that is named; a warning is a question.

    `claim` is the delivery that it decides, where that is not as it was opened; `reverses` the act that it takes back;
    `replaces` says that a paper which is published replaces another.
    """
    ground = replace(_ground(opened, facts, by, claim, reverses), replaces=replaces)
    return delivery_act_problems(facts, ground, on or today())


def _ground(
    opened: OpenDelivery, facts: DeliveryActFacts, by: str, claim: Delivery | None, reverses: DeliveryAct | None
) -> DeliveryActGround:
    held = next((each.record for each in opened.deliveries if each.id == facts.delivery), None)
    people = opened.people.get(facts.delivery or 0, ())
    ground = DeliveryActGround(
        opened.contract,
        opened.rules.record,
        by,
        measure=_measure(opened, facts.commitment),
        quarter=find_quarter(opened, facts.quarter) if facts.quarter else None,
        delivery=claim or held,
        entered_by=opened.entered_by.get(facts.delivery or 0, ""),
        began=began_days(each.record for each in people),
        reverses=reverses if reverses in opened.standing else None,
        told=open_for(opened.acts, facts.commitment),
    )
    return _with_shortfall(opened, facts, ground) if facts.kind.is_agreement else ground


def _with_shortfall(opened: OpenDelivery, facts: DeliveryActFacts, ground: DeliveryActGround) -> DeliveryActGround:
    """What an agreement is held against: what is missing by the end of its quarter, and the surplus that is free."""
    if ground.quarter is None:
        return ground
    figures = opened.figures_to(ground.quarter.ends_on)
    line, other = _line(figures, facts.commitment), _line(figures, facts.other_commitment)
    if line is None:
        return ground
    free = _free_surplus(opened, ground.quarter, facts.other_commitment)
    return replace(
        ground,
        missing=line.shortfall.open_units,
        missing_pounds=line.shortfall.open_pounds,
        surplus=free.units if free else Decimal(0),
        other=other.measure if other else None,
    )


def _line(figures: Delivered, commitment: str) -> DeliveredLine | None:
    return next((line for line in figures.lines if line.commitment.key == commitment), None)


@dataclass(frozen=True, slots=True)
class FreeSurplus:
    """What there is more of than was due, and no substitute uses yet.

    Attributes:
        line: the commitment with the surplus.
        units: what is left of it, in its units.
        used: what agreements use of it.
        pounds: what is left of its worth, in proxy pounds.
    """

    line: DeliveredLine
    units: Decimal
    used: Decimal
    pounds: Decimal

    def needed_for(self, missing: Decimal) -> Decimal:
        """So many of its units as missing pounds are worth, in the decimals of its unit; at most what is left."""
        if missing >= self.pounds:
            return self.units
        exact = Fraction(missing) * Fraction(self.units) / Fraction(self.pounds)
        places = self.line.measure.decimals
        enough = round_down(exact, places)
        return enough if enough == exact else min(self.units, enough + Decimal(1).scaleb(-places))


def free_surpluses(opened: OpenDelivery, quarter: ContractQuarter, commitment: str) -> tuple[FreeSurplus, ...]:
    """The surpluses that can stand for what is missing of a commitment by the end of a quarter, in its lines' order."""
    found = (
        _free_surplus(opened, quarter, line.commitment.key)
        for line in opened.delivered.lines
        if line.commitment.key != commitment and line.measure.is_valued and line.units.surplus
    )
    return tuple(each for each in found if each is not None and each.units > 0)


def _free_surplus(opened: OpenDelivery, quarter: ContractQuarter, commitment: str) -> FreeSurplus | None:
    """What is left of a surplus: what a later agreement has used up is not there for an earlier quarter either."""
    left = [_left_of(figures, commitment) for figures in (opened.figures_to(quarter.ends_on), opened.delivered)]
    known = [each for each in left if each is not None]
    return min(known, key=lambda each: each.units) if len(known) == len(left) else None


def _left_of(figures: Delivered, commitment: str) -> FreeSurplus | None:
    line = _line(figures, commitment)
    if line is None:
        return None
    every = (each for other in figures.lines for each in other.shortfall.agreed)
    agreed = [each for each in every if each.act.other_commitment == commitment]
    used, worth = exact_sum(each.used for each in agreed), total(each.worth for each in agreed)
    units, pounds = exact_difference(line.units.surplus, used), difference(line.pounds.surplus, worth)
    return FreeSurplus(line, units, used, pounds)


def _measure(opened: OpenDelivery, commitment: str) -> Measure | None:
    """The measure of a commitment; None where the contract or its menu edition has it not."""
    code = next((line.record.measure for line in opened.commitments if line.record.key == commitment), "")
    place = opened.edition.places.get(code)
    return place.measure if place else None


def check_done(
    workspace: Workspace,
    opened: OpenDelivery,
    facts: DeliveryActFacts,
    *,
    claim: Delivery | None = None,
    reverses: DeliveryAct | None = None,
    replaces: bool = False,
    on: date | None = None,
) -> None:
    """Make sure that an act can be done as it was said and by whoever works here: see `check_act`.

    Raises:
        StoreError: it cannot.
    """
    refuse_errors(check_act(opened, facts, workspace.who, claim=claim, reverses=reverses, replaces=replaces, on=on))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the document of an act tells beside what was said.

    Attributes:
        about: the keys of the commitments whose figures it tells.
        before, after: the delivery that it decides, as it was and as it is from then on.
        plan: of an act on a plan, all its entries.
        reverses: the act that it takes back.
        paper: of a publication, which paper it is.
    """

    about: Iterable[str] = ()
    before: Delivery | None = None
    after: Delivery | None = None
    plan: Sequence[PlanEntry] = ()
    reverses: DeliveryAct | None = None
    paper: StatedPaper | None = None


def keep(uow: UnitOfWork, opened: OpenDelivery, facts: DeliveryActFacts, told: Seen) -> RecordChange:
    """Keep an act with the document of what was seen: the figures of the commitments that it is about, and the rest.

    What it changes is saved after it, in the same transaction.
    """
    document = document_of(uow, opened, facts, told)
    number = uow.delivery_acts.add(opened.stored.id, facts, document, told.reverses.id if told.reverses else None)
    return kept_change(opened, number, facts)


def document_of(uow: UnitOfWork, opened: OpenDelivery, facts: DeliveryActFacts, told: Seen) -> bytes:
    """The document of an act that is to be kept: see `keep`."""
    keys, of = frozenset(told.about), facts.delivery
    evidence = opened.evidence if of is None else opened.evidence_of(of)
    people = () if of is None else opened.people.get(of, ())
    seen = seen_of(
        opened.delivered,
        (line for line in opened.delivered.lines if line.commitment.key in keys),
        (each.evidence.record for each in evidence),
        (each.record for each in people),
    )
    digest = told.reverses.sha256 if told.reverses else ""
    return write_delivery_act(
        DeliveryActDocument(facts, uow.who, digest, told.before, told.after, tuple(told.plan), seen, told.paper)
    )


def kept_change(opened: OpenDelivery, number: int, facts: DeliveryActFacts) -> RecordChange:
    """What an act that was kept changed, for the pages."""
    return RecordChange(DELIVERY_ACT, number, None, facts, opened.stored.id)


def sealed(result: T, facts: DeliveryActFacts, label: str, changes: Iterable[RecordChange]) -> Done[T]:
    """An act that is done: Undo stops at it."""
    stop = f"{facts.kind.done} on {format_date(facts.done_on)}. Undo stops here"
    return Done(result, Edit(label, tuple(changes), stop, _INSTEAD))


def label_of(opened: OpenDelivery, facts: DeliveryActFacts, what: str) -> str:
    """What is done, in the history: "Reject 3 of Q2 (Jul to Sep 2026) of J11 for C-2026-004: no evidence came"."""
    reason = f": {facts.reason}" if facts.reason else ""
    return f"{facts.kind.words}{what} for {opened.contract.reference}{reason}"


# The documents


def read_document(workspace: Workspace, act: DeliveryAct) -> DeliveryActDocument:
    """The document of an act.

    Raises:
        OfferUnreadable: it cannot be read.
    """
    return read_delivery_act(document_bytes(workspace, act))


def document_bytes(workspace: Workspace, act: DeliveryAct) -> bytes:
    """The document of an act as it is kept, to be saved as a file."""
    with workspace.look() as uow:
        return uow.delivery_acts.document(act.id)


def is_whole(act: DeliveryAct, data: bytes) -> bool:
    """Whether the document of an act is the one that was sealed, and the act says what its document says."""
    if sha256_of(data) != act.sha256:
        return False
    document = read_delivery_act(data)
    said = DeliveryActFacts(*(getattr(act, name) for name in DeliveryActFacts.__slots__))
    return (document.facts, document.by) == (said, act.by)
