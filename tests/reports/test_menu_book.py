import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import BytesIO

import pypdf
import pytest

from tests.reports.conformance import faults_of
from tests.reports.page_reader import Node, read_pages
from tests.reports.valuations import CONTEXT, EDITION, MENUS, fonts, text_of, written
from tests.reports.verapdf import broken_rules
from tomsapp.domain.measure_words import TOGETHER, own_prices, together_head
from tomsapp.domain.menu import Clash, Earned, EditionStatus, MenuEdition
from tomsapp.domain.money import round_pounds
from tomsapp.domain.proxy import Component
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.menu_book import build_menu_book
from tomsapp.reports.menu_exclusions import code_ranges, rivals
from tomsapp.reports.render import PdfPages


def book(edition: MenuEdition = EDITION) -> BuiltReport:
    return built_book() if edition is EDITION else build_menu_book(edition, CONTEXT, fonts())


@lru_cache(maxsize=1)
def built_book() -> BuiltReport:
    return build_menu_book(EDITION, CONTEXT, fonts())


@pytest.fixture(scope="module")
def whole() -> str:
    return text_of(book())


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return pages_of(book())


def pages_of(report: BuiltReport) -> list[str]:
    pages = PdfPages(report.data)
    return [" ".join(pages.text(number).split()) for number in range(len(pages))]


def changed(edition: MenuEdition, code: str, **facts: object) -> MenuEdition:
    """The edition with other facts of one measure."""
    return replace(
        edition,
        themes=tuple(
            replace(
                theme,
                outcomes=tuple(
                    replace(
                        outcome,
                        measures=tuple(replace(m, **facts) if m.code == code else m for m in outcome.measures),
                    )
                    for outcome in theme.outcomes
                ),
            )
            for theme in edition.themes
        ),
    )


def test_every_measure_has_its_value_how_it_was_made_and_its_source(whole: str):
    for measure in EDITION.measures:
        assert f"{measure.code} {measure.title}" in whole
        for value in measure.unit_values:
            assert format_pounds(value.value) in whole
    assert "Unit value £20,202.72 for each full-time job for 12 months" in whole
    assert "£14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72." in whole
    assert "Confidence High." in whole


def test_what_counts_evidence_guidance_and_exclusions_are_told(whole: str):
    measure = EDITION.find_measure("J01")
    for sentence in (*measure.count, *measure.do_not_count, *measure.evidence, measure.guidance):
        assert " ".join(sentence.split()[:6]) in whole
    assert "Only with a written declaration that they are not the same person (" in whole
    assert "None: it is counted in" in whole


ALL = ["barnet-open 2026.1", "barnet-open 2026.2", "barnet-council 2023"]


@pytest.mark.parametrize("name", ALL)
def test_what_a_measure_is_told_apart_from_takes_four_lines_at_most(name: str):
    edition = MENUS.load(*name.split())
    pages = read_pages(book(edition).data)
    rows = [[kid for kid in row.kids if isinstance(kid, Node)] for row in pages.root.nodes() if row.tag == "TR"]
    told = [row[1] for row in rows if len(row) == 2 and row[0].text == TOGETHER and "Why" in row[1].text]
    assert len(told) == sum(bool(edition.groups_of(measure.code)) for measure in edition.measures)
    for cell in told:
        lines = len({(piece.page, piece.y) for piece in cell.pieces()})
        assert lines <= 4, (lines, cell.text)


@pytest.mark.parametrize("name", ALL)
def test_every_rival_of_a_measure_is_named_with_what_happens(name: str):
    edition = MENUS.load(*name.split())
    for measure in edition.measures:
        text = "".join(getattr(run, "text", "9") for content in rivals(measure, edition) for run in content)
        groups = sorted(edition.groups_of(measure.code), key=lambda group: group.severity is not Clash.BLOCK)
        assert ("measures of other menus" in text) is any(group.elsewhere for group in groups)
        assert set(_codes_in(text, edition)) == edition.rivals.get(measure.code, frozenset())
        for code in edition.rivals.get(measure.code, ()):
            asks = next(group for group in groups if group.clashes(measure.code, code))
            said = text.split(together_head(asks, edition), 1)[1].split(". ", 1)[0]
            assert code in set(_codes_in(said, edition)), (measure.code, text)


