"""Papers with signs that turn the direction of reading: today their codes are printed, before they were left out."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.pdf_overlay import with_overlay, words
from tests.reports.valuations import CONTRACT, LINES, MENUS, commitment, valued
from tests.services.test_verifying import pdf, verify
from tests.services.test_verifying_portfolio import figures, workspace  # noqa: F401 - fixtures
from tests.services.test_verifying_portfolio import pdf as portfolio_pdf
from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.signs import marks_as_they_stand
from tomsapp.reports.render import printed_text
from tomsapp.services.verifying import verify_pdf

EARLIER = Path(__file__).parent / "earlier" / "marked_words.pdf"
"""Made by version 0.2.0, with signs that turn the direction in a title, a supplier and a statement."""
NOTE = "It holds signs that turn the direction of reading and leaves them out, as the program did before"
CODE = "‹U+202E›"


def marked() -> CheckedOffer:
    marked_line = commitment("13", "V04", 120, statement="Days \u202e12,345.67\u202c off, \u2066and so\u2069.")
    contract = replace(CONTRACT, title="Housing \u202erepairs", supplier="Hartwell \u200f& Doyle")
    return valued((*LINES[:3], marked_line), contract)


@pytest.mark.parametrize("checked", [marked(), valued(LINES[:1], replace(CONTRACT, title="Housing \u202erepairs"))])
def test_paper_of_before_holds_by_its_own_print_and_says_so(checked: CheckedOffer, tmp_path: Path):
    with marks_as_they_stand():
        data = pdf(checked)
    assert CODE not in printed_text(data)
    found = verify(data, tmp_path)
    assert found.holds, found.lines
    assert found.lines[-1].startswith(NOTE)


def test_paper_of_today_holds_by_the_print_of_today(tmp_path):
    data = pdf(marked())
    assert CODE in printed_text(data)
    found = verify(data, tmp_path)
    assert found.holds, found.lines
    assert NOTE not in " ".join(found.lines)


def test_paper_of_an_earlier_version_holds_with_its_table_as_it_was(tmp_path):
    found = verify_pdf(MENUS, EARLIER)
    assert found.holds, found.lines
    assert found.lines[-1].startswith(NOTE)


def test_what_was_changed_in_such_a_paper_is_told_as_in_any_other(tmp_path):
    with marks_as_they_stand():
        data = pdf(marked())
    found = verify(with_overlay(data, words("Social value £99,999,999.99")), tmp_path)
    assert not found.holds
    assert any("£99,999,999.99" in line for line in found.lines)
    assert NOTE not in " ".join(found.lines)


def test_portfolio_of_before_holds_too(figures, tmp_path):  # noqa: F811
    first, *rest = figures.contract_rows
    named = replace(figures, contract_rows=(replace(first, title="Housing \u202erepairs"), *rest))
    with marks_as_they_stand():
        path = portfolio_pdf(tmp_path, named)
    assert CODE not in printed_text(path.read_bytes())
    found = verify_pdf(menu_catalogue(), path)
    assert found.holds, found.lines
    assert found.lines[-1].startswith(NOTE)
