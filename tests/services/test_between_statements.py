"""A colleague acts between two statements of every service: nothing is read in halves, and no edit is lost.

Between which two is chosen by chance, the same at each run; `make torture` tries them all.
"""

import ast
import os
import random
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from tests.services.council import Begun, open_as
from tests.services.interleaved import (
    IMPORTS,
    READS,
    SEALED_READS,
    WRITES,
    Act,
    entries_since,
    last_entry,
    new_world,
    save_everything,
    sign_or_reopen,
    touched,
)
from tests.services.interleaved_delivery import (
    DELIVERED_READS,
    DELIVERED_WRITES,
    deliver_everywhere,
    new_delivery_world,
)
from tests.services.interleaved_tenders import TENDER_READS, TENDER_WRITES, new_tender_world, set_up_everywhere
from tests.services.meanwhile import meanwhile
from tomsapp import services
from tomsapp.domain.errors import TomsError
from tomsapp.services import checking
from tomsapp.services.workspace import Workspace
from tomsapp.store.database import Database

SERVICES = Path(services.__file__).parent
ALONE = {
    ("databases.py", "make_database"): "nobody else knows the database yet",
    ("example.py", "_set_up"): "nobody else knows the database yet",
    ("example.py", "_keep_withdrawn_editions"): "nobody else knows the database yet",
    ("example_tender.py", "_score"): "nobody else knows the database yet",
    ("tenders/freezing.py", "frozen_bytes"): "it looks once and saves nothing",
    ("tenders/awarding.py", "proposed_contract"): "it looks once and saves nothing",
    ("tenders/receipts_shown.py", "received_bytes"): "it looks once and saves nothing",
    ("tenders/verifying.py", "against_database"): "it looks once and saves nothing",
    ("tenders/pack_keys.py", "pack_key_now"): "it looks once and saves nothing",
    ("tenders/pack_keys.py", "known_fingerprints"): "it looks once and saves nothing",
    ("tenders/packing.py", "kept_signatures"): "it looks once and saves nothing",
    ("signers.py", "unlock"): "it looks once and saves nothing",
    ("workspace.py", "work"): "what the others open",
    ("workspace.py", "look"): "what the others open",
}
"""Services that open the database and that no colleague can come between."""
_WAIT = 0.02
"""Seconds that a colleague waits for its turn, in the midst of somebody's transaction: it never comes."""
_NEVER = 1 << 60
_AFTER_EVERY = "TOMSAPP_TEST_EVERY_STATEMENT" in os.environ
_MOST_SKIPPED = 5
"""So many statements that a colleague may come after are passed over at most, unless every one is to be tried."""


def passed_over() -> Iterator[int]:
    """How many statements are not tried before each next one: by chance, and always the same in the same test."""
    chance = random.Random(os.environ["PYTEST_CURRENT_TEST"])
    return (0 if _AFTER_EVERY else chance.randint(0, _MOST_SKIPPED) for _ in count())


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("tomsapp.store.engine.BUSY_SECONDS", _WAIT)


@pytest.fixture
def ann(council_target, _own_folder):
    workspace = open_as(council_target, "Ann")
    yield workspace
    workspace.close()


@pytest.fixture
def bob(council_target, _own_folder):
    workspace = open_as(council_target, "Bob")
    yield workspace
    workspace.close()


# Every service


