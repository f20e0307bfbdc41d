"""What a menu says of a measure and its value, as labelled sentences: the same in the window and in every PDF."""

from dataclasses import dataclass

from tomsapp.domain.menu import Earned, Measure, MenuEdition
from tomsapp.domain.proxy import Component, ProxyKind, ProxyValue
from tomsapp.domain.wording import format_date, format_pounds, plural

_EARNED = {
    Earned.AT_START: "When it starts",
    Earned.OVER_TIME: "Over time, as it is done",
    Earned.AT_COMPLETION: "When it is completed",
}
_KINDS = {
    ProxyKind.PRICE: "A price or cost, brought to the menu’s prices",
    ProxyKind.WAGE: "Made from wages that hold for a time",
    ProxyKind.RATIO: "Pounds for each pound, the same in every year’s prices",
    ProxyKind.TAX: "A tax rate that holds for a time",
    ProxyKind.MULTI_YEAR: "A sum that its source spreads over several years",
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


def proxy_facts(proxy: ProxyValue) -> tuple[LabelledFact, ...]:
    """What kind of figure a value is, what it consists of, what is taken off, and for how long it holds."""
    facts = []
    if proxy.kind:
        facts.append(LabelledFact("Kind of value", _KINDS[proxy.kind]))
    if proxy.components:
        words = ", ".join(COMPONENT_WORDS[component] for component in proxy.components)
        facts.append(LabelledFact("What it consists of", words[:1].upper() + words[1:]))
    if proxy.taken_off:
        facts.append(LabelledFact("Taken off", proxy.taken_off))
    if proxy.in_force_from and proxy.in_force_until:
        days = f"{format_date(proxy.in_force_from)} to {format_date(proxy.in_force_until)}"
        facts.append(LabelledFact("Holds", days))
    if proxy.delivery_cost is not None:
        note = f". {proxy.delivery_cost_note}" if proxy.delivery_cost_note else ""
        facts.append(LabelledFact("Cost of delivery", f"{format_pounds(proxy.delivery_cost)} for each{note}"))
    read_on = proxy.read_on or proxy.source.read_on
    if read_on:
        facts.append(LabelledFact("Read", f"In a stored copy on {format_date(read_on)}"))
    return tuple(facts)


def withdrawn_words(edition: MenuEdition) -> str:
    """When and why an edition was withdrawn; "" when it was not."""
    if edition.withdrawn_on is None:
        return ""
    because = f" {edition.withdrawn_because}" if edition.withdrawn_because else ""
    return f"{edition.name} was withdrawn on {format_date(edition.withdrawn_on)}.{because}"
