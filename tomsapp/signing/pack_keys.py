"""The public keys of packs as they are published. They may be a stranger's, so they are read without a parser."""

import binascii
import re
from base64 import b64decode, b64encode
from hashlib import sha256

from tomsapp.domain.tender.pack_signature import PackKey
from tomsapp.signing.errors import SigningError

_PREFIX = bytes.fromhex("302a300506032b6570032100")
"""How the public bytes of each Ed25519 key begin (RFC 8410); 32 bytes follow."""
_LENGTH = 32
_HEAD, _FOOT = "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"
_PEM = re.compile(rf"{_HEAD}\s+([A-Za-z0-9+/=\s]{{1,200}}){_FOOT}", re.ASCII)
_CHOOSE = "Choose the public key that the council publishes (.pem), of the kind Ed25519"


def public_key(text: str) -> PackKey:
    """The public key in Base64.

    Raises:
        SigningError: it is none, or of another kind.
    """
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SigningError("The public key is no Base64", _CHOOSE) from error
    # Base64 can write the same bytes in several ways: one key has one text.
    if not data.startswith(_PREFIX) or len(data) != len(_PREFIX) + _LENGTH or b64encode(data).decode("ascii") != text:
        raise SigningError("The public key is no Ed25519 key", _CHOOSE)
    return PackKey(text, sha256(data).hexdigest())


def public_bytes(key: PackKey) -> bytes:
    """The 32 bytes of a public key.

    Raises:
        SigningError: it is none.
    """
    return b64decode(public_key(key.public).public)[len(_PREFIX) :]


def pem_of(key: PackKey) -> bytes:
    """A public key as the file that a council publishes."""
    return f"{_HEAD}\n{key.public}\n{_FOOT}\n".encode("ascii")


def key_in_pem(data: bytes) -> PackKey:
    """The public key in a file that a council published.

    Raises:
        SigningError: it holds none.
    """
    found = _PEM.search(data.decode("ascii", "replace"))
    if found is None:
        raise SigningError("This file holds no public key", _CHOOSE)
    return public_key("".join(found[1].split()))
