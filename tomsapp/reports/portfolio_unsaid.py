"""What a portfolio does not say: what a reader of its first page alone could take its figures for."""

from collections.abc import Iterator

from tomsapp.domain.money import difference, total
from tomsapp.domain.portfolio import PortfolioFigures
from tomsapp.domain.portfolio_contract import total_jobs, total_jobs_today, total_value_today
from tomsapp.domain.wording import format_pounds, listed, plural
from tomsapp.reports.contract_trust import PART_TIME
from tomsapp.reports.flowables import Block, Bullets, Heading, Paragraph
from tomsapp.reports.phrases import sentence
from tomsapp.reports.portfolio_contracts import is_changed
from tomsapp.reports.portfolio_trust import FrontLook, jobs_words

_AS_PUBLISHED = "A figure in later prices, as wages and tax rates are, is as published."
"""What is said beside the prices of an edition, which do not hold for these."""

_MENUS_NAMED = 3
"""More menu editions than these are told by their number."""


def not_said(figures: PortfolioFigures, look: FrontLook) -> list[Block]:
    """What a reader of this page alone could take it for, and what it is not."""
    words = list(_not_said(figures))
    told = Paragraph(" ".join(words), look.text) if look.is_close else Bullets(words)
    return [Heading("What this does not say"), told]


def _not_said(figures: PortfolioFigures) -> Iterator[str]:
    yield (
        "A proxy pound is an estimate of the good that a result does. It is not money saved, paid or banked. Real "
        "pounds are cash and goods that suppliers hand over: a second figure, never added to the first. "
        "These are promises: what is delivered of them is not in this paper. They leave out VAT and do not compare "
        "suppliers."
    )
    if figures.employment_outcomes:
        yield PART_TIME
    yield from figures.part_notes
    yield from _as_signed(figures)
    yield from _menus_said(figures)
    if figures.left_out:
        missing = format_pounds(difference(figures.claimed_value, figures.social_value))
        yield f"{missing} is claimed in lines with errors. It is in no total but those marked claimed."


def _as_signed(figures: PortfolioFigures) -> list[str]:
    """What a withdrawn edition counts and values otherwise than the one that replaced it: pounds and jobs together."""
    changed = [row for row in figures.contract_rows if is_changed(row)]
    if not changed:
        return []
    signed, today = total(row.social_value for row in changed), total_value_today(changed)
    jobs, jobs_today = map(jobs_words, (total_jobs(changed), total_jobs_today(changed)))
    who = plural(len(changed), "contract under a withdrawn menu", "contracts under a withdrawn menu")
    verb = "comes" if len(changed) == 1 else "come"
    return [
        (
            f"{who} {verb} to {format_pounds(signed)} and {jobs} as signed. By today’s menu the same promises are "
            f"{format_pounds(today)} and {jobs_today}."
        )
    ]


def _menus_said(figures: PortfolioFigures) -> Iterator[str]:
    """The editions with their prices, many by their number, and which were withdrawn."""
    if len(figures.menus) <= 1:
        yield from (
            f"The pounds are those of {menu.name}, at {menu.price_base} prices. {_AS_PUBLISHED}"
            for menu in figures.menus
        )
    else:
        named = [
            f"{menu.name} at {menu.price_base} prices ({plural(menu.contracts, 'contract', 'contracts')})"
            for menu in figures.menus
        ]
        which = f": {listed(named)}" if len(named) <= _MENUS_NAMED else " (listed under Method)"
        added = " Pounds of different price years are added here as they are." if len(figures.price_bases) > 1 else ""
        yield (
            f"The contracts are valued under {len(named)} menu editions{which}. Two contracts with the same promise "
            f"may therefore come to different pounds. {_AS_PUBLISHED}{added}"
        )
    withdrawn = [menu.name for menu in figures.menus if menu.withdrawn]
    if withdrawn:
        verb, why = ("is", "the reason stands") if len(withdrawn) == 1 else ("are", "the reasons stand")
        who = listed(withdrawn) if len(withdrawn) <= _MENUS_NAMED else f"{len(withdrawn)} of them"
        yield f"{who} {verb} withdrawn: {why} under Method."


def withdrawn_reasons(figures: PortfolioFigures) -> list[str]:
    """Why each edition that was withdrawn was."""
    return [f"{menu.name} is withdrawn: {sentence(menu.withdrawn)}" for menu in figures.menus if menu.withdrawn]
