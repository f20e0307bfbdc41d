"""The one long task of a window: its card comes and goes with it, and a further task stops the one before."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.shown_job import ShownJob
from tomsapp.gui.widgets.feedback import ProgressCard
from tomsapp.gui.widgets.layouts import in_column, laid_out


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def cards(window):
    return [each.accessibleName() for each in window.findChildren(ProgressCard) if not each.isHidden()]


def test_the_card_stands_above_the_foot_until_the_task_has_ended(window):
    foot = QWidget()
    column = in_column(QWidget(), foot, inside=window)
    window.show()
    work, seen = ShownJob(column), []

    def task(progress):
        progress.report(1, 4, "One of four")
        seen.extend([*cards(window), work.is_busy, laid_out(column)[2] is foot])

    work.show(inline_jobs().run(task), "Reading").start()
    assert seen == ["Reading", True, True]
    assert (cards(window), work.is_busy) == ([], False)


def test_a_further_task_stops_the_one_before_and_stays_when_that_ends(window):
    work, jobs, found = ShownJob(in_column(QWidget(), inside=window)), inline_jobs(), []
    first = work.show(jobs.run(lambda progress: progress.report(0, 0)), "Reading a.xlsx").success(found.append)
    second = work.show(jobs.run(lambda _progress: 2), "Reading b.xlsx").success(found.append)
    assert first.is_cancelled
    first.start()
    assert work.is_busy
    second.start()
    assert (found, work.is_busy) == ([2], False)


def test_what_follows_a_task_may_show_a_further_one(window):
    work, jobs, seen = ShownJob(in_column(QWidget(), inside=window)), inline_jobs(), []

    def follow(_result):
        job = work.show(jobs.run(lambda _progress: seen.append((work.is_busy, len(cards(window))))), "Comparing")
        job.start()

    window.show()
    work.show(jobs.run(lambda _progress: 1), "Reading").success(follow).start()
    assert (seen, work.is_busy) == ([(True, 1)], False)
