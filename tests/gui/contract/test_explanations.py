"""Every figure says how it came about, in sums that can be redone by hand."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.gui.contract.conftest import line
from tomsapp.domain.valuation import valuation_of
from tomsapp.gui.contract.figures import Figure, FigureKind, explain
from tomsapp.gui.widgets.policy import PolicyCheckRow


def sums(explanation):
    return [(one.text, one.result) for inset in explanation.insets for one in inset.lines]


def facts(explanation):
    return {fact.label: fact.text for fact in explanation.facts}


def of(desk, kind, key=""):
    return explain(Figure(kind, key), desk.page.editor.checked)


def key_of(desk, measure):
    return desk.model.line_at(desk.row(measure)).commitment.key


def test_a_line_is_explained_year_by_year_down_to_its_source(desk):
    d = desk()
    made = of(d, FigureKind.LINE, key_of(d, "J01"))
    assert made.title == "How £20,202.72 came about"
    assert sums(made) == [
        ("2026/27: 1 × £20,202.72 × 50%", "£10,101.36"),
        ("2027/28: 1 × £20,202.72 × 50%", "£10,101.36"),
        ("2028/29: 0", "£0.00"),
        ("Total of the rounded years", "£20,202.72"),
    ]
    assert facts(made)["Unit value"] == "£14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72"
    assert facts(made)["Quantity"] == "1 full-time job for 12 months in each of 2 years"
    assert "Unit Cost Database v1.4" in facts(made)["Source"]
    assert made.insets[0].lines[0].spoken == "2026/27: 1 times £20,202.72 times 50% equals £10,101.36"
    assert next(fact.link for fact in made.facts if fact.label == "Source").startswith("https://")


def test_a_dated_measure_names_the_value_of_each_year(desk):
    d = desk()
    labels = [fact.label for fact in of(d, FigureKind.LINE, key_of(d, "G01")).facts]
    assert [label for label in labels if label.startswith("Value")] == ["Value 2026", "Value 2027", "Value 2028"]
    assert d.shown("G01", 1) == "By year"


def test_attendances_of_several_years_are_added_up(desk):
    d = desk(lines=(line("R05", 100, 250, 100),))
    quantity = facts(of(d, FigureKind.LINE, key_of(d, "R05")))["Quantity"]
    assert quantity == "100 + 250 + 100 = 450 attendances by residents at listening events"


def test_a_recorded_only_measure_is_counted_not_valued(desk):
    d = desk(lines=(line("R02", 1, None, None), line("J11", 1, 1, 1)))
    assert d.shown("R02", d.model.value_column) == "Counted, not valued"
    assert of(d, FigureKind.LINE, key_of(d, "R02")).title == "R02 is counted, not valued"


def test_totals_add_up_from_what_they_show(desk):
    d = desk()
    for kind, key in ((FigureKind.TOTAL, ""), (FigureKind.THEME, "1"), (FigureKind.OUTCOME, "1c")):
        *parts, (_, whole) = sums(of(d, kind, key))
        added = sum(Decimal(value.removeprefix("£").replace(",", "")) for _, value in parts)
        assert f"£{added:,.2f}" == whole


def test_real_pounds_share_and_jobs_are_explained(desk):
    d = desk()
    assert sums(of(d, FigureKind.REAL_POUNDS))[-1] == ("Total", "£15,000.00")
    assert sums(of(d, FigureKind.SHARE))[0][0] == "£104,152.52 ÷ £4,200,000.00"
    assert sums(of(d, FigureKind.PER_POUND))[-1] == ("Rounded to the penny", "£0.02")
    jobs = sums(of(d, FigureKind.EMPLOYMENT))
    assert not any("J11" in text for text, _ in jobs)  # a raise is no new job
    # A half of 1 in each of two years: they may be the same people.
    assert (jobs[-2][0], jobs[-1]) == ("Employment outcomes", ("If all are different people", "1"))


def test_a_policy_check_says_the_other_reading_and_its_source(desk):
    d = desk()
    made = of(d, FigureKind.POLICY, "minimum")
    assert sums(made)[-1] == ("Result", "Not enough: short by £105,847.48")
    assert facts(made)["Other reading"].startswith("Counted in real pounds instead: £15,000.00 committed")
    assert facts(made)["In force"] == "From 18 October 2023"
    employment = of(d, FigureKind.POLICY, "employment")
    assert any("J01" in text for text, _ in sums(employment))


def test_ctrl_enter_explains_esc_gives_the_keyboard_back(desk, qtbot):
    d = desk()
    panels = []
    d.page.wants_panel.connect(panels.append)
    d.cell("S08", 1)
    QTest.keyClick(d.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert d.page.forms.panel.shown.title == "How £7,200.00 came about"
    d.page.forms.panel.explanation.copy_all()
    assert "2026/27: 40 × £240.00 × 25%\t£2,400.00" in QGuiApplication.clipboard().text()
    QTest.keyClick(d.page.forms.panel.explanation, Qt.Key.Key_Escape)
    assert d.page.forms.panel.shown is None
    assert panels == [True, False]


def test_jobs_are_explained_by_what_is_open_and_by_what_is_answered(desk):
    checked = desk((line("J01", 1, 1, 0), line("J07", 1, 0, 0))).page.editor.checked
    edition, lines = checked.valuation.edition, checked.valuation.lines
    same = {frozenset(("J01", "J07"))}
    for pairs, last in ((same, "answered to be the same people as "), ((), "until it is declared otherwise")):
        valuation = valuation_of(checked.valuation.contract, edition, lines, same=pairs)
        told = sums(explain(Figure(FigureKind.EMPLOYMENT), replace(checked, admissible=valuation)))
        assert any(last in text for text, _ in told), told
        assert ("If all are different people" in dict(told)) is not bool(pairs)


def test_clicks_on_figures_and_subtotals_explain_them(desk):
    d = desk()
    for row, title in ((0, "How £88,535.22 came about"), (d.row("J11"), "How £61,132.50 came about")):
        rect = d.table.visualRect(d.model.index(row, d.model.value_column if row else 0))
        at = QPoint(rect.right() - 20, rect.center().y())
        QTest.mouseClick(d.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert d.page.forms.panel.shown.title == title
    QTest.mouseClick(d.page.forms.panel._real, Qt.MouseButton.LeftButton)
    assert d.page.forms.panel.shown.subtitle == "Real pounds of this contract"


def test_an_open_explanation_follows_the_typing(desk):
    d = desk()
    d.page.forms.panel.show_figure(Figure(FigureKind.LINE, key_of(d, "J11")))
    d.page.editor.type_quantity(key_of(d, "J11"), 0, "6")
    assert d.page.forms.panel.shown.title == "How £65,208.00 came about"


def test_an_open_explanation_leaves_each_policy_check_one_line(desk):
    d = desk()
    panel = d.page.forms.panel
    rows = panel.findChildren(PolicyCheckRow)
    full = [row.sizeHint().height() for row in rows]
    panel.show_figure(Figure(FigureKind.TOTAL))
    assert all(row.sizeHint().height() < height for row, height in zip(rows, full, strict=True))
    assert all("£" in row.accessibleName() for row in rows[:1])
    panel.explanation.close_explanation()
    assert [row.sizeHint().height() for row in rows] == full


def test_a_policy_check_says_whose_rule_it_is_and_who_adopted_it(desk):
    editor = desk().page.editor
    checked = editor.checked
    figure = Figure(FigureKind.POLICY, "minimum")
    told = facts(explain(figure, checked, editor.opened.origin))
    assert told["Whose rule"].startswith("The rules are those of Barnet Council (Social value, 2023), in force from 18")
    assert " took them over with its menu, so they bind the contracts of " in told["Whose rule"]
    assert "Whose rule" not in facts(explain(figure, checked))
