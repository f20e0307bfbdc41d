"""The menu editions that can be looked at here: those installed on this machine and those that the database keeps."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.money import exact_sum
from tomsapp.domain.problems import Problem, has_errors
from tomsapp.domain.valuation import Valuation, value_contract
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.diff import EditionChanges, compare_editions
from tomsapp.menufiles.edition_reader import load_path
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.files import write_whole
from tomsapp.menufiles.linting import lint_path
from tomsapp.menufiles.publishing import folder_files
from tomsapp.reading.receipt import Receipt, receipt_of
from tomsapp.services.progress import Progress
from tomsapp.services.strange_menus import lint_stranger
from tomsapp.services.workspace import Workspace
from tomsapp.store.readmodels import ContractFilter, ContractListRow

__all__ = ["ContractListRow", "EditionChanges", "MenuFileError"]


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """An edition in the list of those that can be looked at.

    Attributes:
        status: None when the edition has errors and cannot be read.
        is_installed: its files are on this machine; else only the database keeps it.
        contracts: how many contracts of this database use it.
    """

    code: str
    edition: str
    status: EditionStatus | None
    is_installed: bool
    contracts: int

    @property
    def name(self) -> str:
        """The name people use: "barnet-open 2026.2"."""
        return f"{self.code} {self.edition}"


@dataclass(frozen=True, slots=True)
class LineEffect:
    """What a measure is worth in one contract at the values of two editions.

    `before` or `after` is None where the edition does not have the measure.
    """

    quantity: Decimal
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """Pounds of social value more (or less) at the second edition's values."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True, slots=True)
class ContractEffect:
    """One contract at the values of two editions; the contract itself keeps the edition that it has."""

    reference: str
    title: str
    edition: str
    before: Decimal
    after: Decimal
    lines: dict[str, LineEffect]

    @property
    def difference(self) -> Decimal:
        """Pounds of social value more (or less) at the second edition's values."""
        return self.after - self.before


def list_editions(workspace: Workspace) -> list[EditionEntry]:
    """Every edition, installed or kept in the database, by menu and edition."""
    with workspace.look() as uow:
        kept = {(row.code, row.edition): row.contracts for row in uow.editions.all()}
    installed = {(one.code, one.edition): one.status for one in workspace.catalogue.editions()}
    entries = []
    for code, edition in sorted({*installed, *kept}):
        status = installed.get((code, edition))
        if (code, edition) in kept:
            status = workspace.edition(code, edition).status
        contracts = kept.get((code, edition), 0)
        entries.append(EditionEntry(code, edition, status, (code, edition) in installed, contracts))
    return entries


def contracts_by_measure(workspace: Workspace, menu: str, edition: str) -> dict[str, list[ContractListRow]]:
    """For each measure of an edition the contracts that have it among their commitments."""
    with workspace.database.read() as reader:
        rows = {row.id: row for row in reader.contracts(ContractFilter(menu=menu, edition=edition))}
        used = reader.measures_used(menu, edition)
    found: dict[str, list[ContractListRow]] = {}
    for measure, contract_id in used:
        if contract_id in rows:
            found.setdefault(measure, []).append(rows[contract_id])
    return found


def contracts_of_menu(workspace: Workspace, menu: str) -> list[ContractListRow]:
    """The contracts that are tied to any edition of a menu."""
    with workspace.database.read() as reader:
        return reader.contracts(ContractFilter(menu=menu))


def edition_problems(catalogue: Catalogue, code: str, edition: str, today: date) -> tuple[Problem, ...]:
    """Everything that is wrong with an installed edition.

    Raises:
        MenuError: it is not installed.
    """
    seen = catalogue.read(code, edition).problems
    found = lint_path(catalogue.paths(code, edition)[0], today)
    return (*found, *(problem for problem in seen if problem not in found))


def compare(workspace: Workspace, before: tuple[str, str], after: tuple[str, str]) -> EditionChanges:
    """What changed from one edition, as (menu, edition), to another.

    Raises:
        MenuError: one of them cannot be read.
    """
    return compare_editions(workspace.edition(*before), workspace.edition(*after))


def contract_effect(workspace: Workspace, contract_id: int, before: MenuEdition, after: MenuEdition) -> ContractEffect:
    """What a contract's commitments are worth at the values of two editions; nothing is saved."""
    with workspace.look() as uow:
        contract = uow.contracts.get(contract_id).record
        commitments = [line.record for line in uow.commitments.of(contract_id)]
    first = value_contract(contract, before, commitments)
    second = value_contract(contract, after, commitments)
    codes = dict.fromkeys(commitment.measure for commitment in commitments)
    return ContractEffect(
        reference=contract.reference,
        title=contract.title,
        edition=contract.edition,
        before=first.social_value,
        after=second.social_value,
        lines={code: _line_effect(code, first, second) for code in codes},
    )


def _line_effect(code: str, first: Valuation, second: Valuation) -> LineEffect:
    before = [line for line in first.lines if line.measure.code == code]
    after = [line for line in second.lines if line.measure.code == code]
    return LineEffect(
        quantity=exact_sum(line.quantity for line in before or after),
        before=exact_sum(line.social_value for line in before) if before else None,
        after=exact_sum(line.social_value for line in after) if after else None,
    )


@dataclass(frozen=True, slots=True)
class AddedMenu:
    """An edition that was added, and the receipt of the bundle that it came in; of a folder, of the one it makes."""

    edition: MenuEdition
    receipt: Receipt


def add_menu(
    catalogue: Catalogue, source: Path, folder: Path, today: date, progress: Progress | None = None
) -> AddedMenu:
    """Copy a menu edition, a folder or a bundle file, into the user's own menus in `folder`, after checking it.

    Raises:
        MenuFileError: it has errors; it holds every one.
        MenuError: the same edition is there already, or it cannot be copied.
        RoomError: reading it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    problems = lint_stranger(source, today, progress)
    if has_errors(problems):
        raise MenuFileError(problems)
    reading = load_path(source)
    edition = reading.get_edition()
    if (edition.code, edition.edition) in catalogue.names():
        message = f"{edition.name} is installed already"
        raise MenuError(message, "Give the new one another edition name, or use the one that is installed")
    target = folder / edition.code / edition.edition
    try:
        _write_folder(folder / ".part", target, _files_of(source))
    except OSError as error:
        raise MenuError(f"{edition.name} cannot be copied to {target}: {error.strerror}", "Free some space") from error
    data = reading.bundle if source.is_dir() else source.read_bytes()
    receipt = receipt_of(data, source.name, datetime.now(UTC), problems)
    return AddedMenu(catalogue.load(edition.code, edition.edition), receipt)


def _write_folder(part: Path, target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files where no menu is looked for, then put the folder in its place: no half-written one is read."""
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_whole(part / name, data)
    part.replace(target)


def _files_of(source: Path) -> dict[str, bytes]:
    if source.is_dir():
        return {path.name: path.read_bytes() for path in sorted(source.glob("*.toml"))}
    return {name: text.encode() for name, text in folder_files(load_path(source)).items()}
