"""The front of a menu book: its contents, the price list, and what is counted without a value."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tomsapp.domain.measure_words import own_prices
from tomsapp.domain.menu import Measure, MenuEdition, Theme
from tomsapp.domain.money import round_pounds
from tomsapp.domain.value_factor import kept_share
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.reports.flowables import Block, Heading, NewPage, Paragraph
from tomsapp.reports.menu_measure import measure_key
from tomsapp.reports.phrases import capital
from tomsapp.reports.styles import LEAD, SUM_MUTED
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook
from tomsapp.reports.text import Content, JumpRun, PageRun, Run
from tomsapp.reports.two_columns import TwoColumns

_CONTENTS = (Column("What", 86, row_head=True), Column("Page", 14, right=True))
_PRICES = (
    Column("Code", 32),
    Column("Measure", 230, row_head=True),
    Column("For each", 133),
    Column("Unit value", 64, right=True),
    Column("Page", 32, right=True),
)
_COUNTED = (
    Column("Code", 32),
    Column("Measure", 262, row_head=True),
    Column("Counted in", 165),
    Column("Page", 32, right=True),
)
_LIST = TableLook(line_gap=1.2)


def theme_key(theme: Theme) -> str:
    """The bookmark of a theme."""
    return f"theme-{theme.number}"


def contents(edition: MenuEdition, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> list[Block]:
    """Themes and outcomes with their pages, between the sections before and after them (title, bookmark)."""
    rows = [_entry(title, key) for title, key in before]
    for theme in edition.themes:
        rows.append(_entry(f"{theme.number} {theme.title}", theme_key(theme)))
        rows += [
            _entry(f"{outcome.code} {outcome.title}", f"outcome-{outcome.code}", inner=True)
            for outcome in theme.outcomes
        ]
    rows += [_entry(title, key) for title, key in after]
    looks = (TableLook(line_gap=gap) for gap in (2.2, 1.2))
    return [Heading("Contents"), TwoColumns([Table(_CONTENTS, rows, look) for look in looks], above=330.0)]


def _entry(title: str, key: str, *, inner: bool = False) -> Row:
    indent = "\u00a0\u00a0\u00a0" if inner else ""
    name = Cell([Part([Run(indent), JumpRun(title, key)] if inner else [JumpRun(title, key)])])
    return Row([name, _page(key)])


def _page(key: str) -> Cell:
    return Cell([Part([PageRun(key)])])


def price_list(edition: MenuEdition) -> list[Block]:
    """Every valued measure with its unit and unit value; under its name the prices it is in and until when it holds."""
    valued = [measure for measure in edition.measures if measure.is_valued]
    if not valued:
        return []
    others = " unless its row says otherwise" if any(own_prices(each, edition.price_base) for each in valued) else ""
    heading = Heading(f"Prices: the value of one unit, in {edition.price_base} prices{others}", bookmark="prices")
    return [NewPage(), heading, Table(_PRICES, list(_price_rows(edition)), _LIST)]


def _price_rows(edition: MenuEdition) -> Iterator[Row]:
    for theme in edition.themes:
        valued = [measure for outcome in theme.outcomes for measure in outcome.measures if measure.is_valued]
        if not valued:
            continue
        name = Cell([Part([Run(f"{theme.number} {theme.title}", bold=True)])], span=4)
        yield Row([name, _page(theme_key(theme))], RowKind.GROUP)
        for measure in valued:
            kept = kept_share(measure.deadweight_share, measure.displacement_share)
            code = Cell([Part([JumpRun(measure.code, measure_key(measure))])])
            page = _page(measure_key(measure))
            own = own_prices(measure, edition.price_base)
            name = Cell([Part(measure.title), *([Part(capital(own), SUM_MUTED)] if own else [])])
            yield Row([code, name, measure.each_name, _price(measure), page], joined=kept != 1)
            if kept != 1:
                yield Row(["", f"of which {format_percent(kept)} counts", "", _kept_price(measure, kept), ""])


def _price(measure: Measure) -> str:
    """The unit value; one that differs by year is told on the measure's page."""
    return format_pounds(measure.unit_values[0].value) if len(measure.unit_values) == 1 else "by year"


def _kept_price(measure: Measure, kept: Fraction) -> str:
    """What a unit counts after what the menu takes off."""
    if len(measure.unit_values) != 1:
        return "by year"
    return format_pounds(round_pounds(Fraction(measure.unit_values[0].value) * kept))


def counted_only(edition: MenuEdition) -> list[Block]:
    """The measures without a value, with what they are counted in."""
    counted = [measure for measure in edition.measures if not measure.is_valued]
    if not counted:
        return []
    rows: list[Row] = []
    for measure in counted:
        code: Content = [JumpRun(measure.code, measure_key(measure))]
        unit = measure.many_name
        rows.append(Row([Cell([Part(code)]), measure.title, unit, _page(measure_key(measure))]))
    return [
        Heading("Counted, never valued", bookmark="counted"),
        Paragraph(
            "No public value was found for these that stands up. They are counted and have no pounds.", LEAD, keep=True
        ),
        Table(_COUNTED, rows, _LIST),
    ]
