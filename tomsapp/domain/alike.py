"""Texts that people take for the same, whatever invisible signs, spaces, dashes and quotation marks they have."""

import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´＇"), "'") | dict.fromkeys(map(ord, "“”„‟″＂"), '"')
_PLAIN = _DASHES | _QUOTES | {ord("￡"): "£"}


def has_invisible(text: str) -> bool:
    """Whether `text` has signs that have no width."""
    return any(unicodedata.category(char) == "Cf" for char in text)


def visible(text: str) -> str:
    """`text` without signs that have no width, each kind of space a space, and none at its ends."""
    kept = (" " if unicodedata.category(char) == "Zs" else char for char in text if unicodedata.category(char) != "Cf")
    return "".join(kept).strip()


def plain_signs(text: str) -> str:
    """`text` as `visible` gives it, with the one dash and the quotation marks that a keyboard has."""
    return visible(text).translate(_PLAIN)
