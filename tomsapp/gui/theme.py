"""The look of the whole program: theme, text size and density, and the signal that they changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QScreen
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from tomsapp.config.paths import resources_dir
from tomsapp.gui.icons import clear_icon_cache, sharpest_ratio
from tomsapp.gui.named import set_named
from tomsapp.gui.stylesheet import build_stylesheet
from tomsapp.gui.tokens import (
    COMFORTABLE,
    COMPACT,
    DARK,
    LARGE_TEXT_SIZES,
    LEAST_WIDTH,
    LIGHT,
    TEXT_SIZES,
    TYPE_SCALE,
    Colours,
    Density,
    FontRole,
)

if TYPE_CHECKING:
    from tomsapp.config.preferences import Preferences
    from tomsapp.gui.style import HouseStyle

ThemeName = Literal["light", "dark", "system"]
DensityName = Literal["comfortable", "compact"]

_FAMILY = "Source Sans 3"
_SCHEMES: dict[ThemeName, str] = {"light": "Light", "dark": "Dark", "system": "Unknown"}
_DENSITIES: dict[DensityName, Density] = {"comfortable": COMFORTABLE, "compact": COMPACT}
_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface_alt",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.PlaceholderText: "text_muted",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "on_primary",
    QPalette.ColorRole.Accent: "primary",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.ToolTipText: "on_tooltip",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "surface_alt",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Shadow: "border_strong",
}
_NO_RULES = "/* */"
_DIMMED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def _load_fonts(*faces: str) -> None:
    for face in faces:
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / f"SourceSans3-{face}.ttf"))


def build_palette(colours: Colours) -> QPalette:
    """Qt's palette made of the theme's tokens."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(getattr(colours, token)))
    for role in _DIMMED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled_text))
    return palette


class Theme(QObject):
    """What the program looks like now; one a program, made by `install_theme`."""

    theme_changed = Signal()
    made: ClassVar[Theme | None] = None
    """The theme of the running program, asked for thousands of times while a page is laid out."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._has_sheet = False
        self._style: HouseStyle | None = None
        self.name: ThemeName = "light"
        self.text_size = TEXT_SIZES[0]
        self.density_name: DensityName = "comfortable"
        self.colours: Colours = LIGHT
        self.is_plain = False
        """Whether all colours are those of the system, as it asks for more contrast than the theme has."""
        _load_fonts("Regular", "SemiBold")
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        if hasattr(app.styleHints(), "accessibility"):  # Qt tells of contrast since 6.10
            app.styleHints().accessibility().contrastPreferenceChanged.connect(self.look_at_system)
        self._drawn_for = sharpest_ratio()
        app.screenAdded.connect(self._on_screen)
        app.screenRemoved.connect(self.look_at_screens)
        for screen in app.screens():
            self._on_screen(screen)
        self._apply()

    def follow(self, dress: Callable[[], object]) -> None:
        """Call `dress` now, and whenever the look of the program changes."""
        self.theme_changed.connect(dress)
        dress()

    def finish(self) -> None:
        """Take the style of the house, if the theme began without its marks."""
        for _ in self.finishing():
            pass

    def finishing(self) -> Iterator[None]:
        """The same in parts, between which the window can live."""
        from tomsapp.gui.style import HouseStyle

        yield
        if self._style is None:
            self._style = HouseStyle()
            self._style.colours = self.colours
            self._app.setStyle(self._style)
            self._hold_type()
            yield
            self.lay_sheet()
            yield
            _load_fonts("Bold", "Italic")
            self.set_plain(is_plain=self._wants_high_contrast())

    @property
    def density(self) -> Density:
        """Row heights at 100 % text size."""
        return _DENSITIES[self.density_name]

    def font(self, role: FontRole) -> QFont:
        """Font of one step of the type scale at the present text size."""
        style = TYPE_SCALE[role]
        font = QFont(_FAMILY)
        font.setPixelSize(self.px(style.px))
        font.setWeight(QFont.Weight(style.weight))
        return font

    def px(self, length: int) -> int:
        """A length that grows with the text size."""
        return (length * self.text_size + 50) // 100

    def set_theme(self, name: ThemeName) -> None:
        """Show the light or the dark theme, or the one that the system asks for."""
        self.name = name
        set_named(self._app.styleHints(), colorScheme=_SCHEMES[name])
        self._apply()

    @property
    def text_sizes(self) -> tuple[int, ...]:
        """The text sizes that there is room for, in percent: on a narrow screen the largest would cut words off."""
        room = max(screen.availableSize().width() for screen in self._app.screens())
        return *TEXT_SIZES, *(size for size in LARGE_TEXT_SIZES if LEAST_WIDTH * size <= room * 100)

    def set_text_size(self, percent: int) -> None:
        """Show text in one of the sizes that there is room for, in percent; any other value takes the nearest."""
        self.text_size = min(self.text_sizes, key=lambda size: abs(size - percent))
        self._apply()

    def step_text_size(self, step: int) -> None:
        """Go `step` places up or down the text sizes."""
        sizes = sorted({*self.text_sizes, self.text_size})
        place = sizes.index(self.text_size) + step
        self.set_text_size(sizes[max(0, min(place, len(sizes) - 1))])

    def set_density(self, name: DensityName) -> None:
        """Set the height of table rows."""
        self.density_name = name
        self.theme_changed.emit()

    def set_plain(self, *, is_plain: bool) -> None:
        """Show everything in the colours of the system, or in those of the theme."""
        if is_plain != self.is_plain:
            self.is_plain = is_plain
            self._apply()

    @property
    def is_finished(self) -> bool:
        """Whether the style of the house is there; all that is shown is dressed anew when it comes."""
        return self._style is not None

    def _wanted_colours(self) -> Colours:
        if self.name == "system":
            dark = self._app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self.name == "dark" else LIGHT

    def look_at_system(self) -> None:
        """Take up what the system asks for now, and hold what is the program's own: the system's theme has changed."""
        is_plain = self._wants_high_contrast()
        if is_plain or self.is_plain:
            self.is_plain = is_plain
            self._apply()
        else:
            self._hold_type()
            self.lay_sheet()

    def _on_screen(self, screen: QScreen) -> None:
        # Another scale changes how wide the screen is in px, which is told on every system.
        screen.geometryChanged.connect(self.look_at_screens)
        self.look_at_screens()

    def look_at_screens(self) -> None:
        """Draw the icons of buttons anew where a sharper screen was put on, or a screen's scale was changed."""
        if self._drawn_for != (sharpest := sharpest_ratio()):
            self._drawn_for = sharpest
            clear_icon_cache()
            self.theme_changed.emit()

    def _wants_high_contrast(self) -> bool:
        """Whether the system asks for more contrast."""
        hints = self._app.styleHints()
        if not hasattr(hints, "accessibility"):
            return False
        return hints.accessibility().contrastPreference() == QtCore.Qt.ContrastPreference.HighContrast

    def _apply(self) -> None:
        self._take_colours()
        if self._style is not None:
            self._style.colours = self.colours
        clear_icon_cache()
        self._polish_what_waits()
        self._hold_type()
        self._app.setPalette(build_palette(self.colours))
        if self._has_sheet:
            self.lay_sheet()
        self.theme_changed.emit()

    def _take_colours(self) -> None:
        if self.is_plain:
            from tomsapp.gui.system_colours import system_colours

            self._app.setPalette(QPalette())  # gives back that of the system
            self.colours = system_colours(self._app.palette())
        else:
            self.colours = self._wanted_colours()

    def _hold_type(self) -> None:
        """Let everything have the typeface and size of the program.

        Qt gives menus, lists, tooltips and message boxes those of the system's theme whenever that or the style
        changes. A font that is set for all takes them away again, and a sheet from what is shown already.
        """
        self._app.setFont(self.font("body"))
        QToolTip.setFont(self.font("note"))

    def lay_sheet(self) -> None:
        """Lay the style sheet over all there is.

        A window is built sooner without it: Qt looks at the sheet anew for all that a widget holds, whenever the widget
        comes into another.
        """
        if not self._has_sheet:
            self._has_sheet = True
            self._app.setStyleSheet(_NO_RULES)  # with the first comes a style
            self._hold_type()
        sheet = build_stylesheet(self.colours, self.text_size)
        # Qt passes over the sheet that it has.
        self._app.setStyleSheet(f"{sheet}\n" if sheet == self._app.styleSheet() else sheet)

    def _polish_what_waits(self) -> None:
        """Dress what was made and not shown yet in the old look.

        When it is first shown, Qt gives it the colours and fonts back that it had before the style sheet changed.
        """
        for widget in self._app.allWidgets():
            widget.ensurePolished()

    def _on_scheme_changed(self) -> None:
        if self.name == "system" and self.colours is not self._wanted_colours():
            self._apply()


