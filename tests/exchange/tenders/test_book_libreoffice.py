"""The workbook of a tender worked out by LibreOffice, against the program's exact values and its words."""

import io
import random
import shutil
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from tests.exchange.books import saved as saved_book
from tests.exchange.examples import POLICY, promise
from tests.exchange.tenders.calculators import saved_by_libreoffice
from tests.exchange.tenders.examples import (
    CONTRACT,
    IDENTITY,
    OFFER,
    PACK,
    TENDER_EDITION,
    TWICE,
    book_of,
    declare,
    form_of,
)
from tests.exchange.test_workbook_libreoffice import pounds, ratio
from tomsapp.domain.checks.words import REASON_SHORT
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.money import round_down, round_half_away
from tomsapp.domain.policy import check_policy
from tomsapp.domain.tender import words
from tomsapp.domain.tender.offer_checks import check_tender_offer
from tomsapp.domain.tender.parts import PartsForm, YearParts
from tomsapp.domain.tender.tender_offer import OfferedDetails
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tenders.book_read import read_offer_book
from tomsapp.exchange.workbook_columns import Role

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
OFFERS = 200
READ_AGAIN = 60


def some_offer(chance):
    """An offer of random measures, with quantities and shares that make half-pennies, some worked out from parts."""
    commitments, details = [], {}
    codes = sorted(one.measure for one in PACK.scored)
    chosen = sorted(chance.sample(codes, chance.randint(1, 9)), key=list(TENDER_EDITION.places).index)
    for number, code in enumerate(chosen, start=1):
        measure = TENDER_EDITION.find_measure(code)
        scale, most = 10**measure.decimals, min(int(measure.unit.most or 900), 900)
        quantities = [Decimal(chance.randint(0, most * scale)) / scale for _ in CONTRACT.years]
        parts = []
        for year in range(len(CONTRACT.years)):
            if chance.random() < 0.3:
                form = chance.choice(list(PartsForm))
                numbers = tuple(Decimal(chance.randint(0, 400)) / chance.choice([1, 10, 4]) for _ in form.labels)
                parts.append(YearParts(year, form, numbers))
                quantities[year] = parts[-1].quantity
        share = Decimal(chance.choice(["1", "0.5", "0.25", "0.05", "0.125", "0.333333"]))
        texts = [format(quantity, "f") for quantity in quantities]
        place = chance.choice(["", "E05000001"])
        commitments.append(promise(number, code, *texts, contract_share=share, statement="With care.", place=place))
        staff = chance.choice(list(PersonKind)) if measure.employment_outcome else None
        said = OfferedDetails(tuple(parts), staff, chance.choice(["", "A college"]))
        if said != OfferedDetails():
            details[str(number)] = said
    return replace(OFFER, commitments=tuple(commitments), details=details)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def test_200_random_offers_come_to_the_programs_own_totals_and_are_read_as_they_were(tmp_path):
    chance = random.Random(11)
    offers = {f"offer{number}": some_offer(chance) for number in range(OFFERS)}
    saved = saved_by_libreoffice({name: book_of(offer) for name, offer in offers.items()}, tmp_path)
    half_pennies = sum(half_pennies_where_the_sheet_is_right(name, offers[name], saved[name]) for name in offers)
    assert half_pennies > 20
    for name, offer in list(offers.items())[:READ_AGAIN]:
        read = read_offer_book(open_workbook(saved[name], "o.xlsx"), "o.xlsx", lambda stamp: form_of(None))
        assert replace(read.offer, stated=()) == offer, name
        assert "is the same" in read.own_total


def half_pennies_where_the_sheet_is_right(name, offer, saved):
    """Compare each total and value of an offer's workbook; gives how many of its years came to half a penny."""
    book, template = opened(saved), form_of(offer).template
    made = [row.commitment for row in template.rows if row.commitment is not None]
    valuation = value_contract(CONTRACT, TENDER_EDITION, made)
    totals, sheet, half_pennies = book["Totals"], book["Commitments"], 0
    assert pounds(totals["B4"]) == valuation.social_value, name
    assert pounds(totals["B5"]) == valuation.real_pounds, name
    assert ratio(totals["B6"], 9) == round_down(valuation.share_of_contract_value, 4), name
    assert ratio(totals["B7"], 4) == round_half_away(valuation.employment_outcomes, 4), name
    lines = iter(valuation.lines)
    for number, row in enumerate(template.rows, template.first_row):
        if row.commitment is not None:
            line = next(lines)
            assert pounds(sheet[template.cell(Role.LINE_VALUE, number)]) == line.social_value, (name, number)
            half_pennies += sum((year.steps[-2].result * 1000) % 10 == 5 for year in line.years if year.steps)
    short = [check for check in check_policy(valuation, POLICY) if check.needed]
    shown = {row[0].value: row[3].value for row in book["Check"].iter_rows()}
    for check in short:
        assert shown[check.rule.title] == check.word, (name, check.word)
    assert not [cell for one in book for row in one for cell in row if cell.data_type == "e"], name
    return half_pennies


