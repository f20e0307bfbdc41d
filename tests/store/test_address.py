"""Addresses of servers: read in one way by what connects, and never shown with what is secret."""

from urllib.parse import quote

import psycopg
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tomsapp.store.address import display_name, is_server, read_address
from tomsapp.store.errors import Unreachable
from tomsapp.store.security import connection_options

SIGNS = st.text(st.sampled_from("/#@%?&=:;+'\"\\ []<>{}|^~`!$*(),.é£中"), max_size=8)
PASSWORDS = st.builds("{}Geheim{}77{}".format, SIGNS, SIGNS, SIGNS)
"""Any signs around letters that stand nowhere else, so that a part of one is found too."""
SCHEMES = ("postgresql", "postgres", "PostgreSQL", "POSTGRES", "postgresql+psycopg", "postgresql+psycopg2")


def ways_to_write(password: str) -> dict[str, str]:
    """One server, with its password given in every way that people and libraries know."""
    escaped = quote(password, safe="")
    pair = password.replace("\\", "\\\\").replace("'", "\\'")
    raw = {f"{scheme}, as it is": f"{scheme}://ann:{password}@db.example.org:5433/toms" for scheme in SCHEMES}
    return {
        **raw,
        "escaped": f"postgresql://ann:{escaped}@db.example.org:5433/toms",
        "spaces around": f"  postgresql://ann:{escaped}@db.example.org:5433/toms ",
        "in the query": f"postgresql://ann@db.example.org:5433/toms?password={escaped}",
        "in the query, as it is": f"postgresql://ann@db.example.org:5433/toms?password={password}",
        "after another option": f"PostgreSQL://ann@db.example.org:5433/toms?connect_timeout=3&password={escaped}",
        "of the key": f"postgresql://ann@db.example.org:5433/toms?sslkey=k.pem&sslpassword={escaped}",
        "pairs": f"host=db.example.org port=5433 user=ann dbname=toms password='{pair}'",
        "pairs, the password first": f"password = '{pair}' host = db.example.org port=5433 user='ann' dbname=toms",
    }


def parts(target: str) -> dict[str, str]:
    address = read_address(target)
    return {**dict(address.options), **dict(address.secrets.pairs)}


@given(PASSWORDS)
@example("p@ssGeheim/77#?&=%41")
@example("Geheim77%zz")
@example("Geheim77://")
def test_password_is_read_whole_or_the_address_is_refused_and_nothing_shows_it(password):
    for way, target in ways_to_write(password).items():
        assert is_server(target), way
        try:
            address = read_address(target)
        except Unreachable as error:
            assert "as it is" in way, way
            shown = f"{error!r} {error} {error.message} {error.fix} {display_name(target)}"
        else:
            secret = address.password or dict(address.secrets.pairs)["sslpassword"]
            if "as it is" not in way:
                assert secret == password
            assert address.name == "db.example.org/toms", way
            assert read_address(address.shown) == address.without_secrets(), way
            shown = f"{address!r} {address} {address.shown} {address.name} {display_name(target)}"
        assert "Geheim" not in shown, way
        assert "77" not in shown, way


@given(st.text(st.characters(exclude_characters="%\0", exclude_categories=["Cs"]), min_size=1, max_size=12))
def test_password_that_is_not_escaped_is_that_password_if_there_is_one_way_to_read_it(password):
    try:
        address = read_address(f"postgresql://ann:{password}@db.example.org/toms")
    except Unreachable:
        return
    assert address.password == password
    assert address.option("user") == "ann"
    assert address.option("host") == "db.example.org"


@pytest.mark.parametrize(
    "password", ["p@ss", "p/ss", "p#ss", "p?ss", "p@s/s?x#@y", ":", "a:b", "a@db:1/x", "@", "&x=y"]
)
def test_signs_that_end_a_password_elsewhere_need_no_escape(password):
    assert read_address(f"postgresql://ann:{password}@db.example.org/toms").password == password


