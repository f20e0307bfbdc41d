"""The real window with 10,000 contracts: how long it does not answer, at each step of a user and while work goes on.

A second thread asks the window's thread to answer every few milliseconds. What is measured is the time of the clock
from the question to the answer: what a user waits, whichever thread of the program is in the way. Beside it stands how
long the window's own thread worked in that time, and how long all threads of the program: the rest of the gap is what
other programs took. References are what an expert would write: a gap of 50 ms at a step, of 100 ms while checks,
exports and reports run; a quantity is painted 50 ms after Return, with 1,000 lines 100 ms.
How many answers came later than that is counted too. A step that goes on in the background for long, as the sums of
400 suppliers do, is watched for a while and then left to itself, as a user would.
Other programs on the machine count too: run it alone.
Run: python -m tests.benchmarks.bench_window [contracts [lines [more lines]]] [--stacks], the last to see what each
thread did in a gap.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks import MISSED

CONTRACTS, LINES_EACH, LONG, LONGEST = 10_000, 10, 150, 1_000
FEW = 4
"""So many contracts are in the files of long ones."""
AT_A_STEP, MEANWHILE = 0.05, 0.1
PAINTED = (0.05, 0.1)
"""For a contract with few lines, and with many."""
_LOOKED_EVERY_MS = 20
_PAUSE = 0.002
_PATIENCE = 240
_WATCHED = 20
_MOST_CHECKED = 400


class Watchdog:
    """Measures how long the window's thread takes to answer."""

    def __init__(self, *, stacks: bool) -> None:
        from PySide6.QtCore import QObject, Qt, Signal

        class Bell(QObject):
            rung = Signal(float, float)

        self._bell = Bell()
        self._bell.rung.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._answered = threading.Event()
        self._stop = threading.Event()
        self._stacks = stacks
        self._worked = time.thread_time()
        self._longest = (0.0, 0.0, 0.0)
        self._within, self.late = AT_A_STEP, 0
        self._thread = threading.Thread(target=self._ring, daemon=True)
        self._thread.start()

    def begin(self, within: float) -> None:
        """Measure anew, and count the answers that come later than `within`."""
        self._worked, self._longest = time.thread_time(), (0.0, 0.0, 0.0)
        self._within, self.late = within, 0

    @property
    def longest(self) -> tuple[float, float, float]:
        """The longest gap since `begin`, and how long the window's thread and all threads worked in it."""
        return self._longest

    def stop(self) -> None:
        """End the thread, whether or not the window's thread ever answers again."""
        self._stop.set()
        self._answered.set()
        self._thread.join(1)

    def _answer(self, asked: float, used: float) -> None:
        worked = time.thread_time()
        gap = time.perf_counter() - asked
        self.late += gap > self._within
        if gap > self._longest[0]:
            self._longest = gap, worked - self._worked, time.process_time() - used
        self._worked = worked
        self._answered.set()

    def _ring(self) -> None:
        while not self._stop.is_set():
            self._answered.clear()
            asked = time.perf_counter()
            self._bell.rung.emit(asked, time.process_time())
            if not self._answered.wait(MEANWHILE) and self._stacks:
                self._show_stacks(time.perf_counter() - asked)
            self._answered.wait()
            time.sleep(_PAUSE)

    def _show_stacks(self, waited: float) -> None:
        """What each thread does; one that let nobody else run until now stands where it did so."""
        print(f"-- no answer, and {waited * 1000:.0f} ms until this thread could say so", file=sys.stderr)
        for thread, frame in sys._current_frames().items():
            if thread != threading.get_ident():
                print("".join(traceback.format_stack(frame)[-7:]), file=sys.stderr)


