"""One measure in a printed menu: its value, how that was made, what counts, and where it comes from."""

from collections.abc import Iterator, Sequence

from tomsapp.domain.measure_words import TOGETHER, copy_words, counting_words, measure_facts, proxy_facts
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.proxy import ProxyValue, UnitValue
from tomsapp.domain.publishers import host_of
from tomsapp.domain.uprating import range_text, uprating_text
from tomsapp.domain.wording import format_date, format_pounds, listed
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.menu_exclusions import rivals
from tomsapp.reports.phrases import capital, sentence
from tomsapp.reports.source_rows import citation, opened
from tomsapp.reports.styles import CELL, SUM, SUM_STRONG
from tomsapp.reports.tables import Cell, Column, Part, Row, Table, TableLook
from tomsapp.reports.text import Content, LinkRun, Run

_PAIRS = (Column("", 19, row_head=True), Column("", 81))
_SERIES_COLUMNS = (
    Column("Year of delivery", 22, row_head=True),
    Column("Published", 20, right=True),
    Column("Unit value", 20, right=True),
    Column("Low", 19, right=True),
    Column("High", 19, right=True),
)

_LEAST_ROWS = 3
"""Fewer rows of a measure do not stand by themselves over or under the end of a page."""


def measure_key(measure: Measure) -> str:
    """The bookmark of a measure."""
    return f"measure-{measure.code}"


def measure_blocks(measure: Measure, edition: MenuEdition) -> list[Block]:
    """Everything that the menu says of a measure."""
    rows = [
        Row([Cell([Part(name, SUM_STRONG)]), Cell([Part(content, SUM) for content in contents])])
        for name, contents in _facts(measure, edition)
        if contents
    ]
    name = measure.full_name
    blocks: list[Block] = []
    if measure.description:
        blocks.append(Paragraph(measure.description, CELL, keep=True))
    blocks.append(Table(_PAIRS, rows, TableLook(ruled=False, line_gap=1.5), least=_LEAST_ROWS))
    if len(measure.unit_values) > 1:
        series = [_series_row(value) for value in measure.unit_values]
        blocks.append(Table(_SERIES_COLUMNS, series, TableLook(line_gap=2)))
    return [Heading(name, 4, measure_key(measure)), *blocks]


def _series_row(value: UnitValue) -> Row:
    low, high = (format_pounds(edge) if edge is not None else "–" for edge in (value.low, value.high))
    return Row([str(value.year or "any"), format_pounds(value.published), format_pounds(value.value), low, high])


def _facts(measure: Measure, edition: MenuEdition) -> Iterator[tuple[str, Sequence[Content]]]:
    yield "Unit value", _unit_value(measure)
    yield "How it was made", list(_made(measure, edition))
    yield from ((fact.label, [sentence(fact.text)]) for fact in proxy_facts(measure) if fact.label != _READ)
    if measure.proxy is not None:
        yield "Confidence", list(_confidence(measure.proxy))
    yield "Counts", [counting_words(measure)]
    yield "Count", _bulleted(measure.count)
    yield "Do not count", _bulleted(measure.do_not_count)
    yield from ((fact.label, [sentence(fact.text)]) for fact in measure_facts(measure))
    yield "Evidence", _bulleted(measure.evidence)
    yield "Guidance", [measure.guidance] if measure.guidance else []
    yield TOGETHER, list(rivals(measure, edition))
    yield "Source", list(_source(measure))
    yield "Priorities", [sentence(capital(listed(measure.tags)))] if measure.tags else []
    yield "Review", list(_review(measure, edition))


_READ = "Read"
"""The day on which a stored copy was read stands with the source."""


def _bulleted(items: Sequence[str]) -> list[str]:
    """Items each with a bullet, unless there is just one."""
    return list(items) if len(items) < 2 else [f"• {item}" for item in items]


def _unit_value(measure: Measure) -> list[Content]:
    if not measure.is_valued:
        return [f"None: it is counted in {measure.many_name}, and never valued."]
    if len(measure.unit_values) > 1:
        return [f"For each {measure.each_name}, by year of delivery: see the table below."]
    value = measure.unit_values[0]
    words: list[Content] = [[Run(format_pounds(value.value), bold=True), Run(f" for each {measure.each_name}")]]
    if span := range_text(value):
        words.append(f"The source gives a range: {sentence(span)}")
    return words


def _made(measure: Measure, edition: MenuEdition) -> Iterator[Content]:
    proxy = measure.proxy
    if proxy is None:
        return
    first = _shown_value(measure, edition)
    named = f"{first.year}: " if first.year is not None else ""
    example = "For example " if len(measure.unit_values) > 1 else ""
    yield sentence(f"{example}{named}{uprating_text(first, edition.price_base)}")
    if proxy.derivation:
        yield sentence(proxy.derivation)


def _shown_value(measure: Measure, edition: MenuEdition) -> UnitValue:
    """The value whose working is shown: of values by year, that of the first year in which the edition is in force."""
    begins = edition.in_force_from
    of_that_year = [value for value in measure.unit_values if begins is not None and value.year == begins.year]
    return (of_that_year or list(measure.unit_values))[0]


def _confidence(proxy: ProxyValue) -> Iterator[Content]:
    if proxy.confidence:
        note = f" {sentence(proxy.confidence_note)}" if proxy.confidence_note else ""
        yield f"{capital(proxy.confidence)}.{note}"


def _source(measure: Measure) -> Iterator[Content]:
    proxy = measure.proxy
    if proxy is None:
        return
    detail = f" {capital(sentence(proxy.source_detail))}" if proxy.source_detail else ""
    exact: list[Run | LinkRun] = []
    if proxy.address and proxy.address != proxy.source.address:
        exact = [Run(" The figure itself: "), opened(host_of(proxy.address), proxy.address), Run(".")]
    # A source may say itself that a copy was read; then that is told once.
    read = f" Read in {copy_words(proxy.read_on)}." if proxy.read_on and not proxy.source.read_on else ""
    yield [*citation(proxy.source), Run(detail), *exact, Run(read)]


def _review(measure: Measure, edition: MenuEdition) -> Iterator[Content]:
    """By when it is looked at again, and who keeps it where that is not who keeps the menu."""
    if measure.owner and measure.owner != edition.owner:
        yield f"Kept by {sentence(measure.owner)}"
    if measure.review_due:
        yield f"Due by {format_date(measure.review_due)}."
