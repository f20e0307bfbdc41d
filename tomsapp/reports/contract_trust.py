"""How far the figures of a valuation can be trusted, what they do not say, and who stands behind them."""

from collections.abc import Iterator
from dataclasses import replace

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.measure_words import taken_off, withdrawn_words
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.money import difference, round_pounds, total
from tomsapp.domain.plain_counts import plain_counts
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.proxy import TakenOff
from tomsapp.domain.rules.rule import CountedIn
from tomsapp.domain.units import Unit
from tomsapp.domain.valuation import LineValue
from tomsapp.domain.wording import format_date, format_pounds, listed, plural
from tomsapp.reports.context import ReportContext
from tomsapp.reports.contract_days import past_their_dates, shown_too_late
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.contract_sealed import TODAY_TAKES
from tomsapp.reports.contract_spans import low_to_high
from tomsapp.reports.flowables import Block, Facts, Heading, Paragraph
from tomsapp.reports.phrases import capital, share_of
from tomsapp.reports.source_rows import pairs_table
from tomsapp.reports.styles import BODY, CELL, CELL_STRONG, TextStyle
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook
from tomsapp.reports.text import PageRun, Run

CONFIDENCE = {
    "high": "public figures or plain arithmetic",
    "medium": "a source with a known weakness",
    "low": "a borrowed value or a thin source",
}
"""The confidence that a menu gives to a proxy value, with what it rests on."""

NORMAL = TableLook(line_gap=2.6)
"""How the tables of the first page are set where it has room."""

CLOSEST = TableLook(line_gap=0.6)
"""How they are set where it has very little."""

CLOSE = TextStyle(size=9.5, leading=11.4, after=1)

TIGHTEST = TableLook(style=replace(CELL, leading=11.4), line_gap=0.2)
"""How they are set where all that can be wrong with a valuation is said at once: in smaller type."""

BAREST = replace(TIGHTEST, line_gap=0.1)
"""How they are set where even that is too much: many lines are not named one by one."""

MOST_NAMED = 6
"""More lines of one confidence than these are told by their number where the page is fullest."""


def is_tightest(look: TableLook) -> bool:
    """Whether the page is set in smaller type."""
    return look in (TIGHTEST, BAREST)


PART_TIME = "A part-time post counts as a part of a full-time job."
"""What is said beside counts of full-time jobs, which need not be posts of full time."""

IN_THE_NUMBER = "though its measure may leave it out of the number"
"""What is said of gross pounds: a measure of what is new or avoided counts less in the first place."""

ALL_GROSS = f"All of it is gross: nothing is taken off a unit for what would have happened anyway, {IN_THE_NUMBER}."
"""What is said where neither the menu nor a source takes anything off."""

MOST_RECORDED = 3
"""More counts without a value than these are told by their number."""

_COLUMNS = (
    Column("Confidence", 58, row_head=True),
    Column("Social value", 76, right=True),
    Column("Share, cut", 54, right=True),
    Column("What it rests on", 303),
)


def how_sure(page: PrintedValuation, look: TableLook, today: str = "") -> list[Block]:
    """The pounds by confidence, the span of the sources, what is taken off, and what rests on a forecast.

    `today` is what today's values make of it, where it is signed with an older edition.
    """
    valued = [(number, line) for number, line in page.counted_lines if line.measure.is_valued]
    if not valued:
        return []
    whole = page.counted.social_value
    rows = []
    for level in [*CONFIDENCE, ""]:
        mine = [(number, line) for number, line in valued if _confidence(line) == level]
        if mine:
            amount = total(line.social_value for _, line in mine)
            rests = CONFIDENCE.get(level, "the menu does not say how sure its value is")
            named = page.named(number for number, _ in mine)
            if look is BAREST and len(mine) > MOST_NAMED:
                named = f"{len(mine)} lines"
            words = f"{capital(named)}: {rests}"
            name = Cell([Part(capital(level) or "Not said", CELL_STRONG)])
            rows.append(Row([name, format_pounds(amount), share_of(amount, whole), words]))
    pairs = [
        ("Low to high", low_to_high(page)),
        ("Gross or net", _gross_or_net(page)),
        ("Forecast", _forecast(page)),
    ]
    dates = " ".join(past_their_dates(page))
    if dates:
        pairs.append(("Dates", dates))
    menu = _menu_on_front(page, today)
    if menu:
        pairs.append(("Menu", menu))
    return [
        Heading("How sure is this", is_tight=is_tightest(look)),
        Table(_COLUMNS, rows, look, whole=True, after=3),
        *_pairs(pairs, look),
    ]


