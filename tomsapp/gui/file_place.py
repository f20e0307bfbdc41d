"""Tells once of a file what can go wrong where it lies: a folder kept in step, conflict copies, two copies of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tomsapp.gui.session import Session

if TYPE_CHECKING:
    from tomsapp.config.preferences import DatabasePreferences
    from tomsapp.services.file_place import FilePlace

_PLACES, _SYNCED, _COPIES = "places", "told_synced", "told_copies"


class FilePlaceNotice(QObject):
    """Looks at where the file lies when a database is opened; what was told of a file is not told again."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        session.workspace_changed.connect(self._on_workspace_changed)

    def _on_workspace_changed(self, workspace: object) -> None:
        if workspace is None:
            return
        from tomsapp.services.file_place import file_place

        own = self._session.own
        before = _kept(own, _PLACES)
        job = self._session.read(lambda opened: file_place(opened, before), key="file-place")
        job.success(partial(self._on_found, own)).start()

    def _on_found(self, own: DatabasePreferences, place: FilePlace | None) -> None:
        if place is None:
            return
        sentences = []
        if place.copy_of and _is_new(own, _PLACES, str(place.path)):
            sentences += _of_two(place)
        if place.service and _is_new(own, _SYNCED, str(place.path)):
            sentences += _of_sync(place)
        # Every one of them is new to the preferences, also where an earlier one was.
        new = [_is_new(own, _COPIES, str(place.path.with_name(copy.name))) for copy in place.copies]
        if any(new):
            sentences += _of_copies(place)
        _is_new(own, _PLACES, str(place.path))
        if sentences:
            from tomsapp.gui.dialogs.message import tell

            tell(self._window, f"About the folder of {place.path.name}", *sentences, tone="warning")


def note_synced(own: DatabasePreferences, path: str) -> None:
    """Whoever opens a file was asked about the service that keeps its folder in step, and is not told of it again."""
    _is_new(own, _SYNCED, path)


def _of_two(place: FilePlace) -> list[str]:
    shared = "Drafts of forms, filters and columns are shared by both, for the program knows a database by its inside."
    return [
        f"{place.path} is a copy of {place.copy_of}, or the other way round, and both are there.",
        f"What is saved in one is not in the other. {shared}",
    ]


def _of_sync(place: FilePlace) -> list[str]:
    service, name = place.service, place.path.name
    wait = f"Have it open on one computer at a time, and wait until {service} is done before you open it on another."
    return [
        f"{service} keeps its folder in step with other computers.",
        f"If two people have {name} open at once, it makes a conflict copy, and what one of them saved is only there.",
        f"{wait} For several people use a server.",
        f"Or keep {name} in a folder of your own, and back it up into this one: File, Back up.",
    ]


def _of_copies(place: FilePlace) -> list[str]:
    from tomsapp.services.file_place import copy_words

    name = place.path.name
    return [
        f"Conflict copies of {name} lie beside it. Nothing of them is read by itself.",
        *map(copy_words, place.copies),
        f"Open each to see what it holds, enter in {name} what is missing, then move the copy to another folder.",
    ]


def _kept(own: DatabasePreferences, key: str) -> list[str]:
    kept = own.get(key, [])
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []


def _is_new(own: DatabasePreferences, key: str, path: str) -> bool:
    """Whether a path was not told of before; it is kept from now on."""
    told = _kept(own, key)
    if path in told:
        return False
    own.set(key, [*told, path])
    return True
