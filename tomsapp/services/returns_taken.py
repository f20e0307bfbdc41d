"""Takes returns over: claims, person numbers and evidence of all in one transaction that one Undo takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.evidence import Evidence, EvidenceKind, is_about_people
from tomsapp.domain.problems import Severity
from tomsapp.domain.wording import plural
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.delivery_claims import Claim, check_saveable, write_claims
from tomsapp.services.delivery_people import write_person
from tomsapp.services.evidence import write_evidence
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from tomsapp.domain.delivery.delivery import Delivery
    from tomsapp.domain.history import Stored
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.returns import ReadReturn, ReturnedLine
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


def take_over(workspace: Workspace, returns: Sequence[ReadReturn], progress: Progress | None = None) -> Done[int]:
    """Save what these returns say; gives how many lines were saved. What is the same already is not saved again.

    Raises:
        EditConflict: somebody else saved one of the claims since it was looked at.
        StoreError: one has errors, two are of the same contract and quarter, or something changed since.
        Cancelled: the user stopped it; nothing was changed.
    """
    watched = progress or NoProgress()
    # Contracts are held in the order of their numbers, so that two officers never wait for each other.
    chosen = sorted(returns, key=lambda each: each.opened.stored.id if each.opened else 0)
    _check(chosen)
    lines = sum(len(each.saved_lines) for each in chosen)
    if not lines:
        return Done(0)
    records: list[RecordChange] = []
    label = _label(chosen)
    with workspace.work(" ".join([label, *(f"[{words}]" for words in _receipts(chosen))])) as uow:
        for done, each in enumerate(chosen):
            watched.report(done, len(chosen), f"Taking over {each.name}")
            if each.opened is not None:
                records += _write(uow, each.opened, each.saved_lines)
        uow.commit()
    return Done(lines, Edit(label, tuple(records)))


def _check(returns: Sequence[ReadReturn]) -> None:
    places = set()
    for each in returns:
        opened, quarter = each.opened, each.quarter
        if each.found.same_as or opened is None or quarter is None:
            raise StoreError(f"{each.name} cannot be taken over", "Leave it out, and look at what is said of it")
        for problem in each.all_problems:
            if problem.severity is Severity.ERROR:
                raise StoreError(f"{each.name} has errors: {problem.message}", f"{problem.fix}. Nothing was saved")
        place = (opened.stored.id, quarter.quarter)
        if place in places:
            message = f"Two of the returns are of {quarter.label} of {opened.contract.reference}"
            raise StoreError(message, "Choose which one holds")
        places.add(place)
        check_saveable(opened, [claim for line in each.lines if (claim := _claim(line)) is not None])


def _claim(line: ReturnedLine) -> Claim | None:
    """The claim of a line as it was and as it will be; None where nothing of the claim itself is saved."""
    return (line.was, line.now) if line.change.is_saved and line.now is not None else None


def _write(uow: UnitOfWork, opened: OpenDelivery, lines: Sequence[ReturnedLine]) -> Iterator[RecordChange]:
    pairs = [(line.was, line.now) for line in lines if line.now is not None]
    saved, records = write_claims(uow, opened, pairs)
    yield from records
    for line, stored in zip(lines, saved, strict=True):
        for change in line.people:
            _, record = write_person(uow, opened.stored.id, stored.id, change)
            yield record
        for reference in line.references:
            _, record = write_evidence(uow, opened, _evidence(opened, line, stored, reference))
            yield record


def _evidence(opened: OpenDelivery, line: ReturnedLine, claim: Stored[Delivery], reference: str) -> Evidence:
    """Evidence that the supplier keeps, by what it says of where."""
    return Evidence(
        reference,
        EvidenceKind.REFERENCE,
        reference,
        is_about_people=is_about_people(line.measure, opened.edition),
        deliveries=frozenset({str(claim.id)}),
    )


def _label(returns: Sequence[ReadReturn]) -> str:
    if len(returns) == 1 and returns[0].opened is not None:
        return f"Take over the return of {returns[0].quarter_words} for {returns[0].opened.contract.reference}"
    return f"Take over {plural(len(returns), 'return')}"


def _receipts(returns: Sequence[ReadReturn]) -> Iterator[str]:
    """What the history keeps of the files that came in."""
    for each in returns:
        if each.found.receipt is not None:
            yield each.found.receipt.words
