"""Arguments that several commands share."""

import argparse
from pathlib import Path

from tomsapp.domain.council import COUNCIL

_MENUS_HELP = "a folder with more menus; may be given more than once"


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
