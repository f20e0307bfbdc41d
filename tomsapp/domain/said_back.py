"""What a form says back of what was typed, so that nobody has to guess how it was understood."""

from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import Fact, FactKind

_SAID_BACK = frozenset({FactKind.POUNDS, FactKind.QUANTITY, FactKind.SHARE, FactKind.DAY})
"""Kinds that can be written in many ways."""


def understood(fact: Fact, text: str) -> str:
    """What is said back of a number, a share or a day that was typed; nothing where it cannot be read."""
    if fact.kind not in _SAID_BACK or not text.strip():
        return ""
    try:
        return fact.echo.format(fact.words(fact.read(text)))
    except TomsError:
        return ""
