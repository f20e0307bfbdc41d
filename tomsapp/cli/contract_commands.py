"""`tomsapp due` and `tomsapp report --hand-over`: what is due of signed contracts, and the sheet to hand one over."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import format_date, plural

if TYPE_CHECKING:
    from tomsapp.services.workspace import Workspace


def add_contract_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `due`."""
    summary = "say what is due of signed contracts, or write it as a calendar file"
    due = commands.add_parser("due", help=summary, description=summary)
    due.add_argument("database", help="a file, or a postgresql:// address")
    due.add_argument("reference", nargs="?", default="", help="of one contract; by default all that are signed")
    due.add_argument("-o", "--output", type=Path, default=None, metavar="FILE.ics", help="the calendar file to write")
    add_menus(due)
    due.set_defaults(run=_due)


def _with_database(parsed: argparse.Namespace, work: "Callable[[Workspace], int]") -> int:
    workspace = open_named(parsed)
    try:
        return work(workspace)
    finally:
        workspace.close()


def _now() -> datetime:
    return datetime.now().astimezone()


def _due(parsed: argparse.Namespace) -> int:
    return _with_database(parsed, lambda workspace: _due_in(workspace, parsed.reference, parsed.output))


def _due_in(workspace: "Workspace", reference: str, target: Path | None) -> int:
    from tomsapp.services import due
    from tomsapp.services.contracts import find_contract

    number = find_contract(workspace, reference) if reference else None
    if target is not None:
        if number is None:
            made = due.council_calendar(workspace, _now())
        else:
            made = due.contract_calendar(workspace, number, _now())
        due.write_calendar_file(made, target)
        print(f"What is due is in {target}: {plural(made.entries, 'entry', 'entries')}.")
        return 0
    found = due.all_dues(workspace) if number is None else (due.signed_dues(workspace, number),)
    today = _now().date()
    rows = [
        (format_date(each.on), one.contract.reference, each.what)
        for one in found
        for each in one.dues
        if each.on >= today
    ]
    for attention in due.reminders(workspace, today):
        if number in {None, attention.contract_id}:
            print("\n".join(f"{attention.reference}: {reason}" for reason in attention.reasons))
    if not rows:
        print("Nothing is due from today on.")
        return 0
    print(output.table(("Day", "Contract", "What is due"), rows))
    return 0


def hand_over(parsed: argparse.Namespace) -> int:
    """Write the hand-over sheet of the contract that `--hand-over` names."""
    if not parsed.database:
        raise TomsError("No database is named", "Name it before the command: tomsapp --database FILE report …")
    return _with_database(parsed, lambda workspace: _hand_over_of(workspace, parsed))


def _hand_over_of(workspace: "Workspace", parsed: argparse.Namespace) -> int:
    import sys

    from tomsapp.services.contracts import find_contract
    from tomsapp.services.hand_over import hand_over_report
    from tomsapp.services.reporting import write_report

    made_on: date = parsed.on or _now().date()
    made = hand_over_report(workspace, find_contract(workspace, parsed.hand_over), made_on)
    target: Path = parsed.output or Path(made.file_name)
    for line in output.problem_lines(made.notes):
        print(line, file=sys.stderr)
    print(f"The hand-over sheet is in {write_report(made.data, target)}.")
    return 0
