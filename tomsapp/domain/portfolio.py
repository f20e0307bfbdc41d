"""What is committed across many contracts: totals, each grouping as a table, plain counts, and what needs attention."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.problems import Severity
from tomsapp.domain.rollup import PlainCount


class Grouping(Enum):
    """What the figures of a portfolio are grouped by."""

    THEME = "theme"
    OUTCOME = "outcome"
    MEASURE = "measure"
    SUPPLIER = "supplier"
    WARD = "ward"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One row of a grouping. Social value and real pounds are never added.

    Attributes:
        key: what names the row among its kind: theme number, code, supplier or ward code, year label.
        commitments: how many commitments stand behind it; one that runs for years counts in each year's row.
        theme: the theme's number, for its colour; 0 where the row is of no theme.
        quantity: how much is promised, in plain words, for a measure: "120 weeks of work experience".
    """

    key: str
    name: str
    social_value: Decimal
    real_pounds: Decimal
    commitments: int
    theme: int = 0
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class PolicyCount:
    """How many contracts meet a policy rule, fall short of it, or are not held against it."""

    title: str
    met: int
    short: int
    not_checked: int


@dataclass(frozen=True, slots=True)
class ContractAttention:
    """A contract that needs attention, and why, each reason a sentence, the most serious first."""

    contract_id: int
    reference: str
    title: str
    supplier: str
    reasons: tuple[str, ...]
    severity: Severity = Severity.WARNING
    """An error stops it, a warning is a rule that is not met or a question, a note is something left to write."""


@dataclass(frozen=True, slots=True)
class MenuUse:
    """A menu edition that the contracts are valued under, and by how many of them."""

    menu: str
    edition: str
    sha256: str
    contracts: int

    @property
    def name(self) -> str:
        """The name people use: "barnet-open 2026.2"."""
        return f"{self.menu} {self.edition}"


@dataclass(frozen=True, slots=True)
class PortfolioFigures:
    """All figures of the contracts that pass the filters. Money in pounds, whole pennies.

    Attributes:
        filters: the filters that hold, each in words: "Theme 1, Fair work and poverty"; none for every contract.
        tables: the rows of each grouping, in the order in which they are shown.
    """

    filters: tuple[str, ...]
    contracts: int
    suppliers: int
    commitments: int
    contract_value: Decimal
    social_value: Decimal
    real_pounds: Decimal
    employment_outcomes: Fraction
    tables: tuple[tuple[Grouping, tuple[PortfolioRow, ...]], ...]
    policy: tuple[PolicyCount, ...] = ()
    plain_counts: tuple[PlainCount, ...] = ()
    attention: tuple[ContractAttention, ...] = ()
    menus: tuple[MenuUse, ...] = ()

    @property
    def share_of_contract_value(self) -> Fraction:
        """Social value ÷ contract value, exact; 0 where the contracts have no value."""
        return Fraction(self.social_value) / Fraction(self.contract_value) if self.contract_value else Fraction(0)

    def rows(self, grouping: Grouping) -> tuple[PortfolioRow, ...]:
        """The rows of one grouping; none where it was not asked for."""
        return next((rows for kind, rows in self.tables if kind is grouping), ())
