"""Contracts, offers and their reports for the tests of what the PDFs say; valued with the menus that ship."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from tomsapp.config.paths import menus_dir, resources_dir
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.withdrawal import before_withdrawal
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.reports.attachments import Attachment
from tomsapp.reports.context import ReportContext
from tomsapp.reports.contract_report import build_contract_report
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.fonts import FontSet, load_fonts
from tomsapp.reports.render import printed_text

MENUS = Catalogue([menus_dir()])
EDITION = before_withdrawal(MENUS.load("barnet-open", "2026.1"))
AREA = MENUS.area("larkmere")
POLICY = MENUS.policy("barnet")
START = date(2026, 4, 1)
MADE_ON = date(2026, 11, 22)
CONTEXT = ReportContext(MADE_ON, "Larkmere Council", "A. Okafor", is_example=True)
CONTRACT = Contract(
    "C-2026-004",
    Decimal("4200000.00"),
    START,
    end_after(START, 3),
    "Housing repairs and empty homes, east",
    "Hartwell and Doyle Property Services Ltd",
    menu="barnet-open",
    edition="2026.1",
)

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<b>Ltd & Søn",
    '<img src="/etc/passwd"/>',
    "<para><a href='http://example.org'>x</a>",
    "emoji \U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 שלום مرحبا 中文 \x00\x07\u202e end",
    "x" * 10_000,
    "Words of a long statement. " * 400,
)


def commitment(key: str, measure: str, *quantities: object, **more: object) -> Commitment:
    """A commitment with its quantities as numbers or text; None is a year without one."""
    exact = tuple(None if quantity is None else Decimal(str(quantity)) for quantity in quantities)
    return Commitment(key, measure, exact, **more)


LINES = (
    commitment("1", "J01", 1, 1, None, contract_share=Decimal("0.5"), statement="Two posts.", place="X03"),
    commitment("2", "J10", 1, 1, None, statement="Two interns."),
    commitment("3", "J11", 5, 5, 5, statement="In every depot."),
    commitment("4", "S02", None, 2, 2, statement="Electricians."),
    commitment("5", "S08", 40, 40, 40, contract_share=Decimal("0.25"), statement="Shared by four."),
    commitment("6", "A02", 2, 3, 3, contract_share=Decimal("0.5"), statement="Visits."),
    commitment("7", "V01", 5000, 5000, 5000, statement="Cash."),
    commitment("8", "V04", 120, 120, 120, statement="Days off."),
    commitment("9", "V06", 24, 24, 24, statement="Lawyers."),
    commitment("10", "G01", 4, 6, 8, statement="Vans."),
    commitment("11", "G05", 18, 18, 18, statement="Timber."),
    commitment("12", "R01", 1, None, None, statement="Accredited."),
)


def valued(
    lines: tuple[Commitment, ...] = LINES,
    contract: Contract = CONTRACT,
    edition: object = EDITION,
    answers: dict[str, object] | None = None,
) -> CheckedOffer:
    """The lines valued and checked against the shipped policy and the example area."""
    return value_offer(Offer(contract, lines, answers or {}), edition, Surroundings(policy=POLICY, area=AREA))


def over_years(years: int) -> CheckedOffer:
    """The same promises in a contract of so many years."""
    contract = replace(CONTRACT, end_on=end_after(START, years))
    lines = tuple(replace(line, quantities=(line.quantities * years)[:years]) for line in LINES)
    return valued(lines, contract)


def with_measure(measure: Measure, edition: MenuEdition = EDITION, **more: object) -> MenuEdition:
    """The edition with one of its measures changed."""
    themes = tuple(
        replace(
            theme,
            outcomes=tuple(
                replace(
                    outcome, measures=tuple(measure if one.code == measure.code else one for one in outcome.measures)
                )
                for outcome in theme.outcomes
            ),
        )
        for theme in edition.themes
    )
    return replace(edition, themes=themes, **more)


@lru_cache(maxsize=1)
def fonts() -> FontSet:
    return load_fonts(resources_dir() / "fonts")


def built(
    checked: CheckedOffer, context: ReportContext = CONTEXT, attachments: tuple[Attachment, ...] = ()
) -> BuiltReport:
    return build_contract_report(checked, AREA, context, fonts(), attachments)


def text_of(report: BuiltReport) -> str:
    """The text that a reader of the PDF finds, with single spaces."""
    return printed_text(report.data)


def written(report: BuiltReport, folder: Path) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(report.data)
    return path
