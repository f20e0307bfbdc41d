import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.books import edited, saved
from tests.exchange.examples import promise
from tests.exchange.tenders.examples import (
    ANSWERED,
    CONTRACT,
    HOW_WE_KNOW,
    IDENTITY,
    OFFER,
    PACK,
    PROPERTIES,
    TENDER,
    TENDER_EDITION,
    TWICE,
    book_of,
    declare,
    form_of,
)
from tomsapp.domain.checks.words import DECLARED
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import Clash, ExclusionGroup
from tomsapp.domain.problems import Answer, AnswerChoice, Severity
from tomsapp.domain.supplier import SupplierKind
from tomsapp.domain.tender.offer_checks import check_tender_offer
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tenders.book_layout import NOT_READ
from tomsapp.exchange.tenders.book_read import read_offer_book
from tomsapp.exchange.tenders.book_stamp import is_offer_book, read_book_stamp
from tomsapp.exchange.tenders.book_write import write_offer_book
from tomsapp.exchange.tenders.offer_json import read_tender_offer, write_tender_offer
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook


def read(data, form=None):
    form = form or form_of(None)
    return read_offer_book(open_workbook(data, "o.xlsx"), "o.xlsx", lambda stamp: form)


def plain(offer):
    """An offer without what only a file says of itself."""
    return replace(offer, stated=(), made_at=None)


def changed(change, offer=OFFER):
    """The workbook after somebody changed it with another program."""
    book = openpyxl.load_workbook(io.BytesIO(book_of(offer)))
    change(book)
    return saved(book)


def row_of(code, offer=OFFER):
    template = form_of(offer).template
    return next(n for n, one in enumerate(template.rows, template.first_row) if one.measure.code == code)


def cell(role, code, year=None, offer=OFFER):
    return form_of(offer).template.cell(role, row_of(code, offer), year)


def typed(name, where, value):
    def change(book):
        book[name][where].value = value

    return change


@pytest.mark.parametrize("offer", [OFFER, ANSWERED, replace(OFFER, statements={}, accepted=frozenset())])
def test_the_same_offer_comes_out_of_the_workbook_and_of_json_both_ways(offer):
    from_book = read(book_of(offer))
    assert plain(from_book.offer) == plain(offer)
    assert from_book.problems == ()
    assert from_book.own_total == "The file’s own total is the same: £54,964.49."
    from_json = read_tender_offer(write_tender_offer(from_book.offer), "o.tomsoffer").offer
    assert from_json == from_book.offer
    assert plain(read(book_of(from_json)).offer) == plain(offer)


def test_sheets_that_are_there_for_people_are_not_needed():
    """In the locked room they stay closed."""
    data = book_of()
    whole, part = open_workbook(data, "offer.xlsx"), open_workbook(data, "offer.xlsx", NOT_READ)
    filled, read_in = ({sheet.name for sheet in book.sheets if sheet.rows} for book in (whole, part))
    assert filled - read_in == NOT_READ & filled
    read_of = [read_offer_book(book, "offer.xlsx", lambda _: form_of(OFFER)) for book in (whole, part)]
    assert read_of[0] == read_of[1]


def test_an_empty_workbook_is_an_offer_of_nothing_for_its_pack_and_lot():
    file = read(book_of(None))
    assert (file.offer.pack, file.offer.lot, file.offer.commitments) == (IDENTITY, 1, ())
    assert file.offer.bidder.name == ""
    assert file.problems == ()


def test_a_promise_per_pound_comes_back():
    spend = (YearSpend(0, Decimal("500000.00")), YearSpend(1, Decimal("700000.00")))
    contract = replace(CONTRACT, kind=ContractKind.FRAMEWORK, spend=spend)
    rated = promise(1, "J20", rate=Rate(Decimal(2), Decimal("100000.00")), statement="x")
    offer = replace(OFFER, commitments=(rated,), details={})
    data = write_offer_book(form_of(offer, contract=contract), PROPERTIES)
    assert plain(read(data, form_of(None, contract=contract)).offer) == plain(offer)


