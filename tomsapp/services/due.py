"""What is due of contracts and when: for one, for all, as a calendar file, and as reminders of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import dates_problem
from tomsapp.domain.delivery.due import (
    Due,
    DueKind,
    Nearness,
    Planned,
    Reminder,
    dues_of,
    near_dues,
    planned_lines,
    reminders_of,
)
from tomsapp.domain.delivery.plan import Plan, plan_in_force
from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.problems import Severity
from tomsapp.domain.wording import format_date, plural
from tomsapp.menufiles.files import write_whole
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.kept_files import due_in
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.commitment import Commitment
    from tomsapp.domain.delivery.plan import PlanEntry
    from tomsapp.domain.delivery.rules import DeliveryRules
    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.exchange.calendar_file import CalendarEntry
    from tomsapp.store.readmodels import ContractListRow
    from tomsapp.store.unit_of_work import UnitOfWork

HAS_DUES = ContractStatus.SIGNED
"""The status of the contracts of which something is due: what is offered is not due, and what is closed is done."""
CALENDAR_SUFFIX = ".ics"
_WORDS = {
    DueKind.RETURN: "Return",
    DueKind.EVIDENCE: "Evidence",
    DueKind.EXTENSION: "Extension",
    DueKind.END: "End of contract",
}


@dataclass(frozen=True, slots=True)
class ContractDues:
    """A contract with everything that is due of it.

    Attributes:
        lines: its commitments with what is due of each in each quarter.
        plan: the plan in force, with the years that are planned by default.
        dues: by day.
    """

    contract_id: int
    contract: Contract
    edition: MenuEdition
    lines: tuple[Planned, ...]
    plan: Plan
    rules: DeliveryRules
    dues: tuple[Due, ...]


def contract_dues(workspace: Workspace, contract_id: int) -> ContractDues:
    """Everything that is due of a contract, also of one that is not signed yet.

    Raises:
        ContractError: its dates make no contract years.
        MenuError: its edition is neither in the database nor installed.
        NotFound: there is no contract with this number.
    """
    with workspace.look() as uow:
        read = read_dues(uow, contract_id)
    return dues_from(workspace, read)


@dataclass(frozen=True, slots=True)
class ReadDues:
    """What the database holds of a contract that says what is due of it, all of it from one moment."""

    stored: Stored[Contract]
    commitments: Sequence[Stored[Commitment]]
    accepted_plan: Sequence[PlanEntry]
    rules: DeliveryRules
    signed_on: date | None


def read_dues(uow: UnitOfWork, contract_id: int) -> ReadDues:
    """Read what says what is due of a contract, at the moment of a transaction.

    Raises:
        NotFound: there is no contract with this number.
    """
    return ReadDues(
        uow.contracts.get(contract_id),
        uow.commitments.of(contract_id),
        uow.plans.in_force(contract_id),
        uow.delivery_rules.now().record,
        uow.acts.signed_on(contract_id).get(contract_id),
    )


def signed_dues(workspace: Workspace, contract_id: int) -> ContractDues:
    """The same of a contract of which something is due already.

    Raises:
        StoreError: the contract is not signed, or closed, so nothing is due of it.
        TomsError: as `contract_dues`.
    """
    found = contract_dues(workspace, contract_id)
    contract = found.contract
    if contract.status is not HAS_DUES:
        message = f"{contract.reference} is {contract.status.value}, and what is due is that of signed contracts"
        raise StoreError(message, "Sign the contract first, or reopen it if it was closed too soon")
    return found


def all_dues(workspace: Workspace, progress: Progress | None = None) -> tuple[ContractDues, ...]:
    """Everything that is due of every signed contract, by reference.

    Raises:
        MenuError: the edition of one of them is neither in the database nor installed.
        Cancelled: nobody waits for it any more.
    """
    watched = progress or NoProgress()
    with workspace.look() as uow:
        rows = [row for row in uow.lists.contracts() if row.status is HAS_DUES and _has_years(row)]
        read = []
        for done, row in enumerate(rows):
            watched.report(done, len(rows), "Reading what is due")
            read.append(read_dues(uow, row.id))
    return tuple(dues_from(workspace, each) for each in read)


def reminders_today(workspace: Workspace, *, with_deletions: bool = True) -> tuple[ContractAttention, ...]:
    """What `reminders` tells on the day on the user's wall."""
    return reminders(workspace, datetime.now().astimezone().date(), with_deletions=with_deletions)