def _pairs(pairs: list[tuple[str, str]], look: TableLook) -> list[Block]:
    """Names with their sentences; as one plain note where the page is full."""
    if look.line_gap >= NORMAL.line_gap:
        return [pairs_table(pairs, TableLook(ruled=False, line_gap=1.5))]
    runs = [run for name, text in pairs for run in (Run(f"{name}: ", bold=True), Run(f"{text} "))]
    return [Paragraph(runs, CLOSE)]


def _confidence(line: LineValue) -> str:
    level = line.measure.proxy.confidence if line.measure.proxy is not None else ""
    return level if level in CONFIDENCE else ""


def _gross_or_net(page: PrintedValuation) -> str:
    """Whether what would have happened anyway is taken off, by the menu or by the source, and what is shared."""
    valued = [(number, line) for number, line in page.counted_lines if line.measure.is_valued]
    by_menu, by_source, unsaid = (
        [number for number, line in valued if taken_off(line.measure) is who]
        for who in (TakenOff.MENU, TakenOff.SOURCE, TakenOff.NOT_SAID)
    )
    shared = [number for number, line in page.counted_lines if line.commitment.contract_share != 1]
    said: list[str] = []
    if by_menu:
        said.append(f"In {page.named(by_menu)} the menu takes off what would have happened anyway.")
    if by_source:
        said.append(
            f"In {page.named(by_source)} the source takes something off for what would have happened anyway (see "
            "Sources)."
        )
    if unsaid:
        whose = f"the source of {page.named(unsaid)} takes" if len(unsaid) < len(valued) else "its sources take"
        said.append(f"The edition does not say what {whose} off.")
    if not said:
        said.append(ALL_GROSS)
    elif len(by_menu) + len(by_source) + len(unsaid) < len(valued):
        said.append(f"All else is gross: nothing is taken off a unit, {IN_THE_NUMBER}.")
    if shared:
        said.append(f"Shared results ({page.named(shared)}) count this contract’s part only.")
    return " ".join(said)


def _forecast(page: PrintedValuation) -> str:
    """How much rests on spend that nobody knows yet, as a promise per pound does."""
    whole = [number for number, line in page.counted_lines if 0 < line.forecast_value == line.social_value]
    in_part = [number for number, line in page.counted_lines if 0 < line.forecast_value < line.social_value]
    told = [f"{part} {page.named(lines)}" for part, lines in (("all of", whole), ("part of", in_part)) if lines]
    where = f": {' and '.join(told)}" if told else ""
    return f"{format_pounds(page.counted.forecast_value)} rests on a forecast of spend{where}."


def menu_warning(edition: MenuEdition) -> str:
    """What must be known of the menu edition: that it is a draft, or was withdrawn and why."""
    if edition.status is EditionStatus.DRAFT:
        return f"{edition.name} is a draft and not published: its values may change."
    return withdrawn_words(edition)


def _menu_on_front(page: PrintedValuation, today: str) -> str:
    """The warning of the menu; of a withdrawn one what that makes of this contract, where it is known."""
    edition = page.edition
    if not today or edition.withdrawn_on is None:
        return menu_warning(edition)
    day = format_date(edition.withdrawn_on)
    return f"{edition.name} was withdrawn on {day}, for reasons that stand under Menu. {today} {TODAY_TAKES}"


def not_said(page: PrintedValuation, look: TableLook) -> list[Block]:
    """What the figures are not: money saved, things done, a comparison; in smaller type where the page is full."""
    offered = "promises" if page.is_signed else "offers"
    runs = [
        Run(
            "A proxy pound is an estimate of the good that a result does. It is not money saved, paid or banked. "
            "The figures are "
        ),
        Run(offered, bold=True),
        Run(f": what has been delivered is not in them. They leave out VAT{_recorded(page)}. "),
        Run("They do not compare suppliers."),
        *(Run(f" {text}") for text in (_jobs_or_posts(page), _other_reading(page), shown_too_late(page)) if text),
    ]
    style = BODY if look.line_gap > CLOSEST.line_gap else CLOSE
    return [Heading("What this does not say", is_tight=is_tightest(look)), Paragraph(runs, style)]