quantities = st.one_of(st.none(), st.decimals(0, 10**6, places=1))
lines = st.lists(
    st.tuples(st.sampled_from(["S08", "S41", "V01"]), quantities, quantities, st.sampled_from(list(PartsForm)),
              st.one_of(st.none(), st.lists(st.decimals(0, 500, places=2), min_size=3, max_size=3)),
              st.sampled_from(["", "E05000001", "outside"]), st.text("ab =+@'\"é\n", max_size=8)),
    max_size=4,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines)
def test_any_offer_comes_back_from_its_workbook(drawn):
    commitments, details = [], {}
    for number, (code, first, second, form, numbers, place, text) in enumerate(
        sorted(drawn, key=lambda one: ("S08", "S41", "V01").index(one[0])), 1
    ):
        statement = " ".join(text.split())
        parts = YearParts(0, form, tuple(numbers[: len(form.labels)])) if numbers else None
        given_in = (parts.quantity if parts else first, second)
        if given_in == (None, None):
            continue
        key = str(len(commitments) + 1)
        share = Decimal(1) if number % 2 else Decimal("0.25")
        commitments.append(
            replace(promise(key, code), quantities=given_in, statement=statement, place=place, contract_share=share)
        )
        said = OfferedDetails((parts,) if parts else (), None, statement)
        if said != OfferedDetails():
            details[key] = said
    offer = replace(OFFER, commitments=tuple(commitments), details=details)
    assert plain(read(book_of(offer)).offer) == plain(offer)


def test_a_measure_that_is_chosen_a_second_time_comes_back_with_its_parts():
    template = form_of().template

    def change(book):
        sheet, row = book["Commitments"], template.spare[0]
        sheet[template.cell(Role.CODE, row)].value = "S08"
        sheet[template.cell(Role.QUANTITY, row, 1)].value = 5
        sheet[template.cell(Role.STAFF, row)].value = "retained"
        place = row - template.first_row
        workings = book["Workings"]
        for column, value in enumerate(("People × Weeks", 2, 3), start=4):
            workings.cell(6 + 2 * place, column).value = value

    file = read(changed(change))
    last = file.offer.commitments[-1]
    assert (last.measure, last.quantities) == ("S08", (Decimal(6), Decimal(5)))
    said = file.offer.details_of(last.key)
    assert said.parts == (YearParts(0, PartsForm.PEOPLE_WEEKS, (Decimal(2), Decimal(3))),)
    assert said.staff is PersonKind.RETAINED


def test_a_workbook_that_lost_its_looks_and_locks_is_read_the_same():
    """As Google Sheets and others save: other looks, shared strings of their own, no locks, no hidden sheets."""

    def change(book):
        for sheet in book:
            sheet.protection.sheet = False
            sheet.sheet_state = "visible"
            sheet.data_validations.dataValidation.clear()
            for row in sheet.iter_rows():
                for one in row:
                    one.style = "Normal"
                    one.number_format = "General"
        book.move_sheet("Organisation", 5)

    file = read(changed(change))
    assert plain(file.offer) == plain(OFFER)
    assert {problem.severity for problem in file.problems} <= {Severity.NOTE}


