"""Publishing a delivered valuation: it is made, signed and kept whole under a sealed act, and never made again.

What was published to a day is replaced by another paper, which names it; both stay. What was decided since shows beside
it: see `published_now`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.published import DELIVERED_PAPER, DeliveredPaperKept, PaperFacts
from tomsapp.domain.delivery.publishing import (
    newest_paper,
    next_paper,
    quarters_to_publish,
    span_words,
)
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.delivery.told import Frozen
from tomsapp.domain.wording import format_date
from tomsapp.exchange.delivery_act_json import StatedPaper
from tomsapp.services.changes import Done, RecordChange
from tomsapp.services.contracts import find_contract
from tomsapp.services.delivered_paper import unsigned_report
from tomsapp.services.delivered_reading import ReadPaper, read_for_paper, read_paper
from tomsapp.services.delivery_acts import Seen, check_act, check_done, keep, proposed, sealed
from tomsapp.services.delivery_held import hold_for_delivery
from tomsapp.services.reporting import file_name
from tomsapp.services.sealed_rules import today
from tomsapp.services.signers import make_ready, signed
from tomsapp.store.errors import StoreError
from tomsapp.store.kept import sha256_of

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.delivery.quarters import ContractQuarter
    from tomsapp.domain.problems import Problem
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.progress import Progress
    from tomsapp.services.reporting import MadeReport
    from tomsapp.services.verification import Verification
    from tomsapp.services.workspace import Workspace


@dataclass(frozen=True)
class ToPublish:
    """A contract as it was read to be published, and what is most likely said of it.

    Attributes:
        read: all that the paper is made of; nothing else is published.
        facts: done today, in the role as before.
    """

    workspace: Workspace
    read: ReadPaper
    facts: DeliveryActFacts

    @property
    def contract(self) -> Contract:
        """The contract's facts."""
        return self.read.delivery.stored.record

    @property
    def papers(self) -> tuple[DeliveredPaperKept, ...]:
        """What was published of it before, in order."""
        return self.read.contract.papers

    def quarters(self, on: date | None = None) -> tuple[ContractQuarter, ...]:
        """The quarters to whose last day it can be published today, the last one first."""
        return quarters_to_publish(self.contract, on or today())

    def words(self, quarter: ContractQuarter) -> str:
        """To which day a paper is, in words."""
        return span_words(self.contract, quarter)

    def replaces(self, until: date) -> DeliveredPaperKept | None:
        """The paper to a day that a further one replaces."""
        return newest_paper(self.papers, until)

    def to(self, until: date) -> OpenDelivery:
        """Its figures to a day."""
        return self.read.delivery.valued(self.workspace, until)

    def check(self, facts: DeliveryActFacts, on: date | None = None) -> list[Problem]:
        """What must be put right before it is published as it is said."""
        until = _until(self.contract, facts)
        is_next = until is not None and self.replaces(until) is not None
        return check_act(self.to(until or facts.done_on), facts, self.workspace.who, replaces=is_next, on=on)


def _until(contract: Contract, facts: DeliveryActFacts) -> date | None:
    """The last day of the quarter that is said."""
    return next((each.ends_on for each in quarters_of(contract) if each.quarter == facts.quarter), None)


