"""Whether the figures of a portfolio add up: every total from its contracts, its tables and its groups."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.jobs import JobCaveats, job_caveats_together, jobs_together
from tomsapp.domain.money import total
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.portfolio import (
    NOTHING_LEFT_OUT,
    OVERLAPPING,
    EditionPart,
    Grouping,
    GroupTotals,
    PolicyCount,
    PortfolioFigures,
    PortfolioRow,
)
from tomsapp.domain.portfolio_contract import (
    ContractFigures,
    RuleOutcome,
    total_jobs,
    total_jobs_today,
    total_value_today,
)
from tomsapp.domain.wording import format_exact, format_pounds

_PART_MONEY = ("contract_value", "social_value", "real_pounds")
_MONEY = ("contract_value", "social_value", "claimed_value", "real_pounds")


def sums_that_fail(figures: PortfolioFigures) -> tuple[str, ...]:
    """A sentence for each total that its parts do not come to; none where everything adds up."""
    return tuple(_failing(figures))


def _failing(figures: PortfolioFigures) -> Iterator[str]:
    yield from _against_rows("The whole", figures, figures.contract_rows)
    for contract in figures.contract_rows:
        if contract.sealed_today is not None and contract.sealed_today.sealed != contract.sealed_value:
            yield f"{contract.reference}: what was sealed is not what stands beside today."
    for totals in figures.groups:
        rows = figures.contracts_of(totals.group)
        yield from _against_rows(totals.group.words, totals, rows)
        yield from _not_admitted(totals, rows)
        yield from _against_rules(totals, rows)
        yield from _by_theme(totals)
        yield from _job_caveats(totals.group.words, totals, rows)
    yield from _job_caveats("The whole", figures, figures.contract_rows)
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
        if figures.outcomes_left_out is not None:
            today = figures.social_value if figures.value_today is None else figures.value_today
            yield from _pounds(f"{where}, today", "social value", today, map(_value_today, table))
        if grouping is not Grouping.YEAR:
            yield from _whole(where, "commitments", figures.commitments, sum(row.commitments for row in table))
    yield from _jobs_by_measure(figures)
    for row in figures.rows(Grouping.MEASURE):
        yield from _editions(row)


def _by_theme(totals: GroupTotals) -> Iterator[str]:
    """A group against its themes, where it is told by them."""
    if not totals.themes:
        return
    where = f"{totals.group.words} by theme"
    yield from _pounds(where, "social value", totals.social_value, (row.social_value for row in totals.themes))
    yield from _pounds(where, "real pounds", totals.real_pounds, (row.real_pounds for row in totals.themes))
    today = totals.social_value if totals.value_today is None else totals.value_today
    yield from _pounds(f"{where}, today", "social value", today, map(_value_today, totals.themes))
    yield from _whole(where, "commitments", totals.commitments, sum(row.commitments for row in totals.themes))


def _value_today(row: PortfolioRow | EditionPart) -> Decimal:
    return row.social_value if row.value_today is None else row.value_today


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
    yield from _pounds(f"{where}, today", "social value", _value_today(row), map(_value_today, row.editions))
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
    if totals.outcomes_left_out is not None and rows:
        yield from _trusted(where, totals, totals.outcomes_left_out, rows)


def _trusted(
    where: str, totals: GroupTotals | PortfolioFigures, left_out: Fraction, rows: tuple[ContractFigures, ...]
) -> Iterator[str]:
    """What stands beside the totals: other people, today's sums, and how sure they are."""
    yield from _jobs(f"{where}, not counted", left_out, sum((row.jobs.left_out for row in rows), Fraction(0)))
    today = totals.social_value if totals.value_today is None else totals.value_today
    yield from _pounds(f"{where}, today", "social value", today, [total_value_today(rows)])
    jobs = totals.employment_outcomes if totals.outcomes_today is None else totals.outcomes_today
    yield from _jobs(f"{where}, today", jobs, total_jobs_today(rows))
    for row in rows:
        if row.caveats is not None:
            parts = [amount for _level, amount in row.caveats.confidence]
            yield from _pounds(f"{row.reference} by confidence", "social value", row.social_value, parts)
            if row.caveats.confidence_today is not None:
                parts = [amount for _level, amount in row.caveats.confidence_today]
                yield from _pounds(f"{row.reference} by confidence today", "social value", row.social_value, parts)
            if row.caveats.taken_off is not None:
                parts = [amount for _who, amount in row.caveats.taken_off]
                yield from _pounds(f"{row.reference}, gross or net", "social value", row.social_value, parts)


def _job_caveats(
    where: str, totals: GroupTotals | PortfolioFigures, rows: tuple[ContractFigures, ...]
) -> Iterator[str]:
    """How many jobs rest on a forecast or are of ended years, from the contracts; never more than there are."""
    told, parts = totals.job_caveats, [row.job_caveats for row in rows if row.job_caveats is not None]
    if told is None or not parts:
        return
    found = job_caveats_together(parts)
    yield from _jobs(f"{where}, on a forecast", told.on_forecast, found.on_forecast)
    yield from _jobs(f"{where}, of ended years", told.ended_when_signed, found.ended_when_signed)
    for row in rows:
        own = row.job_caveats or JobCaveats()
        if any(not 0 <= part <= max(row.jobs.total, Fraction(0)) for part in (own.on_forecast, own.ended_when_signed)):
            yield f"{row.reference}: more jobs rest on a forecast or are of ended years than there are."


def _not_admitted(totals: GroupTotals, rows: tuple[ContractFigures, ...]) -> Iterator[str]:
    """What cannot be admitted, from the contracts with errors."""
    if totals.outcomes_left_out is None:
        return
    wrong = tuple(row for row in rows if not row.is_admissible)
    part = totals.not_admitted or NOTHING_LEFT_OUT
    where = f"{totals.group.words}, not admitted"
    yield from _whole(where, "contracts", part.contracts, len(wrong))
    for name in _PART_MONEY:
        yield from _pounds(where, name.replace("_", " "), getattr(part, name), (getattr(row, name) for row in wrong))
    yield from _jobs(where, part.employment_outcomes, total_jobs(wrong))


def _jobs(where: str, stated: Fraction, found: Fraction) -> Iterator[str]:
    if stated != found:
        yield f"{where}: {format_exact(stated, 4)} jobs are stated, and {format_exact(found, 4)} come out."


def _against_rules(totals: GroupTotals, rows: tuple[ContractFigures, ...]) -> Iterator[str]:
    """How many contracts are enough and short, counted again where a contract is told against the rule."""
    outcomes = [outcome for row in rows for outcome in (row.minimum, row.employment) if outcome is not None]
    for count in totals.policy:
        own = [outcome for outcome in outcomes if outcome.title == count.title]
        forecast = sum(bool(outcome.short_without_forecast) for outcome in own)
        if own and (_counted(own) != _stated(count) or forecast != count.only_with_forecast):
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
