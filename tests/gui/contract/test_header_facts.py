"""What the header of a contract says, with the panel beside it and without."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tomsapp.domain.policy import PolicyResult
from tomsapp.gui.contract.header_facts import policy_words


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ("YES SHORT MET", "1 of 2 not enough"),
        ("YES ERRORS SHORT", "2 of 2 not enough"),
        ("YES MET MET", "Enough"),
        ("NO NOTHING_ASKED", "Nothing asked"),
        ("", "Nothing asked"),
    ],
)
def test_policy_checks_are_told_in_few_words(results, words):
    assert policy_words([SimpleNamespace(result=PolicyResult[name]) for name in results.split()]) == words
