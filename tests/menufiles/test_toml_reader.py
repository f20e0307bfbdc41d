"""Bytes in, plain values out; what cannot be read is a Problem with its line."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.menufiles import toml_reader
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.toml_reader import decode, parse, read_bytes


def problem_of(call, *arguments):
    with pytest.raises(MenuFileError) as caught:
        call(*arguments)
    (problem,) = caught.value.problems
    return problem


def test_numbers_are_exact_and_dates_are_dates():
    assert parse("a = 1_000.10\nb = 2026-04-01\nc = 3", "x.toml") == {
        "a": Decimal("1000.10"),
        "b": date(2026, 4, 1),
        "c": 3,
    }


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**11), max_value=10**11))
def test_every_decimal_comes_back_exactly(number):
    assert parse(f"a = {number:.4f}", "x.toml") == {"a": number}


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters='"\\'), max_size=40))
def test_every_text_comes_back(text):
    assert parse(decode(f'a = "{text}"'.encode(), "x.toml"), "x.toml") == {"a": text}


@given(st.binary(max_size=200))
def test_any_bytes_give_values_or_problems(data):
    found = []
    try:
        parse(decode(data, "x.toml"), "x.toml")
    except MenuFileError as error:
        found.extend(error.problems)
    assert all(problem.where.file == "x.toml" and problem.fix for problem in found)


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("a = 1\nb = [1,", "invalid-toml", 2, "This line is not valid TOML: Invalid value"),
        ("a = 1\nb ! 2\n", "invalid-toml", 2, "This line is not valid TOML: Expected '='"),
        ("a = 1\na = 2\nb = 3", "duplicate-key", 2, "This line gives a key or table that stands above already"),
        ("a = 1\na = 2\n", "duplicate-key", 2, "This line gives"),
        ("[a]\n[a]\n", "duplicate-key", 2, "This line gives"),
        ("a = {b=1, b=2}\n", "duplicate-key", 1, "This line gives"),
        ("a = 2026-13-45\n", "invalid-toml", 1, "This line is not valid TOML"),
        ("a = " + "9" * 5000, "invalid-toml", None, "The file is not valid TOML: A number is too large"),
        ("a = 1e99999999999999999999", "invalid-toml", None, "The file is not valid TOML: A number is too large"),
        ("a = " + "[" * 5000, "invalid-toml", None, "too deep"),
    ],
)
def test_invalid_toml_names_the_line(text, code, line, words):
    problem = problem_of(parse, text, "x.toml")
    assert (problem.code, problem.where.file) == (code, "x.toml")
    assert problem.where.field == (f"line {line}" if line else "")
    assert words in problem.message
    assert problem.fix


def test_bytes_that_are_not_utf8_are_named():
    problem = problem_of(decode, b"a = 1\nb = 'caf\xe9'\n", "x.toml")
    assert problem.message == "Byte 15 (0xE9) is not UTF-8 text"
    assert (problem.code, problem.where.field) == ("wrong-encoding", "line 2")
    assert problem.fix == "Save the file with the encoding UTF-8"
    assert problem_of(decode, "a = 1".encode("utf-16"), "x.toml").message.startswith("Byte 1 (0xFF)")


def test_byte_order_mark_and_line_ends_do_not_matter():
    assert decode("\ufeffa = 1\r\nb = 2\r\n".encode(), "x.toml") == "a = 1\nb = 2\n"
    assert problem_of(decode, b"\xef\xbb\xbfa\xe9", "x.toml").message.startswith("Byte 5 (0xE9")


def test_enormous_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(toml_reader, "MOST_BYTES", 5_000_000)
    path = tmp_path / "menu.toml"
    with path.open("wb") as file:
        file.truncate(5_000_001)
    monkeypatch.setattr(type(path), "read_bytes", lambda _path: pytest.fail("it was read"))
    problem = problem_of(read_bytes, path)
    assert (problem.code, problem.message) == ("file-too-large", "The file is larger than 5 MB")
    assert "menu.toml" in problem.fix
    assert problem_of(decode, b"#" * 5_000_001, "x.toml").code == "file-too-large"


def test_missing_and_unreadable_files(tmp_path):
    problem = problem_of(read_bytes, tmp_path / "menu.toml")
    assert (problem.code, problem.where.file) == ("missing-file", "menu.toml")
    assert str(tmp_path) in problem.fix
    problem = problem_of(read_bytes, tmp_path)
    assert problem.code == "unreadable-file"
    assert str(tmp_path) in problem.fix


def test_error_names_the_first_problem_and_counts_the_others():
    one = problem_of(parse, "a =", "x.toml")
    assert str(MenuFileError([one])).startswith("x.toml, line 1: This line is not valid TOML")
    assert str(MenuFileError([one, one])).endswith("(1 more Problem to put right)")
    assert str(MenuFileError([one, one, one])).endswith("(2 more Problems to put right)")
