"""Text that a spreadsheet takes from the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_FORMULA = ("=", "@")
_SIGN = ("+", "-")


def table_text(lines: Iterable[Sequence[str]]) -> str:
    """Tab-separated lines; text that a spreadsheet would read as a formula gets an apostrophe."""
    return "\n".join("\t".join(_cell(text) for text in line) for line in lines)


def _cell(text: str) -> str:
    flat = " ".join(text.split("\t")).replace("\r", " ").replace("\n", " ")
    is_number = flat[1:2].isdigit() or flat[1:2] == "£"
    risky = flat.startswith(_FORMULA) or (flat.startswith(_SIGN) and not is_number)
    return f"'{flat}" if risky else flat
