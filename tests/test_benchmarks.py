"""Every benchmark runs to its end at a small size: what it uses is changed elsewhere, and nobody runs it each day.

No time is looked at: a missed figure has an exit status of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import MISSED

ROOT = Path(__file__).parents[1]
SMALL = {
    "bench_delivered_pdf": ("4",),
    "bench_delivered_totals": ("10", "3", "2", "40"),
    "bench_delivery_window": ("4",),
    "bench_list": ("60",),
    "bench_pdf": ("6",),
    "bench_portfolio": ("10", "3", "2"),
    "bench_portfolio_pdf": ("6",),
    "bench_portfolio_read": ("6", "4"),
    "bench_read_workbook": ("6",),
    "bench_returns": ("3", "4"),
    "bench_start": ("1",),
    "bench_value_lines": ("200",),
    "bench_window": ("8", "3", "6"),
}
"""What each is given, so that it ends in seconds."""


def test_each_benchmark_is_run_here() -> None:
    assert {file.stem for file in (ROOT / "tests/benchmarks").glob("bench_*.py")} == set(SMALL)


ALONE = ("bench_delivery_window", "bench_list", "bench_portfolio", "bench_start", "bench_window")
"""These have a window, a server or programs of their own; the others run in one program, which takes long to start."""
TOGETHER = tuple(name for name in SMALL if name not in ALONE)
RUN = """
import runpy, sys
for name, *arguments in (each.split(",") for each in sys.argv[1:]):
    sys.argv[1:] = arguments
    try:
        runpy.run_module(f"tests.benchmarks.{name}", run_name="__main__")
    except SystemExit as ended:
        print(name, "ended with", ended.code or 0)
    else:
        print(name, "ended with 0")
"""


@pytest.mark.slow
@pytest.mark.parametrize("names", [*((name,) for name in ALONE), TOGETHER], ids=",".join)
def test_benchmark_runs_to_its_end(names: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", RUN, *(",".join((name, *SMALL[name])) for name in names)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TOMSAPP_HOME": str(tmp_path), "PYTHONPYCACHEPREFIX": ""},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    said = done.stdout.splitlines()
    for name in names:
        ends = {f"{name} ended with {status}" for status in (0, MISSED)}
        assert ends.intersection(said), done.stdout + done.stderr
    assert len(said) > len(names)
