"""What tells what was delivered: each holds its totals to those of the side Delivery, or of the contract's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from tests.services.test_open_data import amounts
from tests.totals import reading
from tests.totals.council import NOW, TODAY, UNTIL, Council
from tests.totals.of_committed import cells
from tests.totals.places import holds
from tests.totals.screen import STATES, Delivered, OfContract, pounds_in
from tomsapp.domain.delivered_portfolio import DELIVERED_GROUPINGS
from tomsapp.domain.delivery.quarters import quarters_of
from tomsapp.domain.open_data import Publication
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperTable
from tomsapp.domain.portfolio import BY_TIME, OVERLAPPING, Grouping
from tomsapp.domain.saved_view import OverviewView
from tomsapp.domain.wording import format_percent, format_pounds
from tomsapp.gui.delivery.delivery_tab import DeliveryTab
from tomsapp.gui.delivery.publish_dialog import PublishDialog
from tomsapp.gui.delivery.published_now_dialog import PublishedNowDialog
from tomsapp.gui.widgets.text import Text
from tomsapp.services import council_papers, delivered_tables, publishing
from tomsapp.services.delivered_paper import delivered_report
from tomsapp.services.open_data import make_open_data
from tomsapp.services.overview_delivered import delivered_figures
from tomsapp.services.papers_of_many import PortfolioPaper, paper_of_view, portfolio_paper
from tomsapp.services.published_now import published_now
from tomsapp.services.return_books import make_return
from tomsapp.services.saved_views import view_of

ADDED = tuple(each for each in DELIVERED_GROUPINGS if each not in OVERLAPPING)


@holds(
    "services.delivered_tables.save_every_delivered",
    "services.delivered_tables.every_table",
    "services.delivered_tables.totals_table",
    "services.delivered_tables.delivered_table",
    "services.delivered_tables.lines_table",
)
def delivered_workbook(council: Council) -> None:
    for shown in council.screen.delivered:
        path = council.file(".xlsx")
        delivered_tables.save_every_delivered(council.workspace, council.delivered, shown.filters, path, NOW)
        sheets = reading.book_rows(path)
        for name, amount in shown.pounds.items():
            assert sheets["Delivered"].of(f"Proxy pounds {name}") == amount, name
            assert sheets["Delivered"].of(f"Real pounds {name}") == shown.real[name], name
        for grouping in ADDED:
            rows = sheets[delivered_tables.TITLES[grouping]]
            for name in STATES if grouping in BY_TIME else shown.pounds:
                assert rows.sum(name.capitalize()) == shown.pounds[name], (grouping, name)
        hold_lines(shown, sheets["Lines"])


def hold_lines(shown: Delivered, rows: reading.Rows) -> None:
    for name in STATES:
        assert rows.sum(name.capitalize()) == shown.pounds[name], name
        assert rows.sum(f"Real pounds {name}") == shown.real[name], name


@holds("services.delivered_tables.save_delivered", "services.delivered_tables.save_delivered_lines")
def delivered_csv(council: Council) -> None:
    for shown in council.screen.delivered:
        path = council.file(".csv")
        delivered_tables.save_delivered_lines(council.workspace, council.delivered, shown.filters, path, NOW)
        hold_lines(shown, reading.csv_rows(path))
        figures = delivered_figures(council.delivered, shown.filters)
        for grouping in ADDED:
            path = council.file(".csv")
            delivered_tables.save_delivered(council.workspace, figures, grouping, path, NOW)
            for name in STATES:
                assert reading.csv_rows(path).sum(name.capitalize()) == shown.pounds[name], (grouping, name)


@holds("tomsapp overview")
def overview_command(council: Council) -> None:
    (shown, *_) = council.screen.delivered
    asked = ("overview", council.path, "--delivered", "--until", UNTIL)
    told = council.call(*asked, "--by", Grouping.FINANCIAL_YEAR.value).splitlines()
    total = next(line for line in told if line.startswith("Total "))
    assert pounds_in(total) == [shown.pounds[name] for name in STATES]
    committed = next(line for line in told if line.startswith("Committed"))
    assert pounds_in(committed) == [shown.pounds["committed"], shown.real["committed"]]
    table, lines, book = council.file(".csv"), council.file(".csv"), council.file(".xlsx")
    council.call(*asked, "-o", table)
    council.call(*asked, "--lines", "-o", lines)
    council.call(*asked, "-o", book)
    assert reading.csv_rows(table).sum("Accepted") == shown.pounds["accepted"]
    hold_lines(shown, reading.csv_rows(lines))
    assert reading.book_rows(book)["Delivered"].of("Proxy pounds due") == shown.pounds["due"]


@holds(
    "gui overview/delivered/headlines",
    "gui overview/delivered/states_card",
    "gui overview/delivered/rows",
    "gui overview/delivered/handling",
    "gui overview/delivered/today_card",
    "gui overview/delivered/view",
    "services.delivered_tables.counts_table",
)
def side_delivery(council: Council) -> None:
    page = council.screen.overview
    council.screen.press("delivery")
    for shown in council.screen.delivered:
        council.screen.show(shown.filters)
        states = page.delivery.states
        for grouping in ADDED:
            states.show_grouping(grouping)
            assert pounds_in(states.total.text()) == [shown.pounds[name] for name in STATES], grouping
            for name in STATES:
                assert cells(states.table(grouping).model(), name) == shown.pounds[name], (grouping, name)
        counted = [(row.count.measure, row.count.figure) for row in page.delivery.counts.rows]
        counts = delivered_tables.counts_table(delivered_figures(council.delivered, shown.filters))
        assert [row[:2] for row in counts.rows][: len(counted)] == counted
        for name in STATES:
            if shown.pounds[name]:
                page.delivery.headlines.lines_wanted.emit(name)
                dialog = page.lists.dialog
                assert cells(dialog.model, name) == shown.pounds[name]
                dialog.reject()


# Papers


def table(paper: CouncilPaper, caption: str) -> PaperTable:
    return next(each for each in paper.blocks if isinstance(each, PaperTable) and each.caption.startswith(caption))


def hold_committee(shown: Delivered, words: str) -> None:
    """The first sentence says what was due and accepted, and the table beside the last period the real pounds."""
    due, accepted = shown.pounds["due"], shown.pounds["accepted"]
    assert f"Of {format_pounds(due)} in proxy pounds that was due, {format_pounds(accepted)} is accepted" in words
    assert reading.amounts_after(words, "Accepted, real pounds") == [shown.real["accepted"]]


@holds(
    "services.papers_of_many.portfolio_paper",
    "services.papers_of_many.paper_to",
    "services.council_papers.print_paper",
    "services.council_papers.save_word",
    "exchange.paper_docx.write_paper",
    "tomsapp papers committee",
)
def committee_report(council: Council) -> None:
    for shown in council.screen.delivered:
        paper = portfolio_paper(council.workspace, PortfolioPaper.COMMITTEE, council.delivered, shown.filters, TODAY)
        due, accepted = shown.pounds["due"], shown.pounds["accepted"]
        assert table(paper, "Due and accepted by theme").total[1:3] == (format_pounds(due), format_pounds(accepted))
        beside = {row[0]: row[1] for row in table(paper, "This period beside the last").rows}
        assert beside["Accepted, proxy pounds"] == format_pounds(accepted)
        assert beside["Accepted, real pounds"] == format_pounds(shown.real["accepted"])
    printed = council_papers.print_paper(council.workspace, paper)
    path = council_papers.save_word(printed, council.file(".docx"))
    hold_committee(shown, reading.words_in_pdf(printed.pdf.data))
    hold_committee(shown, reading.words_in_word(path.read_bytes()))
    folder = council.new_folder()
    council.call("papers", "committee", council.path, "--until", UNTIL, "-o", folder)
    (pdf,), (word,) = folder.glob("*.pdf"), folder.glob("*.docx")
    hold_committee(council.screen.delivered[0], reading.words_in_pdf(pdf.read_bytes()))
    hold_committee(council.screen.delivered[0], reading.words_in_word(word.read_bytes()))


@holds(
    "services.papers_of_many.paper_of_view",
    "tomsapp papers performance",
)
def performance_table(council: Council) -> None:
    for shown in council.screen.delivered:
        saved = view_of("Shown", OverviewView.DELIVERY, shown.filters, UNTIL)
        paper = paper_of_view(council.workspace, PortfolioPaper.PERFORMANCE, saved, UNTIL, TODAY)
        due, accepted = shown.pounds["due"], shown.pounds["accepted"]
        share = format_percent(Fraction(accepted) / Fraction(due), 1) if due else "–"
        assert table(paper, "Indicators").rows[0][3] == share
    folder = council.new_folder()
    council.call("papers", "performance", council.path, "--until", UNTIL, "-o", folder)
    first = council.screen.delivered[0].pounds
    share = format_percent(Fraction(first["accepted"]) / Fraction(first["due"]), 1)
    (word,) = folder.glob("*.docx")
    assert share in reading.words_in_word(word.read_bytes())


@holds("services.council_papers.ward_paper", "tomsapp papers ward")
def ward_sheets(council: Council) -> None:
    """Of the wards in which most is due, so many as there is time for."""
    named = {name: code for code, name in council_papers.ward_choices(council.workspace)}
    wards = sorted(
        (each for each in council.screen.wards if each in named), key=lambda each: council.screen.wards[each]
    )
    for name in wards[-3:]:
        due, accepted = council.screen.wards[name]
        paper = council_papers.ward_paper(council.workspace, str(named[name]), UNTIL, TODAY)
        total = table(paper, "What was due").total
        assert (total[1], total[-1]) == (format_pounds(due), format_pounds(accepted)), name
    folder = council.new_folder()
    council.call("papers", "ward", council.path, name, "--until", UNTIL, "-o", folder)
    (pdf,) = folder.glob("*.pdf")
    assert {due, accepted} <= set(reading.amounts_in_pdf(pdf.read_bytes()))


@holds(
    "services.council_papers.foi_paper",
    "services.council_papers.award_paper",
    "services.council_papers.kpi_paper",
    "tomsapp papers foi",
    "tomsapp papers award",
    "tomsapp papers kpi",
)
def papers_of_a_contract(council: Council) -> None:
    for number in council.told:
        shown, workspace = council.screen.contracts[number], council.workspace
        answer = council_papers.foi_paper(workspace, number, UNTIL, TODAY, {})
        lines = council.delivery(number).delivered.lines
        if any(line.units.due or line.units.accepted for line in lines):
            assert table(answer, "What was delivered").total[-1] == format_pounds(shown.delivered["accepted"])
        else:
            assert "Nothing was due or accepted by" in " ".join(answer.words)
            assert not shown.delivered["accepted"]
        assert table(answer, "What is promised").total[-1] == format_pounds(shown.social_value)
        award = council_papers.award_paper(workspace, number, TODAY)
        assert shown.social_value in pounds_in(" ".join(award.words))
        keys = council_papers.indicators(workspace, number, UNTIL, [])
        facts = council_papers.kpi_paper(workspace, number, UNTIL, TODAY, keys)
        assert [row[3] for row in table(facts, "Key").rows] == [line.rated.rating.words for line in lines]
    for kind, amount in (("foi", shown.delivered["accepted"]), ("award", shown.social_value), ("kpi", None)):
        folder, day = council.new_folder(), () if kind == "award" else ("--until", UNTIL)
        council.call("papers", kind, council.path, council.references[number], *day, "-o", folder)
        (word,) = folder.glob("*.docx")
        words = reading.words_in_word(word.read_bytes())
        assert amount is None or amount in pounds_in(words)
        assert kind != "kpi" or all(line.rated.rating.words in words for line in lines)


# Of one contract


@holds(
    "tab delivery",
    "part quarters",
    "part money",
    "gui delivery/totals_card",
    "gui delivery/words",
    "gui delivery/money_section",
)
def tab_delivery(council: Council) -> None:
    """The totals of each contract come to those of all of them, and the sum of its rating is of them."""
    (whole, *_) = council.screen.delivered
    own = [each for each in council.screen.contracts.values() if each.delivered]
    for name in STATES:
        assert sum(each.delivered[name] for each in own) == whole.pounds[name], name
    for name in ("due", "accepted"):
        assert sum(each.real_delivered[name] for each in own) == whole.real[name], name
    page = council.screen.contract
    for number in council.told:
        shown = council.screen.contracts[number]
        page.show_target(number)
        page.show_tab("delivery")
        tab = page.findChild(DeliveryTab)
        tab.show_section("quarters")
        summary = tab.section("quarters").totals.sum.whole
        assert pounds_in(summary) in ([], [shown.delivered["accepted"], shown.delivered["due"]])
        tab.show_section("money")
        due = pounds_in(tab.section("money").received.real.text())
        assert due == ([shown.real_delivered["due"]] if shown.real_delivered["due"] else [])
        page.show_tab("commitments")


@holds(
    "services.delivered_paper.delivered_report",
    "services.delivered_paper.unsigned_report",
    "services.delivered_paper.print_delivered",
    "exchange.delivered_json.write_delivered",
    "exchange.delivered_csv.quarters_csv",
    "exchange.delivered_csv.quarters_table",
    "tomsapp report",
)
def delivered_valuation(council: Council) -> None:
    for number in council.told:
        shown = council.screen.contracts[number]
        hold_valuation(shown, delivered_report(council.workspace, number, UNTIL, TODAY).data)
    path, reference = council.file(".pdf"), council.references[number]
    council.call("--database", council.path, "report", reference, "--delivered", "--until", UNTIL, "-o", path)
    hold_valuation(shown, path.read_bytes())


def hold_valuation(shown: OfContract, data: bytes) -> None:
    files = reading.attached(data)
    stated = reading.exact_json(files["delivered.json"])["figures"]
    assert {name: Decimal(stated["pounds"][name]) for name in STATES} == shown.delivered
    rows = reading.csv_rows(files["delivered.csv"])
    assert {name: rows.sum(f"{name.capitalize()}, pounds") for name in STATES} == shown.delivered
    words = reading.words_in_pdf(data)
    assert {*shown.real_delivered.values()} <= {*pounds_in(words)}
    if shown.delivered["due"]:
        chart = words.partition("From due to accepted")[2]
        told = reading.amounts_after(chart, "Due by now", "Claimed", "Evidenced", "Accepted")
        assert told == list(shown.delivered.values())


@holds(
    "services.publishing.make_paper",
    "services.publishing.paper_bytes",
    "services.published_now.read_published",
    "part published",
    "gui delivery/publish_dialog",
    "gui delivery/published_now_dialog",
    "tomsapp delivery papers",
)
def published_valuation(council: Council) -> None:
    """To the last day of the quarter that ended last by the day of the screen."""
    number = council.told[-1]
    shown, workspace = council.screen.contracts[number], council.workspace
    ready = publishing.to_publish(workspace, number)
    quarter = next(each for each in ready.quarters(TODAY) if each.ends_on <= UNTIL)
    dialog = PublishDialog(ready, TODAY, None)
    council.screen.windows.append(dialog)
    dialog.put_back(replace(ready.facts, quarter=quarter.quarter))
    totals = [shown.delivered["due"], shown.delivered["accepted"]]
    assert pounds_in(dialog.figures.text()) == totals
    facts = replace(ready.facts, quarter=quarter.quarter, role="Contract manager", done_on=TODAY)
    kept = publishing.publish(workspace, ready, facts, on=TODAY).result
    hold_valuation(shown, publishing.paper_bytes(workspace, kept.id))
    beside = PublishedNowDialog(published_now(workspace, kept), council.references[number], None)
    council.screen.windows.append(beside)
    names = [each.accessibleName() for each in beside.totals.findChildren(Text)]
    for name, amount in (("Due", totals[0]), ("Accepted", totals[1])):
        said = next(each for each in names if each.startswith(f"{name}: "))
        assert pounds_in(said) == [amount, amount]
    folder = council.new_folder()
    council.call("delivery", "papers", council.path, council.references[number], "-o", folder)
    (copy,) = folder.iterdir()
    hold_valuation(shown, copy.read_bytes())


@holds("tomsapp delivery show")
def delivery_show(council: Council) -> None:
    """The pounds of its lines come to the total, and the sum of its rating is of the totals."""
    for number in council.told:
        shown = council.screen.contracts[number]
        told = council.call("delivery", "show", council.path, council.references[number], "--until", UNTIL)
        summary = next(line for line in told.splitlines() if line.startswith("Our summary"))
        assert pounds_in(summary)[:2] in ([], [shown.delivered["accepted"], shown.delivered["due"]])
        rows = told.split("Our summary")[0].splitlines()[1:]
        accepted = [pounds_in(row) for row in rows]
        assert sum((each[-1] for each in accepted if each), Decimal(0)) == shown.delivered["accepted"]


@holds(
    "services.return_books.make_return",
    "services.return_books.write_return_file",
    "services.return_books.write_due_returns",
    "exchange.return_write.write_return",
    "part returns",
    "tomsapp delivery return",
)
def return_workbook(council: Council) -> None:
    """What is claimed to the end of its quarter."""
    number = council.told[-1]
    shown, contract = council.screen.contracts[number], council.delivery(number).contract
    quarter = [each for each in quarters_of(contract) if each.ends_on <= UNTIL][-1]
    by_service = make_return(council.workspace, number, quarter.quarter, NOW).data
    path, folder = council.file(".xlsx"), council.new_folder()
    verb = ("delivery", "return", council.path)
    council.call(*verb, council.references[number], "--on", UNTIL + timedelta(days=1), "-o", path)
    council.call(*verb, "--on", UNTIL + timedelta(days=1), "-o", folder)
    named = [each for each in folder.iterdir() if each.name.startswith(council.references[number])]
    for data in (by_service, path, *named):
        (sheet, *_) = (rows for name, rows in reading.book_rows(data).items() if "eturn" in name)
        heads = next(row for row in sheet.rows if any(str(cell).startswith("Claimed to ") for cell in row))
        at = next(place for place, cell in enumerate(heads) if str(cell).startswith("Claimed to "))
        figures = sheet.rows[sheet.rows.index(heads) + 1]
        assert reading.number(figures[at]) == shown.delivered["claimed"]


@holds(
    "services.open_data.make_open_data",
    "services.open_data.save_open_data",
    "exchange.package.write_package",
    "exchange.exact_json.write_exact",
    "tomsapp open-data",
)
def open_data(council: Council) -> None:
    made = make_open_data(council.workspace, Publication(UNTIL, "Larkmere Council"), NOW)
    path = council.file(".json")
    council.call("open-data", council.path, "--until", UNTIL, "-o", path)
    for data in (made.data, path.read_bytes()):
        package = reading.exact_json(data)
        numbers = {reference: number for number, reference in council.references.items()}
        assert len(package["releases"]) >= len(council.signed)
        for release in package["releases"]:
            (contract,) = release["contracts"]
            shown = council.screen.contracts.get(numbers[contract["id"]])
            if shown is None:
                continue  # nothing is promised
            assert amounts(contract["agreedMetrics"], "social-value")["promised"] == shown.social_value
            if "implementation" not in contract:
                assert not any(shown.delivered.values())
                continue
            metrics = contract["implementation"]["metrics"]
            told = amounts(metrics, "social-value")
            assert {name: told[name] for name in STATES} == shown.delivered
            assert amounts(metrics, "real-pounds")["accepted"] == shown.real_delivered["accepted"]
