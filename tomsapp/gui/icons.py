"""Line icons in the colours of the theme, drawn sharply for each screen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tomsapp.config.paths import resources_dir

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_STROKE = "1.8"


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    text = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{_STROKE}"')


@lru_cache(maxsize=1024)
def _render(name: str, colour: str, size: int, pad_right: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round((size + pad_right) * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    svg = _source(name).replace("currentColor", colour)
    painter = QPainter(pixmap)
    QSvgRenderer(svg.encode()).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon_pixmap(name: str, colour: str, size: int, *, ratio: float | None = None, pad_right: int = 0) -> QPixmap:
    """Icon `name` in `colour` (#rrggbb) at `size` px for a screen of `ratio` device pixels a px.

    Args:
        name: a file of resources/icons without its ending.
        colour: stroke colour.
        size: height and width in device-independent px.
        ratio: device pixel ratio; that of the sharpest screen if left out.
        pad_right: empty px after the icon, for buttons that set icon and text too close.

    Raises:
        FileNotFoundError: no such icon is shipped.
    """
    return _render(name, colour, size, pad_right, ratio or sharpest_ratio())


def sharpest_ratio() -> float:
    """Device pixels a px of the sharpest screen that there is: the system draws down from it, never up."""
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


def draw_icon(painter: QPainter, left: float, top: float, name: str, colour: str, size: int) -> None:
    """Draw an icon as sharply as the screen can show it on which the widget is that paints itself."""
    pixmap = icon_pixmap(name, colour, size, ratio=painter.device().devicePixelRatio())
    painter.drawPixmap(QPointF(left, top), pixmap)


def icon(name: str, colour: str, size: int, *, disabled: str | None = None, pad_right: int = 0) -> QIcon:
    """QIcon of `name`, with `disabled` as its colour when the control cannot be used."""
    from PySide6.QtGui import QIcon  # which brings the names of all icons of the system

    made = QIcon(icon_pixmap(name, colour, size, pad_right=pad_right))
    if disabled:
        dimmed = icon_pixmap(name, disabled, size, pad_right=pad_right)
        made.addPixmap(dimmed, QIcon.Mode.Disabled)
    return made


def clear_icon_cache() -> None:
    """Forget the drawn icons, after a change of theme or screen."""
    _render.cache_clear()
