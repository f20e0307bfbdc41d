"""`tomsapp report --delivered`: the delivered valuations of one contract or of all, to a day."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from tomsapp.cli import output
from tomsapp.cli.opening import open_named
from tomsapp.domain.errors import TomsError

_DELIVERED = "what was delivered of a contract of --database by its reference, or of all of them"
_UNTIL = "with --delivered: the day to which it is, by default today"


def add_delivered(report: argparse.ArgumentParser) -> None:
    """`--delivered` and `--until` of `report`."""
    report.add_argument("--delivered", action="store_true", help=_DELIVERED)
    report.add_argument("--until", type=date.fromisoformat, default=None, metavar="DATE", help=_UNTIL)


def report_delivered(parsed: argparse.Namespace) -> int:
    """Write the delivered valuation of the contract that is named, or of every signed and closed one, into a folder.

    Raises:
        TomsError: no database is named, the contract is not there or not signed, or a file cannot be written.
    """
    if parsed.database is None:
        fix = "Write “tomsapp --database FILE report --delivered --until 2026-09-30 C-2026-004”"
        raise TomsError("What was delivered stands in a database, and none is named", fix)
    from tomsapp.services.delivered_paper import delivered_contracts, delivered_report
    from tomsapp.services.reporting import write_report

    reference = "" if parsed.offer is None else str(parsed.offer)
    today = datetime.now(tz=UTC).astimezone().date()
    workspace = open_named(parsed)
    try:
        for number in delivered_contracts(workspace, reference):
            made = delivered_report(workspace, number, parsed.until or today, parsed.on or today)
            for line in output.problem_lines(made.notes):
                print(line, file=sys.stderr)
            target = _target(parsed.output or Path(), made.file_name, is_one=bool(reference))
            print(f"The delivered valuation is in {write_report(made.data, target)}.")
    finally:
        workspace.close()
    return 0


def _target(named: Path, file_name: str, *, is_one: bool) -> Path:
    """The file that is named for one contract, else a file in the folder that is named."""
    return named if is_one and named.suffix.casefold() == ".pdf" else named / file_name
