"""Every commitment of a valuation with its sum written out, so that a pocket calculator redoes it."""

from collections.abc import Sequence

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import WHOLE_AREA
from tomsapp.domain.money import total
from tomsapp.domain.steps import Step
from tomsapp.domain.valuation import LineValue, Valuation, YearValue
from tomsapp.domain.wording import format_percent, format_pounds, format_quantity
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.phrases import outcome_term, outcomes_text, promised
from tomsapp.reports.styles import CELL, CELL_STRONG, LEAD, SUM, SUM_MUTED, SUM_STRONG, Shape
from tomsapp.reports.tables import Cell, Column, Part, Row, RowKind, Table
from tomsapp.reports.text import Content, PageRun, Run

MOST_COLUMNS_UPRIGHT = 3
MOST_COLUMNS_ON_ITS_SIDE = 5
"""With more contract years than these the table turns, and then takes a row a year."""

MOST_STATEMENT = 700
"""A longer statement stands after the table, so that it does not tear the sums apart."""

_INTRODUCTION = (
    "Each year is quantity × unit value × share (if under 100%), rounded to the penny. A line is the sum of its years. "
    "A commitment is for the whole borough unless a place is named."
)


def every_commitment(valuation: Valuation, area: Area | None) -> list[Block]:
    """The lines by theme with a cell or a row for each year, theme subtotals and the total."""
    heading = Heading("Every commitment, with its sum", bookmark="sums")
    if not valuation.lines:
        return [heading, Paragraph("Nothing is committed yet.")]
    if len(valuation.contract.years) > MOST_COLUMNS_ON_ITS_SIDE:
        layout: _YearColumns | _YearRows = _YearRows(area)
    else:
        layout = _YearColumns(area, shape_of_sums(valuation))
    table = Table(layout.columns(valuation), _rows(valuation, layout))
    return [heading, Paragraph(_INTRODUCTION, LEAD, keep=True), table]


def shape_of_sums(valuation: Valuation) -> Shape:
    """How the pages with the sums stand: on their side where the years need the width."""
    years = len(valuation.contract.years) if valuation.lines else 0
    return Shape.LANDSCAPE if MOST_COLUMNS_UPRIGHT < years <= MOST_COLUMNS_ON_ITS_SIDE else Shape.PORTRAIT


