"""The first two steps of a set-up: the facts of the tender, and its lots."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tomsapp.domain.contract import ContractKind
from tomsapp.domain.money import exact_sum
from tomsapp.domain.problems import Severity
from tomsapp.domain.tender.choices import QuantityMethod, Route, ShareBase
from tomsapp.domain.tender.deadline import clock_fault, lateness, time_fault, zone_fault
from tomsapp.domain.tender.lot import LOT, Lot
from tomsapp.domain.tender.setup import SetUp, SetUpProblem, Step, missing, of_record
from tomsapp.domain.tender.tender import TENDER
from tomsapp.domain.wording import format_date, format_pounds, listed

_OF_MENU = frozenset({"menu", "edition", "most_measures", "mandatory_themes"})
_OF_WEIGHTS = frozenset(
    {"price_weight", "quality_weight", "social_weight", "placing", "quantity_part", "method", "method_target"}
    | {"bands", "minimum"}
)


def step_of(field: str) -> Step:
    """The step in which a fact of the tender is entered."""
    if field in _OF_MENU:
        return Step.MENU
    return Step.WEIGHTS if field in _OF_WEIGHTS else Step.FACTS


def fact_problems(setup: SetUp) -> Iterable[SetUpProblem]:
    """What is wrong with the facts of the tender, one by one and together."""
    tender = setup.tender
    for problem in TENDER.problems(tender):
        yield of_record(step_of(problem.where.field), problem)
    yield from _deadline(setup)
    if not tender.contract_manager.strip():
        message, fix = "Nobody is named whom bidders can ask", "Enter the officer in charge"
        yield missing(Step.FACTS, "officer-missing", message, fix, "contract_manager", severity=Severity.WARNING)
    yield from _base(setup)


def _deadline(setup: SetUp) -> Iterator[SetUpProblem]:
    tender = setup.tender
    if tender.deadline_on is None:
        yield missing(Step.FACTS, "deadline-missing", "There is no deadline", "Enter the last day", "deadline_on")
        return
    # What is no time and no zone is a fault of its fact.
    if time_fault(tender.deadline_at) or zone_fault(tender.deadline_zone) or (moment := tender.deadline) is None:
        return
    fault = clock_fault(moment)
    if fault is not None:
        words = f"The deadline, {tender.deadline_words}: {fault.message[:1].lower()}{fault.message[1:]}"
        yield missing(Step.FACTS, f"deadline-{fault.code}", words, fault.fix, "deadline_at")
    if lateness(setup.now, moment) or moment == setup.now:
        message = f"The deadline, {tender.deadline_words}, has passed"
        yield missing(Step.FACTS, "deadline-passed", message, "Enter a later day", "deadline_on")


def _base(setup: SetUp) -> Iterator[SetUpProblem]:
    tender = setup.tender
    is_fixed = tender.base is ShareBase.FIXED
    if is_fixed and tender.fixed_base is None:
        message, fix = "The base of a share is a fixed sum, and there is none", "Enter it, or choose another base"
        yield missing(Step.FACTS, "fixed-base-missing", message, fix, "fixed_base")
    if tender.fixed_base is not None:
        if not is_fixed:
            message = f"The fixed sum of {format_pounds(tender.fixed_base)} is not used"
            fix = "Choose it as the base of a share, or take it out"
            yield missing(Step.FACTS, "fixed-base-unused", message, fix, "fixed_base", severity=Severity.WARNING)
        elif len(setup.lots) > 1:
            message = f"{format_pounds(tender.fixed_base)} is the base of each of {len(setup.lots)} lots"
            fix = "Check that it is meant for each of them"
            yield missing(Step.FACTS, "fixed-base-each", message, fix, "fixed_base", severity=Severity.WARNING)


def lot_problems(setup: SetUp) -> Iterable[SetUpProblem]:
    """What is wrong with the lots, one by one and together."""
    if not setup.lots:
        yield missing(Step.LOTS, "lots-missing", "There is no lot", "Add one: a tender has at least one lot")
    if setup.tender.route is Route.QUOTE and len(setup.lots) > 1:
        message = f"A quote has one lot, and this one has {len(setup.lots)}"
        yield missing(Step.LOTS, "quote-lots", message, "Take the others out, or choose the full route")
    for number, count in Counter(lot.number for lot in setup.lots).items():
        if count > 1:
            message = f"{count} lots have the number {number}"
            yield missing(Step.LOTS, "lot-twice", message, "Give each a number of its own", "number", lot=number)
    for lot in setup.lots:
        for problem in LOT.problems(lot):
            yield of_record(Step.LOTS, problem, f"Lot {lot.number}", lot=lot.number)
        yield from _lot(setup, lot)
        yield from _spend(setup, lot)


def _lot(setup: SetUp, lot: Lot) -> Iterator[SetUpProblem]:
    name, number = f"Lot {lot.number}", lot.number
    if lot.value is None:
        message, fix = f"{name} has no value", "Enter the estimate in pounds, without VAT"
        yield missing(Step.LOTS, "lot-value-missing", message, fix, "value", lot=number)
    if lot.start_on is None:
        yield missing(Step.LOTS, "lot-start-missing", f"{name} has no first day", "Enter it", "start_on", lot=number)
    if lot.end_on is None:
        message, fix = f"{name} has no last day", "Enter it, or for how long it runs"
        yield missing(Step.LOTS, "lot-end-missing", message, fix, "end_on", lot=number)
    if len(setup.lots) > 1 and not lot.title.strip():
        message, fix = f"{name} has no title", "Enter what is bought in it"
        yield missing(Step.LOTS, "lot-title-missing", message, fix, "title", lot=number)
    deadline_on = setup.tender.deadline_on
    if lot.start_on is not None and deadline_on is not None and lot.start_on <= deadline_on:
        message = f"{name} begins on {format_date(lot.start_on)}, and offers may come until {format_date(deadline_on)}"
        fix = "Enter a later first day, or an earlier deadline"
        yield missing(Step.LOTS, "lot-starts-early", message, fix, "start_on", lot=number, severity=Severity.WARNING)
    unknown = sorted(place for place in lot.places if setup.area is not None and not setup.area.knows(place))
    if unknown:
        message = f"{name} is for {listed(unknown)}, which the council’s area does not have"
        yield missing(Step.LOTS, "lot-place-unknown", message, "Choose wards of the area", "places", lot=number)


def _spend(setup: SetUp, lot: Lot) -> Iterator[SetUpProblem]:
    """A framework has one forecast for each year, the same for all bidders; another contract needs none."""
    name, number = f"Lot {lot.number}", lot.number
    if setup.tender.kind is not ContractKind.FRAMEWORK:
        if lot.spend:
            message = f"{name} has spend by year, and is no framework"
            fix = "Take the spend out, or choose Framework as the kind"
            yield missing(Step.LOTS, "spend-unused", message, fix, "spend", lot=number, severity=Severity.WARNING)
        return
    given = Counter(spend.year for spend in lot.spend)
    years = {year.index: year.label for year in lot.years}
    left = [label for index, label in years.items() if not given[index]]
    if left:
        message = f"{name} is a framework, and no spend is forecast for {listed(left)}"
        fix = "Enter one figure for each year, the same for all bidders"
        yield missing(Step.LOTS, "spend-missing", message, fix, "spend", lot=number)
    twice = [label for index, label in years.items() if given[index] > 1]
    if twice:
        message = f"{name} has more than one forecast for {listed(twice)}"
        yield missing(Step.LOTS, "spend-twice", message, "Enter one figure for each year", "spend", lot=number)
    outside = years and sorted(year for year in given if year not in years)
    if outside:
        message = f"{name} has spend after its last year"
        yield missing(
            Step.LOTS, "spend-outside", message, "Take it out, or enter a later last day", "spend", lot=number
        )
    whole = exact_sum(spend.amount for spend in lot.spend)
    if lot.spend and lot.value is not None and whole != lot.value:
        message = f"The spend of lot {number} adds up to {format_pounds(whole)}, and its value is "
        message += format_pounds(lot.value)
        fix = "Check which of the two is right"
        yield missing(Step.LOTS, "spend-differs", message, fix, "spend", lot=number, severity=Severity.WARNING)


def method_for_each_lot(setup: SetUp) -> Iterator[SetUpProblem]:
    """The target of the scoring is the same in every lot, which is asked about where there are several."""
    tender = setup.tender
    if tender.method is QuantityMethod.TARGET and tender.method_target is not None and len(setup.lots) > 1:
        message = (
            f"{format_pounds(tender.method_target)} is the target of the scoring in each of {len(setup.lots)} lots"
        )
        fix = "Check that it is meant for each of them"
        field = "method_target"
        yield missing(Step.WEIGHTS, "method-target-each", message, fix, field, severity=Severity.WARNING)
