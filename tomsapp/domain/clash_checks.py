"""Checks of commitments against each other: the same person, pound or tonne may not be claimed twice."""

from collections.abc import Iterable
from itertools import combinations

from tomsapp.domain.menu import Clash, ExclusionGroup, Measure
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.valuation import LineValue, Valuation


def clash_problems(valuation: Valuation) -> Iterable[Problem]:
    """One Problem for each pair of claimed measures that an exclusion group forbids, and notes on repeats."""
    claimed = {line.measure.code: line for line in reversed(valuation.lines) if line.quantity > 0}
    order = [code for code in valuation.edition.places if code in claimed]
    for one, other in combinations(order, 2):
        for group in valuation.edition.exclusion_groups:
            if group.clashes(one, other):
                yield _clash(group, claimed[one], claimed[other])
    yield from _repeated_measures(valuation)


def _clash(group: ExclusionGroup, one: LineValue, other: LineValue) -> Problem:
    first, second = one.measure, other.measure
    blocked = group.severity is Clash.BLOCK
    return Problem(
        "never-add-together" if blocked else "declare-different",
        Severity.ERROR if blocked else Severity.WARNING,
        f"{_named(first)} and {_named(second)} may not count the same {group.same}",
        f"Take one of them out. {group.reason}"
        if blocked
        else f"Declare that no {group.same} is counted under both, or take one of them out",
        Where(commitment=other.commitment.key, measure=second.code, field="measure"),
        key=f"declare-different:{group.code}:{first.code}+{second.code}",
    )


def _named(measure: Measure) -> str:
    return f"{measure.code} {measure.title}"


def _repeated_measures(valuation: Valuation) -> Iterable[Problem]:
    seen: set[tuple[str, str]] = set()
    for line in valuation.lines:
        spot = (line.measure.code, line.commitment.place)
        if spot in seen:
            yield Problem(
                "measure-repeated",
                Severity.NOTE,
                f"{line.measure.code} is in this contract more than once for the same place",
                "Check that the lines are for different people or things",
                Where(commitment=line.commitment.key, measure=line.measure.code, field="measure"),
                key=f"measure-repeated:{line.measure.code}",
            )
        seen.add(spot)
