"""The five steps of an offer and what is left to do in each: the same words in the window's column and its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tomsapp.domain.checks.findings import FINDINGS
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.tender.question import count_words
from tomsapp.domain.wording import listed, plural
from tomsapp.services.bidding.typing import detail_fact
from tomsapp.services.bidding.work import (
    OfferWork,
    Place,
    PlaceKind,
    bidder_place,
    detail_place,
    quantity_place,
    question_place,
)


class Step(IntEnum):
    """The steps in their order; each can be opened at any time."""

    READ = 1
    CHOOSE = 2
    HOW_MUCH = 3
    ANSWER = 4
    CHECK = 5


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that an offer needs.

    Attributes:
        words: what it is: "1 quantity: tonnes in 2028/29".
        place: where it is done first.
    """

    step: Step
    words: str
    place: Place
    is_done: bool = False

    @property
    def told(self) -> str:
        """The same as it is read out."""
        return f"{'Done' if self.is_done else 'To do'}: {self.words}"


@dataclass(frozen=True, slots=True)
class StepState:
    """A step as the column shows it: its name, what is missing of it in words, and how it stands."""

    step: Step
    name: str
    words: str
    is_done: bool = False
    has_problem: bool = False


_NEEDED_DETAILS: Mapping[str, str] = {"statement-missing": "statement", "staff-not-said": "staff"}
"""Warnings that say that something was not filled in, with the detail that it is."""
_QUANTITIES = frozenset({"quantity-missing", "year-blank"})
_SORTED_OUT = frozenset(
    {
        *_QUANTITIES,
        *_NEEDED_DETAILS,
        "no-commitments",
        "too-many-measures",
        "mandatory-theme-missing",
        "condition-not-accepted",
        "question-unanswered",
        "bidder-name-missing",
        "bidder-contact-missing",
        "bidder-email-missing",
        "bidder-email-wrong",
    }
)
"""What is told by an item of its own; every other error is told in the words of its check."""


def to_do(work: OfferWork) -> tuple[ToDo, ...]:
    """All that must be done before an offer can be saved, done or not, in the order of the steps."""
    makers = (_organisation, _measures, _conditions, _quantities, _details, _others, _questions)
    return tuple(item for make in makers for item in make(work))


def left(work: OfferWork) -> tuple[ToDo, ...]:
    """What of it is not done."""
    return tuple(item for item in to_do(work) if not item.is_done)


def left_words(items: Sequence[ToDo]) -> str:
    """What is said where somebody saves too early: "3 things are left. First: tonnes in 2028/29"."""
    if not items:
        return "Nothing is left to do."
    is_are = "1 thing is" if len(items) == 1 else f"{len(items)} things are"
    return f"{is_are} left. First: {items[0].words}."


def place_of(problem: Problem) -> Place:
    """Where a Problem is put right."""
    where = problem.where
    if where.commitment:
        if where.year is not None or where.field in {"", "quantity", "quantities"}:
            return quantity_place(where.commitment, where.year or 0)
        name = {"rate": "rate_quantity"}.get(where.field, where.field)
        is_detail = name not in {"measure", "parts"}
        return detail_place(where.commitment, name) if is_detail else quantity_place(where.commitment, where.year or 0)
    if where.field.startswith("statement_"):
        return question_place(int(where.field.removeprefix("statement_")))
    if where.field == "accepted":
        return Place(PlaceKind.CONDITION, where.measure)
    if problem.code.startswith("bidder-"):
        return bidder_place(where.field)
    return Place(PlaceKind.MEASURES, where.measure)


def step_of(place: Place) -> Step:
    """The step in which a place is."""
    return {
        PlaceKind.BIDDER: Step.READ,
        PlaceKind.MEASURES: Step.CHOOSE,
        PlaceKind.CONDITION: Step.CHOOSE,
        PlaceKind.QUANTITY: Step.HOW_MUCH,
        PlaceKind.DETAIL: Step.HOW_MUCH,
        PlaceKind.QUESTION: Step.ANSWER,
        PlaceKind.PROBLEM: Step.CHECK,
    }[place.kind]


def _coded(work: OfferWork, *codes: str) -> list[Problem]:
    return [problem for problem in work.checked.problems if problem.code in codes]


def _organisation(work: OfferWork) -> Iterator[ToDo]:
    held = [place for place in work.held if place.kind is PlaceKind.BIDDER]
    wrong = [place_of(problem) for problem in work.checked.own if problem.code.startswith("bidder-")]
    missing = [*wrong, *held]
    yield ToDo(Step.READ, "Your organisation and contact", [*missing, bidder_place("name")][0], not missing)


