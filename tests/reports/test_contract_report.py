import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests.reports.conformance import faults_of
from tests.reports.page_lint import Expected, lint
from tests.reports.page_reader import read_pages
from tests.reports.test_document import picture
from tests.reports.valuations import (
    CONTEXT,
    CONTRACT,
    EDITION,
    HOSTILE,
    LINES,
    MADE_ON,
    MENUS,
    built,
    commitment,
    over_years,
    text_of,
    valued,
    with_measure,
    written,
)
from tests.reports.verapdf import broken_rules
from tomsapp.domain.checks.answering import SAME_OR_NOT
from tomsapp.domain.checks.given import given_for
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.measure_words import delivery_cost_words
from tomsapp.domain.menu import Clash, EditionStatus, ExclusionGroup, MenuEdition
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.problems import Answer, AnswerChoice, Problem, Severity, Where
from tomsapp.domain.proxy import SourceDeadweight
from tomsapp.domain.publishers import is_publishers
from tomsapp.domain.wording import format_date
from tomsapp.reports.attachments import Attachment, read_attachments
from tomsapp.reports.context import EXAMPLE_NOTE, ReportContext
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.phrases import outcomes_text
from tomsapp.reports.render import PdfPages


def after(text: str, start: str, end: str) -> str:
    """What stands between two headings."""
    return text.split(start, 1)[1].split(end, 1)[0]


def titles_of(report: BuiltReport) -> list[str]:
    """The headings of the second level."""
    return [entry.title for entry in pypdf.PdfReader(BytesIO(report.data)).outline[1] if not isinstance(entry, list)]


def test_the_order_of_the_sections_never_changes():
    report = built(valued())
    assert pypdf.PdfReader(BytesIO(report.data)).outline[0].title == CONTRACT.title
    outline = str(pypdf.PdfReader(BytesIO(report.data)).outline)
    assert "'Fair work and poverty'" in outline
    assert "'1. Unemployed resident into sustained work'" in outline
    assert titles_of(report) == [
        "Where the value comes from",
        "How sure is this",
        "What this does not say",
        "Every commitment at a glance",
        "Policy checks",
        "Every sum",
        "Problems and answers",
        "Sources",
        "Price index and policy rules",
        "Method",
    ]


def test_policy_checks_have_rule_sum_result_and_the_other_reading():
    checks = after(text_of(built(valued())), "Policy checks", "Every sum")
    assert "At least 5% of the contract value in social value, without VAT, for contracts over £214,904.00" in checks
    assert "£210,000.00 − £200,449.39 = £9,550.61" in checks
    assert "Counted in real pounds instead: £15,000.00 committed, short by £195,000.00." in checks
    assert "Not enough: short by £9,550.61" in checks
    assert "4 outcomes needed, committed: 12 if all are different people, as few as 7 if not" in checks
    assert "2 × 50% (line 1) + 2 (line 2) + 15 ÷ 3 (line 3) + 4 (line 4) − 5 not counted again = 7" in checks
    assert "Of S02 the most of one year and line, 2 of 4, until it is confirmed that the others" in checks
    assert (
        "J01 and J10 not counted beside S02 until it is declared in writing that they are not the same person."
        in checks
    )
    assert "“Enough” speaks of the promise." in checks
    assert re.search(r"\bmet\b", checks.replace("rule is met is known", ""), re.IGNORECASE) is None


def test_people_who_may_be_the_same_are_said_to_count_once():
    group = ExclusionGroup("G", Clash.DECLARE, "people", ("J01", "J10"), "x", outcomes_once=True)
    checked = valued(edition=replace(EDITION, exclusion_groups=(group,)))
    checks = after(text_of(built(checked)), "Policy checks", "Every sum")
    assert "− 4 not counted again = 8" in checks
    assert "J01 not counted beside J10 until it is declared in writing that they are not the same people." in checks


def test_many_lines_with_jobs_are_summed_by_measure():
    lines = tuple(commitment(str(n), "J10", 1, 1, 1, statement="x") for n in range(1, 14))
    assert "39 (J10) − 38 not counted again = 1" in after(text_of(built(valued(lines))), "Policy checks", "Every sum")


