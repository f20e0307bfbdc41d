"""What a reviewer should look at in the evidence of measures: whether it can exist, and shows all that is credited."""

import re
from collections.abc import Iterable, Iterator

from tomsapp.domain.menu import Measure
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.units import Unit
from tomsapp.domain.wording import plural
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.review import Checked

YEAR = 12
_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "twelve": 12}
_MOST_DIGITS = 3
_NUMBER = rf"\b(\d{{1,{_MOST_DIGITS}}}|{'|'.join(_WORDS)})"
_SPAN = rf"{_NUMBER} (?:school )?(week|month|year)s?\b"
_LATER = (
    re.compile(rf"{_SPAN} (?:later|after|of the contract’s start)\b", re.IGNORECASE),
    re.compile(rf"\b(?:at|keeps? it for|stays? for at least) {_SPAN}", re.IGNORECASE),
)
"""Words for evidence that comes some time after a unit begins: "12 months later", "a payroll record at 12 months"."""


def late_evidence(checked: Checked) -> Iterable[Problem]:
    """Evidence that can lie after the end of a contract without a word on what is shown instead."""
    for measure in checked.edition.measures:
        if measure.evidence_months and not measure.evidence_if_later:
            message = f"Its evidence can exist {measure.evidence_months} months later, perhaps after the contract’s end"
            fix = "Add evidence_if_later = …: what is shown instead"
            where = checked.where(measure.code, "evidence_months")
            yield problem_at("evidence-too-late", message, fix, where, Severity.WARNING)


def late_evidence_in_words(checked: Checked) -> Iterable[Problem]:
    """Evidence that comes later by the measure's own words, which `evidence_months` does not say."""
    for measure in checked.edition.measures:
        months, words = max(_later_in(measure), default=(0, ""))
        if months > measure.evidence_months:
            message = f"Its words say “{words}”, and evidence_months is {measure.evidence_months}"
            fix = f"Write evidence_months = {months} and evidence_if_later = …, or say what is shown at once"
            where = checked.where(measure.code, "evidence_months")
            yield problem_at("evidence-months-unsaid", message, fix, where, Severity.WARNING)


def _later_in(measure: Measure) -> Iterator[tuple[int, str]]:
    for sentence in (measure.description, *measure.count, *measure.evidence):
        for pattern in _LATER:
            for match in pattern.finditer(sentence):
                yield _months(*match.groups()), match.group()


def _months(number: str, unit: str) -> int:
    """Whole months, the last one begun counted in full: 12 weeks are three."""
    count = int(number) if number.isdigit() else _WORDS[number.casefold()]
    match unit.casefold():
        case "week":
            return -(-count * YEAR // 52)
        case "year":
            return count * YEAR
        case _:
            return count


def years_at_once(checked: Checked) -> Iterable[Problem]:
    """A whole year that is credited before a year has shown it, as for one score at the end of a course."""
    for measure in checked.edition.measures:
        if measure.unit is Unit.PERSON_YEARS and measure.whole_units and measure.evidence_months < YEAR:
            months = plural(measure.evidence_months, "month", "months")
            message = f"One unit is a whole year, and its evidence exists {months} after it begins"
            fix = "Count the part of a year that is shown (leave out whole_units), or ask for evidence at 12 months"
            where = checked.where(measure.code, "whole_units")
            yield problem_at("year-at-once", message, fix, where, Severity.WARNING)


EVIDENCE_RULES = (late_evidence, late_evidence_in_words, years_at_once)
"""Every rule of this module, in the order in which their Problems are told."""
