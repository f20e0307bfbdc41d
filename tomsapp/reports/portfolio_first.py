"""The first page of a portfolio, which can be published alone: answer, counts, chart, how sure it is, whom to ask."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.portfolio import Group, Grouping, GroupTotals, PartOfGroup, PortfolioFigures
from tomsapp.domain.portfolio_contract import share_of
from tomsapp.domain.wording import format_date, format_percent, format_pounds, listed, plural
from tomsapp.reports.contract_summary import LONG_WORDS, MOST_FIGURES
from tomsapp.reports.contract_trust import CLOSE, CLOSEST, NORMAL
from tomsapp.reports.flowables import Block, Facts, Heading, KeyFigure, KeyFigures, NewPage, Panel, Paragraph
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.one_page import is_one_page
from tomsapp.reports.phrases import capital, outcomes_text, sentence
from tomsapp.reports.portfolio_tables import theme_chart
from tomsapp.reports.portfolio_trust import (
    FRONT,
    FrontLook,
    how_sure,
    job_caveats_words,
    jobs_words,
    more_of_how_sure,
    not_admitted_words,
)
from tomsapp.reports.portfolio_unsaid import not_said
from tomsapp.reports.styles import ANSWER, BODY, LEAD, PANEL
from tomsapp.reports.text import PageRun, Run

_MOST_BESIDE = 2
"""So many counts of the drafts stand beside those of what is signed."""

_DATA = "Data attached: portfolio.json, contracts.csv, made.json."
_NAMED = 5
"""More contracts that cannot be admitted than these are told by their number."""

_LOOKS: Final = (
    FrontLook(NORMAL),
    FrontLook(CLOSEST),
    FrontLook(CLOSEST, is_close=True),
    FrontLook(None, is_close=True),
    FrontLook(None, is_close=True, has_dates=False),
    FrontLook(None, is_close=True, has_dates=False, most_named=0),
    FrontLook(None, is_close=True, has_dates=False, most_named=0, text=CLOSE),
)
"""How the page is set, from roomy to close: what the last one leaves out stands on the next page."""

_ANY_DAY: Final = date(2026, 9, 30)
"""The day with which the page is tried, so that how it is set hangs on its figures alone."""

_DIGITS: Final = 4
"""The digits of the number of a page for which there is room."""


def first_page(figures: PortfolioFigures, made_on: date, fonts: FontSet, *, has_data: bool) -> list[Block]:
    """The page, and what did not fit on it and begins the next one.

    Where drafts stand beside signed and closed contracts, its counts, chart and confidence are of the signed alone.
    """
    lead = figures.leading
    of = "" if lead is figures else f", {lead.groups[0].group.words.lower()}"

    def made(look: FrontLook, day: date) -> list[Block]:
        return [
            *_name_and_answer(figures, look),
            *_counts(lead, of),
            *_beside(figures, lead),
            *theme_chart(lead, of),
            *how_sure(lead, look, of),
            *not_said(figures, look),
            *_page_facts(figures, day, has_data=has_data),
        ]

    fitting = (look for look in _LOOKS if is_one_page(made(look, _ANY_DAY), fonts, page_digits=_DIGITS))
    look = next(fitting, _LOOKS[-1])
    turn = [NewPage()] if figures.social_value else []
    return [*made(look, made_on), *turn, *more_of_how_sure(lead, look, of)]


def _name_and_answer(figures: PortfolioFigures, look: FrontLook) -> list[Block]:
    contracts = plural(figures.contracts, "contract", "contracts")
    suppliers = plural(figures.suppliers, "supplier", "suppliers")
    commitments = plural(figures.commitments, "commitment", "commitments")
    value = "" if figures.is_part else f", {format_pounds(figures.contract_value)} of contract value without VAT"
    return [
        Heading("Social value portfolio", 1),
        Paragraph(f"{contracts} with {suppliers}, {commitments}{value}. {_filter_words(figures)}", LEAD),
        *_answer(figures, look),
    ]


def _filter_words(figures: PortfolioFigures) -> str:
    words = "; ".join(f"{words[:1].lower()}{words[1:]}" for words in figures.filters)
    return (
        sentence(f"Only {words}") if words else "No filter is set: every contract counts but those that were withdrawn."
    )


def _answer(figures: PortfolioFigures, look: FrontLook) -> list[Block]:
    """One sentence of what is agreed, or of drafts where nothing is; then what else is to be said of both."""
    if not any(totals.commitments or totals.left_out for totals in figures.groups):
        return [Panel([Paragraph("Nothing is committed in these contracts.", ANSWER)])]
    said = [part for totals in figures.groups for part in (_promise(totals, figures), _more(totals, figures)) if part]
    first, *others = said
    more = [Paragraph(" ".join(others), CLOSE if look.text is CLOSE else PANEL)] if others else []
    return [Panel([Paragraph(first, ANSWER), *more])]


def _promise(totals: GroupTotals, figures: PortfolioFigures) -> str:
    """What a group comes to, and its share of the contract value where all of it can be admitted."""
    is_draft = totals.group is Group.DRAFT
    who = plural(totals.contracts, "draft", "drafts") if is_draft else _agreed(totals.contracts)
    one = totals.contracts == 1
    verb = ("offers" if one else "offer") if is_draft else ("promises" if one else "promise")
    share = ""
    if totals.contract_value and not figures.is_part and totals.not_admitted is None:
        share = f", which is {percent_of(totals)} of {'its' if one else 'their'} contract value"
    signed = ", and nothing of it is signed" if is_draft else ""
    part = "for the lines that the filters take " if figures.is_part else ""
    return f"{who} {verb} {part}social value of {format_pounds(totals.social_value)}{share}{signed}."


def _more(totals: GroupTotals, figures: PortfolioFigures) -> str:
    return " ".join(filter(None, (_today(totals, figures), _short(totals), _admissible(totals, figures))))


def _short(totals: GroupTotals) -> str:
    """How many of what is agreed fall short of what a rule asks; drafts can still be changed."""
    if totals.group is Group.DRAFT:
        return ""
    told = [
        f"{count.short:,} {'is' if count.short == 1 else 'are'} short of “{count.title}”"
        for count in totals.policy
        if count.short
    ]
    return f"Of these contracts {listed(told)}." if told else ""


def percent_of(totals: GroupTotals | PartOfGroup) -> str:
    """The social value as per cent of the contract value, cut after two decimals."""
    return format_percent(share_of(totals.social_value, totals.contract_value), 2)


def _today(totals: GroupTotals, figures: PortfolioFigures) -> str:
    """What the same promises are worth under the editions that replaced withdrawn ones."""
    if totals.value_today is None:
        return ""
    share = ""
    if totals.contract_value and not figures.is_part and totals.not_admitted is None:
        share = f", {format_percent(share_of(totals.value_today, totals.contract_value), 2)}"
    return f"Under today’s menus it is {format_pounds(totals.value_today)}{share}."


def _admissible(totals: GroupTotals, figures: PortfolioFigures) -> str:
    """What is left of a group without what cannot be admitted, whose share of contract value is the one to read."""
    wrong = totals.not_admitted
    if wrong is None:
        return ""
    if wrong.contracts == totals.contracts:
        return "None of it can be admitted: there are errors to put right."
    left = totals.admissible
    named = [row.reference for row in figures.contracts_of(totals.group) if not row.is_admissible]
    told = f" ({listed(named)})" if 0 < len(named) <= _NAMED else ""
    share = "" if figures.is_part or not left.contract_value else f", {percent_of(left)} of its contract value"
    its = "its" if wrong.contracts == 1 else "their"
    return (
        f"{wrong.contracts:,} of them{told} cannot be admitted before {its} errors are put right: the rest comes to "
        f"{format_pounds(left.social_value)}{share}."
    )


def _agreed(contracts: int) -> str:
    return plural(contracts, "signed or closed contract", "signed and closed contracts")


def _counts(figures: PortfolioFigures, of: str) -> list[Block]:
    """Three to five counts: jobs, the measures with the most social value in the words of their units, real pounds."""
    shown = [*_jobs(figures), *_measures(figures), *_real_pounds(figures)]
    if not shown:
        return []
    unfit = not_admitted_words(figures, "these counts")
    return [
        Heading(f"In plain counts{of}"),
        KeyFigures(shown),
        *([Paragraph(unfit, BODY)] if unfit else []),
        *([Paragraph(beside, FRONT)] if (beside := job_caveats_words(figures)) else []),
    ]


def _beside(figures: PortfolioFigures, lead: PortfolioFigures) -> list[Block]:
    """What the drafts promise, which are in no figure of this page but their own sentence and this one."""
    others = [totals for totals in figures.groups if totals not in lead.groups and totals.commitments]
    return [Paragraph(_of_drafts(totals), FRONT) for totals in others]


def _of_drafts(totals: GroupTotals) -> str:
    jobs, others = totals.employment_outcomes, totals.outcomes_left_out
    told = [jobs_words(jobs)] if jobs else []
    if others:
        told = [f"{jobs_words(jobs + others)} if all are different people, as few as {outcomes_text(jobs)} if not"]
    told += [count.text for count in _countable(totals.plain_counts) if len(count.text) <= LONG_WORDS][:_MOST_BESIDE]
    if totals.real_pounds:
        told.append(f"{format_pounds(totals.real_pounds)} in real pounds")
    who = plural(totals.contracts, "draft is", "drafts are")
    offered = f": beside them {'it offers' if totals.contracts == 1 else 'they offer'} {listed(told)}" if told else ""
    return f"{who} in none of these figures, nor in those below{offered}."


def _countable(counts: Iterable[PlainCount]) -> list[PlainCount]:
    """Counts of things and people; what is counted in pounds is told in pounds."""
    return [count for count in counts if count.figure and not set(count.figure) & set("£%")]


def _jobs(figures: PortfolioFigures) -> list[KeyFigure]:
    if not figures.employment_outcomes:
        return []
    words = ["job" if figures.employment_outcomes == 1 else "jobs"]
    if figures.outcomes_left_out:
        most = outcomes_text(figures.employment_outcomes + figures.outcomes_left_out)
        words.append(f"to {most} if all are different people")
    if figures.outcomes_today is not None:
        words.append(f"{outcomes_text(figures.outcomes_today)} under today’s menus")
    return [KeyFigure("", outcomes_text(figures.employment_outcomes), ", ".join(words))]


def _measures(figures: PortfolioFigures) -> list[KeyFigure]:
    """The counts with the most social value, as many as there is room for."""
    room = MOST_FIGURES - len(_jobs(figures)) - len(_real_pounds(figures))
    worth = {row.key: row.social_value for row in figures.rows(Grouping.MEASURE)}
    told = _countable(figures.plain_counts)
    best = sorted(told, key=lambda count: worth.get(count.measure, 0), reverse=True)[:room]
    if any(len(_meaning(count)) > LONG_WORDS for count in best):
        # Fewer counts leave each more room than many words need.
        best = best[: room - 1]
    return [KeyFigure("", count.figure, _meaning(count)) for count in best]


def _meaning(count: PlainCount) -> str:
    return replace(count, figure="").text


def _real_pounds(figures: PortfolioFigures) -> list[KeyFigure]:
    if not figures.real_pounds:
        return []
    return [KeyFigure("", format_pounds(figures.real_pounds), "in cash or goods handed over: real pounds, never added")]


def _page_facts(figures: PortfolioFigures, made_on: date, *, has_data: bool) -> list[Block]:
    """Status, version, whom to ask, and where to check, side by side."""
    menus = plural(len(figures.menus), "menu edition", "menu editions")
    if len(figures.menus) == 1:
        menus = f"Menu {figures.menus[0].name}"
    where = " (listed under Method)" if len(figures.menus) > 1 else ""
    version = f"As of {format_date(made_on)}. {menus}{where}." if figures.menus else f"As of {format_date(made_on)}."
    check: list[Run | PageRun] = []
    if figures.contract_rows:
        check = [Run("Every contract: page "), PageRun("contracts"), Run(". Jobs as sums: page "), PageRun("jobs")]
        check.append(Run(". "))
    check.append(Run(_DATA if has_data else "No data is attached."))
    return [
        Facts(
            [
                ("Status", _status(figures)),
                ("Version", version),
                ("Who to ask", figures.asked or "Whoever gave you this paper."),
                ("Check it", check),
            ]
        )
    ]


def _status(figures: PortfolioFigures) -> Sequence[Run | PageRun]:
    """What is signed and what is not, and how many contracts need attention."""
    told = [
        plural(totals.contracts, "draft, not signed", "drafts, not signed")
        if totals.group is Group.DRAFT
        else f"{totals.contracts:,} signed or closed"
        for totals in figures.groups
    ]
    status = [Run(sentence(capital(listed(told))) if told else "No contract.", bold=True)]
    if not figures.attention:
        return status
    needs = plural(len(figures.attention), "needs attention", "need attention")
    return [*status, Run(f" {needs} (page "), PageRun("attention"), Run(").")]
