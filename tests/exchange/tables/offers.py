"""Reads offers for the tests of this package as the import does: guessed, chosen, valued; without a database."""

import io
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from tests.exchange.examples import AREA, CONTRACT, EDITION
from tomsapp.domain.valuation import value_commitment
from tomsapp.exchange.labelled.chosen import Chooser
from tomsapp.exchange.labelled.file_problems import file_problems
from tomsapp.exchange.labelled.left_out import LeftOutFinder
from tomsapp.exchange.labelled.own_figures import own_figures
from tomsapp.exchange.labelled.read import OfferReader
from tomsapp.exchange.labelled.rivals import with_rivals
from tomsapp.exchange.sheets.opening import open_table

READER = OfferReader(EDITION, CONTRACT, AREA, "offer.xlsx")


def valued(commitment):
    place = EDITION.places.get(commitment.measure)
    return value_commitment(commitment, place, CONTRACT) if place else None


def worth(commitment):
    line = valued(commitment)
    return line.social_value if line else Decimal(0)


@dataclass
class Read:
    """An offer as it is read with choices."""

    book: object
    labels: object
    choices: dict
    reader: OfferReader = READER

    def __post_init__(self):
        self.sheets = self.reader.sheets(self.book, self.labels)
        self.raw = {sheet.name: tuple(sheet.lines()) for sheet in self.sheets}
        self.left_out = LeftOutFinder(self.sheets, self.raw, worth).find()
        chooser = Chooser(EDITION, self.left_out, self.choices)
        self.lines = list(chooser.lines(self.sheets, self.raw))
        self.own = own_figures(list(chooser.read_sheets(self.sheets)), self.lines, lambda line: valued(line.commitment))
        self.problems = list(file_problems(self.reader, self.book, self.labels, self.sheets))

    @property
    def promised(self):
        """Measure and quantities of the lines that come in."""
        return [
            (line.commitment.measure, *map(_plain, line.commitment.quantities)) for line in self.lines if line.is_read
        ]

    @property
    def told(self):
        """What is easily missed: title, detail, guess."""
        return {one.title: (one.detail, one.guess) for one in self.left_out}

    def choosing(self, **choices):
        """The same with choices, by the first word of each key."""
        keys = {one.key: choice for one in self.left_out for word, choice in choices.items() if one.kind.value == word}
        choices = {**self.choices, **keys}
        return Read(self.book, with_rivals(self.labels, choices), choices, self.reader)

    def relabelled(self, labels):
        """The same with other labels, as the import settles them."""
        return Read(self.book, self.reader.guesser.settle(self.book, labels), self.choices, self.reader)


def _plain(quantity):
    return None if quantity is None else f"{quantity:f}"


def read(data, reader=READER, **choices):
    """The offer in a file, with its labels guessed."""
    book = open_table(data, "offer.xlsx")
    return Read(book, reader.guesser.guess(book), choices, reader)


def read_rows(*rows, **more):
    """The offer in a sheet of these rows."""
    return read(book_of_sheets({"Offer": rows}), **more)


def book_of_sheets(sheets, change=None):
    """A workbook of sheets, each of rows; `change` may do more to the book and its sheets by name."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    made = {}
    for name, rows in sheets.items():
        made[name] = book.add_worksheet(name)
        for number, row in enumerate(rows):
            made[name].write_row(number, 0, row)
    if change is not None:
        change(book, made)
    book.close()
    return file.getvalue()


def hartwell(book, sheets):
    """Hides column E, strikes out row 7, writes a note, hides a list, and joins a head over three columns."""
    sheet = sheets["Offer"]
    sheet.set_column(3, 3, None, None, {"hidden": True})
    struck = book.add_format({"font_strikeout": True})
    for column, value in enumerate(HARTWELL[6]):
        sheet.write(6, column, value, struck)
    sheet.write_comment("C6", "Hours still to be agreed")
    sheet.write_comment("A1", "Sent in March")
    sheet.merge_range(1, 2, 1, 3, "Quantity offered")
    sheets["Lists"].hide()


HARTWELL = [
    ["Social value offer, March 2026"],
    ["", "", "Quantity offered"],
    ["Ref", "Measure", "FY26/27", "FY27/28", "% for LC", "SV £", "How you will do it"],
    ["J11", "Living wage", 1, 1, 1, 10101, "All staff"],
    ["S08", "Weeks", 40, "nil", "25%", 2265, ""],
    ["SO6", "At school", 10, 12, 1, 11000, "Two schools"],
    ["V01", "Cash", 5, 5, 1, 100, ""],
    ["V02", "Miles", "-", "£5k", 1, 406, ""],
    ["", "Total offered", "", "", "", 23872, ""],
    ["", "", "", "", "", "", ""],
    ["", "10 refurbished laptops for the youth club", "", "", "", "", ""],
]
LISTS = [["Code", "Title", "Proxy"], ["J11", "Living wage", 5050.5], ["S08", "Weeks", 226.5]]


def hartwell_offer(**more):
    """The offer of the pictures in small: everything that is easily missed stands in it once."""
    sheets = {"Read me": [["Fill in the sheet Offer"]], "Offer": HARTWELL, "Lists": LISTS}
    return book_of_sheets({**sheets, **more}, hartwell)
