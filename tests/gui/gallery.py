"""Draws the widgets and the empty window to pictures, to be looked at beside the design.

Run: QT_QPA_PLATFORM=offscreen python -m tests.gui.gallery FOLDER [--scale 2]
"""

from __future__ import annotations

import os
import sys
from decimal import Decimal
from pathlib import Path

if "--scale" in sys.argv:
    os.environ["QT_SCALE_FACTOR"] = sys.argv[sys.argv.index("--scale") + 1]

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tomsapp.config.preferences import Preferences
from tomsapp.domain.policy import PolicyResult
from tomsapp.gui.focus_ring import install_focus_ring
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.main_window import MainWindow
from tomsapp.gui.models.column import Column
from tomsapp.gui.models.row_model import RowModel
from tomsapp.gui.page import Page, PageSpec
from tomsapp.gui.theme import current_theme, install_theme
from tomsapp.gui.widgets.buttons import Button, LinkButton, SegmentedButton, TabStrip
from tomsapp.gui.widgets.cards import Card, HeadlineFigure
from tomsapp.gui.widgets.chart_paint import paint_segment
from tomsapp.gui.widgets.charts import Bar, BarRows, Segment, StackedBar, YearColumns
from tomsapp.gui.widgets.chips import FilterChip
from tomsapp.gui.widgets.data_table import DataTable
from tomsapp.gui.widgets.explanation import Explanation, ExplanationPanel, FactLine, Inset, SumLine
from tomsapp.gui.widgets.feedback import EmptyState, ProgressCard, Toast
from tomsapp.gui.widgets.fields import ChoiceField, DateField, LineField, TextField
from tomsapp.gui.widgets.flow import CardFlow
from tomsapp.gui.widgets.page_header import Fact, FactsStrip
from tomsapp.gui.widgets.policy import PolicyCheck, PolicyChecks
from tomsapp.gui.widgets.problems import ErrorSummary, ProblemRow
from tomsapp.gui.widgets.text import Text, hairline

CHECKS = (
    PolicyCheck("scope", "In scope", "Yes", "£4,200,000.00 is over £25,000.00", PolicyResult.MET),
    PolicyCheck(
        "min",
        "5% minimum",
        "Short by £9,550.61",
        "£4,200,000.00 × 5% = £210,000.00 of social value",
        PolicyResult.SHORT,
    ),
    PolicyCheck(
        "jobs", "Employment outcomes", "Met", "4.2 rounded down = 4 outcomes needed, 13 committed", PolicyResult.MET
    ),
    PolicyCheck("pay", "Prompt payment", "Not checked", "This rule starts on 1 April 2027", PolicyResult.NOT_CHECKED),
)


class Swatches(QWidget):
    def sizeHint(self):
        return QSize(470, 40)

    def paintEvent(self, _event):
        painter = QPainter(self)
        for n in range(7):
            paint_segment(painter, current_theme(), self.rect().adjusted(n * 66, 0, 0, 0).toRectF() & _box(n), n + 1)
        painter.end()


def _box(n):
    from PySide6.QtCore import QRectF

    return QRectF(n * 66, 0, 58, 40)


def row(*widgets, stretch=True):
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    for widget in widgets:
        layout.addWidget(widget)
    if stretch:
        layout.addStretch(1)
    return holder


def card(title, *widgets):
    made = Card(title)
    for widget in widgets:
        made.body.addWidget(widget)
    made.body.addStretch(1)
    return made


