"""Registers of three councils that do not exist, in shapes in which real ones publish theirs; every row is made up.

What is taken from published registers is their headings and their quirks alone: those of the transparency code word by
word (a district), of a workbook with two rows of headings (a county), and of the local schema for contracts (a city).
"""

import io
from datetime import date

import xlsxwriter

MADE_UP = "Fictional: no such council, contract or supplier exists"

_CODE_HEAD = (
    "Reference number;Title of agreement;Local authority department responsible;"
    "Description of the goods and/or services being provided;Supplier name and details;"
    "Sum to be paid over the length of the contract or the estimated annual spending or budget for the contract;"
    "Value Added Tax that cannot be recovered;Start date;End date;Review dates;"
    "Whether or not the contract was the result of an invitation to quote or a published invitation to tender;"
    "Whether or not the supplier is a small or medium sized enterprise and/or a voluntary or community sector "
    "organisation and where it is, provide the relevant registration number"
)
_CODE_ROWS = (
    (
        '"WD/101";"Café in the park";"Leisure";"Runs the café";"Crème & Co Ltd\n1 Lake Road, Westmere";'
        '"£48.000,00";"nil";"01/04/2026";"31/03/2029";"01/06/2028";"Invitation to tender";"SME 09999991"'
    ),
    (
        '"WD/102";"Lift upkeep";"Property";"";"Ascend Lifts plc";"£1,234.56 pa";"£20";"01/07/2026";"Ongoing";"";'
        '"Invitation to quote";"No"'
    ),
    '"PO 4500123";"Bench slats";"Parks";"";"Slats Direct Limited";"£6,100.00";"";"15/05/2026";"14/05/2027";"";"";"SME"',
    (
        '"WD/103";"Grant to Open Hand";"Community";"Advice";"Open Hand";"£9,000.00";"";"01/04/2026";"31/03/2027";"";"";'
        '"VCSE 9999992"'
    ),
    '"WD/104";"Legal advice";"Law";"";"=cmd|\' /C calc\'!A0";"£30,000.00";"";"01/04/2026";"31/03/2028";"";"";"No"',
    (
        '"WD/101";"Café in the park, kiosk";"Leisure";"";"Crème & Co Ltd";"£5,000.00";"";"01/04/2026";"31/03/2027";"";'
        '"";"SME"'
    ),
)


def district_in_the_words_of_the_code() -> bytes:
    """CSV of Windows-1252 with semicolons: the code's own headings, a value a year, a grant, an order, an open end."""
    lines = [f'"{MADE_UP}"', _CODE_HEAD, *(row.replace("£48.000,00", "£48,000.00") for row in _CODE_ROWS)]
    return "\r\n".join(lines).encode("cp1252")


_COUNTY_ROWS = (
    ("NC-1", "Home care, north", "Adults", "Alder Care Ltd", "09999993", 46113, 47208, 2400000, "Y", "N"),
    ("NC-2", "Home care, south", "Adults", "ALDER CARE LIMITED", None, date(2026, 10, 1), date(2028, 9, 30), 1800000,
     "Y", "N"),
    ("NC-3", "Day centre", "Adults", "Alder Cares", None, "1 April 2026", "31st March 2028", "c. £300k", "N", "Y"),
    ("NC-4", "Gritting", "Highways", "Winter Way plc", None, "01.10.2026", "30.09.2027", "tbc", "N", "N"),
    ("NC-5", "Road signs", "Highways", "Winterway plc", None, date(2026, 4, 1), None, 90000, "No", "No"),
)  # fmt: skip
BLANK_ROWS = 1000


def county_in_two_rows_of_headings() -> bytes:
    """A workbook with a title, two rows of headings, days as numbers, a thousand empty rows, a supplier four ways."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Live contracts")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, MADE_UP)
    sheet.merge_range(2, 3, 2, 4, "Contractor")
    sheet.merge_range(2, 5, 2, 6, "Contract dates")
    sheet.merge_range(2, 8, 2, 9, "Type of contractor")
    heads = "Contract No,Contract Title,Directorate,Name,Company number,Start,End,Total contract value,SME,VCSE"
    sheet.write_row(3, 0, heads.split(","))
    for number, row in enumerate(_COUNTY_ROWS, start=4):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)
    for number in range(len(_COUNTY_ROWS) + 4, len(_COUNTY_ROWS) + 4 + BLANK_ROWS):
        sheet.write(number, 0, "   ")
    last = len(_COUNTY_ROWS) + 4 + BLANK_ROWS
    sheet.write_row(last, 0, ["NC-6", "Bus shelters", "Highways", "Shelterwell CIC"])
    sheet.write_datetime(last, 5, date(2026, 5, 1), day)
    sheet.write_datetime(last, 6, date(2029, 4, 30), day)
    sheet.write_row(last, 7, [150000, "N", "Y"])
    book.close()
    return file.getvalue()


_CITY_HEAD = (
    "Organisation name;Open Contracting ID;Contract reference number;Contract title;Contract description;Contract type;"
    "Start date;End date;Extension;Procurement process;Value of contract;Irrecoverable VAT;Supplier name;"
    "Supplier registered company number;SME;VCSE;Department;PO number"
)
_CITY_ROWS = (
    (
        "Eastbridge City (fictional);ocds-h6vhtk-0fa001;EC-1;School meals;Cooked on site;Contract;2026-09-01;"
        "2029-07-31;24;Open;1200000;0;Plate, Spoon & Sons Ltd;09999994;Yes;No;Children;"
    ),
    (
        "Eastbridge City (fictional);;;Stationery;;Purchase order;2026-04-01;2027-03-31;;;7400;;Paperwork Ltd;;Yes;"
        "No;Corporate;4500777"
    ),
    (
        "Eastbridge City (fictional);;EC-3;Youth club;;Grant;2026-04-01;2027-03-31;;;15000;;Young Eastbridge;;No;"
        "Yes;Children;"
    ),
    (
        "Eastbridge City (fictional);;EC-4;Grant administration software;;Framework;2026-04-01;2030-03-31;;Further "
        "competition;64000;;Ledgerleaf LLP;;No;No;Corporate;"
    ),
)


def city_in_the_local_schema() -> bytes:
    """CSV of UTF-16 with semicolons: the local schema for contracts and grants, with an order and a grant."""
    return "\r\n".join([_CITY_HEAD, *_CITY_ROWS, *[";" * 17] * 20]).encode("utf-16")
