"""Where everything stands in the workbook of commitments, and the formulas that value them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from tomsapp.domain.area import Area
from tomsapp.domain.commitment import OUTSIDE_AREA, WHOLE_AREA, Commitment
from tomsapp.domain.contract import Contract, ContractKind
from tomsapp.domain.menu import Measure, MenuEdition, Place
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.domain.units import Unit
from tomsapp.exchange.line_identity import LINE_HEAD, LineIdentity
from tomsapp.exchange.workbook_asked import ASKED_COLUMNS, TARGET_HEAD, Asked, worked_out
from tomsapp.exchange.workbook_columns import Role, SheetColumn, column_letter
from tomsapp.exchange.workbook_factors import constant_factor, cut_formula, divided_by

LAYOUT = "3"
"""The version of this layout, kept in each workbook."""

FIRST_LAYOUT, SECOND_LAYOUT = "1", "2"
LAYOUTS_READ = (FIRST_LAYOUT, SECOND_LAYOUT, LAYOUT)
"""The layouts whose columns are read as they are meant.

The first had no promise per pound of spend, the second no rows in which the measure is chosen and no names of lines.
"""

COMMITMENTS = "Commitments"
CONTRACT = "Contract"
TOTALS = "Totals"
GUIDANCE = "Guidance"
STAMP = "tomsapp"
"""The hidden sheet that says which menu and layout a workbook was made from."""

DISCOUNT_ROW, HEAD_ROW = 4, 5
"""Rows counted from 0; the first commitment stands under the head."""

SPEND_ROW = 12
"""The row of the first contract year's spend on the contract sheet, counted from 0; one year a row."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: a measure of the menu, and the commitment that is filled in already, if any."""

    place: Place
    commitment: Commitment | None = None
    identity: LineIdentity | None = None
    said: OfferedDetails | None = None

    @property
    def measure(self) -> Measure:
        """The measure of the row."""
        return self.place.measure


