"""Each number of a page is held by something: a digit that is changed is found by the page lint."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.reports.page_lint import Expected, lint_pages
from tests.reports.page_mutations import Change, changes
from tests.reports.page_reader import Pages, read_pages
from tests.reports.test_contract_first import FORECAST, PER_POUND
from tests.reports.test_page_lint import framework
from tests.reports.valuations import CONTEXT, CONTRACT, EDITION, LINES, built, over_years, valued
from tomsapp.domain.contract import ContractStatus

OF_OTHERS = frozenset({"Sources", "Price index and policy rules", "Attribution", "Statements"})
"""What the publishers, the menu and the supplier say in their own words; the sums in it are redone all the same."""

FIXED = (
    "or to 4 decimals when under £1",
    "(if under 100%)",
    "1 of 22 November 2026",
    "1 of 1 April 2027",
    "SHA-256: ",
)
"""Numbers that are the same in every paper, and the version, which only the database and the attachment know."""
SOURCE_GOES_ON = "Unit Cost Database v1.4 (continued)"
"""The name of a source over its rows on the next page, which its publisher gave."""


def unseen(pages: Pages, expected: Expected, share: float, of_page: int = 0) -> tuple[int, list[Change]]:
    """How many changes were tried, and those that the lint does not see."""
    before = lint_pages(pages, expected).faults
    assert before == []
    tried, found = 0, []
    for change in changes(pages, 7, share=share, of_page=of_page):
        tried += 1
        if lint_pages(pages, expected).faults == before:
            found.append(change)
    return tried, found


def headings(pages: Pages) -> dict[int, str]:
    """The heading over each block."""
    heading, over = "", {}
    for block in pages.blocks():
        heading = block.text if block.tag.startswith("H") else heading
        over[id(block)] = heading
    return over


def is_of_others(change: Change, over: dict[int, str]) -> bool:
    """Whether a number stands in the words of the supplier, of whoever answered, of a publisher or of the menu."""
    heading = over.get(id(change.block), "")
    in_statement = "Statement: " in change.told.partition(change.before[-20:])[0]
    if change.before == SOURCE_GOES_ON or any(fixed in f"{change.told} {change.before}" for fixed in FIXED):
        return True
    return heading in OF_OTHERS or in_statement or change.is_answer


DATED = replace(CONTEXT, signed_on=date(2026, 11, 22), version_words="1 of 22 November 2026.")
LATE = replace(CONTEXT, signed_on=date(2027, 4, 1), version_words="1 of 1 April 2027.")
TOO_MUCH = Decimal(4_000_000)
"""A contract value of which far more jobs are asked than are promised."""

PAPERS = {
    "a draft": lambda: built(valued()),
    "a signed contract": lambda: built(valued(contract=replace(CONTRACT, status=ContractStatus.SIGNED)), DATED),
    "a framework": lambda: built(framework()),
    "five years": lambda: built(over_years(5)),
    "signed when its first year had ended": lambda: built(
        valued(contract=replace(CONTRACT, status=ContractStatus.SIGNED)), LATE
    ),
    "enough only with a forecast": lambda: built(valued((*PER_POUND, *LINES[3:7]), FORECAST)),
    "jobs of which some rest on a forecast": lambda: built(valued(PER_POUND, replace(FORECAST, value=TOO_MUCH))),
    "one line": lambda: built(valued(LINES[:1])),
}


WHOLLY = {
    "a draft",
    "signed when its first year had ended",
    "enough only with a forecast",
    "jobs of which some rest on a forecast",
}
"""Papers of which every number on the first page is tried."""


@pytest.mark.parametrize("paper", PAPERS)
def test_a_changed_digit_on_the_first_page_is_found(paper: str):
    pages = read_pages(PAPERS[paper]().data)
    tried, missed = unseen(pages, Expected(edition=EDITION), 1.0 if paper in WHOLLY else 0.1, of_page=1)
    assert tried > (60 if paper in WHOLLY else 0)
    assert [str(change) for change in missed if not any(fixed in change.before for fixed in FIXED)] == []


def test_a_changed_digit_on_any_page_is_found():
    pages = read_pages(PAPERS["a draft"]().data)
    tried, missed = unseen(pages, Expected(edition=EDITION), 0.08)
    over = headings(pages)
    assert tried > 30
    assert [str(change) for change in missed if not is_of_others(change, over)] == []
