"""What tells what is committed: each holds its totals to those of the side Commitments, or of the contract's page."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tests.totals import reading
from tests.totals.council import NOW, TODAY, Council
from tests.totals.places import holds
from tests.totals.screen import Committed, OfContract, pounds_in
from tomsapp.domain.portfolio import COMMITTED_GROUPINGS, OVERLAPPING, PortfolioFigures
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.act_json import read_act
from tomsapp.exchange.portfolio_json import read_portfolio
from tomsapp.exchange.result_read import read_result
from tomsapp.gui.contract.act_timeline import ActTimeline
from tomsapp.gui.contract.figures import Figure, FigureKind
from tomsapp.gui.contract.header_facts import header_facts
from tomsapp.gui.contract.history_tab import SignedCard
from tomsapp.gui.contract.rows import GroupRow, LineRow
from tomsapp.gui.contract.sealed_card import SealedToday
from tomsapp.gui.pages.contracts_list import ContractsListPage
from tomsapp.gui.pages.suppliers_page import SuppliersPage
from tomsapp.gui.widgets.card_button import CardButton
from tomsapp.services import overview, overview_tables, sealing
from tomsapp.services.hand_over import hand_over_report
from tomsapp.services.overview_report import overview_report
from tomsapp.services.reporting import contract_report
from tomsapp.services.sealed_view import sealed_view
from tomsapp.services.signed_valuations import signed_valuations
from tomsapp.services.table_files import save_table
from tomsapp.services.template import make_template


def figures(council: Council, shown: Committed) -> PortfolioFigures:
    return overview.figures(council.cube, shown.filters, council.checked, with_contracts=True).portfolio


@holds(
    "services.overview_report.overview_report",
    "services.portfolio_paper.print_portfolio",
    "services.reporting.made_report",
    "exchange.portfolio_json.write_portfolio",
    "exchange.portfolio_json.contracts_csv",
    "exchange.portfolio_json.contracts_table",
    "exchange.tables.write_csv",
    "tomsapp verify",
)
def portfolio_pdf(council: Council) -> None:
    for shown in council.screen.committed[:2]:
        made = overview_report(council.workspace, council.cube, shown.filters, council.checked, TODAY)
        printed = reading.words_in_pdf(made.data).partition("Where the value comes from")[0]
        of_groups = re.findall(r"contracts? promises? .*?social value of (£\S+\d)|drafts? offers? .*?(£\S+\d)", printed)
        assert sum(pounds_in("".join(each))[0] for each in of_groups) == shown.social_value
        files = reading.attached(made.data)
        told = read_portfolio(files["portfolio.json"])
        whole = told.social_value, told.real_pounds, told.commitments
        assert whole == (shown.social_value, shown.real_pounds, shown.commitments)
        contracts = reading.csv_rows(files["contracts.csv"])
        assert contracts.sum("Social value") == shown.social_value
        assert contracts.sum("Real pounds") == shown.real_pounds
    path = council.file(".pdf")
    path.write_bytes(made.data)
    assert format_pounds(shown.social_value) in council.call("verify", path)


@holds(
    "services.overview_tables.save_every_table",
    "services.overview_tables.grouping_table",
    "services.overview_tables.lines_table",
    "services.table_files.save_workbook",
    "exchange.tables_xlsx.write_xlsx",
)
def portfolio_workbook(council: Council) -> None:
    for shown in council.screen.committed:
        path = council.file(".xlsx")
        overview_tables.save_every_table(council.workspace, council.cube, shown.filters, {}, path, NOW)
        sheets = reading.book_rows(path)
        totals = sheets.pop("Totals")
        assert totals.of("Social value, in proxy pounds", -1) == shown.social_value
        assert totals.of("Real pounds handed over, counted apart", -1) == shown.real_pounds
        overlapping = {overview_tables.TITLES[each] for each in OVERLAPPING}
        for name in sheets.keys() - overlapping - {"Need attention"}:
            assert sheets[name].sum("Social value") == shown.social_value, name
            assert sheets[name].sum("Real pounds") == shown.real_pounds, name


@holds(
    "services.overview_tables.save_grouping",
    "services.overview_tables.save_lines",
    "services.table_files.save_table",
)
def portfolio_csv(council: Council) -> None:
    for shown in council.screen.committed:
        path = council.file(".csv")
        overview_tables.save_lines(council.workspace, council.cube, shown.filters, path, NOW, council.checked)
        assert reading.csv_rows(path).sum("Social value") == shown.social_value
        for grouping in set(COMMITTED_GROUPINGS) - OVERLAPPING:
            path = council.file(".csv")
            overview_tables.save_grouping(council.workspace, figures(council, shown), grouping, path, NOW)
            assert reading.csv_rows(path).sum("Social value") == shown.social_value, grouping


@holds(
    "page overview",
    "gui overview/headlines",
    "gui overview/bars",
    "gui overview/theme_card",
    "gui overview/rows",
    "gui overview/lists",
    "gui overview/list_dialog",
    "gui models/column",
)
def side_commitments(council: Council) -> None:
    page = council.screen.overview
    council.screen.press("commitments")
    for shown in council.screen.committed:
        council.screen.show(shown.filters)
        (themes,) = page.summary.themes.bar._bars
        assert themes.total_text == format_pounds(shown.social_value)
        assert sum(pounds_in(each.value_text)[0] for each in themes.segments) == shown.social_value
        years = page.summary.years.chart._bars
        assert sum(pounds_in(each.value_text)[0] for year in years for each in year.segments) == shown.social_value
        for grouping in set(COMMITTED_GROUPINGS) - OVERLAPPING:
            assert cells(page.tables.models[grouping], "social_value") == shown.social_value, grouping
            assert cells(page.tables.models[grouping], "real_pounds") == shown.real_pounds, grouping
        page.summary.headlines.lines_wanted.emit("social_value")
        dialog = page.lists.dialog
        assert pounds_in(dialog.total.text()) == [shown.social_value, shown.real_pounds]
        assert cells(dialog.model, "social_value") == shown.social_value
        dialog.reject()


def cells(model: Any, key: str) -> Decimal:
    """What the cells of a column of pounds show, added up."""
    at = next(place for place, column in enumerate(model.columns) if column.key == key)
    found = (pounds_in(str(model.index(row, at).data() or "")) for row in range(model.rowCount()))
    return sum((each[0] for each in found if each), Decimal(0))


@holds("page contracts", "gui pages/contracts_list", "page suppliers", "gui pages/suppliers_page")
def lists_of_contracts_and_suppliers(council: Council) -> None:
    whole = sum((each.counted for each in council.screen.contracts.values()), Decimal(0))
    for kind in (ContractsListPage, SuppliersPage):
        page = kind(council.screen.session)
        council.screen.windows.append(page)
        page.load()
        page.show()
        assert cells(page.table.model(), "social_value") == whole
        path = council.file(".csv")
        save_table(council.workspace, page._table_shown(), path, NOW)
        assert reading.csv_rows(path).sum("Social value") == whole
        page.hide()


@holds(
    "tab commitments",
    "gui contract/panel",
    "gui contract/header_facts",
    "gui contract/figures",
    "gui contract/grid_model",
    "gui contract/grid_paint",
    "gui contract/row_words",
    "gui contract/explain_line",
)
def page_of_a_contract(council: Council) -> None:
    page = council.screen.contract
    for number, shown in council.screen.contracts.items():
        page.show_target(number)
        model = page.lines.model
        told = [model.index(row, model.value_column).data() for row in range(model.rowCount())]
        of_themes = [row for row in model.rows if isinstance(row, GroupRow) and row.is_theme]
        shown_of_themes = [pounds_in(told[model.rows.index(row)])[0] for row in of_themes]
        assert sum(shown_of_themes, Decimal(0)) == shown.social_value
        lines = [pounds_in(words)[0] for row, words in zip(model.rows, told, strict=True) if is_valued(row)]
        assert sum(lines, Decimal(0)) == shown.social_value
        facts = {fact.caption: fact.value for fact in header_facts(page.editor.opened, page.editor.opened.checked)}
        assert pounds_in(facts["Social value"]) == [shown.social_value]
        assert pounds_in(facts["Real pounds"]) == [shown.real_pounds]
        page.forms.panel.show_figure(Figure(FigureKind.TOTAL))
        explained = page.forms.panel.shown
        assert pounds_in(explained.title)[0] == shown.social_value
        (sums,) = explained.insets
        assert (
            sum((pounds_in(line.result)[0] for line in sums.lines if not line.is_total), Decimal(0))
            == shown.social_value
        )
        page.forms.panel.show_form(None)


def is_valued(row: object) -> bool:
    return isinstance(row, LineRow) and row.line is not None and row.line.measure.is_valued


@holds(
    "gui contract/sealed_card",
    "gui contract/act_timeline",
    "gui variation/effect",
    "tab history",
    "gui contract/history_tab",
    "services.sealing.document_bytes",
    "exchange.act_json.write_act",
)
def contract_as_sealed(council: Council) -> None:
    """As varied, else as signed, it is what the panel shows; a draft of a variation begins with the same."""
    for number in council.told:
        shown, opened = council.screen.contracts[number], council.opened(number)
        view = sealed_view(council.workspace, opened, TODAY)
        card = SealedToday()
        council.screen.windows.append(card)
        card.show_view(view)
        assert shown.social_value in pounds_in(card.total.text())
        fixed = [act.value for act in opened.acts if act.kind.fixes]
        assert fixed[-1] == shown.social_value
        sealed = [act for act in opened.acts if act.kind.fixes][-1]
        document = sealing.document_bytes(council.workspace, sealed)
        assert read_act(document).result.social_value == shown.social_value
        timeline = ActTimeline()
        council.screen.windows.append(timeline)
        timeline.show_contract(opened)
        signed = format_pounds(fixed[0])
        assert any(signed in each.accessibleName() for each in timeline.findChildren(CardButton))
        history = SignedCard()
        council.screen.windows.append(history)
        history.show_valuations(signed_valuations(council.workspace, number, TODAY))
        assert pounds_in(history.lines[0].text()) == [fixed[0]]


@holds(
    "services.reporting.contract_report",
    "services.reporting.contract_pdf",
    "services.reporting.write_report",
    "services.reporting.offer_report",
    "services.reporting.write_offer_report",
    "services.offers.result_json",
    "exchange.offer_json.write_offer",
    "exchange.offer_json.to_json",
    "exchange.result_csv.result_csv",
    "exchange.result_csv.result_table",
    "exchange.result_json.write_result",
    "tomsapp value",
    "tomsapp report",
)
def valuation_of_a_contract(council: Council) -> None:
    """Its PDF with the files in it, and the offer in it as the commands value and print it."""
    for number in council.told:
        made = contract_report(council.workspace, number, TODAY)
        hold_pdf(council.screen.contracts[number], made.data)
    for number in council.drafts[:1]:
        shown = council.screen.contracts[number]
        made = contract_report(council.workspace, number, TODAY)
        hold_pdf(shown, made.data)
        offer = council.file(".json")
        offer.write_bytes(reading.attached(made.data)["offer.json"])
        assert pounds_in(council.call("value", offer).split("Social value: ")[1])[0] == shown.social_value
        stated = reading.exact_json(council.call("value", offer, "--format", "json").encode())
        assert Decimal(stated["total"]) == shown.social_value
        path = council.file(".pdf")
        council.call("report", offer, "-o", path)
        hold_pdf(shown, path.read_bytes())


def hold_pdf(shown: OfContract, data: bytes) -> None:
    files = reading.attached(data)
    assert read_result(files["valuation.json"]).social_value == shown.social_value
    rows = reading.csv_rows(files["valuation.csv"])
    assert (rows.sum("Social value"), rows.sum("Real pounds")) == (shown.social_value, shown.real_pounds)
    words = reading.words_in_pdf(data)
    assert reading.amounts_after(words, "social value of ") == [shown.counted]
    assert shown.real_pounds in pounds_in(words)


@holds("services.template.make_template", "exchange.workbook_write.write_workbook")
def workbook_of_a_contract(council: Council) -> None:
    for number in (*council.drafts[:1], *council.told):
        shown = council.screen.contracts[number]
        path = council.file(".xlsx")
        measures = [line.record.measure for line in council.opened(number).commitments]
        make_template(council.workspace, number, measures, path, NOW, with_commitments=True)
        totals = reading.book_rows(path)["Totals"]
        assert totals.of("Social value") == shown.social_value
        assert totals.of("Real pounds (never added to social value)") == shown.real_pounds


@holds("services.hand_over.hand_over_report")
def hand_over_sheet(council: Council) -> None:
    for number in council.told:
        shown = council.screen.contracts[number]
        made = hand_over_report(council.workspace, number, TODAY).data
        path = council.file(".pdf")
        council.call("--database", council.path, "report", "--hand-over", council.references[number], "-o", path)
        for data in (made, path.read_bytes()):
            told = reading.words_in_pdf(data)
            assert reading.amounts_after(told, "The supplier promised social value of ") == [shown.counted]
