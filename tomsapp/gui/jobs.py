"""Work that would hold up the window: one thread for the database, a small pool for the rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from tomsapp.domain.errors import TomsError
from tomsapp.services.progress import Cancelled, Progress

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")
_REPORT_EVERY = 0.05
_POOL_SIZE = 3
_GIVES_WAY = 0.2
"""Seconds for which a task waits at a report, at most, while the window makes something."""


class _JobProgress:
    """Progress that forwards at most 20 reports a second and raises once the job was cancelled."""

    def __init__(self, report: Callable[[int, int, str], None], stop: threading.Event, free: threading.Event) -> None:
        self._report, self._stop, self._free, self._last = report, stop, free, 0.0

    def report(self, done: int, total: int, text: str = "") -> None:
        if threading.current_thread() is not threading.main_thread():
            self._free.wait(_GIVES_WAY)
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total > 0 or now - self._last >= _REPORT_EVERY:
            self._last = now
            self._report(done, total, text)


class Job(QObject, Generic[T]):
    """One task on its way; say what follows, then `start`. All handlers run in the window's thread."""

    progressed = Signal(object, object, str)
    """Done, total and words of what is being done."""
    ended = Signal()
    _result = Signal(object, object)

    def __init__(self, jobs: Jobs, task: Callable[[Progress], T], key: str | None, title: str) -> None:
        super().__init__()
        self.title = title
        self.key = key
        self.is_over = False
        """Whether it ended, whatever came of it."""
        self._jobs, self._task = jobs, task
        self._stop = threading.Event()
        self._on_success: Callable[[T], object] | None = None
        self._on_failure: Callable[[Exception], object] | None = None
        self._on_cancelled: Callable[[], object] | None = None
        self._on_finished: Callable[[], object] | None = None
        self._is_wanted: Callable[[], bool] = lambda: True
        self._result.connect(self._deliver)

    def success(self, handler: Callable[[T], object]) -> Job[T]:
        """Call `handler` with the result."""
        self._on_success = handler
        return self

    def failure(self, handler: Callable[[Exception], object]) -> Job[T]:
        """Call `handler` with the exception, in place of the window's error dialog."""
        self._on_failure = handler
        return self

    def refused(self, handler: Callable[[TomsError], object]) -> Job[T]:
        """Call `handler` with the reason that was foreseen; a fault still goes to the window's error dialog."""
        return self.failure(
            lambda error: _call(handler if isinstance(error, TomsError) else self._jobs.failed.emit, error)
        )

    def cancelled(self, handler: Callable[[], object]) -> Job[T]:
        """Call `handler` if the user stopped the task."""
        self._on_cancelled = handler
        return self

    def finished(self, handler: Callable[[], object]) -> Job[T]:
        """Call `handler` last, whatever came of the task, unless a newer job with its key took over."""
        self._on_finished = handler
        return self

    def only_while(self, is_wanted: Callable[[], bool]) -> Job[T]:
        """Call no handler at all if this is no longer so when the task is over."""
        self._is_wanted = is_wanted
        return self

    def start(self) -> Job[T]:
        """Hand the task to its thread."""
        self._jobs.begin(self)
        return self

    def cancel(self) -> None:
        """Ask the task to stop at its next report; a task that has not begun never does."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._stop.is_set()

    def work(self) -> None:
        """Run the task in the thread of the caller and send its result to the window's thread."""
        try:
            if self._stop.is_set():
                raise Cancelled  # noqa: TRY301 - a job cancelled while it waited ends like any other
            result = self._task(_JobProgress(self.progressed.emit, self._stop, self._jobs.free))
        except Exception as error:  # noqa: BLE001 - whatever went wrong is told in the window
            self._send(None, error)
        else:
            self._send(result, None)

    def _send(self, result: T | None, error: Exception | None) -> None:
        if isValid(self):
            self._result.emit(result, error)

    def _deliver(self, result: T, error: Exception | None) -> None:
        current = self._jobs.end(self)
        self.is_over = True
        self.ended.emit()
        if not current or not self._is_wanted():
            return
        if error is None:
            _call(self._on_success, result)
        elif isinstance(error, Cancelled):
            _call(self._on_cancelled)
        elif self._on_failure is not None:
            _call(self._on_failure, error)
        else:
            self._jobs.failed.emit(error)
        _call(self._on_finished)


