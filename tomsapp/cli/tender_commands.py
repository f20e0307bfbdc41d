"""`tomsapp tender`, and `tomsapp evaluation verify`: the files that go out and come in."""

import argparse
import sys
from pathlib import Path

from tomsapp.cli import output
from tomsapp.cli.arguments import add_database, add_menus
from tomsapp.cli.opening import open_named
from tomsapp.cli.pack_commands import add_pack_commands
from tomsapp.domain.tender.receipt import Standing
from tomsapp.domain.wording import plural

_SUMMARY = "write the files of a tender, and receive those of bidders"
_PACK = (
    "write the pack of a tender as it was issued last: a folder, and the same as a ZIP, with the pack file, a workbook "
    "for each lot, the guide for bidders as PDF and Word file, and two pages on how to answer a tender"
)
_RECEIVE = (
    "receive what bidders sent for a tender that is issued: files, folders, or the ZIP of the portal; each is kept "
    "byte for byte with a receipt that says what becomes of it"
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
    receive = verbs.add_parser("receive", help=_RECEIVE, description=_RECEIVE)
    receive.add_argument("database", help="a file, or a postgresql:// address")
    receive.add_argument("reference", help="the tender’s reference, for example T-2026-003")
    receive.add_argument("files", type=Path, nargs="+", metavar="FILE_OR_FOLDER", help="offers, folders, ZIP folders")
    add_menus(receive)
    receive.set_defaults(run=_receive)
    add_pack_commands(verbs)


def _receive(parsed: argparse.Namespace) -> int:
    """Receive files, and list the receipts; 1 where one of those that came was refused, so that a script sees it."""
    from tomsapp.services.tenders.found_files import find_files
    from tomsapp.services.tenders.reading import find_tender, open_tender
    from tomsapp.services.tenders.receipts import list_receipts
    from tomsapp.services.tenders.receiving import receive

    workspace = open_named(parsed)
    try:
        opened = open_tender(workspace, find_tender(workspace, parsed.reference))
        received = receive(workspace, opened, find_files(parsed.files)).result
        receipts = list_receipts(workspace, opened.id)
    finally:
        workspace.close()
    came = {*received.kept, *received.again, *received.back}
    listed = [each.judged for each in receipts if each.judged.file.number in came]
    rows = [
        (str(each.file.number), each.file.name, each.file.supplier, str(each.file.lot or ""), each.words)
        for each in listed
    ]
    print(output.table(("Receipt", "File", "Bidder", "Lot", "What becomes of it"), rows, (0, 3)))
    print(f"{plural(len(received.kept), 'file')} kept, {len(received.again)} received before.")
    return 1 if any(each.standing is Standing.REFUSED for each in listed) else 0


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
