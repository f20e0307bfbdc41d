"""What was read of a large database is kept for another day, and comes to what reading everything anew gives."""

import os
from dataclasses import replace
from datetime import date

import pytest

from tests.services.council import begin, promise
from tests.services.deliveries import Q1, Q2, begin_signed, claim, enter
from tests.services.test_delivered_after_changes import CHANGES, MORE, UNTIL, told
from tomsapp.config.paths import user_cache_dir
from tomsapp.dashboards.column_file import PART, read_facts
from tomsapp.services import delivered_cube, kept_columns, overview, portfolio_reading
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY
from tomsapp.services.overview_delivered import keep_columns, load_delivered


@pytest.fixture(autouse=True)
def _kept_here(tmp_path, monkeypatch):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(kept_columns, "_LEAST", 0)


@pytest.fixture
def reads(monkeypatch):
    """What is read of contracts: the numbers, or None where it is all of them."""
    found = []
    rows, source = delivered_cube._Reading._rows, portfolio_reading._source

    def of_rows(self, numbers):
        found.append(("rows", numbers))
        return rows(self, numbers)

    def of_lines(reader, contracts, numbers, kept):
        found.append(("lines", None if kept is None else kept.changed))
        return source(reader, contracts, numbers, kept)

    monkeypatch.setattr(delivered_cube._Reading, "_rows", of_rows)
    monkeypatch.setattr(portfolio_reading, "_source", of_lines)
    return found


def filled(ann):
    before = RULES_OF_DELIVERY.get(ann, 1)
    RULES_OF_DELIVERY.save(ann, before, replace(before.record, may_accept_own=True))
    made = begin_signed(ann, reference="One")
    lines = promise("V01", "100", "3"), promise("V04", "40", "40", place="E05013632")
    other = begin_signed(ann, *lines, reference="Other")
    for each in (made, other):
        enter(ann, each, claim(each.lines[0], Q1, "30"))
    return made, other, begin(ann, promise("V01", "7", "8"), reference="Draft")


def anew(ann):
    """Everything, read from the database alone."""
    held = {path: path.read_bytes() for path in user_cache_dir().iterdir()}
    for path in held:
        path.unlink()
    found = load_delivered(ann, UNTIL)
    for path, content in held.items():
        path.write_bytes(content)
    return found


def test_another_day_nothing_is_read_again(ann, reads):
    filled(ann)
    first = load_delivered(ann, UNTIL)
    assert reads == [("lines", None), ("rows", None)]
    assert keep_columns(first)
    reads.clear()
    second = load_delivered(ann, UNTIL)
    assert reads == [("lines", frozenset())]
    assert told(second) == told(first) == told(anew(ann))
    assert overview.figures(second.cube, overview.Filters()) == overview.figures(first.cube, overview.Filters())
    assert second.change == first.change
    assert second.cube.change == first.cube.change


@pytest.mark.parametrize("change", [*CHANGES, *MORE])
def test_what_changed_since_is_read_anew(ann, change):
    made, _, draft = filled(ann)
    assert keep_columns(load_delivered(ann, UNTIL))
    (CHANGES | MORE)[change](ann, made, draft)
    of_kept, of_all = load_delivered(ann, UNTIL), anew(ann)
    assert told(of_kept) == told(of_all)
    assert overview.figures(of_kept.cube, overview.Filters()) == overview.figures(of_all.cube, overview.Filters())


def test_of_what_changed_only_those_contracts_are_read(ann, reads):
    made, *_ = filled(ann)
    keep_columns(load_delivered(ann, UNTIL))
    enter(ann, made, claim(made.lines[0], Q2, "3"))
    reads.clear()
    load_delivered(ann, UNTIL)
    assert reads == [("lines", frozenset({made.id})), ("rows", frozenset({made.id}))]


@pytest.mark.parametrize("what", ["lines", "rows"])
def test_what_is_not_of_this_database_or_not_whole_is_passed_over(ann, reads, monkeypatch, what):
    filled(ann)
    first = load_delivered(ann, UNTIL)
    keep_columns(first)
    path = next(user_cache_dir().glob(f"*.{what}"))
    whole = path.read_bytes()

    def is_read_anew():
        reads.clear()
        found = load_delivered(ann, UNTIL)
        assert told(found) == told(first)
        return (what, None) in reads

    assert not is_read_anew()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert is_read_anew()
    path.write_bytes(whole)
    with monkeypatch.context() as patch:
        patch.setattr(kept_columns, "__version__", "0.0.1")
        assert is_read_anew()
    with monkeypatch.context() as patch:
        # A copy of this database that went another way has another link at this place.
        patch.setattr("tomsapp.store.readmodels.has_link", lambda _connection, _head: False)
        assert is_read_anew()
    with monkeypatch.context() as patch:
        patch.setattr("tomsapp.dashboards.kept_lines.is_any_unmet", lambda _cube: True)
        assert is_read_anew() == (what == "lines")
    if what == "rows":
        reads.clear()
        load_delivered(ann, date(2027, 3, 31))
        assert reads[-1] == ("rows", None)
    else:
        edition = first.cube.measures[0].edition
        monkeypatch.setattr(type(edition), "__getattribute__", _with_another_digest)
        assert is_read_anew()


def _with_another_digest(self, name):
    return "0" * 64 if name == "sha256" else object.__getattribute__(self, name)


def test_it_is_written_again_where_it_is_old_and_not_before(ann, monkeypatch):
    made, *_ = filled(ann)
    keep_columns(load_delivered(ann, UNTIL))
    first = load_delivered(ann, UNTIL)
    assert not keep_columns(first)
    enter(ann, made, claim(made.lines[0], Q2, "3"))
    second = load_delivered(ann, UNTIL)
    assert not keep_columns(second)
    monkeypatch.setattr(kept_columns, "_MOST_CHANGES", 1)
    assert keep_columns(second)
    changes = {read_facts(path)["change"] for path in user_cache_dir().iterdir()}
    assert changes == {second.change}
    other_day = load_delivered(ann, date(2027, 3, 31))
    assert keep_columns(other_day)


def test_of_small_databases_and_without_a_folder_nothing_is_kept(ann, monkeypatch):
    filled(ann)
    found = load_delivered(ann, UNTIL)
    monkeypatch.setattr(kept_columns, "_LEAST", 100_000)
    assert not keep_columns(found)
    monkeypatch.setattr(kept_columns, "_LEAST", 0)
    monkeypatch.setattr(kept_columns, "user_cache_dir", lambda: user_cache_dir() / "none")
    assert not keep_columns(found)


def test_few_databases_are_kept_the_last_ones(ann):
    filled(ann)
    found = load_delivered(ann, UNTIL)
    folder = user_cache_dir()
    for number in range(8):
        (folder / f"{number}.rows").write_bytes(b"")
        os.utime(folder / f"{number}.rows", (number, number))
    (folder / f"begun{PART}").write_bytes(b"")
    assert keep_columns(found)
    names = {path.name for path in folder.iterdir()}
    assert {f"{found.identity}.lines", f"{found.identity}.rows", "7.rows"} < names
    assert len(names) == kept_columns._MOST_FILES
    assert not any(name.endswith(PART) for name in names)
