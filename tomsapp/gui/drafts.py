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
        if self._kept().get(form) != values:
            self._preferences.change(_KEY, lambda every: self._with(every, form, values))

    def drop(self, form: str) -> None:
        """Forget a form: it was saved or its changes discarded."""
        if form in self._kept():
            self._preferences.change(_KEY, lambda every: self._with(every, form, None))

    def _kept(self) -> dict[str, Any]:
        kept = self._preferences.get(_KEY, {}).get(self._database)
        return kept if isinstance(kept, dict) else {}

    def _with(self, every: object, form: str, values: dict[str, Any] | None) -> dict[str, Any]:
        """All drafts with this one in them, or without it."""
        others = {key: kept for key, kept in every.items() if key != self._database} if isinstance(every, dict) else {}
        own = {key: kept for key, kept in self._kept().items() if key != form}
        if values is not None:
            own[form] = values
        return {**others, self._database: own} if own else others