def _codes_in(text: str, edition: MenuEdition) -> Iterator[str]:
    """Every code that a text names, each of a range too."""
    order = list(edition.places)
    for first, last in re.findall(r"\b([A-Z]\d\d)(?: to ([A-Z]\d\d))?", text):
        yield from order[order.index(first) : order.index(last or first) + 1]


def test_exclusions_are_short_beside_a_measure_and_whole_at_the_end(texts: list[str]):
    first = next(text for text in texts if "J01 Unemployed resident into sustained work A resident" in text)
    never = first.split("Claimed together ", 1)[1].split(" Source ", 1)[0]
    assert "J02 to J10" in never
    assert "Disabled resident into work" not in never
    reason = EDITION.groups_of("J01")[0].reason
    number = int(re.search(r"Why: from page (\d+)\.", never).group(1))
    assert " ".join(reason.split()[:5]) in texts[number - 1]


def test_the_price_list_has_units_and_only_what_is_valued(texts: list[str]):
    start = texts.index(next(text for text in texts if "Prices: the value of one unit, in 2024 prices" in text))
    prices = " ".join(texts[start : start + 2]).split("Counted, never valued", maxsplit=1)[0]
    for measure in EDITION.measures:
        value = format_pounds(measure.unit_values[0].value) if len(measure.unit_values) == 1 else "by year"
        assert (f"{measure.code} " in prices) is measure.is_valued
        if measure.is_valued:
            assert measure.each_name.split()[0] in prices
            assert value in prices
    counted = " ".join(texts[start:]).split("Counted, never valued No public value", 1)[1]
    assert all(f"{measure.code} {measure.title}" in counted for measure in EDITION.measures if not measure.is_valued)


@pytest.mark.parametrize("name", ALL)
def test_a_price_stands_on_the_page_of_its_measure_in_one_piece(name: str):
    edition = MENUS.load(*name.split())
    found: dict[str, list[str]] = {}
    for row in (node for node in read_pages(book(edition).data).root.nodes() if node.tag == "TR"):
        cells = [kid for kid in row.kids if isinstance(kid, Node)]
        if len(cells) == 5 and cells[0].text in edition.places:
            assert len({piece.page for piece in row.pieces()}) == 1
            assert len([piece for piece in cells[3].pieces() if piece.text.strip()]) == 1
            found[cells[0].text] = [cells[1].text, cells[2].text, cells[3].text]
    valued = [measure for measure in edition.measures if measure.is_valued]
    prices = {
        measure.code: format_pounds(measure.unit_values[0].value) if len(measure.unit_values) == 1 else "by year"
        for measure in valued
    }
    names = {measure.code: f"{measure.title} {_capital(own_prices(measure, edition.price_base))}" for measure in valued}
    assert found == {one.code: [names[one.code].strip(), one.each_name, prices[one.code]] for one in valued}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def test_a_price_in_other_prices_than_the_heading_says_so_in_its_row():
    first = text_of(book(MENUS.load("barnet-open", "2026.2")))
    prices = first[first.index("Prices: the value of one unit") : first.index("Counted, never valued No public")]
    assert "in 2024 prices unless its row says otherwise" in prices
    for told in (
        "Worker raised to the London Living Wage 2026-27 prices, until 31 March 2027",
        "Until 31 December 2026",
    ):
        assert told in prices
    assert prices.count("2026-27 prices, until 31 March 2027") == 4
    bare = replace(EDITION, themes=tuple(theme for theme in EDITION.themes if theme.number == 3))
    assert "in 2024 prices Code" in text_of(book(bare))


def test_what_the_menu_takes_off_stands_in_the_price_list_and_in_the_formula():
    text = text_of(book(changed(EDITION, "A04", deadweight_share=Decimal("0.27"))))
    value = EDITION.find_measure("A04").unit_values[0].value
    counted = format_pounds(round_pounds(value * Decimal("0.73")))
    assert f"{format_pounds(value)} " in text
    assert f"of which 73% counts {counted}" in text
    assert f"A04: {format_pounds(value)}, of which 73% counts: {counted}." in text
    series = text_of(book(changed(EDITION, "G01", displacement_share=Decimal("0.5"))))
    assert "of which 50% counts by year" in series
    assert "of which 100% counts" not in text


