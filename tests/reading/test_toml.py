"""Bytes in, plain values out; what cannot be read is a Problem with its line."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.anything import depth, values, written
from tomsapp.domain.problems import Problem
from tomsapp.reading.text_formats import MOST_DEPTH, parse_toml, read_toml


def problem_of(text):
    problem = parse_toml(text, "x.toml")
    assert isinstance(problem, Problem)
    return problem


def test_numbers_are_exact_and_dates_are_dates():
    assert parse_toml("a = 1_000.10\nb = 2026-04-01\nc = 3", "x.toml") == {
        "a": Decimal("1000.10"),
        "b": date(2026, 4, 1),
        "c": 3,
    }


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**11), max_value=10**11))
def test_every_decimal_comes_back_exactly(number):
    assert parse_toml(f"a = {number:.4f}", "x.toml") == {"a": number}


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters='"\\'), max_size=40))
def test_every_text_comes_back(text):
    assert read_toml(f'a = "{text}"'.encode(), "x.toml", 500) == {"a": text}


@given(st.binary(max_size=200))
def test_any_bytes_give_values_or_problems(data):
    found = read_toml(data, "x.toml", 150)
    assert isinstance(found, dict) or (found.where.file == "x.toml" and found.fix and found.key)


@given(values)
def test_whatever_toml_says_is_read_as_it_stands_or_is_a_problem(value):
    found = parse_toml(f"a = {written(value)}", "x.toml")
    assert found == {"a": value} or (isinstance(found, Problem) and depth(value) >= MOST_DEPTH)


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
        ("a = " + "[" * 5000, "invalid-toml", None, "more than 20 deep"),
    ],
)
def test_invalid_toml_names_the_line(text, code, line, words):
    problem = problem_of(text)
    assert (problem.code, problem.where.file) == (code, "x.toml")
    assert problem.where.field == (f"line {line}" if line else "")
    assert words in problem.message
    assert problem.fix


@pytest.mark.parametrize("part", ["a", "a.b", "'a b'", r'"a\" b"', "a . "])
def test_a_name_of_many_parts_is_refused_before_the_parser_walks_it(part):
    problem = problem_of(f"b = 1\n{'.'.join([part.rstrip('. ')] * 200_000)} = 1")
    assert (problem.code, problem.where.field) == ("invalid-toml", "line 2")
    assert problem.message == "A name has more than 20 parts"


def test_a_text_with_many_points_is_no_name():
    text = "This. Is. All. One. Text. " * 10 + "www.example.org/a.b.c ..............................."
    assert parse_toml(f'a = "{text}"', "x.toml") == {"a": text}
    assert parse_toml(f"{'.'.join('a' * 19)} = 1", "x.toml")


def test_values_stand_twenty_deep_and_no_deeper():
    assert isinstance(parse_toml("a = " + "[" * 18 + "1" + "]" * 18, "x.toml"), dict)
    assert problem_of("a = " + "[" * 20 + "]" * 20).message == "The file nests values more than 20 deep"


def test_a_list_has_an_end():
    problem = problem_of(f"a = [{'1,' * 100_001}]")
    assert problem.message == "The file has a list of more than 100,000 values"


@pytest.mark.parametrize("text", ["a = 1\n" + "\n" * 50_001, "a = 1\n" + "[b]\n" * 20_001])
def test_more_lines_or_tables_than_any_file_has_are_refused_before_the_parser_reads_them(text):
    assert problem_of(text).message == "The file has more than 50,000 lines or 20,000 tables"
