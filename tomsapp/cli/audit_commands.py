"""`tomsapp audit-sample`, `audit-council`: draw a sample of accepted claims, list, conclude, write its worksheet."""

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.cli.output import table
from tomsapp.domain.errors import TomsError
from tomsapp.domain.typed import read_quantity
from tomsapp.domain.wording import format_date, format_pounds, format_quantity, plural

if TYPE_CHECKING:
    from tomsapp.services.audit_frame import CouncilAudit
    from tomsapp.services.audit_read import SampleView
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace

_HEADS = ("Place", "Measure", "Quarter", "Accepted", "Worth", "Conclusion", "Shown")
_RIGHT = (0, 3, 4, 6)
_HEADS_OF_ALL = ("Place", "Contract", *_HEADS[1:])
_RIGHT_OF_ALL = (0, 4, 5, 7)
_ENDINGS = frozenset({".pdf", ".xlsx"})
_Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
Opened: TypeAlias = "OpenDelivery | CouncilAudit"
Run = Callable[["Workspace", "Opened", argparse.Namespace], list[str]]


def add_audit_commands(commands: "_Verbs") -> None:
    """Add `audit-sample`, `audit-council` and their verbs."""
    for name, summary, of, is_of_all in (
        ("audit-sample", "check a random sample of the accepted claims of a contract again", "a contract", False),
        ("audit-council", "check a random sample of the accepted claims of all contracts again", "all contracts", True),
    ):
        parser = commands.add_parser(name, help=summary, description=summary)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        _add_verbs(verbs, of, is_of_all=is_of_all)


def _add_verbs(verbs: "_Verbs", of: str, *, is_of_all: bool) -> None:
    def verb(name: str, summary: str, run: Run) -> argparse.ArgumentParser:
        return _verb(verbs, name, summary, run, is_of_all=is_of_all)

    draw = verb("draw", f"draw a sample of the accepted claims of {of}, and keep it", _draw)
    draw.add_argument("--seed", required=True, help="any words or number, written down before the claims are seen")
    draw.add_argument("--size", required=True, type=int, help="how many claims are checked")
    draw.add_argument("--notes", default="", help="what is said of the sample")
    verb("list", f"list the samples of {of} with their claims and what they say", _list)
    conclude = verb("conclude", "say how many units of a claim its evidence shows", _conclude)
    _add_sample(conclude)
    conclude.add_argument("place", type=int, help="the place of the claim in the sample; the first is 1")
    conclude.add_argument("--shown", required=True, help="the units that are shown, 0 for none")
    conclude.add_argument("--notes", default="", help="why, where it is not shown in full")
    sheet = verb("worksheet", "write the worksheet of a sample as a PDF or a workbook", _worksheet)
    _add_sample(sheet)
    sheet.add_argument("output", type=Path, help="the file to write; its name ends in .pdf or .xlsx")


def _verb(verbs: "_Verbs", name: str, summary: str, run: Run, *, is_of_all: bool) -> argparse.ArgumentParser:
    made = verbs.add_parser(name, help=summary, description=summary)
    made.add_argument("database", help="a file, or a postgresql:// address")
    if not is_of_all:
        made.add_argument("reference", help="the contract's reference, for example C-2026-004")
    made.add_argument(
        "--until", type=date.fromisoformat, default=None, metavar="DATE", help="to which day, by default today"
    )
    add_menus(made)
    made.set_defaults(run=lambda parsed: _run(parsed, run), reference=None)
    return made


def _add_sample(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("sample", type=int, help="which sample, as “list” numbers them; the first is 1")


def _run(parsed: argparse.Namespace, run: Run) -> int:
    from tomsapp.services.audit_frame import open_council_audit
    from tomsapp.services.delivery import open_delivery_of

    workspace = open_named(parsed)
    try:
        until = parsed.until or _today()
        opened: Opened
        if parsed.reference is None:
            opened = open_council_audit(workspace, until)
        else:
            opened = open_delivery_of(workspace, parsed.reference, until)
        print("\n".join(run(workspace, opened, parsed)))
    finally:
        workspace.close()
    return 0


def _today() -> date:
    from tomsapp.services.sealed_rules import today

    return today()


def _draw(workspace: "Workspace", opened: "Opened", parsed: argparse.Namespace) -> list[str]:
    from tomsapp.services.audit import draw_sample
    from tomsapp.services.audit_frame import CouncilAudit, open_council_audit

    number = len(opened.samples) + 1
    view = draw_sample(workspace, opened, parsed.seed, parsed.size, _today(), parsed.notes).result
    if isinstance(opened, CouncilAudit):
        # The contracts of what was drawn are read with it.
        opened = open_council_audit(workspace, opened.until, opened)
    return _told(opened, view, number)


def _list(_workspace: "Workspace", opened: "Opened", _parsed: argparse.Namespace) -> list[str]:
    from tomsapp.services.audit_frame import frame_of

    told = [line for number, view in enumerate(opened.samples, 1) for line in _told(opened, view, number)]
    return told or [f"No sample of {frame_of(opened).name} was drawn."]


def _told(opened: "Opened", view: "SampleView", number: int) -> list[str]:
    from tomsapp.services.audit_sheet import audit_sheet_of

    sheet, sample = audit_sheet_of(opened, view), view.sample.record
    is_of_all = sheet.contract is None
    rows = [
        (
            f"{claim.item.position:,}",
            *((claim.contract,) if is_of_all else ()),
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
        f"from {plural(sample.claims, 'accepted claim')} to {format_date(sample.until)}."
    )
    shown = table(_HEADS_OF_ALL, rows, _RIGHT_OF_ALL) if is_of_all else table(_HEADS, rows, _RIGHT)
    return [head, shown, *sheet.result.words, *sheet.left_out]


def _view(opened: "Opened", number: int) -> "SampleView":
    from tomsapp.services.audit_frame import frame_of

    if not 1 <= number <= len(opened.samples):
        raise TomsError(f"There is no sample {number} of {frame_of(opened).name}", "See which there are with “list”")
    return opened.samples[number - 1]


def _conclude(workspace: "Workspace", opened: "Opened", parsed: argparse.Namespace) -> list[str]:
    from tomsapp.services.audit import conclude

    view = _view(opened, parsed.sample)
    drawn = next((each for each in view.drawn if each.item.record.position == parsed.place), None)
    if drawn is None:
        raise TomsError(f"Sample {parsed.sample} has no claim {parsed.place}", "See which there are with “list”")
    shown = Decimal(read_quantity(parsed.shown))
    now = conclude(workspace, opened, drawn, shown, parsed.notes).result.record
    units = f"{format_quantity(now.found or Decimal(0))} of {format_quantity(now.units)}"
    return [f"Claim {now.position}: {now.conclusion.words if now.conclusion else ''}, {units}."]


def _worksheet(workspace: "Workspace", opened: "Opened", parsed: argparse.Namespace) -> list[str]:
    from tomsapp.services.audit_sheet import save_audit_sheet

    view, target = _view(opened, parsed.sample), parsed.output
    if target.suffix.casefold() not in _ENDINGS:
        raise TomsError(f"{target.name} is neither a PDF nor a workbook", "End its name in .pdf or .xlsx")
    save_audit_sheet(workspace, opened, view, _today(), target)
    return [f"The worksheet is in {target}."]
