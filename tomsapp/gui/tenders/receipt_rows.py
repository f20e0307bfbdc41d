"""The columns of the list of receipts: when each file came, whose it is, by what it is known, what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from tomsapp.domain.tender.deadline import moment_words
from tomsapp.domain.tender.receipt import ReceivedFile, Standing
from tomsapp.gui.models.column import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from tomsapp.services.tenders.receipts import ListedReceipt

RECEIPT_LINK, LOT = "receipt", "lot"
_NONE = "–"
LOOKS: dict[Standing, tuple[str, str]] = {
    Standing.COUNTS: ("circle-check", "success"),
    Standing.COUNTS_OLD_PACK: ("info", "info"),
    Standing.ADMITTED_LATE: ("circle-check", "success"),
    Standing.REPLACED: ("history", "text_muted"),
    Standing.LATE: ("clock", "warning"),
    Standing.REFUSED: ("octagon-alert", "danger"),
    Standing.NOT_FINISHED: ("triangle-alert", "warning"),
}
"""The icon and the tone of what becomes of a file."""


class ReceiptRow(NamedTuple):
    """A receipt as the list shows it, by the clock of the tender's zone."""

    listed: ListedReceipt
    words: str
    below: str
    place: tzinfo | None

    @property
    def file(self) -> ReceivedFile:
        """The file that was received."""
        return self.listed.judged.file

    @property
    def standing(self) -> Standing:
        """What becomes of it."""
        return self.listed.judged.standing

    @property
    def came_at(self) -> datetime:
        """The moment that decides whether it is in time."""
        return self.file.came_at.astimezone(UTC)

    @property
    def is_quiet(self) -> bool:
        """Whether it is out of the running."""
        return self.standing in {Standing.REFUSED, Standing.REPLACED}

    @property
    def sentence(self) -> str:
        """The row as it is read out: "Receipt 2, 21 January 2027, 15:58:02, Meridian Ltd, Counts"."""
        who = self.file.supplier or "not known who sent it"
        return f"Receipt {self.file.number}, {moment_words(self.file.came_at, self.place)}, {who}, {self.words}"


def _came(row: ReceiptRow) -> str:
    there = row.file.came_at.astimezone(row.place)
    return f"{there.day} {there:%b}  {there:%H:%M:%S}"


def _clock(row: ReceiptRow) -> str:
    return "Our time" if row.file.portal_at is None else "The portal’s time"


def _folder(row: ReceiptRow) -> str:
    folder = PurePosixPath(row.file.name).parent.as_posix()
    return "" if folder == "." else folder


def short_sha(sha256: str) -> str:
    """The first eight and the last four signs: "04ee 93b7 … c518"."""
    return f"{sha256[:4]} {sha256[4:8]} … {sha256[-4:]}"


def _tone(row: ReceiptRow) -> str:
    return "text_muted" if row.is_quiet else "text"


def _number(number: int | None) -> str:
    return _NONE if number is None else str(number)


def _number_key(of: Callable[[ReceiptRow], int | None]) -> Callable[[ReceiptRow], int]:
    return lambda row: of(row) or 0


COLUMNS: tuple[Column[ReceiptRow], ...] = (
    Column(
        "came",
        "Received",
        _came,
        sort_key=lambda row: (row.came_at, row.file.number),
        width=140,
        second_line=_clock,
        accessible=lambda row: row.sentence,
        tone=_tone,
        can_hide=False,
    ),
    Column("file", "File", lambda row: PurePosixPath(row.file.name).name, second_line=_folder, tone=_tone),
    Column("from", "From", lambda row: row.file.supplier or "Not known", width=196, tone=_tone),
    Column(
        LOT,
        "Lot",
        lambda row: _number(row.file.lot),
        sort_key=_number_key(lambda row: row.file.lot),
        width=46,
        tone=_tone,
    ),
    Column(
        "sha256",
        "SHA-256",
        lambda row: short_sha(row.file.sha256),
        width=152,
        accessible=lambda row: f"SHA-256 {row.file.sha256}",
        tone=lambda _row: "text_muted",
    ),
    Column(
        "pack",
        "Pack",
        lambda row: _number(row.file.pack_version),
        sort_key=_number_key(lambda row: row.file.pack_version),
        width=56,
        tone=_tone,
    ),
    Column(
        "becomes",
        "What happens to it",
        lambda row: row.words,
        width=312,
        second_line=lambda row: row.below,
        tone=lambda row: LOOKS[row.standing][1],
        icon=lambda row: LOOKS[row.standing][0],
        is_strong=True,
        can_hide=False,
    ),
    Column(
        RECEIPT_LINK,
        "Receipt",
        lambda _row: "Receipt",
        align="right",
        width=76,
        accessible=lambda row: f"Open receipt {row.file.number}",
        is_link=True,
        is_searched=False,
    ),
)
