"""Checks over years and lines alike: what counts once is not counted again in a later year or a second line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from tomsapp.domain.checks.asked import Claims, PromisedLine, claims_of
from tomsapp.domain.checks.findings import Told, found_later
from tomsapp.domain.checks.words import ONCE_EACH, repeated
from tomsapp.domain.menu import Counts
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Where
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import plural

REPEATS = frozenset({"repeated-people", "counted-again"})


def repeat_problems(valuation: Valuation) -> Iterable[Problem]:
    """A question for each measure that counts once and is promised in more than one year or line."""
    claims = cache(lambda: claims_of(valuation))
    by_measure: dict[str, list[tuple[LineValue, int]]] = {}
    for line in valuation.lines:
        measure = line.measure
        if measure.counts is not Counts.EACH_YEAR:
            filled = by_measure.setdefault(measure.code, [])
            filled += [(line, year) for year, quantity in enumerate(line.units) if quantity > 0]
    for filled in by_measure.values():
        if len(filled) > 1:
            yield _asked(claims, filled)


def answers_of_repeats(claims: Claims, answers: Mapping[str, Answer]) -> dict[str, str]:
    """The key of the answer for each measure of several years or lines, while its figures hold."""
    found: dict[str, str] = {}
    for key, answer in answers.items():
        about, _, rest = key.partition(":")
        code, _, spots = rest.partition(":")
        if about not in REPEATS or answer.choice is AnswerChoice.RIGHT:
            continue
        if spots == _spots(claims, code) and claims.holds(answer, claims.asked({code})):
            found[code] = key
    return found


def _asked(claims: Callable[[], Claims], filled: Sequence[tuple[LineValue, int]]) -> Problem:
    measure = filled[0][0].measure
    last, year = filled[1]
    code = "repeated-people" if measure.counts is Counts.FIRST_12_MONTHS else "counted-again"

    def tell() -> Told:
        said = repeated(measure).filled(where=_where_words(filled), remedy=_remedy(filled))
        return {
            "message": said.message,
            "fix": said.fix,
            "key": f"{code}:{measure.code}:{_spots(claims(), measure.code)}",
            "asked": claims().asked({measure.code}),
        }

    where = Where(commitment=last.commitment.key, measure=measure.code, year=year, field="quantity")
    return found_later(code, tell, where)


def _spots(claims: Claims, code: str) -> str:
    """Which lines and years are meant, counted from 1, so that an answer lapses when another one comes in."""
    lines = (line for line in claims.lines if line.measure == code)
    return "+".join(spot for number, line in enumerate(lines, start=1) for spot in _filled(number, line))


def _filled(number: int, line: PromisedLine) -> Iterable[str]:
    return (f"{number}.{year}" for year, quantity in enumerate(line.quantities, start=1) if quantity > 0)


def _where_words(filled: Sequence[tuple[LineValue, int]]) -> str:
    years = len({year for _, year in filled})
    lines = len({line.commitment.key for line, _ in filled})
    places = [plural(years, "year", "years")] if years > 1 else []
    places += [plural(lines, "line", "lines")] if lines > 1 else []
    return " and ".join(places)


def _remedy(filled: Sequence[tuple[LineValue, int]]) -> str:
    if any(line.commitment.rate for line, _ in filled):
        return "promise quantities by year instead"
    return ONCE_EACH