def test_a_bidder_who_opens_the_file_sees_what_holds_before_anything_is_typed(tmp_path):
    """LibreOffice trusts results that a file brings along, and does not work them out when it opens the file."""
    books = {"empty": book_of(None), "offer": book_of()}
    as_opened = saved_by_libreoffice(books, tmp_path / "opened", is_spoilt=False)
    anew = saved_by_libreoffice(books, tmp_path / "anew")
    for name in books:
        seen, right = opened(as_opened[name]), opened(anew[name])
        for sheet in right:
            for row in sheet.iter_rows():
                for cell in row:
                    told = seen[sheet.title][cell.coordinate].value
                    assert (told or "") == (cell.value or ""), (name, sheet.title, cell.coordinate)
    check = {row[1].value: row[2].value for row in opened(as_opened["empty"])["Check"].iter_rows(min_row=5)}
    assert check["Something is offered"] == words.LEFT_TO_DO
    assert check["The same person once (J01, J20)"] == words.DONE


def test_an_offer_comes_back_as_opendocument(tmp_path):
    saved = saved_by_libreoffice({"offer": book_of()}, tmp_path, "ods")["offer"]
    read = read_offer_book(open_workbook(saved, "o.ods"), "o.ods", lambda stamp: form_of(None))
    assert replace(read.offer, stated=()) == OFFER
    assert read.problems == ()


WRONG = {
    "J01": (("1", "2"), {"statement": "x", "place": "outside"}),
    "J11": (("2.555", ""), {}),
    "J20": (("2.5", "-2"), {"contract_share": Decimal("1.5")}),
    "S08": (("3", "4"), {}),
    "S40": (("2000000001", "0"), {}),
}
"""Quantities and facts that are wrong, by measure."""


OF_ROWS = frozenset(
    {"outside-area", "share-out-of-range", "statement-missing", "repeated-people", "quantity-negative", "year-blank",
     "quantity-not-whole", "quantity-too-precise", "quantity-too-large", "staff-not-said", "jobs-not-new",
     "parts-differ", "quantity-missing"}
)  # fmt: skip
OF_OFFERS = frozenset(
    {"too-many-measures", "bidder-name-missing", "bidder-contact-missing", "bidder-email-wrong", "answer-too-long",
     "condition-not-accepted", "question-unanswered", "mandatory-theme-missing"}
)  # fmt: skip
"""What the workbook says in whole sentences of the program."""


def test_the_workbook_says_what_is_wrong_in_the_words_of_the_program(tmp_path):
    made = tuple(promise(n, code, *given, **more) for n, (code, (given, more)) in enumerate(WRONG.items(), start=1))
    parts = YearParts(0, PartsForm.PEOPLE_WEEKS, (Decimal(2), Decimal("5.5")))
    offer = replace(
        OFFER,
        bidder=replace(OFFER.bidder, name="", contact_email="jo"),
        commitments=(*made, promise(6, "V01", "5", "5"), promise(7, "V02", "1", "1")),
        details={"4": OfferedDetails((parts,)), "2": OfferedDetails(staff=PersonKind.TRANSFERRED)},
        statements={1: "one " * 21},
        accepted=frozenset({"S30"}),
    )
    nothing = promise(1, "J11", "", "", statement="Perhaps.")
    thin = replace(offer, commitments=(nothing,), details={}, bidder=replace(OFFER.bidder, contact_name=""))
    pack = replace(PACK, tender=replace(PACK.tender, most_measures=6))
    offers = {"offer": offer, "thin": thin}
    saved = saved_by_libreoffice({name: book_of(one, pack=pack) for name, one in offers.items()}, tmp_path)
    codes = set()
    for name, one in reversed(offers.items()):
        found = check_tender_offer(pack, TENDER_EDITION, one).problems
        book, template = opened(saved[name]), form_of(one, pack).template
        left = {
            row.measure.code: book["Commitments"][template.cell(Role.TO_DO, number)].value or ""
            for number, row in enumerate(template.rows, template.first_row)
        }
        check = " ".join(str(row[3].value or "") for row in book["Check"].iter_rows())
        for problem in found:
            if problem.code in OF_ROWS:
                assert f"{problem.message}. {problem.fix}" in left[problem.where.measure], problem
            if problem.code in OF_OFFERS:
                assert f"{problem.message}. {problem.fix}." in check, problem
        assert book["Check"]["D3"].value.endswith(" left to do")
        codes |= {problem.code for problem in found}
    assert codes >= OF_ROWS | OF_OFFERS
    by_code = {problem.code: problem for problem in found}
    assert words.PARTS_DIFFER.filled(year="2027/28", quantity="3", parts="11").sentences in left["S08"]
    assert words.ROWS_LEFT.filled(rows=5).sentences in check
    assert left["V01"] == left["S06"] == ""
    for code, codes, said in (
        ("never-add-together", "V01, V02", "may not count the same pound"),
        ("declare-different", "J01, J20", "may not count the same person"),
    ):
        assert said in by_code[code].message
        assert f"{codes} {said}" in check
        assert by_code[code].fix.rstrip(".").replace(" answer that they are the same,", "") in check
    assert "Theme 3, Green & clean" not in check


