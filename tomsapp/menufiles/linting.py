"""Everything that can be said against an edition: errors of its files, the reviewer's rules and its worked cases."""

from datetime import date
from pathlib import Path

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Problem
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.checks import check_edition
from tomsapp.menufiles.edition_reader import EXAMPLES_FILE, load_path
from tomsapp.menufiles.errors import MenuFileError, usable
from tomsapp.menufiles.examples import WorkedCase, check_case, read_cases
from tomsapp.menufiles.files import MOST_BYTES
from tomsapp.menufiles.policies import read_policy
from tomsapp.menufiles.review import Checked
from tomsapp.reading.source import read_bytes
from tomsapp.reading.text_formats import read_toml


def lint_path(path: Path, today: date) -> tuple[Problem, ...]:
    """Every Problem of the edition in a folder (or in a bundle that is a single file)."""
    reading = load_path(path)
    # An edition that was changed or not yet published is reviewed as its files now say it.
    edition = reading.edition or build_edition(reading.texts).edition if reading.texts else reading.edition
    problems = list(reading.problems)
    if edition:
        problems.extend(check_edition(Checked(edition, today, reading.file_of, _policy_beside(path, edition))))
        problems.extend(_check_cases(path / EXAMPLES_FILE, edition))
    return tuple(problems)


def _policy_beside(path: Path, edition: MenuEdition) -> Policy | None:
    """The policy that the edition names, with its dated wages, from the folder of menus around it."""
    file = path.resolve().parent.parent / "policies" / f"{edition.policy}.toml"
    if not edition.policy or not file.is_file():
        return None
    try:
        return read_policy(usable(read_bytes(file, MOST_BYTES)), file.name)
    except MenuFileError:
        return None


def _check_cases(path: Path, edition: MenuEdition) -> list[Problem]:
    if not path.exists():
        return []
    try:
        cases = load_cases(path)
    except MenuFileError as error:
        return list(error.problems)
    return [problem for case in cases for problem in check_case(case, edition, path.name)]


def load_cases(path: Path) -> tuple[WorkedCase, ...]:
    """The worked cases of an `examples.toml`.

    Raises:
        MenuFileError: the file cannot be read or has errors; it holds every one.
    """
    data = usable(read_bytes(path, MOST_BYTES))
    return read_cases(usable(read_toml(data, path.name, MOST_BYTES)), path.name)
