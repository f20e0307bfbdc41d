"""`tomsapp papers`: the council's own papers, each as a tagged PDF and as a Word file that can be edited."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.domain.errors import TomsError
from tomsapp.domain.papers.foi import FoiItem, FoiSection, Withheld

if TYPE_CHECKING:
    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.domain.papers.foi import Withholding
    from tomsapp.services.workspace import Workspace

_SUMMARY = "make the council’s own papers, each as PDF and as Word file"
_WITHHOLD = "what is withheld, the section (40 or 43) and the officer’s reason; may be given more than once"
_KINDS = {
    "committee": "the committee report on what was delivered of all contracts",
    "performance": "the performance table: indicator, target, result, direction, red, amber or green",
    "ward": "the sheet of a ward, by its name or code",
    "foi": "the answer to an FOI request about a contract",
    "kpi": "the facts of a contract for its public notice",
    "award": "the paragraph for the award report on a contract",
}


def add_council_papers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `papers` and a verb for each kind of paper."""
    parser = commands.add_parser("papers", help=_SUMMARY, description=_SUMMARY)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="PAPER")
    for kind, told in _KINDS.items():
        verb = verbs.add_parser(kind, help=told, description=told)
        verb.add_argument("database", help="a file, or a postgresql:// address")
        if kind == "ward":
            verb.add_argument("ward", help="its name or its code")
        elif kind in {"foi", "kpi", "award"}:
            verb.add_argument("reference", help="the contract’s reference, for example C-2026-004")
        if kind != "award":
            day = "the day to which deliveries are told, by default today"
            verb.add_argument("--until", type=date.fromisoformat, default=None, metavar="DATE", help=day)
        if kind in {"committee", "performance"}:
            verb.add_argument("--view", default="", metavar="NAME", help="of a saved view of the Overview alone")
        if kind == "foi":
            items = ", ".join(item.value for item in FoiItem)
            metavar = ("WHAT", "SECTION", "REASON")
            verb.add_argument(
                "--withhold", nargs=3, action="append", default=[], metavar=metavar, help=f"{_WITHHOLD}: {items}"
            )
            verb.add_argument("--request", default="", metavar="REFERENCE", help="the council’s reference of it")
        if kind == "kpi":
            measures = "the code of a measure that is a key performance indicator; by default all; may be given again"
            verb.add_argument("--measure", action="append", default=[], metavar="CODE", help=measures)
        verb.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help="the folder of both files")
        add_menus(verb)
        verb.set_defaults(run=_papers)


def _papers(parsed: argparse.Namespace) -> int:
    from tomsapp.services.council_papers import print_paper, save_word
    from tomsapp.services.reporting import write_report
    from tomsapp.services.sealed_rules import today

    workspace = open_named(parsed)
    try:
        printed = print_paper(workspace, _made(workspace, parsed, today()))
    finally:
        workspace.close()
    for line in output.problem_lines(printed.pdf.notes):
        print(line, file=sys.stderr)
    pdf = write_report(printed.pdf.data, parsed.output / printed.pdf.file_name)
    print(f"{printed.paper.title} is in {pdf} and {save_word(printed, parsed.output / printed.word_name)}.")
    return 0


def _made(workspace: "Workspace", parsed: argparse.Namespace, today: date) -> "CouncilPaper":
    from tomsapp.services import council_papers
    from tomsapp.services.contracts import find_contract

    until: date = getattr(parsed, "until", None) or today
    if parsed.verb in {"committee", "performance"}:
        return _of_many(workspace, parsed, today)
    if parsed.verb == "ward":
        return council_papers.ward_paper(workspace, parsed.ward, until, today)
    number = find_contract(workspace, parsed.reference)
    if parsed.verb == "foi":
        withheld = _withheld(parsed.withhold)
        return council_papers.foi_paper(workspace, number, until, today, withheld, parsed.request)
    if parsed.verb == "kpi":
        keys = council_papers.indicators(workspace, number, until, parsed.measure)
        return council_papers.kpi_paper(workspace, number, until, today, keys)
    return council_papers.award_paper(workspace, number, today)


def _of_many(workspace: "Workspace", parsed: argparse.Namespace, today: date) -> "CouncilPaper":
    """The paper of all contracts, or of a view that was saved, to its day where it keeps one."""
    from tomsapp.services.papers_of_many import PortfolioPaper, paper_of_view, paper_to
    from tomsapp.services.saved_views import day_of, find_view

    kind = PortfolioPaper(parsed.verb)
    if not parsed.view:
        return paper_to(workspace, kind, parsed.until or today, today)
    saved = find_view(workspace, parsed.view)
    return paper_of_view(workspace, kind, saved, parsed.until or day_of(saved.filters) or today, today)


def _withheld(said: list[list[str]]) -> "Withholding":
    found = {}
    for what, section, reason in said:
        try:
            found[FoiItem(what)] = Withheld(FoiSection(section), reason)
        except ValueError as error:
            known = ", ".join(item.value for item in FoiItem)
            raise TomsError(
                f"“{what}” under section {section} is nothing that is told", f"Write {known}; 40 or 43"
            ) from error
    return found
