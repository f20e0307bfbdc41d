"""The nearest known word to one that is not known, for "did you mean"."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Ask “Did you mean S08?” where a known word is near `word`, else the other advice."""
    by_folded = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold()[:60], by_folded, n=1, cutoff=0.5)
    return f"Did you mean {by_folded[near[0]]}?" if near else otherwise
