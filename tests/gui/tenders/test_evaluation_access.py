"""The tab Evaluation without a mouse, and with a screen reader; its words against their ground."""

import pytest
from PySide6.QtCore import Qt

from tests.gui import audit
from tests.gui.contrast import low_contrast, measured
from tomsapp.gui.theme import current_theme

BACK = (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def shown(evaluation_desk):
    d = evaluation_desk()
    d.tab.explain(d.model.rows[1].bid.key)
    d.tab.panel.resize(348, 640)
    audit.settle()
    return d


def test_everything_has_a_name_that_fits_its_role(shown):
    for top in (shown.tab, shown.tab.panel):
        assert audit.nameless(top) == []
        assert audit.misfits(top) == []
        assert audit.deaf_views(top) == []
        assert audit.too_small(top) == []
        assert audit.silent_cells(top) == []
        assert audit.pictures_without_words(top) == []


def test_tab_goes_through_all_of_it_and_back(shown):
    forwards = audit.walk(shown.tab)
    names = [audit.says(stop) for stop in audit.stops(shown.tab)]
    assert "Bids for lot 1, Offices" in names
    assert any(name.startswith("Show all") for name in names)
    assert any(name.startswith("By measure") for name in names)
    assert len(audit.climbs(forwards)) <= 1, "back to the beginning, once"
    audit.walk(shown.tab, *BACK)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_of_the_table_stand_out(shown, theme):
    current_theme().set_theme(theme)
    audit.settle()
    table = shown.table
    table.go_to(0, 2)
    picture = table.viewport().grab().toImage()
    for row in range(shown.model.rowCount()):
        for column in range(shown.model.columnCount()):
            rect = table.visualRect(shown.model.index(row, column))
            assert measured(picture, rect.adjusted(4, 4, -4, -4)) >= 4.5, (row, column)
    assert low_contrast(shown.tab) == []
    assert low_contrast(shown.tab.panel) == []
