"""Keys: what can sign and what cannot, and that nothing of a key is shown."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from tests.keys import EXPIRED, NOW, PASSWORD, VALID, certificate, key_file, key_file_of, pem, private_key
from tomsapp.signing.errors import SigningError, WrongPassword
from tomsapp.signing.keys import certificate_in, make_key, needs_password, read_key


def test_made_key_says_whose_it_is_and_that_nobody_else_vouches_for_it():
    key = make_key("  Larkmere\n Council ", NOW)
    made = key.certificate
    assert (made.name, made.issuer, made.is_self_made) == ("Larkmere Council", "Larkmere Council", True)
    assert made.is_valid_at(NOW)
    assert made.valid_until - NOW > timedelta(days=3600)
    assert not made.is_valid_at(made.valid_until + timedelta(seconds=1))
    assert made.issued_words == "self-made, nobody else vouches for it"
    assert read_key(key.data, "").certificate == certificate_in(key.pem.encode())[0] == made
    assert not needs_password(key.data)
    usage = x509.load_pem_x509_certificate(key.pem.encode()).extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign


@pytest.mark.parametrize("name", ["", "\u202e\n", "x" * 300, "£ שלום 漢字"])
def test_any_name_makes_a_certificate(name):
    made = make_key(name, NOW).certificate
    assert 0 < len(made.name) <= 64
    assert made.name == (" ".join(name.split())[:64] if name.strip().isprintable() and name else "tomsapp")


def test_key_of_a_file_is_read_with_its_password_alone():
    data = key_file()
    key = read_key(data, PASSWORD)
    assert key.certificate.name == "Larkmere Council, O"
    assert needs_password(data)
    for wrong in ("", PASSWORD.strip(), PASSWORD.upper(), "x" * 10_000):
        with pytest.raises(WrongPassword, match="does not open the file"):
            read_key(data, wrong)


def test_nothing_of_a_key_is_shown():
    key = read_key(key_file(), PASSWORD)
    assert "data" not in repr(key)
    assert "PRIVATE" not in key.pem


def test_certificate_of_an_authority_names_it_and_keeps_those_between():
    authority = certificate("Authority", is_authority=True)
    made = certificate("Council", issuer="Authority")
    key = read_key(key_file_of(made, "Council", others=(authority,)), PASSWORD)
    assert key.certificate.issued_words == "issued by Authority, O"
    assert pkcs12.load_key_and_certificates(key.data, None)[2] == [authority]


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "no PKCS#12 file"),
        (b"%PDF-1.7", "no PKCS#12 file"),
        (pem(certificate("Larkmere Council")), "no PKCS#12 file"),
        (key_file()[:-40], "does not open the file|no PKCS#12"),
        (key_file(bits=1024), "1024 bits, which is too weak"),
        (key_file(bits=1), "of a kind that PDF readers do not know"),
        (key_file(may_sign=False), "not for signing"),
        (
            pkcs12.serialize_key_and_certificates(
                b"k", None, None, [certificate("A")], serialization.BestAvailableEncryption(PASSWORD.encode())
            ),
            "does not hold both a key and its certificate",
        ),
        (
            pkcs12.serialize_key_and_certificates(
                b"k",
                private_key("A"),
                None,
                [certificate("A")],
                serialization.BestAvailableEncryption(PASSWORD.encode()),
            ),
            "does not hold both a key and its certificate",
        ),
    ],
)
def test_what_cannot_sign_is_refused_with_its_reason(data, match):
    with pytest.raises(SigningError, match=match):
        read_key(data, PASSWORD)


def test_short_key_of_a_curve_signs_too():
    assert read_key(key_file(bits=256), PASSWORD).certificate.name == "Larkmere Council, O"


@pytest.mark.parametrize("form", [serialization.Encoding.PEM, serialization.Encoding.DER])
def test_certificate_in_a_file_is_read_however_it_is_written(form):
    made = certificate("Council", VALID)
    told, text = certificate_in(made.public_bytes(form))
    assert (told.name, text) == ("Council, O", pem(made).decode())


@pytest.mark.parametrize("data", [b"", b"x", b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----", key_file()])
def test_file_without_a_certificate_is_told(data):
    with pytest.raises(SigningError, match="holds no certificate"):
        certificate_in(data)


def test_expired_certificate_is_known_as_such():
    told, _ = certificate_in(pem(certificate("Council", EXPIRED)))
    assert not told.is_valid_at(NOW)
    assert told.is_valid_at(NOW - timedelta(days=30))


def test_key_beside_the_certificate_of_another_is_refused(monkeypatch):
    """No library that we know writes such a file, and what reads one may take what stands first."""
    monkeypatch.setattr(pkcs12, "load_key_and_certificates", lambda *_: (private_key("A"), certificate("B"), []))
    with pytest.raises(SigningError, match="not that of its certificate"):
        read_key(key_file(), PASSWORD)
