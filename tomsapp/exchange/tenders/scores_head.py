"""What the columns of a table of prices and quality hold, by their headings, and what those say of points."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tomsapp.domain.alike import alike
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.tenders.sheet_head import LOT_HEADING, HeadingWords, SheetHead, SheetUse, heads_in, words_of


class ScoreUse(SheetUse):
    """What a column of the table holds."""

    BIDDER = "bidder", "Bidder"
    LOT = "lot", "Number of the lot"
    PRICE = "price", "Price, without VAT"
    QUALITY = "quality", "Quality points"


_WORDS: Mapping[ScoreUse, HeadingWords] = {
    ScoreUse.LOT: LOT_HEADING,
    ScoreUse.PRICE: HeadingWords(
        words_of("price prices"),
        words_of(
            "the of in for total overall final whole net bid bids tender tendered tenders offer offered offers "
            "submitted contract lot gbp £ pounds"
        ),
    ),
    ScoreUse.QUALITY: HeadingWords(
        words_of("quality"),
        words_of(
            "the of for total overall final agreed consensus moderated awarded weighted panel evaluation bid "
            "tender score scores scored point points pts mark marks"
        ),
    ),
    ScoreUse.BIDDER: HeadingWords(
        words_of("supplier bidder tenderer organisation organization company"),
        words_of("name of the bidding tendering"),
    ),
}
_CORES = words_of("value sum cost").union(*(words.core for words in _WORDS.values()))
_SUMS = re.compile(r"(?:(?:total|whole) )?(?:bid value|tender sum|total cost)(?: gbp)?")
"""Other headings of a price."""
_OTHER = re.compile(
    r"\b(?:raw|unweighted|per|annual|yearly|year|monthly|lowest|highest|average|mean|max|maximum|min|minimum|threshold|"
    r"weights?|weighting|rank|ranking|ranked|comments?|notes?|reasons?|unit|rates?|budget|estimated?|estimates)\b"
)
"""Words over a column that say that it holds another figure."""
_SPEAKS_OF_FIGURES = re.compile(r"\b(?:price|prices|cost|costs|quality|bid value|tender sum)\b")
_SPEAKS_OF_BIDDERS = re.compile(r"\b(?:supplier|bidder|tenderer|organisation|organization|company)")

_WITHOUT_VAT = re.compile(
    r"[\s,(]*\b(?:excl?|excluding|exclusive|ex|net|without|before|less|no|not (?:incl?|including|inclusive))"
    r"(?: of)? vat\b\s*\)?"
)
"""Over a column “plus VAT” is no such word: the sum with VAT is called so too."""
_VAT = re.compile(
    r"[\s,(]*\b(?:excl?|excluding|exclusive|ex|net|without|before|plus|less|no|not (?:incl?|including|inclusive))"
    r"(?: of)? vat\b\s*\)?|[\s,(]*\+ ?vat\b\s*\)?"
)
_VAT = re.compile(r"\bvat\b|\bgross\b")
_OTHER_MONEY = re.compile(r"[€$]|\b(?:eur|euros?|usd|dollars?|k|m|mn|000s?|thousands?|millions?)\b|£ ?[km]\b")

_NUMBER = r"(?P<{}>[0-9]{{1,3}}(?:\.[0-9]+)?)"
_POINTS = r"(?: ?(?:points?|pts|marks?|available))*"
_OUT_OF = re.compile(
    rf"[\s,(\[/]*(?:\bout of|\bmax(?:imum)?(?: of| points?| scores?| marks?|:)*|/|\bof) ?{_NUMBER.format('most')} ?%?"
    rf"{_POINTS}[)\]]?(?![0-9])"
)
"""The most points, by a word that says so."""
_PER_CENT_OF = re.compile(rf"[\s,(\[:-]*(?:\bweighted:? ?)?{_NUMBER.format('weight')} ?(?:%|per ?cent\b)[)\]]?")
"""A weight: the points under it may be out of it, or of 100."""
_BARE = re.compile(
    rf"[(\[] ?{_NUMBER.format('most')}{_POINTS}[)\]]|[,:-] ?{_NUMBER.format('last')}{_POINTS}$"
    r"|\b(?P<points>[0-9]{2,3}) (?:points|pts|marks)\b"
)
_ONLY_PER_CENT = re.compile(r".*(?:%|\bper ?cent\b)[\s)]*")
_HUNDRED = Fraction(100)
_MOST_READ = 500
"""Characters of a heading in which points and VAT are looked for."""


@dataclass(frozen=True, slots=True)
class StatedPoints:
    """What a heading says of the points under it; None each where it does not.

    Attributes:
        most: the most points that there are.
        weight: the per cent that they weigh, which does not tell whether they are out of it or of 100.
    """

    most: Fraction | None = None
    weight: Fraction | None = None


def stated_points(heading: str) -> StatedPoints:
    """What a heading says of points: 60 at most of "Quality (out of 60)", a weight of 60 of "Quality 60%"."""
    plain = alike(heading[:_MOST_READ])
    most = _OUT_OF.search(plain)
    if most is not None:
        return StatedPoints(most=Fraction(most["most"]))
    weight = _PER_CENT_OF.search(plain)
    if weight is not None:
        return StatedPoints(weight=Fraction(weight["weight"]))
    bare = _BARE.search(plain)
    if bare is not None:
        return StatedPoints(most=Fraction(bare["most"] or bare["last"] or bare["points"]))
    return StatedPoints(most=_HUNDRED) if _ONLY_PER_CENT.fullmatch(plain) else StatedPoints()


def price_fault(heading: str) -> str:
    """Why what stands under a heading is no price in pounds without VAT; empty where nothing says so."""
    plain = _WITHOUT_VAT.sub(" ", alike(heading[:_MOST_READ]))
    if _VAT.search(plain):
        return "which does not say that it is without VAT"
    return "which is not in pounds" if _OTHER_MONEY.search(plain) else ""


def find_scores(grid: Grid) -> SheetHead[ScoreUse] | None:
    """The head of a sheet: the first that names a bidder and a price or quality; None where there is none.

    Where none surely names them, one that speaks of them is the head, so that a person can choose.
    """
    told = {ScoreUse.PRICE, ScoreUse.QUALITY}
    heads = list(heads_in(grid, _use_of))
    sure = [head for head in heads if ScoreUse.BIDDER in head.said and told & head.said]
    spoken = [head for head in heads if head.speaks_of(_SPEAKS_OF_BIDDERS, _SPEAKS_OF_FIGURES)]
    return next(iter((*sure, *spoken)), None)


def _use_of(heading: str, over: str) -> ScoreUse | None:
    if not words_of(heading) & _CORES:
        return None
    plain = alike(heading)
    if _WORDS[ScoreUse.LOT].fit(plain):
        return ScoreUse.LOT
    priced = _WITHOUT_VAT.sub(" ", plain).strip()
    is_price = _WORDS[ScoreUse.PRICE].fit(priced) or _SUMS.fullmatch(priced) is not None
    if is_price:
        return None if _OTHER.search(alike(over)) or price_fault(over) else ScoreUse.PRICE
    scored = _without_points(plain)
    if _WORDS[ScoreUse.QUALITY].fit(scored):
        return None if _OTHER.search(_without_points(alike(over))) else ScoreUse.QUALITY
    return ScoreUse.BIDDER if _WORDS[ScoreUse.BIDDER].fit(plain) else None


def _without_points(plain: str) -> str:
    """A heading without what it says of the most points or the weight."""
    for stated in (_OUT_OF, _PER_CENT_OF, _BARE):
        plain = stated.sub(" ", plain)
    return plain.replace("%", " ").strip()
