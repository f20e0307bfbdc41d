"""The cells that a tender adds to each row of commitments, and the formula of what is left to do in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tomsapp.domain.checks import words
from tomsapp.domain.checks.words import Words
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.tender import words as told
from tomsapp.domain.units import UnitForm
from tomsapp.domain.wording import small_first
from tomsapp.exchange.colours import BORDER, SURFACE_ALT, TEXT_MUTED, WARNING
from tomsapp.exchange.tables import ColumnKind
from tomsapp.exchange.tables_xlsx import Formats, write_exact, write_text
from tomsapp.exchange.tenders.book_declarations import to_do_cell
from tomsapp.exchange.tenders.book_layout import CHECK, LISTS, MANY_COLUMN, STAFF_WORDS, YEAR_TO_DO, OfferBook
from tomsapp.exchange.tenders.formulas import as_text, either, literal, number_text, when
from tomsapp.exchange.workbook_asked import WORKINGS, worked_out, workings_row
from tomsapp.exchange.workbook_columns import Role, column_letter
from tomsapp.exchange.workbook_layout import COMMITMENTS, SheetRow
from tomsapp.exchange.workbook_rules import choice_rule
from tomsapp.exchange.workbook_sheets import input_format
from tomsapp.exchange.workbook_spare import SpareLookup

_LINE = {"bottom": 1, "bottom_color": BORDER}
NO_TARGET = "No target"
LEFT = "Left to do"
_TOP_COLUMN = 6
"""Behind the live totals."""


@dataclass
class AskedCells:
    """Writes target, staff, who delivers, project, and what is left to do."""

    book: OfferBook
    formats: Formats
    sheet: Any = field(default=None)

    def start(self, sheet: Any) -> None:
        """Take the sheet of commitments, and say at its top how much is left to do."""
        self.sheet = sheet
        sheet.write_string(2, _TOP_COLUMN, LEFT, self.formats.get(font_color=TEXT_MUTED, text_wrap=True))
        sheet.write_formula(3, _TOP_COLUMN, f"={CHECK}!$D$3", self.formats.get(bold=True, font_size=14), "")

    def write(self, number: int, row: SheetRow | None) -> None:
        """The cells of a row, counted from 0; None where its measure is chosen in it."""
        measure = row.measure if row is not None else None
        said = row.said if row is not None else None
        self._write_target(number, measure)
        staff = said.staff.words if said and said.staff else ""
        if measure is None or measure.employment_outcome or staff:
            self._write_input(number, Role.STAFF, staff)
            column = self.book.template.index(Role.STAFF)
            rule = choice_rule(list(STAFF_WORDS), "Staff", "Whether the people are new in the job, had it before, or "
                               "come over to you with the work (TUPE).")  # fmt: skip
            self.sheet.data_validation(number, column, number, column, rule)
        else:
            shaded = self.formats.get(bg_color=SURFACE_ALT, **_LINE)
            self.sheet.write_blank(number, self.book.template.index(Role.STAFF), None, shaded)
        self._write_input(number, Role.DELIVERED_BY, said.delivered_by if said else "")
        project = row.commitment.project if row is not None and row.commitment is not None else ""
        self._write_input(number, Role.PROJECT, project)
        looks = self.formats.get(text_wrap=True, indent=1, font_color=WARNING, **_LINE)
        formula = RowChecks(self.book, number, measure).formula
        self.sheet.write_formula(number, self.book.template.index(Role.TO_DO), formula, looks, "")

    def _write_target(self, number: int, measure: Measure | None) -> None:
        column = self.book.template.index(Role.TARGET)
        target = self.book.targets.get(measure.code) if measure is not None else None
        if target is None:
            text = NO_TARGET if measure is not None else ""
            looks = self.formats.get(align="right", font_color=TEXT_MUTED, font_size=9, **_LINE)
            self.sheet.write_string(number, column, text, looks)
            return
        looks = self.formats.number(ColumnKind.QUANTITY, target, 0, align="right", **_LINE)
        write_exact(self.sheet, number, column, target, looks)

    def _write_input(self, number: int, role: Role, text: str) -> None:
        looks = input_format(self.formats, align="left", text_wrap=True, indent=1, num_format="@")
        write_text(self.sheet, number, self.book.template.index(role), text, looks)


ON_OTHER_SHEET = f"{COMMITMENTS}!"


@dataclass(frozen=True)
class RowChecks:
    """What is left to do in a row of commitments, as a formula that says it in the words of the program."""

    book: OfferBook
    row: int
    measure: Measure | None
    sheet: str = ""
    """The sheet of the commitments with its mark, "Commitments!", where the formula stands on another."""

    @property
    def formula(self) -> str:
        """The formula of the cell: one sentence after the other, nothing where nothing is left."""
        parts = [*self._parts()]
        return f'=IF({self.is_used},TRIM({"&".join(parts)}),"")'

    @property
    def _years(self) -> range:
        return range(len(self.book.contract.years))

    def _cell(self, role: Role) -> str:
        return f"{self.sheet}${self.book.template.cell(role, self.row)}"

    def _range(self, role: Role) -> str:
        template, last = self.book.template, len(self.book.contract.years) - 1
        return f"{self.sheet}{template.cell(role, self.row, 0)}:{template.cell(role, self.row, last)}"

    @property
    def _results(self) -> str:
        """What the parts of all years come to."""
        place = self.row - self.book.template.first_row
        first, last = (worked_out(place, year, len(self._years)) for year in (0, len(self._years) - 1))
        return f"{first}:{last.partition('!')[2]}"

    @property
    def _rates(self) -> str:
        if not self.book.template.has_rates:
            return ""
        return f"{self._cell(Role.RATE)},{self._cell(Role.RATE_PER)}"

    @property
    def is_used(self) -> str:
        """Whether anything is filled in: a quantity, parts of one, a promise per pound, a cost or a statement."""
        # A formula with an empty text is something to COUNTA.
        return f"SUMPRODUCT(--(LEN({self._range(Role.QUANTITY)})>0))+{self._lengths}+COUNT({self._results})>0"

    @property
    def _lengths(self) -> str:
        cells = [self._cell(Role.COST), self._cell(Role.STATEMENT)]
        if self.book.template.has_rates:
            cells += [self._cell(Role.RATE), self._cell(Role.RATE_PER)]
        return "+".join(f"LEN({cell})" for cell in cells)

    @property
    def is_offered(self) -> str:
        """Whether it comes to something: a year has units, or a promise per pound."""
        has_rate = f"+COUNT({self._rates})" if self._rates else ""
        return f'COUNTIF({self._range(Role.COUNTED)},">0"){has_rate}>0'

    @property
    def has_quantity(self) -> str:
        """Whether a year has a number: typed in, or worked out."""
        return f"COUNT({self._range(Role.QUANTITY)},{self._results})>0"

    def _parts(self) -> list[str]:
        cell = self._cell
        has_rate = f"COUNT({self._rates})>0" if self._rates else "FALSE"
        parts = [when(f"AND(NOT({self.has_quantity}),NOT({has_rate}))", words.NO_QUANTITY)]
        parts += [f"{WORKINGS}!${column_letter(YEAR_TO_DO)}${self._workings(year) + 1}" for year in self._years]
        share = cell(Role.SHARE)
        parts.append(when(f"AND(ISNUMBER({share}),OR({share}<0,{share}>1))", words.SHARE_RANGE))
        if self._rates:
            rate, per = cell(Role.RATE), cell(Role.RATE_PER)
            parts.append(when(f"AND({has_rate},OR(N({rate})<=0,N({per})<=0))", words.RATE_RANGE))
        if applies := self._applies(lambda measure: measure.asks_statement):
            parts.append(when(f"AND({applies},LEN(TRIM({cell(Role.STATEMENT)}))=0)", words.NO_STATEMENT))
        local = self._applies(lambda measure: measure.local_only)
        if local and self.book.template.ward_names:
            outside = literal(self.book.template.ward_names[-1])
            parts.append(when(f"AND({local},{cell(Role.WARD)}={outside})", words.OUTSIDE))
        if applies := self._applies(lambda measure: bool(measure.employment_outcome)):
            parts.append(f'IF({applies},{self._staff()},"")')
        if self.measure is not None and self.measure.counts is not Counts.EACH_YEAR and len(self._years) > 1:
            parts.append(self._counted_again(self.measure))
        return parts

    def _applies(self, test: Callable[[Measure], bool]) -> str:
        """Whether something is asked of the row’s measure, as a formula where that is chosen; empty where never."""
        if self.measure is not None:
            return "TRUE" if test(self.measure) else ""
        codes = [measure.code for measure in self.book.template.listed if test(measure)]
        if not codes:
            return ""
        known = literal("".join(f",{code}" for code in (*codes, "")))
        return f'ISNUMBER(FIND(","&{self._cell(Role.CODE)}&",",{known}))'

    def _staff(self) -> str:
        """Whether the people are new is to be said, and only new ones are an employment outcome."""
        cell = self._cell(Role.STAFF)
        chosen = f'{self._cell(Role.CODE)}&" "&{self._cell(Role.TITLE)}'
        name = literal(self.measure.full_name) if self.measure else chosen
        choices = [(f"LEN(TRIM({cell}))=0", as_text(told.NO_STAFF))]
        for kind in PersonKind:
            if kind is not PersonKind.NEW:
                figures = {"measure": name, "staff": literal(small_first(kind.words))}
                choices.append((f"TRIM({cell})={literal(kind.words)}", as_text(told.NOT_NEW, **figures)))
        return either(*choices)

    def _counted_again(self, measure: Measure) -> str:
        years = f'COUNTIF({self._range(Role.COUNTED)},">0")'
        said = words.repeated(measure).filled(where="{where}", remedy=words.ONCE_EACH)
        left = f"LEN({to_do_cell(self.book, measure.code)})>0"
        return when(f"AND({years}>1,{left})", said, where=f'{years}&" years"')

    def _workings(self, year: int) -> int:
        return workings_row(self.row - self.book.template.first_row, year, len(self._years))

    def of_year(self, year: int) -> str:
        """What is left to do about a contract year, for its row on the sheet with the workings."""
        template, label = self.book.template, self.book.contract.years[year].label
        typed = f"{self.sheet}${template.cell(Role.QUANTITY, self.row, year)}"
        counted = f"{self.sheet}${template.cell(Role.COUNTED, self.row, year)}"
        number = self._workings(year) + 1
        parts = f"$E{number}:$G{number}"
        result = f"$I{number}"
        found = [
            when(f"AND(LEN({typed})>0,NOT(ISNUMBER({typed})))", told.TEXT_QUANTITY.filled(year=label)),
            when(f"AND(COUNT({parts})>0,NOT(ISNUMBER({result})))", told.PARTS_MISSING.filled(year=label)),
            self._differs(typed, result, label),
        ]
        found.append(self._blank(typed, result, label))
        if self.measure is not None:
            found += quantity_checks(counted, self.measure)
        else:
            found.append(when(f"N({counted})<0", words.NEGATIVE))
        return f"={'&'.join(found)}"

    def _differs(self, typed: str, result: str, label: str) -> str:
        said = Words(told.PARTS_DIFFER.message.replace("{year}", label), told.PARTS_DIFFER.fix)
        template = self.book.template
        places = SpareLookup(template).decimals(self.row) if self.measure is None else self.measure.decimals
        # What the parts come to may be rounded or cut to the decimals of the unit.
        allowed = (f"N({result})", f"ROUND(N({result}),{places})", f"ROUNDDOWN(N({result}),{places})")
        others = ",".join(f"ROUND(N({typed})-{number},8)<>0" for number in allowed)
        condition = f"AND(ISNUMBER({typed}),ISNUMBER({result}),{others})"
        return when(condition, said, quantity=number_text(typed), parts=number_text(result))

    def _blank(self, typed: str, result: str, label: str) -> str:
        """A year without a quantity beside one that has one, of a measure that is not counted just once."""
        applies = self._applies(lambda measure: measure.counts is not Counts.ONCE)
        if not applies:
            return '""'
        many = literal(self.measure.many_name) if self.measure else self._chosen_many()
        said = Words(told.BLANK_YEAR.message.replace("{year}", label), told.BLANK_YEAR.fix)
        has_rate = f",COUNT({self._rates})=0" if self._rates else ""
        blank = f"AND({applies},LEN({typed})=0,NOT(ISNUMBER({result})),{self.has_quantity}{has_rate})"
        return when(blank, said, many=many)

    def _chosen_many(self) -> str:
        """What several units of the measure are called that is chosen in the row."""
        place, last = SpareLookup(self.book.template).place(self.row), len(self.book.template.listed) + 1
        return f"INDEX({LISTS}!${MANY_COLUMN}$2:${MANY_COLUMN}${last},{place})"


def quantity_checks(cell: str, measure: Measure) -> list[str]:
    """What is wrong with the quantity of one year, worst first, as `checks.line.quantity_fault` says it."""
    fix = words.YES_OR_NO if measure.unit.form is UnitForm.YES_NO else ""

    def put(said: Words) -> Words:
        return Words(said.message, fix or said.fix)

    places = measure.decimals
    decimals = words.not_whole(measure) if places == 0 else words.too_precise(measure)
    most = measure.unit.most or int(words.MOST_QUANTITY)
    over = words.too_large(measure) if measure.unit.most else words.IMPOSSIBLE
    return [
        either(
            (f"N({cell})<0", as_text(put(words.NEGATIVE))),
            (f"N({cell})>{most}", as_text(put(over), quantity=number_text(cell))),
            (
                f"ROUND(N({cell}),{places})<>ROUND(N({cell}),8)",
                as_text(put(decimals), quantity=number_text(cell)),
            ),
        )
    ]
