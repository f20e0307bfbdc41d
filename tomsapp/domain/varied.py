"""What a contract is with a variation: its facts and lines, what differs in words, and what must be put right first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.contract_dates import dates_problem
from tomsapp.domain.facts import FactKind
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import differences, fact_problem
from tomsapp.domain.seal import REASON_LETTERS, letters_missing
from tomsapp.domain.variation import VARIATION, Variation, VariationLine
from tomsapp.domain.wording import format_date, format_percent, format_quantity

VARIED_FACTS = ("value", "end_on", "supplier", "value_with_vat", "latest_end_on")
"""The facts that signing fixes and a variation can change, by their names."""


def varied_contract(contract: Contract, variation: Variation) -> Contract:
    """The facts of a contract with a variation.

    An extension is counted, and moves the latest possible end where it goes beyond that.
    """
    end_on = variation.new_end_on or contract.end_on
    latest, taken, left = contract.latest_end_on, contract.extensions_taken, contract.extensions_left
    if end_on > contract.end_on:
        taken, left = (taken or 0) + 1, None if left is None else max(left - 1, 0)
    return replace(
        contract,
        end_on=end_on,
        latest_end_on=None if latest is None else max(latest, end_on),
        value=contract.value if variation.new_value is None else variation.new_value,
        value_with_vat=(
            contract.value_with_vat if variation.new_value_with_vat is None else variation.new_value_with_vat
        ),
        supplier=variation.supplier or contract.supplier,
        extensions_taken=taken,
        extensions_left=left,
    )


def varied_lines(contract: Contract, lines: Sequence[Commitment], variation: Variation) -> tuple[Commitment, ...]:
    """The lines of a contract with a variation: those that it had in their order, then those that are added.

    In years that an extension adds, a line of which nothing is said promises 0. In years that an early end takes away,
    nothing is left of any line.
    """
    after = varied_contract(contract, variation)
    said = {each.line.key: each.line for each in variation.lines}
    found = [*(said.pop(line.key, line) for line in lines), *said.values()]
    if dates_problem(after.start_on, after.end_on):
        return tuple(found)
    years = len(contract.years), len(after.years)
    return tuple(_of_years(line, *years) for line in found)


def _of_years(line: Commitment, before: int, after: int) -> Commitment:
    """A line with a quantity for each of the years after; one that names fewer years than before is left so."""
    given = line.quantities[:after]
    if line.rate is None and before <= len(given) < after:
        given = (*given, *(Decimal(0),) * (after - len(given)))
    return replace(line, quantities=given)


def ended(line: Commitment, contract: Contract, effective_on: date | None) -> VariationLine:
    """A line of which nothing is promised any more in contract years that begin on the day or later.

    What is promised of the year in which the day falls stays, for somebody to say how much of it is still due.
    """
    years = contract.years
    quantities = tuple(
        Decimal(0) if year < len(years) and effective_on and years[year].starts_on >= effective_on else quantity
        for year, quantity in enumerate(line.quantities)
    )
    return VariationLine(replace(line, quantities=quantities), is_ended=True)


def is_same_line(one: Commitment, other: Commitment) -> bool:
    """Whether two versions of a line promise the same: a year in which nothing is promised may be left out."""
    return replace(one, quantities=_promised(one)) == replace(other, quantities=_promised(other))


def _promised(line: Commitment) -> tuple[Decimal, ...]:
    given = [quantity or Decimal(0) for quantity in line.quantities]
    while given and not given[-1]:
        given.pop()
    return tuple(given)


# What it changes, in words


@dataclass(frozen=True, slots=True)
class VariedFact:
    """A fact before and after, as people read it; `name` is that of the contract's fact."""

    name: str
    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class VariedLine:
    """What becomes of a line.

    Attributes:
        place: which line of the contract with the variation it is; the first is 1.
        words: "was 0, 2, 2", "added", "ended: was 5, 6, 6".
    """

    place: int
    measure: str
    words: str


