"""The head of a valuation's first page: parties, the answer in one sentence, and a few counts in plain words."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import length_text
from tomsapp.domain.money import round_pounds, total
from tomsapp.domain.plain_counts import AFTER_THE_MENU, PlainCount, plain_counts
from tomsapp.domain.policy import PolicyCheck, PolicyResult, RuleStanding
from tomsapp.domain.rules.rule import CountedIn, Demand, RuleUnit
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_date, format_percent, format_pounds, listed, plural
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.flowables import Block, Heading, KeyFigure, KeyFigures, Panel, Paragraph
from tomsapp.reports.phrases import capital, outcomes_text, sentence
from tomsapp.reports.styles import ANSWER, LEAD, PANEL, TextStyle
from tomsapp.reports.text import Content, PageRun, Run

MOST_FIGURES = 5
"""So many counts stand on the first page; the table of all commitments has the others."""

LONG_WORDS = 60
"""Where a count needs more signs than these, one count fewer is told."""

_VERBS = {
    ContractStatus.DRAFT: ("offers", "Offered"),
    ContractStatus.SIGNED: ("promises", "Promised"),
    ContractStatus.CLOSED: ("promised", "Promised"),
    ContractStatus.WITHDRAWN: ("offered", "Offered"),
}


def title_of(contract: Contract) -> str:
    """The contract's title, or its reference where it has none."""
    return contract.title.strip() or f"Contract {contract.reference}".strip()


def name_and_parties(page: PrintedValuation) -> list[Block]:
    """Title, supplier, dates and value."""
    contract = page.contract
    days = f"{format_date(contract.start_on)} to {format_date(contract.end_on)}"
    length = f" ({length_text(contract.start_on, contract.end_on)})" if contract.end_on >= contract.start_on else ""
    supplier = sentence(contract.supplier.strip() or "Supplier not named")
    lead = f"{supplier} {days}{length}. {format_pounds(contract.value)} without VAT."
    return [Heading(title_of(contract), 1), Paragraph(lead, LEAD)]


def done_word(page: PrintedValuation) -> str:
    """What stands before a total: "Offered" in a draft, "Promised" once signed, "Can be counted" with errors."""
    return "Can be counted" if page.checked.inadmissible else _VERBS[page.contract.status][1]


def answer(page: PrintedValuation, style: TextStyle = PANEL) -> list[Block]:
    """The result in one sentence: the value, its share, and whether the promise is enough; then what that hangs on."""
    blocks: list[Block] = [Paragraph(_answer(page), ANSWER)]
    said = [text for check in page.checked.policy_checks for text in _said_of(page, check)]
    said += filter(
        None, (_ended_when_signed(page), page.origin.in_short(check.rule for check in page.checked.policy_checks))
    )
    if said:
        blocks.append(Paragraph(" ".join(said), style))
    return [Panel(blocks)]


def _answer(page: PrintedValuation) -> Content:
    if page.errors:
        return _with_errors(page)
    verb = _VERBS[page.contract.status][0]
    value = page.counted.social_value
    if not page.valuation.lines:
        return f"The supplier {verb} nothing: there are no commitments in this valuation{_standing(page)}"
    start = f"The supplier {verb} social value of {format_pounds(value)}{_share_words(page.counted)}"
    return f"{start}{_standing(page)}"


def _share_words(valuation: Valuation) -> str:
    """What share of the contract value counts, as the end of the amount before it."""
    if not valuation.contract.value:
        return ""
    return f", which is {format_percent(valuation.share_of_contract_value, 2)} of the contract value"


def _standing(page: PrintedValuation) -> str:
    """How the promise stands against the council's minimum, as the end of the sentence."""
    check = page.minimum
    if check is None:
        return "."
    match check.result:
        case PolicyResult.NOT_CHECKED | PolicyResult.YES | PolicyResult.NO:
            return "."
        case PolicyResult.NOTHING_ASKED:
            return f".{_nothing_asked(page)}"
        case PolicyResult.SHORT:
            short = format_pounds(round_pounds(check.shortfall))
            sign = ":" if page.valuation.lines else ","
            return f"{sign} not enough for {minimum_words(page, check)}, short by {short}."
        case PolicyResult.MET | PolicyResult.ERRORS:
            return f": enough for {minimum_words(page, check)}."
        case _:
            assert_never(check.result)


