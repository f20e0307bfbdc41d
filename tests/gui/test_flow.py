from __future__ import annotations

from tomsapp.gui.widgets.cards import HeadlineFigure
from tomsapp.gui.widgets.flow import CardFlow


def test_cards_go_to_a_second_row_before_a_figure_is_cut(qtbot, theme):
    figures = [HeadlineFigure(f"Figure {n}") for n in range(5)]
    for figure in figures:
        figure.set_value("£5,526,161.01", "In proxy pounds, at menu values")
    flow = CardFlow(*figures)
    qtbot.addWidget(flow)
    flow.show()
    flow.resize(1300, 100)
    assert flow.columns == 5
    theme.set_text_size(150)
    flow.resize(1281, 100)
    assert flow.columns == 3
    assert all(figure.width() >= figure.minimumSizeHint().width() for figure in figures)
