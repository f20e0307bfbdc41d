import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.exchange.examples import promise
from tests.exchange.tenders.examples import (
    CONTRACT,
    LOT,
    MEASURES,
    MENU,
    OFFER,
    PACK,
    PROPERTIES,
    TENDER,
    TENDER_EDITION,
    book_of,
    form_of,
)
from tomsapp.domain.checks import words
from tomsapp.domain.checks.words import Words
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import Counts, ExclusionGroup
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.tender import words as told
from tomsapp.domain.tender.choices import ShareBase
from tomsapp.domain.tender.parts import PartsForm
from tomsapp.domain.tender.tender_measure import TenderMeasure
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.exchange.tables_xlsx import EXAMPLE_NOTE
from tomsapp.exchange.tenders.book_check import asked_of
from tomsapp.exchange.tenders.book_layout import DECLARATIONS, FORM_WORDS, offer_book
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.exchange.tenders.formulas import as_text, either, literal
from tomsapp.exchange.tenders.pack_json import read_pack, write_pack
from tomsapp.exchange.workbook_asked import WORKINGS, worked_out
from tomsapp.exchange.workbook_columns import Role

SHEETS = ["Read me", "Tender", "Organisation", "Conditions", "Commitments", "Workings", "Declarations", "Questions",
          "Check", "Totals", "For your board", "Contract", "Guidance", "tomsapp", "lists"]  # fmt: skip


def opened(offer=OFFER, **more):
    return openpyxl.load_workbook(io.BytesIO(book_of(offer, **more)))


