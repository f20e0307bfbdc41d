"""The keys that sign packs of tenders (Ed25519, RFC 8032), and their signatures."""

from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tomsapp.domain.tender.pack_signature import PackKey
from tomsapp.signing.errors import SigningError
from tomsapp.signing.pack_keys import public_bytes


@dataclass(frozen=True, slots=True)
class PackSigningKey:
    """A key that can sign packs; `data` is its private half (32 bytes), and never shown."""

    key: PackKey
    data: bytes = field(repr=False)


def make_pack_key() -> PackSigningKey:
    """A new key."""
    return read_pack_key(Ed25519PrivateKey.generate().private_bytes_raw())


def read_pack_key(data: bytes) -> PackSigningKey:
    """The key of a private half as it is kept.

    Raises:
        SigningError: it is none.
    """
    try:
        private = Ed25519PrivateKey.from_private_bytes(data)
    except ValueError as error:
        message = "The key that signs packs cannot be read"
        raise SigningError(message, "Make a new one under Settings, Signature") from error
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return PackSigningKey(PackKey(b64encode(public).decode("ascii"), sha256(public).hexdigest()), data)


def sign_content(content: bytes, key: PackSigningKey) -> bytes:
    """The signature of bytes; the same bytes and key give the same signature."""
    return Ed25519PrivateKey.from_private_bytes(key.data).sign(content)


def holds(content: bytes, signature: bytes, key: PackKey) -> bool:
    """Whether a signature is of these bytes, made with the private half of a key.

    Raises:
        SigningError: the key is none.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public_bytes(key)).verify(signature, content)
    except InvalidSignature:
        return False
    return True