def _has_years(row: ContractListRow) -> bool:
    return dates_problem(row.start_on, row.end_on) is None


def dues_from(workspace: Workspace, read: ReadDues) -> ContractDues:
    """Everything that is due of a contract that was read.

    Raises:
        ContractError: its dates make no contract years.
        MenuError: its edition is neither in the database nor installed.
    """
    contract, rules = read.stored.record, read.rules
    edition = workspace.edition(contract.menu, contract.edition)
    commitments = [line.record for line in read.commitments]
    plan = plan_in_force(contract, edition, commitments, read.accepted_plan)
    planned = planned_lines(edition, commitments, plan)
    dues = dues_of(contract, planned, rules, read.signed_on if contract.status in HAS_DELIVERIES else None)
    return ContractDues(read.stored.id, contract, edition, planned, plan, rules, dues)


# As a calendar


@dataclass(frozen=True, slots=True)
class MadeCalendar:
    """A calendar file: its bytes, a name for it, and how many days it has."""

    data: bytes
    file_name: str
    entries: int


def contract_calendar(workspace: Workspace, contract_id: int, made_at: datetime) -> MadeCalendar:
    """Everything that is due of a contract as a calendar file.

    Raises:
        StoreError: the contract is not signed, so nothing is due of it.
        TomsError: as `contract_dues`.
    """
    return calendar_of(workspace, signed_dues(workspace, contract_id), made_at)


def calendar_of(workspace: Workspace, found: ContractDues, made_at: datetime) -> MadeCalendar:
    """What was read of a contract as a calendar file."""
    reference = found.contract.reference
    return _calendar(workspace, f"Due under {reference}", f"{reference} what is due", [found], made_at)


def council_calendar(workspace: Workspace, made_at: datetime, progress: Progress | None = None) -> MadeCalendar:
    """Everything that is due of all signed contracts as a calendar file."""
    council = workspace.settings.council_name
    name = f"Social value due, {council}" if council else "Social value due"
    return _calendar(workspace, name, "What is due", all_dues(workspace, progress), made_at)


def _calendar(
    workspace: Workspace, name: str, file: str, found: Sequence[ContractDues], made_at: datetime
) -> MadeCalendar:
    from tomsapp.exchange.calendar_file import write_calendar
    from tomsapp.services.reporting import plain_name

    council = workspace.settings.council_name
    entries = [entry for each in found for entry in _entries(council, each)]
    return MadeCalendar(write_calendar(name, entries, made_at), plain_name(file, CALENDAR_SUFFIX), len(entries))


def _entries(council: str, found: ContractDues) -> Iterator[CalendarEntry]:
    from tomsapp.exchange.calendar_file import CalendarEntry

    contract = found.contract
    beside = [f"{contract.reference} {contract.title}".strip(), *_whom_to_call(contract)]
    for due in found.dues:
        yield CalendarEntry(
            f"{council}|{contract.reference}|{due.key}",
            due.on,
            f"{contract.reference}: {due.what}",
            "\n".join((*due.detail, *filter(None, (due.note,)), *beside)),
            ("Social value", _WORDS[due.kind]),
        )


def _whom_to_call(contract: Contract) -> Iterator[str]:
    contact = (contract.supplier_contact, contract.supplier_contact_phone, contract.supplier_contact_email)
    if told := list(filter(None, (contract.supplier, *contact))):
        yield f"Supplier: {', '.join(told)}"
    if contract.contract_manager:
        yield f"Contract manager: {contract.contract_manager}"


def save_calendar(
    make: Callable[[Workspace, datetime], MadeCalendar], workspace: Workspace, path: Path, now: datetime
) -> Path:
    """Make a calendar file and write it whole.

    Raises:
        TomsError: the file cannot be written; the one that was there is untouched.
    """
    return write_calendar_file(make(workspace, now), path)


def write_calendar_file(made: MadeCalendar, path: Path) -> Path:
    """Write a calendar file whole.

    Raises:
        TomsError: the file cannot be written; the one that was there is untouched.
    """
    write_whole(path, made.data)
    return path


# As reminders


