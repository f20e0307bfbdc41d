"""Asks what publishing open data needs, and writes the file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tomsapp.domain.open_data import PUBLICATION, Publication
from tomsapp.domain.wording import plural
from tomsapp.gui.export_menu import choose_file_to_save
from tomsapp.gui.records.record_dialog import RecordDialog
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.gui.widgets.dialog_parts import open_once
from tomsapp.gui.widgets.feedback import Toast
from tomsapp.gui.widgets.text import Text
from tomsapp.services.open_data import (
    check_publication,
    make_open_data,
    publication_file,
    publication_of,
    save_open_data,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tomsapp.services.progress import Progress

_KEPT = "open_data"
_SAYS = (
    "Of each signed and closed contract that passes the filters the file tells who signed it, its value and time, what "
    "was promised, and what was delivered to the day with its ratings. People, contacts, notes and statements are left "
    "out."
)
_QUESTION = "Is the file not to be published yet?"


class OpenDataDialog(RecordDialog[Publication]):
    """Stays open until what was said is enough; what is to be done before publishing is asked about."""

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        self._session = session
        super().__init__(
            "Publish open data",
            RecordForm(PUBLICATION),
            last_publication(session, datetime.now().astimezone().date()),
            lambda said: session.read(lambda _workspace: check_publication(said)),
            parent,
            above=(Text(_SAYS, "body", "text_muted", wrap=True),),
            go="Make the file",
            question=_QUESTION,
        )
        self.accepted.connect(self._keep)

    def _keep(self) -> None:
        """Remember who publishes for the next time; the day is another one then."""
        said = asdict(self.record)
        del said["until"]
        self._session.own.set(_KEPT, said)


def last_publication(session: Session, until: date) -> Publication:
    """What was said when a file was last made from this database, else what the database knows."""
    known, kept = publication_of(session.workspace, until), session.own.get(_KEPT)
    if not isinstance(kept, dict):
        return known
    texts = {fact.name: kept.get(fact.name) for fact in PUBLICATION.facts if fact.name != "until"}
    said = {name: text for name, text in texts.items() if isinstance(text, str)}
    return PUBLICATION.with_values(known, said)


def publish_open_data(
    session: Session, parent: QWidget, contracts: Collection[int], tell: Callable[[Toast], object]
) -> OpenDataDialog:
    """Ask what it needs, then where to save it; `tell` hears where the file is."""
    dialog = OpenDataDialog(session, parent.window())

    def write() -> None:
        said = dialog.record
        path = choose_file_to_save(parent, session, publication_file(said), "Open data (*.json)")
        if path is None:
            return
        workspace, now = session.workspace, datetime.now().astimezone()

        def work(progress: Progress) -> Toast:
            made = make_open_data(workspace, said, now, contracts, progress)
            return Toast(f"Saved {plural(made.contracts, 'contract')} as {save_open_data(made, path)}", icon="download")

        session.jobs.run(work, title="Writing open data").success(tell).start()

    dialog.accepted.connect(write)
    return open_once(dialog)
