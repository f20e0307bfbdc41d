"""How the program ends."""

from __future__ import annotations

import os
import subprocess
import sys

CLOSED_AT_WORK = """
from shiboken6 import isValid
from tomsapp.gui import application as started

windows = []

def work(progress):
    while True:
        progress.report(0, 0)

def begin(window, session, _database, _files):
    windows.append(window)
    for in_database in (True, False):
        job = session.jobs.run(work, database=in_database, title="Work").start()
    job.progressed.connect(lambda *_: window.close())

started.begin = begin
assert started.run_window() == 0
assert not isValid(windows[0]), "the window is left to the end of Python"
"""


def test_program_that_is_closed_at_work_stops_it_and_takes_its_window_apart(tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", CLOSED_AT_WORK],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TOMSAPP_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
