"""A strict reader of one table: every key is asked for by name and type, what is left over is a Problem."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from tomsapp.domain.facts import Choice, Choices
from tomsapp.domain.money import MOST_WHOLE_DIGITS, SHARE_PLACES, NumberError, decimal_places, shortened, to_decimal
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_quantity
from tomsapp.menufiles.errors import problem_at

Word = TypeVar("Word", bound=Choice)

PROXY_PLACES = 4
CODE_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
EDITION_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", re.ASCII)
_SPACES = re.compile(r"[ \t\n]+")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
# Control, invisible, private and unassigned characters: they hide what a text says.
_REFUSED = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


class FieldReader:
    """The fields of one table. A method that finds a Problem gives a stand-in, so that all are found."""

    def __init__(self, values: Mapping[str, object], where: Where, problems: list[Problem], prefix: str = "") -> None:
        self._values = values
        self._where = where
        self._problems = problems
        self._prefix = prefix
        self._known: dict[str, None] = {}

    def name_it(self, prefix: str, measure: str = "") -> None:
        """Name the measure, or what else the table describes, in the Problems that follow."""
        self._where = replace(self._where, measure=measure)
        self._prefix = prefix

    def report(self, code: str, message: str, fix: str, key: str = "", severity: Severity = Severity.ERROR) -> None:
        """Add a Problem about `key`, or about the whole table."""
        field = f"{self._prefix}{key}" if key else self._prefix.rstrip(", .")
        self._problems.append(problem_at(code, message, fix, replace(self._where, field=field), severity))

    def has(self, key: str) -> bool:
        """Whether the table has `key`."""
        return key in self._values

    def has_table(self, key: str) -> bool:
        """Whether a table stands under `key`."""
        return isinstance(self._values.get(key), dict)

    def raw_text(self, key: str) -> str | None:
        """The text of a whole file, as it stands; None when it is no text."""
        value = self._get(key)
        if isinstance(value, str) and not _HALF_CHARACTER.search(value):
            return value
        self._wrong_type(key, "text in quotes")
        return None

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, stripped, on one line; "" when there is none."""
        value = self._get(key, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong_type(key, "text in quotes")
            return ""
        return self._clean(value, key, required)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self._wrong_type(key, "a list of texts in quotes")
            return ()
        return tuple(self._clean(entry, key, required=True) for entry in value)

    def code(self, key: str, pattern: re.Pattern[str] = CODE_PATTERN) -> str:
        """A code: letters, digits and hyphens."""
        text = self.text(key, required=True)
        if text and not pattern.fullmatch(text):
            fix = "Use 1 to 40 letters, digits and hyphens, with a letter or digit first"
            self.report("wrong-code", f"“{shortened(text)}” is not a code", fix, key)
        return text

    def number(
        self,
        key: str,
        *,
        required: bool = False,
        places: int = PROXY_PLACES,
        least: Decimal = Decimal(0),
        most: Decimal | None = None,
    ) -> Decimal | None:
        """A number from `least` to `most` with at most `places` decimals, or None."""
        value = self._get(key, required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._wrong_type(key, "a number without quotes")
            return None
        return self._checked(value, key, places, least, most)

    def amount(self, key: str, *, required: bool = False, places: int = 2) -> Decimal | None:
        """A number written as text, as offers have it: "1000000.00"; or None."""
        text = self.text(key, required=required)
        return self._checked(text, key, places, None, None) if text else None

    def amounts(self, key: str, places: int = PROXY_PLACES) -> tuple[Decimal | None, ...]:
        """A list of numbers written as text; "" stands for no entry."""
        value = self._get(key)
        if value is not None and not (isinstance(value, list) and all(isinstance(entry, str) for entry in value)):
            self._wrong_type(key, "a list of numbers in quotes")
            return ()
        entries = value if isinstance(value, list) else []
        return tuple(self._checked(entry, key, places, None, None) if entry else None for entry in entries)

    def share(self, key: str) -> Decimal:
        """A share from 0 to 1 with at most 6 decimals; 0 when there is none."""
        return self.number(key, places=SHARE_PLACES, most=Decimal(1)) or Decimal(0)

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self._get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong_type(key, "a whole number without quotes")
            return default
        if not least <= value <= most:
            self._out_of_range(key, f"from {least} to {most}")
            return default
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._wrong_type(key, "true or false without quotes")
            return default
        return value

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date, or None."""
        value = self._get(key, required)
        if value is not None and type(value) is not date:
            self._wrong_type(key, "a date without quotes, such as 2026-04-01")
            return None
        return value

    def choice(self, key: str, words: Choices[Word], default: Word | None = None) -> Word:
        """One word of a closed list; without `default` it must be there."""
        stand_in = default or next(iter(words))
        text = self.text(key, required=default is None)
        if not text:
            return stand_in
        values = [str(word.value) for word in words]
        if text not in values:
            self.report("unknown-word", f"“{shortened(text)}” is not in the list", choice_fix(text, values), key)
            return stand_in
        return words(text)

    def choices(self, key: str, words: Choices[Word]) -> tuple[Word, ...]:
        """A list of words of a closed list, each once."""
        values = [str(word.value) for word in words]
        found: list[Word] = []
        for text in self.texts(key):
            if text not in values:
                self.report("unknown-word", f"“{shortened(text)}” is not in the list", choice_fix(text, values), key)
            elif words(text) in found:
                self.report("word-twice", f"“{text}” stands in the list twice", "Keep it once", key)
            else:
                found.append(words(text))
        return tuple(found)

    def table(self, key: str) -> "FieldReader | None":
        """The table under `key`, or None."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong_type(key, "a table")
            return None
        return FieldReader(value, self._where, self._problems, f"{self._prefix}{key}.")

    def tables(self, key: str) -> Iterator["FieldReader"]:
        """Each table of the list of tables under `key`."""
        value = self._get(key)
        entries = [] if value is None else value
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self._wrong_type(key, f"tables, each under [[{key}]]")
            return
        for number, entry in enumerate(entries, start=1):
            yield FieldReader(entry, self._where, self._problems, f"{self._prefix}{key} {number}, ")

    def free_keys(self) -> tuple[str, ...]:
        """The keys of a table whose keys are data (years of an index, codes of measures)."""
        self._known.update(dict.fromkeys(self._values))
        return tuple(self._values)

    def finish(self) -> None:
        """Report every key that was not asked for."""
        for key in self._values:
            if key not in self._known:
                self.report(
                    "unknown-key", f"“{shortened(key)}” is not a key here", choice_fix(key, self._known), shortened(key)
                )

    def _get(self, key: str, required: bool = False) -> object:
        self._known[key] = None
        if required and key not in self._values:
            self.report("missing-key", f"“{key}” is missing", f"Add the line {key} = …", key)
        return self._values.get(key)

    def _clean(self, text: str, key: str, required: bool) -> str:
        tidy = _SPACES.sub(" ", text).strip()
        refused = next((char for char in tidy if unicodedata.category(char) in _REFUSED), None)
        if refused is not None:
            message = f"The text has the invisible character U+{ord(refused):04X}"
            self.report("control-character", message, "Delete it, or type the text again", key)
            return ""
        if required and not tidy:
            self.report("empty-text", "The text is empty", "Write the text between the quotes", key)
        return tidy

    def _checked(
        self, value: object, key: str, places: int, least: Decimal | None, most: Decimal | None
    ) -> Decimal | None:
        try:
            number = to_decimal(value)
        except NumberError as error:
            fix = f"Write a number of at most {MOST_WHOLE_DIGITS} digits before the point"
            self.report("not-a-number", error.message, fix, key)
            return None
        if decimal_places(number) > places:
            message = f"{shortened(str(number))} has more than {places} decimals"
            self.report("too-many-decimals", message, f"Round it to {places} decimals, as its source states it", key)
            return None
        if (least is not None and number < least) or (most is not None and number > most):
            least_text = format_quantity(least or Decimal(0))
            self._out_of_range(key, f"{least_text} or more" if most is None else f"from {least_text} to {most}")
            return None
        return number

    def _wrong_type(self, key: str, wanted: str) -> None:
        self.report("wrong-type", f"“{key}” is not {wanted}", f"Write {wanted}", key)

    def _out_of_range(self, key: str, wanted: str) -> None:
        shown = shortened(str(self._values[key]))
        self.report("out-of-range", f"{shown} is not {wanted}", f"Write a number {wanted}", key)


def choice_fix(word: str, known: Collection[str]) -> str:
    """What to write instead of an unknown word: the nearest known one, and all that are known."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    listed = ", ".join(known) if known else "none"
    return f"Did you mean “{near[0]}”? Known are: {listed}" if near else f"Use one of: {listed}"