def minimum_words(page: PrintedValuation, check: PolicyCheck) -> str:
    """A minimum as the sentence names it: "Larkmere Council’s 5% minimum"."""
    in_real = " in real pounds" if check.rule.counted_in is CountedIn.REAL_POUNDS else ""
    return f"{page.origin.who_asks(check.rule)}’s {format_percent(check.rule.share)} minimum{in_real}"


def _nothing_asked(page: PrintedValuation) -> str:
    check = page.minimum
    if check is None or check.result is not PolicyResult.NOTHING_ASKED:
        return ""
    return f" {capital(page.origin.who_asks(check.rule))} asks no minimum of this contract."


def _with_errors(page: PrintedValuation) -> Content:
    """What is claimed, what of it can be counted until the errors are put right; that is never enough."""
    claimed, counted = page.valuation.social_value, page.counted.social_value
    errors = plural(page.errors, "error", "errors")
    verb = "is" if page.errors == 1 else "are"
    if page.minimum is not None and page.minimum.result is PolicyResult.SHORT:
        enough = f"it is not enough for {minimum_words(page, page.minimum)}"
    else:
        enough = "it cannot be admitted"
    if counted == claimed:
        of_it = ""
    else:
        of_it = f", of which {format_pounds(counted) if counted else 'nothing'} can be counted"
    share = _share_words(page.counted) if counted else ""
    start = (
        f"The supplier claims social value of {format_pounds(claimed)}{of_it}{share}. Until {errors} {verb} put right "
        "(page "
    )
    return [Run(start), PageRun("problems"), Run(f"), {enough}.")]


def _said_of(page: PrintedValuation, check: PolicyCheck) -> Iterator[str]:
    """How many people are promised and asked for, and that what else a rule asks is not enough, or only by a forecast.

    Nothing of the minimum, which the sentence names, nor of another rule of pounds that is clearly met.
    """
    rule, kind = check.rule, check.rule.kind
    if not isinstance(kind, Demand):
        return
    is_people = kind.unit is RuleUnit.OUTCOMES
    needed, committed = kind.unit.words(check.needed), kind.unit.words(check.committed)
    who = page.origin.who_asks(rule)
    if is_people and page.counted.outcomes_left_out and check.needed:
        yield _both_and_asked(page, check)
    elif check.result is PolicyResult.SHORT and check is not page.minimum:
        yield f"{kind.not_enough(rule)} not enough: {committed} of the {needed} that {who} asks for."
    elif is_people and check.result in {PolicyResult.MET, PolicyResult.ERRORS}:
        yield f"{kind.words}: {committed}. {capital(who)} asks for {needed}{_enough(check)}."
    if is_people and check.needed and check.without_forecast is None and page.has_forecast_jobs(check.needed):
        yield f"Without what rests on a forecast of spend: {page.certain.jobs_words}."
    if check.without_forecast is not None:
        yield _without_forecast(page, kind.not_enough(rule), who, check.without_forecast)


def _enough(check: PolicyCheck) -> str:
    """That what is promised is enough, as the end of a sentence; with errors nothing is."""
    if check.result is PolicyResult.ERRORS:
        return ""
    return ": enough" if check.without_forecast is None else ": enough, only with the forecast"


