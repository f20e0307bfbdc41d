"""JSON in, plain values or one Problem out."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.anything import depth, json_values, written_as_json
from tomsapp.domain.problems import Problem
from tomsapp.reading.text_formats import MOST_DEPTH, parse_json, read_json


def problem_of(text):
    problem = parse_json(text, "x.json")
    assert isinstance(problem, Problem)
    assert problem.where.file == "x.json"
    assert problem.fix
    assert problem.key
    return problem


def test_numbers_are_as_exact_as_they_are_written():
    text = '{"a": 0.10, "b": 3, "c": null, "d": true, "e": ' + "9" * 5000 + "}"
    found = parse_json(text, "x.json")
    assert found == {"a": Decimal("0.1"), "b": 3, "c": None, "d": True, "e": Decimal("9" * 5000)}
    assert str(found["a"]) == "0.10"


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_give_values_or_a_problem(data):
    found = read_json(data, "x.json", 150)
    assert isinstance(found, dict) or (found.where.file == "x.json" and found.fix)


@given(json_values)
def test_whatever_json_says_is_read_as_it_stands_or_is_a_problem(value):
    found = parse_json(f'{{"a": {written_as_json(value)}}}', "x.json")
    assert found == {"a": value} or (isinstance(found, Problem) and depth(value) >= MOST_DEPTH)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "invalid-json", "The file is not complete JSON: line 1, column 1"),
        ('{\n"a": 1', "invalid-json", "not complete JSON: line 2, column 7"),
        ("[]", "invalid-json", "The file holds no JSON object"),
        ('{"a": NaN}', "invalid-json", "NaN stands where a value should be"),
        ('{"a": 1e99999999999999999999}', "invalid-json", "A number is too large"),
        ('{"a": {"b": 1, "b": 2}}', "duplicate-key", "The name “b” stands twice in one object"),
        ('{"a": ' + "[" * 30 + "]" * 30 + "}", "invalid-json", "more than 20 deep"),
        ("[" * 200_000, "invalid-json", "more than 20 deep"),
        ('{"a": "\\ud800"}', "invalid-json", "half a character"),
        ('{"\\udfff": 1}', "invalid-json", "half a character"),
        ('{"a": [' + "1," * 100_000 + "1]}", "invalid-json", "more than 100,000 values"),
        ('{"a": ' + "9" * 10_001 + "}", "invalid-json", "A number is too large"),
        ('{"a": 0.' + "9" * 10_000 + "}", "invalid-json", "A number is too large"),
        ('{"a": "' + "x" * 2_000_001 + '"}', "invalid-json", "a text of more than 2,000,000 characters"),
    ],
)
def test_what_cannot_be_read_is_one_problem(text, code, words):
    problem = problem_of(text)
    assert problem.code == code
    assert words in problem.message


def test_a_name_twice_among_very_many_is_found_at_once():
    names = json.dumps({f"a{number}": 0 for number in range(90_000)})
    assert problem_of(names[:-1] + ', "a0": 1}').message == "The name “a0” stands twice in one object"
