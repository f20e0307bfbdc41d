"""Menus: what is installed, what is wrong with an edition, what changed, export and publication.

An edition is named as people write it, `barnet-open/2026.2`; `barnet-open` alone is the one in force on the day; a
path names a folder or a bundle that need not be installed.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tomsapp.domain.errors import MenuError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem
from tomsapp.menufiles import publishing
from tomsapp.menufiles.catalogue import Catalogue, EditionSummary
from tomsapp.menufiles.diff import EditionChanges, FieldChange, ValueChange, compare_editions
from tomsapp.menufiles.edition_reader import EditionReading, load_path
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.export import HEADS, edition_csv, edition_rows
from tomsapp.menufiles.files import write_whole
from tomsapp.menufiles.linting import lint_path
from tomsapp.services.strange_menus import lint_stranger

__all__ = [
    "HEADS",
    "Attribution",
    "Catalogue",
    "EditionChanges",
    "EditionSummary",
    "FieldChange",
    "MenuFileError",
    "ValueChange",
    "attributions",
    "compare",
    "edition_rows",
    "editions",
    "export_bundle",
    "export_csv",
    "find",
    "find_reading",
    "lint",
    "load",
    "publish",
]


def editions(catalogue: Catalogue) -> list[EditionSummary]:
    """Every installed edition, also those that cannot be used."""
    return catalogue.editions()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where figures of the menus were published, and what its licence asks to be said."""

    title: str
    publisher_and_year: str
    licence: str
    attribution: str
    address: str


def attributions(catalogue: Catalogue) -> list[Attribution]:
    """Every source of the installed menus that can be read, once, by title."""
    found: dict[tuple[str, str], Attribution] = {}
    for code, name in catalogue.names():
        edition = catalogue.read(code, name).edition
        if edition is None:
            continue
        deflator = (edition.deflator.source,) if edition.deflator else ()
        for source in (*edition.sources, *deflator):
            published = ", ".join(part for part in (source.publisher, source.year) if part)
            found[source.title, source.year] = Attribution(
                source.title, published, source.licence, source.attribution, source.address
            )
    return sorted(found.values(), key=lambda one: one.title.casefold())


def load(catalogue: Catalogue, code: str, edition: str) -> MenuEdition:
    """An installed edition.

    Raises:
        MenuError: it is not installed or has errors.
    """
    return catalogue.load(code, edition)


def find(catalogue: Catalogue, name: str, today: date) -> MenuEdition:
    """The edition that a person named.

    Raises:
        MenuError: there is none, or it has errors.
    """
    return find_reading(catalogue, name, today).get_edition()


def find_reading(catalogue: Catalogue, name: str, today: date) -> EditionReading:
    """The edition that a person named, with its bytes and its Problems.

    Raises:
        MenuError: there is none.
        RoomError: a file that is not installed took too much memory or time, or ended what read it.
    """
    path = _outside_path(catalogue, name)
    if path is None:
        return catalogue.read(*_installed(catalogue, name, today))
    lint_stranger(path, today)
    return load_path(path)


def lint(catalogue: Catalogue, name: str, today: date) -> tuple[Problem, ...]:
    """Everything that can be said against the edition that a person named: errors, warnings and notes.

    Raises:
        MenuError: there is no such edition, file or folder.
    """
    path = _outside_path(catalogue, name)
    if path is not None:
        return lint_stranger(path, today)
    code, edition = _installed(catalogue, name, today)
    seen_by_catalogue = catalogue.read(code, edition).problems
    found = lint_path(catalogue.paths(code, edition)[0], today)
    # What only the catalogue sees: a folder of another name, copies that differ.
    return (*found, *(problem for problem in seen_by_catalogue if problem not in found))


def compare(catalogue: Catalogue, before: str, after: str, today: date) -> EditionChanges:
    """What changed from one edition to another.

    Raises:
        MenuError: one of them is missing or has errors.
    """
    return compare_editions(find(catalogue, before, today), find(catalogue, after, today))


def export_csv(catalogue: Catalogue, name: str, target: Path, today: date) -> None:
    """Write an edition as a CSV table.

    Raises:
        MenuError: it is missing, has errors, or the file cannot be written.
    """
    write_whole(target, edition_csv(find(catalogue, name, today)))


def export_bundle(catalogue: Catalogue, name: str, target: Path, today: date) -> None:
    """Write an edition as a bundle: one file that another machine reads as the same edition, with the same SHA-256.

    Raises:
        MenuError: it is missing, has errors, or the file cannot be written.
    """
    reading = find_reading(catalogue, name, today)
    reading.get_edition()
    write_whole(target, reading.bundle)


def publish(catalogue: Catalogue, name: str, published_on: date) -> MenuEdition:
    """Fix the unit values of a draft edition, from then on unchangeable.

    Raises:
        MenuError: it is published already, has errors, or cannot be written.
    """
    folder = _outside_path(catalogue, name)
    if folder is None:
        code, edition = _code_and_edition(name)
        if not edition:
            raise MenuError(f"“{name}” does not name an edition", f"Name the edition to publish, such as {name}/2026.2")
        catalogue.read(code, edition)
        folder = catalogue.paths(code, edition)[0]
    return publishing.publish(folder, published_on)


def _outside_path(catalogue: Catalogue, name: str) -> Path | None:
    """The path that a name stands for; None when it names an installed menu or nothing that is there."""
    is_menu = name in {code for code, _ in catalogue.names()}
    return Path(name) if not is_menu and _is_there(name) else None


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except OSError:  # such as a name too long for the file system
        return False


def _installed(catalogue: Catalogue, name: str, today: date) -> tuple[str, str]:
    code, edition = _code_and_edition(name)
    return code, edition or catalogue.in_force(code, today).edition


def _code_and_edition(name: str) -> tuple[str, str]:
    code, _, edition = name.partition("/")
    if not code or "/" in edition or "\\" in name:
        raise MenuError(f"There is no file or folder {name}", "Check the path, or name an edition: barnet-open/2026.2")
    return code, edition
