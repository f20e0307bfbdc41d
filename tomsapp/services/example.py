"""The example council: a made-up council with made-up suppliers, contracts and promises, to learn and test with."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tomsapp.config import paths
from tomsapp.domain.act_checks import with_shortfall
from tomsapp.domain.checks.answering import choices_of
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, ContractStatus, YearSpend
from tomsapp.domain.contract_dates import contract_years, years_later
from tomsapp.domain.keys import measure_key
from tomsapp.domain.menu import EditionStatus
from tomsapp.domain.neighbourhood import Neighbourhood
from tomsapp.domain.offer import Offer
from tomsapp.domain.priority import Priority
from tomsapp.domain.problems import Answer, Problem
from tomsapp.domain.seal import ActKind
from tomsapp.domain.supplier import Supplier, SupplierKind
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.errors import usable
from tomsapp.reading.text_formats import parse_toml
from tomsapp.services import commitments, contracts, databases, sealing, suppliers
from tomsapp.services.addresses import DATABASE_ENDING
from tomsapp.services.contracts import OpenContract
from tomsapp.services.example_acts import as_it_was
from tomsapp.services.example_papers import ExamplePapers, write_papers
from tomsapp.services.example_tender import tell_tender
from tomsapp.services.example_year import tell_year
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.workspace import Workspace
from tomsapp.store.backup import replace_database
from tomsapp.store.errors import StoreError, UpgradeNeeded

COUNCIL = "Larkmere Council"
AREA = "larkmere"
DATABASE_NAME = f"council{DATABASE_ENDING}"
ROLE = "Procurement lead"
PAPER_REASON = "Signed on paper and entered here afterwards"
SAME_DAY_REASON = "Signed on paper and entered here on the same day"
CLOSED_REASON = "Closed on paper and entered here afterwards"
EARLY_REASON = "The supplier offered with a draft of this menu, which was published as it was"
"""Said beside it of what was signed before its menu was published."""

WRITTEN_ON = date(2026, 11, 30)
"""The day on which the story stands as contracts.toml has it: no draft has begun yet."""


@dataclass(frozen=True, slots=True)
class Example:
    """Where the example council was made.

    Attributes:
        documents: the PDF valuation of each contract.
        delivered: the PDF of what was delivered, of each contract of which a quarter is over.
    """

    folder: Path
    database: Path
    documents: tuple[Path, ...] = ()
    delivered: tuple[Path, ...] = ()


def make_example(
    folder: Path, catalogue: Catalogue, today: date, progress: Progress | None = None, *, with_documents: bool = True
) -> Example:
    """Make the example council's database in `folder` anew, with a PDF valuation of each contract.

    It is made beside its place and put there when it is whole, so that a half-made one is never left.

    Raises:
        StoreError: the folder cannot be written to, or holds another database under the example's name or one that
            is open elsewhere; what was there is then as it was.
        Cancelled: the user stopped it.
    """
    report = progress or NoProgress()
    with _folder_errors_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _check_is_ours(folder / DATABASE_NAME, catalogue)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder, ignore_cleanup_errors=True) as name:
            making = Path(name)
            documents = _make(making, catalogue, today, report, with_documents=with_documents)
            replace_database(making / DATABASE_NAME, folder / DATABASE_NAME)
            for document in (*documents.promised, *documents.delivered):
                (making / document).replace(folder / document)
    promised, delivered = (tuple(folder / name for name in names) for names in documents)
    return Example(folder, folder / DATABASE_NAME, promised, delivered)


@contextmanager
def _folder_errors_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"The example council cannot be written to {folder} ({error.strerror or error})"
        raise StoreError(message, "Choose a folder that you may write to, and close the PDFs in it") from error


def _check_is_ours(path: Path, catalogue: Catalogue) -> None:
    """Never write over a real council's database."""
    if not path.exists():
        return
    try:
        is_example = _is_example(path, catalogue)
    except UpgradeNeeded:
        # It is made anew all the same, so that only a copy of it is upgraded, to be looked into.
        with tempfile.TemporaryDirectory(prefix=".looking-", dir=path.parent, ignore_cleanup_errors=True) as name:
            is_example = _is_example(Path(shutil.copy(path, name)), catalogue, upgrade=True)
    if not is_example:
        message = f"{path.name} in {path.parent} is not the example council, and is left as it is"
        raise StoreError(message, "Choose another folder for the example")


