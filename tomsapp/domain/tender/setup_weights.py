"""The last steps of a set-up: weights, the way of scoring, the questions, and what is left before issuing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from tomsapp.domain.money import exact_sum
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.choices import Placing, QuantityMethod, Route
from tomsapp.domain.tender.question import ALL_QUESTIONS, MARKS, QUESTION, Question
from tomsapp.domain.tender.setup import SetUp, SetUpProblem, Step, missing, of_record
from tomsapp.domain.tender.setup_facts import method_for_each_lot
from tomsapp.domain.tender.tender import ALL_POINTS
from tomsapp.domain.wording import format_date, format_exact, format_pounds, format_quantity, listed


def weight_problems(setup: SetUp) -> Iterable[SetUpProblem]:
    """What is wrong with the weights, the way of scoring and the questions."""
    yield from _weights(setup)
    yield from _method(setup)
    yield from method_for_each_lot(setup)
    yield from _questions(setup)
    for question in setup.questions:
        for problem in QUESTION.problems(question):
            yield of_record(Step.WEIGHTS, problem, f"Question {question.number}", question=question.number)
        yield from _question(question)


def _weights(setup: SetUp) -> Iterator[SetUpProblem]:
    tender = setup.tender
    if tender.all_points != ALL_POINTS:
        added = format_exact(tender.all_points)
        message = f"The weights add up to {added}, not to {ALL_POINTS}"
        yield missing(
            Step.WEIGHTS, "weights-sum", message, f"Enter weights that add up to {ALL_POINTS}", "price_weight"
        )
    if not tender.social_points:
        if tender.placing is Placing.WITHIN_QUALITY and tender.social_weight:
            message, fix = "Social value stands within quality, which has no weight", "Give quality a weight"
        else:
            message, fix = "Social value has no weight", "Give it a weight"
        yield missing(Step.WEIGHTS, "social-weight-missing", message, fix, "social_weight", severity=Severity.WARNING)
    if not tender.price_points:
        message, fix = "Price has no weight", "Check that no price is compared"
        yield missing(Step.WEIGHTS, "price-weight-missing", message, fix, "price_weight", severity=Severity.WARNING)


def _method(setup: SetUp) -> Iterator[SetUpProblem]:
    """The target and the bands go with their methods."""
    tender = setup.tender
    has_target, has_bands = tender.method_target is not None, bool(tender.bands.strip())
    by_target, by_bands = tender.method is QuantityMethod.TARGET, tender.method is QuantityMethod.BANDS
    if by_target and not has_target:
        message, fix = "Quantity is scored against a target, and there is none", "Enter the target in pounds"
        yield missing(Step.WEIGHTS, "method-target-missing", message, fix, "method_target")
    if by_bands and not has_bands:
        message, fix = "Quantity is scored in bands, and there are none", "Enter them as 0% 0; 5% 2; 10% 5"
        yield missing(Step.WEIGHTS, "bands-missing", message, fix, "bands")
    if has_target and not by_target and tender.method_target is not None:
        message = f"The target of the scoring, {format_pounds(tender.method_target)}, is not used"
        fix = "Choose it as the method, or take it out"
        field = "method_target"
        yield missing(Step.WEIGHTS, "method-target-unused", message, fix, field, severity=Severity.WARNING)
    if has_bands and not by_bands:
        message, fix = "The bands are not used", "Choose them as the method, or take them out"
        yield missing(Step.WEIGHTS, "bands-unused", message, fix, "bands", severity=Severity.WARNING)
    if not tender.quantity_points and setup.scored and tender.social_points:
        message, fix = "Quantity gives no points, so what is offered is not scored", "Give it a part of the points"
        yield missing(Step.WEIGHTS, "quantity-part-missing", message, fix, "quantity_part", severity=Severity.WARNING)


def _questions(setup: SetUp) -> Iterator[SetUpProblem]:
    """Questions and the points that they give go together, and their weights add up."""
    tender, questions = setup.tender, setup.questions
    if tender.statement_points and not questions:
        points = format_exact(Fraction(tender.statement_points))
        message, fix = (
            f"Statements give {points} points, and no question is asked",
            "Ask one, or give quantity all points",
        )
        yield missing(Step.WEIGHTS, "questions-missing", message, fix, "quantity_part")
    if questions and not tender.statement_points:
        message, fix = "Questions are asked, and give no points", "Give quantity less than 100%, or take them out"
        yield missing(Step.WEIGHTS, "questions-unscored", message, fix, "quantity_part")
    if questions and tender.route is Route.QUOTE:
        message, fix = "A quote has no questions: nothing of it is marked", "Take them out, or choose the full route"
        yield missing(Step.WEIGHTS, "quote-questions", message, fix)
    weights = exact_sum(question.weight for question in questions)
    if questions and weights != ALL_QUESTIONS:
        message = f"The weights of the questions add up to {format_quantity(weights)}, not to {ALL_QUESTIONS}"
        fix = f"Enter weights that add up to {ALL_QUESTIONS}"
        yield missing(Step.WEIGHTS, "question-weights-sum", message, fix, "weight")
    for number, count in Counter(question.number for question in questions).items():
        if count > 1:
            message, fix = f"{count} questions have the number {number}", "Give each a number of its own"
            yield missing(Step.WEIGHTS, "question-twice", message, fix, "number", question=number)


def _question(question: Question) -> Iterator[SetUpProblem]:
    name, number = f"Question {question.number}", question.number
    if not question.text.strip():
        message, fix = f"{name} asks nothing", "Enter the question"
        yield missing(Step.WEIGHTS, "question-text-missing", message, fix, "text", question=number)
    if not question.weight:
        message, fix = f"{name} has no weight", "Give it a weight, or take it out"
        yield missing(Step.WEIGHTS, "question-weight-missing", message, fix, "weight", question=number)
    without = question.marks_without_guide
    if without:
        message = f"{name} has no marking guide"
        if len(without) < len(MARKS):
            message = f"{name} does not say what gets {listed([str(mark) for mark in without])}"
        fix = "Say what an answer is like that gets each mark"
        yield missing(Step.WEIGHTS, "guide-missing", message, fix, f"guide_{without[0]}", question=number)


def check_problems(setup: SetUp) -> Iterable[SetUpProblem]:
    """What is left before a version goes out: questions of bidders without an answer."""
    for asked in setup.asked:
        if not asked.is_answered:
            message = f"A bidder’s question of {format_date(asked.asked_on)} has no answer yet"
            fix = "Answer it, so that the answer goes out with this version"
            yield missing(Step.CHECK, "question-unanswered", message, fix, severity=Severity.WARNING)
