"""Whether a portfolio PDF still holds: its sums, its pages, and its figures worked out again from the database."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.money import NumberError
from tomsapp.domain.portfolio import FACT_GROUPINGS, PORTFOLIO_FACTS, Grouping, PortfolioFigures
from tomsapp.domain.portfolio_contract import ContractFigures
from tomsapp.domain.portfolio_sums import sums_that_fail
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.portfolio_json import contracts_csv, read_portfolio
from tomsapp.exchange.portfolio_made import read_portfolio_made
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services import overview
from tomsapp.services.earlier_portfolio import (
    as_told_before_today,
    untold_caveats,
    without_caveats,
    without_counts_in_words,
    without_groups_told,
    without_job_caveats,
)
from tomsapp.services.overview import Filters
from tomsapp.services.portfolio_paper import CONTRACTS_FILE, MADE_FILE, PORTFOLIO_FILE, built_portfolio
from tomsapp.services.reporting import LOGO, context_of, told_of
from tomsapp.services.verification import Verification, not_judged
from tomsapp.services.version_rules import VERSION_RULES, is_known
from tomsapp.services.workspace import Workspace

_NOT_COMPARED = {"filters", "attention", "part_notes", "year_note", "asked", "rules_origin"}
"""Words, not figures: the program may say them otherwise in another version."""


def verify_portfolio(menus: Catalogue | Workspace, name: str, data: bytes, files: Mapping[str, bytes]) -> Verification:
    """Whether a portfolio PDF with these attached files holds, and what was found.

    Every total is added up again and the pages are held to every word and figure that comes out of the attachments;
    those of another version, and earlier ones that do not carry what they were made with, to their figures. With an
    open database the figures are worked out anew from it too; without one it is said that this was not done.

    Raises:
        OfferUnreadable: the attached figures, or what the pages were made with, cannot be read.
    """
    figures = read_portfolio(files[PORTFOLIO_FILE], f"{PORTFOLIO_FILE} in {name}")
    made = _made_with(files, name)
    try:
        has_words = made is not None and _is_of_this_version(data, made)
        pages = _words(data, figures, made, files) if made and has_words else _figures(data, figures, made, files)
        wrong = [*sums_that_fail(figures), *_files(data, files, figures), *pages]
    except (ArithmeticError, LookupError, NumberError, ValueError):
        # Figures that this program never writes: parts of a penny, a theme without a number.
        return Verification(False, (f"{name} does not hold: its attached figures cannot be added up and printed.",))
    is_open, more = isinstance(menus, Workspace), ""
    if isinstance(menus, Workspace):
        otherwise, same = _against_database(menus, figures)
        wrong += otherwise
        more = _beside(same, data, made) if otherwise else ""
    version = _version_of(data, made)
    if wrong and not is_known(version):
        return not_judged(name, version, wrong)
    if wrong:
        head = f"{name} does not hold: {plural(len(wrong), 'difference', 'differences')}."
        return Verification(False, (head, *wrong, *([more] if more else [])))
    database = (
        "They come out again from the contracts in the open database."
        if is_open
        else "No database is open, so they were not worked out again from the contracts themselves."
    )
    told, contracts = format_pounds(figures.social_value), plural(figures.contracts, "contract", "contracts")
    lines = (
        f"{name} holds: the figures of {contracts} add up and stand on the pages.",
        "Every word of the pages comes out again." if has_words else "The words of its pages were not compared.",
        database,
        f"Social value: {told}. Real pounds: {format_pounds(figures.real_pounds)}.",
    )
    return Verification(True, lines)


def _made_with(files: Mapping[str, bytes], name: str) -> MadeWith | None:
    """What the pages were made with; an earlier portfolio does not carry it."""
    if MADE_FILE not in files:
        return None
    return read_portfolio_made(files[MADE_FILE], f"{MADE_FILE} in {name}")


def _is_of_this_version(data: bytes, made: MadeWith | None) -> bool:
    from tomsapp import __version__

    return _version_of(data, made) == __version__


def _version_of(data: bytes, made: MadeWith | None) -> str:
    """The version that made it: by what it carries, or without that by what the PDF says of itself."""
    from tomsapp.services.strange_papers import made_by_version

    return made.version if made else made_by_version(data)


def _files(data: bytes, files: Mapping[str, bytes], figures: PortfolioFigures) -> Iterator[str]:
    from tomsapp.services.strange_papers import printed_text

    if MADE_FILE not in files and (_is_of_this_version(data, None) or MADE_FILE in printed_text(data)):
        yield f"The attached file {MADE_FILE} is missing."
    if CONTRACTS_FILE not in files:
        yield f"The attached file {CONTRACTS_FILE} is missing."
    elif files[CONTRACTS_FILE] != contracts_csv(figures):
        yield f"The attached file {CONTRACTS_FILE} differs from the attached figures."


def _words(data: bytes, figures: PortfolioFigures, made: MadeWith, files: Mapping[str, bytes]) -> Iterator[str]:
    """A sentence for each word, figure or picture on the pages that does not come out, and the other way round."""
    from tomsapp.services.strange_papers import page_differences

    again = _printed_again(figures, made, files)
    if again != data:
        yield from page_differences(data, again)


def _figures(
    data: bytes, figures: PortfolioFigures, made: MadeWith | None, files: Mapping[str, bytes]
) -> Iterator[str]:
    """Of pages that other versions lay out otherwise: a sentence for each total that is not on them.

    Where it carries what they were made with, it carries all that they tell: each other figure must come out too.
    """
    from tomsapp.reports.render import printed_figures
    from tomsapp.services.printed_pages import numbers_in
    from tomsapp.services.strange_papers import printed_text, unknown_figures, unknown_part_words

    totals = Counter(format_pounds(amount) for amount in (figures.social_value, figures.real_pounds))
    for figure in totals - printed_figures(printed_text(data)):
        yield f"{figure} is attached and is not printed on the pages."
    again = b""
    if made is not None:
        again = _printed_again(figures, made, files)
        carried = (files.get(name, b"").decode(errors="replace") for name in (PORTFOLIO_FILE, CONTRACTS_FILE))
        yield from unknown_figures(data, numbers_in(" ".join((printed_text(again), *carried))))
    yield from unknown_part_words(data, frozenset({PORTFOLIO_FILE, CONTRACTS_FILE, MADE_FILE, LOGO}), again)


def _printed_again(figures: PortfolioFigures, made: MadeWith, files: Mapping[str, bytes]) -> bytes:
    context = context_of(made, files.get(LOGO, b"") if made.logo else b"")
    return built_portfolio(figures, context, told_of(None, "")).data


def _beside(same: int, data: bytes, made: MadeWith | None) -> str:
    """What is said beside differences from the database: what comes out as stated, and what was counted otherwise."""
    words = f"{plural(same, 'contract comes', 'contracts come')} out of the database as stated."
    rules = VERSION_RULES.get(_version_of(data, made))
    return f"{words} {rules.jobs_words}" if rules else words


def _against_database(workspace: Workspace, figures: PortfolioFigures) -> tuple[list[str], int]:
    """A sentence for each part that comes out of the database otherwise, and how many contracts come out as stated."""
    cube = overview.load_cube(workspace)
    filters = filters_of(figures.selection)
    checked = overview.check_contracts(workspace, cube, overview.passing_contracts(cube, filters))
    anew = _told_as(figures, overview.figures(cube, filters, checked, with_contracts=True).portfolio)
    if figures.outcomes_left_out is None or untold_caveats(figures):
        figures, anew = without_counts_in_words(figures), without_counts_in_words(anew)
    differing = [
        field.name.replace("_", " ")
        for field in fields(figures)
        if field.name not in _NOT_COMPARED and getattr(figures, field.name) != getattr(anew, field.name)
    ]
    found = [f"From the open database another figure comes out under “{name}”." for name in differing]
    before = {row.reference: row for row in figures.contract_rows}
    same = 0
    for row in anew.contract_rows:
        stated = before.pop(row.reference, None)
        told = _otherwise(stated, row)
        same += not told
        found += told
    found += (f"{reference} is in this portfolio and not in the database." for reference in before)
    return found, same


def _otherwise(stated: ContractFigures | None, row: ContractFigures) -> list[str]:
    """A sentence where a contract is not in a portfolio as it comes out of the database; nothing where it is."""
    if stated is None:
        return [f"{row.reference} is in the database and not in this portfolio."]
    if stated.social_value != row.social_value:
        was, now = format_pounds(stated.social_value), format_pounds(row.social_value)
        return [f"{row.reference}: {was} is stated, and {now} comes out of the database as it is now."]
    names = [each.name for each in fields(row) if getattr(stated, each.name) != getattr(row, each.name)]
    told = ", ".join(name.replace("_", " ") for name in names)
    return [f"{row.reference}: other figures come out of the database as it is now, under “{told}”."] if names else []


def _told_as(stated: PortfolioFigures, anew: PortfolioFigures) -> PortfolioFigures:
    """The figures of today without what an earlier portfolio did not tell yet.

    These are the groupings of later versions, facts of contracts, seals, jobs by measure, sums of today, the themes and
    counts of drafts and agreed contracts apart, and what must be known beside the jobs.
    """
    told = {grouping for grouping, _ in stated.tables}
    anew = replace(anew, tables=tuple(table for table in anew.tables if table[0] in told))
    if stated.outcomes_left_out is None:
        anew = as_told_before_today(anew)
    if untold := untold_caveats(stated):
        anew = without_caveats(anew, untold)
    if stated.job_caveats is None:
        anew = without_job_caveats(anew)
    if not any(totals.themes for totals in stated.groups):
        anew = without_groups_told(anew)
    if not any(row.facts for row in stated.contract_rows):
        anew = replace(anew, contract_rows=tuple(replace(row, facts=()) for row in anew.contract_rows))
    if all(row.sealed_value is None for row in stated.contract_rows):
        anew = replace(anew, contract_rows=tuple(replace(row, sealed_value=None) for row in anew.contract_rows))
    if all(row.sealed_today is None for row in stated.contract_rows):
        anew = replace(anew, contract_rows=tuple(replace(row, sealed_today=None) for row in anew.contract_rows))
    if any(row.jobs is not None for row in stated.rows(Grouping.MEASURE)):
        return anew
    tables = tuple(
        (grouping, tuple(replace(row, jobs=None, editions=()) for row in rows)) for grouping, rows in anew.tables
    )
    return replace(anew, tables=tables)


def filters_of(selection: tuple[tuple[str, tuple[str, ...]], ...]) -> Filters:
    """The filters that the attached figures name; values that are unknown here let nothing pass."""
    chosen = dict(selection)
    statuses = frozenset(status for status in ContractStatus if status.value in chosen.get("status", ()))
    contracts = frozenset(int(number) for number in chosen.get("contract", ()) if number.isdecimal())
    own = [grouping for grouping in Grouping if grouping not in FACT_GROUPINGS and grouping.value in chosen]
    keys = {grouping: frozenset(chosen[grouping.value]) for grouping in own}
    facts = {fact.name: frozenset(chosen[fact.name]) for fact in PORTFOLIO_FACTS if fact.name in chosen}
    return Filters(statuses, keys, contracts, facts)
