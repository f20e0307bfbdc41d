from __future__ import annotations

import sys
import threading
import time

import pytest

from tomsapp.domain.errors import TomsError
from tomsapp.gui.after_paint import load_parts
from tomsapp.gui.jobs import Jobs, inline_jobs
from tomsapp.gui.loading import is_loaded, load_module
from tomsapp.services.progress import Cancelled


@pytest.fixture
def threaded(qapp):
    made = Jobs()
    yield made
    made.shut_down()


def test_inline_job_is_done_when_start_returns(jobs):
    seen = []
    jobs.run(lambda _p: 6 * 7).success(seen.append).finished(lambda: seen.append("end")).start()
    assert seen == [42, "end"]
    assert not jobs.is_busy


def test_result_comes_back_in_the_windows_thread(threaded, qtbot):
    seen = []

    def work(_progress):
        return threading.current_thread().name

    def take(name):
        seen.append((name, threading.current_thread() is threading.main_thread()))

    job = threaded.run(work).success(take)
    with qtbot.waitSignal(job.ended):
        job.start()
    assert seen == [("database_0", True)]


def test_cancelling_ends_the_child_that_reads_a_file(threaded, qtbot, tmp_path, monkeypatch):
    from tomsapp.room import asking, starting
    from tomsapp.services import table_import

    monkeypatch.setattr(starting, "_ENTER", "import time; time.sleep(60)")
    begun, ended = [], []
    start, end = asking.Child.__init__, asking.Child.end
    monkeypatch.setattr(asking.Child, "__init__", lambda child, *given: (start(child, *given), begun.append(child))[0])
    monkeypatch.setattr(asking.Child, "end", lambda child: (end(child), ended.append(child.process.poll()))[0])
    path = tmp_path / "bid.csv"
    path.write_bytes(b"Code,Year 1\r\n")
    seen = []
    job = threaded.run(lambda progress: table_import.open_table_file(path, progress), database=False)
    job.success(seen.append).cancelled(lambda: seen.append("stopped"))
    with qtbot.waitSignal(job.progressed):
        job.start()
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert seen == ["stopped"]
    assert len(begun) == len(ended) == 1
    assert ended[0] != 0


def test_large_numbers_survive_the_way_back(threaded, qtbot):
    seen = []
    job = threaded.run(lambda _p: 3_000_000_000, database=False).success(seen.append)
    with qtbot.waitSignal(job.ended):
        job.start()
    assert seen == [3_000_000_000]


def test_failure_goes_to_its_handler_or_to_the_window(jobs):
    def fail(_progress):
        raise ValueError("no such contract")

    seen, told = [], []
    jobs.failed.connect(told.append)
    jobs.run(fail).failure(seen.append).start()
    assert [str(e) for e in seen] == ["no such contract"]
    assert told == []
    jobs.run(fail).start()
    assert [str(e) for e in told] == ["no such contract"]


def test_a_refusal_goes_to_its_handler_and_a_fault_to_the_window(jobs):
    def end_with(error):
        def task(_progress):
            raise error

        return task

    seen, told = [], []
    jobs.failed.connect(told.append)
    refusal, fault = TomsError("The file is open elsewhere", "Close it"), ValueError("no such column")
    for error in (refusal, fault):
        jobs.run(end_with(error)).refused(seen.append).start()
    assert seen == [refusal]
    assert told == [fault]


def test_cancelled_job_is_silent_and_calls_its_handler(jobs):
    seen = []

    def work(progress):
        job.cancel()
        progress.report(1, 10)
        seen.append("went on")

    jobs.failed.connect(seen.append)
    job = jobs.run(work).cancelled(lambda: seen.append("cancelled"))
    job.start()
    assert seen == ["cancelled"]


def test_newer_job_with_the_same_key_drops_the_older_result(threaded, qtbot):
    gate, seen = threading.Event(), []

    def slow(_progress):
        gate.wait(5)
        return "old"

    first = threaded.run(slow, database=False, key="search").success(seen.append)
    second = threaded.run(lambda _p: "new", database=False, key="search").success(seen.append)
    first.start()
    with qtbot.waitSignal(second.ended):
        second.start()
    with qtbot.waitSignal(first.ended):
        gate.set()
    assert seen == ["new"]
    assert first.is_cancelled


def test_many_reports_are_thinned_and_the_last_is_kept(jobs):
    seen = []
    job = jobs.run(lambda p: [p.report(n, 10_000) for n in range(1, 10_001)])
    job.progressed.connect(lambda done, total, text: seen.append(done))
    job.start()
    assert seen[-1] == 10_000
    assert len(seen) < 1_000


