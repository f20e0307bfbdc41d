"""Issues a tender and amends it: each version of the pack is frozen byte for byte, with the act that issues it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tomsapp.domain.tender.acts import TenderActFacts, TenderActKind, newest_version
from tomsapp.domain.tender.pack import EditionIdentity, Pack
from tomsapp.domain.tender.pack_changes import pack_changes
from tomsapp.exchange.tender_act_json import StatedPack
from tomsapp.exchange.tenders.pack_json import PackFile, read_pack, write_pack
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.tenders.acts import ToSeal, check_act, check_unchanged, keep, label_of, sealed
from tomsapp.services.tenders.reading import OpenTender, opened_from
from tomsapp.store.errors import StoreError
from tomsapp.store.kept import sha256_of

if TYPE_CHECKING:
    from tomsapp.domain.problems import Problem
    from tomsapp.services.changes import Done
    from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NextPack:
    """The pack that would be issued now.

    Attributes:
        content: the bytes of its file.
        has_changes: whether anything differs from the version before; the first differs from nothing.
    """

    pack: Pack
    content: bytes
    has_changes: bool

    @property
    def kind(self) -> TenderActKind:
        """The act that issues it."""
        return TenderActKind.ISSUE if self.pack.version == 1 else TenderActKind.AMEND


def version_bytes(workspace: Workspace, tender_id: int, version: int) -> bytes:
    """The pack file of a version as it was issued.

    Raises:
        NotFound: there is no such version.
        StoreError: its bytes are not those that were issued.
    """
    with workspace.look() as uow:
        return uow.pack_versions.content(tender_id, version)


def read_version(workspace: Workspace, opened: OpenTender, version: int) -> PackFile:
    """A version of the pack as it was issued.

    Raises:
        NotFound: there is no such version.
        StoreError: its bytes are not those that were issued.
    """
    data = version_bytes(workspace, opened.id, version)
    return read_pack(data, f"pack version {version} of {opened.tender.reference}")


def next_pack(workspace: Workspace, opened: OpenTender, now: datetime) -> NextPack:
    """The pack that would be issued at a moment, with what was changed since the version before.

    Raises:
        StoreError: the tender has no menu edition that can be read.
    """
    edition = opened.edition
    if edition is None:
        raise StoreError(f"{opened.tender.reference} has no menu", opened.edition_trouble or "Choose a menu edition")
    version = newest_version(opened.acts) + 1
    menu = workspace.bundle(edition.code, edition.edition)
    pack = Pack(
        opened.council,
        opened.tender,
        tuple(lot.record for lot in opened.lots),
        tuple(measure.record for measure in opened.measures),
        tuple(question.record for question in opened.questions),
        tuple(asked.record for asked in opened.asked if asked.record.is_answered),
        EditionIdentity(edition.code, edition.edition, sha256_of(menu)),
        version,
        now.astimezone(UTC),
        workspace.who,
        policy=opened.surroundings.policy,
        area=opened.surroundings.area,
    )
    if version == 1:
        return NextPack(pack, write_pack(pack, menu), has_changes=True)
    before = read_version(workspace, opened, version - 1).pack
    as_read = read_pack(write_pack(pack, menu), "the pack").pack
    changes = pack_changes(before, as_read, edition)
    pack = replace(pack, changes=changes)
    return NextPack(pack, write_pack(pack, menu), has_changes=bool(changes))


def check_issue(workspace: Workspace, opened: OpenTender, facts: TenderActFacts, now: datetime) -> list[Problem]:
    """What must be put right before a version is issued at a moment; a warning is a question."""
    opened = opened_from(workspace, opened.read, now)
    has_changes = facts.kind is TenderActKind.ISSUE or next_pack(workspace, opened, now).has_changes
    return check_act(opened, facts, now, ToSeal(has_changes=has_changes))


def issue(workspace: Workspace, opened: OpenTender, facts: TenderActFacts, now: datetime) -> Done[int]:
    """Issue the first version of a tender's pack, or amend it by the next; gives the number of the version.

    Args:
        workspace: the open database.
        opened: the tender as whoever issues it sees it.
        facts: what is said of it, with the number of the version.
        now: the moment, with its zone.

    Raises:
        StoreError: the set-up has errors, nothing was changed, or somebody changed the tender meanwhile.
    """
    opened = opened_from(workspace, opened.read, now)
    # Whatever is wrong is said before a pack is made of it.
    refuse_errors(check_act(opened, facts, now))
    made = next_pack(workspace, opened, now)
    told = ToSeal(StatedPack(sha256_of(made.content), len(made.content), made.pack.changes), made.has_changes)
    refuse_errors(check_act(opened, facts, now, told))
    label = label_of(opened, facts)
    with workspace.work(label) as uow:
        check_unchanged(workspace, uow, opened)
        number = keep(uow, opened, facts, told, now)
        uow.pack_versions.add(opened.id, made.pack.version, made.content, number)
        uow.commit()
    return sealed(made.pack.version, facts, label, number)
