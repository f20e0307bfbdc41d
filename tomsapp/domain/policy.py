"""The council's policy rules, dated, and whether a valuation meets them, each with its sum.

Source of the shipped rules: menus/policies/, after the London Borough of Barnet's policy of October 2023.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.facts import Fact, FactKind, RecordType
from tomsapp.domain.money import difference, round_half_away, round_pounds
from tomsapp.domain.proxy import WageKind
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_date, format_exact, format_percent, format_pounds


class RuleKind(Enum):
    """What a policy rule asks."""

    SCOPE = "scope"
    MINIMUM_SHARE = "minimum_share"
    EMPLOYMENT_OUTCOMES = "employment_outcomes"

    @property
    def words(self) -> str:
        """The kind as people call it."""
        return {
            RuleKind.SCOPE: "In scope",
            RuleKind.MINIMUM_SHARE: "Minimum share",
            RuleKind.EMPLOYMENT_OUTCOMES: "Employment outcomes",
        }[self]


class CountedIn(Enum):
    """Which pounds a minimum is counted in."""

    SOCIAL_VALUE = "social_value"
    REAL_POUNDS = "real_pounds"

    @property
    def words(self) -> str:
        """The pounds as people call them."""
        return self.value.replace("_", " ").capitalize()


class Rounding(Enum):
    """How a number of employment outcomes that is not whole is rounded."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"
    EXACT = "exact"

    @property
    def words(self) -> str:
        """The rounding as people choose it."""
        return {
            Rounding.DOWN: "Down",
            Rounding.NEAREST: "To the nearest whole number",
            Rounding.UP: "Up",
            Rounding.EXACT: "Not rounded",
        }[self]


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where a rule or a wage was published."""

    title: str
    publisher: str = ""
    year: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """One rule of the council, in force from a date.

    Attributes:
        threshold: the rule holds for contracts strictly over this value, in pounds.
        share: for a minimum share: the share (0 to 1) of the contract value.
        per, outcomes: for employment outcomes: so many for each `per` pounds of contract value.
    """

    code: str
    kind: RuleKind
    title: str
    in_force_from: date
    in_force_until: date | None = None
    threshold: Decimal = Decimal(0)
    share: Decimal = Decimal(0)
    counted_in: CountedIn = CountedIn.SOCIAL_VALUE
    per: Decimal = Decimal(1_000_000)
    outcomes: Decimal = Decimal(1)
    rounding: Rounding = Rounding.DOWN
    text: str = ""
    source: RuleSource | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether the rule holds on `day`."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class LivingWage:
    """The National Living Wage from a date, in pounds an hour."""

    in_force_from: date
    hourly: Decimal
    source: RuleSource | None = None


@dataclass(frozen=True, slots=True)
class DatedWage:
    """Another wage that values of a menu are made from, from a date, in pounds an hour."""

    kind: WageKind
    in_force_from: date
    hourly: Decimal
    source: RuleSource | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The dated rules of a council, the wages of its plausibility checks, and the wages that menus are made from."""

    code: str
    title: str
    rules: tuple[PolicyRule, ...]
    living_wages: tuple[LivingWage, ...] = ()
    wages: tuple[DatedWage, ...] = ()

    def living_wage_on(self, day: date) -> LivingWage | None:
        """The latest National Living Wage in force on `day`, or None before the first."""
        begun = [wage for wage in self.living_wages if wage.in_force_from <= day]
        return max(begun, key=lambda wage: wage.in_force_from, default=None)

    def wage_on(self, kind: WageKind, day: date) -> Decimal | None:
        """The latest wage of a kind in force on `day`, in pounds an hour, or None before the first."""
        if kind is WageKind.NATIONAL_LIVING_WAGE:
            living = self.living_wage_on(day)
            return living.hourly if living else None
        begun = [wage for wage in self.wages if wage.kind is kind and wage.in_force_from <= day]
        latest = max(begun, key=lambda wage: wage.in_force_from, default=None)
        return latest.hourly if latest else None


