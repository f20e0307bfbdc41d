"""`tomsapp demo` and `tomsapp self-check`: the example council, and a test of this very installation."""

import argparse
from datetime import datetime
from pathlib import Path

from tomsapp.bootstrap import menu_catalogue
from tomsapp.cli.arguments import add_menus


def add_demo_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `demo` and `self-check`."""
    demo = commands.add_parser("demo", help="make the example council’s database and its PDF valuations")
    demo.add_argument("folder", type=Path, help="where to write them; made when it is not there")
    add_menus(demo)
    demo.set_defaults(run=_demo)
    check = commands.add_parser("self-check", help="check that this installation can do its work")
    add_menus(check)
    check.set_defaults(run=_self_check)


def _demo(parsed: argparse.Namespace) -> int:
    from tomsapp.services.example import make_example

    made = make_example(parsed.folder, menu_catalogue(parsed.menus), datetime.now().astimezone().date())
    print(f"The example council is in {made.database}. It is made up, and every page says so.")
    print(f"{len(made.documents)} PDF valuations are in {made.folder}.")
    print(f"{len(made.delivered)} PDF valuations of what was delivered are beside them.")
    return 0


def _self_check(parsed: argparse.Namespace) -> int:
    from tomsapp.services.self_check import run_self_check

    failed = False
    for step in run_self_check(menu_catalogue(parsed.menus)):
        print(f"{'ok' if step.passed else 'FAILED'}: {step.name}{': ' + step.detail if step.detail else ''}")
        failed = failed or not step.passed
    return 1 if failed else 0