def test_an_inserted_column_and_row_above_change_nothing():
    def change(book):
        book["Conditions"].insert_rows(1)
        book["Questions"].insert_cols(2)
        book["Organisation"].insert_rows(2)

    assert plain(read(changed(change)).offer) == plain(OFFER)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (typed("Commitments", cell(Role.UNIT_VALUE, "J11", 0), 9999), "value-differs", "Its unit value is £9,999.00"),
        (typed("Commitments", cell(Role.QUANTITY, "J11", 0), "two"), "number-unreadable", "“two”"),
        (typed("Commitments", cell(Role.STAFF, "J01"), "Borrowed"), "staff-unknown", "“Borrowed” is no sort of staff"),
        (typed("Commitments", cell(Role.PROJECT, "J01"), "x" * 201), "text-too-long", "more than 200 characters"),
        (typed("Commitments", cell(Role.DELIVERED_BY, "J01"), "=1/0"), "formula-without-result", "never worked out"),
        (typed("Workings", "D6", "guesswork"), "parts-missing", "The parts of 2027/28 are not complete"),
        (typed("Workings", "E6", 3), "parts-missing", "The parts of 2027/28 are not complete"),
        (typed("Workings", "E6", -3), "number-negative", "-3 is below zero"),
        (typed("Workings", "F6", "=1/0"), "formula-without-result", "never worked out"),
        (typed("Workings", "D5", "How"), "heads-missing", "The sheet Workings lacks the column"),
        (lambda book: book.remove(book["Workings"]), "sheet-missing", "The sheet Workings is not there"),
        (lambda book: book.remove(book["Questions"]), "sheet-missing", "The sheet Questions is not there"),
        (lambda book: book.remove(book["Conditions"]), "sheet-missing", "The sheet Conditions is not there"),
        (typed("Questions", "E4", "Reply"), "heads-missing", "The sheet Questions lacks the column"),
        (typed("Questions", "E5", "=1/0"), "formula-without-result", "never worked out"),
        (typed("Questions", "A5", "=1/0"), "formula-without-result", "never worked out"),
        (typed("Conditions", "E5", "=1/0"), "formula-without-result", "never worked out"),
        (typed("Declarations", "D5", "=1/0"), "formula-without-result", "never worked out"),
        (typed("Declarations", "D4", "Said"), "heads-missing", "lacks the column “Fill in: what you declare”"),
        (typed("Declarations", "E4", "Why"), "heads-missing", "lacks the column “Fill in: how you know”"),
        (lambda book: book.remove(book["Declarations"]), "sheet-missing", "The sheet Declarations is not there"),
        (typed("Workings", "D6", "=1/0"), "formula-without-result", "never worked out"),
        (typed("Organisation", "A4", "Name"), "row-missing", "The row “Name of your organisation”"),
        (typed("Organisation", "B4", "x" * 201), "text-too-long", "more than 200 characters"),
        (typed("tomsapp", "B5", "ff" * 32), "other-menu-bytes", "other contents of the menu"),
    ],
)  # fmt: skip
def test_what_was_done_to_the_workbook_is_told_and_the_rest_is_read(change, code, said):
    file = read(changed(change))
    told = [problem for problem in file.problems if problem.code == code]
    assert told, file.problems
    assert any(said in problem.message for problem in told), told
    assert file.offer.pack == IDENTITY
    assert len(file.offer.commitments) == 6


def test_an_edited_unit_value_is_kept_as_the_file_states_it():
    file = read(changed(typed("Commitments", cell(Role.UNIT_VALUE, "J11", 1), 9999)))
    stated = {(one.measure, one.year): one.value for one in file.offer.stated}
    assert stated["J11", 1] == 9999
    assert stated["G01", 0] == Decimal("277.21")
    assert {code for code, _ in stated} == {"J01", "J11", "S08", "S41", "G01"}


def test_parts_under_another_measure_are_told_and_not_counted():
    def change(book):
        book["Commitments"][cell(Role.CODE, "S41")].value = "S40"

    file = read(changed(change))
    assert "parts-of-another" in {problem.code for problem in file.problems}
    assert not any(said.parts for said in file.offer.details.values())


def test_a_row_without_a_code_over_parts_is_told():
    file = read(changed(typed("Commitments", cell(Role.CODE, "S41"), None)))
    assert any("is empty, and its parts are of S41" in problem.message for problem in file.problems)


def test_a_formula_typed_as_a_quantity_over_parts_is_told_and_not_put_aside():
    file = read(changed(typed("Commitments", cell(Role.QUANTITY, "S41", 0), "=6*6")))
    assert "formula-without-result" in {problem.code for problem in file.problems}


