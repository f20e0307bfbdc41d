"""The portal's times are read from its export, put beside the receipts, and saved together."""

from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from tests.exchange.books import saved as saved_book
from tests.services.tenders.build import opened
from tests.services.tenders.offers import CALDER, DAY, LAMP, issued_tender, saved
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.portal_head import PortalUse
from tomsapp.services.tenders.found_files import FoundFile
from tomsapp.services.tenders.portal_times import PORTAL, match_export, take_times
from tomsapp.services.tenders.receipt_saving import save_receipt
from tomsapp.services.tenders.receipts import list_receipts
from tomsapp.services.tenders.receiving import receive
from tomsapp.services.tenders.sheet_rows import RowState, open_sheets

here = pytest.mark.parametrize("server", ["sqlite"])
FILE, BIDDER, WHEN, TIME, LOT, ZONE = PortalUse


@pytest.fixture
def received(ann, tmp_path, monkeypatch):
    """Two offers of Calder with one name, one of Lamp with a price list in its folder."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    page = issued_tender(ann)
    files = [
        FoundFile("offer.tomsoffer", saved(ann, page, statements={1: "First."})),
        FoundFile("offer.tomsoffer", saved(ann, page)),
        FoundFile("Lamp Ltd/offer.xlsx", saved(ann, page, LAMP), "Lamp Ltd"),
        FoundFile("Lamp Ltd/prices.pdf", b"%PDF-1.7", "Lamp Ltd"),
    ]
    receive(ann, page, files)
    return opened(ann, page.id)


def export(ann, tmp_path, text, name="portal.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (sheet,) = open_sheets(ann, PORTAL, path)
    return sheet


def states(matched):
    return [each.state for each in matched.rows]


@here
def test_rows_are_put_beside_receipts_and_saved_together(ann, received, tmp_path):
    found = export(
        ann,
        tmp_path,
        "Supplier,File name,Date received\n"
        f"{CALDER.name},offer.tomsoffer,22/01/2027 13:00\n"
        f"{CALDER.name},offer.tomsoffer,21/01/2027 09:00\n"
        "LAMP LTD,offer.xlsx,20/01/2027 10:00:30\n"
        "Moor,offer.xlsx,20/01/2027 10:00\n"
        "Lamp Ltd,prices.pdf,soon\n",
    )
    assert (found.is_known, found.columns) == (False, {BIDDER: 0, FILE: 1, WHEN: 2})
    matched = match_export(ann, received.id, found, found.columns)
    assert [each.words for each in matched.rows] == [
        "Receipt 2 gets this time",
        "Receipt 1 gets this time",
        "Receipt 3 gets this time",
        "No receipt fits",
        "It has no day that can be read",
    ]
    assert states(matched)[:4] == [RowState.NEW, RowState.NEW, RowState.NEW, RowState.NONE]
    done = take_times(ann, received.id, found, found.columns, matched)
    assert len(done.result) == 3
    assert [each.judged.words for each in list_receipts(ann, received.id)][:3] == [
        "Counts",
        "Late by 1 h. Does not count",
        "Counts",
    ]
    again = match_export(ann, received.id, found, found.columns)
    assert states(again)[:3] == [RowState.SAME] * 3
    assert again.rows[0].words == "Receipt 2 has this time"
    assert take_times(ann, received.id, found, found.columns, again).edit is None


@here
def test_a_row_of_a_bidder_is_about_all_that_it_sent(ann, received, tmp_path):
    found = export(
        ann, tmp_path, "Supplier,Submitted\nLamp Ltd,20/01/2027 10:00\nCalder Clean Cooperative,21/01/2027 9:00\n"
    )
    matched = match_export(ann, received.id, found, found.columns)
    assert [each.words for each in matched.rows] == [
        "Each of receipts 3 and 4 gets this time",
        "Each of receipts 1 and 2 gets this time",
    ]
    twice = export(ann, tmp_path, "Supplier,Submitted\nLamp Ltd,20/01/2027 10:00\nLamp Ltd,21/01/2027 9:00\n")
    unsure = match_export(ann, received.id, twice, twice.columns)
    assert states(unsure) == [RowState.SEVERAL] * 2
    assert unsure.rows[0].told == "It may be receipt 3 or 4. Type the time in the receipt"
    assert unsure.said == ()


@here
def test_a_time_that_is_known_and_another_is_told(ann, received, tmp_path):
    one = list_receipts(ann, received.id)[2]
    save_receipt(ann, received.id, one.stored, replace(one.stored.record, portal_on=DAY, portal_time="11:00"))
    found = export(ann, tmp_path, "File,Received\noffer.xlsx,22/01/2027 11:30\noffer.tomsoffer,22/01/2027 09:00\n")
    matched = match_export(ann, received.id, found, found.columns)
    assert matched.rows[0].told == "Receipt 3. It was 22 January 2027, 11:00:00"
    assert matched.rows[0].state is RowState.OTHER
    assert matched.rows[1].state is RowState.SEVERAL, "two files of this name, and one row"
    take_times(ann, received.id, found, found.columns, matched)
    assert list_receipts(ann, received.id)[2].stored.record.portal_time == "11:30:00"


@here
def test_what_was_said_of_the_columns_is_remembered(ann, received, tmp_path):
    text = "Wer|Datei|Wann\nLamp Ltd|offer.xlsx|01/20/2027 10:00\n"
    found = export(ann, tmp_path, text)
    assert found.columns == {}
    nothing = match_export(ann, received.id, found, found.columns)
    assert (nothing.rows, nothing.is_read) == ((), False)
    columns = {BIDDER: 0, FILE: 1, WHEN: 2}
    matched = match_export(ann, received.id, found, columns)
    assert matched.note == "Month first in its days: look at them"
    take_times(ann, received.id, found, columns, matched)
    assert list_receipts(ann, received.id)[2].stored.record.portal_on == date(2027, 1, 20)
    again = export(ann, tmp_path, text, "next.csv")
    assert (again.is_known, again.columns) == (True, columns)


@here
def test_a_time_that_the_clocks_leave_out_and_a_file_that_is_no_table_are_refused(ann, received, tmp_path):
    found = export(ann, tmp_path, "Supplier,Submitted\nLamp Ltd,28/03/2027 01:30\n")
    (row,) = match_export(ann, received.id, found, found.columns).rows
    told = "It does not exist, as the clocks go forward then. Enter another time"
    assert (row.state, row.told) == (RowState.UNREADABLE, told)
    with pytest.raises(OfferUnreadable, match="has no table with a head"):
        export(ann, tmp_path, "alone\n")
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    with pytest.raises(OfferUnreadable):
        open_sheets(ann, PORTAL, pdf)


@here
def test_a_file_under_another_name_is_found_by_its_bidder(ann, received, tmp_path):
    found = export(
        ann,
        tmp_path,
        "Supplier,File,Submitted date,Submitted time\n"
        "Lamp Ltd,prices.pdf,20/01/2027,10:00\n"
        "Lamp Ltd,Tender response v3.xlsx,20/01/2027,10:05\n"
        f"{CALDER.name},Our bid.tomsoffer,20/01/2027,11:00\n",
    )
    assert found.columns == {BIDDER: 0, FILE: 1, WHEN: 2, TIME: 3}
    matched = match_export(ann, received.id, found, found.columns)
    assert [each.words for each in matched.rows] == [
        "Receipt 4 gets this time",
        "Receipt 3 gets this time",
        "It may be receipt 1 or 2",
    ]
    assert matched.rows[1].more == "It is all that is left of Lamp Ltd: Lamp Ltd/offer.xlsx"
    take_times(ann, received.id, found, found.columns, matched)
    assert list_receipts(ann, received.id)[2].stored.record.portal_time == "10:05:00"


@here
def test_of_two_rows_that_one_file_may_be_about_none_is_taken(ann, received, tmp_path):
    text = "Supplier,File,Submitted\nLamp Ltd,prices.pdf,20/01/2027 10:00\nLamp Ltd,a.doc,20/01/2027 10:01\n"
    found = export(ann, tmp_path, f"{text}Lamp Ltd,b.doc,20/01/2027 10:02\n")
    matched = match_export(ann, received.id, found, found.columns)
    assert states(matched) == [RowState.NEW, RowState.SEVERAL, RowState.SEVERAL]


@here
def test_the_lot_tells_which_of_the_files_of_a_bidder_it_is(ann, received, tmp_path):
    text = f"Supplier,Lot,File,Submitted\n{CALDER.name},2,offer.tomsoffer,20/01/2027 10:00\n"
    found = export(ann, tmp_path, text)
    assert found.columns[LOT] == 1
    assert states(match_export(ann, received.id, found, found.columns)) == [RowState.NONE], "both are for lot 1"
    found = export(ann, tmp_path, text.replace(",2,", ",Lot 1,"))
    assert states(match_export(ann, received.id, found, found.columns)) == [RowState.SEVERAL]


@here
def test_a_time_in_utc_is_told_in_the_tenders_zone_and_the_preview_says_so(ann, received, tmp_path):
    # The deadline is 12:00; in winter UTC and the clock of the United Kingdom are one, and an hour ahead is not.
    head = "Supplier,File,Received (UTC-01:00)"
    found = export(ann, tmp_path, f"{head}\nLamp Ltd,offer.xlsx,22/01/2027 11:30\n")
    matched = match_export(ann, received.id, found, found.columns)
    assert matched.taken == (
        "“Supplier” (column A) is taken as “Bidder”, “File” (column B) is taken as “Name of the file”, "
        "“Received (UTC-01:00)” (column C) is taken as “Day, with its time”. "
        "It states “UTC-01:00” for its times, and they are told here in UK time"
    )
    take_times(ann, received.id, found, found.columns, matched)
    assert list_receipts(ann, received.id)[2].judged.words == "Late by 30 min. Does not count"
    plain = export(ann, tmp_path, "Supplier,File,Received\nLamp Ltd,offer.xlsx,22/01/2027 11:30\n")
    told = match_export(ann, received.id, plain, plain.columns).taken
    assert told.endswith("It states no time zone for all of them: a time without one is read in UK time")


@here
def test_a_zone_that_is_not_known_refuses_every_row(ann, received, tmp_path):
    found = export(ann, tmp_path, "Supplier,Wann (MEZ)\nLamp Ltd,20/01/2027 10:00\nLamp Ltd,soon\n")
    matched = match_export(ann, received.id, found, {BIDDER: 0, WHEN: 1})
    assert states(matched) == [RowState.UNREADABLE] * 2
    assert matched.rows[0].told == (
        "It names the time zone “MEZ”, which is not known. "
        "Write UTC or UK time in the list, whichever it is, or type the times in the receipts"
    )


@here
def test_of_two_columns_of_days_a_person_chooses(ann, received, tmp_path):
    found = export(
        ann,
        tmp_path,
        "Supplier,Deadline,Received,Submitted\nLamp Ltd,22/01/2027 12:00,22/01/2027 12:30,22/01/2027 11:59\n",
    )
    assert found.columns == {BIDDER: 0}
    asked = match_export(ann, received.id, found, found.columns)
    words = "“Received” (column C) and “Submitted” (column D) may each be “Day, with its time”, and none is taken"
    assert (asked.note, asked.is_read) == (words, False)
    chosen = {**found.columns, WHEN: 2}
    matched = match_export(ann, received.id, found, chosen)
    assert (matched.note, matched.is_read) == ("", True)
    take_times(ann, received.id, found, chosen, matched)
    text = "Supplier,Deadline,Received,Submitted\nLamp Ltd,22/01/2027 12:00,22/01/2027 12:30,22/01/2027 11:59\n"
    again = export(ann, tmp_path, text, "next.csv")
    assert (again.unsure, again.columns) == ({}, chosen), "it is not asked again"


@here
def test_a_column_in_which_every_time_is_the_deadline_is_warned_of(ann, received, tmp_path):
    line = "22/01/2027 12:00\n"
    found = export(ann, tmp_path, f"Supplier,Date\nLamp Ltd,{line}{CALDER.name},{line}")
    words = "All its times are the deadline itself: look whether this column tells when they came"
    assert match_export(ann, received.id, found, found.columns).note == words
    other = export(ann, tmp_path, f"Supplier,Date\nLamp Ltd,{line}{CALDER.name},22/01/2027 11:59\n")
    assert match_export(ann, received.id, other, other.columns).note == ""


@here
def test_a_workbook_says_a_zone_in_its_format_and_no_time_by_a_day_alone(ann, received, tmp_path):
    book = openpyxl.Workbook()
    moment = datetime(2027, 1, 22, 11, 30)  # noqa: DTZ001
    for row in (("File", "Received"), ("offer.xlsx", moment), ("prices.pdf", moment.replace(hour=0, minute=0))):
        book.active.append(row)
    book.active["B2"].number_format = 'dd/mm/yyyy hh:mm "UTC-01:00"'
    book.active["B3"].number_format = "dd/mm/yyyy"
    path = tmp_path / "portal.xlsx"
    path.write_bytes(saved_book(book))
    (found,) = open_sheets(ann, PORTAL, path)
    zoned, day = match_export(ann, received.id, found, found.columns).rows
    assert (zoned.state, zoned.row.time) == (RowState.NEW, "12:30:00")
    assert day.told == "It has no time of day that can be read. Choose the column of the time"
