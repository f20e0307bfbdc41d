"""Values and Problems come through the room as they were, and anything else is refused."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.room.frames import WrongForm
from tomsapp.room.plain import plain_bytes, plain_problems, problems_in, value_in

SCALARS = (
    some.none() | some.booleans() | some.integers() | some.text() | some.decimals(allow_nan=False)
    | some.dates() | (some.datetimes() | some.times()).map(lambda found: found.replace(fold=0))
)  # fmt: skip
VALUES = some.recursive(SCALARS, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner), max_leaves=20)


@given(VALUES)
def test_values_come_back_as_they_were(value):
    found = value_in(plain_bytes(value))
    assert found == value
    assert repr(found) == repr(value)


def test_kinds_of_values_that_toml_has_come_back():
    value = {"o": {"n": "1"}, "": [Decimal("1.50"), date(2026, 4, 1), time(9), datetime(2026, 4, 1, tzinfo=UTC)]}
    assert value_in(plain_bytes(value)) == value
    assert str(value_in(plain_bytes(Decimal("1.50")))) == "1.50"


@pytest.mark.parametrize(
    "data",
    [
        b"1.5", b"{}", b'{"o": {}, "n": "1"}', b'{"o": []}', b'{"x": "1"}', b'{"n": 1}', b'{"n": "x"}', b'{"d": "x"}',
        b'{"m": "2026"}', b"nonsense", b"[" * 100_000, b'{"o":' * 900 + b"1" + b"}" * 900, b"[" * 900 + b"]" * 900,
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused_or_read(data):
    try:
        value_in(data)
    except WrongForm:
        return
    assert data.startswith((b"[", b'{"o":'))


PROBLEM = Problem("code", Severity.NOTE, "It is so", "Do this", Where("a.csv", "S", 3, "B", field="x"), key="code:1")


def test_problems_come_back_as_they_were():
    other = Problem("other", Severity.ERROR, "", "")
    plain = plain_problems([PROBLEM, other])
    assert problems_in(value_in(plain_bytes_of(plain))) == (PROBLEM, other)


def plain_bytes_of(plain):
    """Through JSON as the head of an answer goes, which keeps tuples as lists."""
    import json

    return plain_bytes(json.loads(json.dumps(plain)))


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "fatal"}, {"severity": 3}, {"code": 3}, {"where": "a.csv"}, {"where": []}, {"more": 1},
        {"where": ["", "", "3", "", "", "", None, ""]}, {"where": ["", 3, None, "", "", "", None, ""]},
    ],
)  # fmt: skip
def test_what_is_no_problem_is_refused(change):
    import json

    (plain,) = json.loads(json.dumps(plain_problems([PROBLEM])))
    for wrong in ([{**plain, **change}], {**plain, **change}, [1]):
        with pytest.raises(WrongForm):
            problems_in(wrong)


def test_more_problems_than_any_file_has_are_refused():
    with pytest.raises(WrongForm):
        problems_in([0] * 100_001)
