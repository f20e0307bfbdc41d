import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests.reports.conformance import faults_of
from tests.reports.test_document import picture
from tests.reports.valuations import (
    CONTEXT,
    CONTRACT,
    EDITION,
    HOSTILE,
    LINES,
    MADE_ON,
    built,
    commitment,
    over_years,
    text_of,
    valued,
    written,
)
from tests.reports.verapdf import broken_rules
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, ContractStatus, YearSpend
from tomsapp.domain.menu import Theme
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.problems import Answer, Severity
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.attachments import Attachment, read_attachments
from tomsapp.reports.context import EXAMPLE_NOTE, ReportContext
from tomsapp.reports.render import PdfPages


def after(text: str, start: str, end: str) -> str:
    """What stands between two headings."""
    return text.split(start, 1)[1].split(end, 1)[0]


def test_the_order_of_the_sections_never_changes():
    reader = pypdf.PdfReader(BytesIO(built(valued()).data))
    titles = [entry.title for entry in reader.outline[1] if not isinstance(entry, list)]
    assert reader.outline[0].title == CONTRACT.title
    assert titles == [
        "Policy checks",
        "Where the value comes from",
        "Check these figures yourself",
        "Every commitment, with its sum",
        "Problems and answers",
        "Sources",
        "Method",
    ]


def test_someone_who_stops_after_the_first_paragraphs_knows_the_result():
    text = text_of(built(valued()))
    lead = "Hartwell and Doyle Property Services Ltd. £4,200,000.00 over 3 years, 1 April 2026 to 31 March 2029."
    assert f"{lead} Status: draft." in text
    promise = (
        "The supplier promises social value of £200,449.39, which is 4.77% of the contract value. It will hand over "
        "£15,000.00 in real pounds. These two figures measure different things and are never added."
    )
    assert promise in text
    assert "120 weeks of work experience (25% counted here)" in text
    assert "The council’s 5% minimum is not yet met: short by £9,550.61. The employment outcomes are met." in text


def test_the_four_figures_have_their_sums():
    text = text_of(built(valued()))
    assert "Share of contract value 4.77% £200,449.39 ÷ £4,200,000.00" in text
    assert "Employment outcomes 12 2 × 50% + 2 + (15 ÷ 3) + 4" in text


def test_policy_checks_have_rule_sum_result_and_the_other_reading():
    checks = after(text_of(built(valued())), "Policy checks", "Where the value")
    assert "At least 5% of the contract value in social value, for contracts over £214,904.00" in checks
    assert "£210,000.00 − £200,449.39 = £9,550.61" in checks
    assert "Counted in real pounds instead: £15,000.00 committed, short by £195,000.00." in checks
    assert "Short by £9,550.61" in checks


def test_every_line_has_its_sum_and_the_columns_add_up():
    sums = after(text_of(built(valued())), "Every commitment, with its sum", "Problems and answers")
    assert "1 × £20,202.72 × 50% = £10,101.36" in sums
    assert "4 × £306.32 = £1,225.28 6 × £310.98 = £1,865.88 8 × £315.72 = £2,525.76 £5,616.92" in sums
    assert "Candlemoor" in sums
    assert "Statement: Shared by four." in sums
    assert "counted, not valued" in sums
    printed = [Decimal(text.replace(",", "")) for text in re.findall(r"= £([\d,]+\.\d\d)", sums)]
    assert sum(printed) == valued().valuation.social_value
    assert sums.rstrip().endswith("Total £200,449.39")


@pytest.mark.parametrize("years", [1, 2, 3, 4, 5, 6, 10])
def test_every_sum_of_every_year_is_printed_whatever_the_length(years: int):
    checked = over_years(years)
    report = built(checked)
    text = text_of(report)
    for line in checked.valuation.lines:
        assert format_pounds(line.social_value) in text
        for year in line.years:
            if year.social_value:
                assert f"{year.steps[0].text} {year.steps[1].text}" in text
    sizes = {tuple(round(edge) for edge in sheet.mediabox[2:]) for sheet in pypdf.PdfReader(BytesIO(report.data)).pages}
    assert ((842, 595) in sizes) is (years in {4, 5})


