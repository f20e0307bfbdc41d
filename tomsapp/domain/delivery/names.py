"""Whether a text may hold somebody's name, where none may be kept: it is asked about, and a person says."""

from itertools import pairwise


def name_in(text: str) -> str:
    """What of a text could be somebody's name: two words in a row that begin with a capital; "" where nothing could."""
    words = [word.strip(',.;:()“”"') for word in text.split()]
    pairs = pairwise(words)
    return next((f"{one} {other}" for one, other in pairs if _is_capital(one) and _is_capital(other)), "")


def _is_capital(word: str) -> bool:
    letters = [sign for sign in word if sign.isalpha()]
    return word[:1].isupper() and len(letters) > 1 and letters[-1].islower() and not any(s.isdigit() for s in word)
