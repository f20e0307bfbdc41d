"""`tomsapp open-data`: signed contracts with what was promised and delivered, as open data for anybody to use."""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.domain.wording import plural

if TYPE_CHECKING:
    from tomsapp.domain.open_data import Publication
    from tomsapp.services.workspace import Workspace

_SUMMARY = "write signed contracts as open data (Open Contracting Data Standard 1.1)"
_SAID = (
    ("prefix", "the OCID prefix that is registered for the council, ocds- and six signs"),
    ("licence", "the address of the licence of the data"),
    ("scheme", "the register in which the council has a code, for example GB-LAC"),
    ("identifier", "the council’s code in that register"),
    ("website", "the address of the council’s website"),
    ("policy", "the address of a page on how the council publishes"),
    ("address", "where the file will stand"),
)


def add_open_data(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `open-data`."""
    parser = commands.add_parser("open-data", help=_SUMMARY, description=_SUMMARY)
    parser.add_argument("database", help="a file, or a postgresql:// address")
    parser.add_argument("references", nargs="*", metavar="REFERENCE", help="of contracts; by default all signed ones")
    until = "the day to which deliveries are told, by default today"
    parser.add_argument("--until", type=date.fromisoformat, default=None, metavar="DATE", help=until)
    parser.add_argument("--publisher", default=None, metavar="NAME", help="by default the council of the database")
    for name, told in _SAID:
        parser.add_argument(f"--{name}", default="", metavar=name.upper(), help=told)
    parser.add_argument("-o", "--output", type=Path, default=None, metavar="FILE.json", help="the file to write")
    add_menus(parser)
    parser.set_defaults(run=_open_data)


def _open_data(parsed: argparse.Namespace) -> int:
    from tomsapp.services.open_data import file_of, make_open_data, save_open_data

    now = datetime.now().astimezone()
    workspace = open_named(parsed)
    try:
        wanted = _numbers(workspace, parsed.references) if parsed.references else None
        made = make_open_data(workspace, _publication(workspace, parsed, now.date()), now, wanted)
    finally:
        workspace.close()
    for line in output.problem_lines(made.problems):
        print(line, file=sys.stderr)
    target = save_open_data(made, parsed.output or Path(file_of(made.problems)))
    print(f"{plural(made.contracts, 'contract is', 'contracts are')} in {target}.")
    return 0


def _publication(workspace: "Workspace", parsed: argparse.Namespace, today: date) -> "Publication":
    from dataclasses import replace

    from tomsapp.services.open_data import publication_of

    known = publication_of(workspace, parsed.until or today)
    said = {name: getattr(parsed, name) for name, _ in _SAID}
    return replace(known, name=known.name if parsed.publisher is None else parsed.publisher, **said)


def _numbers(workspace: "Workspace", references: list[str]) -> list[int]:
    from tomsapp.services.delivered_paper import delivered_contracts

    return [number for reference in references for number in delivered_contracts(workspace, reference)]
