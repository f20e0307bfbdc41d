"""How the contracts together stand against the council's policy rules."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.dashboards.exact import sum_exact
from tomsapp.dashboards.standing import Standing
from tomsapp.domain.money import round_pounds
from tomsapp.domain.policy import PolicyResult, RuleStanding
from tomsapp.domain.portfolio import PolicyCount
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import Demand, PolicyRule, RuleKind
from tomsapp.domain.wording import format_percent


@dataclass(frozen=True, slots=True)
class PolicySummary:
    """How contracts stand against the policy together; a promise is enough or short, errors keep it from being enough.

    Attributes:
        minimum: the minimum in words, "5% minimum"; "minimum" where contracts have different ones.
        below_minimum: how many contracts are short of it, of the `held_against_minimum` that have one.
        short_by: what they are short by together, in pounds.
        outcomes_needed: employment outcomes that are asked for together, and of how many contracts.
        short_of_outcomes: how many contracts bring fewer than are asked of them.
        minimum_on_forecast: how many are at the minimum only with what rests on a forecast of spend.
        errors_at_minimum, errors_at_outcomes: how many would be enough, and have errors to be put right first.
    """

    counts: tuple[PolicyCount, ...] = ()
    minimum: str = "minimum"
    below_minimum: int = 0
    held_against_minimum: int = 0
    short_by: Decimal = Decimal("0.00")
    outcomes_needed: Fraction = Fraction(0)
    held_against_outcomes: int = 0
    short_of_outcomes: int = 0
    errors_at_minimum: int = 0
    errors_at_outcomes: int = 0
    minimum_on_forecast: int = 0


class PolicyChecks:
    """The checks of contracts against every rule that asks for something: by its code, for each version of it apart."""

    def __init__(self, by_code: Mapping[str, list[list[RuleStanding]]], on_forecast: Counter[str]) -> None:
        self.by_code = by_code
        self.on_forecast = on_forecast

    @staticmethod
    def of(standings: Sequence[Standing]) -> "PolicyChecks":
        """Those of these contracts; each version of a rule is looked at once."""
        by_rule: dict[int, list[RuleStanding]] = {}
        on_forecast = Counter[str]()
        for standing in standings:
            for check in standing.checks:
                number = id(check.rule)
                if number in by_rule:
                    by_rule[number].append(check)
                else:
                    by_rule[number] = [check]
            if standing.on_forecast:
                on_forecast.update(list(standing.on_forecast))
        by_code: dict[str, list[list[RuleStanding]]] = {}
        for checks in by_rule.values():
            if isinstance(checks[0].rule.kind, Demand):
                by_code.setdefault(checks[0].rule.code, []).append(checks)
        return PolicyChecks(by_code, on_forecast)

    @staticmethod
    def together(parts: Iterable["PolicyChecks"]) -> "PolicyChecks":
        """Those of several groups of contracts."""
        by_code: dict[str, list[list[RuleStanding]]] = {}
        on_forecast = Counter[str]()
        for part in parts:
            on_forecast += part.on_forecast
            for code, checks in part.by_code.items():
                by_code.setdefault(code, []).extend(checks)
        return PolicyChecks(by_code, on_forecast)


def summarise_policy(checked: PolicyChecks) -> PolicySummary:
    """Every rule that asks for something, over the contracts."""
    by_code, on_forecast = checked.by_code, checked.on_forecast
    minimum, outcomes = _held(by_code, MINIMUM_SHARE), _held(by_code, EMPLOYMENT_OUTCOMES)
    below = _those(minimum, PolicyResult.SHORT)
    return PolicySummary(
        counts=tuple(_count(versions, on_forecast[code]) for code, versions in by_code.items()),
        minimum=_minimum_words(minimum),
        below_minimum=len(below),
        held_against_minimum=len(minimum),
        short_by=round_pounds(sum_exact(check.shortfall for check in below)),
        outcomes_needed=sum_exact(check.needed for check in outcomes),
        held_against_outcomes=len(outcomes),
        short_of_outcomes=len(_those(outcomes, PolicyResult.SHORT)),
        errors_at_minimum=len(_those(minimum, PolicyResult.ERRORS)),
        errors_at_outcomes=len(_those(outcomes, PolicyResult.ERRORS)),
        minimum_on_forecast=sum(on_forecast[code] for code in _codes(minimum)),
    )


def _count(versions: Sequence[Sequence[RuleStanding]], only_with_forecast: int) -> PolicyCount:
    latest = max((checks[0].rule for checks in versions), key=lambda rule: rule.in_force_from)
    results = [check.result for checks in versions for check in checks]
    return PolicyCount(
        latest.title,
        enough=results.count(PolicyResult.MET),
        short=results.count(PolicyResult.SHORT),
        nothing_asked=results.count(PolicyResult.NOTHING_ASKED),
        errors=results.count(PolicyResult.ERRORS),
        not_checked=results.count(PolicyResult.NOT_CHECKED),
        only_with_forecast=only_with_forecast,
    )


_HELD = (PolicyResult.MET, PolicyResult.SHORT, PolicyResult.ERRORS)


def _held(by_code: Mapping[str, list[list[RuleStanding]]], kind: RuleKind) -> list[RuleStanding]:
    return [
        check
        for versions in by_code.values()
        if versions[0][0].rule.kind is kind
        for checks in versions
        for check in checks
        if check.result in _HELD
    ]


def _those(checks: Sequence[RuleStanding], result: PolicyResult) -> list[RuleStanding]:
    return [check for check in checks if check.result is result]


def _rules(held: Sequence[RuleStanding]) -> list[PolicyRule]:
    """Each rule that anything is held against, once."""
    return list({id(check.rule): check.rule for check in held}.values())


def _codes(held: Sequence[RuleStanding]) -> set[str]:
    return {rule.code for rule in _rules(held)}


def _minimum_words(held: Sequence[RuleStanding]) -> str:
    shares = {rule.share for rule in _rules(held)}
    return f"{format_percent(shares.pop())} minimum" if len(shares) == 1 else "minimum"
