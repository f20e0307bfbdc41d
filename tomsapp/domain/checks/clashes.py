"""Checks of commitments against each other: the same person, pound or tonne may not be claimed twice."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from tomsapp.domain.checks.asked import Claims, claims_of
from tomsapp.domain.checks.findings import Told, found, found_later
from tomsapp.domain.checks.words import declare_different, may_not_count
from tomsapp.domain.menu import Clash, ExclusionGroup, MenuEdition, Pair, Rival
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Where
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import listed

CLASH_CODE = "declare-different"
CLASH_KEYS = f"{CLASH_CODE}:"
"""What the key of every clash begins with."""


def clash_problems(valuation: Valuation) -> Iterable[Problem]:
    """One Problem for each exclusion group with claimed measures that clash, each pair asked about once for a kind."""
    claimed = _Claimed(valuation)
    for group, pairs in _clashing_pairs(valuation.edition, claimed.lines.keys()):
        yield _clash(group, pairs, claimed)


def single_pairs(problem: Problem, valuation: Valuation) -> tuple[Problem, ...]:
    """What a clash asks, of each of its pairs by itself; nothing where it speaks of one pair or is no clash."""
    group = group_of_key(valuation.edition, problem.key)
    pairs = pairs_of_key(problem.key, group) if group is not None else frozenset()
    if group is None or len(pairs) < 2:
        return ()
    return tuple(
        clash_of(group, frozenset({pair}), valuation) for pair in _in_order(pairs, list(valuation.edition.places))
    )


def clash_of(group: ExclusionGroup, pairs: frozenset[Pair], valuation: Valuation) -> Problem:
    """The clash of just some pairs of a group, all of which are claimed."""
    return _clash(group, pairs, _Claimed(valuation))


def answers_of_pairs(
    edition: MenuEdition, claims: Claims, answers: Mapping[str, Answer]
) -> dict[tuple[Pair, str], str]:
    """The key of the answer to each pair and kind of thing (person, week, pound), while its figures hold.

    An answer is about the pairs that its key names, and about the kind of thing of its group: another kind asks for
    itself. Of two answers to a pair the one that is about fewer pairs holds.
    """
    given: list[tuple[frozenset[Pair], str, str]] = []
    for key, answer in answers.items():
        group = group_of_key(edition, key)
        if group is None or group.severity is not Clash.DECLARE or answer.choice not in _OF_PAIRS:
            continue
        if claims.holds(answer, claims.asked(_codes_of(key))):
            given.append((pairs_of_key(key, group), group.same, key))
    given.sort(key=lambda one: -len(one[0]))
    return {(pair, kind): key for pairs, kind, key in given for pair in pairs}


_OF_PAIRS = frozenset({AnswerChoice.DIFFERENT, AnswerChoice.SAME, None})


def clashing_pairs(edition: MenuEdition, problem: Problem) -> frozenset[Pair]:
    """The pairs of which a clash speaks; none for any other Problem."""
    group = group_of_key(edition, problem.key)
    return frozenset() if group is None else pairs_of_key(problem.key, group)


def clashing_group(edition: MenuEdition, problem: Problem) -> ExclusionGroup | None:
    """The group of which a clash speaks; None for any other Problem."""
    return group_of_key(edition, problem.key)


def blocked_commitments(valuation: Valuation) -> frozenset[str]:
    """The commitments that clash in a group that blocks: which of them is kept is the supplier's choice."""
    claimed = {line.measure.code for line in valuation.lines if line.quantity > 0}
    met = _met(valuation.edition.blocked_rivals, claimed)
    if not met:
        return frozenset()
    blocked = frozenset[str]().union(*(pair for pairs in met.values() for pair in pairs))
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


def pairs_of_key(key: str, group: ExclusionGroup) -> frozenset[Pair]:
    """The pairs that the key of a clash names: all that the group forbids of its measures, or just some."""
    if "/" not in key:
        return group.pairs(_codes_of(key))
    told = (part.split("/", 1) for part in _told_in(key))
    return frozenset(frozenset(two) for two in told if len(two) == 2 and group.clashes(*two))


def group_of_key(edition: MenuEdition, key: str) -> ExclusionGroup | None:
    """The group of the clash that a key names; None for any other key, or where the menu has no such group."""
    if not key.startswith(CLASH_KEYS):
        return None
    name = key.removeprefix(CLASH_KEYS).partition(":")[0]
    return next((group for group in edition.exclusion_groups if group.code == name), None)


def _clashing_pairs(
    edition: MenuEdition, claimed: AbstractSet[str]
) -> Iterable[tuple[ExclusionGroup, frozenset[Pair]]]:
    """Each group with the pairs that it asks about: once for each kind of thing, and never where it is blocked."""
    told: dict[str, frozenset[Pair]] = {}
    met = _met(edition.rivals_in_groups, claimed)
    groups = [(edition.exclusion_groups[number], frozenset(met[number])) for number in sorted(met)]
    blocked = frozenset[Pair]().union(*(pairs for group, pairs in groups if group.severity is Clash.BLOCK))
    for group, pairs in groups:
        asked = pairs
        if group.severity is Clash.DECLARE:
            before = told.get(group.same, blocked)
            asked = pairs - before
            told[group.same] = before | asked
        if asked:
            yield group, asked


def _met(rivals: Mapping[str, Sequence[Rival]], claimed: AbstractSet[str]) -> dict[int, list[Pair]]:
    """The pairs of which both measures are claimed, by the number of their group."""
    met: dict[int, list[Pair]] = {}
    for code in claimed & rivals.keys():
        for other, number, pair in rivals[code]:
            if other in claimed:
                met.setdefault(number, []).append(pair)
    return met


class _Claimed:
    """The measures of which a valuation claims something; what only words need is worked out when it is asked for."""

    def __init__(self, valuation: Valuation) -> None:
        self._valuation = valuation
        self.lines = {line.measure.code: line for line in reversed(valuation.lines) if line.quantity > 0}
        """The first line of each."""

    def last_of(self, codes: Iterable[str]) -> LineValue:
        """The line of the measure that stands last in the menu."""
        return self.lines[max(codes, key=self._valuation.edition.order.__getitem__)]

    def lines_of(self, codes: Iterable[str]) -> list[LineValue]:
        """The line of each measure in the menu's order."""
        return [self.lines[code] for code in sorted(codes, key=self._valuation.edition.order.__getitem__)]

    @cached_property
    def claims(self) -> Claims:
        return claims_of(self._valuation)

    @cached_property
    def brought(self) -> "_Brought":
        return _Brought.by(self._valuation)


def _clash(group: ExclusionGroup, pairs: frozenset[Pair], claimed: _Claimed) -> Problem:
    met = frozenset[str]().union(*pairs)

    def tell() -> Told:
        lines = claimed.lines_of(met)
        codes = [line.measure.code for line in lines]
        return {
            "message": _clash_words(group, lines, pairs),
            "fix": _advice(group, lines, pairs, claimed.brought),
            "key": clash_key(group, codes, pairs),
            "asked": claimed.claims.asked(codes),
        }

    last = claimed.last_of(met)
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
    return declare_different(group.same, same)


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
        told = f"{_titles([by_code[one] for one in these])} {may_not_count(group.same)}"
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
