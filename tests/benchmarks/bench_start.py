"""From the start of the process to the first paint: our window against a bare PySide6 window with a table."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 7
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
    from tomsapp.gui.application import build_window, make_application, new_session
    from tomsapp.gui.focus_ring import install_focus_ring
    from tomsapp.gui.theme import install_theme

    application = make_application()
    session = new_session()
    install_theme(application)
    install_focus_ring(application)
    window = build_window(session, print)
    _until_painted(application, window)
    session.jobs.shut_down()


def _until_painted(application: object, window: object) -> None:
    from PySide6.QtCore import QEvent, QObject

    class FirstPaint(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                print(time.time() - float(os.environ[STARTED]), flush=True)
                window.removeEventFilter(self)  # type: ignore[attr-defined]
                application.quit()  # type: ignore[attr-defined]
            return False

    watcher = FirstPaint()
    window.installEventFilter(watcher)  # type: ignore[attr-defined]
    window.show()  # type: ignore[attr-defined]
    application.exec()  # type: ignore[attr-defined]


def seconds(which: str) -> float:
    """The median time of several cold processes."""
    with tempfile.TemporaryDirectory() as home:
        times = []
        for _ in range(RUNS):
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
                "TOMSAPP_HOME": home,
                STARTED: str(time.time()),
            }
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.bench_start", which],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            times.append(float(done.stdout.strip().splitlines()[-1]))
    return statistics.median(times)


def main() -> None:
    """Print both times and their ratio."""
    if len(sys.argv) > 1:
        {"bare": bare, "ours": ours}[sys.argv[1]]()
        return
    base, own = seconds("bare"), seconds("ours")
    print(f"bare window {base:.3f} s, ours {own:.3f} s: ratio {own / base:.2f} (to reach: 2)")


if __name__ == "__main__":
    main()
