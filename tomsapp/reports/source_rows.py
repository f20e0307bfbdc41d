"""Where proxy values were published, and how each became a unit value: for valuations and menu books."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tomsapp.domain.measure_words import copy_words, delivery_cost_words
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.proxy import ProxyValue, Source, SourceDeadweight, UnitValue
from tomsapp.domain.publishers import host_of, is_publishers
from tomsapp.domain.uprating import dated_texts, range_text, uprating_text
from tomsapp.domain.value_days import in_force_words
from tomsapp.domain.wording import licence_words, listed
from tomsapp.reports.phrases import capital, sentence
from tomsapp.reports.styles import SUM, SUM_CLOSE, SUM_STRONG, TextStyle
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import Content, LinkRun, Run

_PAIRS = (Column("", 16, row_head=True), Column("", 84))
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”%]{2}\.) (?=[A-Z£])")
"""Where a sentence ends and another begins, so that one which several measures share stands once."""

LEAST_SHARED = 80
"""What measures share stands once where that leaves out so many letters, about a line."""

_SOURCES = (Column("", 100),)


def sources_table(
    measures: Sequence[Measure],
    edition: MenuEdition,
    years: Iterable[int],
    lines: Mapping[str, str],
    *,
    derived: bool = True,
) -> Table:
    """Each source with the measures that it serves under it, and how their unit values were made for `years`.

    What is known alike of several measures of a source stands once, under them.

    `lines` names the lines that promise a measure, by its code ("lines 1 and 5"). With `derived` off the words of how
    each published value was made are left to the menu book; what is known against it is printed in both.
    """
    delivered = tuple(years)
    by_source: dict[Source, list[Measure]] = {}
    for measure in measures:
        if measure.proxy is not None:
            by_source.setdefault(measure.proxy.source, []).append(measure)
    rows: list[Row] = []
    style = SUM if derived else SUM_CLOSE
    for source, served in by_source.items():
        rows.append(
            Row([Cell([Part(_headed(citation(source)), style)])], RowKind.HEAD, joined=True, continued=source.title)
        )
        facts = {measure.code: _facts(measure, derived=derived) for measure in served}
        shared = _shared(facts)
        for measure in served:
            once = {fact for codes, told in shared if measure.code in codes for fact in told}
            own = [fact for fact in facts[measure.code] if fact not in once]
            rows += _measure_rows(
                f"{measure.code} ({lines[measure.code]}):", _worked(measure, edition, delivered), own, style
            )
        rows += [_fact_row(f"{listed(codes)}:", "", told, style) for codes, told in shared]
    return Table(_SOURCES, rows, TableLook(ruled=False, line_gap=0.6 if derived else 0.4))


def _headed(cited: Sequence[Run | LinkRun]) -> list[Run | LinkRun]:
    """A citation as the head of what its source serves: a title that is no link stands out by its weight."""
    title, *rest = cited
    return [replace(title, bold=True) if isinstance(title, Run) else title, *rest]


def _shared(facts: Mapping[str, Sequence[str]]) -> list[tuple[tuple[str, ...], list[str]]]:
    """What is known alike of several measures of one source, by their codes, where to say it once is shorter."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for fact in dict.fromkeys(fact for mine in facts.values() for fact in mine):
        codes = tuple(code for code, mine in facts.items() if fact in mine)
        if len(codes) > 1:
            groups.setdefault(codes, []).append(fact)
    return [(codes, told) for codes, told in groups.items() if (len(codes) - 1) * len(" ".join(told)) >= LEAST_SHARED]


def _measure_rows(name: str, worked: Sequence[str], facts: Sequence[str], style: TextStyle) -> list[Row]:
    """A measure with the sum of its unit value and what is known of it; each calendar year has a row of its own."""
    names = [name, *[""] * (len(worked) - 1)]
    *most, (last_name, last) = zip(names, worked, strict=True)
    rows = [_fact_row(of_row, f"{told};", (), style) for of_row, told in most]
    return [*rows, _fact_row(last_name, f"{last}.", facts, style)]


def _fact_row(name: str, worked: str, facts: Sequence[str], style: TextStyle) -> Row:
    """A name with the sum of a unit value and what is known of it."""
    parts = [Run(name, bold=True), Run(worked), Run(" ".join(facts), muted=True)]
    told = [run for run in parts if run.text]
    runs = [part for run in told[:-1] for part in (run, Run(" "))] + told[-1:]
    return Row([Cell([Part(runs, style)])])