class Bench:
    """The window, and the steps that were measured."""

    def __init__(self, home: Path, *, stacks: bool) -> None:
        from tomsapp.gui.application import make_application, new_session, start_window

        self.application = make_application()
        self.session = new_session()
        self.faults: list[BaseException] = []
        self.window = start_window(self.application, self.session, self.faults.append)
        self.window.resize(1366, 768)
        self.window.show()
        self.home = home
        self.watchdog = Watchdog(stacks=stacks)
        self.is_over = False

    def end(self) -> None:
        """Take the window apart as the program does."""
        from tomsapp.gui.application import let_go

        let_go(self.window)

    def settle(self, until: Callable[[], bool] = lambda: True) -> bool:
        """Let the window work until `until` holds and nothing is left, or for a while; whether nothing is left."""
        begun, quiet = time.monotonic(), 0
        while quiet < 5:
            live_on()
            is_there, waited = until(), time.monotonic() - begun
            quiet = quiet + 1 if is_there and not self._is_busy() else 0
            if self.faults or waited > _PATIENCE:
                raise SystemExit(f"The window did not get there: {self.faults}")
            if is_there and waited > _WATCHED:
                return False
        return True

    def _is_busy(self) -> bool:
        """Whether a page waits for something; the checks of every contract go on in the background for long."""
        return any(job.key or job.title for job in self.session.jobs._running)

    def step(
        self,
        name: str,
        work: Callable[[], object],
        until: Callable[[], bool] = lambda: True,
        within: float = AT_A_STEP,
    ) -> None:
        """Do something as a user would, and note the longest gap until the window has done it."""
        from PySide6.QtCore import QTimer

        self.watchdog.begin(within)
        QTimer.singleShot(0, self.window, work)
        is_done = self.settle(until)
        gap, worked, used = self.watchdog.longest
        more = (
            f", of which the window worked {worked * 1000:.0f} ms and the program {used * 1000:.0f} ms; "
            f"{self.watchdog.late} late"
        )
        self.tell(name, gap, within, more if is_done else f"{more}, and it goes on")

    def job(self, name: str, task: Callable[[Any], object]) -> None:
        """Run a task as the pages do, and note the longest gap while it runs."""
        self.step(name, lambda: self.session.jobs.run(task, title=name).start(), within=MEANWHILE)

    def tell(self, name: str, taken: float, within: float, more: str = "") -> None:
        """Print a figure beside what is to be reached."""
        self.is_over = self.is_over or taken > within
        late = "" if taken <= within else f"  OVER, {taken / within:.1f} times"
        print(f"{name}: {taken * 1000:.0f} ms{more} (within {within * 1000:.0f}){late}", flush=True)


