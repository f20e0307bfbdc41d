"""Lists the licence of everything that the program ships: docs/licences.md and resources/licences.txt.

The packages are those of the lock, their words come from the packages' own metadata, the sources of the
figures from the menus. Run it with make licences after a change to either.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / ".lock" / "requirements.txt"
PAGE = ROOT / "docs" / "licences.md"
TEXTS = ROOT / "resources" / "licences.txt"

LICENCE_FILE = re.compile(r"(^|/)[^/]*(licen[cs]e|copying|notice)[^/]*$|/licenses/", re.IGNORECASE)

# What some packages' metadata leave out or word at length.
LICENCE_NAMES = {
    "backports-tarfile": "MIT",
    "jaraco-classes": "MIT",
    "pywin32-ctypes": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyside6-essentials": "LGPL-3.0-only",
    "reportlab": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
}

# Qt is used under the LGPL, whose text psycopg carries; it refers to the GPL, whose text pikepdf carries.
QT_TEXTS = "The text of the LGPL 3.0 stands under psycopg, that of the GPL 3.0 under pikepdf."
NOTES = {
    "pyside6-essentials": f"{QT_TEXTS} What Qt itself is made of: https://doc.qt.io/qt-6/licenses-used-in-qt.html",
    "shiboken6": QT_TEXTS,
}

PAGE_START = """\
# Licences

tomsapp is under the MIT licence (`LICENSE`). This page lists what it ships that others made.
The licence texts are in `resources/licences.txt`. Both files are made by `make licences`: do not edit them.

Qt is used under the LGPL 3.0: the frozen program keeps Qt's libraries as separate files, so you may replace
them with your own. A frozen program for Linux also holds copies of that system's own libraries.

## Software, typeface and icons
"""
FIGURES_START = """
## Figures

The sources of the proxy values, index series and wards in the shipped menus.
"""


@dataclass(frozen=True, order=True)
class Part:
    """Something that others wrote and the program ships, with the licence that allows it."""

    name: str
    version: str
    licence: str
    address: str
    texts: tuple[tuple[str, str], ...] = ()
    note: str = ""


# What a frozen program holds beside the packages, and what stands in resources/.
FROZEN_PARTS = (
    Part(
        name="Python",
        version="3.11 or later",
        licence="PSF-2.0",
        address="https://www.python.org/",
        note="Its text stands under typing-extensions.",
    ),
    Part(
        name="PyInstaller bootloader",
        version="6",
        licence="GPL-2.0-or-later WITH Bootloader-exception",
        address="https://pyinstaller.org/",
        note="The exception lets a program of any licence be frozen with it.",
    ),
)
OWN_FOLDERS = (
    ("Source Sans 3 (typeface)", "OFL-1.1", "https://github.com/adobe-fonts/source-sans", "fonts/OFL.txt"),
    ("Lucide (icons)", "ISC", "https://lucide.dev/", "icons/LICENSE"),
)


def locked_packages() -> list[Requirement]:
    """Returns the packages that the lock installs on this system and Python."""
    entries = re.findall(r"^[^\s#].*?==.*?(?= \\$)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    requirements = [Requirement(entry) for entry in entries]
    return [wanted for wanted in requirements if wanted.marker is None or wanted.marker.evaluate()]


def licence_name(name: str, package: Distribution) -> str:
    """Returns the short name of a package's licence, as its metadata say it."""
    metadata = package.metadata.json
    stated = LICENCE_NAMES.get(name) or metadata.get("license_expression") or metadata.get("license")
    if not stated or "\n" in stated:
        message = f"{name} does not say its licence in a few words: add it to LICENCE_NAMES"
        raise SystemExit(message)
    return str(stated)


def address(package: Distribution) -> str:
    """Returns the page of a package, as its metadata say it."""
    metadata = package.metadata.json
    links = dict(entry.split(", ", 1) for entry in metadata.get("project_url", []))
    pages = {label.lower(): link for label, link in links.items()}
    labels = ("homepage", "source", "source code", "repository", "documentation")
    return str(metadata.get("home_page") or next(pages[label] for label in labels if label in pages))


