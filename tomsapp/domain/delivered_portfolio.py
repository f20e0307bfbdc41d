"""What was delivered across many contracts to a day: totals, each grouping as a table, plain counts, what needs a look.

Only what is signed or closed counts: nobody owes what is a draft. Proxy pounds, real pounds and the money that was
handed over are three things, and are never added to each other. Every figure is a sum of lines, each one commitment in
one contract quarter that ended: so rows, tables, files and single contracts add up to the same totals.
Source: docs/method.md, section 10.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.money import EXACT, difference
from tomsapp.domain.portfolio import OVERLAPPING, ContractAttention, Grouping, MenuUse
from tomsapp.domain.portfolio_contract import share_of

NOTHING = Decimal("0.00")

DELIVERED_GROUPINGS = (
    Grouping.THEME,
    Grouping.OUTCOME,
    Grouping.MEASURE,
    Grouping.SUPPLIER,
    Grouping.SUPPLIER_KIND,
    Grouping.DIRECTORATE,
    Grouping.CONTRACT_MANAGER,
    Grouping.WARD,
    Grouping.NEIGHBOURHOOD,
    Grouping.PROJECT,
    Grouping.EQUALITY_GROUP,
    Grouping.PRIORITY,
    Grouping.QUARTER,
    Grouping.FINANCIAL_YEAR,
)
"""The groupings that what was delivered is shown by, in the order of a menu."""


@dataclass(frozen=True, slots=True)
class StatePounds:
    """Pounds of each state, all proxy pounds or all real pounds.

    Attributes:
        committed: promised for all years, as signed or varied, whatever the period; nothing in a row of a quarter or
            financial year, as a promise belongs to a contract year.
        due: what was planned for the quarters that ended.
        claimed, evidenced, accepted: what counts of each, at most what was due; each contains the next.
        provisional: the part of the accepted that is not earned yet. What a period adds may be below nought, where
            what was provisional before it became final in it.
        surplus: what was accepted beyond what was due; it stands apart. What a period adds may be below nought, where
            a surplus of before came to fill what fell due.
    """

    committed: Decimal = NOTHING
    due: Decimal = NOTHING
    claimed: Decimal = NOTHING
    evidenced: Decimal = NOTHING
    accepted: Decimal = NOTHING
    provisional: Decimal = NOTHING
    surplus: Decimal = NOTHING

    @property
    def final(self) -> Decimal:
        """What is accepted for good."""
        return difference(self.accepted, self.provisional)

    @property
    def missing(self) -> Decimal:
        """What was due and is not accepted."""
        return difference(self.due, self.accepted)

    @property
    def is_nothing(self) -> bool:
        """Whether none of it is anything."""
        return not any(getattr(self, name) for name in STATE_NAMES)

    def of(self, state: State) -> Decimal:
        """The pounds of a state."""
        found: Decimal = getattr(self, state.value)
        return found

    def of_due(self, state: State) -> Fraction | None:
        """The part of what was due that a state comes to, exact; None where nothing is due."""
        return share_of(self.of(state), self.due) if self.due else None

    @property
    def due_of_committed(self) -> Fraction | None:
        """The part of what is committed that is due, exact; None where nothing is committed."""
        return share_of(self.due, self.committed) if self.committed else None


STATE_NAMES = ("committed", "due", "claimed", "evidenced", "accepted", "provisional", "surplus")
"""The states of `StatePounds`, in the order in which tables show them."""


@dataclass(frozen=True, slots=True)
class HandedMoney:
    """The ledger of money that was really handed over, in pounds: what came in, what was passed on, what is held.

    `entries` is how many entries of the ledger stand behind it. Of a period, received and passed on are what the
    period adds, and held is what was still held at its end.
    """

    received: Decimal = NOTHING
    passed_on: Decimal = NOTHING
    held: Decimal = NOTHING
    entries: int = 0


class Direction(Enum):
    """Where a figure went since the last period."""

    UP = "up"
    SAME = "same"
    DOWN = "down"

    @staticmethod
    def of(now: Fraction | Decimal, before: Fraction | Decimal) -> "Direction":
        """Where it went from `before` to `now`."""
        if now == before:
            return Direction.SAME
        return Direction.UP if now > before else Direction.DOWN

    @property
    def words(self) -> str:
        """As people read it."""
        return {Direction.UP: "up", Direction.SAME: "the same", Direction.DOWN: "down"}[self]


@dataclass(frozen=True, slots=True)
class DeliveredRow:
    """One row of a grouping.

    Attributes:
        key: what names the row among its kind, for a filter: theme number, code, number, words.
        pounds, real: proxy pounds and real pounds; never added.
        commitments: how many commitments stand behind it.
        theme: the theme's number, for its colour; 0 where the row is of no theme.
        ratings: how many of its commitments have each word by the end of the period; empty in rows of quarters and
            years, where commitments are not whole.
        due_words, accepted_words: for a measure, what of it was due and accepted in plain words: "433 weeks of work".
        before, real_before: the same states of the last period.
    """

    key: str
    name: str
    pounds: StatePounds
    real: StatePounds
    commitments: int
    theme: int = 0
    ratings: Mapping[Rating, int] = field(default_factory=dict)
    due_words: str = ""
    accepted_words: str = ""
    before: StatePounds = field(default_factory=StatePounds)
    real_before: StatePounds = field(default_factory=StatePounds)

    @property
    def accepted_of_due(self) -> Fraction | None:
        """Accepted ÷ due, exact; None where nothing is due."""
        return self.pounds.of_due(State.ACCEPTED)

    @property
    def direction(self) -> Direction | None:
        """Where accepted ÷ due went since the last period; None where nothing was due in one of them."""
        return direction_of(self.pounds, self.before)


def direction_of(now: StatePounds, before: StatePounds) -> Direction | None:
    """Where accepted ÷ due went from one period to the next; None where nothing was due in one of them."""
    share, was = now.of_due(State.ACCEPTED), before.of_due(State.ACCEPTED)
    return None if share is None or was is None else Direction.of(share, was)


@dataclass(frozen=True, slots=True)
class DeliveredCount:
    """What was accepted of a measure in plain words: "336 weeks of work experience" of 433 due.

    People are never added over contracts, as one may be in two: there the figures are of the smallest and the largest.

    Attributes:
        measure: the measure's key among the rows by measure.
        theme: its theme's number, for its colour.
        figure: what was accepted, with its sign: "336", "£5,000.00", "2 to 9"; empty where nothing was.
        words: what is counted: "weeks of work experience".
        due: the figure that was due: "433"; empty where nothing was.
        note: what must be known beside it, such as the part that is counted in pounds.
        people: who stands behind it, where that is known: "12 new, 3 there before".
    """

    measure: str
    theme: int
    figure: str
    words: str
    due: str
    note: str = ""
    people: str = ""

    @property
    def text(self) -> str:
        """All of it in one phrase: "336 weeks of work experience (433 due; people: 12 new)"."""
        nothing = "£0.00" if self.due.startswith("£") else "0%" if self.due.endswith("%") else "no"
        said = f"{self.figure or nothing} {self.words}".strip()
        due = f"{self.due} due" if self.due else ""
        people = f"people: {self.people}" if self.people else ""
        beside = "; ".join(filter(None, (due, self.note, people)))
        return f"{said} ({beside})" if beside else said


@dataclass(frozen=True, slots=True)
class SignedBesideToday:
    """What is committed of a measure as signed or varied, beside what today's edition of its menu makes of it.

    Attributes:
        why: what is otherwise, in a phrase; "Values have not changed" where nothing is.
        reason: why, in the words of the editions themselves: sources, published values and derivations.
        editions: the menu editions of the contracts that promise it: "barnet-open 2026.1".
        today_editions: those in force today.
    """

    key: str
    name: str
    theme: int
    signed: Decimal
    today: Decimal
    why: str
    reason: str = ""
    editions: tuple[str, ...] = ()
    today_editions: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal:
        """What today's values make more, or less."""
        return EXACT.subtract(self.today, self.signed)


