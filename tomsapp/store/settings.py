"""The council's settings in the database: one record."""

from typing import Any

from sqlmodel import col, select

from tomsapp.domain.council import COUNCIL, CouncilSettings
from tomsapp.domain.history import Stored
from tomsapp.store.kept import sha256_of
from tomsapp.store.records import Repository, Scope, number
from tomsapp.store.tables import CouncilRow, LogoRow

COUNCIL_ID = 1


class SettingsRepository(Repository[CouncilSettings, CouncilRow]):
    """The settings, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, COUNCIL, CouncilRow)

    def _apart_of(self, row: CouncilRow) -> dict[str, Any]:
        return {"logo": b"" if row.logo_id is None else self._session.get_one(LogoRow, row.logo_id).content}

    def _apart(self, record: CouncilSettings) -> dict[str, Any]:
        return {"logo_id": self._logo_id(record.logo)}

    def begin(self, settings: CouncilSettings) -> Stored[CouncilSettings]:
        """Save the settings of a new database."""
        return self._stored(self._rows.add(CouncilRow(id=COUNCIL_ID, **self._columns(settings))))

    def now(self) -> Stored[CouncilSettings]:
        """The settings as they are now."""
        return self.get(COUNCIL_ID)

    def save(self, expected_version: int, settings: CouncilSettings) -> Stored[CouncilSettings]:
        """Save settings that were read at `expected_version`.

        Raises:
            EditConflict: somebody saved them since.
        """
        row = self._rows.claim(COUNCIL_ID, expected_version, self._stored)
        self._rows.write(row, self._columns(settings, row))
        return self._stored(row)

    def _logo_id(self, logo: bytes) -> int | None:
        if not logo:
            return None
        digest = sha256_of(logo)
        kept = self._session.exec(select(LogoRow.id).where(col(LogoRow.content_sha256) == digest)).first()
        if kept is not None:
            return kept
        row = LogoRow(content=logo, content_sha256=digest, change_id=self._scope.change_id())
        self._session.add(row)
        self._session.flush()
        return number(row.id)
