"""The signature of a pack: which bytes a council vouches for, with which key, when and by whom.

No pack needs one. It stands beside the files of the pack and changes none of them. Anybody can make a key and write any
name into a signature, so what it proves hangs on the fingerprint, which is compared with the one the council publishes.

Source: docs/decisions/053-signing-a-pack.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256

from tomsapp.domain.facts import Fact, FactKind, Listed
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.signer import in_groups
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.wording import format_moment


@dataclass(frozen=True, slots=True)
class PackKey:
    """The public half of a key that signs packs.

    Attributes:
        public: its bytes as they are published (SubjectPublicKeyInfo, DER), in Base64.
        fingerprint: their SHA-256, as hexadecimal digits.
    """

    public: str
    fingerprint: str

    @property
    def words(self) -> str:
        """The fingerprint in groups, to be compared by eye."""
        return in_groups(self.fingerprint)


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file of a pack as it was signed."""

    name: str
    size: int
    sha256: str

    def is_of(self, data: bytes) -> bool:
        """Whether these are the bytes that were signed."""
        return len(data) == self.size and sha256(data).hexdigest() == self.sha256


@dataclass(frozen=True, slots=True)
class PackStatement:
    """What is signed.

    Attributes:
        identity: of the pack; the pack file itself is one of `files`.
        files: all that goes out with the pack, the signature apart.
        signed_at: the moment, by the clock of the computer that signed, in whole seconds.
        signed_by: who worked at it, as that computer says.
    """

    council: str
    identity: PackIdentity
    signed_at: datetime
    signed_by: str
    files: tuple[SignedFile, ...]
    key: PackKey

    @property
    def pack_file(self) -> SignedFile | None:
        """The pack file among the files; None where none has its SHA-256."""
        return next((file for file in self.files if file.sha256 == self.identity.sha256), None)

    @property
    def signed_words(self) -> str:
        """When and by whom: "signed on 4 January 2027, 09:30 by A. Okafor"."""
        return f"signed on {format_moment(self.signed_at)} by {self.signed_by}"

    def covers(self, files: Mapping[str, bytes]) -> bool:
        """Whether exactly these files were signed, byte for byte."""
        return len(self.files) == len(files) and all(
            file.name in files and file.is_of(files[file.name]) for file in self.files
        )


@dataclass(frozen=True, slots=True)
class SignedPack:
    """A statement with its signature; whether that holds is asked of `signing.packs`."""

    statement: PackStatement
    signature: bytes


def signed_files(files: Mapping[str, bytes]) -> tuple[SignedFile, ...]:
    """The files of a pack as they are signed, in their order."""
    return tuple(SignedFile(name, len(data), sha256(data).hexdigest()) for name, data in files.items())


@dataclass(frozen=True, slots=True)
class KeptPackSignature:
    """What the history tells of a signature: the version of the pack, the key, and the SHA-256 of its file."""

    version: int
    fingerprint: str
    sha256: str


_fact = partial(Fact, revision="0022", is_typed=False)

PACK_KEY = RecordType(
    "pack_key",
    "key that signs packs",
    "keys that sign packs",
    PackKey,
    (
        _fact("fingerprint", "Fingerprint (SHA-256)", most=64),
        _fact("public", "Public key", column="public_key"),
    ),
    name_of=lambda key: f"key {key.fingerprint[:8]}",
)
"""What the history tells of a key that signs packs: never the key itself."""

PACK_SIGNATURE = RecordType(
    "pack_signature",
    "signature of a pack",
    "signatures of packs",
    KeptPackSignature,
    (
        _fact("version", "Version", FactKind.WHOLE, column="number", listed=Listed.SHOWN),
        _fact("fingerprint", "Fingerprint of the key", most=64, listed=Listed.SHOWN),
        _fact("sha256", "SHA-256", column="content_sha256", most=64),
    ),
    name_of=lambda kept: f"signature of pack version {kept.version}",
)
"""What is kept of a pack that was signed."""
