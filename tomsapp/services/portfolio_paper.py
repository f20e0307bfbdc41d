"""The PDF of a portfolio with the files that it carries, made without the database.

The libraries that make PDFs take long to load, so they are loaded when the first portfolio is made.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.config.paths import resources_dir
from tomsapp.domain.portfolio import PortfolioFigures
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.progress import Progress
from tomsapp.services.reporting import MadeReport, logo_of, made_report, made_with, told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.reports.attachments import Attachment
    from tomsapp.reports.context import ReportContext
    from tomsapp.reports.document import BuiltReport

PORTFOLIO_FILE, CONTRACTS_FILE, MADE_FILE = "portfolio.json", "contracts.csv", "made.json"
"""The files that a portfolio carries: its figures, its contracts as a table, and what its pages were made with."""


def print_portfolio(
    figures: PortfolioFigures, context: "ReportContext", progress: Progress | None = None
) -> MadeReport:
    """The PDF of a portfolio's figures, made without the database.

    Raises:
        Cancelled: the user stopped it.
    """
    # It is attached with the figures, so that the pages can be printed again with it.
    figures = replace(figures, asked=context.asked)
    told = told_of(progress, "Making the portfolio PDF")
    with without_looking_for_garbage():
        built = built_portfolio(figures, context, told)
    return made_report(built, "Social value portfolio.pdf")


def built_portfolio(
    figures: PortfolioFigures, context: "ReportContext", told: Callable[[int, int], None]
) -> "BuiltReport":
    """The PDF of a portfolio with the files that it carries; the same input gives the same bytes."""
    from tomsapp.reports.fonts import load_fonts
    from tomsapp.reports.portfolio_report import build_portfolio_report

    fonts = load_fonts(resources_dir() / "fonts")
    return build_portfolio_report(figures, context, fonts, portfolio_attachments(figures, context, told), told)


def portfolio_attachments(
    figures: PortfolioFigures, context: "ReportContext", told: Callable[[int, int], None]
) -> "Sequence[Attachment]":
    """The files that the PDF of a portfolio carries: every figure, its contracts as a table, what its pages need."""
    from tomsapp.exchange.portfolio_json import contracts_csv, write_portfolio
    from tomsapp.exchange.portfolio_made import write_portfolio_made
    from tomsapp.reports.attachments import Attachment

    # Each takes seconds of thousands of contracts, and can be stopped before the next.
    told(0, 100)
    every = write_portfolio(figures)
    told(0, 100)
    table = contracts_csv(figures)
    return (
        Attachment(PORTFOLIO_FILE, every, "application/json", "Every figure of this portfolio"),
        Attachment(CONTRACTS_FILE, table, "text/csv", "Every contract with its figures"),
        Attachment(
            MADE_FILE,
            write_portfolio_made(made_with(None, context)),
            "application/json",
            "What its pages were made with",
        ),
        *logo_of(context),
    )