_SOURCE = (
    Fact("source_title", "Source", keeps_null=True),
    Fact("source_publisher", "Publisher"),
    Fact("source_year", "Published"),
    Fact("source_address", "Address", most=2000),
)
RULE = RecordType(
    "policy_rule",
    "policy rule",
    "policy rules",
    PolicyRule,
    (
        Fact("code", "Code", is_typed=False),
        Fact("kind", "Kind of rule", FactKind.CHOICE, choices=RuleKind),
        Fact("title", "Title", hint="What people call it, for example 5% minimum", most=120),
        Fact("in_force_from", "In force from", FactKind.DAY, "It holds for contracts that start on this day or later"),
        Fact("in_force_until", "In force until", FactKind.DAY, "Leave it empty if no end is known"),
        Fact("threshold", "For contracts over", FactKind.POUNDS, "Pounds, for example 25000.00"),
        Fact("share", "Share of the contract value", FactKind.SHARE, "In per cent, for example 5"),
        Fact("counted_in", "Counted in", FactKind.CHOICE, choices=CountedIn),
        Fact("outcomes", "Employment outcomes", FactKind.QUANTITY, "How many, for example 1"),
        Fact("per", "For each", FactKind.POUNDS, "Pounds of contract value, for example 1000000.00"),
        Fact("rounding", "How a part of an outcome is rounded", FactKind.CHOICE, choices=Rounding),
        Fact("text", "The rule in the council’s words", FactKind.LONG, column="wording"),
        Fact("source", "Source", FactKind.OWN, is_typed=False),
    ),
    name_of=lambda rule: rule.title,
    beside=_SOURCE,
)
"""What the council's policy says of one rule."""

LIVING_WAGE = RecordType(
    "living_wage",
    "living wage",
    "living wages",
    LivingWage,
    (
        Fact("in_force_from", "In force from", FactKind.DAY),
        Fact("hourly", "Pounds an hour", FactKind.POUNDS),
        Fact("source", "Source", FactKind.OWN, is_typed=False),
    ),
    name_of=lambda wage: format_date(wage.in_force_from),
    beside=_SOURCE,
)
"""The National Living Wage from one day."""


class PolicyResult(Enum):
    """How a policy check came out. A promise is enough or not: whether a rule is met is known at delivery."""

    YES = "yes"
    NO = "no"
    MET = "met"
    """The promise is enough."""
    SHORT = "short"
    NOTHING_ASKED = "nothing_asked"
    """The rule asks nothing of this contract."""
    ERRORS = "errors"
    """It would be enough, but the offer has errors, so nothing of it is admitted yet."""
    NOT_CHECKED = "not_checked"


ENOUGH, NOTHING_ASKED, NOT_YET = "Enough", "Nothing asked", "Not yet: errors to put right"


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    """A rule held against a valuation.

    Attributes:
        word: the result as people read it: "Enough", "Not enough: short by £9,550.61", "Nothing asked", "Yes", "No".
        sums: the working, one sentence or sum each.
        note: the other reading of a minimum (real pounds beside social value), or why it was not checked.
        shortfall: pounds or outcomes that are missing; 0 when met.
    """

    rule: PolicyRule
    result: PolicyResult
    word: str
    sums: tuple[str, ...] = ()
    note: str = ""
    needed: Fraction = Fraction(0)
    committed: Fraction = Fraction(0)
    shortfall: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """A rule held against a valuation in figures alone: what `PolicyCheck` says in words."""

    rule: PolicyRule
    result: PolicyResult
    needed: Fraction = Fraction(0)
    committed: Fraction = Fraction(0)
    shortfall: Fraction = Fraction(0)


def policy_standings(valuation: Valuation, policy: Policy, *, has_errors: bool = False) -> tuple[RuleStanding, ...]:
    """The figures of `check_policy` without its words, for thousands of contracts at once."""
    chosen = _one_of_each(policy.rules, valuation.contract.start_on)
    return tuple(_unless_wrong(_standing(rule, valuation, chosen), has_errors) for rule in chosen)


def _unless_wrong(standing: RuleStanding, has_errors: bool) -> RuleStanding:
    """An offer with errors is never enough."""
    if has_errors and standing.result is PolicyResult.MET:
        return replace(standing, result=PolicyResult.ERRORS)
    return standing


