"""Signs the newest version of a tender's pack, which no pack needs; the signature changes none of its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from tomsapp.domain.tender.pack_signature import PackStatement, SignedPack, signed_files
from tomsapp.exchange.tenders.signature_json import (
    SIGNATURE_ENDING,
    read_signature,
    signed_content,
    write_signature,
)
from tomsapp.menufiles.files import write_whole
from tomsapp.services.tenders.pack_keys import key_to_sign_with
from tomsapp.services.tenders.packing import kept_signatures, make_pack
from tomsapp.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tomsapp.services.progress import Progress
    from tomsapp.services.tenders.packing import MadePack
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.pack_signatures import KeptPackKey


@dataclass(frozen=True, slots=True)
class PackSigned:
    """A pack that was signed.

    Attributes:
        made: the pack with its signature.
        is_new: false where it was signed already, with the same key and of the same bytes: nothing was done.
        is_first: whether the key was made for it.
    """

    made: MadePack
    statement: PackStatement
    is_new: bool
    is_first: bool = False


def sign_pack(workspace: Workspace, tender_id: int, now: datetime, progress: Progress | None = None) -> PackSigned:
    """Sign all files of the newest issued version of a tender's pack with the key of the database.

    The signature is kept, and goes out with the pack from then on. The first time, the key is made.

    Raises:
        NotFound: there is no such tender.
        StoreError: it was never issued, or it cannot be saved.
        SigningError: the key that is kept cannot be read.
        TomsError, Cancelled: as `make_pack`.
    """
    made = make_pack(workspace, tender_id, progress)
    with workspace.work(f"Sign {made.name}") as uow:
        before = uow.pack_keys.newest()
        if made.signed is not None and before is not None and made.signed.key == before.key:
            return PackSigned(made, made.signed, is_new=False)
        kept = key_to_sign_with(uow)
        signed = _signed(made, kept, workspace.who, now)
        content = write_signature(signed)
        # A name that no signature may hold is found here, and not by a bidder.
        read_signature(content, made.signature_name)
        uow.pack_signatures.add(tender_id, made.identity.version, kept.key.fingerprint, content)
        uow.commit()
    with_it = made.with_signature(content, signed.statement)
    return PackSigned(with_it, signed.statement, is_new=True, is_first=before is None)


def _signed(made: MadePack, kept: KeptPackKey, who: str, now: datetime) -> SignedPack:
    from tomsapp.signing.packs import read_pack_key, sign_content

    moment = now.astimezone(UTC).replace(microsecond=0)
    files = signed_files(made.unsigned_files)
    statement = PackStatement(made.council, made.identity, moment, who, files, kept.key)
    return SignedPack(statement, sign_content(signed_content(statement), read_pack_key(kept.data)))


def kept_statement(workspace: Workspace, tender_id: int, version: int) -> PackStatement | None:
    """What was signed last of a version; None where it never was.

    Raises:
        StoreError: the signature that is kept was changed behind the program.
    """
    content = _newest(workspace, tender_id, version)
    return None if content is None else read_signature(content, "the signature that is kept").statement


def _newest(workspace: Workspace, tender_id: int, version: int) -> bytes | None:
    return next(iter(kept_signatures(workspace, tender_id, version)), None)


def save_signature(workspace: Workspace, tender_id: int, version: int, path: Path) -> Path:
    """Write the last signature of a version, to be put beside files that are out already; gives its path.

    Raises:
        NotFound: it was never signed.
        StoreError: the signature that is kept was changed behind the program.
        TomsError: the file cannot be written; says what to do.
    """
    content = _newest(workspace, tender_id, version)
    if content is None:
        raise NotFound(f"Pack version {version} is not signed", "Sign it first")
    target = path if path.suffix == SIGNATURE_ENDING else path.with_name(f"{path.name}{SIGNATURE_ENDING}")
    write_whole(target, content)
    return target
