"""Workspaces for the service tests: a council's database with the shipped menus."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import run_on_server, server_database
from tests.services.council import open_as, shipped
from tomsapp.services import databases
from tomsapp.services.workspace import Workspace


@pytest.fixture(scope="session")
def council_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("council") / "template.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    return path


@pytest.fixture
def council_path(council_template: Path, tmp_path: Path) -> Path:
    """A council's SQLite database that was just made, closed."""
    return Path(shutil.copy(council_template, tmp_path / "council.db"))


@pytest.fixture(scope="session")
def council_on_a_server(cluster: str, postgres_template: str) -> str:
    """The name of a database with a council on a PostgreSQL server, to be copied."""
    name = "council_template"
    run_on_server(cluster, f"CREATE DATABASE {name} TEMPLATE template0")
    databases.make_database(cluster.format(name), shipped(), "Ann", "Larkmere Council").close()
    return name


@pytest.fixture
def council_target(server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A council's database that was just made, closed, on each server in turn."""
    if server == "sqlite":
        yield str(request.getfixturevalue("council_path"))
        return
    template = request.getfixturevalue("council_on_a_server")
    with server_database(request.getfixturevalue("cluster"), template) as address:
        yield address


@pytest.fixture
def ann(council_target: str) -> Iterator[Workspace]:
    """Ann at work."""
    workspace = open_as(council_target, "Ann")
    yield workspace
    workspace.close()


@pytest.fixture
def bob(council_target: str) -> Iterator[Workspace]:
    """Bob at work on the same database."""
    workspace = open_as(council_target, "Bob")
    yield workspace
    workspace.close()
