"""The printable book of a menu edition: every measure, its unit value, how that was made, and its source."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tomsapp.domain.measure_words import TOGETHER, withdrawn_words
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.money import decimal_places, round_pounds
from tomsapp.domain.uprating import uprating_text
from tomsapp.domain.value_factor import kept_share
from tomsapp.domain.wording import format_date, format_percent, format_pounds, plural
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext, menu_foot
from tomsapp.reports.document import BuiltReport, Progress, ReportDocument
from tomsapp.reports.flowables import Block, Bullets, Heading, NewPage, Panel, Paragraph, ReplacedCharacters
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.menu_exclusions import code_ranges, exclusions
from tomsapp.reports.menu_glossary import glossary
from tomsapp.reports.menu_measure import measure_blocks
from tomsapp.reports.menu_prices import contents, counted_only, price_list, theme_key
from tomsapp.reports.phrases import sentence
from tomsapp.reports.source_rows import attributions, citation, pairs_table
from tomsapp.reports.styles import BODY, CELL, LEAD, NOTE, PANEL, STATUS
from tomsapp.reports.tables import Column, Row, Table, TableLook
from tomsapp.reports.text import Run

_INDEX_COLUMNS = 4
_CHECKSUM = {
    EditionStatus.DRAFT: "This menu is a draft: it has a name and a checksum only once it is made public.",
    EditionStatus.PUBLISHED: "A published edition never changes: it is known by its name and this checksum.",
    EditionStatus.WITHDRAWN: "A published edition never changes: it is known by its name and this checksum.",
}


def build_menu_book(
    edition: MenuEdition,
    context: ReportContext,
    fonts: FontSet,
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
) -> BuiltReport:
    """The book of an edition as a tagged PDF; the same input gives the same bytes.

    Raises:
        ReportError: the council's logo cannot be read.
    """
    draft, mark = _standing(edition)
    running = context.running(f"Menu book · {edition.name}", [menu_foot(edition, "Sources")], draft, mark)
    document = ReportDocument(fonts, running, context.details(f"{edition.title} {edition.edition}: menu book"))
    document.add(*_introduction(edition), *contents(edition, *_sections(edition)), *price_list(edition))
    document.add(*counted_only(edition), *_how_made(edition))
    for theme in edition.themes:
        document.add(NewPage(), Heading(f"{theme.number} {theme.title}", 2, theme_key(theme)))
        if theme.summary:
            document.add(Paragraph(theme.summary, LEAD, keep=True))
        for outcome in theme.outcomes:
            document.add(Heading(f"{outcome.code} {outcome.title}", 3, f"outcome-{outcome.code}"))
            for measure in outcome.measures:
                document.add(*measure_blocks(measure, edition))
    document.add(NewPage(), *exclusions(edition), *_price_index(edition), *_sources(edition))
    document.add(*glossary(edition), ReplacedCharacters())
    return document.build(attachments, progress=progress)


def _standing(edition: MenuEdition) -> tuple[str, str]:
    """What every page says of an edition that is not in use, with the word in its head; nothing of a published one."""
    if edition.status is EditionStatus.WITHDRAWN or edition.withdrawn_on is not None:
        return withdrawn_words(edition) or f"{edition.name} is no longer in use.", "WITHDRAWN"
    if edition.status is EditionStatus.DRAFT:
        return "this menu is not in use yet, and its values may change.", "DRAFT"
    return "", "DRAFT"


def _sections(edition: MenuEdition) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The sections beside the themes, with their bookmarks: those before them, then those after."""
    valued = any(measure.is_valued for measure in edition.measures)
    counted = any(not measure.is_valued for measure in edition.measures)
    before = [
        *([("Prices", "prices")] if valued else []),
        *([("Counted, never valued", "counted")] if counted else []),
        ("How values are made", "making"),
    ]
    after = [
        *([(TOGETHER, "exclusions")] if edition.exclusion_groups else []),
        *([("Price index", "index")] if edition.deflator else []),
        ("Sources", "sources"),
        ("Words used here", "words"),
    ]
    return before, after


def _introduction(edition: MenuEdition) -> list[Block]:
    until = f" until {format_date(edition.in_force_until)}" if edition.in_force_until else ""
    force = f" In force from {format_date(edition.in_force_from)}{until}." if edition.in_force_from else ""
    owner = f" Kept by {sentence(edition.owner)}" if edition.owner else ""
    published = f" Published on {format_date(edition.published_on)}." if edition.published_on else ""
    lead = f"Menu {edition.name}, {edition.status.value}, in {edition.price_base} prices.{published}{force}{owner}"
    valued = sum(measure.is_valued for measure in edition.measures)
    counted = len(edition.measures) - valued
    themes, measures = plural(len(edition.themes), "theme", "themes"), plural(valued, "measure", "measures")
    blocks: list[Block] = [
        Paragraph(
            [
                Run("In short.", bold=True),
                Run(
                    f" {themes}, with {measures} that have a value in pounds"
                    + (f" and {counted} that are counted and never valued." if counted else ".")
                ),
            ],
            PANEL,
        )
    ]
    if edition.summary:
        blocks.append(Paragraph(edition.summary, PANEL))
    withdrawn = withdrawn_words(edition)
    notice = [Paragraph([Run("Withdrawn. ", bold=True), Run(withdrawn)], STATUS)] if withdrawn else []
    return [Heading(edition.title, 1), Paragraph(lead, LEAD), *notice, Panel(blocks)]


