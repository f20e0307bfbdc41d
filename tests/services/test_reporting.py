import errno
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.reports.test_document import picture
from tests.reports.valuations import CONTRACT, LINES, MENUS
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.errors import MenuError, TomsError
from tomsapp.domain.portfolio import PortfolioFigures
from tomsapp.domain.supplier import Supplier
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.reports.attachments import read_attachments
from tomsapp.reports.context import ReportContext
from tomsapp.reports.render import printed_text
from tomsapp.services import commitments, contracts, council, databases, menu_books, offers, reporting, suppliers
from tomsapp.services.portfolio_paper import print_portfolio
from tomsapp.services.progress import Cancelled
from tomsapp.services.workspace import Workspace

MADE_ON = date(2026, 11, 22)


@pytest.fixture
def workspace(tmp_path):
    made = databases.make_database(tmp_path / "council.db", MENUS, "A. Okafor", "Larkmere Council")
    yield made
    made.close()


def add_contract(workspace: Workspace, supplier: str = "Hartwell and Doyle", lines=LINES, **facts: object) -> int:
    named = suppliers.add_supplier(workspace, Supplier(supplier)).result
    contract = contracts.add_contract(workspace, replace(CONTRACT, **{"edition": "2026.2", **facts}), named.id).result
    commitments.add_commitments(workspace, contract.id, [replace(line, place="") for line in lines], "Add")
    return contract.id


def valued_offer(tmp_path: Path, text: str = "") -> offers.ValuedOffer:
    path = tmp_path / "offer.json"
    path.write_text(text or OFFER, encoding="utf-8")
    return offers.value_offer_file(MENUS, path)


OFFER = """{"menu": "barnet-open", "edition": "2026.2", "contract": {"reference": "C1", "value": "1000000.00",
"start": "2026-04-01", "years": 2}, "supplier": {"name": "Lamp & Søn"}, "commitments": [{"measure": "S08",
"quantities": ["40", "40"], "contract_share": "0.25", "statement": "Shared."}]}"""


def rules_said(data: bytes) -> str:
    """What a paper says of whose rules it is held against."""
    return printed_text(data).partition("The rules are ")[2].partition(" Every sum")[0]


def test_a_paper_says_whether_its_rules_came_with_the_menu_or_were_set(workspace, tmp_path):
    contract_id = add_contract(workspace)
    made = reporting.contract_report(workspace, contract_id, MADE_ON)
    assert "Larkmere Council took them over with its menu" in rules_said(made.data)
    rule = next(stored for stored in council.list_rules(workspace) if stored.record.code == "minimum")
    council.save_rule(workspace, rule, replace(rule.record, share=Decimal("0.06")))
    made = reporting.contract_report(workspace, contract_id, MADE_ON)
    assert "Larkmere Council has set them in its policy rules" in rules_said(made.data)
    (tmp_path / "none").mkdir()
    workspace.catalogue = Catalogue([tmp_path / "none"])
    made = reporting.contract_report(workspace, contract_id, MADE_ON)
    assert "Larkmere Council has set them in its policy rules" in rules_said(made.data)
    offer = valued_offer(tmp_path)
    assert "this offer is in no council’s records yet." in rules_said(reporting.offer_report(offer, MADE_ON).data)


def test_a_contract_in_the_database_becomes_a_pdf_with_its_attachments(workspace):
    made = reporting.contract_report(workspace, add_contract(workspace), MADE_ON)
    text = printed_text(made.data)
    assert "social value of £186,477.79" in text
    assert "Larkmere Council" in text
    assert "Made 22 November 2026 by A. Okafor." in text
    assert made.file_name == "C-2026-004 social value valuation.pdf"
    assert made.notes == ()
    assert list(read_attachments(made.data)) == ["offer.json", "valuation.csv", "valuation.json"]


def test_the_same_contract_on_the_same_day_gives_the_same_bytes_at_any_hour(workspace):
    number = add_contract(workspace)
    morning = reporting.contract_pdf(workspace, number, MADE_ON)
    evening = reporting.contract_pdf(workspace, number, datetime(2026, 11, 22, 18, 30, tzinfo=UTC))
    assert morning == evening


def test_logo_and_example_come_from_the_settings(workspace):
    stored = council.get_settings(workspace)
    settings = replace(stored.record, logo=picture("PNG", "RGBA", (90, 40)), is_example=True, contact="Ask J. Bloom")
    council.save_settings(workspace, stored, settings)
    made = reporting.contract_report(workspace, add_contract(workspace), MADE_ON)
    text = printed_text(made.data)
    assert "An example council. It is not real." in text
    assert "Ask J. Bloom" in text


def test_a_logo_that_cannot_be_read_says_what_to_do(workspace):
    stored = council.get_settings(workspace)
    council.save_settings(workspace, stored, replace(stored.record, logo=b"\x89PNG\r\n\x1a\nbroken"))
    with pytest.raises(TomsError, match="Choose a PNG or JPEG picture"):
        reporting.contract_report(workspace, add_contract(workspace), MADE_ON)