def test_yes_is_yes_however_it_is_typed_and_what_is_not_asked_is_not_read():
    def change(book):
        book["Conditions"]["E5"].value = " yes "
        book["Conditions"]["E6"].value = "No"
        book["Conditions"]["A9"].value = "X01"
        book["Conditions"]["E9"].value = "Yes"
        book["Questions"]["A9"].value = 9
        book["Questions"]["E9"].value = "More"
        book["Questions"]["E6"].value = "  "

    offer = read(changed(change)).offer
    assert offer.accepted == {"S30"}
    assert set(offer.statements) == {1}


def test_answers_given_in_the_program_stay_and_empty_rows_among_them_say_nothing():
    def change(book):
        book["Answers"]["A9"].value = "some-key"

    assert read(changed(change, ANSWERED)).offer.answers == ANSWERED.answers


def test_the_sort_of_organisation_is_read_by_its_words():
    def change(book):
        book["Organisation"]["B5"].value = "large company"

    assert read(changed(change)).offer.bidder.kind is SupplierKind.LARGE
    assert read(changed(typed("Organisation", "B5", "gang"))).offer.bidder.kind is SupplierKind.SME


FIRST_HEAD = f"{cell(Role.QUANTITY, 'J01', 0).rstrip('0123456789')}6"


def renamed(name, other):
    def change(book):
        book[name].title = other

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (renamed("Commitments", "Promises"), "has no sheet “Commitments”"),
        (renamed("Organisation", "Us"), "has no sheet “Organisation”"),
        (typed("Commitments", "A6", "Kod"), "has no row of heads"),
        (typed("Commitments", FIRST_HEAD, "x"), "has no column “Fill in: quantity 2027/28”"),
        (typed("tomsapp", "B10", "other"), "is no workbook of a tender"),
        (typed("tomsapp", "B12", "two"), "is no workbook of a tender"),
        (typed("tomsapp", "B13", ""), "is no workbook of a tender"),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_read_is_refused_with_what_to_do(change, said):
    with pytest.raises(OfferUnreadable, match=re.escape(said)) as caught:
        read(changed(change))
    assert caught.value.fix


def test_a_pack_that_was_not_issued_here_is_refused_and_the_stamp_says_which_it_is():
    book = open_workbook(book_of(), "o.xlsx")
    assert is_offer_book(book)
    assert read_book_stamp(book, "o.xlsx").pack == IDENTITY
    with pytest.raises(OfferUnreadable, match="T-2027-003, pack version 2, lot 1, which was not issued here"):
        read_offer_book(book, "o.xlsx", lambda stamp: None)
    other = write_workbook(Template(form_of().edition, ("S08",), CONTRACT), PROPERTIES)
    assert not is_offer_book(open_workbook(other, "o.xlsx"))


def test_a_stamp_that_names_no_tender_a_form_would_take_was_changed():
    form = form_of()
    data = write_offer_book(replace(form, identity=replace(IDENTITY, reference="x" * 300)), PROPERTIES)
    with pytest.raises(OfferUnreadable, match="its hidden sheet was changed"):
        read_book_stamp(open_workbook(data, "o.xlsx"), "o.xlsx")


def test_a_workbook_of_a_council_without_wards_is_read():
    pack = replace(PACK, area=None, tender=replace(TENDER))
    offer = replace(OFFER, commitments=(promise(1, "S08", "1", "2"),), details={})
    form = form_of(offer, pack)
    data = write_offer_book(form, PROPERTIES)
    assert plain(read(data, form_of(None, pack)).offer) == plain(offer)


def test_a_workbook_without_its_list_of_wards_reads_codes():
    def strip(content):
        return re.sub(rb'<c r="[DE]\d+"[^>]*>.*?</c>', b"", content)

    data = book_of()
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        last = sorted(name for name in parts.namelist() if "worksheets/sheet" in name)
    stamp = f"xl/worksheets/sheet{len(last) - 1}.xml"
    file = read(edited(data, stamp, strip))
    assert file.offer.commitments[2].place == "Harbour & Quays"


# What is declared


def faults_of(told):
    """What is wrong; that nothing worked out the figures of a book that was changed here is no fault."""
    return [each for each in told.problems if each.severity is not Severity.NOTE]


