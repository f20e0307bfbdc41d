"""How several policy checks are told in few words."""

import pytest

from tomsapp.domain.policy import PolicyResult, not_enough, together_word


@pytest.mark.parametrize(
    ("names", "words", "short"),
    [
        ("YES SHORT MET", "1 of 2 not enough", 1),
        ("YES ERRORS SHORT", "2 of 2 not enough", 2),
        ("YES MET MET", "Enough", 0),
        ("NO NOTHING_ASKED", "Nothing asked", 0),
        ("", "Nothing asked", 0),
    ],
)
def test_checks_are_told_together(names, words, short):
    results = [PolicyResult[name] for name in names.split()]
    assert (together_word(results), not_enough(results)) == (words, short)
