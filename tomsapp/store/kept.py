"""Bytes that are kept for ever and never change: how each are added and read, and menu editions and areas."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import and_, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from tomsapp.store.errors import StoreError
from tomsapp.store.records import Scope, number
from tomsapp.store.rows import Kept
from tomsapp.store.tables import AreaRow, ContractRow, EditionRow


@dataclass(frozen=True, slots=True)
class EditionBytes:
    """A menu edition with its bytes and the SHA-256 that it was published with."""

    code: str
    edition: str
    sha256: str
    bundle: bytes


@dataclass(frozen=True, slots=True)
class EditionListRow:
    """A menu edition that the database keeps, and how many contracts use it."""

    id: int
    code: str
    edition: str
    sha256: str
    title: str
    contracts: int


def sha256_of(content: bytes) -> str:
    """The SHA-256 of bytes, as hexadecimal digits."""
    return sha256(content).hexdigest()


def add_kept(session: Session, row: Kept) -> int:
    """Keep a row for good; gives its number."""
    session.add(row)
    session.flush()
    return number(row.id)


def add_with_act(session: Session, act: Kept, row: Kept) -> int:
    """Keep what came of an act for good, under the act's own change; gives its number."""
    row.change_id = act.change_id
    return add_kept(session, row)


def whole(content: bytes, digest: str, what: str) -> bytes:
    """Bytes as they are here now, held to the SHA-256 that they were kept with; `what` is what people call them.

    Raises:
        StoreError: they are others now.
    """
    if sha256_of(content) != digest:
        raise StoreError(f"{what} was changed behind the program", "Restore the database from a backup")
    return content


class EditionRepository:
    """The menu editions that contracts use, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(self, code: str, edition: str, digest: str, bundle: bytes, title: str = "") -> None:
        """Keep the bytes of an edition; once is enough.

        Raises:
            StoreError: the database keeps another edition under this name.
        """
        row = self._find(code, edition)
        if row is None:
            self._session.add(
                EditionRow(
                    change_id=self._scope.change_id(),
                    content=bundle,
                    content_sha256=sha256_of(bundle),
                    code=code,
                    edition=edition,
                    sha256=digest,
                    title=title,
                )
            )
            self._session.flush()
        elif (row.sha256, row.content_sha256) != (digest, sha256_of(bundle)):
            raise StoreError(
                f"This database keeps a menu {code} {edition} that is not the same as the installed one",
                "Give the changed menu another edition name, or install the published one again",
            )

    def get_bundle(self, code: str, edition: str) -> EditionBytes | None:
        """The bytes of an edition, or None."""
        row = self._find(code, edition)
        return None if row is None else EditionBytes(row.code, row.edition, row.sha256, row.content)

    def _find(self, code: str, edition: str) -> EditionRow | None:
        query = select(EditionRow).where(col(EditionRow.code) == code, col(EditionRow.edition) == edition)
        return self._session.exec(query).first()

    def all(self) -> list[EditionListRow]:
        """Every edition that is kept, by name, with the number of contracts that use it."""
        uses = and_(
            col(ContractRow.menu) == col(EditionRow.code),
            col(ContractRow.edition) == col(EditionRow.edition),
            col(ContractRow.deleted).is_(False),
        )
        columns = [col(EditionRow.id), col(EditionRow.code), col(EditionRow.edition)]
        columns += [col(EditionRow.sha256), col(EditionRow.title)]
        query = (
            sql_select(*columns, func.count(col(ContractRow.id)))
            .select_from(EditionRow)
            .join(ContractRow, uses, isouter=True)
            .group_by(*columns)
            .order_by(col(EditionRow.code), col(EditionRow.edition))
        )
        return [EditionListRow(*row) for row in self._session.execute(query)]


class AreaRepository:
    """The area files that the database uses, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._session = scope.session

    def add(self, code: str, bundle: bytes) -> None:
        """Keep the bytes of an area file; a changed file is kept beside the old one and counts from now on."""
        if self.get(code) == bundle:
            return
        self._session.add(
            AreaRow(change_id=self._scope.change_id(), content=bundle, content_sha256=sha256_of(bundle), code=code)
        )
        self._session.flush()

    def get(self, code: str) -> bytes | None:
        """The bytes of the newest file of an area, or None."""
        query = select(AreaRow.content).where(col(AreaRow.code) == code).order_by(col(AreaRow.id).desc())
        return self._session.exec(query).first()