def test_a_dated_series_is_a_table_with_low_and_high(whole: str):
    value = EDITION.find_measure("G01").unit_value_in(2030)
    row = (value.published, value.value, value.low, value.high)
    assert " ".join(["2030", *map(format_pounds, row)]) in whole


@pytest.mark.parametrize(
    ("begins", "year"),
    [(date(2026, 4, 1), "2026"), (date(2030, 1, 1), "2030"), (date(2019, 4, 1), "2020"), (None, "2020")],
)
def test_the_working_of_a_dated_value_is_that_of_the_year_the_edition_begins_in(begins: date | None, year: str):
    edition = replace(EDITION, in_force_from=begins)
    words = text_of(book(edition))
    measure = edition.find_measure("G01")
    assert measure is not None
    value = next(each for each in measure.unit_values if str(each.year) == year)
    assert f"For example {year}: " in words
    assert format_pounds(value.value) in words[words.index(f"For example {year}: ") :][:120]


def test_contents_and_prices_name_the_page_of_each_measure_and_lead_there(texts: list[str]):
    number = int(re.search(r"G05 Waste kept out of landfill 2025-26 prices tonne £126.15 (\d+)", texts[2]).group(1))
    assert "G05 Waste kept out of landfill Waste of this contract" in texts[number - 1]
    outline = str(pypdf.PdfReader(BytesIO(book().data)).outline)
    assert all(theme.title in outline for theme in EDITION.themes)
    assert all(measure.title in outline for measure in EDITION.measures)
    theme = int(re.search(r"6 Planet (\d+)", texts[0]).group(1))
    assert "6 Planet" in texts[theme - 1]


def test_a_measure_that_goes_on_over_the_page_is_named_there(texts: list[str]):
    assert sum("(continued)" in text for text in texts) > 20
    pages = read_pages(book().data)
    names = {f"{measure.code} {measure.title}" for measure in EDITION.measures}
    open_name = ""
    for block in pages.blocks():
        if block.tag == "H4" and block.text in names:
            open_name = block.text
        elif block.tag in {"H2", "H3"}:
            open_name = ""
        for number in {piece.page for piece in block.pieces()}:
            first = min(piece.page for piece in block.pieces())
            if open_name and number > first:
                assert f"{open_name} (continued)" in pages.sheets[number - 1].around


@pytest.mark.parametrize("name", ALL)
def test_no_measure_leaves_fewer_than_three_rows_on_a_page(name: str):
    """Rows over or under the end of a page are three at least; a measure of fewer than six is on one page."""
    edition = MENUS.load(*name.split())
    names = {f"{measure.code} {measure.title}" for measure in edition.measures}
    parted, seen, measure = 0, set[str](), ""
    for block in read_pages(book(edition).data).blocks():
        if block.tag == "H4":
            measure = block.text
        elif block.tag == "Table" and measure in names - seen:
            seen.add(measure)
            rows = [node for node in block.nodes() if node.tag == "TR"]
            of_page = Counter(row.first_page() for row in rows)
            parted += len(of_page) > 1
            assert len(of_page) == 1 or min(of_page[min(of_page)], of_page[max(of_page)]) >= 3, measure
    assert seen == names
    assert parted or len(names) < 20


def test_the_words_that_are_used_are_explained(whole: str):
    for word in ("Proxy pound", "Unit value", "Social value", "Real pounds", "Deadweight", "Contract share", "Edition"):
        assert word in whole.rsplit("Words used here What this menu", 1)[-1]
    assert "Drop-off" not in whole
    dropping = changed(EDITION, "J01", drop_off_share=Decimal("0.5"), benefit_years=2)
    assert "Drop-off How much less" in text_of(book(replace(dropping, discount_rate=Decimal("0.035"))))


