"""`tomsapp files`: which files of evidence are due for deletion, and deleting them with the reason."""

import argparse
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.services.kept_files import DueFile
    from tomsapp.services.workspace import Workspace


def add_file_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `files` and its verbs."""
    parser = commands.add_parser("files", help="files of evidence whose day is over")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    summary = "say which files of evidence are due for deletion"
    due = verbs.add_parser("due", help=summary, description=summary)
    summary = "delete the bytes of files that are due; their SHA-256, size, the day, the reason and who stay"
    delete = verbs.add_parser("delete", help=summary, description=summary)
    for verb, run in ((due, _due), (delete, _delete)):
        verb.add_argument("database", help="a file, or a postgresql:// address")
        verb.set_defaults(run=run)
    delete.add_argument(
        "sha256", nargs="*", help="the beginning of the SHA-256 of a file; by default all that are due are deleted"
    )
    delete.add_argument("--because", required=True, metavar="REASON", help="why, for example the retention schedule")
    for verb in (due, delete):
        add_menus(verb)


def _due(parsed: argparse.Namespace) -> int:
    workspace = open_named(parsed)
    try:
        found = _found(workspace)
    finally:
        workspace.close()
    if not found:
        print("No file is due for deletion.")
        return 0
    rows = [(each.stored.sha256[:12], ", ".join(each.references), each.words) for each in found]
    print(output.table(("SHA-256", "Contract", "What it is"), rows))
    return 0


def _found(workspace: "Workspace") -> "list[DueFile]":
    from tomsapp.services.kept_files import due_files_today

    return due_files_today(workspace)


def _delete(parsed: argparse.Namespace) -> int:
    from tomsapp.services.kept_files import delete_files
    from tomsapp.services.sealed_rules import today

    workspace = open_named(parsed)
    try:
        wanted = _named(_found(workspace), parsed.sha256)
        count = delete_files(workspace, wanted, parsed.because, today()).result if wanted else 0
    finally:
        workspace.close()
    print(f"{plural(count, 'file was', 'files were')} deleted." if count else "No file is due for deletion.")
    return 0


def _named(due: "Sequence[DueFile]", beginnings: "Sequence[str]") -> list[str]:
    """The due files that are named, each by the beginning of its SHA-256; all of them where none is.

    Raises:
        TomsError: a beginning is of no file that is due, or of several.
    """
    wanted = []
    for beginning in beginnings:
        matching = [each.stored.sha256 for each in due if each.stored.sha256.startswith(beginning.lower())]
        if len(matching) != 1:
            which = "several files that are" if matching else "no file that is"
            raise TomsError(f"{beginning} is the beginning of {which} due", "Run files due, and name more of it")
        wanted += matching
    return wanted if beginnings else [each.stored.sha256 for each in due]
