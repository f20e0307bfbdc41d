"""What a council sets for what is delivered: days, bounds of the ratings, and limits of files.

Where a default has a source it is named here; the others are the program's own, to be changed by the council.
Source of each: docs/method.md, section 9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.facts import Fact, FactKind, Fault
from tomsapp.domain.money import decimal_places
from tomsapp.domain.problems import Problem
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.wording import format_percent

_MOST_DAYS = 366
_MOST_MB = 200
_MOST_FILES = 200
_MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """What holds for the deliveries of every contract.

    Attributes:
        return_days: a return is due so many days after the end of its quarter. Own default: a month to collect it.
        late_days: a return that comes more than so many days after that is a sign of risk. Own default: 14.
        remind_days: so many days before a return is due it is told as coming. Own default: 14.
        good, approaching, improvement: the shares of what was due from which an acceptance is rated Good, Approaching
            target and Requires improvement. Good at 100% follows from its words in regulation 39 of the Procurement
            Regulations 2024, "meeting or exceeding"; for "close to", "below" and "significantly below" the Regulations
            name no number, so 85% and 50% are the program's own defaults.
        pace: what is left of a plan is a sign of risk where each quarter would have to bring more than so many times
            what the quarters so far brought. Own default: 1.5.
        may_accept_own: whether who entered a claim may accept it. Own default: no, as auditors ask for two persons.
        keep_years: for how many years evidence is kept after the end of its contract; None until the council says,
            since no law sets one number for all of it.
        most_file_mb: the largest file of evidence, in megabytes (of 1,000,000 bytes). Own default: 20.
        most_files: the most files for one delivery. Own default: 20.
    """

    return_days: Decimal = Decimal(30)
    late_days: Decimal = Decimal(14)
    remind_days: Decimal = Decimal(14)
    good: Decimal = Decimal(1)
    approaching: Decimal = Decimal("0.85")
    improvement: Decimal = Decimal("0.5")
    pace: Decimal = Decimal("1.5")
    may_accept_own: bool = False
    keep_years: Decimal | None = None
    most_file_mb: Decimal = Decimal(20)
    most_files: Decimal = Decimal(20)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The check that a number is whole and lies between two others."""

    least: int
    most: int

    def __call__(self, number: Decimal) -> Fault | None:
        if decimal_places(number) or not self.least <= number <= self.most:
            return Fault(
                "It is not a whole number that can be entered",
                f"Enter a number from {self.least} to {self.most}",
                "outside",
            )
        return None


def _pace_fault(pace: Decimal) -> Fault | None:
    return None if pace >= 1 else Fault("It is less than 1", "Enter for example 1.5", "outside")


def _order(rules: DeliveryRules) -> Iterable[Problem]:
    """That each word of the rating begins below the one before."""
    for name, share, above in (
        ("approaching", rules.approaching, rules.good),
        ("improvement", rules.improvement, rules.approaching),
    ):
        if share >= above:
            fault = Fault(f"It is not below {format_percent(above)}", "Each word begins below the one before", "order")
            yield fact_problem(DELIVERY_RULES, DELIVERY_RULES.fact(name), fault)


_RATING_LAW = "regulation 39(5), Procurement Regulations 2024"
_DAYS = "Enter a number of days"
DELIVERY_RULES = RecordType(
    "delivery_rules",
    "rules of delivery",
    "rules of delivery",
    DeliveryRules,
    (
        Fact(
            "return_days",
            "A return is due after",
            FactKind.QUANTITY,
            "Days after the end of its quarter. 30 is the program’s own default: a month to collect it",
            needed=_DAYS,
            check=_Whole(0, _MOST_DAYS),
            said="number of days",
            revision="0009",
        ),
        Fact(
            "late_days",
            "A return is at risk after",
            FactKind.QUANTITY,
            "Days after it was due. 14 is the program’s own default",
            needed=_DAYS,
            check=_Whole(0, _MOST_DAYS),
            said="number of days",
            revision="0009",
        ),
        Fact(
            "remind_days",
            "Remind before a return is due",
            FactKind.QUANTITY,
            "Days before it is due. 14 is the program’s own default",
            needed=_DAYS,
            check=_Whole(0, _MOST_DAYS),
            said="number of days",
            revision="0009",
        ),
        Fact(
            "good",
            "Good from",
            FactKind.SHARE,
            f"Of what was due. 100% follows from “meeting or exceeding” in {_RATING_LAW}",
            needed="Enter for example 100%",
            is_above_zero=True,
            said="share of Good",
            revision="0009",
        ),
        Fact(
            "approaching",
            "Approaching target from",
            FactKind.SHARE,
            "Of what was due. 85% is the program’s own default: regulation 39(5) says “close to” and no number",
            needed="Enter for example 85%",
            is_above_zero=True,
            said="share of Approaching target",
            revision="0009",
        ),
        Fact(
            "improvement",
            "Requires improvement from",
            FactKind.SHARE,
            "Of what was due; Inadequate below. 50% is the program’s own default: regulation 39(5) says “below”",
            needed="Enter for example 50%",
            is_above_zero=True,
            said="share of Requires improvement",
            revision="0009",
        ),
        Fact(
            "pace",
            "At risk where the rest needs",
            FactKind.QUANTITY,
            "Times the pace of the quarters so far. 1.5 is the program’s own default",
            needed="Enter for example 1.5",
            check=_pace_fault,
            said="number of times",
            revision="0009",
        ),
        Fact(
            "may_accept_own",
            "The same person may enter and accept a claim",
            FactKind.YES_NO,
            "No is the program’s own default, as auditors ask for two persons. Reports list each case",
            tick="Who entered a claim may accept it",
            revision="0009",
        ),
        Fact(
            "keep_years",
            "Keep evidence for",
            FactKind.QUANTITY,
            "Years after the contract ends. No law sets one number: empty asks for the day of each file",
            check=_Whole(0, _MOST_YEARS),
            keeps_null=True,
            said="number of years",
            revision="0009",
        ),
        Fact(
            "most_file_mb",
            "Largest file of evidence",
            FactKind.QUANTITY,
            "In megabytes. 20 is the program’s own default",
            needed="Enter a number of megabytes",
            check=_Whole(1, _MOST_MB),
            said="size of a file",
            revision="0009",
        ),
        Fact(
            "most_files",
            "Most files for a claim or a contract",
            FactKind.QUANTITY,
            "20 is the program’s own default",
            needed="Enter a number of files",
            check=_Whole(1, _MOST_FILES),
            said="number of files",
            revision="0009",
        ),
    ),
    name_of=lambda _rules: "rules of delivery",
    checks=(_order,),
    heading="Rules of delivery",
)
"""What the council sets for all deliveries."""
