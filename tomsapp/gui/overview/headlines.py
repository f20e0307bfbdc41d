"""The five headline figures of the Overview."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from tomsapp.domain.portfolio import Group
from tomsapp.domain.wording import format_percent, format_pounds, format_told, plural
from tomsapp.gui.widgets.cards import HeadlineFigure
from tomsapp.gui.widgets.flow import CardFlow

if TYPE_CHECKING:
    from tomsapp.services.overview_types import OverviewFigures

_NOT_OF_A_PART = "Not told for a part of contracts"


class Headlines(CardFlow):
    """Social value and real pounds apart, and how the contracts stand against the policy."""

    lines_wanted = Signal(str)
    """The caption of a figure whose lines are wanted."""
    attention_wanted = Signal()

    def __init__(self) -> None:
        self.social = HeadlineFigure("Social value committed")
        self.real = HeadlineFigure("Real pounds handed over")
        self.share = HeadlineFigure("Share of contract value")
        self.outcomes = HeadlineFigure("Employment outcomes")
        self.minimum = HeadlineFigure("Below the minimum", opens="See the contracts")
        super().__init__(self.social, self.real, self.share, self.outcomes, self.minimum)
        lines_of = {
            self.social: "social_value",
            self.real: "real_pounds",
            self.share: "social_value",
            self.outcomes: "employment_outcomes",
        }
        for card, caption in lines_of.items():
            card.chosen.connect(partial(self.lines_wanted.emit, caption))
        self.minimum.chosen.connect(self.attention_wanted)

    def show_figures(self, figures: OverviewFigures) -> None:
        """Show the figures; under filters that part contracts, no rule for whole contracts is held against them."""
        portfolio = figures.portfolio
        if not portfolio.commitments:
            for card in (self.social, self.real, self.share, self.outcomes):
                card.set_none("No commitments yet")
        else:
            drafts = ", drafts included" if len(portfolio.groups) > 1 else ""
            self.social.set_value(format_pounds(portfolio.social_value), f"In proxy pounds{drafts}")
            self.real.set_value(format_pounds(portfolio.real_pounds), "Counted apart, never added")
            self._show_share(figures)
            self._show_outcomes(figures)
        self._show_minimum(figures)

    def _show_share(self, figures: OverviewFigures) -> None:
        portfolio = figures.portfolio
        if figures.is_part:
            self.share.set_none(_NOT_OF_A_PART)
            return
        value = format_pounds(portfolio.contract_value)
        self.share.set_value(format_percent(portfolio.share_of_contract_value, 2), f"of {value}, cut")

    def _show_outcomes(self, figures: OverviewFigures) -> None:
        policy, portfolio = figures.policy, figures.portfolio
        number, most = format_told(portfolio.employment_outcomes), portfolio.outcomes_left_out
        needed = f"{format_told(policy.outcomes_needed)} needed"
        if most:
            number = f"{number} to {format_told(portfolio.employment_outcomes + most)}"
        if figures.is_part:
            self.outcomes.set_value(
                number, f"for {portfolio.contracts:,} of {plural(figures.all_contracts, 'contract')}"
            )
        elif not policy.held_against_outcomes:
            self.outcomes.set_value(number, "None needed")
        elif policy.short_of_outcomes:
            short = plural(policy.short_of_outcomes, "contract")
            self.outcomes.set_value(number, f"{needed}, {short} short", "warning")
        elif policy.errors_at_outcomes:
            wrong = plural(policy.errors_at_outcomes, "contract")
            self.outcomes.set_value(number, f"{needed}, {wrong} with errors", "warning")
        else:
            self.outcomes.set_value(number, f"Enough: {needed}", "success")

    def _show_minimum(self, figures: OverviewFigures) -> None:
        policy = figures.policy
        self.minimum.set_caption(f"Below the {policy.minimum}")
        self.minimum.setToolTip(figures.portfolio.rules_origin)
        contracts = plural(policy.below_minimum, "contract")
        if figures.is_part:
            self.minimum.set_none(_NOT_OF_A_PART)
        elif policy.below_minimum:
            self.minimum.set_value(contracts, f"Short by {format_pounds(policy.short_by)}{_drafts(figures)}", "warning")
        elif policy.errors_at_minimum:
            self.minimum.set_value(contracts, f"{policy.errors_at_minimum:,} with errors to put right", "warning")
        elif policy.held_against_minimum:
            words = f"Enough in {policy.held_against_minimum:,}"
            if policy.minimum_on_forecast:
                words = f"{words}, {policy.minimum_on_forecast:,} only with the forecast"
            self.minimum.set_value(contracts, words, "warning" if policy.minimum_on_forecast else "success")
        else:
            self.minimum.set_none("No contract has a minimum")


def _drafts(figures: OverviewFigures) -> str:
    """How many of the contracts that fall short are drafts, which can still be changed."""
    drafts = figures.policies[Group.DRAFT].below_minimum if Group.DRAFT in figures.policies else 0
    if not drafts:
        return ""
    return ", all drafts" if drafts == figures.policy.below_minimum else f", {plural(drafts, 'draft')}"
