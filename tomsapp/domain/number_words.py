"""Numbers that people write in words: "two", "one million six hundred thousand"."""

import re

_ONES = (
    "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_HUNDRED = 100
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_MOST_WORDS = 24


def number_in_words(text: str) -> int | None:
    """The whole number that a text says in words and nothing else; None where it says none."""
    words = [word for word in re.findall(r"[a-z]+|[^a-z\s-]+", text.lower()) if word != "and"]
    if not words or len(words) > _MOST_WORDS:
        return None
    whole = part = 0
    largest = max(_LARGE.values()) + 1
    last = ""
    for word in words:
        if word in _SMALL and _may_follow(word, last):
            part += _SMALL[word]
        elif word == "hundred" and 0 < part < 10:
            part *= _HUNDRED
        elif word in _LARGE and part and _LARGE[word] < largest:
            whole, part, largest = whole + part * _LARGE[word], 0, _LARGE[word]
        else:
            return None
        last = word
    return whole + part


def _may_follow(word: str, last: str) -> bool:
    """Whether a small number may stand behind another word: "twenty one", and neither "one two" nor "ten five"."""
    return last not in _SMALL or (last in _TENS and 0 < _SMALL[word] < 10)