def _is_example(path: Path, catalogue: Catalogue, *, upgrade: bool = False) -> bool:
    """Whether a database is that of the example council."""
    workspace = databases.open_workspace(path, catalogue, COUNCIL, upgrade=upgrade)
    try:
        return workspace.settings.is_example
    finally:
        workspace.close()


def _make(
    folder: Path, catalogue: Catalogue, today: date, progress: Progress, *, with_documents: bool
) -> ExamplePapers:
    workspace = databases.make_database(folder / DATABASE_NAME, catalogue, "A. Okafor", COUNCIL)
    try:
        _set_up(workspace)
        _keep_withdrawn_editions(workspace)
        _add_plan(workspace)
        numbers = _add_suppliers(workspace)
        made = _add_contracts(workspace, numbers, today, progress)
        tell_year(workspace, _data("deliveries.toml"), {reference: number for number, reference in made}, today)
        tell_tender(workspace, _data("tender.toml"), today)
        return write_papers(workspace, made if with_documents else (), folder, today, progress)
    finally:
        workspace.close()


def _set_up(workspace: Workspace) -> None:
    """Mark the database as an example, with wards that are made up too."""
    with workspace.work("Set up the example council") as uow:
        uow.areas.add(AREA, workspace.catalogue.area_bytes(AREA))
        stored = uow.settings.now()
        uow.settings.save(stored.version, replace(stored.record, is_example=True, area=AREA))
        uow.commit()
    workspace.forget()


def _keep_withdrawn_editions(workspace: Workspace) -> None:
    """Keep the editions that were withdrawn after contracts had been signed with them, as if it were still before."""
    named = {(values["menu"], values["edition"]) for values in _written()}
    loaded = [workspace.catalogue.load(menu, edition) for menu, edition in sorted(named)]
    with workspace.work("Keep the editions of contracts that were signed before") as uow:
        for edition in loaded:
            if edition.status is EditionStatus.WITHDRAWN:
                bundle = workspace.catalogue.bundle(edition.code, edition.edition)
                uow.editions.add(edition.code, edition.edition, edition.sha256, bundle, edition.title)
        uow.commit()


def _data(name: str) -> Any:
    return usable(parse_toml((paths.resources_dir() / "example" / name).read_text(encoding="utf-8"), name))


def _written() -> list[dict[str, Any]]:
    """The contracts of the example as they are written down."""
    listed: list[dict[str, Any]] = _data("contracts.toml")["contract"]
    return listed


def _told_on(today: date) -> list[dict[str, Any]]:
    """The contracts of the example as they are told on a day: no draft has begun by then."""
    return [_not_begun(values, today) if values["status"] == "draft" else values for values in _written()]


