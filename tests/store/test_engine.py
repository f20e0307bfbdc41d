from pathlib import Path

import pytest

from tomsapp.store.address import display_name, is_server
from tomsapp.store.engine import database_url


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_server_address_gets_the_driver(scheme):
    assert database_url(f"{scheme}://ann:pa%40ss@db.example.org:5433/toms") == (
        "postgresql+psycopg://ann:pa%40ss@db.example.org:5433/toms"
    )
    assert is_server(f"{scheme}://x/y")
    assert display_name(f"{scheme}://ann:secret@db.example.org/toms") == "db.example.org/toms"


def test_file_is_an_absolute_path():
    assert database_url("council.toms") == f"sqlite:///{Path.cwd() / 'council.toms'}"
    assert not is_server("postgresql.toms")
    assert display_name(Path("folder") / "council.toms") == "council.toms"
