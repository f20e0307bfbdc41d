"""What one transaction sees while others save, and what becomes of two who save at the same moment."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.store.samples import commitment, contract, fill, supplier
from tests.turns import until_somebody_waits
from tomsapp.store.database import Database, open_database
from tomsapp.store.engine import changing_tables
from tomsapp.store.errors import DatabaseReadOnly, EditConflict, Overtaken, StoreError
from tomsapp.store.unit_of_work import UnitOfWork

BY_HAND = "UPDATE supplier SET notes = 'By hand', version = version + 1, change_id = (SELECT max(id) FROM change)"


def add_supplier(target: str, name: str) -> None:
    with open_database(target) as other, other.work("Bob") as work:
        work.suppliers.add(supplier(name))
        work.commit()


def test_records_and_lists_are_of_one_moment(target, database):
    add_supplier(target, "A")
    with database.look() as look:
        change = look.lists.change_number()
        add_supplier(target, "B")
        assert [each.record.name for each in look.suppliers.all()] == ["A"]
        assert [each.supplier.name for each in look.lists.suppliers()] == ["A"]
        assert look.lists.change_number() == change
    with database.look() as look:
        assert len(look.suppliers.all()) == len(look.lists.suppliers()) == 2


def test_lines_are_of_the_moment_of_the_records(target, database):
    filled = fill(database)
    with database.look() as look:
        before = [*look.lists.commitment_columns(), *look.lists.quantity_columns()]
        with open_database(target) as other, other.work("Bob") as work:
            held = work.commitments.get(filled.commitment)
            work.commitments.delete(held.id, held.version)
            work.commit()
        assert [*look.lists.commitment_columns(), *look.lists.quantity_columns()] == before
        assert not look.commitments.get(filled.commitment).is_deleted


@pytest.mark.parametrize("server", ["postgresql"])
def test_a_look_at_a_server_cannot_save(database):
    statement = "INSERT INTO change (at, who, what) VALUES (now(), 'x', '')"
    with database.look() as look, pytest.raises(DatabaseReadOnly):
        look._session.execute(text(statement))
    with database.read() as reader, pytest.raises(DatabaseReadOnly):
        reader._connection.execute(text(statement))


def beside(
    target: str, database: Database, first: Callable[[UnitOfWork], object], second: Callable[[UnitOfWork], object]
) -> list[StoreError]:
    """Ann begins a piece of work, Bob's has to wait for her commit; gives what Bob was told."""
    told: list[StoreError] = []

    def wait_for_ann() -> None:
        try:
            with open_database(target) as other, other.work("Bob") as work:
                second(work)
                work.commit()
        except StoreError as error:
            told.append(error)

    bob = threading.Thread(target=wait_for_ann)
    with database.work("Ann") as work:
        first(work)
        bob.start()
        until_somebody_waits(target, bob)
        work.commit()
    bob.join()
    return told


def test_same_reference_twice_at_the_same_moment_is_told(target, database):
    fill(database)

    def add(work: UnitOfWork) -> None:
        work.contracts.add(contract("C9"), None)

    assert [error.message for error in beside(target, database, add, add)] == [
        "There is already a contract with the reference “C9”"
    ]


def test_two_lines_at_the_same_moment_do_not_take_the_same_place(target, database, raw):
    filled = fill(database)

    def add(work: UnitOfWork) -> None:
        work.commitments.add(filled.contract, commitment(), 1)

    assert beside(target, database, add, add) == []
    assert raw("SELECT count(*), count(DISTINCT position) FROM commitment") == [(4, 4)]


def test_supplier_of_a_contract_that_was_added_at_the_same_moment_is_not_deleted(target, database):
    with database.work("Ann") as work:
        held = work.suppliers.add(supplier())
        work.editions.add("barnet-open", "2026.1", "ab" * 32, b"the menu's bytes", "Barnet open")
        work.commit()
    told = beside(
        target,
        database,
        lambda work: work.contracts.add(contract(), held.id),
        lambda work: work.suppliers.delete(held.id, held.version),
    )
    assert [error.message for error in told] == ["Bridge Works Ltd has 1 contract"]


def test_same_record_at_the_same_moment_is_a_conflict_with_what_was_saved(target, database):
    filled = fill(database)
    with database.look() as look:
        held = look.suppliers.get(filled.supplier)

    def save(name: str) -> Callable[[UnitOfWork], object]:
        return lambda work: work.suppliers.save(held.id, held.version, supplier(name))

    (told,) = beside(target, database, save("Ann's"), save("Bob's"))
    assert isinstance(told, EditConflict)
    assert (told.theirs.saved_by, told.theirs.record.name) == ("Ann", "Ann's")


@pytest.fixture
def by_hand(database, raw) -> Callable[[], object]:
    """Changes every supplier without this program, and so without waiting for a turn."""
    fill(database)
    raw("INSERT INTO change (at, who, what) VALUES (now(), 'A stranger', 'By hand')")
    # A further statement under the same change is refused where the guard is in place.
    raw("ALTER TABLE history DISABLE TRIGGER history_open")
    return lambda: raw(BY_HAND)


@pytest.mark.parametrize("server", ["postgresql"])
def test_record_that_a_stranger_saved_meanwhile_is_a_conflict_and_nothing_is_saved(database, by_hand):
    with database.work("Ann") as work:
        (held,) = work.suppliers.all()
        work.suppliers.add(supplier("Another"))
        by_hand()
        with pytest.raises(EditConflict, match="A stranger saved this record") as told:
            work.suppliers.save(held.id, held.version, supplier("Ann's"))
        with pytest.raises(Overtaken, match="at the same moment"):
            work.commit()
    assert (told.value.theirs.record.notes, told.value.theirs.version) == ("By hand", held.version + 1)
    with database.look() as look:
        assert [each.record.notes for each in look.suppliers.all()] == ["By hand"]


@pytest.mark.parametrize("server", ["postgresql"])
def test_record_that_a_stranger_saved_meanwhile_is_told_where_no_version_is_asked_for(database, by_hand):
    with database.work("Ann") as work:
        (held,) = work.suppliers.all()
        by_hand()
        with pytest.raises(Overtaken, match=r"Somebody else saved to .* at the same moment") as told:
            work.suppliers.restore(held.id)
    assert told.value.fix == "Nothing was saved. Look at it and try again"


@pytest.mark.parametrize("server", ["postgresql"])
def test_step_of_an_upgrade_sees_what_was_saved_before_it(target, database):
    with changing_tables(database._engine) as connection, connection.begin():
        count = text("SELECT count(*) FROM supplier")
        assert connection.execute(count).scalar_one() == 0
        add_supplier(target, "A")
        assert connection.execute(count).scalar_one() == 1
