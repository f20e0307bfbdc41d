"""A tender that is issued, in a real database, with a tab of its page shown by itself and read anew on changes."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.services.tenders.build import begin_tender
from tests.services.tenders.offers import issued_tender
from tomsapp.bootstrap import menu_catalogue
from tomsapp.gui.session import Session
from tomsapp.services import databases
from tomsapp.services.tenders.reading import open_tender

BEFORE = datetime(2027, 1, 21, 16, 5, tzinfo=UTC)
AFTER = datetime(2027, 1, 22, 14, 5, tzinfo=UTC)


class TabDesk:
    """The tab that `make(session, now)` gives, on a tender of two lots; `clock` is the moment at which it is looked."""

    def __init__(self, qtbot, folder, jobs, preferences, make, *, is_issued=True):
        self.folder = folder
        self.workspace = databases.make_database(folder / "t.db", menu_catalogue(), "A. Okafor", "Larkmere Council")
        self.session = Session(jobs, self.workspace.catalogue, preferences, "A. Okafor")
        self.number = (issued_tender if is_issued else begin_tender)(self.workspace).id
        self.session.set_workspace(self.workspace)
        self.clock = BEFORE
        self.tab = make(self.session, lambda: self.clock)
        self.toasts, self.failures, self.pages = [], [], []
        self.tab.wants_toast.connect(lambda toast: self.toasts.append(toast.text))
        self.tab.wants_tab.connect(lambda *place: self.pages.append(place))
        jobs.failed.connect(self.failures.append)
        self.session.changed.connect(lambda _changes: self.show())
        self.tab.stale.connect(self.show)
        qtbot.addWidget(self.tab)
        self.tab.resize(1278, 556)
        self.tab.show()
        self.show()

    def read(self):
        """The tender as the database has it."""
        return open_tender(self.workspace, self.number, self.clock)

    def show(self):
        """What the page does when something was changed."""
        self.tab.show_tender(self.read())

    def at(self, moment):
        """Look at another moment."""
        self.clock = moment
        self.show()
        return self

    def write(self, name, data):
        """A file on the disk of the officer."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def drop(self, *paths):
        """Drop files and folders on the tab."""
        self.tab.dropEvent(drop_of(*paths))


def mime_of(*paths):
    """What is dragged, or lies in the clipboard."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


_kept = []  # Qt does not own what is dragged in a made event


def drop_of(*paths):
    """The event of dropping files."""
    data = mime_of(*paths)
    _kept[:] = [data]
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
