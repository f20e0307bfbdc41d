"""What every test of the window needs: the theme, and preferences in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from tomsapp.config.paths import menus_dir
from tomsapp.config.preferences import Preferences
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.theme import current_theme, install_theme
from tomsapp.services import databases
from tomsapp.store.address import is_server
from tomsapp.store.synced import synced_by

make_anew = databases.make_database
"""For tests of several databases: copies of one have the same first change, by which a database is known."""

_MADE: dict[tuple, bytes] = {}
BEFORE = pytest.StashKey[set[QWidget]]()
"""The windows that were there before a test."""
NAMED = pytest.StashKey[list[QObject]]()
"""What the windows of a test named when it ended."""


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
    before = request.node.stash[BEFORE] = set(qapp.topLevelWidgets())
    yield theme
    # A module that sets KEEPS_WINDOWS looks at one window in many tests.
    if not getattr(request.module, "KEEPS_WINDOWS", False):
        delete_windows(qapp, before, request.node.stash.get(NAMED, []))
    request.node.stash[NAMED], request.node.stash[BEFORE] = [], set()
    if (theme.name, theme.text_size, theme.density_name) != ("light", 100, "comfortable"):
        theme.set_theme("light")
        theme.set_text_size(100)
        theme.set_density("comfortable")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """Note what the windows of the test name, before they are closed."""
    if (application := QApplication.instance()) is not None and BEFORE in item.stash:
        item.stash[NAMED] = named_by(each for each in application.topLevelWidgets() if each not in item.stash[BEFORE])


def delete_windows(application, keep, named=()):
    """Delete the windows of the test: thousands of them would be dressed anew at each later change of the theme.

    What they named and is no widget, such as the session, goes with them. What listens to it is held by Qt, where
    Python sees no circle: each would keep its pages, its database and a menu edition until the end of the run.
    """
    # What a completer shows has no parent either; it goes with the completer, which looks at it once more as it ends.
    tops = [each for each in application.topLevelWidgets() if each.windowType() is not Qt.WindowType.Popup]
    windows = [each for each in tops if each.parent() is None and each not in keep]
    for each in (*windows, *filter(isValid, named)):
        if each.parent() is None and each not in {application, current_theme()}:
            each.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def named_by(widgets):
    """The objects of Qt that are no widgets and that widgets name, or the objects that they name."""
    found, left = {}, [each for window in widgets for each in (window, *window.findChildren(QWidget))]
    while left:
        for value in vars(left.pop()).values():
            if (
                isinstance(value, QObject)
                and not isinstance(value, QWidget)
                and isValid(value)
                and id(value) not in found
            ):
                found[id(value)] = value
                left.append(value)
    return list(found.values())


@pytest.fixture
def listened_to(qapp):
    """As while a screen reader runs: Qt asks what a widget is as soon as it tells of it, and never again."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def preferences(tmp_path):
    return Preferences(tmp_path / "preferences.json")


@pytest.fixture
def jobs(qapp):
    return inline_jobs()
