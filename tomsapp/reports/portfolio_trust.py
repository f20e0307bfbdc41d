"""How sure the figures of a portfolio are, and what they do not say: what the papers of its contracts say, added up."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.caveats import Caveats
from tomsapp.domain.money import difference, total
from tomsapp.domain.portfolio import PortfolioFigures
from tomsapp.domain.portfolio_contract import (
    ContractFigures,
    RuleOutcome,
    total_jobs,
    total_jobs_today,
    total_value_today,
)
from tomsapp.domain.proxy import TakenOff
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.reports.contract_trust import CLOSE, CONFIDENCE
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.phrases import capital, listed, outcomes_text, sentence, share_of
from tomsapp.reports.portfolio_contracts import is_changed

_NAMED = 5
"""More contracts that turn over without the forecast than these are told by their number."""


def how_sure(figures: PortfolioFigures) -> list[Block]:
    """What the first pages of the contracts' papers say of their pounds, added up; nothing where nothing counts."""
    told = caveats_in_words(figures)
    drafts = ", drafts included" if len(figures.groups) > 1 else ""
    return [Heading(f"How sure is this{drafts}"), Paragraph(" ".join(told), CLOSE)] if told else []


def caveats_in_words(figures: PortfolioFigures) -> tuple[str, ...]:
    """The same as sentences, for the pages and for the workbook."""
    return (*_caveats(figures), *_forecast(figures)) if figures.social_value else ()


def _caveats(figures: PortfolioFigures) -> Iterator[str]:
    caveats = figures.caveats
    if caveats is None:
        return
    yield _confidence(caveats, figures)
    if caveats.taken_off is not None:
        yield _gross_or_net(caveats.taken_off)
    yield _span(caveats, figures.social_value)
    if caveats.past_dates:
        yield (
            f"{format_pounds(caveats.past_dates)} is counted in years that end after the wage, tax or rate behind the "
            "value does."
        )
    if caveats.before_evidence:
        yield (
            f"{format_pounds(caveats.before_evidence)} is counted for years of which nothing can be shown before the "
            "contract ends."
        )
    if caveats.before_evidence_in_part:
        yield (
            f"{format_pounds(caveats.before_evidence_in_part)} is counted for years of which a part can be shown only "
            "after it ends."
        )
    yield from _unrecorded(figures)


def _unrecorded(figures: PortfolioFigures) -> Iterator[str]:
    """What is in none of the figures before it, because its editions do not record what they are worked out from."""
    told = [row for row in figures.contract_rows if row.caveats is not None]
    days = [row for row in told if row.caveats and row.caveats.days_unrecorded]
    evidence = [row for row in told if row.caveats and row.caveats.evidence_unrecorded]
    values_end, evidence_due = "until when wages and rates hold", "when evidence is due"
    apart = [(days, values_end), (evidence, evidence_due)]
    for rows, what in [(days, f"{values_end}, nor {evidence_due}")] if days == evidence else apart:
        if rows:
            one = len(rows) == 1
            amount = format_pounds(total(row.social_value for row in rows))
            under = "is under an edition that does" if one else "are under editions that do"
            yield (
                f"{plural(len(rows), 'contract', 'contracts')} ({amount}) {under} not record {what}: what is said here "
                f"of that leaves {'it' if one else 'them'} out."
            )


def not_admitted_words(figures: PortfolioFigures, where: str) -> str:
    """Which contracts that cannot be admitted stand in the counts or tables all the same; empty where none does."""
    wrong = [row for row in figures.contract_rows if not row.is_admissible and (row.social_value or row.jobs.total)]
    if not wrong:
        return ""
    named = listed([row.reference for row in wrong])
    who = named if len(wrong) <= _NAMED else f"{len(wrong):,} contracts"
    jobs = total_jobs(wrong)
    told = f" ({_jobs(jobs)})" if jobs else ""
    its, verb = ("its", "is") if len(wrong) == 1 else ("their", "are")
    return f"{who}{told} cannot be admitted before {its} errors are put right, and {verb} in {where}."


def _confidence(caveats: Caveats, figures: PortfolioFigures) -> str:
    whole = figures.social_value
    amounts = dict(caveats.confidence)
    levels = [*CONFIDENCE, *sorted(amounts.keys() - CONFIDENCE.keys())]
    told = [
        f"{capital(level) or 'Not said by the menu'} {format_pounds(amounts[level])} ({share_of(amounts[level], whole)}"
        f"{f', {CONFIDENCE[level]}' if level in CONFIDENCE else ''})"
        for level in levels
        if level in amounts
    ]
    return f"Confidence: {'; '.join(told)}.{_whose_grades(caveats, figures)}"


def _whose_grades(caveats: Caveats, figures: PortfolioFigures) -> str:
    """That each contract is graded by its own edition, and of how much the edition of today says otherwise."""
    if len(figures.menus) < _SEVERAL and not caveats.regraded:
        return ""
    own = " Each contract is graded by its own menu edition"
    if not caveats.regraded:
        return f"{own}."
    return f"{own}; the editions that replaced withdrawn ones grade {format_pounds(caveats.regraded)} of it otherwise."