def test_a_row_in_which_the_measure_is_chosen_says_the_same(tmp_path):
    template = form_of().template
    rows = iter(template.spare)
    made = (
        promise(7, "J01", "1", "", place="outside"),
        promise(8, "J11", "1", "1"),
        promise(9, "S08", "2", "-1"),
        promise(10, "S06", "2", "3"),
    )
    book = openpyxl.load_workbook(io.BytesIO(book_of()))
    sheet, at = book["Commitments"], {}
    for commitment, row in zip(made, rows, strict=False):
        at[commitment.key] = row
        sheet[template.cell(Role.CODE, row)].value = commitment.measure
        sheet[template.cell(Role.WARD, row)].value = template.ward_name(commitment.place)
        for year, quantity in enumerate(commitment.quantities):
            sheet[template.cell(Role.QUANTITY, row, year)].value = quantity
    sheet[template.cell(Role.STAFF, at["8"])].value = "Retained"
    file = io.BytesIO()
    book.save(file)
    shown = opened(saved_by_libreoffice({"offer": file.getvalue()}, tmp_path)["offer"])["Commitments"]
    details = {**OFFER.details, "8": OfferedDetails(staff=PersonKind.RETAINED)}
    offer = replace(OFFER, commitments=(*OFFER.commitments, *made), details=details)
    told = set()
    for problem in check_tender_offer(PACK, TENDER_EDITION, offer).problems:
        if problem.where.commitment in at and problem.code in OF_ROWS - {"repeated-people"}:
            said = shown[template.cell(Role.TO_DO, at[problem.where.commitment])].value
            assert f"{problem.message}. {problem.fix}" in said, problem
            told.add(problem.code)
    assert told == {
        "outside-area",
        "year-blank",
        "statement-missing",
        "staff-not-said",
        "jobs-not-new",
        "quantity-negative",
    }
    assert not shown[template.cell(Role.TO_DO, at["10"])].value
    assert not shown[template.cell(Role.TO_DO, template.spare[-1])].value


def test_what_is_pasted_over_is_told(tmp_path):
    """Text for numbers, an edited unit value, a figure over a formula, all saved by LibreOffice."""
    template = form_of().template
    book = openpyxl.load_workbook(io.BytesIO(book_of()))
    sheet = book["Commitments"]
    at = {row.measure.code: number for number, row in enumerate(template.rows, template.first_row)}
    sheet[template.cell(Role.QUANTITY, at["J11"], 1)].value = "two"
    sheet[template.cell(Role.UNIT_VALUE, at["J01"], 0)].value = 30000
    sheet[template.cell(Role.VALUE, at["G01"], 0)].value = 7777
    file = io.BytesIO()
    book.save(file)
    saved = saved_by_libreoffice({"offer": file.getvalue()}, tmp_path)["offer"]
    read = read_offer_book(open_workbook(saved, "o.xlsx"), "o.xlsx", lambda stamp: form_of(None))
    said = " ".join(problem.message for problem in read.problems)
    assert "its unit value is £30,000.00, and the menu’s is £20,202.72" in said
    assert "is typed in, where a formula stood" in said
    assert "“two”" in said
    shown = opened(saved)["Commitments"][template.cell(Role.TO_DO, at["J11"])].value
    assert words.TEXT_QUANTITY.filled(year="2028/29").sentences in shown
    assert read.offer.pack == IDENTITY


def test_what_is_declared_is_done(tmp_path):
    """Two measures and two years that may be the same people: open until it is declared, with a reason."""
    books = {"open": book_of(TWICE)}
    for name, said in (("done", {}), ("short", {"reason": "We know"}), ("same", {"said": "They are the same"})):
        book = openpyxl.load_workbook(io.BytesIO(book_of(TWICE)))
        declare(book, "one-job", "J01", **said)
        books[name] = saved_book(book)
    told = {}
    for name, data in saved_by_libreoffice(books, tmp_path).items():
        book, template = opened(data), form_of(TWICE).template
        check = {row[1].value: (row[2].value, row[3].value or "") for row in book["Check"].iter_rows(min_row=5)}
        cell = template.cell(Role.TO_DO, template.first_row)
        told[name] = (
            check["The same person once (J01, J20)"],
            check["What counts once is offered once"][0],
            book["Commitments"][cell].value or "",
            book["Check"]["D3"].value,
        )
    assert told["done"] == ((words.DONE, ""), words.DONE, "", words.EVERYTHING)
    assert told["open"][0][1].startswith("J01, J20 may not count the same person. Declare that no person is counted")
    assert told["open"][1] == words.LEFT_TO_DO
    assert "Confirm that they are different people" in told["open"][2]
    assert told["short"][0] == (words.LEFT_TO_DO, REASON_SHORT.sentences)
    assert told["same"][0][0] == words.LEFT_TO_DO
