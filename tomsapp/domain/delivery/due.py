"""What of a contract is due on which day: returns, evidence that can exist later, an extension to decide, the end.

Every list, paper and calendar of what is due takes it from here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import assert_never

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.contract_dates import months_later
from tomsapp.domain.delivery.plan import Plan
from tomsapp.domain.delivery.quarters import ContractQuarter, Quarter, quarters_of
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import exact_sum
from tomsapp.domain.unit_words import count_in_words
from tomsapp.domain.wording import format_date, plural

DECIDE_MONTHS = 3
"""So many months before its end it is time to decide whether a contract is extended: the program's own default, since
the notice that a contract asks for is not recorded."""
_DAY = timedelta(days=1)
_EXTEND = "Decide whether to extend it"


class DueKind(Enum):
    """What is due, in the order in which it is told of one day."""

    RETURN = "return"
    EVIDENCE = "evidence"
    EXTENSION = "extension"
    END = "end"


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due on a day.

    Attributes:
        what: in a few words: "Return for Q2 (Jul to Sep 2026)".
        detail: what it is about, a sentence each; empty where there is nothing more to say.
        quarter: of a return and of evidence.
        measure: the code of the measure, of evidence.
        note: why it is due on that day, where that is not as usual.
    """

    kind: DueKind
    on: date
    what: str
    detail: tuple[str, ...] = ()
    quarter: Quarter | None = None
    measure: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """Names it among all that is due of its contract, the same on every day on which that is asked."""
        quarter = f"{self.quarter.year + 1}q{self.quarter.number}" if self.quarter else ""
        return "-".join(filter(None, (self.kind.value, quarter, self.measure)))


@dataclass(frozen=True, slots=True)
class Planned:
    """A commitment of a contract with its measure and what is due of it in each quarter."""

    commitment: Commitment
    measure: Measure
    quantities: Mapping[Quarter, Decimal]

    def in_quarter(self, quarter: Quarter) -> Decimal:
        """What is due of it in a quarter."""
        return self.quantities.get(quarter, Decimal(0))


def planned_lines(edition: MenuEdition, commitments: Iterable[Commitment], plan: Plan) -> tuple[Planned, ...]:
    """The commitments with their plan, in their order; those whose measure the edition lacks are left out."""
    return tuple(
        Planned(each, place.measure, plan[each.key].quantities)
        for each in commitments
        if (place := edition.places.get(each.measure)) is not None and each.key in plan
    )


def return_due_on(quarter: ContractQuarter, rules: DeliveryRules, signed_on: date | None = None) -> date:
    """The day on which the return of a quarter is due.

    Nobody owes a return before the contract is signed: where the quarter was over by then, the days run from the day
    of signing, where that is known.
    """
    from_day = quarter.ends_on if signed_on is None else max(quarter.ends_on, signed_on)
    return from_day + timedelta(days=int(rules.return_days))


def is_over_at_signing(quarter: ContractQuarter, signed_on: date | None) -> bool:
    """Whether a quarter had ended when the contract was signed; False where the day of signing is not known."""
    return signed_on is not None and quarter.ends_on < signed_on


def decide_on(contract: Contract) -> date | None:
    """The day by which it is decided whether a contract is extended; None where it cannot be extended."""
    latest = contract.latest_end_on
    can_be = bool(contract.extensions_left) if latest is None else latest > contract.end_on
    if not can_be:
        return None
    return max(months_later(contract.end_on + _DAY, -DECIDE_MONTHS) - _DAY, contract.start_on)


def dues_of(
    contract: Contract, lines: Sequence[Planned], rules: DeliveryRules, signed_on: date | None = None
) -> tuple[Due, ...]:
    """Everything that is due of a contract, by day.

    Args:
        contract: as it stands.
        lines: its commitments with the plan in force, or the default.
        rules: what the council has set of returns.
        signed_on: the day on which it was signed; None of one that is not signed yet.

    Raises:
        ContractError: its dates make no contract years.
    """
    found = [*_returns(contract, lines, rules, signed_on), *_evidence(contract, lines, signed_on), *_ends(contract)]
    order = list(DueKind)
    return tuple(sorted(found, key=lambda due: (due.on, order.index(due.kind))))


def _returns(
    contract: Contract, lines: Sequence[Planned], rules: DeliveryRules, signed_on: date | None
) -> Iterator[Due]:
    for quarter in quarters_of(contract):
        planned = [(line, line.in_quarter(quarter.quarter)) for line in lines]
        told = tuple(f"{line.measure.code} {count_in_words(line.measure, due)}" for line, due in planned if due)
        told = told or ("Nothing is planned for this quarter; the return says so",)
        note = ""
        if signed_on is not None and is_over_at_signing(quarter, signed_on):
            note = over_at_signing(signed_on)
        on = return_due_on(quarter, rules, signed_on)
        yield Due(DueKind.RETURN, on, f"Return for {quarter.label}", told, quarter.quarter, note=note)


