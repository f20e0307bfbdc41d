"""The versions of a pack that were issued: each is kept byte for byte, and never changes."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.wording import format_date


@dataclass(frozen=True, slots=True)
class IssuedVersion:
    """One version of a tender's pack as it is kept.

    Attributes:
        version: 1 is the first.
        sha256, size: of the bytes of the pack file.
        act: the number of the act that issued it.
        issued_on, by: the day on which it was issued, and who did.
        recorded_at: the moment at which the database took it in.
    """

    version: int
    sha256: str
    size: int
    act: int
    issued_on: date
    by: str
    recorded_at: datetime

    @property
    def words(self) -> str:
        """It in a few words: "Pack version 2, issued on 4 January 2027 by A. Okafor"."""
        return f"Pack version {self.version}, issued on {format_date(self.issued_on)} by {self.by}"


_fact = partial(Fact, revision="0017", is_typed=False)

PACK_VERSION = RecordType(
    "pack_version",
    "pack version",
    "pack versions",
    IssuedVersion,
    (
        _fact("version", "Version", FactKind.WHOLE, column="number", listed=Listed.SHOWN),
        _fact("sha256", "SHA-256", column="content_sha256", listed=Listed.SHOWN),
    ),
    name_of=lambda issued: f"pack version {issued.version}",
)
"""What is kept of a version that was issued."""