def _not_begun(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A draft that starts after `today`: as written, or moved on by as few whole years as that takes."""
    start, end = values["start"], values["end"]
    while start <= today:
        start, end = years_later(start, 1), years_later(end, 1)
    return {**values, "start": start, "end": end}


def _add_plan(workspace: Workspace) -> None:
    """Add the neighbourhoods, and the priorities of the plan."""
    written = _data("plan.toml")
    for values in written["neighbourhood"]:
        neighbourhood = Neighbourhood(values["name"], frozenset(values["wards"]), values.get("notes", ""))
        NEIGHBOURHOODS.add(workspace, neighbourhood)
    for values in written["priority"]:
        measures = frozenset(measure_key(written["menu"], code) for code in values["measures"])
        PRIORITIES.add(workspace, Priority(values["name"], written["plan"], measures, values.get("notes", "")))


def _add_suppliers(workspace: Workspace) -> dict[str, int]:
    numbers = {}
    for values in _data("suppliers.toml")["supplier"]:
        facts = {name: value for name, value in values.items() if name not in {"key", "kind"}}
        supplier = Supplier(kind=SupplierKind(values["kind"]), **facts)
        numbers[values["key"]] = suppliers.add_supplier(workspace, supplier).result.id
    return numbers


_FURTHER_FACTS = (
    "latest_end_on",
    "extensions_taken",
    "extensions_left",
    "contract_manager",
    "supplier_contact",
    "supplier_contact_email",
    "supplier_contact_phone",
)
"""The facts of a contract that some of the example have."""


def example_offers(today: date = WRITTEN_ON) -> list[Offer]:
    """What the example's suppliers promise, contract by contract, as it is told on a day."""
    statements = _data("statements.toml")["statements"]
    return [
        Offer(
            replace(_contract(values, today), status=ContractStatus(values["status"])),
            tuple(
                replace(_commitment(line, statements), key=str(number))
                for number, line in enumerate(values["commitments"], start=1)
            ),
        )
        for values in _told_on(today)
    ]


def _add_contracts(
    workspace: Workspace, numbers: Mapping[str, int], today: date, progress: Progress
) -> list[tuple[int, str]]:
    statements = _data("statements.toml")["statements"]
    answers = _data("answers.toml")
    listed = _told_on(today)
    made = []
    for done, values in enumerate(listed):
        progress.report(done, len(listed), f"{done} of {len(listed)} contracts")
        contract = _contract(values, today)
        stored = contracts.add_contract(workspace, contract, numbers[values["supplier"]]).result
        lines = [_commitment(line, statements) for line in values["commitments"]]
        commitments.add_commitments(workspace, stored.id, lines, "Add the supplier’s offer")
        status = ContractStatus(values["status"])
        if status is not ContractStatus.DRAFT:
            own = {**answers["answers"], **answers.get(contract.reference, {})}
            _sign(workspace, stored.id, own, status, min(today, values["signed"]), today)
        made.append((stored.id, contract.reference))
    return made


def _contract(values: Mapping[str, Any], today: date) -> Contract:
    return Contract(
        reference=values["reference"],
        title=values["title"],
        value=Decimal(values["value"]),
        start_on=values["start"],
        end_on=values["end"],
        menu=values["menu"],
        edition=values["edition"],
        kind=ContractKind(values.get("kind", "standard")),
        spend=_spend(values, today),
        **{name: values[name] for name in _FURTHER_FACTS if name in values},
    )


def _spend(values: Mapping[str, Any], today: date) -> tuple[YearSpend, ...]:
    """What is spent through a framework: recorded for each year that is over, a forecast for the others."""
    years = contract_years(values["start"], values["end"])
    return tuple(
        YearSpend(spend["year"] - 1, Decimal(spend["amount"]), years[spend["year"] - 1].ends_on < today)
        for spend in values.get("spend", [])
    )


def _commitment(values: Mapping[str, Any], statements: Mapping[str, str]) -> Commitment:
    rate = values.get("rate")
    return Commitment(
        key="",
        measure=values["measure"],
        quantities=tuple(Decimal(text) if text else None for text in values.get("quantities", [])),
        contract_share=Decimal(values.get("contract_share", "1")),
        place=values.get("ward", ""),
        statement=values.get("statement", statements.get(values["measure"], "")),
        rate=Rate(Decimal(rate["quantity"]), Decimal(rate["per_pounds"])) if rate else None,
    )


def _sign(
    workspace: Workspace,
    contract_id: int,
    answers: Mapping[str, str],
    status: ContractStatus,
    signed_on: date,
    today: date,
) -> None:
    """Answer the warnings, then sign; a closed contract was signed first."""
    opened = contracts.open_contract(workspace, contract_id)
    _answer(workspace, contract_id, opened.checked.open_problems, answers)
    opened = as_it_was(contracts.open_contract(workspace, contract_id), signed_on)
    facts = sealing.proposed(workspace, opened, ActKind.SIGN)
    reason = with_shortfall(
        _reason(opened, signed_on, today), sealing.short_of(opened), answers.get("signed-short", "")
    )
    signing = replace(facts, done_on=signed_on, takes_effect_on=opened.contract.start_on, role=ROLE, reason=reason)
    sealing.seal(workspace, opened, signing, signed_on)
    if status is ContractStatus.CLOSED:
        opened = contracts.open_contract(workspace, contract_id)
        end = opened.contract.end_on
        closing = replace(signing, kind=ActKind.CLOSE, done_on=end, takes_effect_on=end, reason=CLOSED_REASON)
        sealing.seal(workspace, opened, closing, end)


def _reason(opened: OpenContract, signed_on: date, today: date) -> str:
    published_on = opened.edition.published_on
    is_early = published_on is not None and signed_on <= published_on
    entered = SAME_DAY_REASON if signed_on == today else PAPER_REASON
    return f"{entered}. {EARLY_REASON}" if is_early else entered


def _answer(workspace: Workspace, contract_id: int, problems: Sequence[Problem], answers: Mapping[str, str]) -> None:
    for problem in problems:
        group = ":".join(problem.key.split(":")[:2])
        text = answers.get(group) or answers.get(problem.code)
        if text is not None:
            answer = Answer(text, choice=choices_of(problem.code)[0], asked=problem.asked)
            commitments.answer_problem(workspace, contract_id, problem.key, answer)