@pytest.mark.parametrize(
    "target",
    [
        "postgresql://host:5432/db?password=p@ss",
        "postgresql://u:x@host/db?password=p@ss",
    ],
)
def test_address_with_two_readings_is_refused(target):
    with pytest.raises(Unreachable, match="can be read in two ways") as told:
        read_address(target)
    assert "p@ss" not in f"{told.value!r}"
    assert "%40" in told.value.fix


@given(
    user=st.text(max_size=8),
    password=st.text(max_size=8),
    database=st.text(max_size=8),
    port=st.sampled_from(["", "1", "5432"]),
    host=st.sampled_from(["", "localhost", "10.0.0.1", "::1", "db-1.example.org", "/var/run/postgresql"]),
)
def test_what_is_escaped_reads_as_postgresql_s_own_client_reads_it(user, password, database, port, host):
    assume("\0" not in user + password + database)
    where = f"[{host}]" if ":" in host else quote(host, safe="")
    login = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user or password else ""
    target = f"postgresql://{login}{where}{f':{port}' if port else ''}/{quote(database, safe='')}"
    theirs = {name: str(value) for name, value in psycopg.conninfo.conninfo_to_dict(target).items() if value}
    assert parts(target) == theirs


@given(
    st.dictionaries(st.sampled_from(["host", "user", "password", "dbname", "application_name"]), st.text(max_size=8))
)
def test_pairs_read_as_postgresql_s_own_client_reads_them(said):
    assume(said and not any("\0" in value for value in said.values()))
    target = psycopg.conninfo.make_conninfo(**said)
    assert is_server(target)
    assert parts(target) == {name: value for name, value in said.items() if value}


def test_several_servers_and_other_options_come_back():
    target = "postgresql://ann@[::1]:5432,b.example.org/toms?target_session_attrs=read-write&options=-csearch_path%3Dx"
    address = read_address(target)
    assert address.option("host") == "::1,b.example.org"
    assert read_address(address.shown) == address
    assert parts("postgresql://h/d?ssl=true")["sslmode"] == "require"


@pytest.mark.parametrize(
    "target",
    [
        "mysql://ann:Geheim77@db.example.org/toms",
        "jdbc:postgresql://db.example.org/toms?password=Geheim77",
        "postgresql:/ann:Geheim77@db.example.org/toms",
        "postgres:ann:Geheim77@db",
        "ann:Geheim77@db.example.org/toms",
        "ann:Geheim/77@db.example.org:5432/toms",
        "postgresql://ann:Geheim77@db.example.org/toms?passwort=Geheim77",
        "postgresql://ann:Geheim77@db.example.org/toms?Geheim77",
        "postgresql://ann:Geheim77@db .example.org/toms",
        "host=db.example.org password=Geheim77 colour=red",
        "password='Geheim77",
        "postgresql://ann:Geheim77%ff@db.example.org/toms",
        "postgresql://ann:Geheim77@db.example.org/to\0ms",
        "postgresql://ann:Geheim77%00@db.example.org/toms",
        "postgresql://ann:Geheim77@db.example.org/" + "x" * 9_000,
    ],
)
def test_address_that_cannot_be_read_is_never_a_file_nor_said_back(target):
    assert is_server(target)
    with pytest.raises(Unreachable) as told:
        read_address(target)
    assert "Geheim" not in f"{told.value!r} {told.value.message} {told.value.fix} {display_name(target)}"


def test_only_what_connects_is_told_the_secrets():
    told = connection_options(read_address("postgresql://ann:Geheim@localhost/toms?sslpassword=Key"))
    assert told == {"host": "localhost", "user": "ann", "dbname": "toms", "password": "Geheim", "sslpassword": "Key"}


def test_password_from_a_field_replaces_that_of_the_address():
    address = read_address("postgresql://ann:old@h/d").with_password("new/@ one")
    assert address.password == "new/@ one"
    assert address.shown == "postgresql://ann@h/d"
    assert address.with_option("sslmode", "require").shown == "postgresql://ann@h/d?sslmode=require"
    assert address.with_option("sslmode", "require").with_option("sslmode", "") == address
