"""PDF reports: the valuation of a contract or offer, and the portfolio; made here, written whole.

The libraries that make PDFs take long to load, so they are loaded when the first report is made.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.area import Area
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.file_names import file_name_of
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer, value_offer
from tomsapp.domain.policy import RulesFrom
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.seal import Act, newest_seal
from tomsapp.domain.wording import format_change, format_date, format_pounds, listed
from tomsapp.services.attachments import contract_files
from tomsapp.services.contracts import OpenContract, open_contract
from tomsapp.services.edition_effect import signed_and_today
from tomsapp.services.offers import ValuedOffer
from tomsapp.services.printable import CHANGED, printable
from tomsapp.services.progress import NoProgress, Progress
from tomsapp.services.sealed_view import SealedView, sealed_view
from tomsapp.services.sealed_words import today_words
from tomsapp.services.signers import DRAFT_WORDS, PaperSignature, make_ready, signed
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.exchange.made_with import MadeWith
    from tomsapp.reports.attachments import Attachment
    from tomsapp.reports.context import ReportContext
    from tomsapp.reports.document import BuiltReport

LOGO = "logo"
"""The name of the attached file with the council's logo."""

FILES = "files.csv"
"""The name of the attached file that lists the files of the contract."""

_MOST_NAME = 80


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A finished PDF: its bytes, a name for its file, its pages, and notes on what could not be shown as it is.

    Attributes:
        signature: whether it is signed, and by what; None of papers that are never signed.
    """

    data: bytes
    file_name: str
    pages: int
    notes: tuple[Problem, ...] = ()
    signature: PaperSignature | None = None


def contract_report(
    workspace: Workspace, contract_id: int, made_on: date, progress: Progress | None = None
) -> MadeReport:
    """The PDF valuation of a contract as it stands in the database, signed where the contract is sealed.

    Raises:
        NotFound: there is no such contract.
        TomsError: its dates make no years, its menu edition is missing, or the logo cannot be read.
        Cancelled: the user stopped it.
    """
    opened = open_contract(workspace, contract_id, date.fromordinal(made_on.toordinal()))
    if opened.contract.status is not ContractStatus.DRAFT:
        make_ready(workspace)
    context = with_versions(council_context(workspace, made_on), opened)
    view = sealed_view(workspace, opened, date.fromordinal(made_on.toordinal()))
    renamed = _renamed(view, opened.contract.supplier)
    context = replace(context, sealed=(*renamed, *_sealed_sentences(view, opened.acts)), today=today_words(view))
    context = replace(context, rules_from=opened.origin.rules_from, files=contract_files(workspace, contract_id))
    as_signed = _as_signed(opened.checked, view)
    offer = printable(as_signed.offer)
    is_whole = offer is as_signed.offer
    checked = as_signed if is_whole else value_offer(offer, opened.edition, opened.surroundings)
    made = _valuation(checked, opened.area, context, progress)
    made = made if is_whole else replace(made, notes=(*made.notes, CHANGED))
    if opened.contract.status is ContractStatus.DRAFT:
        return replace(made, signature=PaperSignature(DRAFT_WORDS))
    data, signature = signed(workspace, made.data)
    return replace(made, data=data, signature=signature)


def _as_signed(checked: CheckedOffer, view: SealedView | None) -> CheckedOffer:
    """A contract with the name under which its supplier signed, whatever the supplier is called since."""
    if view is None or not view.supplier:
        return checked
    contract = replace(checked.offer.contract, supplier=view.supplier)
    valuation = replace(checked.valuation, contract=replace(checked.valuation.contract, supplier=view.supplier))
    return replace(checked, offer=replace(checked.offer, contract=contract), valuation=valuation)


def _renamed(view: SealedView | None, name: str) -> Iterator[str]:
    """That the supplier who signed is called otherwise now."""
    if view is not None and view.supplier and view.supplier != name:
        yield f"{view.supplier} signed. The supplier is now called {name}."


def _sealed_sentences(view: SealedView | None, acts: Sequence[Act]) -> Iterator[str]:
    """What was sealed and in what today's values differ, then every act in its order."""
    if view is not None:
        yield from _differences(view)
    for act in acts:
        effect = f", with effect from {format_date(act.takes_effect_on)}" if act.takes_effect_on else ""
        entered = f" Entered and sealed here on {format_date(act.entered_on)}." if act.entered_on else ""
        reason = f" Reason: {act.reason.rstrip('.')}." if act.reason else ""
        yield f"{act.words}{effect}.{entered}{reason} SHA-256 of the sealed document: {act.sha256}."