def test_handler_of_a_deleted_widget_is_not_called(jobs, qapp):
    import shiboken6
    from PySide6.QtCore import QObject

    class Owner(QObject):
        def take(self, _result):
            raise AssertionError

    owner = Owner()
    job = jobs.run(lambda _p: 1).success(owner.take)
    shiboken6.delete(owner)
    job.start()


def test_shut_down_stops_what_runs(qapp):
    jobs, reached = Jobs(), threading.Event()
    ended = []

    def work(progress):
        reached.set()
        try:
            while True:
                progress.report(0, 0)
        except Cancelled:
            ended.append(True)
            raise

    jobs.run(work).start()
    assert reached.wait(5)
    jobs.shut_down()
    assert ended == [True]
    assert not inline_jobs().is_busy


def test_a_task_of_the_pool_does_its_database_work_in_the_databases_thread(threaded, qtbot):
    names, held, free = [], threading.Event(), threading.Event()

    def name():
        return threading.current_thread().name

    def work(_progress):
        first = threaded.with_database(name)
        held.set()
        assert free.wait(5)
        return first, name()

    job = threaded.run(work, database=False).success(names.append)
    job.start()
    assert held.wait(5)
    # Meanwhile others have the database.
    other = threaded.run(lambda _progress: "saved").success(names.append)
    with qtbot.waitSignal(other.ended):
        other.start()
    with qtbot.waitSignal(job.ended):
        free.set()
    assert names == ["saved", ("database_0", "work_0")]


def test_what_goes_wrong_with_the_database_comes_back_to_the_task_of_the_pool(jobs):
    def fail():
        raise RuntimeError("no such contract")

    seen = []
    jobs.run(lambda _progress: jobs.with_database(fail), database=False).failure(seen.append).start()
    assert [str(error) for error in seen] == ["no such contract"]


def test_a_task_of_the_pool_that_waits_for_the_database_ends_when_the_program_closes(qapp):
    jobs, reached, free = Jobs(), threading.Event(), threading.Event()
    ended = []

    def hold(_progress):
        reached.set()
        free.wait(5)

    def work(_progress):
        try:
            for _ in range(2):
                jobs.with_database(lambda: None)
        except Cancelled:
            ended.append(True)
            raise

    jobs.run(hold).start()
    assert reached.wait(5)
    jobs.run(work, database=False).start()
    threading.Timer(0.2, free.set).start()
    jobs.shut_down()
    assert ended == [True]
    with pytest.raises(Cancelled):
        jobs.with_database(lambda: None)


def test_a_task_waits_at_a_report_while_the_window_makes_something(threaded, jobs, qtbot, monkeypatch):
    monkeypatch.setattr("tomsapp.gui.jobs._GIVES_WAY", 60)
    begun, seen = threading.Event(), []

    def work(progress):
        begun.set()
        progress.report(1, 2)
        seen.append(1)

    threaded.give_way()
    threaded.run(work).start()
    assert begun.wait(5)
    time.sleep(0.05)
    assert not seen
    qtbot.waitUntil(lambda: seen == [1])
    jobs.give_way()
    jobs.run(work).start()
    assert seen == [1, 1]


def test_parts_are_loaded_one_after_the_other_in_the_databases_thread(threaded, qtbot, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    names = ["a_part", "another_part"]
    for name in names:
        text = "import sys, threading\nTHREAD = threading.current_thread().name\nBEFORE = set(sys.modules)\n"
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    seen = []
    load_parts(threaded, names)
    threaded.run(lambda _p: set(sys.modules)).success(seen.append).start()
    qtbot.waitUntil(lambda: "another_part" in sys.modules and not threaded.is_busy)
    assert {sys.modules[name].THREAD for name in names} == {"database_0"}
    assert "a_part" in sys.modules["another_part"].BEFORE
    assert "another_part" not in seen[0]
    for name in names:
        del sys.modules[name]


def test_a_module_is_waited_for_while_another_thread_loads_it(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "slow_part.py").write_text("import time\ntime.sleep(0.2)\nDONE = True\n", encoding="utf-8")
    (tmp_path / "other_part.py").write_text("import sys\nSLOW = sys.modules.get('slow_part')\n", encoding="utf-8")
    first = threading.Thread(target=load_module, args=("slow_part",))
    first.start()
    while "slow_part" not in sys.modules:
        time.sleep(0.01)
    assert not is_loaded("slow_part")
    assert load_module("other_part").SLOW.DONE
    first.join()
    assert is_loaded("slow_part")
    for name in ("slow_part", "other_part"):
        del sys.modules[name]
