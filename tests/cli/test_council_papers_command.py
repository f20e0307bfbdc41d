"""`tomsapp papers`: each of the council's own papers as PDF and as Word file."""

from datetime import date

import pytest
from docx import Document

from tests.services.council import open_as, promise, set_area, shipped
from tests.services.deliveries import begin_signed
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.saved_view import OverviewView
from tomsapp.services import databases
from tomsapp.services.overview import Filters
from tomsapp.services.saved_views import SAVED_VIEWS, view_of

REASON = "Unit prices of a live procurement would be known"
UNTIL = ("--until", "2026-09-30")


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.db"
    databases.make_database(path, shipped(), "Ann", "Larkmere Council").close()
    ann = open_as(path, "Ann")
    set_area(ann)
    begin_signed(ann, promise("V01", "100", "100", place="X01"), promise("V04", "40", "40"))
    ann.close()
    return path


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (("committee",), "Social value delivered, until 30 September 2026"),
        (("performance",), "Social value performance, until 30 September 2026"),
        (("ward", "Brackwater"), "Brackwater ward, what was promised, what came"),
        (("foi", "C1"), "Answer to a request for information, C1"),
        (("kpi", "C1", "--measure", "V04"), "Facts for the public notice, C1"),
        (("award", "C1"), "Social value, paragraph for the award report on C1"),
    ],
)
def test_a_paper_is_written_as_both_files(call, council, tmp_path, asked, name):
    kind, *rest = asked
    until = () if kind == "award" else UNTIL
    made = call("papers", kind, council, *rest, *until, "-o", tmp_path)
    assert (made.status, made.err) == (0, "")
    assert made.out.endswith(f"is in {tmp_path / name}.pdf and {tmp_path / name}.docx.\n")
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    heading = Document(str(tmp_path / f"{name}.docx")).paragraphs[0]
    assert (heading.style.name, heading.text.replace(":", ",")) == ("Heading 1", name)


def test_what_is_withheld_is_said_with_its_section_and_reason(call, council, tmp_path):
    said = ("--withhold", "cost", "43", REASON, "--request", "FOI-77")
    made = call("papers", "foi", council, "C1", *UNTIL, *said, "-o", tmp_path)
    assert made.status == 0
    document = Document(str(tmp_path / "Answer to a request for information, C1.docx"))
    assert any(REASON in paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("said", [("price", "43", REASON), ("cost", "12", REASON), ("cost", "43", "No")])
def test_what_is_withheld_wrongly_is_refused(call, council, tmp_path, said):
    made = call("papers", "foi", council, "C1", *UNTIL, "--withhold", *said, "-o", tmp_path)
    assert made.status == 2
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_report_is_of_a_saved_view_to_the_day_that_it_keeps(call, council, tmp_path):
    ann = open_as(council, "Ann")
    wards = Filters(keys={Grouping.WARD: frozenset({"X01"})})
    SAVED_VIEWS.add(ann, view_of("Brackwater", OverviewView.DELIVERY, wards, date(2026, 6, 30)))
    ann.close()
    made = call("papers", "committee", council, "--view", "brackwater", "-o", tmp_path)
    assert (made.status, made.err) == (0, "")
    name = "Social value delivered, until 30 June 2026, Brackwater"
    said = [paragraph.text for paragraph in Document(str(tmp_path / f"{name}.docx")).paragraphs]
    assert "Saved view “Brackwater”. Only a part of what the council has: Ward Brackwater." in said
    missing = call("papers", "performance", council, "--view", "Nowhere", "-o", tmp_path)
    assert (missing.status, "There is no saved view called Nowhere" in missing.err) == (2, True)


def test_a_ward_that_is_not_there(call, council):
    assert "There is no ward Nowhere" in call("papers", "ward", council, "Nowhere").err
