"""The green cells of the workbook of commitments: what is filled in, and what may be typed into each."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tomsapp.domain.commitment import WHOLE_AREA, Commitment
from tomsapp.domain.money import decimal_places
from tomsapp.exchange.tables import ColumnKind
from tomsapp.exchange.tables_xlsx import Formats, number_format, write_exact, write_text
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import STAMP, SheetRow, Template
from tomsapp.exchange.workbook_rules import COST_RULE, RATE_PER_RULE, RATE_RULE, SHARE_RULE, quantity_rule, ward_rule
from tomsapp.exchange.workbook_sheets import input_format

_POUNDS = number_format(ColumnKind.POUNDS, 2)


@dataclass(frozen=True)
class InputCells:
    """Writes the cells that are filled in; rows are counted from 0."""

    sheet: Any
    formats: Formats
    template: Template

    def looks(self, *, align: str = "right", **looks: object) -> Any:
        """The format of a cell to fill in."""
        return input_format(self.formats, align=align, **looks)

    def write_quantity(self, number: int, year: int, row: SheetRow) -> None:
        """The quantity of a year. It has the decimals of its unit, so that typing 80% does not make it a per cent."""
        index = self.template.index(Role.QUANTITY, year)
        quantity = row.commitment.quantity_in(year) if row.commitment else None
        parts = row.said.parts_in(year) if row.said is not None else None
        if parts is not None and parts.quantity == quantity:
            # What the parts come to counts where nothing is typed in.
            quantity = None
        least = decimal_places(quantity) if quantity is not None else 0
        looks = self.looks(num_format=number_format(ColumnKind.QUANTITY, max(row.measure.decimals, least)))
        if quantity is None:
            self.sheet.write_blank(number, index, None, looks)
        else:
            write_exact(self.sheet, number, index, quantity, looks)
        cell = self.template.cell(Role.QUANTITY, number, year)
        label = self.template.contract.years[year].label
        self.sheet.data_validation(number, index, number, index, quantity_rule(row.measure, cell, label))

    def write_others(self, number: int, commitment: Commitment | None, *, is_local: bool) -> None:
        """Share, promise per pound, ward, cost and statement; a local measure cannot be kept outside."""
        template = self.template
        share = commitment.contract_share if commitment else Decimal(1)
        shown = self.looks(num_format=number_format(ColumnKind.PERCENT, decimal_places(share)))
        column = template.index(Role.SHARE)
        write_exact(self.sheet, number, column, share, shown)
        self.sheet.data_validation(number, column, number, column, SHARE_RULE)
        if template.has_rates:
            self._write_rate(number, commitment)
        self._write_ward(number, commitment, is_local=is_local)
        self._write_amount(number, Role.COST, commitment.cost if commitment else None, _POUNDS, COST_RULE)
        statement = commitment.statement if commitment else ""
        looks = self.looks(text_wrap=True, align="left", indent=1, num_format="@")
        write_text(self.sheet, number, template.index(Role.STATEMENT), statement, looks)

    def _write_rate(self, number: int, commitment: Commitment | None) -> None:
        rate = commitment.rate if commitment else None
        self._write_amount(number, Role.RATE, rate.quantity if rate else None, "General", RATE_RULE)
        self._write_amount(number, Role.RATE_PER, rate.per_pounds if rate else None, _POUNDS, RATE_PER_RULE)

    def _write_amount(
        self, number: int, role: Role, amount: Decimal | None, shown: str, rule: dict[str, object]
    ) -> None:
        column, looks = self.template.index(role), self.looks(num_format=shown)
        if amount is None:
            self.sheet.write_blank(number, column, None, looks)
        else:
            write_exact(self.sheet, number, column, amount, looks)
        self.sheet.data_validation(number, column, number, column, rule)

    def _write_ward(self, number: int, commitment: Commitment | None, *, is_local: bool) -> None:
        template, column = self.template, self.template.index(Role.WARD)
        name = template.ward_name(commitment.place if commitment else WHOLE_AREA)
        looks = self.looks(align="left", indent=1, text_wrap=True, num_format="@")
        write_text(self.sheet, number, column, name, looks)
        if not template.ward_names:
            return
        most = len(template.ward_names) - (1 if is_local else 0)
        self.sheet.data_validation(number, column, number, column, ward_rule(f"={STAMP}!$D$2:$D${most + 1}"))
