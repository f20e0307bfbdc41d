"""Keys with their certificates: made here, or read from a PKCS#12 file under its password."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from tomsapp.domain.signer import Certificate
from tomsapp.signing.errors import SigningError, WrongPassword

MOST_BYTES = 1_000_000
"""The largest file with a key or a certificate that is read."""

_RSA_BITS = 3072
_YEARS = 10
_MOST_NAME = 64
"""The most letters that X.509 allows a common name."""
_FEWEST_BITS = {rsa.RSAPrivateKey: 2048, ec.EllipticCurvePrivateKey: 256}
_CHOOSE = "Choose the PKCS#12 file (.p12 or .pfx) of a certificate for signing"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that can sign, with its certificate; `data` is PKCS#12 that no password locks, and never shown."""

    certificate: Certificate
    pem: str
    data: bytes = field(repr=False)


def make_key(name: str, now: datetime) -> SigningKey:
    """A new key whose certificate says this name and is signed by the key itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    said = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _plain(name))])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(said)
        .issuer_name(said)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A day earlier: the clocks of two computers differ.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return _signing_key(key, certificate, ())


def _plain(name: str) -> str:
    """A name as a certificate can hold it."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(shown.split())[:_MOST_NAME].strip() or "tomsapp"


def read_key(data: bytes, password: str) -> SigningKey:
    """The key and certificate in a PKCS#12 file.

    Raises:
        WrongPassword: the password does not open it.
        SigningError: it is no such file, holds no key with a certificate, or a key that is too weak or of another kind.
    """
    if not _is_pkcs12(data):
        raise SigningError("This is no PKCS#12 file", _CHOOSE)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, password.encode() or None)
    except ValueError as error:
        raise WrongPassword(
            "The password does not open the file with the key", "Type it again; capitals and small letters differ"
        ) from error
    except (UnsupportedAlgorithm, TypeError) as error:
        raise SigningError("The file with the key is locked in a way that is not known here", _CHOOSE) from error
    if key is None or certificate is None:
        raise SigningError("The file does not hold both a key and its certificate", _CHOOSE)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SigningError("The key is of a kind that PDF readers do not know", "Ask for a certificate with an RSA key")
    fewest = next(bits for kind, bits in _FEWEST_BITS.items() if isinstance(key, kind))
    if key.key_size < fewest:
        raise SigningError(f"The key has {key.key_size} bits, which is too weak", "Ask for a new certificate")
    if key.public_key() != certificate.public_key():
        raise SigningError("The key in the file is not that of its certificate", _CHOOSE)
    if not _may_sign(certificate):
        raise SigningError("The certificate in the file is not for signing", "Ask for one for signing documents")
    return _signing_key(key, certificate, others)


def needs_password(data: bytes) -> bool:
    """Whether a PKCS#12 file is locked with a password."""
    try:
        read_key(data, "")
    except WrongPassword:
        return True
    except SigningError:
        return False
    return False


def _is_pkcs12(data: bytes) -> bool:
    """Whether it begins as PKCS#12 does: a sequence with the version 3."""
    return data[:1] == b"\x30" and b"\x02\x01\x03" in data[:12]


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False
    return usage.digital_signature or usage.content_commitment


def _signing_key(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    others: "list[x509.Certificate] | tuple[()]",
) -> SigningKey:
    data = pkcs12.serialize_key_and_certificates(None, key, certificate, others or None, serialization.NoEncryption())
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
    return SigningKey(described(certificate), pem, data)


def certificate_in(data: bytes) -> tuple[Certificate, str]:
    """A certificate in a file, as PEM or DER, and its PEM; the first where there are several.

    Raises:
        SigningError: it holds none.
    """
    try:
        if b"-----BEGIN CERTIFICATE-----" in data:
            found = x509.load_pem_x509_certificates(data)[0]
        else:
            found = x509.load_der_x509_certificate(data)
        return described(found), found.public_bytes(serialization.Encoding.PEM).decode("ascii")
    except ValueError as error:
        message = "This file holds no certificate"
        raise SigningError(message, "Choose a certificate as it was exported (.pem, .crt, .cer)") from error


def described(certificate: x509.Certificate) -> Certificate:
    """What a certificate says of itself.

    Raises:
        ValueError: it cannot be read.
    """
    return Certificate(
        _name(certificate.subject),
        _name(certificate.issuer),
        certificate.fingerprint(hashes.SHA256()).hex(),
        certificate.not_valid_before_utc.astimezone(UTC),
        certificate.not_valid_after_utc.astimezone(UTC),
        certificate.subject == certificate.issuer,
    )


def _name(name: x509.Name) -> str:
    """A name as people read it: whose it is, and of which organisation."""
    oids = (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME)
    said = [str(part.value).strip() for oid in oids for part in name.get_attributes_for_oid(oid)]
    shown = ", ".join(dict.fromkeys(filter(None, said))) or name.rfc4514_string() or "nobody"
    return "".join(sign if sign.isprintable() else " " for sign in shown)[:200]
