"""Two officers and more at work at the same time: everybody reads one moment, and nobody's edit is lost."""

import ast
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from tests.services.council import Begun, acts, begin, figures, open_as, opened, promise, quantities, sign
from tests.services.interleaved import KEY, new_world, save_everything
from tests.services.meanwhile import meanwhile
from tests.turns import until_somebody_waits
from tomsapp import services
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.problems import Answer
from tomsapp.services import checking, commitments, contracts
from tomsapp.services.failures import EditConflict, NotFound, StoreError
from tomsapp.services.workspace import Workspace

SERVICES = Path(services.__file__).parent
T = TypeVar("T")


@pytest.fixture
def torn(ann, bob):
    """A contract, and how Ann opens it while Bob saves between her reading the lines and their quantities."""
    made = begin(ann, promise("V01", "10000", "10000"))
    (line,) = opened(bob, made.id).commitments
    raised = replace(line.record, quantities=(Decimal(77777), Decimal(10000)))

    save = partial(commitments.save_commitment, bob, made.id, line, raised, "Raise the first year")

    def open_it() -> contracts.OpenContract:
        with meanwhile(save, words="commitment_year") as watcher:
            page = opened(ann, made.id)
        assert watcher.acted
        return page

    return made, open_it


def test_edit_that_came_between_two_statements_is_not_written_over(ann, torn):
    made, open_it = torn
    page = open_it()
    (line,) = page.commitments
    with pytest.raises(EditConflict, match="Bob saved this record") as told:
        commitments.save_commitment(ann, made.id, line, replace(line.record, statement="We give it in June"), "Reword")
    assert told.value.theirs.record.quantities == (77777, 10000)
    assert line.record.quantities == (10000, 10000)
    assert quantities(ann, made.id) == [(77777, 10000)]


def test_edit_that_came_between_two_statements_is_not_signed_unseen(ann, torn):
    made, open_it = torn
    page = open_it()
    with pytest.raises(StoreError, match="Somebody changed the commitments of C1"):
        sign(ann, page)
    assert acts(ann, made.id) == []
    sign(ann, made.id)
    assert figures(ann, made.id)[0] == Decimal("87777.00")


@pytest.fixture
def world(ann) -> Begun:
    return new_world(ann, place="E99999999")


def moments_of_a_save() -> Iterator[int]:
    """After which statement the colleague saves: 1, 2, 3, 5, 8, 13…

    A reader with two moments is found by a save in the first, which all its first statements share; one with a moment
    for each statement, by a save between two that say something. Every number would take three times as long.
    """
    nth, following = 1, 2
    while True:
        yield nth
        nth, following = following, nth + following


def reads_beside(colleague: Workspace, made: Begun, read: Callable[[], T]) -> Iterator[tuple[T, T, T]]:
    """What `read` gave before, during and after a colleague's save, made at each of its moments."""
    after = read()
    for number, nth in enumerate(moments_of_a_save(), start=2):
        before = after
        with meanwhile(partial(save_everything, colleague, made.id, number), nth) as watcher:
            found = read()
        if not watcher.acted:
            assert nth > 2, "This is read with one statement"
            return
        after = read()
        yield before, found, after


@pytest.mark.slow
def test_whoever_read_the_old_moment_cannot_save_over_the_new_one(ann, bob, world):
    refused = 0
    for before, page, after in reads_beside(bob, world, lambda: opened(ann, world.id)):
        assert page in (before, after)
        if page != before:
            continue
        line, facts = page.commitments[0], replace(page.contract, title="Ann's")
        with pytest.raises(EditConflict, match="Bob saved") as told:
            commitments.save_commitment(ann, world.id, line, replace(line.record, statement="Ann's"), "Reword")
        assert told.value.theirs.record.quantities[0] == line.record.quantities[0] + 1
        with pytest.raises(EditConflict, match="Bob saved"):
            contracts.save_contract(ann, page.stored, page.supplier_id, facts, page.supplier_id)
        with pytest.raises(EditConflict, match="Bob saved"):
            commitments.answer_problem(ann, world.id, KEY, Answer("Ann's"), page.answers[KEY])
        refused += 1
    assert refused > 3


