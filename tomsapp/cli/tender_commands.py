"""`tomsapp tender` and `tomsapp evaluation`: the files of a tender that go out and come in, and what was frozen."""

import argparse
import sys
from pathlib import Path

from tomsapp.cli import output
from tomsapp.cli.arguments import add_database, add_menus
from tomsapp.cli.opening import open_named

_SUMMARY = "write the files of a tender"
_PACK = (
    "write the pack of a tender as it was issued last: a folder, and the same as a ZIP, with the pack file, a workbook "
    "for each lot, and the guide for bidders as PDF and Word file"
)

_VERIFY = (
    "rebuild the ranking of a frozen evaluation from its file alone, without a database and without installed menus, "
    "and compare; what was changed of the file is named; with --database it is also held against what was frozen there"
)


def add_tender_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `tender` and its verbs."""
    parser = commands.add_parser("tender", help=_SUMMARY, description=_SUMMARY)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    pack = verbs.add_parser("pack", help=_PACK, description=_PACK)
    pack.add_argument("database", help="a file, or a postgresql:// address")
    pack.add_argument("reference", help="the tender’s reference, for example T-2026-003")
    pack.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help="the folder in which both stand")
    add_menus(pack)
    pack.set_defaults(run=_pack)


def add_verify(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evaluation verify`."""
    verify = verbs.add_parser("verify", help=_VERIFY, description=_VERIFY)
    verify.add_argument("file", type=Path, metavar="FILE.tomseval")
    add_database(verify)
    add_menus(verify)
    verify.set_defaults(run=_verify)


def _verify(parsed: argparse.Namespace) -> int:
    from tomsapp.services.tenders.verifying import verify_evaluation_file

    workspace = None if parsed.database is None else open_named(parsed)
    try:
        found = verify_evaluation_file(parsed.file, workspace)
    finally:
        if workspace is not None:
            workspace.close()
    for line in found.told:
        print(line)
    return 0 if found.holds else 1


def _pack(parsed: argparse.Namespace) -> int:
    from tomsapp.services.tenders.packing import write_pack_folder
    from tomsapp.services.tenders.reading import find_tender

    workspace = open_named(parsed)
    try:
        written = write_pack_folder(workspace, find_tender(workspace, parsed.reference), parsed.output)
    finally:
        workspace.close()
    for line in output.problem_lines(written.made.notes):
        print(line, file=sys.stderr)
    print(f"{written.made.identity.words}.")
    print(f"The pack is in {written.folder} and {written.packed}.")
    return 0
