"""What every test of the window needs: the theme, and preferences in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent

from tomsapp.config.paths import menus_dir
from tomsapp.config.preferences import Preferences
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.theme import install_theme
from tomsapp.services import databases
from tomsapp.store.address import is_server
from tomsapp.store.synced import synced_by

make_anew = databases.make_database
"""For tests of several databases: copies of one have the same first change, by which a database is known."""

_MADE: dict[tuple, bytes] = {}


def _make_database(target, catalogue, who, council_name="", **how):
    """Make each council's database once; those after it are copies, wherever nothing else may come of it."""
    path, of = Path(str(target)), (who, council_name, how.get("beginning"))
    is_usual = catalogue.folders == (menus_dir(),) and not how.get("allow_network_share")
    if is_server(target) or not is_usual or not path.parent.is_dir() or path.exists() or synced_by(path):
        return make_anew(target, catalogue, who, council_name, **how)
    if of not in _MADE:
        made = make_anew(path, catalogue, who, council_name, **how)
        _MADE[of] = path.read_bytes()  # each save leaves the file whole
        return made
    path.touch(0o600)
    path.write_bytes(_MADE[of])
    return databases.open_workspace(path, catalogue, who, is_known=True)


@pytest.fixture(scope="session", autouse=True)
def _databases_are_made_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "make_database", _make_database)
        yield


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
