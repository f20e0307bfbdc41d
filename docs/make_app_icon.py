"""Draws the icon files of the program, from resources/app/tomsapp.svg, and of the kinds of files that are its own."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "app"
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


DOCUMENTS = FOLDER / "documents"
# Lucide's signs (ISC licence), and the colour of the band that each kind has: told apart at 16 pixels by both.
SIGNS = {
    "database": ("#0B5F63", '<path d="M3 5a9 3 0 1 0 18 0a9 3 0 1 0-18 0v14a9 3 0 0 0 18 0V5M3 12a9 3 0 0 0 18 0"/>'),
    "pack": ("#7A4B00", '<path d="M21 8 12 3 3 8v8l9 5 9-5z"/><path d="m3 8 9 5 9-5"/><path d="M12 13v8"/>'),
    "offer": ("#1D4E89", '<path d="M12 20h9"/><path d="M16.4 3.6a2.1 2.1 0 0 1 3 3L7 19l-4 1 1-4z"/>'),
    "return": ("#5B3A8C", '<path d="M9 14 4 9l5-5"/><path d="M4 9h10.5a5.5 5.5 0 0 1 0 11H11"/>'),
    "evaluation": ("#8A1C3B", '<path d="M4 20V11"/><path d="M12 20V4"/><path d="M20 20v-6"/>'),
}  # fmt: skip
PAPER = """<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">
<path d="M40 10h120l58 58v168a10 10 0 0 1-10 10H48a10 10 0 0 1-10-10V20a10 10 0 0 1 10-10z" fill="#FFFFFF"
 stroke="#5F6B6D" stroke-width="10" stroke-linejoin="round"/>
<path d="M158 12v48a10 10 0 0 0 10 10h48z" fill="#D9E0E1" stroke="#5F6B6D" stroke-width="10" stroke-linejoin="round"/>
<rect x="14" y="92" width="190" height="136" rx="22" fill="{colour}"/>
<g transform="translate(49 100) scale(5)" fill="none" stroke="#FFFFFF" stroke-width="2.6" stroke-linecap="round"
 stroke-linejoin="round">{sign}</g></svg>"""


def draw(renderer: QSvgRenderer, size: int) -> Image.Image:
    """Draws the icon at its own size, so that small ones stay crisp; size in pixels."""
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


def write_icon(renderer: QSvgRenderer, target: Path) -> None:
    """Write one icon for Windows, with a picture of each size that it shows."""
    *smaller, largest = [draw(renderer, size) for size in WINDOWS_SIZES]
    largest.save(target, sizes=[(size, size) for size in WINDOWS_SIZES], append_images=smaller)


def main() -> None:
    """Writes tomsapp.png for Linux and macOS, tomsapp.ico for Windows, and an icon for each kind of document."""
    application = QGuiApplication([])
    renderer = QSvgRenderer(str(FOLDER / "tomsapp.svg"))
    draw(renderer, WINDOWS_SIZES[-1]).save(FOLDER / "tomsapp.png", optimize=True)
    write_icon(renderer, FOLDER / "tomsapp.ico")
    DOCUMENTS.mkdir(exist_ok=True)
    for name, (colour, sign) in SIGNS.items():
        drawn = PAPER.format(colour=colour, sign=sign).encode()
        write_icon(QSvgRenderer(QByteArray(drawn)), DOCUMENTS / f"{name}.ico")
    application.quit()


if __name__ == "__main__":
    main()
