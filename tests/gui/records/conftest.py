"""Two councils whose databases have the same file name, and a form of suppliers in the program of one person."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from tests.gui.conftest import make_anew
from tests.services.council import shipped
from tomsapp.config.preferences import Preferences
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.records.record_editor import RecordEditor
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.session import Session
from tomsapp.services import databases
from tomsapp.services.suppliers import SUPPLIERS

NORTH, SOUTH = "north", "south"


@pytest.fixture(scope="session")
def councils(tmp_path_factory):
    """The databases of two councils, made once: "north/larkmere.db" and "south/larkmere.db"."""
    folder = tmp_path_factory.mktemp("councils")
    for name in (NORTH, SOUTH):
        (folder / name).mkdir()
        made = make_anew(folder / name / "larkmere.db", shipped(), "A. Okafor", "Larkmere Council")
        SUPPLIERS.add(made, Supplier("Lantern CIC", notes="Pays in May"))
        made.close()
    return folder


class Person:
    """A person with a form of suppliers, who may close the program and start it again."""

    def __init__(self, qtbot, folder, who="A. Okafor", actions=SUPPLIERS, home=None):
        self.qtbot, self.folder, self.who, self.actions = qtbot, folder, who, actions
        self.home = home or who
        self.start(NORTH)

    def start(self, council):
        preferences = Preferences(self.folder / self.home / "preferences.json")
        self.session = Session(inline_jobs(), shipped(), preferences, self.who)
        self.failures, self.told, self.saved = [], [], []
        self.session.jobs.failed.connect(self.failures.append)
        self.form = RecordForm(SUPPLIER)
        self.qtbot.addWidget(self.form)
        self.editor = RecordEditor(self.session, self.form, self.actions)
        self.editor.told.connect(self.told.append)
        self.editor.saved.connect(self.saved.append)
        self.turn_to(council)

    def turn_to(self, council):
        """Open the database of a council in the same window."""
        path = self.folder / council / "larkmere.db"
        self.session.set_workspace(databases.open_workspace(path, shipped(), self.who, is_known=True))

    def show(self, number=1):
        self.editor.show_record(SUPPLIERS.get(self.session.workspace, number))
        self.form.show()

    def restart(self, council=NORTH):
        """Close the program, as far as the form is concerned, and start it anew."""
        self.form.hide()
        self.session.set_workspace(None)
        self.start(council)

    def type(self, name, text):
        field = self.form.field(name)
        field.set_text(text)
        field.edited.emit()

    def text(self, name):
        return self.form.field(name).text

    def kept(self, number=1):
        """The supplier as the database has it."""
        return SUPPLIERS.get(self.session.workspace, number).record

    def change(self, number=1, **facts):
        """Save some facts, as another form would."""
        stored = SUPPLIERS.get(self.session.workspace, number)
        return SUPPLIERS.save(self.session.workspace, stored, replace(stored.record, **facts)).result


@pytest.fixture
def people(qtbot, tmp_path, councils):
    """Starts the program of somebody; each council's database is shared by all."""
    for name in (NORTH, SOUTH):
        shutil.copytree(councils / name, tmp_path / name)
    made = []

    def start(who="A. Okafor", actions=SUPPLIERS):
        made.append(Person(qtbot, tmp_path, who, actions))
        return made[-1]

    yield start
    for person in made:
        if person.session.is_open:
            person.session.set_workspace(None)


@pytest.fixture
def ann(people):
    person = people()
    person.show()
    return person


@pytest.fixture
def bob(people):
    return people("B. Singh")
