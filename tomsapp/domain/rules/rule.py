"""A policy rule of the council, and what every kind of rule says and works out.

A kind is one file beside this one and one line in `registry`: forms, tables, checks, files and pages take its words,
its facts and its sums from there.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple, assert_never

from tomsapp.domain.facts import Fault
from tomsapp.domain.money import round_half_away, round_pounds
from tomsapp.domain.wording import format_date, format_exact, format_pounds

PENCE = 100
"""In a pound."""

_NOTHING = Fraction(0)
EXAMPLE_VALUE = Decimal("2500000.00")
"""The value of the contract in an example, where the rule holds for it."""


class CountedIn(Enum):
    """Which pounds a minimum is counted in."""

    SOCIAL_VALUE = "social_value"
    REAL_POUNDS = "real_pounds"

    @property
    def words(self) -> str:
        """The pounds as people call them."""
        return self.value.replace("_", " ").capitalize()

    @property
    def other(self) -> "CountedIn":
        """The other pounds, which are never added to these."""
        match self:
            case CountedIn.SOCIAL_VALUE:
                return CountedIn.REAL_POUNDS
            case CountedIn.REAL_POUNDS:
                return CountedIn.SOCIAL_VALUE
            case _:
                assert_never(self)


class Rounding(Enum):
    """How a number of employment outcomes that is not whole is rounded."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"
    EXACT = "exact"

    @property
    def words(self) -> str:
        """The rounding as people choose it."""
        match self:
            case Rounding.DOWN:
                return "Down"
            case Rounding.NEAREST:
                return "To the nearest whole number"
            case Rounding.UP:
                return "Up"
            case Rounding.EXACT:
                return "Not rounded"
            case _:
                assert_never(self)

    @property
    def done(self) -> str:
        """What was done to a number, in a sum: "rounded down", "not rounded"."""
        words = self.words.lower()
        return words if self is Rounding.EXACT else f"rounded {words}"

    def rounded(self, exact: Fraction) -> Fraction:
        """A number of employment outcomes, rounded in this way."""
        match self:
            case Rounding.DOWN:
                return Fraction(exact.numerator // exact.denominator)
            case Rounding.NEAREST:
                return Fraction(round_half_away(exact, 0))
            case Rounding.UP:
                return Fraction(-(-exact.numerator // exact.denominator))
            case Rounding.EXACT:
                return exact
            case _:
                assert_never(self)


class WithVat(Enum):
    """Which value of a contract a rule holds against its threshold."""

    NOT_SAID = "not_said"
    """The policy does not say it: the value without VAT is taken, and the other reading is told where it differs."""
    NO = "no"
    YES = "yes"

    @property
    def words(self) -> str:
        """The value as people choose it."""
        match self:
            case WithVat.NOT_SAID:
                return "Not said in the policy"
            case WithVat.NO:
                return "Without VAT"
            case WithVat.YES:
                return "With VAT"
            case _:
                assert_never(self)

    @property
    def beside(self) -> str:
        """What stands beside an amount that is compared in this way; nothing where the policy does not say it."""
        match self:
            case WithVat.NOT_SAID:
                return ""
            case WithVat.NO:
                return " without VAT"
            case WithVat.YES:
                return " with VAT"
            case _:
                assert_never(self)

    @property
    def meaning(self) -> str:
        """What it means for whoever chooses it; nothing where that is plain."""
        return "taken without VAT, with a note where VAT decides" if self is WithVat.NOT_SAID else ""


class RuleUnit(Enum):
    """What a rule asks for is counted in."""

    POUNDS = "pounds"
    OUTCOMES = "outcomes"
    """Employment outcomes: people, and parts of one."""

    def words(self, amount: Fraction) -> str:
        """An amount as people read it; outcomes that do not end are cut after two decimals."""
        match self:
            case RuleUnit.POUNDS:
                return format_pounds(round_pounds(amount))
            case RuleUnit.OUTCOMES:
                return format_exact(amount, 2)
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where a rule or a wage was published."""

    title: str
    publisher: str = ""
    year: str = ""
    address: str = ""

    @property
    def cited(self) -> str:
        """Title, publisher and year, as a reader looks for it."""
        return ", ".join(filter(None, (self.title, self.publisher, self.year)))


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """One rule of the council, in force from a date.

    Attributes:
        threshold: the rule holds for contracts strictly over this value, in pounds.
        with_vat: which value of a contract is held against the threshold. Shares and numbers that a rule asks for are
            of the value without VAT, whatever it is.
        share: for a minimum share: the share (0 to 1) of the contract value.
        per, outcomes: for employment outcomes: so many for each `per` pounds of contract value.
        binds_signed_from: from when on it binds contracts too that were signed without it; None where it never does.
    """

    code: str
    kind: "RuleKind"
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
    binds_signed_from: date | None = None
    with_vat: WithVat = WithVat.NOT_SAID

    def is_in_force(self, day: date) -> bool:
        """Whether the rule holds on `day`."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class Promise:
    """What of a contract is held against rules: money in pence, of the whole contract.

    Attributes:
        value: the contract's value, whole pence or, while it is being typed, parts of one.
        employment_outcomes: jobs, the same people counted once.
        outcomes_left_out: how many more they are if all are different people, but for those answered to be the same.
        some_same: whether people of some measures are answered to be the same.
        value_with_vat: the contract's value with VAT, in pence, where it is recorded.
    """

    value: int | Fraction
    social_value: int
    real_pounds: int
    employment_outcomes: Fraction
    outcomes_left_out: Fraction = Fraction(0)
    some_same: bool = False
    value_with_vat: int | Fraction | None = None

    @property
    def pounds(self) -> Fraction:
        """The contract's value in pounds."""
        return Fraction(self.value, PENCE)

    def counted_in(self, which: CountedIn) -> int:
        """The pence of one of the two kinds of pounds."""
        match which:
            case CountedIn.SOCIAL_VALUE:
                return self.social_value
            case CountedIn.REAL_POUNDS:
                return self.real_pounds
            case _:
                assert_never(which)


def pence_of(pounds: Decimal) -> int | Fraction:
    """Pounds in pence: a whole number unless they have parts of a penny."""
    top, bottom = pounds.as_integer_ratio()
    pence, rest = divmod(top * PENCE, bottom)
    return Fraction(top * PENCE, bottom) if rest else pence


def pence_or_none(pounds: Decimal | None) -> int | Fraction | None:
    """Pounds in pence, where there are any."""
    return None if pounds is None else pence_of(pounds)


def example_promise(rule: PolicyRule) -> Promise:
    """A contract for which the rule holds and of which nothing is promised, for its example."""
    value = EXAMPLE_VALUE if rule.threshold < EXAMPLE_VALUE else rule.threshold * 2
    return Promise(pence_of(value), 0, 0, Fraction(0))


class Amounts(NamedTuple):
    """What a rule asks of a contract and what of it is promised, in the unit of its kind."""

    needed: Fraction
    committed: Fraction

    @property
    def shortfall(self) -> Fraction:
        """What is missing; nothing where the promise is enough."""
        return self.needed - self.committed if self.needed > self.committed else _NOTHING


@dataclass(frozen=True, slots=True)
class Working:
    """How a rule's amounts come about, in sums and sentences.

    Attributes:
        sums: one sum or sentence each.
        brief: the one of them that stands where there is room for one.
        note: the other reading of what is asked; empty where there is none.
    """

    sums: tuple[str, ...]
    brief: str
    note: str = ""


class RuleKind(ABC):
    """A kind of policy rule: what it is called, which facts it has of its own, and what a rule of it says."""

    @property
    @abstractmethod
    def value(self) -> str:
        """What files and the database call it."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What people call it."""

    @property
    @abstractmethod
    def own_facts(self) -> tuple[str, ...]:
        """The facts of a rule, beside those of every rule, that rules of this kind use."""

    @property
    @abstractmethod
    def unit(self) -> RuleUnit:
        """What its amounts are counted in."""

    @abstractmethod
    def asked(self, rule: PolicyRule, /) -> str:
        """What becomes of the contracts for which the rule holds: "need at least 5% of their value in …"."""

    @abstractmethod
    def example(self, rule: PolicyRule, /) -> str:
        """The rule worked out for a contract, in a sentence; the rule must be free of Problems."""

    @abstractmethod
    def in_brief(self, rule: PolicyRule, /) -> str:
        """What the rule asks, short enough for a table."""

    @abstractmethod
    def printed(self, rule: PolicyRule, /) -> str:
        """What the rule asks, in words made from its figures, as documents print it."""

    def faults(self, _rule: PolicyRule, /) -> Iterable[tuple[str, Fault]]:
        """What is wrong with the facts of its own, each with the fact's name."""
        return ()

    def __repr__(self) -> str:
        return f"<{self.value}>"


class Demand(RuleKind):
    """A kind of rule that asks for something; rules of other kinds say of which contracts these ask."""

    @property
    @abstractmethod
    def nothing_asked(self) -> str:
        """What is said of a contract that is not over the rule's threshold."""

    @abstractmethod
    def amounts(self, rule: PolicyRule, /) -> Callable[[Promise], Amounts]:
        """Works out what the rule asks and what is promised; what the rule alone decides is worked out once."""

    @abstractmethod
    def working(self, rule: PolicyRule, promise: Promise, amounts: Amounts, /) -> Working:
        """How the amounts come about."""

    @abstractmethod
    def missing(self, rule: PolicyRule, shortfall: Fraction, /) -> str:
        """What a contract is short of, after "Short by"."""

    @abstractmethod
    def not_enough(self, rule: PolicyRule, /) -> str:
        """What is not enough: "Employment outcomes are"."""


def threshold_words(rule: PolicyRule) -> str:
    """The threshold, and which value is held against it where that is said: "£25,000.00", "£25,000.00 with VAT"."""
    return f"{format_pounds(rule.threshold)}{rule.with_vat.beside}"


def over_words(rule: PolicyRule) -> str:
    """Of which contracts a rule speaks: "over £25,000.00", "of any value"."""
    return f"over {threshold_words(rule)}" if rule.threshold else "of any value"


def rule_sentence(rule: PolicyRule) -> str:
    """What the rule asks, and of which contracts, in one sentence."""
    begun = f"that start on or after {format_date(rule.in_force_from)}"
    ended = f" and not after {format_date(rule.in_force_until)}" if rule.in_force_until else ""
    return f"Contracts {over_words(rule)} {begun}{ended} {rule.kind.asked(rule)}."


def rule_example(rule: PolicyRule) -> str:
    """The rule worked out for an example contract; the rule must be free of Problems."""
    return f"Example: {rule.kind.example(rule)}"
