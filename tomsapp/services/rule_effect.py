"""What a policy rule would do to the contracts that there are, before it is added, changed or deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tomsapp.domain.policy import Policy, PolicyResult
from tomsapp.domain.portfolio_contract import RuleOutcome
from tomsapp.domain.rules.rule import Demand
from tomsapp.domain.wording import plural
from tomsapp.services import overview
from tomsapp.services.sealed_rules import policy_of, today

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tomsapp.domain.policy import RuleStanding
    from tomsapp.domain.rules.rule import PolicyRule
    from tomsapp.services.workspace import Workspace

_NOTHING = frozenset({PolicyResult.NOT_CHECKED, PolicyResult.NOTHING_ASKED})
"""Results that ask nothing, as if there were no such rule."""


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """The contracts of which a rule would change a result.

    Attributes:
        contracts: how many there are.
        changes: a sentence for each that would change: "L-2026-004: 5% minimum, Enough → Short by £12.00".
    """

    contracts: int
    changes: tuple[str, ...]

    @property
    def heading(self) -> str:
        """How many would change: "1 of 12 contracts would change"."""
        return f"{len(self.changes):,} of {plural(self.contracts, 'contract')} would change"


def rule_effect(workspace: Workspace, before: PolicyRule | None, after: PolicyRule | None) -> RuleEffect:
    """What becomes of the contracts when `after` takes the place of `before`; None where there is none.

    A signed contract is held against what was sealed with it, and what binds it by its own words.
    """
    from tomsapp.dashboards.standing import standings_of

    cube, day = overview.load_cube(workspace), today()
    with workspace.look() as uow:
        now, acts = workspace.surroundings(uow).policy or Policy("", "", ()), uow.acts.by_contract()
    rules = [rule for rule in now.rules if rule != before]
    changed = replace(now, rules=(*rules, after) if after else tuple(rules))
    then = {
        place: replace(contract, policy=policy_of(changed, contract.status, acts.get(contract.id, ()), day))
        for place, contract in enumerate(cube.contracts)
    }
    later = standings_of(then, cube.lines(cube.frame))
    told = (
        (cube.contracts[place].reference, "; ".join(_changes(cube.standings[place].checks, standing.checks)))
        for place, standing in later.items()
    )
    found = sorted((reference, words) for reference, words in told if words)
    return RuleEffect(len(then), tuple(f"{reference}: {words}" for reference, words in found))


def _changes(before: Sequence[RuleStanding], after: Sequence[RuleStanding]) -> Iterator[str]:
    """Each rule that asks for something and whose result is another, in words."""
    then, now = _asked(before), _asked(after)
    for code in dict.fromkeys([*then, *now]):
        one, other = then.get(code), now.get(code)
        if (one and one.word) != (other and other.word):
            title = (other or one or _UNASKED).title
            yield f"{title}, {(one or _UNASKED).word} → {(other or _UNASKED).word}"


_UNASKED = RuleOutcome("", PolicyResult.NOTHING_ASKED)


def _asked(checks: Iterable[RuleStanding]) -> dict[str, RuleOutcome]:
    return {
        check.rule.code: RuleOutcome(check.rule.title, check.result, check.shortfall, check.rule.kind.unit)
        for check in checks
        if isinstance(check.rule.kind, Demand) and check.result not in _NOTHING
    }