def install_theme(app: QApplication, *, wholly: bool = True) -> Theme:
    """Give the program its look; calling it again returns the same theme.

    A window with no check box, radio button or tree is there sooner with less: `Theme.lay_sheet` dresses it when it is
    built, and `Theme.finish` then brings the rest.
    """
    if Theme.made is None or not isValid(Theme.made):
        Theme.made = Theme(app)
    if wholly:
        Theme.made.finish()
    return Theme.made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Change a property by which the style sheet tells widgets apart, and take the look that goes with it.

    One that was not dressed yet will be when it is shown; to ask for a style makes all that a style can be asked.
    """
    widget.setProperty(name, value)
    if current_theme().is_finished and widget.testAttribute(QtCore.Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def current_theme() -> Theme:
    """The theme of the running program; it is made when first asked for."""
    if Theme.made is not None and isValid(Theme.made):
        return Theme.made
    return install_theme(cast("QApplication", QApplication.instance()))


def restore_looks(kept: Preferences) -> None:
    """Take up theme, row height and text size as they were chosen last, and the contrast that the system asked for.

    Before the first widget is made: labels made in one theme and first shown in another keep their colours.
    """
    theme = current_theme()
    # All of them first: each that is taken up is told to windows that keep what they look like now.
    name, density = kept.get("theme", "light"), kept.get("density", "comfortable")
    size, is_plain = kept.get("text_size", 100), kept.get("more_contrast", False)
    theme.set_plain(is_plain=is_plain is True)
    if name in _SCHEMES and name != theme.name:
        theme.set_theme(name)
    if density in _DENSITIES and density != theme.density_name:
        theme.set_density(density)
    if size in {*TEXT_SIZES, *LARGE_TEXT_SIZES} and size != theme.text_size:
        theme.set_text_size(size)


def keep_looks(kept: Preferences) -> None:
    """Keep what the program looks like now for its next start."""
    theme = current_theme()
    kept.set("theme", theme.name)
    kept.set("text_size", theme.text_size)
    kept.set("density", theme.density_name)
    kept.set("more_contrast", theme.is_plain)
