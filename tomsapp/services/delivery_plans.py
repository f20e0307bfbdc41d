"""What a user does with a delivery plan: change it, quarter by quarter.

It is proposed, returned and accepted by acts: see `delivery_acts`. Until one is accepted the plan by default holds.
"""

from collections.abc import Sequence
from dataclasses import replace

from tomsapp.domain.delivery.plan import PLAN_ENTRY, PlanEntry, plan_problems
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.workspace import Workspace

PlanChange = tuple[Stored[PlanEntry] | None, PlanEntry]
"""An entry as it was seen, None where there was none of its quarter, and as it shall be."""


def working_plan(opened: OpenDelivery) -> tuple[PlanEntry, ...]:
    """The plan that is worked on, with an entry for each commitment and quarter.

    A quarter that nobody worked on has what was last accepted, and without that what is due by default.
    """
    own = {(each.record.commitment, each.record.quarter): each.record for each in opened.planned}
    accepted = {(each.commitment, each.quarter): each for each in opened.accepted_plan}

    def entry(commitment: str, quarter: Quarter) -> PlanEntry:
        key = commitment, quarter
        quantity = opened.plan[commitment].quantities[quarter]
        before = accepted.get(key)
        if before is None or before.quantity != quantity:
            before = PlanEntry(commitment, quarter, quantity)
        return own.get(key, before)

    return tuple(entry(commitment, quarter) for commitment, line in opened.plan.items() for quarter in line.quantities)


def plan_in_force_of(opened: OpenDelivery) -> tuple[PlanEntry, ...]:
    """The plan that holds, with each commitment and quarter: as it was accepted, or else by default."""
    return working_plan(replace(opened, planned=()))


def check_plan(opened: OpenDelivery, entries: Sequence[PlanEntry]) -> list[Problem]:
    """What must be put right before a plan is proposed or accepted: each year adds up to what is promised."""
    lines = [line.record for line in opened.commitments]
    wrong = [problem for entry in entries for problem in PLAN_ENTRY.problems(entry)]
    return [*wrong, *plan_problems(opened.contract, opened.edition, lines, entries)]


def check_entry(opened: OpenDelivery, entry: PlanEntry) -> list[Problem]:
    """What must be put right before one quarter of a plan is saved, whatever its year adds up to."""
    lines = [line.record for line in opened.commitments]
    found = plan_problems(opened.contract, opened.edition, lines, [entry])
    return [*PLAN_ENTRY.problems(entry), *(_of_quantity(each) for each in found if each.code != "plan-sum")]


def _of_quantity(problem: Problem) -> Problem:
    """A Problem of an entry at the field of its quantity."""
    return replace(problem, where=problem.where._replace(field="quantity"))


def save_plan(
    workspace: Workspace, opened: OpenDelivery, changed: Sequence[PlanChange], label: str = ""
) -> Done[tuple[Stored[PlanEntry], ...]]:
    """Save entries of the plan that is worked on, in one transaction.

    A year may add up to something else while it is worked on; then the plan cannot be proposed.

    Raises:
        EditConflict: somebody else saved one of them first, or there is one of the quarter already.
        StoreError: one has an error, or nothing is delivered under the contract.
    """
    wanted = [(before, after) for before, after in changed if before is None or after != before.record]
    if not wanted:
        return Done(tuple(before for before, _ in changed if before is not None))
    for _, after in wanted:
        refuse_errors(PLAN_ENTRY.problems(after))
    label = label or f"Change the delivery plan of {opened.contract.reference}"
    contract_id = opened.stored.id
    saved: list[Stored[PlanEntry]] = []
    records: list[RecordChange] = []
    with workspace.work(label) as uow:
        hold_for_delivery(uow, contract_id)
        for before, after in changed:
            if before is not None and after == before.record:
                saved.append(before)
                continue
            if before is None:
                stored = uow.plans.add(contract_id, after)
            else:
                stored = uow.plans.save(before.id, before.version, after)
            saved.append(stored)
            then = None if before is None else before.record
            records.append(RecordChange(PLAN_ENTRY, stored.id, then, stored.record, contract_id))
        uow.commit()
    return Done(tuple(saved), Edit(label, tuple(records)))
