"""Publishing an edition: its unit values are fixed, and from then on it never changes."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tomsapp.domain.errors import MenuError
from tomsapp.domain.file_names import is_file_name
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.problems import has_errors
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.bundle_format import bundle_bytes, sha256_of
from tomsapp.menufiles.edition_reader import NOT_PUBLISHED, EditionReading, read_folder
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.files import MENU_FILE, write_whole
from tomsapp.menufiles.linting import lint_path
from tomsapp.menufiles.published import PUBLISHED_FILE, Published, plain_unit_values, unit_values_of_edition

_STATUS_LINE = re.compile(r'^status\s*=\s*["\']draft["\']', re.MULTILINE)
_HEADER = (
    "# Written by tomsapp menu publish. Do not edit: contracts are valued with these unit values,\n"
    "# and the SHA-256 shows whether a file of this edition was changed afterwards.\n"
)


def publish(folder: Path, published_on: date) -> MenuEdition:
    """Fix the unit values of the edition in `folder` and write `published.toml`; a draft becomes published.

    Raises:
        MenuError: it is published already, has errors (`MenuFileError`) or cannot be written.
    """
    if (folder / PUBLISHED_FILE).exists():
        fix = "Make the change in a new edition: a copy of the folder with another edition name and no published.toml"
        raise MenuError(f"{folder} is published already, and a published edition never changes", fix)
    problems = [problem for problem in lint_path(folder, published_on) if problem.code != NOT_PUBLISHED]
    if has_errors(problems):
        raise MenuFileError(problems)
    texts = dict(read_folder(folder).texts)
    texts[MENU_FILE] = _STATUS_LINE.sub('status = "published"', texts[MENU_FILE], count=1)
    edition = build_edition(texts).edition
    if edition is None or edition.status is not EditionStatus.PUBLISHED:
        raise MenuError(f"{folder} cannot be published", 'Write status = "draft" on a line of its own in menu.toml')
    unit_values = unit_values_of_edition(edition)
    sha256 = sha256_of(bundle_bytes(texts, published_on, unit_values))
    write_whole(folder / MENU_FILE, texts[MENU_FILE].encode())
    write_whole(folder / PUBLISHED_FILE, published_text(Published(published_on, sha256, unit_values)).encode())
    return read_folder(folder).get_edition()


def folder_files(reading: EditionReading) -> dict[str, str]:
    """The files, by name, of a folder from which the same edition with the same SHA-256 is read.

    Raises:
        MenuError: the edition has errors, or one of its file names would lead out of the folder.
    """
    edition = reading.get_edition()
    files = dict(reading.texts)
    if edition.published_on is not None:
        files[PUBLISHED_FILE] = published_text(_publication_of(edition, edition.published_on))
    for name in files:
        if not is_file_name(name):
            raise MenuError(f"“{name}” is not a file name", "Export the edition again with tomsapp menu export")
    return files


def _publication_of(edition: MenuEdition, published_on: date) -> Published:
    values = unit_values_of_edition(edition)
    return Published(published_on, edition.sha256, values, edition.withdrawn_on, edition.withdrawn_because)


def published_text(published: Published) -> str:
    """The text of `published.toml`, with the withdrawal of an edition that was withdrawn."""
    plain = plain_unit_values(published.unit_values)
    single = [f"{code} = {json.dumps(value)}" for code, value in plain.items() if isinstance(value, str)]
    first = [f"published_on = {published.published_on.isoformat()}", f'sha256 = "{published.sha256}"']
    head = [*first, *_withdrawal(published), "", "[unit_values]", *single]
    dated = [_dated_table(code, values) for code, values in plain.items() if isinstance(values, Mapping)]
    return _HEADER + "\n".join(head + dated) + "\n"


def _withdrawal(published: Published) -> list[str]:
    if published.withdrawn_on is None:
        return []
    because = json.dumps(published.withdrawn_because, ensure_ascii=False)
    return [f"withdrawn_on = {published.withdrawn_on.isoformat()}", f"withdrawn_because = {because}"]


def _dated_table(code: str, values: Mapping[str, str]) -> str:
    return "\n".join(["", f"[unit_values.{code}]", *(f'"{year}" = "{value}"' for year, value in values.items())])
