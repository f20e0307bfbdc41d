"""The window opens, opens its database and shows every page, whatever lies where the preferences are kept."""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator

import pytest

from tests.config.odd_files import KEYS, VALUES, odd_files
from tests.gui.pages.office import Office, fail
from tests.gui.places import PAGES
from tomsapp.gui.application import begin, build_window, new_session
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.services.record_types import RECORD_TYPES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as other systems have them")
ODD = odd_files()
_SPECIAL = ["a folder", "a pipe", "a link to itself", "a link to a device", "objects 900 deep", "half"]
_EVERYTHING = [name for name, _ in ODD if name.startswith("everything")]


@pytest.fixture
def start(qtbot, monkeypatch, tmp_path, sqlite_template) -> Iterator:
    """Starts the program over a file of preferences, and opens a database as its argument says."""
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))
    path = tmp_path / "council.db"
    shutil.copy(sqlite_template, path)

    def started(put, database=path) -> Office:
        kept = tmp_path / "home" / "config" / "preferences.json"
        kept.parent.mkdir(parents=True, exist_ok=True)
        put(kept)
        session = new_session(jobs=inline_jobs())
        window = build_window(session, fail)
        qtbot.addWidget(window)
        window.show()
        begin(window, session, database and str(database))
        return Office(session, window, tmp_path / "home")

    return started


@pytest.mark.parametrize("name", [*_EVERYTHING, *_SPECIAL])
def test_odd_preferences_keep_no_database_shut(start, name):
    office = start(dict(ODD)[name])
    assert office.session.is_open
    office.window.close()


@pytest.mark.parametrize("place", range(len(VALUES)))
def test_program_starts_where_the_last_database_is_no_name_of_one(start, place):
    def put(path):
        entry = {"target": VALUES[place], "name": "a", "council": "b", "contracts": 1, "opened_at": "2026-01-01"}
        path.write_text(json.dumps({"open_database": VALUES[place], "recent_databases": [entry]}), encoding="utf-8")

    office = start(put, database=None)
    page = office.page("start")
    if isinstance(VALUES[place], str) and VALUES[place] and "://" not in VALUES[place]:
        page.recent.open_wanted.emit(VALUES[place])
    assert not office.session.is_open


@pytest.mark.parametrize("seed", range(4))
def test_pages_show_themselves_over_odd_lists_filters_and_drafts(start, examples, tmp_path, seed):
    path = examples.copy(tmp_path / "example")
    office = start(lambda kept: None, database=path)
    identity = office.session.workspace.database.identity
    office.session.set_workspace(None)
    chance = random.Random(seed)

    def layout() -> object:
        return {key: chance.choice(VALUES) for key in ("order", "widths", "hidden", "sort", "falling")}

    def draft() -> object:
        facts = {name: {"typed": chance.choice(VALUES), "was": chance.choice(VALUES)} for name in _FACTS}
        return chance.choice(({"version": chance.choice(VALUES), "facts": facts}, {"version": 1, "facts": facts}))

    names = [f"{kind} {number}" for kind in _FORMS for number in range(1, 4)] + [f"new {kind}" for kind in _FORMS]
    office.session.preferences.set("drafts", {identity: {name: draft() for name in (*names, "council 1")}})
    own = {key: chance.choice((layout(), chance.choice(VALUES), [chance.choice(VALUES)])) for key in _OWN}
    office.session.preferences.set("databases", {identity: own})
    office.window.close()
    again = start(lambda kept: None, database=path)
    assert again.session.is_open
    for name in _SHOWN:
        PAGES[name](again)


def test_keys_that_the_program_keeps_are_all_spoilt_here(start, examples, tmp_path):
    office = start(lambda kept: None, database=examples.copy(tmp_path / "example"))
    for name in _SHOWN:
        PAGES[name](office)
    office.page("overview").filter_bar.changed.emit(office.page("overview").filter_bar.filters)
    for table in office.window.findChildren(DataTable):
        table.layout_changed.emit()
    office.window.close()
    kept = json.loads((office.home / "config" / "preferences.json").read_bytes())
    assert kept.keys() <= set(KEYS)
    assert kept["databases"][office.session.workspace.database.identity].keys() <= set(_OWN)


_SHOWN = ("overview", "overview tables", "contracts", "suppliers", "new supplier", "neighbourhoods", "new priority")
_SHOWN += ("priorities", "history", "contract facts", "contract", "settings council", "settings policy")
_FORMS = ("supplier", "contract", "neighbourhood", "priority", "policy_rule")
_FACTS = sorted({fact.name for kind in RECORD_TYPES for fact in kind.facts})
_LISTS = ("contracts", "suppliers", "neighbourhoods", "priorities", "changes")
_OWN = [f"columns.{key}" for key in _LISTS]
_OWN += ["overview.filters", "overview.view", "places", "told_synced", "told_copies", "folder.pdf"]


def test_what_is_odd_is_said_in_the_window(start, qtbot):
    from tomsapp.gui.dialogs.message import MessageDialog

    office = start(lambda path: path.write_text("half {", encoding="utf-8"))
    office.window.came_to_front.emit()
    (said,) = office.window.findChildren(MessageDialog)
    assert "preferences.unreadable.json" in said.sentences[0]
    said.close()
    office.window.came_to_front.emit()
    assert len([each for each in office.window.findChildren(MessageDialog) if each.isVisible()]) == 0
