"""The jobs that contracts bring, as sums that can be done again: of a contract by its terms, and by measure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.wording import format_exact, format_percent, format_quantity, listed


@dataclass(frozen=True, slots=True)
class JobTerm:
    """A part of the employment outcomes of a contract: quantity × share × outcomes per unit.

    Attributes:
        length: the contract's length in years, by which full-time years are divided; None for other units.
        is_counted: false where the people may be those of another measure, year or line, so that they are not counted
            twice.
        is_possible: false where not even the most people has them, as they are answered to be the same.
    """

    measure: str
    quantity: Decimal
    contract_share: Decimal
    per_unit: Decimal
    length: Fraction | None = None
    is_counted: bool = True
    is_possible: bool = True

    @property
    def outcomes(self) -> Fraction:
        """The employment outcomes, exact."""
        number = Fraction(self.quantity)
        for factor in (self.contract_share, self.per_unit):
            if factor != 1:
                number *= Fraction(factor)
        return number / self.length if self.length else number

    @property
    def text(self) -> str:
        """The term as it is printed: "2 × 50%", "(4.5 ÷ 1.5)"; every number in it is exact."""
        factors = [format_quantity(self.quantity)]
        if self.contract_share != 1:
            factors.append(format_percent(self.contract_share))
        if self.per_unit != 1:
            factors.append(format_quantity(self.per_unit))
        text = " × ".join(factors)
        return text if self.length is None or self.length == 1 else f"({text} {_divided(self.length)})"


def _divided(length: Fraction) -> str:
    """Divided by a length in years, as a pocket calculator does it: "÷ 1.5", "× 12 ÷ 10" for ten months."""
    text = format_exact(length)
    return f"× {length.denominator:,} ÷ {length.numerator:,}" if text.endswith("…") else f"÷ {text}"


@dataclass(frozen=True, slots=True)
class JobSum:
    """The employment outcomes of a contract as the sum of its terms, which can be done again."""

    terms: tuple[JobTerm, ...]

    @property
    def total(self) -> Fraction:
        """The employment outcomes, the same people counted once."""
        return sum((term.outcomes for term in self.terms if term.is_counted), Fraction(0))

    @property
    def left_out(self) -> Fraction:
        """How many more they are if all are different people, but for those that are answered to be the same."""
        most = sum((term.outcomes for term in self.terms if term.is_possible), Fraction(0))
        return most - self.total

    @property
    def text(self) -> str:
        """The terms that are counted: "J01 2 × 50% + S02 4"; empty where there are none."""
        return " + ".join(f"{term.measure} {term.text}" for term in self.terms if term.is_counted)

    @property
    def not_counted(self) -> str:
        """The terms that are left out because their people may be those of another: "S11 4"; empty for none."""
        return ", ".join(
            f"{term.measure} {term.text}" for term in self.terms if term.is_possible and not term.is_counted
        )

    @property
    def answered_same(self) -> str:
        """The terms that are left out because their people are answered to be those of another: likewise."""
        left_out = (term for term in self.terms if not term.is_possible and not term.is_counted)
        return ", ".join(f"{term.measure} {term.text}" for term in left_out)


@dataclass(frozen=True, slots=True)
class MeasureJobs:
    """How many employment outcomes a measure brings over contracts, of what its plain count adds up.

    Attributes:
        signed: what is in the jobs of the contracts; `today` where the edition that replaced a withdrawn one rules.
        left_out: what is not, because the people may be those of another measure.
    """

    signed: Fraction = Fraction(0)
    today: Fraction = Fraction(0)
    left_out: Fraction = Fraction(0)

    @property
    def counted_text(self) -> str:
        """What is in Jobs: "25 as signed, 0 today"; empty where nothing is."""
        if not (self.signed or self.today):
            return ""
        today = f" as signed, {format_exact(self.today, 2)} today" if self.today != self.signed else ""
        return f"{format_exact(self.signed, 2)}{today}"

    @property
    def left_out_text(self) -> str:
        """What is not in Jobs, and why: "3, because they may be the same people"; empty where all is."""
        return f"{format_exact(self.left_out, 2)}, because they may be the same people" if self.left_out else ""

    @property
    def text(self) -> str:
        """In a phrase: "In Jobs: 25 as signed, 0 today"; empty where it brings none and none is left out."""
        counted = f"in Jobs: {self.counted_text}" if self.counted_text else ""
        left_out = f"not in Jobs: {self.left_out_text}" if self.left_out_text else ""
        words = "; ".join(filter(None, (counted, left_out)))
        return f"{words[:1].upper()}{words[1:]}"


def jobs_together(parts: Iterable[MeasureJobs]) -> MeasureJobs:
    """The jobs of several measures, or of several editions of one."""
    members = list(parts)
    return MeasureJobs(
        sum((part.signed for part in members), Fraction(0)),
        sum((part.today for part in members), Fraction(0)),
        sum((part.left_out for part in members), Fraction(0)),
    )


@dataclass(frozen=True, slots=True)
class JobCaveats:
    """What must be known beside the jobs of contracts: each is a part of the fewest people that they can be.

    Attributes:
        on_forecast: how many fewer they are without what rests on a forecast of spend.
        ended_when_signed: how many are of contract years that had ended before their contract was signed; full-time
            years count there as in all jobs, divided by the length of the whole contract.
    """

    on_forecast: Fraction = Fraction(0)
    ended_when_signed: Fraction = Fraction(0)

    def words(self, *, one_contract: bool) -> str:
        """Both in a phrase: "3 rest on a forecast of spend"; empty where neither is to be said."""
        signed = "the contract was signed" if one_contract else "their contracts were signed"
        parts = (
            (self.on_forecast, "rests", "rest", "on a forecast of spend"),
            (self.ended_when_signed, "is", "are", f"of contract years that had ended when {signed}"),
        )
        told = [
            f"{format_exact(number, 2)} {one if number <= 1 else many} {what}"
            for number, one, many, what in parts
            if number
        ]
        return listed(told) if told else ""


def job_caveats_together(parts: Iterable[JobCaveats]) -> JobCaveats:
    """The caveats of the jobs of several contracts, added up as the jobs are."""
    members = list(parts)
    return JobCaveats(
        sum((part.on_forecast for part in members), Fraction(0)),
        sum((part.ended_when_signed for part in members), Fraction(0)),
    )
