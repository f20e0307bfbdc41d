"""Checks of commitments against each other: the same person, pound or tonne may not be claimed twice."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from tomsapp.domain.checks.asked import Claims, claims_of
from tomsapp.domain.checks.findings import Told, found, found_later
from tomsapp.domain.menu import Clash, ExclusionGroup, GroupPairs, MenuEdition, Pair
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Where
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import listed

CLASH_CODE = "declare-different"
CLASH_KEYS = f"{CLASH_CODE}:"
"""What the key of every clash begins with."""


def clash_problems(valuation: Valuation) -> Iterable[Problem]:
    """One Problem for each exclusion group with claimed measures that clash, each pair asked about once for a kind."""
    claims, brought = cache(lambda: claims_of(valuation)), cache(lambda: _Brought.by(valuation))
    for group, lines, pairs in _clashing(valuation):
        yield _clash(group, lines, pairs, brought, claims)


def single_pairs(problem: Problem, valuation: Valuation) -> tuple[Problem, ...]:
    """What a clash asks, of each of its pairs by itself; nothing where it speaks of one pair or is no clash."""
    group = _group_of(valuation.edition, problem.key)
    pairs = _pairs_of(problem.key, group) if group is not None else frozenset()
    if group is None or len(pairs) < 2:
        return ()
    return tuple(
        clash_of(group, frozenset({pair}), valuation) for pair in _in_order(pairs, list(valuation.edition.places))
    )


def clash_of(group: ExclusionGroup, pairs: frozenset[Pair], valuation: Valuation) -> Problem:
    """The clash of just some pairs of a group, all of which are claimed."""
    claimed = _claimed(valuation)
    met = frozenset[str]().union(*pairs)
    lines = [claimed[code] for code in valuation.edition.places if code in claimed and code in met]
    return _clash(group, lines, pairs, lambda: _Brought.by(valuation), lambda: claims_of(valuation))


def answers_of_pairs(
    edition: MenuEdition, claims: Claims, answers: Mapping[str, Answer]
) -> dict[tuple[Pair, str], str]:
    """The key of the answer to each pair and kind of thing (person, week, pound), while its figures hold.

    An answer is about the pairs that its key names, and about the kind of thing of its group: another kind asks for
    itself. Of two answers to a pair the one that is about fewer pairs holds.
    """
    given: list[tuple[frozenset[Pair], str, str]] = []
    for key, answer in answers.items():
        group = _group_of(edition, key)
        if group is None or group.severity is not Clash.DECLARE or answer.choice not in _OF_PAIRS:
            continue
        if claims.holds(answer, claims.asked(_codes_of(key))):
            given.append((_pairs_of(key, group), group.same, key))
    given.sort(key=lambda one: -len(one[0]))
    return {(pair, kind): key for pairs, kind, key in given for pair in pairs}


_OF_PAIRS = frozenset({AnswerChoice.DIFFERENT, AnswerChoice.SAME, None})


def clashing_pairs(edition: MenuEdition, problem: Problem) -> frozenset[Pair]:
    """The pairs of which a clash speaks; none for any other Problem."""
    group = _group_of(edition, problem.key)
    return frozenset() if group is None else _pairs_of(problem.key, group)


def clashing_group(edition: MenuEdition, problem: Problem) -> ExclusionGroup | None:
    """The group of which a clash speaks; None for any other Problem."""
    return _group_of(edition, problem.key)


def blocked_commitments(valuation: Valuation) -> frozenset[str]:
    """The commitments that clash in a group that blocks: which of them is kept is the supplier's choice."""
    claimed = {line.measure.code for line in valuation.lines if line.quantity > 0}
    met = _met_in_groups(valuation.edition.blocking_groups, claimed)
    blocked = frozenset[str]().union(*(pair for _, pairs in met for pair in pairs))
    return frozenset(line.commitment.key for line in valuation.lines if line.measure.code in blocked)


def clash_key(group: ExclusionGroup, codes: Sequence[str], pairs: Collection[Pair] | None = None) -> str:
    """The key of a clash: it names the measures, so that an answer lapses when another one comes in.

    Where just some of their pairs are meant, it names those: "declare-different:group:J01/S11+J13/S11".
    """
    told = codes
    if pairs is not None and pairs != group.pairs(codes):
        told = ["/".join(sorted(pair, key=codes.index)) for pair in _in_order(pairs, codes)]
    return f"{CLASH_KEYS}{group.code}:{'+'.join(told)}"


def _in_order(pairs: Iterable[Pair], codes: Sequence[str]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: sorted(map(codes.index, pair)))


def clashing_codes(problem: Problem) -> tuple[str, ...]:
    """The measures of which a clash speaks; none for any other Problem."""
    return _codes_of(problem.key)


def _codes_of(key: str) -> tuple[str, ...]:
    if not key.startswith(CLASH_KEYS):
        return ()
    return tuple(dict.fromkeys(code for part in _told_in(key) for code in part.split("/")))


def _told_in(key: str) -> list[str]:
    return key.rsplit(":", 1)[1].split("+")


