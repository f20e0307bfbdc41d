"""What is committed across many contracts: totals, each grouping as a table, plain counts, and what needs attention.

Drafts stand apart from what is signed or closed. Lines with errors are claimed and not counted until they are put
right: `claimed_value` holds them, no other total does.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.caveats import Caveats, caveats_together
from tomsapp.domain.contract import CONTRACT, ContractStatus
from tomsapp.domain.facts import FactKind
from tomsapp.domain.jobs import JobCaveats, MeasureJobs
from tomsapp.domain.money import difference
from tomsapp.domain.plain_counts import PlainCount
from tomsapp.domain.portfolio_contract import ContractFigures, share_of
from tomsapp.domain.problems import Severity
from tomsapp.domain.wording import format_pounds, plural

PORTFOLIO_FACTS = tuple(fact for fact in CONTRACT.facts if fact.is_filter and fact.kind is FactKind.LINE)
"""The facts of a contract by which a portfolio is filtered beside its groupings, and which its list tells."""


class Grouping(Enum):
    """What the figures of a portfolio are grouped by."""

    THEME = "theme"
    OUTCOME = "outcome"
    MEASURE = "measure"
    PRIORITY = "priority"
    SUPPLIER = "supplier"
    WARD = "ward"
    NEIGHBOURHOOD = "neighbourhood"
    YEAR = "year"
    SUPPLIER_KIND = "supplier_kind"
    DIRECTORATE = "directorate"
    CONTRACT_MANAGER = "contract_manager"
    PROJECT = "project"
    EQUALITY_GROUP = "equality_group"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial_year"


COMMITTED_GROUPINGS = (
    Grouping.THEME,
    Grouping.OUTCOME,
    Grouping.MEASURE,
    Grouping.PRIORITY,
    Grouping.SUPPLIER,
    Grouping.WARD,
    Grouping.NEIGHBOURHOOD,
    Grouping.YEAR,
)
"""What the tables of commitments are grouped by, in their order: those that every portfolio on paper has."""
FACT_GROUPINGS = {Grouping.DIRECTORATE: "directorate", Grouping.CONTRACT_MANAGER: "contract_manager"}
"""Groupings by a fact of the contract, with its name: their keys are its words, and they are filtered as it is."""
BY_TIME = frozenset({Grouping.QUARTER, Grouping.FINANCIAL_YEAR})
"""Groupings by when something is due and delivered, April to March; a promise belongs to none of their groups."""
OVERLAPPING = frozenset({Grouping.PRIORITY, Grouping.NEIGHBOURHOOD})
"""Groupings that the council makes itself, whose rows overlap: a line may stand in several of them."""


@dataclass(frozen=True, slots=True)
class EditionPart:
    """What one menu edition brings to a measure’s row, whose values and rules may be others than another edition’s.

    Attributes:
        menu: "barnet-open 2026.2".
        quantity: how much is promised under it, in plain words.
    """

    menu: str
    social_value: Decimal
    real_pounds: Decimal
    commitments: int
    quantity: str
    jobs: MeasureJobs
    value_today: Decimal | None = None

    @property
    def text(self) -> str:
        """In a phrase: "barnet-open 2026.2: 2 weeks of work; £480.00 of social value; 1 commitment; In Jobs: 2"."""
        commitments = plural(self.commitments, "commitment", "commitments")
        today = "" if self.value_today is None else f" as signed, {format_pounds(self.value_today)} today"
        worth = f"{format_pounds(self.social_value)} of social value{today}"
        said = (self.quantity, worth, commitments, self.jobs.text)
        return f"{self.menu}: {'; '.join(filter(None, said))}"


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One row of a grouping. Social value and real pounds are never added.

    Attributes:
        key: what names the row among its kind: theme number, code, supplier or ward code, year label.
        commitments: how many commitments stand behind it; one counts in the row of each year in which it delivers.
        theme: the theme's number, for its colour; 0 where the row is of no theme.
        quantity: how much is promised, in plain words, for a measure: "120 weeks of work experience".
        jobs: how many of them are in Jobs, for a measure; None for other groupings and in earlier portfolios.
        editions: the menu editions apart, for a measure of which a unit comes to another sum in each, or whose code
            another measure has too.
        value_today: the social value where the edition that replaced a withdrawn one rules; None where it is the same.
    """

    key: str
    name: str
    social_value: Decimal
    real_pounds: Decimal
    commitments: int
    theme: int = 0
    quantity: str = ""
    jobs: MeasureJobs | None = None
    editions: tuple[EditionPart, ...] = ()
    value_today: Decimal | None = None


