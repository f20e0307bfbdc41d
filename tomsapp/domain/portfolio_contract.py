"""One contract of a portfolio: what it promises, how it stands against the rules, and what several come to together."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.caveats import Caveats
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.jobs import JobCaveats, JobSum
from tomsapp.domain.money import difference, total
from tomsapp.domain.policy import PolicyResult, result_word
from tomsapp.domain.rules.rule import RuleUnit
from tomsapp.domain.wording import format_change, format_pounds


def share_of(social_value: Decimal, contract_value: Decimal) -> Fraction:
    """Social value ÷ contract value, exact; 0 where there is no contract value."""
    return Fraction(social_value) / Fraction(contract_value) if contract_value else Fraction(0)


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """How a contract stands against one rule; amounts are in pounds or employment outcomes.

    Attributes:
        needed: what the rule asks for; 0 where it asks nothing, and in earlier portfolios.
        short_without_forecast: what is missing without what rests on a forecast of spend, where it is enough with it.
    """

    title: str
    result: PolicyResult
    short_by: Fraction = Fraction(0)
    unit: RuleUnit = RuleUnit.POUNDS
    needed: Fraction = Fraction(0)
    short_without_forecast: Fraction = Fraction(0)

    @property
    def word(self) -> str:
        """The result as people read it: "Enough", "Short by £9,550.61", "Nothing asked", "Not checked"."""
        if self.short_without_forecast:
            return f"Enough only with the forecast: short by {self.unit.words(self.short_without_forecast)} without it"
        return result_word(self.result, f"Short by {self.unit.words(self.short_by)}{self._asked}")

    @property
    def _asked(self) -> str:
        """How many are asked for; of pounds the rule itself says so."""
        return f" of {self.unit.words(self.needed)} asked" if self.needed and self.unit is RuleUnit.OUTCOMES else ""


@dataclass(frozen=True, slots=True)
class SealedToday:
    """What was sealed of a whole contract beside what the same promises come to today, in pounds.

    Attributes:
        reasons: why they differ, and which policy rules are others since, a phrase each.
    """

    sealed: Decimal
    today: Decimal
    reasons: tuple[str, ...]

    @property
    def difference(self) -> Decimal:
        """Today’s value less the sealed one."""
        return difference(self.today, self.sealed)

    @property
    def words(self) -> str:
        """Both values in a phrase: "£80.00 as sealed, £60.00 today (−£20.00)"."""
        if self.sealed == self.today:
            return f"{format_pounds(self.sealed)} as sealed and today"
        change = format_change(self.difference)
        return f"{format_pounds(self.sealed)} as sealed, {format_pounds(self.today)} today ({change})"


def sealed_together(each: Iterable[tuple[Decimal | None, SealedToday | None]]) -> SealedToday:
    """What was sealed of contracts together beside today; a pair is the sealed value and, where it differs, today’s."""
    sealed = [(value, since) for value, since in each if value is not None]
    today = total(since.today if since else value for value, since in sealed)
    return SealedToday(total(value for value, _ in sealed), today, ())


@dataclass(frozen=True, slots=True)
class ContractFigures:
    """One contract of the portfolio. Money in pounds; social value and real pounds are never added.

    Attributes:
        status: a draft is an offer; what is signed or closed is agreed.
        social_value: what can be counted: lines without errors, within the filters.
        claimed_value: every line within the filters.
        minimum, employment: the whole contract against the council's rules; None where only a part of it is looked at.
        errors, warnings: what is open: to be put right, and to be answered.
        trouble: why it cannot be valued, in a sentence; empty where it can.
        jobs_today: what the same promises bring under `menu_today`, the edition that replaced a withdrawn one; None
            where the edition holds or both bring the same.
        facts: what `PORTFOLIO_FACTS` say of it, by their names; earlier portfolios do not have them.
        sealed_value: the social value of the whole contract that was sealed when it was signed; None where it is not.
        sealed_today: the same beside today’s, where something differs since; None where nothing does, where only a
            part of the contract is looked at, and in earlier portfolios.
        value_today: what the same lines come to under the edition that replaced a withdrawn one; None where that is the
            same.
        caveats: how sure its social value is; None in earlier portfolios.
        job_caveats: what must be known beside its jobs; None in earlier portfolios.
    """

    contract_id: int
    reference: str
    title: str
    supplier: str
    status: ContractStatus
    menu: str
    contract_value: Decimal
    social_value: Decimal
    claimed_value: Decimal
    real_pounds: Decimal
    jobs: JobSum
    minimum: RuleOutcome | None = None
    employment: RuleOutcome | None = None
    errors: int = 0
    warnings: int = 0
    trouble: str = ""
    jobs_today: JobSum | None = None
    menu_today: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sealed_value: Decimal | None = None
    value_today: Decimal | None = None
    caveats: Caveats | None = None
    sealed_today: SealedToday | None = None
    job_caveats: JobCaveats | None = None

    @property
    def share_of_contract_value(self) -> Fraction:
        """Social value ÷ contract value, exact; 0 where the contract has no value."""
        return share_of(self.social_value, self.contract_value)

    @property
    def is_admissible(self) -> bool:
        """Whether it can be admitted: it has no errors and can be valued."""
        return not (self.errors or self.trouble)


def total_jobs(rows: Iterable[ContractFigures]) -> Fraction:
    """The employment outcomes of contracts together: jobs can be added over contracts."""
    return sum((row.jobs.total for row in rows), Fraction(0))


def total_jobs_today(rows: Iterable[ContractFigures]) -> Fraction:
    """The same where a withdrawn edition’s rule gives way to that of the edition which replaced it."""
    return sum(((row.jobs_today or row.jobs).total for row in rows), Fraction(0))


def total_value_today(rows: Iterable[ContractFigures]) -> Decimal:
    """The social value of contracts together, those of a withdrawn edition under the one which replaced it."""
    return total(row.social_value if row.value_today is None else row.value_today for row in rows)
