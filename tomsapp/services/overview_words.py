"""What the totals of the Overview hold: drafts apart from what is agreed, and what is claimed beside what counts."""

from __future__ import annotations

from tomsapp.domain.portfolio import Group, GroupTotals, PortfolioFigures
from tomsapp.domain.portfolio_contract import share_of
from tomsapp.domain.wording import format_percent, format_pounds, format_told, plural


def totals_in_words(figures: PortfolioFigures) -> str:
    """A sentence for agreed contracts and one for drafts, and what must be said of a part of contracts."""
    told = [_group_words(totals, is_part=figures.is_part) for totals in figures.groups]
    return " ".join((*told, *figures.part_notes))


def counts_in_words(figures: PortfolioFigures) -> str:
    """How much passes the filters: "11 contracts, 184 commitments"."""
    return f"{plural(figures.contracts, 'contract')}, {plural(figures.commitments, 'commitment')}"


def _group_words(totals: GroupTotals, *, is_part: bool) -> str:
    is_draft = totals.group is Group.DRAFT
    who = plural(totals.contracts, "draft") if is_draft else f"{totals.contracts:,} signed or closed"
    share = ""
    if totals.contract_value and not is_part:
        share = f" ({format_percent(totals.share_of_contract_value, 2)} of {format_pounds(totals.contract_value)})"
    said = f"{who}: {format_pounds(totals.social_value)}{share}{_left_out(totals)}."
    return " ".join(filter(None, (said, _today(totals), _admissible(totals, is_part=is_part))))


def _today(totals: GroupTotals) -> str:
    """What the editions that replaced withdrawn ones make of the same promises: pounds and jobs together."""
    if totals.value_today is None and totals.outcomes_today is None:
        return ""
    pounds = totals.social_value if totals.value_today is None else totals.value_today
    jobs = totals.employment_outcomes if totals.outcomes_today is None else totals.outcomes_today
    signed = format_told(totals.employment_outcomes)
    return f"Under today’s menus {format_pounds(pounds)}, and {format_told(jobs)} in place of {signed} jobs."


def _admissible(totals: GroupTotals, *, is_part: bool) -> str:
    """What is left without the offers that cannot be admitted."""
    if totals.not_admitted is None:
        return ""
    part, left = totals.not_admitted, totals.admissible
    if not left.contracts:
        return "None of it can be admitted before errors are put right."
    share = ""
    if left.contract_value and not is_part:
        share = f" ({format_percent(share_of(left.social_value, left.contract_value), 2)})"
    return f"Without {part.contracts:,} with errors: {format_pounds(left.social_value)}{share}."


def _left_out(totals: GroupTotals) -> str:
    """What is claimed beside what counts; lines with errors may be worth nothing."""
    if not totals.left_out:
        return ""
    one, lines = totals.left_out == 1, plural(totals.left_out, "commitment")
    if totals.claimed_value == totals.social_value:
        return f", {lines} with errors {'is' if one else 'are'} left out"
    return f", {format_pounds(totals.claimed_value)} claimed with {lines} that {'has' if one else 'have'} errors"
