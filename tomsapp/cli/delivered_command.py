"""`tomsapp report --delivered`: the delivered valuations of one contract or of all, to a day."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.cli.opening import open_named
from tomsapp.cli.papers_command import add_publish, check_publish, published_report
from tomsapp.domain.errors import TomsError

if TYPE_CHECKING:
    from tomsapp.services.workspace import Workspace

_DELIVERED = "what was delivered of a contract of --database by its reference, or of all of them"
_UNTIL = "with --delivered: the day to which it is, by default today"


def add_delivered(report: argparse.ArgumentParser) -> None:
    """`--delivered` and `--until` of `report`."""
    report.add_argument("--delivered", action="store_true", help=_DELIVERED)
    report.add_argument("--until", type=date.fromisoformat, default=None, metavar="DATE", help=_UNTIL)
    add_publish(report)


def report_delivered(parsed: argparse.Namespace) -> int:
    """Write the delivered valuation of the contract that is named, or of every signed and closed one, into a folder.

    Raises:
        TomsError: no database is named, the contract is not there or not signed, or a file cannot be written.
    """
    if parsed.database is None:
        fix = "Write “tomsapp --database FILE report --delivered --until 2026-09-30 C-2026-004”"
        raise TomsError("What was delivered stands in a database, and none is named", fix)
    check_publish(parsed)
    from tomsapp.services.delivered_paper import delivered_contracts, delivered_report
    from tomsapp.services.reporting import write_report

    reference = "" if parsed.offer is None else str(parsed.offer)
    today = datetime.now(tz=UTC).astimezone().date()
    workspace = open_named(parsed)
    try:
        for number in delivered_contracts(workspace, reference):
            if parsed.publish:
                print("\n".join(_published(workspace, number, parsed)))
                continue
            made = delivered_report(workspace, number, parsed.until or today, parsed.on or today)
            for line in output.problem_lines(made.notes):
                print(line, file=sys.stderr)
            target = _target(parsed.output or Path(), made.file_name, is_one=bool(reference))
            print(f"The delivered valuation is in {write_report(made.data, target)}.")
    finally:
        workspace.close()
    return 0


def _published(workspace: "Workspace", number: int, parsed: argparse.Namespace) -> Iterator[str]:
    """Publish what was delivered of a contract, and write the copy that is wanted."""
    from tomsapp.services.publishing import copy_name, paper_bytes
    from tomsapp.services.reporting import write_report

    paper = published_report(workspace, number, parsed)
    yield f"Published: {parsed.offer} {paper.words}. SHA-256 {paper.sha256}."
    if parsed.output is not None:
        target = _target(parsed.output, copy_name(str(parsed.offer), paper), is_one=True)
        yield f"A copy is in {write_report(paper_bytes(workspace, paper.id), target)}."


def _target(named: Path, file_name: str, *, is_one: bool) -> Path:
    """The file that is named for one contract, else a file in the folder that is named."""
    return named if is_one and named.suffix.casefold() == ".pdf" else named / file_name
