"""The council's own papers, made of frozen figures: each once as an object, which is printed as PDF and as Word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.delivery.improving import improvements
from tomsapp.domain.keys import measure_key
from tomsapp.domain.money import total
from tomsapp.domain.papers.award import PlanPriority, award_paragraph
from tomsapp.domain.papers.foi import Withholding, foi_answer, withholding_problems
from tomsapp.domain.papers.kpi import kpi_facts
from tomsapp.domain.papers.told import ContractTold, PaperMaker
from tomsapp.domain.papers.ward import WardLine, WardTold, ward_sheet
from tomsapp.domain.problems import Severity
from tomsapp.domain.valuation import value_contract
from tomsapp.menufiles.files import write_whole
from tomsapp.services.contracts import opened_from, read_contract
from tomsapp.services.delivery import OpenDelivery, ReadDelivery, open_delivery
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.progress import NoProgress
from tomsapp.services.reporting import MadeReport, council_context, made_report, plain_name, told_of
from tomsapp.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from pathlib import Path

    from tomsapp.domain.area import Area
    from tomsapp.domain.council import CouncilSettings
    from tomsapp.domain.history import Stored
    from tomsapp.domain.papers.council_paper import CouncilPaper
    from tomsapp.domain.priority import Priority
    from tomsapp.services.progress import Progress
    from tomsapp.services.workspace import Workspace

WORD_SUFFIX = ".docx"


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper as both of its files.

    Attributes:
        pdf: the tagged PDF, with a name for its file.
        word: the Word file, with the same words.
    """

    paper: CouncilPaper
    pdf: MadeReport
    word: bytes

    @property
    def word_name(self) -> str:
        """How the Word file is called where nobody names it."""
        return f"{self.pdf.file_name.removesuffix('.pdf')}{WORD_SUFFIX}"


def print_paper(workspace: Workspace, paper: CouncilPaper, progress: Progress | None = None) -> PrintedPaper:
    """Print a paper as PDF and as Word.

    Raises:
        TomsError: the council's logo cannot be read.
        Cancelled: the user stopped it.
    """
    from tomsapp.exchange.word.paper_docx import write_paper
    from tomsapp.reports.council_paper import build_council_paper
    from tomsapp.reports.fonts import load_fonts
    from tomsapp.reports.paper_bars import chart_picture

    fonts = load_fonts(resources_dir() / "fonts")
    context = council_context(workspace, paper.made_on)
    built = build_council_paper(paper, context, fonts, told_of(progress, f"Making the {paper.name}"))
    name = plain_name(paper.file or paper.title.replace(":", ","), ".pdf")
    pictures = {chart: chart_picture(chart, fonts) for chart in paper.charts}
    return PrintedPaper(paper, made_report(built, name), write_paper(paper, pictures))


def save_word(printed: PrintedPaper, path: Path) -> Path:
    """Write the Word file; gives the path that was written.

    Raises:
        TomsError: the file cannot be written; says what to do.
    """
    target = path if path.suffix.lower() == WORD_SUFFIX else path.with_name(f"{path.name}{WORD_SUFFIX}")
    write_whole(target, printed.word)
    return target


