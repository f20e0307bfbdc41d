"""What the columns of a tendering portal's export hold, by their headings: whose file came, and when."""

import re
from collections.abc import Mapping

from tomsapp.domain.alike import alike
from tomsapp.exchange.grid import Grid
from tomsapp.exchange.tenders.clock_zone import without_zones
from tomsapp.exchange.tenders.sheet_head import LOT_HEADING, HeadingWords, SheetHead, SheetUse, heads_in, words_of


class PortalUse(SheetUse):
    """What a column of the export holds."""

    FILE = "file", "Name of the file"
    BIDDER = "bidder", "Bidder"
    WHEN = "when", "Day, with its time"
    TIME = "time", "Time of day"
    LOT = "lot", "Number of the lot"
    ZONE = "zone", "Time zone"


_CAME = words_of("received submitted uploaded delivered returned lodged")
_COMING = words_of("submission response receipt upload")
_SENT = words_of("bid tender offer")
"""What came: its own day, "Tender date", may be another one than that on which it came."""
_SMALL = words_of("and at of on the in was day date time stamp timestamp dd mm yy yyyy hh ss")
_DAYS = HeadingWords(frozenset({"date", "day", "stamp", "timestamp"}) | _CAME, _COMING | _SENT | _SMALL)
_TIMES = HeadingWords(frozenset({"time"}), _CAME | _COMING | _SENT | (_SMALL - {"and", "date", "stamp"}))
_WORDS: Mapping[PortalUse, HeadingWords] = {
    PortalUse.LOT: LOT_HEADING,
    PortalUse.ZONE: HeadingWords(words_of("zone timezone tz offset"), frozenset({"time"})),
    PortalUse.TIME: _TIMES,
    PortalUse.WHEN: _DAYS,
    PortalUse.FILE: HeadingWords(
        words_of("file files filename document documents attachment attachments"),
        words_of("name names title of the bid tender offer response submission"),
    ),
    PortalUse.BIDDER: HeadingWords(
        words_of("supplier bidder tenderer organisation organization company vendor from"),
        words_of("name of the bidding tendering response bid tender offer submission received"),
    ),
}
"""The first that fits says what a column holds."""
_CORES = frozenset[str]().union(*(words.core for words in _WORDS.values()))
_OF_FILES = frozenset({PortalUse.FILE, PortalUse.BIDDER})
"""What says whose time it is."""
OTHER_DAYS = re.compile(
    r"\b(?:deadlines?|clos(?:e|es|ed|ing)|due|open(?:s|ed|ing)?|publi(?:sh|shed|cation)|invit(?:e|ed|ation|ations)|"
    r"issued?|expir\w*|award\w*|starts?|ends?|created|registered|viewed|downloaded|modified|updated|clarif\w*|"
    r"decision|evaluat\w*|withdr\w*|request\w*|planned|expected|required)\b"
)
"""Words over a column, or in a sentence, that tell of another day than that on which a bid came."""
_A_DAY = re.compile(r"\b(?:date|day|time|timestamp|deadline|received|submitted|uploaded|sent|submission)\b")
_A_FILE = re.compile(r"\b(?:file|document|attachment|supplier|bidder|tenderer|organisation|company|vendor)")


def find_head(grid: Grid) -> SheetHead[PortalUse] | None:
    """The head of a sheet: the first that names a day and a file or bidder, else its first row with two texts.

    Where none surely names them, one that speaks of them comes before that, so that a person can choose.
    """
    heads = list(heads_in(grid, _use_of))
    told = [each for each in heads if PortalUse.WHEN in each.said and _OF_FILES & each.said]
    spoken = [each for each in heads if each.speaks_of(_A_DAY, _A_FILE)]
    return next(iter((*told, *spoken, *heads)), None)


def _use_of(heading: str, over: str) -> PortalUse | None:
    if not words_of(heading) & _CORES:
        return None
    plain = without_zones(heading)
    use = next((use for use, words in _WORDS.items() if words.fit(plain)), None)
    if use not in {PortalUse.WHEN, PortalUse.TIME}:
        return use
    words = words_of(plain)
    # "Tender date" and "Bid time" do not say that it came then.
    is_of_coming = not words & _SENT or bool(words & (_CAME | _COMING))
    return use if is_of_coming and not OTHER_DAYS.search(alike(over)) else None
