"""What others saved is told once, and never what this program saved itself."""

import pytest

from tests.store.samples import contract, fill, supplier
from tomsapp.store.database import open_database
from tomsapp.store.past import Changed


def add_supplier(database, name, who="Ann"):
    with database.work(who) as work:
        held = work.suppliers.add(supplier(name))
        work.commit()
    return held


def test_what_others_saved_is_told_once(target, database):
    filled = fill(database)
    with open_database(target) as other:
        assert other.news() is None, "what was there when it was opened is no news"
        add_supplier(other, "Of Bob", "Bob")
        assert database.news() == (Changed("supplier", None),)
        assert database.news() is None
        with other.work("Bob") as work:
            held = work.commitments.get(filled.commitment)
            work.commitments.delete(held.id, held.version)
            work.commit()
        assert database.news() == (Changed("commitment", filled.contract),)


def test_what_this_program_saved_is_no_news_to_it(target, database):
    with open_database(target) as other:
        add_supplier(database, "Mine")
        assert database.news() is None
        add_supplier(other, "Of Bob", "Bob")
        add_supplier(database, "Mine too")
        assert database.news() == (Changed("supplier", None),)
        assert other.news() == (Changed("supplier", None),)
        assert (database.news(), other.news()) == (None, None)


def test_what_was_not_saved_is_no_news(target, database):
    with open_database(target) as other:
        with other.work("Bob") as work:
            work.suppliers.add(supplier("Not saved"))
        assert database.news() is None


def test_change_without_a_history_is_told_as_one(target, database, raw):
    raw("INSERT INTO change (at, who, what) VALUES ('2026-05-01 10:00:00.000000', 'A stranger', 'By hand')")
    assert database.news() == (Changed("", None),)


@pytest.mark.parametrize("server", ["sqlite"])
def test_several_kinds_are_told_together(target, database):
    with open_database(target) as other:
        held = add_supplier(other, "Of Bob", "Bob")
        with other.work("Bob") as work:
            work.editions.add("barnet-open", "2026.1", "ab" * 32, b"the menu's bytes", "Barnet open")
            number = work.contracts.add(contract(), held.id).id
            work.commit()
    told = database.news()
    assert told is not None
    assert {("supplier", None), ("contract", number)} <= set(told)
