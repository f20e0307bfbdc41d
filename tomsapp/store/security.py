"""How the way to a server is kept safe: encrypted and verified, unless the address says otherwise."""

from __future__ import annotations

import os
import ssl
import sys
from enum import Enum
from pathlib import Path
from typing import assert_never

from tomsapp.domain.wording import small_first
from tomsapp.store.address import ServerAddress
from tomsapp.store.errors import Unreachable

_LOOPBACK = ("localhost", "::1")
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Red Hat, Fedora
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # macOS, Alpine, BSD
)


class Security(Enum):
    """What is known of the way to a server; the value is PostgreSQL’s own `sslmode`."""

    VERIFIED = "verify-full"
    CERTIFIED = "verify-ca"
    ENCRYPTED = "require"
    PREFERRED = "prefer"
    ALLOWED = "allow"
    OPEN = "disable"

    @property
    def words(self) -> str:
        """The way as people read it."""
        match self:
            case Security.VERIFIED:
                return "Encrypted, and the server proved that it is the one"
            case Security.CERTIFIED:
                return "Encrypted, but the server’s name is not checked"
            case Security.ENCRYPTED:
                return "Encrypted, but nobody checks whose server it is"
            case Security.PREFERRED | Security.ALLOWED:
                return "Encrypted only if the server asks for it"
            case Security.OPEN:
                return "Not encrypted"
            case _:
                assert_never(self)


def is_on_this_computer(address: ServerAddress) -> bool:
    """Whether the way to a server never leaves this computer.

    What the address leaves out comes from the environment, as PostgreSQL’s own client has it.
    """
    if address.option("service") or os.environ.get("PGSERVICE"):
        return False
    named = address.option("host") or address.option("hostaddr")
    hosts = (named or os.environ.get("PGHOST") or os.environ.get("PGHOSTADDR") or "").split(",")
    return all(not host or host.startswith(("/", "@")) or _is_loopback(host) for host in hosts)


def _is_loopback(host: str) -> bool:
    return host.casefold() in _LOOPBACK or (host.startswith("127.") and host.replace(".", "").isdigit())


def security_of(address: ServerAddress) -> Security | None:
    """What keeps the way to a server safe; None where it never leaves this computer and the address asks for nothing.

    Raises:
        Unreachable: the address asks for what there is not.
    """
    asked = address.option("sslmode")
    if not asked:
        return None if is_on_this_computer(address) else Security.VERIFIED
    try:
        return Security(asked)
    except ValueError:
        known = ", ".join(each.value for each in Security)
        raise Unreachable("The address asks for an sslmode that there is not", f"Write one of: {known}") from None


def caution(address: ServerAddress) -> str:
    """What of the way to a server is less than verified, in a few words; nothing where it is or need not be."""
    security = security_of(address)
    if security is None or security is Security.VERIFIED or is_on_this_computer(address):
        return ""
    return small_first(security.words)


def what_to_know(address: ServerAddress) -> str:
    """What somebody should know who works over a way that is less than verified; nothing where it is."""
    words = caution(address)
    return words and (
        f"The connection to {address.name} is less safe than it could be: it is {words}. Its address asks for that "
        f"with sslmode={address.option('sslmode')}. Take it away once your IT team has a certificate for the server."
    )


def connection_options(address: ServerAddress) -> dict[str, str]:
    """All that PostgreSQL’s own client is told, the secrets with it."""
    told = {**dict(address.options), **dict(address.secrets.pairs)}
    security = security_of(address)
    if security is None:
        return told
    told["sslmode"] = security.value
    if security is Security.VERIFIED:
        # Else Kerberos might encrypt in the place of TLS, and nothing is verified.
        told.setdefault("gssencmode", "disable")
    if security in {Security.VERIFIED, Security.CERTIFIED}:
        told.setdefault("sslrootcert", _roots())
    return told


def _roots() -> str:
    """The file with the authorities that this system trusts; PostgreSQL’s own word where none is found."""
    if sys.platform == "win32":
        return str(_windows_roots())
    places = (os.environ.get("SSL_CERT_FILE", ""), ssl.get_default_verify_paths().cafile or "", *_BUNDLES)
    return next((place for place in places if place and Path(place).is_file()), "system")


def _windows_roots() -> Path:
    """The authorities that Windows trusts, written to a file as the client wants them: the council’s own among them."""
    from tomsapp.config.paths import user_data_dir

    found = {
        ssl.DER_cert_to_PEM_cert(certificate)
        for store in ("ROOT", "CA")
        for certificate, encoding, trust in ssl.enum_certificates(store)  # type: ignore[attr-defined]
        if encoding == "x509_asn" and (trust is True or ssl.Purpose.SERVER_AUTH.oid in trust)
    }
    path = user_data_dir() / "trusted-authorities.pem"
    path.write_text("".join(sorted(found)), encoding="ascii")
    return path
