"""An edition as one run of bytes: canonical JSON, known by its SHA-256, for a database or a single file."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from tomsapp.domain.problems import Problem, Where
from tomsapp.menufiles.errors import problem_at, usable
from tomsapp.menufiles.files import MOST_BYTES
from tomsapp.menufiles.published import Published, UnitValues, plain_unit_values, read_unit_values
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values, read_json

BUNDLE_FILE = "menu bundle"


def bundle_bytes(texts: Mapping[str, str], published_on: date | None, unit_values: UnitValues) -> bytes:
    """The canonical bytes: sorted keys, no spaces, UTF-8, line feeds."""
    content = {
        "files": dict(texts),
        "published_on": published_on.isoformat() if published_on else "",
        "unit_values": plain_unit_values(unit_values),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256_of(bundle: bytes) -> str:
    """The SHA-256 by which an edition is known."""
    return sha256(bundle).hexdigest()


def open_bundle(data: bytes, name: str, problems: list[Problem]) -> tuple[dict[str, str], Published | None]:
    """The texts of a bundle by file name and its publication (None: a draft). `name` stands in Problems.

    Raises:
        MenuFileError: the bytes are not a JSON object.
    """
    reader = FieldReader(_json_object(data, name), Where(file=name), problems)
    files, values, day = reader.table("files"), reader.table("unit_values"), reader.text("published_on")
    texts = _read_texts(files) if files else {}
    unit_values = read_unit_values(values) if values else {}
    reader.finish()
    if not day:
        return texts, None
    try:
        published_on = date.fromisoformat(day)
    except ValueError:
        reader.report("wrong-type", "“published_on” is not a date", "Write a date, such as 2026-04-01", "published_on")
        return texts, None
    return texts, Published(published_on, sha256_of(bundle_bytes(texts, published_on, unit_values)), unit_values)


def _read_texts(files: FieldReader) -> dict[str, str]:
    return {name: text for name in files.free_keys() if (text := files.raw_text(name)) is not None}


def _json_object(data: bytes, name: str) -> Values:
    content = read_json(data, name, MOST_BYTES)
    if isinstance(content, Problem) and content.code not in {"wrong-encoding", "file-too-large"}:
        message = f"The file is not a menu bundle: {content.message[0].lower()}{content.message[1:]}"
        content = problem_at("invalid-bundle", message, _FIX, Where(file=name))
    return usable(content)


_FIX = "Export the edition again with tomsapp menu export"
