"""Finds the measure that somebody's code means: as the menu writes it, or with a guess that is said."""

import re
from dataclasses import dataclass
from functools import cached_property

from tomsapp.domain.alike import alike, visible
from tomsapp.domain.menu import MenuEdition
from tomsapp.exchange.grid import GridCell, text_or_nothing

_LETTERS = str.maketrans({"o": "0", "i": "1", "l": "1"})
"""Letters that stand for digits in a code that was typed by hand."""
_FIRST = re.compile(r"([^\s:,;()/&+]+)[\s:,;()/&+]")
_CALLED = re.compile(r"^\s*(?:toms?|measure|ref(?:erence)?|code)\b[\s.:#-]*(?:no\b[\s.:]*)?", re.IGNORECASE)
"""How a code may be called before it stands: "TOM S09", "Ref: S09"."""
_NOUGHTS = re.compile(r"([a-xz])0+(?=[1-9])")
"""Noughts that people leave out, "S9" for S09; Y1 is a year."""
_SPACED = re.compile(r"[\s._/()\-]+")
_WORD = re.compile(r"[^\s:,;()/&+]+")
_MOST = 24
"""Characters of a cell that may be a code; a longer text may begin with one."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """The menu's code that a text means; `words` say how it was read, where that is a guess."""

    code: str
    words: str = ""


@dataclass(frozen=True)
class CodeBook:
    """The codes of a menu edition, in every way in which they may be written."""

    edition: MenuEdition

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {alike(code): code for code in self.edition.places}

    @cached_property
    def _loose(self) -> dict[str, str]:
        """Codes by the form in which O and 0 are the same; those that two of them share name neither."""
        found: dict[str, list[str]] = {}
        for code in self.edition.places:
            found.setdefault(_loosened(code), []).append(code)
        return {form: codes[0] for form, codes in found.items() if len(codes) == 1}

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Codes by the title of their measure, for tables that name measures and give no code."""
        found: dict[str, list[str]] = {}
        for code, place in self.edition.places.items():
            found.setdefault(alike(place.measure.title), []).append(code)
        return {title: codes[0] for title, codes in found.items() if len(codes) == 1}

    def called_so(self, title: str) -> str:
        """The measure that the menu calls by this very title; empty where it calls none so."""
        return self._titles.get(alike(title), "")

    def find_in(self, cell: GridCell) -> FoundCode | None:
        """The measure that a cell names; None where it names none."""
        text = text_or_nothing(cell)
        return self.find(text) if text else None

    def _names_another(self, text: str, code: str) -> bool:
        """Whether a text names a second measure: nobody knows what each of "J11 / S08" is promised."""
        found = (self._exact.get(alike(word)) for word in _WORD.findall(text))
        return any(one is not None and one != code for one in found)

    def find(self, text: str) -> FoundCode | None:
        """The measure that a text names; None where it names none."""
        shown = visible(text)
        code = self._exact.get(alike(shown))
        if code is not None:
            return FoundCode(code)
        titled = self._titles.get(alike(shown))
        if titled is not None:
            return FoundCode(titled, f"“{shown[:_MOST]}{'…' if len(shown) > _MOST else ''}” is read as {titled}")
        first = _FIRST.match(_CALLED.sub("", shown))
        begins = self._exact.get(alike(first[1])) if first else None
        if begins is not None and self._names_another(shown, begins):
            return None
        if begins is None and len(shown) <= _MOST:
            begins = self._loose.get(_loosened(shown))
        return FoundCode(begins, f"“{shown[:_MOST]}” is read as {begins}{_why(shown, begins)}") if begins else None


def _loosened(text: str) -> str:
    """A code without spaces, dashes and noughts before its number, a letter O as nought: the menu's own codes too."""
    return _NOUGHTS.sub(r"\1", _SPACED.sub("", alike(_CALLED.sub("", text))).translate(_LETTERS))


def _why(shown: str, code: str) -> str:
    plain = _SPACED.sub("", alike(shown))
    menus = _SPACED.sub("", alike(code))
    has_letter = plain != menus and plain.translate(_LETTERS) == menus.translate(_LETTERS)
    return ": it has a letter where the menu has a digit" if has_letter else ""