def test_characters_that_the_font_lacks_come_back_as_notes(workspace):
    made = reporting.contract_report(workspace, add_contract(workspace, "שלום"), MADE_ON)
    assert [note.severity.value for note in made.notes] == ["note"] * 4
    assert "U+05E9 Hebrew letter shin" in made.notes[0].message


def test_a_menu_book_comes_from_the_catalogue_or_the_database(workspace):
    plain = menu_books.menu_book(MENUS, "barnet-council", "2023", MADE_ON)
    assert plain.file_name == "barnet-council 2023 menu book.pdf"
    ours = menu_books.menu_book_pdf(workspace, "barnet-council", "2023", MADE_ON)
    assert "Larkmere Council" in printed_text(ours)
    with pytest.raises(MenuError, match="not installed"):
        menu_books.menu_book(MENUS, "barnet-open", "1999", MADE_ON)


def test_a_portfolio_becomes_a_pdf(workspace):
    figures = PortfolioFigures((), 0, 0, 0, Decimal(0), Decimal("0.00"), Decimal("0.00"), Fraction(0), ())
    assert "Nothing is committed" in printed_text(
        print_portfolio(figures, reporting.council_context(workspace, MADE_ON)).data
    )


def test_an_offer_is_written_beside_nothing_else(tmp_path):
    valued = valued_offer(tmp_path)
    written, notes = reporting.write_offer_report(valued, tmp_path / "out.pdf", MADE_ON, "Larkmere Council", "Me")
    text = printed_text(written.read_bytes())
    assert "40 × £240.00 × 25%" in text
    assert notes == ()
    assert {item.name for item in tmp_path.iterdir()} == {"offer.json", "out.pdf"}


def test_work_can_be_stopped(workspace):
    class Stopping:
        def report(self, done: int, total: int, text: str = "") -> None:
            if done > 20:
                raise Cancelled

    number = add_contract(workspace)
    with pytest.raises(Cancelled):
        reporting.contract_report(workspace, number, MADE_ON, Stopping())


def test_a_target_that_cannot_be_written_is_left_as_it_was(tmp_path, monkeypatch):
    target = tmp_path / "open.pdf"
    target.write_bytes(b"old")

    def locked(*_args: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(TomsError, match="open in another program"):
        reporting.write_report(b"new", target)
    assert target.read_bytes() == b"old"
    with pytest.raises(TomsError, match="folder does not exist"):
        reporting.write_report(b"new", tmp_path / "gone" / "x.pdf")


def test_a_contract_whose_dates_make_no_years_says_so(tmp_path):
    valued = valued_offer(tmp_path)
    contract = replace(valued.checked.offer.contract, end_on=date(2020, 1, 1))
    checked = replace(valued.checked, offer=replace(valued.checked.offer, contract=contract))
    with pytest.raises(ContractError, match="end date is before"):
        reporting.offer_report(replace(valued, checked=checked), MADE_ON)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("C-1", "valuation"), "C-1 valuation.pdf"),
        (("../../etc/passwd", "x"), "-..-etc-passwd x.pdf"),
        (("=R&<1>:*?\n",), "=R&-1----.pdf"),
        (("", " "), "report.pdf"),
        (("com¹",), "_com¹.pdf"),
        (("CON .1",), "_CON .1.pdf"),
        (("x" * 500,), "x" * 80 + ".pdf"),
    ],
)
def test_a_file_name_is_plain(parts, name):
    assert reporting.file_name(*parts) == name


@pytest.mark.slow
def test_a_thousand_commitments_are_no_trouble(workspace):
    lines: list[Commitment] = [replace(LINES[n % 11], key="", place="") for n in range(1_000)]
    made = reporting.contract_report(workspace, add_contract(workspace, lines=lines), MADE_ON)
    assert made.pages < 12  # most of them are the same, and told once


def test_a_signed_contract_says_when_it_was_signed_and_which_version_it_replaces():
    context = ReportContext(MADE_ON)
    first, second = date(2026, 3, 20), date(2026, 11, 20)
    assert reporting.of_version(context, [], is_signed=False) == context
    once = reporting.of_version(context, [first], is_signed=True)
    assert (once.signed_on, once.version_words) == (first, "1 of 20 March 2026.")
    twice = reporting.of_version(context, [first, second], is_signed=True)
    words = "2 of 20 November 2026. Replaces version 1 of 20 March 2026."
    assert (twice.signed_on, twice.version_words) == (second, words)
    again = reporting.of_version(context, [first], is_signed=False)
    words = "Draft of 22 November 2026. It would replace version 1 of 20 March 2026."
    assert (again.signed_on, again.version_words) == (None, words)