def save_papers(
    workspace: Workspace, papers: Sequence[tuple[str, CouncilPaper]], folder: Path, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write papers into a folder, each as PDF and as Word; gives the files.

    Each paper comes with what is said while it is made. Of several that would be called the same the later ones are
    numbered, so that none is written over another.

    Raises:
        TomsError: the council's logo cannot be read, or a file cannot be written; says what to do.
        Cancelled: the user stopped it; what was written stays.
    """
    watched, written = progress or NoProgress(), []
    times: Counter[str] = Counter()
    for number, (said, paper) in enumerate(papers):
        watched.report(number, len(papers), said)
        printed = print_paper(workspace, paper)
        name = printed.pdf.file_name.removesuffix(".pdf")
        times[name.casefold()] += 1
        again = f" {times[name.casefold()]}" if times[name.casefold()] > 1 else ""
        for suffix, data in ((".pdf", printed.pdf.data), (WORD_SUFFIX, printed.word)):
            written.append(folder / f"{name}{again}{suffix}")
            write_whole(written[-1], data)
    return tuple(written)


# Papers of one contract


def foi_paper(
    workspace: Workspace,
    contract_id: int,
    until: date,
    made_on: date,
    withheld: Withholding,
    request: str = "",
) -> CouncilPaper:
    """The FOI answer on a contract, with its deliveries to a day; of a draft what is promised alone.

    Raises:
        NotFound: there is no such contract.
        StoreError: something is withheld without a reason.
        TomsError: its dates make no years, or its menu edition is missing.
    """
    for problem in withholding_problems(withheld):
        if problem.severity is Severity.ERROR:
            raise StoreError(problem.message, problem.fix)
    told, maker = _contract(workspace, contract_id, until, made_on)
    return foi_answer(told, maker, withheld, request)


def kpi_paper(
    workspace: Workspace, contract_id: int, until: date, made_on: date, chosen: Collection[str]
) -> CouncilPaper:
    """The KPI facts of a signed contract, of the commitments that are chosen by their keys.

    Raises:
        NotFound: there is no such contract.
        StoreError: it is not signed, or no commitment is chosen.
        TomsError: its dates make no years, or its menu edition is missing.
    """
    told, maker = _contract(workspace, contract_id, until, made_on)
    if told.delivered is None:
        raise StoreError(f"{told.contract.reference} is not signed, so nothing is rated yet", "Sign the contract first")
    if not any(line.commitment.key in chosen for line in told.delivered.lines):
        raise StoreError("No commitment is chosen as a key performance indicator", "Choose three at least")
    return kpi_facts(told, told.delivered, chosen, maker)


def indicators(workspace: Workspace, contract_id: int, until: date, measures: Collection[str]) -> frozenset[str]:
    """The keys of the commitments of a contract with these measures, or of all of them where none is named.

    Raises:
        NotFound: there is no such contract.
        TomsError: its dates make no years, or its menu edition is missing.
    """
    opened = open_delivery(workspace, contract_id, until)
    return frozenset(
        line.commitment.key for line in opened.delivered.lines if not measures or line.measure.code in measures
    )


def award_paper(workspace: Workspace, contract_id: int, made_on: date) -> CouncilPaper:
    """The paragraph for the award report on a contract, as a draft or signed.

    Raises:
        NotFound: there is no such contract.
        TomsError: its dates make no years, or its menu edition is missing.
    """
    with workspace.look() as uow:
        read = ReadDelivery.of(uow, contract_id)
        contract = read_contract(workspace, uow, contract_id)
        priorities = uow.priorities.all()
        settings = workspace.settings_at(uow)
    told = _told(read.valued(workspace, made_on))
    menu = told.contract.menu
    served = [_priority(each, menu, told) for each in priorities]
    checks = opened_from(workspace, contract, made_on).checked.policy_checks
    return award_paragraph(told, served, paper_maker(workspace, settings, made_on), checks)


def _priority(stored: Stored[Priority], menu: str, told: ContractTold) -> PlanPriority:
    record = stored.record
    codes = {line.measure.code for line in told.valuation.lines}
    served = frozenset(code for code in codes if measure_key(menu, code) in record.measures)
    return PlanPriority(record.name, record.plan, served)


def _contract(workspace: Workspace, contract_id: int, until: date, made_on: date) -> tuple[ContractTold, PaperMaker]:
    with workspace.look() as uow:
        read = ReadDelivery.of(uow, contract_id)
        settings = workspace.settings_at(uow)
    return _told(read.valued(workspace, until)), paper_maker(workspace, settings, made_on)


def _told(opened: OpenDelivery) -> ContractTold:
    contract = opened.contract
    lines = [line.record for line in opened.commitments]
    return ContractTold(
        contract,
        value_contract(contract, opened.edition, lines),
        opened.delivered if contract.status in HAS_DELIVERIES else None,
        improvements(opened.acts),
        total(each.record.amount for each in opened.ledger if each.record.received_on <= opened.until),
    )


def paper_maker(workspace: Workspace, settings: CouncilSettings, made_on: date) -> PaperMaker:
    """Who makes a paper: whoever works here, for the council of the database."""
    return PaperMaker(settings.council_name, made_on, workspace.who, settings.is_example)


# The paper of a ward


def ward_choices(workspace: Workspace) -> list[tuple[object, str]]:
    """The wards of the council's area: code and name; none where no area is set."""
    area = workspace.area()
    return [] if area is None else [(ward.code, ward.name) for ward in area.wards]


def ward_paper(workspace: Workspace, ward: str, until: date, made_on: date) -> CouncilPaper:
    """The sheet of a ward by its code or name, to a day.

    Raises:
        StoreError: the council's area has no such ward.
        TomsError: dates of a contract make no years, or its menu edition is missing.
    """
    with workspace.look() as uow:
        area = workspace.surroundings(uow).area
        code = _ward_code(area, ward)
        numbers = [row.id for row in uow.lists.contracts() if row.status in HAS_DELIVERIES and row.commitments]
        read = [
            ReadDelivery.of(uow, number)
            for number in numbers
            if any(line.record.place == code for line in uow.commitments.of(number))
        ]
        settings = workspace.settings_at(uow)
    opened = sorted((each.valued(workspace, until) for each in read), key=lambda each: each.contract.reference)
    lines = tuple(line for each in opened for line in _ward_lines(each, code))
    told = WardTold(
        area.place_name(code) if area is not None else code,
        until,
        lines,
        sum(len(each.delivered.lines) for each in opened) - len(lines),
        tuple(dict.fromkeys(each.edition.name for each in opened)),
        settings.contact,
    )
    return ward_sheet(told, paper_maker(workspace, settings, made_on))


def _ward_code(area: Area | None, ward: str) -> str:
    wards = () if area is None else area.wards
    found = next((each.code for each in wards if ward.casefold() in {each.code.casefold(), each.name.casefold()}), "")
    if not found:
        raise StoreError(f"There is no ward {ward} in the council’s area", "Choose one of the area under Settings")
    return found


def _ward_lines(opened: OpenDelivery, code: str) -> list[WardLine]:
    """The commitments in the ward, with the pieces of evidence behind them and their exceptions."""
    of_claim = {str(each.id): each.record.commitment for each in opened.deliveries}
    pieces: dict[str, int] = {}
    for view in opened.evidence:
        for key in {of_claim[each] for each in view.evidence.record.deliveries if each in of_claim}:
            pieces[key] = pieces.get(key, 0) + 1
    own = [of_claim.get(str(act.delivery), "") for act in opened.own_acceptances]
    return [
        WardLine(opened.contract, line, pieces.get(line.commitment.key, 0), own.count(line.commitment.key))
        for line in opened.delivered.lines
        if line.commitment.place == code
    ]
