"""The one reader of a table, in both dialects: a record or Problems with a path, never an exception, never a guess."""

from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.anything import SCALARS, json_values, values
from tomsapp.domain.facts import Fact
from tomsapp.domain.problems import Severity, Where
from tomsapp.reading.dialect import ATTACHED_FILES, MENU_FILES, SENT_FILES
from tomsapp.reading.fields import FieldReader


class Colour(Enum):
    RED = "red"
    GREEN = "green"


WHERE = Where(file="x")
EVERY_WAY = {
    "raw_text": lambda r: r.raw_text("a"),
    "text": lambda r: r.text("a", required=True),
    "typed_text": lambda r: r.typed_text("a", 3, required=True),
    "texts": lambda r: r.texts("a"),
    "code": lambda r: r.code("a"),
    "number": lambda r: r.number("a", required=True, most=Decimal(5)),
    "amount": lambda r: r.amount("a", required=True),
    "amounts": lambda r: r.amounts("a"),
    "share": lambda r: r.share("a"),
    "whole": lambda r: r.whole("a", 7, 1, 7),
    "count": lambda r: r.count("a", 1, 7),
    "flag": lambda r: r.flag("a"),
    "day": lambda r: r.day("a", required=True),
    "choice": lambda r: r.choice("a", Colour),
    "choices": lambda r: r.choices("a", Colour),
    "items": lambda r: r.items("a"),
    "table": lambda r: r.table("a", required=True),
    "tables": lambda r: [table.finish() for table in r.tables("a")],
    "peek": lambda r: r.peek("a"),
}
KINDS = {
    "raw_text": str, "text": str, "typed_text": str, "texts": tuple, "code": str, "number": Decimal, "amount": Decimal,
    "amounts": tuple, "share": Decimal, "whole": int, "count": int, "flag": bool, "day": date, "choice": Colour,
    "choices": tuple, "items": list, "table": FieldReader, "tables": list, "peek": str,
}  # fmt: skip


def read(way, contents, dialect=SENT_FILES):
    problems = []
    reader = FieldReader(contents, WHERE, problems, dialect=dialect)
    found = EVERY_WAY[way](reader)
    reader.finish()
    return found, problems


@pytest.mark.parametrize("dialect", [MENU_FILES, SENT_FILES], ids=["menu", "sent"])
@given(value=values | json_values, other=SCALARS)
def test_anything_is_a_value_of_its_kind_or_a_problem_with_its_path(dialect, value, other):
    for way, kind in KINDS.items():
        found, problems = read(way, {"a": value, "{aa}": other}, dialect)
        assert found is None or isinstance(found, kind)
        assert any(problem.code.startswith("unknown-") and problem.where.field == "{aa}" for problem in problems)
        for problem in problems:
            assert problem.where.file == "x"
            assert problem.where.field
            assert problem.message
            assert problem.fix
            assert problem.key.startswith(f"{problem.code}:")
        if value is not None and found is None:
            assert any(problem.where.field.startswith("a") for problem in problems)


@given(value=SCALARS)
def test_what_is_read_without_a_problem_is_what_stands_there(value):
    for way in ("number", "amount", "count", "day", "flag", "choice"):
        for dialect in (MENU_FILES, SENT_FILES):
            found, problems = read(way, {"a": value}, dialect)
            if not problems:
                stands = found.value if isinstance(found, Colour) else found
                assert str(stands) == str(value) or Decimal(str(value)) == stands


def test_nothing_is_told_of_where_it_is_missing():
    for way in ("text", "typed_text", "code", "number", "amount", "day", "choice", "table"):
        _, (problem,) = read(way, {}, MENU_FILES)
        assert (problem.code, problem.fix) == ("missing-key", "Add the line a = …")
        _, (problem,) = read(way, {"a": None})
        assert (problem.code, problem.message) == ("value-missing", "There is no a")
    for way in ("texts", "amounts", "share", "whole", "count", "flag", "choices", "items", "tables", "peek"):
        assert read(way, {}, MENU_FILES)[1] == []


