"""Which measures a bidder offers and which conditions are accepted, and what was answered to warnings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.problems import Answer, Problem
from tomsapp.services.bidding.work import OfferWork


def choose(work: OfferWork, codes: Iterable[str]) -> OfferWork:
    """Offer these measures too, each once; one that is offered already stays as it is."""
    for code in codes:
        if code not in work.chosen:
            work = add_line(work, code)
    return work


def add_line(work: OfferWork, code: str) -> OfferWork:
    """One more promise of a measure, as where a second place is meant; nothing is entered of it yet."""
    lines = work.offer.commitments
    blank = (None,) * len(work.contract.years)
    return work.with_offer(replace(work.offer, commitments=(*lines, Commitment(str(len(lines) + 1), code, blank))))


def give_up(work: OfferWork, code: str) -> OfferWork:
    """Offer a measure no more: all its promises go, with what is said of them."""
    for key in reversed([one.key for one in work.offer.commitments if one.measure == code]):
        work = take_out(work, key)
    return work


def take_out(work: OfferWork, key: str) -> OfferWork:
    """Take a promise out with what is said of it; the others are numbered without gaps, as they are in a file."""
    offer = work.offer
    left = tuple(one for one in offer.commitments if one.key != key)
    if len(left) == len(offer.commitments):
        return work
    details = {each: said for each, said in offer.details.items() if each != key}
    held = {place: text for place, text in work.held.items() if place.key != key or not _is_of_line(place.kind.value)}
    gapped = replace(work, offer=replace(offer, commitments=left, details=details), held=held)
    return _numbered(gapped)


def _is_of_line(kind: str) -> bool:
    return kind in {"quantity", "detail"}


def _numbered(work: OfferWork) -> OfferWork:
    """The same with the keys 1, 2, 3; answers follow the warnings that they answer."""
    offer = work.offer
    keys = {one.key: str(place) for place, one in enumerate(offer.commitments, start=1)}
    if all(old == new for old, new in keys.items()):
        return work
    numbered = replace(
        offer,
        commitments=tuple(replace(one, key=keys[one.key]) for one in offer.commitments),
        details={keys[key]: said for key, said in offer.details.items()},
        answers={},
    )
    held = {
        place._replace(key=keys[place.key]) if _is_of_line(place.kind.value) else place: text
        for place, text in work.held.items()
    }
    unanswered = replace(work, offer=replace(offer, answers={}))
    done = replace(work, offer=numbered, held=held)
    if not offer.answers:
        return done
    # What is asked is the same in the same order: only the numbers in its keys are others.
    asked = zip(unanswered.checked.problems, done.checked.problems, strict=True)
    renamed = {before.key: after.key for before, after in asked}
    answers = {renamed.get(key, key): answer for key, answer in offer.answers.items()}
    return done.with_offer(replace(numbered, answers=answers))


def accept(work: OfferWork, code: str, *, is_accepted: bool) -> OfferWork:
    """Accept a condition of the tender, or no more."""
    others = work.offer.accepted - {code}
    return work.with_offer(replace(work.offer, accepted=others | {code} if is_accepted else others))


def answer(work: OfferWork, key: str, given: Answer) -> OfferWork:
    """Answer a warning, by its key, in the name of the contact, who stands for the organisation."""
    said = replace(given, answered_by=work.offer.bidder.contact_name or work.offer.bidder.name)
    return _with_answers(work, {**work.offer.answers, key: said})


def take_answer_back(work: OfferWork, problem: Problem) -> OfferWork:
    """Let a warning be open again; its answer may have been given to more than it tells now."""
    answers = work.offer.answers
    key = next((each for each, given in answers.items() if given == problem.answer), problem.key)
    return _with_answers(work, {each: given for each, given in answers.items() if each != key})


def _with_answers(work: OfferWork, answers: Mapping[str, Answer]) -> OfferWork:
    return work.with_offer(replace(work.offer, answers=answers))
