"""The signature of a pack as a file, `.tomssig`: what is signed, the key, and the signature. See docs/formats.md.

The signature stands in the second line. What is signed is the file without that line, so that anybody can check it with
other programs. A file that is written in any other way than here is refused: what is read is what was signed.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tomsapp.domain.facts import MOST_LINE
from tomsapp.domain.file_names import is_file_name
from tomsapp.domain.signs import name_fault
from tomsapp.domain.tender.pack import PackIdentity
from tomsapp.domain.tender.pack_signature import PackKey, PackStatement, SignedFile, SignedPack
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.record_json import NoRecord, table_in, text_in
from tomsapp.reading.text_formats import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomsapp.reading.text_formats import Values

SIGNATURE_FORMAT = "tomsapp-pack-signature-1"
SIGNATURE_ENDING = ".tomssig"
MOST_BYTES = 1_000_000
"""The largest signature that is read."""

_MOST_FILES = 2_000
_NO_OFFSET = timedelta(0)
_FIRST_YEAR, _LAST_YEAR = 2000, 9998
"""Years that a clock can show in any zone, and that no pack was signed before."""
_LENGTH = 64
_SHA256 = re.compile("[0-9a-f]{64}")
_AGAIN = "Download it again from where the tender is published"


def signed_content(statement: PackStatement) -> bytes:
    """The bytes that are signed; the same for the same statement."""
    return to_json(_values(statement))


def write_signature(signed: SignedPack) -> bytes:
    """The file of a signature; the same bytes for the same signature."""
    told = b64encode(signed.signature).decode("ascii")
    return to_json({"signature": told, **_values(signed.statement)})


def _values(statement: PackStatement) -> dict[str, object]:
    identity = statement.identity
    return {
        "format": SIGNATURE_FORMAT,
        "council": statement.council,
        "tender": identity.reference,
        "version": identity.version,
        "sha256": identity.sha256,
        "signed_at": statement.signed_at.isoformat(),
        "signed_by": statement.signed_by,
        "public_key": statement.key.public,
        "fingerprint": statement.key.fingerprint,
        "files": [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in statement.files],
    }


def read_signature(data: bytes, file: str) -> SignedPack:
    """The signature in the bytes of a file.

    Raises:
        OfferUnreadable: it is not strict JSON, or no signature of a pack.
    """
    return signature_in(usable(read_json(data, file, MOST_BYTES)), data, file)


def signature_in(values: Values, data: bytes, file: str) -> SignedPack:
    """The signature in the values that were read of a file with these bytes; whether it holds is another question.

    Raises:
        OfferUnreadable: as `read_signature`.
    """
    if values.get("format") != SIGNATURE_FORMAT:
        raise OfferUnreadable(f"{file} is no signature of a pack ({SIGNATURE_FORMAT})", _AGAIN)
    try:
        signed = SignedPack(_statement(values), _signature(values))
    except NoRecord as error:
        raise OfferUnreadable(f"{file} cannot be read: {error.message}", _AGAIN) from error
    if write_signature(signed) != data:
        raise OfferUnreadable(f"{file} holds more than a signature does, or holds it in another form", _AGAIN)
    return signed


def _statement(values: Mapping[str, object]) -> PackStatement:
    found = values.get("files")
    if not isinstance(found, list) or not 1 <= len(found) <= _MOST_FILES:
        raise NoRecord("“files” is no list of the files of a pack")
    statement = PackStatement(
        _line(values, "council"),
        PackIdentity(_line(values, "tender"), _whole(values, "version", 1), _digest(values)),
        _moment(text_in(values, "signed_at")),
        _line(values, "signed_by"),
        tuple(map(_file, found)),
        PackKey(_line(values, "public_key"), _line(values, "fingerprint")),
    )
    if len({file.name.casefold() for file in statement.files}) < len(statement.files):
        raise NoRecord("A file stands in it twice")
    if statement.pack_file is None:
        raise NoRecord("The pack file is not among its files")
    return statement


def _file(values: object) -> SignedFile:
    held = table_in(values)
    name = _line(held, "name")
    # A name is looked for in the folder of the signature, and must not lead out of it.
    if not is_file_name(name):
        raise NoRecord("A file has a name that a file of a pack cannot have")
    return SignedFile(name, _whole(held, "size", 0), _digest(held))


def _line(values: Mapping[str, object], name: str) -> str:
    text = text_in(values, name)
    if len(text) > MOST_LINE or (text and name_fault(text)):
        raise NoRecord(f"“{name}” is no plain line of text")
    return text


def _digest(values: Mapping[str, object]) -> str:
    text = text_in(values, "sha256")
    if not _SHA256.fullmatch(text):
        raise NoRecord("A SHA-256 is none")
    return text


def _whole(values: Mapping[str, object], name: str, least: int) -> int:
    number = values.get(name)
    if type(number) is not int or number < least:
        raise NoRecord(f"“{name}” is no number from {least} on")
    return number


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoRecord("“signed_at” is no moment") from error
    if moment.utcoffset() != _NO_OFFSET or moment.microsecond or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise NoRecord("“signed_at” is no moment of UTC in whole seconds")
    return moment


def _signature(values: Mapping[str, object]) -> bytes:
    try:
        signature = b64decode(text_in(values, "signature"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoRecord("“signature” is no Base64") from error
    if len(signature) != _LENGTH:
        raise NoRecord(f"“signature” has {len(signature)} bytes, and not {_LENGTH}")
    return signature
