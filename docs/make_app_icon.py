"""Draws the program's icon files from resources/app/tomsapp.svg."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "app"
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def draw(renderer: QSvgRenderer, size: int) -> Image.Image:
    """Draws the icon at its own size, so that small ones stay crisp; size in pixels."""
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


def main() -> None:
    """Writes tomsapp.png for Linux and macOS and tomsapp.ico for Windows."""
    application = QGuiApplication([])
    renderer = QSvgRenderer(str(FOLDER / "tomsapp.svg"))
    pictures = [draw(renderer, size) for size in WINDOWS_SIZES]
    largest = pictures[-1]
    largest.save(FOLDER / "tomsapp.png", optimize=True)
    largest.save(FOLDER / "tomsapp.ico", sizes=[picture.size for picture in pictures], append_images=pictures[:-1])
    application.quit()


if __name__ == "__main__":
    main()