def to_publish(workspace: Workspace, contract_id: int) -> ToPublish:
    """Read a contract to publish what was delivered of it.

    Raises:
        NotFound: there is no such contract.
    """
    return ToPublish(workspace, read_for_paper(workspace, contract_id), proposed(workspace, DeliveryActKind.PUBLISH))


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper that is signed and not kept yet."""

    facts: DeliveryActFacts
    paper: PaperFacts
    data: bytes


def publish(
    workspace: Workspace,
    ready: ToPublish,
    facts: DeliveryActFacts,
    progress: Progress | None = None,
    on: date | None = None,
) -> Done[DeliveredPaperKept]:
    """Make the paper to the last day of `facts.quarter`, sign it, and keep it under a sealed act.

    Raises:
        StoreError: it cannot be published as it was said, cannot be signed, or somebody changed what is delivered
            after it was read.
        TomsError: the paper cannot be made.
        Cancelled: the user stopped it; nothing is published.
    """
    return keep_paper(workspace, ready, make_paper(workspace, ready, facts, progress, on), on)


def make_paper(
    workspace: Workspace,
    ready: ToPublish,
    facts: DeliveryActFacts,
    progress: Progress | None = None,
    on: date | None = None,
) -> MadePaper:
    """Make and sign the paper, and keep nothing.

    Raises:
        TomsError: as `publish`.
    """
    day = on or today()
    facts = replace(facts, kind=DeliveryActKind.PUBLISH)
    until = _until(ready.contract, facts)
    if until is None:
        fix = "Choose the quarter or year that it is of"
        raise StoreError("It is to no last day of a quarter of the contract", fix)
    before = ready.replaces(until)
    check_done(workspace, ready.to(until), facts, replaces=before is not None, on=day)
    paper = next_paper(ready.papers, until, facts.reason)
    # Before anything is stated of the history: the first key that signs is a change of it.
    make_ready(workspace)
    replaces_on = before.published_on if before else None
    frozen = Frozen(paper.number, facts.done_on, workspace.who, replaces_on, paper.reason)
    made = unsigned_report(workspace, ready.read, until, day, frozen, progress=progress)
    return MadePaper(facts, paper, _signed(workspace, made))


def keep_paper(
    workspace: Workspace, ready: ToPublish, made: MadePaper, on: date | None = None
) -> Done[DeliveredPaperKept]:
    """Keep a paper that was made under a sealed act, where nothing was changed since it was read.

    Raises:
        StoreError: as `publish`.
    """
    paper, data, facts = made.paper, made.data, made.facts
    opened = ready.to(paper.until)
    check_done(workspace, opened, facts, replaces=paper.replaces is not None, on=on)
    label = _label(ready.contract, paper)
    stated = StatedPaper(paper.until, paper.number, sha256_of(data), len(data))
    about = [line.record.key for line in opened.commitments]
    contract_id = opened.stored.id
    with workspace.work(label) as uow:
        hold_for_delivery(uow, contract_id)
        if read_paper(workspace, uow, contract_id) != ready.read:
            message = f"Somebody changed what is delivered under {ready.contract.reference} after it was read"
            raise StoreError(message, "Nothing was published. Look at it again, then publish it")
        act = keep(uow, opened, facts, Seen(about, paper=stated))
        number = uow.papers.add(contract_id, paper, data, int(act.key))
        uow.commit()
        kept = next(each for each in uow.papers.of(contract_id) if each.id == number)
    changes = [act, RecordChange(DELIVERED_PAPER, number, None, kept, contract_id)]
    return sealed(kept, facts, label, changes)


def _signed(workspace: Workspace, made: MadeReport) -> bytes:
    """The bytes that are published: only what is signed is.

    Raises:
        StoreError: nothing signs here, with the reason.
    """
    data, signature = signed(workspace, made.data)
    if not signature.is_signed:
        fix = "Enter its password" if signature.wants_password else "Choose what signs under Settings, Signature"
        raise StoreError(f"Nothing was published. {signature.words.rstrip('.')}", fix)
    return data


def _label(contract: Contract, paper: PaperFacts) -> str:
    which = f", number {paper.number}" if paper.number > 1 else ""
    why = f": {paper.reason}" if paper.reason else ""
    return f"Publish what was delivered under {contract.reference} to {format_date(paper.until)}{which}{why}"


# What was published


def verify_paper(workspace: Workspace, paper: DeliveredPaperKept, reference: str, progress: Progress) -> Verification:
    """Work a published paper out again from its own bytes, and hold it against what the database says of it.

    Raises:
        TomsError: it was changed behind the program, or cannot be read.
        Cancelled: nobody waits for it any more.
    """
    from pathlib import Path

    from tomsapp.services.verifying import verify_data

    return verify_data(workspace, Path(copy_name(reference, paper)), paper_bytes(workspace, paper.id), progress)


def copy_name(reference: str, paper: DeliveredPaperKept) -> str:
    """A plain name for the file of a copy: "C-2026-004 delivered to 30 September 2026, number 2.pdf"."""
    which = f", number {paper.number}" if paper.number > 1 else ""
    return file_name(reference, f"delivered to {format_date(paper.until)}{which}")


def list_papers(workspace: Workspace, contract_id: int) -> list[DeliveredPaperKept]:
    """What was published of a contract, in order."""
    with workspace.look() as uow:
        return uow.papers.of(contract_id)


def papers_of(workspace: Workspace, reference: str) -> list[DeliveredPaperKept]:
    """The same of the contract with a reference.

    Raises:
        NotFound: there is none.
    """
    return list_papers(workspace, find_contract(workspace, reference))


def paper_bytes(workspace: Workspace, paper_id: int) -> bytes:
    """A published paper as it is kept, byte for byte.

    Raises:
        NotFound: there is none with this number.
        StoreError: it was changed behind the program.
    """
    with workspace.look() as uow:
        return uow.papers.content(paper_id)
