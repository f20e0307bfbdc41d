"""Which names of suppliers are alike though no rule takes them for one: they are asked about, never merged unasked.

Two names are compared as they are spelt, with their words in any order and with no spaces between them, by RapidFuzz.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from tomsapp.domain.supplier import plain_name

ASKED_FROM = 86
"""Per cent of likeness from which on a person is asked whether two names are one supplier's.

A wrong letter in a name of eight is 88%, one that is missing 93%, two wrong letters in one of twelve 83%.
"""

WITHIN = 90
"""What a name is taken for alike that stands whole within another one: “Hartwell Doyle” in “Hartwell Doyle (North)”."""

_LEAST_WITHIN = 2
"""So many words a name must have to be found within another: “Smith” stands in the names of many."""
_MOST = 3
"""So many of the likest names are asked about."""
_EMPTY_WORDS = frozenset({"and", "the", "of", "t", "a", "trading", "as"})

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class LikeName(Generic[Key]):
    """A name that is alike: what it is kept by, and how alike it is in whole per cent, cut."""

    key: Key
    percent: int


class LikeNames(Generic[Key]):
    """Names in which one is looked up."""

    def __init__(self, names: Iterable[tuple[Key, str]] = ()) -> None:
        self._keys: list[Key] = []
        self._sorted: list[str] = []
        self._closed: list[str] = []
        self._words: list[frozenset[str]] = []
        self._places: dict[str, set[int]] = {}
        for key, name in names:
            self.add(key, name)

    def add(self, key: Key, name: str) -> None:
        """Take a further name."""
        words = _words(name)
        place = len(self._keys)
        self._keys.append(key)
        self._sorted.append(" ".join(sorted(words)))
        self._closed.append("".join(words))
        self._words.append(frozenset(words))
        for word in set(words):
            self._places.setdefault(word, set()).add(place)

    def like(self, name: str) -> list[LikeName[Key]]:
        """The names that are alike, the likest first; none where the likest is below `ASKED_FROM`."""
        words = _words(name)
        if not words:
            return []
        found = dict.fromkeys(self._within(frozenset(words)), WITHIN)
        for text, texts in ((" ".join(sorted(words)), self._sorted), ("".join(words), self._closed)):
            near = process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=ASKED_FROM, limit=_MOST)
            for _, percent, place in near:
                found[place] = max(int(percent), found.get(place, 0))
        likest = sorted(found, key=lambda place: (-found[place], place))[:_MOST]
        return [LikeName(self._keys[place], found[place]) for place in likest]

    def _within(self, words: frozenset[str]) -> set[int]:
        """The names whose words are all among these, or that have all of these; of two words at least."""
        found: set[int] = set()
        if len(words) >= _LEAST_WITHIN:
            found = set.intersection(*(self._places.get(word, set()) for word in words))
        for place in set().union(*(self._places.get(word, set()) for word in words)):
            if len(self._words[place]) >= _LEAST_WITHIN and self._words[place] <= words:
                found.add(place)
        return found


def _words(name: str) -> list[str]:
    """The words of a name that tell it apart."""
    return [word for word in plain_name(name).split() if word not in _EMPTY_WORDS]
