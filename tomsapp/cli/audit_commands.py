"""`tomsapp audit-sample`: draw a sample of accepted claims, list it, conclude of its claims, write its worksheet."""

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.cli.output import table
from tomsapp.domain.errors import TomsError
from tomsapp.domain.typed import read_quantity
from tomsapp.domain.wording import format_date, format_pounds, format_quantity

if TYPE_CHECKING:
    from tomsapp.services.audit_read import SampleView
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace

_HEADS = ("Place", "Measure", "Quarter", "Accepted", "Worth", "Conclusion", "Shown")
_RIGHT = (0, 3, 4, 6)
_ENDINGS = frozenset({".pdf", ".xlsx"})
Run = Callable[["Workspace", "OpenDelivery", argparse.Namespace], list[str]]


def add_audit_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `audit-sample` and its verbs."""
    parser = commands.add_parser("audit-sample", help="check a random sample of accepted claims again")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    draw = _verb(verbs, "draw", "draw a sample of the accepted claims of a contract, and keep it", _draw)
    draw.add_argument("--seed", required=True, help="any words or number, written down before the claims are seen")
    draw.add_argument("--size", required=True, type=int, help="how many claims are checked")
    draw.add_argument("--notes", default="", help="what is said of the sample")
    _verb(verbs, "list", "list the samples of a contract with their claims and what they say", _list)
    conclude = _verb(verbs, "conclude", "say how many units of a claim its evidence shows", _conclude)
    _add_sample(conclude)
    conclude.add_argument("place", type=int, help="the place of the claim in the sample; the first is 1")
    conclude.add_argument("--shown", required=True, help="the units that are shown, 0 for none")
    conclude.add_argument("--notes", default="", help="why, where it is not shown in full")
    sheet = _verb(verbs, "worksheet", "write the worksheet of a sample as a PDF or a workbook", _worksheet)
    _add_sample(sheet)
    sheet.add_argument("output", type=Path, help="the file to write; its name ends in .pdf or .xlsx")


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str, run: Run
) -> argparse.ArgumentParser:
    made = verbs.add_parser(name, help=summary, description=summary)
    made.add_argument("database", help="a file, or a postgresql:// address")
    made.add_argument("reference", help="the contract's reference, for example C-2026-004")
    made.add_argument(
        "--until", type=date.fromisoformat, default=None, metavar="DATE", help="to which day, by default today"
    )
    add_menus(made)
    made.set_defaults(run=lambda parsed: _run(parsed, run))
    return made


def _add_sample(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("sample", type=int, help="which sample of the contract, as “list” numbers them; the first is 1")


def _run(parsed: argparse.Namespace, run: Run) -> int:
    from tomsapp.services.delivery import open_delivery_of

    workspace = open_named(parsed)
    try:
        opened = open_delivery_of(workspace, parsed.reference, parsed.until or _today())
        print("\n".join(run(workspace, opened, parsed)))
    finally:
        workspace.close()
    return 0


def _today() -> date:
    from tomsapp.services.sealed_rules import today

    return today()


def _draw(workspace: "Workspace", opened: "OpenDelivery", parsed: argparse.Namespace) -> list[str]:
    from tomsapp.services.audit import draw_sample

    view = draw_sample(workspace, opened, parsed.seed, parsed.size, _today(), parsed.notes).result
    return _told(opened, view, len(opened.samples) + 1)


def _list(_workspace: "Workspace", opened: "OpenDelivery", _parsed: argparse.Namespace) -> list[str]:
    told = [line for number, view in enumerate(opened.samples, 1) for line in _told(opened, view, number)]
    return told or [f"No sample of {opened.contract.reference} was drawn."]


def _told(opened: "OpenDelivery", view: "SampleView", number: int) -> list[str]:
    from tomsapp.services.audit_sheet import audit_sheet_of

    sheet, sample = audit_sheet_of(opened, view), view.sample.record
    rows = [
        (
            f"{claim.item.position:,}",
            claim.measure,
            claim.quarter,
            format_quantity(claim.item.units),
            format_pounds(claim.item.pounds),
            claim.item.conclusion.words if claim.item.conclusion else "not checked",
            "" if claim.item.found is None else format_quantity(claim.item.found),
        )
        for claim in sheet.claims
    ]
    head = (
        f"Sample {number}, seed “{sample.seed}”, drawn on {format_date(sample.drawn_on)} "
        f"from {sample.claims:,} accepted claims to {format_date(sample.until)}."
    )
    return [head, table(_HEADS, rows, _RIGHT), *sheet.result.words]


def _view(opened: "OpenDelivery", number: int) -> "SampleView":
    if not 1 <= number <= len(opened.samples):
        raise TomsError(f"{opened.contract.reference} has no sample {number}", "See which there are with “list”")
    return opened.samples[number - 1]


def _conclude(workspace: "Workspace", opened: "OpenDelivery", parsed: argparse.Namespace) -> list[str]:
    from tomsapp.services.audit import conclude

    view = _view(opened, parsed.sample)
    drawn = next((each for each in view.drawn if each.item.record.position == parsed.place), None)
    if drawn is None:
        raise TomsError(f"Sample {parsed.sample} has no claim {parsed.place}", "See which there are with “list”")
    shown = Decimal(read_quantity(parsed.shown))
    now = conclude(workspace, opened, drawn, shown, parsed.notes).result.record
    units = f"{format_quantity(now.found or Decimal(0))} of {format_quantity(now.units)}"
    return [f"Claim {now.position}: {now.conclusion.words if now.conclusion else ''}, {units}."]


def _worksheet(workspace: "Workspace", opened: "OpenDelivery", parsed: argparse.Namespace) -> list[str]:
    from tomsapp.services.audit_sheet import save_audit_sheet

    view, target = _view(opened, parsed.sample), parsed.output
    if target.suffix.casefold() not in _ENDINGS:
        raise TomsError(f"{target.name} is neither a PDF nor a workbook", "End its name in .pdf or .xlsx")
    save_audit_sheet(workspace, opened, view, _today(), target)
    return [f"The worksheet is in {target}."]
