"""An edition as a table for spreadsheets."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.menufiles.sample import sample_texts
from tomsapp.domain.errors import MenuError
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.export import HEADS, edition_csv, edition_rows, guarded
from tomsapp.menufiles.files import write_whole
from tomsapp.reading.held import hold, let_go


def edition_of(*changes):
    built = build_edition(sample_texts(*changes))
    assert built.edition is not None, built.problems
    return built.edition


def test_each_unit_value_has_a_row():
    rows = [dict(zip(HEADS, row, strict=True)) for row in edition_rows(edition_of())]
    assert [(row["Measure"], row["Delivery year"], row["Unit value"]) for row in rows] == [
        ("J01", "", "20202.72"), ("J02", "", ""), ("G01", "2026", "306.32"), ("G01", "2027", "310.97"),
        ("V01", "", "1.00"),
    ]  # fmt: skip
    job, accredited, carbon, *_ = rows
    assert job["How it was made"] == "£14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72"
    assert (job["Source"], job["Address"], job["Low"]) == (
        "Unit Cost Database", "https://www.greatermanchester-ca.gov.uk/ucd", "13828.01",
    )  # fmt: skip
    assert (job["What counts"], job["Review due"], job["Real pounds"]) == ("A job of 12 months.", "2027-03-31", "no")
    assert (accredited["Source"], accredited["Evidence"]) == ("", "The certificate.")
    assert (carbon["High"], carbon["For each"]) == ("459.48", "tonne")


def test_row_says_when_a_unit_is_earned_and_what_shows_it():
    keys = 'evidence_months = 12\nevidence_if_later = "The signed contract."\nequality_group = "carers"\n'
    added = f'earned = "at_start"\n{keys}small_example = "A firm of five enters 1."\nreview_due = 2027-03-31'
    row = dict(zip(HEADS, edition_rows(edition_of(("review_due = 2027-03-31", added)))[0], strict=True))
    assert [row[head] for head in ("Earned", "For", "Evidence months", "Evidence if later", "Small example")] == [
        "at start", "carers", "12", "The signed contract.", "A firm of five enters 1.",
    ]  # fmt: skip


def test_csv_reads_back_and_starts_with_a_byte_order_mark():
    data = edition_csv(edition_of())
    assert data.startswith(b"\xef\xbb\xbfTheme number,")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert read == [list(HEADS), *(list(row) for row in edition_rows(edition_of()))]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@cell", "\t=1", "\r=1"])
def test_text_that_looks_like_a_formula_is_guarded(text):
    assert guarded(text) == f"'{text}"


@given(st.text(max_size=20))
def test_no_cell_starts_like_a_formula(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_user_text_of_every_column_is_guarded():
    rows = edition_rows(
        edition_of(
            ('title = "Resident into work"', 'title = "=HYPERLINK(1)"'),
            ('"Earnings of £14,044 plus £566."', '"=1"'),
            ('["A job of 12 months."]', '["=2"]'),
            ('title = "Fair work"', 'title = "@x"'),
        )
    )
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@"))]
    assert rows[0][HEADS.index("Title")] == "'=HYPERLINK(1)"


def test_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "menu.csv"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("menu.csv", b"two")]
    with pytest.raises(MenuError, match=r"menu\.csv cannot be written") as caught:
        write_whole(tmp_path / "none" / "menu.csv", b"")
    assert "the file is not open" in caught.value.fix


def test_database_that_is_open_is_never_replaced(tmp_path):
    path, other_name = tmp_path / "council.csv", tmp_path / "same.csv"
    path.write_bytes(b"rows")
    other_name.hardlink_to(path)
    held = hold(path)
    try:
        for name in (path, other_name):
            with pytest.raises(MenuError, match=r"is the database that is open, and was not replaced") as caught:
                write_whole(name, b"table")
            assert caught.value.fix == "Choose another name"
    finally:
        let_go(held)
    assert path.read_bytes() == b"rows"
    write_whole(path, b"table")
    assert path.read_bytes() == b"table"
