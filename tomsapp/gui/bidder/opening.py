"""Reads a bidder's file off the window's thread, and what such files are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tomsapp.gui.jobs import Job, Jobs

T = TypeVar("T")
KINDS = "Tender packs and offers (*.tomspack *.tomsoffer *.xlsx)"
PACK_KINDS = "Tender packs (*.tomspack)"
WHERE_IS_THE_PACK = "Where is the pack file of this tender?"


def opening_job(jobs: Jobs, read: Callable[[], T], name: str) -> Job[T]:
    """A job that reads a file off the window's thread."""
    return jobs.run(lambda _progress: read(), database=False, key="bidder-open", title=f"Opening {name}")
