"""Reads returns from files, several files or a folder, and holds each against what the database has. Saves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tomsapp.domain.alike import natural
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity, Where, problem_at
from tomsapp.domain.wording import format_date, listed
from tomsapp.exchange.offer_file import MOST_BYTES, refusal
from tomsapp.exchange.return_layout import RETURN
from tomsapp.reading import source
from tomsapp.reading.receipt import receipt_of
from tomsapp.services.delivery import OpenDelivery, find_quarter, open_delivery
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.return_books import variations_signed
from tomsapp.services.return_lines import compared_lines
from tomsapp.services.returns import FoundReturn, ReadReturn
from tomsapp.services.strange_batches import GivenFile
from tomsapp.services.strange_returns import read_return_files
from tomsapp.store.errors import NotFound, StoreError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tomsapp.exchange.return_file import ReturnFile, ReturnStamp
    from tomsapp.services.workspace import Workspace

_ENDINGS = frozenset({".xlsx", ".xlsm", ".ods"})
_ODD_ENDINGS = frozenset(
    {".xls", ".xlsb", ".xltx", ".xltm", ".ots", ".fods", ".csv", ".numbers", ".zip", ".msg", ".eml"}
)
"""What a supplier may send in the place of the workbook: it is told what to put right, and not passed over in silence.

A PDF or a letter in the folder may be evidence, and is no return.
"""
MOST_FILES = 1_000
_OPEN_MARKS = ("~$", ".~lock", ".")
"""How the names begin of what other programs lay beside a file that is open in them."""


def return_paths(paths: Iterable[Path]) -> list[Path]:
    """The files to read: those that are named, and of each folder what could be a return, without its subfolders.

    Raises:
        StoreError: a folder has no workbook, cannot be read, or there are too many files.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside = sorted(path.iterdir(), key=lambda each: natural(each.name))
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror or error}", "Check who may open it") from error
        books = [each for each in inside if _is_book(each)]
        if not books:
            fix = "Choose the folder in which the workbooks themselves are. Folders inside it are not looked into"
            raise StoreError(f"{path.name or path} has no workbooks", fix)
        found += books
    if len(found) > MOST_FILES:
        raise StoreError(f"{len(found):,} files are too many at once", f"Read at most {MOST_FILES:,} in one go")
    return found


def _is_book(path: Path) -> bool:
    return (
        path.suffix.casefold() in _ENDINGS | _ODD_ENDINGS and not path.name.startswith(_OPEN_MARKS) and path.is_file()
    )


def find_returns(paths: Iterable[Path], progress: Progress | None = None) -> tuple[FoundReturn, ...]:
    """Read the files, without a database; the same bytes a second time are not read again.

    Raises:
        StoreError: as `return_paths`.
        Cancelled: nobody waits for it any more.
    """
    watched, now = progress or NoProgress(), datetime.now(UTC)
    files = return_paths(paths)
    found: list[FoundReturn | None] = []
    given: list[GivenFile] = []
    first: dict[str, str] = {}
    for done, path in enumerate(files):
        watched.report(done, len(files), f"Opening {path.name}")
        data = source.read_bytes(path, MOST_BYTES)
        if isinstance(data, Problem):
            found.append(FoundReturn(path, path.name, None, refusal(data)))
            continue
        receipt = receipt_of(data, path.name, now)
        if receipt.sha256 in first:
            same = first[receipt.sha256]
            error = TomsError(f"It is the same file as {same}", "Nothing: the other one is read")
            found.append(FoundReturn(path, path.name, receipt, error, same_as=same))
            continue
        first[receipt.sha256] = path.name
        given.append(GivenFile(path.name, data))
        found.append(None)
        found[-1] = FoundReturn(path, path.name, receipt, TomsError("", ""))
    read = iter(read_return_files(given, watched))
    whole = [each for each in found if each is not None]
    return tuple(each if each.receipt is None or each.same_as else replace(each, read=next(read)) for each in whole)


