"""A PostgreSQL server behind TLS, as one on another computer is: it hands on what it decrypts to one without."""

import datetime as dt
import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tomsapp.store.address import ServerAddress

_TLS, _GSS = 80877103, 80877104
"""What a client asks first: https://www.postgresql.org/docs/current/protocol-message-formats.html."""


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def make_certificates(folder: Path, host: str, days: int = 2) -> tuple[Path, Path]:
    """An authority, and the certificate and key of a server that it vouches for; gives the files of both."""
    now = dt.datetime.now(dt.UTC)
    begin, end = now - dt.timedelta(days=5), now + dt.timedelta(days=days)

    def certificate(subject: str, public_key: ec.EllipticCurvePublicKey, *, is_authority: bool) -> x509.Certificate:
        names = [x509.DNSName(subject), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(subject))
            .issuer_name(_name(authority_name))
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end if not is_authority else now + dt.timedelta(days=9))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )
        if not is_authority:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(authority_key, hashes.SHA256())

    authority_name = f"Authority of {folder.name}"
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    pem = serialization.Encoding.PEM
    authority, server = folder / "authority.pem", folder / "server.pem"
    authority.write_bytes(certificate(authority_name, authority_key.public_key(), is_authority=True).public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    server.write_bytes(private + certificate(host, key.public_key(), is_authority=False).public_bytes(pem))
    return authority, server


def _connect(behind: ServerAddress) -> socket.socket:
    host, port = behind.option("host"), int(behind.option("port") or 5432)
    if host.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(f"{host}/.s.PGSQL.{port}")
        return connection
    return socket.create_connection((host, port))


def _hand_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _serve(client: socket.socket, behind: ServerAddress, certificate: Path | None) -> None:
    with suppress(OSError), client:
        while True:
            first = client.recv(8, socket.MSG_WAITALL)
            code = struct.unpack("!ii", first)[1] if len(first) == 8 else 0
            if code != _GSS and (code != _TLS or certificate is not None):
                break
            client.sendall(b"N")
        if code == _TLS and certificate is not None:
            client.sendall(b"S")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            client = context.wrap_socket(client, server_side=True)
            first = b""
        with client, _connect(behind) as server:
            server.sendall(first)
            back = threading.Thread(target=_hand_on, args=(server, client), daemon=True)
            back.start()
            _hand_on(client, server)
            back.join()


@contextmanager
def tls_server(behind: ServerAddress, certificate: Path | None) -> Iterator[int]:
    """The port of a server on this computer; without a certificate it speaks no TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=_serve, args=(client, behind, certificate), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
