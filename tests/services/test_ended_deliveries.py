"""A program that is ended while it attaches evidence, takes a return over or publishes: all of it, or nothing."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.services.council import Begun, open_as
from tests.services.deliveries import Q1, Q2, begin_signed, claim, delivered, enter
from tests.services.returns import looked, sent
from tests.services.test_publishing import TODAY, facts
from tests.store.ended import NEVER, ended_at
from tomsapp.domain.delivery.evidence import Evidence
from tomsapp.services.evidence import OfferedFile, attach_all
from tomsapp.services.publishing import keep_paper, make_paper, to_publish
from tomsapp.services.returns_taken import take_over
from tomsapp.services.workspace import Workspace
from tomsapp.store.check import check_database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program is ended here by a signal")
BEFORE_THE_END = (0, 1, 2, 4, 7, 11, 16, 24, 40)
"""It is ended so many steps before its last one: around the commit, and in what is written before it."""
Work = Callable[[Workspace], object]


@pytest.fixture
def server() -> str:
    return "sqlite"


@pytest.fixture
def made(ann: Workspace) -> Begun:
    begun = begin_signed(ann)
    enter(ann, begun, claim(begun.lines[0]))
    return begun


def counts(workspace: Workspace, contract_id: int) -> tuple[int, ...]:
    """How many claims, pieces of evidence, files, papers and acts there are."""
    page = delivered(workspace, contract_id)
    files = sum(view.stored is not None for view in page.evidence)
    return len(page.deliveries), len(page.evidence), files, len(page.papers), len(page.acts)


def hold_whole(ann: Workspace, made: Begun, target: str, work: Work) -> None:
    """End the work at many of its steps; each time the file is whole and has all of it, or nothing."""
    path = Path(target)
    before = counts(ann, made.id)
    ann.close()
    whole = path.read_bytes()

    def begin() -> None:
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink()
        path.write_bytes(whole)

    def do() -> None:
        workspace = open_as(target, "Ann")
        work(workspace)
        workspace.close()

    def look() -> tuple[int, ...]:
        workspace = open_as(target, "Ann")
        found = counts(workspace, made.id)
        workspace.close()
        return found

    steps = ended_at(NEVER, path.parent, do)
    after = look()
    assert after != before
    seen = set()
    for back in BEFORE_THE_END:
        begin()
        assert ended_at(max(steps - 1 - back, 0), path.parent, do) is None
        found = look()
        assert found in (before, after), back
        assert check_database(path) == [], back
        seen.add(found)
    assert after in seen


def test_two_files_are_attached_or_none(ann: Workspace, made: Begun, council_target: str):
    def work(workspace: Workspace) -> None:
        page = delivered(workspace, made)
        claims = frozenset({str(page.deliveries[0].id)})
        pieces = [
            (
                Evidence(f"log {n}.txt", keep_until=date(2034, 3, 31), deliveries=claims),
                OfferedFile(f"log {n}.txt", b"%d hours" % n, "text/plain"),
            )
            for n in (1, 2)
        ]
        attach_all(workspace, page, pieces)

    hold_whole(ann, made, council_target, work)


def test_a_return_is_taken_over_or_not(ann: Workspace, made: Begun, council_target: str, tmp_path: Path):
    lines = {"V01": {"claimed": 25, "evidenced": 20, "evidence": "Log of the school, office"}, "V04": {"claimed": 8}}
    read = looked(ann, sent(ann, made, tmp_path / "sent", quarter=Q2, **lines))
    hold_whole(ann, made, council_target, lambda workspace: take_over(workspace, read))


def test_a_paper_is_published_under_its_act_or_not(ann: Workspace, made: Begun, council_target: str):
    paper = make_paper(ann, to_publish(ann, made.id), facts(Q1), on=TODAY)
    hold_whole(
        ann, made, council_target, lambda workspace: keep_paper(workspace, to_publish(workspace, made.id), paper, TODAY)
    )