def answered_in_the_window(offer=TWICE):
    """The same offer with what the bidder’s own window keeps where each question is answered there."""
    asked = [
        each
        for each in check_tender_offer(PACK, TENDER_EDITION, offer).problems
        if each.code in {"declare-different", "repeated-people"}
    ]
    assert len(asked) == 2
    by = offer.bidder.contact_name
    said = {each.key: Answer(HOW_WE_KNOW, by, choice=AnswerChoice.DIFFERENT, asked=each.asked) for each in asked}
    return replace(offer, answers=said)


def test_a_declaration_in_the_workbook_is_the_answer_that_the_window_keeps():
    told = read(changed(lambda book: declare(book, "one-job", "J01"), TWICE))
    assert plain(told.offer) == answered_in_the_window()
    assert faults_of(told) == []
    open_now = [each.code for each in check_tender_offer(PACK, TENDER_EDITION, told.offer).problems if each.is_open]
    assert not {"declare-different", "repeated-people"} & set(open_now)


def test_what_was_answered_in_the_window_stands_in_the_workbook_and_comes_back_as_it_was():
    offer = answered_in_the_window()
    book = openpyxl.load_workbook(io.BytesIO(book_of(offer)))
    rows = {row[0].value: [cell.value for cell in row[3:5]] for row in book["Declarations"].iter_rows(min_row=5)}
    assert rows["one-job"] == rows["J01"] == ["They are different: all of them count", HOW_WE_KNOW]
    assert plain(read(book_of(offer)).offer) == offer
    again = read(changed(lambda book: declare(book, "one-job", reason="The register tells them apart"), offer)).offer
    texts = {key.partition(":")[0]: given.text for key, given in again.answers.items()}
    assert texts == {"declare-different": "The register tells them apart", "repeated-people": HOW_WE_KNOW}


def test_a_declaration_is_typed_into_cells_that_are_open_and_marked():
    sheet = openpyxl.load_workbook(io.BytesIO(book_of(TWICE)))["Declarations"]
    assert sheet.protection.sheet
    heads = [cell.value for cell in sheet[4]]
    assert heads[3:5] == ["Fill in: what you declare", "Fill in: how you know"]
    for column in range(6):
        assert sheet.cell(5, column + 1).protection.locked == (column not in {3, 4})
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert "They are different: all of them count" in str(offered)


@pytest.mark.parametrize(
    ("said", "code"),
    [({"said": "Yes"}, "declaration-unknown"), ({"reason": "We know"}, "declaration-short")],
)
def test_a_declaration_that_says_nothing_is_told_and_not_taken(said, code):
    told = read(changed(lambda book: declare(book, "one-job", **said), TWICE))
    (fault,) = faults_of(told)
    assert (fault.code, fault.where.sheet) == (code, "Declarations")
    assert told.offer.answers == {}


def test_nothing_is_declared_of_what_is_not_offered():
    assert read(changed(lambda book: declare(book, "one-job", "J01"))).offer.answers == {}


def answered_in(*, take_out=(), change=None, offer=None):
    """The workbook of an offer that was answered in the window, after declarations were taken out of its sheet."""

    def both(book):
        declare(book, *take_out, said=None, reason=None)
        if change is not None:
            change(book)

    return read(changed(both, offer or answered_in_the_window()))


def open_in(offer, pack=PACK, edition=TENDER_EDITION):
    return {each.code for each in check_tender_offer(pack, edition, offer).problems if each.is_open}


ASKED_OF = {"one-job": "declare-different", "J01": "repeated-people"}


@pytest.mark.parametrize("code", ASKED_OF)
def test_a_declaration_that_is_taken_out_is_gone_and_is_missing(code):
    """The sheet Answers still holds it, as it came out of the window."""
    whole = answered_in_the_window()
    assert not set(ASKED_OF.values()) & open_in(whole)
    told = answered_in(take_out=[code])
    assert faults_of(told) == []
    assert {key.partition(":")[0] for key in told.offer.answers} == set(ASKED_OF.values()) - {ASKED_OF[code]}
    assert set(ASKED_OF.values()) & open_in(told.offer) == {ASKED_OF[code]}


