"""Evidence, person numbers and attachments in the database, and the files that they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from tomsapp.domain.delivery.evidence import ATTACHMENT, EVIDENCE, STORED_FILE, Attachment, Evidence, StoredFile
from tomsapp.domain.delivery.people import DELIVERY_PERSON, DeliveryPerson
from tomsapp.domain.history import Stored
from tomsapp.store.errors import NotFound
from tomsapp.store.evidence_tables import AttachmentRow, DeliveryPersonRow, EvidenceRow, OfContract, StoredFileRow
from tomsapp.store.kept import sha256_of, whole
from tomsapp.store.person_claims import KeptPersonClaim, read_person_claims
from tomsapp.store.records import Records, Repository, Scope
from tomsapp.store.tables import ChangeRow, HistoryRow

R = TypeVar("R")
RowT = TypeVar("RowT", bound=OfContract)


class OfContractRepository(Repository[R, RowT], Generic[R, RowT]):
    """Records of one kind that belong to contracts, within one transaction."""

    def of(self, contract_id: int) -> list[Stored[R]]:
        """Those of a contract that are not deleted, in the order in which they came."""
        query = (
            select(self._row_type, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(self._row_type.change_id))
            .where(col(self._row_type.contract_id) == contract_id, col(self._row_type.deleted).is_(False))
            .order_by(col(self._row_type.id))
        )
        return [self._stored(row) for row, _ in self._session.exec(query)]

    def add(self, contract_id: int, record: R) -> Stored[R]:
        """Save a new record of a contract."""
        return self._stored(self._rows.add(self._row_type(**self._columns(record), contract_id=contract_id)))

    def save(self, record_id: int, expected_version: int, record: R) -> Stored[R]:
        """Save a record that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, self._columns(record))
        return self._stored(row)


class EvidenceRepository(OfContractRepository[Evidence, EvidenceRow]):
    """The evidence, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, EVIDENCE, EvidenceRow)

    def with_files(self, digests: Iterable[str]) -> list[tuple[int, Stored[Evidence]]]:
        """The evidence of all contracts that stands in these files, with the contract's number."""
        wanted = sorted(set(digests) - {""})
        return self._read(sql_select(EvidenceRow, ChangeRow).where(col(EvidenceRow.sha256).in_(wanted)))

    def files_kept_until_before(self, day: date) -> frozenset[str]:
        """The files of which some evidence was to be kept until a day that lies before this one."""
        query = select(EvidenceRow.sha256).where(
            col(EvidenceRow.deleted).is_(False), col(EvidenceRow.keep_until) < day, col(EvidenceRow.sha256) != ""
        )
        return frozenset(self._session.exec(query))

    def _read(self, query: Select[*tuple[Any, ...]]) -> list[tuple[int, Stored[Evidence]]]:
        query = query.join(ChangeRow, col(ChangeRow.id) == col(EvidenceRow.change_id))
        query = query.where(col(EvidenceRow.deleted).is_(False)).order_by(col(EvidenceRow.id))
        return [(row.contract_id, self._stored(row)) for row, _ in self._session.execute(query)]


class PersonRepository(Repository[DeliveryPerson, DeliveryPersonRow]):
    """The person numbers, within one transaction: each belongs to a delivery."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, DELIVERY_PERSON, DeliveryPersonRow)

    def by_delivery(self, contract_id: int) -> dict[int, list[Stored[DeliveryPerson]]]:
        """The people behind each delivery of a contract, by the delivery's number, in the order in which they came."""
        query = (
            select(DeliveryPersonRow, ChangeRow)
            .join(ChangeRow, col(ChangeRow.id) == col(DeliveryPersonRow.change_id))
            .where(col(DeliveryPersonRow.contract_id) == contract_id, col(DeliveryPersonRow.deleted).is_(False))
            .order_by(col(DeliveryPersonRow.id))
        )
        found: dict[int, list[Stored[DeliveryPerson]]] = {}
        for row, _ in self._session.exec(query):
            found.setdefault(row.delivery_id, []).append(self._stored(row))
        return found

    def claims(self, contract_id: int) -> list[KeptPersonClaim]:
        """The person numbers of a contract's supplier, in this contract and its others: see `person_claims`."""
        return read_person_claims(self._session, contract_id)

    def add(self, contract_id: int, delivery_id: int, person: DeliveryPerson) -> Stored[DeliveryPerson]:
        """Save a person behind a delivery of the contract."""
        columns = {**self._columns(person), "contract_id": contract_id, "delivery_id": delivery_id}
        return self._stored(self._rows.add(DeliveryPersonRow(**columns)))

    def save(self, record_id: int, expected_version: int, person: DeliveryPerson) -> Stored[DeliveryPerson]:
        """Save a person that was read at `expected_version`.

        Raises:
            EditConflict: somebody saved it since.
            NotFound: there is none with this number.
        """
        row = self._rows.claim(record_id, expected_version, self._stored)
        self._rows.write(row, self._columns(person))
        return self._stored(row)


