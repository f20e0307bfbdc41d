"""The nearest known word to one that is not known, for "did you mean"."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from tomsapp.domain.alike import alike

_MOST_COMPARED = 60
"""Characters of a word that are compared: to compare a long one takes the square of its length."""


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Ask “Did you mean S08?” where a known word is near `word`, else the other advice."""
    near = _nearest(word, known, 0.5)
    return f"Did you mean {near}?" if near else otherwise


def choice_fix(word: str, known: Collection[str]) -> str:
    """What to write instead of an unknown word: the nearest known one, and all that are known."""
    near = _nearest(word, known, 0.6)
    listed = ", ".join(known) if known else "none"
    return f"Did you mean “{near}”? Known are: {listed}" if near else f"Use one of: {listed}"


def _nearest(word: str, known: Iterable[str], cutoff: float) -> str | None:
    by_folded = {alike(name): name for name in known}
    near = get_close_matches(alike(word)[:_MOST_COMPARED], by_folded, n=1, cutoff=cutoff)
    return by_folded[near[0]] if near else None