def live_on() -> None:
    """Let the window live for a moment as the program does: it waits for events without holding up other threads.

    `QTest.qWait` sleeps with Python's lock held, so that all work in the background stood still.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(_LOOKED_EVERY_MS, loop.quit)
    loop.exec()


def main() -> int:
    """Measure each step; `MISSED` when one is over."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.portfolio import fill_large, new_workspace

    given = [int(each) for each in sys.argv[1:] if each.isdigit()]
    contracts, few, many = (*given, *(CONTRACTS, LONG, LONGEST)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["TOMSAPP_HOME"] = folder
        use_compiled(home / "compiled")
        for name, number, lines in (
            ("many.db", contracts, LINES_EACH),
            (f"{few}.db", FEW, few),
            (f"{many}.db", FEW, many),
        ):
            new_workspace(home, name).close()
            fill_large(str(home / name), number, lines)
        bench = Bench(home, stacks="--stacks" in sys.argv)
        try:
            many_contracts(bench, contracts)
            for lines, within in zip((few, many), PAINTED, strict=True):
                long_contract(bench, lines, within)
            work_in_the_background(bench)
        finally:
            bench.watchdog.stop()
            bench.session.set_workspace(None)
            bench.session.jobs.shut_down()
            bench.end()
    return MISSED if bench.is_over else 0


def use_compiled(folder: Path) -> None:
    """Load compiled modules, as an installed program has them, and Qt as the program does.

    All of the program and what it needs is compiled in a process of its own, by loading it.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(folder)
    command = [sys.executable, "-c", "from tests.benchmarks.bench_window import load_all; load_all()"]
    subprocess.run(command, env=environment, check=True)
    from tomsapp.gui.launch import make_ready

    make_ready()


def load_all() -> None:
    """Load every module of the program, but for those of other systems and those that Alembic runs."""
    import pkgutil

    import tomsapp

    for found in pkgutil.walk_packages(tomsapp.__path__, "tomsapp."):
        if not found.name.startswith(("tomsapp.__main__", "tomsapp.store.migrations.")):
            with suppress(ImportError):
                import_module(found.name)


def many_contracts(bench: Bench, contracts: int) -> None:
    """The pages that list or add up 10,000 contracts."""
    window, session = bench.window, bench.session
    bench.step("after the first paint", lambda: None)
    bench.step("open the database", lambda: _open(bench, "many.db"), lambda: session.is_open)
    _open_page(bench, "Contracts", lambda: _list(bench).model.total == contracts)
    bench.step("search the contracts", lambda: _list(bench).search.setText("kiosks 12"))
    bench.step("clear the search", lambda: _list(bench).search.setText(""))
    bench.step("sort by value", lambda: _list(bench).table.sortByColumn(3, _falling()))
    for title in ("Overview", "Suppliers", "Menu", "Settings"):
        _open_page(bench, title)
    bench.step("open the search", lambda: _press_ctrl_k(bench))
    bench.step("search everything", lambda: _type_in_palette(bench, "school"))
    bench.step("close the search", window.palette_box.close_palette)
    bench.step("open a contract", lambda: window.go_to("contracts", 3))
    bench.step("back to Overview", lambda: window.go_to("overview"))
    bench.step("back to the contract", lambda: window.go_to("contracts", 3))


def _open_page(bench: Bench, title: str, until: Callable[[], bool] = lambda: True) -> None:
    """Open a page for the first time and wait until it is there: what it needs may still be loaded."""
    key, pages = title.lower(), bench.window.stage.pages
    bench.step(
        f"open {title}",
        lambda: bench.window.go_to(key),
        lambda: getattr(pages.currentWidget(), "title", "") == title and until(),
    )


def work_in_the_background(bench: Bench) -> None:
    """The checks of every contract, then what the Overview and a contract export."""
    from tomsapp.services import overview, overview_tables
    from tomsapp.services.overview_report import overview_report
    from tomsapp.services.reporting import contract_report

    bench.window.go_to("overview")
    # Its page is made anew with the database.
    bench.step(
        "open the database again",
        lambda: _open(bench, "many.db"),
        lambda: _is_added_up(bench.window.page("overview")),
    )
    page: Any = bench.window.page("overview")
    enough = min(_MOST_CHECKED, page.checker.left)
    bench.step("check the contracts", lambda: None, lambda: len(page.checker.checked) >= enough, MEANWHILE)
    page.checker.rest()
    workspace, cube, now = bench.session.workspace, page._cube, datetime.now().astimezone()
    checked, every, today = dict(page.checker.checked), overview.Filters(), now.date()
    book, lines = bench.home / "portfolio.xlsx", bench.home / "lines.csv"
    bench.job(
        "export the lines as CSV",
        lambda _: overview_tables.save_lines(workspace, cube, every, lines, now, checked),
    )
    bench.job(
        "export the portfolio as a workbook",
        lambda _: overview_tables.save_every_table(workspace, cube, every, checked, book, now),
    )
    bench.job("PDF of the portfolio", lambda told: overview_report(workspace, cube, every, checked, today, told))
    bench.job("PDF of a contract", lambda told: contract_report(workspace, 3, today, told))


def long_contract(bench: Bench, lines: int, within: float) -> None:
    """A contract with many commitments, and typing into it, whose total is to be painted `within` seconds."""
    window, session, name = bench.window, bench.session, f"{lines}.db"
    bench.step(f"open {name}", lambda: _open(bench, name), lambda: session.workspace.database.name == name)
    bench.step(f"open a contract of {lines} lines", lambda: window.go_to("contracts", 3))
    table = _table(bench)
    first = next(row for row in range(table.model().rowCount()) if table.grid.is_quantity(row, 2))
    bench.step("go to a quantity", lambda: (table.setFocus(), table.go_to(first, 2)))
    bench.step("type a quantity", lambda: _type(table, "12"), within=MEANWHILE)
    bench.step("undo", session.undo, within=MEANWHILE)
    painted = []
    for quantity in ("13", "14", "15"):
        table.go_to(first, 2)
        bench.settle()
        painted.append(_until_painted(bench, table, quantity))
        bench.settle()
    taken, used = min(painted)
    more = f", of which the program worked {used * 1000:.0f} ms"
    bench.tell(f"Return to the painted total, {lines} lines", taken, within, more)
    bench.step("scroll to the end", lambda: table.verticalScrollBar().setValue(table.verticalScrollBar().maximum()))


def _is_added_up(page: Any) -> bool:
    """Whether the Overview shows the portfolio of many contracts again, and not the few of a long one."""
    return page._cube is not None and len(page._cube.contracts) > FEW


def _open(bench: Bench, name: str) -> None:
    bench.window.page("start").show_target(str(bench.home / name))


def _falling() -> Any:
    from PySide6.QtCore import Qt

    return Qt.SortOrder.DescendingOrder


def _list(bench: Bench) -> Any:
    return bench.window.page("contracts").list  # type: ignore[attr-defined]


def _press_ctrl_k(bench: Bench) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(bench.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def _type_in_palette(bench: Bench, text: str) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    QTest.keyClicks(bench.window.palette_box.findChild(QLineEdit), text)


def _table(bench: Bench) -> Any:
    from tomsapp.gui.contract.grid_table import GridTable

    return next(one for one in bench.window.findChildren(GridTable) if one.isVisible())


def _type(table: Any, text: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(_typed(table, text), Qt.Key.Key_Return)


def _typed(table: Any, text: str) -> Any:
    """The field in the cell, with the text typed into it."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    QTest.keyClicks(table, text[:1])
    editor = table.viewport().findChildren(QLineEdit)[-1]
    QTest.keyClicks(editor, text[1:])
    return editor


def _until_painted(bench: Bench, table: Any, text: str) -> tuple[float, float]:
    """Seconds of the clock and of the processor from Return until the total of the contract is painted."""
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tomsapp.gui.widgets.painted_buttons import FigureButton

    class Painted(QObject):
        at, used = 0.0, 0.0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.at:
                self.at, self.used = time.perf_counter(), time.process_time()
            return False

    figures = [one for one in bench.window.findChildren(FigureButton) if one.isVisible()]
    watcher, editor = Painted(), _typed(table, text)
    bench.settle()
    figures[0].installEventFilter(watcher)
    begun, used = time.perf_counter(), time.process_time()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    while not watcher.at and time.perf_counter() < begun + _PATIENCE:
        QApplication.processEvents()
    figures[0].removeEventFilter(watcher)
    return watcher.at - begun, watcher.used - used


if __name__ == "__main__":
    sys.exit(main())
