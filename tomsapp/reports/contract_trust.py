"""How far the figures of a valuation can be trusted, what they do not say, and who stands behind them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.checks.timing import late_evidence
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.measure_words import rate_name, unrecorded_words, withdrawn_words
from tomsapp.domain.menu import EditionStatus
from tomsapp.domain.money import difference, round_pounds, total
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.proxy import SourceDeadweight
from tomsapp.domain.rollup import plain_counts
from tomsapp.domain.rules.rule import CountedIn
from tomsapp.domain.valuation import LineValue, YearValue
from tomsapp.domain.wording import format_date, format_pounds, plural
from tomsapp.reports.context import ReportContext
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.contract_spans import low_to_high
from tomsapp.reports.flowables import Block, Facts, Heading, Paragraph
from tomsapp.reports.phrases import capital, listed, share_of
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

CLOSE = TextStyle(size=8.8, leading=11.6, after=1)

TIGHTEST = TableLook(style=replace(CELL, size=8.8, leading=11.4), line_gap=0.2)
"""How they are set where all that can be wrong with a valuation is said at once: in smaller type."""

MOST_NAMED = 6
"""More lines of one confidence than these are told by their number where the page is fullest."""

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
            if look is TIGHTEST and len(mine) > MOST_NAMED:
                named = f"{len(mine)} lines"
            words = f"{capital(named)}: {rests}"
            name = Cell([Part(capital(level) or "Not said", CELL_STRONG)])
            rows.append(Row([name, format_pounds(amount), share_of(amount, whole), words]))
    pairs = [
        ("Low to high", low_to_high(page)),
        ("Gross or net", _gross_or_net(page)),
        ("Forecast", _forecast(page)),
    ]
    pairs += [("Dates", text) for text in _dates(page)]
    menu = _menu_on_front(page, today)
    if menu:
        pairs.append(("Menu", menu))
    return [
        Heading("How sure is this"),
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
    by_menu = [number for number, line in valued if line.measure.deadweight_share or line.measure.displacement_share]
    rest = {number: _source_deadweight(line) for number, line in valued if number not in by_menu}
    by_source = [number for number, said in rest.items() if said is SourceDeadweight.YES]
    unsaid = [number for number, said in rest.items() if said is SourceDeadweight.NOT_KNOWN]
    shared = [number for number, line in valued if line.commitment.contract_share != 1]
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
        said.append("All of it is gross: nothing is taken off for what would have happened anyway.")
    elif len(by_menu) + len(by_source) + len(unsaid) < len(valued):
        said.append("All else is gross: nothing is taken off.")
    if shared:
        said.append(f"Shared results ({page.named(shared)}) count this contract’s part only.")
    return " ".join(said)


def _source_deadweight(line: LineValue) -> SourceDeadweight:
    said = line.measure.proxy.source_deadweight if line.measure.proxy is not None else None
    return said or SourceDeadweight.NOT_KNOWN


def _forecast(page: PrintedValuation) -> str:
    """How much rests on spend that nobody knows yet, as a promise per pound does."""
    lines = [number for number, line in page.counted_lines if line.forecast_value]
    where = f": part of {page.named(lines)}" if lines else ""
    return f"{format_pounds(page.counted.forecast_value)} rests on a forecast of spend{where}."


def _dates(page: PrintedValuation) -> Iterator[str]:
    """What is counted after the last day of the wage or rate behind it, by that day; what the edition does not say."""
    ends: dict[date, list[LineValue]] = {}
    for _, line in page.counted_lines:
        last_day = line.value_ends_on
        if last_day is not None and line.past_value_end:
            ends.setdefault(last_day, []).append(line)
    for last_day, lines in sorted(ends.items()):
        yield _past_a_day(page, last_day, lines)
    if missing := unrecorded_words(page.edition):
        yield missing


def _past_a_day(page: PrintedValuation, last_day: date, lines: list[LineValue]) -> str:
    """The pounds of years that begin or end after a day, all or a part of their lines, and what ends on it."""
    years = [year for line in lines for year in line.past_value_end]
    pounds = total(year.social_value for year in years)
    wholly = total(year.social_value for year in years if year.year.starts_on > last_day)
    named = page.named(map(page.number_of, lines))
    part = "all of " if pounds == total(line.social_value for line in lines) else ""
    begins = "begin" if wholly == pounds else "end"
    of_it = f" ({format_pounds(wholly)} of it for years that begin after it)" if 0 < wholly < pounds else ""
    names = dict.fromkeys(rate_name(line.measure.proxy) for line in lines if line.measure.proxy is not None)
    verb = "ends" if len(names) == 1 else "end"
    return (
        f"{format_pounds(pounds)} ({part}{named}) is for years that {begins} after {format_date(last_day)}{of_it}, "
        f"when the {listed(list(names))} behind it {verb}."
    )


def menu_warning(page: PrintedValuation) -> str:
    """What must be known of the menu edition: that it is a draft, or was withdrawn and why."""
    edition = page.edition
    if edition.status is EditionStatus.DRAFT:
        return f"{edition.name} is a draft and not published: its values may change."
    return withdrawn_words(edition)


def _menu_on_front(page: PrintedValuation, today: str) -> str:
    """The warning of the menu; of a withdrawn one what that makes of this contract, where it is known."""
    edition = page.edition
    if not today or edition.withdrawn_on is None:
        return menu_warning(page)
    day = format_date(edition.withdrawn_on)
    return f"{edition.name} was withdrawn on {day}, for reasons that stand under Method. {today}"


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
        *(Run(f" {text}") for text in (_other_reading(page), _too_early(page)) if text),
    ]
    style = BODY if look.line_gap > CLOSEST.line_gap else CLOSE
    return [Heading("What this does not say"), Paragraph(runs, style)]


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


def _too_early(page: PrintedValuation) -> str:
    """What is counted although it can be shown only after the contract has ended: whole years, and parts of years."""
    late = {number: found for number, line in page.counted_lines if (found := late_evidence(line, page.contract))}
    whole = {number: found.whole for number, found in late.items() if found.whole}
    by_start: dict[date, dict[int, tuple[YearValue, ...]]] = {}
    for number, found in late.items():
        if _pounds(found.in_part):
            by_start.setdefault(found.last_start, {})[number] = found.in_part
    told: list[str] = []
    if whole:
        labels = listed([year.label for year in page.contract.years if year.index in _indexes(whole.values())])
        told.append(f"For {labels}, {_with_pounds(page, whole)} can be shown only after the contract ends.")
    then, further = ("then", "a further ") if whole else ("after the contract ends", "")
    parts = [
        f"{further}{_with_pounds(page, years)}, what begins after {format_date(day)} can be shown only {then}"
        for day, years in sorted(by_start.items())
    ]
    told += [f"Of {part}." for part in parts]
    return " ".join(told)


def _indexes(of_lines: Iterable[Sequence[YearValue]]) -> set[int]:
    return {year.year.index for years in of_lines for year in years}


def _pounds(years: Sequence[YearValue]) -> Decimal:
    return total(year.social_value for year in years)


def _with_pounds(page: PrintedValuation, late: Mapping[int, Sequence[YearValue]]) -> str:
    """What lines count in years: "£20.00 (lines 1 and 9), and line 11, counted only"."""
    worth = [number for number, years in late.items() if _pounds(years)]
    pounds = total(_pounds(years) for years in late.values())
    only = [number for number in late if number not in worth]
    told = [f"{format_pounds(pounds)} ({page.named(worth)})"] if worth else []
    told += [f"{page.named(only)}, counted only,"] if only else []
    return " and ".join(told)


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
