"""A tender whose offers are opened in a real database, and its tab Evaluation as a person finds it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.services.tenders.build import opened
from tests.services.tenders.evaluations import EXCLUDE
from tests.services.tenders.many_bids import PICTURED, tender_with
from tests.services.tenders.offers import PAST
from tomsapp.bootstrap import menu_catalogue
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.evaluation_tab import EvaluationTab
from tomsapp.services import databases
from tomsapp.services.tenders import freezing
from tomsapp.services.tenders.evaluating import open_evaluation


class EvaluationDesk:
    """A tender with bids, its session, and the tab, which is told anew of every change as by its page."""

    def __init__(self, qtbot, folder, jobs, preferences, bids=PICTURED, *, is_entered=True, page=None):
        self.workspace = databases.make_database(folder / "t.db", menu_catalogue(), "A. Okafor", "Larkmere Council")
        self.page = (page or tender_with)(self.workspace, bids, is_entered=is_entered)
        self.session = Session(jobs, self.workspace.catalogue, preferences, "A. Okafor")
        self.session.set_workspace(self.workspace)
        self.tab = EvaluationTab(self.session)
        self.toasts, self.failures, self.wanted = [], [], []
        self.tab.wants_toast.connect(self.toasts.append)
        self.tab.wants_tab.connect(lambda key, place: self.wanted.append((key, place)))
        self.tab.stale.connect(self.show)
        jobs.failed.connect(self.failures.append)
        self.session.changed.connect(lambda _changes: self.show())
        qtbot.addWidget(self.tab)
        qtbot.addWidget(self.tab.explanation.parentWidget())
        self.tab.resize(1278, 700)
        self.tab.show()
        self.show()

    def show(self):
        """Show the tender as the database holds it now."""
        self.tab.show_tender(opened(self.workspace, self.page.id))
        return self

    @property
    def table(self):
        return self.tab.table

    @property
    def model(self):
        return self.tab.model

    @property
    def held(self):
        """The evaluation that the database holds now."""
        return open_evaluation(self.workspace, self.page.id)

    def bid(self, supplier):
        """What the database holds of a bid."""
        return next(bid.stored.record for bid in self.held.bids if bid.supplier == supplier)

    def rows(self):
        """What the table shows."""
        model = self.model
        return [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def heads(self):
        return [self.model.head(column) for column in range(self.model.columnCount())]

    def row_of(self, supplier):
        return next(place for place, row in enumerate(self.model.rows) if row.row.supplier == supplier)

    def go_to(self, supplier, what):
        """Put the cursor into the price or the quality of a bid."""
        self.table.setFocus()
        self.table.go_to(self.row_of(supplier), self.model.column_of(what))

    def type_in(self, supplier, what, text, then=Qt.Key.Key_Return):
        """Type into a price or quality as a person does."""
        self.go_to(supplier, what)
        QTest.keyClicks(self.table, text[:1])
        field = self.table.viewport().findChildren(QLineEdit)[-1]
        QTest.keyClicks(field, text[1:])
        QTest.keyClick(field, then)


def exclude(workspace, page, supplier):
    """Exclude a bidder from lot 1."""
    freezing.exclude(workspace, open_evaluation(workspace, page.id), replace(EXCLUDE, supplier=supplier), PAST)
