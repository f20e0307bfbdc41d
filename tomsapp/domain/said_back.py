"""What a form says back of what was typed, so that nobody has to guess how it was understood."""

from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fact, FactKind

_SAID_BACK = frozenset({FactKind.POUNDS, FactKind.QUANTITY, FactKind.WHOLE, FactKind.SHARE, FactKind.DAY})
"""Kinds that can be written in many ways."""


def understood(fact: Fact, text: str) -> str:
    """What is said back of a number, a share or a day that was typed.

    Nothing where it cannot be read, and where it stands there in just those words already.
    """
    if fact.kind not in _SAID_BACK or not text.strip():
        return ""
    try:
        value = fact.read(text)
    except TomsError:
        return ""
    said = fact.echo.format(fact.words(value))
    return "" if said.removeprefix("£") == text.strip().removeprefix("£") else said