def test_sources_name_their_lines_their_host_and_a_worked_uprating():
    text = after(text_of(built(valued())), "Sources Unit Cost", "Method •")
    assert "J01 (line 1): £14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72." in text
    assert (
        "G01 (line 10): At 2022 prices: 2026, £277.22 × 100 ÷ 90.5005 = £306.32, low £138.61 × 100 ÷ 90.5005 = £153.16"
        in text
    )
    assert "£1.00, the face value in any year" in text
    assert "GDP deflator" in text
    for number, line in enumerate(LINES[:-1], start=1):
        assert f"{line.measure} (line {number}): " in text
    assert "CC BY 4.0. At github.com, which is not known to be the publisher’s own." in text


def test_what_is_known_of_a_source_is_printed_with_it():
    found = EDITION.find_measure("J01")
    source = replace(found.proxy.source, read_on=date(2026, 5, 12), address="")
    proxy = replace(found.proxy, source=source, taken_off="Half is taken off", confidence_note="One study")
    proxy = replace(proxy, source_deadweight=SourceDeadweight.YES, read_on=date(2026, 5, 13))
    text = text_of(built(valued(LINES[:1], edition=with_measure(replace(found, proxy=proxy)))))
    assert "CC BY 4.0. Read in a stored copy on 12 May 2026." in text
    assert "Half is taken off. Confidence high: One study. Read in a stored copy on 13 May 2026." in text
    assert "In line 1 the source takes something off for what would have happened anyway (see Sources)." in text


def test_the_menu_its_full_checksum_and_the_attribution_lines_are_there():
    text = text_of(built(valued()))
    assert f"SHA-256: {EDITION.sha256}" in text
    assert "barnet-open 2026.1, published on 22 November 2026, in 2024 prices" in text
    assert "Contains values from the Unit Cost Database v1.4" in text
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in text
    assert "R01 is counted and never valued" in text
    assert "Percentages are cut, never rounded up." in text


def test_an_example_says_so_on_every_page_whatever_the_name_of_the_council():
    context = replace(CONTEXT, council="A council with a name that goes on and on and would push all else away " * 3)
    reader = pypdf.PdfReader(BytesIO(built(over_years(10), context).data))
    assert all(EXAMPLE_NOTE in sheet.extract_text() for sheet in reader.pages)
    real = text_of(built(valued(), replace(CONTEXT, is_example=False)))
    assert EXAMPLE_NOTE not in real


@pytest.mark.parametrize(
    ("contract", "edition", "words"),
    [
        (CONTRACT, EDITION, "not signed, figures may change."),
        (replace(CONTRACT, status=ContractStatus.SIGNED), EDITION, ""),
        (
            replace(CONTRACT, status=ContractStatus.SIGNED),
            replace(EDITION, status=EditionStatus.DRAFT),
            "made with a draft of the menu, figures may change.",
        ),
        (
            CONTRACT,
            replace(EDITION, status=EditionStatus.DRAFT),
            "not signed and made with a draft of the menu, figures may change.",
        ),
    ],
    ids=["a draft", "signed", "signed with a draft menu", "both drafts"],
)
def test_every_page_of_a_draft_says_so(contract: Contract, edition: MenuEdition, words: str):
    pages = PdfPages(built(valued(contract=contract, edition=edition)).data)
    texts = [" ".join(pages.text(number).split()) for number in range(len(pages))]
    assert all((f"DRAFT: {words}" in text) if words else ("DRAFT" not in text) for text in texts)
    if edition.status is EditionStatus.DRAFT:
        assert not any("A published edition never changes" in text for text in texts)
        assert "is a draft and not published: its values may change." in " ".join(texts)


def test_a_withdrawn_edition_is_said_to_be_with_its_reason():
    because = "Its ratios were uprated."
    edition = replace(
        EDITION, status=EditionStatus.WITHDRAWN, withdrawn_on=date(2026, 11, 20), withdrawn_because=because
    )
    pages = PdfPages(built(valued(edition=edition)).data)
    told = "barnet-open 2026.1 was withdrawn on 20 November 2026. Its ratios were uprated."
    assert told in " ".join(pages.text(0).split())
    assert told in " ".join(pages.text(len(pages) - 1).split())


def others(asked: Problem) -> Answer:
    return Answer("the register shows it", "B. Shah", choice=AnswerChoice.DIFFERENT, asked=asked.asked)


