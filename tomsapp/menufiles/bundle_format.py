"""An edition as one run of bytes: canonical JSON, known by its SHA-256, for a database or a single file."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from tomsapp.domain.problems import Problem, Where
from tomsapp.menufiles.errors import MenuFileError, problem_at
from tomsapp.menufiles.fields import FieldReader
from tomsapp.menufiles.published import Published, UnitValues, plain_unit_values, read_unit_values
from tomsapp.menufiles.toml_reader import decode

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


def _json_object(data: bytes, name: str) -> dict[str, object]:
    text = decode(data, name)
    try:
        content = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        message = f"The file is not a menu bundle: {error}"
        raise MenuFileError([problem_at("invalid-bundle", message, _FIX, Where(file=name))]) from None
    if not isinstance(content, dict):
        message = "The file is not a menu bundle: it holds no object"
        raise MenuFileError([problem_at("invalid-bundle", message, _FIX, Where(file=name))])
    return content


_FIX = "Export the edition again with tomsapp menu export"


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a key stands twice")
    return content