def test_no_other_answer_stands_for_a_declaration_that_is_taken_out():
    """Neither one of more measures, nor one of another group of the same thing, nor one that lapsed."""
    other = ExclusionGroup("same-people", Clash.DECLARE, "person", ("J01", "J20"), "They may be the same people.")
    edition = replace(TENDER_EDITION, exclusion_groups=(*TENDER_EDITION.exclusion_groups, other))
    given_in = answered_in_the_window()
    (said,) = (each for key, each in given_in.answers.items() if key.startswith("declare-different"))
    keys = [
        "declare-different:one-job:J01/J20",
        "declare-different:same-people:J01+J20",
        "declare-different:one-job:J1",
    ]
    offer = replace(given_in, answers={**given_in.answers, **dict.fromkeys(keys, said)})
    form = form_of(offer, edition=edition)
    book = openpyxl.load_workbook(io.BytesIO(write_offer_book(form, PROPERTIES)))
    declare(book, "one-job", "same-people", said=None, reason=None)
    found = read(saved(book), form_of(None, edition=edition))
    assert {key.partition(":")[0] for key in found.offer.answers} == {"repeated-people"}
    assert "declare-different" in open_in(found.offer, edition=edition)


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.remove(book["Declarations"]),
        lambda book: book["Declarations"].delete_rows(5, 20),
        lambda book: declare(book, "one-job", "J01", said="=1/0"),
        lambda book: declare(book, "one-job", "J01", said="Perhaps"),
        lambda book: declare(book, "one-job", "J01", reason="=1/0"),
        lambda book: declare(book, "one-job", "J01", reason="So"),
        lambda book: declare(book, "one-job", "J01", said="  ", reason=None),
    ],
)
def test_where_the_sheet_declares_nothing_what_stands_elsewhere_declares_nothing(change):
    told = answered_in(change=change)
    assert told.offer.answers == {}
    assert set(ASKED_OF.values()) <= open_in(told.offer)


@pytest.mark.parametrize(("column", "more"), [("D", {"said": "=1/0"}), ("E", {"reason": "=1/0"})])
def test_a_formula_among_declarations_that_was_never_worked_out_is_told_with_its_place(column, more):
    told = answered_in(change=lambda book: declare(book, "one-job", **more))
    (fault,) = faults_of(told)
    place = (fault.where.sheet, fault.where.row, fault.where.column)
    assert (fault.code, place) == ("formula-without-result", ("Declarations", 5, column))


def test_a_declaration_that_is_written_anew_takes_the_place_of_the_answer():
    same = "They are the same: they count once"
    assert same in DECLARED.values()
    told = answered_in(change=lambda book: declare(book, "one-job", said=same))
    choices = {key.partition(":")[0]: each.choice for key, each in told.offer.answers.items()}
    assert choices == {"declare-different": AnswerChoice.SAME, "repeated-people": AnswerChoice.DIFFERENT}


@pytest.mark.parametrize("column", "ABCDE")
def test_an_answer_on_its_own_sheet_that_cannot_be_read_is_told_and_not_taken(column):
    told = read(changed(typed("Answers", f"{column}5", "=1/0"), ANSWERED))
    (fault,) = faults_of(told)
    assert (fault.code, fault.where.sheet, fault.where.column) == ("formula-without-result", "Answers", column)
    assert told.offer.answers == {}


def test_an_error_typed_as_a_quantity_over_parts_is_told_and_not_put_aside():
    from_cell = cell(Role.QUANTITY, "S41", 0)

    def change(book):
        book["Commitments"][from_cell].value = "#REF!"
        book["Commitments"][from_cell].data_type = "e"

    file = read(changed(change))
    assert "cell-error" in {problem.code for problem in file.problems}
    assert [one.quantities[0] for one in file.offer.commitments if one.measure == "S41"] == [Decimal(0)]
