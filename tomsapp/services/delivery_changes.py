"""What changed of what is delivered: which changes are of deliveries alone, and a contract as a decision left it."""

from collections.abc import Iterable
from dataclasses import replace

from tomsapp.domain.delivery.acts import DELIVERY_ACT
from tomsapp.domain.delivery.delivered import revalued
from tomsapp.domain.delivery.delivery import DELIVERY, Delivery
from tomsapp.domain.delivery.evidence import EVIDENCE
from tomsapp.domain.delivery.people import DELIVERY_PERSON
from tomsapp.domain.delivery.plan import PLAN_ENTRY
from tomsapp.domain.history import Stored
from tomsapp.services.changes import Changes
from tomsapp.services.delivery import OpenDelivery, began_on
from tomsapp.services.workspace import Workspace

OF_DELIVERY = frozenset({DELIVERY, DELIVERY_ACT, PLAN_ENTRY, EVIDENCE, DELIVERY_PERSON})
"""Kinds of record that say nothing of what a contract promises."""


def are_of_delivery(changes: Changes) -> bool:
    """Whether nothing but deliveries changed, so that the contract itself stands as it was read."""
    return not changes.everything and bool(changes.kinds) and changes.kinds <= OF_DELIVERY


def after_decision(workspace: Workspace, opened: OpenDelivery, saved: Iterable[Stored[Delivery]]) -> OpenDelivery:
    """A contract as somebody sees it who has just decided claims: what they were shown, with these claims and acts.

    Only the acts on these claims are read again, and the person numbers where one stands behind them: a claim that is
    rejected is none of a person any more. What others did meanwhile is told with the next reading, acts and claims
    together.
    """
    now = {each.id: each for each in saved}
    last = max((act.id for act in opened.acts), default=0)
    with workspace.look() as uow:
        done = uow.delivery_acts.of(opened.stored.id, after=last)
        people = tuple(uow.people.claims(opened.stored.id)) if now.keys() & opened.people.keys() else None
    acts = tuple(act for act in done if act.delivery in now)
    deliveries = tuple(now.get(each.id, each) for each in opened.deliveries)
    every = (*opened.acts, *acts)
    figures = revalued(
        opened.delivered,
        {each.record.commitment for each in now.values()},
        opened.plan,
        [each.record for each in deliveries],
        every,
        rules=opened.rules.record,
        began=began_on(deliveries, opened.people),
        declared=opened.declared,
    )
    claims = opened.person_claims if people is None else people
    return replace(opened, deliveries=deliveries, acts=every, delivered=figures, person_claims=claims)
