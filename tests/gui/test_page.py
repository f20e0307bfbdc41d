"""Jobs that are of use only while a page is shown are stopped when it is left, and let go when they are over."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import Executor, Future

import pytest

from tomsapp.gui.jobs import Jobs
from tomsapp.gui.page import Page


class Waiting(Executor):
    """Keeps each task until the test lets it run."""

    def __init__(self):
        self.tasks = []

    def submit(self, fn, /, *args, **kwargs):
        self.tasks.append(lambda: fn(*args, **kwargs))
        return Future()


@pytest.fixture
def page(qtbot):
    made = Page("Overview")
    qtbot.addWidget(made)
    return made


def test_jobs_that_are_over_are_let_go(page, jobs):
    """A page is shown for a day and reads thousands of times: each reading with its results would stay."""
    ended = []
    for _ in range(3):
        job = page.while_shown(jobs.run(lambda _progress: None))
        job.start()
        assert job.is_over
        ended.append(weakref.ref(job))
        del job
    assert not page.stop_jobs(), "nothing of it runs"
    last = page.while_shown(jobs.run(lambda _progress: None))
    gc.collect()
    assert [each() for each in ended] == [None, None, None]
    assert page._running == [last]


@pytest.mark.parametrize("how", ["fails", "is stopped"])
def test_a_job_that_came_to_nothing_is_over_too(page, jobs, how):
    def work(progress):
        if how == "fails":
            raise OSError("No")
        progress.report(1, 2)

    job = page.while_shown(jobs.run(work).failure(lambda _error: None))
    if how == "is stopped":
        job.cancel()
    job.start()
    assert job.is_over
    assert not page.stop_jobs()


def test_what_still_runs_is_stopped_when_the_page_is_left(page):
    waiting = Waiting()
    queued = Jobs(waiting, Waiting())
    seen = []
    first, second = (
        page.while_shown(queued.run(lambda _progress: 1).success(seen.append).cancelled(lambda: seen.append("stopped")))
        for _ in range(2)
    )
    first.start()
    waiting.tasks.pop(0)()
    assert (seen, page._running) == ([1], [second])
    second.start()
    assert page.stop_jobs()
    assert (first.is_cancelled, second.is_cancelled) == (False, True)
    waiting.tasks.pop(0)()
    assert seen == [1, "stopped"]
    assert not page.stop_jobs()