class ComponentsPage(Page):
    def __init__(self):
        super().__init__("Components and states")
        grid = QGridLayout()
        grid.setSpacing(12)
        disabled = Button("Disabled")
        disabled.setEnabled(False)
        self.focused = Button("Focus")
        buttons = row(Button("Secondary"), disabled, LinkButton("Link"), Button("Delete contract", "danger"))
        grid.addWidget(card("Buttons", row(Button("Primary", "primary"), self.focused), buttons), 0, 0)
        bad = LineField("Quantity")
        bad.set_text("−4")
        bad.set_error("Enter 0 or more")
        chip = FilterChip("Year", [(2026, "2026/27")])
        chip.set_values([2026])
        chips = row(FilterChip("Theme"), chip, FilterChip("Ward"))
        grid.addWidget(card("Fields", row(QLineEdit("Ordinary"), bad, stretch=False), chips), 1, 0)
        problems = (
            ProblemRow("error", "The quantity is less than zero. Enter 0 or more.", [("c", "Clear 2027/28")]),
            ProblemRow("warning", "J11 is over half of what is claimed. Check the quantity.", [("r", "It is right")]),
            ProblemRow("info", "Y01 and Y02 may not count the same pupil.", [("s", "See the rule")]),
        )
        grid.addWidget(card("Inline problems: error, warning, note", *problems), 2, 0)
        grid.addWidget(card("Chart series 1 to 7: colour, pattern and number", Swatches()), 3, 0)
        checks = PolicyChecks()
        checks.set_checks(CHECKS)
        grid.addWidget(card("Policy checks", checks), 0, 1, 2, 1)
        progress = ProgressCard("Making the portfolio PDF")
        progress.report(620, 1000)
        grid.addWidget(progress, 2, 1)
        grid.addWidget(card("Segments", SegmentedButton("View", [("b", "Browse"), ("c", "Compare editions")])), 3, 1)
        add, load = Button("Add measures", "primary", "plus"), Button("Import from spreadsheet")
        empty = EmptyState(
            "list-plus", "No commitments yet", "Add the measures that this supplier has promised.", add, load
        )
        whole = Card()
        whole.body.addWidget(empty)
        grid.addWidget(whole, 0, 2, 4, 1)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid, 1)


class OverviewPage(Page):
    def __init__(self):
        super().__init__("Overview")
        self.header.add_action(Button("Export", opens_menu=True))
        self.header.add_action(Button("Preview portfolio PDF", "primary", "file-text"))
        figures = []
        shown = (
            ("Social value committed", "£5,526,161.01", "In proxy pounds, at menu values", "text_muted"),
            ("Real pounds handed over", "£275,350.00", "Counted apart, never added", "text_muted"),
            ("Employment outcomes", "368", "Met: 85 needed", "success"),
            ("Below the 5% minimum", "3 contracts", "Short by £44,556.08", "warning"),
        )
        for caption, figure, meaning, tone in shown:
            headline = HeadlineFigure(caption)
            headline.set_value(figure, meaning, tone)
            figures.append(headline)
        self.body.addWidget(CardFlow(*figures, HeadlineFigure("Share of contract value")))
        themes = tuple(
            Segment(n, f"Theme {n}", Decimal(v), f"£{v}", n)
            for n, v in enumerate((2869883, 241486, 731930, 917182, 230439, 535238), 1)
        )
        bar, years, rows = StackedBar("Committed by theme"), YearColumns("Committed by year"), BarRows("Top suppliers")
        bar.set_bars([Bar("", "", themes)], "Social value by theme")
        parts = [Decimal(n) / 100 for n in (11, 29, 26, 17, 8, 7)]
        years.set_bars(
            [
                Bar(
                    f"{2025 + i}/{26 + i}",
                    f"£{sum(s.value for s in themes) * part / 1000000:.2f}m",
                    tuple(Segment((i, s.key), s.name, s.value * part, "", s.series) for s in themes),
                )
                for i, part in enumerate(parts)
            ],
            "Social value by year",
        )
        rows.set_bars(
            [
                Bar(name, f"£{v:,}.00", (Segment(name, name, Decimal(v), f"£{v:,}"),))
                for name, v in (
                    ("Northcote Civil Engineering plc", 2734788),
                    ("Brightwater Care Ltd", 1163128),
                    ("Ashdown Facilities", 940593),
                )
            ],
            "Suppliers by social value",
        )
        grid = QGridLayout()
        grid.setSpacing(12)
        one, two, three = (
            Card("Committed by theme", "See every line"),
            Card("Committed by year", "Show as table"),
            Card("Top suppliers by social value"),
        )
        one.body.addWidget(bar)
        one.body.addStretch(1)
        two.body.addWidget(years, 1)
        three.body.addWidget(rows, 1)
        grid.addWidget(one, 0, 0)
        grid.addWidget(two, 0, 1)
        grid.addWidget(three, 1, 0)
        self.body.addLayout(grid, 1)


