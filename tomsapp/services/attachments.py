"""What a user does with the papers of a contract: add files, say what they are, take them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.contract_files import ContractFile, kind_words
from tomsapp.domain.delivery.evidence import ATTACHMENT, Attachment
from tomsapp.domain.problems import Problem
from tomsapp.domain.wording import plural
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.evidence import OfferedFile, limits_of
from tomsapp.services.refusing import refuse_errors
from tomsapp.store.errors import EditConflict, StoreError

if TYPE_CHECKING:
    from datetime import datetime

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.delivery.evidence import StoredFile
    from tomsapp.domain.delivery.rules import DeliveryRules
    from tomsapp.domain.history import Stored
    from tomsapp.services.table_files import Table
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A paper of a contract with its file, and who added it when."""

    attachment: Stored[Attachment]
    stored: StoredFile | None
    added_by: str
    added_at: datetime

    @property
    def told(self) -> ContractFile:
        """What is told of it outside: never what is in it."""
        paper, stored = self.attachment.record, self.stored
        return ContractFile(
            paper.name,
            kind_words(stored.media_type if stored else ""),
            stored.size if stored else 0,
            paper.sha256,
            self.added_by,
            self.added_at.astimezone().date(),
        )


@dataclass(frozen=True, slots=True)
class OpenAttachments:
    """The papers of a contract, with the rules that say what may be added."""

    contract_id: int
    reference: str
    papers: tuple[AttachmentView, ...]
    rules: DeliveryRules

    @property
    def limits(self) -> str:
        """What may be added, in words."""
        return limits_of(self.rules)


def open_attachments(workspace: Workspace, contract_id: int) -> OpenAttachments:
    """Read the papers of a contract.

    Raises:
        NotFound: there is no contract with this number.
    """
    with workspace.look() as uow:
        contract = uow.contracts.get(contract_id).record
        papers = _views(uow, contract_id)
        rules = uow.delivery_rules.now().record
    return OpenAttachments(contract_id, contract.reference, papers, rules)


def contract_files(workspace: Workspace, contract_id: int) -> tuple[ContractFile, ...]:
    """The files of a contract as its valuation and its exports tell them, in the order in which they came."""
    with workspace.look() as uow:
        return tuple(view.told for view in _views(uow, contract_id))


def table_of_files(opened: OpenAttachments) -> Table:
    """The files of a contract as they are exported."""
    from tomsapp.exchange.contract_files import files_table

    return files_table([view.told for view in opened.papers], f"Files of {opened.reference}")


def _views(uow: UnitOfWork, contract_id: int) -> tuple[AttachmentView, ...]:
    held = uow.attachments.of(contract_id)
    files = uow.files.of(each.record.sha256 for each in held)
    added = uow.attachments.added(contract_id)
    return tuple(AttachmentView(each, files.get(each.record.sha256), *added[each.id]) for each in held)


def add_files(workspace: Workspace, opened: OpenAttachments, files: Sequence[OfferedFile]) -> Done[tuple[str, ...]]:
    """Add files to the papers of a contract in one transaction; gives what was passed over, as it is there already.

    Raises:
        StoreError: there would be more than the rules allow, or the contract was deleted.
    """
    label = f"Add {files[0].name if len(files) == 1 else plural(len(files), 'file', 'files')} to {opened.reference}"
    passed: list[str] = []
    records: list[RecordChange] = []
    with workspace.work(label) as uow:
        _hold(uow, opened.contract_id)
        known = {each.record.sha256: each.record.name for each in uow.attachments.of(opened.contract_id)}
        for file in files:
            stored = uow.files.keep(file.content, file.media_type)
            if stored.sha256 in known:
                passed.append(f"{file.name} is here already as {known[stored.sha256]}.")
                continue
            known[stored.sha256] = file.name
            added = uow.attachments.add(opened.contract_id, Attachment(file.name, sha256=stored.sha256))
            records.append(RecordChange(ATTACHMENT, added.id, None, added.record, opened.contract_id))
        _refuse_many(len(known), uow.delivery_rules.now().record)
        if not records:
            return Done(tuple(passed))
        uow.commit()
    return Done(tuple(passed), Edit(label, tuple(records)))


def _hold(uow: UnitOfWork, contract_id: int) -> Stored[Contract]:
    held = uow.contracts.hold(contract_id)
    if held.is_deleted:
        raise EditConflict(held)
    return held


def _refuse_many(count: int, rules: DeliveryRules) -> None:
    if count > rules.most_files:
        message = f"The contract would have {plural(count, 'file', 'files')}, and {rules.most_files:f} are allowed"
        raise StoreError(message, "Put papers into one file, or allow more under Settings, Delivery")


def check_attachment(attachment: Attachment) -> list[Problem]:
    """What must be put right before it is saved."""
    return ATTACHMENT.problems(attachment)


def change_attachment(
    workspace: Workspace, opened: OpenAttachments, before: Stored[Attachment], after: Attachment
) -> Done[Stored[Attachment]]:
    """Save what a paper is called and what is noted of it; its file stays.

    Raises:
        EditConflict: somebody else saved it first.
        StoreError: something must be put right first.
    """
    after = replace(after, sha256=before.record.sha256)
    refuse_errors(check_attachment(after))
    label = f"Change the paper {after.name} of {opened.reference}"
    with workspace.work(label) as uow:
        _hold(uow, opened.contract_id)
        stored = uow.attachments.save(before.id, before.version, after)
        uow.commit()
    return Done(stored, Edit(label, (RecordChange(ATTACHMENT, before.id, before.record, after, opened.contract_id),)))


def take_out(workspace: Workspace, opened: OpenAttachments, paper: Stored[Attachment]) -> Done[None]:
    """Take a paper out; Undo brings it back.

    Raises:
        EditConflict: somebody else saved it first.
    """
    label = f"Take the paper {paper.record.name} out of {opened.reference}"
    with workspace.work(label) as uow:
        _hold(uow, opened.contract_id)
        uow.attachments.delete(paper.id, paper.version)
        uow.commit()
    return Done(None, Edit(label, (RecordChange(ATTACHMENT, paper.id, paper.record, None, opened.contract_id),)))
