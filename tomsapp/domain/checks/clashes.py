"""Checks of commitments against each other: the same person, pound or tonne may not be claimed twice."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from tomsapp.domain.checks.findings import found
from tomsapp.domain.menu import Clash, ExclusionGroup, MenuEdition
from tomsapp.domain.problems import Answer, Problem, Where
from tomsapp.domain.valuation import LineValue, Valuation

CLASH_KEYS = "declare-different:"
"""What the key of every clash begins with."""


def clash_problems(valuation: Valuation) -> Iterable[Problem]:
    """One Problem for each exclusion group with claimed measures that clash."""
    for group, lines in _clashing(valuation):
        yield _clash(group, lines)


def declared_groups(valuation: Valuation, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The exclusion groups whose people are declared in writing to be different, for just the measures claimed now."""
    answered = {key for key, answer in answers.items() if answer.text.strip()}
    return declared_among(valuation.edition, _claimed(valuation), answered)


def declared_among(edition: MenuEdition, claimed: Collection[str], answered: Collection[str]) -> frozenset[str]:
    """The same from the codes of the measures that are claimed and the keys of the answers that say something."""
    return frozenset(
        group.code
        for group, codes in _clashing_codes(edition, claimed)
        if group.severity is Clash.DECLARE and clash_key(group, codes) in answered
    )


def blocked_commitments(valuation: Valuation) -> frozenset[str]:
    """The commitments that clash in a group that blocks: which of them is kept is the supplier's choice."""
    blocked = {
        line.measure.code for group, lines in _clashing(valuation) if group.severity is Clash.BLOCK for line in lines
    }
    return frozenset(line.commitment.key for line in valuation.lines if line.measure.code in blocked)


def clash_key(group: ExclusionGroup, codes: Sequence[str]) -> str:
    """The key of a clash: it names the measures, so that an answer lapses when another one comes in."""
    return f"{CLASH_KEYS}{group.code}:{'+'.join(codes)}"


def clashing_codes(problem: Problem) -> tuple[str, ...]:
    """The measures of which a clash speaks; none for any other Problem."""
    if not problem.key.startswith(CLASH_KEYS):
        return ()
    return tuple(problem.key.rsplit(":", 1)[1].split("+"))


def _clashing(valuation: Valuation) -> Iterable[tuple[ExclusionGroup, list[LineValue]]]:
    """Each exclusion group with claimed measures that clash, and the first line of each in the menu's order."""
    claimed = _claimed(valuation)
    for group, codes in _clashing_codes(valuation.edition, claimed):
        yield group, [claimed[code] for code in codes]


def _claimed(valuation: Valuation) -> dict[str, LineValue]:
    return {line.measure.code: line for line in reversed(valuation.lines) if line.quantity > 0}


def _clashing_codes(edition: MenuEdition, claimed: Collection[str]) -> Iterable[tuple[ExclusionGroup, list[str]]]:
    order = [code for code in edition.places if code in claimed]
    for group in edition.exclusion_groups:
        own = [code for code in (*group.measures, *group.against) if code in claimed]
        clashing = {code for code in own if any(group.clashes(code, other) for other in own)}
        if clashing:
            yield group, [code for code in order if code in clashing]


def _clash(group: ExclusionGroup, lines: Sequence[LineValue]) -> Problem:
    blocked = group.severity is Clash.BLOCK
    codes = [line.measure.code for line in lines]
    last = lines[-1]
    return found(
        "never-add-together" if blocked else "declare-different",
        _clash_words(group, lines),
        f"Keep one of them. {group.reason}"
        if blocked
        else f"Declare that no {group.same} is counted more than once, or keep one of them",
        Where(commitment=last.commitment.key, measure=last.measure.code, field="measure"),
        key=clash_key(group, codes),
    )


def _clash_words(group: ExclusionGroup, lines: Sequence[LineValue]) -> str:
    """Which measures clash; where each of some clashes with each of others, the two sides are told apart."""
    # A measure may stand on both sides of a group: beside one of the first side it is one of the second.
    these = [line for line in lines if line.measure.code not in group.against]
    those = [line for line in lines if line.measure.code in group.against]
    if not these or not those:
        return f"{_listed(lines)} may not count the same {group.same}"
    return f"{_listed(these)} may not count the same {group.same} as {_listed(those)}"


def _listed(lines: Sequence[LineValue]) -> str:
    names = [f"{line.measure.code} {line.measure.title}" for line in lines]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def repeated_measures(valuation: Valuation) -> Iterable[Problem]:
    """A note on each line that has the measure and place of an earlier one."""
    seen: set[tuple[str, str]] = set()
    for line in valuation.lines:
        spot = (line.measure.code, line.commitment.place)
        if spot in seen:
            yield found(
                "measure-repeated",
                f"{line.measure.code} is in this contract more than once for the same place",
                "Check that the lines are for different people or things",
                Where(commitment=line.commitment.key, measure=line.measure.code, field="measure"),
                key=f"measure-repeated:{line.measure.code}",
            )
        seen.add(spot)
