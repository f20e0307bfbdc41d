"""Ten officers who save into one council on a server for a minute: nothing is lost, and every figure comes out."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import any_cluster, run_on_server
from tests.services.council import open_as, shipped
from tests.services.writers import small_council, until, write_together, wrong_after
from tests.torture.outcome import Deadline, Outcome
from tomsapp.services import databases

TITLE = "Ten writers at once"
SHARE = 8
WRITERS = 10
SECONDS = 60
_NAME = "toms_ten_writers"
_FOR_THE_END = 0.7
"""Which part of the time is for writing; the rest is for making the council and for what is looked at afterwards."""


@contextmanager
def _place() -> Iterator[tuple[str, str]]:
    """Where the council is made, and what that is called: a PostgreSQL server, or a file where there is none."""
    clusters = any_cluster()
    try:
        cluster = next(clusters)
    except pytest.skip.Exception:
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "council.db"), "a file"
        return
    run_on_server(cluster, f"DROP DATABASE IF EXISTS {_NAME}")
    run_on_server(cluster, f"CREATE DATABASE {_NAME} TEMPLATE template0")
    try:
        yield cluster.format(_NAME), "PostgreSQL"
    finally:
        run_on_server(cluster, f"DROP DATABASE {_NAME} WITH (FORCE)")
        clusters.close()


def run(deadline: Deadline) -> Outcome:
    """Let them save for a minute at most; then hold all that stands there against what was said."""
    found = Outcome(wanted=1)
    seconds = min(SECONDS, deadline.seconds * _FOR_THE_END)
    with _place() as (target, where):
        databases.make_database(target, shipped(), "Ann", "Larkmere Council").close()
        ann = open_as(target, "Ann")
        try:
            made = small_council(ann)
            told = write_together(target, made.id, WRITERS, until(seconds))
            found.uncaught = len(told.faults)
            found.told = list(wrong_after(ann, made, told))
            found.lost = len(found.told) - found.uncaught
        finally:
            ann.close()
    found.done = 1
    found.figures = {
        "on": where,
        "saves": f"{told.saves:,}",
        "refused as somebody else was first": f"{told.refused:,}",
        "seconds of writing": f"{seconds:.0f}",
    }
    return found