def openers() -> set[tuple[str, str]]:
    """Each function of the services that begins to read or write: its file and name."""
    found = set()
    for path in sorted(SERVICES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(map(_opens, ast.walk(node))):
                found.add((path.relative_to(SERVICES).as_posix(), node.name))
    return found


def _opens(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    whole = ast.unparse(node.func)
    return node.func.attr in {"look", "read", "work"} and (
        whole.startswith(("workspace.", "self.look", "self.database.")) or ".database." in whole
    )


def try_all(ann: Workspace, bob: Workspace, folder: Path) -> None:
    """Do all that is tried below once, with nobody in between."""
    made = new_world(ann)
    for read in READS.values():
        ann.forget()
        read(ann, made)
    for prepare in (*WRITES.values(), *(make(folder) for make in IMPORTS.values())):
        prepare(ann, new_world(ann))()
    signed = new_world(ann)
    sign_or_reopen(bob, signed)
    for read in SEALED_READS.values():
        read(ann, signed)
    for read in DELIVERED_READS.values():
        read(ann, new_delivery_world(ann))
    for prepare in DELIVERED_WRITES.values():
        prepare(ann, new_delivery_world(ann))()
    for read in TENDER_READS.values():
        read(ann, new_tender_world(ann))
    for prepare in TENDER_WRITES.values():
        prepare(ann, new_tender_world(ann))()


@pytest.mark.parametrize("server", ["sqlite"])  # which of them are tried is the same on each server
def test_every_service_that_opens_the_database_is_tried(ann, bob, monkeypatch, tmp_path):
    """So that a new one is too: each is found in the source, and seen at work in what is tried below."""
    seen: set[tuple[str, str]] = set()
    files = {str(path): path.relative_to(SERVICES).as_posix() for path in SERVICES.rglob("*.py")}

    def noting(name: str) -> Callable[..., object]:
        real = getattr(Database, name)

        def noted(*given, **more):
            frame = sys._getframe(1)
            while frame is not None:
                if frame.f_code.co_filename in files:
                    seen.add((files[frame.f_code.co_filename], frame.f_code.co_name))
                frame = frame.f_back
            return real(*given, **more)

        return noted

    for name in ("look", "read", "work"):
        monkeypatch.setattr(Database, name, noting(name))
    try_all(ann, bob, tmp_path)
    missing = openers() - seen - set(ALONE)
    assert not sorted(missing), f"{sorted(missing)}: add them to READS or WRITES in tests/services/interleaved.py"
    assert set(ALONE) <= openers()


# Readers


def read_between(ann: Workspace, read: Callable[[], object], act: Callable[[int], object]) -> int:
    """Let a colleague act after statements of what is read, one at a time; gives after how many that was."""

    def fresh() -> object:
        ann.forget()
        return read()

    after, nth, skipped = fresh(), 1, passed_over()
    for tried in count():
        before = after
        with meanwhile(partial(act, nth), nth) as watcher:
            found = fresh()
        if not watcher.acted:
            return tried
        after = fresh()
        assert found in (before, after), f"two moments are mixed after statement {nth}"
        nth += 1 + next(skipped)
    raise AssertionError


@pytest.mark.slow
@pytest.mark.parametrize("name", READS)
def test_reader_sees_all_of_a_colleague_s_save_or_nothing_of_it(ann, bob, name):
    made = new_world(ann, place="E99999999")  # of no ward, which is a question of the area
    assert read_between(ann, lambda: READS[name](ann, made), lambda nth: save_everything(bob, made.id, nth + 1)) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", SEALED_READS)
def test_reader_sees_all_of_a_colleague_s_act_or_nothing_of_it(ann, bob, name):
    made = new_world(ann)
    for _ in range(2):  # reopened, there is one act to read of
        sign_or_reopen(bob, made)

    def read() -> object:
        try:
            return SEALED_READS[name](ann, made)
        except TomsError as error:
            return str(error)

    assert read_between(ann, read, lambda _nth: sign_or_reopen(bob, made)) > 0


# Writers


def act_alone(
    ann: Workspace, prepare: Callable[[Workspace, Begun], Act], world: Callable[[Workspace], Begun]
) -> set[tuple[str, str, str]]:
    """Which facts an act changes when nobody comes between."""
    act = prepare(ann, world(ann))
    last = last_entry(ann)
    act()
    return touched(entries_since(ann, last))


def act_between(
    ann: Workspace,
    bob: Workspace,
    prepare: Callable[[Workspace, Begun], Act],
    world: Callable[[Workspace], Begun] = new_world,
    save: Callable[[Workspace, int, int], None] = save_everything,
) -> None:
    """Let a colleague save before an act, and after its statements, one at a time.

    What was acknowledged stands in the history, what was refused does not; and an act changes no other fact than it
    changes alone, as one that wrote over the colleague's save would. A colleague who is refused tries again after the
    next statement, as one who began there would: nothing of what was refused is left.
    """
    wanted, first, acted, skipped = act_alone(ann, prepare, world), 0, 0, passed_over()
    assert wanted
    while True:
        made = world(ann)
        act = prepare(ann, made)
        last, told = last_entry(ann), []

        def colleague(contract_id: int = made.id, number: int = first + 1, told: list[str] = told) -> bool:
            try:
                save(bob, contract_id, number)
            except TomsError:
                told.append("Bob was refused")
                return False
            told.append("Bob saved")
            return True

        if first == 0:
            colleague()  # between what Ann looked at and the first statement of what she does
        with meanwhile(colleague, first or _NEVER) as watcher:
            try:
                act()
            except TomsError:
                told.append("Ann was refused")
            else:
                told.append("Ann saved")
        tried = len(told) - 1
        entries = entries_since(ann, last)
        of_bob = [entry for entry in entries if entry.what.endswith(" everywhere")]
        of_ann = touched([entry for entry in entries if entry not in of_bob])
        assert of_ann <= wanted, f"from statement {first}: {told}: {of_ann - wanted}"
        assert bool(of_ann) == ("Ann saved" in told), (first, told)
        assert bool(of_bob) == ("Bob saved" in told), (first, told)
        assert "Ann saved" in told or "Bob saved" in told, (first, told)
        acted += tried
        if first and not watcher.acted:
            break
        first = watcher.statement + 1 + next(skipped) if first else 1
    assert acted > 0
    assert checking.check(ann.database.target) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITES)
def test_act_and_what_a_colleague_saved_between_its_statements_both_stand_or_one_is_refused(ann, bob, name):
    act_between(ann, bob, WRITES[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", DELIVERED_READS)
def test_reader_sees_all_of_what_a_colleague_decides_or_nothing_of_it(ann, bob, name):
    made = new_delivery_world(ann)

    def act(nth: int) -> None:
        deliver_everywhere(bob, made.id, nth + 1)

    assert read_between(ann, lambda: DELIVERED_READS[name](ann, made), act) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", DELIVERED_WRITES)
def test_act_of_delivery_and_what_a_colleague_decides_meanwhile_both_stand_or_one_is_refused(ann, bob, name):
    act_between(ann, bob, DELIVERED_WRITES[name], new_delivery_world, deliver_everywhere)


@pytest.mark.slow
@pytest.mark.parametrize("name", TENDER_READS)
def test_reader_sees_all_of_what_a_colleague_sets_up_or_nothing_of_it(ann, bob, name):
    made = new_tender_world(ann)
    read = TENDER_READS[name]
    assert read_between(ann, lambda: read(ann, made), lambda nth: set_up_everywhere(bob, made.id, nth + 1)) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", TENDER_WRITES)
def test_act_of_set_up_and_what_a_colleague_saved_meanwhile_both_stand_or_one_is_refused(ann, bob, name):
    act_between(ann, bob, TENDER_WRITES[name], new_tender_world, set_up_everywhere)


@pytest.mark.slow
@pytest.mark.parametrize("name", IMPORTS)
def test_import_and_what_a_colleague_saved_between_its_statements_both_stand_or_one_is_refused(
    ann, bob, tmp_path, name
):
    act_between(ann, bob, IMPORTS[name](tmp_path))
