"""The one reading of a tender: what is set up, what was done with it, and what is wrong, from one moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tomsapp.domain.errors import MenuError
from tomsapp.domain.tender.setup import SetUp, SetUpProblem
from tomsapp.domain.tender.setup_checks import setup_problems
from tomsapp.services.tenders.in_force import deadline_of_terms, tender_in_force
from tomsapp.store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.domain.offer import Surroundings
    from tomsapp.domain.tender.acts import TenderAct
    from tomsapp.domain.tender.asked import BidderQuestion
    from tomsapp.domain.tender.issued import IssuedVersion
    from tomsapp.domain.tender.lot import Lot
    from tomsapp.domain.tender.question import Question
    from tomsapp.domain.tender.tender import Tender
    from tomsapp.domain.tender.tender_measure import TenderMeasure
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReadTender:
    """A tender with all that belongs to it, as it was at one moment, before anything of it is worked out.

    Attributes:
        council: the name of the council.
        lots, questions: by their numbers.
        asked: what bidders asked, by days.
        acts: what was done with it for good, in order.
        versions: of its pack that were issued, in order.
        in_force: its facts by which bidders go: those of the newest issued version, else those that are typed.
    """

    stored: Stored[Tender]
    council: str
    lots: tuple[Stored[Lot], ...]
    measures: tuple[Stored[TenderMeasure], ...]
    questions: tuple[Stored[Question], ...]
    asked: tuple[Stored[BidderQuestion], ...]
    surroundings: Surroundings
    acts: tuple[TenderAct, ...]
    versions: tuple[IssuedVersion, ...]
    in_force: Tender


@dataclass(frozen=True, slots=True)
class OpenTender:
    """A tender with all that its page shows, as it was at one moment.

    Attributes:
        measures: in the order of its menu; those that the edition lacks stand last.
        edition: its menu edition; None until one is chosen, or where it cannot be read.
        edition_trouble: why the edition cannot be read; empty where it can.
        problems: what is missing of the set-up or contradicts itself, by its steps.
    """

    read: ReadTender
    measures: tuple[Stored[TenderMeasure], ...]
    edition: MenuEdition | None
    edition_trouble: str
    problems: tuple[SetUpProblem, ...]

    @property
    def id(self) -> int:
        """The number of the tender in the database."""
        return self.read.stored.id

    @property
    def stored(self) -> Stored[Tender]:
        """The tender's facts with their version."""
        return self.read.stored

    @property
    def tender(self) -> Tender:
        """The tender's facts."""
        return self.read.stored.record

    @property
    def council(self) -> str:
        """The name of the council."""
        return self.read.council

    @property
    def lots(self) -> tuple[Stored[Lot], ...]:
        """Its lots by their numbers."""
        return self.read.lots

    @property
    def questions(self) -> tuple[Stored[Question], ...]:
        """Its questions by their numbers."""
        return self.read.questions

    @property
    def asked(self) -> tuple[Stored[BidderQuestion], ...]:
        """What bidders asked, by days."""
        return self.read.asked

    @property
    def surroundings(self) -> Surroundings:
        """What offers are held against here: the council's rules and wards."""
        return self.read.surroundings

    @property
    def acts(self) -> tuple[TenderAct, ...]:
        """What was done with it for good, in order."""
        return self.read.acts

    @property
    def versions(self) -> tuple[IssuedVersion, ...]:
        """The versions of its pack that were issued, in order."""
        return self.read.versions

    @property
    def in_force(self) -> Tender:
        """Its facts by which bidders go: those of the newest issued version, else those that are typed."""
        return self.read.in_force

    @property
    def deadline(self) -> datetime | None:
        """The last moment in time, by which bidders go; None where none is set, or what is typed is none."""
        return deadline_of_terms(self.in_force)


