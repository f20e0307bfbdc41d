"""From the start of the frozen program to its first paint, against a bare window that is frozen too.

    python .ci/frozen/start.py [runs]

Both run in turns on the offscreen platform, on a screen of 1366 × 768. What counts is the time of the processor that
each has used, all its threads together, when Qt says that it hands its first picture to the screen; that of the clock
stands beside it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "dist" / "tomsapp" / "tomsapp"
BARE = ROOT / "build" / "bare-window"
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
    """The smallest window with a table of 20 rows, frozen as PyInstaller does by itself."""
    program = BARE / "dist" / "bare" / "bare"
    if not program.is_file():
        BARE.mkdir(parents=True, exist_ok=True)
        (BARE / "bare.py").write_text(_WINDOW, encoding="utf-8")
        freeze = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "bare.py"]
        subprocess.run(freeze, cwd=BARE, check=True)
    return program


def until_painted(program: Path, home: str) -> tuple[float, float]:
    """Seconds of the processor, and by the clock, until a program has painted; it is ended then."""
    screens = Path(home) / "screens.json"
    screens.write_text(json.dumps({"screens": [_SCREEN]}), encoding="ascii")
    told = {
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        "QT_LOGGING_RULES": "qt.widgets.painting=true",
        "QT_FORCE_STDERR_LOGGING": "1",
        "TOMSAPP_HOME": home,
    }
    began, surroundings = time.perf_counter(), os.environ | told
    with subprocess.Popen([program], env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        for line in process.stderr or ():
            if _PAINTED in line:
                clock = time.perf_counter() - began
                used = _processor_time(process.pid)
                process.kill()
                return used, clock
    raise SystemExit(f"{program} ended with {process.returncode} and painted nothing.")


def _processor_time(process: int) -> float:
    """Seconds of the processor that all threads of a process have used."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads) / 1e9


def main(runs: int = 9) -> int:
    """Print the shortest of several runs of each; gives 1 where the program is over its bound."""
    if not PROGRAM.is_file():
        sys.exit("Freeze the program first: make build.")
    bare = bare_window()
    with tempfile.TemporaryDirectory() as home:
        pairs = [(until_painted(bare, home), until_painted(PROGRAM, home)) for _ in range(runs + 1)][1:]
    base, own = (min(pair[i][0] for pair in pairs) for i in (0, 1))
    base_clock, own_clock = (min(pair[i][1] for pair in pairs) for i in (0, 1))
    print(
        f"frozen, start to first paint: bare window {base:.3f} s, ours {own:.3f} s, ratio {own / base:.2f} "
        f"(within {WITHIN}); by the clock {base_clock:.3f} s and {own_clock:.3f} s: {own_clock / base_clock:.2f}"
    )
    return 1 if own / base > WITHIN else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
