"""The next free reference of a year, in the way that the council numbers its contracts or tenders."""

import re
from collections import Counter
from collections.abc import Iterable


def next_in(references: Iterable[str], year: int, usual: str) -> str:
    """The reference after the last of a year, as most of its references begin: C-2026-013.

    Args:
        references: those that are there, of whichever year.
        year: of the new one.
        usual: the letter with which the first of a year begins.
    """
    numbered = [found for each in references if (found := re.fullmatch(rf"(.*{year}\D+)([0-9]{{1,9}})", each))]
    starts = Counter(found[1] for found in numbered)
    start = starts.most_common(1)[0][0] if starts else f"{usual}-{year}-"
    ends = [found[2] for found in numbered if found[1] == start]
    digits = max((len(end) for end in ends), default=3)
    return f"{start}{max(map(int, ends), default=0) + 1:0{digits}d}"