def _how_made(edition: MenuEdition) -> list[Block]:
    return [Heading("How values are made", bookmark="making"), Bullets(list(_making_rules(edition)), BODY)]


def _making_rules(edition: MenuEdition) -> Iterator[str]:
    yield (
        "A measure has a proxy value: what one unit is worth to people in the borough, in pounds, as a source "
        "published it. Its unit value is that amount in the prices of this menu."
    )
    example = next((m for m in edition.measures if m.unit_values and m.unit_values[0].index_from is not None), None)
    if example is not None:
        worked = uprating_text(example.unit_values[0], edition.price_base)
        yield (
            f"Unit value = proxy value × price index of {edition.price_base} ÷ price index of its own year, rounded to "
            f"the penny, or to 4 decimals when under £1. {example.code}: {worked}."
        )
    yield f"A proxy value whose prices are later than {edition.price_base} is taken as published."
    yield (
        "A commitment counts quantity × unit value × the contract’s share of it, less what the menu takes off, each "
        "year rounded to the penny."
    )
    yield from _taken_off(edition)
    if edition.discount_rate:
        yield f"Later years are discounted at {format_percent(edition.discount_rate)} a year."
    yield "Real pounds, cash and goods handed over, are counted beside social value and never added to it."


def _taken_off(edition: MenuEdition) -> Iterator[str]:
    """The sum of one unit where the menu takes a share off, measure by measure."""
    for measure in edition.measures:
        because = (
            (measure.deadweight_share, "would have happened anyway"),
            (measure.displacement_share, "has only moved from elsewhere"),
        )
        rest = ", or ".join(words for share, words in because if share)
        kept = kept_share(measure.deadweight_share, measure.displacement_share)
        if kept != 1 and measure.unit_values:
            first = measure.unit_values[0].value
            counted = format_pounds(round_pounds(Fraction(first) * kept))
            yield (
                f"{measure.code}: {format_pounds(first)}, of which {format_percent(kept)} counts: {counted}. The rest "
                f"{rest}."
            )


def _price_index(edition: MenuEdition) -> list[Block]:
    """The deflator, several years a row."""
    deflator = edition.deflator
    if deflator is None:
        return []
    places = max(decimal_places(index) for index in deflator.index.values())
    pairs = [(base, f"{index:.{places}f}") for base, index in deflator.index.items()]
    height = -(-len(pairs) // _INDEX_COLUMNS)
    columns = [
        column
        for _ in range(_INDEX_COLUMNS)
        for column in (Column("Prices of", 13, row_head=True), Column("Index", 12, right=True))
    ]
    rows = []
    for number in range(height):
        chosen = [pairs[at] if at < len(pairs) else ("", "") for at in range(number, height * _INDEX_COLUMNS, height)]
        rows.append(Row([text for pair in chosen for text in pair]))
    note = [Paragraph(sentence(deflator.note), NOTE)] if deflator.note else []
    source = Paragraph([Run(f"{sentence(deflator.title)} "), *citation(deflator.source)], keep=True)
    return [
        Heading("Price index", bookmark="index"),
        source,
        Table(columns, rows, TableLook(line_gap=1.2), whole=True),
        *note,
    ]


def _sources(edition: MenuEdition) -> list[Block]:
    served = {source.key: _served(edition, source.key) for source in edition.sources}
    pairs = [(", ".join(served[source.key]) or "–", citation(source)) for source in edition.sources]
    lines = attributions(edition.sources)
    blocks: list[Block] = [Heading("Sources", bookmark="sources")]
    if pairs:
        blocks.append(pairs_table(pairs))
    if lines:
        blocks += [Heading("Attribution", 3), *(Paragraph(line, LEAD) for line in lines)]
    checksum = [Run("SHA-256: "), Run(edition.sha256 or "none", bold=True)]
    words = _CHECKSUM[edition.status]
    return [*blocks, Heading("Checksum", 3), Paragraph(words, CELL), Paragraph(checksum, CELL)]


def _served(edition: MenuEdition, key: str) -> list[str]:
    """The codes of the measures that a source serves, in ranges, and what else it is for."""
    served = [m.code for m in edition.measures if m.proxy is not None and m.proxy.source.key == key]
    codes = code_ranges(served, edition)
    is_index = edition.deflator is not None and edition.deflator.source.key == key
    return [*codes, "Price index"] if is_index else codes
