"""What a menu says of a measure and its value, as labelled sentences: the same in the window and in every PDF."""

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from tomsapp.domain.menu import Clash, Counts, Earned, ExclusionGroup, Measure, MenuEdition
from tomsapp.domain.proxy import (
    ANY_PRICE_BASE,
    Component,
    DeliveryCost,
    ProxyKind,
    ProxyValue,
    SourceDeadweight,
    TakenOff,
)
from tomsapp.domain.publishers import host_of
from tomsapp.domain.uprating import is_later
from tomsapp.domain.value_days import in_force_words
from tomsapp.domain.wording import format_date, format_percent, format_pounds, format_quantity, plural

_EARNED = {
    Earned.AT_START: "When it starts",
    Earned.OVER_TIME: "Over time, as it is done",
    Earned.AT_COMPLETION: "When it is completed",
}
_COUNTS = {
    Counts.EACH_YEAR: "Each year in which it is delivered.",
    Counts.ONCE: "Once, in the year in which it is delivered.",
    Counts.FIRST_12_MONTHS: "Once for each person, in the year of starting, for their first 12 months.",
}
_KINDS = {
    ProxyKind.PRICE: "A price or cost, brought to the menu’s prices",
    ProxyKind.WAGE: "Made from wages that hold for a time",
    ProxyKind.RATIO: "Pounds for each pound, the same in every year’s prices",
    ProxyKind.TAX: "A tax rate that holds for a time",
    ProxyKind.MULTI_YEAR: "A sum that its source spreads over several years",
}
_BESIDE_THE_MENU = {
    SourceDeadweight.YES: "the source takes something off too",
    SourceDeadweight.NO: "the source itself takes nothing off",
    SourceDeadweight.NOT_KNOWN: "what the source takes off was not found",
}
"""What a source takes off, where the menu does so as well."""

_DEADWEIGHT = {
    SourceDeadweight.YES: "The source takes something off for what would have happened anyway",
    SourceDeadweight.NO: "Gross: the source takes nothing off for what would have happened anyway",
    SourceDeadweight.NOT_KNOWN: "Not known: what the source says was not found",
}
COMPONENT_WORDS = {
    Component.EARNINGS: "earnings",
    Component.OUTPUT: "lost output",
    Component.HEALTH: "health services",
    Component.SOCIAL_CARE: "social care",
    Component.JUSTICE: "police, courts and prisons",
    Component.EDUCATION: "schools and education",
    Component.HOUSING: "housing and homelessness services",
    Component.OTHER_PUBLIC: "other public services",
    Component.VICTIMS: "harm to victims",
    Component.WELLBEING: "wellbeing",
    Component.FIRE: "fire and rescue",
    Component.CARBON: "carbon",
    Component.WASTE: "waste",
    Component.NATURE: "nature",
    Component.STAFF_TIME: "staff time",
    Component.GIFT: "what is given",
    Component.LOCAL_TRADE: "local trade",
    Component.CASH_FLOW: "earlier payment",
}


@dataclass(frozen=True, slots=True)
class LabelledFact:
    """One thing that a menu says, under its label."""

    label: str
    text: str


def measure_facts(measure: Measure) -> tuple[LabelledFact, ...]:
    """When a unit is earned, whom it is for, what it is for a small organisation, and when evidence can exist."""
    facts = []
    if measure.earned:
        facts.append(LabelledFact("Earned", _EARNED[measure.earned]))
    if measure.equality_group:
        facts.append(LabelledFact("For", measure.equality_group[:1].upper() + measure.equality_group[1:]))
    if measure.small_example:
        facts.append(LabelledFact("For a small organisation", measure.small_example))
    if measure.evidence_months:
        months = plural(measure.evidence_months, "month", "months")
        later = (
            f" Where that is after the contract’s end: {measure.evidence_if_later}" if measure.evidence_if_later else ""
        )
        facts.append(LabelledFact("When evidence exists", f"{months} after a unit counts.{later}"))
    return tuple(facts)


