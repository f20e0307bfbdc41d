"""The one strict reader of a table: every key is asked for by name and type, what is left over is a Problem."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from tomsapp.domain.choice import Choice, Choices
from tomsapp.domain.facts import MOST_LINE, Fact
from tomsapp.domain.money import SHARE_PLACES, NumberError, decimal_places, shortened, to_decimal
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import format_quantity
from tomsapp.reading.cleaning import invisible_in, on_one_line, without_control_characters
from tomsapp.reading.dialect import MENU_FILES, Dialect, Saying, wrong_type
from tomsapp.reading.suggestion import choice_fix

Word = TypeVar("Word", bound=Choice)

PROXY_PLACES = 4
CODE_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
EDITION_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOST_UNKNOWN = 100
"""So many keys that were not asked for are told one by one: to look for what each was meant to be takes time."""
_COUNT = re.compile(r"\d{1,9}", re.ASCII)


class FieldReader:
    """The fields of one table. A method that finds a Problem gives a stand-in, so that all are found."""

    def __init__(
        self,
        values: Mapping[str, object],
        where: Where,
        problems: list[Problem],
        prefix: str = "",
        dialect: Dialect = MENU_FILES,
        path: str | None = None,
    ) -> None:
        """Take a table. `prefix` stands before a key in words, `path` (as `prefix`) in what a Problem is known by."""
        self._values = values
        self._where = where
        self._problems = problems
        self._prefix = prefix
        self._dialect = dialect
        self._path = prefix if path is None else path
        self._known: dict[str, None] = {}

    def name_it(self, prefix: str, **place: str) -> None:
        """Name the measure or the commitment in `place`, or what else the table describes, in Problems that follow."""
        self._where = self._where._replace(**place)  # type: ignore[arg-type]
        self._prefix = prefix

    def report(
        self,
        code: str,
        message: str,
        fix: str,
        key: str = "",
        severity: Severity = Severity.ERROR,
        *,
        year: int | None = None,
    ) -> None:
        """Add a Problem about `key`, or about the whole table."""
        field = f"{self._prefix}{key}" if key else self._prefix.rstrip(", .")
        where = self._where._replace(field=field, year=self._where.year if year is None else year)
        spot = str(where)
        if self._dialect.is_keyed_by_place:
            spot = f"{self._path}{key}" if year is None else f"{self._path}{key}[{year + 1}]"
        self._problems.append(Problem(code, severity, message, fix, where, key=f"{code}:{spot}"))

    def has(self, key: str) -> bool:
        """Whether the table has `key`."""
        return key in self._values

    def has_table(self, key: str) -> bool:
        """Whether a table stands under `key`."""
        return isinstance(self._values.get(key), dict)

    def has_number(self, key: str) -> bool:
        """Whether a number without quotes stands under `key`."""
        value = self._values.get(key)
        return isinstance(value, int | Decimal) and not isinstance(value, bool)

    def peek(self, key: str) -> str:
        """The text under `key` as it stands, "" where none does: to name in Problems what the table is about."""
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def raw_text(self, key: str) -> str | None:
        """The text of a whole file, as it stands; None when it is no text."""
        value = self._get(key)
        if isinstance(value, str):
            return value
        self._say(self._dialect.not_text, key)
        return None

    def text(self, key: str, *, required: bool = False, fact: Fact | None = None) -> str:
        """A text, stripped, on one line, as the form takes it for `fact`; "" when there is none."""
        value = self._get(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._say(self._dialect.not_text, key)
            return ""
        clean = self._clean(value, key, required)
        return self._held(clean, key, fact) if fact else clean

    def typed_text(self, key: str, most: int, *, required: bool = False) -> str:
        """A text of at most `most` characters as a person typed it, lines and all; "" when there is none."""
        value = self._get(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._say(self._dialect.not_text, key)
            return ""
        if len(value) > most:
            message, fix = f"“{key}” has {len(value):,} characters", f"Shorten it to {most:,} characters"
            self.report("text-too-long", message, fix, key)
        clean = without_control_characters(value[:most])
        if clean != value[:most]:
            message = f"“{key}” has characters that cannot be printed; they were left out"
            self.report("control-character", message, "Check the text", key, Severity.WARNING)
        return clean

    def line(self, key: str, fact: Fact, *, required: bool = False) -> str:
        """A text of one line as the form takes it for `fact`; "" when there is none, or another, which is reported."""
        value = self._values.get(key)
        if isinstance(value, str) and value and self._dialect.holds_lines and not self._held(value, key, fact):
            self._known[key] = None
            return ""
        return self.typed_text(key, MOST_LINE, required=required)

    def _held(self, text: str, key: str, fact: Fact) -> str:
        """The text, or nothing where a form would not take it."""
        fault = fact.line_fault(text)
        if fault is None:
            return text
        self.report(f"text-{fault.code}", f"“{key}” {fault.message.removeprefix('It ')}", fault.fix, key)
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self._say(wrong_type("a list of texts in quotes"), key)
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
        """A number without quotes from `least` to `most` with at most `places` decimals, or None."""
        value = self._get(key, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._say(wrong_type("a number without quotes"), key)
            return None
        number = self._exact(value, key, places)
        if number is not None and (number < least or (most is not None and number > most)):
            least_text = format_quantity(least)
            wanted = f"{least_text} or more" if most is None else f"from {least_text} to {most}"
            shown = shortened(str(value))
            self.report("out-of-range", f"{shown} is not {wanted}", f"Write a number {wanted}", key)
            return None
        return number

    def amount(self, key: str, *, required: bool = False, places: int = 2) -> Decimal | None:
        """A number written as text, as offers have it: "1000000.00"; or None."""
        value = self._get(key, required=required, missing=self._dialect.missing_amount)
        return None if value is None else self.amount_of(value, key, places)

    def amounts(self, key: str, places: int = PROXY_PLACES) -> tuple[Decimal | None, ...]:
        """A list of numbers written as text, one for each year; None where a gap stands, or what is no number."""
        values = enumerate(self._list(key, self._dialect.not_amounts))
        gap = self._dialect.gap
        return tuple(None if value == gap else self.amount_of(value, key, places, year) for year, value in values)

    def amount_of(self, value: object, key: str, places: int, year: int | None = None) -> Decimal | None:
        """The number that the text `value`, found under `key`, stands for; None when it is none."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            self._say(self._dialect.amount_not_text, key, shortened(str(value)), year=year)
            return None
        if not isinstance(value, str):
            self._say(self._dialect.amount_unreadable, key, "A number is missing here", year=year)
            return None
        return self._exact(value, key, places, year)

    def share(self, key: str) -> Decimal:
        """A share from 0 to 1 with at most 6 decimals; 0 when there is none."""
        return self.number(key, places=SHARE_PLACES, most=Decimal(1)) or Decimal(0)

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        found = self.count(key, least, most)
        return default if found is None else found

    def count(self, key: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`, or None; where numbers are text, with or without quotes."""
        value = self._get(key)
        if value is None:
            return None
        if self._dialect.is_text and isinstance(value, str) and _COUNT.fullmatch(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self._say(self._dialect.not_whole, key, least=least, most=most)
            return None
        if not least <= value <= most:
            self._say(self._dialect.whole_out_of_range, key, shortened(str(value)), least=least, most=most)
            return None
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._say(self._dialect.not_a_flag, key)
            return default
        return value

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date, or None."""
        value = self._get(key, required=required)
        found = _day_in(value) if self._dialect.is_text else value
        if value is None or type(found) is date:
            return found if type(found) is date else None
        self._say(self._dialect.not_a_day, key, f"“{shortened(value)}”" if isinstance(value, str) else f"“{key}”")
        return None

    def choice(self, key: str, words: Choices[Word], default: Word | None = None) -> Word:
        """One word of a closed list; without `default` it must be there."""
        stand_in = default or next(iter(words))
        text = self.text(key, required=default is None)
        return (self._word(text, key, words) or stand_in) if text else stand_in

    def choices(self, key: str, words: Choices[Word]) -> tuple[Word, ...]:
        """A list of words of a closed list, each once."""
        found: dict[Word, None] = {}
        for text in self.texts(key):
            word = self._word(text, key, words)
            if word in found:
                self.report("word-twice", f"“{text}” stands in the list twice", "Keep it once", key)
            elif word is not None:
                found[word] = None
        return tuple(found)

    def items(self, key: str) -> Sequence[object]:
        """A list of any values; empty when there is none."""
        return self._list(key, self._dialect.not_a_list)

    def table(self, key: str, *, required: bool = False) -> "FieldReader | None":
        """The table under `key`, or None."""
        value = self._get(key, required=required)
        return None if value is None else self._inner(value, key, f"{key}.")

    def tables(self, key: str) -> Iterator["FieldReader"]:
        """Each table of the list of tables under `key`."""
        return (table for _, table in self.numbered_tables(key))

    def numbered_tables(self, key: str) -> Iterator[tuple[int, "FieldReader"]]:
        """Each table of the list of tables under `key`, with its number in the list."""
        for number, value in enumerate(self._list(key, self._dialect.not_tables), start=1):
            table = self._inner(value, key, self._dialect.item.format(key=key, number=number))
            if table is not None:
                yield number, table

    def free_keys(self) -> tuple[str, ...]:
        """The keys of a table whose keys are data (years of an index, codes of measures)."""
        self._known.update(dict.fromkeys(self._values))
        return tuple(self._values)

    def finish(self) -> None:
        """Report every key that was not asked for; where they are very many, how many more there are."""
        dialect = self._dialect
        unknown = [key for key in self._values if key not in self._known]
        for key in unknown[:_MOST_UNKNOWN]:
            shown, fix = shortened(key), dialect.unknown_fix(key, self._known)
            message = dialect.unknown.message.format(key=shown)
            self.report(dialect.unknown.code, message, fix, shown, dialect.unknown_severity)
        if len(unknown) > _MOST_UNKNOWN:
            message = f"{len(unknown) - _MOST_UNKNOWN:,} more names are not known here"
            self.report(dialect.unknown.code, message, "Take them out", severity=dialect.unknown_severity)

    def _get(self, key: str, *, required: bool = False, missing: Saying | None = None) -> object:
        self._known[key] = None
        value = self._values.get(key)
        if required and value is None:
            self._say(missing or self._dialect.missing, key)
        return value

    def _list(self, key: str, saying: Saying) -> Sequence[object]:
        value = self._get(key)
        if value is None or isinstance(value, list):
            return value or []
        self._say(saying, key)
        return []

    def _inner(self, value: object, key: str, part: str) -> "FieldReader | None":
        if isinstance(value, dict):
            path, prefix = f"{self._path}{part}", f"{self._prefix}{part}"
            return FieldReader(value, self._where, self._problems, prefix, self._dialect, path)
        self._say(self._dialect.not_a_table, key)
        return None

    def _say(self, saying: Saying, key: str, shown: str = "", *, year: int | None = None, **bounds: int) -> None:
        facts: dict[str, object] = {"key": key, "shown": shown, **bounds}
        self.report(saying.code, saying.message.format(**facts), saying.fix.format(**facts), key, year=year)

    def _word(self, text: str, key: str, words: Choices[Word]) -> Word | None:
        values = [str(word.value) for word in words]
        if text in values:
            return words(text)
        self.report("unknown-word", f"“{shortened(text)}” is not in the list", choice_fix(text, values), key)
        return None

    def _clean(self, text: str, key: str, required: bool) -> str:
        tidy = on_one_line(text)
        refused = invisible_in(tidy)
        if refused is not None:
            message = f"The text has the invisible character U+{ord(refused):04X}"
            self.report("control-character", message, "Delete it, or type the text again", key)
            return ""
        if required and not tidy:
            self.report("empty-text", "The text is empty", "Write the text between the quotes", key)
        return tidy

    def _exact(self, value: object, key: str, places: int, year: int | None = None) -> Decimal | None:
        try:
            number = to_decimal(value)
        except NumberError as error:
            self._say(self._dialect.amount_unreadable, key, error.message, year=year)
            return None
        if decimal_places(number) > places:
            message = f"{shortened(str(number))} has more than {places} decimals"
            fix = f"Round it to {places} decimals, as its source states it"
            self.report("too-many-decimals", message, fix, key, year=year)
            return None
        return number


def _day_in(value: object) -> date | None:
    """The day that a text such as 2026-04-01 names; None when it is none."""
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
