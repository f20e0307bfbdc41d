"""Returns for the tests of this package: a contract of two years with its plan, its claims and its workbook."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl

from tests.exchange.examples import AREA, CONTRACT, EDITION, promise
from tomsapp.domain.delivery.delivered import value_delivered
from tomsapp.domain.delivery.delivery import Delivery, state_of
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.quarters import Quarter, quarters_of
from tomsapp.domain.history import Stored
from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.return_form import ReturnForm, ReturnLine, called
from tomsapp.exchange.return_read import read_return
from tomsapp.exchange.return_write import write_return
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tables_xlsx import BookProperties

PROPERTIES = BookProperties("Return", datetime(2026, 10, 1, tzinfo=UTC), "Larkmere Council")
Q1, Q2, Q3 = (Quarter(0, number) for number in (1, 2, 3))
LINES = (
    promise("1", "J01", "2", "2", statement="x"),
    promise("2", "J11", "2.5", "2.5", statement="x", place="E05000001"),
    promise("3", "S08", "40", "40", contract_share=Decimal("0.333333")),
    promise("4", "S08", "8", "8"),
    promise("5", "S30", "1", "1"),
    promise("6", "V01", "1000", "1000"),
)
DATABASE = "ab" * 32
SENT_ON = date(2026, 10, 5)


def claim(key, quarter, claimed, evidenced=None, **more):
    """What was returned of a line, with its state from what was decided."""
    claimed = Decimal(claimed)
    made = Delivery(key, quarter, claimed, SENT_ON, claimed if evidenced is None else Decimal(evidenced), **more)
    return made if made.is_withdrawn else replace(made, state=state_of(made.claimed, made.accepted, made.rejected))


def form_of(*claims, lines=LINES, quarter=Q2, contract=CONTRACT, edition=EDITION, **more):
    """What the workbook of a quarter is made for, with claims that were returned already."""
    found = next(each for each in quarters_of(contract) if each.quarter == quarter)
    plan = plan_in_force(contract, edition, lines)
    delivered = value_delivered(contract, edition, lines, plan, claims, (), found.ends_on)
    numbers = {(each.commitment, each.quarter): number for number, each in enumerate(claims, start=70)}
    people, references = more.pop("people", {}), more.pop("references", {})
    made = []
    for line, name in zip(delivered.lines, called([each.measure for each in lines]), strict=True):
        key = line.commitment.key
        figures = line.quarter(quarter)
        stored = None
        if figures.delivery is not None:
            stored = Stored(numbers[key, quarter], 3, figures.delivery)
        identity = LineIdentity(9, int(key), 1)
        made.append(ReturnLine(line, identity, name, figures, stored, people.get(key, ()), references.get(key, ())))
    said = {
        "database": DATABASE,
        "plan_version": 0,
        "variations": 0,
        "made_on": date(2026, 10, 1),
        "due_on": date(2026, 10, 30),
        "area": AREA,
        **more,
    }
    return ReturnForm(contract, 9, edition, found, delivered, tuple(made), **said)


def book_of(form, change=None, *, is_confirmed=True):
    """The bytes of the workbook of a form, with the day and the confirmations, and what else `change` does to it."""
    book = openpyxl.load_workbook(io.BytesIO(write_return(form, PROPERTIES)))
    if is_confirmed:
        confirm(book)
    if change is not None:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def confirm(book):
    """Say the day and confirm both sentences."""
    sheet = book["Confirm"]
    sheet["B5"].value = SENT_ON
    sheet["B6"].value = sheet["B7"].value = "Yes"


def typed(form, values):
    """Type values by (place of the line, role) into the sheet Return."""

    def change(book):
        for (place, role), value in values.items():
            book["Return"][form.cell(role, form.rows[place])].value = value

    return change


def read(data, file="return.xlsx"):
    return read_return(open_workbook(data, file), file)
