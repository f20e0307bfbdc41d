"""Reads the signature of a PDF of unknown origin: what it covers, whether it holds, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from asn1crypto import parser, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tomsapp.domain.signer import Certificate
from tomsapp.signing import muted as muted  # noqa: PLC0414 - imported for what it does
from tomsapp.signing.alone import document_before
from tomsapp.signing.errors import SigningError
from tomsapp.signing.keys import described


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A PDF with a signature: the first, where there are several.

    Attributes:
        document: the bytes before the signature was added; all that is signed where more was added with it.
        signed: all that the signature is over, itself included.
        is_alone: whether nothing but the signature was added when it was signed.
        is_intact: whether what is signed is as it was when it was signed, by the key of the certificate.
        added: how many bytes were added after it.
        certificate: whose key signed.
        chain: the certificate and those that came with it, as PEM, the signer's first.
        signed_at: when, as the computer that signed said; None where it did not.
        later: whom the certificates of later signatures are issued to.
    """

    document: bytes
    signed: bytes
    is_alone: bool
    is_intact: bool
    added: int
    certificate: Certificate
    chain: tuple[str, ...]
    signed_at: datetime | None
    later: tuple[str, ...] = ()


def read_signature(data: bytes) -> SignedPdf | None:
    """The signature of a PDF; None where it has none.

    Raises:
        SigningError: it has one that cannot be read.
    """
    try:
        found = list(PdfFileReader(BytesIO(data)).embedded_regular_signatures)
        return _read(data, found) if found else None
    except Exception as error:  # the library raises whatever a damaged or hostile file makes of it
        raise _unreadable() from error


def _unreadable() -> SigningError:
    return SigningError("The signature in this PDF cannot be read", "Ask for the file again")


def _read(data: bytes, found: Sequence[EmbeddedPdfSignature]) -> SignedPdf:
    length = _signed_length(found[0])
    signed = data[:length]
    signature = _signature_over(signed)
    status = validate_pdf_signature(signature, _context(()), skip_diff=True)
    document = document_before(signed, signature.sig_field)
    own = signature.signer_cert
    return SignedPdf(
        document if document is not None else signed,
        signed,
        document is not None,
        bool(status.intact and status.valid)
        and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and _is_written_plainly(signed, signature),
        len(data) - length,
        described(x509.load_der_x509_certificate(own.dump())),
        tuple(_pem(each) for each in (own, *signature.other_embedded_certs)),
        _in_utc(signature.self_reported_timestamp),
        tuple(described(x509.load_der_x509_certificate(each.signer_cert.dump())).name for each in found[1:]),
    )


def _signed_length(signature: EmbeddedPdfSignature) -> int:
    """Where that ends which a signature is over."""
    _, _, start, length = (int(number) for number in signature.byte_range)
    return start + length


def _is_written_plainly(signed: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether what the signature cannot be over, its own place, holds itself, and nought after it."""
    _, first, start, _ = (int(number) for number in signature.byte_range)
    contents = signature.pkcs7_content
    length = int(parser.peek(contents))
    return signed[first:start] == b"<%b>" % contents.hex().upper().encode() and not any(contents[length:])


def _in_utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def is_vouched_for(found: SignedPdf, given: str) -> bool:
    """Whether a signature was made with a certificate (PEM), or with one that it vouches for, directly or not."""
    if given == found.chain[0]:
        return True
    try:
        context = _context((given,), found.signed_at)
        status = validate_pdf_signature(_signature_over(found.signed), context, skip_diff=True)
    except Exception:  # noqa: BLE001 - a hostile certificate in the file can make the library raise anything
        return False
    return bool(status.trusted)


def _signature_over(signed: bytes) -> EmbeddedPdfSignature:
    """The signature that is over all of these bytes."""
    signatures: list[EmbeddedPdfSignature] = PdfFileReader(BytesIO(signed)).embedded_regular_signatures
    return next(each for each in signatures if _signed_length(each) == len(signed))


def _context(roots: Sequence[str], moment: datetime | None = None) -> ValidationContext:
    """What a certificate is held to: these and no others, and nothing is asked of the network."""
    trusted = [asn1_x509.Certificate.load(pem.unarmor(each.encode("ascii"))[2]) for each in roots]
    return ValidationContext(trust_roots=trusted, moment=moment, allow_fetching=False)


def _pem(certificate: Any) -> str:
    armoured: bytes = pem.armor("CERTIFICATE", certificate.dump())
    return armoured.decode("ascii")
