"""`tomsapp delivery return` and `read`: make the workbook of a quarterly return, and read what comes back."""

import argparse
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.domain.delivery.quarters import QUARTERS, Quarter
from tomsapp.domain.wording import format_quantity, plural

if TYPE_CHECKING:
    from decimal import Decimal

    from tomsapp.services.returns import ReadReturn, ReturnedLine

_QUARTER = re.compile(r"(?:y(?:ear)?\s*)?(\d{1,3})\s*[./ ]?\s*q\s*([1-4])", re.ASCII | re.IGNORECASE)
_DATABASE = "a file, or a postgresql:// address"
_RETURN = "write the workbook in which a supplier returns a quarter, or those of all contracts whose return is due"
_READ = "read returns that came back, beside what is there: was, returned and now"
_HEADS = ("Line", "Was", "Returned", "Now", "What it is")
_FILE_HEADS = ("File", "Contract", "Quarter", "State")


def quarter_typed(text: str) -> Quarter:
    """A contract quarter as it is typed, 1Q2 for the second quarter of the first contract year.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    found = _QUARTER.fullmatch(text.strip())
    if found is None or not int(found[1]):
        message = f"“{text}” is no contract quarter: write 1Q2 for the second quarter of the first contract year"
        raise argparse.ArgumentTypeError(message)
    return Quarter(int(found[1]) - 1, int(found[2]))


def add_return_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `return` and `read` to the verbs of `delivery`."""
    made = verbs.add_parser("return", help=_RETURN, description=_RETURN)
    made.add_argument("database", help=_DATABASE)
    made.add_argument("reference", nargs="?", default="", help="the contract; without it all whose return is due")
    many = f"such as 1Q2; there are {QUARTERS} in a year. By default the last one that ended"
    made.add_argument("--quarter", type=quarter_typed, default=None, metavar="QUARTER", help=many)
    where = "the workbook to write, or the folder for those of all contracts"
    made.add_argument("-o", "--output", type=Path, default=None, metavar="FILE", help=where)
    made.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE", help="by default today")
    add_menus(made)
    made.set_defaults(run=_return)
    read = verbs.add_parser("read", help=_READ, description=_READ)
    read.add_argument("database", help=_DATABASE)
    read.add_argument("paths", type=Path, nargs="+", metavar="FILE|FOLDER")
    saved = "take over the returns without errors, in one change; the others stay as they are"
    read.add_argument("--save", action="store_true", help=saved)
    add_menus(read)
    read.set_defaults(run=_read)


def _moment(parsed: argparse.Namespace) -> datetime:
    now = datetime.now(UTC).astimezone()
    return now if parsed.on is None else now.replace(year=parsed.on.year, month=parsed.on.month, day=parsed.on.day)


def _return(parsed: argparse.Namespace) -> int:
    from tomsapp.services.return_books import last_quarter, make_return, write_due_returns, write_return_file

    now = _moment(parsed)
    workspace = open_named(parsed)
    try:
        if not parsed.reference:
            found = write_due_returns(workspace, parsed.output or Path(), now)
            written = plural(len(found.paths), "return is", "returns are")
            print(f"{written} in {found.folder}; {plural(found.returned, 'contract')} returned the quarter already.")
            return 0
        contract_id, quarter = last_quarter(workspace, parsed.reference, now.date())
        made = make_return(workspace, contract_id, parsed.quarter or quarter, now)
        path = write_return_file(made, parsed.output or Path(made.file_name))
    finally:
        workspace.close()
    print(f"The return of {made.quarter.label} of {made.reference} is in {path}.")
    return 0


def _read(parsed: argparse.Namespace) -> int:
    from tomsapp.services.returns import counts_of
    from tomsapp.services.returns_read import compare_returns, find_returns
    from tomsapp.services.returns_taken import take_over
    from tomsapp.services.sealed_rules import today

    found = find_returns(parsed.paths)
    workspace = open_named(parsed)
    try:
        read = compare_returns(workspace, found, today())
        rows = [(each.name, each.reference, each.quarter_words, each.state.value) for each in read]
        print(output.table(_FILE_HEADS, rows))
        for each in read:
            print("\n".join(_told(each)))
        good = [each for each in read if each.state.can_be_taken]
        if parsed.save and good:
            done = take_over(workspace, good)
            print(f"\n{plural(len(good), 'return')} taken over, {plural(done.result, 'line')}.")
    finally:
        workspace.close()
    states = ", ".join(f"{count} {state.counted}" for state, count in counts_of(read).items())
    print(f"\n{plural(len(read), 'file')}: {states}.")
    if not parsed.save:
        print("Nothing was saved. Add --save to take over those that are ready.")
    return 1 if any(each.state.is_trouble for each in read) else 0


def _told(read: "ReadReturn") -> list[str]:
    """One return: its lines as was, returned and now, and what is said of it."""
    told = [f"\n{read.name}"]
    if read.lines:
        told.append(output.table(_HEADS, [_row(line) for line in read.lines], right=(1, 2, 3)))
    return [*told, *output.problem_lines(read.all_problems)]


def _row(line: "ReturnedLine") -> tuple[str, ...]:
    was = line.was.record.claimed if line.was else None
    returned, now = (each.claimed if each else None for each in (line.returned, line.now))
    return (line.called, *map(_number, (was, returned, now)), line.change.value)


def _number(quantity: "Decimal | None") -> str:
    return "" if quantity is None else format_quantity(quantity)