def _jobs_or_posts(page: PrintedValuation) -> str:
    """That full-time jobs need not be posts of full time, where such jobs are promised."""
    return PART_TIME if any(line.measure.unit is Unit.FTE_JOBS for line in page.counted.lines) else ""


def _other_reading(page: PrintedValuation) -> str:
    """How a minimum stands when it is counted in real pounds instead of social value, or the other way round."""
    check = page.minimum
    if (
        check is None
        or not page.counted.lines
        or check.result not in {PolicyResult.MET, PolicyResult.SHORT, PolicyResult.ERRORS}
    ):
        return ""
    in_social = check.rule.counted_in is CountedIn.SOCIAL_VALUE
    other = page.counted.real_pounds if in_social else page.counted.social_value
    short = difference(round_pounds(check.needed), other)
    stands = f"short of the minimum by {format_pounds(short)}" if short > 0 else "enough for the minimum"
    if in_social and not other:
        return f"None of it is cash or goods: counted in such real pounds it is {stands}."
    name = "real pounds (cash or goods handed over)" if in_social else "social value"
    return f"Counted in {name} it is {format_pounds(other)}: {stands}."


def _recorded(page: PrintedValuation) -> str:
    """What is counted and has no value, as the rest of the sentence about what is left out."""
    codes = {line.measure.code for line in page.counted.lines if not line.measure.is_valued}
    told = [count.text for count in plain_counts(page.counted) if count.measure in codes]
    if not told:
        return ""
    if len(told) > MOST_RECORDED:
        return f", and {len(told)} kinds of promise that are counted without a value (“none” in the table)"
    return f", and what is counted without a value: {listed(told)}"


def page_facts(page: PrintedValuation, context: ReportContext, *, has_data: bool) -> list[Block]:
    """Status, version, who to ask, and where to check, side by side."""
    data = " Data attached." if has_data else ""
    check: list[Run | PageRun] = [Run("Summary: page "), PageRun("summary"), Run(". Sums: from page "), PageRun("sums")]
    if page.is_long:
        check = [Run("Every line with its sum: from page "), PageRun("summary")]
    check.append(Run(f".{data}"))
    return [
        Facts(
            [
                ("Status", list(_status(page, context))),
                ("Version", f"{context.version_words or f'As of {format_date(context.made_on)}.'} {_menu_day(page)}"),
                ("Who to ask", context.asked or "Whoever gave you this paper."),
                ("Check it", check),
            ]
        )
    ]


def _menu_day(page: PrintedValuation) -> str:
    """Which menu it is made with, and since when that is published."""
    edition = page.edition
    day = f"published on {format_date(edition.published_on)}" if edition.published_on else edition.status.value
    return f"Menu {edition.name}, {day}."


def _status(page: PrintedValuation, context: ReportContext) -> Iterator[Run | PageRun]:
    signed = f"Signed on {format_date(context.signed_on)}." if context.signed_on else "Signed."
    first = {
        ContractStatus.DRAFT: "Draft, not signed.",
        ContractStatus.SIGNED: signed,
        ContractStatus.CLOSED: f"Closed. {signed}",
        ContractStatus.WITHDRAWN: f"Withdrawn. {signed}" if context.signed_on else "Withdrawn, not signed.",
    }
    yield Run(first[page.contract.status], bold=True)
    waiting = [plural(page.errors, "error", "errors") if page.errors else ""]
    waiting.append(plural(page.open_warnings, "warning", "warnings") if page.open_warnings else "")
    told = [text for text in waiting if text]
    if told:
        yield Run(f" Still open: {listed(told)} ")
        yield Run("(page ", whole=True)
        yield PageRun("problems")
        yield Run(").")
    elif page.answered_warnings:
        yield Run(f" {capital(plural(page.answered_warnings, 'warning', 'warnings'))} answered ")
        yield Run("(page ", whole=True)
        yield PageRun("problems")
        yield Run(").")