def _pairs_of(key: str, group: ExclusionGroup) -> frozenset[Pair]:
    """The pairs that the key of a clash names: all that the group forbids of its measures, or just some."""
    if "/" not in key:
        return group.pairs(_codes_of(key))
    return frozenset(frozenset(two) for part in _told_in(key) if group.clashes(*(two := part.split("/", 1))))


def _group_of(edition: MenuEdition, key: str) -> ExclusionGroup | None:
    if not key.startswith(CLASH_KEYS):
        return None
    name = key.removeprefix(CLASH_KEYS).partition(":")[0]
    return next((group for group in edition.exclusion_groups if group.code == name), None)


def _clashing(valuation: Valuation) -> Iterable[tuple[ExclusionGroup, list[LineValue], frozenset[Pair]]]:
    """Each exclusion group with measures that clash, the first line of each in the menu's order, and their pairs."""
    claimed = _claimed(valuation)
    for group, pairs in _clashing_pairs(valuation.edition, frozenset(claimed)):
        met = frozenset[str]().union(*pairs)
        codes = sorted(met, key=valuation.edition.order.__getitem__)
        yield group, [claimed[code] for code in codes], pairs


def _claimed(valuation: Valuation) -> dict[str, LineValue]:
    return {line.measure.code: line for line in reversed(valuation.lines) if line.quantity > 0}


def _clashing_pairs(
    edition: MenuEdition, claimed: AbstractSet[str]
) -> Iterable[tuple[ExclusionGroup, frozenset[Pair]]]:
    """Each group with the pairs that it asks about: once for each kind of thing, and never where it is blocked."""
    told: dict[str, frozenset[Pair]] = {}
    met = _met_in_groups(edition.pairs_of_groups, claimed)
    blocked = frozenset[Pair]().union(*(pairs for group, pairs in met if group.severity is Clash.BLOCK))
    for group, pairs in met:
        asked = pairs
        if group.severity is Clash.DECLARE:
            before = told.get(group.same, blocked)
            asked = pairs - before
            told[group.same] = before | asked
        if asked:
            yield group, asked


def _met_in_groups(
    groups: Iterable[GroupPairs], claimed: AbstractSet[str]
) -> list[tuple[ExclusionGroup, frozenset[Pair]]]:
    """Each group of which several measures are claimed, with the pairs of which both are."""
    found = []
    for group, members, rivals in groups:
        both = members & claimed
        if len(both) > 1:
            met = [own[other] for own in map(rivals.__getitem__, both) for other in both if other in own]
            found.append((group, frozenset(met)))
    return found


def _clash(
    group: ExclusionGroup,
    lines: Sequence[LineValue],
    pairs: frozenset[Pair],
    brought: "Callable[[], _Brought]",
    claims: Callable[[], Claims],
) -> Problem:
    def tell() -> Told:
        codes = [line.measure.code for line in lines]
        return {
            "message": _clash_words(group, lines, pairs),
            "fix": _advice(group, lines, pairs, brought()),
            "key": clash_key(group, codes, pairs),
            "asked": claims().asked(codes),
        }

    last = lines[-1]
    return found_later(
        "never-add-together" if group.severity is Clash.BLOCK else CLASH_CODE,
        tell,
        Where(commitment=last.commitment.key, measure=last.measure.code, field="measure"),
    )


def _advice(group: ExclusionGroup, lines: Sequence[LineValue], pairs: Collection[Pair], brought: "_Brought") -> str:
    """What to do about a clash; that they are the same is an answer where nothing would count twice by it."""
    if group.severity is Clash.BLOCK:
        return f"Keep {_to_keep(group, [line.measure.code for line in lines])}. {group.reason}"
    same = "" if brought.twice(pairs) else " answer that they are the same,"
    return f"Declare that no {group.same} is counted more than once,{same} or keep one of them"


def _to_keep(group: ExclusionGroup, codes: Sequence[str]) -> str:
    """What of a clash can stay: one measure, or all of one side where the others of a side do not clash."""
    firsts = [code for code in codes if code in group.measures]
    others = [code for code in codes if code in group.against]
    if len(codes) == 2 or len(firsts) + len(others) != len(codes) or not others:
        return "one of them"
    return f"{listed(firsts)}, or {listed(others)}"


def are_claimed_twice(pairs: Iterable[Pair], valuation: Valuation) -> bool:
    """Whether the same under two measures that clash would count twice: in pounds, or as tonnes and households do.

    Jobs alone are counted once where they are the same.
    """
    return _Brought.by(valuation).twice(pairs)


@dataclass(frozen=True, slots=True)
class _Brought:
    """The measures that are claimed: those that have pounds, and those that bring employment outcomes."""

    pounds: frozenset[str]
    jobs: frozenset[str]

    @staticmethod
    def by(valuation: Valuation) -> "_Brought":
        claimed = [line for line in valuation.lines if line.quantity > 0]
        return _Brought(
            frozenset(line.measure.code for line in claimed if line.social_value),
            frozenset(line.measure.code for line in claimed if line.measure.employment_outcome),
        )

    def twice(self, pairs: Iterable[Pair]) -> bool:
        return any(pair <= self.pounds or not pair <= self.jobs for pair in pairs)


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
    return listed([line.measure.full_name for line in lines])


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