class Signal(Enum):
    """What the manager should look at."""

    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    BELOW = "below"
    WITHOUT_EVIDENCE = "without_evidence"
    NEVER_CHOSEN = "never_chosen"
    NEVER_DELIVERED = "never_delivered"
    WITHOUT_COMMITMENTS = "without_commitments"


@dataclass(frozen=True, slots=True)
class DeliveredSignal:
    """Something to look at, with where it is.

    Attributes:
        number: how many there are of it.
        words: what it is: "3 returns are late".
        detail: the worst of it: "Oldest: Brightwater, 9 days"; may be empty.
        contracts: where it is, the worst first, with a sentence for each.
        measures: the keys of measures, for those that are about measures, with what they are called.
    """

    signal: Signal
    number: int
    words: str
    detail: str = ""
    contracts: tuple[ContractAttention, ...] = ()
    measures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StateUnits:
    """The units of a commitment that one quarter adds, before the contract share."""

    due: Decimal
    claimed: Decimal
    evidenced: Decimal
    accepted: Decimal
    provisional: Decimal
    surplus: Decimal


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """The line behind figures: one commitment in one contract quarter that ended. Its sums stand in the contract.

    Attributes:
        contract_id, commitment, quarter: where the Delivery tab of the contract has it, with its sums and evidence.
        ended_on: the last day of the quarter, by which it belongs to a financial quarter.
        unit: what several units are called.
        contract_share: the share that the contract may claim.
        units: what the quarter adds; pounds and real pounds are worth that much, each state so far less so far before.
        is_returned: whether a return of the quarter is on record and was not withdrawn.
    """

    contract_id: int
    reference: str
    title: str
    supplier: str
    supplier_kind: str
    directorate: str
    contract_manager: str
    commitment: str
    theme: int
    outcome: str
    measure: str
    measure_title: str
    place: str
    project: str
    quarter: Quarter
    quarter_label: str
    financial_quarter: str
    ended_on: date
    unit: str
    contract_share: Decimal
    units: StateUnits
    pounds: StatePounds
    real: StatePounds
    is_returned: bool


