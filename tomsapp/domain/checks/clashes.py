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
    claims, worth = claims_of(valuation), _worth(valuation)
    for group, lines, pairs in _clashing(valuation):
        yield _clash(group, lines, _clash_words(group, lines, pairs), _advice(group, lines, pairs, worth), claims)


def declared_pairs(valuation: Valuation, answers: Mapping[str, Answer]) -> frozenset[Pair]:
    """The pairs of measures of which it is declared in writing that no person or thing is in both."""
    return frozenset().union(*covered_pairs(valuation.edition, claims_of(valuation), answers).values())


def same_pairs(valuation: Valuation, answers: Mapping[str, Answer]) -> frozenset[Pair]:
    """The pairs of measures of which it is answered that their people or things are the same."""
    claims, choices = claims_of(valuation), frozenset({AnswerChoice.SAME})
    return frozenset().union(*_answered_pairs(valuation.edition, claims, answers, choices).values())


def covered_pairs(edition: MenuEdition, claims: Claims, answers: Mapping[str, Answer]) -> dict[str, frozenset[Pair]]:
    """The pairs that each answer declares to be different, by its key: those of its group, while its figures hold.

    The pairs are told by their measures alone, so that a declaration stays one when another edition of the menu has
    other groups.
    """
    return _answered_pairs(edition, claims, answers, frozenset({AnswerChoice.DIFFERENT, None}))


def _answered_pairs(
    edition: MenuEdition, claims: Claims, answers: Mapping[str, Answer], choices: Collection[AnswerChoice | None]
) -> dict[str, frozenset[Pair]]:
    if not answers:
        return {}
    groups = {group.code: group for group in edition.exclusion_groups if group.severity is Clash.DECLARE}
    found: dict[str, frozenset[Pair]] = {}
    for key, answer in answers.items():
        codes = _codes_of(key)
        group = groups.get(key.removeprefix(CLASH_KEYS).partition(":")[0]) if codes else None
        if group is not None and answer.choice in choices and claims.holds(answer, claims.asked(codes)):
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
    claimed = {line.measure.code for line in valuation.lines if line.quantity > 0}
    blocking = (pairs for group, pairs in valuation.edition.pairs_of_groups if group.severity is Clash.BLOCK)
    blocked = frozenset[str]().union(*(pair for pairs in blocking for pair in _met(pairs, claimed)))
    return frozenset(line.commitment.key for line in valuation.lines if line.measure.code in blocked)


def clash_key(group: ExclusionGroup, codes: Sequence[str]) -> str:
    """The key of a clash: it names the measures, so that an answer lapses when another one comes in."""
    return f"{CLASH_KEYS}{group.code}:{'+'.join(codes)}"


def clashing_codes(problem: Problem) -> tuple[str, ...]:
    """The measures of which a clash speaks; none for any other Problem."""
    return _codes_of(problem.key)


def _codes_of(key: str) -> tuple[str, ...]:
    return tuple(key.rsplit(":", 1)[1].split("+")) if key.startswith(CLASH_KEYS) else ()


def _clashing(valuation: Valuation) -> Iterable[tuple[ExclusionGroup, list[LineValue], frozenset[Pair]]]:
    """Each exclusion group with measures that clash, the first line of each in the menu's order, and their pairs."""
    claimed = _claimed(valuation)
    for group, pairs in _clashing_pairs(valuation.edition, claimed):
        met = frozenset[str]().union(*pairs)
        codes = [code for code in valuation.edition.places if code in met]
        yield group, [claimed[code] for code in codes], pairs


def _claimed(valuation: Valuation) -> dict[str, LineValue]:
    return {line.measure.code: line for line in reversed(valuation.lines) if line.quantity > 0}


def _clashing_pairs(edition: MenuEdition, claimed: Collection[str]) -> Iterable[tuple[ExclusionGroup, frozenset[Pair]]]:
    """Each group with the pairs that it asks about: a pair is asked about once, and never where it is blocked."""
    told: set[Pair] = set()
    met = [(group, _met(pairs, claimed)) for group, pairs in edition.pairs_of_groups]
    for group, pairs in met:
        if group.severity is Clash.BLOCK:
            told |= pairs
    for group, pairs in met:
        asked = pairs - told if group.severity is Clash.DECLARE else pairs
        if group.severity is Clash.DECLARE:
            told |= asked
        if asked:
            yield group, asked