def _call(handler: Callable[..., object] | None, *args: object) -> None:
    """Call a handler unless the widget it belongs to is gone."""
    owner = getattr(handler, "__self__", None)
    if handler is None or (isinstance(owner, QObject) and not isValid(owner)):
        return
    handler(*args)


class Jobs(QObject):
    """Starts tasks off the window's thread and drops results that a newer task has overtaken."""

    started = Signal(object)
    """The `Job` that was handed to its thread."""
    failed = Signal(object)
    """The exception of a job without a failure handler."""
    busy_changed = Signal(bool)

    def __init__(self, database: Executor | None = None, pool: Executor | None = None) -> None:
        super().__init__()
        given = {True: database, False: pool}
        self._executors = {key: executor for key, executor in given.items() if executor is not None}
        self._running: dict[Job[Any], Executor] = {}
        self._ready: dict[Job[Any], Executor] = {}
        self._latest: dict[str, Job[Any]] = {}
        self._runs = True
        self.free = threading.Event()
        self.free.set()

    def run(
        self,
        task: Callable[[Progress], T],
        *,
        database: bool = True,
        key: str | None = None,
        title: str = "",
    ) -> Job[T]:
        """Make a job of `task`; nothing happens until its `start`.

        Args:
            task: what to do; it may report its progress, which also lets the user cancel it.
            database: whether it reads or writes the database: such tasks run one after the other.
            key: a later job with the same key makes this one's result stale, and cancels it.
            title: what the progress card says, as "Making the portfolio PDF"; no card without one.
        """
        job = Job(self, task, key, title)
        self._ready[job] = self._executor(database=database)
        return job

    def _executor(self, *, database: bool) -> Executor:
        """The threads for a job; they are made for the first one, which the first paint does not wait for."""
        if database not in self._executors:
            from concurrent.futures import ThreadPoolExecutor

            many, name = (1, "database") if database else (_POOL_SIZE, "work")
            self._executors[database] = ThreadPoolExecutor(many, thread_name_prefix=name)
        return self._executors[database]

    def with_database(self, work: Callable[[], T], /) -> T:
        """In a task of the pool: do a piece of work in the database's thread, and wait for what it gives.

        Raises:
            Cancelled: the program is closing.
        """
        from concurrent.futures import CancelledError

        try:
            return self._executor(database=True).submit(work).result()
        except (CancelledError, RuntimeError) as error:
            if isinstance(error, CancelledError) or not self._runs:
                raise Cancelled from error
            raise

    def give_way(self) -> None:
        """Let tasks wait at their next report until what was asked for is painted: side by side both take longer."""
        self.free.clear()
        QTimer.singleShot(0, self, self.free.set)

    @property
    def is_busy(self) -> bool:
        """Whether any job runs or waits."""
        return bool(self._running)

    def begin(self, job: Job[Any]) -> None:
        """Hand a job to its thread; called by `Job.start`."""
        executor = self._ready.pop(job)
        if job.key is not None:
            older = self._latest.get(job.key)
            if older is not None:
                older.cancel()
            self._latest[job.key] = job
        self._running[job] = executor
        self.busy_changed.emit(True)
        self.started.emit(job)
        executor.submit(job.work)

    def end(self, job: Job[Any]) -> bool:
        """Note that a job is over; whether its result is still wanted."""
        self._running.pop(job, None)
        current = job.key is None or self._latest.get(job.key) is job
        if current and job.key is not None:
            del self._latest[job.key]
        self.busy_changed.emit(self.is_busy)
        return current

    def shut_down(self) -> None:
        """Ask every job to stop and wait until the threads are done."""
        self._runs = False
        for job in list(self._running):
            job.cancel()
        for executor in self._executors.values():
            executor.shutdown(wait=True, cancel_futures=True)
        self._running.clear()
        self._latest.clear()


def inline_jobs() -> Jobs:
    """Jobs that run at once in the caller's thread, for tests."""
    from concurrent.futures import Executor, Future

    class Inline(Executor):
        def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
            future: Future[T] = Future()
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - the future carries it to whoever asks
                future.set_exception(error)
            return future

    return Jobs(Inline(), Inline())