def _measures(work: OfferWork) -> Iterator[ToDo]:
    themes = {theme.number: theme.title for theme in work.pack.edition.themes}
    missing = " ".join(problem.message for problem in _coded(work, "mandatory-theme-missing"))
    at = Place(PlaceKind.MEASURES)
    for number in work.asked.tender.theme_numbers:
        title = themes.get(number, f"theme {number}")
        yield ToDo(Step.CHOOSE, f"At least 1 measure on {title}", at, f"Theme {number}," not in missing)
    if not work.asked.tender.theme_numbers:
        yield ToDo(Step.CHOOSE, "At least 1 measure", at, bool(work.offer.commitments))
    for problem in _coded(work, "too-many-measures"):
        yield ToDo(Step.CHOOSE, problem.message, at)


def _conditions(work: OfferWork) -> Iterator[ToDo]:
    if work.asked.conditions:
        open_ones = _coded(work, "condition-not-accepted")
        first = place_of(open_ones[0]) if open_ones else Place(PlaceKind.CONDITION, work.asked.conditions[0].measure)
        count = len(open_ones) or len(work.asked.conditions)
        words = f"Accept {plural(count, 'condition')}" if open_ones else "The conditions are accepted"
        yield ToDo(Step.CHOOSE, words, first, not open_ones)


def missing_quantities(work: OfferWork) -> tuple[Place, ...]:
    """Where a quantity is blank or cannot be used, in the order in which promises are shown."""
    found = {place_of(problem) for problem in _coded(work, *_QUANTITIES)}
    found |= {place for place in work.held if place.kind is PlaceKind.QUANTITY}
    order = {one.key: at for at, one in enumerate(work.in_order())}
    return tuple(sorted(found, key=lambda place: (order.get(place.key, 0), place.year)))


def _quantities(work: OfferWork) -> Iterator[ToDo]:
    places = missing_quantities(work)
    if not work.offer.commitments:
        return
    if not places:
        yield ToDo(Step.HOW_MUCH, "Every quantity", quantity_place(work.in_order()[0].key, 0), is_done=True)
        return
    words = plural(len(places), "quantity", "quantities")
    if len(places) == 1:
        words = f"{words}: {quantity_words(work, places[0])}"
    yield ToDo(Step.HOW_MUCH, words, places[0])


def quantity_words(work: OfferWork, place: Place) -> str:
    """What a quantity is of: "tonnes in 2028/29"."""
    measure, years = work.measure(place.key), work.contract.years
    many = measure.many_name if measure is not None else "units"
    return f"{many} in {years[place.year].label}" if place.year < len(years) else many


def _details(work: OfferWork) -> Iterator[ToDo]:
    said = {
        "statement-missing": lambda count: f"How {plural(count, 'measure')} will be delivered",
        "staff-not-said": lambda count: f"Who is in the jobs of {plural(count, 'measure')}",
    }
    for code, name in _NEEDED_DETAILS.items():
        found = [problem for problem in _coded(work, code) if problem.is_open]
        if found:
            yield ToDo(Step.HOW_MUCH, said[code](len(found)), detail_place(found[0].where.commitment, name))
    for place, held in work.held.items():
        if place.kind is PlaceKind.DETAIL:
            yield ToDo(Step.HOW_MUCH, f"{detail_fact(place.name).label}: {held.message or held.fix}", place)


def _others(work: OfferWork) -> Iterator[ToDo]:
    """Every other error, in the words of its check."""
    for problem in work.checked.problems:
        if problem.severity is Severity.ERROR and problem.code not in _SORTED_OUT:
            place = place_of(problem)
            yield ToDo(step_of(place), problem.message, place)