def _met(pairs: Iterable[tuple[str, str, Pair]], claimed: Collection[str]) -> frozenset[Pair]:
    """The pairs of which both measures are claimed."""
    return frozenset([pair for one, other, pair in pairs if one in claimed and other in claimed])


def _clash(group: ExclusionGroup, lines: Sequence[LineValue], words: str, advice: str, claims: Claims) -> Problem:
    blocked = group.severity is Clash.BLOCK
    codes = [line.measure.code for line in lines]
    last = lines[-1]
    return found(
        "never-add-together" if blocked else "declare-different",
        words,
        advice,
        Where(commitment=last.commitment.key, measure=last.measure.code, field="measure"),
        key=clash_key(group, codes),
        asked=claims.asked(codes),
    )


def _advice(group: ExclusionGroup, lines: Sequence[LineValue], pairs: Collection[Pair], worth: frozenset[str]) -> str:
    """What to do about a clash; that they are the same is an answer where no pound would count twice by it."""
    if group.severity is Clash.BLOCK:
        return f"Keep {_to_keep(group, [line.measure.code for line in lines])}. {group.reason}"
    same = "" if _are_worth_twice(pairs, worth) else " answer that they are the same,"
    return f"Declare that no {group.same} is counted more than once,{same} or keep one of them"


def _to_keep(group: ExclusionGroup, codes: Sequence[str]) -> str:
    """What of a clash can stay: one measure, or all of one side where the others of a side do not clash."""
    firsts = [code for code in codes if code in group.measures]
    others = [code for code in codes if code in group.against]
    if len(codes) == 2 or len(firsts) + len(others) != len(codes) or not others:
        return "one of them"
    return f"{_listed(firsts)}, or {_listed(others)}"


def are_worth_twice(pairs: Iterable[Pair], valuation: Valuation) -> bool:
    """Whether two measures that clash both have pounds, so that the same thing would be claimed twice in pounds."""
    return _are_worth_twice(pairs, _worth(valuation))


def _worth(valuation: Valuation) -> frozenset[str]:
    """The measures that are claimed and have pounds."""
    return frozenset(line.measure.code for line in valuation.lines if line.quantity > 0 and line.social_value)


def _are_worth_twice(pairs: Iterable[Pair], worth: frozenset[str]) -> bool:
    return any(pair <= worth for pair in pairs)


def _clash_words(group: ExclusionGroup, lines: Sequence[LineValue], pairs: Collection[Pair]) -> str:
    """Which measures clash: just the pairs that are asked about, told from the first side of the group.

    A measure may stand on both sides: it clashes with others of its own side, and those may not clash with each other.
    """
    by_code = {line.measure.code: line for line in lines}
    firsts = [code for code in by_code if code in group.measures]
    left: dict[str, set[str]] = {code: set() for code in by_code}
    for one, other in map(tuple, pairs):
        left[one].add(other)
        left[other].add(one)
    clauses = []
    for code in (*firsts, *by_code):
        rivals = left[code]
        if not rivals:
            continue
        together = rivals | {code}
        each_other = [one for one in firsts if one in together and left[one] | {one} == together]
        these = each_other if len(each_other) > 1 else [one for one in firsts if left[one] == rivals]
        told = f"{_titles([by_code[one] for one in these])} may not count the same {group.same}"
        those = [by_code[other] for other in by_code if other in rivals and other not in these]
        if those:
            told += f" as {'each other or as ' if these is each_other else ''}{_titles(those)}"
        clauses.append(told)
        left = {one: set() if one in these else own.difference(these) for one, own in left.items()}
    return "; ".join(clauses)


def _titles(lines: Sequence[LineValue]) -> str:
    return _listed([f"{line.measure.code} {line.measure.title}" for line in lines])


def _listed(names: Sequence[str]) -> str:
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
