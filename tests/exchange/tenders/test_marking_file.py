"""The marking file: what is written is read again, and what was changed beside the cells to fill in is refused."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from tests.exchange.tenders.marking import (
    ANSWERS,
    DAY,
    LONG,
    PROPERTIES,
    STAMP,
    book_of,
    confirmed,
    form_of,
    given,
    read,
    row_of,
    typed,
)
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.tenders.marking_file import (
    CONFIRM,
    CONFIRM_ROW,
    CONFIRMED_ON,
    GUIDE,
    HEAD_ROW,
    MARKS,
    NO_CONFLICT,
    Head,
    StatedMark,
)
from tomsapp.exchange.tenders.marking_plain import marking_in, plain_marking
from tomsapp.exchange.tenders.marking_write import pieces, write_marking_file
from tomsapp.exchange.workbook_layout import STAMP as STAMP_SHEET
from tomsapp.room.frames import WrongForm

ALL = (given(0, 4), given(1, 5), given(2, 0, "No dates\nat all"), given(3, 3), confirmed())
COLUMNS = list(Head)


def said(data: bytes) -> list[str]:
    """What is wrong, with its place: "Marks E7: …"."""
    return [
        f"{each.where.sheet} {each.where.column}{each.where.row or ''}: {each.message}" for each in read(data).problems
    ]


def column(head: Head) -> int:
    return COLUMNS.index(head) + 1


# What is written is read


def test_marks_with_reasons_and_what_is_confirmed_are_read():
    found = read(book_of(form_of(), *ALL))
    assert found.stamp == STAMP
    assert found.marks == (
        StatedMark(11, 1, 4, "Names the groups"),
        StatedMark(11, 2, 5, "Names the groups"),
        StatedMark(12, 1, 0, "No dates\nat all"),
        StatedMark(12, 2, 3, "Names the groups"),
    )
    assert (found.has_no_conflict, found.confirmed_on, found.is_sent) == (True, DAY, True)
    assert found.answers[12, 2] == ANSWERS[3].sha256
    assert found.problems == ()
    assert marking_in(json.loads(json.dumps(plain_marking(found)))) == found


def test_a_file_that_was_just_made_says_what_was_given_so_far():
    bare = read(write_marking_file(form_of(), PROPERTIES))
    assert all(each.is_blank for each in bare.marks)
    assert (bare.has_no_conflict, bare.confirmed_on, bare.is_sent, bare.problems) == (False, None, False, ())
    one = StatedMark(11, 2, 5, "=Names")
    begun = read(write_marking_file(form_of(one, confirmed_on=DAY), replace(PROPERTIES, is_example=True)))
    assert begun.marks[1] == one
    assert (begun.has_no_conflict, begun.confirmed_on, begun.is_sent) == (True, DAY, False)
    assert marking_in(json.loads(json.dumps(plain_marking(bare)))) == bare


def test_a_long_answer_goes_on_in_rows_below_and_is_whole():
    book = openpyxl.load_workbook(io.BytesIO(book_of(form_of())))
    sheet = book[MARKS]
    first, after = row_of(sheet, 2), row_of(sheet, 3)
    assert after - first > 1
    texts = [sheet.cell(row, column(Head.ANSWER)).value for row in range(first, after)]
    assert " ".join(" ".join(texts).split()) == " ".join(LONG.split())
    assert all(sheet.row_dimensions[row].height <= 405 for row in range(first, after))
    assert pieces("") == [""]
    assert pieces("x" * 5_000) == ["x" * 2_304, "x" * 2_304, "x" * 392]


def test_what_people_wrote_is_no_formula_and_cells_to_fill_in_are_unlocked():
    book = openpyxl.load_workbook(io.BytesIO(book_of(form_of())))
    sheet = book[MARKS]
    row = row_of(sheet, 1)
    assert (sheet.cell(row, column(Head.ANSWER)).data_type, book[GUIDE]["C12"].value) == ("s", "=All of it")
    unlocked = {cell.column for cell in sheet[row] if not cell.protection.locked}
    assert unlocked == {column(Head.MARK), column(Head.REASON)}
    assert book[STAMP_SHEET].sheet_state == "veryHidden"


def test_rows_in_another_order_are_read():
    def turn(book):
        sheet = book[MARKS]
        first, last = row_of(sheet, 0), row_of(sheet, 3)
        for place in range(1, len(COLUMNS) + 1):
            one, other = sheet.cell(first, place), sheet.cell(last, place)
            one.value, other.value = other.value, one.value

    assert said(book_of(form_of(), *ALL, turn)) == []


# What is wrong


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (typed(0, Head.MARK, 6), "Marks E7: This is not a whole number from 0 to 5"),
        (typed(0, Head.MARK, -1), "Marks E7: This is not a whole number from 0 to 5"),
        (typed(0, Head.MARK, 3.5), "Marks E7: This is not a whole number from 0 to 5"),
        (typed(0, Head.MARK, "good"), "Marks E7: “good”:"),
        (typed(0, Head.MARK, "=2+2"), "Marks E7: A formula stands where a mark should be"),
        (typed(0, Head.MARK, None), "Marks E7: A reason has no mark"),
        (typed(0, Head.REASON, "  "), "Marks G7: A mark has no reason"),
        (typed(0, Head.REASON, "=1/0"), "Marks G7: The cell holds a formula"),
        (typed(0, Head.ANSWER, "We hold no days."), "Marks D7: The bidder, the question or the answer of this row"),
        (typed(0, Head.BIDDER, "Meridian"), "Marks D7: The bidder, the question or the answer of this row"),
        (typed(0, Head.KEY, "99.1"), "Marks I7: The row is none of the answers of this file"),
        (typed(0, Head.KEY, "x"), "Marks I7: The row is none of the answers of this file"),
        (typed(0, Head.KEY, "12.1"), "Marks 9: The row is the same answer as row 7"),
        (typed(0, Head.KEY, None), "Marks E7: Something is filled in beside the rows of the answers"),
        (confirmed(clear="Maybe"), "Confirm B5: It says neither Yes nor nothing"),
        (confirmed(clear="=1/0"), "Confirm B5: The cell holds a formula that was never worked out"),
        (confirmed(sent="=1/0"), "Confirm B7: The cell holds a formula that was never worked out"),
        (confirmed(day="=1/0"), "Confirm B6: The cell holds a formula that was never worked out"),
        (confirmed(day=None), "Confirm B6: The day is missing on which it was confirmed"),
        (confirmed(day="soon"), "Confirm B6: “soon” is not a day"),
        (confirmed(day="3/13/2027 and 1"), "Confirm B6: "),
    ],
)
def test_what_is_wrong_is_said_with_sheet_row_and_column(change, told):
    found = said(book_of(form_of(), *ALL, change))
    assert any(each.startswith(told) for each in found), found


def test_a_row_that_was_cut_out_and_lines_that_are_gone_are_told():
    def cut(book):
        sheet = book[MARKS]
        sheet.delete_rows(row_of(sheet, 3))
        for row in (CONFIRM_ROW + 1, CONFIRM_ROW + 2, CONFIRM_ROW + 3):
            book[CONFIRM].cell(row, 1).value = "Something else"

    assert said(book_of(form_of(), *ALL, cut)) == [
        "Marks : The row of question 2 of a bid was cut out of the sheet",
        f"Confirm : The line “{NO_CONFLICT.rstrip('.')}” is not there any more",
        f"Confirm : The line “{CONFIRMED_ON}” is not there any more",
        "Confirm : The line “These are my marks, and I send them” is not there any more",
    ]


def test_no_is_no_confirmation_and_a_day_may_be_typed():
    found = read(book_of(form_of(), confirmed(clear="no", day="26 January 2027", sent="No")))
    assert (found.has_no_conflict, found.confirmed_on, found.is_sent) == (False, date(2027, 1, 26), False)
    assert found.problems == ()


# What is refused


def renamed(book):
    book[MARKS].title = "Sheet1"


def without_head(book):
    book[MARKS].cell(HEAD_ROW + 1, column(Head.REASON)).value = "Why"


def without_heads(book):
    for place in range(1, len(COLUMNS) + 1):
        book[MARKS].cell(HEAD_ROW + 1, place).value = None


def stamped(name: str, value: str):
    def change(book):
        for row in book[STAMP_SHEET].iter_rows(max_col=2):
            if row[0].value == name:
                row[1].value = value

    return change


def other_answer(book):
    book[STAMP_SHEET]["G2"].value = "e9" * 32


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (renamed, "marks.xlsx has no sheet “Marks”, only “Read me”, “Sheet1”"),
        (lambda book: book.remove(book[CONFIRM]), "marks.xlsx has no sheet “Confirm”"),
        (lambda book: book.remove(book[STAMP_SHEET]), "marks.xlsx is no marking file"),
        (without_head, "sheet Marks, row 6, has no column “Fill in: why this mark”"),
        (without_heads, "sheet Marks, has no row of heads"),
        (stamped("format", "tomsapp-return-1"), "marks.xlsx is no marking file"),
        (stamped("format", "tomsapp-marking-9"), "made by a later version"),
        (stamped("evaluator_id", "4"), "The hidden sheet of marks.xlsx was changed"),
        (stamped("seal", "0"), "The hidden sheet of marks.xlsx was changed"),
        (other_answer, "The hidden sheet of marks.xlsx was changed"),
    ],
)
def test_what_is_no_marking_file_any_more_is_refused(change, told):
    with pytest.raises(OfferUnreadable) as refused:
        read(book_of(form_of(), *ALL, change))
    assert told in refused.value.message
    assert refused.value.fix


def test_a_hidden_sheet_that_was_sealed_anew_with_nonsense_is_refused(monkeypatch):
    monkeypatch.setattr("tomsapp.exchange.tenders.marking_read.seal_of", lambda *_: STAMP.database)
    for name, value in (("seal", STAMP.database), ("tender_id", "seven"), ("made", "soon")):
        data = book_of(form_of(), stamped("seal", STAMP.database), stamped(name, value))
        if name == "seal":
            assert read(data).stamp == STAMP
        else:
            with pytest.raises(OfferUnreadable, match="was changed"):
                read(data)


def test_a_file_with_macros_is_refused():
    file = io.BytesIO(book_of(form_of(), *ALL))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(OfferUnreadable, match="has macros"):
        read(file.getvalue())


# Out of the locked room


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: plain.pop("marks"),
        lambda plain: plain.update(stamp=[1]),
        lambda plain: plain["stamp"].__setitem__(6, "soon"),
        lambda plain: plain.update(confirmed=[True, "soon", True]),
        lambda plain: plain["marks"][0].__setitem__(2, 6),
        lambda plain: plain["marks"][0].__setitem__(2, "4"),
        lambda plain: plain["marks"][0].__setitem__(3, 4),
        lambda plain: plain["marks"][0].__setitem__(0, True),
        lambda plain: plain.update(rows=7),
        lambda plain: plain.update(file="x" * 40_001),
    ],
)
def test_what_the_room_hands_out_is_checked(spoil):
    plain = json.loads(json.dumps(plain_marking(read(book_of(form_of(), *ALL)))))
    spoil(plain)
    with pytest.raises(WrongForm):
        marking_in(plain)
