"""`tomsapp overview`: what was delivered of all contracts of a database, on the screen or as files."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.cli.output import table
from tomsapp.domain.delivered_portfolio import DELIVERED_GROUPINGS, DeliveredPortfolio, StatePounds
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.errors import TomsError
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.wording import format_percent, format_pounds, plural

if TYPE_CHECKING:
    from tomsapp.services.overview_delivered import Filters
    from tomsapp.services.overview_types import DeliveryCube
    from tomsapp.services.workspace import Workspace

_HEADS = ("Due", "Claimed", "Evidenced", "Accepted", "Of due", "Last period")
_SUMMARY = "show what was committed, due, claimed, evidenced and accepted under all contracts, or write it as a file"
_FILTER = (
    "what passes, for example “ward E05013628”, “supplier_kind large” or “quarter 2026/27 Q3”; of one sort any "
    "passes, and different sorts combine"
)


def add_overview_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `overview`."""
    parser = commands.add_parser("overview", help=_SUMMARY, description=_SUMMARY)
    parser.add_argument("database", help="a file, or a postgresql:// address")
    parser.add_argument("--delivered", action="store_true", required=True, help="what was delivered")
    parser.add_argument(
        "--until",
        type=date.fromisoformat,
        default=None,
        metavar="DATE",
        help="to which day, by default the last of the financial quarter before today",
    )
    parser.add_argument(
        "--by",
        choices=[grouping.value for grouping in DELIVERED_GROUPINGS],
        default=Grouping.THEME.value,
        help="what the table is grouped by",
    )
    parser.add_argument("--filter", action="append", default=[], metavar="WHAT", help=_FILTER)
    parser.add_argument("--view", default="", metavar="NAME", help="the filters of a view that was saved")
    parser.add_argument("--lines", action="store_true", help="with --output: every line behind the figures")
    parser.add_argument(
        "-o", "--output", type=Path, default=None, metavar="FILE", help="a .csv of the table, or a .xlsx of everything"
    )
    add_menus(parser)
    parser.set_defaults(run=_run)


def _run(parsed: argparse.Namespace) -> int:
    from tomsapp.services.overview_delivered import choices, day_at_first, load_delivered
    from tomsapp.services.saved_views import day_of, filters_of, find_view
    from tomsapp.services.sealed_rules import today

    workspace = open_named(parsed)
    try:
        saved = find_view(workspace, parsed.view).filters if parsed.view else frozenset[str]()
        delivered = load_delivered(workspace, parsed.until or day_of(saved) or day_at_first(today()))
        filters, gone = filters_of(saved | frozenset(parsed.filter), choices(delivered))
        if gone:
            fix = "Look in the Overview what there is, or save a view there and name it with --view"
            raise TomsError(f"Nothing is there to pass “{'”, “'.join(sorted(gone))}”", fix)
        print(_written(workspace, delivered, filters, parsed))
    finally:
        workspace.close()
    return 0


def _written(workspace: "Workspace", delivered: "DeliveryCube", filters: "Filters", parsed: argparse.Namespace) -> str:
    """What is shown, or where it was written."""
    from tomsapp.services import delivered_tables
    from tomsapp.services.overview_delivered import delivered_figures

    grouping, path, now = Grouping(parsed.by), parsed.output, datetime.now(tz=UTC)
    if path is None:
        return "\n".join(_told(delivered_figures(delivered, filters), grouping))
    if parsed.lines:
        made = delivered_tables.save_delivered_lines(workspace, delivered, filters, path, now)
    elif path.suffix.casefold() == ".csv":
        figures = delivered_figures(delivered, filters, (grouping,))
        made = delivered_tables.save_delivered(workspace, figures, grouping, path, now)
    else:
        made = delivered_tables.save_every_delivered(workspace, delivered, filters, path, now)
    return f"What was delivered is in {made}."


def _told(figures: DeliveredPortfolio, grouping: Grouping) -> list[str]:
    from tomsapp.services.delivered_tables import notes_of
    from tomsapp.services.overview_tables import HEADS

    rows = [(row.name, *_cells(row.pounds, row.before)) for row in figures.rows(grouping)]
    rows.append(("Total", *_cells(figures.pounds, figures.before)))
    money = figures.money
    committed = figures.pounds.committed, figures.real.committed
    return [
        *notes_of(figures),
        f"{plural(figures.contracts, 'contract')}, {plural(figures.commitments, 'commitment')}.",
        "Committed, all years: {} of social value and {} of real pounds.".format(*map(format_pounds, committed)),
        table((HEADS[grouping], *_HEADS), rows, range(1, len(_HEADS) + 1)),
        *(f"{count.text}." for count in figures.counts),
        "Money handed over: {} received, {} passed on, {} still held.".format(
            *map(format_pounds, (money.received, money.passed_on, money.held))
        ),
    ]


def _cells(now: StatePounds, before: StatePounds) -> tuple[str, ...]:
    return (
        *(format_pounds(now.of(state)) for state in (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED)),
        _share(now),
        _share(before),
    )


def _share(pounds: StatePounds) -> str:
    share = pounds.of_due(State.ACCEPTED)
    return "" if share is None else format_percent(share, 1)
