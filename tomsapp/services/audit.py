"""What an auditor does: draw a sample of accepted claims, conclude of each what its evidence shows, take a draw out.

What was drawn stays as it was drawn. A sample of which a claim was checked is not taken out, so that nobody draws until
a sample pleases.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.audit import (
    AUDIT_ITEM,
    AUDIT_SAMPLE,
    AuditItem,
    AuditSample,
    conclusion_of,
    sample_problems,
)
from tomsapp.domain.delivery.claims import worth_of
from tomsapp.domain.delivery.figures import NOTHING
from tomsapp.domain.delivery.sample import draw
from tomsapp.domain.money import total
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_date, plural
from tomsapp.services.audit_frame import CouncilAudit, frame_of
from tomsapp.services.audit_read import DrawnClaim, SampleView, read_samples
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.refusing import refuse_errors
from tomsapp.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from tomsapp.domain.delivery.delivery import Delivery
    from tomsapp.domain.delivery.figures import DeliveredLine
    from tomsapp.domain.history import Stored
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace


# To draw


def check_draw(opened: OpenDelivery | CouncilAudit, seed: str, size: int, today: date) -> list[Problem]:
    """What must be put right before a sample is drawn from the accepted claims to the day of the figures.

    A sample of the same seed is a warning: the longer of two samples of a seed begins with the shorter.
    """
    frame = frame_of(opened)
    found = sample_problems(seed, size, frame.until, today, len(frame.claims(frame.until)))
    same = next((view for view in frame.samples if view.sample.record.seed == seed), None)
    if same is not None and not found:
        message = f"A sample was drawn with this seed on {format_date(same.sample.record.drawn_on)}"
        fix = "Choose another seed to draw other claims, or draw with it all the same"
        found.append(Problem("seed-twice", Severity.WARNING, message, fix, Where(field="seed")))
    return found


def draw_sample(
    workspace: Workspace, opened: OpenDelivery | CouncilAudit, seed: str, size: int, today: date, notes: str = ""
) -> Done[SampleView]:
    """Draw a sample from the accepted claims of a contract, or of all, to the day of the figures, and keep it.

    Raises:
        StoreError: something must be put right first, the contract is not signed any more, or claims of the council
            were changed since they were read.
    """
    seed, frame = seed.strip(), frame_of(opened)
    refuse_errors(check_draw(opened, seed, size, today))
    claims = {each.accepted.key: each for each in frame.claims(frame.until)}
    drawn = [
        (each.delivery, AuditItem(place, each.accepted.units, each.accepted.pounds))
        for place, each in enumerate((claims[key] for key in draw(claims, seed, size)), start=1)
    ]
    pounds = total(each.accepted.pounds for each in claims.values())
    sample = AuditSample(seed, frame.until, size, today, len(claims), pounds, notes)
    label = f"Draw a sample of {plural(len(drawn), 'claim')} of {frame.name}"
    with workspace.work(label) as uow:
        frame.hold(uow)
        stored = uow.samples.add(frame.contract_id, sample)
        uow.sample_items.add_many(stored.id, drawn)
        view = next(each for each in read_samples(uow, frame.contract_id) if each.sample.id == stored.id)
        uow.commit()
    change = RecordChange(AUDIT_SAMPLE, stored.id, None, stored.record, frame.contract_id)
    return Done(view, Edit(label, (change,)))


def take_out_sample(
    workspace: Workspace, opened: OpenDelivery | CouncilAudit, sample: Stored[AuditSample]
) -> Done[None]:
    """Take out a sample of which nothing was checked yet; Undo brings it back, and the history keeps it.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: a claim of it was checked.
    """
    frame = frame_of(opened)
    label = f"Take out the {AUDIT_SAMPLE.name_of(sample.record)} of {frame.name}"
    with workspace.work(label) as uow:
        uow.samples.delete(sample.id, sample.version)
        uow.commit()
    change = RecordChange(AUDIT_SAMPLE, sample.id, sample.record, None, frame.contract_id)
    return Done(None, Edit(label, (change,)))


# To conclude


def claim_of(opened: OpenDelivery, drawn: DrawnClaim) -> tuple[DeliveredLine, Stored[Delivery]]:
    """The commitment and the claim of what was drawn, as they are now.

    Raises:
        NotFound: the contract has it not any more.
    """
    held = next((each for each in opened.deliveries if each.id == drawn.delivery), None)
    lines = opened.delivered.lines if held is not None else ()
    line = next((each for each in lines if held and each.commitment.key == held.record.commitment), None)
    if held is None or line is None:
        raise NotFound("The claim is not there any more", "What was drawn stays in the sample; open the contract again")
    return line, held


def concluded(opened: OpenDelivery | CouncilAudit, drawn: DrawnClaim, found: Decimal | None, notes: str) -> AuditItem:
    """A claim of a sample as it is when so many of its units are shown; None takes its conclusion away.

    Raises:
        NotFound: the contract has it not any more.
    """
    before = drawn.item.record
    if found is None:
        return replace(before, conclusion=None, found=None, found_pounds=None, notes=notes)
    if found == before.units:
        pounds = before.pounds
    elif not found:
        pounds = NOTHING
    else:
        line, held = claim_of(frame_of(opened).opened(drawn.delivery), drawn)
        pounds = worth_of(line, held.record.quarter.year, found)
    return replace(before, conclusion=conclusion_of(found, before.units), found=found, found_pounds=pounds, notes=notes)


def check_conclusion(drawn: DrawnClaim, found: Decimal | None, notes: str) -> list[Problem]:
    """What must be put right before a conclusion is saved; what is not shown in full needs a note that says why."""
    before = drawn.item.record
    conclusion = None if found is None else conclusion_of(found, before.units)
    told = replace(before, conclusion=conclusion, found=found, notes=notes)
    problems = AUDIT_ITEM.problems(told)
    if not problems and found is not None and found < before.units and not notes.strip():
        message, fix = "It is not shown in full, and nothing says why", "Say what was looked at and what is missing"
        problems.append(Problem("notes-missing", Severity.ERROR, message, fix, Where(field="notes")))
    return problems


def conclude(
    workspace: Workspace,
    opened: OpenDelivery | CouncilAudit,
    drawn: DrawnClaim,
    found: Decimal | None,
    notes: str = "",
) -> Done[Stored[AuditItem]]:
    """Save what was found of a claim that was drawn: the units that its evidence shows, None for not checked.

    Raises:
        EditConflict: somebody else saved it first.
        NotFound: the contract has the claim not any more.
        StoreError: something must be put right first.
    """
    refuse_errors(check_conclusion(drawn, found, notes))
    before = drawn.item
    after = concluded(opened, drawn, found, notes)
    if after == before.record:
        return Done(before)
    frame = frame_of(opened)
    label = f"Record what was found of claim {after.position} of a sample of {frame.name}"
    with workspace.work(label) as uow:
        number = uow.deliveries.contracts_of([drawn.delivery])[drawn.delivery]
        stored = uow.sample_items.save(before.id, before.version, after)
        uow.commit()
    change = RecordChange(AUDIT_ITEM, before.id, before.record, stored.record, number)
    return Done(stored, Edit(label, (change,)))
