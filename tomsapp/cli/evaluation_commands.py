"""`tomsapp evaluation`: what comes of the evaluation of a tender."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.cli.tender_commands import add_verify
from tomsapp.domain.wording import plural

if TYPE_CHECKING:
    from decimal import Decimal

_SUMMARY = "work with the evaluation of a tender"
_SCORES = (
    "read prices and quality points of bids from a sheet with the headings Bidder, Lot, Price and Quality, and say "
    "what would be saved of it"
)
_REPORT = (
    "write the evaluation report of each lot as PDF and Word file: who comes first and why, and all by which a bidder "
    "can redo every sum"
)


def add_evaluation_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evaluation` and its verbs."""
    parser = commands.add_parser("evaluation", help=_SUMMARY, description=_SUMMARY)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    report = verbs.add_parser("report", help=_REPORT, description=_REPORT)
    report.add_argument("database", help="a file, or a postgresql:// address")
    report.add_argument("reference", help="the tender’s reference, for example T-2026-003")
    report.add_argument("--lot", type=int, default=None, metavar="NUMBER", help="of this lot alone")
    report.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help="the folder of the files")
    add_menus(report)
    report.set_defaults(run=_report)
    scores = verbs.add_parser("scores", help=_SCORES, description=_SCORES)
    scores.add_argument("database", help="a file, or a postgresql:// address")
    scores.add_argument("reference", help="the tender’s reference, for example T-2026-003")
    scores.add_argument("file", type=Path, metavar="FILE", help="a CSV file or a workbook")
    scores.add_argument("--sheet", default="", metavar="NAME", help="of a workbook; else its first with such a table")
    scores.add_argument("--save", action="store_true", help="take over what is new or other")
    add_menus(scores)
    scores.set_defaults(run=_scores)
    add_verify(verbs)


def _scores(parsed: argparse.Namespace) -> int:
    """Show what a sheet says of bids, and save it; 1 where a row cannot be taken over, so that a script sees it."""
    from tomsapp.services.tenders.reading import find_tender, open_tender
    from tomsapp.services.tenders.scores_table import SCORES, match_scores, take_scores
    from tomsapp.services.tenders.sheet_rows import check_chosen, open_sheets, sheet_called

    workspace = open_named(parsed)
    try:
        opened = open_tender(workspace, find_tender(workspace, parsed.reference))
        sheet = sheet_called(open_sheets(workspace, SCORES, parsed.file), parsed.sheet)
        matched = match_scores(workspace, opened, sheet, sheet.columns)
        if parsed.save or not matched.is_read:
            check_chosen(sheet, matched)
        saved = take_scores(workspace, opened, sheet, sheet.columns, matched).result if parsed.save else ()
    finally:
        workspace.close()
    rows = [
        (str(each.row.number), each.row.bidder, _shown(each.row.price), _shown(each.row.quality), each.told)
        for each in matched.rows
    ]
    print(output.table(("Row", "Bidder", "Price", "Quality", "What comes of it"), rows, (0, 2, 3)))
    for told in filter(None, (matched.taken, matched.note)):
        print(f"{told}.")
    bids = plural(len(saved) if parsed.save else len(matched.said), "bid")
    print(f"{bids} saved." if parsed.save else f"{bids} would be saved: --save does it.")
    return 1 if matched.of_no_use or sheet.unsure else 0


def _shown(number: "Decimal | None") -> str:
    return "" if number is None else f"{number:,}"


def _report(parsed: argparse.Namespace) -> int:
    from tomsapp.services.council_papers import print_paper, save_word
    from tomsapp.services.reporting import write_report
    from tomsapp.services.sealed_rules import today
    from tomsapp.services.tenders.evaluating import open_evaluation
    from tomsapp.services.tenders.evaluation_report import evaluation_paper
    from tomsapp.services.tenders.reading import find_tender

    workspace = open_named(parsed)
    try:
        number = find_tender(workspace, parsed.reference)
        read = open_evaluation(workspace, number)
        # A tender that is not issued has no lots yet: the report of the first says why there is none.
        lots = [lot.lot.number for lot in read.lots if lot.bids] or [lot.lot.number for lot in read.lots] or [1]
        wanted = lots if parsed.lot is None else [parsed.lot]
        made = [print_paper(workspace, evaluation_paper(workspace, number, lot, today(), read)) for lot in wanted]
    finally:
        workspace.close()
    for printed in made:
        for line in output.problem_lines(printed.pdf.notes):
            print(line, file=sys.stderr)
        pdf = write_report(printed.pdf.data, parsed.output / printed.pdf.file_name)
        print(f"{printed.paper.title} is in {pdf} and {save_word(printed, parsed.output / printed.word_name)}.")
    return 0
