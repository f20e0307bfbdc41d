"""`tomsapp db`: upgrade, back up, restore and check a database."""

import argparse
from pathlib import Path

from tomsapp.bootstrap import signed_in_name
from tomsapp.cli import output
from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.domain.alike import visible
from tomsapp.domain.history import HistoryHead, typed_head
from tomsapp.domain.problems import has_errors


def add_database_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `db` and its verbs."""
    parser = commands.add_parser("db", help="upgrade, back up, restore, check or rescue a database")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    upgrade = verbs.add_parser("upgrade", help="bring a database up to this version, after a backup")
    upgrade.add_argument("database", help="a file, or a postgresql:// address")
    add_menus(upgrade)
    upgrade.set_defaults(run=_upgrade)
    backup = verbs.add_parser("backup", help="write a verified copy")
    backup.add_argument("database", help="a file, or a postgresql:// address")
    backup.add_argument("target", type=Path, help="the file to write")
    add_menus(backup)
    backup.set_defaults(run=_backup)
    restore = verbs.add_parser("restore", help="put a backup in the place of a database")
    restore.add_argument("backup", type=Path)
    restore.add_argument("target", help="a file, or the postgresql:// address of an empty database")
    add_menus(restore)
    restore.set_defaults(run=_restore)
    rescue = verbs.add_parser("rescue", help="copy what can be read of a damaged database into a new one")
    rescue.add_argument("damaged", type=Path, help="the file, which stays as it is")
    rescue.add_argument("target", type=Path, help="the new file")
    add_menus(rescue)
    rescue.set_defaults(run=_rescue)
    mend = verbs.add_parser("mend", help="put what keeps the history of a database file back in place")
    mend.add_argument("database", type=Path, help="the file")
    add_menus(mend)
    mend.set_defaults(run=_mend)
    check = verbs.add_parser("check", help="check integrity, references, menus and history")
    check.add_argument("database", help="a file, or a postgresql:// address")
    check.add_argument(
        "--against",
        type=_file_or_head,
        metavar="FILE",
        help="a PDF or backup of it, or what the foot of one says (“128 changes, SHA-256 4be1 07d2 … 9c3f”): "
        "is the history the one it came from?",
    )
    add_menus(check)
    check.set_defaults(run=_check)


def _file_or_head(words: str) -> Path | HistoryHead:
    path = Path(words)
    head = None if path.exists() else typed_head(words)
    return path if head is None else head


def _upgrade(parsed: argparse.Namespace) -> int:
    workspace = open_named(parsed, upgrade=True)
    name = workspace.database.name
    workspace.close()
    print(f"{name} is up to date.")
    return 0


def _backup(parsed: argparse.Namespace) -> int:
    from tomsapp.services import checking, databases

    workspace = open_named(parsed)
    try:
        written = databases.back_up(workspace.database, parsed.target)
    finally:
        workspace.close()
    print(f"The backup is in {written}.")
    if not workspace.database.needs_mending:
        print(checking.history_of_backup(written))
    return 0


def _restore(parsed: argparse.Namespace) -> int:
    from tomsapp.services import databases
    from tomsapp.services.addresses import display_name

    kept = databases.restore(parsed.backup, parsed.target)
    print(f"{display_name(parsed.target)} now holds the backup {parsed.backup}.")
    if kept is not None:
        print(f"The file that was there is kept as {kept}.")
    return 0


def _rescue(parsed: argparse.Namespace) -> int:
    from tomsapp.services import databases

    found = databases.rescue(parsed.damaged, parsed.target)
    print(f"{parsed.target} holds what could be read of {parsed.damaged}, which is as it was.")
    print(found.summary)
    for each in found.left_out:
        print(f"left out: {each}")
    return 1 if found.left_out else 0


def _mend(parsed: argparse.Namespace) -> int:
    from tomsapp.services import databases

    mended = databases.mend(parsed.database, signed_in_name())
    if not mended:
        print(f"Nothing was amiss in {parsed.database.name}.")
        return 0
    print(f"Put right in {parsed.database.name}: {', '.join(map(visible, mended))}.")
    print("Its history tells of it. Check it now with “tomsapp db check”.")
    return 0


def _check(parsed: argparse.Namespace) -> int:
    from tomsapp.services import checking

    problems = checking.check(parsed.database, parsed.against)
    for line in output.problem_lines(problems):
        print(line)
    if not problems:
        print("No problems found.")
    if not has_errors(problems):
        for line in checking.history_words(parsed.database, parsed.against):
            print(line)
    return 1 if has_errors(problems) else 0
