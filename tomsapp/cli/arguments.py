"""Arguments that several commands share."""

import argparse
from pathlib import Path

from tomsapp.domain.council import COUNCIL

_MENUS_HELP = "a folder with more menus; may be given more than once"
DATABASE_HELP = (
    "the database that the window opens, that verify holds a portfolio or a published paper against, and whose "
    "contracts report writes of"
)


def add_menus_before(parser: argparse.ArgumentParser) -> None:
    """`--menus DIR` before the command."""
    parser.add_argument(
        "--menus", dest="menus_before", metavar="DIR", type=Path, action="append", default=[], help=_MENUS_HELP
    )


def add_menus(parser: argparse.ArgumentParser) -> None:
    """`--menus DIR` after the command."""
    parser.add_argument(
        "--menus", metavar="DIR", type=Path, action="append", default=argparse.SUPPRESS, help=_MENUS_HELP
    )


def add_database(parser: argparse.ArgumentParser) -> None:
    """`--database FILE_OR_URL` after the command; before it, it is an argument of the program."""
    parser.add_argument("--database", metavar="FILE_OR_URL", default=argparse.SUPPRESS, help=DATABASE_HELP)


def council_name(text: str) -> str:
    """A council's name as Settings takes it.

    Raises:
        argparse.ArgumentTypeError: it is too long, or has signs that are not seen.
    """
    if fault := COUNCIL.fact("council_name").line_fault(text):
        raise argparse.ArgumentTypeError(fault.words)
    return text


def join_menus(parsed: argparse.Namespace) -> argparse.Namespace:
    """The folders given before and after the command, in this order, as `menus`."""
    parsed.menus = [*parsed.menus_before, *vars(parsed).get("menus", [])]
    return parsed
