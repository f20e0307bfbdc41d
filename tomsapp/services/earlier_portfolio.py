"""The figures of a portfolio as earlier versions of the program told them, so that their papers can be verified."""

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tomsapp.domain.portfolio import GroupTotals, PortfolioFigures, PortfolioRow
from tomsapp.domain.portfolio_contract import ContractFigures, RuleOutcome


def as_told_before_today(figures: PortfolioFigures) -> PortfolioFigures:
    """Without what was told later: sums of today, people who may be others, what is not admitted, how sure it is."""
    return replace(
        figures,
        groups=tuple(map(_group, figures.groups)),
        contract_rows=tuple(map(_contract, figures.contract_rows)),
        tables=tuple((grouping, tuple(map(_row, rows))) for grouping, rows in figures.tables),
        outcomes_left_out=None,
        value_today=None,
        outcomes_today=None,
    )


_TOLD_LATER = (
    "days_unrecorded",
    "evidence_unrecorded",
    "taken_off",
    "regraded",
    "confidence_today",
    "ended_when_signed",
)
"""What was told later of how sure the figures are, in the order in which it came."""


def untold_caveats(figures: PortfolioFigures) -> tuple[str, ...]:
    """What the figures do not tell of how sure they are, which was told later; nothing where none is told at all."""
    caveats = figures.caveats
    return () if caveats is None else tuple(name for name in _TOLD_LATER if getattr(caveats, name) is None)


def without_caveats(figures: PortfolioFigures, names: Collection[str]) -> PortfolioFigures:
    """Without some of what is told of how sure they are."""
    untold: dict[str, Any] = dict.fromkeys(names)
    rows = tuple(
        replace(row, caveats=None if row.caveats is None else replace(row.caveats, **untold))
        for row in figures.contract_rows
    )
    return replace(figures, contract_rows=rows)


def without_counts_in_words(figures: PortfolioFigures) -> PortfolioFigures:
    """Without the counts that are told in words, which another version may word otherwise."""
    tables = tuple((grouping, tuple(map(_without_words, rows))) for grouping, rows in figures.tables)
    groups = tuple(replace(totals, plain_counts=()) for totals in figures.groups)
    return replace(figures, plain_counts=(), tables=tables, groups=groups)


def without_groups_told(figures: PortfolioFigures) -> PortfolioFigures:
    """Without what drafts and agreed contracts come to by theme and in plain words, each by themselves."""
    return replace(figures, groups=tuple(replace(totals, themes=(), plain_counts=()) for totals in figures.groups))


def without_job_caveats(figures: PortfolioFigures) -> PortfolioFigures:
    """Without how many jobs rest on a forecast, and how many are of years that had ended."""
    return replace(
        figures,
        groups=tuple(replace(totals, job_caveats=None) for totals in figures.groups),
        contract_rows=tuple(replace(row, job_caveats=None) for row in figures.contract_rows),
        job_caveats=None,
    )


def _group(totals: GroupTotals) -> GroupTotals:
    return replace(
        totals,
        policy=tuple(replace(count, only_with_forecast=0) for count in totals.policy),
        outcomes_left_out=None,
        value_today=None,
        outcomes_today=None,
        not_admitted=None,
    )


def _contract(row: ContractFigures) -> ContractFigures:
    minimum, employment = _outcome(row.minimum), _outcome(row.employment)
    return replace(row, minimum=minimum, employment=employment, value_today=None, caveats=None)


def _outcome(outcome: RuleOutcome | None) -> RuleOutcome | None:
    return outcome and replace(outcome, needed=Fraction(0), short_without_forecast=Fraction(0))


def _row(row: PortfolioRow) -> PortfolioRow:
    return replace(row, editions=tuple(replace(part, value_today=None) for part in row.editions), value_today=None)


def _without_words(row: PortfolioRow) -> PortfolioRow:
    return replace(row, quantity="", editions=tuple(replace(part, quantity="") for part in row.editions))