def test_an_answer_to_other_figures_stands_beside_the_open_question():
    asked = next(problem for problem in valued().problems if problem.is_open)
    table = after(
        text_of(built(valued(answers={asked.key: replace(others(asked), asked="J01 12.5")}))),
        "Problems and answers",
        "Sources Unit Cost",
    )
    assert "Answered by B. Shah for J01 12.5: They are different, because: the register shows it." in table
    assert "warning answered" not in table


def test_problems_stand_with_their_line_and_their_answers_or_what_to_do():
    asked = next(problem for problem in valued().problems if problem.is_open)
    answered = valued(answers={asked.key: others(asked)})
    table = after(text_of(built(answered)), "Problems and answers", "Sources Unit Cost")
    assert "1 warning answered" in table
    assert (
        f"They are different, because: the register shows it. Answered by B. Shah {given_for([others(asked)])}."
        in table
    )
    assert "Line 4, S02, year 3 Warning, open S02 is promised in 2 years." in table


def test_problems_that_say_the_same_are_one_row_and_never_speak_of_another_measure():
    table = after(text_of(built(valued())), "Problems and answers", "Sources Unit Cost")
    each = "Each is promised in 2 years. It counts each person once, in the year they start."
    assert f"Lines 1 and 2, year 2 2 × Warning, open {each} Confirm that they are different people" in table
    assert "Line 6, A02, year 2 Warning, open A02 is promised in 3 years." in table
    repeated = [problem for problem in valued().problems if problem.code == "repeated-people"]
    answered = valued(answers={repeated[0].key: others(repeated[0])})
    table = after(text_of(built(answered)), "Problems and answers", "Sources Unit Cost")
    assert "Line 1, J01, year 2 Warning, answered J01 is promised in 2 years." in table
    assert "Line 2, J10, year 2 Warning, open J10 is promised in 2 years." in table


def test_answers_of_one_row_are_told_with_their_days_and_all_their_figures():
    entered = datetime(2026, 11, 29, 12).astimezone()
    repeated = [problem for problem in valued().problems if problem.code == "repeated-people"]
    answers = {problem.key: replace(others(problem), answered_at=entered) for problem in repeated}
    signed = replace(CONTRACT, status=ContractStatus.SIGNED)
    context = replace(CONTEXT, signed_on=date(2026, 11, 28))
    table = after(
        text_of(built(valued(contract=signed, answers=answers), context)), "Problems and answers", "Sources Unit Cost"
    )
    told = given_for([answers[problem.key] for problem in repeated[:2]])
    assert all(f"{code} " in told for code in ("J01", "J10"))
    assert f"because: the register shows it. Answered by B. Shah on 29 November 2026 {told}." in table
    assert "answers were entered here after the day of the signing, 28 November 2026." in table
    context = replace(CONTEXT, signed_on=date(2026, 11, 29))
    table = after(
        text_of(built(valued(contract=signed, answers=answers), context)), "Problems and answers", "Sources Unit Cost"
    )
    assert "entered here after" not in table
    # The same person on another day is told apart.
    first = repeated[0]
    answers[first.key] = replace(answers[first.key], answered_at=datetime(2026, 11, 27, 12).astimezone())
    table = after(
        text_of(built(valued(contract=signed, answers=answers), context)), "Problems and answers", "Sources Unit Cost"
    )
    assert f"Answered by B. Shah on 27 November 2026 {given_for([answers[first.key]])}." in table


def test_people_who_are_answered_to_be_the_same_are_in_no_sum():
    interns = EDITION.find_measure("J10")
    edition = with_measure(replace(interns, proxy=None, unit_values=()))
    apart = valued(edition=edition)
    asked = next(problem for problem in apart.problems if problem.code == "declare-different")
    same = {asked.key: replace(others(asked), choice=AnswerChoice.SAME)}
    known = valued(edition=edition, answers=same)
    less = apart.admissible.outcomes_left_out - known.admissible.outcomes_left_out
    assert less > 0
    assert known.admissible.employment_outcomes == apart.admissible.employment_outcomes
    report = built(known)
    assert f"− {outcomes_text(less)} answered to be the same = " in text_of(report)
    assert lint(report.data, Expected(edition=edition)).faults == []


