"""Finding measures by what people call them, and guessing what a slip of the pen meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from tomsapp.domain.alike import alike
from tomsapp.domain.menu import Measure, MenuEdition

_WORD = re.compile(r"[\w’'-]+")
_LEAST_LIKENESS = 0.72


class MeasureSearch:
    """The words of every measure of an edition: code, title, description, guidance and what counts."""

    def __init__(self, edition: MenuEdition) -> None:
        self._texts = {place.measure.code: alike(_text_of(place.measure)) for place in edition.places.values()}
        self._names = {measure.code: alike(measure.full_name) for measure in edition.measures}
        titles = (measure.title for measure in edition.measures)
        self._title_words = _words(titles)
        self._all_words = _words(self._texts.values())

    def find(self, query: str) -> set[str]:
        """Codes of the measures that hold every word of `query`, whatever case, accents and marks."""
        words = alike(query).split()
        return {code for code, text in self._texts.items() if all(word in text for word in words)}

    def named(self, query: str) -> set[str]:
        """Codes of the measures that hold every word of `query` in their code or title: the best matches."""
        words = alike(query).split()
        return {code for code, name in self._names.items() if words and all(word in name for word in words)}

    def meant(self, query: str) -> str:
        """The query with each unknown word put right, or nothing when there is no good guess."""
        guess = [self._nearest(word) for word in alike(query).split()]
        return " ".join(word for word in guess if word) if guess and all(guess) else ""

    def _nearest(self, word: str) -> str:
        if any(word in text for text in self._texts.values()):
            return word
        for words in (self._title_words, self._all_words):
            close = get_close_matches(word, words, 1, _LEAST_LIKENESS)
            if close:
                return close[0]
        return ""


def _text_of(measure: Measure) -> str:
    parts = (
        measure.code,
        measure.title,
        measure.description,
        measure.guidance,
        *measure.count,
        *measure.tags,
        measure.each_name,
        measure.plain_many,
    )
    return "\n".join(parts)


def _words(texts: Iterable[str]) -> list[str]:
    return sorted({word for text in texts for word in _WORD.findall(alike(text)) if len(word) > 2})
