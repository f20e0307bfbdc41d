"""How a kind of file writes its values, and in which words its Problems are told."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from tomsapp.domain.money import MOST_WHOLE_DIGITS
from tomsapp.domain.problems import Severity
from tomsapp.reading.suggestion import choice_fix, did_you_mean


@dataclass(frozen=True, slots=True)
class Saying:
    """A Problem in waiting; `message` and `fix` may name {key}, {shown}, {least} and {most}."""

    code: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between a file that the program's keepers write and one that others send.

    Attributes:
        is_text: numbers and dates are written as text, so that every program keeps them exactly.
        gap: what stands in a list of numbers for no entry.
        item: how the place of an entry of a list is written, with {key} and {number}.
        is_keyed_by_place: a Problem is known by its place in the file, whatever the file is called, so that the answer
            to it is found again.
        holds_lines: a text of one line is held to what a form takes. What this program attached to a PDF is not: a
            paper may state what was taken before.
        unknown, unknown_fix, unknown_severity: what is said of a key that nothing asked for.
    """

    is_text: bool
    gap: str | None
    item: str
    is_keyed_by_place: bool
    missing: Saying
    missing_amount: Saying
    not_text: Saying
    amount_not_text: Saying
    amount_unreadable: Saying
    not_whole: Saying
    whole_out_of_range: Saying
    not_a_day: Saying
    not_a_flag: Saying
    not_a_list: Saying
    not_amounts: Saying
    not_tables: Saying
    not_a_table: Saying
    unknown: Saying
    unknown_fix: Callable[[str, Collection[str]], str]
    unknown_severity: Severity
    holds_lines: bool = True


def wrong_type(wanted: str) -> Saying:
    """A value of another type than `wanted`, which is also what is to be written."""
    return Saying("wrong-type", f"“{{key}}” is not {wanted}", f"Write {wanted}")


_NO_KEY = Saying("missing-key", "“{key}” is missing", "Add the line {key} = …")

MENU_FILES = Dialect(
    is_text=False,
    gap="",
    item="{key} {number}, ",
    is_keyed_by_place=False,
    missing=_NO_KEY,
    missing_amount=_NO_KEY,
    not_text=wrong_type("text in quotes"),
    amount_not_text=wrong_type("a number in quotes"),
    amount_unreadable=Saying(
        "not-a-number", "{shown}", f"Write a number of at most {MOST_WHOLE_DIGITS} digits before the point"
    ),
    not_whole=wrong_type("a whole number without quotes"),
    whole_out_of_range=Saying(
        "out-of-range", "{shown} is not from {least} to {most}", "Write a number from {least} to {most}"
    ),
    not_a_day=wrong_type("a date without quotes, such as 2026-04-01"),
    not_a_flag=wrong_type("true or false without quotes"),
    not_a_list=wrong_type("a list"),
    not_amounts=wrong_type("a list of numbers in quotes"),
    not_tables=wrong_type("tables, each under [[{key}]]"),
    not_a_table=wrong_type("a table"),
    unknown=Saying("unknown-key", "“{key}” is not a key here", ""),
    unknown_fix=choice_fix,
    unknown_severity=Severity.ERROR,
)
"""Menus, policies and areas: what the program rests on, so that an unknown key is an error."""

_NOT_WHOLE = Saying(
    "number-out-of-range",
    "“{key}” is not a whole number from {least} to {most}",
    "Write a whole number from {least} to {most}",
)

_NO_LIST = Saying("not-a-list", "“{key}” is not a list", "Put it in square brackets")

SENT_FILES = Dialect(
    is_text=True,
    gap=None,
    item="{key}[{number}].",
    is_keyed_by_place=True,
    missing=Saying("value-missing", "There is no {key}", "Add “{key}”"),
    missing_amount=Saying("value-missing", "There is no {key}", 'Add “{key}”, for example "1000000.00"'),
    not_text=Saying("not-text", "“{key}” is not a text", "Put it in quotation marks"),
    amount_not_text=Saying(
        "number-not-text", "{shown} is written as a JSON number", 'Put it in quotation marks: "{shown}"'
    ),
    amount_unreadable=Saying("number-unreadable", "{shown}", 'Write it as text, for example "40"'),
    not_whole=_NOT_WHOLE,
    whole_out_of_range=_NOT_WHOLE,
    not_a_day=Saying("date-unreadable", "{shown} is not a date", "Write year, month and day: 2026-04-01"),
    not_a_flag=Saying("not-yes-or-no", "“{key}” is neither true nor false", "Write true or false"),
    not_a_list=_NO_LIST,
    not_amounts=_NO_LIST,
    not_tables=_NO_LIST,
    not_a_table=Saying(
        "not-an-object", "“{key}” is not an object", "Put it in curly brackets, each value with its name"
    ),
    unknown=Saying("unknown-name", "“{key}” is not a name that an offer has; it was not read", ""),
    unknown_fix=lambda word, known: did_you_mean(word, known, "Take it out"),
    unknown_severity=Severity.WARNING,
)
"""Offers that others send: JSON, where an unknown name is a warning to be answered."""
ATTACHED_FILES = replace(SENT_FILES, holds_lines=False)
"""What this program attaches to its PDFs, and keeps of an act: as `SENT_FILES`."""
