"""The main job by assistive technology alone, in the real window of a program of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.gui.assistive.screen import SYSTEM_PYTHON, missing_packages, own_screen, running

HERE = Path(__file__).parent
MOST_SECONDS = 600


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is the interface of Linux")
def test_the_whole_job_can_be_done_by_names_roles_and_actions_alone(tmp_path):
    missing = missing_packages()
    assert not missing, f"Install {' '.join(missing)}: .ci/setup test does it on Debian"
    path = tmp_path / "valuation.pdf"
    with own_screen(tmp_path) as env, (tmp_path / "program.log").open("wb") as log:
        env |= {
            "TOMSAPP_HOME": str(tmp_path / "home"),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",  # as where a screen reader runs
            "PYTHONFAULTHANDLER": "1",  # so that a program that ends says where
        }
        root = str(HERE.parents[2])
        with running(sys.executable, "-m", "tomsapp", env=env, cwd=root, stdout=log, stderr=log) as program:
            done = subprocess.run(
                [SYSTEM_PYTHON, "-W", "ignore", str(HERE / "whole_job.py"), str(path)],
                check=False,
                capture_output=True,
                text=True,
                env=env,
                timeout=MOST_SECONDS,
            )
            left = program.wait(MOST_SECONDS) if done.returncode == 0 else program.poll()
    said = (tmp_path / "program.log").read_text(encoding="utf-8")
    assert done.returncode == 0, f"{done.stderr}\nThe program (ended with {left}) said:\n{said}"
    assert left == 0, said
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    assert "Cleaning of schools and libraries" in text
    assert "£127,304.80" in text