def test_no_sentence_says_that_all_are_different_where_some_are_answered_to_be_the_same():
    edition = with_measure(replace(EDITION.find_measure("J01"), proxy=None, unit_values=()))
    lines = (commitment("1", "J01", 4, 4, 4), commitment("2", "J07", 1, None, None), commitment("3", "S02", None, 2, 2))
    asked = {problem.key: problem for problem in valued(lines, edition=edition).problems}
    question = asked["declare-different:one-person-into-work:J01+J07"]
    known = valued(lines, edition=edition, answers={question.key: replace(others(question), choice=AnswerChoice.SAME)})
    assert (known.admissible.employment_outcomes, known.admissible.outcomes_left_out) == (4, 12)
    report = built(known)
    text = text_of(report)
    both = "16 if all but those answered to be the same are different people, as few as 4 if not"
    assert text.count(both) == 2, "on page 1 and in the sum of the rule"
    assert "if all are different people" not in text
    assert "J07 not counted beside J01: it is answered that they are the same." in text
    assert "S02 not counted beside J01 until it is declared in writing that they are not the same person." in text
    assert lint(report.data, Expected(edition=edition)).faults == []


def test_an_answer_to_very_many_lines_points_at_them():
    lines = tuple(commitment(str(n), "V04", n, 1, 1) for n in range(1, 31))
    answers = {
        asked.key: Answer("as told", "B. Shah", choice=AnswerChoice.RIGHT, asked=asked.asked)
        for asked in valued(lines).problems
        if asked.code == "statement-missing"
    }
    first = next(iter(answers))
    answers[first] = replace(answers[first], answered_by="C. Hall")
    table = after(text_of(built(valued(lines, answers=answers))), "Problems and answers", "Sources Valuing")
    assert "Answered by B. Shah for the figures of these lines as they stood then." in table
    assert "Answered by C. Hall for V04 3 × 1;" in table


def test_many_answers_of_one_giver_say_once_by_whom_and_for_the_figures_of_the_paper():
    lines = tuple(commitment(str(n), "V04", n, 1, 1) for n in range(1, 31))
    answers = {
        asked.key: Answer("as told", "B. Shah", choice=AnswerChoice.RIGHT, asked=asked.asked)
        for asked in valued(lines).problems
        if asked.code == "statement-missing"
    }
    checked = valued(lines, answers=answers)
    told = "Answered by B. Shah, for the figures of the lines as they stand in this paper."
    table = after(text_of(built(checked)), "Problems and answers", "Sources Valuing")
    assert f"30 warnings answered and 29 notes. {told}" in table
    assert table.count("B. Shah") == 1
    assert "For V04" not in table
    # An answer that was given for more than the Problem asks about says for what.
    first = next(problem for problem in checked.problems if problem.answer is not None)
    other = replace(first, answer=replace(first.answer, asked="V04 77"))
    problems = tuple(other if problem is first else problem for problem in checked.problems)
    table = after(text_of(built(replace(checked, problems=problems))), "Problems and answers", "Sources Valuing")
    assert "because: as told. For V04 77." in table


def test_a_clash_of_many_measures_names_them_by_their_codes():
    table = after(text_of(built(valued())), "Problems and answers", "Sources Unit Cost")
    assert "J01 Unemployed resident into sustained work and J10 Supported internship leading to paid work" in table
    jobs = tuple(commitment(code, code, 1, statement="x") for code in ("J01", "J04", "J05", "J06"))
    table = after(text_of(built(valued(jobs))), "Problems and answers", "Sources Unit Cost")
    assert "J01, J04, J05 and J06 may not count the same person." in table


def test_what_measures_of_a_source_share_stands_once():
    codes = ("J01", "J08", "J09", "S01", "S02")
    edition = MENUS.load("barnet-open", "2026.2")
    lines = tuple(commitment(code, code, 1, statement="x") for code in codes)
    text = after(text_of(built(valued(lines, edition=edition))), "Sources Unit Cost", "Price index")
    shared = edition.find_measure("S01").proxy.confidence_note
    assert shared == edition.find_measure("S02").proxy.confidence_note
    assert text.count(shared) == 1
    told = text.partition("S01 and S02: ")[2]
    assert shared in told
    assert "J08 (line 2): £14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72." in text


