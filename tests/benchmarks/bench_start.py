"""From the start of the process to the first paint: our window against a bare PySide6 window with a table.

Times are those of the processor (the wall clock stands beside them): what both processes use until they have painted,
the interpreter's own start included. They run in turns, with compiled modules as an installed program has them.
Run: python -m tests.benchmarks.bench_start [runs]
"""

import os
import subprocess
import sys
import tempfile
import time

from tests.benchmarks import MISSED

RUNS = 9
WITHIN = 1.5
STARTED = "BENCH_STARTED"


def bare() -> None:
    """The smallest window with a table of 20 rows."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

    application = QApplication([])
    window = QMainWindow()
    table = QTableWidget(20, 6)
    window.setCentralWidget(table)
    window.resize(1366, 768)
    _until_painted(application, window)


def ours() -> None:
    """The program's own window at its Start page."""
    from tomsapp.gui.launch import make_ready

    make_ready()
    from tomsapp.gui.application import make_application, new_session, start_window

    application = make_application()
    session = new_session()
    window = start_window(application, session, print)
    _until_painted(application, window)
    session.jobs.shut_down()


def _until_painted(application: object, window: object) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class FirstPaint(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                window.removeEventFilter(self)  # type: ignore[attr-defined]
                # The children are painted before the event loop goes on.
                QTimer.singleShot(0, self.tell)
            return False

        def tell(self) -> None:
            print(time.process_time(), time.time() - float(os.environ[STARTED]), flush=True)
            application.quit()  # type: ignore[attr-defined]

    watcher = FirstPaint()
    window.installEventFilter(watcher)  # type: ignore[attr-defined]
    window.show()  # type: ignore[attr-defined]
    application.exec()  # type: ignore[attr-defined]


def painted(which: str, home: str) -> tuple[float, float]:
    """Seconds of the processor and of the wall clock until a process of its own has painted."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "TOMSAPP_HOME": home,
        STARTED: str(time.time()),
    }
    # A short run says that it is content with what is compiled already.
    environment.setdefault("PYTHONPYCACHEPREFIX", f"{home}/compiled")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.benchmarks.bench_start", which]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    processor, wall = done.stdout.strip().splitlines()[-1].split()
    return float(processor), float(wall)


def main(runs: int = RUNS) -> int:
    """Print both times and their ratio; `MISSED` when it is over."""
    with tempfile.TemporaryDirectory() as home:
        for which in ("bare", "ours"):
            painted(which, home)
        pairs = [(painted("bare", home), painted("ours", home)) for _ in range(runs)]
    base, own = (min(pair[i][0] for pair in pairs) for i in (0, 1))
    base_wall, own_wall = (min(pair[i][1] for pair in pairs) for i in (0, 1))
    print(
        f"start to first paint: bare window {base:.3f} s, ours {own:.3f} s, ratio {own / base:.2f} (within {WITHIN}); "
        f"by the wall clock {base_wall:.3f} s and {own_wall:.3f} s"
    )
    return MISSED if own / base > WITHIN else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments and arguments[0] in {"bare", "ours"}:
        (bare if arguments[0] == "bare" else ours)()
    else:
        sys.exit(main(*map(int, arguments)))
