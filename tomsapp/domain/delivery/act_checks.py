"""What must be put right before an act of delivery is done: its facts, its quantity, its reason and who does it.

Source: docs/method.md, section 9.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.delivery.acts import (
    ACCEPTANCES,
    DELIVERY_ACT,
    DeliveryAct,
    DeliveryActFacts,
    DeliveryActKind,
)
from tomsapp.domain.delivery.decisions import most_of
from tomsapp.domain.delivery.delivery import NONE, Delivery
from tomsapp.domain.delivery.earning import earned_days, months_to_earn, most_earned
from tomsapp.domain.delivery.figures import NOTHING
from tomsapp.domain.delivery.publishing import publishing_problems
from tomsapp.domain.delivery.quarters import ContractQuarter, quarters_of
from tomsapp.domain.delivery.rules import DeliveryRules
from tomsapp.domain.menu import Measure
from tomsapp.domain.money import decimal_places, exact_difference, exact_sum
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import fact_problem
from tomsapp.domain.seal import REASON_LETTERS, letters_missing
from tomsapp.domain.wording import format_date, format_pounds, format_quantity, plural

_STATUSES = frozenset({ContractStatus.SIGNED, ContractStatus.CLOSED})
"""A draft has nothing to deliver, and of a contract that was withdrawn nothing counts."""
OWN_CLAIM = "accepted-own"
"""The code of the Problem that whoever entered a claim would accept it: the council may let one person do both."""


@dataclass(frozen=True, slots=True)
class DeliveryActGround:
    """What an act of delivery is held against; what it is not about stays empty.

    Attributes:
        by: who does it.
        measure: of the commitment that it is about.
        quarter: of the delivery or the agreement.
        delivery: the claim that is decided.
        entered_by: who entered the claim.
        began: the days on which the people behind the claim began, as far as they are known.
        missing: of an agreement, the units missing by the end of its quarter that no agreement settled.
        missing_pounds: the same in pounds.
        surplus: of a substitute, the free surplus of the other commitment by the end of that quarter.
        other: of a substitute, the measure of the other commitment.
        reverses: the act that is taken back; None where it does not stand any more.
        replaces: whether what is published replaces a paper to the same day.
    """

    contract: Contract
    rules: DeliveryRules
    by: str
    measure: Measure | None = None
    quarter: ContractQuarter | None = None
    delivery: Delivery | None = None
    entered_by: str = ""
    began: Sequence[date] = ()
    missing: Decimal = NONE
    missing_pounds: Decimal = NOTHING
    surplus: Decimal = NONE
    other: Measure | None = None
    reverses: DeliveryAct | None = None
    told: DeliveryAct | None = None
    replaces: bool = False


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are of one person, whatever capitals and spaces they are written with; no name is nobody's."""
    first, second = (" ".join(name.split()).casefold() for name in (one, other))
    return bool(first) and first == second


def delivery_act_problems(facts: DeliveryActFacts, ground: DeliveryActGround, today: date) -> list[Problem]:
    """What must be put right before an act is done; a warning is a question that the reason answers."""
    found = [*_said(facts, ground, today)]
    if facts.kind.is_decision:
        found.extend(_decision(facts, ground))
    elif facts.kind.is_agreement:
        found.extend(_agreement(facts, ground, today))
    elif (other := _OTHERS.get(facts.kind)) is not None:
        found.extend(other(facts, ground))
    found.extend(publishing_problems(facts, ground.quarter, today))
    if letters_missing(facts.reason) and (_needs_reason(facts, ground) or _asked(found)):
        fix = f"Say why in at least {REASON_LETTERS} letters"
        found.append(_problem("reason-short", "The reason says too little", fix, "reason"))
    return found


def _asked(found: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.WARNING for problem in found)


def _needs_reason(facts: DeliveryActFacts, ground: DeliveryActGround) -> bool:
    """Whether it is a refusal, or accepts a part of what waits: the supplier reads why."""
    if facts.kind in ACCEPTANCES and ground.delivery is not None and facts.quantity is not None:
        return facts.quantity < ground.delivery.undecided
    return ground.replaces or facts.kind.always_needs_reason


