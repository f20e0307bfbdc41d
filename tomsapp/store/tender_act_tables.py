"""The tables of what is kept for good of tenders: acts, packs with their signatures, frozen evaluations and awards."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from tomsapp.domain.tender.acts import TenderActKind
from tomsapp.store.rows import Kept, among
from tomsapp.store.types import Words


class TenderActRow(Kept, table=True):
    """A sealed act of a tender; its document holds all that was seen then.

    `receipt` and `lot` are the numbers by which people know them, and `supplier` the bidder as it was called; `bid_id`
    names the bid, whatever its bidder is called now.
    """

    __tablename__ = "tender_act"
    __table_args__ = (among("kind", TenderActKind),)

    tender_id: int = Field(foreign_key="tender.id", index=True)
    kind: str = Field(sa_type=Words)
    done_on: date
    role: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
    pack_version: int | None = None
    receipt: int | None = None
    lot: int | None = None
    supplier: str = Field(sa_type=Words)
    reverses: int | None = Field(default=None, foreign_key="tender_act.id")
    bid_id: int | None = Field(default=None, foreign_key="bid.id")


class PackVersionRow(Kept, table=True):
    """A version of a pack that was issued, with the bytes of its file; `act_id` names the act that issued it."""

    __tablename__ = "pack_version"
    __table_args__ = (UniqueConstraint("tender_id", "number"),)

    tender_id: int = Field(foreign_key="tender.id", index=True)
    number: int
    act_id: int = Field(foreign_key="tender_act.id")


class FrozenEvaluationRow(Kept, table=True):
    """An evaluation that was frozen, with the bytes of its file; `act_id` names the act that froze it."""

    __tablename__ = "frozen_evaluation"
    __table_args__ = (UniqueConstraint("act_id"),)

    tender_id: int = Field(foreign_key="tender.id", index=True)
    act_id: int = Field(foreign_key="tender_act.id")


class AwardRow(Kept, table=True):
    """The contract that an award made; its bytes say where each commitment came from, and `act_id` names the act."""

    __tablename__ = "award"
    __table_args__ = (UniqueConstraint("act_id"), UniqueConstraint("contract_id"))

    tender_id: int = Field(foreign_key="tender.id", index=True)
    act_id: int = Field(foreign_key="tender_act.id")
    contract_id: int = Field(foreign_key="contract.id")


class PackKeyRow(Kept, table=True):
    """A key that signs packs, its private half unlocked, as the key of the database for papers is; the newest signs."""

    __tablename__ = "pack_key"

    fingerprint: str = Field(sa_type=Words)
    public_key: str = Field(sa_type=Words)


class PackSignatureRow(Kept, table=True):
    """A signature of a version of a pack, with the bytes of its file; who signed and when is its change."""

    __tablename__ = "pack_signature"

    tender_id: int = Field(foreign_key="tender.id", index=True)
    number: int
    fingerprint: str = Field(sa_type=Words)