def counting_words(measure: Measure) -> str:
    """How often a unit counts, in what numbers, where, for what policy, and which part of it."""
    said = [_COUNTS[measure.counts]]
    said.append("In whole numbers." if measure.decimals == 0 else f"With up to {plural(measure.decimals, 'decimal')}.")
    if measure.local_only:
        said.append("Only in the council’s area.")
    if measure.employment_outcome:
        said.append(f"One brings {format_quantity(measure.employment_outcome)} employment outcome.")
    if measure.real_pounds:
        said.append("It is real pounds too: cash or goods handed over.")
    for share, words in (
        (measure.deadweight_share, "is taken off for what would have happened anyway"),
        (measure.displacement_share, "is taken off for what only moved from elsewhere"),
    ):
        if share:
            said.append(f"{format_percent(share)} {words}.")
    if measure.benefit_years > 1:
        less = f", {format_percent(measure.drop_off_share)} less each year" if measure.drop_off_share else ""
        said.append(f"The benefit counts for {measure.benefit_years} years{less}.")
    return " ".join(said)


def proxy_facts(measure: Measure) -> tuple[LabelledFact, ...]:
    """What kind of figure a value is, what it consists of, what is taken off, and for how long it holds."""
    proxy = measure.proxy
    if proxy is None:
        return ()
    facts = []
    if proxy.kind:
        facts.append(LabelledFact("Kind of value", kind_words(proxy)))
    if proxy.components:
        words = ", ".join(COMPONENT_WORDS[component] for component in proxy.components)
        facts.append(LabelledFact("What it consists of", words[:1].upper() + words[1:]))
    if proxy.taken_off:
        facts.append(LabelledFact("Taken off", proxy.taken_off))
    if proxy.source_deadweight:
        facts.append(LabelledFact("Gross or net", _gross_or_net(measure, proxy.source_deadweight)))
    if dated := dated_value_words(measure):
        facts.append(LabelledFact("Dated value", dated))
    if proxy.delivery_cost is not None:
        facts.append(LabelledFact("Cost of delivery", delivery_cost_words(proxy.delivery_cost)))
    read_on = proxy.read_on or proxy.source.read_on
    if read_on:
        read_at = "" if proxy.read_on else proxy.source.read_at
        facts.append(LabelledFact("Read", f"In {copy_words(read_on, read_at)}"))
    return tuple(facts)


def copy_words(read_on: date, read_at: str = "") -> str:
    """When a stored copy was read, and on whose page where that is not the publisher's."""
    host = host_of(read_at)
    elsewhere = f" of a page at {host}" if host else ""
    return f"a stored copy{elsewhere} on {format_date(read_on)}"


def _gross_or_net(measure: Measure, source: SourceDeadweight) -> str:
    """What is taken off, by the menu and by the source: a value of which the menu takes a share off is not gross."""
    shares = (
        (measure.deadweight_share, "would have happened anyway"),
        (measure.displacement_share, "has only moved from elsewhere"),
    )
    taken = [f"{format_percent(share)} for what {words}" for share, words in shares if share]
    return f"The menu takes off {' and '.join(taken)}; {_BESIDE_THE_MENU[source]}" if taken else _DEADWEIGHT[source]


def own_prices(measure: Measure, edition_base: str) -> str:
    """Prices later than the edition's, and until when a wage, tax or rate holds: "2026-27 prices, until 31 March 2027".

    Empty where the value is in the edition's prices for as long as the edition is in force.
    """
    if measure.proxy is None:
        return ""
    base, until = measure.proxy.price_base, measure.proxy.in_force_until
    said = [f"{base} prices"] if is_later(base, edition_base) else []
    if until is not None:
        said.append(f"until {format_date(until)}")
    return ", ".join(said)


def taken_off(measure: Measure) -> TakenOff:
    """Who takes off of its value what would have happened anyway: the menu goes before the source."""
    if measure.deadweight_share or measure.displacement_share:
        return TakenOff.MENU
    said = measure.proxy.source_deadweight if measure.proxy is not None else None
    match said:
        case SourceDeadweight.YES:
            return TakenOff.SOURCE
        case SourceDeadweight.NO:
            return TakenOff.NOBODY
        case SourceDeadweight.NOT_KNOWN | None:
            return TakenOff.NOT_SAID
        case _:
            assert_never(said)


def confidence_words(measure: Measure) -> str:
    """How sure the menu is of a value: "high", or "not said"."""
    return (measure.proxy.confidence if measure.proxy else "") or "not said"


def confidence_today(before: Measure, after: Measure) -> str:
    """How sure a later edition is of the value of a measure; "" where both are alike, or one has no value."""
    if not before.is_valued or not after.is_valued or confidence_words(before) == confidence_words(after):
        return ""
    return confidence_words(after)


