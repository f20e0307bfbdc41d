"""`tomsapp menu`: check, show, compare, export and publish menu editions."""

import argparse
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.bootstrap import menu_catalogue
from tomsapp.cli import menu_text, output
from tomsapp.cli.arguments import add_menus
from tomsapp.domain.problems import Problem, has_errors

if TYPE_CHECKING:
    from tomsapp.services.menus import Catalogue

UNREADABLE = {
    "missing-file", "unreadable-file", "file-too-large", "wrong-kind",
    "wrong-encoding", "invalid-toml", "invalid-bundle",
}  # fmt: skip
_NAME_HELP = "such as barnet-open/2026.2 (barnet-open alone: the one in force today), or a folder or bundle file"


def add_menu_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    """Add `menu` and its verbs; gives the verbs, for others to add to."""
    parser = commands.add_parser("menu", help="check, show, compare, export or publish a menu")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    lint = _verb(verbs, "lint", "say what is wrong with an edition; without a name, with every installed one", _lint)
    lint.add_argument("names", nargs="*", metavar="EDITION", help=_NAME_HELP)
    show = _verb(verbs, "show", "list installed editions, an edition’s measures, or one measure", _show)
    show.add_argument("name", nargs="?", metavar="EDITION", help=_NAME_HELP)
    show.add_argument("measure", nargs="?", metavar="MEASURE", help="the code of a measure, such as J11")
    diff = _verb(verbs, "diff", "say what changed from one edition to another", _diff)
    diff.add_argument("before", metavar="EDITION", help=_NAME_HELP)
    diff.add_argument("after", metavar="EDITION", help=_NAME_HELP)
    export = _verb(verbs, "export", "write an edition as a CSV table, or as a bundle in one file", _export)
    export.add_argument("name", metavar="EDITION", help=_NAME_HELP)
    export.add_argument("target", type=Path, metavar="FILE.csv|FILE.json")
    publish = _verb(verbs, "publish", "fix the unit values of a draft; it never changes afterwards", _publish)
    publish.add_argument("name", metavar="EDITION", help="the edition, or its folder")
    publish.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE", help="by default today")
    return verbs


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace, "Catalogue"], int],
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=summary, description=summary)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    add_menus(parser)
    parser.set_defaults(run=lambda parsed: _run(parsed, run))
    return parser


def _run(parsed: argparse.Namespace, run: Callable[[argparse.Namespace, "Catalogue"], int]) -> int:
    """Run a verb; a menu with errors is told Problem by Problem."""
    from tomsapp.services.menus import MenuFileError

    try:
        return run(parsed, menu_catalogue(parsed.menus))
    except MenuFileError as error:
        _print_problems(parsed.format, "", error.problems)
        return _status(error.problems)


def _status(problems: Iterable[Problem]) -> int:
    found = list(problems)
    if any(problem.code in UNREADABLE for problem in found):
        return 2
    return 1 if has_errors(found) else 0


def _print_problems(form: str, name: str, problems: Iterable[Problem]) -> None:
    found = list(problems)
    if form == "json":
        print(_json({"edition": name, "problems": [menu_text.problem_record(problem) for problem in found]}))
        return
    for line in output.problem_lines(found):
        print(f"{name}: {line}" if name else line)
    if not found:
        print(f"{name}: no problems found.")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


def _lint(parsed: argparse.Namespace, catalogue: "Catalogue") -> int:
    from tomsapp.services import menus

    names = parsed.names or [f"{summary.code}/{summary.edition}" for summary in menus.editions(catalogue)]
    status = 0
    for name in names:
        problems = menus.lint(catalogue, name, _today())
        _print_problems(parsed.format, name, problems)
        status = max(status, _status(problems))
    return status


def _show(parsed: argparse.Namespace, catalogue: "Catalogue") -> int:
    from tomsapp.domain.errors import MenuError
    from tomsapp.services import menus

    if parsed.name is None:
        summaries = menus.editions(catalogue)
        records = [menu_text.summary_record(summary) for summary in summaries]
        print(_json(records) if parsed.format == "json" else menu_text.summaries_table(summaries))
        return 0
    edition = menus.find(catalogue, parsed.name, _today())
    if parsed.measure is None:
        as_json = parsed.format == "json"
        print(_json(menu_text.edition_record(edition)) if as_json else menu_text.edition_table(edition))
        return 0
    place = edition.places.get(parsed.measure)
    if place is None:
        fix = f"See its measures with tomsapp menu show {edition.code}/{edition.edition}"
        raise MenuError(f"{edition.name} has no measure {parsed.measure}", fix)
    record = menu_text.measure_record(place, edition)
    print(_json(record) if parsed.format == "json" else menu_text.measure_lines(record))
    return 0


def _diff(parsed: argparse.Namespace, catalogue: "Catalogue") -> int:
    from tomsapp.services import menus

    changes = menus.compare(catalogue, parsed.before, parsed.after, _today())
    print(_json(menu_text.changes_record(changes)) if parsed.format == "json" else menu_text.changes_text(changes))
    return 0


def _export(parsed: argparse.Namespace, catalogue: "Catalogue") -> int:
    from tomsapp.services import menus

    write = menus.export_bundle if parsed.target.suffix.lower() == ".json" else menus.export_csv
    write(catalogue, parsed.name, parsed.target, _today())
    print(_json({"written": str(parsed.target)}) if parsed.format == "json" else f"Written: {parsed.target}")
    return 0


def _publish(parsed: argparse.Namespace, catalogue: "Catalogue") -> int:
    from tomsapp.services import menus

    edition = menus.publish(catalogue, parsed.name, parsed.on or _today())
    record = {"edition": edition.name, "published_on": str(edition.published_on), "sha256": edition.sha256}
    text = f"{edition.name} is published. Its SHA-256 is {edition.sha256}."
    print(_json(record) if parsed.format == "json" else text)
    return 0
