"""What is kept of a file that came in, so that nobody has to take its name for it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from tomsapp.domain.problems import Problem
from tomsapp.domain.wording import plural
from tomsapp.reading.kinds import FileKind, kind_of


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file as it came in.

    Attributes:
        sha256: of its bytes: a file with another one is another file, whatever it is called.
        size: in bytes.
        received_at: when this program read it.
        problems: what is wrong with the file itself.
    """

    name: str
    sha256: str
    size: int
    received_at: datetime
    kind: FileKind
    problems: tuple[Problem, ...] = ()

    @property
    def words(self) -> str:
        """One line for the history and the command line."""
        return self._told(self.sha256)

    @property
    def short_words(self) -> str:
        """One line where there is little room: the SHA-256 by its first and last digits."""
        return self._told(f"{self.sha256[:8]}…{self.sha256[-4:]}")

    def _told(self, sha256: str) -> str:
        parts = [self.kind.value, plural(self.size, "byte")]
        if self.problems:
            parts.append(plural(len(self.problems), "problem"))
        return f"{self.name}: {', '.join(parts)}, read {self.received_at:%Y-%m-%d %H:%M %Z}, SHA-256 {sha256}"


def receipt_of(
    data: bytes,
    name: str,
    received_at: datetime,
    problems: tuple[Problem, ...] = (),
    kind: FileKind | None = None,
) -> Receipt:
    """The receipt of a file that was read whole; `kind` is what the file is, where that was looked at already."""
    return Receipt(name, sha256(data).hexdigest(), len(data), received_at, kind or kind_of(data), problems)
