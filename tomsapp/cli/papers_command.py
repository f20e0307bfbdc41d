"""`tomsapp report --delivered --publish` and `tomsapp delivery papers`: to publish what was delivered, and what was."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.cli.output import table
from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import format_date

if TYPE_CHECKING:
    from tomsapp.domain.delivery.published import DeliveredPaperKept
    from tomsapp.services.workspace import Workspace

_HEADS = ("Delivered to", "Number", "Published on", "By", "Replaced by", "SHA-256")
_PUBLISH = (
    "with --delivered and --until: freeze it, sign it and keep it in the database for good; "
    "--until is the last day of a quarter of the contract"
)


def add_publish(report: argparse.ArgumentParser) -> None:
    """`--publish` of `report`, with what the sealed act needs."""
    report.add_argument("--publish", action="store_true", help=_PUBLISH)
    report.add_argument("--role", default="", metavar="TEXT", help="with --publish: your role, by default the last one")
    why = "with --publish: why there is another one, where it replaces a paper to the same day"
    report.add_argument("--reason", default="", metavar="TEXT", help=why)


def check_publish(parsed: argparse.Namespace) -> None:
    """Make sure that what is published is named.

    Raises:
        TomsError: it is not.
    """
    if not parsed.publish and (parsed.role or parsed.reason):
        raise TomsError("--role and --reason say who publishes and why", "Add --publish, or leave them out")
    if parsed.publish and (parsed.offer is None or parsed.until is None):
        fix = "Write “report REFERENCE --delivered --until 2026-09-30 --publish”"
        raise TomsError("One contract is published at a time, to the last day of a quarter", fix)


def published_report(workspace: "Workspace", number: int, parsed: argparse.Namespace) -> "DeliveredPaperKept":
    """Publish what was delivered of a contract.

    Raises:
        TomsError: it cannot be published as it was said.
    """
    from dataclasses import replace

    from tomsapp.domain.delivery.publishing import quarter_ending
    from tomsapp.services.publishing import publish, to_publish

    ready = to_publish(workspace, number)
    quarter = quarter_ending(ready.contract, parsed.until)
    said = ready.facts
    facts = replace(
        said,
        quarter=None if quarter is None else quarter.quarter,
        done_on=parsed.on or said.done_on,
        role=parsed.role or said.role,
        reason=parsed.reason,
    )
    return publish(workspace, ready, facts).result


def add_papers(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `delivery papers`."""
    summary = "list the delivered valuations that were published of a contract, and save copies of them"
    papers = verbs.add_parser("papers", help=summary, description=summary)
    papers.add_argument("database", help="a file, or a postgresql:// address")
    papers.add_argument("reference", help="the contract's reference, for example C-2026-004")
    papers.add_argument("--until", type=date.fromisoformat, default=None, metavar="DATE", help="only those to this day")
    where = "save a copy of each into this folder, byte for byte as it was published"
    papers.add_argument("-o", "--output", type=Path, default=None, metavar="FOLDER", help=where)
    add_menus(papers)
    papers.set_defaults(run=_papers)


def _papers(parsed: argparse.Namespace) -> int:
    from tomsapp.services.publishing import copy_name, paper_bytes, papers_of
    from tomsapp.services.reporting import write_report

    workspace = open_named(parsed)
    try:
        papers = papers_of(workspace, parsed.reference)
        wanted = [paper for paper in papers if parsed.until in {None, paper.until}]
        if not wanted:
            print("Nothing was published.")
            return 0
        print(table(_HEADS, [_row(paper, papers) for paper in wanted]))
        if parsed.output is not None:
            for paper in wanted:
                target = parsed.output / copy_name(parsed.reference, paper)
                print(f"A copy is in {write_report(paper_bytes(workspace, paper.id), target)}.")
    finally:
        workspace.close()
    return 0


def _row(paper: "DeliveredPaperKept", papers: "list[DeliveredPaperKept]") -> tuple[str, ...]:
    later = next((each for each in papers if each.replaces == paper.id), None)
    return (
        format_date(paper.until),
        str(paper.number),
        format_date(paper.published_on),
        paper.by,
        f"number {later.number}" if later is not None else "",
        paper.sha256,
    )
