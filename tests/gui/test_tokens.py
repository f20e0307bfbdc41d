from __future__ import annotations

import itertools

import pytest

from tomsapp.gui.tokens import DARK, LIGHT, Pattern

TEXT_PAIRS = (
    ("text", "canvas", 15.27, 15.14),
    ("text", "surface", 16.60, 13.48),
    ("text", "surface_alt", 14.97, 11.74),
    ("text", "surface_sunk", 14.00, 16.07),
    ("text_muted", "canvas", 6.59, 9.58),
    ("text_muted", "surface", 7.17, 8.52),
    ("text_muted", "surface_alt", 6.47, 7.42),
    ("text_muted", "surface_sunk", 6.05, 10.16),
    ("on_primary", "primary", 7.42, 7.74),
    ("on_primary", "primary_hover", 10.01, 9.46),
    ("on_primary_soft", "primary_soft", 8.60, 8.34),
    ("primary", "surface", 7.42, 7.80),
    ("link", "surface", 7.42, 8.98),
    ("link", "canvas", 6.82, 10.09),
    ("link", "surface_alt", 6.69, 7.82),
    ("link", "selection", 5.81, 5.65),
    ("on_selection", "selection", 13.01, 9.22),
    ("text_muted", "selection", 5.62, 5.36),
    ("rail_text", "rail", 9.94, 11.30),
    ("on_rail_active", "rail_active", 8.66, 12.23),
    ("success", "surface", 7.02, 9.53),
    ("success", "success_bg", 6.11, 8.43),
    ("warning", "surface", 7.70, 10.01),
    ("warning", "warning_bg", 6.99, 9.02),
    ("text", "warning_bg", 15.09, 12.15),
    ("link", "warning_bg", 6.74, 8.09),
    ("danger", "surface", 7.52, 8.52),
    ("danger", "danger_bg", 6.51, 8.30),
    ("text", "danger_bg", 14.39, 13.13),
    ("info", "surface", 8.20, 9.38),
    ("info", "info_bg", 7.06, 8.51),
    ("text", "info_bg", 14.30, 12.23),
    ("disabled_text", "surface", 5.16, 5.99),
    ("disabled_text", "surface_alt", 4.65, 5.22),
    ("on_tooltip", "tooltip", 16.60, 14.21),
)
OTHER_PAIRS = (
    ("border_strong", "surface", 4.20, 4.81),
    ("border_strong", "canvas", 3.86, 5.41),
    ("border_strong", "surface_alt", 3.79, 4.19),
    ("focus", "surface", 5.73, 7.85),
    ("focus", "canvas", 5.27, 8.82),
    ("focus", "surface_alt", 5.17, 6.83),
    ("focus", "selection", 4.49, 4.94),
    ("rail_focus", "rail", 13.08, 10.50),
    ("rail_mark", "rail", 8.17, 9.44),
    ("rail_mark", "rail_active", 5.41, 6.06),
    ("primary", "canvas", 6.82, 8.76),
    ("success_mark", "surface", 4.95, 7.28),
    ("success_mark", "success_bg", 4.31, 6.44),
    ("warning_mark", "surface", 4.24, 7.26),
    ("warning_mark", "warning_bg", 3.85, 6.54),
    ("danger_mark", "surface", 5.38, 5.84),
    ("danger_mark", "danger_bg", 4.66, 5.69),
    ("info_mark", "surface", 5.06, 6.23),
    ("info_mark", "info_bg", 4.36, 5.66),
)


def luminance(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize(("over", "under", "light", "dark"), TEXT_PAIRS)
def test_text_pair_has_the_contrast_of_the_design(over, under, light, dark):
    for colours, expected in ((LIGHT, light), (DARK, dark)):
        measured = contrast(getattr(colours, over), getattr(colours, under))
        assert measured == pytest.approx(expected, abs=0.006)
        assert measured >= 4.5


@pytest.mark.parametrize(("over", "under", "light", "dark"), OTHER_PAIRS)
def test_other_pair_has_the_contrast_of_the_design(over, under, light, dark):
    for colours, expected in ((LIGHT, light), (DARK, dark)):
        measured = contrast(getattr(colours, over), getattr(colours, under))
        assert measured == pytest.approx(expected, abs=0.006)
        assert measured >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_dimmed_pages_in_the_rail_can_be_read(colours):
    assert contrast(colours.rail_dim, colours.rail) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_chart_series_stand_out_and_their_numbers_can_be_read(colours):
    assert len(colours.series) == 7
    for series in colours.series:
        assert contrast(series.fill, colours.surface) >= 3
        assert contrast(series.on_fill, series.fill) >= 4.49
    for one, other in itertools.pairwise(colours.series[:6]):
        assert one.pattern is not other.pattern or Pattern.SOLID not in {one.pattern, other.pattern}


def test_both_themes_name_every_token():
    names = [name for name in LIGHT._fields if name != "series"]
    for colours in (LIGHT, DARK):
        assert all(getattr(colours, name).startswith("#") and len(getattr(colours, name)) == 7 for name in names)
