"""`tomsapp value`, `report` and `verify`: an offer's figures, its PDF, and a PDF held against its menu."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.bootstrap import menu_catalogue, signed_in_name
from tomsapp.cli import output
from tomsapp.cli.arguments import add_database, add_menus, council_name
from tomsapp.cli.contract_commands import hand_over
from tomsapp.cli.delivered_command import add_delivered, report_delivered
from tomsapp.cli.opening import open_named
from tomsapp.cli.pack_commands import PACK_ENDINGS, verify_pack
from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity

if TYPE_CHECKING:
    from tomsapp.services.offers import ValuedOffer
    from tomsapp.services.verification import Verification


def add_offer_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `value`, `report` and `verify`."""
    of_what = "value and check an offer in a JSON file or workbook, or a bidder’s offer for a tender by its pack"
    value = commands.add_parser("value", help=of_what, description=of_what)
    value.add_argument("offer", type=Path, metavar="OFFER.json|OFFER.xlsx|OFFER.tomsoffer")
    pack = "the pack of the tender that a bidder’s offer answers; by default the one beside the offer"
    value.add_argument("--pack", type=Path, default=None, metavar="FILE.tomspack", help=pack)
    value.add_argument("--format", choices=("table", "json"), default="table")
    add_menus(value)
    value.set_defaults(run=_value)
    written = "write the PDF valuation of an offer or of what was delivered, or a hand-over sheet"
    report = commands.add_parser("report", help=written)
    report.add_argument("offer", type=Path, metavar="OFFER.json|OFFER.xlsx|REFERENCE", nargs="?", default=None)
    report.add_argument(
        "--hand-over", default="", metavar="REFERENCE", help="a contract of --database, in the place of an offer"
    )
    where = "the PDF to write; by default beside the offer. With --delivered a folder, or the PDF of one contract"
    report.add_argument("-o", "--output", type=Path, default=None, help=where)
    add_delivered(report)
    report.add_argument("--council", type=council_name, default="", help="the council’s name as the PDF shows it")
    report.add_argument(
        "--on", type=date.fromisoformat, default=None, metavar="DATE", help="its date, by default today"
    )
    add_menus(report)
    add_database(report)
    report.set_defaults(run=_report)
    checked = "recompute a PDF valuation, portfolio or menu book from what it carries, and with --database a portfolio "
    checked += (
        "from its contracts too; and say whether it is as it was signed, and by whom; or of the pack of a tender "
    )
    checked += "whether it is as it was signed"
    verify = commands.add_parser("verify", help=checked)
    verify.add_argument("pdf", type=Path, metavar="FILE.pdf|FILE.tomspack")
    held = "the certificate that must have signed it, or that must vouch for the one that did; of a pack the public key"
    verify.add_argument("--certificate", type=Path, default=None, metavar="FILE", help=held)
    add_database(verify)
    add_menus(verify)
    verify.set_defaults(run=_verify)


def _value(parsed: argparse.Namespace) -> int:
    from tomsapp.services.offers import OfferProblems, problems_json, result_json, value_any_offer

    try:
        valued = value_any_offer(menu_catalogue(parsed.menus), parsed.offer, parsed.pack)
    except OfferProblems as refused:
        if parsed.format == "json":
            sys.stdout.write(problems_json(refused.problems).decode("utf-8"))
        else:
            print("\n".join(output.problem_lines(refused.problems)))
        return 1
    if parsed.format == "json":
        sys.stdout.write(result_json(valued).decode("utf-8"))
    else:
        print(_as_table(valued))
    return 1 if valued.checked.has_errors else 0


def _as_table(valued: "ValuedOffer") -> str:
    valuation = valued.checked.valuation
    rows = [
        (
            line.measure.code,
            line.measure.title,
            format_quantity(line.quantity),
            format_percent(line.commitment.contract_share),
            format_pounds(line.social_value) if line.measure.is_valued else "counted, not valued",
        )
        for line in valuation.lines
    ]
    heads = ("Code", "Measure", "Quantity", "Share", "Social value")
    share = format_percent(valuation.share_of_contract_value, 2)
    figures = (
        f"Social value: {format_pounds(valuation.social_value)}, {share} of the contract value",
        f"Real pounds: {format_pounds(valuation.real_pounds)}, counted apart, never added",
        f"Employment outcomes: {valuation.jobs_words}",
        *filter(None, (valued.own_total,)),
        *([f"Read from {valued.receipt.words}"] if valued.receipt else []),
    )
    parts = [
        "\n".join(filter(None, (f"{valuation.contract.reference} under {valued.edition.name}", valued.tender_words))),
        output.table(heads, rows, right=(2, 3, 4)),
        "\n".join(figures),
    ]
    checks = [
        f"{check.rule.title}: {check.word}. {'; '.join(filter(None, (*check.sums, check.note)))}"
        for check in valued.checked.policy_checks
    ]
    parts.extend("\n".join(block) for block in (checks, output.problem_lines(valued.checked.problems)) if block)
    return "\n\n".join(parts)


def _report(parsed: argparse.Namespace) -> int:
    if parsed.hand_over and (parsed.offer is not None or parsed.delivered or parsed.until):
        raise TomsError("One thing is reported at a time", "Name the file of an offer, or a contract with --hand-over")
    if parsed.hand_over:
        return hand_over(parsed)
    if parsed.delivered or parsed.until or parsed.publish or parsed.role or parsed.reason:
        return report_delivered(parsed)
    if parsed.offer is None:
        raise TomsError("No offer is named", "Name its file, or add --hand-over or --delivered with a contract")
    from tomsapp.services.offers import OfferProblems, value_offer_file
    from tomsapp.services.reporting import write_offer_report

    try:
        valued = value_offer_file(menu_catalogue(parsed.menus), parsed.offer)
    except OfferProblems as refused:
        print("\n".join(output.problem_lines(refused.problems)), file=sys.stderr)
        return 1
    target = parsed.output or parsed.offer.with_suffix(".pdf")
    if target.exists() and target.samefile(parsed.offer):
        raise TomsError(f"{target.name} is the offer itself", "Name another file for the PDF with --output")
    today = datetime.now(tz=UTC).astimezone().date()
    written, notes = write_offer_report(valued, target, parsed.on or today, parsed.council, signed_in_name())
    for line in output.problem_lines((*valued.checked.problems, *notes)):
        print(line, file=sys.stderr)
    print(f"The valuation is in {written}.")
    return 1 if valued.checked.has_errors else 0


def _verify(parsed: argparse.Namespace) -> int:
    if parsed.pdf.name.lower().endswith(PACK_ENDINGS):
        return verify_pack(parsed, parsed.pdf, parsed.certificate)
    from tomsapp.services.verifying import verify_pdf

    menus = menu_catalogue(parsed.menus)
    if parsed.database is None:
        return _told(verify_pdf(menus, parsed.pdf, certificate=parsed.certificate))
    workspace = open_named(parsed)
    try:
        return _told(verify_pdf(workspace, parsed.pdf, certificate=parsed.certificate))
    finally:
        workspace.close()


def _told(outcome: "Verification") -> int:
    for line in outcome.told:
        print(line)
    return 0 if outcome.holds else 1
