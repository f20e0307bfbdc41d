"""What the checks of single lines say: the one source for the program and for the formulas of workbooks."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from tomsapp.domain.menu import Clash, Counts, ExclusionGroup, Measure
from tomsapp.domain.money import SHARE_PLACES
from tomsapp.domain.problems import LEAST_REASON, AnswerChoice
from tomsapp.domain.units import Unit
from tomsapp.domain.wording import plural


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong, and what to do; figures stand in places such as {quantity}."""

    message: str
    fix: str

    def filled(self, **figures: object) -> Self:
        """The same with its figures."""
        return type(self)(self.message.format(**figures), self.fix.format(**figures))

    @property
    def sentences(self) -> str:
        """Both as they are read one after the other."""
        return f"{self.message}. {self.fix}."


MOST_QUANTITY = Decimal(1_000_000_000)
"""A quantity over this in one year, pounds included, is a slip and not a promise."""

NO_QUANTITY = Words("No quantity is entered", "Enter a quantity for a year")
NEGATIVE = Words("The quantity is less than zero", "Enter 0 or more")
IMPOSSIBLE = Words("{quantity} is not a possible quantity", "Check how many zeros it has")
SHARE_RANGE = Words(
    "The share is not between 0% and 100%", "Enter the share that this contract may claim, from 0% to 100%"
)
SHARE_PRECISE = Words(
    f"The share has more than {SHARE_PLACES - 2} decimals of a per cent", "Round the share, for example to 33.3333%"
)
RATE_RANGE = Words(
    "The promise per pound of spend is not above zero", "Enter for example 2 for every 1000000.00 pounds"
)
OUTSIDE = Words(
    "This measure counts only what happens in the council’s area",
    "Choose a ward or the whole borough, or take the commitment out",
)
NO_STATEMENT = Words(
    "There is no statement of how this will be done", "Write how, when and with whom it will be delivered"
)
NO_COMMITMENTS = Words("Nothing is committed", "Add the measures that the supplier promises")
TOO_MANY = Words("{chosen} measures are chosen and this tender allows {most}", "Take out {over} of them")
THEME_MISSING = Words(
    "Theme {number}, {title}, has no commitment and this tender asks for one", "Add a measure of that theme"
)

YES_OR_NO = "Enter 1 for yes or 0 for no"
"""What to do about any quantity of a measure that is kept or not."""


def too_large(measure: Measure) -> Words:
    """A quantity over the most that its unit can have."""
    return Words(f"The quantity is over {measure.unit.most}", f"Enter 0 to {measure.unit.most}")


def not_whole(measure: Measure) -> Words:
    """A quantity with decimals, of a measure that has none."""
    return Words("{quantity} is not a whole number", f"Enter a whole number of {_literal(measure.many_name)}")


def too_precise(measure: Measure) -> Words:
    """A quantity with more decimals than its measure has."""
    many = _literal(measure.many_name)
    return Words(
        f"{{quantity}} has more decimals than {many} are counted in",
        f"Round it to {plural(measure.decimals, 'decimal', 'decimals')}",
    )


ONCE_EACH = "keep each of them once"
"""What can be done about a measure that counts once and is promised again, where it is promised by year."""


def repeated(measure: Measure) -> Words:
    """A measure that counts once, promised in more than one year or line."""
    is_of_people = measure.counts is Counts.FIRST_12_MONTHS
    once = "each person once, in the year they start" if is_of_people else "each of them once in the contract"
    others = "different people" if is_of_people or measure.unit in {Unit.PEOPLE, Unit.FTE_JOBS} else "not the same ones"
    return Words(
        f"{_literal(measure.code)} is promised in {{where}}. It counts {once}",
        f"Confirm that they are {others}, or {{remedy}}",
    )


def may_not_count(same: str) -> str:
    """What is said of the measures of an exclusion group; `same` is the thing that counts once: a person, a pound."""
    return f"may not count the same {same}"


def declare_different(same: str, else_same: str = "") -> str:
    """What to do about measures that may count one thing twice; `else_same` offers the answer that they are one."""
    return f"Declare that no {same} is counted more than once,{else_same} or keep one of them"


DECLARED = {
    AnswerChoice.DIFFERENT: "They are different: all of them count",
    AnswerChoice.SAME: "They are the same: they count once",
}
"""What is declared of people and things that may be the same, in the window and in a workbook."""
HOW_YOU_KNOW = "Say in a sentence how you know."
REASON_SHORT = Words("The reason says too little", f"Write a sentence of at least {LEAST_REASON} characters")


def clash_said(group: ExclusionGroup) -> Words:
    """The measures of a group that are promised together; {codes} are they."""
    fix = declare_different(group.same) if group.severity is Clash.DECLARE else f"Keep one of them. {group.reason}"
    return Words(f"{{codes}} {_literal(may_not_count(group.same))}", _literal(fix.rstrip(".")))


def _literal(text: str) -> str:
    """A text in which no place for a figure is looked for."""
    return text.replace("{", "{{").replace("}", "}}")