def _both_and_asked(page: PrintedValuation, check: PolicyCheck) -> str:
    """The fewest and the most people beside what is asked, and whether that is enough; with errors nothing is."""
    counted = page.counted
    fewest, left_out = counted.employment_outcomes, counted.outcomes_left_out
    start = f"{check.rule.kind.words}: {counted.jobs_words}."
    asked = f"{capital(page.origin.who_asks(check.rule))} asks for {check.rule.kind.unit.words(check.needed)}"
    if page.errors:
        return f"{start} {asked}."
    if fewest >= check.needed:
        return f"{start} {asked}: enough either way."
    if fewest + left_out >= check.needed:
        return f"{start} {asked}: enough only if it is declared that they are different."
    return f"{start} {asked}: not enough either way."


def _without_forecast(page: PrintedValuation, what: str, who: str, certain: RuleStanding) -> str:
    """How a rule of `who` that is met with the forecast stands without it; `what` is said of: "Social value is"."""
    unit = certain.rule.kind.unit
    committed, short = unit.words(certain.committed), unit.words(certain.shortfall)
    start = "Without what rests on a forecast of spend"
    if unit is RuleUnit.OUTCOMES:
        needed = unit.words(certain.needed)
        return f"{start} {what.lower()} {committed} of the {needed} that {who} asks for: short by {short}."
    share = format_percent(certain.committed / Fraction(page.contract.value), 2)
    return f"{start} {what.lower()} {committed}, {share} of the contract value: short by {short}."


def _ended_when_signed(page: PrintedValuation) -> str:
    """What is counted in years that had ended on the day of signing, which nobody could promise any more."""
    ended = page.ended
    if ended is None:
        return ""
    over = {year.year.index: year.year.label for line in ended.lines for year in line.years if year.quantity}
    pounds, jobs = ended.social_value, ended.employment_outcomes
    told = [format_pounds(pounds)] if pounds else []
    told += [f"{outcomes_text(jobs)} of the jobs"] if jobs else []
    what = listed(told) if told else "Part of it, without a value,"
    verb = "are" if len(told) > 1 or jobs > 1 else "is"
    labels = listed([over[index] for index in sorted(over)])
    return f"{what} {verb} for {labels}, which had ended when this was signed."


def counts(page: PrintedValuation, most: int = MOST_FIGURES) -> list[Block]:
    """Three to five counts in the words of their units, at most so many, real pounds last."""
    real = page.counted.real_pounds
    room = most - 1 if real else most
    shown = _chosen(page, room)
    if any(len(_figure(count).meaning) > LONG_WORDS for count in shown):
        # Fewer counts leave each more room than many words need.
        shown = _chosen(page, room - 1)
    chosen = [_figure(count) for count in shown]
    if real:
        claimed = page.valuation.real_pounds
        of_it = f" ({format_pounds(claimed)} claimed)" if claimed != real else ""
        meaning = f"in cash or goods handed over: real pounds, never added{of_it}"
        chosen.append(KeyFigure("", format_pounds(real), meaning))
    return [KeyFigures(chosen)] if chosen else []


def _chosen(page: PrintedValuation, most: int) -> list[PlainCount]:
    """The counts that say most: jobs first, then what is worth most; told in the menu's order."""
    lines: dict[str, list[LineValue]] = {}
    for line in page.counted.lines:
        lines.setdefault(line.measure.code, []).append(line)

    def weight(count: PlainCount) -> tuple[bool, Decimal]:
        mine = lines[count.measure]
        return any(line.employment_outcomes for line in mine), total(line.social_value for line in mine)

    told = [count for count in plain_counts(page.counted) if count.figure and not _is_pounds(lines[count.measure][0])]
    best = sorted(told, key=weight, reverse=True)[:most]
    return [count for count in told if count in best]


def _is_pounds(line: LineValue) -> bool:
    """Whether its number is pounds, which the real pounds or the table tell."""
    return line.measure.unit in {Unit.POUNDS, Unit.PERCENT}


def _figure(count: PlainCount) -> KeyFigure:
    """A count with what of it is counted here; what else is to be said of it stands in the table."""
    shared = [note for note in count.note.split("; ") if note.endswith(("counted here", AFTER_THE_MENU))]
    return KeyFigure("", count.figure, replace(count, figure="", note="; ".join(shared)).text)
