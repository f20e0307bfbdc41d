"""What every test of the window needs: the theme, and preferences in a folder of its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent

from tomsapp.config.preferences import Preferences
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.theme import install_theme


@pytest.fixture(autouse=True)
def theme(qapp, request):
    theme = install_theme(qapp)
    before = set(qapp.topLevelWidgets())
    yield theme
    # A module that sets KEEPS_WINDOWS looks at one window in many tests.
    if not getattr(request.module, "KEEPS_WINDOWS", False):
        delete_windows(qapp, keep=before)
    if (theme.name, theme.text_size, theme.density_name) != ("light", 100, "comfortable"):
        theme.set_theme("light")
        theme.set_text_size(100)
        theme.set_density("comfortable")


def delete_windows(application, keep):
    """Delete the windows of the test: thousands of them would be dressed anew at each later change of the theme."""
    for widget in application.topLevelWidgets():
        if widget.parent() is None and widget not in keep:
            widget.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def preferences(tmp_path):
    return Preferences(tmp_path / "preferences.json")


@pytest.fixture
def jobs(qapp):
    return inline_jobs()
