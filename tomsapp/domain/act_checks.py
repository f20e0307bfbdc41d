"""What must be put right before a sealed act is done, and what is asked about its days and its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from tomsapp.domain.contract import Contract
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import fact_problem
from tomsapp.domain.seal import ACT, ALTHOUGH, REASON_LETTERS, ActFacts, ActKind, letters_missing
from tomsapp.domain.wording import format_date


@dataclass(frozen=True, slots=True)
class ActGround:
    """What an act is held against.

    Attributes:
        recorded_on: the day on which the contract was first recorded here.
        short_of: the policy rules that the contract falls short of.
        published_on: the day on which its menu edition was published, where it was.
    """

    contract: Contract
    recorded_on: date
    short_of: tuple[str, ...] = ()
    published_on: date | None = None


def with_shortfall(reason: str, short_of: Sequence[str], why: str) -> str:
    """A reason, and after it why a contract is signed although it is short of policy rules, and who allowed it."""
    if not short_of:
        return reason
    first = f"{reason.strip().rstrip('.')}. " if reason.strip() else ""
    return f"{first}{_although(short_of)}{why.strip()}"


def _although(short_of: Sequence[str]) -> str:
    return f"{ALTHOUGH} {' and '.join(short_of)}: "


def act_problems(facts: ActFacts, ground: ActGround, today: date) -> list[Problem]:
    """What must be put right before an act is done, and what is asked about its days.

    A warning is a question: it is answered by the reason.
    """
    found = [*_wrong(facts, today), *_shortfall(facts, ground)]
    questions = list(_questions(facts, ground))
    found.extend(questions)
    if facts.letters_missing and (questions or facts.kind.needs_reason):
        message = "The reason says too little"
        fix = f"Say why in at least {REASON_LETTERS} letters"
        found.append(_problem("reason-short", Severity.ERROR, message, fix, "reason"))
    return found


def _wrong(facts: ActFacts, today: date) -> Iterable[Problem]:
    if facts.done_on > today:
        message = f"{format_date(facts.done_on)} has not come yet"
        yield _problem("done-on-future", Severity.ERROR, message, "Enter the day on which it was done", "done_on")
    if facts.takes_effect_on is None:
        message, fix = "The act has no day from which it holds", "Enter a date, for example 1 April 2026"
        yield _problem("takes-effect-on-missing", Severity.ERROR, message, fix, "takes_effect_on")
    fault = ACT.fact("role").fault(facts.role)
    if fault is not None:
        yield fact_problem(ACT, ACT.fact("role"), fault)


def _shortfall(facts: ActFacts, ground: ActGround) -> Iterable[Problem]:
    """Signing short of a policy rule, a variation too, is never done without a reason of its own."""
    if not facts.kind.fixes or not ground.short_of:
        return
    _, _, why = facts.reason.partition(_although(ground.short_of))
    if letters_missing(why):
        message = f"It is short of {' and '.join(ground.short_of)}"
        fix = f"Say in at least {REASON_LETTERS} letters why it is signed all the same, and who allowed it"
        yield _problem("shortfall-unexplained", Severity.ERROR, message, fix, "shortfall")


def _questions(facts: ActFacts, ground: ActGround) -> Iterable[Problem]:
    """What is asked about each day: it may be right, and then the reason says so."""
    days = (("done_on", facts.done_on), ("takes_effect_on", facts.takes_effect_on))
    for name, day in days:
        question = None if day is None else _question(facts.kind, ground.contract, ground.recorded_on, day)
        if question is not None:
            code = f"{name.replace('_', '-')}-asked"
            yield _problem(code, Severity.WARNING, question, "Change the day, or say why in the reason", name)
    published_on = ground.published_on
    if facts.kind is ActKind.SIGN and published_on is not None and facts.done_on <= published_on:
        message = (
            f"The menu was published on {format_date(published_on)}, and an offer is made with one that is published "
            "before it is signed"
        )
        fix = "Change the day, or say why in the reason"
        yield _problem("published-later-asked", Severity.WARNING, message, fix, "done_on")


def _question(kind: ActKind, contract: Contract, made_on: date, day: date) -> str | None:
    if day < made_on:
        return f"{format_date(day)} is before {format_date(made_on)}, when the contract was first recorded here"
    end = format_date(contract.end_on)
    match kind:
        case ActKind.SIGN | ActKind.VARY:
            return f"{format_date(day)} is after the contract’s end, {end}" if day > contract.end_on else None
        case ActKind.CLOSE:
            return f"{format_date(day)} is before the contract’s end, {end}" if day < contract.end_on else None
        case ActKind.REOPEN | ActKind.WITHDRAW:
            return None
        case _:
            assert_never(kind)


def _problem(code: str, severity: Severity, message: str, fix: str, field: str) -> Problem:
    return Problem(code, severity, message, fix, Where(field=field))