class _YearColumns:
    """A column for each contract year, a row for each commitment."""

    def __init__(self, area: Area | None, shape: Shape) -> None:
        self._area = area
        self._year_room, self._least_title = (537, 345) if shape is Shape.PORTRAIT else (690, 240)

    def columns(self, valuation: Valuation) -> list[Column]:
        """Commitment, the years by their labels, social value."""
        years = valuation.contract.years
        each = min(self._year_room // len(years), 230)
        title = self._least_title + self._year_room - each * len(years)
        # Few years leave the room that the head of the values needs to stand on one line.
        value = 118 if len(years) >= MOST_COLUMNS_UPRIGHT else 170
        return [
            Column("Commitment", title, row_head=True),
            *(Column(year.label, each) for year in years),
            Column("Social value", value, right=True),
        ]

    def rows(self, line: LineValue, span: int, number: int) -> list[Row]:
        """The commitment's sums, then what else is to be said of it."""
        cells = [_title(line, self._area), *(Cell(_year_parts(line, year)) for year in line.years), _value(line)]
        detail = _detail(line, number)
        if detail is None:
            return [Row(cells)]
        return [Row(cells, joined=True), Row([Cell([detail], span=span)])]


class _YearRows:
    """A row for each contract year, under a row for the commitment."""

    def __init__(self, area: Area | None) -> None:
        self._area = area

    @staticmethod
    def columns(_valuation: Valuation) -> list[Column]:
        """Year, sum, social value."""
        return [
            Column("Commitment, year", 17, row_head=True),
            Column("Sum", 65),
            Column("Social value", 18, right=True),
        ]

    def rows(self, line: LineValue, span: int, number: int) -> list[Row]:
        """The commitment with its value, its years, then what else is to be said of it."""
        title = Cell(_title(line, self._area).parts, span=2)
        years = [
            Row(
                [
                    Cell([Part(year.year.label, SUM)]),
                    Cell(_year_parts(line, year)[:-1] or _year_parts(line, year)),
                    value,
                ]
            )
            for year in line.years
            if year.quantity
            for value in [Cell([Part(format_pounds(year.social_value) if line.measure.is_valued else "–", SUM)])]
        ]
        empty = [year.year.label for year in line.years if not year.quantity]
        if empty:
            years.append(Row([Cell([Part("Other years", SUM_MUTED)]), Cell([Part("none", SUM_MUTED)]), ""]))
        detail = _detail(line, number)
        rows = [Row([title, _value(line)], joined=True), *years]
        return [*rows, Row([Cell([detail], span=span)])] if detail is not None else rows


def _rows(valuation: Valuation, layout: _YearColumns | _YearRows) -> list[Row]:
    """Theme rows with subtotals, each followed by its lines, and the total."""
    span = len(layout.columns(valuation))
    rows: list[Row] = []
    for theme in valuation.edition.themes:
        lines = [(number, line) for number, line in enumerate(valuation.lines) if line.place.theme == theme]
        if not lines:
            continue
        head = Cell([Part(f"{theme.number} {theme.title}", CELL_STRONG)], span=span - 1)
        subtotal = format_pounds(total(line.social_value for _, line in lines))
        rows.append(Row([head, subtotal], RowKind.GROUP))
        for number, line in lines:
            rows += layout.rows(line, span, number)
    foot = Cell([Part("Total", CELL_STRONG)], span=span - 1)
    return [*rows, Row([foot, format_pounds(valuation.social_value)], RowKind.TOTAL)]


def _title(line: LineValue, area: Area | None) -> Cell:
    measure, place = line.measure, line.commitment.place
    note = f"{measure.code}, for each {measure.each_name}"
    if place != WHOLE_AREA:
        note = f"{note}, {area.place_name(place) if area else place}"
    return Cell([Part(measure.title), Part(note, SUM_MUTED)])


def _value(line: LineValue) -> Cell:
    if not line.measure.is_valued:
        return Cell([Part("counted,", SUM_MUTED), Part("not valued", SUM_MUTED)])
    return Cell([Part(format_pounds(line.social_value), CELL_STRONG)])


def _year_parts(line: LineValue, year: YearValue) -> list[Part]:
    """The sum of one year: how a rate made the quantity, the factors, benefit and discount, the result."""
    rate = [Part(step.text, SUM_MUTED) for step in year.steps if step.name == "rate"]
    if not year.quantity:
        missing = line.commitment.rate is not None and not rate
        return [*rate, Part("no spend is given" if missing else "none", SUM_MUTED)]
    if not line.measure.is_valued:
        return [*rate, Part(promised(line.measure, year.quantity), SUM)]
    if year.unit_value is None:
        text = f"{format_quantity(year.quantity)}: the menu has no value for {year.year.starts_on.year}"
        return [*rate, Part(text, SUM), Part("= £0.00", SUM_STRONG)]
    parts = [Part(text, SUM) for text in _sum_lines(year.steps)]
    return [*rate, *parts, Part(f"= {format_pounds(year.social_value)}", SUM_STRONG)]


def _sum_lines(steps: Sequence[Step]) -> list[str]:
    """The factors on one line; benefit years and discount each on a line of their own."""
    lines = [""]
    for step in steps:
        if step.name in {"benefit", "discount"}:
            lines.append(step.text)
        elif step.name not in {"rate", "round"}:
            lines[0] = f"{lines[0]} {step.text}".strip()
    return lines


def _detail(line: LineValue, number: int) -> Part | None:
    """Share, real pounds, employment outcomes and statement of a line, under its sums."""
    commitment = line.commitment
    said: list[str] = []
    if commitment.contract_share != 1:
        said.append(f"This contract’s share of it is {format_percent(commitment.contract_share)}.")
    if line.real_pounds:
        said.append(f"Real pounds {_real_sum(line)}.")
    if line.employment_outcomes:
        said.append(f"Employment outcomes {_outcome_sum(line)}.")
    if commitment.cost is not None:
        said.append(f"It costs the supplier {format_pounds(commitment.cost)}, as stated.")
    statement = " ".join(commitment.statement.split())
    runs: list[Run | PageRun] = [Run(f"{' '.join(said)} ")] if said else []
    if len(statement) > MOST_STATEMENT:
        runs += [Run("The supplier’s statement is on page "), PageRun(_statement_key(number)), Run(".")]
    elif statement:
        runs += [Run("Statement: "), Run(statement, italic=True)]
    return Part(runs, SUM_MUTED) if runs else None


def _real_sum(line: LineValue) -> str:
    """How the real pounds of a line came about: quantity × share, or just the amount."""
    amount = format_pounds(line.real_pounds)
    share = line.commitment.contract_share
    if share == 1:
        return amount
    return f"{format_pounds(line.quantity)} × {format_percent(share)} = {amount}"


def _outcome_sum(line: LineValue) -> str:
    term, outcomes = outcome_term(line).strip("()"), outcomes_text(line.employment_outcomes)
    return outcomes if term == outcomes else f"{term} = {outcomes}"


def _statement_key(number: int) -> str:
    return f"statement-{number}"


def long_statements(valuation: Valuation) -> list[Block]:
    """The statements that are too long to stand between the sums, each with its commitment."""
    blocks: list[Block] = []
    for number, line in enumerate(valuation.lines):
        if len(" ".join(line.commitment.statement.split())) > MOST_STATEMENT:
            text: Content = line.commitment.statement.strip()
            title = f"{line.measure.code} {line.measure.title}"
            blocks += [Heading(title, 3, _statement_key(number)), Paragraph(text, CELL)]
    return [Heading("Statements", bookmark="statements"), *blocks] if blocks else []
