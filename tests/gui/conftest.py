"""What every test of the window needs: the theme, and preferences in a folder of its own."""

from __future__ import annotations

import pytest

from tomsapp.config.preferences import Preferences
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.theme import install_theme


@pytest.fixture(autouse=True)
def theme(qapp):
    theme = install_theme(qapp)
    yield theme
    if (theme.name, theme.text_size, theme.density_name) != ("light", 100, "comfortable"):
        theme.set_theme("light")
        theme.set_text_size(100)
        theme.set_density("comfortable")


@pytest.fixture
def preferences(tmp_path):
    return Preferences(tmp_path / "preferences.json")


@pytest.fixture
def jobs(qapp):
    return inline_jobs()
