"""The keys that sign packs, and the signatures of packs: each is added once and never changed; the newest counts."""

from dataclasses import dataclass, field

from sqlmodel import col, select

from tomsapp.domain.tender.pack_signature import PackKey
from tomsapp.store.kept import add_kept, sha256_of, whole
from tomsapp.store.records import Scope
from tomsapp.store.tender_act_tables import PackKeyRow, PackSignatureRow


@dataclass(frozen=True, slots=True)
class KeptPackKey:
    """A key that signs packs, as a database keeps it; `data` is its private half and never shown."""

    key: PackKey
    data: bytes = field(repr=False)


class PackKeyRepository:
    """The keys that sign packs, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(self, kept: KeptPackKey) -> int:
        """Let a key sign packs from now on; gives its number."""
        row = PackKeyRow(
            change_id=self._scope.change_id(),
            content=kept.data,
            content_sha256=sha256_of(kept.data),
            fingerprint=kept.key.fingerprint,
            public_key=kept.key.public,
        )
        return add_kept(self._session, row)

    def newest(self) -> KeptPackKey | None:
        """The key that signs; None where there is none yet."""
        row = self._session.exec(select(PackKeyRow).order_by(col(PackKeyRow.id).desc())).first()
        return None if row is None else KeptPackKey(PackKey(row.public_key, row.fingerprint), row.content)

    def fingerprints(self) -> frozenset[str]:
        """The fingerprints of every key that signs or has signed."""
        return frozenset(self._session.exec(select(PackKeyRow.fingerprint)))


class PackSignatureRepository:
    """The signatures of packs, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(self, tender_id: int, version: int, fingerprint: str, content: bytes) -> int:
        """Keep the file of a signature of a version for good; gives its number."""
        row = PackSignatureRow(
            change_id=self._scope.change_id(),
            content=content,
            content_sha256=sha256_of(content),
            tender_id=tender_id,
            number=version,
            fingerprint=fingerprint,
        )
        return add_kept(self._session, row)

    def of(self, tender_id: int, version: int) -> list[bytes]:
        """The files of the signatures of a version, the newest first.

        Raises:
            StoreError: one is not as it was kept.
        """
        row = PackSignatureRow
        mine = col(row.tender_id) == tender_id, col(row.number) == version
        query = select(row.content, row.content_sha256).where(*mine).order_by(col(row.id).desc())
        found = self._session.exec(query)
        return [whole(content, digest, "The signature of the pack") for content, digest in found]
