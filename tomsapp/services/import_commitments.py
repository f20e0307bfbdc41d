"""Imports the commitments of a contract from somebody's table: what is shown of it, and what is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.domain.answers import ANSWER
from tomsapp.domain.commitment import COMMITMENT
from tomsapp.domain.wording import plural
from tomsapp.exchange.labelled.left_out import CHOOSE
from tomsapp.exchange.labelled.parts import parted
from tomsapp.exchange.labelled.read import OfferReader
from tomsapp.exchange.labelled.rivals import with_rivals
from tomsapp.exchange.labelled.uses import uses_for
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.contracts import open_contract
from tomsapp.services.import_compared import ComparedOffer, ReadTable
from tomsapp.services.import_kept import decided, kept_words
from tomsapp.services.import_lines import LineValuer
from tomsapp.services.import_looked import LookedOffer
from tomsapp.services.signed import hold_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomsapp.exchange.labelled.known import KnownHeads
    from tomsapp.exchange.labelled.labels import ColumnUse, TableLabels
    from tomsapp.services.import_lines import ComparedLine
    from tomsapp.services.progress import Progress
    from tomsapp.services.table_types import OpenedTable, TableState, TableView
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


class CommitmentsTarget:
    """The commitments of one contract."""

    def __init__(self, workspace: Workspace, contract_id: int) -> None:
        self._contract_id = contract_id
        self._open(workspace)

    def _open(self, workspace: Workspace) -> None:
        with workspace.look() as uow:
            self._change = uow.lists.change_number()
        self._opened = open_contract(workspace, self._contract_id)
        self._valuer = LineValuer(self._opened.contract, self._opened.edition)
        self._settled: tuple[TableLabels, OpenedTable, TableLabels] | None = None
        self._read: ReadTable | None = None
        self._compared: ComparedOffer | None = None

    def title(self) -> str:
        """What stands above the import."""
        contract = self._opened.contract
        return f"Import into {contract.reference} {contract.title}".rstrip()

    @property
    def uses(self) -> tuple[ColumnUse, ...]:
        """What a column can hold."""
        return uses_for(self._opened.contract.years)

    def what_follows(self, option: str) -> tuple[tuple[str, str], ...]:
        """The measures by their codes, for a row without one."""
        if option != CHOOSE.key:
            return ()
        edition = self._opened.edition
        return tuple((code, edition.name_of(code)) for code in edition.places)

    @property
    def sender(self) -> str:
        """The supplier, whose next table may have the same head."""
        return self._opened.contract.supplier

    def parted(self, opened: OpenedTable) -> OpenedTable:
        """A table with a sheet for each of the tables that stand in one."""
        return replace(opened, book=parted(opened.book, self._reader(opened).guesser))

    def guess(self, opened: OpenedTable, known: KnownHeads) -> TableLabels:
        """What each sheet, row and column of a table seems to hold, or holds as in heads that are known."""
        return replace(self._reader(opened).guesser, known=known).guess(opened.book)

    def _reader(self, opened: OpenedTable) -> OfferReader:
        held = self._opened
        return OfferReader(held.edition, held.contract, held.area, opened.receipt.name)

    # Looking

    def look(self, workspace: Workspace, state: TableState) -> TableView:
        """The table as it is read with these labels and choices."""
        with workspace.look() as uow:
            is_same = uow.lists.change_number() == self._change
        if not is_same:
            self._open(workspace)
        return self._looked(state).view()

    def _looked(self, state: TableState) -> LookedOffer:
        reader = self._reader(state.table)
        if self._settled is None or self._settled[0] is not state.labels or self._settled[1] is not state.table:
            labels = reader.guesser.settle(state.table.book, state.labels)
            self._settled = (state.labels, state.table, labels)
        labels = with_rivals(self._settled[2], state.choices)
        if self._read is None or self._read.table is not state.table or self._read.labels != labels:
            self._read = ReadTable.read(reader, state.table, labels)
        offer = self._compared
        if offer is None or not offer.still_holds(self._read, state):
            offer = ComparedOffer(self._opened, self._valuer, self._read, state.choices, state.is_beside)
            self._compared = offer
        return LookedOffer(offer, replace(state, labels=labels))

    # Saving

    def bring_in(self, workspace: Workspace, state: TableState, progress: Progress) -> Done[int]:
        """Save what was chosen, in one transaction.

        Raises:
            TomsError: something is still to decide.
            StoreError: the contract is signed, which fixed its commitments.
            EditConflict: somebody else changed one of its lines since they were last shown.
            Cancelled: the user stopped it; nothing was changed.
        """
        looked = self._looked(state)
        view = decided(looked.view())
        changing = looked.changing
        label = f"Import {plural(len(changing), 'line')} from {state.table.receipt.name}"
        changes: list[RecordChange] = []
        with workspace.work(kept_words(label, view)) as uow:
            hold_draft(uow, self._contract_id)
            for done, line in enumerate(changing):
                progress.report(done, len(changing), f"{done} of {plural(len(changing), 'line')}")
                changes.append(self._save(uow, line, state.choices))
            for key, answer in looked.answers().items():
                before = uow.answers.of(self._contract_id).get(key)
                given = uow.answers.give(self._contract_id, key, answer)
                changes.append(RecordChange(ANSWER, key, before, given, self._contract_id))
            uow.commit()
        return Done(len(changing), Edit(label, tuple(changes)) if changes else None)

    def _save(self, uow: UnitOfWork, line: ComparedLine, choices: Mapping[str, str]) -> RecordChange:
        held, after = line.match.was, line.after(choices)
        if held is None:
            added = uow.commitments.add(self._contract_id, replace(line.shown, key=""))
            return RecordChange(COMMITMENT, added.id, None, added.record, self._contract_id)
        if after is None:
            uow.commitments.delete(held.id, held.version)
            return RecordChange(COMMITMENT, held.id, held.record, None, self._contract_id)
        saved = uow.commitments.save(held.id, held.version, after)
        return RecordChange(COMMITMENT, held.id, held.record, saved.record, self._contract_id)