@pytest.mark.parametrize(
    ("way", "value", "found"),
    [
        ("text", " a\n b ", "a b"),
        ("typed_text", "a\nb", "a\nb"),
        ("texts", ["a", "b"], ("a", "b")),
        ("code", "A-1", "A-1"),
        ("amount", "12.50", Decimal("12.50")),
        ("amounts", ["1", None, "0"], (Decimal(1), None, Decimal(0))),
        ("count", "3", 3),
        ("count", 3, 3),
        ("whole", 3, 3),
        ("flag", True, True),
        ("day", "2026-04-01", date(2026, 4, 1)),
        ("choice", "green", Colour.GREEN),
        ("choices", ["green", "red"], (Colour.GREEN, Colour.RED)),
        ("raw_text", "a\r\nb", "a\r\nb"),
    ],
)
def test_what_is_right_is_read(way, value, found):
    assert read(way, {"a": value}) == (found, [])


@pytest.mark.parametrize(
    ("way", "value", "dialect", "words"),
    [
        ("text", "", MENU_FILES, "x, a: The text is empty. Write the text between the quotes"),
        ("text", "a\u200bb", MENU_FILES, "x, a: The text has the invisible character U+200B"),
        ("typed_text", "abcd", SENT_FILES, "x, a: “a” has 4 characters. Shorten it to 3 characters"),
        ("typed_text", "a\x00", SENT_FILES, "x, a: “a” has characters that cannot be printed; they were left out"),
        ("code", "a b", MENU_FILES, "x, a: “a b” is not a code"),
        ("number", Decimal("0.00001"), MENU_FILES, "x, a: 0.00001 has more than 4 decimals. Round it to 4 decimals"),
        ("number", 6, MENU_FILES, "x, a: 6 is not from 0 to 5. Write a number from 0 to 5"),
        ("number", "6", MENU_FILES, "x, a: “a” is not a number without quotes. Write a number without quotes"),
        ("number", 10**12, MENU_FILES, "x, a: The number has more than 12 digits before the point"),
        ("amount", 5, MENU_FILES, "x, a: “a” is not a number in quotes. Write a number in quotes"),
        ("amount", 5, SENT_FILES, 'x, a: 5 is written as a JSON number. Put it in quotation marks: "5"'),
        ("amount", "1,000", SENT_FILES, "x, a: “1,000” is not a plain number"),
        ("amount", True, SENT_FILES, 'x, a: A number is missing here. Write it as text, for example "40"'),
        ("amount", None, SENT_FILES, 'x, a: There is no a. Add “a”, for example "1000000.00"'),
        ("amounts", ["1", "x"], SENT_FILES, "x, year 2, a: “x” is not a plain number"),
        ("amounts", 7, MENU_FILES, "x, a: “a” is not a list of numbers in quotes. Write a list of numbers in quotes"),
        ("count", 8, SENT_FILES, "x, a: “a” is not a whole number from 1 to 7. Write a whole number from 1 to 7"),
        ("count", "3", MENU_FILES, "x, a: “a” is not a whole number without quotes. Write a whole number"),
        ("count", 8, MENU_FILES, "x, a: 8 is not from 1 to 7. Write a number from 1 to 7"),
        ("flag", 1, SENT_FILES, "x, a: “a” is neither true nor false. Write true or false"),
        ("day", "2026-02-30", SENT_FILES, "x, a: “2026-02-30” is not a date. Write year, month and day: 2026-04-01"),
        ("day", 5, SENT_FILES, "x, a: “a” is not a date"),
        ("day", "2026-04-01", MENU_FILES, "x, a: “a” is not a date without quotes, such as 2026-04-01"),
        ("choice", "blue", SENT_FILES, "x, a: “blue” is not in the list. Use one of: red, green"),
        ("choice", "gren", SENT_FILES, "Did you mean “green”? Known are: red, green"),
        ("choices", ["red", "red"], MENU_FILES, "x, a: “red” stands in the list twice. Keep it once"),
        ("choices", ["blue"], MENU_FILES, "x, a: “blue” is not in the list. Use one of: red, green"),
        ("tables", {}, MENU_FILES, "x, a: “a” is not tables, each under [[a]]. Write tables, each under [[a]]"),
        ("tables", ["b"], SENT_FILES, "x, a: “a” is not an object. Put it in curly brackets"),
        ("tables", [{}, {"b": 1}], SENT_FILES, "x, a[2].b: “b” is not a name that an offer has; it was not read"),
        ("tables", [{}, {"b": 1}], MENU_FILES, "x, a 2, b: “b” is not a key here. Use one of: none"),
        ("items", "b", SENT_FILES, "x, a: “a” is not a list. Put it in square brackets"),
        ("items", "b", MENU_FILES, "x, a: “a” is not a list. Write a list"),
        ("table", 5, SENT_FILES, "x, a: “a” is not an object"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_to_write(way, value, dialect, words):
    _, (problem,) = read(way, {"a": value}, dialect)
    assert words in str(problem)


def test_an_unknown_key_is_an_error_in_what_we_keep_and_a_warning_in_what_others_send():
    _, (problem,) = read("text", {"a": "b", "aa": 1}, MENU_FILES)
    assert (problem.severity, problem.fix) == (Severity.ERROR, "Did you mean “a”? Known are: a")
    _, (problem,) = read("text", {"a": "b", "zz": 1})
    assert (problem.severity, problem.fix) == (Severity.WARNING, "Take it out")


def test_a_problem_is_known_by_its_place_whatever_the_table_is_called():
    problems = []
    top = FieldReader({"a": [{"b": {"c": 1}}]}, WHERE, problems, dialect=SENT_FILES)
    ((number, table),) = top.numbered_tables("a")
    table.name_it("", commitment=str(number), measure="S06")
    table.table("b").amount("c")
    (problem,) = problems
    assert problem.key == "number-not-text:a[1].b.c"
    assert (problem.where.commitment, problem.where.measure, problem.where.field) == ("1", "S06", "b.c")


def test_a_problem_of_a_kept_file_is_known_by_all_that_names_it():
    problems = []
    table = FieldReader({"a": {"b": 1}}, WHERE, problems).table("a")
    table.name_it("rule scope, ")
    table.text("b")
    assert [problem.key for problem in problems] == ["wrong-type:x, rule scope, b"]


def test_what_stands_under_a_key():
    reader = FieldReader({"a": {}, "b": 1, "c": True}, WHERE, [])
    assert (reader.has("a"), reader.has("z")) == (True, False)
    assert (reader.has_table("a"), reader.has_table("b")) == (True, False)
    assert (reader.has_number("b"), reader.has_number("c"), reader.has_number("z")) == (True, False, False)
    assert reader.free_keys() == ("a", "b", "c")
    reader.finish()


@given(st.text(max_size=2000), st.lists(st.text(max_size=30), max_size=5))
def test_a_long_unknown_word_is_told_shortly(word, known):
    contents = {"a": word} | dict.fromkeys(known, 1)
    for dialect in (MENU_FILES, SENT_FILES):
        for problem in read("choice", contents, dialect)[1]:
            assert len(problem.message) < 200


@pytest.mark.parametrize("dialect", [MENU_FILES, SENT_FILES])
def test_very_many_unknown_keys_are_told_as_a_number(dialect):
    problems = []
    reader = FieldReader(dict.fromkeys(map(str, range(90_000))), WHERE, problems, dialect=dialect)
    reader.text("colour")
    reader.finish()
    assert len(problems) == 101
    assert problems[-1].message == "89,900 more names are not known here"
    assert {problem.severity for problem in problems} == {dialect.unknown_severity}


NAME = Fact("name", "Name", most=5)


@pytest.mark.parametrize(
    ("dialect", "value", "read", "code"),
    [
        (SENT_FILES, "Roads", "Roads", ""),
        (SENT_FILES, "Bridges", "", "text-too-long"),
        (SENT_FILES, "A\nB", "", "text-unseen"),
        (SENT_FILES, 5, "", "not-text"),
        (SENT_FILES, "", "", ""),
        (ATTACHED_FILES, "A\nBridge", "A\nBridge", ""),
    ],
)
def test_line_is_held_to_what_a_form_takes_where_somebody_sent_it(dialect, value, read, code):
    found = []
    fields = FieldReader({"name": value}, Where(), found, dialect=dialect)
    assert fields.line("name", NAME) == read
    fields.finish()
    assert [problem.code for problem in found] == ([code] if code else [])


@pytest.mark.parametrize(("value", "read"), [("Roads", "Roads"), ("Bridges", "")])
def test_text_of_a_menu_file_is_held_to_the_form_too(value, read):
    found = []
    fields = FieldReader({"name": value}, Where(), found)
    assert fields.text("name", fact=NAME) == read
    assert [problem.code for problem in found] == ([] if read else ["text-too-long"])
