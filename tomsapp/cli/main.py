"""The commands of tomsapp, their arguments and exit statuses."""

import argparse
import sys
from pathlib import Path

from tomsapp import __version__
from tomsapp.cli import output
from tomsapp.cli.book_command import add_menu_book
from tomsapp.cli.database_commands import add_database_commands
from tomsapp.cli.demo_commands import add_demo_commands
from tomsapp.cli.menu_commands import add_menu_commands
from tomsapp.cli.offer_commands import add_offer_commands
from tomsapp.domain.errors import TomsError


def build_parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    parser = argparse.ArgumentParser(
        prog="tomsapp",
        description="Values, compares and publishes the social value that suppliers promise to a council. "
        "Without a command it opens the window.",
        epilog="Exit status: 0 without errors, 1 with Problems of severity error, 2 when a file cannot be read.",
    )
    parser.add_argument("--version", action="version", version=f"tomsapp {__version__}")
    parser.add_argument("--database", metavar="FILE_OR_URL", default=None, help="the database that the window opens")
    parser.add_argument("--check-window", action="store_true", help=argparse.SUPPRESS)
    add_menus_option(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    add_offer_commands(commands)
    add_menu_book(add_menu_commands(commands))
    add_database_commands(commands)
    add_demo_commands(commands)
    return parser


def add_menus_option(parser: argparse.ArgumentParser) -> None:
    """`--menus DIR`, which may be given more than once."""
    parser.add_argument(
        "--menus",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        help="a folder with more menus; may be given more than once",
    )


def run_command(parsed: argparse.Namespace) -> int:
    """Carry a parsed command out; an expected failure is one sentence on standard error and status 2."""
    output.use_utf8()
    try:
        status: int = parsed.run(parsed)
    except TomsError as error:
        print(output.error_text(error), file=sys.stderr)
        return 2
    except BrokenPipeError:
        return output.quiet_pipe()
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
        return 130
    return status
