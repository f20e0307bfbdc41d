"""What the totals of the Overview hold: drafts apart from what is agreed, and what is claimed beside what counts."""

from __future__ import annotations

from tomsapp.domain.portfolio import Group, GroupTotals, PortfolioFigures
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.gui.formats import count


def totals_in_words(figures: PortfolioFigures) -> str:
    """A sentence for agreed contracts and one for drafts, and what must be said of a part of contracts."""
    told = [_group_words(totals, is_part=figures.is_part) for totals in figures.groups]
    return " ".join((*told, *figures.part_notes))


def _group_words(totals: GroupTotals, *, is_part: bool) -> str:
    is_draft = totals.group is Group.DRAFT
    who = count(totals.contracts, "draft") if is_draft else f"{totals.contracts:,} signed or closed"
    share = ""
    if totals.contract_value and not is_part:
        share = f" ({format_percent(totals.share_of_contract_value, 2)} of {format_pounds(totals.contract_value)})"
    words = f"{who}: {format_pounds(totals.social_value)}{share}"
    if totals.left_out:
        lines = count(totals.left_out, "commitment")
        words = f"{words}, {format_pounds(totals.claimed_value)} claimed with {lines} that have errors"
        words = words.replace("1 commitment that have", "1 commitment that has")
    return f"{words}."
