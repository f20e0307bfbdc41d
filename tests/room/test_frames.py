"""What came out of the room is of the one form, or refused."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tomsapp.room.frames import MARK, WrongForm, framed, parsed, read_framed, unframed

GOOD = b"".join(framed({"told": {"a": [1, None]}}, [b"abc", b"", b"de"]))


def told(head):
    text = json.dumps(head).encode()
    return MARK + len(text).to_bytes(8, "little") + text


def test_what_is_sent_comes_out_as_it_was():
    head, runs = unframed(GOOD)
    assert head == {"told": {"a": [1, None]}}
    assert [bytes(run) for run in runs] == [b"abc", b"", b"de"]
    assert read_framed(io.BytesIO(GOOD)) == ({"told": {"a": [1, None]}}, [b"abc", b"", b"de"])


@pytest.mark.parametrize("length", range(len(GOOD)))
def test_what_is_cut_short_is_refused(length):
    with pytest.raises(WrongForm):
        unframed(GOOD[:length])
    with pytest.raises((EOFError, ValueError)):
        read_framed(io.BytesIO(GOOD[:length]))


@pytest.mark.parametrize(
    "data",
    [
        GOOD + b"x",
        MARK + b"\xff" * 8 + b"{}",
        told([]),
        told({"head": {}}),
        told({"head": [], "runs": []}),
        told({"head": {}, "runs": {}}),
        told({"head": {}, "runs": [0] * 20_001}),
        told({"head": {}, "runs": [-1, 1]}),
        told({"head": {}, "runs": [True]}) + b"x",
        told({"head": {}, "runs": [2**62]}),
        MARK + (5_000_000).to_bytes(8, "little") + b" " * 5_000_000,
        MARK + (100_000).to_bytes(8, "little") + b"[" * 100_000,
    ],
)
def test_what_is_of_another_form_is_refused(data):
    with pytest.raises(WrongForm):
        unframed(data)


@given(some.integers(0, len(GOOD) - 1), some.integers(1, 255))
def test_one_changed_byte_is_refused_or_changes_the_values_alone(place, by):
    data = bytearray(GOOD)
    data[place] ^= by
    try:
        _, runs = unframed(bytes(data))
    except WrongForm:
        return
    assert sum(map(len, runs)) == 5


def test_deep_json_is_refused():
    with pytest.raises(WrongForm):
        parsed(b"[" * 100_000)
