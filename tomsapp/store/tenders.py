"""Tenders in the database as they are set up: facts, lots, measures, questions, and what bidders ask."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import func
from sqlmodel import col, select

from tomsapp.domain.contract import YearSpend
from tomsapp.domain.history import Stored
from tomsapp.domain.lookalikes import drawn
from tomsapp.domain.tender.asked import BIDDER_QUESTION, BidderQuestion
from tomsapp.domain.tender.lot import LOT, Lot
from tomsapp.domain.tender.question import QUESTION, Question
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE, TenderMeasure
from tomsapp.store.errors import EditConflict, StoreError
from tomsapp.store.mapping import facts_of, in_order_of_years
from tomsapp.store.records import RecordRepository, Records, Repository, Scope, number
from tomsapp.store.tables import ChangeRow, EditionRow
from tomsapp.store.tender_tables import (
    BidderQuestionRow,
    LotRow,
    LotYearRow,
    Numbered,
    OfTender,
    QuestionRow,
    TenderMeasureRow,
    TenderRow,
)

R = TypeVar("R")
RowT = TypeVar("RowT", bound=OfTender)
NumberedT = TypeVar("NumberedT", bound=Numbered)


class TenderRepository(RecordRepository[Tender, TenderRow]):
    """The tenders, within one transaction. What is set up of a deleted one goes with it."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, TENDER, TenderRow)

    def _order(self) -> tuple[Any, ...]:
        return (func.lower(TenderRow.reference),)

    def add(self, record: Tender) -> Stored[Tender]:
        """Save a new tender.

        Raises:
            StoreError: the reference is in use, or the edition is not in the database.
        """
        columns = self._columns(record)
        self._check(record, None)
        return self._stored(self._rows.add(TenderRow(**columns)))

    def save(self, record_id: int, expected_version: int, record: Tender) -> Stored[Tender]:
        """Save a tender that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
            StoreError: the reference is in use, or the edition is not in the database.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        columns = self._columns(record, row)
        self._check(record, record_id)
        self._rows.write(row, columns)
        return self._stored(row)

    def restore(self, record_id: int) -> Stored[Tender]:
        """Bring a deleted tender back.

        Raises:
            StoreError: its reference is in use by now.
        """
        row = self._rows.get(record_id, locked=True)
        self._check(self._record(row), record_id)
        self._rows.restore(row)
        return self._stored(row)

    def _check(self, tender: Tender, tender_id: int | None) -> None:
        same = self.find_by_reference(tender.reference)
        if same is not None and same.id != tender_id:
            message = f"There is already a tender with the reference “{tender.reference}”"
            raise StoreError(message, "Give this one another reference")
        if not tender.menu and not tender.edition:
            return
        kept = select(EditionRow.id).where(
            col(EditionRow.code) == tender.menu, col(EditionRow.edition) == tender.edition
        )
        if self._session.exec(kept).first() is None:
            message = f"The menu {tender.menu} {tender.edition} is not in this database"
            raise StoreError(message, "Choose one that is installed")

    def hold(self, tender_id: int) -> Stored[Tender]:
        """The tender with this number, which nobody else can save before this transaction ends.

        Raises:
            NotFound: there is none.
        """
        return self._stored(self._rows.get(tender_id, locked=True))

    def numbers(self) -> list[int]:
        """The numbers of all tenders, deleted ones too."""
        return [number(row_id) for row_id in self._session.exec(select(TenderRow.id).order_by(col(TenderRow.id)))]

    def find_by_reference(self, reference: str) -> Stored[Tender] | None:
        """The tender with this reference that is not deleted, or None."""
        query = select(TenderRow).where(col(TenderRow.reference) == reference, col(TenderRow.deleted).is_(False))
        row = self._session.exec(query).first()
        return None if row is None else self._stored(row)

    def references_like(self, reference: str) -> dict[int, str]:
        """The references of tenders that people would take for this one, by the tenders' numbers."""
        query = select(TenderRow.id, TenderRow.reference).where(col(TenderRow.deleted).is_(False))
        wanted, found = drawn(reference), self._session.exec(query.order_by(col(TenderRow.id)))
        return {number(row_id): each for row_id, each in found if drawn(each) == wanted}