def _differences(view: SealedView) -> Iterator[str]:
    if not view.whole:
        yield f"The sealed document was changed since it was signed. It stated {format_pounds(view.as_sealed)}."
        return
    change = format_change(view.difference) if view.difference else "no difference"
    if view.is_varied:
        for stage in view.stages:
            yield " ".join((stage.words, *(f"{words}." for words in (stage.told.words if stage.told else ()))))
    yield (
        f"As signed {format_pounds(view.as_sealed)} with {view.edition}, today {format_pounds(view.today)} "
        f"with {view.edition_today}: {change}."
    )
    for line in view.lines:
        if line.difference or line.reason:
            today = "nothing" if line.today is None else format_pounds(line.today)
            worth = signed_and_today(format_pounds(line.as_sealed), today)
            if line.as_varied not in {line.as_sealed, line.today}:
                signed_as, varied_as = format_pounds(line.as_sealed), format_pounds(line.as_varied)
                worth = f"{signed_as} as signed, {varied_as} as varied, {today} today"
            yield f"{line.code} {line.title}: {worth}{_in_brackets(line.reason)}."
    for rule in view.rules:
        if rule.reason:
            without = f"; {rule.without}" if rule.without else ""
            then = f"{rule.word} as signed{_in_brackets(rule.amounts)}"
            now = f"{rule.today_word} today{_in_brackets(rule.today_amounts)}"
            yield f"{rule.title}: {then}; {now}. {rule.reason}{without}."


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def with_versions(context: "ReportContext", opened: OpenContract) -> "ReportContext":
    """The context of a contract: each signing, and each variation that was signed, made a version of its valuation."""
    fixing = [act for act in opened.acts if act.kind.fixes]
    newest = newest_seal(opened.contract.status, opened.acts)
    count = next((place for place, act in enumerate(fixing, start=1) if newest and act.id == newest.id), len(fixing))
    days = [act.done_on for act in fixing]
    made = of_version(context, days[:count], is_signed=opened.seal is not None)
    gone = [f"{number} of {format_date(day)}" for number, day in enumerate(days, start=1)][count:]
    if gone:
        were = "was" if len(gone) == 1 else "were"
        words = f"{made.version_words} Version {listed(gone)} {were} taken back."
        made = replace(made, version_words=words)
    return made if opened.seal is None else replace(made, signed_on=opened.seal.done_on)


def of_version(context: "ReportContext", signed: Sequence[date], *, is_signed: bool) -> "ReportContext":
    """The context of a contract that was signed or varied on these days: which version it is, and what it replaces."""
    if not signed:
        return context
    words = [f"{number} of {format_date(day)}" for number, day in enumerate(signed, start=1)]
    if not is_signed:
        made = format_date(context.made_on)
        return replace(context, version_words=f"Draft of {made}. It would replace version {words[-1]}.")
    replaced = f" Replaces version {words[-2]}." if len(words) > 1 else ""
    return replace(context, signed_on=signed[-1], version_words=f"{words[-1]}.{replaced}")


def contract_pdf(workspace: Workspace, contract_id: int, made_on: date, progress: Progress | None = None) -> bytes:
    """The bytes of `contract_report`."""
    return contract_report(workspace, contract_id, made_on, progress).data


def offer_report(
    valued: ValuedOffer, made_on: date, council: str = "", made_by: str = "", progress: Progress | None = None
) -> MadeReport:
    """The PDF valuation of an offer in a file, which belongs to no database.

    Raises:
        Cancelled: the user stopped it.
    """
    from tomsapp.reports.context import ReportContext

    is_example = valued.area is not None and valued.area.is_fictional
    context = ReportContext(made_on, council, made_by, is_example=is_example, rules_from=RulesFrom.OFFER)
    return _valuation(valued.checked, valued.area, context, progress)


def write_offer_report(
    valued: ValuedOffer, target: Path, made_on: date, council: str = "", made_by: str = ""
) -> tuple[Path, tuple[Problem, ...]]:
    """Write the PDF valuation of an offer; gives the path and notes on what could not be shown as it is.

    Raises:
        TomsError: the file cannot be written; the one that was there is untouched.
    """
    made = offer_report(valued, made_on, council, made_by)
    return write_report(made.data, target), made.notes


def write_report(data: bytes, target: Path) -> Path:
    """Write a finished PDF in one step.

    Raises:
        TomsError: the file is open elsewhere, the folder cannot be written to, or the disk is full.
    """
    from tomsapp.reports.files import write_pdf

    write_pdf(target, data)
    return target


def file_name(*parts: str) -> str:
    """A plain name for a PDF from parts that people chose: no signs that a file system refuses."""
    return plain_name(" ".join(part.strip() for part in parts if part.strip()), ".pdf")


def plain_name(text: str, suffix: str) -> str:
    """A name for a file of any kind: no signs that a file system refuses, and no name that one keeps for itself."""
    return file_name_of(text, suffix, most=_MOST_NAME, otherwise="report")


