"""Answers as people read them: on which day they were given, and for which figures, each with every contract year."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tomsapp.domain.contract_dates import ContractError, contract_years
from tomsapp.domain.problems import Answer
from tomsapp.domain.wording import MONTHS

_DAY = rf"(\d+) ({'|'.join(MONTHS)}) (\d{{4}})"
_DATES = re.compile(f"{_DAY} to {_DAY}")
_NUMBER = r"[\d,.]*\d"
LEAST_FOLDED = 3
"""The same quantity in so many contract years, or more, is told once."""

_QUANTITIES = re.compile(rf"(\S+ )({_NUMBER}(?:, {_NUMBER})*)(, of which \S+)?")


def given_for(answers: Sequence[Answer]) -> str:
    """For what answers were given: "for J07 1, 0, 1; S01 2, 0, 0; …"; those of the time before choices do not say."""
    if any(answer.choice is None for answer in answers):
        return "before answers were kept with their figures"
    figures = figures_of(answers)
    return f"for {'; '.join(figures)}" if figures else ""


def in_full(asked: str) -> str:
    """The figures of a question as people read them, with every contract year."""
    return "; ".join(_figures(asked))


def figures_of(answers: Sequence[Answer]) -> tuple[str, ...]:
    """The figures of all answers, each once, and after them the dates of their contract."""
    told = dict.fromkeys(figure for answer in answers for figure in _figures(answer.asked))
    return tuple(sorted(told, key=lambda figure: _DATES.fullmatch(figure) is not None))


def _figures(asked: str) -> Iterator[str]:
    """The figures that were asked about; the words that are kept leave out last years of nothing, these have them."""
    parts = asked.split("; ") if asked else []
    years = _years(parts[-1]) if parts else 0
    for part in parts:
        promised = _QUANTITIES.fullmatch(part)
        if promised is None:
            yield part
        else:
            code, quantities, share = promised.groups(default="")
            given = quantities.split(", ")
            yield f"{code}{_by_year([*given, *['0'] * (years - len(given))])}{share}"


def _by_year(quantities: Sequence[str]) -> str:
    """The quantities by year; a promise that is the same in each of several years is told once: "5 × 240,000"."""
    is_folded = len(quantities) >= LEAST_FOLDED and len(set(quantities)) == 1
    return f"{len(quantities)} × {quantities[0]}" if is_folded else ", ".join(quantities)


def _years(dates: str) -> int:
    """How many contract years lie between dates in words; 0 where the words are others, as a file may have them."""
    found = _DATES.fullmatch(dates)
    if found is None:
        return 0
    try:
        return len(contract_years(_date(*found.group(1, 2, 3)), _date(*found.group(4, 5, 6))))
    except (ValueError, ContractError):
        return 0


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), MONTHS.index(month) + 1, int(day))