def worth_words(measure: Measure, none: str = "") -> str:
    """The unit value as a list tells it: pounds, "By year" where it is dated, `none` where there is none."""
    if not measure.unit_values:
        return none
    first = measure.unit_values[0]
    return "By year" if first.year is not None else format_pounds(first.value)


def kind_words(proxy: ProxyValue) -> str:
    """What kind of figure a value is; "" where the edition does not say."""
    if proxy.kind is ProxyKind.RATIO and in_force_words(proxy):
        return "Pounds for each pound, at a rate that holds for a time"
    return _KINDS[proxy.kind] if proxy.kind else ""


def dated_value_words(measure: Measure) -> str:
    """A unit value that holds for a time: "£379.75 for each week, in force 1 April 2026 to 31 March 2027".

    "" where it is said to hold at any time.
    """
    days = in_force_words(measure.proxy) if measure.proxy else ""
    if not days or not measure.unit_values:
        return ""
    return f"{format_pounds(measure.unit_values[0].value)} for each {measure.each_name}, in force {days}"


def records_days(edition: MenuEdition) -> bool:
    """Whether an edition says until when the wages and rates behind its values hold."""
    return any(measure.proxy and measure.proxy.in_force_until is not None for measure in edition.measures)


def records_evidence(edition: MenuEdition) -> bool:
    """Whether an edition says how long after a unit its evidence is due."""
    return any(measure.evidence_months for measure in edition.measures)


def unrecorded_words(edition: MenuEdition) -> str:
    """What an edition does not record of its values, so that nobody takes silence for "nothing to say"."""
    missing = [] if records_days(edition) else ["until when the wages and rates behind its values hold"]
    missing += [] if records_evidence(edition) else ["how long after a unit its evidence is due"]
    return f"This edition does not record {' or '.join(missing)}." if missing else ""


def delivery_cost_words(cost: DeliveryCost) -> str:
    """What providing one unit, or a course, costs, in which prices, and what that covers."""
    prices = "" if cost.made == ANY_PRICE_BASE else f", in prices of {cost.made}"
    return f"{format_pounds(cost.value)} for each {cost.each or 'unit'}{prices}. {cost.note}"


TOGETHER = "Claimed together"
"""The heading over measures that may be about the same thing: each says what happens when both are claimed."""

NOT_TOGETHER = "Not allowed in one contract"
"""What happens when measures of a group that blocks are claimed together."""

DECLARED = "Only with a written declaration that they are not the same"
"""What happens when measures of a group that asks for a declaration are claimed together; what is counted follows."""

JOBS_ONCE = "Both may be in one contract, with their jobs counted once"
"""What happens when two measures have no pounds to count twice, and only their jobs are at stake."""


def together_head(group: ExclusionGroup, edition: MenuEdition) -> str:
    """What happens when measures of a group are claimed together, in a few words: one of the three above."""
    if group.severity is Clash.BLOCK:
        return NOT_TOGETHER
    counts_pounds = bool(group.pairs([measure.code for measure in edition.measures if measure.is_valued]))
    return JOBS_ONCE if _counts_jobs(group, edition) and not counts_pounds else DECLARED


def together_words(group: ExclusionGroup, edition: MenuEdition) -> str:
    """What happens when measures of a group are claimed together in one contract.

    Where no two of them have pounds to count twice, only their jobs are at stake: those count once by themselves.
    """
    head = together_head(group, edition)
    if head == NOT_TOGETHER:
        return f"{head}."
    if head == JOBS_ONCE:
        return (
            f"Both may be in one contract. Their jobs count once, unless it is declared in writing that they are not "
            f"the same {group.same}."
        )
    once = " Their jobs count once until then." if _counts_jobs(group, edition) else ""
    return f"{head} {group.same}.{once}"


def _counts_jobs(group: ExclusionGroup, edition: MenuEdition) -> bool:
    return bool(group.pairs([measure.code for measure in edition.measures if measure.employment_outcome]))


def withdrawn_words(edition: MenuEdition) -> str:
    """When and why an edition was withdrawn; "" when it was not."""
    if edition.withdrawn_on is None:
        return ""
    because = f" {edition.withdrawn_because}" if edition.withdrawn_because else ""
    return f"{edition.name} was withdrawn on {format_date(edition.withdrawn_on)}.{because}"
