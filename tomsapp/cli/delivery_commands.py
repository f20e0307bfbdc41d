"""`tomsapp delivery`: what was delivered of a contract, with the ratings and their sums, and its quarterly returns."""

import argparse
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tomsapp.cli.arguments import add_menus
from tomsapp.cli.opening import open_named
from tomsapp.cli.output import problem_lines, table
from tomsapp.cli.papers_command import add_papers
from tomsapp.cli.return_commands import add_return_verbs
from tomsapp.domain.money import exact_sum
from tomsapp.domain.problems import has_errors
from tomsapp.domain.wording import format_date, format_pounds, format_quantity

if TYPE_CHECKING:
    from tomsapp.domain.delivery.figures import DeliveredLine, State
    from tomsapp.services.delivery import OpenDelivery

_HEADS = ("Measure", "Due", "Claimed", "Evidenced", "Accepted", "Surplus", "Accepted £", "Rating")
_RIGHT = range(1, 7)


def add_delivery_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `delivery` and its verbs."""
    parser = commands.add_parser("delivery", help="show what was delivered of a contract, make and read its returns")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    summary = "show what was due, claimed, evidenced and accepted of each commitment, with its rating"
    show = verbs.add_parser("show", help=summary, description=summary)
    show.add_argument("database", help="a file, or a postgresql:// address")
    show.add_argument("reference", help="the contract's reference, for example C-2026-004")
    show.add_argument(
        "--until", type=date.fromisoformat, default=None, metavar="DATE", help="to which day, by default today"
    )
    add_menus(show)
    show.set_defaults(run=_show)
    add_papers(verbs)
    add_return_verbs(verbs)


def _show(parsed: argparse.Namespace) -> int:
    from tomsapp.services.delivery import open_delivery_of
    from tomsapp.services.sealed_rules import today

    until = parsed.until or today()
    workspace = open_named(parsed)
    try:
        opened = open_delivery_of(workspace, parsed.reference, until)
    finally:
        workspace.close()
    print("\n".join(_lines(opened, until)))
    return 1 if has_errors(opened.told_problems) else 0


def _lines(opened: "OpenDelivery", until: date) -> list[str]:
    from tomsapp.domain.delivery.silence import silence_words

    figures, pounds = opened.delivered, opened.delivered.pounds
    last = figures.last_quarter
    ended = f"to the end of {last.label}" if last else "no quarter has ended"
    told = [f"{opened.contract.reference} {opened.contract.title}: delivered to {format_date(until)}, {ended}."]
    told.append(table(_HEADS, [_row(line) for line in figures.lines], _RIGHT))
    summary = f"Our summary: {figures.summary.rating.words}, {figures.summary.sum_words}."
    told.append(" ".join(filter(None, (summary, silence_words(figures)))))
    if pounds.missing:
        told.append(f"Open: {format_pounds(figures.open_pounds)}; agreed: {format_pounds(figures.agreed_pounds)}.")
    return [*told, *_money(opened), *_samples(opened), *problem_lines(opened.told_problems)]


def _money(opened: "OpenDelivery") -> list[str]:
    """What was handed over in real pounds, and what of agreements in money is there; nothing where there is neither."""
    from tomsapp.domain.delivery.ledger import money_words
    from tomsapp.domain.wording import plural

    whole = opened.money()
    if not whole.received and not whole.agreed:
        return []
    passed = f", {format_pounds(whole.passed)} of it passed on" if whole.received else ""
    entries = sum(each.record.received_on <= opened.until for each in opened.ledger)
    told = [f"Money handed over: {format_pounds(whole.received)} in {plural(entries, 'entry', 'entries')}{passed}."]
    for line in opened.delivered.lines:
        money = opened.money(line.commitment.key)
        if money.agreed:
            told.append(f"{line.measure.code}: {money_words(money)}.")
    return told


def _samples(opened: "OpenDelivery") -> list[str]:
    """What each audit sample says."""
    return [
        " ".join((f"Audit sample {number}, seed “{view.sample.record.seed}”:", *view.result.words))
        for number, view in enumerate(opened.samples, start=1)
    ]


def _row(line: "DeliveredLine") -> tuple[str, ...]:
    from tomsapp.domain.delivery.figures import State

    units, provisional = line.units, ""
    if units.provisional:
        provisional = f" ({format_quantity(units.provisional)} p)"
    due, claimed, evidenced, accepted = (
        _units(line, state) for state in (State.DUE, State.CLAIMED, State.EVIDENCED, State.ACCEPTED)
    )
    worth = format_pounds(line.pounds.accepted) if line.measure.is_valued else "counted"
    percent = f" {line.rated.percent}" if line.rated.percent else ""
    return (
        line.measure.full_name,
        due,
        claimed,
        evidenced,
        f"{accepted}{provisional}",
        format_quantity(units.surplus),
        worth,
        f"{line.rated.rating.words}{percent}",
    )


def _units(line: "DeliveredLine", state: "State") -> str:
    """The units of a state; of years that do not add up each by itself: "(30% + 20%)"."""
    from tomsapp.domain.delivery.figures import State
    from tomsapp.domain.delivery.years_apart import together

    by_year = line.units_by_year(state)
    if line.adds_up:
        return format_quantity(exact_sum(by_year))
    begun = [units for units, due in zip(by_year, line.units_by_year(State.DUE), strict=True) if due]
    return together(line.measure, begun) if begun else format_quantity(Decimal(0))
