"""An offer as its paper can carry it: databases of earlier versions may hold signs and lengths that no paper has."""

from dataclasses import fields, replace
from typing import Any, TypeVar

from tomsapp.domain.facts import MOST_LINE, MOST_LONG
from tomsapp.domain.offer import Offer
from tomsapp.domain.problems import Problem, Severity
from tomsapp.reading.cleaning import with_plain_breaks, without_control_characters

_R = TypeVar("_R")
_LONG = frozenset({"answer", "asked", "notes", "statement", "text"})

CHANGED = Problem(
    "text-not-printable",
    Severity.NOTE,
    "A text has signs that no page can print, or more of them than a paper can carry; the PDF has the rest",
    "Save the text anew where it matters",
)
"""What is said of a paper that does not carry every text as it is kept."""


def printable(offer: Offer) -> Offer:
    """The offer with every text as the files attached to its paper are read: the same offer in all but odd cases."""
    cleaned = replace(
        offer,
        contract=_clean(offer.contract),
        commitments=tuple(map(_clean, offer.commitments)),
        answers={key: _clean(answer) for key, answer in offer.answers.items()},
    )
    return offer if cleaned == offer else cleaned


def _clean(record: _R) -> _R:
    told: Any = record
    texts = {field.name: getattr(record, field.name) for field in fields(told)}
    changed = {name: _text(name, text) for name, text in texts.items() if isinstance(text, str)}
    if all(texts[name] == text for name, text in changed.items()):
        return record
    cleaned: _R = replace(told, **changed)
    return cleaned


def _text(name: str, text: str) -> str:
    most = MOST_LONG if name in _LONG else MOST_LINE
    return without_control_characters(with_plain_breaks(text)[:most])
