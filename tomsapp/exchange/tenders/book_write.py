"""Writes the workbook in which a bidder makes an offer for a lot: live totals, what is left to do, and the identity."""

import io

from tomsapp.exchange.tables_xlsx import BookProperties, Formats, new_book
from tomsapp.exchange.tenders.book_board import write_board
from tomsapp.exchange.tenders.book_check import write_check
from tomsapp.exchange.tenders.book_declarations import write_declarations
from tomsapp.exchange.tenders.book_layout import ORGANISATION, ORGANISATION_ROW, OfferBook
from tomsapp.exchange.tenders.book_lists import write_lists
from tomsapp.exchange.tenders.book_rows import AskedCells
from tomsapp.exchange.tenders.book_sheets import (
    write_answers,
    write_conditions,
    write_organisation,
    write_questions,
    write_read_me,
    write_tender,
)
from tomsapp.exchange.tenders.book_workings import write_workings
from tomsapp.exchange.workbook_guidance import write_measures
from tomsapp.exchange.workbook_layout import CONTRACT, TOTALS
from tomsapp.exchange.workbook_sheets import write_contract, write_stamp, write_totals
from tomsapp.exchange.workbook_write import CommitmentsSheet, value_rows

_FIGURES = {"Social_value": 4, "Real_pounds": 5, "Share_of_contract_value": 6, "Employment_outcomes": 7}
"""The cells of the totals by the names that they have in the workbook."""


def write_offer_book(form: OfferBook, properties: BookProperties) -> bytes:
    """The workbook of a lot, empty or with what is offered already; the same bytes for the same offer.

    Raises:
        ValueError: the offer has a commitment of a measure that the menu edition has not, which has no row.
    """
    unknown = {one.measure for one in form.template.commitments} - form.edition.places.keys()
    if unknown:
        raise ValueError(sorted(unknown))
    file = io.BytesIO()
    book = new_book(file, properties)
    formats, template, is_example = Formats(book), form.template, properties.is_example
    valuation = value_rows(template)
    write_read_me(book, formats, form, is_example=is_example)
    write_tender(book, formats, form, is_example=is_example)
    write_organisation(book, formats, form, is_example=is_example)
    write_conditions(book, formats, form, is_example=is_example)
    cells = AskedCells(form, formats)
    CommitmentsSheet(book, formats, template, valuation, cells).write(is_example=is_example)
    write_workings(book, formats, form, is_example=is_example)
    write_declarations(book, formats, form, is_example=is_example)
    write_questions(book, formats, form, is_example=is_example)
    write_check(book, formats, form, is_example=is_example)
    write_totals(book, formats, template, valuation, is_example=is_example)
    write_board(book, formats, form, is_example=is_example)
    write_contract(book, formats, template, is_example=is_example)
    # Who offers is filled in once, on the sheet of the organisation.
    name = f'={ORGANISATION}!$B${ORGANISATION_ROW + 1}&""'
    book.get_worksheet_by_name(CONTRACT).write_formula(5, 1, name, formats.get(align="left"), "")
    asked = [measure for measure in form.edition.measures if measure.code in form.why]
    base = form.edition.price_base
    write_measures(book, formats, asked, base, form.footer, is_example=is_example, why=form.why)
    write_answers(book, formats, form, is_example=is_example)
    write_stamp(book, formats, template, valuation, form.stamp)
    write_lists(book, form)
    for name, row in _FIGURES.items():
        book.define_name(name, f"={TOTALS}!$B${row}")
    book.close()
    return file.getvalue()
