"""What a tender received before: each file by what it is known by, and which came after another of the same bidder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.tender.receipt import ReceivedFile


class ReceivedBefore:
    """What was received before: each file by its SHA-256, with every receipt that it has."""

    def __init__(self, received: Sequence[tuple[int, ReceivedFile]]) -> None:
        self.files = [file for _, file in received]
        self.last = max((file.number for file in self.files), default=0)
        self.by_sha: dict[str, list[tuple[int, ReceivedFile]]] = {}
        for file_id, file in received:
            self.by_sha.setdefault(file.sha256, []).append((file_id, file))

    def was_followed(self, file: ReceivedFile) -> bool:
        """Whether another complete file of its bidder and lot was received after it."""
        later = (each for each in self.files if each.number > file.number and each.is_complete)
        return file.is_complete and any(of_whom(each) == of_whom(file) for each in later)


def of_whom(file: ReceivedFile) -> tuple[str, int | None]:
    """Whose it is, and of which lot."""
    return file.supplier, file.lot
