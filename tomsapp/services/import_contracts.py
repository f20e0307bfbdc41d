"""Imports contracts from a council's register: what is shown of it, and what is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.wording import plural
from tomsapp.exchange.labelled.contract_guess import ContractGuesser
from tomsapp.exchange.labelled.contract_uses import CONTRACT_USES
from tomsapp.exchange.labelled.parts import parted
from tomsapp.services.changes import Done, Edit, RecordChange
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.held_contracts import ContractIndex, Held
from tomsapp.services.import_kept import decided, kept_words
from tomsapp.services.looked_register import LookedRegister
from tomsapp.services.read_register import ReadRegister
from tomsapp.services.register_questions import Asked
from tomsapp.services.register_suppliers import HeldSuppliers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.contract import Contract
    from tomsapp.domain.history import Stored
    from tomsapp.domain.supplier import Supplier
    from tomsapp.exchange.labelled.contract_row import ReadContract
    from tomsapp.exchange.labelled.known import KnownHeads
    from tomsapp.exchange.labelled.labels import ColumnUse, TableLabels
    from tomsapp.services.import_register import RegisterLine
    from tomsapp.services.progress import Progress
    from tomsapp.services.table_types import OpenedTable, TableState, TableView
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


class ContractsTarget:
    """All contracts of a council."""

    def __init__(self, workspace: Workspace) -> None:
        self._guesser = ContractGuesser()
        """What was found of the table that was opened last."""
        self._register: ReadRegister | None = None
        """As it was read last."""
        self._load(workspace)

    def _load(self, workspace: Workspace) -> None:
        """Read what the database holds."""
        with without_looking_for_garbage(), workspace.look() as uow:
            self._change = uow.lists.change_number()
            suppliers = uow.lists.records(SUPPLIER)
            self._index = ContractIndex.read(uow.lists)
        self._suppliers = HeldSuppliers(tuple(suppliers))
        self._contracts: dict[str, tuple[Stored[Contract], int | None]] = {}
        self._asked = Asked(workspace)

    def title(self) -> str:
        """What stands above the import."""
        return "Import contracts"

    @property
    def uses(self) -> tuple[ColumnUse, ...]:
        """What a column can hold."""
        return CONTRACT_USES

    @property
    def sender(self) -> str:
        """The council itself keeps the register."""
        return "register of contracts"

    def what_follows(self, _option: str) -> tuple[tuple[str, str], ...]:
        """Nothing: no option of a register asks for more."""
        return ()

    def parted(self, opened: OpenedTable) -> OpenedTable:
        """A table with a sheet for each of the tables that stand in one."""
        self._guesser = ContractGuesser()
        return replace(opened, book=parted(opened.book, self._guesser))

    def guess(self, opened: OpenedTable, known: KnownHeads) -> TableLabels:
        """What each sheet, row and column of a table seems to hold, or holds as in heads that are known."""
        return self._guesser.knowing(known).guess(opened.book)

    def look(self, workspace: Workspace, state: TableState) -> TableView:
        """The table as it is read with these labels and choices."""
        with workspace.look() as uow:
            is_same = uow.lists.change_number() == self._change
        if not is_same:
            self._load(workspace)
        with without_looking_for_garbage():
            return self._looked(workspace, state).view()

    def _looked(self, workspace: Workspace, state: TableState) -> LookedRegister:
        labels = self._guesser.settle(state.table.book, state.labels)
        register = self._register
        if (
            register is None
            or register.table is not state.table
            or not register.still_holds(labels, state.choices, self._asked)
        ):
            register = self._register = ReadRegister(state.table, labels, state.choices, self._asked)
        held = Held(self._index, self._suppliers, self._contracts)
        self._fetch(workspace, register.contracts, held)
        return LookedRegister(replace(state, labels=labels), register, held)

    def _fetch(self, workspace: Workspace, contracts: Sequence[ReadContract], held: Held) -> None:
        """Read the contracts that the register names and the database has."""
        named = set(map(alike, held.references_for(contracts).values()))
        rows = self._index.by_reference
        wanted = {rows[name][0]: name for name in named if name in rows and name not in self._contracts}
        if wanted:
            with workspace.look() as uow:
                found = uow.lists.contracts_whole(wanted)
            self._contracts |= {wanted[number]: one for number, one in found.items()}

    def bring_in(self, workspace: Workspace, state: TableState, progress: Progress) -> Done[int]:
        """Save what was chosen, in one transaction: suppliers that are new first.

        Raises:
            TomsError: something is still to decide.
            EditConflict: somebody else changed one of the contracts since they were last shown.
            StoreError: somebody else added one of them.
            Cancelled: the user stopped it; nothing was changed.
        """
        looked = self._looked(workspace, state)
        view = decided(looked.view())
        lines = [line for line in looked.lines if line.is_accepted(state.choices)]
        label = f"Import {plural(len(lines), 'contract')} from {state.table.receipt.name}"
        changes: list[RecordChange] = []
        with workspace.work(kept_words(label, view)) as uow:
            suppliers: dict[Supplier, int] = {}
            for done, line in enumerate(lines):
                progress.report(done, len(lines), f"{done} of {plural(len(lines), 'contract')}")
                number = _supplier_number(uow, line, suppliers, changes)
                changes.append(_saved(workspace, uow, line, number))
            uow.commit()
        return Done(len(lines), Edit(label, tuple(changes)) if changes else None)


def _supplier_number(
    uow: UnitOfWork, line: RegisterLine, added: dict[Supplier, int], changes: list[RecordChange]
) -> int | None:
    """The supplier of a contract, added where the database has none like it."""
    if line.held_supplier is not None:
        return line.held_supplier.id
    if line.supplier is None:
        return line.was_supplier
    if line.supplier not in added:
        stored = uow.suppliers.add(line.supplier)
        changes.append(RecordChange(SUPPLIER, stored.id, None, stored.record))
        added[line.supplier] = stored.id
    return added[line.supplier]


def _saved(workspace: Workspace, uow: UnitOfWork, line: RegisterLine, supplier: int | None) -> RecordChange:
    contract = line.accepted
    workspace.keep_edition(uow, contract.menu, contract.edition)
    if line.was is None:
        added = uow.contracts.add(contract, supplier)
        return RecordChange(CONTRACT, added.id, None, (added.record, supplier), added.id)
    saved = uow.contracts.save(line.was.id, line.was.version, contract, supplier)
    before = (line.was.record, line.was_supplier)
    return RecordChange(CONTRACT, saved.id, before, (saved.record, supplier), saved.id)
