"""The keys with which a council signs packs: made at first use, kept in its database, published as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.menufiles.files import write_whole
from tomsapp.store.pack_signatures import KeptPackKey

if TYPE_CHECKING:
    from pathlib import Path

    from tomsapp.domain.tender.pack_signature import PackKey
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork

KEY_ENDING = ".pem"
_MAKE, _REPLACE = "Make the key that signs packs", "Replace the key that signs packs"


def pack_key_now(workspace: Workspace) -> PackKey | None:
    """The key that signs packs; None before the first was made."""
    with workspace.look() as uow:
        kept = uow.pack_keys.newest()
    return None if kept is None else kept.key


def make_new_key(workspace: Workspace) -> PackKey:
    """Let a new key sign packs from now on; what was signed before stays as it is.

    Raises:
        StoreError: it cannot be saved.
    """
    kept = _new_key()
    with workspace.work(_REPLACE) as uow:
        uow.pack_keys.add(kept)
        uow.commit()
    return kept.key


def key_to_sign_with(uow: UnitOfWork) -> KeptPackKey:
    """The key that signs packs, within a transaction that is to be saved: where there is none yet, one is made."""
    kept = uow.pack_keys.newest()
    if kept is None:
        kept = _new_key()
        uow.pack_keys.add(kept)
    return kept


def _new_key() -> KeptPackKey:
    from tomsapp.signing.packs import make_pack_key

    made = make_pack_key()
    return KeptPackKey(made.key, made.data)


def save_public_key(workspace: Workspace, path: Path) -> Path:
    """Write the public key for others to hold signatures to; where there is none yet, one is made.

    Raises:
        StoreError: no key can be saved.
        TomsError: the file cannot be written; says what to do.
    """
    from tomsapp.signing.pack_keys import pem_of

    key = pack_key_now(workspace) or _first_key(workspace)
    target = path if path.suffix else path.with_name(f"{path.name}{KEY_ENDING}")
    write_whole(target, pem_of(key))
    return target


def _first_key(workspace: Workspace) -> PackKey:
    with workspace.work(_MAKE) as uow:
        kept = key_to_sign_with(uow)
        uow.commit()
    return kept.key


def known_fingerprints(workspace: Workspace) -> frozenset[str]:
    """The fingerprints of every key with which this database signs packs, or has signed them."""
    with workspace.look() as uow:
        return uow.pack_keys.fingerprints()
