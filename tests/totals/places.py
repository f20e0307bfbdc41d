"""Where the program tells totals: every report, file, view and command, found in its source and registries.

A place is held by one of the checks (`holds`), or it is said here why it tells no total of commitments or deliveries. A
further one that is in neither list fails a test.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from tests.test_architecture import PACKAGE, modules, parse, relative
from tests.totals.council import Council
from tomsapp.cli.main import build_parser
from tomsapp.gui.delivery.sections import SECTIONS
from tomsapp.gui.pages.contract_page import _TABS
from tomsapp.gui.registry import ENTRIES

Check = Callable[[Council], None]
CHECKS: dict[Check, tuple[str, ...]] = {}
"""Each check with the places that it holds to the screen."""


def holds(*places: str) -> Callable[[Check], Check]:
    """Say which places a check holds to the screen."""

    def kept(check: Check) -> Check:
        CHECKS[check] = places
        return check

    return kept


_REPORTS = re.compile(r"MadeReport|CouncilPaper|PrintedPaper")
_TABLES = re.compile(r"\bTable\b|\bbytes\b|\bMade(?!Report|With)\w+|DueReturns")
_WRITES = re.compile(r"(save|write|export|make)_")
_POUNDS = re.compile(r"\b(format_pounds(_short)?|pounds_column)\(|\bformat_pounds\b")


def reports() -> Iterator[str]:
    """The functions that make a PDF or a paper of the council."""
    yield from _functions(("services",), lambda _name, gives: bool(_REPORTS.search(gives)))


def files() -> Iterator[str]:
    """The functions that make or write a table or another file."""

    def makes(name: str, gives: str) -> bool:
        return bool(_TABLES.search(gives)) or (bool(_WRITES.match(name)) and bool(re.search(r"\bPath\b", gives)))

    yield from _functions(("services", "exchange"), makes)


def _functions(packages: tuple[str, ...], wanted: Callable[[str, str], bool]) -> Iterator[str]:
    for module in (each for package in packages for each in modules(PACKAGE / package)):
        path = Path(relative(module))
        if set(path.parts) & {"in_room", "labelled", "sheets", "notices"}:
            continue
        for node in parse(module).body:
            is_public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if is_public and node.returns is not None and wanted(node.name, ast.unparse(node.returns)):
                yield f"{path.parts[1]}.{path.stem}.{node.name}"


def views() -> Iterator[str]:
    """The pages, a contract's tabs, the parts of its delivery, and each module of the window that writes pounds."""
    yield from (f"page {entry.key}" for entry in ENTRIES)
    yield from (f"tab {key}" for key, _ in _TABS)
    yield from (f"part {section.key}" for section in SECTIONS)
    for module in modules(PACKAGE / "gui"):
        path = Path(relative(module))
        if _POUNDS.search(module.read_text(encoding="utf-8")):
            yield f"gui {'/'.join(path.parts[2:-1])}/{path.stem}"


def commands(parser: argparse.ArgumentParser | None = None, named: str = "tomsapp") -> Iterator[str]:
    """The commands with their verbs."""
    asked = parser or build_parser()
    verbs = [action for action in asked._actions if isinstance(action, argparse._SubParsersAction)]
    if not verbs:
        yield named
    for action in verbs:
        for name, further in action.choices.items():
            yield from commands(further, f"{named} {name}")


_FINDERS = {"reports": reports, "files": files, "views": views, "commands": commands}
KINDS = tuple(_FINDERS)


@cache
def found(kind: str) -> frozenset[str]:
    """What there is of a kind of place."""
    return frozenset(_FINDERS[kind]())
