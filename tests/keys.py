"""Keys and certificates for the tests, made up; keys are made once, since that takes long."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

PASSWORD = "pass wörd £1 "
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
VALID = (NOW - DAY, NOW + 365 * DAY)
EXPIRED = (NOW - 365 * DAY, NOW - DAY)


@cache
def private_key(name: str, bits: int = 2048):
    if bits < 1024:
        return ec.generate_private_key(ec.SECP256R1()) if bits == 256 else ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def certificate(
    name: str,
    valid=VALID,
    *,
    issuer: str = "",
    bits: int = 2048,
    may_sign: bool = True,
    is_authority: bool = False,
    of_key: str = "",
) -> x509.Certificate:
    """A certificate of `name`, issued by the key of `issuer` or by its own."""
    said, by = (
        x509.Name(
            [
                x509.NameAttribute(x509.NameOID.COMMON_NAME, each),
                x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "O"),
            ]
        )
        for each in (name, issuer or name)
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"), False
    )
    usage |= {"digital_signature": may_sign, "content_commitment": may_sign, "key_cert_sign": is_authority}
    if not may_sign:
        usage["key_encipherment"] = True
    signs = private_key(issuer or of_key or name, 2048 if issuer else bits)
    return (
        x509.CertificateBuilder()
        .subject_name(said)
        .issuer_name(by)
        .public_key(private_key(of_key or name, bits).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(signs, None if bits == 1 and not issuer else hashes.SHA256())
    )


def key_file(name: str = "Larkmere Council", password: str = PASSWORD, others=(), **about) -> bytes:
    """A PKCS#12 file as an authority hands it out."""
    return key_file_of(certificate(name, **about), name, password, others, about.get("bits", 2048))


def key_file_of(made: x509.Certificate, name: str, password: str = PASSWORD, others=(), bits: int = 2048) -> bytes:
    lock = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"key", private_key(name, bits), made, list(others) or None, lock)


def pem(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.PEM)
