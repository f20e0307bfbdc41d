"""Whether a PDF is as it was when it was signed, and who signed it: what a signature proves, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from tomsapp.domain.errors import TomsError
from tomsapp.domain.signer import SignerKind
from tomsapp.domain.wording import format_date, format_moment, listed, plural
from tomsapp.exchange.offer_file import usable
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.reading.source import read_bytes
from tomsapp.services.strange_papers import page_differences
from tomsapp.services.verification import SignatureFound, some
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.signing.signed import SignedPdf

_SIGNED = re.compile(rb"/ByteRange\s*\[")
"""What every PDF with a signature holds in plain letters."""

_MOST_CERTIFICATE = 1_000_000

NOT_SIGNED = SignatureFound(
    ("it is not signed.",), ("nobody. Nothing proves who made it, nor that it is as it was made.",)
)
"""What is said of a file without a signature."""

_UNREADABLE = SignatureFound(
    ("no. It holds a signature that cannot be read: the file was changed or is damaged.",),
    ("this cannot be told. Nothing proves who made it.",),
    is_refuted=True,
)


@dataclass(frozen=True, slots=True)
class KnownCertificates:
    """The certificates that a signature is held to.

    Attributes:
        given: one that somebody named, as PEM; "" where none is.
        given_name: the name of its file.
        of_database: those with which the open database signs or has signed, as PEM; None where none is open.
    """

    given: str = ""
    given_name: str = ""
    of_database: Mapping[str, SignerKind] | None = field(default=None)


def known_certificates(menus: Catalogue | Workspace, certificate: Path | None = None) -> KnownCertificates:
    """What a signature is held to here: the certificate in a file, and those of the open database.

    Raises:
        TomsError: the file holds no certificate.
    """
    given = ""
    if certificate is not None:
        from tomsapp.signing.keys import certificate_in

        _, given = certificate_in(usable(read_bytes(certificate, _MOST_CERTIFICATE)))
    of_database = None
    if isinstance(menus, Workspace):
        with menus.look() as uow:
            of_database = uow.signers.certificates()
    return KnownCertificates(given, certificate.name if certificate else "", of_database)


def look_at_signature(data: bytes, known: KnownCertificates) -> tuple[bytes, SignatureFound]:
    """The document that was signed, without its signature, and what is said of that; all of it where none is there."""
    if not _SIGNED.search(data):
        return data, _asked_in_vain(known)
    from tomsapp.services.strange_signature import read_signature
    from tomsapp.signing.errors import SigningError

    try:
        found = read_signature(data, known.given)
    except SigningError:
        return data, _UNREADABLE
    if found is None:
        return data, _asked_in_vain(known)
    unchanged = tuple(_unchanged(data, found))
    who, is_another = _who(found, known)
    was_valid = found.signed_at is None or found.certificate.is_valid_at(found.signed_at)
    is_refuted = not found.is_intact or bool(found.added) or is_another or not was_valid
    return found.document, SignatureFound(unchanged, (*_by(found), *who), is_refuted)


def _asked_in_vain(known: KnownCertificates) -> SignatureFound:
    """What is said of a file without a signature; where a certificate was named, one was expected."""
    if not known.given:
        return NOT_SIGNED
    return SignatureFound(NOT_SIGNED.unchanged, NOT_SIGNED.signed_by, is_refuted=True)


def _unchanged(data: bytes, found: SignedPdf) -> Iterator[str]:
    if not found.is_intact:
        yield "no. It was changed after it was signed, or the signature was."
    elif found.added:
        yield f"no. {plural(found.added, 'byte was', 'bytes were')} added to the file after it was signed."
    else:
        yield "yes. The signature is over the whole file."
    if not found.is_alone:
        yield "When it was signed, more than the signature was added to it; that is judged above with the rest."
    if found.added:
        yield from _added(data, found)


def _added(data: bytes, found: SignedPdf) -> Iterator[str]:
    """What was added after the signature; what is judged above is the file as it was signed."""
    yield "What is said above is of the file as it was signed."
    if found.later:
        yield f"A later signature says that it is by {listed(list(found.later))}."
    try:
        differences = tuple(page_differences(data, found.signed))
    except TomsError:
        yield "With what was added it can no longer be read as a PDF."
        return
    if differences:
        yield "Held to the file as it was signed:"
        yield from some(differences)
    else:
        yield "It looks and reads as it was signed."


def _by(found: SignedPdf) -> Iterator[str]:
    """Whose certificate it is, as it says, and when it was signed."""
    certificate = found.certificate
    yield f"{certificate.name}: {certificate.issued_words}."
    yield f"Certificate {certificate.validity}. Its SHA-256: {certificate.fingerprint_words}"
    if found.signed_at is None:
        yield "The signature does not say when it was made."
        return
    yield f"Signed on {format_moment(found.signed_at)}, by the clock of the computer that signed."
    last = format_date(certificate.valid_until.astimezone().date())
    if not certificate.is_valid_at(found.signed_at):
        yield "The certificate was not valid then, so this does not prove who signed."
    elif not certificate.is_valid_at(datetime.now(UTC)):
        yield f"The certificate has expired since, on {last}; it was valid when it was signed, by that clock."


def _who(found: SignedPdf, known: KnownCertificates) -> tuple[list[str], bool]:
    """What the certificate is known as here, and whether it is another than the one that was asked for."""
    told: list[str] = []
    is_another = False
    if known.given:
        if found.chain[0] == known.given:
            told.append(f"It is the certificate in {known.given_name}.")
        elif found.is_vouched:
            told.append(f"The certificate in {known.given_name} vouches for it.")
        else:
            told.append(f"It is not the certificate in {known.given_name}, nor does that one vouch for it.")
            is_another = True
    if known.of_database is not None:
        told.append(_of_database(known.of_database.get(found.chain[0])))
    elif not known.given:
        told.append(_UNKNOWN)
    return told, is_another


def _of_database(kind: SignerKind | None) -> str:
    match kind:
        case None:
            return "The open database has never signed with this certificate. Anybody can make one with any name."
        case SignerKind.DATABASE:
            return (
                "It is a key of the open database. Whoever has that database, or a copy of it, can sign with it: it "
                "proves that the paper came from there, not which person made it."
            )
        case SignerKind.COUNCIL:
            return "It is the council’s certificate, as the open database has it."
        case _:
            assert_never(kind)


_UNKNOWN = (
    "Anybody can make a certificate with any name. Compare its SHA-256 with the one that the council publishes, or "
    "hold the file to the council’s own certificate with “tomsapp verify --certificate FILE”."
)
