"""What the stepper of the set-up says of each step, from what was read of the tender."""

from __future__ import annotations

from typing import assert_never

from tomsapp.domain.money import exact_sum
from tomsapp.domain.tender.setup import Step
from tomsapp.domain.tender.setup_checks import can_be_issued, problems_of
from tomsapp.domain.wording import format_quantity, plural, small_first
from tomsapp.gui.widgets.stepper import ShownStep, StepMark
from tomsapp.services.tenders.reading import OpenTender

_MOST_WORDS = 44
"""Letters of a problem that is told whole; of a longer one it is told that there is one."""


def shown_step(opened: OpenTender, step: Step) -> ShownStep:
    """A step with what it lacks, or else with what stands in it."""
    problems = problems_of(opened.problems, step)
    wrong = [each for each in problems if each.is_error]
    if wrong:
        message = wrong[0].problem.message
        is_told = len(wrong) == 1 and len(message) <= _MOST_WORDS
        state = message if is_told else f"{plural(len(wrong), 'thing')} to put right"
        return ShownStep(step.value, step.words, state, StepMark.PROBLEM)
    doubts = len(problems)
    holds, is_done = _holds(opened, step)
    state = f"{holds}, {doubts} to look at" if doubts else holds
    return ShownStep(step.value, step.words, state, StepMark.DONE if is_done else StepMark.OPEN)


def _holds(opened: OpenTender, step: Step) -> tuple[str, bool]:
    """What stands in a step without errors, and whether it is done."""
    tender = opened.tender
    match step:
        case Step.FACTS:
            return "Reference, title, deadline", True
        case Step.LOTS:
            return plural(len(opened.lots), "lot"), True
        case Step.MENU:
            every = len(opened.edition.measures) if opened.edition else 0
            return f"{len(opened.measures)} of {every} chosen", True
        case Step.WEIGHTS:
            parts = (tender.price_weight, tender.quality_weight, tender.social_weight)
            told = " + ".join(format_quantity(part) for part in parts)
            return (f"{told} points" if exact_sum(parts) else "No weights yet"), True
        case Step.CHECK:
            if opened.versions:
                return f"Version {opened.versions[-1].version} issued", True
            return ("Ready to issue" if can_be_issued(opened.problems) else "Not issued yet"), False
        case _:
            assert_never(step)


def title_of(place: int, count: int, step: Step) -> str:
    """The heading of a step: "Step 2 of 5: lots"."""
    return f"Step {place} of {count}: {small_first(step.words)}"