def reminders(workspace: Workspace, today: date, *, with_deletions: bool = True) -> tuple[ContractAttention, ...]:
    """The contracts of which something is due soon or late, the longest late first, then the next due.

    Last stand those, also closed ones, of which files of evidence are to be deleted; not where `with_deletions` is
    False, as whoever shows these on a line of their own would tell them twice.
    """
    with workspace.look() as uow:
        every = list(uow.lists.contracts())
        rows = [row for row in every if row.status is HAS_DUES and row.commitments and _has_years(row)]
        files = due_in(uow, today) if with_deletions else ()
        deletions = Counter(number for file in files for number in {number for number, _ in file.evidence})
        rules, returned = uow.delivery_rules.now().record, uow.deliveries.returned()
        signed_on = uow.acts.signed_on()
    found: list[tuple[tuple[int, date], ContractAttention]] = []
    for row in rows:
        there = returned.get(row.id, set())
        told = reminders_of(near_dues(row, there, rules, today, signed_on.get(row.id)), there, rules, today)
        if told:
            is_late = any(each.nearness is Nearness.LATE for each in told)
            severity = Severity.WARNING if is_late else Severity.NOTE
            reasons = tuple(_reasons(told))
            attention = ContractAttention(
                row.id, row.reference, row.title or row.reference, row.supplier, reasons, severity
            )
            found.append(((not is_late, min(each.due.on for each in told)), attention))
    in_order = [attention for _, attention in sorted(found, key=lambda pair: (pair[0], pair[1].reference))]
    return tuple(_with_deletions(in_order, every, deletions))


def _with_deletions(
    told: Sequence[ContractAttention], rows: Iterable[ContractListRow], deletions: Mapping[int, int]
) -> Iterator[ContractAttention]:
    """What is due of contracts, with how many files of evidence of each are to be deleted."""
    words = {
        number: f"{plural(count, 'file of evidence is', 'files of evidence are')} due for deletion"
        for number, count in deletions.items()
    }
    for each in told:
        yield replace(each, reasons=(*each.reasons, words[each.contract_id])) if each.contract_id in words else each
    others = words.keys() - {each.contract_id for each in told}
    for row in sorted((row for row in rows if row.id in others), key=lambda row: row.reference):
        title = row.title or row.reference
        yield ContractAttention(row.id, row.reference, title, row.supplier, (words[row.id],), Severity.NOTE)


def with_reminders(
    attention: Sequence[ContractAttention], told: Sequence[ContractAttention], passing: Collection[int]
) -> tuple[ContractAttention, ...]:
    """The contracts that need attention, with what is due of those that pass the filters.

    What stops a contract stands first, then what is due, then the rest; each in its own order.
    """
    due = {each.contract_id: each for each in told if each.contract_id in passing}
    both = [_with_reasons(each, due.pop(each.contract_id, None)) for each in attention]
    stopped = [each for each, _ in both if each.severity is Severity.ERROR]
    reminded = {each.contract_id: each for each, is_due in both if is_due and each.severity is not Severity.ERROR}
    reminded |= due
    rest = [each for each, is_due in both if not is_due and each.severity is not Severity.ERROR]
    in_order = [reminded[each.contract_id] for each in told if each.contract_id in reminded]
    return (*stopped, *in_order, *rest)


def _with_reasons(each: ContractAttention, due: ContractAttention | None) -> tuple[ContractAttention, bool]:
    """A contract with what is due of it before its other reasons, and whether there is any of it."""
    if due is None:
        return each, False
    if each.severity is Severity.ERROR:
        return replace(each, reasons=(*each.reasons, *due.reasons)), True
    severity = Severity.WARNING if Severity.WARNING in {each.severity, due.severity} else Severity.NOTE
    return replace(each, reasons=(*due.reasons, *each.reasons), severity=severity), True


def _reasons(told: Sequence[Reminder]) -> Iterator[str]:
    """A sentence each; several late returns in one."""
    for nearness, group in groupby(told, key=lambda each: each.nearness):
        each = list(group)
        if nearness is Nearness.LATE and len(each) > 1:
            first = each[0]
            count = plural(len(each), "return is", "returns are")
            yield f"{count} late: {first.due.what.removeprefix('Return for ')} was due on {format_date(first.due.on)}"
        else:
            yield from (one.words for one in each)
