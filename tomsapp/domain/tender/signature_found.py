"""What was found of the signature of a pack, in the words that a bidder reads.

Three things are said apart: whether the files are as they were signed, with which key, and what the key is known as. A
pack without a signature is as good as one with it, so nothing is said of its absence where nobody asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import assert_never

from tomsapp.domain.tender.pack_signature import PackStatement
from tomsapp.domain.wording import listed, plural

NOT_SIGNED = "The pack is not signed, and needs no signature."
SIGNATURES_OF_OTHERS = "The pack is not signed. What stands beside it is of other files:"
COMPARE = (
    "Anybody can make a key and write any name into a signature. Compare the fingerprint with the one that the council "
    "publishes elsewhere, such as on its own website or in the notice."
)
_AGAIN = "Download the pack again from where the tender is published, and ask the council if it stays so."
_OTHER_KEY = (
    "Do not rely on it: ask the council with which key it signs, and download the pack again from where the tender is "
    "published."
)
_RENAMED = "If it is meant to be that one, it was changed since it was signed, and renamed."
_FILLED_IN = "A workbook differs as soon as somebody fills it in and saves it under its old name."
_MOST_NAMED = 10
_WORKBOOK = ".xlsx"


class SignatureState(Enum):
    """What a signature proves of the files beside it."""

    UNCHANGED = auto()
    CHANGED = auto()
    """It holds, and a file is another than the one that was signed."""
    BROKEN = auto()
    """It is not of what it says, or not by the key that it names."""
    UNREADABLE = auto()
    OF_ANOTHER = auto()
    """It stands beside the pack, and is of a file with another name and other bytes."""


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """A signature that stands beside a pack, and what was found of it.

    Attributes:
        file: the name of its file.
        statement: what it says was signed; None where it cannot be read.
        same, changed, missing: the files that it names, by whether they are here as they were signed.
        unsigned: files here that are called as those of the pack are, and were not signed with it.
        why: why it cannot be read.
        known_as: what its key is known as, in sentences; where none is, it is to be compared.
        is_other_key: whether it was held to the keys of the council, and is by another.
    """

    file: str
    state: SignatureState
    statement: PackStatement | None = None
    same: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    why: str = ""
    known_as: tuple[str, ...] = ()
    is_other_key: bool = False

    @property
    def is_refuted(self) -> bool:
        """Whether something speaks against the files or against the key."""
        return self.state is not SignatureState.UNCHANGED or self.is_other_key

    @property
    def is_worrying(self) -> bool:
        """Whether whoever opens the pack should know it first: more than a workbook that was filled in."""
        return self.is_other_key or (self.is_refuted and not self._is_filled_in)

    @property
    def headline(self) -> str:
        """What it comes to, in a sentence."""
        match self.state:
            case SignatureState.UNCHANGED:
                count = plural(len(self.same), "file")
                if self.is_other_key:
                    return f"The pack is signed with another key than the council’s: {count} here {_are(self.same)} so."
                return f"The pack is signed, and unchanged since: {count} here {_are(self.same)} as signed."
            case SignatureState.CHANGED:
                return f"The pack was changed since it was signed: {_named(self.changed)}."
            case SignatureState.BROKEN:
                return f"The signature {self.file} does not hold: it was changed, or is damaged. It proves nothing."
            case SignatureState.UNREADABLE:
                return f"The signature {self.file} cannot be read, so it proves nothing. {self.why}."
            case SignatureState.OF_ANOTHER:
                return f"The signature {self.file} is of {self._signed_name}, and not of this file."
            case _:
                assert_never(self.state)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is to be said of it."""
        return (self.headline, *filter(None, (self.remedy,)), *self._files(), *self._key())

    @property
    def remedy(self) -> str:
        """What is to be done or known where the files do not stand as they were signed; else empty."""
        if self.is_other_key:
            return _OTHER_KEY
        match self.state:
            case SignatureState.UNCHANGED:
                return ""
            case SignatureState.OF_ANOTHER:
                return f"{_RENAMED} {_AGAIN}"
            case SignatureState.CHANGED | SignatureState.BROKEN | SignatureState.UNREADABLE:
                return _FILLED_IN if self._is_filled_in else _AGAIN
            case _:
                assert_never(self.state)

    @property
    def _signed_name(self) -> str:
        """The pack file that was signed, by its name."""
        named = None if self.statement is None else self.statement.pack_file
        return "another" if named is None else named.name

    @property
    def _is_filled_in(self) -> bool:
        return bool(self.changed) and all(name.lower().endswith(_WORKBOOK) for name in self.changed)

    def _files(self) -> Iterator[str]:
        if self.missing:
            yield f"Not in this folder, so not compared: {_named(self.missing)}."
        if self.unsigned:
            yield f"In this folder, and not among what was signed: {_named(self.unsigned)}."

    def _key(self) -> Iterator[str]:
        if self.statement is None or self.state in {SignatureState.BROKEN, SignatureState.OF_ANOTHER}:
            return
        statement = self.statement
        yield f"The fingerprint of the key is {statement.key.words}"
        whose = f"for {statement.council}, " if statement.council else ""
        yield f"The signature says: {whose}{statement.signed_words}, by the clock of that computer."
        yield from self.known_as or (COMPARE,)


def not_signed_with(key_name: str) -> str:
    """What is said where a key was named, and it has not signed the pack."""
    return f"The pack is not signed with the key in {key_name}, as was asked for."


def not_vouched_for(key_name: str, names: Sequence[str]) -> str:
    """What is said where a key was named, and files stand with the pack that it has not signed."""
    return f"The key in {key_name} has not signed {_named(names)}."


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _named(names: Sequence[str]) -> str:
    """Files by name, up to a number."""
    more = len(names) - _MOST_NAMED
    return listed([*names[:_MOST_NAMED], *([plural(more, "more file", "more files")] if more > 0 else [])])
