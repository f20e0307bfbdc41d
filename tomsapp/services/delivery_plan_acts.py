"""Versions of a delivery plan: proposed, returned with a reason, accepted, and an acceptance taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.delivery.acts import PLANS, DeliveryAct, DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.plan import PlanEntry, plan_problems
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.seal import REASON_LETTERS, letters_missing
from tomsapp.domain.wording import plural
from tomsapp.services.changes import Done, RecordChange
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_acts import Seen, check_act, check_done, keep, label_of, read_document, sealed
from tomsapp.services.delivery_agreements import check_as_opened
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.delivery_plans import check_plan, working_plan
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import StoreError


def seal_plan(workspace: Workspace, opened: OpenDelivery, facts: DeliveryActFacts, on: date | None = None) -> Done[int]:
    """Propose the plan that is worked on, or return or accept what was proposed; gives the number of the act.

    What is accepted holds from then on, in the place of the version before. The act's document has all its entries.

    Raises:
        StoreError: nothing is proposed, a year of the plan does not add up to its promise, or as `delivery_acts`.
    """
    check_done(workspace, opened, facts, on=on)
    if facts.kind not in PLANS:
        raise StoreError(f"{facts.kind.words} is no act on a plan", "Propose it, return it or accept it")
    plan = plan_of_act(workspace, opened, facts.kind)
    for problem in check_plan_act(opened, facts, plan, workspace.who, on):
        if problem.severity is Severity.ERROR:
            place = f"{problem.where.measure}: " if problem.where.measure else ""
            raise StoreError(f"{place}{problem.message}", problem.fix)
    return _kept(workspace, opened, facts, plan, None)


def plan_of_act(workspace: Workspace, opened: OpenDelivery, kind: DeliveryActKind) -> tuple[PlanEntry, ...]:
    """The entries that an act is about: those that are worked on where they are proposed, else those that were.

    Raises:
        StoreError: nothing is proposed.
    """
    if kind is DeliveryActKind.PROPOSE_PLAN:
        return _said_of(working_plan(opened))
    return read_document(workspace, proposal(opened)).plan


def check_plan_act(
    opened: OpenDelivery, facts: DeliveryActFacts, plan: Sequence[PlanEntry], by: str, on: date | None = None
) -> list[Problem]:
    """What must be put right before somebody proposes, returns or accepts a plan.

    What it changes in quarters that have ended is asked about, and the reason answers.
    """
    found = check_act(opened, facts, by, on=on)
    if facts.kind is DeliveryActKind.RETURN_PLAN:
        return found
    found += check_plan(opened, plan)
    past = past_changes(opened, plan, facts.done_on)
    if past:
        first = past[0]
        more = f", and {plural(len(past) - 1, 'more quarter', 'more quarters')} that ended" if past[1:] else ""
        message = f"{first.where.measure}: {first.message}{more}"
        found.append(replace(first, message=message, where=Where(field="reason")))
        if letters_missing(facts.reason):
            message, fix = "The reason says too little", f"Say why in at least {REASON_LETTERS} letters"
            found.append(Problem("reason-short", Severity.ERROR, message, fix, Where(field="reason")))
    return found


def past_changes(opened: OpenDelivery, plan: Sequence[PlanEntry], today: date) -> list[Problem]:
    """What a plan changes in quarters that have ended by a day: a question each."""
    lines = [line.record for line in opened.commitments]
    found = plan_problems(opened.contract, opened.edition, lines, plan, opened.plan, today)
    return [problem for problem in found if problem.severity is Severity.WARNING]


def proposal(opened: OpenDelivery) -> DeliveryAct:
    """The proposal that waits for an answer.

    Raises:
        StoreError: none does.
    """
    last = next(reversed(opened.plan_acts), None)
    if last is None or last.kind is not DeliveryActKind.PROPOSE_PLAN:
        message = f"No plan is proposed for {opened.contract.reference}"
        raise StoreError(message, "Propose the plan that is worked on first")
    return last


def take_back_plan_act(
    workspace: Workspace, opened: OpenDelivery, act: DeliveryAct, facts: DeliveryActFacts, on: date | None = None
) -> Done[int]:
    """Take back an act on a plan; where it was the last acceptance, the version before holds again.

    Raises:
        StoreError: it does not stand any more, or as `delivery_acts`.
    """
    facts = replace(facts, kind=DeliveryActKind.TAKE_BACK)
    check_done(workspace, opened, facts, reverses=act, on=on)
    left = [each for each in opened.plan_acts if each.kind is DeliveryActKind.ACCEPT_PLAN and each.id != act.id]
    plan = read_document(workspace, left[-1]).plan if left else ()
    return _kept(workspace, opened, facts, plan, act)


def _kept(
    workspace: Workspace,
    opened: OpenDelivery,
    facts: DeliveryActFacts,
    plan: tuple[PlanEntry, ...],
    reverses: DeliveryAct | None,
) -> Done[int]:
    back = f" “{reverses.kind.done.lower()}”" if reverses else ""
    label = label_of(opened, facts, back)
    changes: list[RecordChange] = []
    with workspace.work(label) as uow:
        hold_for_delivery(uow, opened.stored.id)
        check_as_opened(uow, opened)
        changes.append(keep(uow, opened, facts, Seen(plan=plan, reverses=reverses)))
        if facts.kind in {DeliveryActKind.ACCEPT_PLAN, DeliveryActKind.TAKE_BACK}:
            uow.plans.put_in_force(opened.stored.id, plan)
        uow.commit()
    return sealed(int(changes[0].key), facts, label, changes)


def _said_of(entries: tuple[PlanEntry, ...]) -> tuple[PlanEntry, ...]:
    """The entries that say something: a quarter of which nothing is planned and nothing said needs none."""
    return tuple(each for each in entries if each != PlanEntry(each.commitment, each.quarter, Decimal(0)))
