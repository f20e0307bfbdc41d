"""The figures of what was delivered to a day: of a quarter, a commitment and a contract, in units and in pounds.

They are worked out by `delivered.value_delivered` alone; window, papers, workbooks and the command line show them.
Units are those of the measure and before the contract share; pounds are proxy pounds at the values of the pinned
edition, with the share. Real pounds stand apart and are never added to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.delivery.acts import DeliveryAct
from tomsapp.domain.delivery.delivery import Delivery, adds_up
from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter, ended_by, quarters_of
from tomsapp.domain.delivery.rating import Rated, Rating, count_ratings
from tomsapp.domain.menu import Measure, MenuEdition, Place
from tomsapp.domain.money import EXACT, difference, exact_sum, total
from tomsapp.domain.proxy import UnitValue

NONE = Decimal(0)
NOTHING = Decimal("0.00")


class State(Enum):
    """What is counted: what fell due, and of it what was claimed, evidenced, accepted, and accepted for good."""

    DUE = "due"
    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    ACCEPTED = "accepted"
    FINAL = "final"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return "Accepted for good" if self is State.FINAL else self.value.capitalize()


@dataclass(frozen=True, slots=True)
class YearPart:
    """What a quarter adds to the units counted in one contract year, so that its pounds can be worked out by hand.

    Attributes:
        year: the contract year whose due quantity is filled; an earlier one where something came late.
        before, after: the units counted in it to the end of the quarter before, and to the end of this one.
        pounds_before, pounds_after: what they are worth, each rounded once.
    """

    year: int
    before: Decimal
    after: Decimal
    pounds_before: Decimal
    pounds_after: Decimal

    @property
    def pounds(self) -> Decimal:
        """What the quarter adds, in pounds."""
        return difference(self.pounds_after, self.pounds_before)


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a state counts in a quarter, at most what was due by its end.

    Attributes:
        units: what the quarter adds.
        pounds: what that is worth, in proxy pounds.
        parts: the contract years that it fills, from which the pounds are worked out.
    """

    units: Decimal = NONE
    pounds: Decimal = NOTHING
    parts: tuple[YearPart, ...] = ()