def test_shares_benefit_discount_and_rates_are_written_out():
    support = replace(
        EDITION.find_measure("H01"),
        deadweight_share=Decimal("0.25"),
        displacement_share=Decimal("0.1"),
        benefit_years=3,
        drop_off_share=Decimal("0.5"),
    )
    themes = tuple(_with(theme, support) for theme in EDITION.themes)
    edition = replace(EDITION, themes=themes, discount_rate=Decimal("0.035"))
    contract = replace(
        CONTRACT, kind=ContractKind.FRAMEWORK, spend=(YearSpend(0, Decimal(2_300_000), True), YearSpend(1, Decimal(1)))
    )
    lines = (
        commitment("1", "H01", 2, 2, None, statement="x"),
        commitment("2", "S08", rate=Rate(Decimal(2), Decimal(1_000_000)), statement="x"),
    )
    text = text_of(built(valued(lines, contract, edition)))
    assert "× 0.75 × 0.9" in text
    assert "÷ 1.035" in text
    assert "× 1.7164690891…" in text
    assert "£2,300,000.00 × 2 ÷ £1,000,000.00 = 4.6" in text
    assert "no spend is given" in text
    assert "Later years are discounted" in text


def _with(theme: Theme, measure: object) -> Theme:
    return replace(
        theme,
        outcomes=tuple(
            replace(outcome, measures=tuple(measure if m.code == measure.code else m for m in outcome.measures))
            for outcome in theme.outcomes
        ),
    )


def test_a_year_outside_a_dated_series_says_so():
    contract = replace(
        CONTRACT, start_on=CONTRACT.start_on.replace(year=2060), end_on=CONTRACT.end_on.replace(year=2062)
    )
    text = text_of(built(valued((commitment("1", "G01", 1, 1, statement="x"),), contract)))
    assert "1: the menu has no value for 2060 = £0.00" in text


def test_sources_have_a_worked_uprating_for_each_proxy():
    text = after(text_of(built(valued())), "Sources J01", "Method •")
    assert "J01: £14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72." in text
    assert "G01: 2026, £277.22 at 2022 prices × 100 ÷ 90.5005 = £306.32; 2027, £281.44" in text
    assert "£1.00, the face value in any year" in text
    assert "GDP deflator" in text
    for line in LINES[:-1]:
        assert f"{line.measure}: £" in text or f"{line.measure}: 2026, £" in text
    assert "CC BY 4.0" in text


def test_the_menu_its_full_checksum_and_the_attribution_lines_are_there():
    text = text_of(built(valued()))
    assert f"SHA-256: {EDITION.sha256}" in text
    assert "barnet-open 2026.1, published, in 2024 prices" in text
    assert "Contains values from the Unit Cost Database v1.4" in text
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in text
    assert "R01 is counted and never valued" in text


def test_an_example_says_so_on_every_page_whatever_the_name_of_the_council():
    context = replace(CONTEXT, council="A council with a name that goes on and on and would push all else away " * 3)
    reader = pypdf.PdfReader(BytesIO(built(over_years(10), context).data))
    assert all(EXAMPLE_NOTE in sheet.extract_text() for sheet in reader.pages)
    real = text_of(built(valued(), replace(CONTEXT, is_example=False)))
    assert EXAMPLE_NOTE not in real


def test_a_valuation_with_errors_is_a_draft_on_its_first_page():
    lines = (*LINES, commitment("13", "NOPE", 1), commitment("14", "V04", -1, statement="x"))
    checked = valued(lines)
    errors = sum(problem.severity is Severity.ERROR for problem in checked.problems)
    pages = PdfPages(built(checked).data)
    assert f"Draft: {errors} problems to put right." in " ".join(pages.text(0).split())
    assert errors > 1
    assert "Draft:" not in text_of(built(valued()))


@pytest.mark.parametrize(
    ("status", "words"), [("SIGNED", "Status: signed."), ("DRAFT", "Status: draft."), ("CLOSED", "Status: closed.")]
)
def test_the_status_is_shown(status: str, words: str):
    contract = replace(CONTRACT, status=ContractStatus[status])
    assert words in text_of(built(valued(contract=contract)))


def test_problems_stand_with_their_answers_or_what_to_do():
    key = next(problem.key for problem in valued().problems if problem.is_open)
    answered = valued(answers={key: Answer("They are different people.", "B. Shah")})
    table = after(text_of(built(answered)), "Problems and answers", "Sources J01")
    assert "1 warning answered" in table
    assert "They are different people. Answered by B. Shah." in table
    assert "Warning, open" in table


def test_no_lines_one_line_and_no_policy():
    empty = text_of(built(valued(())))
    assert "The supplier promises nothing yet" in empty
    assert "Nothing is committed yet." in empty
    assert "No proxy value is used in this valuation." in empty
    one = text_of(built(valued(LINES[:1])))
    assert "1 × £20,202.72 × 50% = £10,101.36" in one
    bare = built(replace(valued(), policy_checks=(), problems=()))
    assert "No policy rules were held against this valuation." in text_of(bare)
    assert "The checks found no problems." in text_of(bare)


