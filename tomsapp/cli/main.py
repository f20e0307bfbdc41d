"""The commands of tomsapp, their arguments and exit statuses."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from tomsapp import __version__
from tomsapp.cli import output
from tomsapp.cli.arguments import DATABASE_HELP, add_menus_before, join_menus
from tomsapp.cli.audit_commands import add_audit_commands
from tomsapp.cli.book_command import add_menu_book
from tomsapp.cli.certificate_commands import add_certificate_commands
from tomsapp.cli.contract_commands import add_contract_commands
from tomsapp.cli.council_papers_command import add_council_papers
from tomsapp.cli.database_commands import add_database_commands
from tomsapp.cli.delivery_commands import add_delivery_commands
from tomsapp.cli.demo_commands import add_demo_commands
from tomsapp.cli.documents import NEW_WINDOW
from tomsapp.cli.evaluation_commands import add_evaluation_commands
from tomsapp.cli.file_commands import add_file_commands
from tomsapp.cli.menu_commands import add_menu_commands
from tomsapp.cli.offer_commands import add_offer_commands
from tomsapp.cli.open_data_command import add_open_data
from tomsapp.cli.overview_command import add_overview_command
from tomsapp.cli.tender_commands import add_tender_commands
from tomsapp.domain.errors import TomsError
from tomsapp.services.addresses import hide_addresses, without_secrets

_ELSEWHERE = (
    "--database stands with report and verify, or by itself where the window is opened; any other command that reads "
    "a database takes it without --database, as its --help shows"
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments without the password of an address among them."""

    def error(self, message: str) -> NoReturn:
        """End the program with status 2 and say what is expected."""
        if message.startswith("unrecognized arguments") and "--database" in message:
            message = f"{message}. {_ELSEWHERE}"
        super().error(without_secrets(message))


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write of a fault that nobody foresaw all but what is secret."""
    import traceback

    print(without_secrets("".join(traceback.format_exception(kind, error, trace))), end="", file=sys.stderr)


_NAMES_OF_DATABASES = ("database", "backup", "damaged")
"""The arguments that name a database which a command reads; a test holds this to the commands."""


def build_parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    parser: argparse.ArgumentParser = _Parser(
        prog="tomsapp",
        description="Values, compares and publishes the social value that suppliers promise to a council. "
        "Without a command it opens the window; with files alone it opens each as what it is: a database, the pack of "
        "a tender or an offer for one, a return, a marking file, a frozen evaluation or a PDF valuation.",
        epilog="Exit status: 0 without errors, 1 with Problems of severity error, 2 when a file cannot be read.",
    )
    parser.add_argument("--version", action="version", version=f"tomsapp {__version__}")
    parser.add_argument("--database", metavar="FILE_OR_URL", default=None, help=DATABASE_HELP)
    told_in = "write what the command says into a file in UTF-8, whole or not at all; it stands before the command"
    parser.add_argument("--output", metavar="FILE", dest="told_in", type=Path, default=None, help=told_in)
    window = "open a window of its own, also where one is open; a second start otherwise brings that one to the front"
    parser.add_argument(NEW_WINDOW, action="store_true", help=window)
    parser.add_argument("--check-window", action="store_true", help=argparse.SUPPRESS)
    add_menus_before(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    add_offer_commands(commands)
    add_menu_book(add_menu_commands(commands))
    add_database_commands(commands)
    add_certificate_commands(commands)
    add_contract_commands(commands)
    add_audit_commands(commands)
    add_delivery_commands(commands)
    add_overview_command(commands)
    add_open_data(commands)
    add_council_papers(commands)
    add_tender_commands(commands)
    add_evaluation_commands(commands)
    add_file_commands(commands)
    add_demo_commands(commands)
    return parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command in `arguments`; a wrong one ends the program with status 2 and says what is expected."""
    output.use_utf8()
    hide_addresses(arguments)
    return join_menus(build_parser().parse_args(arguments))


def run_command(parsed: argparse.Namespace) -> int:
    """Carry a parsed command out; an expected failure is one sentence on standard error and status 2."""
    sys.excepthook = _report
    try:
        status = _run(parsed)
    except TomsError as error:
        print(output.error_text(error), file=sys.stderr)
        return 2
    except BrokenPipeError:
        return output.quiet_pipe()
    except OSError as error:
        # The files that a command reads and writes have errors of their own: this is its own output.
        output.quiet_pipe()
        print(f"The result cannot be written: {error.strerror or error}. Free some space.", file=sys.stderr)
        return 2
    except Exception as error:
        found = _damage_behind(parsed, error)
        if found is None:
            raise
        print(output.error_text(found), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
        return 130
    return status


def _run(parsed: argparse.Namespace) -> int:
    """Run a command; what it says goes into the file that is named with `--output` before it."""
    if parsed.told_in is None:
        status: int = parsed.run(parsed)
        sys.stdout.flush()
        return status
    from contextlib import redirect_stdout
    from io import StringIO

    from tomsapp.services.told_file import write_told

    if parsed.told_in.exists() and any(map(parsed.told_in.samefile, _files_named(parsed))):
        raise TomsError(f"{parsed.told_in.name} is a file that the command reads", "Name another one with --output")
    with redirect_stdout(StringIO()) as said:
        status = parsed.run(parsed)
    write_told(parsed.told_in, said.getvalue())
    return status


def _files_named(parsed: argparse.Namespace) -> Iterator[Path]:
    """The files that the arguments of a command name and that are there."""
    for name, value in vars(parsed).items():
        for each in value if isinstance(value, list) else [value]:
            if name != "told_in" and isinstance(each, (str, Path)) and Path(each).is_file():
                yield Path(each)


def _damage_behind(parsed: argparse.Namespace, error: Exception) -> TomsError | None:
    """What is damaged in a database that the command names, where nobody foresaw what went wrong."""
    from tomsapp.services.databases import damage_behind

    named = (vars(parsed).get(name) for name in _NAMES_OF_DATABASES)
    return next((found for each in named if each and (found := damage_behind(each, error))), None)