def _standing(rule: PolicyRule, valuation: Valuation, rules: Sequence[PolicyRule]) -> RuleStanding:
    contract = valuation.contract
    over = contract.value > rule.threshold
    if not rule.is_in_force(contract.start_on):
        return RuleStanding(rule, PolicyResult.NOT_CHECKED)
    if rule.kind is RuleKind.SCOPE:
        return RuleStanding(rule, PolicyResult.YES if over else PolicyResult.NO)
    if not over or not _is_in_scope(valuation, rules):
        return RuleStanding(rule, PolicyResult.NOTHING_ASKED)
    if rule.kind is RuleKind.MINIMUM_SHARE:
        return _minimum_standing(rule, valuation)
    return _employment_standing(rule, valuation)


def _result(needed: Fraction, short: Fraction) -> PolicyResult:
    """Where nothing is needed, nothing is said to be enough."""
    if not needed:
        return PolicyResult.NOTHING_ASKED
    return PolicyResult.SHORT if short else PolicyResult.MET


def _minimum_standing(rule: PolicyRule, valuation: Valuation) -> RuleStanding:
    needed = round_pounds(Fraction(valuation.contract.value) * Fraction(rule.share))
    committed = valuation.social_value if rule.counted_in is CountedIn.SOCIAL_VALUE else valuation.real_pounds
    short = max(difference(needed, committed), Decimal(0))
    result = _result(Fraction(needed), Fraction(short))
    return RuleStanding(rule, result, Fraction(needed), Fraction(committed), Fraction(short))


def _employment_standing(rule: PolicyRule, valuation: Valuation) -> RuleStanding:
    exact = _outcomes_asked(rule, valuation)
    needed = round_outcomes(exact, rule.rounding)
    committed = valuation.employment_outcomes
    short = max(needed - committed, Fraction(0))
    return RuleStanding(rule, _result(needed, short), needed, committed, short)


def _outcomes_asked(rule: PolicyRule, valuation: Valuation) -> Fraction:
    return Fraction(valuation.contract.value) / Fraction(rule.per) * Fraction(rule.outcomes)


def check_policy(valuation: Valuation, policy: Policy, *, has_errors: bool = False) -> tuple[PolicyCheck, ...]:
    """Every rule against what can be counted, in the policy's order; the rules in force when the contract starts.

    With `has_errors` nothing is enough: the offer cannot be admitted until they are put right.
    """
    chosen = _one_of_each(policy.rules, valuation.contract.start_on)
    checks = (_check_rule(rule, valuation, chosen) for rule in chosen)
    return tuple(
        replace(check, result=PolicyResult.ERRORS, word=NOT_YET)
        if has_errors and check.result is PolicyResult.MET
        else check
        for check in checks
    )


def _one_of_each(rules: Sequence[PolicyRule], start: date) -> list[PolicyRule]:
    """For each code the latest rule in force at the start of the contract, else the next to come, else the last."""
    by_code: dict[str, list[PolicyRule]] = {}
    for rule in rules:
        by_code.setdefault(rule.code, []).append(rule)
    return [_rule_for(versions, start) for versions in by_code.values()]


def _rule_for(versions: Sequence[PolicyRule], start: date) -> PolicyRule:
    held = [rule for rule in versions if rule.is_in_force(start)]
    coming = [rule for rule in versions if rule.in_force_from > start]
    if coming and not held:
        return min(coming, key=lambda rule: rule.in_force_from)
    return max(held or versions, key=lambda rule: rule.in_force_from)


def _check_rule(rule: PolicyRule, valuation: Valuation, rules: Sequence[PolicyRule]) -> PolicyCheck:
    start = valuation.contract.start_on
    if not rule.is_in_force(start):
        ended = rule.in_force_until is not None and rule.in_force_until < start
        when = format_date(rule.in_force_until if ended and rule.in_force_until else rule.in_force_from)
        note = f"This rule {'ended' if ended else 'starts'} on {when}"
        return PolicyCheck(rule, PolicyResult.NOT_CHECKED, "Not checked", note=note)
    value = valuation.contract.value
    over = value > rule.threshold
    relation = f"{format_pounds(value)} is {'over' if over else 'not over'} {format_pounds(rule.threshold)}"
    if rule.kind is RuleKind.SCOPE:
        result = PolicyResult.YES if over else PolicyResult.NO
        return PolicyCheck(rule, result, "Yes" if over else "No", (relation,))
    if not _is_in_scope(valuation, rules):
        return PolicyCheck(rule, PolicyResult.NOTHING_ASKED, NOTHING_ASKED, note="This contract is not in scope")
    if not over:
        return PolicyCheck(rule, PolicyResult.NOTHING_ASKED, NOTHING_ASKED, (relation,), _NOTHING_ASKED[rule.kind])
    if rule.kind is RuleKind.MINIMUM_SHARE:
        return _check_minimum(rule, valuation)
    return _check_employment(rule, valuation)