@dataclass(frozen=True, slots=True)
class VariationTold:
    """What a variation changes, as its document keeps it."""

    number: int
    facts: tuple[VariedFact, ...] = ()
    lines: tuple[VariedLine, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: "Variation 1"."""
        return f"Variation {self.number}"

    @property
    def words(self) -> tuple[str, ...]:
        """What of the contract's facts it changes, a phrase each: "End date 31 March 2030, was 31 March 2029"."""
        return tuple(f"{fact.label} {fact.now}, was {fact.was}" for fact in self.facts)


def told_of(contract: Contract, lines: Sequence[Commitment], variation: Variation) -> VariationTold:
    """What a variation changes of a contract with these lines."""
    after, after_lines = varied_contract(contract, variation), varied_lines(contract, lines, variation)
    changed = said_of_lines(lines, after_lines, ended_keys(variation))
    return VariationTold(variation.number, varied_facts(contract, after), changed)


def varied_facts(before: Contract, after: Contract) -> tuple[VariedFact, ...]:
    """The facts that differ, in the order of the form."""
    return tuple(
        VariedFact(
            fact.name,
            fact.label,
            fact.words(getattr(before, fact.name)) or "not recorded",
            fact.words(getattr(after, fact.name)) or "not recorded",
        )
        for fact in differences(CONTRACT.facts, before, after)
        if fact.kind is not FactKind.OWN
    )


def said_of_lines(
    before: Sequence[Commitment], after: Sequence[Commitment], ended_keys: Iterable[str] = ()
) -> tuple[VariedLine, ...]:
    """The lines that are changed, ended or added, in their order."""
    held, over = {line.key: line for line in before}, frozenset(ended_keys)
    found = []
    for place, line in enumerate(after, start=1):
        was = held.get(line.key)
        if was is None:
            found.append(VariedLine(place, line.measure, "added"))
        elif not is_same_line(was, line) or line.key in over:
            words = "; ".join(_line_words(was, line)) or "as it was"
            found.append(VariedLine(place, line.measure, f"ended: {words}" if line.key in over else words))
    return tuple(found)


def _line_words(was: Commitment, now: Commitment) -> Iterator[str]:
    if was.rate != now.rate:
        yield f"was {_rate_words(was)}, now {_rate_words(now)}"
    elif _promised(was) != _promised(now):
        yield f"was {_quantities(was)}"
    if was.contract_share != now.contract_share:
        yield f"share was {format_percent(was.contract_share)}"
    for fact in differences(COMMITMENT.facts, was, now):
        if fact.name in {"place", "statement", "cost", "project"}:
            yield f"another {fact.label.lower()}"


def _quantities(line: Commitment) -> str:
    return ", ".join(format_quantity(quantity or Decimal(0)) for quantity in line.quantities) or "0"


def _rate_words(line: Commitment) -> str:
    if line.rate is None:
        return _quantities(line)
    return f"{format_quantity(line.rate.quantity)} for every {COMMITMENT.beside[1].words(line.rate.per_pounds)}"


# What must be put right


def variation_problems(variation: Variation, contract: Contract, lines: Sequence[Commitment]) -> list[Problem]:
    """What must be put right before a variation of this contract with these lines can be signed."""
    after = varied_contract(contract, variation)
    found = list(_own_problems(variation, contract, lines))
    for problem in CONTRACT.problems(after):
        name = _NAMES.get(problem.where.field)
        if name is not None:
            found.append(replace(problem, where=Where(field=name)))
    return found


_NAMES: Mapping[str, str] = {
    "start_on": "new_end_on",
    "end_on": "new_end_on",
    "latest_end_on": "new_end_on",
    "value": "new_value",
    "value_with_vat": "new_value_with_vat",
}
"""What the facts of a contract are called in a variation."""


def _own_problems(variation: Variation, contract: Contract, lines: Sequence[Commitment]) -> Iterator[Problem]:
    effective = VARIATION.fact("effective_on")
    fault = effective.fault(variation.effective_on)
    if fault is not None:
        yield fact_problem(VARIATION, effective, fault)
    elif variation.effective_on is not None and variation.effective_on < contract.start_on:
        message = f"{format_date(variation.effective_on)} is before the contract’s start"
        fix = f"Enter {format_date(contract.start_on)} or later"
        yield _problem("effective-on-early", message, fix, "effective_on")
    if letters_missing(variation.reason):
        message, fix = "The reason says too little", f"Say why in at least {REASON_LETTERS} letters"
        yield _problem("reason-short", message, fix, "reason")
    if not changes_anything(variation, contract, lines):
        message = f"{variation.name.capitalize()} changes nothing"
        yield _problem("nothing-varied", message, "Change a fact or a line, or delete it", "new_end_on")
    held = {line.key for line in lines}
    for each in variation.lines:
        if not each.is_added and each.line.key not in held:
            message = f"The contract does not have the line of {each.line.measure} any more"
            fix = "Take the line out of the variation"
            yield _problem("line-gone", message, fix, "lines", each.line.key)
        elif each.is_ended and each.line.rate is not None:
            message = f"{each.line.measure} is promised per pound of spend, so its years cannot be ended one by one"
            fix = "Enter its quantities by year in the place of the promise per pound"
            yield _problem("ended-per-pound", message, fix, "lines", each.line.key)


def changes_anything(variation: Variation, contract: Contract, lines: Sequence[Commitment]) -> bool:
    """Whether the contract is another one with it."""
    told = told_of(contract, lines, variation)
    return bool(told.facts or told.lines)


def ended_keys(variation: Variation) -> frozenset[str]:
    """The keys of the lines that it ends."""
    return frozenset(each.line.key for each in variation.lines if each.is_ended)


def _problem(code: str, message: str, fix: str, field: str, commitment: str = "") -> Problem:
    return Problem(code, Severity.ERROR, message, fix, Where(field=field, commitment=commitment))
