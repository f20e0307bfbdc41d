from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from tests.reports.conformance import faults_of
from tests.reports.valuations import CONTEXT, EDITION, MENUS, fonts, text_of, written
from tests.reports.verapdf import broken_rules
from tomsapp.domain.wording import format_pounds
from tomsapp.reports.document import BuiltReport
from tomsapp.reports.menu_book import build_menu_book
from tomsapp.reports.render import PdfPages


def book(edition=EDITION, context=CONTEXT) -> BuiltReport:
    return build_menu_book(edition, context, fonts())


def test_every_measure_has_its_value_how_it_was_made_and_its_source():
    text = text_of(book())
    for measure in EDITION.measures:
        assert f"{measure.code} {measure.title}" in text
        for value in measure.unit_values:
            assert format_pounds(value.value) in text
    assert "Unit value £20,202.72 for each full-time job for 12 months" in text
    assert "£14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72." in text
    assert "Confidence: high." in text


def test_what_counts_evidence_guidance_and_exclusions_are_told():
    text = text_of(book())
    measure = EDITION.find_measure("J01")
    for sentence in (*measure.count, *measure.do_not_count, *measure.evidence, measure.guidance):
        assert " ".join(sentence.split()[:6]) in text
    assert "for the same person: only with a written declaration that they differ." in text
    assert "None: it is counted in" in text


def test_a_dated_series_is_a_table_with_low_and_high():
    text = text_of(book())
    value = EDITION.find_measure("G01").unit_value_in(2030)
    row = (value.published, value.value, value.low, value.high)
    assert " ".join(["2030", *map(format_pounds, row)]) in text


def test_the_contents_name_the_page_of_each_measure():
    report = book()
    pages = PdfPages(report.data)
    texts = [" ".join(pages.text(number).split()) for number in range(len(pages))]
    contents = " ".join(texts[:3])
    measure = EDITION.find_measure("G05")
    number = int(contents.split(f"G05 {measure.title} £126.15 ")[1].split()[0])
    assert "G05 Waste kept out of landfill" in texts[number - 1]
    outline = pypdf.PdfReader(BytesIO(report.data)).outline
    flat = str(outline)
    assert all(theme.title in flat for theme in EDITION.themes)
    assert all(measure.title in flat for measure in EDITION.measures)


def test_price_index_sources_attribution_and_checksum_close_the_book():
    text = text_of(book())
    assert all(f"{base} {index:.4f}" in text for base, index in EDITION.deflator.index.items())
    assert all(source.title in text for source in EDITION.sources)
    assert "Contains Parliamentary information licensed under the Open Parliament Licence v3.0." in text
    assert f"SHA-256: {EDITION.sha256}" in text


def test_a_small_menu_without_index_or_groups_has_a_book_too():
    small = MENUS.load("barnet-council", "2023")
    text = text_of(book(replace(small, deflator=None, exclusion_groups=())))
    assert "Price index" not in text.replace("price index", "")
    assert small.title in text


def test_the_same_edition_gives_the_same_bytes():
    assert book().data == book().data


def test_page_validation_finds_no_fault():
    assert faults_of(book().data) == []


@pytest.mark.slow
def test_verapdf_finds_no_fault(tmp_path):
    assert broken_rules(written(book(), tmp_path)) == []
