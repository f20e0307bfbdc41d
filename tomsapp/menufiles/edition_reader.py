"""An edition from its folder or its bundle: a menu edition with its bytes, or every Problem that it has."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.problems import Problem, Severity, Where, has_errors
from tomsapp.menufiles.builder import THEME_FILES, build_edition
from tomsapp.menufiles.bundle_format import BUNDLE_FILE, bundle_bytes, open_bundle, sha256_of
from tomsapp.menufiles.errors import MenuFileError, problem_at, usable
from tomsapp.menufiles.files import MENU_FILE, MOST_BYTES
from tomsapp.menufiles.published import (
    PUBLISHED_FILE,
    Published,
    fix_unit_values,
    read_published,
    unit_values_of_edition,
)
from tomsapp.reading.kinds import FileKind, unexpected
from tomsapp.reading.source import decode, read_bytes
from tomsapp.reading.text_formats import parse_toml

_BUNDLES = {FileKind.BUNDLE, FileKind.JSON, FileKind.OTHER_ENCODING}
EXAMPLES_FILE = "examples.toml"
NOT_PUBLISHED = "not-published"


@dataclass(frozen=True, slots=True)
class EditionReading:
    """What came of reading an edition.

    Attributes:
        edition: the edition; None when a Problem is an error.
        bundle: its canonical bytes; empty when there is no edition.
        texts: its files, by name, without published.toml and examples.toml.
        file_of: the file of each measure code.
    """

    edition: MenuEdition | None
    problems: tuple[Problem, ...] = ()
    bundle: bytes = b""
    texts: Mapping[str, str] = field(default_factory=dict)
    file_of: Mapping[str, str] = field(default_factory=dict)

    def get_edition(self) -> MenuEdition:
        """The edition.

        Raises:
            MenuFileError: it has errors.
        """
        if self.edition is None:
            raise MenuFileError(self.problems)
        return self.edition


def read_folder(folder: Path) -> EditionReading:
    """The edition in a folder of TOML files."""
    problems: list[Problem] = []
    texts, published = {}, None
    for name in _edition_files(folder, problems):
        try:
            text = usable(decode(usable(read_bytes(folder / name, MOST_BYTES)), name, MOST_BYTES))
            if name == PUBLISHED_FILE:
                published = read_published(usable(parse_toml(text, name)), problems)
            else:
                texts[name] = text
        except MenuFileError as error:
            problems.extend(error.problems)
    return _assemble(texts, published, problems)


def read_bundle_bytes(data: bytes, name: str = BUNDLE_FILE) -> EditionReading:
    """The edition in a bundle, as a database or a single file keeps it; `name` stands in its Problems."""
    problems: list[Problem] = []
    try:
        texts, published = open_bundle(data, name, problems)
    except MenuFileError as error:
        return EditionReading(None, error.problems)
    for file in texts:
        if not _is_menu_file(file):
            message = "A bundle holds menu.toml and theme files only"
            problems.append(problem_at("unknown-file", message, "Remove it from the bundle", Where(file=file)))
    return _assemble(texts, published, problems, name)


def load_path(path: Path) -> EditionReading:
    """The edition in a folder, or in a bundle that is a single file."""
    if path.is_dir():
        return read_folder(path)
    try:
        data = usable(read_bytes(path, MOST_BYTES))
    except MenuFileError as error:
        return EditionReading(None, error.problems)
    wrong = unexpected(data, path.name, _BUNDLES, "a menu bundle")
    return EditionReading(None, (wrong,)) if wrong else read_bundle_bytes(data, path.name)


def _edition_files(folder: Path, problems: list[Problem]) -> list[str]:
    try:
        names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    except OSError as error:
        message = f"The folder cannot be read ({error.strerror or error})"
        fix = f"Check that {folder} is there and that you may open it"
        problems.append(problem_at("unreadable-file", message, fix, Where(file=folder.name)))
        return []
    for name in names:
        if not _is_menu_file(name) and name not in {PUBLISHED_FILE, EXAMPLES_FILE}:
            fix = "Name it theme-N-title.toml, or move it out of the folder"
            where = Where(file=name)
            problems.append(problem_at("unread-file", "This file is not read", fix, where, Severity.WARNING))
    return [name for name in names if _is_menu_file(name) or name == PUBLISHED_FILE]


def _is_menu_file(name: str) -> bool:
    return name == MENU_FILE or fnmatchcase(name, THEME_FILES)


def _assemble(
    texts: Mapping[str, str], published: Published | None, problems: list[Problem], file: str = PUBLISHED_FILE
) -> EditionReading:
    if has_errors(problems) and not texts:
        return EditionReading(None, tuple(problems))
    built = build_edition(texts)
    problems.extend(built.problems)
    edition = built.edition
    bundle = b""
    if published:
        bundle = bundle_bytes(texts, published.published_on, published.unit_values)
        if sha256_of(bundle) != published.sha256:
            problems.append(_changed(published))
        edition = fix_unit_values(edition, published, problems, file) if edition else None
    elif edition:
        bundle = bundle_bytes(texts, None, unit_values_of_edition(edition))
        if edition.status is EditionStatus.PUBLISHED:
            problems.append(_unpublished(edition))
    if edition is None or has_errors(problems):
        return EditionReading(None, tuple(problems), b"", texts, built.file_of)
    edition = replace(edition, sha256=sha256_of(bundle))
    return EditionReading(edition, tuple(problems), bundle, texts, built.file_of)


def _changed(published: Published) -> Problem:
    return problem_at(
        "published-edition-changed",
        "This is a published edition whose bytes changed: they no longer give the SHA-256 "
        f"{published.sha256[:12]}… of {published.published_on}",
        "Put the files back as they were published, or make the change in a new edition: a copy of the folder with "
        'another edition name, status = "draft" and no published.toml',
        Where(file=PUBLISHED_FILE, field="sha256"),
    )


def _unpublished(edition: MenuEdition) -> Problem:
    return problem_at(
        NOT_PUBLISHED,
        f"{edition.name} says that it is published, but its unit values were never fixed: published.toml is missing",
        'Put published.toml back, or run tomsapp menu publish, or set status = "draft"',
        Where(file=MENU_FILE, field="status"),
    )
