"""What another edition of a menu means for promises that were valued with an earlier one, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.contract import Contract
from tomsapp.domain.measure_words import confidence_today, confidence_words
from tomsapp.domain.menu import Counts, Measure, MenuEdition
from tomsapp.domain.money import total
from tomsapp.domain.sums import outcome_sum
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.value_days import holds_today
from tomsapp.domain.wording import format_percent, format_pounds, plural

_COUNTED = {
    Counts.EACH_YEAR: "each year",
    Counts.ONCE: "once in the contract",
    Counts.FIRST_12_MONTHS: "in the first 12 months of each person",
}
_SHARES = {
    "deadweight_share": "taken off as what would happen anyway",
    "displacement_share": "taken off as moved from elsewhere",
    "drop_off_share": "less in each later year",
}


_MOST_NAMED = 6
"""Of more measures than these that an edition lacks, the rest are counted."""


def change_words(before: MenuEdition, after: MenuEdition, codes: Sequence[str]) -> list[str]:
    """What happens to commitments to the measures `codes` when their contract moves to another edition."""
    said = [f"Its {plural(len(codes), 'commitment')} will be valued with {after.name}."]
    lost = list(dict.fromkeys(before.name_of(code) for code in codes if after.find_measure(code) is None))
    if lost:
        more = f" and {len(lost) - _MOST_NAMED} more" if len(lost) > _MOST_NAMED else ""
        said.append(
            f"{after.name} lacks {', '.join(lost[:_MOST_NAMED])}{more}. Those commitments stay in the contract without "
            "a value, as errors, until you remove them."
        )
    return [*said, "Undo brings the edition back."]


@dataclass(frozen=True, slots=True)
class LineEffect:
    """One commitment in two editions. `after` is None where the later edition lacks its measure."""

    before: LineValue
    after: LineValue | None
    reasons: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether both editions count and value it alike."""
        return self.after is not None and not self.reasons and self.before.social_value == self.after.social_value


def line_effects(before: Valuation, after: Valuation) -> Iterator[LineEffect]:
    """Each commitment of the earlier valuation beside the same one in the later, in the offer's order."""
    later = {line.commitment.key: line for line in after.lines}
    for line in before.lines:
        found = later.get(line.commitment.key)
        yield LineEffect(line, found, tuple(line_changes(line, found, before.contract)) if found else ())


def effect_words(effect: LineEffect, later: MenuEdition) -> str:
    """The effect on one commitment in words: "J11 …: £80.00 as signed, £60.00 today (unit value £4.00 → £3.00)"."""
    measure = effect.before.measure
    name, before = measure.full_name, _worth(effect.before)
    if effect.after is None:
        return f"{name}: {before} as signed, nothing today ({later.name} does not have this measure)"
    after = _worth(effect.after)
    worth = signed_and_today(before, after)
    return f"{name}: {worth} ({'; '.join(effect.reasons)})" if effect.reasons else f"{name}: {worth}"


def signed_and_today(signed: str, today: str) -> str:
    """Two values in words, or the one that they are: "£80.00 as signed, £60.00 today", "£80.00 as signed and today"."""
    return f"{signed} as signed and today" if signed == today else f"{signed} as signed, {today} today"


def _worth(line: LineValue) -> str:
    return format_pounds(line.social_value) if line.measure.is_valued else "no value"


def line_changes(before: LineValue, after: LineValue, contract: Contract) -> Iterator[str]:
    """What of a commitment is counted or valued differently in a later edition, and until when today's value holds."""
    yield from measure_changes(before.measure, after.measure)
    then, now = (_outcomes(line, contract) for line in (before, after))
    if then != now:
        yield f"employment outcomes {then} → {now}"
    if (holds := holds_today(after.measure)) and holds != holds_today(before.measure):
        past = past_today(after)
        part = "all" if past == after.social_value else format_pounds(past)
        yield f"{holds}, and {part} of it is in years that end later" if past else holds


def past_today(line: LineValue) -> Decimal:
    """What of a value is in years that end after the wage, tax or rate behind it."""
    return total(year.social_value for year in line.past_value_end)


def _outcomes(line: LineValue, contract: Contract) -> str:
    """The employment outcomes of a commitment as a sum: "64 ÷ 4 = 16"."""
    printed = outcome_sum(line, contract)
    return printed.equation if printed else "0"


def measure_changes(before: Measure, after: Measure) -> Iterator[str]:
    """What of a measure is counted or valued differently, or is surer or less sure, in a later edition."""
    if (after.unit, after.many_name) != (before.unit, before.many_name):
        yield f"counted in {before.many_name} → {after.many_name}"
    if after.decimals > before.decimals and after.unit is before.unit:
        yield "parts of a unit count now"
    yield from _value_changes(before, after)
    for key, words in _SHARES.items():
        then, now = getattr(before, key), getattr(after, key)
        if then != now:
            yield f"{words}: {format_percent(then)} → {format_percent(now)}"
    if after.benefit_years != before.benefit_years:
        yield f"years of benefit {before.benefit_years} → {after.benefit_years}"
    if after.counts is not before.counts:
        yield f"counted {_COUNTED[before.counts]} → {_COUNTED[after.counts]}"
    if now := confidence_today(before, after):
        yield f"confidence {confidence_words(before)} → {now}"


def _value_changes(before: Measure, after: Measure) -> Iterator[str]:
    if before.is_valued != after.is_valued:
        yield "has a value now" if after.is_valued else "counted only now"
        return
    now = {value.year: value.value for value in after.unit_values}
    for value in before.unit_values:
        if now.get(value.year) != value.value:
            of_year = f" of {value.year}" if value.year else ""
            later = now.get(value.year)
            yield f"unit value{of_year} {format_pounds(value.value)} → {format_pounds(later) if later else 'none'}"
