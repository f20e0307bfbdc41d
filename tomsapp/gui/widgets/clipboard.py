"""Text that a spreadsheet takes from the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_RISKY = ("=", "+", "-", "@")


def table_text(lines: Iterable[Sequence[str]]) -> str:
    """Tab-separated lines; text that a spreadsheet would read as a formula gets an apostrophe."""
    return "\n".join("\t".join(_cell(text) for text in line) for line in lines)


def _cell(text: str) -> str:
    flat = " ".join(text.split("\t")).replace("\r", " ").replace("\n", " ")
    is_number = flat[1:2].isdigit() or flat[1:2] == "£"
    return f"'{flat}" if flat.startswith(_RISKY) and not is_number else flat
