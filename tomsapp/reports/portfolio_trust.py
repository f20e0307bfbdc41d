"""How sure the figures of a portfolio are, and what they do not say: what the papers of its contracts say, added up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.caveats import Caveats
from tomsapp.domain.money import total
from tomsapp.domain.portfolio import PortfolioFigures
from tomsapp.domain.portfolio_contract import (
    ContractFigures,
    RuleOutcome,
    total_jobs,
)
from tomsapp.domain.proxy import TakenOff
from tomsapp.domain.wording import format_pounds, listed, plural
from tomsapp.reports.contract_trust import ALL_GROSS, CONFIDENCE, IN_THE_NUMBER
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.phrases import capital, outcomes_text, sentence, share_of
from tomsapp.reports.source_rows import pairs_table
from tomsapp.reports.styles import CELL_STRONG, TextStyle
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook
from tomsapp.reports.text import Run

FRONT = TextStyle(size=9.5, leading=12.4, after=2)
"""How sentences are set where the page is full."""

_NAMED = 5
"""More contracts that turn over without the forecast than these are told by their number."""


@dataclass(frozen=True, slots=True)
class FrontLook:
    """How the first page is set: the confidence as a table or, without one, in words; roomy or close.

    `has_dates`: whether it tells what is counted past the dates of its values, which else begins the next page.
    `most_named`: more contracts that turn over without the forecast than these are told by their number; the table of
    contracts has each.
    `text`: how sentences are set where it is close.
    """

    table: TableLook | None
    is_close: bool = False
    has_dates: bool = True
    most_named: int = _NAMED
    text: TextStyle = FRONT


_ALL = FrontLook(None)

_COLUMNS = (
    Column("Confidence", 70, row_head=True),
    Column("Social value", 76, right=True),
    Column("Share, cut", 54, right=True),
    Column("What it rests on", 291),
)


def how_sure(figures: PortfolioFigures, look: FrontLook, of: str = "") -> list[Block]:
    """What the first pages of the contracts' papers say of their pounds, added up; nothing where nothing counts.

    `of` says of which contracts, where it is not of all.
    """
    if not figures.social_value:
        return []
    heading = Heading(f"How sure is this{of}")
    caveats = figures.caveats
    pairs = _pairs(figures, caveats, look)
    if look.table is not None and caveats is not None:
        table = Table(_COLUMNS, _confidence_rows(caveats, figures.social_value), look.table, whole=True, after=3)
        return [heading, table, *_told(pairs, look)]
    levels = [("Confidence", _confidence(caveats, figures.social_value))] if caveats is not None else []
    return [heading, *_told([*levels, *pairs], look)]


def more_of_how_sure(figures: PortfolioFigures, look: FrontLook, of: str = "") -> list[Block]:
    """What had no room on the first page."""
    caveats = figures.caveats
    told = "" if look.has_dates or caveats is None else " ".join(_dates(caveats, figures))
    return [Heading(f"More on how sure this is{of}"), Paragraph(told)] if told else []


def _told(pairs: Sequence[tuple[str, str]], look: FrontLook) -> list[Block]:
    """Names with their sentences; as one text where the page is full."""
    if look.is_close:
        runs = [run for name, text in pairs for run in (Run(f"{name}: ", bold=True), Run(f"{text} "))]
        return [Paragraph(runs, look.text)]
    return [pairs_table(pairs, TableLook(ruled=False, line_gap=1.5))]


def caveats_in_words(figures: PortfolioFigures) -> tuple[str, ...]:
    """The same as sentences, for the workbook."""
    if not figures.social_value:
        return ()
    caveats = figures.caveats
    levels = [f"Confidence: {_confidence(caveats, figures.social_value)}"] if caveats is not None else []
    return (*levels, *(f"{name}: {text}" for name, text in _pairs(figures, caveats, _ALL)))


def _pairs(figures: PortfolioFigures, caveats: Caveats | None, look: FrontLook) -> list[tuple[str, str]]:
    """Each thing that must be known beside the pounds, under its name."""
    forecast = " ".join(_forecast(figures, look.most_named)) or "None of it rests on a forecast of spend."
    if caveats is None:
        return [("Forecast", forecast)]
    pairs = [
        ("Grades", _whose_grades(caveats, figures)),
        ("Low to high", _span(caveats, figures.social_value)),
        ("Gross or net", "" if caveats.taken_off is None else _gross_or_net(caveats.taken_off)),
        ("Forecast", forecast),
        ("Dates", " ".join(_dates(caveats, figures)) if look.has_dates else ""),
    ]
    return [(name, text) for name, text in pairs if text]


def _dates(caveats: Caveats, figures: PortfolioFigures) -> Iterator[str]:
    """What is counted after its value ends, or for years that can be shown only after the contract ends."""
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
    if caveats.ended_when_signed:
        yield (
            f"{format_pounds(caveats.ended_when_signed)} is counted in years that had ended before their contracts "
            "were signed."
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


def jobs_words(number: Fraction) -> str:
    """A number of jobs: "1 job", "13.5 jobs"."""
    return f"{outcomes_text(number)} {'job' if number == 1 else 'jobs'}"


def job_caveats_words(figures: PortfolioFigures) -> str:
    """How many of the jobs rest on a forecast, and how many are of years that had ended; empty where none is."""
    told = figures.job_caveats.words(one_contract=figures.contracts == 1) if figures.job_caveats else ""
    return f"Of the {jobs_words(figures.employment_outcomes)}, {told}." if told else ""


def not_admitted_words(figures: PortfolioFigures, where: str) -> str:
    """Which contracts that cannot be admitted stand in the counts or tables all the same; empty where none does."""
    wrong = [row for row in figures.contract_rows if not row.is_admissible and (row.social_value or row.jobs.total)]
    if not wrong:
        return ""
    named = listed([row.reference for row in wrong])
    who = named if len(wrong) <= _NAMED else f"{len(wrong):,} contracts"
    jobs = total_jobs(wrong)
    told = f" ({jobs_words(jobs)})" if jobs else ""
    its, verb = ("its", "is") if len(wrong) == 1 else ("their", "are")
    return f"{who}{told} cannot be admitted before {its} errors are put right, and {verb} in {where}."


def _levels(caveats: Caveats, whole: Decimal) -> Iterator[tuple[str, str, str, str]]:
    """Each confidence with its pounds, their share, and what it rests on."""
    amounts = dict(caveats.confidence)
    for level in [*CONFIDENCE, *sorted(amounts.keys() - CONFIDENCE.keys())]:
        if level in amounts:
            name = capital(level) or "Not said by the menu"
            rests = CONFIDENCE.get(level, "")
            yield name, format_pounds(amounts[level]), share_of(amounts[level], whole), rests


def _confidence_rows(caveats: Caveats, whole: Decimal) -> list[Row]:
    return [
        Row([Cell([Part(name, CELL_STRONG)]), amount, share, capital(rests) or "–"])
        for name, amount, share, rests in _levels(caveats, whole)
    ]


def _confidence(caveats: Caveats, whole: Decimal) -> str:
    told = [
        f"{name} {amount} ({share}{f', {rests}' if rests else ''})"
        for name, amount, share, rests in _levels(caveats, whole)
    ]
    return sentence("; ".join(told))


def _whose_grades(caveats: Caveats, figures: PortfolioFigures) -> str:
    """That each contract is graded by its own edition, and of how much the edition of today says otherwise."""
    if len(figures.menus) <= 1 and not caveats.regraded:
        return ""
    own = "Each contract is graded by its own menu edition"
    if not caveats.regraded:
        return f"{own}."
    start = f"{own}; the editions that replaced withdrawn ones grade {format_pounds(caveats.regraded)} of it otherwise"
    return f"{start}{_grades_today(caveats)}."


def _grades_today(caveats: Caveats) -> str:
    """What each confidence comes to by the editions of today, where that is another sum."""
    if caveats.confidence_today is None:
        return ""
    signed, today = dict(caveats.confidence), dict(caveats.confidence_today)
    order = [*CONFIDENCE, *sorted((signed.keys() | today.keys()) - CONFIDENCE.keys())]
    none = Decimal("0.00")
    told = [
        f"{capital(level) or 'Not said'} would be {format_pounds(today.get(level, none))}"
        for level in order
        if signed.get(level, none) != today.get(level, none)
    ]
    return f": {listed(told)}" if told else ""


def _gross_or_net(parts: Iterable[tuple[TakenOff, Decimal]]) -> str:
    """How much is gross, and of how much the menus or the sources take off what would have happened anyway."""
    amounts = {who: format_pounds(amount) for who, amount in parts if amount}
    if amounts.keys() == {TakenOff.NOBODY}:
        return ALL_GROSS
    told = [words.format(amounts[who]) for who, words in _TAKEN_OFF.items() if who in amounts]
    return capital(sentence("; ".join(told)))


_TAKEN_OFF = {
    TakenOff.MENU: "of {} the menus take off what would have happened anyway",
    TakenOff.SOURCE: "of {} the sources take something off for it",
    TakenOff.NOBODY: f"{{}} is gross, nothing is taken off a unit, {IN_THE_NUMBER}",
    TakenOff.NOT_SAID: "of {} the editions do not say",
}


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


def _forecast(figures: PortfolioFigures, most_named: int) -> Iterator[str]:
    """What rests on spend that nobody knows yet, and which contracts are enough only with it."""
    if not figures.forecast_value:
        return
    words = f"{format_pounds(figures.forecast_value)} rests on a forecast of spend and not on spend."
    turned = [(row, rule) for row in figures.contract_rows for rule in _only_with_forecast(row)]
    if len(turned) > most_named:
        contracts = len({row.reference for row, _ in turned})
        verb = "promises" if contracts == 1 else "promise"
        words = f"{words} {plural(contracts, 'contract')} {verb} enough for a rule only with it."
    elif turned:
        told = [
            f"{row.reference} is short by {rule.unit.words(rule.short_without_forecast)} ({rule.title})"
            for row, rule in turned
        ]
        words = f"{words} Without it {listed(told)}."
    yield words


def _only_with_forecast(row: ContractFigures) -> list[RuleOutcome]:
    return [rule for rule in (row.minimum, row.employment) if rule is not None and rule.short_without_forecast]
