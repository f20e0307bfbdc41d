"""The head of a history, as somebody copies it from a paper."""

import pytest

from tomsapp.domain.history import HistoryHead, typed_head

WHOLE = "4be107d2" + "0" * 52 + "9c3f"
SHORT = HistoryHead(128, "4be107d2…9c3f")


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("History: 128 changes, SHA-256 4be1 07d2 … 9c3f", SHORT),
        ("  128 changes, sha256 4BE1 07D2 ... 9C3F.  ", SHORT),
        ("128, 4be107d2…9c3f", SHORT),
        ("128 4be107d2..9c3f", SHORT),
        ("1 change, SHA-256 4be1 07d2 … 9c3f", HistoryHead(1, "4be107d2…9c3f")),
        ("1,128 changes, SHA-256 4be1 07d2 … 9c3f", HistoryHead(1128, "4be107d2…9c3f")),
        (f"Its history has 128 changes, SHA-256 {WHOLE}.", HistoryHead(128, WHOLE)),
        (f"128; {WHOLE[:-6]} … {WHOLE[-6:]}", HistoryHead(128, f"{WHOLE[:-6]}…{WHOLE[-6:]}")),
    ],
)
def test_head_is_read_as_papers_and_backups_say_it(words, head):
    assert typed_head(words) == head


@pytest.mark.parametrize(
    "words",
    [
        "",
        "C-2026-004 valuation.pdf",
        "128",
        "SHA-256 4be1 07d2 … 9c3f",
        "128 changes, SHA-256 4be1 07d … 9c3f",
        "128 changes, SHA-256 4be1 07d2 … c3f",
        "128 changes, SHA-256 4be1 07d2",
        f"128 changes, SHA-256 {WHOLE} … 9c3f",
        f"128 changes, SHA-256 {WHOLE}0",
    ],
)
def test_other_words_and_too_few_digits_are_no_head(words):
    assert typed_head(words) is None


def test_head_with_digits_left_out_is_of_what_begins_and_ends_so():
    assert SHORT.is_of(WHOLE)
    assert not SHORT.is_of("5" + WHOLE[1:])
    assert not SHORT.is_of(WHOLE[:-1] + "e")
    whole = HistoryHead(128, WHOLE)
    assert whole.is_of(WHOLE)
    assert not whole.is_of(WHOLE[:20] + "1" + WHOLE[21:])
