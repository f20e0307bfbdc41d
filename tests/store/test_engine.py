from pathlib import Path

import pytest

from tomsapp.store.address import display_name, is_server
from tomsapp.store.engine import open_engine


def test_engine_of_a_server_shows_nothing_of_its_address():
    engine = open_engine("postgresql://ann:pa%40ss@db.example.org:5433/toms?sslpassword=of-the-key")
    shown = f"{engine!r} {engine.url} {engine.url!r} {vars(engine)}"
    assert "pa@ss" not in shown
    assert "pa%40ss" not in shown
    assert "of-the-key" not in shown


def test_file_is_an_absolute_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert open_engine("council.toms").url.database == str(tmp_path / "council.toms")
    assert display_name(Path("folder") / "council.toms") == "council.toms"


@pytest.mark.parametrize("name", ["postgresql.toms", "C:\\councils\\a.db", "C:/councils/a.db", "/a/b@c.db", "a=b.db"])
def test_file_is_no_server(name):
    assert not is_server(name)
    assert not is_server(Path(name))