def _said(facts: DeliveryActFacts, ground: DeliveryActGround, today: date) -> Iterable[Problem]:
    """Its day, its role, and whether the contract is one that is delivered."""
    if ground.contract.status not in _STATUSES:
        message = f"The contract is {ground.contract.status.value}"
        yield _problem("contract-not-signed", message, "Sign it first: what is signed is delivered", "kind")
    if facts.done_on > today:
        message = f"{format_date(facts.done_on)} has not come yet"
        yield _problem("done-on-future", message, "Enter the day on which it was done", "done_on")
    for name in ("role", "done_on"):
        fault = DELIVERY_ACT.fact(name).fault(getattr(facts, name))
        if fault is not None:
            yield fact_problem(DELIVERY_ACT, DELIVERY_ACT.fact(name), fault)


# Decisions


def _decision(facts: DeliveryActFacts, ground: DeliveryActGround) -> Iterable[Problem]:
    delivery, measure, quarter = ground.delivery, ground.measure, ground.quarter
    if delivery is None or measure is None or quarter is None:
        yield _problem("claim-missing", "It says no claim", "Choose the claim that is decided", "delivery")
        return
    if delivery.is_withdrawn:
        yield _problem("claim-withdrawn", "The claim is withdrawn", "Nothing of it can be decided", "kind")
        return
    if facts.done_on < delivery.returned_on:
        message = f"{format_date(facts.done_on)} is before {format_date(delivery.returned_on)}, when it was returned"
        yield _problem("done-on-early", message, "Enter the day on which it was decided", "done_on")
    if facts.kind is DeliveryActKind.WITHDRAW:
        if delivery.accepted:
            message = f"{format_quantity(delivery.accepted)} of it is accepted"
            yield _problem("withdraw-accepted", message, "Take the acceptance back first", "kind")
        return
    most = most_of(facts.kind, delivery) or NONE
    wrong = list(_quantity(facts.quantity, most, measure))
    yield from wrong
    if not wrong and facts.quantity is not None:
        yield from _earned(facts, facts.quantity, delivery, measure, quarter, ground)
    yield from _own_claim(facts, ground)


def _quantity(quantity: Decimal | None, most: Decimal, measure: Measure, field: str = "quantity") -> Iterable[Problem]:
    """That a quantity is one of the measure, and no more than there is."""
    many = measure.many_name
    if quantity is None or quantity <= 0:
        yield _problem("quantity-missing", "It says no quantity", f"Enter how many {many}", field)
    elif decimal_places(quantity) > measure.decimals:
        fix = (
            f"Enter {many} with {plural(measure.decimals, 'decimal')} at most"
            if measure.decimals
            else f"Enter whole {many}"
        )
        yield _problem("quantity-too-precise", f"{format_quantity(quantity)} has too many decimals", fix, field)
    elif quantity > most:
        message = f"{format_quantity(quantity)} is more than {format_quantity(most)}, which is all that it can be"
        yield _problem("quantity-over", message, f"Enter {format_quantity(most)} or less", field)


def _earned(
    facts: DeliveryActFacts,
    quantity: Decimal,
    delivery: Delivery,
    measure: Measure,
    quarter: ContractQuarter,
    ground: DeliveryActGround,
) -> Iterable[Problem]:
    """That nothing is accepted for good before it is earned, and nothing provisionally that is earned at once."""
    if facts.kind is DeliveryActKind.ACCEPT_PROVISIONALLY:
        if not months_to_earn(measure):
            message = f"{measure.title} is earned at once"
            yield _problem("not-provisional", message, "Accept it, and not provisionally", "kind")
        return
    if facts.kind is not DeliveryActKind.ACCEPT and facts.kind is not DeliveryActKind.CONFIRM:
        return
    whole = delivery.accepted if facts.kind is DeliveryActKind.CONFIRM else exact_sum((delivery.accepted, quantity))
    end_on = ground.contract.end_on
    most = most_earned(measure, whole, quarter, ground.began, end_on, facts.done_on)
    left = max(exact_difference(most, delivery.final), NONE)
    if quantity > left:
        last = max(earned_days(measure, whole, quarter, ground.began, end_on))
        message = (
            f"{format_quantity(left)} of it is earned on {format_date(facts.done_on)}, all of it on {format_date(last)}"
        )
        fix = "Accept the rest provisionally" if facts.kind is DeliveryActKind.ACCEPT else "Wait, or confirm less"
        yield _problem("not-earned", message, fix, "quantity")
    elif months_to_earn(measure) and facts.done_on >= end_on and measure.evidence_if_later:
        full = max(earned_days(measure, whole, quarter, ground.began, date.max))
        if facts.done_on < full:
            message = f"Its months end on {format_date(full)}, after the contract"
            fix = f"Say what was shown instead. The menu asks for: {measure.evidence_if_later}"
            yield _problem("shown-instead", message, fix, "reason", Severity.WARNING)


