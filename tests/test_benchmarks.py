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
    "bench_delivered_overview": ("10", "3", "2", "40"),
    "bench_delivered_pdf": ("4",),
    "bench_delivered_totals": ("10", "3", "2", "40"),
    "bench_delivery_window": ("4",),
    "bench_import_window": ("8", "6"),
    "bench_list": ("60",),
    "bench_offer_book": ("4", "2"),
    "bench_pdf": ("6",),
    "bench_portfolio": ("10", "3", "2"),
    "bench_portfolio_pdf": ("6",),
    "bench_portfolio_read": ("6", "4"),
    "bench_read_workbook": ("6",),
    "bench_register": ("8", "6"),
    "bench_returns": ("3", "4"),
    "bench_score": ("4", "5"),
    "bench_sensitivity": ("4", "5"),
    "bench_start": ("1",),
    "bench_tender": ("4", "5"),
    "bench_value_lines": ("200",),
    "bench_window": ("8", "3", "6"),
}
"""What each is given, so that it ends in seconds."""


def test_each_benchmark_is_run_here() -> None:
    assert {file.stem for file in (ROOT / "tests/benchmarks").glob("bench_*.py")} == set(SMALL)


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_benchmark_runs_to_its_end(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", f"tests.benchmarks.{name}", *SMALL[name]],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TOMSAPP_HOME": str(tmp_path), "PYTHONPYCACHEPREFIX": ""},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode in {0, MISSED}, done.stdout + done.stderr
    assert done.stdout.strip()