class TablePage(Page):
    def __init__(self):
        super().__init__("Housing repairs and empty homes, east", header_on_surface=True)
        head = self.header
        head.crumbs.set_steps([("contracts", "Contracts"), ("", "C-2026-004")])
        head.set_badge("Draft", "info")
        head.add_action(Button("History", icon_name="history"))
        head.add_action(Button("Preview PDF", icon_name="file-text"))
        head.facts.set_facts(
            [
                Fact("Supplier", "Hartwell and Doyle Property Services Ltd", "s"),
                Fact("Contract value", "£4,200,000.00"),
                Fact("Length", "3 years from 1 April 2026"),
                Fact("Menu edition", "barnet-open 2026.2", "m"),
            ]
        )
        tabs = TabStrip("Contract", [("c", "Commitments (11)"), ("f", "Contract facts"), ("h", "History")])
        head.set_tabs(tabs, Button("Import", icon_name="upload"), Button("Add measures", "primary", "plus"))
        model = RowModel(
            (
                Column("t", "Commitment", lambda r: r[0], second_line=lambda r: f"{r[1]} · whole borough"),
                Column("u", "Unit value", lambda r: r[2], align="right", width=120),
                Column("v", "Social value", lambda r: r[3], align="right", width=130, is_link=True),
                Column(
                    "s",
                    "Check",
                    lambda r: r[4],
                    width=130,
                    tone=lambda r: "warning" if r[4] == "Short" else "success",
                    icon=lambda r: "triangle-alert" if r[4] == "Short" else "circle-check",
                ),
            )
        )
        model.set_rows(
            [
                (
                    f"Unemployed resident into sustained work {n}",
                    f"J{n:02d}",
                    "£20,202.72",
                    "£37,888.74",
                    "Short" if n % 3 == 0 else "Met",
                )
                for n in range(1, 40)
            ]
        )
        self.table = DataTable(model, "Commitments")
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.select_place(1)
        holder = Card()
        holder.fill(self.table)
        self.body.addWidget(holder, 1)
        self.set_panel(self.build_panel())

    def build_panel(self):
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(20, 14, 16, 8)
        column.setSpacing(10)
        column.addWidget(Text("Social value of this contract", "note_strong", "text_muted"))
        column.addWidget(Text("£200,449.39", "display"))
        facts = FactsStrip()
        facts.set_facts(
            [Fact("Real pounds", "£15,000.00"), Fact("Share of value", "4.77%"), Fact("Per £1 spent", "£0.05")]
        )
        column.addWidget(facts)
        column.addWidget(hairline())
        column.addWidget(Text("Policy checks", "h3"))
        checks = PolicyChecks()
        checks.set_checks(CHECKS[1:3])
        column.addWidget(checks)
        column.addWidget(hairline())
        explanation = ExplanationPanel()
        explanation.show_explanation(
            Explanation(
                "How £20,202.72 came about",
                "J01 Unemployed resident into sustained work",
                (
                    Inset(
                        (
                            SumLine("2026/27:  1 × £20,202.72 × 50%", "£10,101.36"),
                            SumLine("2027/28:  1 × £20,202.72 × 50%", "£10,101.36"),
                            SumLine("2028/29:  none", "£0.00"),
                            SumLine("Total of the rounded years", "£20,202.72", is_total=True),
                        )
                    ),
                ),
                (
                    FactLine("Quantity", "1 job in each of 2 years"),
                    FactLine("Unit value", "£14,610 at 2012-13 prices × 100 ÷ 72.317 (GDP deflator) = £20,202.72"),
                    FactLine("Share", "50%: the rest counts for C-2025-007"),
                    FactLine(
                        "Source",
                        "Unit Cost Database v1.4, Greater Manchester CA, 2015, row E&E1.0. CC BY 4.0.",
                        "See the source",
                        "https://example.org",
                    ),
                ),
            )
        )
        column.addWidget(explanation, 1)
        return panel