def test_answer_of_a_colleague_is_neither_written_over_nor_taken_back_unseen(ann, bob, world):
    seen = opened(ann, world.id).answers[KEY]
    commitments.answer_problem(bob, world.id, KEY, Answer("Bob's words"), seen)
    with pytest.raises(EditConflict, match="Bob saved"):
        commitments.answer_problem(ann, world.id, KEY, Answer("Ann's words"), seen)
    with pytest.raises(EditConflict, match="Bob saved"):
        commitments.answer_problem(ann, world.id, KEY, Answer("Ann's words"))
    with pytest.raises(EditConflict, match="Bob saved"):
        commitments.reopen_problem(ann, world.id, KEY, seen)
    assert opened(ann, world.id).answers[KEY].text == "Bob's words"
    commitments.reopen_problem(ann, world.id, KEY, Answer("Bob's words"))
    with pytest.raises(NotFound):
        commitments.reopen_problem(bob, world.id, KEY, Answer("Bob's words"))


def test_signing_that_waited_for_a_colleague_s_save_sees_it(ann, bob, council_target):
    made = begin(ann, promise("V01", "10000", "10000"))
    page, told = opened(ann, made.id), []

    def sign_it() -> None:
        try:
            sign(ann, page)
        except StoreError as error:
            told.append(error)

    signing = threading.Thread(target=sign_it)
    with bob.work("Raise the first year") as uow:
        (line,) = uow.commitments.of(made.id)
        raised = replace(line.record, quantities=(Decimal(77777), Decimal(10000)))
        uow.commitments.save(line.id, line.version, raised)
        signing.start()
        until_somebody_waits(council_target, signing)
        uow.commit()
    signing.join()
    assert [error.message for error in told] == ["Somebody changed the commitments of C1 after you opened it"]
    assert acts(ann, made.id) == []


def add_one(workspace: Workspace, contract_id: int, chance: random.Random, label: str) -> tuple[int, int] | None:
    """Raise one quantity of one commitment by one; gives which, or None when somebody else was first."""
    line = chance.choice(opened(workspace, contract_id).commitments)
    year = chance.randrange(2)
    raised = [quantity or Decimal(0) for quantity in line.record.quantities]
    raised[year] += 1
    after = replace(line.record, quantities=tuple(raised), statement=label)
    try:
        commitments.save_commitment(workspace, contract_id, line, after, label)
    except StoreError:
        return None
    return line.id, year


@pytest.mark.slow
def test_no_edit_that_was_acknowledged_is_lost_among_many_writers(ann, council_target):
    made = begin(ann, promise("V01", "0", "0"), promise("S08", "0", "0"))
    saved: Counter[tuple[int, int]] = Counter()
    labels: list[str] = []
    failures: list[BaseException] = []

    def work_on(who: str) -> None:
        chance = random.Random(who)
        workspace = open_as(council_target, who)
        try:
            for number in range(12):
                label = f"{who} {number}"
                if (which := add_one(workspace, made.id, chance, label)) is not None:
                    saved[which] += 1
                    labels.append(label)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            workspace.close()

    writers = [threading.Thread(target=work_on, args=(f"Writer {number}",)) for number in range(5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert sum(saved.values()) == len(labels) > 0
    found = {
        (line.id, year): quantity
        for line in opened(ann, made.id).commitments
        for year, quantity in enumerate(line.record.quantities)
    }
    assert found == {key: saved[key] for key in found}
    with ann.database.read() as reader:
        told = {entry.what for entry in reader.history(HistoryWanted(contract_id=made.id), limit=5_000)}
    assert set(labels) <= told
    assert checking.check(council_target) == []


def moments(function: ast.FunctionDef) -> list[str]:
    """Each place in a function that reads or writes at a moment of its own."""
    named = {"look", "read", "work"}
    held = {"settings", "policy", "area"}
    found = []
    for node in ast.walk(function):
        text = ast.unparse(node) if isinstance(node, ast.Call | ast.Attribute) else ""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in named:
            found += [text] if "workspace." in text else []
        elif isinstance(node, ast.Attribute) and node.attr in held and ast.unparse(node.value) == "workspace":
            found.append(text)
    return found


def test_no_service_reads_two_moments_where_it_means_one():
    files = [path for path in sorted(SERVICES.rglob("*.py")) if path.name != "workspace.py"]
    functions = [
        (path.name, node.name, moments(node))
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert sum(1 for _, _, found in functions if found) > 20
    assert [each for each in functions if len(each[2]) > 1] == []
