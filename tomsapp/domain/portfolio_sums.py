"""Whether the figures of a portfolio add up: every total from its contracts, its tables and its groups."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.jobs import jobs_together
from tomsapp.domain.money import total
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.portfolio import (
    OVERLAPPING,
    ContractFigures,
    Grouping,
    GroupTotals,
    PolicyCount,
    PortfolioFigures,
    PortfolioRow,
    RuleOutcome,
    total_jobs,
    total_jobs_today,
)
from tomsapp.domain.wording import format_exact, format_pounds

_MONEY = ("contract_value", "social_value", "claimed_value", "real_pounds")


def sums_that_fail(figures: PortfolioFigures) -> tuple[str, ...]:
    """A sentence for each total that its parts do not come to; none where everything adds up."""
    return tuple(_failing(figures))


def _failing(figures: PortfolioFigures) -> Iterator[str]:
    yield from _against_rows("The whole", figures, figures.contract_rows)
    for totals in figures.groups:
        rows = figures.contracts_of(totals.group)
        yield from _against_rows(totals.group.words, totals, rows)
        yield from _against_rules(totals, rows)
    for name in ("commitments", "left_out"):
        yield from _whole(
            "All groups", name, getattr(figures, name), sum(getattr(each, name) for each in figures.groups)
        )
    yield from _pounds(
        "All groups", "forecast value", figures.forecast_value, (g.forecast_value for g in figures.groups)
    )
    for grouping, table in figures.tables:
        where = f"The table by {grouping.value}"
        if grouping in OVERLAPPING:
            yield from _covers(where, table, figures)
            continue
        yield from _pounds(where, "social value", figures.social_value, (row.social_value for row in table))
        yield from _pounds(where, "real pounds", figures.real_pounds, (row.real_pounds for row in table))
        if grouping is not Grouping.YEAR:
            yield from _whole(where, "commitments", figures.commitments, sum(row.commitments for row in table))
    yield from _jobs_by_measure(figures)
    for row in figures.rows(Grouping.MEASURE):
        yield from _editions(row)


def _covers(where: str, table: tuple[PortfolioRow, ...], figures: PortfolioFigures) -> Iterator[str]:
    """A table whose rows overlap holds every commitment once at least, and none twice in a row."""
    numbers = [row.commitments for row in table]
    if table and not max(numbers) <= figures.commitments <= sum(numbers):
        yield f"{where}: its rows cannot be those of {figures.commitments:,} commitments."


def _jobs_by_measure(figures: PortfolioFigures) -> Iterator[str]:
    """What the measures bring to Jobs, as signed and today; earlier portfolios do not tell it."""
    told = [row.jobs for row in figures.rows(Grouping.MEASURE) if row.jobs is not None]
    if not told:
        return
    found = jobs_together(told)
    yield from _jobs("The table by measure", figures.employment_outcomes, found.signed)
    if figures.contract_rows:
        yield from _jobs("The table by measure, today", total_jobs_today(figures.contract_rows), found.today)


def _editions(row: PortfolioRow) -> Iterator[str]:
    """A measure against its menu editions, where they are told apart."""
    if not row.editions:
        return
    where = f"{row.key} by menu edition"
    yield from _pounds(where, "social value", row.social_value, (part.social_value for part in row.editions))
    yield from _pounds(where, "real pounds", row.real_pounds, (part.real_pounds for part in row.editions))
    yield from _whole(where, "commitments", row.commitments, sum(part.commitments for part in row.editions))
    found = jobs_together(part.jobs for part in row.editions)
    if found != row.jobs:
        yield f"{where}: the jobs are not those of the editions."


def _against_rows(
    where: str, totals: GroupTotals | PortfolioFigures, rows: tuple[ContractFigures, ...]
) -> Iterator[str]:
    yield from _whole(where, "contracts", totals.contracts, len(rows))
    for name in _MONEY:
        yield from _pounds(where, name.replace("_", " "), getattr(totals, name), (getattr(row, name) for row in rows))
    yield from _jobs(where, totals.employment_outcomes, total_jobs(rows))


def _jobs(where: str, stated: Fraction, found: Fraction) -> Iterator[str]:
    if stated != found:
        yield f"{where}: {format_exact(stated, 4)} jobs are stated, and {format_exact(found, 4)} come out."


def _against_rules(totals: GroupTotals, rows: tuple[ContractFigures, ...]) -> Iterator[str]:
    """How many contracts are enough and short, counted again where a contract is told against the rule."""
    outcomes = [outcome for row in rows for outcome in (row.minimum, row.employment) if outcome is not None]
    for count in totals.policy:
        own = [outcome for outcome in outcomes if outcome.title == count.title]
        if own and _counted(own) != _stated(count):
            yield f"{totals.group.words}, {count.title}: the counts are not those of the contracts."


def _counted(outcomes: Iterable[RuleOutcome]) -> list[int]:
    results = [outcome.result for outcome in outcomes]
    order = (
        PolicyResult.MET,
        PolicyResult.SHORT,
        PolicyResult.NOTHING_ASKED,
        PolicyResult.ERRORS,
        PolicyResult.NOT_CHECKED,
    )
    return [results.count(result) for result in order]


def _stated(count: PolicyCount) -> list[int]:
    return [count.enough, count.short, count.nothing_asked, count.errors, count.not_checked]


def _whole(where: str, what: str, stated: int, found: int) -> Iterator[str]:
    if stated != found:
        yield f"{where}: {stated:,} {what.replace('_', ' ')} are stated, and {found:,} come out."


def _pounds(where: str, what: str, stated: Decimal, parts: Iterable[Decimal]) -> Iterator[str]:
    found = total(parts)
    if stated != found:
        yield f"{where}: {format_pounds(stated)} of {what} is stated, and {format_pounds(found)} comes out."