_NOTHING_ASKED = {
    RuleKind.MINIMUM_SHARE: "This contract has no minimum",
    RuleKind.EMPLOYMENT_OUTCOMES: "No employment outcome is asked of this contract",
}


def _is_in_scope(valuation: Valuation, rules: Sequence[PolicyRule]) -> bool:
    contract = valuation.contract
    scope = [rule for rule in rules if rule.kind is RuleKind.SCOPE and rule.is_in_force(contract.start_on)]
    return all(contract.value > rule.threshold for rule in scope)


def _check_minimum(rule: PolicyRule, valuation: Valuation) -> PolicyCheck:
    value = valuation.contract.value
    standing = _minimum_standing(rule, valuation)
    needed, short = round_pounds(standing.needed), round_pounds(standing.shortfall)
    in_social = rule.counted_in is CountedIn.SOCIAL_VALUE
    other = valuation.real_pounds if in_social else valuation.social_value
    what, other_what = ("social value", "real pounds") if in_social else ("real pounds", "social value")
    sums = [f"{format_pounds(value)} × {format_percent(rule.share)} = {format_pounds(needed)} of {what}"]
    note = f"Counted in {other_what} instead: {_shortfall_words(needed, other)}"
    committed = format_pounds(round_pounds(standing.committed))
    if short:
        sums.append(f"{format_pounds(needed)} − {committed} = {format_pounds(short)}")
    else:
        sums.append(f"{committed} committed")
    return _checked(standing, _word(standing, format_pounds(short)), tuple(sums), note)


def _word(standing: RuleStanding, short: str) -> str:
    if standing.result is PolicyResult.SHORT:
        return f"Not enough: short by {short}"
    return NOTHING_ASKED if standing.result is PolicyResult.NOTHING_ASKED else ENOUGH


def _checked(standing: RuleStanding, word: str, sums: tuple[str, ...], note: str = "") -> PolicyCheck:
    return PolicyCheck(
        rule=standing.rule,
        result=standing.result,
        word=word,
        sums=sums,
        note=note,
        needed=standing.needed,
        committed=standing.committed,
        shortfall=standing.shortfall,
    )


def _shortfall_words(needed: Decimal, committed: Decimal) -> str:
    short = difference(needed, committed)
    if short > 0:
        return f"{format_pounds(committed)} committed, short by {format_pounds(short)}"
    return f"{format_pounds(committed)} committed, enough"


def _check_employment(rule: PolicyRule, valuation: Valuation) -> PolicyCheck:
    value = valuation.contract.value
    standing = _employment_standing(rule, valuation)
    exact, needed, short = _outcomes_asked(rule, valuation), standing.needed, standing.shortfall
    rounded = "" if needed == exact else f" rounded {_ROUNDED[rule.rounding]} = {format_exact(needed)}"
    times = "" if rule.outcomes == 1 else f" × {format_exact(Fraction(rule.outcomes))}"
    sums = (
        f"{format_pounds(value)} ÷ {format_pounds(rule.per)}{times} = {format_exact(exact)}",
        f"{format_exact(exact)}{rounded} needed, {format_exact(standing.committed, 2)} committed",
    )
    return _checked(standing, _word(standing, format_exact(short, 2)), sums)


_ROUNDED = {
    Rounding.DOWN: "down",
    Rounding.NEAREST: "to the nearest whole number",
    Rounding.UP: "up",
    Rounding.EXACT: "",
}


def round_outcomes(exact: Fraction, rounding: Rounding) -> Fraction:
    """A needed number of employment outcomes, rounded as the rule says."""
    if rounding is Rounding.DOWN:
        return Fraction(exact.numerator // exact.denominator)
    if rounding is Rounding.UP:
        return Fraction(-(-exact.numerator // exact.denominator))
    if rounding is Rounding.NEAREST:
        return Fraction(round_half_away(exact, 0))
    return exact
