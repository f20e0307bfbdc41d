"""The named values of one JSON object, read strictly; what is wrong is gathered as Problems, never raised."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.money import NumberError, shortened, to_decimal
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.exchange.strict_json import JsonNumber, JsonObject, JsonValue
from tomsapp.exchange.suggestion import did_you_mean

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_COMMITMENT = re.compile(r"^commitments\[\d+\]\.")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Fields:
    """One JSON object of a file. Each reading method asks for one name and gives None where nothing usable stands."""

    def __init__(self, values: JsonObject, where: Where, found: list[Problem], path: str = "") -> None:
        self.values = values
        self.where = where
        self.found = found
        self.path = path
        self._asked: list[str] = []

    def value(self, name: str) -> JsonValue:
        """What stands under `name`; None for null and for nothing."""
        self._asked.append(name)
        return self.values.get(name)

    def report(
        self,
        name: str,
        code: str,
        message: str,
        fix: str,
        *,
        year: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Gather a Problem with the value `name`."""
        spot = f"{self.path}{name}"
        where = replace(self.where, field=_COMMITMENT.sub("", spot), year=year)
        spot += "" if year is None else f"[{year + 1}]"
        self.found.append(Problem(code, severity, message, fix, where, key=f"{code}:{spot}"))

    def text(self, name: str, most: int, *, needed: bool = False) -> str:
        """A text of at most `most` characters; empty where there is none."""
        value = self.value(name)
        if value is None:
            if needed:
                self.report(name, "value-missing", f"There is no {name}", f"Add “{name}”")
            return ""
        if not isinstance(value, str):
            self.report(name, "not-text", f"“{name}” is not a text", "Put it in quotation marks")
            return ""
        if len(value) > most:
            fix = f"Shorten it to {most:,} characters"
            self.report(name, "text-too-long", f"“{name}” has {len(value):,} characters", fix)
            value = value[:most]
        return self._without_control_characters(name, value)

    def _without_control_characters(self, name: str, value: str) -> str:
        clean = _CONTROL.sub("", value)
        if clean != value:
            self.report(
                name,
                "control-character",
                f"“{name}” has characters that cannot be printed; they were left out",
                "Check the text",
                severity=Severity.WARNING,
            )
        return clean

    def number(self, name: str, *, needed: bool = False) -> Decimal | None:
        """An exact number, written as text."""
        value = self.value(name)
        if value is None:
            if needed:
                self.report(name, "value-missing", f"There is no {name}", f'Add “{name}”, for example "1000000.00"')
            return None
        return self.exact(name, value)

    def exact(self, name: str, value: JsonValue, year: int | None = None) -> Decimal | None:
        """The number that `value`, found under `name`, stands for."""
        if isinstance(value, JsonNumber):
            shown = shortened(value.text)
            fix = f'Put it in quotation marks: "{shown}"'
            self.report(name, "number-not-text", f"{shown} is written as a JSON number", fix, year=year)
            return None
        if not isinstance(value, str):
            fix = 'Write it as text, for example "40"'
            self.report(name, "number-unreadable", "A number is missing here", fix, year=year)
            return None
        try:
            return to_decimal(value)
        except NumberError as error:
            self.report(name, "number-unreadable", error.message, 'Write it as text, for example "40"', year=year)
            return None

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A count from `least` to `most`: a JSON whole number, or text."""
        value = self.value(name)
        if value is None:
            return None
        text = value.text if isinstance(value, JsonNumber) else value
        if (
            isinstance(text, str)
            and text.isascii()
            and text.isdigit()
            and len(text) < 10
            and least <= int(text) <= most
        ):
            return int(text)
        fix = f"Write a whole number from {least} to {most}"
        self.report(name, "number-out-of-range", f"“{name}” is not a whole number from {least} to {most}", fix)
        return None

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """A date written as 2026-04-01."""
        value = self.value(name)
        if value is None and not needed:
            return None
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        shown = f"“{shortened(value)}”" if isinstance(value, str) else f"“{name}”"
        self.report(name, "date-unreadable", f"{shown} is not a date", "Write year, month and day: 2026-04-01")
        return None

    def flag(self, name: str) -> bool:
        """Whether it is true; false where nothing stands."""
        value = self.value(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.report(name, "not-yes-or-no", f"“{name}” is neither true nor false", "Write true or false")
        return False

    def items(self, name: str) -> list[JsonValue]:
        """A list; empty where there is none."""
        value = self.value(name)
        if value is None or isinstance(value, list):
            return value or []
        self.report(name, "not-a-list", f"“{name}” is not a list", "Put it in square brackets")
        return []

    def inner(self, name: str, *, needed: bool = False) -> "Fields | None":
        """The fields of the object under `name`."""
        value = self.value(name)
        if value is None and not needed:
            return None
        return self.object_of(name, value, f"{self.path}{name}.")

    def object_of(self, name: str, value: JsonValue, path: str, where: Where | None = None) -> "Fields | None":
        """The fields of `value`, found under `name`."""
        if isinstance(value, dict):
            return Fields(value, where or self.where, self.found, path)
        code = "value-missing" if value is None else "not-an-object"
        self.report(name, code, f"“{name}” is not an object", "Put it in curly brackets, each value with its name")
        return None

    def objects(self, name: str) -> Iterable["Fields"]:
        """The fields of each object in the list under `name`."""
        for index, value in enumerate(self.items(name)):
            inner = self.object_of(name, value, f"{self.path}{name}[{index + 1}].")
            if inner is not None:
                yield inner

    def close(self) -> None:
        """Warn of every name that nothing asked for."""
        for name in self.values:
            if name not in self._asked:
                fix = did_you_mean(name, self._asked, "Take it out")
                message = f"“{shortened(name)}” is not a name that an offer has; it was not read"
                self.report(shortened(name), "unknown-name", message, fix, severity=Severity.WARNING)