def over_at_signing(signed_on: date) -> str:
    """Why the return of a quarter is due so late: it was over before anybody owed one."""
    return f"The quarter was over before the contract was signed on {format_date(signed_on)}"


def _evidence(contract: Contract, lines: Sequence[Planned], signed_on: date | None) -> Iterator[Due]:
    """What is shown only some months after a unit counts; where that is after the end, what the menu says instead."""
    by_measure: dict[str, list[Planned]] = {}
    for line in lines:
        if line.measure.evidence_months:
            by_measure.setdefault(line.measure.code, []).append(line)
    for quarter in quarters_of(contract):
        for code, own in by_measure.items():
            if quantity := exact_sum(line.in_quarter(quarter.quarter) for line in own):
                due = _evidence_due(contract, own[0].measure, code, quarter, quantity)
                yield due if signed_on is None else replace(due, on=max(due.on, signed_on))


def _evidence_due(contract: Contract, measure: Measure, code: str, quarter: ContractQuarter, quantity: Decimal) -> Due:
    on = months_later(quarter.ends_on, measure.evidence_months)
    months = plural(measure.evidence_months, "month")
    detail = [f"{count_in_words(measure, quantity)}: it exists {months} after a unit counts, at the latest then"]
    if on > contract.end_on and measure.evidence_if_later:
        on = contract.end_on
        detail = [f"{count_in_words(measure, quantity)}: it would exist only after the contract has ended"]
        detail.append(measure.evidence_if_later.rstrip("."))
    return Due(DueKind.EVIDENCE, on, f"Evidence of {code} for {quarter.label}", tuple(detail), quarter.quarter, code)


def _ends(contract: Contract) -> Iterator[Due]:
    decide, latest = decide_on(contract), contract.latest_end_on
    if decide is not None:
        told = [f"It ends on {format_date(contract.end_on)}"]
        told += [f"At the latest it ends on {format_date(latest)}"] if latest is not None else []
        if contract.extensions_left:
            told.append(f"{plural(contract.extensions_left, 'extension is', 'extensions are')} left")
        yield Due(DueKind.EXTENSION, decide, _EXTEND, tuple(told))
    yield Due(DueKind.END, contract.end_on, "Last day of the contract")


# Reminders


class Nearness(Enum):
    """How a day stands to today."""

    COMING = "coming"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that is due soon, or was due and is not there."""

    due: Due
    nearness: Nearness
    days: int
    """Until it is due, or since it was."""

    @property
    def words(self) -> str:
        """In a sentence: "Return for Q2 (Jul to Sep 2026) is due in 5 days, on 30 October 2026"."""
        day = format_date(self.due.on)
        if self.nearness is Nearness.LATE:
            return f"{self.due.what} was due {plural(self.days, 'day')} ago, on {day}"
        when = "today" if not self.days else f"in {plural(self.days, 'day')}, on {day}"
        if self.due.kind is DueKind.EXTENSION:
            return f"{self.due.what}: {when}"
        return f"{self.due.what} is due {when}"


def near_dues(
    contract: Contract,
    returned: Collection[Quarter],
    rules: DeliveryRules,
    today: date,
    signed_on: date | None = None,
) -> Iterator[Due]:
    """What of `dues_of` a reminder can be about, without its details: fast for thousands of contracts."""
    last = today + timedelta(days=int(rules.remind_days))
    for quarter in quarters_of(contract):
        on = return_due_on(quarter, rules, signed_on)
        if on > last:
            break
        if quarter.quarter not in returned:
            yield Due(DueKind.RETURN, on, f"Return for {quarter.label}", quarter=quarter.quarter)
    decide = decide_on(contract)
    if decide is not None and today <= decide <= last:
        yield Due(DueKind.EXTENSION, decide, _EXTEND)


def reminders_of(
    dues: Iterable[Due], returned: Collection[Quarter], rules: DeliveryRules, today: date
) -> tuple[Reminder, ...]:
    """What is to be told on a day: returns and an extension that are due soon, and returns that are not there yet.

    `returned` are the quarters whose return is there.
    """
    found: list[Reminder] = []
    for due in dues:
        days = (due.on - today).days
        if _is_told(due, returned, rules, days):
            found.append(Reminder(due, Nearness.LATE if days < 0 else Nearness.COMING, abs(days)))
    return tuple(found)


def _is_told(due: Due, returned: Collection[Quarter], rules: DeliveryRules, days: int) -> bool:
    """Whether something is told so many days before it is due, or after it was."""
    match due.kind:
        case DueKind.RETURN:
            return due.quarter not in returned and days <= rules.remind_days
        case DueKind.EXTENSION:
            return 0 <= days <= rules.remind_days
        case DueKind.EVIDENCE | DueKind.END:
            return False
        case _:
            assert_never(due.kind)
