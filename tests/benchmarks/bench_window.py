"""The real window with 10,000 contracts: the longest that each step blocks it, against 50 ms.

A second thread asks the window's thread to answer every few milliseconds. A block is what that thread worked between
two answers, in time of the processor, so that other programs on the machine do not count.
Run: python -m tests.benchmarks.bench_window [--stacks], the latter to see what the window was doing when it was late.
"""

import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

CONTRACTS, LINES_EACH, LONG = 10_000, 10, 150
WITHIN = 0.05
_PAUSE = 0.002
_PATIENCE = 60


class Watchdog:
    """Measures how long the window's thread works before it answers."""

    def __init__(self, *, stacks: bool) -> None:
        from PySide6.QtCore import QObject, Qt, Signal

        class Bell(QObject):
            rung = Signal()

        self._bell = Bell()
        self._bell.rung.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._answered = threading.Event()
        self._stop = False
        self._stacks = stacks
        self._window = threading.get_ident()
        self._last = time.thread_time()
        self.longest = 0.0
        self._thread = threading.Thread(target=self._ring, daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """Measure anew."""
        self._last, self.longest = time.thread_time(), 0.0

    def stop(self) -> None:
        """End the thread."""
        self._stop = True
        self._thread.join()

    def _answer(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        self._answered.set()

    def _ring(self) -> None:
        while not self._stop:
            self._answered.clear()
            self._bell.rung.emit()
            if not self._answered.wait(WITHIN) and self._stacks:
                print("".join(traceback.format_stack(sys._current_frames()[self._window])[-6:]))
                self._answered.wait()
            self._answered.wait()
            time.sleep(_PAUSE)


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
        self.blocks: dict[str, float] = {}

    def settle(self, until: Callable[[], bool] = lambda: True) -> None:
        """Let the window work until it has nothing to do and `until` holds."""
        from PySide6.QtTest import QTest

        deadline, quiet = time.monotonic() + _PATIENCE, 0
        while quiet < 5:
            QTest.qWait(20)
            quiet = quiet + 1 if until() and not self._is_busy() else 0
            if self.faults or time.monotonic() > deadline:
                raise SystemExit(f"The window did not get there: {self.faults}")

    def _is_busy(self) -> bool:
        """Whether a page waits for something; the checks of every contract go on in the background for long."""
        return any(job.key or job.title for job in self.session.jobs._running)

    def step(self, name: str, work: Callable[[], object], until: Callable[[], bool] = lambda: True) -> None:
        """Do something as a user would, and note the longest block until the window has done it."""
        from PySide6.QtCore import QTimer

        self.watchdog.begin()
        QTimer.singleShot(0, self.window, work)
        self.settle(until)
        self.blocks[name] = self.watchdog.longest
        late = "" if self.watchdog.longest <= WITHIN else "  OVER"
        print(f"{name}: longest block {self.watchdog.longest * 1000:.0f} ms (within {WITHIN * 1000:.0f}){late}")


def main() -> int:
    """Measure each step twice (first and again); 1 when a block is over."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.portfolio import fill_large, new_workspace

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["TOMSAPP_HOME"] = folder
        for name, contracts, lines in (("many.db", CONTRACTS, LINES_EACH), ("long.db", 20, LONG)):
            new_workspace(home, name).close()
            fill_large(str(home / name), contracts, lines)
        bench = Bench(home, stacks="--stacks" in sys.argv)
        try:
            many_contracts(bench)
            long_contract(bench)
        finally:
            bench.watchdog.stop()
            bench.session.set_workspace(None)
            bench.session.jobs.shut_down()
    return int(max(bench.blocks.values()) > WITHIN)


def many_contracts(bench: Bench) -> None:
    """The pages that list or add up 10,000 contracts."""
    window, session = bench.window, bench.session
    bench.step("after the first paint", lambda: None)
    bench.step("open the database", lambda: _open(bench, "many.db"), lambda: session.is_open)
    bench.step("open Contracts", lambda: window.go_to("contracts"), lambda: _list(bench).model.total == CONTRACTS)
    bench.step("search the contracts", lambda: _list(bench).search.setText("kiosks 12"))
    bench.step("clear the search", lambda: _list(bench).search.setText(""))
    bench.step("sort by value", lambda: _list(bench).table.sortByColumn(3, _falling()))
    bench.step("open Overview", lambda: window.go_to("overview"))
    bench.step("open Suppliers", lambda: window.go_to("suppliers"))
    bench.step("open Menu", lambda: window.go_to("menu"))
    bench.step("open Settings", lambda: window.go_to("settings"))
    bench.step("open the search", lambda: _press_ctrl_k(bench))
    bench.step("search everything", lambda: _type_in_palette(bench, "school"))
    bench.step("close the search", window.palette_box.close_palette)
    bench.step("open a contract", lambda: window.go_to("contracts", 3))
    bench.step("back to Overview", lambda: window.go_to("overview"))
    bench.step("back to the contract", lambda: window.go_to("contracts", 3))


def long_contract(bench: Bench) -> None:
    """A contract with 150 commitments, and typing into it."""
    window, session = bench.window, bench.session
    bench.step(
        "open another database", lambda: _open(bench, "long.db"), lambda: session.workspace.database.name != "many.db"
    )
    bench.step(f"open a contract of {LONG} lines", lambda: window.go_to("contracts", 3))
    table = _table(bench)
    bench.step("go to a quantity", lambda: (table.setFocus(), table.go_to_cell(_first_line(table), 2)))
    bench.step("type a quantity", lambda: _type(table, "12"))
    bench.step("undo", session.undo)
    bench.step("scroll to the end", lambda: table.verticalScrollBar().setValue(table.verticalScrollBar().maximum()))


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


def _first_line(table: Any) -> int:
    return next(row for row in range(table.model().rowCount()) if table.grid.line_at(row) is not None)


def _type(table: Any, text: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    QTest.keyClicks(table, text[:1])
    editor = table.viewport().findChildren(QLineEdit)[-1]
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)


if __name__ == "__main__":
    sys.exit(main())
