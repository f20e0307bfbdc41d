"""The list of checks of a set-up, step by step."""

from collections.abc import Iterable
from typing import assert_never

from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.choices import SET_UP
from tomsapp.domain.tender.setup import SetUp, SetUpProblem, Step
from tomsapp.domain.tender.setup_facts import fact_problems, lot_problems
from tomsapp.domain.tender.setup_menu import menu_problems
from tomsapp.domain.tender.setup_weights import check_problems, weight_problems

_CHECKS = (fact_problems, lot_problems, menu_problems, weight_problems, check_problems)


def setup_problems(setup: SetUp) -> tuple[SetUpProblem, ...]:
    """All that is missing or contradicts itself: by step, errors first within each.

    Once the offers are opened, what was set up is fixed: nothing is to be put right, and a deadline that passed is none
    that is missed.
    """
    if setup.tender.status not in SET_UP:
        return ()
    found = [problem for check in _CHECKS for problem in check(setup)]
    return tuple(sorted(found, key=lambda each: (each.step.value, _order(each.problem.severity))))


def _order(severity: Severity) -> int:
    match severity:
        case Severity.ERROR:
            return 0
        case Severity.WARNING:
            return 1
        case Severity.NOTE:
            return 2
        case _:
            assert_never(severity)


def problems_of(problems: Iterable[SetUpProblem], step: Step) -> tuple[SetUpProblem, ...]:
    """The problems of one step."""
    return tuple(each for each in problems if each.step is step)


def can_be_issued(problems: Iterable[SetUpProblem]) -> bool:
    """Whether nothing keeps the tender from being issued."""
    return not any(each.is_error for each in problems)
