"""Where proxy values were published, and how each became a unit value: for valuations and menu books."""

from collections.abc import Iterable, Mapping, Sequence

from tomsapp.domain.measure_words import copy_words, delivery_cost_words, in_force_words
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.proxy import ProxyValue, Source, SourceDeadweight, UnitValue
from tomsapp.domain.publishers import host_of, is_publishers
from tomsapp.domain.uprating import range_text, uprating_text
from tomsapp.domain.wording import licence_words
from tomsapp.reports.phrases import capital, sentence
from tomsapp.reports.styles import SUM, SUM_CLOSE, SUM_MUTED, SUM_STRONG
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import Content, LinkRun, Run

_PAIRS = (Column("", 17, row_head=True), Column("", 83))
_CODES = (Column("", 8, row_head=True), Column("", 92))


def sources_table(
    measures: Sequence[Measure],
    edition: MenuEdition,
    years: Iterable[int],
    lines: Mapping[str, str],
    *,
    derived: bool = True,
) -> Table:
    """Each source with the measures that it serves under it, and how their unit values were made for `years`.

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
        cited = Cell([Part(citation(source), style)], span=2)
        rows.append(Row([cited], RowKind.HEAD, joined=True, continued=source.title))
        for measure in served:
            named = lines[measure.code]
            # Without the words of the derivation the lines find room beside the sum.
            name = f"{measure.code} ({named})" if derived else measure.code
            rest = "" if derived else f"{named[:1].upper()}{named[1:]}."
            worked = _worked(measure, edition, delivered, rest, derived=derived)
            rows.append(Row([Cell([Part(name, SUM_STRONG)]), Cell([worked])]))
    if derived:
        return Table(_PAIRS, rows, TableLook(ruled=False, line_gap=2.5))
    return Table(_CODES, rows, TableLook(ruled=False, line_gap=0.6))


def pairs_table(pairs: Sequence[tuple[str, Content]], look: TableLook | None = None) -> Table:
    """Names with what stands for them, without lines."""
    rows = [Row([Cell([Part(name, SUM_STRONG)]), Cell([Part(text, SUM)])]) for name, text in pairs]
    return Table(_PAIRS, rows, look or TableLook(ruled=False))


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


def _worked(measure: Measure, edition: MenuEdition, years: Sequence[int], rest: str, *, derived: bool) -> Part:
    """How the unit value of a measure was made, with where in the source its published value stands."""
    proxy = measure.proxy
    if proxy is None:
        return Part("")
    sums = "; ".join(worked_values(measure, edition, years))
    runs = [Run(f"{sums}.")]
    told = [
        _ranges(measure, years) if derived else "",
        capital(sentence(proxy.source_detail)) if proxy.source_detail else "",
        sentence(proxy.derivation) if proxy.derivation and derived else "",
        sentence(proxy.taken_off) if proxy.taken_off and (derived or _is_net(proxy)) else "",
        _confidence(proxy),
        _dates(proxy),
        f"Cost of delivery: {delivery_cost_words(proxy.delivery_cost)}" if proxy.delivery_cost and derived else "",
        f"Read in {copy_words(proxy.read_on)}." if proxy.read_on else "",
        rest,
    ]
    note = " ".join(filter(None, told))
    style = SUM if derived else SUM_CLOSE
    return Part([*runs, Run(f" {note[:1].upper()}{note[1:]}", muted=True)] if note else runs, style)


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


def worked_values(measure: Measure, edition: MenuEdition, years: Sequence[int]) -> list[str]:
    """The sum behind each unit value that serves `years`; dated ones are named by their year."""
    return [_of_year(value, uprating_text(value, edition.price_base)) for value in _serving(measure, years)]


def _serving(measure: Measure, years: Sequence[int]) -> list[UnitValue]:
    """The unit values that serve `years`, each once."""
    found = (measure.unit_value_in(year) for year in years)
    return list(dict.fromkeys(value for value in found if value is not None))


def _of_year(value: UnitValue, words: str) -> str:
    return f"{value.year}, {words}" if value.year else words


def _ranges(measure: Measure, years: Sequence[int]) -> str:
    """The low and the high of each unit value that serves `years`, with how they were made."""
    told = [_of_year(value, text) for value in _serving(measure, years) if (text := range_text(value))]
    return f"Low to high: {'; '.join(told)}." if told else ""


def attributions(sources: Iterable[Source]) -> list[str]:
    """The lines that the licences of these sources ask for, each once."""
    return list(dict.fromkeys(source.attribution for source in sources if source.attribution))


__all__ = ["SUM_MUTED", "attributions", "citation", "pairs_table", "sources_table", "worked_values"]
