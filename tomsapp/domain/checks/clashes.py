"""Checks of commitments against each other: the same person, pound or tonne may not be claimed twice."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from tomsapp.domain.checks.asked import Claims, claims_of
from tomsapp.domain.checks.findings import found
from tomsapp.domain.menu import Clash, ExclusionGroup, MenuEdition, Pair
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Where
from tomsapp.domain.valuation import LineValue, Valuation

CLASH_CODE = "declare-different"
CLASH_KEYS = f"{CLASH_CODE}:"
"""What the key of every clash begins with."""


def clash_problems(valuation: Valuation) -> Iterable[Problem]:
    """One Problem for each exclusion group with claimed measures that clash, each pair asked about once."""
    claims = claims_of(valuation)
    for group, lines in _clashing(valuation):
        yield _clash(group, lines, claims)


def declared_pairs(valuation: Valuation, answers: Mapping[str, Answer]) -> frozenset[Pair]:
    """The pairs of measures of which it is declared in writing that no person or thing is in both."""
    return frozenset().union(*covered_pairs(valuation.edition, claims_of(valuation), answers).values())


def covered_pairs(edition: MenuEdition, claims: Claims, answers: Mapping[str, Answer]) -> dict[str, frozenset[Pair]]:
    """The pairs that each answer declares to be different, by its key: those of its group, while its figures hold.

    The pairs are told by their measures alone, so that a declaration stays one when another edition of the menu has
    other groups.
    """
    groups = {group.code: group for group in edition.exclusion_groups if group.severity is Clash.DECLARE}
    found: dict[str, frozenset[Pair]] = {}
    for key, answer in answers.items():
        codes = _codes_of(key)
        group = groups.get(key.removeprefix(CLASH_KEYS).partition(":")[0]) if codes else None
        is_declared = answer.choice in {AnswerChoice.DIFFERENT, None} and claims.holds(answer, claims.asked(codes))
        if group is not None and is_declared:
            found[key] = group.pairs(codes)
    return found


def clashing_pairs(edition: MenuEdition, problem: Problem) -> frozenset[Pair]:
    """The pairs of which a clash speaks; none for any other Problem."""
    codes = clashing_codes(problem)
    name = problem.key.removeprefix(CLASH_KEYS).partition(":")[0]
    pairs = (group.pairs(codes) for group in edition.exclusion_groups if codes and group.code == name)
    return frozenset().union(*pairs)


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
    return _codes_of(problem.key)


def _codes_of(key: str) -> tuple[str, ...]:
    return tuple(key.rsplit(":", 1)[1].split("+")) if key.startswith(CLASH_KEYS) else ()


def _clashing(valuation: Valuation) -> Iterable[tuple[ExclusionGroup, list[LineValue]]]:
    """Each exclusion group with claimed measures that clash, and the first line of each in the menu's order."""
    claimed = _claimed(valuation)
    for group, codes in _clashing_codes(valuation.edition, claimed):
        yield group, [claimed[code] for code in codes]


def _claimed(valuation: Valuation) -> dict[str, LineValue]:
    return {line.measure.code: line for line in reversed(valuation.lines) if line.quantity > 0}


def _clashing_codes(edition: MenuEdition, claimed: Collection[str]) -> Iterable[tuple[ExclusionGroup, list[str]]]:
    """Each group with the measures that it asks about: a pair is asked about once, and never where it is blocked."""
    order = [code for code in edition.places if code in claimed]
    told: set[Pair] = set()
    for group in edition.exclusion_groups:
        if group.severity is Clash.BLOCK:
            told |= _pairs(group, order)
    for group in edition.exclusion_groups:
        pairs = _pairs(group, order)
        if group.severity is Clash.DECLARE:
            pairs -= told
            told |= pairs
        codes = [code for code in order if any(code in pair for pair in pairs)]
        if codes:
            yield group, codes


def _pairs(group: ExclusionGroup, claimed: Collection[str]) -> frozenset[Pair]:
    return group.pairs([code for code in dict.fromkeys((*group.measures, *group.against)) if code in claimed])


def _clash(group: ExclusionGroup, lines: Sequence[LineValue], claims: Claims) -> Problem:
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
        asked=claims.asked(codes),
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
