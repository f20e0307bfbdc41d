"""What is chosen for a tender: its route, its base of a share, its ways of scoring, and where it stands."""

from enum import Enum


class Route(Enum):
    """How much of a procurement it is."""

    FULL = "full"
    QUOTE = "quote"

    @property
    def words(self) -> str:
        """The route as people read it."""
        return {Route.FULL: "Tender", Route.QUOTE: "Quote"}[self]

    @property
    def meaning(self) -> str:
        """What the route means, for whoever chooses it."""
        return {Route.FULL: "with marked questions", Route.QUOTE: "few measures, no marking"}[self]


class ShareBase(Enum):
    """What social value is a share of: the same in the pack, at the award and after signing."""

    ESTIMATE = "estimate"
    PRICE = "price"
    FIXED = "fixed"

    @property
    def words(self) -> str:
        """The base as people read it."""
        return {
            ShareBase.ESTIMATE: "The council’s estimate",
            ShareBase.PRICE: "The bidder’s price",
            ShareBase.FIXED: "A fixed sum",
        }[self]


class Placing(Enum):
    """Where social value stands among the weights."""

    BESIDE = "beside"
    WITHIN_QUALITY = "within_quality"

    @property
    def words(self) -> str:
        """The placing as people read it."""
        return {Placing.BESIDE: "Beside price and quality", Placing.WITHIN_QUALITY: "Within quality"}[self]


class QuantityMethod(Enum):
    """How the quantity that is offered becomes points."""

    PROPORTIONAL = "proportional"
    """Value ÷ highest admitted value."""
    TARGET = "target"
    """Value ÷ target, at most 1."""
    BANDS = "bands"
    """The share of the contract value gives a mark."""

    @property
    def words(self) -> str:
        """The method as people read it."""
        return {
            QuantityMethod.PROPORTIONAL: "By proportion to the highest",
            QuantityMethod.TARGET: "Against a target",
            QuantityMethod.BANDS: "In bands of the contract value",
        }[self]


class MinimumRule(Enum):
    """What it means for an offer to be short of a policy minimum."""

    REPORTED = "reported"
    ASKED = "asked"
    NOT_ADMITTED = "not_admitted"

    @property
    def words(self) -> str:
        """The rule in short, for whoever sets up the tender."""
        return {
            MinimumRule.REPORTED: "Reported only",
            MinimumRule.ASKED: "Asked about",
            MinimumRule.NOT_ADMITTED: "Not admitted",
        }[self]

    @property
    def meaning(self) -> str:
        """The rule in the sentence that bidders read."""
        return {
            MinimumRule.REPORTED: "An offer below the minimum counts, and the shortfall is reported.",
            MinimumRule.ASKED: "An offer below the minimum is asked about before it is scored.",
            MinimumRule.NOT_ADMITTED: "An offer below the minimum is not admitted.",
        }[self]


class TenderStatus(Enum):
    """Where a tender is in its life."""

    DRAFT = "draft"
    ISSUED = "issued"
    OPENED = "opened"
    FROZEN = "frozen"
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """The status as people read it."""
        return self.value.capitalize()


SET_UP = frozenset({TenderStatus.DRAFT, TenderStatus.ISSUED})
"""Where a tender stands while it can be set up; once it is issued, what is changed goes out as the next version."""
