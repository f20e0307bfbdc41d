"""Saves what is due as a calendar file: of one contract, or of all that are signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.services.due import CALENDAR_SUFFIX, MadeCalendar, save_calendar
from tomsapp.services.reporting import plain_name
from tomsapp.services.workspace import Workspace


def save_due(
    session: Session,
    parent: QWidget,
    name: str,
    make: Callable[[Workspace, datetime], MadeCalendar],
    tell: Callable[[Toast], object],
) -> None:
    """Ask where to save a calendar file of this name, and write it; `tell` hears where it is."""
    path = choose_file_to_save(parent, session, plain_name(name, CALENDAR_SUFFIX), f"Calendar (*{CALENDAR_SUFFIX})")
    if path is None:
        return
    workspace, now = session.workspace, datetime.now().astimezone()
    job = session.jobs.run(lambda _: save_calendar(make, workspace, path, now), title="Writing the calendar file")
    job.success(lambda saved: tell(Toast(f"Saved as {saved}", icon="download"))).start()
