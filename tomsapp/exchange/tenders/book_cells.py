"""The cells of a bidder's workbook as text, and who the bidder is; what is wrong is told with its place."""

from tomsapp.domain.alike import alike
from tomsapp.domain.facts import Fact
from tomsapp.domain.supplier import SUPPLIER, Supplier, SupplierKind
from tomsapp.exchange.grid import GridRow
from tomsapp.exchange.own_sheets import OwnReader, own_sheet, rows_by_label
from tomsapp.exchange.sheets.opened import OpenedBook
from tomsapp.exchange.tenders.book_layout import FILL_IN, ORGANISATION, ORGANISATION_FACTS

PUT_BACK = "Put it back as it was in the workbook of the pack"


class BookCells(OwnReader):
    """A workbook that came back; `found` gathers what is wrong with it."""

    def __init__(self, book: OpenedBook, file: str) -> None:
        super().__init__(file)
        self.book = book

    def bidder(self) -> Supplier:
        """Who offers, by the sheet of the organisation.

        Raises:
            OfferUnreadable: there is no such sheet.
        """
        rows = rows_by_label(own_sheet(self.book, ORGANISATION, self.file, PUT_BACK))
        told: dict[str, str] = {}
        for name, title in ORGANISATION_FACTS.items():
            row = rows.get(alike(f"{FILL_IN}{title}"))
            if row is None:
                self.problem("row-missing", f"The row “{title}” is not there any more", PUT_BACK, ORGANISATION)
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

    def _text(self, row: GridRow, column: int | None, sheet: str, fact: Fact, measure: str = "") -> str:
        text = (self.text(row.cell(column), sheet, row.number, column, measure, as_shown=True) or "").strip()
        fault = fact.line_fault(text)
        if fault is None:
            return text
        message = f"“{fact.label}” {fault.message.removeprefix('It ')}"
        self.problem(f"text-{fault.code}", message, fault.fix, sheet, row.number, column, measure)
        return ""
