"""Whether the files of a pack are as they were signed: told to bidders, who need no database for it.

A signature is a stranger's file: it is read in the locked room, and names no file outside its own folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tomsapp.domain.errors import TomsError
from tomsapp.domain.tender.signature_found import (
    NOT_SIGNED,
    SIGNATURES_OF_OTHERS,
    SignatureFound,
    SignatureState,
    not_signed_with,
    not_vouched_for,
)
from tomsapp.exchange.offer_file import MOST_BYTES, OfferUnreadable, usable
from tomsapp.exchange.tenders.pack_json import PACK_ENDING
from tomsapp.exchange.tenders.signature_json import MOST_BYTES as MOST_SIGNATURE
from tomsapp.exchange.tenders.signature_json import SIGNATURE_ENDING, signature_in, signed_content
from tomsapp.reading import source as reading
from tomsapp.room.errors import RoomError
from tomsapp.services.strangers import open_offer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tomsapp.domain.tender.pack import PackIdentity
    from tomsapp.domain.tender.pack_signature import PackKey, PackStatement, SignedFile, SignedPack

_MOST_LOOKED_AT = 20
"""The most signatures in a folder that are read."""
_MOST_KEY = 10_000
_OF_DATABASE = "It is a key of the open database."
_NOT_OF_DATABASE = "The open database has never signed with this key."


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """The keys that a signature is held to.

    Attributes:
        given: one that somebody named, with the name of its file; None where none is.
        of_database: the fingerprints with which the open database signs or has signed; None where none is open.
    """

    given: PackKey | None = None
    given_name: str = ""
    of_database: frozenset[str] | None = None

    def may_be(self, key: PackKey) -> bool:
        """Whether a key may be the council’s: the one that was named or, where none is, one of the open database.

        A database that has never signed knows of no key, and speaks against none.
        """
        if self.given is not None:
            return key == self.given
        return not self.of_database or key.fingerprint in self.of_database


def given_key(path: Path) -> PackKey:
    """The public key in a file that a council published.

    Raises:
        TomsError: it holds none.
    """
    from tomsapp.signing.pack_keys import key_in_pem

    return key_in_pem(usable(reading.read_bytes(path, _MOST_KEY)))


def is_signature(name: str) -> bool:
    """Whether a file is the signature of a pack, by its name."""
    return name.lower().endswith(SIGNATURE_ENDING)


def signatures_beside(
    pack: Path, identity: PackIdentity | None = None, known: KnownKeys | None = None
) -> tuple[SignatureFound, ...]:
    """What is found of each signature in the folder of a pack file that is about this pack, or cannot be read.

    It is about this pack where it names its bytes or its file, or its reference and version, where those are known.

    A signature that cannot be read keeps nobody from reading the pack.

    Raises:
        OfferUnreadable: the pack file cannot be read.
    """
    return _of_pack(_read_beside(pack), pack, identity, known or KnownKeys())


_Read: TypeAlias = "SignedPack | SignatureFound"
"""A signature as it was read, or why it cannot be."""


def _of_pack(
    read: Mapping[Path, _Read], pack: Path, identity: PackIdentity | None, known: KnownKeys
) -> tuple[SignatureFound, ...]:
    digest = _digest_of(pack) if identity is None else identity.sha256
    found = (_judged(path, signed, pack, digest, identity, known) for path, signed in read.items())
    return tuple(each for each in found if each is not None)


def _read_beside(pack: Path) -> dict[Path, _Read]:
    return {path: _read_or_why(path) for path in _beside(pack)}


def _read_or_why(path: Path) -> _Read:
    try:
        return read_stranger(path)
    except (OfferUnreadable, RoomError) as error:
        return SignatureFound(path.name, SignatureState.UNREADABLE, why=error.message)


def _digest_of(pack: Path) -> str:
    return sha256(usable(reading.read_bytes(pack, MOST_BYTES))).hexdigest()


def _beside(pack: Path) -> list[Path]:
    """The signatures in the folder of a pack, those that are called as it is before others."""
    stem = pack.name.removesuffix(PACK_ENDING).casefold()
    try:
        # A pipe that is called so would be waited for.
        named = [path for path in pack.absolute().parent.iterdir() if is_signature(path.name) and path.is_file()]
    except OSError:
        return []
    return sorted(named, key=lambda path: (not path.name.casefold().startswith(stem), path.name))[:_MOST_LOOKED_AT]


def _judged(
    path: Path, signed: _Read, pack: Path, digest: str, identity: PackIdentity | None, known: KnownKeys
) -> SignatureFound | None:
    if isinstance(signed, SignatureFound):
        return signed
    if not _is_about(signed.statement, pack, digest, identity):
        return None
    return found_of(signed, path, pack, known)


def read_stranger(path: Path) -> SignedPack:
    """The signature in a file, with a key of the kind that signs packs; whether it holds is another question.

    Raises:
        OfferUnreadable: it is missing, too large, damaged, or no signature of a pack.
        RoomError: it took too much memory or time, or ended what read it.
    """
    from tomsapp.signing.errors import SigningError
    from tomsapp.signing.pack_keys import public_key

    file = path.name
    data = usable(reading.read_bytes(path, MOST_SIGNATURE))
    if not data.startswith(b"{"):
        raise OfferUnreadable(f"{file} is no signature of a pack", "Download it again")
    signed = signature_in(open_offer(data, file).values or {}, data, file)
    key = signed.statement.key
    try:
        is_key = public_key(key.public) == key
    except SigningError as error:
        raise OfferUnreadable(f"{file} cannot be read: {error.message}", "Download it again") from error
    if not is_key:
        raise OfferUnreadable(f"{file} cannot be read: its fingerprint is not that of its key", "Download it again")
    return signed


def _is_about(statement: PackStatement, pack: Path, digest: str, identity: PackIdentity | None) -> bool:
    named = statement.pack_file
    if statement.identity.sha256 == digest or (named is not None and named.name.casefold() == pack.name.casefold()):
        return True
    signed = statement.identity
    return identity is not None and (signed.reference, signed.version) == (identity.reference, identity.version)


def found_of(signed: SignedPack, path: Path, pack: Path, known: KnownKeys) -> SignatureFound:
    """What a signature proves of the pack file and of the files beside it."""
    from tomsapp.signing.packs import holds

    statement = signed.statement
    if not holds(signed_content(statement), signed.signature, statement.key):
        return SignatureFound(path.name, SignatureState.BROKEN, statement)
    told = {file.name: _is_same(file, _place_of(file, statement, pack)) for file in statement.files}
    same, changed, missing = (tuple(n for n, is_so in told.items() if is_so is one) for one in (True, False, None))
    known_as = tuple(_known_as(statement.key, known))
    return SignatureFound(
        path.name,
        SignatureState.CHANGED if changed else SignatureState.UNCHANGED,
        statement,
        same,
        changed,
        missing,
        tuple(_unsigned(statement, pack)),
        known_as=known_as,
        is_other_key=not known.may_be(statement.key),
    )


def _place_of(file: SignedFile, statement: PackStatement, pack: Path) -> Path:
    """Where a file of the pack is looked for: the pack file is the one that was opened, whatever it is called."""
    return pack if file == statement.pack_file else pack.absolute().parent / file.name


def _is_same(file: SignedFile, place: Path) -> bool | None:
    """Whether a file is as it was signed; None where it is not there, or cannot be read."""
    try:
        if not place.is_file():
            return None
        if place.stat().st_size != file.size:
            return False
        digest = sha256()
        for piece in reading.pieces_of(place):
            digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest() == file.sha256


def _unsigned(statement: PackStatement, pack: Path) -> Iterator[str]:
    """Files that are called as those of the pack are, and are none of them."""
    named = statement.pack_file
    stem = named.name.removesuffix(PACK_ENDING) if named is not None else ""
    known = {file.name.casefold() for file in statement.files} | {pack.name.casefold()}
    for each in sorted(pack.absolute().parent.glob("*")):
        is_like = bool(stem) and each.name.casefold().startswith(f"{stem} ".casefold())
        if is_like and each.name.casefold() not in known and not is_signature(each.name) and each.is_file():
            yield each.name


def _known_as(key: PackKey, known: KnownKeys) -> Iterator[str]:
    if known.given is not None:
        is_it = key == known.given
        yield f"It is {'the' if is_it else 'not the'} key in {known.given_name}."
    if known.of_database is not None:
        yield _OF_DATABASE if key.fingerprint in known.of_database else _NOT_OF_DATABASE


@dataclass(frozen=True, slots=True)
class PackVerified:
    """What checking the signature of a pack came to, a sentence a line.

    Attributes:
        holds: false where something speaks against it, where signatures stand beside it and none is of it, or where a
            key was named and it has not signed the pack and all that is called as it is.
    """

    lines: tuple[str, ...]
    holds: bool


def verify_pack_files(path: Path, known: KnownKeys | None = None) -> PackVerified:
    """Whether a pack is as it was signed, by its pack file or by its signature.

    Raises:
        TomsError: a file is missing, too large, or cannot be read.
    """
    known = known or KnownKeys()
    if is_signature(path.name):
        signed = read_stranger(path)
        pack = _pack_of(signed.statement, path)
        found: tuple[SignatureFound, ...] = (found_of(signed, path, pack, known),)
        others: tuple[SignatureFound, ...] = ()
    else:
        pack = path
        read = _read_beside(pack)
        found = _of_pack(read, pack, None, known)
        others = tuple(_of_others(read, {each.file for each in found}, is_signed=any(map(_has_statement, found))))
    lines = [f"{pack.name}, SHA-256 {_digest_of(pack)}", *(line for each in found for line in each.sentences)]
    if not found and others:
        lines.append(SIGNATURES_OF_OTHERS)
    elif not found and known.given is None:
        lines.append(NOT_SIGNED)
    lines += [line for each in others for line in each.sentences]
    against = tuple(_against_key(found, known))
    is_refuted = any(each.is_refuted for each in (*found, *others))
    return PackVerified((*lines, *against), holds=not is_refuted and not against)


def _has_statement(found: SignatureFound) -> bool:
    return found.statement is not None


def _of_others(read: Mapping[Path, _Read], own: set[str], *, is_signed: bool) -> Iterator[SignatureFound]:
    """The signatures beside a pack that are of another file.

    Where the pack has one of its own, that of another pack in the same folder says nothing of it.
    """
    for path, signed in read.items():
        if path.name in own or isinstance(signed, SignatureFound):
            continue
        if not is_signed or _found_pack(signed.statement, path) is None:
            yield SignatureFound(path.name, SignatureState.OF_ANOTHER, signed.statement)


def _against_key(found: Sequence[SignatureFound], known: KnownKeys) -> Iterator[str]:
    """What speaks against a pack where a key was named that must have signed it and all that is called as it is."""
    if known.given is None:
        return
    if not found:
        yield not_signed_with(known.given_name)
    if foreign := sorted({name for each in found for name in each.unsigned}):
        yield not_vouched_for(known.given_name, foreign)


def _pack_of(statement: PackStatement, signature: Path) -> Path:
    """The pack file beside its signature.

    Raises:
        TomsError: it is not there.
    """
    found, named = _found_pack(statement, signature), statement.pack_file
    if found is None:
        message = f"The pack of {signature.name} is not in its folder"
        raise TomsError(message, f"Put {named.name if named else 'the pack file'} beside it")
    return found


def _found_pack(statement: PackStatement, signature: Path) -> Path | None:
    """The pack file beside its signature: the one of the name that was signed, else the one with those bytes."""
    folder, named = signature.absolute().parent, statement.pack_file
    beside: Mapping[str, Path] = {each.name.casefold(): each for each in folder.glob(f"*{PACK_ENDING}")}
    if named is not None and named.name.casefold() in beside:
        return beside[named.name.casefold()]
    for each in [*beside.values()][:_MOST_LOOKED_AT]:
        data = reading.read_bytes(each, MOST_BYTES)
        if isinstance(data, bytes) and sha256(data).hexdigest() == statement.identity.sha256:
            return each
    return None
