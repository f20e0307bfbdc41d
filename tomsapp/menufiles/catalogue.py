"""Which editions, areas and policies are installed, in one or more menus folders; each is read when it is asked for.

So are the modules that read them: a window without a database needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tomsapp.domain.errors import MenuError
from tomsapp.menufiles.files import MENU_FILE, MOST_BYTES

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.area import Area
    from tomsapp.domain.menu import EditionStatus, MenuEdition
    from tomsapp.domain.policy import Policy
    from tomsapp.menufiles.edition_reader import EditionReading

Read = TypeVar("Read")
Stamp = tuple[tuple[str, int, int], ...]


class EditionSummary(NamedTuple):
    """An installed edition in a list. `status` is None when the edition has errors and cannot be used."""

    code: str
    edition: str
    title: str
    status: EditionStatus | None
    sha256: str
    in_force_from: date | None
    in_force_until: date | None
    path: Path
    problems: int

    @property
    def name(self) -> str:
        """The name people use: "barnet-open 2026.2"."""
        return f"{self.code} {self.edition}"


class Catalogue:
    """The menus folders of this installation. What was read is kept until its files change."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Take the menus folders, those shipped first.

        Raises:
            MenuError: a folder is missing.
        """
        for folder in folders:
            if not folder.is_dir():
                raise MenuError(f"There is no menus folder at {folder}", "Check the path after --menus")
        self.folders = tuple(folders)
        self._readings: dict[Path, tuple[Stamp, EditionReading]] = {}

    def names(self) -> list[tuple[str, str]]:
        """Code and edition of everything installed, by folder name, without reading any."""
        return sorted({(path.parent.name, path.name) for path in self._edition_folders()})

    def editions(self) -> list[EditionSummary]:
        """Every installed edition, also those that have errors."""
        return [self._summary(code, edition) for code, edition in self.names()]

    def read(self, code: str, edition: str, sha256: str = "") -> EditionReading:
        """An installed edition with its Problems; of copies that differ the one of a SHA-256, where that is named.

        Raises:
            MenuNotInstalled: it is not installed; says which are.
        """
        from dataclasses import replace

        from tomsapp.domain.problems import Where
        from tomsapp.menufiles.errors import MenuNotInstalled, problem_at

        paths = self.paths(code, edition)
        if not paths:
            raise MenuNotInstalled(f"The menu {code} {edition} is not installed", self._installed_fix())
        readings = [self._read(path) for path in paths]
        if sha256:
            # Copies of one SHA-256 are the same, byte for byte.
            named = [one for one in readings if one.edition is not None and one.edition.sha256 == sha256]
            readings = named[:1] or readings
        first = readings[0]
        if any(other.texts != first.texts or other.bundle != first.bundle for other in readings[1:]):
            where = ", ".join(str(path) for path in paths)
            message = f"{code} {edition} is installed more than once, and the copies differ ({where})"
            fix = "Remove all but one, or give one of them another edition name"
            problem = problem_at("copies-differ", message, fix, Where(file=MENU_FILE))
            return replace(first, edition=None, problems=(*first.problems, problem), bundle=b"")
        return first

    def load(self, code: str, edition: str, sha256: str = "") -> MenuEdition:
        """An installed edition; of copies that differ the one of a SHA-256, where that is named.

        Raises:
            MenuError: it is not installed, or it has errors (`MenuFileError`, which holds them).
        """
        return self.read(code, edition, sha256).get_edition()

    def bundle(self, code: str, edition: str) -> bytes:
        """The canonical bytes of an installed edition, for a database to keep.

        Raises:
            MenuError: as `load`.
        """
        reading = self.read(code, edition)
        reading.get_edition()
        return reading.bundle

    def in_force(self, code: str, on: date) -> MenuEdition:
        """The published edition of a menu that is in force on a day: the one that came into force last.

        Raises:
            MenuError: there is none.
        """
        from datetime import date

        from tomsapp.domain.menu import EditionStatus

        readings = [self.read(name, edition) for name, edition in self.names() if name == code]
        found = [reading.edition for reading in readings if reading.edition is not None]
        usable = [one for one in found if one.status is EditionStatus.PUBLISHED and one.is_in_force(on)]
        if not usable:
            raise MenuError(f"No published edition of {code} is in force on {on}", self._installed_fix())
        return max(usable, key=lambda one: (one.in_force_from or date.min, one.edition))

    def area(self, code: str) -> Area:
        """An installed area.

        Raises:
            MenuError: it is not installed or has errors.
        """
        from tomsapp.menufiles.areas import read_area

        return self._load_one("areas", code, read_area)

    def area_names(self) -> list[str]:
        """The codes of the installed areas."""
        return sorted({path.stem for folder in self.folders for path in (folder / "areas").glob("*.toml")})

    def area_bytes(self, code: str) -> bytes:
        """The bytes of an installed area file, for a database to keep.

        Raises:
            MenuError: it is not installed or cannot be read.
        """
        from tomsapp.menufiles.errors import usable
        from tomsapp.reading.source import read_bytes

        return usable(read_bytes(self._find_one("areas", code), MOST_BYTES))

    def policy(self, code: str) -> Policy:
        """An installed policy.

        Raises:
            MenuError: it is not installed or has errors.
        """
        from tomsapp.menufiles.policies import read_policy

        return self._load_one("policies", code, read_policy)

    def paths(self, code: str, edition: str) -> list[Path]:
        """The folders that hold the edition; none when it is not installed."""
        return [path for path in self._edition_folders() if (path.parent.name, path.name) == (code, edition)]

    def _edition_folders(self) -> list[Path]:
        return [found.parent for folder in self.folders for found in sorted(folder.glob(f"*/*/{MENU_FILE}"))]

    def _read(self, path: Path) -> EditionReading:
        from tomsapp.menufiles.edition_reader import read_folder

        stamp = _stamp(path)
        held = self._readings.get(path)
        if held is None or held[0] != stamp:
            held = (stamp, _with_name_checked(read_folder(path), path))
            self._readings[path] = held
        return held[1]

    def _summary(self, code: str, edition: str) -> EditionSummary:
        reading, path = self.read(code, edition), self.paths(code, edition)[0]
        found = reading.edition
        return EditionSummary(
            code=code,
            edition=edition,
            title=found.title if found else f"{code} {edition}",
            status=found.status if found else None,
            sha256=found.sha256 if found else "",
            in_force_from=found.in_force_from if found else None,
            in_force_until=found.in_force_until if found else None,
            path=path,
            problems=len(reading.problems),
        )

    def _installed_fix(self) -> str:
        names = ", ".join(f"{code} {edition}" for code, edition in self.names())
        return f"Installed are: {names or 'none'}. Another folder of menus is added with --menus"

    def _find_one(self, kind: str, code: str) -> Path:
        files = {path.stem: path for folder in reversed(self.folders) for path in (folder / kind).glob("*.toml")}
        if code not in files:
            listed = ", ".join(sorted(files)) or "none"
            raise MenuError(f"There is no file {kind}/{code}.toml in the menus folders", f"Installed are: {listed}")
        return files[code]

    def _load_one(self, kind: str, code: str, reader: Callable[[bytes, str], Read]) -> Read:
        from tomsapp.menufiles.errors import usable
        from tomsapp.reading.source import read_bytes

        path = self._find_one(kind, code)
        return reader(usable(read_bytes(path, MOST_BYTES)), f"{kind}/{path.name}")


def _stamp(folder: Path) -> Stamp:
    found = sorted(path for path in folder.glob("*.toml") if path.exists())
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path in found for stat in (path.stat(),))


def _with_name_checked(reading: EditionReading, path: Path) -> EditionReading:
    edition = reading.edition
    if edition is None or (edition.code, edition.edition) == (path.parent.name, path.name):
        return reading
    from dataclasses import replace

    from tomsapp.domain.problems import Where
    from tomsapp.menufiles.errors import problem_at

    message = f"menu.toml is {edition.name}, but its folder is {path.parent.name}/{path.name}"
    problem = problem_at("wrong-folder", message, "Rename the folder, or put code and edition right", Where(MENU_FILE))
    problems = (*reading.problems, problem)
    return replace(reading, edition=None, problems=problems, bundle=b"")