def test_a_contract_without_a_value_has_no_share():
    text = text_of(built(valued(contract=replace(CONTRACT, value=Decimal("0.00")))))
    assert "Share of contract value none no contract value" in text


def test_many_plain_counts_become_a_list():
    lines = tuple(commitment(str(n), measure.code, 1, statement="x") for n, measure in enumerate(EDITION.measures[:20]))
    structure = pikepdf.open(BytesIO(built(valued(lines)).data))
    items = sum(1 for item in structure.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/LI")
    assert items >= 20


def test_text_from_people_stays_text():
    contract = replace(CONTRACT, title=HOSTILE[1], supplier=HOSTILE[2], reference=HOSTILE[0])
    lines = tuple(replace(line, statement=text) for line, text in zip(LINES, HOSTILE, strict=False))
    context = replace(CONTEXT, council=HOSTILE[3], made_by=HOSTILE[1])
    report = built(valued(lines, contract), context)
    text = text_of(report)
    assert "<b>Ltd & Søn" in text
    assert '<img src="/etc/passwd"/>' in text
    assert "=cmd|' /C calc'!A0" in text
    assert text.count("x") >= 10_000
    assert text.count("Words") == 400
    with pikepdf.open(BytesIO(report.data)) as pdf:
        links = [str(a.A.URI) for sheet in pdf.pages for a in sheet.obj.get("/Annots", []) if "/A" in a]
        assert not any("example.org" in link for link in links)
        assert not any(item.get("/Subtype") == "/Image" for item in pdf.objects if isinstance(item, pikepdf.Stream))


def test_a_character_that_the_font_lacks_is_named_in_a_note_and_given_back():
    report = built(valued(contract=replace(CONTRACT, supplier="שלום Ltd")))
    assert report.replaced == ("ש", "ל", "ו", "ם")
    assert "These characters cannot be shown in this document and stand as □: U+05E9 Hebrew letter shin" in text_of(
        report
    )


def test_the_same_input_gives_the_same_bytes():
    assert built(valued()).data == built(valued()).data
    assert built(valued()).data != built(valued(), replace(CONTEXT, made_by="Somebody else")).data


def test_attachments_are_carried_whole():
    files = (
        Attachment("valuation.json", b"{}", "application/json", "Figures"),
        Attachment("a.csv", b"1", "text/csv", "x"),
    )
    report = built(valued(), attachments=files)
    assert read_attachments(report.data) == {"valuation.json": b"{}", "a.csv": b"1"}
    assert {name: data[0] for name, data in pypdf.PdfReader(BytesIO(report.data)).attachments.items()} == {
        "valuation.json": b"{}",
        "a.csv": b"1",
    }


def hostile() -> CheckedOffer:
    contract = replace(CONTRACT, title=HOSTILE[4], supplier=HOSTILE[1])
    lines = tuple(replace(line, statement=text) for line, text in zip(LINES, HOSTILE, strict=False))
    return valued(lines, contract)


CASES = {
    "three years": valued,
    "five years": lambda: over_years(5),
    "ten years": lambda: over_years(10),
    "no lines": lambda: valued(()),
    "one line": lambda: valued(LINES[:1]),
    "hostile": hostile,
    "with errors": lambda: valued((*LINES, commitment("13", "NOPE", 1))),
    "a thousand lines": lambda: valued(tuple(replace(LINES[n % 11], key=str(n)) for n in range(1_000))),
}


@pytest.mark.parametrize("case", CASES)
def test_page_validation_finds_no_fault(case: str):
    context = replace(CONTEXT, logo=picture("PNG", "RGBA", (90, 40)))
    assert faults_of(built(CASES[case](), context).data) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_verapdf_finds_no_fault(case: str, tmp_path: Path):
    assert broken_rules(written(built(CASES[case]()), tmp_path)) == []


def test_progress_is_told_and_can_stop_the_work():
    from tests.reports.valuations import AREA, fonts
    from tomsapp.reports.contract_report import build_contract_report

    told: list[tuple[int, int]] = []
    build_contract_report(valued(), AREA, CONTEXT, fonts(), progress=lambda *done: told.append(done))
    assert told[-1] == (100, 100)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_contract_report(valued(), AREA, ReportContext(MADE_ON), fonts(), progress=stop)
