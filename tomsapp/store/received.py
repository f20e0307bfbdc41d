"""The files that came in for tenders: each is kept for good, byte for byte, and what is said of it is its receipt."""

from typing import Any

from sqlalchemy import Select, case, func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from tomsapp.domain.history import Stored
from tomsapp.domain.tender.deadline import LONDON
from tomsapp.domain.tender.left_file import MOST_NOTE, WHY_LEFT, read_left_file
from tomsapp.domain.tender.receipt import RECEIPT, Receipt, ReceivedFile
from tomsapp.store.bid_tables import ReceiptRow, ReceivedFileRow
from tomsapp.store.errors import NotFound
from tomsapp.store.kept import add_kept, sha256_of, whole
from tomsapp.store.records import Repository, Scope
from tomsapp.store.tables import ChangeRow, SupplierRow
from tomsapp.store.tender_tables import TenderRow


class ReceivedFileRepository:
    """The files that were received, within one transaction; what is said of each is its receipt."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(self, tender_id: int, name: str, content: bytes) -> int:
        """Keep a file for good, as the next of its tender; gives its number in the database."""
        # Of two who receive at once the second waits here for the first, so that each receipt has its own number.
        self._session.get_one(TenderRow, tender_id, with_for_update=True)
        last = select(func.max(ReceivedFileRow.number)).where(col(ReceivedFileRow.tender_id) == tender_id)
        row = ReceivedFileRow(
            change_id=self._scope.change_id(),
            content=content,
            content_sha256=sha256_of(content),
            tender_id=tender_id,
            number=(self._session.exec(last).one() or 0) + 1,
            name=name,
        )
        return add_kept(self._session, row)

    def of(self, tender_id: int, zone: str = LONDON) -> list[tuple[int, ReceivedFile]]:
        """The files of a tender with what their receipts say, in the order of receipt, by their numbers here.

        The portal's time is told by the clock of a zone: that of the tender's deadline.
        """
        return [(row.id, _file_of(row, zone)) for row in self._session.execute(_received(tender_id))]

    def tender_of(self, file_id: int) -> int:
        """The number of the tender for which a file was received.

        Raises:
            NotFound: there is none with this number.
        """
        row = self._session.get(ReceivedFileRow, file_id)
        if row is None:
            raise NotFound(f"There is no received file {file_id}", "Open the tender again")
        return row.tender_id

    def content(self, file_id: int) -> bytes:
        """The bytes of a file as they are here now.

        Raises:
            NotFound: there is none with this number.
            StoreError: they are not those that were received.
        """
        row = self._session.get(ReceivedFileRow, file_id)
        if row is None:
            raise NotFound(f"There is no received file {file_id}", "Open the tender again")
        return whole(row.content, row.content_sha256, "The file")


def _received(tender_id: int) -> Select[*tuple[Any, ...]]:
    file, receipt = ReceivedFileRow, ReceiptRow
    # What is kept in the place of a file that is too large is a note of a few words.
    note = case((func.length(col(file.content)) <= MOST_NOTE, col(file.content)), else_=None).label("note")
    columns: tuple[Any, ...] = (
        note,
        *(col(file.id), col(file.number), col(file.name), col(file.content_sha256)),
        *(func.length(col(file.content)).label("size"), col(ChangeRow.at), col(SupplierRow.name).label("supplier")),
        *(col(receipt.lot), col(receipt.portal_on), col(receipt.portal_time), col(receipt.pack_version)),
        *(col(receipt.unfinished), col(receipt.refused), col(receipt.ask_for)),
    )
    return (
        sql_select(*columns)
        .join_from(file, ChangeRow, col(ChangeRow.id) == col(file.change_id))
        .join(receipt, col(receipt.received_file_id) == col(file.id), isouter=True)
        .join(SupplierRow, col(SupplierRow.id) == col(receipt.supplier_id), isouter=True)
        .where(col(file.tender_id) == tender_id)
        .order_by(col(file.number))
    )


def _file_of(row: Any, zone: str) -> ReceivedFile:
    # A stranger's file that reads like a note is none: it was refused for another reason.
    left = read_left_file(row.note) if row.note and row.refused == WHY_LEFT else None
    return ReceivedFile(
        number=row.number,
        name=row.name,
        sha256=left.sha256 if left else row.content_sha256,
        size=left.size if left else row.size,
        received_at=row.at,
        portal_at=Receipt(portal_on=row.portal_on, portal_time=row.portal_time or "").portal_at(zone),
        supplier=row.supplier or "",
        lot=row.lot,
        pack_version=row.pack_version,
        unfinished=row.unfinished or "",
        refused=row.refused or "",
        ask_for=row.ask_for or "",
        is_kept=left is None,
    )


class ReceiptRepository(Repository[Receipt, ReceiptRow]):
    """What is said of received files, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, RECEIPT, ReceiptRow)

    def _apart_of(self, row: ReceiptRow) -> dict[str, Any]:
        return {"supplier": supplier_name(self._scope, row.supplier_id)}

    def by_file(self, tender_id: int) -> dict[int, Stored[Receipt]]:
        """What is said of the files of a tender, by the number of the file."""
        # With the suppliers and changes that they name, which would be asked for one by one.
        query = (
            select(ReceiptRow, ChangeRow, SupplierRow)
            .join(ReceivedFileRow, col(ReceivedFileRow.id) == col(ReceiptRow.received_file_id))
            .join(ChangeRow, col(ChangeRow.id) == col(ReceiptRow.change_id))
            .join(SupplierRow, col(SupplierRow.id) == col(ReceiptRow.supplier_id), isouter=True)
            .where(col(ReceivedFileRow.tender_id) == tender_id)
            .order_by(col(ReceiptRow.received_file_id))
        )
        return {row.received_file_id: self._stored(row) for row, *_ in self._session.exec(query)}

    def add(self, file_id: int, receipt: Receipt, supplier_id: int | None = None) -> Stored[Receipt]:
        """Save what is said of a file that was kept before it."""
        columns: dict[str, Any] = {**self._columns(receipt), "supplier_id": supplier_id, "received_file_id": file_id}
        return self._stored(self._rows.add(ReceiptRow(**columns)))

    def assign(self, record_id: int, expected_version: int, supplier_id: int | None) -> Stored[Receipt]:
        """Save whose file it is.

        Raises:
            EditConflict: somebody saved it since.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, {"supplier_id": supplier_id})
        return self._stored(row)

    def save(self, record_id: int, expected_version: int, receipt: Receipt) -> Stored[Receipt]:
        """Save what is said of a file, which was read at `expected_version`; whose it is, `assign` says.

        Raises:
            EditConflict: somebody saved it since.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, self._columns(receipt, row))
        return self._stored(row)


def supplier_name(scope: Scope, supplier_id: int | None) -> str:
    """What a supplier is called now; empty of none."""
    if supplier_id is None:
        return ""
    row: SupplierRow = scope.session.get_one(SupplierRow, supplier_id)
    return row.name
