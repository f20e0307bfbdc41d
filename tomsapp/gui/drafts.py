"""What was typed into a form and not saved yet, kept even if the program closes."""

from __future__ import annotations

from typing import Any

from tomsapp.config.preferences import Preferences
from tomsapp.services.workspace import Workspace

_KEY = "drafts"


class Drafts:
    """The drafts of one database, by the name of the form; values are what JSON can hold.

    A database is known by what stands inside it: two of the same file name, or one that was moved, are told apart.
    """

    def __init__(self, preferences: Preferences, workspace: Workspace) -> None:
        self._preferences = preferences
        self._database = workspace.database.identity

    def get(self, form: str) -> dict[str, Any] | None:
        """What was kept of a form, or None."""
        kept = self._kept().get(form)
        return dict(kept) if isinstance(kept, dict) else None

    def keep(self, form: str, values: dict[str, Any]) -> None:
        """Keep what is typed now."""
        self._write({**self._kept(), form: values})

    def drop(self, form: str) -> None:
        """Forget a form: it was saved or its changes discarded."""
        kept = self._kept()
        if kept.pop(form, None) is not None:
            self._write(kept)

    def _all(self) -> dict[str, Any]:
        every = self._preferences.get(_KEY)
        return dict(every) if isinstance(every, dict) else {}

    def _kept(self) -> dict[str, Any]:
        kept = self._all().get(self._database)
        return dict(kept) if isinstance(kept, dict) else {}

    def _write(self, kept: dict[str, Any]) -> None:
        every = self._all()
        every[self._database] = kept
        if not kept:
            del every[self._database]
        self._preferences.set(_KEY, every)
