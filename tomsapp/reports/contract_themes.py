"""Where the value of a valuation comes from: one bar on the scale of the minimum, and its table by theme."""

from decimal import Decimal

from tomsapp.domain.money import round_pounds, total
from tomsapp.domain.rules.rule import CountedIn
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.reports.charts import MinimumBar, Segment, StackedBar
from tomsapp.reports.contract_facts import PrintedValuation, numbers_of
from tomsapp.reports.contract_summary import done_word
from tomsapp.reports.contract_trust import is_tightest
from tomsapp.reports.flowables import Block, Figure, Heading, Paragraph
from tomsapp.reports.phrases import capital, lines_named, share_of
from tomsapp.reports.styles import NOTE
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table, TableLook

_COLUMNS = (
    Column("Theme", 250, row_head=True),
    Column("Social value", 95, right=True),
    Column("Share, cut", 70, right=True),
    Column("Commitments", 76, right=True),
)


def where_from(page: PrintedValuation, look: TableLook, *, has_bar: bool) -> list[Block]:
    """The bar where there is room, the table with its total, and the lines with errors that are in neither."""
    heading = Heading("Where the value comes from", is_tight=is_tightest(look))
    if not page.counted.lines:
        return [heading, Paragraph("Nothing can be counted, so there is nothing to show by theme.")]
    whole = page.counted.social_value
    amounts = {theme.number: total(line.social_value for _, line in lines) for theme, lines in page.counted_themes}
    rows = []
    for theme, lines in page.counted_themes:
        value = [format_pounds(amounts[theme.number]), share_of(amounts[theme.number], whole)]
        if not any(line.measure.is_valued for _, line in lines):
            value = ["counted only", "–"]
        rows.append(Row([Cell([Part(theme.title)], swatch=theme.number), *value, str(len(lines))]))
    rows.append(Row(["All themes", format_pounds(whole), "", str(len(page.counted.lines))], RowKind.TOTAL))
    notes = [Paragraph(text, NOTE) for text in [_left_out(page)] if text]
    bar = _chart(page, amounts) if has_bar else []
    return [heading, *bar, Table(_COLUMNS, rows, look, whole=True, after=4), *notes]


def _chart(page: PrintedValuation, amounts: dict[int, Decimal]) -> list[Block]:
    """The bar; on the scale of the minimum where one is asked in social value."""
    titles = {theme.number: theme.title for theme, _ in page.counted_themes}
    segments = [Segment(number, amount) for number, amount in amounts.items()]
    check = page.minimum
    if check is not None and check.rule.counted_in is CountedIn.SOCIAL_VALUE and check.needed > 0:
        bar = MinimumBar(
            segments,
            round_pounds(check.needed),
            f"{format_percent(check.rule.share)} minimum {format_pounds(round_pounds(check.needed))}",
            f"{done_word(page)} {format_pounds(page.counted.social_value)}",
        )
        return [Figure(bar, bar.describe(titles))]
    if page.counted.social_value <= 0:
        return []
    plain = StackedBar(segments, f"{done_word(page)} {format_pounds(page.counted.social_value)}")
    return [Figure(plain, plain.describe(titles))]


def _left_out(page: PrintedValuation) -> str:
    """The lines with errors, which are not in the figures."""
    wrong = [(number, line) for number, line in page.lines if not page.is_counted(line)]
    if not wrong:
        return ""
    claimed = format_pounds(total(line.social_value for _, line in wrong))
    verb = "has an error and is" if len(wrong) == 1 else "have errors and are"
    return f"{capital(lines_named(numbers_of(wrong)))} {verb} not in these figures: {claimed} is claimed there."
