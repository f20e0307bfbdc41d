"""What signs the papers that a council publishes: a certificate, and whose key it is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import assert_never

from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.wording import format_date


class SignerKind(Enum):
    """Whose key signs."""

    DATABASE = "database"
    """A key that the program made for a database and keeps in it."""
    COUNCIL = "council"
    """The key of a certificate that the council was given, kept under its own password."""

    @property
    def words(self) -> str:
        """Whose key it is, in a few words."""
        match self:
            case SignerKind.DATABASE:
                return "Self-made key of this database"
            case SignerKind.COUNCIL:
                return "Certificate of the council"
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says of itself.

    Attributes:
        name: whom it is issued to, as it says.
        issuer: who issued it, as it says.
        fingerprint: the SHA-256 of its bytes, as hexadecimal digits.
        valid_from, valid_until: the moments between which it is valid.
        is_self_made: whether whoever has its key issued it too, so that nobody else stands behind its name.
    """

    name: str
    issuer: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    is_self_made: bool

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether it is valid at a moment."""
        return self.valid_from <= moment <= self.valid_until

    @property
    def validity(self) -> str:
        """The days between which it is valid, in words."""
        first, last = (each.astimezone().date() for each in (self.valid_from, self.valid_until))
        return f"valid from {format_date(first)} until {format_date(last)}"

    @property
    def issued_words(self) -> str:
        """Who stands behind its name, in a few words."""
        return "self-made, nobody else vouches for it" if self.is_self_made else f"issued by {self.issuer}"

    @property
    def fingerprint_words(self) -> str:
        """Its SHA-256 in groups, to be compared by eye."""
        return in_groups(self.fingerprint)


def in_groups(fingerprint: str) -> str:
    """A fingerprint in groups of four digits, to be compared by eye."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate that signs or has signed for a database, and whose key it is."""

    kind: SignerKind
    certificate: Certificate

    @property
    def name(self) -> str:
        """Whom the certificate is issued to."""
        return self.certificate.name

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, as hexadecimal digits."""
        return self.certificate.fingerprint

    @property
    def valid_until(self) -> date:
        """The day on which the certificate ends, by the clock of this computer."""
        return self.certificate.valid_until.astimezone().date()

    @property
    def is_locked_away(self) -> bool:
        """Whether its key is kept under a password that is asked for."""
        return self.kind is SignerKind.COUNCIL


SIGNER = RecordType(
    "signer",
    "key that signs",
    "keys that sign",
    Signer,
    (
        Fact("kind", "Whose key", FactKind.CHOICE, choices=SignerKind, is_typed=False, revision="0007"),
        Fact("name", "Issued to", is_typed=False, revision="0007"),
        Fact("fingerprint", "SHA-256 of the certificate", is_typed=False, revision="0007"),
        Fact("valid_until", "Valid until", FactKind.DAY, is_typed=False, revision="0007"),
    ),
    name_of=lambda signer: signer.name,
)
"""What the history tells of a key: never the key itself."""