def texts(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def test_the_sheets_stand_in_the_order_in_which_they_are_filled_in_and_name_the_pack():
    book = opened()
    assert book.sheetnames == SHEETS
    assert [book[name].sheet_state for name in ("tomsapp", "lists")] == ["veryHidden"] * 2
    stamp = {row[0].value: row[1].value for row in book["tomsapp"].iter_rows(max_col=2)}
    assert stamp["format"] == "tomsapp-offer-book-1"
    assert (stamp["tender"], stamp["version"], stamp["lot"]) == ("T-2027-003", "2", "1")
    assert stamp["pack_sha256"] == "cd" * 32
    assert "cd" * 32 in " ".join(texts(book["Read me"]))


def test_the_same_offer_gives_the_same_bytes():
    assert book_of() == book_of()


def test_only_the_cells_that_are_called_so_can_be_filled_in_and_all_sheets_are_locked():
    book = opened()
    for sheet in book:
        assert sheet.protection.sheet, sheet.title
        assert not sheet.protection.password
        for row in sheet.iter_rows():
            for cell in row:
                if cell.protection.locked:
                    continue
                assert cell.border.left.style == "thin", (sheet.title, cell.coordinate)
                assert not str(cell.value or "").startswith("=") or cell.data_type == "s"
                heads = [str(sheet.cell(number, cell.column).value) for number in range(1, cell.row)]
                label = str(sheet.cell(cell.row, 1).value)
                is_code_of_a_second = sheet.title == "Commitments" and cell.column == 1
                assert is_code_of_a_second or any(text.startswith("Fill in") for text in (*heads, label))


def test_what_a_person_typed_never_becomes_a_formula():
    book = opened()
    sheet = book["Commitments"]
    template = form_of().template
    row = next(n for n, one in enumerate(template.rows, template.first_row) if one.measure.code == "S41")
    cell = sheet[template.cell(Role.DELIVERED_BY, row)]
    assert (cell.value, cell.data_type) == ("=Larkmere College", "s")
    assert any(text.startswith("=Apprentices") for text in texts(book["Guidance"]))


def test_the_cells_that_are_read_have_names():
    names = opened().defined_names
    assert names["Social_value"].attr_text == "Totals!$B$4"
    assert names["Organisation_name"].attr_text == "Organisation!$B$4"
    assert names["Condition_1"].attr_text == "Conditions!$E$5"
    assert names["Answer_2"].attr_text == "Questions!$E$6"
    assert names["Left_to_do"].attr_text == "Check!$D$3"


def test_targets_conditions_and_reasons_are_shown():
    book = opened()
    sheet, template = book["Commitments"], form_of().template
    targets = {
        row.measure.code: sheet[template.cell(Role.TARGET, number)].value
        for number, row in enumerate(template.rows, template.first_row)
    }
    assert (targets["J01"], targets["J11"], targets["G01"]) == (2, "No target", 12)
    assert "S30" not in targets
    conditions = [[cell.value for cell in row][:5] for row in book["Conditions"].iter_rows(min_row=5)]
    assert conditions[0] == ["S30", "Policy in place", "1 yes", "All do it.", "Yes"]
    assert not conditions[1][2]
    assert "Schools are near." in texts(book["Guidance"])
    assert {"S30", "S31", "J01"} <= set(texts(book["Guidance"]))


def test_a_quantity_that_comes_from_its_parts_is_not_typed_in_too():
    book, template = opened(), form_of().template
    row = next(n for n, one in enumerate(template.rows, template.first_row) if one.measure.code == "S41")
    sheet = book["Commitments"]
    assert sheet[template.cell(Role.QUANTITY, row, 0)].value is None
    assert sheet[template.cell(Role.QUANTITY, row, 1)].value == 160
    place = row - template.first_row
    assert worked_out(place, 0, 2) in sheet[template.cell(Role.COUNTED, row, 0)].value
    result = book[WORKINGS][worked_out(place, 0, 2).partition("!")[2].replace("$", "")]
    parts = [cell.value for cell in book[WORKINGS][result.row]][3:7]
    assert parts == ["sessions × hours × people", 12, 2, 1.5]
    other = replace(OFFER, commitments=(promise(1, "S41", "35", "0"),), details={"1": OFFER.details["5"]})
    cell = template.cell(Role.QUANTITY, form_of(other).template.first_row + place - 1, 0)
    assert openpyxl.load_workbook(io.BytesIO(book_of(other)))["Commitments"][cell].value == 35


def test_the_facts_of_the_tender_are_there_without_the_councils_notes():
    said = " ".join(texts(opened()["Tender"]))
    for fact in ("Exampleham Council", "12 noon, Friday 22 January 2027", "£1,200,000.00", "up to 8 measures",
                  "theme 1, Fair work", "Is Sunday work asked?", "3 December 2026: No.", "10 points"):  # fmt: skip
        assert fact in said
    assert "The deadline is 22 January 2027, and was" in said
    assert not [text for sheet in opened() for text in texts(sheet) if "Not for bidders" in text]


def test_a_plain_quote_has_no_questions_conditions_or_limits():
    tender = replace(TENDER, most_measures=None, mandatory_themes=frozenset(), quantity_part=Decimal(1))
    measures = tuple(one for one in MEASURES if not one.is_condition)[:3]
    asked = replace(PACK.answered[0], answered_on=None)
    lots = (replace(LOT, value=None), replace(LOT, number=2, title="Hubs"))
    pack = replace(
        PACK, tender=tender, measures=measures, questions=(), answered=(asked,), lots=lots, area=None, policy=None
    )
    book = opened(None, pack=pack)
    assert not {"Questions", "Conditions", "Answers"} & set(book.sheetnames)
    said = " ".join(texts(book["Tender"]))
    assert "any number of measures" in said
    assert "lot 1" in said
    assert "Estimated value" not in said
    assert "Your answers count" not in said
    checks = [row[1].value for row in book["Check"].iter_rows(min_row=5)]
    assert checks == ["Name of your organisation", "Contact name", "Contact e-mail", "Something is offered",
                      "Each row is complete", "The same person once (J01, J20)",
                      "What counts once is offered once"]  # fmt: skip


def test_a_mandatory_theme_without_a_measure_and_groups_of_others_are_no_fault_of_the_sheet():
    tender = replace(TENDER, mandatory_themes=frozenset({"example 3"}))
    groups = (ExclusionGroup("g", TENDER_EDITION.exclusion_groups[0].severity, "hour", ("S08",), "", against=("S06",)),)
    pack = replace(PACK, tender=tender, measures=MEASURES[:3])
    book = opened(None, pack=pack, edition=replace(TENDER_EDITION, exclusion_groups=groups))
    rows = {row[1].value: row[3].value for row in book["Check"].iter_rows(min_row=5)}
    assert rows["Something of theme 3"].startswith("=TRIM(IF(0=0,")
    assert not [what for what in rows if str(what).startswith("The same")]


def test_a_group_of_many_measures_is_named_by_the_first_of_them():
    codes = ("J11", "J20", "S08", "S06", "S40")
    group = ExclusionGroup("g", TENDER_EDITION.exclusion_groups[0].severity, "hour", codes, "")
    book = opened(None, edition=replace(TENDER_EDITION, exclusion_groups=(group,)))
    checked = [row[1].value for row in book["Check"].iter_rows(min_row=5)]
    assert "The same hour once (J11, J20, S08, S06 …)" in checked


def test_of_a_measure_that_counts_once_no_year_is_missing_and_nothing_else_is_asked():
    theme = TENDER_EDITION.themes[1]
    measures = tuple(replace(one, counts=Counts.ONCE) for one in theme.outcomes[0].measures)
    theme = replace(theme, outcomes=(replace(theme.outcomes[0], measures=measures),))
    edition = replace(TENDER_EDITION, themes=(theme,))
    pack = replace(PACK, measures=(TenderMeasure("S41"),), tender=replace(TENDER, mandatory_themes=frozenset()))
    form = form_of(None, pack, edition=edition)
    book = openpyxl.load_workbook(io.BytesIO(write_offer_book(form, PROPERTIES)))
    rows = (form.template.first_row, form.template.spare[0])
    for row in rows:
        formula = book["Commitments"][form.template.cell(Role.TO_DO, row)].value
        assert words.NO_QUANTITY.message in formula
        assert words.NO_STATEMENT.message not in formula
        assert told.NO_STAFF.message not in formula
    assert "No quantity is entered for" not in " ".join(texts(book[WORKINGS]))
    assert "No quantity is entered for" in " ".join(texts(opened()[WORKINGS]))


def test_the_price_as_base_asks_for_no_minimum_that_is_not_known_yet():
    by_price = replace(PACK, tender=replace(TENDER, base=ShareBase.PRICE))
    assert asked_of(form_of(OFFER, by_price)) == ()
    assert asked_of(form_of(OFFER, replace(PACK, policy=None))) == ()
    assert {check.result for check in asked_of(form_of())} == {PolicyResult.SHORT}
    assert "The bidder’s price" in texts(opened(pack=by_price)["Tender"])


def test_a_framework_has_promises_per_pound_and_its_spend():
    spend = (YearSpend(0, Decimal("500000.00")), YearSpend(1, Decimal("700000.00")))
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=spend)
    rated = promise(1, "J20", rate=Rate(Decimal(2), Decimal("100000.00")))
    form = form_of(replace(OFFER, commitments=(rated,), details={}), contract=contract)
    book = openpyxl.load_workbook(io.BytesIO(write_offer_book(form, PROPERTIES)))
    template = form.template
    row = next(n for n, one in enumerate(template.rows, template.first_row) if one.measure.code == "J20")
    assert book["Commitments"][template.cell(Role.RATE, row)].value == 2
    assert "COUNT(" in book["Commitments"][template.cell(Role.TO_DO, row)].value
    assert book["Contract"]["C13"].value == 500000


