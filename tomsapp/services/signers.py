"""What signs the papers of a database: a key of its own, made at first use, or the certificate of the council."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.domain.signer import Certificate, Signer, SignerKind
from tomsapp.domain.wording import format_date
from tomsapp.exchange.offer_file import usable
from tomsapp.menufiles.files import write_whole
from tomsapp.reading.source import read_bytes
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import StoreError
from tomsapp.store.signers import KeptSigner

if TYPE_CHECKING:
    from tomsapp.signing.keys import SigningKey

CERTIFICATE_ENDING = ".pem"
_MOST_KEY = 1_000_000

DRAFT_WORDS = "Not signed: a draft is never signed."
_SELF_MADE = " (self-made)"
_MOST_NAME = 64 - len(_SELF_MADE)


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """Whether a PDF is signed and by what, in a sentence.

    Attributes:
        wants_password: whether it would be signed if the password of the council's key were known.
    """

    words: str
    is_signed: bool = False
    wants_password: bool = False


@dataclass(frozen=True, slots=True)
class SignerNow:
    """What signs the papers of the open database.

    Attributes:
        signer: None before the first paper was signed.
        is_unlocked: whether its key can be used without asking for a password.
        is_expired: whether its certificate is no longer valid, so that nothing is signed.
    """

    signer: Signer | None
    is_unlocked: bool = False
    is_expired: bool = False


def signer_now(workspace: Workspace) -> SignerNow:
    """What signs the papers of a database now.

    Raises:
        SigningError: the certificate that it keeps cannot be read.
    """
    with workspace.look() as uow:
        kept = uow.signers.newest()
    if kept is None:
        return SignerNow(None)
    certificate = _certificate(kept)
    is_unlocked = kept.kind is SignerKind.DATABASE or kept.fingerprint in workspace.unlocked
    return SignerNow(Signer(kept.kind, certificate), is_unlocked, not certificate.is_valid_at(datetime.now(UTC)))


def _certificate(kept: KeptSigner) -> Certificate:
    from tomsapp.signing.keys import certificate_in

    return certificate_in(kept.certificate.encode())[0]


# To choose what signs


def use_certificate(workspace: Workspace, path: Path, password: str) -> Signer:
    """Let the certificate in a PKCS#12 file sign from now on; the file is kept as it is, locked with its password.

    Raises:
        WrongPassword: the password does not open it.
        SigningError: it is no such file, has no password, or its certificate cannot sign or has expired.
        StoreError: it cannot be saved.
    """
    from tomsapp.signing.errors import SigningError
    from tomsapp.signing.keys import needs_password, read_key

    data = usable(read_bytes(path, _MOST_KEY))
    key = read_key(data, password)
    if not needs_password(data):
        raise SigningError(
            f"{path.name} is not locked with a password, so that whoever has the database could sign with it",
            "Ask for the certificate as a file with a password",
        )
    if not key.certificate.is_valid_at(datetime.now(UTC)):
        raise SigningError(f"The certificate of {key.certificate.name} is not valid today", "Ask for a new one")
    _keep(workspace, SignerKind.COUNCIL, key, data, f"Let the certificate of {key.certificate.name} sign")
    workspace.unlocked[key.certificate.fingerprint] = key
    return Signer(SignerKind.COUNCIL, key.certificate)


def use_own_key(workspace: Workspace, *, make_new: bool = False) -> Signer:
    """Let a key of the database itself sign from now on: the last one that it had, or a new one.

    Raises:
        StoreError: it cannot be saved.
    """
    held = None if make_new else _last_own_key(workspace)
    if held is not None:
        return Signer(SignerKind.DATABASE, _certificate(held))
    key = _new_key(workspace)
    with workspace.work(_MAKE) as uow:
        is_first = uow.signers.newest(SignerKind.DATABASE) is None
        if is_first:
            uow.signers.add(_kept(SignerKind.DATABASE, key, key.data))
            uow.commit()
    if not is_first:
        _keep(workspace, SignerKind.DATABASE, key, key.data, _REPLACE)
    return Signer(SignerKind.DATABASE, key.certificate)


def _last_own_key(workspace: Workspace) -> KeptSigner | None:
    """The last key of the database itself, which signs from now on; None where it never had one."""
    with workspace.work("Let the key of the database sign") as uow:
        held = uow.signers.newest(SignerKind.DATABASE)
        if held is not None:
            uow.signers.add(held)
            uow.commit()
    return held


def unlock(workspace: Workspace, password: str) -> None:
    """Open the council's key with its password, until the database is closed.

    Raises:
        WrongPassword: the password does not open it.
        SigningError: no key of a council signs, or it cannot be read.
    """
    from tomsapp.signing.errors import SigningError
    from tomsapp.signing.keys import read_key

    with workspace.look() as uow:
        kept = uow.signers.newest()
    if kept is None or kept.kind is not SignerKind.COUNCIL:
        raise SigningError("No certificate of the council signs here", "Choose one under Settings, Signature")
    workspace.unlocked[kept.fingerprint] = read_key(kept.key, password)


def export_certificate(workspace: Workspace, path: Path) -> Path:
    """Write the certificate of what signs now, for others to check papers with; where none does yet, a key is made.

    Raises:
        TomsError: the file cannot be written, or no key can be made.
    """
    kept = _kept_key(workspace)
    target = path if path.suffix else path.with_name(f"{path.name}{CERTIFICATE_ENDING}")
    write_whole(target, kept.certificate.encode())
    return target


def certificate_name(signer: Signer) -> str:
    """A plain name for the file of a certificate."""
    plain = "".join(sign if sign.isalnum() else "-" for sign in signer.name.casefold())
    return f"{'-'.join(filter(None, plain.split('-')))[:60] or 'certificate'}{CERTIFICATE_ENDING}"


def _new_key(workspace: Workspace) -> SigningKey:
    from tomsapp.signing.keys import make_key

    name = workspace.settings.council_name.strip() or workspace.database.name
    return make_key(f"{name[:_MOST_NAME].strip()}{_SELF_MADE}", datetime.now(UTC))


def _keep(workspace: Workspace, kind: SignerKind, key: SigningKey, data: bytes, what: str) -> None:
    with workspace.work(what) as uow:
        uow.signers.add(_kept(kind, key, data))
        uow.commit()


def _kept(kind: SignerKind, key: SigningKey, data: bytes) -> KeptSigner:
    said = key.certificate
    until = said.valid_until.astimezone(UTC).date()
    return KeptSigner(kind, said.name, said.fingerprint, until, key.pem, data)


# To sign


def make_ready(workspace: Workspace) -> None:
    """Make the first key of a database before a paper states its history, so that this is the last change it tells of.

    Where no key can be made, the paper stays unsigned, and `signed` says why.
    """
    from tomsapp.signing.errors import SigningError

    with suppress(StoreError, SigningError):
        _kept_key(workspace)


def signed(workspace: Workspace, data: bytes) -> tuple[bytes, PaperSignature]:
    """A finished PDF with the signature of the database; as it is where nothing can sign, with the reason said.

    The key of the database is made when it is first wanted.
    """
    from tomsapp.signing.errors import SigningError

    try:
        key = _key(workspace)
    except StoreError as error:
        return data, PaperSignature(f"Not signed: no key can be made. {error.message}.")
    except SigningError as error:
        return data, PaperSignature(f"Not signed: {error.message}. {error.fix}.")
    if key is None:
        return data, PaperSignature(_LOCKED, wants_password=True)
    certificate = key.certificate
    if not certificate.is_valid_at(datetime.now(UTC)):
        last = format_date(certificate.valid_until.astimezone().date())
        words = f"Not signed: the certificate of {certificate.name} was valid until {last}. {_CHOOSE}."
        return data, PaperSignature(words)
    from tomsapp.signing.sign import sign_pdf

    words = f"Signed by {certificate.name}: {certificate.issued_words}."
    return sign_pdf(data, key), PaperSignature(words, is_signed=True)


def sign_with_password(workspace: Workspace, data: bytes, password: str) -> tuple[bytes, PaperSignature]:
    """As `signed`, with the password of the council's key.

    Raises:
        WrongPassword: it does not open the key.
        SigningError: no key of a council signs, or it cannot be read.
    """
    unlock(workspace, password)
    return signed(workspace, data)


_MAKE, _REPLACE = "Make the first key of the database that signs", "Replace the key of the database that signs"
_CHOOSE = "Choose another under Settings, Signature"
_LOCKED = "Not signed: the key of the council’s certificate asks for its password."


def _key(workspace: Workspace) -> SigningKey | None:
    """The key that signs; None where a password must be asked for."""
    from tomsapp.signing.keys import read_key

    kept = _kept_key(workspace)
    if kept.fingerprint in workspace.unlocked:
        return workspace.unlocked[kept.fingerprint]
    if kept.kind is SignerKind.COUNCIL:
        return None
    workspace.unlocked[kept.fingerprint] = key = read_key(kept.key, "")
    return key


def _kept_key(workspace: Workspace) -> KeptSigner:
    """The key that signs now; where none does yet, one is made."""
    with workspace.look() as uow:
        kept = uow.signers.newest()
    return kept or _first_key(workspace)


def _first_key(workspace: Workspace) -> KeptSigner:
    """A key for a database that has none; where somebody else makes one meanwhile, it is theirs."""
    key = _new_key(workspace)
    with workspace.work(_MAKE) as uow:
        made = uow.signers.newest()
        if made is None:
            made = _kept(SignerKind.DATABASE, key, key.data)
            uow.signers.add(made)
            uow.commit()
    return made
