"""Reads the signature of a PDF of unknown origin: what it covers, whether it holds, and whose it is."""

from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, TypeVar

from asn1crypto import parser, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tomsapp.signing import muted as muted  # noqa: PLC0414 - imported for what it does
from tomsapp.signing.alone import document_before
from tomsapp.signing.errors import SigningError
from tomsapp.signing.keys import described
from tomsapp.signing.signed import SignedPdf

_T = TypeVar("_T")


def read_signature(data: bytes, given: str = "") -> SignedPdf | None:
    """The signature of a PDF; None where it has none. `given` is a certificate (PEM) that it is held to.

    Raises:
        SigningError: it has one that cannot be read.
    """
    try:
        found = list(PdfFileReader(BytesIO(data)).embedded_regular_signatures)
        return _read(data, found, given) if found else None
    except Exception as error:  # the library raises whatever a damaged or hostile file makes of it
        raise _unreadable() from error


def _unreadable() -> SigningError:
    return SigningError("The signature in this PDF cannot be read", "Ask for the file again")


def _read(data: bytes, found: Sequence[EmbeddedPdfSignature], given: str) -> SignedPdf:
    length = _signed_length(found[0])
    signed = data[:length]
    signature = _signature_over(signed)
    status = _validated(signature, _context(()))
    document = document_before(signed, signature.sig_field)
    own = signature.signer_cert
    chain = tuple(_pem(each) for each in (own, *signature.other_embedded_certs))
    signed_at = _in_utc(signature.self_reported_timestamp)
    return SignedPdf(
        document if document is not None else signed,
        signed,
        document is not None,
        bool(status.intact and status.valid)
        and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and _is_written_plainly(signed, signature),
        len(data) - length,
        described(x509.load_der_x509_certificate(own.dump())),
        chain,
        signed_at,
        tuple(described(x509.load_der_x509_certificate(each.signer_cert.dump())).name for each in found[1:]),
        bool(given) and (given == chain[0] or _is_vouched_for(signed, given, signed_at)),
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


def _is_vouched_for(signed: bytes, given: str, signed_at: datetime | None) -> bool:
    """Whether a certificate vouches for the one that signed, directly or not, at the time that the signature says."""
    try:
        status = _validated(_signature_over(signed), _context((given,), signed_at))
    except Exception:  # noqa: BLE001 - a hostile certificate in the file can make the library raise anything
        return False
    return bool(status.trusted)


def _validated(signature: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    return _finished(async_validate_pdf_signature(signature, context, skip_diff=True))


def _finished(work: Coroutine[Any, Any, _T]) -> _T:
    """What work comes to that waits for nothing, since nothing is asked of the network: it needs no loop of events."""
    try:
        work.send(None)
    except StopIteration as ended:
        result: _T = ended.value
        return result
    work.close()
    raise RuntimeError("It waits for something")


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