def pairs_table(pairs: Sequence[tuple[str, Content]], look: TableLook | None = None) -> Table:
    """Names with what stands for them, without lines."""
    rows = [Row([Cell([Part(name, SUM_STRONG)]), Cell([Part(text, SUM)])]) for name, text in pairs]
    return Table(_PAIRS, rows, look or TableLook(ruled=False, line_gap=1.2))


def citation(source: Source) -> list[Run | LinkRun]:
    """Title, publisher, year, licence, and where it stands; the title opens the address of a known publisher."""
    named = ", ".join(part for part in (source.publisher, source.year) if part)
    licence = sentence(licence_words(source.licence))
    rest = f". {named}. {licence}" if named else f". {licence}"
    return [opened(source.title, source.address), Run(f"{rest}{_where_read(source)}")]


def opened(words: str, address: str) -> Run | LinkRun:
    """Words that open an address where its host is a known publisher's; any other is never a link on paper."""
    return LinkRun(words, address) if is_publishers(address) else Run(words)


def _where_read(source: Source) -> str:
    """The host of its address, for those who read it on paper, and when a stored copy was read."""
    host = host_of(source.address)
    read = f"read in {copy_words(source.read_on, source.read_at)}" if source.read_on else ""
    other = "" if is_publishers(source.address) else ", which is not known to be the publisher’s own"
    told = ", ".join(filter(None, (f"at {host}{other}" if host else "", read)))
    return f" {told[:1].upper()}{told[1:]}." if told else ""


def _worked(measure: Measure, edition: MenuEdition, years: Sequence[int]) -> list[str]:
    """How the unit values of a measure were made that serve `years`, those of several years one by one."""
    serving = _serving(measure, years)
    if any(value.year for value in serving):
        return dated_texts(serving, edition.price_base)
    return ["; ".join(uprating_text(value, edition.price_base) for value in serving)]


def _facts(measure: Measure, *, derived: bool) -> list[str]:
    """What is known of a published value: where in the source it stands, how it was made, and what is against it."""
    proxy = measure.proxy
    if proxy is None:
        return []
    told = [
        _range(measure) if derived else "",
        capital(sentence(proxy.source_detail)) if proxy.source_detail else "",
        sentence(proxy.derivation) if proxy.derivation and derived else "",
        sentence(proxy.taken_off) if proxy.taken_off and (derived or _is_net(proxy)) else "",
        _confidence(proxy),
        _dates(proxy),
        f"Cost of delivery: {delivery_cost_words(proxy.delivery_cost)}" if proxy.delivery_cost and derived else "",
        f"Read in {copy_words(proxy.read_on)}." if proxy.read_on else "",
    ]
    return [part for fact in told if fact for part in _SENTENCE_END.split(fact)]


def _is_net(proxy: ProxyValue) -> bool:
    """Whether the first page sends its reader here for what the source takes off."""
    return proxy.source_deadweight is SourceDeadweight.YES


def _confidence(proxy: ProxyValue) -> str:
    """How sure the menu is of a value, and the weakness that it knows of."""
    return f"Confidence {proxy.confidence}: {sentence(proxy.confidence_note)}" if proxy.confidence_note else ""


def _dates(proxy: ProxyValue) -> str:
    """From when until when the wage, tax or rate behind a value holds."""
    days = in_force_words(proxy)
    return f"In force {days}." if days else ""


def _serving(measure: Measure, years: Sequence[int]) -> list[UnitValue]:
    """The unit values that serve `years`, each once."""
    found = (measure.unit_value_in(year) for year in years)
    return list(dict.fromkeys(value for value in found if value is not None))


def _range(measure: Measure) -> str:
    """The low and the high of a unit value for every year; those of dated ones stand with their sums."""
    told = [text for value in measure.unit_values if value.year is None and (text := range_text(value))]
    return f"Low to high: {'; '.join(told)}." if told else ""


def attributions(sources: Iterable[Source]) -> list[str]:
    """The lines that the licences of these sources ask for, each once."""
    return list(dict.fromkeys(source.attribution for source in sources if source.attribution))
