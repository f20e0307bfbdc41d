"""Answers that were given before: to an earlier version of the pack, and to an earlier tender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tomsapp.domain.alike import alike
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.domain.wording import listed, plural
from tomsapp.services.bidding.keeping import KeptOffer
from tomsapp.services.bidding.typing import BIDDER_FACTS, with_details
from tomsapp.services.bidding.work import OfferWork


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer to a question of another tender."""

    source: str
    number: int
    question: str
    text: str

    @property
    def name(self) -> str:
        """What a list of them calls it: "T-2025-011, question 2: How will you …"."""
        return f"{self.source}, question {self.number}{': ' if self.question else ''}{self.question}"


def carried_over(begun: OfferWork, offer: TenderOffer) -> OfferWork:
    """An offer that was made with another version of the pack, gone on with in this one, and what to know of it.

    Nothing that was entered is lost but answers to questions that are not asked any more: what does not fit the new
    version stays and is told by the checks.
    """
    own, made = begun.pack.file.identity, offer.pack
    asked = begun.asked
    statements = {number: text for number, text in offer.statements.items() if asked.question(number) is not None}
    accepted = offer.accepted & {one.measure for one in asked.conditions}
    moved = replace(offer, pack=own, lot=begun.offer.lot, statements=statements, accepted=accepted)
    told = []
    if made.reference == own.reference and made.version < own.version:
        told.append(f"You began with pack version {made.version}, and this is version {own.version}.")
        told += asked.changes
        if made.version < own.version - 1:
            told.append(f"What was changed before version {own.version} stands in the guides of those versions.")
        gone = sorted(set(offer.statements) - set(statements))
        if gone:
            said = plural(len(gone), "Question", "Questions").partition(" ")[2]
            told.append(f"{said} {listed([str(each) for each in gone])} of before is not asked any more.")
    return replace(begun, offer=moved, told=tuple(told))


def use_again(work: OfferWork, earlier: TenderOffer, questions: KeptOffer | None = None) -> OfferWork:
    """Fill what is blank from an earlier offer: the organisation, how measures are delivered, answers to one question.

    Nothing that is entered is changed, no measure is added and no quantity is taken over: what was promised elsewhere
    is not promised here.
    """
    offer = work.offer
    blank = {
        name: getattr(earlier.bidder, name)
        for name in BIDDER_FACTS
        if name != "kind" and not getattr(offer.bidder, name) and getattr(earlier.bidder, name)
    }
    if "name" in blank:
        blank["kind"] = earlier.bidder.kind
    done = work.with_offer(replace(offer, bidder=SUPPLIER.with_values(offer.bidder, blank)))
    for line in done.offer.commitments:
        same = next((one for one in earlier.commitments if one.measure == line.measure), None)
        if same is None:
            continue
        if not line.statement and same.statement:
            done = done.with_commitment(replace(line, statement=same.statement))
        before, said = earlier.details_of(same.key), done.offer.details_of(line.key)
        if not said.delivered_by and before.delivered_by:
            done = with_details(done, line.key, replace(said, delivered_by=before.delivered_by))
    if questions is not None:
        done = _same_questions(done, questions)
    held = {place: text for place, text in done.held.items() if place.name not in blank}
    return replace(done, held=held)


def _same_questions(work: OfferWork, kept: KeptOffer) -> OfferWork:
    """Answer questions that were asked before in the same words."""
    known = {
        alike(text): kept.offer.statement(number)
        for number, text in kept.questions.items()
        if kept.offer.statement(number)
    }
    statements = dict(work.offer.statements)
    for question in work.asked.questions:
        again = known.get(alike(question.text), "")
        if again and not statements.get(question.number):
            statements[question.number] = again
    return work.with_offer(replace(work.offer, statements=statements))


def earlier_answers(work: OfferWork, kept: Sequence[KeptOffer]) -> tuple[EarlierAnswer, ...]:
    """The answers to questions of other tenders and other lots that are kept on this computer."""
    return tuple(_answers(work, kept))


def _answers(work: OfferWork, kept: Sequence[KeptOffer]) -> Iterator[EarlierAnswer]:
    for each in kept:
        if each.is_of(work):
            continue
        for number, text in sorted(each.offer.statements.items()):
            yield EarlierAnswer(each.name, number, each.questions.get(number, ""), text)
