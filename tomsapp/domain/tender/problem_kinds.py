"""What can be found in bids, in the groups in which it is decided: the same words for every bid, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class ProblemGroup(Enum):
    """What problems of bids have in common, in the order in which they are looked at."""

    MANDATORY = "Mandatory: decided by rule, not by you"
    TWICE = "Counted twice"
    TIME = "First year and last months"
    AREA = "In the area"
    PLAUSIBLE = "More than is likely"
    QUANTITY = "Quantities and values"
    FILE = "The file"
    EXPLAINED = "Not explained"

    @property
    def words(self) -> str:
        """The heading of the group."""
        return self.value


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One thing that can be found in bids.

    Attributes:
        title: what it is, whichever bid has it.
        under: what it means, or the rule in short.
    """

    group: ProblemGroup
    title: str
    under: str


_G = ProblemGroup
_KINDS: Mapping[ProblemGroup, Mapping[str, tuple[str, str]]] = {
    _G.MANDATORY: {
        "no-offer": ("No offer in time", "The last complete offer in time counts"),
        "late-file": ("Sent after the deadline", "The last complete offer in time counts"),
        "excluded": ("Excluded by decision", "A decision of the council, with its reason"),
        "short-of-minimum": ("Below the minimum", "What the council’s policy asks"),
        "condition-not-accepted": ("Condition not accepted", "Every bidder accepts it"),
        "too-many-measures": ("Too many measures", "More than the tender allows"),
        "mandatory-theme-missing": ("A theme is missing", "The tender asks for it"),
        "contract-dates": ("Dates make no years", "Nothing can be valued"),
        "contract-value-negative": ("Value below zero", "Nothing can be valued"),
        "other-tender": ("Answers another tender", "It is not for this one"),
        "other-pack": ("Made with an unknown pack", "That pack was never issued"),
        "no-such-lot": ("No such lot", "The tender does not have it"),
    },
    _G.TWICE: {
        "never-add-together": ("The same in two measures", "It may not count twice: one of them stays"),
        "declare-different": ("Perhaps the same in two measures", "To be declared different"),
        "claimed-twice": ("The same, claimed twice", "The bidder says that it is the same"),
        "counted-again": ("Counted once, promised again", "It counts once in the contract"),
        "measure-repeated": ("A measure twice for one place", "Two lines of one measure"),
    },
    _G.TIME: {
        "repeated-people": ("First 12 months, in several years", "Each person counts once, in the first 12 months"),
        "year-promise-in-short-year": ("A whole year in a short one", "The last year is less than six months"),
        "evidence-after-end": ("Shown only after the end", "It can be shown only after the contract"),
        "end-on-anniversary": ("The last year has one day", "The contract ends on the day it began"),
        "edition-withdrawn": ("Menu edition withdrawn", "It was withdrawn since"),
        "edition-not-in-force": ("Menu edition not in force", "On the day on which the contract starts"),
        "edition-published-later": ("Menu edition published later", "After the contract starts"),
    },
    _G.AREA: {
        "outside-area": ("Outside the area", "It counts in the council’s area only"),
        "unknown-ward": ("No ward of the area", "The place is not known"),
    },
    _G.PLAUSIBLE: {
        "above-other-bids": ("Far above the other bids", "Over 10 times the median of the others"),
        "above-real-cost": ("Far above its cost", "Worth over 12 times what it costs"),
        "more-people-than-money": ("More work than money", "Wages alone would be more than the money"),
        "costs-more-than-money": ("Costs more than the money", "Wages and costs are more than the money"),
        "value-above-contract": ("More than the contract value", "All that is claimed together"),
        "line-over-half": ("Over half in one measure", "Of all that is claimed"),
        "low-confidence": ("Rests on weak values", "Over half is of low confidence"),
    },
    _G.QUANTITY: {
        "unknown-measure": ("Unknown measure", "The menu does not have it"),
        "not-in-tender": ("Not in this tender", "The tender does not ask for it"),
        "condition-offered": ("A condition offered", "It is accepted and not scored"),
        "no-commitments": ("Nothing is promised", "No line is filled in"),
        "quantity-missing": ("No quantity", "A blank year counts nothing"),
        "year-blank": ("A year is blank", "Blank is not 0"),
        "quantity-negative": ("Below zero", "A quantity is 0 or more"),
        "quantity-not-whole": ("Not a whole number", "It is counted in whole numbers"),
        "quantity-too-precise": ("Too many decimals", "More than its unit has"),
        "quantity-too-large": ("Not a possible quantity", "Over the most that its unit can have"),
        "year-outside-contract": ("A year outside the contract", "The contract does not have it"),
        "quantity-not-counted": ("Quantities that do not count", "A promise per pound stands instead"),
        "share-out-of-range": ("Share out of range", "It is 0% to 100%"),
        "share-too-precise": ("Share too precise", "At most 4 decimals of a per cent"),
        "rate-without-framework": ("Per pound, without a framework", "Only frameworks have such promises"),
        "rate-out-of-range": ("Per pound, not above zero", "A promise per pound is above zero"),
        "spend-missing": ("No spend of a year", "The tender has none for it"),
        "spend-negative": ("Spend below zero", "The spend of a year is 0 or more"),
        "no-value-for-year": ("No value for a year", "The measure has no unit value in it"),
        "parts-missing": ("Parts are missing", "From which a quantity was worked out"),
        "parts-differ": ("Differs from its parts", "From which it was worked out"),
    },
    _G.FILE: {
        "unit-value-changed": ("Unit value changed in the file", "The pack’s own value is used"),
        "older-pack": ("Made with an older pack", "See what was changed since"),
        "bidder-name-missing": ("No name", "Of the organisation"),
        "bidder-contact-missing": ("No contact", "Whom the council can ask"),
        "bidder-email-missing": ("No e-mail address", "Of the contact"),
        "bidder-email-wrong": ("E-mail address wrong", "Of the contact"),
        "decided-before": ("Decided, and found no more", "Take the decision back"),
    },
    _G.EXPLAINED: {
        "statement-missing": ("No statement", "How it will be done is asked for"),
        "staff-not-said": ("New or retained is not said", "Only new people are an outcome"),
        "jobs-not-new": ("The people are not new", "Only new people are an outcome"),
        "question-unanswered": ("A question has no answer", "Every question is answered"),
        "answer-too-long": ("An answer is too long", "What is over the words is not marked"),
    },
}
PROBLEM_KINDS: Mapping[str, ProblemKind] = {
    code: ProblemKind(group, title, under) for group, kinds in _KINDS.items() for code, (title, under) in kinds.items()
}
"""By the code of the Problem, in the order in which they are looked at."""
