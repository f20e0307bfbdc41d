"""From the start of the process to the first paint: the program as it is started, against a bare window with a table.

What counts is the time of the processor that each has used, all its threads and the interpreter's start included, when
Qt says that it hands its first picture to the screen; that of the clock stands beside it. They run in turns on a screen
of 1366 × 768, with compiled modules as an installed program has them. `frozen` measures the program that `make build`
has frozen, against the bare window as PyInstaller freezes it by itself. On Linux alone.

Run: python -m tests.benchmarks.bench_start [runs] [frozen]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import MISSED

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "dist" / "tomsapp" / "tomsapp"
BARE = ROOT / "build" / "bare-window"
RUNS = 9
WITHIN = 1.5
_PAINTED = b"Flushing top level"
_SCREEN = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1}
_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableWidget(20, 6))
window.resize(1366, 768)
window.show()
application.exec()
"""


def bare_window() -> Path:
    """The smallest window with a table of 20 rows."""
    BARE.mkdir(parents=True, exist_ok=True)
    script = BARE / "bare.py"
    script.write_text(_WINDOW, encoding="utf-8")
    return script


def frozen_bare_window() -> Path:
    """The same, frozen once."""
    program = BARE / "dist" / "bare" / "bare"
    if not program.is_file():
        freeze = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", bare_window()]
        subprocess.run(freeze, cwd=BARE, check=True)
    return program


def until_painted(command: Sequence[str | Path], home: str) -> tuple[float, float]:
    """Seconds of the processor, and by the clock, until a program has painted; it is ended then."""
    screens = Path(home) / "screens.json"
    screens.write_text(json.dumps({"screens": [_SCREEN]}), encoding="ascii")
    own = Path(home) / "own"
    shutil.rmtree(own, ignore_errors=True)  # one that was ended left word that it runs, and the next would look for it
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        "QT_LOGGING_RULES": "qt.widgets.painting=true",
        "QT_FORCE_STDERR_LOGGING": "1",
        "TOMSAPP_HOME": str(own),
        # A short run says that it is content with what is compiled already.
        "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", f"{home}/compiled"),
    }
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    began, nowhere = time.perf_counter(), subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=nowhere, stderr=subprocess.PIPE) as process:
        for line in process.stderr or ():
            if _PAINTED in line:
                clock = time.perf_counter() - began
                used = _processor_time(process.pid)
                process.kill()
                return used, clock
    raise SystemExit(f"{command} ended with {process.returncode} and painted nothing.")


def _processor_time(process: int) -> float:
    """Seconds of the processor that all threads of a process have used."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads) / 1e9


def main(runs: int = RUNS, *, is_frozen: bool = False) -> int:
    """Print both times and their ratio; `MISSED` when it is over."""
    if is_frozen and not FROZEN.is_file():
        print("There is no frozen program to measure: make build freezes it.")
        return 0
    source = [sys.executable, bare_window()], [sys.executable, "-m", "tomsapp"]
    bare, ours = ([frozen_bare_window()], [FROZEN]) if is_frozen else source
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        pairs = [(until_painted(bare, home), until_painted(ours, home)) for _ in range(runs + 1)][1:]
    base, own = (min(pair[i][0] for pair in pairs) for i in (0, 1))
    base_clock, own_clock = (min(pair[i][1] for pair in pairs) for i in (0, 1))
    print(
        f"{'frozen, ' if is_frozen else ''}start to first paint: bare window {base:.3f} s, ours {own:.3f} s, "
        f"ratio {own / base:.2f} (within {WITHIN}); by the clock {base_clock:.3f} s and {own_clock:.3f} s"
    )
    return MISSED if own / base > WITHIN else 0


if __name__ == "__main__":
    arguments = [each for each in sys.argv[1:] if each != "frozen"]
    sys.exit(main(*map(int, arguments), is_frozen="frozen" in sys.argv[1:]))