NOT_COUNTED = Counted()


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """One commitment in one quarter.

    Attributes:
        planned: the units that fall due when the quarter ends.
        is_due: whether the quarter ended by the day to which the figures are.
        delivery: what was returned for it; None where nothing was.
        counted: what of each state counts in it; nothing where the quarter has not ended.
    """

    quarter: ContractQuarter
    planned: Decimal
    is_due: bool
    delivery: Delivery | None = None
    counted: Mapping[State, Counted] = field(default_factory=dict)

    def of(self, state: State) -> Counted:
        """What of a state counts in the quarter."""
        return self.counted.get(state, NOT_COUNTED)

    @property
    def is_missing(self) -> bool:
        """Whether something was due and nothing was returned."""
        return self.is_due and bool(self.planned) and self.delivery is None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The figures of a commitment or contract to a day, all in units or all in pounds.

    Attributes:
        due: what was planned for the quarters that ended.
        claimed, evidenced, accepted: what counts of each, at most what was due; each contains the next.
        provisional: the part of the accepted that is not earned yet.
        surplus: what was accepted beyond what was due; it stands apart.
        rejected, withdrawn: what was refused and what was taken back; they stand apart and are not capped.
    """

    due: Decimal
    claimed: Decimal
    evidenced: Decimal
    accepted: Decimal
    provisional: Decimal
    surplus: Decimal
    rejected: Decimal
    withdrawn: Decimal

    @property
    def final(self) -> Decimal:
        """What is accepted for good."""
        return EXACT.subtract(self.accepted, self.provisional)

    @property
    def missing(self) -> Decimal:
        """What was due and is not accepted."""
        return EXACT.subtract(self.due, self.accepted)


@dataclass(frozen=True, slots=True)
class Returned:
    """What was returned for the quarters that ended, in units and not capped: as the supplier and officers read it.

    `claimed` leaves out what was rejected or withdrawn, and `evidenced` what the evidence showed of that.
    """

    claimed: Decimal
    evidenced: Decimal
    accepted: Decimal
    provisional: Decimal


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an agreement comes to on the day to which the figures are.

    Attributes:
        pounds: how much of the missing pounds it settles.
        quantity: the missing units that it settles; None where it settles pounds, as a substitute or money does.
        worth: of a substitute, what the surplus that it uses up is worth; what is over settles nothing else.
        used: of a substitute, the units of the other commitment's surplus that it uses up.
        is_over: a carry whose quarter has ended: what did not come is open again.
    """

    act: DeliveryAct
    pounds: Decimal = NOTHING
    quantity: Decimal | None = None
    worth: Decimal = NOTHING
    used: Decimal = NONE
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What was due and is not accepted, and what was agreed about it.

    Attributes:
        units: the units that are missing.
        pounds: due less accepted, in proxy pounds.
        by_year: the missing units of each contract year with any.
        agreed: each agreement on it and what it settles, in their order. An agreement to leave it open settles nothing.
    """

    units: Decimal
    pounds: Decimal
    by_year: tuple[tuple[int, Decimal], ...] = ()
    agreed: tuple[Agreed, ...] = ()

    @property
    def agreed_pounds(self) -> Decimal:
        """The pounds that are settled."""
        return total(each.pounds for each in self.agreed)

    @property
    def open_pounds(self) -> Decimal:
        """The pounds that are still open; with those that are settled they come to all that is missing."""
        return difference(self.pounds, self.agreed_pounds)

    @property
    def open_units(self) -> Decimal:
        """The missing units that are not settled as units; of a record-only measure all that is still open."""
        return EXACT.subtract(self.units, self.agreed_units)

    @property
    def open_by_year(self) -> tuple[tuple[int, Decimal], ...]:
        """The same by contract year: what is settled is that of the earliest years."""
        settled = self.agreed_units
        left = []
        for year, units in self.by_year:
            taken = min(units, settled)
            settled = EXACT.subtract(settled, taken)
            left.append((year, EXACT.subtract(units, taken)))
        return tuple(left)

    @property
    def agreed_units(self) -> Decimal:
        """The units that are settled as units: carried, or of a record-only measure."""
        return exact_sum(each.quantity for each in self.agreed if each.quantity is not None)


@dataclass(frozen=True, slots=True)
class People:
    """The people behind what was accepted on lines about jobs: new, there before, came over with the work (TUPE)."""

    new: Decimal = NONE
    retained: Decimal = NONE
    transferred: Decimal = NONE


@dataclass(frozen=True, slots=True)
class DeliveredLine:
    """What was delivered of one commitment to a day.

    Attributes:
        promised: the units promised for the whole contract, and for each of its years.
        returned: the units as they were returned, not capped.
        units: the units that count, at most what was due, with surplus, rejected and withdrawn beside.
        pounds: the same in proxy pounds; nothing of a record-only measure.
        promised_pounds: what the whole promise is worth, as signed.
        real_promised: the real pounds promised for the whole contract.
        real_pounds: by state, the real pounds due, and of them what was claimed, shown and accepted as handed over.
        quarters: every quarter of the contract, in their order.
        unit_values: by contract year; None where the menu has none.
        people: the people behind what was accepted, on lines about jobs.
        provisional_until: the first day on which all that is provisional can be earned; None where nothing is.
        discount_rate: the edition's, for the sums.
        surplus_by_quarter: what each quarter that ended adds to the surplus; empty where there never was any.
    """

    commitment: Commitment
    place: Place
    promised: Decimal
    promised_by_year: tuple[Decimal, ...]
    returned: Returned
    units: Amounts
    pounds: Amounts
    promised_pounds: Decimal
    real_promised: Decimal
    real_pounds: Mapping[State, Decimal]
    quarters: tuple[QuarterFigures, ...]
    unit_values: tuple[UnitValue | None, ...]
    rated: Rated
    shortfall: Shortfall
    people: People = field(default_factory=People)
    provisional_until: date | None = None
    discount_rate: Decimal = NONE
    surplus_by_quarter: tuple[Counted, ...] = ()

    @property
    def measure(self) -> Measure:
        """The measure that is promised."""
        return self.place.measure

    @property
    def adds_up(self) -> bool:
        """Whether units of several years may be told as one number: per cents of two years, or two yeses, may not."""
        return adds_up(self.measure)

    def quarter(self, quarter: Quarter) -> QuarterFigures | None:
        """The figures of one quarter; None where the contract has it not."""
        return next((each for each in self.quarters if each.quarter.quarter == quarter), None)

    def units_by_year(self, state: State) -> tuple[Decimal, ...]:
        """The units of a state that count in each contract year, at whose value they stand."""
        counted = [NONE] * len(self.unit_values)
        for each in self.quarters:
            for part in each.of(state).parts:
                counted[part.year] = part.after
        return tuple(counted)

    def pounds_by_year(self, state: State) -> tuple[Decimal, ...]:
        """The pounds of a state in each contract year, each rounded once; together they are its pounds."""
        counted = [NOTHING] * len(self.unit_values)
        for each in self.quarters:
            for part in each.of(state).parts:
                counted[part.year] = part.pounds_after
        return tuple(counted)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was delivered of a contract to a day: its commitments, and their totals in proxy pounds.

    Attributes:
        until: the day to which the figures are; quarters that ended on or before it count.
        pounds: the sums of the lines.
        summary: accepted ÷ due in pounds, which is our summary and no rating of the Act. A commitment of which no
            return is on record counts in it with what is due of it, and nothing accepted.
        summary_of_returned: what the summary is of those alone of which there is a return; None where that is all.
        jobs: employment outcomes by state, counted as in the valuation: due, accepted, accepted for good.
        jobs_apart: the employment outcomes that are due if all the people are different, as the commitments add up.
        left_out: deliveries of commitments or quarters that the contract has no more; they count nowhere.
    """

    contract: Contract
    edition: MenuEdition
    until: date
    lines: tuple[DeliveredLine, ...]
    pounds: Amounts
    summary: Rated
    jobs: Mapping[State, Fraction] = field(default_factory=dict)
    jobs_apart: Fraction = Fraction(0)
    left_out: tuple[Delivery, ...] = ()
    summary_of_returned: Rated | None = None

    @property
    def last_quarter(self) -> ContractQuarter | None:
        """The last quarter that counts; None where none has ended."""
        ended = ended_by(quarters_of(self.contract), self.until)
        return ended[-1] if ended else None

    @property
    def years(self) -> tuple[ContractYear, ...]:
        """The years of the contract."""
        return self.contract.years

    @property
    def ratings(self) -> dict[Rating, int]:
        """How many commitments have each word."""
        return count_ratings(line.rated.rating for line in self.lines)

    @property
    def promised_pounds(self) -> Decimal:
        """What all that was promised is worth, as signed."""
        return total(line.promised_pounds for line in self.lines)

    @property
    def agreed_pounds(self) -> Decimal:
        """The pounds missing that are settled by agreements."""
        return total(line.shortfall.agreed_pounds for line in self.lines)

    @property
    def open_pounds(self) -> Decimal:
        """The pounds missing that are still open."""
        return total(line.shortfall.open_pounds for line in self.lines)

    @property
    def real_promised(self) -> Decimal:
        """The real pounds promised for the whole contract."""
        return total(line.real_promised for line in self.lines)

    def real_pounds(self, state: State) -> Decimal:
        """The real pounds of a state, at most what was due; what was handed over of them is in the ledger."""
        return total(line.real_pounds[state] for line in self.lines)

    @property
    def real_due(self) -> Decimal:
        """The real pounds due."""
        return self.real_pounds(State.DUE)

    @property
    def real_accepted(self) -> Decimal:
        """The real pounds that were accepted as handed over."""
        return self.real_pounds(State.ACCEPTED)

    @property
    def people(self) -> People:
        """The people behind the lines about jobs."""
        return People(
            exact_sum(line.people.new for line in self.lines),
            exact_sum(line.people.retained for line in self.lines),
            exact_sum(line.people.transferred for line in self.lines),
        )

    @property
    def accepted_share(self) -> Fraction | None:
        """Accepted ÷ due in pounds, exact; None where nothing is due."""
        return self.summary.share