def attachments_of(
    checked: CheckedOffer, area: Area | None = None, context: "ReportContext | None" = None
) -> "Sequence[Attachment]":
    """The files that a valuation carries: its result, its lines as a table, the offer itself, and the logo.

    With the context the result says what its pages are made with, so that they can be printed again.
    """
    from tomsapp.exchange.offer_json import write_offer
    from tomsapp.exchange.result_csv import result_csv
    from tomsapp.exchange.result_json import result_of, write_result
    from tomsapp.reports.attachments import Attachment, Relationship

    return (
        Attachment(
            "valuation.json",
            write_result(result_of(checked, made=None if context is None else _made_with(checked, area, context))),
            "application/json",
            "Every figure of this valuation with its steps, the policy rules and the offer",
        ),
        Attachment("valuation.csv", result_csv(checked), "text/csv", "Every commitment and year with its sum"),
        Attachment(
            "offer.json",
            write_offer(checked.offer),
            "application/json",
            "The offer, to be valued again",
            Relationship.SOURCE,
        ),
        *_files_of(context),
        *logo_of(context),
    )


def _files_of(context: "ReportContext | None") -> "Iterator[Attachment]":
    """The list of the contract’s files as an attached table, where it has any."""
    from tomsapp.exchange.contract_files import files_csv
    from tomsapp.reports.attachments import Attachment

    if context is not None and context.files:
        yield Attachment(FILES, files_csv(context.files), "text/csv", "The files that are kept with the contract")


def logo_of(context: "ReportContext | None") -> "Iterator[Attachment]":
    """The council’s logo as an attached file, where there is one."""
    from tomsapp.reports.attachments import Attachment, Relationship

    if context is not None and context.logo:
        kind = "png" if context.logo.startswith(b"\x89PNG") else "jpeg"
        yield Attachment(LOGO, context.logo, f"image/{kind}", "The council’s logo", Relationship.SUPPLEMENT)


def made_with(edition: MenuEdition | None, context: "ReportContext") -> "MadeWith":
    """What the pages of any paper were made with; a portfolio is of no one menu edition."""
    from tomsapp.exchange.made_with import MadeWith

    return MadeWith(
        # The hour, where it comes with the day, is no part of the report.
        date.fromordinal(context.made_on.toordinal()),
        context.council,
        context.made_by,
        is_example=context.is_example,
        logo=LOGO if context.logo else "",
        version=context.version,
        withdrawn_on=edition.withdrawn_on if edition else None,
        withdrawn_because=edition.withdrawn_because if edition else "",
        history=context.history,
    )


def _made_with(checked: CheckedOffer, area: Area | None, context: "ReportContext") -> "MadeWith":
    return replace(
        made_with(checked.valuation.edition, context),
        signed_on=context.signed_on,
        version_words=context.version_words,
        status=checked.offer.contract.status,
        area=area,
        contact=context.contact,
        sealed=tuple(context.sealed),
        today=context.today,
        rules_from=context.rules_from,
        files=tuple(context.files),
    )


def context_of(made: "MadeWith", logo: bytes) -> "ReportContext":
    """The context with which the pages of a valuation are printed again."""
    from tomsapp.reports.context import ReportContext

    return ReportContext(
        made.made_on,
        made.council,
        made.made_by,
        logo,
        is_example=made.is_example,
        version=made.version,
        signed_on=made.signed_on,
        version_words=made.version_words,
        contact=made.contact,
        sealed=made.sealed,
        today=made.today,
        rules_from=made.rules_from,
        history=made.history,
        files=made.files,
    )


def _valuation(
    checked: CheckedOffer, area: Area | None, context: "ReportContext", progress: Progress | None
) -> MadeReport:
    from tomsapp.reports.contract_report import build_contract_report
    from tomsapp.reports.fonts import load_fonts

    fonts = load_fonts(resources_dir() / "fonts")
    told = told_of(progress, "Making the PDF valuation")
    built = build_contract_report(checked, area, context, fonts, attachments_of(checked, area, context), told)
    return made_report(built, file_name(checked.offer.contract.reference, "social value valuation"))


def council_context(workspace: Workspace, made_on: date) -> "ReportContext":
    """What the council of a database puts on its reports."""
    from tomsapp.reports.context import ReportContext

    settings = workspace.settings
    return ReportContext(
        made_on,
        settings.council_name,
        workspace.who,
        settings.logo,
        settings.is_example,
        contact=settings.contact,
        history=workspace.history_head(),
    )


def told_of(progress: Progress | None, text: str) -> Callable[[int, int], None]:
    """What a report calls with its progress, as the one who watches wants to hear it."""
    watched = progress or NoProgress()

    def tell(done: int, total: int) -> None:
        watched.report(done, total, text)

    return tell


def made_report(built: "BuiltReport", name: str) -> MadeReport:
    """A report that was built, with a name for its file and its notes."""
    return MadeReport(built.data, name, built.pages, _notes(built.replaced))


def _notes(replaced: Sequence[str]) -> tuple[Problem, ...]:
    """A note for each character that stands as a square in the document."""
    from tomsapp.reports.fonts import describe_character

    return tuple(
        Problem(
            "character-not-shown",
            Severity.NOTE,
            f"The character {describe_character(sign)} cannot be shown in the PDF and stands there as □",
            "Write it another way where it matters",
        )
        for sign in replaced
    )