@dataclass(frozen=True, slots=True)
class TenderListRow:
    """A tender in a list.

    Attributes:
        lots: how many it has.
        value: what they are estimated at together, in pounds without VAT; None where no lot has a value.
    """

    id: int
    version: int
    tender: Tender
    lots: int
    value: Decimal | None

    @property
    def deadline(self) -> datetime | None:
        """The last moment at which offers are in time, wherever that is; None where none is set."""
        return deadline_of_terms(self.tender)


def list_tenders(workspace: Workspace) -> list[TenderListRow]:
    """Every tender by its reference, with its lots."""
    with workspace.look() as uow:
        tenders = uow.tenders.all()
        lots = uow.lots.by_tender(stored.id for stored in tenders)
    return [_row(stored, [lot.record for lot in lots[stored.id]]) for stored in tenders]


def _row(stored: Stored[Tender], lots: list[Lot]) -> TenderListRow:
    values = [lot.value for lot in lots if lot.value is not None]
    value = sum(values[1:], values[0]) if values else None
    return TenderListRow(stored.id, stored.version, stored.record, len(lots), value)


def find_tender(workspace: Workspace, reference: str) -> int:
    """The number of the tender with a reference.

    Raises:
        NotFound: there is none that is not deleted.
    """
    with workspace.look() as uow:
        found = uow.tenders.find_by_reference(reference.strip())
    if found is None:
        raise NotFound(f"There is no tender with the reference {reference}", "Check how the council wrote it")
    return found.id


def open_tender(workspace: Workspace, tender_id: int, now: datetime | None = None) -> OpenTender:
    """Read a tender, and look what is missing of it or contradicts itself.

    Args:
        workspace: the open database.
        tender_id: the number of the tender.
        now: the moment at which it is looked at, with its zone; the present one if none is named.

    Raises:
        NotFound: there is no such tender.
    """
    with workspace.look() as uow:
        read = read_tender(workspace, uow, tender_id)
    return opened_from(workspace, read, now)


def read_tender(workspace: Workspace, uow: UnitOfWork, tender_id: int) -> ReadTender:
    """Read a tender at the moment of a transaction.

    Raises:
        NotFound: there is no such tender.
    """
    return ReadTender(
        uow.tenders.get(tender_id),
        workspace.settings_at(uow).council_name,
        tuple(uow.lots.of(tender_id)),
        tuple(uow.tender_measures.of(tender_id)),
        tuple(uow.questions.of(tender_id)),
        tuple(uow.bidder_questions.of(tender_id)),
        workspace.surroundings(uow),
        tuple(uow.tender_acts.of(tender_id)),
        tuple(uow.pack_versions.of(tender_id)),
        tender_in_force(uow, tender_id),
    )


def opened_from(workspace: Workspace, read: ReadTender, now: datetime | None = None) -> OpenTender:
    """What is worked out of a tender that was read."""
    edition, trouble = _edition_of(workspace, read.stored.record)
    order = edition.order if edition else {}
    last = len(order)
    measures = sorted(read.measures, key=lambda each: (order.get(each.record.measure, last), each.record.measure))
    opened = OpenTender(read, tuple(measures), edition, trouble, ())
    return replace(opened, problems=setup_problems(set_up_of(opened, now)))


def set_up_of(
    opened: OpenTender, now: datetime | None = None, measures: Sequence[TenderMeasure] | None = None
) -> SetUp:
    """All that is set up of a tender, to be held against its rules; `measures` are other ones than those it has."""
    kept = tuple(measure.record for measure in opened.measures)
    return SetUp(
        opened.tender,
        tuple(lot.record for lot in opened.lots),
        kept if measures is None else tuple(measures),
        tuple(question.record for question in opened.questions),
        now or datetime.now().astimezone(),
        opened.edition,
        opened.surroundings.policy,
        opened.surroundings.area,
        tuple(asked.record for asked in opened.asked),
    )


def _edition_of(workspace: Workspace, tender: Tender) -> tuple[MenuEdition | None, str]:
    """The edition that a tender is pinned to, and why it cannot be read."""
    if not tender.edition:
        return None, ""
    try:
        return workspace.edition(tender.menu, tender.edition), ""
    except MenuError as error:
        return None, str(error)