class OfTenderRepository(Repository[R, RowT], Generic[R, RowT]):
    """Records of one kind that belong to tenders, within one transaction."""

    def of(self, tender_id: int) -> list[Stored[R]]:
        """Those of a tender that are not deleted, in their order."""
        return self.by_tender([tender_id])[tender_id]

    def by_tender(self, numbers: Iterable[int]) -> dict[int, list[Stored[R]]]:
        """Those of tenders with these numbers that are not deleted, in their order; a few thousand tenders at most."""
        wanted = sorted(numbers)
        query = (
            select(self._row_type, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(self._row_type.change_id))
            .where(col(self._row_type.tender_id).in_(wanted), col(self._row_type.deleted).is_(False))
            .order_by(col(self._row_type.tender_id), *self._order(), col(self._row_type.id))
        )
        found: dict[int, list[Stored[R]]] = {tender_id: [] for tender_id in wanted}
        rows = [row for row, _ in self._session.exec(query)]
        for row, stored in zip(rows, self._all_stored(rows), strict=True):
            found[row.tender_id].append(stored)
        return found

    def _all_stored(self, rows: Sequence[RowT]) -> list[Stored[R]]:
        return [self._stored(row) for row in rows]

    def tender_of(self, record_id: int) -> int:
        """The number of the tender that a record belongs to.

        Raises:
            NotFound: there is no such record.
        """
        return self._rows.get(record_id).tender_id

    def add(self, tender_id: int, record: R) -> Stored[R]:
        """Save a new record of a tender."""
        row = self._rows.add(self._row_type(**self._columns(record), tender_id=tender_id))
        self._align(row, record)
        return self._stored(row)

    def save(self, record_id: int, expected_version: int, record: R) -> Stored[R]:
        """Save a record that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        changed = self._align(row, record)
        self._rows.write(row, self._columns(record, row), even_if_same=changed)
        return self._stored(row)

    def _align(self, row: RowT, record: R) -> bool:
        """Make the rows of the parts of a record be as it says; says whether anything changed."""
        del row, record
        return False


class NumberedRepository(OfTenderRepository[R, NumberedT], Generic[R, NumberedT]):
    """Records of a tender that are known by a number, in the order of their numbers."""

    def _order(self) -> tuple[Any, ...]:
        return (col(self._row_type.number),)

    def next_number(self, tender_id: int) -> int:
        """The number of the next one: one more than the last that is there."""
        mine = (col(self._row_type.tender_id) == tender_id, col(self._row_type.deleted).is_(False))
        return (self._session.exec(select(func.max(self._row_type.number)).where(*mine)).one() or 0) + 1

    def check_numbers(self, tender_id: int) -> None:
        """Make sure that no two of a tender have one number.

        Raises:
            StoreError: two have.
        """
        numbers = [self._kind.values(stored.record)["number"] for stored in self.of(tender_id)]
        twice = next((each for each in numbers if numbers.count(each) > 1), None)
        if twice is not None:
            message = f"There are two {self._kind.plural} with the number {twice}"
            raise StoreError(message, "Somebody added one meanwhile: open the tender again")


class LotRepository(NumberedRepository[Lot, LotRow]):
    """The lots, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, LOT, LotRow)
        self._years = Records(scope, LotYearRow, "Spend of a lot")

    def _apart_of(self, row: LotRow) -> dict[str, Any]:
        return {"spend": _spend_of(self._years_of([number(row.id)]))}

    def _all_stored(self, rows: Sequence[LotRow]) -> list[Stored[Lot]]:
        years: dict[int, list[LotYearRow]] = defaultdict(list)
        for year in self._years_of([number(row.id) for row in rows]):
            years[year.lot_id].append(year)
        return [
            self._scope.stored(row, Lot(**facts_of(LOT, row), spend=_spend_of(years[number(row.id)]))) for row in rows
        ]

    def _years_of(self, lots: Sequence[int]) -> list[LotYearRow]:
        """The rows of the years of lots, those that are marked as deleted too."""
        return list(self._session.exec(select(LotYearRow).where(col(LotYearRow.lot_id).in_(lots))))

    def _align(self, row: LotRow, record: Lot) -> bool:
        lot_id = number(row.id)
        wanted = {
            spend.year: LotYearRow(lot_id=lot_id, year_index=spend.year, amount=spend.amount) for spend in record.spend
        }
        return self._years.align({year.year_index: year for year in self._years_of([lot_id])}, wanted)


def _spend_of(years: Iterable[LotYearRow]) -> tuple[YearSpend, ...]:
    return in_order_of_years(YearSpend(year.year_index, year.amount) for year in years if not year.deleted)


class TenderMeasureRepository(OfTenderRepository[TenderMeasure, TenderMeasureRow]):
    """The measures of tenders, within one transaction, by their codes."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, TENDER_MEASURE, TenderMeasureRow)

    def _order(self) -> tuple[Any, ...]:
        return (col(TenderMeasureRow.measure),)

    def add(self, tender_id: int, record: TenderMeasure) -> Stored[TenderMeasure]:
        """Save a new measure of a tender; where it was removed before, in the place of that.

        Raises:
            EditConflict: the tender has it already.
        """
        columns = self._columns(record)
        query = select(TenderMeasureRow).where(
            col(TenderMeasureRow.tender_id) == tender_id, col(TenderMeasureRow.measure) == record.measure
        )
        held = self._session.exec(query).first()
        if held is None:
            return self._stored(self._rows.add(TenderMeasureRow(**columns, tender_id=tender_id)))
        if not held.deleted:
            raise EditConflict(self._stored(held))
        row = self._rows.get(number(held.id), locked=True)
        self._rows.write(row, columns)
        return self._stored(row)


class QuestionRepository(NumberedRepository[Question, QuestionRow]):
    """The questions of tenders, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, QUESTION, QuestionRow)


class BidderQuestionRepository(OfTenderRepository[BidderQuestion, BidderQuestionRow]):
    """What bidders asked, within one transaction, by days."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, BIDDER_QUESTION, BidderQuestionRow)

    def _order(self) -> tuple[Any, ...]:
        return (col(BidderQuestionRow.asked_on),)
