"""`tomsapp menu book`: the printable book of a menu edition."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from tomsapp.bootstrap import menu_catalogue
from tomsapp.cli import output
from tomsapp.cli.arguments import council_name


def add_menu_book(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `book` to the verbs of `menu`."""
    summary = "write the printable book of an edition: every measure, its value and its source"
    parser = verbs.add_parser("book", help=summary, description=summary)
    parser.add_argument("name", metavar="EDITION", help="such as barnet-open/2026.2, or a folder or bundle file")
    parser.add_argument("-o", "--output", type=Path, default=None, metavar="FILE.pdf", help="by default in this folder")
    parser.add_argument("--council", type=council_name, default="", help="the council’s name as the PDF shows it")
    parser.add_argument(
        "--on", type=date.fromisoformat, default=None, metavar="DATE", help="its date, by default today"
    )
    parser.add_argument(
        "--menus",
        metavar="DIR",
        type=Path,
        action="append",
        default=argparse.SUPPRESS,
        help="a folder with more menus; may be given more than once",
    )
    parser.set_defaults(run=_book)


def _book(parsed: argparse.Namespace) -> int:
    from tomsapp.services import menus
    from tomsapp.services.menu_books import edition_book
    from tomsapp.services.reporting import write_report

    today = datetime.now(tz=UTC).astimezone().date()
    reading = menus.find_reading(menu_catalogue(parsed.menus), parsed.name, today)
    made = edition_book(reading, parsed.on or today, parsed.council)
    written = write_report(made.data, parsed.output or Path(made.file_name))
    for line in output.problem_lines(made.notes):
        print(line)
    print(f"The menu book is in {written}.")
    return 0
