"""What a reviewer should look at where a text asks for a contract share: it is for what others pay, nothing else."""

import re
from collections.abc import Iterable, Iterator

from tomsapp.domain.menu import Measure
from tomsapp.domain.problems import Problem, Severity
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.review import Checked

_SHARE = re.compile(r"\b(?:contract share|contract’s share|with (?:the|a) share|share to count|smaller share)\b")
_PAID = re.compile(r"\b(?:pays?|paid|contracts)\b")
_ANYWAY = re.compile(r"\b(?:comparison group|anyway|would (?:not )?have|made the difference)\b")
_SENTENCE = re.compile(r"(?<=[.?!]) ")


def shares(checked: Checked) -> Iterable[Problem]:
    """Sentences that ask for a contract share and do not say who else pays, or speak of what happens anyway."""
    for measure in checked.edition.measures:
        for key, text in _texts(measure):
            for sentence in _SENTENCE.split(text):
                if _SHARE.search(sentence) and (_ANYWAY.search(sentence) or not _PAID.search(sentence)):
                    message = f"It asks for a contract share without saying who else pays: “{sentence}”"
                    fix = (
                        "A contract share is the part that this contract pays for. What would have happened anyway is "
                        "the measure’s deadweight_share, or left out of the quantity, or the value is said to be gross"
                    )
                    where = checked.where(measure.code, key)
                    yield problem_at("share-of-what", message, fix, where, Severity.WARNING)


def _texts(measure: Measure) -> Iterator[tuple[str, str]]:
    """Every text that tells a supplier what to enter."""
    for key in ("guidance", "small_example", "evidence_if_later"):
        yield key, getattr(measure, key)
    for key in ("count", "do_not_count"):
        for text in getattr(measure, key):
            yield key, text


SHARE_RULES = (shares,)
"""Every rule of this module."""
