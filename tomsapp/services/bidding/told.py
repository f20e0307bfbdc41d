"""What a bidder reads of a tender before choosing: what is bought, how an offer counts, and what bidders asked."""

from __future__ import annotations

from collections.abc import Iterator

from tomsapp.domain.tender.choices import Placing, QuantityMethod
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.wording import format_date, format_exact, format_pounds, listed, plural, small_first
from tomsapp.services.bidding.work import OfferWork

_HOW = {
    QuantityMethod.PROPORTIONAL: "the highest offer gets all points for quantity, and others their part of them",
    QuantityMethod.TARGET: "the council’s target gets all points for quantity, and less of it a part of them",
    QuantityMethod.BANDS: "the share of the contract value decides the points for quantity",
}


def points_words(tender: Tender) -> str:
    """How many points social value gives: "20 of 100 points", "12 of 100 points, within quality"."""
    within = ", within quality" if tender.placing is Placing.WITHIN_QUALITY else ""
    return f"{format_exact(tender.social_points)} of 100 points{within}"


def chosen_words(work: OfferWork) -> str:
    """How many measures may be chosen: "up to 8 of 20 measures"."""
    count, most = len(work.asked.scored), work.asked.tender.most_measures
    return plural(count, "measure") if most is None or most >= count else f"up to {most} of {count} measures"


def tender_told(work: OfferWork) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings with the sentences under each; a heading under which nothing is to be said is left out."""
    asked = work.asked
    parts = (
        ("What is bought", tuple(_bought(work))),
        ("How your offer counts", tuple(_counts(work))),
        (f"What was changed in version {asked.version}", asked.changes),
        ("Questions of bidders, answered", tuple(_answered(work))),
        ("The signature of the pack", tuple(each for found in work.pack.signatures for each in found.sentences)),
    )
    return tuple((title, sentences) for title, sentences in parts if sentences)


def _bought(work: OfferWork) -> Iterator[str]:
    asked, tender, lot = work.asked, work.asked.tender, work.lot
    yield f"{asked.council} buys {tender.title or tender.reference}, tender {tender.reference}."
    estimate = f", estimated at {format_pounds(lot.value)} without VAT" if lot.value is not None else ""
    name = f"{lot.name[:1].upper()}{lot.name[1:]}" if len(asked.lots) > 1 else "Contract"
    yield f"{name}: {lot.length_words}{estimate}."
    if tender.deadline_words:
        yield f"Upload your offer file by {tender.deadline_words}."
    yield f"A share is a share of {format_pounds(work.contract.value)}: {small_first(tender.base.words)}."


def _counts(work: OfferWork) -> Iterator[str]:
    tender = work.asked.tender
    yield f"Social value gives {points_words(tender)}. You may choose {chosen_words(work)}."
    answers = " Your answers to the questions give the rest." if work.asked.questions else ""
    yield f"How much you offer: {_HOW[tender.method]}.{answers}"
    yield tender.minimum.meaning
    themes = {theme.number: theme.title for theme in work.pack.edition.themes}
    covered = [themes[number] for number in tender.theme_numbers if number in themes]
    if covered:
        yield f"You must offer something on {listed(covered)}."


def _answered(work: OfferWork) -> Iterator[str]:
    for one in work.asked.answered:
        day = f" on {format_date(one.answered_on)}" if one.answered_on is not None else ""
        yield f"Asked: {one.question}\nAnswered{day}: {one.answer}"
