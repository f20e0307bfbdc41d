"""The tables of evidence: files by their content, what they show, and person numbers."""

from datetime import date

from sqlalchemy import LargeBinary
from sqlmodel import Field

from tomsapp.domain.delivery.evidence import EvidenceKind
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.store.rows import Record, among
from tomsapp.store.types import Words


class StoredFileRow(Record, table=True):
    """A file by its content. Its bytes are empty once they were deleted; what it was stays."""

    __tablename__ = "stored_file"

    content: bytes = Field(sa_type=LargeBinary)
    content_sha256: str = Field(sa_type=Words, index=True)
    size: int
    media_type: str = Field(sa_type=Words)
    removed_on: date | None = None
    removed_because: str = Field(default="", sa_type=Words)


class OfContract(Record):
    """What belongs to a contract."""

    contract_id: int = Field(foreign_key="contract.id", index=True)


class EvidenceRow(OfContract, table=True):
    """A piece of evidence. `deliveries` holds the numbers of those that it is offered for, one a line.

    `sha256` names the stored file, and is empty where it is by reference only.
    """

    __tablename__ = "evidence"
    __table_args__ = (among("kind", EvidenceKind),)

    name: str = Field(sa_type=Words)
    kind: str = Field(sa_type=Words)
    reference: str = Field(sa_type=Words)
    dated_on: date | None = None
    is_about_people: bool
    keep_until: date | None = None
    notes: str = Field(sa_type=Words)
    deliveries: str = Field(sa_type=Words)
    sha256: str = Field(sa_type=Words, index=True)


class DeliveryPersonRow(OfContract, table=True):
    """A person behind a delivery, by the supplier's own number."""

    __tablename__ = "delivery_person"
    __table_args__ = (among("kind", PersonKind),)

    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    number: str = Field(sa_type=Words)
    began_on: date | None = None
    ended_on: date | None = None
    kind: str = Field(sa_type=Words)


class AttachmentRow(OfContract, table=True):
    """A paper that belongs to a contract; `sha256` names the stored file."""

    __tablename__ = "attachment"

    name: str = Field(sa_type=Words)
    notes: str = Field(sa_type=Words)
    sha256: str = Field(sa_type=Words)
