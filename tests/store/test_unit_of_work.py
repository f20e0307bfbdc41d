import contextlib
import threading

import pytest

from tests.store.samples import supplier
from tomsapp.store.errors import StoreError


def test_nothing_is_saved_without_commit(database):
    with database.work("Ann") as work:
        work.suppliers.add(supplier())
    with database.work("Ann") as work:
        assert work.suppliers.all() == []


def test_nothing_is_saved_after_a_failure(database):
    with contextlib.suppress(ZeroDivisionError), database.work("Ann") as work:
        work.suppliers.add(supplier())
        raise ZeroDivisionError
    with database.work("Ann") as work:
        assert work.suppliers.all() == []


def test_change_needs_a_name(database):
    with database.work("  ") as work, pytest.raises(StoreError, match="Nobody is named"):
        work.suppliers.add(supplier())


def test_reading_makes_no_change(database, raw):
    before = raw("SELECT count(*) FROM change")
    with database.work("Ann") as work:
        work.suppliers.all()
        work.commit()
    assert raw("SELECT count(*) FROM change") == before


def test_one_piece_of_work_is_one_change_and_after_commit_another(database, raw):
    with database.work("Ann", "Both") as work:
        work.suppliers.add(supplier("A"))
        work.suppliers.add(supplier("B"))
        work.commit()
        work.suppliers.add(supplier("C"))
        work.commit()
    assert raw("SELECT count(*) FROM change WHERE what = 'Both'") == [(2,)]


def test_reader_sees_one_moment(database):
    with database.read() as reader:
        assert reader.suppliers() == []
        with database.work("Ann") as work:
            work.suppliers.add(supplier())
            work.commit()
        assert reader.suppliers() == []
    with database.read() as reader:
        assert len(reader.suppliers()) == 1


def test_two_writers_wait_for_each_other(database):
    with database.work("Ann") as work:
        held = work.suppliers.add(supplier("Start"))
        work.commit()
    failures: list[BaseException] = []

    def add_one(name: str) -> None:
        try:
            for number in range(10):
                with database.work(name) as work:
                    now = work.suppliers.get(held.id)
                    work.suppliers.add(supplier(f"{name} {number}"))
                    work.suppliers.restore(now.id)
                    work.commit()
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=add_one, args=(name,)) for name in ("Ann", "Bob", "Cy")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.work("Ann") as work:
        assert len(work.suppliers.all()) == 31
