"""The way to a server is encrypted and verified, unless its address says otherwise; then the window says so."""

import ssl
import sys
from types import SimpleNamespace

import pytest

from tests.postgres import server_database
from tests.store.tls_server import make_certificates, tls_server
from tomsapp.store import security
from tomsapp.store.address import read_address
from tomsapp.store.database import open_database
from tomsapp.store.errors import NotSecure, Unreachable
from tomsapp.store.security import Security, caution, connection_options, is_on_this_computer, security_of, what_to_know

HOST = "db.example.test"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGSSLMODE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def behind(cluster, postgres_template):
    with server_database(cluster, postgres_template) as target:
        yield read_address(target)


def far(behind, port, options=""):
    """The same database as on another computer: its name is what the certificate must say."""
    user = behind.option("user")
    return f"postgresql://{user}@{HOST}:{port}/{behind.option('dbname')}?hostaddr=127.0.0.1{options}"


@pytest.mark.parametrize(
    ("target", "is_here"),
    [
        ("postgresql:///toms", True),
        ("postgresql://ann@localhost/toms", True),
        ("postgresql://ann@127.0.0.1:5433/toms", True),
        ("postgresql://ann@127.1.2.3/toms", True),
        ("postgresql://ann@[::1]/toms", True),
        ("postgresql:///toms?host=/var/run/postgresql", True),
        ("postgresql:///toms?hostaddr=127.0.0.1", True),
        ("postgresql://ann@localhost,db.example.org/toms", False),
        ("postgresql://ann@127.example.org/toms", False),
        ("postgresql://ann@localhost.example.org/toms", False),
        ("postgresql:///toms?hostaddr=10.0.0.1", False),
        ("postgresql:///toms?service=council", False),
        ("postgresql://ann@db.example.org/toms?hostaddr=127.0.0.1", False),
    ],
)
def test_server_on_another_computer_must_prove_who_it_is(target, is_here):
    address = read_address(target)
    assert is_on_this_computer(address) is is_here
    assert security_of(address) is (None if is_here else Security.VERIFIED)
    told = connection_options(address)
    assert told.get("sslmode") == (None if is_here else "verify-full")
    assert ("sslrootcert" in told) is not is_here
    assert told.get("gssencmode") == (None if is_here else "disable")
    assert caution(address) == what_to_know(address) == ""


@pytest.mark.parametrize("name", ["PGHOST", "PGHOSTADDR", "PGSERVICE"])
def test_server_that_the_environment_names_must_prove_it_too(monkeypatch, name):
    monkeypatch.setenv(name, "10.0.0.1")
    assert security_of(read_address("postgresql:///toms")) is Security.VERIFIED


def test_environment_does_not_make_it_less():
    assert connection_options(read_address("postgresql://db.example.org/toms"))["sslmode"] == "verify-full"


@pytest.mark.parametrize("mode", [each for each in Security if each is not Security.VERIFIED])
def test_less_is_said(mode):
    address = read_address(f"postgresql://ann@db.example.org/toms?sslmode={mode.value}")
    assert security_of(address) is mode
    assert caution(address)[1:] in mode.words
    assert f"sslmode={mode.value}" in what_to_know(address)
    assert caution(read_address(f"postgresql:///toms?sslmode={mode.value}")) == ""


def test_security_that_there_is_not_is_refused():
    with pytest.raises(Unreachable, match="an sslmode that there is not") as told:
        connection_options(read_address("postgresql://db.example.org/toms?sslmode=best"))
    assert "verify-full" in told.value.fix


def test_authorities_are_those_of_the_system(monkeypatch, tmp_path):
    own = tmp_path / "own.pem"
    own.touch()
    target = read_address("postgresql://db.example.org/toms")
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    assert connection_options(target)["sslrootcert"] == str(own)
    assert connection_options(target.with_option("sslrootcert", "other.pem"))["sslrootcert"] == "other.pem"
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: SimpleNamespace(cafile=None))
    monkeypatch.setattr(security, "_BUNDLES", (str(tmp_path / "none"), str(own)))
    assert connection_options(target)["sslrootcert"] == str(own)
    monkeypatch.setattr(security, "_BUNDLES", ())
    assert connection_options(target)["sslrootcert"] == "system"


def test_authorities_that_windows_trusts_for_servers_are_used(monkeypatch, tmp_path):
    der, _ = make_certificates(tmp_path, HOST)
    certificate = ssl.PEM_cert_to_DER_cert(der.read_text(encoding="ascii"))
    held = [(certificate, "x509_asn", True), (b"x", "pkcs_7_asn", True), (b"y", "x509_asn", {"1.2.3"})]
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ssl, "enum_certificates", lambda store: held if store == "ROOT" else [], raising=False)
    monkeypatch.setattr("tomsapp.config.paths.user_data_dir", lambda: tmp_path)
    file = connection_options(read_address("postgresql://db.example.org/toms"))["sslrootcert"]
    assert ssl.PEM_cert_to_DER_cert((tmp_path / "trusted-authorities.pem").read_text(encoding="ascii")) == certificate
    assert file == str(tmp_path / "trusted-authorities.pem")


def test_verified_server_opens_with_nothing_said(behind, tmp_path, monkeypatch):
    authority, certificate = make_certificates(tmp_path, HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with tls_server(behind, certificate) as port, open_database(far(behind, port)) as database:
        assert database.read
        assert database.name == f"{HOST}/{behind.option('dbname')}"
        assert (database.warnings, database.caution) == ((), "")


@pytest.mark.parametrize(
    ("host", "days", "is_trusted", "why"),
    [
        (HOST, 2, False, "trusts nobody who vouches for its server"),
        ("other.example.test", 2, True, "is another one’s"),
        (HOST, -1, True, "trusts nobody who vouches|out of date"),
        ("", 2, True, "its server has no encryption"),
    ],
)
def test_server_that_does_not_prove_who_it_is_stays_shut(behind, tmp_path, monkeypatch, host, days, is_trusted, why):
    (tmp_path / "stranger").mkdir()
    authority, certificate = make_certificates(tmp_path, host or HOST, days)
    stranger, _ = make_certificates(tmp_path / "stranger", HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority if is_trusted else stranger))
    with tls_server(behind, certificate if host else None) as port:
        with pytest.raises(NotSecure, match=f"cannot be reached safely: .*({why})") as told:
            open_database(far(behind, port))
        assert "Ask your IT team" in told.value.fix
        asked = "disable" if not host else "require"
        with open_database(far(behind, port, f"&sslmode={asked}")) as database:
            assert database.warnings == (what_to_know(database.target),)
            assert database.caution


def test_wrong_password_is_told_from_a_server_that_is_away():
    from psycopg import OperationalError

    from tomsapp.store.faults import translated

    told = translated(OperationalError('FATAL:  password authentication failed for user "ann"'), "h/d")
    assert (told.message, told.fix) == (
        "h/d did not take the login",
        "Enter the address again, and the password with it",
    )
