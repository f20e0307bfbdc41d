"""How a kept file is told: its short SHA-256, its size and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.wording import format_date

if TYPE_CHECKING:
    from tomsapp.domain.delivery.evidence import StoredFile

CHANGED = "Changed since it was attached"
WHOLE = "still as it was attached"


def file_words(stored: StoredFile) -> str:
    """A file in a line: "SHA-256 9f3a41c0 … 7b2e, 38 KB", and where its bytes are gone, when, by whom and why."""
    size = f"{-(-stored.size // 1000):,} KB"
    gone = ""
    if stored.removed_on is not None:
        by = f" by {stored.removed_by}" if stored.removed_by else ""
        gone = f". Deleted on {format_date(stored.removed_on)}{by}: {stored.removed_because}"
    return f"SHA-256 {stored.short_hash}, {size}{gone}"
