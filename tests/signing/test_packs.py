"""The keys that sign packs: the vectors of RFC 8032, public keys as they are published, and what is no key."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from tomsapp.domain.tender.pack_signature import PackKey
from tomsapp.signing.errors import SigningError
from tomsapp.signing.pack_keys import key_in_pem, pem_of, public_bytes, public_key
from tomsapp.signing.packs import holds, make_pack_key, read_pack_key, sign_content

VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
"""Source: RFC 8032, section 7.1, tests 1 and 3."""


@pytest.mark.parametrize(("private", "public", "content", "signature"), VECTORS)
def test_signatures_are_those_of_the_standard(private, public, content, signature):
    key = read_pack_key(bytes.fromhex(private))
    assert public_bytes(key.key).hex() == public
    made = sign_content(bytes.fromhex(content), key)
    assert made.hex() == signature
    assert holds(bytes.fromhex(content), made, key.key)
    assert not holds(bytes.fromhex(content) + b"x", made, key.key)
    assert not holds(bytes.fromhex(content), made, make_pack_key().key)


def test_a_key_is_new_each_time_and_never_shown():
    first, second = make_pack_key(), make_pack_key()
    assert first.key != second.key
    assert repr(first.data) not in repr(first)
    assert read_pack_key(first.data) == first
    with pytest.raises(SigningError, match="cannot be read"):
        read_pack_key(b"short")


def test_the_published_key_is_read_by_others_and_again_here():
    key = make_pack_key().key
    held = load_pem_public_key(pem_of(key))
    assert held.public_bytes_raw() == public_bytes(key)
    assert key_in_pem(pem_of(key)) == key
    assert key_in_pem(b"Our key:\r\n" + pem_of(key).replace(b"\n", b"\r\n")) == key
    assert key_in_pem(held.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)) == key


def other_kind():
    public = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no public key"),
        (b"\xff\xfe", "holds no public key"),
        (other_kind(), "holds no public key"),
        (b"-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----", "no Ed25519"),
        (b"-----BEGIN PUBLIC KEY-----\nMCo\n-----END PUBLIC KEY-----", "no Base64"),
    ],
)
def test_a_file_without_such_a_key_is_refused(data, words):
    with pytest.raises(SigningError, match=words):
        key_in_pem(data)


def test_one_key_has_one_text():
    raw = ed25519.Ed25519PrivateKey.generate().public_key()
    data = raw.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    text = b64encode(data).decode()
    assert isinstance(public_key(text), PackKey)
    for other in (f" {text}", f"{text}\n", b64encode(data + b"x").decode(), b64encode(b"x" + data[1:]).decode(), "é"):
        with pytest.raises(SigningError):
            public_key(other)