class FormPage(Page):
    def __init__(self):
        super().__init__("New contract", header_on_surface=True)
        self.header.crumbs.set_steps([("contracts", "Contracts"), ("", "New contract")])
        self.header.set_badge("Not saved", "warning")
        value, end = (
            LineField("Contract value", "In pounds, without VAT, for the whole length"),
            DateField("End date", "The last day of delivery"),
        )
        supplier = ChoiceField(
            "Supplier", [], "The organisation that signs the contract", placeholder="Choose a supplier"
        )
        value.set_text("about 4")
        value.set_error("Use numbers only, for example 4200000.00")
        end.line.setText("31 March 2025")
        end.set_error("Must be after the start date, 1 April 2026")
        supplier.set_error("Choose a supplier or add a new one")
        edition = ChoiceField(
            "Menu edition", [("e", "barnet-open 2026.2, published")], "Fixed once the contract is signed"
        )
        edition.set_value("e")
        self.summary = ErrorSummary()
        self.summary.show_problems([value, end, supplier])
        self.body.addWidget(self.summary)
        form = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        for place, field in enumerate(
            (
                LineField("Title"),
                LineField("Reference"),
                DateField("Start date"),
                value,
                supplier,
                end,
                edition,
                TextField("Notes", "Shown in the PDF", lines=3),
            )
        ):
            grid.addWidget(field, place // 3, place % 3, Qt.AlignmentFlag.AlignTop)
        form.body.addLayout(grid)
        holder = QWidget()
        holder.setProperty("k", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        self.body.addWidget(area, 1)
        foot = row(
            Button("Save contract", "primary"),
            Button("Discard changes"),
            Text("Your typing is kept in a draft.", "note", "text_muted"),
        )
        self.body.addWidget(foot)


SPECS = (
    PageSpec("start", "Start", "house", "Alt+1", lambda: Page("Start"), needs_database=False, also_found_as="home"),
    PageSpec("overview", "Overview", "layout-dashboard", "Alt+2", OverviewPage),
    PageSpec("contracts", "Contracts", "file-text", "Alt+4", TablePage),
    PageSpec("suppliers", "Suppliers", "building-2", "Alt+5", FormPage),
    PageSpec("menu", "Menu", "book-open", "Alt+7", ComponentsPage),
    PageSpec(
        "settings", "Settings", "settings", "Alt+8", lambda: Page("Settings"), needs_database=False, at_bottom=True
    ),
)


def main(folder: Path) -> None:
    app = QApplication([])
    theme = install_theme(app)
    install_focus_ring(app)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "preferences.json").unlink(missing_ok=True)
    window = MainWindow(SPECS, jobs=inline_jobs(), preferences=Preferences(folder / "preferences.json"))
    window.top_bar.set_notice("Example council, not real")
    window.show()
    window.activateWindow()

    def save(name: str, width: int = 1366, height: int = 768) -> None:
        window.resize(width, height)
        for _ in range(4):
            app.processEvents()
        window.grab().save(str(folder / f"{name}.png"))

    window.go_to("overview")
    save("no_database")
    window.set_database("larkmere-example.db", council="Larkmere Council")
    window.status.set_saved("All saved in larkmere-example.db. Safe to copy.")
    window.status.set_menu("Menu barnet-open 2026.2, 2024 prices")
    window.status.set_user("A. Okafor")
    for name in ("light", "dark"):
        theme.set_theme(name)
        for key in ("overview", "contracts", "suppliers", "menu"):
            window.go_to(key)
            if key == "menu":
                window.page("menu").focused.setFocus(Qt.FocusReason.TabFocusReason)
            save(f"{key}_{name}", *((1608, 797) if key == "menu" else (1366, 768)))
    theme.set_theme("light")
    window.go_to("contracts")
    save("contracts_1280", 1280, 680)
    window.stage.open_panel()
    save("contracts_1280_sheet", 1280, 680)
    save("contracts_1920", 1920, 1080)
    window.show_toast(Toast("J10 Supported internship removed from C-2026-004", lambda: None, "trash-2"))
    theme.set_text_size(150)
    save("contracts_150", 1366, 768)
    window.go_to("overview")
    save("overview_150", 1366, 768)
    window.go_to("suppliers")
    save("form_150", 1366, 768)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