class Group(Enum):
    """Whether contracts are agreed or still drafts; their figures stand apart, and withdrawn ones are in none."""

    AGREED = "agreed"
    DRAFT = "draft"

    @property
    def words(self) -> str:
        """What the group is called."""
        return "Drafts" if self is Group.DRAFT else "Signed and closed"

    @staticmethod
    def of(status: ContractStatus) -> "Group":
        """The group of a contract in this state."""
        return Group.DRAFT if status is ContractStatus.DRAFT else Group.AGREED


@dataclass(frozen=True, slots=True)
class PolicyCount:
    """How many contracts of a group promise enough for a policy rule, fall short, or are not held against it.

    `only_with_forecast` of those that promise enough do so only with what rests on a forecast of spend.
    """

    title: str
    enough: int
    short: int
    nothing_asked: int = 0
    errors: int = 0
    not_checked: int = 0
    only_with_forecast: int = 0


@dataclass(frozen=True, slots=True)
class PartOfGroup:
    """The contracts of a group that have errors or cannot be valued, so that they cannot be admitted yet."""

    contracts: int
    contract_value: Decimal
    social_value: Decimal
    real_pounds: Decimal
    employment_outcomes: Fraction


NOTHING_LEFT_OUT = PartOfGroup(0, Decimal("0.00"), Decimal("0.00"), Decimal("0.00"), Fraction(0))


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """The figures of the contracts of one group, drafts or agreed. Money in pounds.

    Attributes:
        claimed_value: the social value of every line; `social_value` leaves out lines with errors.
        left_out: how many commitments have errors and are not counted.
        forecast_value: the part of the social value that rests on a forecast of spend.
        outcomes_left_out: how many more the employment outcomes are if all of them are different people; None in
            earlier portfolios, which do not tell what follows either.
        value_today, outcomes_today: where the editions that replaced withdrawn ones rule; None where that is the same.
        not_admitted: the part of it that cannot be admitted; None where there is none.
        themes: its rows by theme; none where all contracts are of this group, in earlier portfolios, and where the
            contracts were not asked for.
        plain_counts: what it promises in plain words, what is worth most first; none as of the themes.
        job_caveats: what must be known beside the employment outcomes; None in earlier portfolios.
    """

    group: Group
    contracts: int
    commitments: int
    contract_value: Decimal
    social_value: Decimal
    claimed_value: Decimal
    real_pounds: Decimal
    employment_outcomes: Fraction
    left_out: int = 0
    forecast_value: Decimal = Decimal("0.00")
    policy: tuple[PolicyCount, ...] = ()
    outcomes_left_out: Fraction | None = None
    value_today: Decimal | None = None
    outcomes_today: Fraction | None = None
    not_admitted: PartOfGroup | None = None
    themes: tuple[PortfolioRow, ...] = ()
    plain_counts: tuple[PlainCount, ...] = ()
    job_caveats: JobCaveats | None = None

    @property
    def share_of_contract_value(self) -> Fraction:
        """Social value ÷ contract value, exact; 0 where the contracts have no value."""
        return share_of(self.social_value, self.contract_value)

    @property
    def admissible(self) -> PartOfGroup:
        """What is left of it without the contracts that cannot be admitted."""
        part = self.not_admitted or NOTHING_LEFT_OUT
        return PartOfGroup(
            self.contracts - part.contracts,
            difference(self.contract_value, part.contract_value),
            difference(self.social_value, part.social_value),
            difference(self.real_pounds, part.real_pounds),
            self.employment_outcomes - part.employment_outcomes,
        )


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
    """A menu edition that the contracts are valued under, and by how many of them.

    `withdrawn` says why it was withdrawn; empty where it was not.
    """

    menu: str
    edition: str
    sha256: str
    contracts: int
    price_base: str = ""
    withdrawn: str = ""

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
        claimed_value: the social value of every line; no other total holds lines with errors.
        left_out: how many commitments have errors and are not counted.
        groups: drafts and agreed contracts apart; a group without a contract is left out.
        contract_rows: one for each contract, agreed ones first; none where they were not asked for.
        part_notes: what must be said where the filters take a part of contracts, a sentence each; else none.
        year_note: which contract years are financial years, in a sentence.
        selection: the filters as they are chosen: pairs of what is filtered and the values that pass.
        outcomes_left_out, value_today, outcomes_today, job_caveats: as of a group.
        asked: whom to ask about it; empty in earlier portfolios, and where nobody is named.
        rules_origin: whose policy rules the contracts are held against, in a sentence or two; empty in earlier
            portfolios, and where they are held against none.
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
    claimed_value: Decimal = Decimal("0.00")
    left_out: int = 0
    forecast_value: Decimal = Decimal("0.00")
    groups: tuple[GroupTotals, ...] = ()
    contract_rows: tuple[ContractFigures, ...] = ()
    plain_counts: tuple[PlainCount, ...] = ()
    attention: tuple[ContractAttention, ...] = ()
    menus: tuple[MenuUse, ...] = ()
    part_notes: tuple[str, ...] = ()
    year_note: str = ""
    selection: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outcomes_left_out: Fraction | None = None
    value_today: Decimal | None = None
    outcomes_today: Fraction | None = None
    asked: str = ""
    job_caveats: JobCaveats | None = None
    rules_origin: str = ""

    @property
    def is_part(self) -> bool:
        """Whether the filters may take a part of a contract, which no rule for whole contracts is held against."""
        return bool(self.part_notes)

    @property
    def share_of_contract_value(self) -> Fraction:
        """Social value ÷ contract value, exact; 0 where the contracts have no value."""
        return share_of(self.social_value, self.contract_value)

    @property
    def caveats(self) -> Caveats | None:
        """How sure the social value is; None where the contracts do not say."""
        told = [row.caveats for row in self.contract_rows if row.caveats is not None]
        return caveats_together(told) if told else None

    @property
    def price_bases(self) -> tuple[str, ...]:
        """The price bases of the menus, each once."""
        return tuple(dict.fromkeys(menu.price_base for menu in self.menus))

    @property
    def leading(self) -> "PortfolioFigures":
        """The figures of the signed and closed contracts alone where drafts stand beside them; else all of them.

        While nothing is committed in what is signed, the drafts lead. What is signed is never told together with what
        nobody has signed.
        """
        first = next((totals for totals in self.groups if totals.commitments or totals.left_out), None)
        if len(self.groups) == 1 or first is None:
            return self
        rows = self.contracts_of(first.group)
        menus = {row.menu for row in rows}
        return replace(
            self,
            contracts=first.contracts,
            suppliers=len({row.supplier for row in rows if row.supplier}),
            commitments=first.commitments,
            contract_value=first.contract_value,
            social_value=first.social_value,
            real_pounds=first.real_pounds,
            employment_outcomes=first.employment_outcomes,
            tables=((Grouping.THEME, first.themes),),
            claimed_value=first.claimed_value,
            left_out=first.left_out,
            forecast_value=first.forecast_value,
            groups=(first,),
            contract_rows=rows,
            plain_counts=first.plain_counts,
            menus=tuple(menu for menu in self.menus if menu.name in menus),
            outcomes_left_out=first.outcomes_left_out,
            value_today=first.value_today,
            outcomes_today=first.outcomes_today,
            job_caveats=first.job_caveats,
        )

    def rows(self, grouping: Grouping) -> tuple[PortfolioRow, ...]:
        """The rows of one grouping; none where it was not asked for."""
        return next((rows for kind, rows in self.tables if kind is grouping), ())

    def has_table(self, grouping: Grouping) -> bool:
        """Whether a table is shown: one of groups that the council makes itself only where it has made some."""
        return grouping not in OVERLAPPING or bool(self.rows(grouping))

    def group(self, group: Group) -> GroupTotals | None:
        """The figures of drafts or of agreed contracts; None where there are none."""
        return next((totals for totals in self.groups if totals.group is group), None)

    def contracts_of(self, group: Group) -> tuple[ContractFigures, ...]:
        """The rows of the contracts of a group."""
        return tuple(row for row in self.contract_rows if Group.of(row.status) is group)
