"""The rows at the end of the workbook in which the measure is chosen: for a second promise of one, in another ward.

What such a row needs of its measure is looked up in a list on the hidden sheet; there is also what it comes to by
measure, since the totals of measures and themes add those rows by their measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tomsapp.domain.menu import Measure
from tomsapp.domain.money import MOST_DECIMALS, round_half_away
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.exchange.tables_xlsx import Formats, write_text
from tomsapp.exchange.workbook_columns import Role, column_letter
from tomsapp.exchange.workbook_factors import constant_factor, factor_number
from tomsapp.exchange.workbook_layout import COMMITMENTS, STAMP, Template
from tomsapp.exchange.workbook_rules import MOST_QUANTITY

if TYPE_CHECKING:
    from tomsapp.domain.valuation import LineValue, Valuation

SPARE_ROWS = 10
"""How many a template has that people fill in."""

CHOOSE = "Choose a code to promise a measure again"
"""What stands in such a row until a measure is chosen."""

NO_VALUE = "No value"
NOT_VALUED = "Counted, not valued"
_PLACE, _DECIMALS, _MOST, _OVER = "G", "H", "I", "J"
"""Of each row in which the measure is chosen: its place in the list, and what may be typed."""

_CODE, _TITLE, _UNIT, _ITS_DECIMALS, _ITS_MOST, _ITS_OVER = "L", "M", "N", "O", "P", "Q"
_FACTOR, _OUTCOMES, _IS_FULL_TIME, _IS_REAL = "R", "S", "T", "U"
_ALL_OUTCOMES, _SPARE_VALUE, _SPARE_REAL, _FIRST_UNIT_VALUE = "V", "W", "X", 24
_FIRST = 2
"""The first row of the lists, as the sheet shows it."""

_HEADS = {
    _PLACE: "Row", _DECIMALS: "Decimals", _MOST: "Most", _OVER: "Over", _CODE: "Code", _TITLE: "Title",
    _UNIT: "For each", _ITS_DECIMALS: "Decimals", _ITS_MOST: "Most", _ITS_OVER: "Over", _FACTOR: "Other factors",
    _OUTCOMES: "Outcomes", _IS_FULL_TIME: "Full-time", _IS_REAL: "Pounds", _ALL_OUTCOMES: "All outcomes",
    _SPARE_VALUE: "Value", _SPARE_REAL: "Real pounds",
}  # fmt: skip


@dataclass(frozen=True)
class SpareLookup:
    """The formulas of a row in which the measure is chosen."""

    template: Template

    @property
    def codes(self) -> str:
        """The codes that can be chosen, for a list."""
        return f"={self._list(_CODE)}"

    def place(self, row: int) -> str:
        """The cell with the place of the row's measure in the list, 0 where none is chosen."""
        return self._cell(_PLACE, row)

    def decimals(self, row: int) -> str:
        """The cell with the decimals of the row's unit."""
        return self._cell(_DECIMALS, row)

    def quantity_check(self, row: int, cell: str) -> str:
        """Whether a quantity in `cell` fits the unit of the row."""
        most, over = self._cell(_MOST, row), self._cell(_OVER, row)
        is_exact = f"ROUND({cell},{self.decimals(row)})={cell}"
        return f"=AND(ISNUMBER({cell}),{cell}<={most},OR({cell}=0,{cell}>{over}),{is_exact})"

    def looked_up(self, row: int, role: Role, year: int | None = None) -> str:
        """The formula of what the list says of the row's measure."""
        columns = {Role.TITLE: _TITLE, Role.UNIT: _UNIT, Role.FACTOR: _FACTOR}
        found = self._of(row, columns.get(role) or unit_value_column(year))
        return self._if_chosen(row, found, CHOOSE if role is Role.TITLE else "")

    def value(self, row: int, year: int) -> str:
        """The value of a year."""
        return self._if_chosen(row, self.template.value_formula(row, year).removeprefix("="))

    def line_value(self, row: int) -> str:
        """The value of all years."""
        cells = (self.template.cell(Role.VALUE, row, year.index) for year in self.template.contract.years)
        return self._if_chosen(row, f"SUM({','.join(cells)})")

    def real_pounds(self, row: int) -> str:
        """The real pounds, where the measure brings them."""
        pounds = self.template.real_pounds_formula(row).removeprefix("=")
        return self._if_chosen(row, f'IF({self._of(row, _IS_REAL)}=1,{pounds},"")')

    def outcomes(self, row: int) -> str:
        """The employment outcomes, where the measure brings them."""
        length = f"IF({self._of(row, _IS_FULL_TIME)}=1,1{self.template.length_divisor},1)"
        number = f"{self.template.units_and_share(row)}*{self._of(row, _OUTCOMES)}*{length}"
        return self._if_chosen(row, f'IF({self._of(row, _OUTCOMES)}=0,"",{number})')

    def _if_chosen(self, row: int, formula: str, otherwise: str = "") -> str:
        return f'=IF({self._cell(_PLACE, row)}=0,"{otherwise}",{formula})'

    def _of(self, row: int, column: str) -> str:
        return f"INDEX({self._list(column)},{self._cell(_PLACE, row)})"

    def _cell(self, column: str, row: int) -> str:
        return f"{STAMP}!${column}${row - self.template.spare.start + _FIRST}"

    def _list(self, column: str) -> str:
        return f"{STAMP}!${column}${_FIRST}:${column}${_FIRST + len(self.template.listed) - 1}"