class AttachmentRepository(OfContractRepository[Attachment, AttachmentRow]):
    """The papers of contracts, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, ATTACHMENT, AttachmentRow)

    def added(self, contract_id: int) -> dict[int, tuple[str, datetime]]:
        """Who added each paper of a contract and when, by the paper's number."""
        query = (
            select(HistoryRow.record_id, ChangeRow.who, ChangeRow.at)
            .join(ChangeRow, col(ChangeRow.id) == col(HistoryRow.change_id))
            .where(col(HistoryRow.kind) == ATTACHMENT.key, col(HistoryRow.contract_id) == contract_id)
            .order_by(col(HistoryRow.id).desc())
        )
        return {number: (who, at) for number, who, at in self._session.exec(query)}

    def files(self) -> frozenset[str]:
        """The files that papers of contracts stand in, by their SHA-256."""
        query = select(AttachmentRow.sha256).where(col(AttachmentRow.deleted).is_(False))
        return frozenset(self._session.exec(query))


class FileRepository:
    """The files, each kept once by its content, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._session = scope.session
        self._rows = Records(scope, StoredFileRow, "File")

    def keep(self, content: bytes, media_type: str) -> StoredFile:
        """Keep a file, once however often it comes; one whose bytes were deleted is kept again."""
        digest = sha256_of(content)
        row = self._here(digest)
        if row is None:
            row = self._rows.add(
                StoredFileRow(content=content, content_sha256=digest, size=len(content), media_type=media_type)
            )
        return _file_of(row)

    def _here(self, digest: str) -> StoredFileRow | None:
        query = select(StoredFileRow).where(
            col(StoredFileRow.content_sha256) == digest, col(StoredFileRow.removed_on).is_(None)
        )
        return self._session.exec(query).first()

    def of(self, digests: Iterable[str]) -> dict[str, StoredFile]:
        """What is known of files, by their SHA-256; where one was deleted and came again, of what is here."""
        columns = [getattr(StoredFileRow, fact.column_name) for fact in STORED_FILE.facts]
        # A file is changed but once, when its bytes are deleted: who did that is in its change.
        query = (
            sql_select(*columns, col(ChangeRow.who))
            .join(ChangeRow, col(ChangeRow.id) == col(StoredFileRow.change_id))
            .where(col(StoredFileRow.content_sha256).in_(sorted(set(digests))))
            .order_by(col(StoredFileRow.removed_on).is_(None), col(StoredFileRow.id))
        )
        return {told[0]: _told(told, who) for *told, who in self._session.execute(query)}

    def content(self, digest: str) -> bytes:
        """The bytes of a file as they are here now.

        Raises:
            NotFound: they were deleted, or never here.
            StoreError: they are not those that were stored.
        """
        row = self._here(digest)
        if row is None:
            raise NotFound("The file is not here any more", "Its bytes were deleted; its SHA-256 and size are kept")
        return whole(row.content, digest, "The file")

    def remove(self, digest: str, on: date, because: str) -> None:
        """Delete the bytes of a file for good; its SHA-256, size, the day, the reason and who did it stay.

        Raises:
            NotFound: they are not here.
        """
        row = self._here(digest)
        if row is None:
            raise NotFound("The file is not here any more", "Its bytes were deleted before")
        self._rows.write(row, {"content": b"", "removed_on": on, "removed_because": because})


def _told(told: Sequence[Any], who: str) -> StoredFile:
    stored = StoredFile(*told)
    return stored if stored.removed_on is None else replace(stored, removed_by=who)


def _file_of(row: StoredFileRow) -> StoredFile:
    told: dict[str, Any] = {fact.name: getattr(row, fact.column_name) for fact in STORED_FILE.facts}
    return StoredFile(**told)
