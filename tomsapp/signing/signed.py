"""What is found of a signature; it is read by `read`, which takes long to load."""

from dataclasses import dataclass
from datetime import datetime

from tomsapp.domain.signer import Certificate


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
        is_vouched: whether it was made with the certificate that was asked about, or with one that that vouches for.
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
    is_vouched: bool = False