def unit_value_column(year: int | None) -> str:
    """The column of the list with the unit values, of a year where there is one for each."""
    return column_letter(_FIRST_UNIT_VALUE + (year or 0))


def code_cell(template: Template, code: str) -> str:
    """The cell of the list with the code of a measure."""
    return f"{STAMP}!${_CODE}${_listed_row(template, code)}"


def outcomes_cell(template: Template, code: str) -> str:
    """The cell with all employment outcomes of a measure, whatever its rows."""
    return f"{STAMP}!${_ALL_OUTCOMES}${_listed_row(template, code)}"


def spare_sum(template: Template, role: Role, codes: Sequence[str]) -> str:
    """What the rows in which the measure is chosen add to the sum of these measures, which stand together."""
    column = _SPARE_VALUE if role is Role.LINE_VALUE else _SPARE_REAL
    rows = [_listed_row(template, code) for code in codes]
    return f"+SUM({STAMP}!${column}${rows[0]}:${column}${rows[-1]})" if template.spare else ""


def _listed_row(template: Template, code: str) -> int:
    return _FIRST + [measure.code for measure in template.listed].index(code)


def write_lookup(sheet: Any, formats: Formats, template: Template, valuation: Valuation) -> None:
    """The lists on the hidden sheet: what the rows in which the measure is chosen look up."""
    plain = formats.get()
    for letter, head in _HEADS.items():
        sheet.write_string(f"{letter}1", head, plain)
    for row in template.spare:
        _write_chosen(sheet, template, row)
    for number, measure in enumerate(template.listed, start=_FIRST):
        lines = [line for line in valuation.lines if line.measure.code == measure.code]
        _write_measure(sheet, template, measure, number)
        _write_sums(sheet, template, measure, number, lines)


def _write_chosen(sheet: Any, template: Template, row: int) -> None:
    last, at = _FIRST + len(template.listed) - 1, row - template.spare.start + _FIRST
    code = f"{COMMITMENTS}!${template.cell(Role.CODE, row)}"
    sheet.write_formula(f"{_PLACE}{at}", f"=IFERROR(MATCH({code},${_CODE}${_FIRST}:${_CODE}${last},0),0)", None, 0)
    for mine, its, usual in (
        (_DECIMALS, _ITS_DECIMALS, MOST_DECIMALS),
        (_MOST, _ITS_MOST, MOST_QUANTITY),
        (_OVER, _ITS_OVER, 0),
    ):
        found = f"INDEX(${its}${_FIRST}:${its}${last},{_PLACE}{at})"
        sheet.write_formula(f"{mine}{at}", f"=IF({_PLACE}{at}=0,{usual},{found})", None, usual)


def _write_measure(sheet: Any, template: Template, measure: Measure, number: int) -> None:
    texts = {_CODE: measure.code, _TITLE: measure.title, _UNIT: measure.each_name}
    for letter, text in texts.items():
        write_text(sheet, number - 1, ord(letter) - ord("A"), text, None)
    numbers = {
        _ITS_DECIMALS: measure.decimals,
        _ITS_MOST: measure.unit.most or MOST_QUANTITY,
        # A spreadsheet makes 0.8 of what is typed as 80%.
        _ITS_OVER: int(measure.unit.form is UnitForm.PERCENT),
        _FACTOR: factor_number(constant_factor(measure, template.edition.discount_rate)),
        _OUTCOMES: measure.employment_outcome,
        _IS_FULL_TIME: int(measure.unit is Unit.FTE_YEARS),
        _IS_REAL: int(measure.real_pounds),
    }
    for letter, amount in numbers.items():
        sheet.write_number(f"{letter}{number}", amount)
    for year in template.contract.years:
        unit_value = measure.unit_value_in(year.starts_on.year)
        cell = f"{unit_value_column(year.index)}{number}"
        if unit_value is None:
            sheet.write_string(cell, NO_VALUE if measure.is_valued else NOT_VALUED)
        else:
            sheet.write_number(cell, unit_value.value)


def _write_sums(sheet: Any, template: Template, measure: Measure, number: int, lines: Sequence[LineValue]) -> None:
    """What all rows of a measure bring in jobs, and what the rows in which it is chosen add in pounds."""
    rows = [row for row, one in enumerate(template.rows, template.first_row) if one.measure == measure]
    jobs = f"SUM({COMMITMENTS}!{template.column_range(Role.OUTCOMES, rows=(rows[0], rows[-1]))})"
    held = round_half_away(sum((line.employment_outcomes for line in lines), Fraction(0)), 4)
    chosen = template.column_range(Role.CODE, rows=(template.spare[0], template.spare[-1]))
    sums = ((_ALL_OUTCOMES, Role.OUTCOMES), (_SPARE_VALUE, Role.LINE_VALUE), (_SPARE_REAL, Role.REAL_POUNDS))
    for letter, role in sums:
        cells = template.column_range(role, rows=(template.spare[0], template.spare[-1]))
        added = f"SUMIF({COMMITMENTS}!{chosen},${_CODE}{number},{COMMITMENTS}!{cells})"
        formula = f"={jobs}+{added}" if role is Role.OUTCOMES else f"={added}"
        result = held if role is Role.OUTCOMES else Decimal(0)
        sheet.write_formula(f"{letter}{number}", formula, None, result)