def test_the_new_facts_of_a_measure_are_told():
    proxy = replace(
        EDITION.find_measure("J01").proxy,
        components=(Component.EARNINGS,),
        taken_off="nothing is taken off",
        read_on=date(2026, 11, 3),
        address="https://www.example.gov.uk/table",
    )
    edition = changed(
        EDITION,
        "J01",
        proxy=proxy,
        earned=Earned.OVER_TIME,
        equality_group="people without work",
        small_example="One part-time post",
        evidence_months=12,
        evidence_if_later="A payroll record at the end.",
    )
    text = text_of(book(edition))
    assert "What it consists of Earnings." in text
    assert "Taken off nothing is taken off." in text
    assert "Read in a stored copy on 3 November 2026." in text
    assert "The figure itself: example.gov.uk." in text
    assert "Earned Over time, as it is done." in text
    assert "For People without work." in text
    assert "For a small organisation One part-time post." in text
    assert "12 months after a unit counts. Where that is after the contract’s end: A payroll record at the end." in text


def test_what_a_new_edition_says_of_its_values_is_in_its_book():
    """Days of a dated value, the cost of delivery, the range as a sum, the day of publication and who keeps it."""
    text = text_of(build_menu_book(MENUS.load("barnet-open", "2026.2"), CONTEXT, fonts()))
    assert "Dated value £379.75 for each week, in force 1 April 2026 to 31 March 2027." in text
    assert "Dated value £0.0097 for each £1 paid 30 days sooner, in force 1 January 2026 to 31 December 2026." in text
    assert "Cost of delivery £132.00 for each unit, in prices of 2009-10. Training, coordination and materials" in text
    step = "at 2019 prices × 100 ÷ 81.1085"
    span = f"£10,000.00 {step} = £12,329.16, to £16,000.00 {step} = £19,726.66."
    assert f"The source gives a range: {span}" in text
    assert "in 2024 prices. Published on 29 November 2026. In force from 1 April 2026. Kept by the makers of" in text
    assert "With up to 1 decimal." in text
    assert "Review Due by 31 March 2027." in text
    assert "Not allowed in one contract." in text
    assert "Kind of value Pounds for each pound, at a rate that holds for a time." in text
    assert "£0.0097, the same in every year’s prices, for as long as its rate holds." in text
    assert "Cost of delivery £240.00 for each course, in prices of 2009-10." in text
    assert "Where it says “Not allowed in one contract” they may not be claimed in one contract for anything." in text
    assert "C01 with C02 to C05" in text
    assert "J13 and J14, each with J01 to J10" in text
    assert "Gross or net Gross: the source takes nothing off for what would have happened anyway." in text
    assert "not the same person. Their jobs count once until then." in text


def test_the_book_says_of_groups_and_values_just_what_holds_of_each():
    """No code in a range that is left out of it, no pair twice, and no word of all values that is not of all."""
    edition = MENUS.load("barnet-open", "2026.2")
    text = " ".join(pages_of(build_menu_book(edition, CONTEXT, fonts())))
    assert "J01 to J10 and J13 to J18" in text
    assert "J01 to J18" not in text
    assert "Two measures of a group may not be claimed" not in text
    assert "Both may be in one contract. Their jobs count once, unless it is declared in writing" in text
    level_2 = text.rsplit("S01 Level 2 apprenticeship completed", 1)[1]
    never = level_2.split("Claimed together ", 1)[1].split(" Source ", 1)[0]
    assert "person (J01 to J10, J13 to J18, J11, S02, S12 and measures of other menus)" in never
    assert never.count("J04") == 0
    assert "Gross or net The menu takes off 27% for what would have happened anyway; the source itself takes" in text
    assert "The rest would have happened anyway. • Real pounds" in text
    assert "stays the same for as long as an edition holds" not in text
    assert "low is a borrowed value or rests on a thin source" in text


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("J01", "J02", "J03"), ["J01 to J03"]),
        (("J01", "J02", "J04"), ["J01", "J02", "J04"]),
        (("J02", "S03", "S04"), ["J02", "S03", "S04"]),
        (("A-1", "A-2", "A-3"), ["A-1", "A-2", "A-3"]),
    ],
)
def test_a_range_of_codes_leaves_none_out(codes: tuple[str, ...], said: list[str]):
    """Codes that stand side by side in a menu are a range only where no number is left out between them."""
    theme = EDITION.themes[0]
    outcome = theme.outcomes[0]
    job = outcome.measures[0]
    few = replace(outcome, measures=tuple(replace(job, code=code) for code in codes))
    assert code_ranges(codes, replace(EDITION, themes=(replace(theme, outcomes=(few,)),))) == said