def _questions(work: OfferWork) -> Iterator[ToDo]:
    if not work.asked.questions:
        return
    numbers = [question.number for question in work.asked.questions]
    missing = [number for number in numbers if not count_words(work.offer.statement(number))]
    if missing:
        words = f"Answer to question {missing[0]}"
        words = words if len(missing) == 1 else f"Answers to questions {listed([str(each) for each in missing])}"
        yield ToDo(Step.ANSWER, words, question_place(missing[0]))
    else:
        words = "The question is answered" if len(numbers) == 1 else "Every question is answered"
        yield ToDo(Step.ANSWER, words, question_place(numbers[0]), is_done=True)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What is said under a promise.

    Attributes:
        is_blank: whether a year was left blank, which can be put right by a 0.
    """

    sentence: str
    place: Place
    is_error: bool = True
    is_blank: bool = False


def told_of_lines(work: OfferWork) -> Mapping[str, tuple[ToldLine, ...]]:
    """What is wrong with each promise, by its key; that nothing was entered of it yet is told by the list alone."""
    told: dict[str, list[ToldLine]] = {one.key: [] for one in work.offer.commitments}
    for place, text in work.held.items():
        if place.kind is PlaceKind.QUANTITY and place.key in told:
            told[place.key].append(ToldLine(f"{text.message}. {text.fix}." if text.fix else f"{text.message}.", place))
    wrong = {line.place for lines in told.values() for line in lines}
    for problem in work.checked.problems:
        key = problem.where.commitment
        line = _told(work, problem) if key in told else None
        if line is not None and line.place not in wrong:
            told[key].append(line)
    return {key: tuple(lines) for key, lines in told.items()}


def _told(work: OfferWork, problem: Problem) -> ToldLine | None:
    if problem.code in {"quantity-missing", *_NEEDED_DETAILS}:
        return None
    place = place_of(problem)
    if problem.code == "year-blank":
        measure, year = work.measure(place.key), work.contract.years[place.year].label
        many = measure.many_name if measure is not None else "quantity"
        return ToldLine(f"Enter the {many} for {year}, or 0 if there are none.", place, is_blank=True)
    if problem.severity is Severity.ERROR:
        return ToldLine(f"{problem.message}. {problem.fix}.", place)
    if not problem.is_open:
        return None
    return ToldLine(f"{problem.message}. You answer this in the last step.", place, is_error=False)


_ENTERED = frozenset({*_NEEDED_DETAILS, "no-commitments", "spend-missing", "older-pack"})
"""Warnings that end when something is entered, and are told in the list of what is left."""


def asked_about(work: OfferWork) -> tuple[Problem, ...]:
    """What the checks ask about the offer, answered or not; none of it keeps an offer from being saved."""
    found = work.checked.problems
    return tuple(each for each in found if each.severity is Severity.WARNING and each.code not in _ENTERED)


def can_be_answered(problem: Problem) -> bool:
    """Whether somebody may say why it is right as it stands: so it is with the checks of every offer."""
    return problem.code in FINDINGS


# The column of steps


def step_states(work: OfferWork, saved_words: str = "") -> tuple[StepState, ...]:
    """The five steps as they stand; `saved_words` says whether the offer is in a file: "Saved at 10:14"."""
    open_items = left(work)
    asked = work.asked
    questions = plural(len(asked.questions), "question") if asked.questions else "no question"
    names: Mapping[Step, tuple[str, Callable[[OfferWork], str]]] = {
        Step.READ: ("Read the tender", lambda _work: "Your contact is missing"),
        Step.CHOOSE: ("Choose measures", _chosen_words),
        Step.HOW_MUCH: ("Say how much", _how_much_words),
        Step.ANSWER: (f"Answer {questions}", _answered_words),
        Step.CHECK: ("Check and save", lambda _work: saved_words or "Not yet"),
    }
    states = []
    for step, (name, tell) in names.items():
        missing = [item for item in open_items if item.step is step]
        is_done = not missing and (step is not Step.HOW_MUCH or bool(work.offer.commitments))
        if step is Step.CHECK:
            is_done = bool(saved_words) and not open_items
        is_told = step in {Step.CHOOSE, Step.CHECK} or not is_done
        words = tell(work) if is_told else "Done"
        has_problem = any(problem.severity is Severity.ERROR for problem in _wrong_in(work, step))
        states.append(StepState(step, name, words, is_done, has_problem or _is_held(work, step)))
    return tuple(states)


def _wrong_in(work: OfferWork, step: Step) -> Iterator[Problem]:
    """What is wrong in a step, and not only missing yet."""
    missing = work.checked.problems
    blank = {"year-blank", "condition-not-accepted", "question-unanswered", "no-commitments"}
    for problem in missing:
        is_missing = problem.code in blank or problem.code.endswith("-missing")
        if not is_missing and step_of(place_of(problem)) is step:
            yield problem


def _is_held(work: OfferWork, step: Step) -> bool:
    return any(step_of(place) is step for place in work.held)


def _chosen_words(work: OfferWork) -> str:
    most, count = work.asked.tender.most_measures, len(work.chosen)
    if _coded(work, "condition-not-accepted") and count:
        return "1 condition to accept" if len(_coded(work, "condition-not-accepted")) == 1 else "Conditions to accept"
    return f"{count} of {most} chosen" if most else f"{count} chosen" if count else "None chosen yet"


def _how_much_words(work: OfferWork) -> str:
    places = missing_quantities(work)
    if not work.offer.commitments:
        return "Nothing chosen yet"
    if places:
        return f"{plural(len(places), 'quantity', 'quantities')} missing"
    count = sum(1 for item in left(work) if item.step is Step.HOW_MUCH)
    return f"{plural(count, 'thing')} left"


def _answered_words(work: OfferWork) -> str:
    questions = work.asked.questions
    done = sum(1 for each in questions if count_words(work.offer.statement(each.number)))
    return f"{done} of {len(questions)} answered"
