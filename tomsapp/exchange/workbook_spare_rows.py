"""Writes the rows at the end of the workbook in which the measure is chosen from a list."""

from typing import Any

from tomsapp.exchange.colours import BORDER, TEXT_MUTED
from tomsapp.exchange.tables import ColumnKind
from tomsapp.exchange.tables_xlsx import Formats, number_format
from tomsapp.exchange.workbook_columns import Role, SheetColumn
from tomsapp.exchange.workbook_inputs import InputCells
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_rules import code_rule, spare_quantity_rule
from tomsapp.exchange.workbook_spare import CHOOSE, SpareLookup

_LINE = {"bottom": 1, "bottom_color": BORDER}
_POUNDS = number_format(ColumnKind.POUNDS, 2)
_HEIGHT = 33
"""Two lines of a title, in points."""


class SpareWriter:
    """Writes each such row: its measure's words and figures are looked up, and valued as in every other row."""

    def __init__(self, sheet: Any, formats: Formats, template: Template, inputs: InputCells) -> None:
        self._sheet = sheet
        self._formats = formats
        self._template = template
        self._inputs = inputs
        self._lookup = SpareLookup(template)

    def write(self, row: int) -> None:
        """A row, counted from 0."""
        template, sheet = self._template, self._sheet
        code = template.index(Role.CODE)
        sheet.write_blank(row, code, None, self._inputs.looks(align="left", bold=True, num_format="@"))
        sheet.data_validation(row, code, row, code, code_rule(self._lookup.codes))
        for index, column in enumerate(template.columns):
            if column.role is Role.QUANTITY and column.year is not None:
                self._write_quantity(row, index, column.year)
            elif (formula := self._formula(row, column)) is not None:
                words = CHOOSE if column.role is Role.TITLE else ""
                sheet.write_formula(row, index, formula, self._formats.get(**_LOOKS[column.role], **_LINE), words)
        self._inputs.write_others(row, None, is_local=False)
        sheet.set_row(row, _HEIGHT)

    def _write_quantity(self, row: int, index: int, year: int) -> None:
        cell = self._template.cell(Role.QUANTITY, row, year)
        # Its unit is not known yet: decimals are shown where there are any.
        self._sheet.write_blank(row, index, None, self._inputs.looks(num_format="#,##0.####"))
        whole = self._formats.get(num_format="#,##0")
        rule = {"type": "formula", "criteria": f"=N({cell})=INT(N({cell}))", "format": whole}
        self._sheet.conditional_format(row, index, row, index, rule)
        check = self._lookup.quantity_check(row, cell)
        label = self._template.contract.years[year].label
        self._sheet.data_validation(row, index, row, index, spare_quantity_rule(check, label))

    def _formula(self, row: int, column: SheetColumn) -> str | None:
        """What is worked out in a column; None where it is filled in, or names a line."""
        lookup, year = self._lookup, column.year or 0
        if column.role in _LOOKED_UP:
            return lookup.looked_up(row, column.role, column.year)
        made = {
            Role.COUNTED: lambda: self._template.counted_formula(row, lookup.decimals(row), year),
            Role.VALUE: lambda: lookup.value(row, year),
            Role.LINE_VALUE: lambda: lookup.line_value(row),
            Role.REAL_POUNDS: lambda: lookup.real_pounds(row),
            Role.OUTCOMES: lambda: lookup.outcomes(row),
        }.get(column.role)
        return made() if made is not None else None


_LOOKED_UP = frozenset({Role.TITLE, Role.UNIT, Role.UNIT_VALUE, Role.FACTOR})
_TEXT: dict[str, object] = {"text_wrap": True, "font_color": TEXT_MUTED}
_AMOUNT: dict[str, object] = {"num_format": _POUNDS, "align": "right"}
_LOOKS: dict[Role, dict[str, object]] = {
    Role.TITLE: _TEXT,
    Role.UNIT: _TEXT,
    Role.UNIT_VALUE: _AMOUNT,
    Role.FACTOR: {"num_format": "0.######", "align": "right", "font_color": TEXT_MUTED},
    Role.COUNTED: {"num_format": "#,##0.####", "align": "right", "font_color": TEXT_MUTED},
    Role.VALUE: _AMOUNT,
    Role.LINE_VALUE: {**_AMOUNT, "bold": True},
    Role.REAL_POUNDS: _AMOUNT,
    Role.OUTCOMES: {"num_format": "#,##0.00", "align": "right"},
}
