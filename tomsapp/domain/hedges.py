"""Words and marks beside a number that leave it as it is, or nearly: "c. 12", "12*", "at least 12", "12 (est.)"."""

import re

from tomsapp.domain.alike import plain_signs

_BEFORE = re.compile(
    r"(?:(?:c(?:a|irca)?|approx(?:imately)?|about|around|roughly|est(?:imated?)?|up to|at least|at most|min(?:imum)?"
    r"|max(?:imum)?|(?:no )?(?:more|less|fewer) than|over|under|circa)\b[.:]?|[~≈><≥≤]=?) *(?=[£0-9])",
    re.IGNORECASE,
)
_MARKS = r"[*†‡§+⁰¹²³⁴⁵⁶⁷⁸⁹]+"
_WORDS = (
    r"(?:or|and) (?:more|less|fewer|over|under|above)|approx(?:imately)?|est(?:imated?|\.)?|minimum|maximum"
    r"|tbc|to be confirmed|provisional(?:ly)?|indicative|capped|in total"
)
_AFTER = re.compile(rf" *(?:{_MARKS}|\[[a-z0-9]{{1,2}}\]|\([^()0-9£%]*\)|[,;:-]? *(?:{_WORDS})\.?)", re.IGNORECASE)
_YEARLY = re.compile(
    r" *(?:\(? *(?:(?:per|each|every|a|by|/) ?(?:year|annum|yr)|/ ?yr|annually|yearly|p\.? ?a\.?) *\)?)", re.IGNORECASE
)
_OTHER_TIMES = re.compile(
    r"\b(?:per|each|every) (?!years?\b|annum\b|yr\b)|\b(?:weekly|monthly|quarterly|daily|hourly)\b", re.IGNORECASE
)
_YES_OR_NO = re.compile(r"(yes|no)\b *(?:[.,;:(-].*)", re.IGNORECASE | re.DOTALL)
_MOST_PARTS = 4
_IN_TOTAL = re.compile(r"\bin total\b", re.IGNORECASE)


def without_hedge(text: str, *, is_yearly: bool = True) -> str:
    """What is left of a text without the words and marks beside its number; the text as it is where it has none.

    Where another number stands in it, as in "10-12", it is left. `is_yearly` says that the number is asked for a
    year, so that "12 per year" is 12 and "12 in total" is not; for a whole contract it is the other way round.
    """
    plain = plain_signs(text)
    found = _YES_OR_NO.fullmatch(plain)
    if found is not None:
        return found[1]
    before = _BEFORE.match(plain)
    rest = plain[before.end() :] if before is not None else plain
    if _OTHER_TIMES.search(rest) or (_IN_TOTAL if is_yearly else _YEARLY).search(rest):
        return text
    for _ in range(_MOST_PARTS):
        shorter = _without_last(rest, is_yearly=is_yearly)
        if shorter == rest:
            break
        rest = shorter
    return rest if rest != plain else text


def _without_last(text: str, *, is_yearly: bool) -> str:
    """A text without the last of the words or marks behind its number."""
    for words in (_AFTER, _YEARLY) if is_yearly else (_AFTER,):
        for found in words.finditer(text):
            if found.end() == len(text) and found.start() > 0:
                return text[: found.start()]
    return text