def test_rules_of_one_source_name_it_once():
    (source,) = {check.rule.source for check in valued().policy_checks}
    text = after(text_of(built(valued())), "Price index and policy rules", "Method •")
    assert text.count(source.title) == 1
    assert f"All rules {source.title}" in text
    checks = valued().policy_checks
    other = replace(source, title="Another paper")
    first = replace(checks[0], rule=replace(checks[0].rule, source=other))
    text = text_of(built(replace(valued(), policy_checks=(first, *checks[1:]))))
    assert "Another paper" in text
    assert text.count(source.title) == len(checks) - 1


def test_the_policy_checks_stand_under_a_short_summary():
    answers = {asked.key: others(asked) for asked in valued().problems if asked.code in SAME_OR_NOT}
    pages = PdfPages(built(valued(answers=answers)).data)
    assert "Every commitment at a glance" in pages.text(1)
    assert "Policy checks" in pages.text(1)
    assert "“Enough” speaks of the promise." in pages.text(1)


def test_many_problems_of_one_kind_are_one_row():
    lines = tuple(commitment(str(n), "V04", 1, 1, 1) for n in range(1, 10))
    table = after(text_of(built(valued(lines))), "Problems and answers", "Sources Valuing")
    assert "9 × Warning, open" in table
    assert "Lines 1 to 9" in table
    assert "9 × Warning, open There is no statement of how this will be done. Write how," in table
    said = tuple(
        Problem("much", Severity.NOTE, f"Much of {n} is promised", "", Where(commitment=str(n))) for n in range(1, 8)
    )
    table = after(text_of(built(replace(valued(lines), problems=said))), "Problems and answers", "Sources Valuing")
    assert "Lines 1 to 7 7 × Note Much of 1 is promised." in table
    assert "The same kind of thing is found 7 times; line 1 stands for the others." in table


def test_clashes_of_very_many_lines_are_told_by_codes_and_none_stands_for_another():
    codes = ("J01", "J10", "S02", "S08", "V04", "V06")
    lines = tuple(commitment(str(n), codes[n % 6], 1, 1, 1, statement="x", place="X03") for n in range(66))
    table = after(text_of(built(valued(lines))), "Problems and answers", "Sources Unit Cost")
    assert "2 × Warning, open J01 and J10 may not count the same person. S02 may not count the same person as" in table
    assert "Warning, open V04 and V06 may not count the same hour." in table
    assert "22 lines" in table
    assert "stands for the others" not in table.split("may not count the same hour")[0]


def test_many_problems_that_belong_to_no_line_are_one_row():
    problem = Problem("spend", Severity.NOTE, "No spend is known", "")
    table = after(text_of(built(replace(valued(), problems=(problem,) * 7))), "Problems and answers", "Sources Unit")
    assert "The whole contract 7 × Note No spend is known. –" in table
    others = tuple(replace(problem, message=f"No spend is known for {n}") for n in range(7))
    table = after(text_of(built(replace(valued(), problems=others))), "Problems and answers", "Sources Unit")
    assert "No spend is known for 0. The same kind of thing is found 7 times. –" in table


def test_no_lines_one_line_and_no_policy():
    empty = text_of(built(valued(())))
    assert "The supplier offers nothing: there are no commitments in this valuation, not enough for" in empty
    assert "Nothing is committed yet." in empty
    assert "Nothing is committed, so there is nothing to work out." in empty
    assert "No proxy value is used in this valuation." in empty
    one = text_of(built(valued(LINES[:1])))
    assert "1 × £20,202.72 × 50% = £10,101.36" in one
    bare = text_of(built(replace(valued(), policy_checks=(), problems=())))
    assert "No policy rules were held against this valuation." in bare
    assert "The checks found no problems." in bare


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
    "no contract value": lambda: valued(contract=replace(CONTRACT, value=Decimal("0.00"))),
    "a thousand million pounds": lambda: valued(contract=replace(CONTRACT, value=Decimal(1_000_000_000))),
    "with errors": lambda: valued((*LINES, commitment("13", "NOPE", 1), commitment("14", "V04", "0.001"))),
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


@pytest.mark.parametrize("case", [case for case in CASES if case != "a thousand lines"])
def test_every_sum_and_column_on_the_pages_comes_out_again(case: str):
    found = lint(built(CASES[case]()).data, Expected(mark="DRAFT"))
    assert found.faults == []
    assert found.sums > 2
    assert found.unread == []