@dataclass(frozen=True, slots=True)
class DeliveredPortfolio:
    """All that was delivered of what passes the filters, to a day.

    Attributes:
        until: the day to which the figures are; quarters that ended on or before it count.
        period: the period in words: "Until 31 March 2027", "Q3 of 2026/27 (Oct to Dec 2026)".
        last_period: the one it stands beside: "Until 31 December 2026", "Q2 of 2026/27 (Jul to Sep 2026)".
        filters: the filters that hold, each in words, without the period.
        contracts, suppliers, commitments: how many pass; a period does not leave any of them out.
        pounds, real, money: the totals, and the ledger of what was handed over.
        before, real_before, money_before: the same of the last period.
        ratings: how many commitments have each word by the end of the period.
        counts: the plain counts, what is worth most first.
        tables: the rows of each grouping, in the order of `DELIVERED_GROUPINGS`.
        menus: the menu editions by which it is valued.
        part_notes: what must be said where the filters take a part of contracts, a sentence each.
        left_out: contracts whose figures cannot be told, such as those whose menu edition cannot be read: reference
            and why.
        selection: the filters as they are chosen, the period among them.
        is_fictional: whether it is of the example council, which is none.
        change: the number of the last change in the database of which it is.
    """

    until: date
    period: str
    last_period: str
    filters: tuple[str, ...]
    contracts: int
    suppliers: int
    commitments: int
    pounds: StatePounds
    real: StatePounds
    money: HandedMoney
    before: StatePounds
    real_before: StatePounds
    money_before: HandedMoney
    ratings: Mapping[Rating, int]
    counts: tuple[DeliveredCount, ...]
    tables: tuple[tuple[Grouping, tuple[DeliveredRow, ...]], ...]
    menus: tuple[MenuUse, ...] = ()
    part_notes: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    selection: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_fictional: bool = False
    change: int = 0

    @property
    def is_part(self) -> bool:
        """Whether the filters may take a part of a contract."""
        return bool(self.part_notes)

    @property
    def direction(self) -> Direction | None:
        """Where accepted ÷ due went since the last period; None where nothing was due in one of them."""
        return direction_of(self.pounds, self.before)

    def rows(self, grouping: Grouping) -> tuple[DeliveredRow, ...]:
        """The rows of one grouping; none where it was not asked for."""
        return next((rows for kind, rows in self.tables if kind is grouping), ())

    def has_table(self, grouping: Grouping) -> bool:
        """Whether a table is shown: one of groups that the council makes itself only where it has made some."""
        return grouping not in OVERLAPPING or bool(self.rows(grouping))
