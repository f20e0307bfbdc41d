"""The words that a menu uses, each explained in a sentence or two for somebody who has never seen one."""

from collections.abc import Iterator

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.units import Unit
from tomsapp.reports.flowables import Block, Heading, Paragraph
from tomsapp.reports.source_rows import pairs_table
from tomsapp.reports.styles import LEAD
from tomsapp.reports.tables import TableLook

_ALWAYS = (
    (
        "Social value",
        (
            "What a supplier does for people, places and the planet beyond the work that it is paid for, counted "
            "in proxy pounds: quantity × unit value × this contract’s share, less what the menu takes off."
        ),
    ),
    (
        "Proxy pound",
        (
            "A pound that stands for the good that a result does. It is an estimate. It is not money saved, paid "
            "or banked."
        ),
    ),
    ("Proxy value", "What one unit of a measure is worth in pounds, as a source published it."),
    (
        "Unit value",
        (
            "The proxy value in the prices of this menu: what one unit is worth before the contract’s share, and "
            "before what the menu takes off. An edition never changes it; a measure says where its value goes by the "
            "year of delivery, or rests on a wage or rate that holds for a time."
        ),
    ),
    (
        "Real pounds",
        (
            "Cash or goods that a supplier really hands over. They are counted beside social value and "
            "never added to it."
        ),
    ),
    ("Measure", "One thing that can be promised and counted, with its unit and the evidence that shows it."),
    (
        "Counted, not valued",
        "A measure for which no public value was found that stands up. It is counted in its unit and has no pounds.",
    ),
    ("Price base", "The year in whose prices an amount is given: £10 in 2014 prices is more than £10 today."),
    (
        "Edition",
        (
            "One version of a menu. Once published it never changes, so that contracts signed under it keep their "
            "values; a mistake is put right in the next edition."
        ),
    ),
    (
        "Contract share",
        "The part of a result that this contract may count. It is 100% unless others pay for the same result too.",
    ),
    (
        "Deadweight",
        (
            "The part of a result that would have happened anyway. The menu takes it off where the measure says so, "
            "and some sources have taken it off themselves; where neither does, the value of a unit is gross. Some "
            "measures leave it out of the number of units instead."
        ),
    ),
    ("Displacement", "The part of a result that has only moved here from elsewhere. It is taken off like deadweight."),
    (
        "Employment outcome",
        (
            "A job of one person, as far as the measure counts one: most are a new job, an apprenticeship or a "
            "supported internship. The same person counts once."
        ),
    ),
    (
        "Confidence",
        (
            "How far a value can be trusted: high is a public figure or plain arithmetic, medium has a known "
            "weakness, low is a borrowed value or rests on a thin source."
        ),
    ),
    (
        "Declaration",
        (
            "A statement in writing that two promises are for different people, pounds or things, so that nothing "
            "is counted twice."
        ),
    ),
)
_PRICE_INDEX = (
    "Price index",
    "How prices rose from year to year (the deflator). It brings values of different years to one price base.",
)
_FULL_TIME_YEAR = (
    "Full-time year",
    "One person’s full-time work for a year (FTE-year): two people at half time for a year are one.",
)
_DROP_OFF = ("Drop-off", "How much less a benefit that lasts is worth in each later year.")
_DISCOUNT = ("Discounting", "Counting a pound of a later year for less than a pound of the first.")


def explained(*names: str) -> list[tuple[str, str]]:
    """What some words of the glossary mean, for papers that use only those."""
    return [(name, meaning) for name, meaning in _ALWAYS if name in names]


def glossary(edition: MenuEdition) -> list[Block]:
    """The words in the order of the alphabet, with those that only some menus need where they are used."""
    words = sorted([*_ALWAYS, *_sometimes(edition)], key=lambda pair: pair[0].lower())
    return [
        Heading("Words used here", bookmark="words"),
        Paragraph("What this menu and the papers made with it mean by them.", LEAD, keep=True),
        pairs_table(words, TableLook(ruled=False, line_gap=1.8)),
    ]


def _sometimes(edition: MenuEdition) -> Iterator[tuple[str, str]]:
    if edition.deflator is not None:
        yield _PRICE_INDEX
    if any(measure.unit is Unit.FTE_YEARS for measure in edition.measures):
        yield _FULL_TIME_YEAR
    if any(measure.drop_off_share for measure in edition.measures):
        yield _DROP_OFF
    if edition.discount_rate:
        yield _DISCOUNT