@dataclass(frozen=True)
class Template:
    """What a workbook of commitments is made for.

    Attributes:
        measures: the codes that were chosen; those of `commitments` come with them.
        contract: gives the years; when `asks_facts`, its reference, title, supplier and value are filled in by hand.
        commitments: what is filled in already.
        identities: which line of the contract each of `commitments` is, where it is one.
        spare_rows: rows at the end in which the measure is chosen, for a second promise of one.
        asked: what a tender asks of each row beside it; None where the workbook is of no tender.
    """

    edition: MenuEdition
    measures: tuple[str, ...]
    contract: Contract
    area: Area | None = None
    commitments: tuple[Commitment, ...] = ()
    identities: tuple[LineIdentity, ...] = ()
    spare_rows: int = 0
    asks_facts: bool = False
    asked: Asked | None = None
    _letters: dict[tuple[Role, int | None], str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def rows(self) -> tuple[SheetRow, ...]:
        """A row for each commitment, and for each measure that has none, in the menu's order."""
        return tuple(row for place in self.edition.places.values() for row in self._rows_of(place))

    @cached_property
    def listed(self) -> tuple[Measure, ...]:
        """The measures of the workbook, each once, in the menu's order."""
        return tuple({row.measure.code: row.measure for row in self.rows}.values())

    def _rows_of(self, place: Place) -> Iterator[SheetRow]:
        code = place.measure.code
        said = self.asked.said if self.asked is not None else ()
        known = zip_longest(self.commitments, self.identities, said)
        filled = [SheetRow(place, *each) for each in known if each[0].measure == code]
        yield from filled
        if code in self.measures and not filled:
            yield SheetRow(place)

    @property
    def footer(self) -> str:
        """What stands at the foot of each page."""
        return " ".join(filter(None, (self.contract.reference, self.contract.title)))

    @cached_property
    def has_rates(self) -> bool:
        """Whether a quantity may be promised per pound of spend."""
        is_framework = self.contract.kind is ContractKind.FRAMEWORK
        return is_framework or any(commitment.rate is not None for commitment in self.commitments)

    @property
    def counts_units(self) -> bool:
        """Whether the units of a year stand in a column of their own: promised per pound, or worked out from parts."""
        return self.has_rates or self.asked is not None

    @cached_property
    def columns(self) -> tuple[SheetColumn, ...]:
        """The columns from left to right."""
        labels = [year.label for year in self.contract.years]
        is_dated = any(row.measure.proxy is not None and row.measure.proxy.is_dated for row in self.rows)
        has_factor = any(constant_factor(row.measure, self.edition.discount_rate) != 1 for row in self.rows)
        columns = [
            SheetColumn(Role.CODE, "Code", 9),
            SheetColumn(Role.TITLE, "Measure", 36),
            SheetColumn(Role.UNIT, "For each", 22),
        ]
        if self.asked is not None:
            columns.append(SheetColumn(Role.TARGET, TARGET_HEAD, 14))
        if is_dated:
            columns += [SheetColumn(Role.UNIT_VALUE, f"Unit value {label}", 15, i) for i, label in enumerate(labels)]
        else:
            columns.append(SheetColumn(Role.UNIT_VALUE, "Unit value", 15))
        columns += [SheetColumn(Role.QUANTITY, f"Fill in: quantity {label}", 13, i) for i, label in enumerate(labels)]
        if self.has_rates:
            columns += [
                SheetColumn(Role.RATE, "Fill in: promise per £ of spend", 13),
                SheetColumn(Role.RATE_PER, "Fill in: for every £", 15),
            ]
        columns += [
            SheetColumn(Role.SHARE, "Fill in: contract share", 12),
            SheetColumn(Role.WARD, "Fill in: ward", 22),
            SheetColumn(Role.COST, "Fill in: cost to you (£)", 15),
            SheetColumn(Role.STATEMENT, "Fill in: how it will be done", 44),
        ]
        if self.asked is not None:
            columns += ASKED_COLUMNS
        if has_factor:
            columns.append(SheetColumn(Role.FACTOR, "Other factors", 12))
        if self.counts_units:
            columns += [SheetColumn(Role.COUNTED, f"Units counted {label}", 13, i) for i, label in enumerate(labels)]
        columns += [SheetColumn(Role.VALUE, f"Value {label}", 17, i) for i, label in enumerate(labels)]
        columns += [
            SheetColumn(Role.LINE_VALUE, "Social value, all years", 18),
            SheetColumn(Role.REAL_POUNDS, "Real pounds", 17),
            SheetColumn(Role.OUTCOMES, "Employment outcomes", 14),
        ]
        if self.identities:
            columns.append(SheetColumn(Role.LINE, LINE_HEAD, 12))
        return tuple(columns)

    def index(self, role: Role, year: int | None = None) -> int:
        """The column of `role`, counted from 0; of contract year `year` where it has one for each."""
        found = [index for index, column in enumerate(self.columns) if column.role is role and column.year == year]
        return found[0] if found else self.index(role)

    def cell(self, role: Role, row: int, year: int | None = None) -> str:
        """The name of a cell, "F7"; `row` is counted from 0."""
        return f"{self._letter(role, year)}{row + 1}"

    def _letter(self, role: Role, year: int | None) -> str:
        key = (role, year)
        if key not in self._letters:
            self._letters[key] = column_letter(self.index(role, year))
        return self._letters[key]

    @property
    def first_row(self) -> int:
        """The first row of commitments, counted from 0."""
        return HEAD_ROW + 1

    @property
    def spare(self) -> range:
        """The rows in which the measure is chosen, counted from 0; none where there is no measure to choose."""
        first = self.first_row + len(self.rows)
        return range(first, first + (self.spare_rows if self.rows else 0))

    @property
    def total_row(self) -> int:
        """The row of totals under the commitments, counted from 0."""
        return self.spare.stop

    def column_range(self, role: Role, year: int | None = None, rows: tuple[int, int] | None = None) -> str:
        """The cells of a column over all commitments (or `rows`, first and last, counted from 0), as in SUM."""
        first, last = rows or (self.first_row, max(self.first_row, self.total_row - 1))
        return f"{self.cell(role, first, year)}:{self.cell(role, last, year)}"

    @cached_property
    def ward_names(self) -> tuple[str, ...]:
        """What can be chosen as ward: the whole borough first, outside last; empty without an area."""
        if self.area is None:
            return ()
        wards = [ward.name for ward in self.area.wards]
        return (self.area.place_name(WHOLE_AREA).capitalize(), *wards, self.area.place_name(OUTSIDE_AREA).capitalize())

    def ward_name(self, place: str) -> str:
        """What a place is called in the list of wards."""
        if self.area is None:
            return place
        ends = {WHOLE_AREA: self.ward_names[0], OUTSIDE_AREA: self.ward_names[-1]}
        return ends.get(place) or self.area.place_name(place)

    @property
    def _units(self) -> Role:
        """The column that holds the units of a year: typed in, or counted from the promise per pound of spend."""
        return Role.COUNTED if self.counts_units else Role.QUANTITY

    def _units_range(self, row: int, last: int | None = None) -> str:
        """The cells with the units of the years up to `last` (0 is the first), or of all years."""
        years = len(self.contract.years)
        return f"{self.cell(self._units, row, 0)}:{self.cell(self._units, row, years - 1 if last is None else last)}"

    def counted_formula(self, row: int, decimals: int | str, year: int) -> str:
        """The units of a year: those typed in, or cut(rate × spend so far ÷ per) less what the years before counted.

        `decimals` are those of the measure's unit, or the cell that holds them.
        """
        quantity = self.cell(Role.QUANTITY, row, year)
        typed = f"N({quantity})"
        if self.asked is not None:
            parts = worked_out(row - self.first_row, year, len(self.contract.years))
            typed = f"IF(ISNUMBER({quantity}),{quantity},N({parts}))"
        if not self.has_rates:
            return f"={typed}"
        rate, per = self.cell(Role.RATE, row), self.cell(Role.RATE_PER, row)
        spent = f"{CONTRACT}!$E${SPEND_ROW + year + 1}"
        so_far = cut_formula(f"N({rate})*{spent}", f"N({per})", decimals)
        before = f"-SUM({self._units_range(row, year - 1)})" if year else ""
        promised = f"IF(N({per})>0,ROUND({so_far}{before},{decimals}),0)"
        return f"=IF(COUNT({rate},{per})>0,{promised},{typed})"

    def value_formula(self, row: int, year: int) -> str:
        """Quantity × unit value × share × other factors, rounded once to the penny."""
        value, factor = self.cell(Role.UNIT_VALUE, row, year), ""
        if any(column.role is Role.FACTOR for column in self.columns):
            factor = self.cell(Role.FACTOR, row)
        if row in self.spare:
            # Words may stand there: the measure has no value.
            value = f"N({value})"
        factors = [f"N({self.cell(self._units, row, year)})", value, self._share(row), *filter(None, [factor])]
        if self.edition.discount_rate:
            factors.append(f"{self._letter(Role.QUANTITY, year)}${DISCOUNT_ROW + 1}")
        return f"=ROUND({'*'.join(factors)},2)"

    def _share(self, row: int) -> str:
        """The share; an empty cell is the whole."""
        cell = self.cell(Role.SHARE, row)
        return f"IF(ISNUMBER({cell}),{cell},1)"

    def real_pounds_formula(self, row: int) -> str:
        """Quantity × share of each year, each rounded to the penny, as the printed sums have them."""
        years = range(len(self.contract.years))
        parts = [f"ROUND(N({self.cell(self._units, row, year)})*{self._share(row)},2)" for year in years]
        return "=" + "+".join(parts)

    def outcomes_formula(self, row: int, measure: Measure) -> str:
        """Quantity × share × outcomes per unit; full-time years are divided by the contract's length in years."""
        return f"=SUM({self._units_range(row)}){self._of_unit(row, measure)}"

    def largest_outcomes(self, row: int, measure: Measure) -> str:
        """The same of the one year that brings the most, as a part of a formula on any sheet."""
        first, _, last = self._units_range(row).partition(":")
        share = self._share(row).replace(self.cell(Role.SHARE, row), f"{COMMITMENTS}!{self.cell(Role.SHARE, row)}")
        return f"MAX({COMMITMENTS}!{first}:{last}){self._of_unit(row, measure, share)}"

    def _of_unit(self, row: int, measure: Measure, share: str = "") -> str:
        divided = self.length_divisor if measure.unit is Unit.FTE_YEARS else ""
        return f"*{share or self._share(row)}*{measure.employment_outcome}{divided}"

    @property
    def length_divisor(self) -> str:
        """How a formula divides by the contract's length in years: "/1.5"."""
        return divided_by(self.contract.length_in_years)

    def units_and_share(self, row: int) -> str:
        """The units of all years times the share, as a part of a formula."""
        return f"SUM({self._units_range(row)})*{self._share(row)}"