def test_staff_that_were_said_of_other_measures_are_kept():
    said = {"1": OfferedDetails(staff=PersonKind.RETAINED)}
    offer = replace(OFFER, commitments=(promise(1, "S08", "1", "1"),), details=said)
    template = form_of(offer).template
    row = next(n for n, one in enumerate(template.rows, template.first_row) if one.measure.code == "S08")
    assert opened(offer)["Commitments"][template.cell(Role.STAFF, row)].value == "Retained"


def test_a_measure_that_the_menu_has_not_cannot_be_written():
    with pytest.raises(ValueError, match="X99"):
        book_of(replace(OFFER, commitments=(promise(1, "X99", "1", "1"),)))


def test_an_example_says_so_on_each_sheet():
    data = write_offer_book(form_of(), replace(PROPERTIES, is_example=True))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        if sheet.sheet_state == "visible":
            assert any(EXAMPLE_NOTE in text for text in texts(sheet)), sheet.title


def test_no_formula_is_longer_than_a_spreadsheet_allows_in_the_longest_contract():
    contract = replace(CONTRACT, end_on=end_after(date(2027, 4, 1), 50))
    form = form_of(None, contract=contract)
    form = replace(form, lot=replace(LOT, end_on=contract.end_on))
    book = openpyxl.load_workbook(io.BytesIO(write_offer_book(form, PROPERTIES)))
    longest = max(len(text) for sheet in book for text in texts(sheet) if text.startswith("="))
    assert longest < 8192


def test_the_list_of_forms_fits_into_a_validation_and_the_page_for_the_board_is_one_page():
    assert len(",".join(FORM_WORDS)) < 256
    assert set(FORM_WORDS.values()) == set(PartsForm)
    board = opened()["For your board"]
    assert board.sheet_properties.pageSetUpPr.fitToPage
    assert board.page_setup.fitToHeight is None, "one page, which goes without saying"
    assert board.page_setup.orientation == "portrait"


def test_texts_in_formulas_are_short_enough_and_keep_their_signs():
    long = literal('"' * 300)
    assert all(len(piece.replace('""', '"')) < 255 for piece in re.findall(r'"(?:[^"]|"")*"', long))
    assert literal("") == '""'
    assert as_text(Words("{a} of {{b}} and {c}", "{d}")) == ('"{a}"&" of {b} and "&"{c}"&". "&"{d}"&". "')
    assert either() == '""'


def test_the_workbook_of_a_lot_is_made_from_the_pack_file():
    file = read_pack(write_pack(PACK, MENU), "a.tomspack")
    form = offer_book(file, TENDER_EDITION, 1, "tomsapp 1")
    assert (form.identity, form.lot, form.contract, form.made_with) == (file.identity, LOT, CONTRACT, "tomsapp 1")
    assert offer_book(file, TENDER_EDITION, 2) is None


def test_where_nothing_can_count_twice_there_is_no_sheet_to_declare_it_on():
    edition = replace(TENDER_EDITION, exclusion_groups=())
    pack = replace(PACK, measures=(TenderMeasure("V01"),))
    bare = replace(OFFER, commitments=(), details={}, answers={}, accepted=frozenset())
    book = openpyxl.load_workbook(io.BytesIO(book_of(bare, pack=pack, edition=edition)))
    assert DECLARATIONS not in book.sheetnames
    assert DECLARATIONS in openpyxl.load_workbook(io.BytesIO(book_of())).sheetnames
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert not [text for text in texts if f"Sheet {DECLARATIONS}" in text]