def test_three_hundred_lines_and_ten_years_stay_short():
    codes = [measure.code for measure in EDITION.measures if measure.is_valued]
    lines = tuple(commitment(str(n), codes[n % len(codes)], 1, 2, 2, statement="Two posts.") for n in range(300))
    report = built(valued(lines))
    # The last are the sources of every value of the menu, each with its known weakness.
    assert report.pages <= 11
    # No two of these are the same.
    lines = tuple(
        commitment(str(n), codes[n % len(codes)], *[n % 40 + 1] * 3, statement=f"Promise number {n}, each year.")
        for n in range(300)
    )
    report = built(valued(lines))
    assert report.pages <= 15
    assert lint(report.data).faults == []
    # Nor are two years of any of them.
    lines = tuple(
        commitment(str(n), codes[n % len(codes)], *[n % 40 + more for more in (1, 3, 6)], statement=f"Promise {n}.")
        for n in range(300)
    )
    report = built(valued(lines))
    assert report.pages <= 16
    assert lint(report.data).faults == []
    different = tuple(replace(line, quantities=tuple(map(Decimal, range(1, 11)))) for line in LINES[:11])
    contract = replace(CONTRACT, end_on=end_after(CONTRACT.start_on, 10))
    report = built(valued(different, contract))
    assert report.pages <= 7
    assert lint(report.data).faults == []
    long = pypdf.PdfReader(BytesIO(report.data))
    first, end = (page_of(long, title) for title in ("Every sum", "Problems and answers"))
    assert end - first <= 2


def page_of(reader: pypdf.PdfReader, title: str) -> int:
    entry = next(entry for entry in reader.outline[1] if not isinstance(entry, list) and entry.title == title)
    return reader.get_destination_page_number(entry)


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


def test_sources_say_what_providing_a_unit_costs_in_the_words_of_the_menu():
    edition = MENUS.load("barnet-open", "2026.2")
    text = text_of(built(valued((commitment("1", "Y04", 28, statement="A class."),), edition=edition)))
    proxy = edition.find_measure("Y04").proxy
    assert f"Cost of delivery: {delivery_cost_words(proxy.delivery_cost)}" in text


def test_sources_say_for_how_long_a_value_holds_and_whose_address_they_give():
    edition = MENUS.load("barnet-open", "2026.2")
    text = text_of(built(valued(LINES[2:3], edition=edition)))
    assert "In force 1 April 2026 to 31 March 2027." in text
    days = format_date(edition.published_on), format_date(edition.in_force_from)
    assert f"published on {days[0]}, in 2024 prices. In force from {days[1]}." in text
    assert "publisher’s own" not in text
    told = (
        "Where an address below is not known to be the publisher’s own, the edition that replaced this menu names the "
        "publisher’s."
    )
    assert told not in text
    withdrawn = MENUS.load("barnet-open", "2026.1")
    text = text_of(built(valued(LINES[:1], edition=withdrawn)))
    assert told in text
    assert "barnet-open 2026.1, withdrawn, published on 22 November 2026" in text


def test_the_edition_that_replaced_a_withdrawn_one_names_the_publishers():
    newer = MENUS.load("barnet-open", "2026.2")
    assert newer.supersedes == "2026.1"
    assert all(is_publishers(source.address) for source in newer.sources)


def test_the_method_says_of_a_raise_what_its_own_edition_does():
    lines = (LINES[2],)
    counts = text_of(built(valued(lines)))
    named = "J11 (Worker raised to the London Living Wage) brings"
    assert f"In this edition {named} employment outcomes (line 1). They count jobs, not years of a job" in counts
    assert "no employment outcome." not in counts
    newer = text_of(built(valued(lines, edition=MENUS.load("barnet-open", "2026.2"))))
    assert f"In this edition {named} no employment outcome." in newer
    assert "divided by the length" not in newer
    assert "FTE-year" not in text_of(built(valued(LINES[6:7])))


def test_price_index_and_policy_rules_are_a_part_of_their_own():
    pages = read_pages(built(valued()).data)
    tags = {block.text: block.tag for block in pages.blocks() if block.tag.startswith("H")}
    assert tags["Price index and policy rules"] == tags["Sources"] == "H2"
