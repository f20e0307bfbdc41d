"""A clock and a calendar that a test of the window sets: what happens in a year, in one go."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from importlib import import_module

_CLOCKS = (
    "store.records",
    "store.noting",
    "store.chain",
    "services.due",
    "services.sealed_rules",
    "services.returns_read",
    "services.table_memory",
    "gui.contract.problem_rows",
    "gui.contract.due_file",
    "gui.delivery.returns_section",
    "gui.variation.window",
)
_CALENDARS = (
    "gui.contract.contract_form",
    "gui.contract.history_tab",
    "gui.contract.rows",
    "gui.delivery.delivery_tab",
    "gui.dialogs.made_report",
)
"""Modules that ask for the day alone."""


class Clock:
    """Stands still at nine o'clock of the day that it was set to, in every module that asks what time it is."""

    def __init__(self, monkeypatch, day: date) -> None:
        self.day = day
        clock = self

        class StillClock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.combine(clock.day, time(9), UTC).astimezone(tz)

        class StillDay(date):
            @classmethod
            def today(cls):
                return clock.day

        monkeypatch.setattr("tomsapp.gui.session._now", lambda: StillClock.now().astimezone())
        for names, word, stands in ((_CLOCKS, "datetime", StillClock), (_CALENDARS, "date", StillDay)):
            for name in names:
                import_module(f"tomsapp.{name}")
                monkeypatch.setattr(sys.modules[f"tomsapp.{name}"], word, stands)
