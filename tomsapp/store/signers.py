"""The keys that sign published papers: each is added once and never changed, and the newest signs."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from tomsapp.domain.signer import SignerKind
from tomsapp.store.kept import add_kept, sha256_of
from tomsapp.store.records import Scope
from tomsapp.store.tables import SignerRow


@dataclass(frozen=True, slots=True)
class KeptSigner:
    """A key with its certificate, as a database keeps it.

    Attributes:
        name: whom the certificate is issued to.
        fingerprint: the SHA-256 of the certificate, as hexadecimal digits.
        certificate: as PEM.
        key: the key with its certificate as PKCS#12; that of a council is locked with a password. It is never shown.
    """

    kind: SignerKind
    name: str
    fingerprint: str
    valid_until: date
    certificate: str
    key: bytes = field(repr=False)


class SignerRepository:
    """The keys, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(self, signer: KeptSigner) -> int:
        """Let a key sign from now on; gives its number."""
        row = SignerRow(
            change_id=self._scope.change_id(),
            content=signer.key,
            content_sha256=sha256_of(signer.key),
            kind=signer.kind.value,
            name=signer.name,
            fingerprint=signer.fingerprint,
            valid_until=signer.valid_until,
            certificate=signer.certificate,
        )
        return add_kept(self._session, row)

    def newest(self, kind: SignerKind | None = None) -> KeptSigner | None:
        """The key that signs, or the newest of a kind; None where there is none yet."""
        query = select(SignerRow).order_by(col(SignerRow.id).desc())
        if kind is not None:
            query = query.where(col(SignerRow.kind) == kind.value)
        row = self._session.exec(query).first()
        return None if row is None else _kept(row)

    def certificates(self) -> dict[str, SignerKind]:
        """Every certificate that signs or has signed, as PEM, and whose key it is."""
        query = select(SignerRow.certificate, SignerRow.kind).order_by(col(SignerRow.id))
        return {certificate: SignerKind(kind) for certificate, kind in self._session.exec(query)}


def _kept(row: SignerRow) -> KeptSigner:
    return KeptSigner(SignerKind(row.kind), row.name, row.fingerprint, row.valid_until, row.certificate, row.content)
