"""The cells of a bidder's workbook as text, and who the bidder is; what is wrong is told with its place."""

from dataclasses import dataclass, field

from tomsapp.domain.alike import alike
from tomsapp.domain.facts import Fact
from tomsapp.domain.problems import Problem, Where, problem_at
from tomsapp.domain.supplier import SUPPLIER, Supplier, SupplierKind
from tomsapp.domain.wording import listed
from tomsapp.exchange.grid import CellUnreadable, Grid, GridRow, text_of, text_or_nothing
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.tenders.book_layout import FILL_IN, ORGANISATION, ORGANISATION_FACTS
from tomsapp.exchange.workbook_columns import column_letter

PUT_BACK = "Put it back as it was in the workbook of the pack"


@dataclass
class BookCells:
    """A workbook that came back; `found` gathers what is wrong with it."""

    book: OpenedBook
    file: str
    found: list[Problem] = field(default_factory=list, kw_only=True)

    def bidder(self) -> Supplier:
        """Who offers, by the sheet of the organisation.

        Raises:
            OfferUnreadable: there is no such sheet.
        """
        grid = self._sheet(ORGANISATION)
        rows = {alike(text_or_nothing(row.cell(0))): row for row in grid.rows}
        told: dict[str, str] = {}
        for name, title in ORGANISATION_FACTS.items():
            row = rows.get(alike(f"{FILL_IN}{title}"))
            if row is None:
                self._problem("row-missing", f"The row “{title}” is not there any more", PUT_BACK, ORGANISATION)
            else:
                fact = Fact("kind", title) if name == "kind" else SUPPLIER.fact(name)
                told[name] = self._text(row, 1, ORGANISATION, fact)
        kinds = {alike(kind.words): kind for kind in SupplierKind}
        said = {name: told.get(name, "") for name in ORGANISATION_FACTS}
        return Supplier(
            said["name"],
            kinds.get(alike(said["kind"]), SupplierKind.SME),
            said["registration"],
            contact_name=said["contact_name"],
            contact_email=said["contact_email"],
        )

    def _sheet(self, name: str) -> Grid:
        found = self.book.find(name)
        if found is None:
            there = listed([f"“{grid.name}”" for grid in self.book.sheets])
            raise OfferUnreadable(f"{self.file} has no sheet “{name}”, only {there}", PUT_BACK)
        return found

    def _text(self, row: GridRow, column: int | None, sheet: str, fact: Fact, measure: str = "") -> str:
        try:
            text = text_of(row.cell(column), as_shown=True).strip()
        except CellUnreadable as error:
            self._problem(error.code, error.message, error.fix, sheet, row.number, column, measure)
            return ""
        fault = fact.line_fault(text)
        if fault is None:
            return text
        message = f"“{fact.label}” {fault.message.removeprefix('It ')}"
        self._problem(f"text-{fault.code}", message, fault.fix, sheet, row.number, column, measure)
        return ""

    def _problem(
        self,
        code: str,
        message: str,
        fix: str,
        sheet: str,
        row: int | None = None,
        column: int | None = None,
        measure: str = "",
    ) -> None:
        letter = "" if column is None else column_letter(column)
        self.found.append(problem_at(code, message, fix, Where(self.file, sheet, row, letter, measure=measure)))
