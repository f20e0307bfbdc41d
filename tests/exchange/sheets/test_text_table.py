"""A table in text is read whatever program wrote it: encodings, separators, quotation marks, and what was pasted."""

import pytest

from tomsapp.domain.typed_numbers import Convention
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets.opening import open_table
from tomsapp.exchange.sheets.text_table import pasted_table, separator_of

TEXT = "Code,Year 1,Statement\r\nS08,40,Café £5\r\n"
ROWS = [["Code", "Year 1", "Statement"], ["S08", "40", "Café £5"]]


def grid_of(text):
    data = text if isinstance(text, bytes) else text.encode()
    (grid,) = open_table(data, "offer.csv").sheets
    return grid


def cells(grid):
    return [[row.cell(column).text for column in range(max(row.cells, default=-1) + 1)] for row in grid.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(encoding):
    assert cells(grid_of(TEXT.encode(encoding))) == ROWS


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_with_its_mark_is_read(mark):
    codec = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert cells(grid_of(mark + TEXT.encode(codec))) == ROWS


def test_only_a_guessed_encoding_is_told():
    told = [problem.code for problem in open_table(TEXT.encode("cp1252"), "offer.csv").problems]
    assert told == ["encoding-guessed"]
    assert open_table(TEXT.encode("utf-16"), "offer.csv").problems == ()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8", b"Code,\x81\n", b"\xef\xbb\xbf\xff,a", b"Code,\xe9\x01\n"])
def test_what_is_in_no_encoding_is_refused(data):
    with pytest.raises(OfferUnreadable, match=r"offer.csv is in no encoding of text that is known"):
        open_table(data, "offer.csv")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_is_found(separator):
    assert cells(grid_of(TEXT.replace(",", separator))) == ROWS


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Code;Year 1;Year 2\nS08;1,5;2,5\nS09;1,5;3", ";"),
        ("Code,Statement\nS08,One; two; three\nS09,Four; five; six\n", ","),
        ("Offer of Hartwell; Ltd; London\n\nCode,Year 1\nS08,40\nS09,4\n", ","),
        ("Code\tYear 1 (Apr, May)\nS08\t1,000\nS09\t2,000\n", "\t"),
        ("Code,How\nS08,a|b\nS09,c|d|e\n", ","),
        ('Code;How\nS08;"a, b\n c, d"\n', ";"),
        ('Code;How\nS08;"a, b\n c, d\n e, f"\nS09;"g, h\n i, j"\n', ";"),
        ('Code,A,B,C\nS08,1\nS09,1,2\nS10,1,2,"x;y"\nS11,1,2,3,z;z\n', ","),
    ],
)
def test_the_separator_is_what_parts_the_rows_most_evenly(text, separator):
    assert separator_of(text) == separator


@pytest.mark.parametrize("sign", [";", "|", "^"])
def test_a_separator_that_is_named_in_the_first_line_is_taken(sign):
    grid = grid_of(f"sep={sign}\r\nCode{sign}How, and why\r\nS08{sign}a, b, c\r\n")
    assert cells(grid) == [["Code", "How, and why"], ["S08", "a, b, c"]]


@pytest.mark.parametrize("text", ["only words", "", "x" * 200_000])
def test_what_has_no_separator_is_one_column(text):
    assert text.split(separator_of(text)) == [text]


def test_a_decimal_comma_may_stand_where_semicolons_part():
    assert grid_of("Code;Year 1\nS08;1,5\n").usual is Convention.UNKNOWN
    assert grid_of(TEXT).usual is Convention.POINT


def test_line_ends_in_quotation_marks_stay_in_their_cell():
    grid = grid_of('Code,How\r\nS08,"One\nTwo"\r\n,\r\nS09,x\r\n')
    assert cells(grid) == [["Code", "How"], ["S08", "One\nTwo"], [], ["S09", "x"]]
    assert [row.width for row in grid.rows] == [2, 2, 2, 2]


def test_the_text_is_kept_as_typed_and_the_value_without_its_guard():
    cell = grid_of("Code,How\nS08,'=1+1\n").rows[1].cell(1)
    assert (cell.value, cell.text) == ("=1+1", "'=1+1")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Code,Year 1\n"S08', "is not complete CSV"),
        ("Code,Year 1\n" + "S08,1\n" * 5_100, "has more than 5,100 rows"),
        ("Code,Year 1\n" + "S08" + "," * 300_000, "has more than 300,000 cells"),
        ("Code,Year 1\nS08," + "x" * 40_000, "has a text of more than 32,767 characters"),
    ],
)
def test_what_is_too_much_or_not_whole_is_refused(text, words):
    with pytest.raises(OfferUnreadable, match=words):
        grid_of(text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # As Excel and LibreOffice copy it: quotation marks around a cell with a line end.
        ('Code\tHow\r\nS08\t"One\nTwo ""x"""\r\n', [["Code", "How"], ["S08", 'One\nTwo "x"']]),
        # As a letter or web page gives it: quotation marks as they stand.
        ('Code\tHow\r\nS08\t"Quick" wins\rS09\tx', [["Code", "How"], ["S08", '"Quick" wins'], ["S09", "x"]]),
        ('Code\tSize\nS08\t12" pipe\n', [["Code", "Size"], ["S08", '12" pipe']]),
        # A line end inside a cell of a letter.
        ("Code\tHow\nS08\tone\x0btwo\n", [["Code", "How"], ["S08", "one\x0btwo"]]),
        ("Code,Year 1\nS08,40\n", [["Code", "Year 1"], ["S08", "40"]]),
        ("Code\x07\tYear 1\n", [["Code", "Year 1"]]),
    ],
)
def test_what_is_pasted_is_parted_by_tabs_else_by_what_it_has(text, rows):
    (grid,) = pasted_table(text).sheets
    assert [row for row in cells(grid) if row] == rows
    assert {row.width for row in grid.rows} == {None}


@pytest.mark.parametrize(("text", "words"), [(" \n", "is empty"), ("a\t" * 10_000_001, "is too much")])
def test_nothing_or_too_much_pasted_is_refused(text, words):
    with pytest.raises(OfferUnreadable, match=f"What was pasted {words}"):
        pasted_table(text)
