"""`tomsapp evaluation`: what comes of the evaluation of a tender."""

import argparse
import sys
from pathlib import Path

from tomsapp.cli import output
from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.cli.tender_commands import add_verify

_SUMMARY = "work with the evaluation of a tender"
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
    add_verify(verbs)


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