def licence_texts(package: Distribution) -> tuple[tuple[str, str], ...]:
    """Returns the names and texts of the licence files that a package carries."""
    files = [file for file in package.files or [] if LICENCE_FILE.search(file.as_posix())]
    found = {
        file.name if ".dist-info" not in file.as_posix() else file.as_posix().partition(".dist-info/")[2]: clean(
            Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
        )
        for file in files
        if file.suffix not in {".py", ".pyc"}
    }
    return tuple(sorted(found.items()))


def clean(text: str) -> str:
    """Takes off what shows as boxes or differs between systems: page breaks, line ends, spaces at ends."""
    return "\n".join(line.rstrip() for line in text.replace("\f", "\n").splitlines()).strip()


def packages() -> list[Part]:
    """Returns the Python packages that the program needs to run."""
    parts = []
    for wanted in locked_packages():
        package = distribution(wanted.name)
        if not wanted.specifier.contains(package.version):
            message = f"{wanted.name} {package.version} is installed, the lock says {wanted.specifier}: make test"
            raise SystemExit(message)
        parts.append(
            Part(
                wanted.name, package.version, licence_name(wanted.name, package), address(package),
                licence_texts(package), NOTES.get(wanted.name, ""),
            )
        )  # fmt: skip
    return sorted(parts)


def own_folders() -> list[Part]:
    """Returns the typeface and icons in resources/, with the licence files that stand beside them."""
    parts = []
    for name, licence, page, file in OWN_FOLDERS:
        path = ROOT / "resources" / file
        if path.is_file():
            parts.append(Part(name, "", licence, page, ((path.name, clean(path.read_text(encoding="utf-8"))),)))
    return parts


def menu_sources() -> list[dict[str, str]]:
    """Returns every source that a shipped menu or area names, each once, by title."""
    sources: dict[tuple[str, str, str], dict[str, str]] = {}
    for path in sorted(ROOT.glob("menus/**/*.toml")):
        named = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
        for source in [named] if isinstance(named, dict) else named:
            sources[source["title"], source.get("publisher", ""), str(source.get("year", ""))] = source
    return [sources[key] for key in sorted(sources)]


def row(*cells: str) -> str:
    """Returns one row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def write_page(parts: list[Part], sources: list[dict[str, str]]) -> str:
    """Returns docs/licences.md."""
    lines = [
        PAGE_START,
        row("Name", "Version", "Licence", "Address"),
        row("---", "---", "---", "---"),
        *(row(part.name, part.version, part.licence, part.address) for part in parts),
        FIGURES_START,
        row("Source", "Publisher", "Year", "Licence", "Address"),
        row("---", "---", "---", "---", "---"),
    ]
    keys = ("title", "publisher", "year", "licence", "address")
    lines += [row(*(str(source.get(key, "")) for key in keys)) for source in sources]
    attributions = sorted({source["attribution"] for source in sources if "attribution" in source})
    if attributions:
        lines += ["", "## Attribution", "", *(f"- {line}" for line in attributions)]
    return "\n".join(lines) + "\n"


def write_texts(parts: list[Part], sources: list[dict[str, str]]) -> str:
    """Returns resources/licences.txt: each text once, though several packages may carry it."""
    own = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    blocks = ["Licences of tomsapp and of everything shipped with it", f"tomsapp\n\n{own}"]
    first_seen: dict[str, str] = {}
    for part in parts:
        block = [f"{part.name} {part.version}".strip(), f"Licence: {part.licence}", part.address]
        block += [part.note] if part.note else []
        for name, text in part.texts:
            where = first_seen.setdefault(text, part.name)
            block += ["", f"--- {name}", ""]
            block.append(text if where == part.name else f"The same text as under {where}.")
        blocks.append("\n".join(block))
    figures = [f"{source['title']}, {source.get('publisher', '')}. {source['licence']}." for source in sources]
    figures += sorted({source["attribution"] for source in sources if "attribution" in source})
    if figures:
        blocks.append("Figures in the menus\n\n" + "\n".join(figures))
    return f"\n\n{'=' * 78}\n\n".join(blocks) + "\n"


def make() -> dict[Path, str]:
    """Returns both files with what they should hold."""
    parts = [*packages(), *FROZEN_PARTS, *own_folders()]
    sources = menu_sources()
    return {PAGE: write_page(parts, sources), TEXTS: write_texts(parts, sources)}


def main() -> None:
    """Writes both files."""
    for path, text in make().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