def _own_claim(facts: DeliveryActFacts, ground: DeliveryActGround) -> Iterable[Problem]:
    """That two persons enter and accept a claim, unless the council lets one do both."""
    is_acceptance = facts.kind in ACCEPTANCES or facts.kind is DeliveryActKind.CONFIRM
    if is_acceptance and not ground.rules.may_accept_own and is_same_person(ground.by, ground.entered_by):
        message = f"{ground.entered_by} entered this claim, and somebody else accepts it"
        fix = "Ask a colleague, or let the same person do both under Settings, Delivery: reports then list it"
        yield _problem(OWN_CLAIM, message, fix, "by")


# Agreements


def _agreement(facts: DeliveryActFacts, ground: DeliveryActGround, today: date) -> Iterable[Problem]:
    measure, quarter = ground.measure, ground.quarter
    if measure is None or quarter is None:
        yield _problem(
            "shortfall-missing", "It says no shortfall", "Choose the commitment and the quarter", "commitment"
        )
        return
    if quarter.ends_on > facts.done_on:
        message = f"{quarter.label} has not ended on {format_date(facts.done_on)}"
        yield _problem("quarter-not-ended", message, "Agree on what is missing when it has", "quarter")
    if not ground.missing and not ground.missing_pounds:
        yield _problem(
            "nothing-missing", "Nothing is missing that is not settled", "There is nothing to agree on", "commitment"
        )
        return
    yield from _both_sides(facts, today)
    terms = _TERMS.get(facts.kind)
    if terms is not None:
        yield from terms(facts, ground, measure, quarter)


def _both_sides(facts: DeliveryActFacts, today: date) -> Iterable[Problem]:
    """Who agreed for the supplier and when, and why something is missing."""
    if not facts.supplier_by.strip():
        message, fix = "It does not say who agreed for the supplier", "Enter their name and role"
        yield _problem("supplier-by-missing", message, fix, "supplier_by")
    if facts.supplier_on is None:
        message, fix = "It does not say when the supplier agreed", "Enter a date, for example 14 October 2026"
        yield _problem("supplier-on-missing", message, fix, "supplier_on")
    elif facts.supplier_on > today:
        message = f"{format_date(facts.supplier_on)} has not come yet"
        yield _problem("supplier-on-future", message, "Enter the day on which the supplier agreed", "supplier_on")
    if not facts.cause.strip():
        yield _problem("cause-missing", "It does not say why it is missing", "Enter the cause in a few words", "cause")


def _carry(
    facts: DeliveryActFacts, ground: DeliveryActGround, measure: Measure, quarter: ContractQuarter
) -> Iterable[Problem]:
    """Units that are missing, and a later quarter by whose end they are to come."""
    yield from _quantity(facts.quantity, ground.missing, measure)
    to = next((each for each in quarters_of(ground.contract) if each.quarter == facts.carried_to), None)
    if to is None:
        message = "It says no quarter of the contract"
        yield _problem("carried-to-missing", message, "Choose a later quarter", "carried_to")
    elif to.quarter <= quarter.quarter or to.ends_on < facts.done_on:
        message = f"{to.label} is not later"
        yield _problem("carried-to-early", message, "Choose a quarter that has not ended", "carried_to")


def _money(
    facts: DeliveryActFacts, ground: DeliveryActGround, measure: Measure, _quarter: ContractQuarter
) -> Iterable[Problem]:
    """Pounds of the shortfall; of a record-only measure the units for which it is paid beside them."""
    if facts.amount is None or facts.amount <= 0:
        yield _problem("amount-missing", "It says no amount", "Enter the pounds that are paid", "amount")
    elif measure.is_valued and facts.amount > ground.missing_pounds:
        missing = format_pounds(ground.missing_pounds)
        message = f"{format_pounds(facts.amount)} is more than {missing}, which is all that is missing"
        yield _problem("amount-over", message, f"Enter {missing} or less", "amount")
    if not measure.is_valued:
        yield from _quantity(facts.quantity, ground.missing, measure)


