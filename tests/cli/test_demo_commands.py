"""`tomsapp demo` and `tomsapp self-check`."""

import pytest

from tomsapp.services.self_check import CheckStep


@pytest.mark.slow
def test_demo_says_what_it_made_and_that_it_is_made_up(call, tmp_path):
    told = call("demo", tmp_path / "demo")
    assert told.status == 0
    assert "council.tomsdb. It is made up, and every page says so." in told.out
    assert "12 PDF valuations are in" in told.out
    assert "2 PDF valuations of what was delivered are beside them" in told.out
    assert len(list((tmp_path / "demo").glob("* valuation.pdf"))) == 12
    delivered = sorted((tmp_path / "demo").glob("* delivered.pdf"))
    assert [path.name.split()[0] for path in delivered] == ["L-2023-002", "L-2025-007"]
    assert [call("verify", path).status for path in delivered] == [0, 0]
    assert call("db", "check", tmp_path / "demo" / "council.tomsdb").out.startswith("No problems found.\n")


def test_demo_where_nothing_can_be_made_is_status_2(call, tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    told = call("demo", tmp_path / "file")
    assert (told.status, told.out) == (2, "")
    assert "cannot be written to" in told.err


@pytest.mark.parametrize(("passed", "status"), [(True, 0), (False, 1)])
def test_self_check_tells_each_step(call, monkeypatch, passed, status):
    steps = [CheckStep("menus", True, "2 menus"), CheckStep("window", passed, "why")]
    monkeypatch.setattr("tomsapp.services.self_check.run_self_check", lambda _catalogue: iter(steps))
    told = call("self-check")
    assert told.status == status
    assert told.out.splitlines() == ["ok: menus: 2 menus", f"{'ok' if passed else 'FAILED'}: window: why"]
