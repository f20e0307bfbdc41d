"""The council's settings in the database: one record."""

from sqlmodel import col, select

from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.history import Stored
from tomsapp.store.kept import sha256_of
from tomsapp.store.mapping import council_of, council_row, said
from tomsapp.store.records import Records, Scope, number
from tomsapp.store.tables import CouncilRow, LogoRow

COUNCIL_ID = 1


class SettingsRepository:
    """The settings, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session
        self._rows = Records(scope, CouncilRow, "The settings record")

    def _stored(self, row: CouncilRow) -> Stored[CouncilSettings]:
        logo = b"" if row.logo_id is None else self._session.get_one(LogoRow, row.logo_id).content
        return self._scope.stored(row, council_of(row, logo))

    def begin(self, settings: CouncilSettings) -> Stored[CouncilSettings]:
        """Save the settings of a new database."""
        return self._stored(self._rows.add(council_row(settings, self._logo_id(settings.logo))))

    def get(self) -> Stored[CouncilSettings]:
        """The settings as they are now."""
        return self._stored(self._rows.get(COUNCIL_ID))

    def save(self, expected_version: int, settings: CouncilSettings) -> Stored[CouncilSettings]:
        """Save settings that were read at `expected_version`.

        Raises:
            EditConflict: somebody saved them since.
        """
        row = self._rows.claim(COUNCIL_ID, expected_version, self._stored)
        self._rows.write(row, said(council_row(settings, self._logo_id(settings.logo))))
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