def test_another_keeper_of_a_measure_is_named_with_its_review():
    text = text_of(book(changed(EDITION, "J01", owner="Skills team", review_due=None)))
    assert "Review Kept by Skills team." in text


def test_a_withdrawn_edition_says_so_with_the_reason_on_every_page():
    gone = replace(
        EDITION,
        status=EditionStatus.WITHDRAWN,
        withdrawn_on=date(2026, 11, 28),
        withdrawn_because="Values of spending in the area were 38% too high.",
    )
    texts = pages_of(book(gone))
    assert all("WITHDRAWN: barnet-open 2026.1 was withdrawn on 28 November 2026." in text for text in texts)
    assert all("Values of spending in the area were 38% too high." in text for text in texts)
    assert "Withdrawn. barnet-open 2026.1 was withdrawn" in texts[0]
    assert "WITHDRAWN" not in text_of(book())


def test_a_long_reason_is_cut_in_the_foot_and_whole_on_the_first_page():
    words = " ".join(f"reason{number}" for number in range(80))
    texts = pages_of(book(replace(EDITION, withdrawn_on=date(2026, 11, 28), withdrawn_because=words)))
    assert words in texts[0]
    assert "reason79" not in texts[5]
    assert "…" in texts[5]


def test_a_draft_is_marked_and_never_called_a_published_edition():
    draft = replace(EDITION, status=EditionStatus.DRAFT, sha256="", summary="")
    texts = pages_of(book(draft))
    assert all("DRAFT: this menu is not in use yet, and its values may change." in text for text in texts)
    assert not any("A published edition" in text for text in texts)
    assert "A published edition never changes" in text_of(book())


def test_price_index_sources_attribution_and_checksum_close_the_book(whole: str):
    text = whole
    assert all(f"{base} {index:.4f}" in text for base, index in EDITION.deflator.index.items())
    assert all(source.title in text for source in EDITION.sources)
    assert "Contains Parliamentary information licensed under the Open Parliament Licence v3.0." in text
    assert f"SHA-256: {EDITION.sha256}" in text


def test_the_price_index_is_read_down_its_columns_on_one_page(texts: list[str]):
    index = EDITION.deflator.index
    pages = [number for number, text in enumerate(texts) if any(f" {base} {index[base]:.4f}" in text for base in index)]
    assert len(pages) == 1


def test_a_small_menu_without_index_or_groups_has_a_book_too():
    small = MENUS.load("barnet-council", "2023")
    text = text_of(book(replace(small, deflator=None, exclusion_groups=())))
    assert "Price index" not in text.replace("price index", "")
    assert small.title in text


def test_a_menu_without_values_and_one_without_measures_that_are_only_counted():
    only_counted = [measure for measure in EDITION.measures if not measure.is_valued]
    outcome = replace(EDITION.themes[0].outcomes[0], measures=tuple(only_counted))
    bare = replace(EDITION, themes=(replace(EDITION.themes[0], outcomes=(outcome,)),), exclusion_groups=())
    assert "Prices: the value of one unit" not in text_of(book(bare))
    valued = replace(outcome, measures=EDITION.themes[0].outcomes[0].measures[:2])
    bare = replace(bare, themes=(replace(EDITION.themes[0], outcomes=(valued,)),))
    assert "Counted, never valued" not in text_of(book(bare))


def test_the_same_edition_gives_the_same_bytes():
    assert book().data == build_menu_book(EDITION, CONTEXT, fonts()).data


def test_page_validation_finds_no_fault():
    assert faults_of(book().data) == []


@pytest.mark.slow
def test_verapdf_finds_no_fault(tmp_path):
    assert broken_rules(written(book(), tmp_path)) == []
