"""Texts that people take for the same, whatever invisible signs, spaces, dashes and quotation marks they have."""

import re
import unicodedata
from collections.abc import Sequence

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´＇"), "'") | dict.fromkeys(map(ord, "“”„‟″＂"), '"')
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
"""Letters with a stroke and joined ones, which are no letter with an accent."""
_UNHEARD = re.compile(r"\.(?![0-9])")
_NUMBER = re.compile(r"[0-9]+")
_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | dict(zip(map(ord, "％．，（）"), "%.,()", strict=True))
"""Digits and signs as wide as the letters of the Far East; a raised digit is a footnote, and stays what it is."""
_PLAIN = _DASHES | _QUOTES | _WIDE | {ord("￡"): "£"}


def has_invisible(text: str) -> bool:
    """Whether `text` has signs that have no width."""
    return any(unicodedata.category(char) == "Cf" for char in text)


def visible(text: str) -> str:
    """`text` without signs that have no width, each kind of space a space, and none at its ends."""
    # What can be printed has neither signs without width nor another space than the usual one.
    return text.strip() if text.isascii() or text.isprintable() else "".join(map(_seen, text)).strip()


def _seen(char: str) -> str:
    """What is seen of a character: nothing of a sign without width, and each kind of space as a space."""
    kind = unicodedata.category(char)
    return "" if kind == "Cf" else " " if kind == "Zs" else char


def plain_signs(text: str) -> str:
    """`text` as `visible` gives it, with the one dash and the quotation marks that a keyboard has."""
    seen = visible(text)
    # Of the signs of ASCII a keyboard has all but one.
    return seen if seen.isascii() and "`" not in seen else seen.translate(_PLAIN)


def alike(text: str) -> str:
    """What two texts have in common that people take for the same: "O’Brien" and "OBrien", "Café" and "cafe".

    Case, accents, quotation marks, kinds of dashes and spaces, and a point that is in no number tell nothing apart.
    """
    folded = text.casefold().translate(_FOLDS)
    if "." in folded:
        folded = _UNHEARD.sub("", folded)
    return " ".join(folded.split())


def each_alike(texts: Sequence[str]) -> list[str]:
    """What `alike` gives of each text, of thousands at once."""
    joined = "\n".join(texts)
    if joined.count("\n") + 1 != len(texts):
        return [alike(text) for text in texts]
    folded = joined.casefold().translate(_FOLDS)
    if "." in folded:
        folded = _UNHEARD.sub("", folded)
    apart = folded.split("\n")
    is_even = not any(spaces in f"\n{folded}\n" for spaces in _UNEVEN) and _OTHER_SPACES.search(folded) is None
    return apart if is_even else [" ".join(text.split()) for text in apart]


_UNEVEN = ("  ", " \n", "\n ")
_OTHER_SPACES = re.compile(r"[^\S \n]")
"""With the others what `alike` takes away, in texts that stand one a line."""


class _Folds(dict[int, str]):
    """What each character is taken for, worked out when it is first met: a list of ten thousand rows has few."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", _LETTERS.get(chr(code), chr(code)))
        plain = "".join(char for char in apart if not unicodedata.combining(char))
        seen = "".join(_seen(char) for char in plain).translate(_PLAIN)
        self[code] = seen.replace("'", "").replace('"', "").casefold()
        return self[code]


_FOLDS = _Folds()


def natural(text: str) -> str:
    """What to sort a text by: C-2026-2 stands before C-2026-10, and É beside E."""
    return _NUMBER.sub(_counted, alike(text))


def _counted(number: re.Match[str]) -> str:
    """Digits with their count before them, so that a longer number is a greater one."""
    digits = number[0].lstrip("0") or "0"
    return f"{len(digits):04}{digits}"