def _gross_or_net(parts: Iterable[tuple[TakenOff, Decimal]]) -> str:
    """How much is gross, and of how much the menus or the sources take off what would have happened anyway."""
    amounts = {who: format_pounds(amount) for who, amount in parts if amount}
    if amounts.keys() == {TakenOff.NOBODY}:
        return "All of it is gross: nothing is taken off for what would have happened anyway."
    told = [words.format(amounts[who]) for who, words in _TAKEN_OFF.items() if who in amounts]
    return f"Gross or net: {'; '.join(told)}."


_TAKEN_OFF = {
    TakenOff.MENU: "of {} the menus take off what would have happened anyway",
    TakenOff.SOURCE: "of {} the sources take something off for it",
    TakenOff.NOBODY: "{} is gross, nothing is taken off",
    TakenOff.NOT_SAID: "of {} the editions do not say",
}
_SEVERAL = 2


def _span(caveats: Caveats, whole: Decimal) -> str:
    """The low and the high of all of it, and how much of it has none."""
    if caveats.without_span == whole:
        return "No source gives a low and a high, so no span can be worked out."
    span = f"{format_pounds(caveats.low)} to {format_pounds(caveats.high)}, low to high at the sources."
    if not caveats.without_span:
        return span
    return (
        f"{span} {format_pounds(caveats.without_span)} has neither at its source and is in both, so the true span is "
        "wider."
    )


def _forecast(figures: PortfolioFigures) -> Iterator[str]:
    """What rests on spend that nobody knows yet, and which contracts are enough only with it."""
    if not figures.forecast_value:
        return
    words = f"{format_pounds(figures.forecast_value)} rests on a forecast of spend and not on spend."
    turned = [(row, rule) for row in figures.contract_rows for rule in _only_with_forecast(row)]
    if len(turned) > _NAMED:
        words = f"{words} {len({row.reference for row, _ in turned}):,} contracts are enough for a rule only with it."
    elif turned:
        told = [
            f"{row.reference} is short by {rule.unit.words(rule.short_without_forecast)} ({rule.title})"
            for row, rule in turned
        ]
        words = f"{words} Without it {listed(told)}."
    yield words


def _only_with_forecast(row: ContractFigures) -> list[RuleOutcome]:
    return [rule for rule in (row.minimum, row.employment) if rule is not None and rule.short_without_forecast]


def not_said(figures: PortfolioFigures) -> list[str]:
    """What a reader of this page alone could take it for, and what it is not."""
    words = [
        (
            "A proxy pound is an estimate of the good that a result does. It is not money saved, paid or banked. Real "
            "pounds are cash and goods that suppliers hand over: a second figure, never added to the first. "
            "These are promises. What is delivered of them is not in this paper."
        ),
        *figures.part_notes,
        *_as_signed(figures),
        *_menus_said(figures),
    ]
    words += [f"{menu.name} is withdrawn: {sentence(menu.withdrawn)}" for menu in figures.menus if menu.withdrawn]
    if figures.left_out:
        missing = format_pounds(difference(figures.claimed_value, figures.social_value))
        words.append(f"{missing} is claimed in lines with errors. It is in no total but those marked claimed.")
    return words


def _as_signed(figures: PortfolioFigures) -> list[str]:
    """What a withdrawn edition counts and values otherwise than the one that replaced it: pounds and jobs together."""
    changed = [row for row in figures.contract_rows if is_changed(row)]
    if not changed:
        return []
    signed, today = total(row.social_value for row in changed), total_value_today(changed)
    jobs, jobs_today = map(_jobs, (total_jobs(changed), total_jobs_today(changed)))
    who = plural(len(changed), "contract under a withdrawn menu", "contracts under a withdrawn menu")
    verb = "comes" if len(changed) == 1 else "come"
    return [
        (
            f"{who} {verb} to {format_pounds(signed)} and {jobs} as signed. By today’s menu the same promises are "
            f"{format_pounds(today)} and {jobs_today}."
        )
    ]


def _jobs(number: Fraction) -> str:
    return f"{outcomes_text(number)} {'job' if number == 1 else 'jobs'}"


def _menus_said(figures: PortfolioFigures) -> list[str]:
    if len(figures.menus) < 2:
        return [f"The pounds are those of {menu.name}, at {menu.price_base} prices." for menu in figures.menus]
    named = [
        f"{menu.name} at {menu.price_base} prices ({plural(menu.contracts, 'contract', 'contracts')})"
        for menu in figures.menus
    ]
    added = "Pounds of different price years are added here as they are." if len(figures.price_bases) > 1 else ""
    different = f"Two contracts with the same promise may therefore come to different pounds. {added}".strip()
    return [f"The contracts are valued under {len(figures.menus)} menu editions: {listed(named)}. {different}"]