def compare_returns(
    workspace: Workspace,
    found: Sequence[FoundReturn],
    today: date,
    progress: Progress | None = None,
    expected: int | None = None,
) -> tuple[ReadReturn, ...]:
    """Hold returns against the database: for each line what was, what is returned, and what would be now.

    `expected` is the contract that is shown where they are read; a return of another one is told.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    watched, mark = progress or NoProgress(), workspace.database_mark()
    contracts: dict[int, OpenDelivery | TomsError] = {}
    read = []
    for done, each in enumerate(found):
        watched.report(done, len(found), f"Comparing {each.name}")
        if isinstance(each.read, TomsError):
            read.append(_not_read(each, each.read))
            continue
        number = each.read.stamp.contract_id
        if each.read.stamp.database != mark:
            read.append(ReadReturn(each, problems=(*each.read.problems, _other_database(each.read))))
            continue
        if number not in contracts:
            contracts[number] = _opened(workspace, number, today)
        read.append(_compared(each, each.read, contracts[number], today, expected))
    return tuple(_with_rivals(read))


def _not_read(each: FoundReturn, error: TomsError) -> ReadReturn:
    severity = Severity.NOTE if each.same_as else Severity.ERROR
    problem = problem_at("return-unreadable", error.message, error.fix, Where(each.name), severity)
    return ReadReturn(each, problems=(problem,))


def _other_database(read: ReturnFile) -> Problem:
    message = f"It was made for {read.stamp.contract} in another database, whose contracts are not those of this one"
    fix = "Open the database that it was made in, or make the return again here and have it filled in"
    return problem_at("other-database", message, fix, Where(read.file))


def _opened(workspace: Workspace, number: int, today: date) -> OpenDelivery | TomsError:
    try:
        opened = open_delivery(workspace, number, today)
    except TomsError as error:
        return error
    if opened.stored.is_deleted:
        return NotFound(f"{opened.contract.reference} was deleted", "Bring the contract back from the history first")
    return opened


def _compared(
    each: FoundReturn, read: ReturnFile, opened: OpenDelivery | TomsError, today: date, expected: int | None
) -> ReadReturn:
    if isinstance(opened, TomsError):
        problem = problem_at("contract-missing", opened.message, opened.fix, Where(read.file))
        return ReadReturn(each, problems=(*read.problems, problem))
    quarter = find_quarter(opened, read.stamp.quarter)
    placed = [problem for problem in read.problems if problem.where.row is not None and problem.where.sheet == RETURN]
    told = [problem for problem in read.problems if problem not in placed]
    told += _whole_problems(opened, read, today, expected)
    if quarter is None:
        label = read.stamp.quarter.words
        message = (
            f"{opened.contract.reference} has no {label} any more: it ends on {format_date(opened.contract.end_on)}"
        )
        told.append(problem_at("quarter-missing", message, "Return it for a quarter of the contract", Where(read.file)))
        return ReadReturn(each, opened, None, (), (*told, *placed))
    lines, of_no_line = compared_lines(opened, quarter, read, today)
    return ReadReturn(each, opened, quarter, lines, (*told, *of_no_line))


def _whole_problems(opened: OpenDelivery, read: ReturnFile, today: date, expected: int | None) -> Iterator[Problem]:
    """What is to be said of a return as a whole: for which contract, quarter and version it was made."""
    stamp, contract = read.stamp, opened.contract

    def said(code: str, message: str, fix: str, severity: Severity = Severity.WARNING) -> Problem:
        return problem_at(code, message, fix, Where(read.file), severity)

    if not opened.is_open:
        message = f"{contract.reference} is {contract.status.value}, and returns are those of signed contracts"
        yield said("contract-not-signed", message, "Sign the contract first", Severity.ERROR)
    if expected is not None and expected != opened.stored.id:
        message = f"It is taken over into {contract.reference}, which is not the contract that is shown"
        yield said("other-contract", message, "Leave it out if that is not meant", Severity.NOTE)
    if stamp.contract != contract.reference:
        message = f"The contract was called {stamp.contract} when the return was made, and is {contract.reference} now"
        yield said("contract-renamed", message, "Nothing, if it is the same contract", Severity.NOTE)
    yield from (said(*told) for told in _versions(opened, stamp))
    quarter = find_quarter(opened, stamp.quarter)
    if quarter is not None and quarter.starts_on > today:
        message = f"{quarter.label} has not begun"
        yield said("quarter-not-begun", message, "Check that the right workbook was filled in", Severity.ERROR)
    elif quarter is not None and quarter.ends_on > today:
        message = f"{quarter.label} goes on until {format_date(quarter.ends_on)}, so more may be done in it"
        yield said("quarter-goes-on", message, "Ask for it again after its end where more is done")
    sent_on = read.sent_on
    if sent_on is not None and sent_on > today:
        message = f"It says that it was sent on {format_date(sent_on)}, which is still to come"
        yield said("sent-later", message, "Correct the day on the sheet Confirm", Severity.ERROR)
    elif sent_on is not None and quarter is not None and sent_on < quarter.starts_on:
        message = f"It says that it was sent on {format_date(sent_on)}, before {quarter.label} began"
        yield said("sent-early", message, "Check the day on the sheet Confirm")


def _versions(opened: OpenDelivery, stamp: ReturnStamp) -> Iterator[tuple[str, str, str]]:
    """What has changed since the workbook was made: variations, the plan, and lines that it does not have."""
    signed = variations_signed(opened)
    if signed != stamp.variations:
        message = f"The contract was varied after the return was made on {format_date(stamp.made_on)}"
        yield "older-variation", message, "Look at its lines: what is planned is shown as it is now"
    elif opened.plan_version != stamp.plan_version:
        made, now = map(_plan_words, (stamp.plan_version, opened.plan_version))
        message = f"The return was made by {made}, and {now} holds now"
        yield "older-plan", message, "Nothing for the counts: what is planned is shown as it is now"
    known = {identity.line_id for identity, _ in stamp.lines}
    more = [line.record.measure for line in opened.commitments if line.id not in known]
    if more:
        message = f"The contract has {listed(more)} too, which the return does not have"
        yield "line-missing", message, "Make the return again for them, or enter them by hand"


def _plan_words(version: int) -> str:
    return f"version {version} of the delivery plan" if version else "the default plan"


def _with_rivals(returns: Sequence[ReadReturn]) -> Iterator[ReadReturn]:
    """Each return with the name of another one of the same contract and quarter, of which one has to be chosen."""
    places: dict[tuple[int, Quarter], list[str]] = {}
    for each in returns:
        if each.opened is not None and each.quarter is not None:
            places.setdefault((each.opened.stored.id, each.quarter.quarter), []).append(each.name)
    for each in returns:
        names = places[each.opened.stored.id, each.quarter.quarter] if each.opened and each.quarter else []
        if len(names) < 2:
            yield each
            continue
        others = [name for name in names if name != each.name] or [each.name]
        message = f"{listed(others)} {'is' if len(others) == 1 else 'are'} of the same contract and quarter"
        problem = problem_at(
            "return-twice",
            message,
            "Choose which one holds: a return replaces, and never adds",
            Where(each.name),
            Severity.WARNING,
        )
        yield replace(each, rival=others[0], problems=(problem, *each.problems))
