"""What today's values make of a contract that was signed with a menu that was withdrawn, in a sentence or two."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from tomsapp.domain.money import total
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.wording import format_change, format_pounds
from tomsapp.services.sealed_view import SealedLine, SealedView

_MOST_MEASURES = 3
"""More measures that differ than these are told by their number."""


def today_words(view: SealedView | None) -> str:
    """The pounds, confidence and jobs of today, and in which measures they differ; "" with nothing newer in force."""
    if view is None or not view.whole or view.edition == view.edition_today:
        return ""
    return " ".join((_pounds(view), *_confidence(view), *_jobs(view)))


def _pounds(view: SealedView) -> str:
    """What it comes to today, and how much of that is of years for which what is behind it does not hold any more."""
    past = total(line.past_today for line in view.lines)
    if not view.since_sealed and not any(line.since_sealed for line in view.lines):
        dates = f", {format_pounds(past)} of them past the dates of their values" if past else ""
        return f"With {view.edition_today} its pounds are the same{dates}."
    by_code: dict[str, list[Decimal]] = {}
    for line in view.lines:
        if line.since_sealed:
            by_code.setdefault(line.code, []).append(line.since_sealed)
    changes = [f"{code} {format_change(total(amounts))}" for code, amounts in by_code.items()]
    dates = f", {format_pounds(past)} of it past the dates of its values" if past else ""
    told = ", ".join(changes) if len(changes) <= _MOST_MEASURES else f"{len(changes)} measures differ"
    return f"With {view.edition_today} it is {format_pounds(view.today)} today ({told}){dates}."


def _confidence(view: SealedView) -> Iterator[str]:
    """Of which measures the values are surer or less sure today than when they were signed."""
    differing = [line for line in view.lines if line.confidence_today]
    by_code: dict[str, list[SealedLine]] = {}
    for line in differing:
        by_code.setdefault(line.code, []).append(line)
    if len(by_code) > _MOST_MEASURES:
        yield f"The confidence of {len(by_code)} measures ({_as_sealed(differing)} as signed) differs."
    elif by_code:
        told = [
            f"{code} {lines[0].confidence_today} ({_as_sealed(lines)} as signed)" for code, lines in by_code.items()
        ]
        yield f"Confidence today: {', '.join(told)}."


def _as_sealed(lines: Iterable[SealedLine]) -> str:
    """The pounds of lines as they were signed."""
    return format_pounds(total(line.as_sealed for line in lines))


def _jobs(view: SealedView) -> Iterator[str]:
    """The employment outcomes as signed and today, where a rule asks for such and they differ."""
    for rule in view.rules:
        if not rule.outcomes or not rule.outcomes_today or rule.outcomes == rule.outcomes_today:
            continue
        stands = {PolicyResult.MET: ": enough", PolicyResult.SHORT: ": not enough"}.get(rule.today_result, "")
        yield f"{rule.title}: {rule.outcomes} as signed, today {rule.outcomes_today}{stands}."
