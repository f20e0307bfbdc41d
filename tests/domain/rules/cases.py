"""Worked cases of each kind of policy rule: a rule, a contract, and all that is said and worked out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn, PolicyRule, Rounding, RuleKind, WithVat
from tomsapp.domain.rules.scope import SCOPE

D = Decimal
START = date(2026, 4, 1)


@dataclass(frozen=True)
class Case:
    """A rule held against a contract of `value` pounds that promises so much; what comes of it."""

    rule: PolicyRule
    value: str
    social_value: str
    real_pounds: str
    outcomes: Fraction
    result: PolicyResult
    word: str
    sums: tuple[str, ...]
    sentence: str
    example: str
    in_brief: str
    printed: str
    note: str = ""
    needed: Fraction = Fraction(0)
    value_with_vat: str = ""
    """Where it is recorded."""
    brief: int | str = 0
    """Which of the sums stands where there is room for one, or what stands there in their place."""


def _rule(kind: RuleKind, **facts: object) -> PolicyRule:
    return PolicyRule(kind.value, kind, kind.words, START, **facts)  # type: ignore[arg-type]


CASES: dict[RuleKind, tuple[Case, ...]] = {
    SCOPE: (
        Case(
            _rule(SCOPE, threshold=D("25000.00")),
            "25000.01", "0.00", "0.00", Fraction(0),
            PolicyResult.YES, "Yes",
            ("£25,000.01 is over £25,000.00",),
            "Contracts over £25,000.00 that start on or after 1 April 2026 are held against the other rules.",
            "Example: £25,000.01 is in scope, £25,000.00 is not.",
            "Contracts over £25,000.00",
            "Is this contract in scope? Over £25,000.00.",
        ),
        Case(
            _rule(SCOPE, in_force_until=date(2027, 3, 31)),
            "0.00", "0.00", "0.00", Fraction(0),
            PolicyResult.NO, "No",
            ("£0.00 is not over £0.00",),
            "Contracts of any value that start on or after 1 April 2026 and not after 31 March 2027 are held against "
            "the other rules.",
            "Example: £0.01 is in scope, £0.00 is not.",
            "All contracts",
            "Is this contract in scope? Over £0.00.",
        ),
        Case(
            _rule(SCOPE, threshold=D("25000.00")),
            "21000.00", "0.00", "0.00", Fraction(0),
            PolicyResult.NO, "No",
            ("£21,000.00 is not over £25,000.00",),
            "Contracts over £25,000.00 that start on or after 1 April 2026 are held against the other rules.",
            "Example: £25,000.01 is in scope, £25,000.00 is not.",
            "Contracts over £25,000.00",
            "Is this contract in scope? Over £25,000.00.",
            "The rule does not say whether its value is with VAT. £25,200.00 with VAT is over £25,000.00, and so it "
            "would be in scope. Which of the two is meant is a setting of the council’s policy rules",
            value_with_vat="25200.00",
        ),
        Case(
            _rule(SCOPE, threshold=D("25000.00"), with_vat=WithVat.NO),
            "21000.00", "0.00", "0.00", Fraction(0),
            PolicyResult.NO, "No",
            ("£21,000.00 is not over £25,000.00",),
            "Contracts over £25,000.00 without VAT that start on or after 1 April 2026 are held against the other "
            "rules.",
            "Example: £25,000.01 without VAT is in scope, £25,000.00 is not.",
            "Contracts over £25,000.00 without VAT",
            "Is this contract in scope? Over £25,000.00 without VAT.",
        ),
    ),
    MINIMUM_SHARE: (
        Case(
            _rule(MINIMUM_SHARE, threshold=D("214904.00"), share=D("0.05"), with_vat=WithVat.YES),
            "180000.00", "9000.00", "9000.00", Fraction(0),
            PolicyResult.MET, "Enough",
            (
                "£180,000.00 + 20% = £216,000.00 with VAT is over £214,904.00",
                "£180,000.00 × 5% = £9,000.00 of social value",
                "£9,000.00 committed",
            ),
            "Contracts over £214,904.00 with VAT that start on or after 1 April 2026 need at least 5% of their value "
            "in social value.",
            "Example: £2,500,000.00 × 5% = £125,000.00 of social value.",
            "5% in social value, over £214,904.00 with VAT",
            "At least 5% of the contract value in social value, without VAT, for contracts over £214,904.00 with VAT",
            "Counted in real pounds instead: £9,000.00 committed, enough",
            Fraction(9000), brief=1,
        ),
        Case(
            _rule(MINIMUM_SHARE, threshold=D("214904.00"), share=D("0.05"), with_vat=WithVat.YES),
            "200000.00", "0.00", "0.00", Fraction(0),
            PolicyResult.NOTHING_ASKED, "Nothing asked",
            ("£210,000.00 with VAT is not over £214,904.00",),
            "Contracts over £214,904.00 with VAT that start on or after 1 April 2026 need at least 5% of their value "
            "in social value.",
            "Example: £2,500,000.00 × 5% = £125,000.00 of social value.",
            "5% in social value, over £214,904.00 with VAT",
            "At least 5% of the contract value in social value, without VAT, for contracts over £214,904.00 with VAT",
            "This contract has no minimum",
            value_with_vat="210000.00",
        ),
        Case(
            _rule(MINIMUM_SHARE, threshold=D("214904.00"), share=D("0.05")),
            "179086.67", "0.00", "0.00", Fraction(0),
            PolicyResult.NOTHING_ASKED, "Nothing asked",
            ("£179,086.67 is not over £214,904.00",),
            "Contracts over £214,904.00 that start on or after 1 April 2026 need at least 5% of their value in social "
            "value.",
            "Example: £2,500,000.00 × 5% = £125,000.00 of social value.",
            "5% in social value, over £214,904.00",
            "At least 5% of the contract value in social value, without VAT, for contracts over £214,904.00",
            "This contract has no minimum. The rule does not say whether its value is with VAT. £179,086.67 + 20% = "
            "£214,904.004 with VAT is over £214,904.00, and so £8,954.33 would be asked of it. Which of the two is "
            "meant is a setting of the council’s policy rules",
        ),
        Case(
            _rule(MINIMUM_SHARE, threshold=D("214904.00"), share=D("0.05")),
            "4200000.00", "200449.39", "1000.00", Fraction(0),
            PolicyResult.SHORT, "Not enough: short by £9,550.61",
            ("£4,200,000.00 × 5% = £210,000.00 of social value", "£210,000.00 − £200,449.39 = £9,550.61"),
            "Contracts over £214,904.00 that start on or after 1 April 2026 need at least 5% of their value in social "
            "value.",
            "Example: £2,500,000.00 × 5% = £125,000.00 of social value.",
            "5% in social value, over £214,904.00",
            "At least 5% of the contract value in social value, without VAT, for contracts over £214,904.00",
            "Counted in real pounds instead: £1,000.00 committed, short by £209,000.00",
            Fraction(210000),
        ),
        Case(
            _rule(MINIMUM_SHARE, threshold=D("3000000.00"), share=D("0.025"), counted_in=CountedIn.REAL_POUNDS),
            "3000000.20", "75000.01", "75000.01", Fraction(0),
            PolicyResult.MET, "Enough",
            ("£3,000,000.20 × 2.5% = £75,000.01 of real pounds", "£75,000.01 committed"),
            "Contracts over £3,000,000.00 that start on or after 1 April 2026 need at least 2.5% of their value in "
            "real pounds.",
            "Example: £6,000,000.00 × 2.5% = £150,000.00 of real pounds.",
            "2.5% in real pounds, over £3,000,000.00",
            "At least 2.5% of the contract value in real pounds, without VAT, for contracts over £3,000,000.00",
            "Counted in social value instead: £75,000.01 committed, enough",
            Fraction(7500001, 100),
        ),
    ),
    EMPLOYMENT_OUTCOMES: (
        Case(
            _rule(EMPLOYMENT_OUTCOMES),
            "2500000.00", "0.00", "0.00", Fraction(1, 3),
            PolicyResult.SHORT, "Not enough: short by 1.66…",
            ("£2,500,000.00 ÷ £1,000,000.00 = 2.5", "2.5 rounded down = 2 outcomes needed, 0.33… committed"),
            "Contracts of any value that start on or after 1 April 2026 need 1 employment outcome for each "
            "£1,000,000.00 of their value.",
            "Example: £2,500,000.00 ÷ £1,000,000.00 = 2.5, rounded down = 2 needed.",
            "1 for each £1,000,000.00",
            "1 employment outcome for each £1,000,000.00 of contract value",
            needed=Fraction(2),
            brief="£2,500,000.00 ÷ £1,000,000.00 = 2.5; rounded down: 2 outcomes needed, 0.33… committed",
        ),
        Case(
            _rule(
                EMPLOYMENT_OUTCOMES,
                threshold=D("500000.00"), per=D("750000.00"), outcomes=D("1.5"), rounding=Rounding.EXACT,
            ),
            "1500000.00", "0.00", "0.00", Fraction(3),
            PolicyResult.MET, "Enough",
            ("£1,500,000.00 ÷ £750,000.00 × 1.5 = 3", "3 outcomes needed, 3 committed"),
            "Contracts over £500,000.00 that start on or after 1 April 2026 need 1.5 employment outcomes for each "
            "£750,000.00 of their value.",
            "Example: £2,500,000.00 ÷ £750,000.00 × 1.5 = 5, not rounded = 5 needed.",
            "1.5 for each £750,000.00",
            "1.5 employment outcomes for each £750,000.00 of contract value, for contracts over £500,000.00",
            needed=Fraction(3),
            brief="£1,500,000.00 ÷ £750,000.00 × 1.5 = 3 outcomes needed, 3 committed",
        ),
    ),
}  # fmt: skip