def _substitute(
    facts: DeliveryActFacts, ground: DeliveryActGround, measure: Measure, _quarter: ContractQuarter
) -> Iterable[Problem]:
    """Units of the surplus of another commitment, where both have a value."""
    if ground.other is None or facts.other_commitment == facts.commitment:
        message, fix = "It says no other commitment", "Choose the commitment whose surplus is used"
        yield _problem("other-missing", message, fix, "other_commitment")
    elif not measure.is_valued or not ground.other.is_valued:
        message = "A substitute is of equal value, and one of the two measures has no value"
        yield _problem("other-not-valued", message, "Carry it forward, or leave it open", "other_commitment")
    else:
        yield from _quantity(facts.quantity, ground.surplus, ground.other)


_Terms = Callable[[DeliveryActFacts, DeliveryActGround, Measure, ContractQuarter], Iterable[Problem]]
_TERMS: Mapping[DeliveryActKind, _Terms] = {
    DeliveryActKind.CARRY: _carry,
    DeliveryActKind.MONEY: _money,
    DeliveryActKind.SUBSTITUTE: _substitute,
}
"""What each agreement says beside what all of them say; what is left open says nothing more."""


# Telling to improve


def _told_to_improve(facts: DeliveryActFacts) -> Iterable[Problem]:
    """Until when the supplier has the opportunity: the Act asks for a proper one."""
    if facts.improve_by is None:
        message, fix = "It does not say until when there is the opportunity", "Enter a date, for example 30 June 2026"
        yield _problem("improve-by-missing", message, fix, "improve_by")
    elif facts.improve_by <= facts.done_on:
        message = f"{format_date(facts.improve_by)} leaves no time to improve"
        yield _problem("improve-by-early", message, f"Enter a day after {format_date(facts.done_on)}", "improve_by")


def _outcome(facts: DeliveryActFacts, told: DeliveryAct | None) -> Iterable[Problem]:
    if told is None:
        yield _problem("not-told", "The supplier was not told to improve it", "Tell it first", "kind")
        return
    if facts.done_on < told.done_on:
        message = f"{format_date(facts.done_on)} is before {format_date(told.done_on)}, when the supplier was told"
        yield _problem("done-on-early", message, "Enter the day on which it was seen", "done_on")
    until = told.improve_by
    if facts.kind is DeliveryActKind.NOT_IMPROVED and until is not None and facts.done_on <= until:
        message = f"The opportunity runs until {format_date(until)}"
        yield _problem("opportunity-runs", message, "Wait until it has ended", "done_on")


# Taking back


_STAYS = {
    DeliveryActKind.TAKE_BACK: (
        "act-taken-back",
        "What was taken back is done again, and not taken back",
        "Do it again",
    ),
    DeliveryActKind.PUBLISH: (
        "act-published",
        "What was published stays published",
        "Publish another that replaces it",
    ),
}
"""Acts that no act takes back: the code, what is wrong, and what to do."""


def _taken_back(facts: DeliveryActFacts, ground: DeliveryActGround) -> Iterable[Problem]:
    act = ground.reverses
    if act is None:
        yield _problem("act-missing", "The act does not stand any more", "Open the contract again", "kind")
    elif act.kind in _STAYS:
        yield _problem(*_STAYS[act.kind], "kind")
    elif facts.done_on < act.done_on:
        message = f"{format_date(facts.done_on)} is before {format_date(act.done_on)}, when it was done"
        yield _problem("done-on-early", message, "Enter the day on which it is taken back", "done_on")


_Other = Callable[[DeliveryActFacts, DeliveryActGround], Iterable[Problem]]
_OTHERS: Mapping[DeliveryActKind, _Other] = {
    DeliveryActKind.TELL_TO_IMPROVE: lambda facts, _ground: _told_to_improve(facts),
    DeliveryActKind.IMPROVED: lambda facts, ground: _outcome(facts, ground.told),
    DeliveryActKind.NOT_IMPROVED: lambda facts, ground: _outcome(facts, ground.told),
    DeliveryActKind.TAKE_BACK: _taken_back,
}
"""What is asked of acts that are no decision and no agreement."""


def _problem(code: str, message: str, fix: str, field: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, severity, message, fix, Where(field=field))
