"""What the tab of the pack shows: its issued versions, what is not issued, and what bidders asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.tender.choices import SET_UP
from tomsapp.exchange.tenders.pack_json import PACK_ENDING, read_pack
from tomsapp.menufiles.files import write_whole
from tomsapp.services.tenders.issuing import next_pack, version_bytes
from tomsapp.services.tenders.pack_keys import pack_key_now
from tomsapp.services.tenders.pack_signing import kept_statement
from tomsapp.services.tenders.packing import pack_name, signature_name
from tomsapp.services.tenders.receiving import pack_contents
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tomsapp.domain.history import Stored
    from tomsapp.domain.tender.asked import BidderQuestion
    from tomsapp.domain.tender.issued import IssuedVersion
    from tomsapp.domain.tender.pack import Pack
    from tomsapp.domain.tender.pack_signature import PackKey, PackStatement
    from tomsapp.services.tenders.reading import OpenTender
    from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class VersionShown:
    """An issued version of the pack, with what was changed since the one before."""

    issued: IssuedVersion
    changes: tuple[str, ...]
    identity: str


@dataclass(frozen=True, slots=True)
class AskedShown:
    """A question of a bidder, and the first version in which all bidders read it as it is; None where none has it."""

    stored: Stored[BidderQuestion]
    version: int | None

    @property
    def state(self) -> str:
        """Where it stands: "Waits for an answer", "Answered, not issued yet", "In version 2"."""
        if self.version is not None:
            return f"In version {self.version}"
        return "Answered, not issued yet" if self.stored.record.is_answered else "Waits for an answer"


@dataclass(frozen=True, slots=True)
class PackShown:
    """The pack of a tender.

    Attributes:
        versions: that were issued, the newest first.
        asked: what bidders asked, the newest first.
        pending: what was changed since the newest version and is not issued; empty where nothing was.
        trouble: why that cannot be said; empty where it can.
        key: that signs packs; None where none was made yet.
        signed: what was signed last of the newest version; None where it never was.
    """

    versions: tuple[VersionShown, ...]
    asked: tuple[AskedShown, ...]
    pending: tuple[str, ...] = ()
    trouble: str = ""
    key: PackKey | None = None
    signed: PackStatement | None = None


def show_pack(workspace: Workspace, opened: OpenTender, now: datetime) -> PackShown:
    """Read the issued versions of a tender's pack, and hold what is set up now against the newest.

    Raises:
        StoreError: kept bytes were changed behind the program.
    """
    with workspace.look() as uow:
        packs = [read_pack(data, "the issued pack") for data in pack_contents(uow, opened.id)]
    by_number = {issued.version: issued for issued in opened.versions}
    versions = [
        VersionShown(by_number[each.pack.version], each.pack.changes, each.identity.words)
        for each in packs
        if each.pack.version in by_number
    ]
    asked = tuple(AskedShown(each, _version_of(each.record, [file.pack for file in packs])) for each in opened.asked)
    pending, trouble = _pending(workspace, opened, now) if versions and opened.tender.status in SET_UP else ((), "")
    key, signed = pack_key_now(workspace), None
    if versions:
        signed = kept_statement(workspace, opened.id, versions[-1].issued.version)
    return PackShown(tuple(reversed(versions)), tuple(reversed(asked)), pending, trouble, key, signed)


def _version_of(asked: BidderQuestion, packs: list[Pack]) -> int | None:
    return next((pack.version for pack in packs if asked in pack.answered), None)


def _pending(workspace: Workspace, opened: OpenTender, now: datetime) -> tuple[tuple[str, ...], str]:
    try:
        return next_pack(workspace, opened, now).pack.changes, ""
    except StoreError as error:
        return (), f"{error.message}. {error.fix}"


def version_name(opened: OpenTender, version: int) -> str:
    """What the pack file of a version is called."""
    return f"{pack_name(opened.tender.reference, version)}{PACK_ENDING}"


def version_signature_name(opened: OpenTender, version: int) -> str:
    """What the signature file of a version is called."""
    return signature_name(pack_name(opened.tender.reference, version))


def save_version(workspace: Workspace, tender_id: int, version: int, path: Path) -> Path:
    """Write the pack file of a version as it was issued; gives the path that was written.

    Raises:
        NotFound: there is no such version.
        StoreError: its bytes are not those that were issued.
        TomsError: the file cannot be written; says what to do.
    """
    target = path if path.suffix == PACK_ENDING else path.with_name(f"{path.name}{PACK_ENDING}")
    write_whole(target, version_bytes(workspace, tender_id, version))
    return target
