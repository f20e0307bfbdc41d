"""`tomsapp open-data`: which contracts, for whom, and what is to be done before it is published."""

import json
from pathlib import Path

import pytest

from tests.exchange.ocds_check import schema_errors
from tests.services.council import open_as, shipped
from tests.services.deliveries import begin_signed
from tomsapp.services import databases

WHOLE = ("--prefix", "ocds-x1y2z3", "--licence", "https://example.org/licence")


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann = open_as(path, "Ann")
    begin_signed(ann)
    begin_signed(ann, reference="C2")
    ann.close()
    return path


def contracts(path: Path) -> list[str]:
    data = path.read_bytes()
    assert schema_errors(data) == []
    return [release["contracts"][0]["id"] for release in json.loads(data)["releases"]]


def test_all_signed_contracts_are_written_or_those_that_are_named(call, council, tmp_path):
    target = tmp_path / "open.json"
    made = call("open-data", council, "--until", "2026-09-30", *WHOLE, "-o", target)
    assert (made.status, made.out, made.err) == (0, f"2 contracts are in {target}.\n", "")
    assert contracts(target) == ["C1", "C2"]
    one = call("open-data", council, "c2", "--publisher", "Another Council", *WHOLE, "-o", tmp_path / "one")
    assert one.out == f"1 contract is in {tmp_path / 'one.json'}.\n"
    assert contracts(tmp_path / "one.json") == ["C2"]
    assert json.loads((tmp_path / "one.json").read_bytes())["publisher"] == {"name": "Another Council"}


def test_without_a_prefix_the_file_is_called_a_draft_and_it_is_said_what_to_do(call, council, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = call("open-data", council)
    assert made.status == 0
    assert made.err.startswith("warning: ")
    assert "data@open-contracting.org" in made.err
    assert contracts(tmp_path / "Social value open data, not to be published yet.json") == ["C1", "C2"]


def test_what_cannot_be_is_refused(call, council):
    assert call("open-data", council, "--prefix", "mine").status == 2
    assert "There is no contract C9" in call("open-data", council, "C9").err
