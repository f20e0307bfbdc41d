"""What nobody may read: passwords and the addresses that hold them, taken out of whatever is written of a fault.

No message, title or log is made of them in the first place. This is for what nobody foresaw: an error of a library
that repeats what it was given.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SHORTEST = 4
"""A shorter password is left where it stands by itself: every text has its letters. The address around it is hidden."""
_INSTEAD = "•••"
_ADDRESS = r"(?i)\b[a-z][a-z0-9+.-]+://[^\s'\"]*@"
_PAIR = r"(?i)\b(\w*password)\s*=\s*(?:'(?:[^'\\]|\\.)*'|[^\s&'\"]+)"
_hidden: set[str] = set()


class Secrets(NamedTuple):
    """Names and values that are never shown, whatever shows the object that holds them."""

    pairs: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"Secrets({_INSTEAD})" if self.pairs else "Secrets()"


def keep_hidden(*texts: str) -> None:
    """Never let these texts be written by `without_secrets`."""
    for text in texts:
        if len(text) >= _SHORTEST:
            _hidden.update((text, repr(text)[1:-1]))


def without_secrets(text: str) -> str:
    """`text` without the passwords and addresses that this process was given, and without what looks like one."""
    for secret in sorted(_hidden, key=len, reverse=True):
        if secret in text:
            text = text.replace(secret, _INSTEAD)
    return re.sub(_PAIR, rf"\1={_INSTEAD}", re.sub(_ADDRESS, f"{_INSTEAD}@", text))
