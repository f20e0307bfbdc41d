"""What a bid becomes when its lot is awarded: a contract with the lines that count, and the answers that hold for them.

The contract comes to the social value of the evaluation to the penny.
Source: docs/decisions/052-the-award.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tomsapp.domain.checks.answering import SAME_OR_NOT, choices_of
from tomsapp.domain.checks.asked import claims_of
from tomsapp.domain.checks.clashes import clashing_codes
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.facts import MOST_LONG
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.problems import Answer, Problem
from tomsapp.domain.supplier import email_fault
from tomsapp.domain.tender.bid import BidDecision, DecisionKind
from tomsapp.domain.tender.choices import ShareBase
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.lot_contract import lot_contract
from tomsapp.domain.tender.lot_evaluation import CheckedBid
from tomsapp.domain.tender.offer_checks import OfferGround, check_tender_offer
from tomsapp.domain.tender.pack import Pack
from tomsapp.domain.tender.tender import Tender
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.domain.wording import format_pounds, listed


@dataclass(frozen=True, slots=True)
class AwardedOffer:
    """What the contract of an award will be.

    Attributes:
        offer: the contract, its commitments by their keys in the bidder's offer, and the answers that hold for them.
        left: the commitments of the offer that do not come in, as they count nowhere.
        value: its social value in pounds.
    """

    offer: Offer
    left: tuple[Commitment, ...]
    value: Decimal


def awarded_offer(
    pack: Pack, edition: MenuEdition, bid: CheckedBid, decisions: Iterable[BidDecision], around: Surroundings
) -> AwardedOffer | None:
    """The contract that a bid becomes; None where no offer of it counts.

    Args:
        pack: the newest one that was issued, by which the bid was judged.
        edition: the menu edition that came with it.
        bid: without the lines that decisions leave out.
        decisions: those about its offer.
        around: what contracts are held against here.

    Raises:
        LotError: the lot has no dates or no value.
    """
    entered, checked = bid.entered, bid.checked
    lot = pack.lot(entered.bid.lot)
    if entered.offer is None or checked is None or checked.checked is None or lot is None:
        return None
    whole, wrong = entered.offer.commitments, checked.checked.inadmissible
    lines = tuple(each for each in checked.offer.commitments if each.key not in wrong)
    kept = {each.key for each in lines}
    left = tuple(each for each in whole if each.key not in kept)
    contract = _contract(pack, lot, bid, entered.offer, left)
    draft = value_offer(Offer(contract, lines), edition, around)
    sent = check_tender_offer(pack, edition, entered.offer, OfferGround(price=entered.bid.price))
    problems = sent.checked.problems if sent.checked is not None else ()
    answers = dict(_carried(tuple(_said(problems, entered.bid.supplier, decisions)), draft))
    return AwardedOffer(Offer(contract, lines, answers), left, draft.valuation.social_value)


def _contract(pack: Pack, lot: Lot, bid: CheckedBid, offer: TenderOffer, left: tuple[Commitment, ...]) -> Contract:
    held, bidder = bid.entered.bid, offer.bidder
    made = lot_contract(pack.tender, lot, held.supplier, held.price)
    email = bidder.contact_email.strip()
    return replace(
        made,
        title=_title(pack.tender, lot) or made.title,
        supplier_contact=bidder.contact_name.strip(),
        supplier_contact_email="" if email and email_fault(email) is not None else email,
        notes="\n".join(_notes(pack, lot, held.price, left)),
    )


def _title(tender: Tender, lot: Lot) -> str:
    """What is bought and which lot of it: "Libraries" alone says nothing in a list of contracts. Else empty."""
    whole, own = tender.title.strip(), lot.title.strip()
    told = f"{whole}: {own}"
    is_told = not whole or not own or whole.casefold() in own.casefold()
    return "" if is_told or len(told) > CONTRACT.fact("title").most else told


def _notes(pack: Pack, lot: Lot, price: Decimal | None, left: tuple[Commitment, ...]) -> Iterator[str]:
    """What the contract's value is, and the sums that it is not."""
    yield f"From the award of {pack.tender.reference}, lot {lot.number}."
    told = None if price is None else format_pounds(price)
    estimate = None if lot.value is None else format_pounds(lot.value)
    base = ShareBase.ESTIMATE if pack.tender.base is ShareBase.PRICE and price is None else pack.tender.base
    yield f"The contract value is {_BASES[base]}: social value was scored as a share of it."
    if base is not ShareBase.PRICE:
        yield f"The price of the bid is {told}." if told else "No price was entered for the bid."
    if base is not ShareBase.ESTIMATE and estimate:
        yield f"The council’s estimate was {estimate}."
    if left:
        codes = listed(list(dict.fromkeys(each.measure for each in left)))
        yield f"Lines of the offer that do not count and are not here: {codes}."


_BASES: Mapping[ShareBase, str] = {
    ShareBase.ESTIMATE: "the council’s estimate",
    ShareBase.PRICE: "the price of the bid",
    ShareBase.FIXED: "the sum that the tender fixed for all bids",
}


def _said(
    problems: Iterable[Problem], supplier: str, decisions: Iterable[BidDecision]
) -> Iterator[tuple[Problem, Answer]]:
    """What is found in the offer as it was sent, each with what the bidder answered or why it was accepted."""
    accepted = {each.problem: each for each in decisions if each.kind is DecisionKind.ACCEPT}
    for problem in problems:
        if problem.answer is not None:
            yield problem, replace(problem.answer, text=_by(f"{supplier} in its offer", problem.answer.text))
        elif (decision := accepted.get(problem.key)) is not None:
            text = _by("Accepted in the evaluation", decision.reason)
            if decision.answer.strip():
                asked = f" “{decision.asked}”" if decision.asked else ""
                text = _by(f"{text.strip()} {supplier} when asked{asked}", decision.answer)
            yield problem, Answer(text, decision.by, choice=choices_of(problem.code)[0])


def _by(who: str, said: str) -> str:
    """Whose words they are, before them; what a database would not hold stays as it was said."""
    told = f"{who}: {said.strip()}"
    return told if len(told) <= MOST_LONG else said


def _carried(said: tuple[tuple[Problem, Answer], ...], draft: CheckedOffer) -> Iterator[tuple[str, Answer]]:
    """The answers that hold for the contract's own figures, by the keys that its questions have."""
    claims = claims_of(draft.valuation)
    here = {_subject(problem): problem for problem in draft.problems}
    for problem, answer in said:
        codes = clashing_codes(problem)
        asked = replace(answer, asked=problem.asked)
        if codes:
            # Measures that clash are asked about by their codes, all of them or just some pairs.
            if claims.holds(asked, claims.asked(codes)):
                yield problem.key, asked
        elif (own := here.get(_subject(problem))) is not None and own.asked == problem.asked:
            yield own.key, asked


def _subject(problem: Problem) -> tuple[object, ...]:
    """What a question is about, whichever line of its measure it is by now."""
    where = problem.where
    key = problem.key if problem.code in SAME_OR_NOT or not where.commitment else ""
    return problem.code, where.commitment if not key else "", where.measure, where.year, where.field, key
